//! Texts that name an earlier answer, in the small guide of the documentation.

use crate::format::{guide, refused, walk};
use crate::run::okx;

const NAMED: &str = "A later text that names an earlier answer";

#[test]
fn a_text_names_what_was_chosen() {
    let done = walk(NAMED, "--case missing")
        .types(["2", "2", "1,2"])
        .exits(0);
    done.prints("Missing parcel from the shoe shop\n").says([
        "Ask the neighbours for the parcel from the shoe shop.",
        "Write to the shoe shop.",
        "1. Say that you have looked here: In the shed, In the cellar.",
    ]);
}

#[test]
fn a_line_that_names_no_answer_is_left_out() {
    let done = walk(NAMED, "--case missing")
        .types(["1", "2", "0"])
        .exits(0);
    done.never_says("you have looked")
        .says(["Write to the bookshop."]);
}

#[test]
fn a_subject_counts_once_its_answer_is_given() {
    let done = walk(NAMED, "--case missing")
        .types(["t", "1", "t", "q"])
        .exits(0);
    done.says(["It has not come", "Missing parcel from the bookshop"]);
    let toml = guide(NAMED).replace(
        "[\"shop\", \"neighbours\", \"looked\"]",
        "[\"looked\", \"shop\", \"neighbours\"]",
    );
    let run = okx("--plain --lang en --case missing --guide g.toml").file("g.toml", toml);
    run.types(["1", "t", "q"])
        .exits(0)
        .says(["It has not come"])
        .never_says("{shop}");
}

#[test]
fn a_tree_and_a_page_name_the_question() {
    let done = walk(NAMED, "guide show --case missing").exits(0);
    done.prints("[ ] Ask the neighbours for the parcel from [Shop].")
        .stdout_lacks("{");
    let page = okx("--lang en --guide g.toml --case missing").file("g.toml", guide(NAMED));
    page.exits(0).prints("[Shop]").stdout_lacks("{");
}

#[test]
fn an_answer_that_is_not_given_by_then_is_a_finding() {
    let late = (
        "[\"shop\", \"neighbours\", \"looked\"]",
        "[\"neighbours\", \"shop\", \"looked\"]",
    );
    refused(
        NAMED,
        late,
        "rule-broken",
        "a walk breaks this rule: missing > neighbours",
    );
    let skipped = ("name = \"Shop\"\n", "name = \"Shop\"\nskip = true\n");
    let toml = guide(NAMED).replace(skipped.0, skipped.1);
    let done = okx("guide check g.toml").file("g.toml", toml).exits(1);
    assert_eq!(
        done.stderr.matches("error[rule-broken]").count(),
        2,
        "{}",
        done.stderr
    );
    let unknown = ("say = \"Write to {shop}.\"", "say = \"Write to {shops}.\"");
    refused(NAMED, unknown, "unknown-target", "there is no step `shops`");
    let no_question = (
        "say = \"Write to {shop}.\"",
        "say = \"Write to {neighbours}.\"",
    );
    refused(
        NAMED,
        no_question,
        "bad-combination",
        "`neighbours` is no question",
    );
    // What could not be a name is a text like any other.
    let braces = guide(NAMED).replace("Write to {shop}.", "Run kubectl -o jsonpath={.items} {}.");
    let run = okx("--plain --lang en --case missing --guide g.toml").file("g.toml", braces);
    run.types(["2", "2", "0"])
        .exits(0)
        .says(["Run kubectl -o jsonpath={.items} {}."]);
}
