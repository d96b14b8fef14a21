//! One cause, one finding: the commonest slips, each shown once, where it was made.

use crate::run::okx;

const FIVE_LINES: &str = r#"guide = { id = "router", title = "Router trouble", languages = ["en"] }
case = [{ id = "offline", label = "No internet", steps = ["restart"], end = "call" }]
[step.restart]
do = "Unplug the router, wait a minute."
[outcome]
resolved.say = "Good."
call.say = "Call your provider."
"#;

/// Makes a slip, and checks that it is one finding, at this line and column.
#[track_caller]
fn slip(from: &str, to: &str, place: (usize, usize), says: [&str; 2]) {
    assert_eq!(FIVE_LINES.matches(from).count(), 1, "{from}");
    let toml = FIVE_LINES.replace(from, to);
    let done = okx("guide check g.toml").file("g.toml", toml).exits(1);
    assert_eq!(done.stderr.matches("error[").count(), 1, "{}", done.stderr);
    let at = format!("--> g.toml:{}:{}\n", place.0, place.1);
    assert!(done.stderr.contains(&at), "{at} {}", done.stderr);
    done.says(says);
}

#[test]
fn what_is_not_closed_is_shown_where_it_was_opened() {
    let bracket = "this `[` is not closed";
    slip(
        "[\"restart\"]",
        "[\"restart\"",
        (2, 58),
        [bracket, "put `]`"],
    );
    slip("\"call\" }]", "\"call\" }", (2, 8), [bracket, "put `]`"]);
    let brace = "this `{` is not closed";
    slip("\"call\" }]", "\"call\" ]", (2, 9), [brace, "put `}`"]);
    let mark = "this quotation mark is not closed";
    slip(
        "minute.\"",
        "minute.",
        (4, 6),
        [mark, "where the text ends"],
    );
}

#[test]
fn characters_that_look_like_those_of_toml_are_named() {
    for (from, to, place, says) in [
        (
            "\"Good.\"",
            "“Good.”",
            (6, 16),
            ["`“` means nothing to TOML", "straight quotation mark"],
        ),
        (
            "\"Good.\"",
            "「Good.」",
            (6, 16),
            ["`「` means nothing to TOML", "straight quotation mark"],
        ),
        (
            "say = \"Good.\"",
            "say ＝ \"Good.\"",
            (6, 14),
            ["`＝` means nothing", "type ="],
        ),
        (
            "say = \"Good.\"",
            "say：\"Good.\"",
            (6, 13),
            ["`：` means nothing", "type ="],
        ),
        (
            "\"offline\",",
            "\"offline\"，",
            (2, 25),
            ["`，` means nothing", "plain comma"],
        ),
        (
            "[\"restart\"]",
            "【\"restart\"】",
            (2, 58),
            ["`【` means nothing", "type ["],
        ),
        (
            "say = \"Good.\"",
            "say =\u{a0}\"Good.\"",
            (6, 15),
            ["U+00A0", "a plain space"],
        ),
        (
            "say = \"Good.\"",
            "say =\u{3000}\"Good.\"",
            (6, 15),
            ["U+3000", "a plain space"],
        ),
    ] {
        slip(from, to, place, says);
    }
    // In a text they may stand.
    let toml = FIVE_LINES.replace("Good.", "“Good”，「好」：【好】 # [");
    okx("guide check g.toml").file("g.toml", toml).exits(0);
}

#[test]
fn both_places_of_a_duplicate_are_shown() {
    let again = "call.say = \"Call your provider.\"\n[step.restart]\n";
    let twice = ["stands here twice", "keep one of them"];
    slip("call.say = \"Call your provider.\"\n", again, (8, 7), twice);
    let case = (
        "case = [",
        "case = [{ id = \"offline\", label = \"Off\", steps = [], end = \"call\" }, ",
    );
    let toml = FIVE_LINES.replace(case.0, case.1);
    let done = okx("guide check g.toml").file("g.toml", toml).exits(1);
    // The second with carets, the first with dashes.
    assert!(done.stderr.contains("there is a case `offline` already"));
    assert!(
        done.stderr.contains("---") && done.stderr.contains("^^^"),
        "{}",
        done.stderr
    );
}

#[test]
fn a_misspelt_key_is_not_missing_as_well() {
    slip(
        "label = ",
        "lable = ",
        (2, 27),
        ["unknown key `lable`", "did you mean `label`?"],
    );
}

#[test]
fn a_cycle_shows_its_road() {
    let ask = "ask = \"?\"\nanswers = [{ id = \"a\", label = \"A\", then = \"again\" }, { id = \"b\", label = \"B\" }]\n[step.again]\nask = \"?\"\nanswers = [{ id = \"a\", label = \"A\", then = \"restart\" }, { id = \"b\", label = \"B\" }]";
    let toml = FIVE_LINES.replace("do = \"Unplug the router, wait a minute.\"", ask);
    let done = okx("guide check g.toml").file("g.toml", toml).exits(1);
    done.says(["leads back to where it came from: again > restart > again"]);
}
