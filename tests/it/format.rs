//! What a guide can say: the small guides of its documentation, checked and walked.

use crate::run::{Run, okx};

const DOCUMENTATION: &str = include_str!("../../guides/README.md");

/// The whole guides of the documentation, each with the heading that it stands below.
fn documented() -> Vec<(&'static str, &'static str)> {
    let mut guides = Vec::new();
    for section in DOCUMENTATION.split("\n#").skip(1) {
        let heading = section
            .lines()
            .next()
            .unwrap()
            .trim_start_matches('#')
            .trim();
        for block in section.split("\n```toml\n").skip(1) {
            let toml = block.split("\n```").next().unwrap();
            if toml.starts_with("guide = {") {
                guides.push((heading, toml));
            }
        }
    }
    guides
}

/// The guide below a heading of the documentation.
#[track_caller]
fn guide(heading: &str) -> &'static str {
    let all = documented();
    let found = all.iter().find(|(name, _)| *name == heading);
    found
        .unwrap_or_else(|| panic!("{heading} is not among {all:?}"))
        .1
}

/// A walk over the guide below a heading.
#[track_caller]
fn walk(heading: &str, args: &str) -> Run {
    let plain = if args.contains("--checklist") {
        ""
    } else {
        "--plain "
    };
    okx(&format!("{plain}--lang en --guide g.toml"))
        .args(args)
        .file("g.toml", guide(heading))
}

/// Checks that what is wrong with a changed guide of the documentation is this and nothing else.
#[track_caller]
fn refused(heading: &str, change: (&str, &str), code: &str, says: &str) {
    let toml = guide(heading);
    assert_eq!(toml.matches(change.0).count(), 1, "{toml}");
    let run = okx("guide check g.toml").file("g.toml", toml.replace(change.0, change.1));
    let done = run.exits(1);
    assert_eq!(done.stderr.matches("error[").count(), 1, "{}", done.stderr);
    done.says([&format!("error[{code}]: {says}")]);
}

#[test]
fn each_guide_of_the_documentation_is_a_guide() {
    let all = documented();
    assert!(!all.is_empty(), "{all:?}");
    for (heading, toml) in all {
        let run = okx("guide check g.toml").file("g.toml", toml);
        let done = run.exits(0);
        assert!(
            done.stdout.starts_with("g.toml: no findings"),
            "{heading}: {}",
            done.stdout
        );
    }
}

const TICKS: &str = "A tick list whose answers lead away";

#[test]
fn of_several_ticks_the_first_that_leads_away_decides_the_road() {
    // The order of the list counts, not that of typing.
    let done = walk(TICKS, "--case cough").types(["3,2,1"]).exits(0);
    done.says(["Go to the hospital now."]);
    let done = walk(TICKS, "--case cough").types(["3,2"]).exits(0);
    assert!(!done.stderr.contains("Measure it"), "{}", done.stderr);
    done.says(["See a doctor today."]);
    let done = walk(TICKS, "--case cough")
        .types(["3,4", "1", "1"])
        .exits(0);
    done.says([
        "Measure it every four hours.",
        "Let the child drink often.",
        "Stay at home",
    ]);
}

#[test]
fn a_tick_list_may_want_an_answer() {
    let done = walk(TICKS, "--case cough").types(["0", "", "2"]).exits(0);
    done.says([
        "Type numbers with commas, at least 1: ",
        "That is none of the answers.",
        "See a doctor today.",
    ]);
    let answers = |choice: &str| {
        format!(
            "guide = \"cough\"\ncase = \"cough\"\nanswer = [{{ step = \"signs\", choice = {choice} }}]\n"
        )
    };
    let run = walk(TICKS, "--answers a.toml").file("a.toml", answers("[]"));
    run.exits(1)
        .says(["signs does not take this answer: it takes at least 1 of: blue, fast, fever, none"]);
    let run = walk(TICKS, "--answers a.toml").file("a.toml", answers("[\"fast\", \"blue\"]"));
    run.exits(0).says(["Go to the hospital now."]);
}

#[test]
fn a_checklist_says_how_many_answers_and_which_counts() {
    let run = walk(TICKS, "--checklist --case cough");
    run.exits(0)
        .prints("What do you see? (one or more, of those that lead elsewhere, the first one");
}

#[test]
fn how_many_have_to_be_ticked_is_checked() {
    let count = ("least = 1 ", "least = 5 ");
    refused(
        TICKS,
        count,
        "bad-combination",
        "`least` is 5, and the question has 4 answers",
    );
    let one = ("several = true\n", "");
    refused(
        TICKS,
        one,
        "bad-combination",
        "only a question with several answers takes `least`",
    );
    let both = ("end = \"doctor\"", "end = \"doctor\", go = \"cough\"");
    refused(
        TICKS,
        both,
        "bad-combination",
        "an answer has `end` or `go`, not both",
    );
}
