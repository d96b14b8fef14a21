//! Numbers of unusual length: asked back once, then taken as they are.

use crate::run::{Home, Run};
use std::fs;

const KETTLE: &str = include_str!("../data/kettle.toml");

/// A walk that asks for a number of 17 or 18 digits.
fn walk(home: &Home, args: &str) -> Run {
    let form = "kind = \"digits\"\nlength = [17, 18]";
    let guide = KETTLE.replace("kind = \"line\"", form);
    fs::write(home.path("k.toml"), guide).unwrap();
    home.okx(&format!("{args} --guide k.toml --lang en"))
}

fn types(numbers: &[&str]) -> crate::run::Done {
    let typed = [&["1", "0", "2"], numbers].concat();
    walk(&Home::new(), "--plain --case cold")
        .types(typed)
        .ends()
}

const ASKED_BACK: &str = "That has 12 digits; usually it is 17 to 18.";

#[test]
fn a_number_of_unusual_length_is_asked_back_once() {
    for again in ["", "100200300401", "1002 0030 0401"] {
        let done = types(&["100200300401", again]);
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        assert_eq!(
            done.stderr.matches(ASKED_BACK).count(),
            1,
            "{}",
            done.stderr
        );
        done.prints("100200300401\n");
    }
    // Another number is asked back anew, and a usual one is taken.
    let done = types(&["100200300401", "100200300402", "100200300400200100"]);
    assert_eq!(
        done.stderr.matches(ASKED_BACK).count(),
        2,
        "{}",
        done.stderr
    );
    done.prints("100200300400200100\n");
}

#[test]
fn what_may_be_a_code_a_card_or_a_phone_is_not_taken() {
    for number in [
        "482915",
        "4829",
        "13800138000",
        "4111111111111111",
        "10020030040a",
        "11010519491231002X",
    ] {
        let done = types(&[number, number, number, ""]);
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        assert_eq!(
            done.stderr.matches("This takes 17 to 18 digits").count(),
            3,
            "{}",
            done.stderr
        );
        assert!(!done.stdout.contains(number), "{}", done.stdout);
    }
}

#[test]
fn in_a_file_of_answers_it_is_taken_with_a_note() {
    let home = Home::new();
    let answers = "guide = \"kettle\"\ncase = \"cold\"\nanswer = [\n\
        { step = \"plugged\", choice = \"on\" }, { step = \"tried\", choice = [] },\n\
        { step = \"descale\", choice = \"no-change\" }, { step = \"model\", value = \"100200300401\" },\n]\n";
    fs::write(home.path("a.toml"), answers).unwrap();
    let done = walk(&home, "--plain --answers a.toml").exits(0);
    done.says(["model: taken as it is, with 12 digits; usually it is 17 to 18"])
        .prints("100200300401\n");
    fs::write(
        home.path("a.toml"),
        answers.replace("100200300401", "482915"),
    )
    .unwrap();
    walk(&home, "--plain --answers a.toml").exits(1).stdout("");
    // What was saved so is taken up again.
    let home = Home::new();
    let run = walk(&home, "--plain --case cold").types(["1", "0", "2", "100200300401", ""]);
    run.exits(0);
    walk(&home, "ticket").exits(0).prints("100200300401\n");
}
