//! `guide test`: the shipped guide's own scenarios, and those that could not notice anything.

use crate::run::okx;

#[test]
fn the_shipped_scenarios_visit_every_step_and_every_answer() {
    let report = okx("guide test --format json").exits(0).stderr("").stdout;
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["failed"], 0, "{report:#}");
    for what in ["steps", "answers"] {
        assert!(report[what]["total"].as_u64().unwrap() > 0);
        assert_eq!(
            report[what]["covered"], report[what]["total"],
            "{:#}",
            report["unvisited"]
        );
    }
}

#[test]
fn a_scenario_that_could_notice_nothing_fails() {
    let walk = "guide = \"okx-verification\"\ncase = \"stuck\"\n";
    let expired =
        "answer = [{ step = \"stuck-status\", choice = \"expired\" }]\n[expect]\noutcome = ";
    for (text, problem) in [
        (String::new(), "missing field"),
        ("guide = [".to_owned(), "line 1, column"),
        ("\0".to_owned(), "line 1, column"),
        (walk.to_owned(), "it expects no outcome"),
        (
            format!("{walk}[expect]\noutcome = \"resolved\"\n"),
            "its answers end where stuck-status is asked",
        ),
        (
            format!("{walk}{expired}\"resolved\"\n"),
            "it expects resolved, but ends in renew-document",
        ),
        (
            format!("{walk}{expired}\"renew-document\"\nunseen = [\"stuck-status\"]\n"),
            "stuck-status is asked",
        ),
        (
            format!("{walk}{expired}\"renew-document\"\nseen = [\"nowhere\"]\n"),
            "the guide has no step nowhere",
        ),
        (
            format!("{walk}{expired}\"renew-document\"\nticket.en = [\"abracadabra\"]\n"),
            "lacks: abracadabra",
        ),
        (
            format!(
                "{walk}answer = [{{ step = \"wallet\", choice = \"none\" }}]\n[expect]\noutcome = \"resolved\"\n"
            ),
            "it answers wallet, but stuck-status is asked",
        ),
        (
            format!(
                "{walk}answer = [{{ step = \"stuck-status\", choice = \"purple\" }}]\n[expect]\noutcome = \"resolved\"\n"
            ),
            "has no answer purple",
        ),
    ] {
        let done = okx("guide test s.toml").file("s.toml", &text).exits(1);
        assert!(done.stdout.contains(problem), "{problem}: {}", done.stdout);
        done.says(["1 of 1 scenarios failed"]);
    }
    okx("guide test s.toml")
        .file("s.toml", [0xff, 0xfe])
        .exits(1)
        .prints("cannot read this scenario");
    okx("guide test missing.toml")
        .exits(1)
        .prints("cannot read this scenario");
    okx("guide test .").exits(1).says(["there is no scenario"]);
}
