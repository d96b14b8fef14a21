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
    let walk = "guide = \"okx-verification\"\ncase = \"limited\"\n";
    let closing =
        "answer = [{ step = \"limited-what\", choice = \"closing\" }]\n[expect]\noutcome = ";
    for (text, problem) in [
        (String::new(), "is missing"),
        ("guide = [".to_owned(), "line 1, column"),
        ("\0".to_owned(), "line 1, column"),
        (walk.to_owned(), "it expects no outcome"),
        (
            format!("{walk}[expect]\noutcome = \"resolved\"\n"),
            "its answers end where limited-what is asked",
        ),
        (
            format!("{walk}{closing}\"resolved\"\n"),
            "it expects resolved, but ends in withdraw-first",
        ),
        (
            format!("{walk}{closing}\"withdraw-first\"\nunseen = [\"limited-what\"]\n"),
            "limited-what is asked",
        ),
        (
            format!("{walk}{closing}\"withdraw-first\"\nseen = [\"nowhere\"]\n"),
            "the guide has no step nowhere",
        ),
        (
            format!("{walk}{closing}\"withdraw-first\"\nticket.en = [\"abracadabra\"]\n"),
            "lacks: abracadabra",
        ),
        (
            format!(
                "{walk}answer = [{{ step = \"wallet\", choice = \"none\" }}]\n[expect]\noutcome = \"resolved\"\n"
            ),
            "it answers wallet, but limited-what is asked",
        ),
        (
            format!(
                "{walk}answer = [{{ step = \"limited-what\", choice = \"purple\" }}]\n[expect]\noutcome = \"resolved\"\n"
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

/// What `guide test` prints of a scenario over the small guide of the kettle.
fn over_kettle(scenario: &str, lang: &str) -> String {
    let run = okx("guide test s.toml --guide kettle.toml --lang").arg(lang);
    let run = run.file("kettle.toml", include_str!("../data/kettle.toml"));
    let stdout = run.file("s.toml", scenario).ends().stdout;
    stdout
        .split("no scenario visits")
        .next()
        .unwrap()
        .to_owned()
}

const LOUD: &str = "guide = \"kettle\"\ncase = \"cold\"\nanswer = [\n  { step = \"plugged\", choice = \"noise\" },\n  { step = \"kind\", choice = \"read\" },\n]\n[expect]\noutcome = \"harmless\"\n";

#[test]
fn a_step_may_be_expected_by_a_prompt() {
    let within = |n: usize| over_kettle(&format!("{LOUD}within = {{ kind = {n} }}\n"), "en");
    assert_eq!(within(2), "");
    assert_eq!(
        within(1),
        "s.toml: line 9, column 12: kind is prompt 2, and is expected by prompt 1\n    \
         within = { kind = 1 }\n               ^^^^\n"
    );
    let missing = over_kettle(&format!("{LOUD}within = {{ wait = 3 }}\n"), "en");
    assert!(
        missing.starts_with("s.toml: line 9, column 12: wait is not asked\n"),
        "{missing}"
    );
}

#[test]
fn what_is_wrong_with_a_scenario_is_shown_where_it_stands() {
    for (name, wrong, line, column, near) in [
        ("\"cold\"", "\"clod\"", 2, 9, "cold"),
        ("step = \"plugged\"", "step = \"pluged\"", 4, 13, "plugged"),
        ("\"noise\"", "\"niose\"", 4, 33, "noise"),
        ("\"harmless\"", "\"harmles\"", 8, 12, "harmless"),
    ] {
        let scenario = LOUD.replace(name, wrong);
        assert_ne!(scenario, LOUD);
        let said = over_kettle(&scenario, "en");
        let start = format!("s.toml: line {line}, column {column}: ");
        assert!(said.starts_with(&start), "{said}");
        assert!(
            said.contains(&format!("; did you mean {near}?\n")),
            "{said}"
        );
        // The caret stands below the name.
        let lines: Vec<&str> = said.lines().collect();
        let caret = lines[2].find('^').unwrap();
        let wrong = wrong.rsplit('"').nth(1).unwrap();
        assert_eq!(&lines[1][caret..caret + wrong.len()], wrong, "{said}");
    }
    let said = over_kettle(&format!("{LOUD}seen = [\"plugd\"]\n"), "zh");
    assert!(
        said.starts_with(
            "s.toml：第 9 行第 10 列：指南里没有 plugd 这一步；是不是想写 plugged？\n"
        ),
        "{said}"
    );
}

#[test]
fn a_line_with_a_secret_is_not_shown() {
    let typed = LOUD.replace("choice = \"noise\"", "value = \"my password is hunter2\"");
    let said = over_kettle(&typed, "en");
    assert!(said.starts_with("s.toml: line 4, column 13: "), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}
