//! What a guide can say: the small guides of its documentation, checked and walked.

use crate::run::{Run, okx};

const DOCUMENTATION: &str = include_str!("../../guides/README.md");

/// The whole guides of the documentation, each with the heading that it stands below.
pub fn documented() -> Vec<(&'static str, &'static str)> {
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
            if toml.starts_with("guide = {") || toml.starts_with("guide.id") {
                guides.push((heading, toml));
            }
        }
    }
    guides
}

/// The guide below a heading of the documentation.
#[track_caller]
pub fn guide(heading: &str) -> &'static str {
    let all = documented();
    let found = all.iter().find(|(name, _)| *name == heading);
    found
        .unwrap_or_else(|| panic!("{heading} is not among {all:?}"))
        .1
}

/// A walk over the guide below a heading.
#[track_caller]
pub fn walk(heading: &str, args: &str) -> Run {
    let plain = if args.contains("guide show") {
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
pub fn refused(heading: &str, change: (&str, &str), code: &str, says: &str) {
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
            done.stdout.starts_with("g.toml: no findings") && done.stderr.is_empty(),
            "{heading}: {}{}",
            done.stdout,
            done.stderr
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
fn a_tree_says_how_many_answers_and_which_counts() {
    let run = walk(TICKS, "guide show --case cough");
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

const EVERYTHING: &str = "First ask everything, then tell what applies";

#[test]
fn the_steps_of_a_group_come_up_where_its_condition_holds() {
    let done = walk(EVERYTHING, "--case money").types(["2", "2"]).exits(0);
    done.never_says("Do they go to school?")
        .says(["None of this fits."]);
    let done = walk(EVERYTHING, "--case money")
        .types(["2", "1", "1", "2"])
        .exits(0);
    done.says([
        "Do they go to school?",
        "Are you their only parent",
        "There is help",
    ]);
}

#[test]
fn an_outcome_has_the_lines_that_apply() {
    let done = walk(EVERYTHING, "--case money").types(["1", "2"]).exits(0);
    assert_eq!(
        done.stderr
            .split("What to do now\n")
            .nth(1)
            .unwrap()
            .split("\n\n")
            .next()
            .unwrap(),
        " 1. Ask the city for help with the rent."
    );
    let done = done.prints("Attachments\n  - The lease\n  - A document\n");
    done.never_says("child benefit");
    let done = walk(EVERYTHING, "--case money")
        .types(["2", "1", "1", "1"])
        .exits(0);
    let done = done.prints("Attachments\n  - A document\n");
    done.never_says("help with the rent")
        .says(["1. Ask for child benefit.", "2. Ask the school"]);
}

#[test]
fn a_tree_says_when_a_group_a_line_and_an_end_apply() {
    let done = walk(EVERYTHING, "guide show --case money").exits(0);
    for part in [
        "[ ] (only if Do children live with you?: \"Yes\") Do they go to school?",
        "(only if Do you pay rent?: \"Yes\") Ask the city for help with the rent.",
        "There is help for you.",
        "None of this fits.",
    ] {
        assert!(done.stdout.contains(part), "{part}:\n{}", done.stdout);
    }
}

#[test]
fn a_step_that_two_groups_name_comes_up_where_either_condition_holds() {
    let steps = (
        "[\"rent\", \"children\", \"parents\"]",
        "[\"rent\", \"children\", \"parents\", \"payers\"]",
    );
    let group = "\n[group.payers]\nsteps = [\"alone\"]\nwhen = { rent = \"yes\" }\n";
    let toml = guide(EVERYTHING).replace(steps.0, steps.1) + group;
    let run = |lines: &[&str]| {
        let run = okx("--plain --lang en --case money --guide g.toml").file("g.toml", &toml);
        run.types(lines.iter()).exits(0)
    };
    run(&["1", "2", "1"])
        .never_says("go to school")
        .says(["only parent at home?", "There is help"]);
    let done = run(&["1", "1", "1", "1"]);
    assert_eq!(done.stderr.matches("only parent at home?").count(), 1);
    run(&["2", "2"])
        .never_says("only parent")
        .says(["None of this fits."]);
}

#[test]
fn the_ends_of_a_case_are_checked() {
    let last = ("  \"nothing\",\n", "");
    refused(
        EVERYTHING,
        last,
        "bad-combination",
        "the last end has a condition",
    );
    let first = (
        "{ outcome = \"some\", when = { any = [{ rent = \"yes\" }, { children = \"yes\" }] } }",
        "\"some\"",
    );
    refused(
        EVERYTHING,
        first,
        "bad-combination",
        "this end has no condition",
    );
    let never = ("any = [{ rent", "all = [{ rent = \"no\" }, { rent");
    refused(
        EVERYTHING,
        never,
        "unreachable",
        "no walk shows the outcome `some`",
    );
    let name = ("outcome = \"some\", ", "outcome = \"same\", ");
    refused(
        EVERYTHING,
        name,
        "unknown-target",
        "there is no outcome `same`",
    );
    let key = ("school = \"yes\", alone", "scool = \"yes\", alone");
    refused(
        EVERYTHING,
        key,
        "unknown-target",
        "there is no step `scool`",
    );
    let group = (
        "when = { children = \"yes\" }\n",
        "when = { children = \"maybe\" }\n",
    );
    refused(
        EVERYTHING,
        group,
        "unknown-target",
        "there is no answer of `children` named `maybe`",
    );
}

const COUNTED: &str = "After two failures one more, after three none";

#[test]
fn a_rule_counts_the_steps_of_a_walk() {
    let twice = ("when = { failures = \"once\" }\n", "");
    let says = "a walk shows 2 of these steps: card > failures = twice > turn = no-change > wipe = helped > resolved";
    let toml = guide(COUNTED).replace(
        "not = { failures = \"more\" }",
        "failures = [\"once\", \"twice\"]",
    );
    let run = okx("guide check g.toml").file(
        "g.toml",
        toml.replace(twice.0, "when = { failures = [\"once\", \"twice\"] }\n"),
    );
    run.exits(1).says([
        &format!("error[rule-broken]: {says}"),
        "help: the third refusal in a row locks",
    ]);
    let three = ("when = { not = { failures = \"more\" } }\n", "");
    let says = "a walk shows 1 of these steps: card > failures = more > wipe = helped > resolved";
    refused(COUNTED, three, "rule-broken", says);
}

#[test]
fn a_rule_that_can_count_nothing_is_idle() {
    let idle = |change: (&str, &str), says: &str| refused(COUNTED, change, "rule-idle", says);
    let most = "this rule counts 2 steps, and a walk shows each once at most";
    idle(("at_most = 1", "at_most = 2"), most);
    let none = "this rule names a step with none of its answers";
    idle(
        (
            "answered = { failures = \"twice\" }",
            "answered = { failures = [] }",
        ),
        none,
    );
    let no_steps = (
        "of = [\"turn\", \"wipe\"]\nanswered = { failures = \"more\" }",
        "of = []",
    );
    idle(no_steps, "no walk shows what this rule is about");
    let without = ("at_most = 0\nof = [\"turn\", \"wipe\"]", "at_most = 0");
    refused(COUNTED, without, "missing-key", "rule 2 has no `of`");
}

#[test]
fn a_source_is_shown_with_the_day_on_which_it_was_read() {
    let source = "\n[source.city]\ntitle = \"The city's page\"\ntrust = \"industry\"\nread = ";
    let toml = |day: &str| {
        let cited = guide(EVERYTHING).replace(
            "say = \"None of this fits.\"",
            "say = \"None of this fits.\"\nsource = \"city\"",
        );
        format!("{cited}{source}{day}\n")
    };
    let run = |day: &str, args: &str| {
        okx(args)
            .args("--guide g.toml --case money --lang en")
            .file("g.toml", toml(day))
    };
    // Nobody reads this in 2199.
    let done = run("2199-12-31", "--plain").types(["2", "2"]).exits(0);
    done.says(["- The city's page (general experience, not an official rule, read 2199-12-31)"]);
    let done = run("2001-02-03", "--plain").types(["2", "2"]).exits(0);
    done.says(["rule, read 2001-02-03, more than a year ago: it may have changed)"]);
    let done = run("2001-02-03", "--checklist").exits(0);
    done.prints("general experience (2001-02-03)");
    let done = run("2001-02-03", "guide show").exits(0);
    done.prints("(general experience, not an official rule, read 2001-02-03)");
    let done = run("2001-02-03", "--checklist --format json").exits(0);
    done.prints("\"read\": \"2001-02-03\"");
    let check = okx("guide check g.toml").file("g.toml", toml("\"2026-11-22\""));
    check.exits(1).says([
        "error[wrong-type]: `source.city.read` takes a date such as 2026-11-22, not a string",
    ]);
    let check = okx("guide check g.toml").file("g.toml", toml("2026-11-22T10:00:00"));
    check
        .exits(1)
        .says(["takes a date such as 2026-11-22, not a date with a time of day"]);
}

const WORDS: &str = "What people say";

#[test]
fn words_lead_to_the_answers_that_have_them() {
    let of = |words: &str| {
        okx("--lang en --guide g.toml")
            .arg(words)
            .file("g.toml", guide(WORDS))
    };
    for (words, label) in [
        (
            "The lamp stays OFF, it seems burnt right out",
            "It stays dark: Black",
        ),
        ("there is no light", "It stays dark"),
    ] {
        let command = "    okx-verify-help --case dark --guide g.toml --lang en\n";
        of(words)
            .exits(0)
            .stdout(&format!("This may be it\n{label}\n{command}"));
    }
    of("a power cut, I think")
        .exits(0)
        .prints("Then it is not the lamp.");
    for words in [
        "it is not black",
        "what does the bulb look like?",
        "blackbird",
    ] {
        of(words).exits(2).stdout("");
    }
}

const FORMS: &str = "Numbers with a form of their own";

#[test]
fn a_field_takes_what_has_the_form_that_the_guide_gives() {
    let typed = [
        "4829-1177-2231",
        "sn-4829-1177-2231",
        "30001",
        "3000 123-456 7",
    ];
    let done = walk(FORMS, "--case offline").types(typed).exits(0);
    // The account comes first, whenever it was asked for.
    let facts = "Facts\n  Customer:      30001234567\n  Serial number: SN-4829-1177-2231\n";
    let done = done.prints(facts);
    done.says([
        "This is written like SN-####-####-####, where # is a digit,",
        "It has 10 to 12 digits; it is on the bill.",
    ]);
}

#[test]
fn a_form_lets_no_secret_through() {
    // A mobile phone and a resident identity number; the form fits both.
    let eleven = walk(FORMS, "--case offline")
        .types(["", "13800138000", ""])
        .exits(0);
    eleven.says(["It has 10 to 12 digits"]).stdout_lacks("138");
    let toml = guide(FORMS).replace("[10, 12]", "[16, 18]");
    let run = okx("--plain --lang en --case offline --guide g.toml").file("g.toml", toml);
    let done = run
        .types(["", "4111 1111 1111 1111", "440524188001010014", ""])
        .exits(0);
    done.stdout_lacks("4111").stdout_lacks("4405");
    let code = ("[10, 12]", "6");
    refused(
        FORMS,
        code,
        "forbidden-field",
        "a number of 4 to 8 digits may be a code",
    );
    let code = ("[10, 12]", "[8, 12]");
    refused(
        FORMS,
        code,
        "forbidden-field",
        "a number of 4 to 8 digits may be a code",
    );
    let bare = ("\"SN-####-####-####\"", "\"######\"");
    refused(FORMS, bare, "unknown-value", "`######` is no pattern");
}

#[test]
fn the_form_of_a_field_is_checked() {
    let length = "`step.customer.length` takes a number of digits, or the least and the most";
    for wrong in [
        "[12, 10]",
        "[]",
        "[10, 11, 12]",
        "41",
        "0",
        "\"ten\"",
        "[10, 1.5]",
        "-10",
    ] {
        refused(FORMS, ("[10, 12]", wrong), "wrong-type", length);
    }
    let line = ("kind = \"pattern\"", "kind = \"line\"");
    refused(
        FORMS,
        line,
        "bad-combination",
        "a field of this kind has no `pattern`",
    );
    let both = ("length = [10, 12]", "length = [10, 12]\npattern = \"C#\"");
    refused(
        FORMS,
        both,
        "bad-combination",
        "a field of this kind has no `pattern`",
    );
    let none = ("length = [10, 12]\n", "");
    refused(FORMS, none, "missing-key", "step.customer has no `length`");
}
