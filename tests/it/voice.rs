//! What a guide says in its own words, and that no foreign guide speaks of OKX.

use crate::format::{documented, guide, refused, walk};
use crate::run::{Done, okx};

const VOICE: &str = "A guide with a voice of its own";

#[test]
fn a_guide_has_words_of_its_own() {
    let done = walk(VOICE, "").types(["1"]).exits(0);
    done.says([
        "Which vehicle do you drive?",
        "Your answer",
        "A trailer of up to 750 kg. More stands on example.org.",
        "The rules for trailers (the ministry's own site)",
    ]);
    let done = walk(VOICE, "--case lorry").exits(0);
    done.prints("Prepared with okx-verify-help (no legal advice), guide towing, edition 1");
}

#[test]
fn where_there_is_one_case_nothing_is_asked() {
    let done = walk("Numbers with a form of their own", "")
        .types(["b", "", ""])
        .exits(0);
    done.never_says("What has happened?")
        .says(["This is the first step.", "Call the provider."]);
}

#[test]
fn an_outcome_that_nobody_has_to_act_on_has_no_heading() {
    let toml = guide(VOICE).replace("guide.heading.result = \"Your answer\"\n", "");
    let run = okx("--plain --lang en --guide g.toml").file("g.toml", toml);
    let done = run.types(["1"]).exits(0);
    done.never_says("You can fix it")
        .says(["A trailer of up to 750 kg."]);
}

#[test]
fn a_guide_names_the_hosts_that_it_speaks_of() {
    let none = ("guide.hosts = [\"example.org\"]\n", "");
    let toml = guide(VOICE).replace(none.0, none.1);
    let done = okx("guide check g.toml").file("g.toml", toml).exits(1);
    done.says([
        "error[bad-address]: the guide names no `hosts`, so no source has an address",
        "error[bad-address]: `example.org` looks like an address, and the guide names no `hosts`",
    ]);
    let other = ("www.example.org/trailers", "example.org.evil.example/");
    refused(
        VOICE,
        other,
        "bad-address",
        "this is not plainly an address on example.org",
    );
    let text = ("stands on example.org", "stands on badexample.org");
    refused(
        VOICE,
        text,
        "bad-address",
        "`badexample.org` looks like an address that is not on example.org",
    );
    for host in [
        "Example.org",
        "xn--a.org",
        "org",
        "-a.org",
        "a..org",
        "a.org/b",
    ] {
        let toml = guide(VOICE).replace("\"example.org\"", &format!("\"example.org\", \"{host}\""));
        let done = okx("guide check g.toml").file("g.toml", toml).exits(1);
        done.says([&format!(
            "error[bad-address]: `{host}` is not plainly a host"
        )]);
    }
    let key = ("guide.trust.official", "guide.trust.oficial");
    refused(
        VOICE,
        key,
        "unknown-key",
        "unknown key `oficial` in guide.trust",
    );
}

/// Checks that a run speaks of no exchange but in the program's own name.
#[track_caller]
fn names_no_exchange(done: &Done) {
    for said in [&done.stdout, &done.stderr] {
        let rest = said.replace("okx-verify-help", "").to_lowercase();
        assert!(!rest.contains("okx") && !rest.contains("欧易"), "{said}");
    }
}

#[test]
fn no_output_of_a_foreign_guide_names_okx() {
    let tea = include_str!("../data/tea.toml");
    let all = documented()
        .into_iter()
        .map(|(_, toml)| (toml, &["en"][..]));
    for (toml, langs) in all.chain([(tea, &["en", "zh"][..])]) {
        for lang in langs {
            let run = |args: &str| okx(args).args("--lang").arg(lang).file("g.toml", toml);
            names_no_exchange(&run("guide check g.toml").exits(0));
            for format in ["text", "markdown", "html", "json"] {
                let page = run(&format!("--checklist --guide g.toml --format {format}"));
                names_no_exchange(&page.exits(0));
            }
            for format in ["text", "markdown", "json"] {
                // The first answer to everything, the reason asked for first.
                let walk = run(&format!("--plain --guide g.toml --format {format}"));
                names_no_exchange(&walk.types(["?"; 1]).types(["1"; 20]).ends());
            }
            names_no_exchange(&run("guide show --guide g.toml").exits(0));
        }
    }
}
