//! Inside the ticket so far: that it is enough, so that the rest of its questions is left out.

use crate::outputs::{tea, tea_home};
use std::fs;

/// The small guide with two more questions for the ticket, of which one cannot be left out.
fn guide(home: &crate::run::Home) {
    let guide = fs::read_to_string(home.path("tea.toml")).unwrap();
    let guide = guide.replace(
        "steps = [\"model\"]",
        "steps = [\"model\", \"age\", \"sure\", \"note\"]",
    );
    let more = "
[step.age]
fill = { zh = \"几年了？\", en = \"How old is it?\" }
kind = \"count\"
[step.sure]
note = { zh = \"拔掉插头。\", en = \"Unplug it before you carry it.\" }
[step.note]
fill = { zh = \"还有什么？\", en = \"Anything else?\" }
kind = \"note\"
";
    fs::write(home.path("tea.toml"), guide + more).unwrap();
}

#[test]
fn what_is_left_of_a_ticket_can_be_left_out() {
    let home = tea_home();
    guide(&home);
    let to_ticket = ["1", "0", "1", "2", "1"];
    let typed = [&to_ticket[..], &["t", "1", "t", "2", "1", "t", "2"]].concat();
    let done = tea(&home, "--plain --case cold", "en")
        .types(typed)
        .exits(0);
    assert_eq!(
        done.stderr.matches("Is that enough?").count(),
        3,
        "{}",
        done.stderr
    );
    // What has to be read is read.
    let done = done.says([
        "Which model is it?",
        "Is that enough?",
        "Which model is it?",
        "Unplug it",
        "Take it back to the shop",
    ]);
    assert!(!done.stderr.contains("How old is it?"), "{}", done.stderr);
    assert!(
        !done.stdout.contains("Model") && done.stdout.contains("Request"),
        "{}",
        done.stdout
    );
}

#[test]
fn before_the_tickets_own_questions_nothing_can_be_left_out() {
    let done = tea(&tea_home(), "--plain --case cold", "en")
        .types(["1", "t"])
        .ends();
    assert!(!done.stderr.contains("Is that enough?"), "{}", done.stderr);
    done.says(["My kettle does not heat"]);
}
