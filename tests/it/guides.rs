//! Guides of strangers: what is wrong with one is said all at once, each thing with a code, its
//! place and what to do, and nothing in one can do harm. And of the guide that ships, what its words
//! must and must not say where no rule can tell.

use crate::run::{Home, Run, okx};
use crate::support::{GUIDE, languages};
use okx_verify_help::embedded;
use okx_verify_help::guide::finding::Code;
use okx_verify_help::text::{is_hostile, width};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use std::fmt::Write;

const KETTLE: &str = include_str!("../data/kettle.toml");

/// Where a finding is expected; taken out before the guide is checked.
const HERE: &str = "«";

/// The guide of the kettle with these texts replaced, each of which stands in it once.
#[track_caller]
fn with(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(KETTLE.to_owned(), |guide, (from, to)| {
        assert_eq!(guide.matches(from).count(), 1, "{from}");
        guide.replace(from, to)
    })
}

/// The guide of the kettle with something behind its end.
fn and(more: &str) -> String {
    format!("{KETTLE}{more}")
}

/// `guide check` of a file with this text.
fn check(guide: impl AsRef<[u8]>) -> Run {
    okx("guide check g.toml").file("g.toml", guide)
}

/// Checks that a guide is refused for this and nothing else, and that it is shown where it is.
#[track_caller]
fn refused(code: Code, marked: &str) {
    let guide = marked.replace(HERE, "");
    let stderr = check(&guide).exits(1).stdout("").stderr;
    let (before, after) = marked.split_once(HERE).unwrap_or_default();
    let text = before.rsplit('\n').next().unwrap();
    let (line, column) = (before.matches('\n').count() + 1, text.chars().count() + 1);
    let header = format!("error[{}]: ", code.id());
    let place = format!("--> g.toml:{line}:{column}\n");
    let found = stderr
        .split("\n\n")
        .find(|f| f.contains(&header) && f.contains(&place));
    let found = found.unwrap_or_else(|| panic!("{header}{place} is not in\n{stderr}"));
    assert_eq!(
        stderr.matches("error[").count(),
        stderr.matches(&header).count(),
        "{stderr}"
    );
    assert!(found.contains("= help: "), "{found}");
    // The caret stands below the place, however wide the characters before it are.
    let lines: Vec<&str> = found.lines().collect();
    let caret = lines.iter().position(|line| line.contains('^')).unwrap();
    let before = &text[text.floor_char_boundary(text.len().saturating_sub(2))..];
    let after = &after[..after
        .ceil_char_boundary(6)
        .min(after.find('\n').unwrap_or(0))];
    let shown = lines[caret - 1]
        .find(&format!("{before}{after}"))
        .map(|at| at + before.len());
    let shown = shown.unwrap_or_else(|| panic!("`{before}{after}` is not in\n{found}"));
    let columns = |line: &str, at: usize| width(&line[..at]);
    let (caret, above) = (lines[caret], lines[caret - 1]);
    assert_eq!(
        columns(caret, caret.find('^').unwrap()),
        columns(above, shown),
        "{found}"
    );
    // Whoever uses the guide instead of checking it hears the same.
    let run = okx("--plain --guide g.toml").file("g.toml", &guide);
    run.exits(1).stdout("").stderr(&stderr);
}

/// Checks that a guide can be used, and that its author is warned of this and nothing else.
#[track_caller]
fn warned(code: Code, marked: &str) {
    let guide = marked.replace(HERE, "");
    let done = check(&guide).exits(0);
    let (before, _) = marked.split_once(HERE).unwrap();
    let text = before.rsplit('\n').next().unwrap();
    let (line, column) = (before.matches('\n').count() + 1, text.chars().count() + 1);
    let header = format!("warning[{}]: ", code.id());
    let done = done.says([
        &header,
        &format!("--> g.toml:{line}:{column}"),
        "= help: ",
        "1 finding in g.toml",
    ]);
    done.prints("g.toml: no errors, 1 warning (");
    // Whoever uses the guide is not bothered.
    let run = okx("--checklist --guide g.toml").file("g.toml", &guide);
    run.exits(0).stderr("");
}

/// For each code, a guide that is refused for it, or that its author is warned of.
fn one_for_each(code: Code) -> Option<String> {
    let many = |n: usize, one: &dyn Fn(usize) -> String| -> String { (0..n).map(one).collect() };
    Some(match code {
        // There is no line to show; see `what_is_no_guide_at_all_is_named`.
        Code::TooLarge | Code::NotUtf8 => return None,
        Code::Syntax => with(&[("title = \"Cold kettle\"", "title = \"冷的水壶\" «oops")]),
        Code::HostileCharacter => with(&[("\"Cold kettle\"", "«\"冷\\u001b[2J\"")]),
        Code::UnknownKey => with(&[("minutes = 10", "source = [] # 水\n«minuts = 10")]),
        Code::MissingKey => with(&[("[step.wait]", "[step.«wait]"), ("minutes = 60\n", "")]),
        Code::WrongType => with(&[("minutes = 10", "minutes = «\"ten\"")]),
        Code::UnknownValue => with(&[("kind = \"support\"", "kind = «\"suport\"")]),
        Code::BadId => with(&[
            ("label = \"Descaled it\"", "label = \"水\""),
            ("\"descaled\"", "«\"Descaled\""),
        ]),
        Code::ReservedId => with(&[("id = \"kettle\"", "id = «\"okx-verification\"")]),
        Code::DuplicateId => with(&[
            ("{ id = \"shaken\", label", "{ label"),
            ("\"Shaken it\" }", "\"摇过\", id = «\"descaled\" }"),
            ("when = { tried = \"shaken\" }\n", ""),
        ]),
        Code::MissingLanguage => with(&[
            ("[\"en\"]", "[\"en\", \"zh\"]"),
            ("\"Cold kettle\"", "«\"Cold kettle\""),
        ]),
        Code::UnknownLanguage => with(&[("\"Cold kettle\"", "{ en = \"冷\", «zh = \"冷\" }")]),
        Code::EmptyText => with(&[("\"Enjoy your tea.\"", "«\" \"")]),
        Code::TooWide => with(&[("\"Yes\"", &format!("«\"{}\"", "宽".repeat(25)))]),
        Code::TooLong => with(&[(
            "\"Scale sings.\"",
            &format!("«\"{}\"", "长长长 ".repeat(80)),
        )]),
        Code::TooMany => {
            let answer = |n| format!("  {{ id = \"a{n}\", label = \"{n}\" }},\n");
            let answers = many(33, &answer);
            let question = format!("[step.«kind]\nask = \"水\"\nanswers = [\n{answers}]\n");
            with(&[("[step.kind]\nnote = \"Scale sings.\"\n", &question)])
        }
        Code::UnknownTarget => with(&[(
            "label = \"On, and it hums\", go = \"loud\"",
            "label = \"嗡嗡响\", go = «\"lout\"",
        )]),
        Code::BadAddress => and(
            "[source.x]\ntrust = \"official\"\ntitle = \"x\"\nurl = «\"https://okx.com.evil.example\"\n",
        ),
        Code::StepKind => with(&[("[step.kind]", "[step.«kind]\ndo = \"Sing.\"")]),
        Code::ForbiddenField => with(&[("kind = \"line\"", "kind = «\"seed-phrase\"")]),
        Code::AsksForSecret => with(&[("\"Scale sings.\"", "«\"Send us your password.\"")]),
        Code::BadCombination => {
            with(&[("{ id = \"noise\"", "«{ end = \"harmless\", id = \"noise\"")])
        }
        Code::OffGlossary => {
            with(&[("\"Enjoy your tea.\"", "«\"Enjoy your 茶.\"")])
                + "[term.tea]\nen = \"tea\"\navoid = { en = [\"茶\"] }\n"
        }
        Code::Cycle => {
            let again =
                "ask = \"Again?\"\nanswers = [{ id = \"y\", label = \"Yes\", then = \"plugged\" }]";
            let plugged = ("[step.plugged]", "[step.«plugged]");
            with(&[plugged, ("do = \"Try another socket.\"", again)])
        }
        Code::Unreachable => and("[step.«lonely]\nnote = \"Nobody comes here.\"\n"),
        Code::RuleBroken => {
            and("«[[rule]]\nbefore = \"descale\"\nanswered = { plugged = \"on\" }\n")
        }
        Code::RuleIdle => and("«[[rule]]\nlongest = 999\n"),
        Code::Unguarded => {
            let brief =
                "minutes = 10\nbrief = \"vinegar\"\nwhen = { not = { tried = \"shaken\" } }";
            with(&[
                (
                    "end = \"return-it\"",
                    "end = \"return-it\"\nrows = \"plugged\"",
                ),
                ("[step.plugged]", "[step.plugged]\nbrief = \"lamp\""),
                ("[step.socket]", "[step.socket]\nbrief = \"socket\""),
                ("[step.descale]", "[step.«descale]"),
                ("minutes = 10", brief),
                ("kind = \"support\"", "kind = \"support\"\nbrief = \"shop\""),
            ]) + "[[rule]]\nnever = \"descale\"\nanswered = { tried = \"shaken\" }\n"
        }
        Code::TooTangled => {
            let answer = |n| format!("  {{ id = \"a{n}\", label = \"{n}\", then = \"kind\" }},\n");
            let start = KETTLE.find("  { id = \"descaled\"").unwrap();
            let end = start + KETTLE[start..].find("]\n").unwrap();
            KETTLE
                .replace(&KETTLE[start..end], &many(18, &answer))
                .replace("when = { tried = \"shaken\" }", "")
                .replace("[step.descale]", "[step.«descale]")
        }
        Code::OneAnswer => with(&[(
            "[step.kind]\nnote = \"Scale sings.\"",
            "[step.«kind]\nask = \"嗯?\"\nanswers = [{ id = \"y\", label = \"Yes\" }]",
        )]),
        Code::EqualLabels => with(&[("label = \"No\"", "label = «\"yes\"")]),
        Code::NoName => with(&[(
            "[step.socket]\ndo = \"Try another",
            "[step.«socket]\ndo = \"Try another one, and then another one, for each",
        )]),
        Code::AlwaysTrue => with(&[(
            "minutes = 10\n",
            "minutes = 10\nwhen = «{ not = { plugged = \"noise\" } }\n",
        )]),
        Code::LongNext => with(&[(
            "say = \"Take it back to the shop.\"",
            "say = \"Take it back to the shop.\"\nnext = «[\"Go.\", \"Ask.\", \"Wait.\", \
             { en = \"Pay.\", when = { plugged = \"on\" } }, \
             { en = \"Run.\", when = { plugged = \"off\" } }]",
        )]),
        Code::OldSource => {
            and("[source.x]\ntitle = \"水\"\ntrust = \"guide\"\nread = «2001-02-03\n")
        }
    })
}

#[test]
fn each_code_has_a_guide_that_is_refused_for_it() {
    for &code in Code::ALL {
        match one_for_each(code) {
            Some(guide) if code.is_warning() => warned(code, &guide),
            Some(guide) => refused(code, &guide),
            None => {}
        }
    }
}

#[test]
fn what_is_no_guide_at_all_is_named() {
    let large = "# 2 MB\n".repeat(300_000);
    for (name, bytes, why) in [
        ("not-there.toml", None, "cannot be read"),
        (".", None, "it is a folder"),
        ("large.toml", Some(large.as_bytes()), "error[too-large]"),
        ("empty.toml", Some(&b""[..]), "error[missing-key]"),
        (
            "latin1.toml",
            Some(b"[guide]\n# \xe4\n"),
            "error[not-utf8]: byte 11 is not UTF-8",
        ),
        (
            "nul.toml",
            Some(b"[guide]\nid = \"a\0b\"\n"),
            "error[syntax]",
        ),
        (
            "utf16.toml",
            Some(b"\xff\xfe[\0g\0]\0"),
            "error[not-utf8]: byte 1",
        ),
        ("\u{1b}[2Jx.toml", Some(b""), "\u{fffd}[2Jx.toml"),
        ("\u{202e}y.toml", None, "\u{fffd}y.toml"),
    ] {
        for command in ["guide check", "--case stuck --guide", "--plain --guide"] {
            let run = okx(command).arg(name);
            let run = bytes.iter().fold(run, |run, bytes| run.file(name, bytes));
            let done = run.exits(1).stdout("").says([why]);
            done.says([name.replace(is_hostile, "\u{fffd}")]).harmless();
        }
    }
}

#[test]
fn a_file_without_end_is_not_read_to_its_end() {
    if std::path::Path::new("/dev/zero").exists() {
        okx("guide check /dev/zero")
            .exits(1)
            .says(["error[too-large]"]);
    }
}

#[test]
fn a_byte_order_mark_is_no_mistake() {
    check(format!("\u{feff}{KETTLE}")).exits(0).stderr("");
    let oops = with(&[("[guide]", "[guide] oops")]);
    let done = check(format!("\u{feff}{oops}")).exits(1);
    done.says(["g.toml:1:9"]).harmless();
}

#[test]
fn every_road_in_a_circle_is_found() {
    let again = |leads: &str| {
        let step =
            format!("ask = \"Again?\"\nanswers = [{{ id = \"y\", label = \"Yes\", {leads} }}]");
        move |from: &str| (from.to_owned(), step.clone())
    };
    // An answer leads to its own step.
    let (from, to) = again("then = \"socket\"")("do = \"Try another socket.\"");
    refused(
        Code::Cycle,
        &with(&[("[step.socket]", "[step.«socket]"), (&from, &to)]),
    );
    // A case leads to itself; two cases lead to each other.
    let (from, to) = again("go = \"loud\"")("note = \"Scale sings.\"");
    refused(
        Code::Cycle,
        &with(&[("[step.kind]", "[step.«kind]"), (&from, &to)]),
    );
    let (from, to) = again("go = \"cold\"")("note = \"Scale sings.\"");
    refused(
        Code::Cycle,
        &with(&[("[step.kind]", "[step.«kind]"), (&from, &to)]),
    );
    // An outcome asks a step that ends in it.
    let (from, to) = again("end = \"harmless\"")("note = \"Scale sings.\"");
    let steps = (
        "say = \"Nothing is wrong.\"",
        "say = \"Nothing is wrong.\"\nsteps = \"kind\"",
    );
    refused(
        Code::Cycle,
        &with(&[("[step.kind]", "[step.«kind]"), (&from, &to), steps]),
    );
    // What helps leads to an outcome that asks to do it again.
    let steps = (
        "say = \"Enjoy your tea.\"",
        "say = \"Enjoy your tea.\"\nsteps = \"descale\"",
    );
    refused(
        Code::Cycle,
        &with(&[("[step.descale]", "[step.«descale]"), steps]),
    );
    // A group holds itself, at once or by another.
    let grouped = with(&[("steps = [\"kind\"]", "steps = [\"kind\", \"a\"]")]);
    refused(
        Code::Cycle,
        &(grouped.clone() + "[group.a]\nsteps = [«\"a\"]\n"),
    );
    let two = "[group.a]\nsteps = \"b\"\n[group.b]\nsteps = [«\"a\"]\n";
    refused(Code::Cycle, &(grouped + two));
}

#[test]
fn a_text_that_is_shared_is_written_once() {
    let tea = ("\"Enjoy your tea.\"", "{ use = \"tea\" }");
    let fine = ("\"Nothing is wrong.\"", "{ use = \"tea\" }");
    let shared = "[text]\ntea = \"Have some 茶.\"\n";
    let guide = with(&[tea, fine]) + shared;
    let list = okx("guide show g.toml").file("g.toml", guide);
    assert_eq!(list.exits(0).stdout.matches("Have some 茶.").count(), 2);
    let unknown = ("\"Enjoy your tea.\"", "{ use = «\"tee\" }");
    refused(Code::UnknownTarget, &(with(&[unknown, fine]) + shared));
    let nested = "[text]\na = \"x\"\nb = «{ use = \"a\" }\n";
    let uses = |name: &str| format!("{{ use = \"{name}\" }}");
    let (a, b) = (uses("a"), uses("b"));
    let both = [(tea.0, a.as_str()), (fine.0, b.as_str())];
    let said = check((with(&both) + nested).replace(HERE, "")).exits(1);
    said.says(["error[bad-combination]: the text `b` uses another"]);
    refused(Code::Unreachable, &and("[text]\n«idle = \"x\"\n"));
    let uses = vec!["{ use = \"tea\" }"; 2000].join(", ");
    let many = with(&[("say = \"Nothing is wrong.\"", "say = \"x\"\nkeep = [«KEEP]")]);
    let many = many.replace("KEEP", &uses) + &format!("[text]\ntea = \"{}\"\n", "茶".repeat(9000));
    check(many.replace(HERE, ""))
        .exits(1)
        .says(["error[too-large]", "1 finding in g.toml"]);
}

#[test]
fn a_question_that_may_be_left_out_has_an_answer_for_that() {
    let guide = with(&[(
        "ask = \"Is the lamp on?\"",
        "ask = \"Is it on?\"\nskip = true",
    )]);
    let run = okx("--plain --guide g.toml --case cold").file("g.toml", &guide);
    let run = run
        .types(["Skip", "0", "2", ""])
        .exits(0)
        .says([" 4. Skip"]);
    assert!(!run.stdout.contains("Is it on?"), "{}", run.stdout);
    let several = with(&[("several = true", "several = true\nskip = true")]);
    let several = several.replace("[step.tried]", "[step.«tried]");
    refused(Code::BadCombination, &several);
    let taken = ("{ id = \"noise\"", "{ id = «\"skipped\"");
    let skip = (
        "ask = \"Is the lamp on?\"",
        "skip = true\nask = \"Is it on?\"",
    );
    refused(Code::DuplicateId, &with(&[taken, skip]));
}

#[test]
fn what_is_nested_too_deep_is_refused() {
    let deep = |n: usize, open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}", open.repeat(n), close.repeat(n))
    };
    let lists = deep(100_000, "[", "", "]");
    let tables = deep(100_000, "{a=", "1", "}");
    for value in [&lists, &tables] {
        let done = check(format!("x = {value}")).exits(1);
        done.says(["error[syntax]"]);
    }
    check(deep(100_000, "[", "a", "]")).exits(1);
    check(format!("[{}]", "a.".repeat(100_000) + "a")).exits(1);
    let when = deep(40, "not = { ", "tried = \"shaken\"", " }");
    let done = with(&[(
        "when = { tried = \"shaken\" }",
        &format!("when = {{ {when} }}"),
    )]);
    check(done).exits(1).says(["error[too-many]"]);
    let groups = (0..40).fold(String::new(), |mut groups, n| {
        let _ = write!(groups, "[group.g{n}]\nsteps = \"g{}\"\n", n + 1);
        groups
    });
    let groups = groups + "[group.g40]\nsteps = \"kind\"\n";
    let done = with(&[("steps = [\"kind\"]", "steps = [\"g0\"]")]) + &groups;
    check(done).exits(1).says(["error[cycle]"]);
}

#[test]
fn a_guide_with_thousands_of_steps_is_checked() {
    let ids = |n: usize| (0..n).map(|n| format!("{n:x}"));
    let guide = |steps: String, text: &str, n: usize| {
        let head =
            "[guide]\nid = \"g\"\ntitle = \"t\"\nlanguages = [\"en\"]\n[outcome.e]\nsay = \"x\"\n";
        let body: Vec<String> = ids(n).map(|id| format!("{id}.note=\"{text}\"")).collect();
        let case =
            format!("case = [{{ id = \"c\", label = \"l\", end = \"e\", steps = [{steps}] }}]\n");
        format!("{case}{head}[step]\n{}", body.join("\n"))
    };
    // As many as fit a file when each stands on the road,
    let all: Vec<String> = ids(45_000).map(|id| format!("\"{id}\"")).collect();
    let long = guide(all.join(","), "x", 45_000);
    check(&long)
        .exits(0)
        .prints("g.toml: no findings (1 case, 45000 steps, 1 outcome, 1 language)\n");
    okx("--plain --guide g.toml --case c")
        .file("g.toml", &long)
        .types(["1", "q"])
        .exits(0);
    // and as many as fit at all.
    let lonely = guide("\"0\"".to_owned(), "x", 70_000);
    let done = check(lonely).exits(1);
    done.says([
        "error[unreachable]",
        "69999 findings in g.toml, the first 50 of them shown",
    ]);
}

#[test]
fn nothing_hostile_gets_through() {
    let hostile = [
        '\u{7}',
        '\u{1b}',
        '\u{7f}',
        '\u{9b}',
        '\u{ad}',
        '\u{200b}',
        '\u{202e}',
        '\u{2066}',
        '\u{feff}',
        '\u{e0041}',
    ];
    for c in hostile {
        let escaped = format!("\\U{:08X}", u32::from(c));
        for c in [c.to_string(), escaped] {
            for guide in [
                with(&[("\"Cold kettle\"", &format!("\"Cold {c} kettle\""))]),
                with(&[(
                    "\"Cold kettle\"",
                    &format!("\"Cold kettle\"\n\"a{c}b\" = 1"),
                )]),
                with(&[("[step.kind]", &format!("[step.\"kind{c}\"]"))]),
                with(&[("id = \"loud\"", &format!("id = \"loud{c}\""))]),
                with(&[("end = \"harmless\"", &format!("end = \"harmless{c}\""))]),
                with(&[("kind = \"support\"", &format!("kind = \"support{c}\""))]),
                with(&[("[\"en\"]", &format!("[\"e{c}n\"]"))]),
                with(&[("when = { tried", &format!("when = {{ \"tried{c}\""))]),
                // A comment may hold what it likes, but the line is shown for its mistake.
                with(&[("minutes = 10", &format!("minutes = \"ten\" # {c}"))]),
            ] {
                let check = check(&guide);
                check.exits(1).stdout("").harmless();
            }
        }
    }
}

#[test]
fn only_plain_addresses_on_okx_com_pass() {
    let source = |url: &str| {
        let source = format!("[source.x]\ntitle = \"x\"\ntrust = \"official\"\nurl = \"{url}\"\n");
        let hosts = (
            "id = \"kettle\"\n",
            "id = \"kettle\"\nhosts = [\"okx.com\"]\n",
        );
        check(with(&[hosts]) + &source)
    };
    source("https://www.okx.com/help/a-b?c=d#e").exits(0);
    for url in [
        "http://www.okx.com/",
        "https://okx.com.evil.example/",
        "https://okx.com@evil.example/",
        "https://okx.com:443/",
        "https://оkx.com/",
        "https://evilokx.com/",
        "https://www.okx.com\\\\@evil.example/",
        "https://xn--okx.okx.com/",
        "javascript:alert(1)",
        "www.okx.com",
        "",
    ] {
        source(url).exits(1).says(["error[bad-address]"]);
    }
}

#[test]
fn a_guide_asks_for_no_secret() {
    for kind in [
        "password",
        "otp",
        "sms-code",
        "seed-phrase",
        "mnemonic",
        "private-key",
        "PIN",
        "id-card",
    ] {
        let guide = with(&[("kind = \"line\"", &format!("kind = \"{kind}\""))]);
        let done = check(guide).exits(1);
        done.says(["error[forbidden-field]"]);
    }
}

#[test]
fn all_findings_come_at_once_in_the_order_of_the_file() {
    let guide = with(&[
        ("title = \"Cold kettle\"", "titel = \"Cold kettle\""),
        ("label = \"It is loud\"", "label = 3"),
        ("then = \"socket\"", "then = \"sockets\""),
        ("minutes = 10", "minutes = \"ten\""),
        ("say = \"Nothing is wrong.\"", "say = \"\""),
    ]);
    let done = check(guide).exits(1).stdout("");
    // A key that is misspelt is not missing as well.
    let codes = ["unknown-key", "wrong-type", "unknown-target", "wrong-type"];
    let done = done.says(codes.map(|code| format!("error[{code}]")));
    done.says([
        "did you mean `title`?",
        "did you mean `socket`?",
        "5 findings in g.toml",
    ]);
}

/// Ten lines are enough for a guide.
const TEN_LINES: &str = r#"guide = { id = "tea", title = "Cold tea", languages = ["en"] }
[[case]]
id = "cold"
label = "My tea is cold"
steps = ["heat"]
end = "give-up"
[step.heat]
do = "Heat it for a minute."
[outcome]
resolved.say = "Enjoy it."
give-up.say = "Make a new one.""#;

#[test]
fn ten_lines_are_a_guide() {
    let tea = |args: &str| {
        okx(args)
            .args("--guide tea.toml")
            .file("tea.toml", TEN_LINES)
    };
    okx("guide check tea.toml")
        .file("tea.toml", TEN_LINES)
        .exits(0);
    // With one case, there is nothing to choose.
    tea("--plain").types(["1"]).exits(0).stdout("").says([
        "Cold tea",
        "Heat it for a minute.",
        "That solved it",
        "Enjoy it.",
    ]);
    tea("--plain --case cold")
        .types(["2"])
        .exits(0)
        .says(["Make a new one."]);
    let list = tea("--case cold").exits(0).stderr("").stdout;
    for text in [
        "Cold tea: My tea is cold",
        "[ ] Heat it for a minute.",
        "Make a new one.",
    ] {
        assert!(list.contains(text), "{list}");
    }
    tea("--case warm").exits(2).says(["cold"]);
    tea("").exits(2).says(["--case takes: cold"]);
    tea("--lang zh").exits(2).says(["en"]);
}

#[test]
fn the_guide_that_ships_passes_its_own_check() {
    let shown = okx("guide source").exits(0).stderr("").stdout;
    let own = okx("guide check").exits(0);
    let copy = okx("guide check copy.toml").file("copy.toml", &shown);
    let copy = copy.exits(0);
    for done in [&own, &copy] {
        assert_eq!(done.stderr, "");
    }
    let (own, copy) = (own.stdout, copy.stdout);
    let counts = |line: &str| line.split_once(": ").unwrap().1.to_owned();
    assert_eq!(counts(&own), counts(&copy));
    // The same text is the same guide; another text under its id is not.
    let walk = |guide: &str| okx("--plain --lang en --guide copy.toml").file("copy.toml", guide);
    walk(&shown)
        .types(["q"])
        .exits(0)
        .never_says("not okx-verify-help's own");
    let edited = shown.replacen("# What", "# Some of what", 1);
    for command in [
        "guide check",
        "guide test . --guide",
        "--checklist --guide",
        "ticket --guide",
    ] {
        let run = okx(command).arg("copy.toml").file("copy.toml", &edited);
        run.exits(1).stdout("").says([
            "error[reserved-id]",
            "belongs to the guide inside the program",
            "an id of its own, such as `my-okx-verification`",
        ]);
    }
    let own_id = edited.replacen("id = \"okx-verification\"", "id = \"my-okx\"", 1);
    let said = walk(&own_id).types(["q"]).exits(0);
    said.says(["“copy.toml”, not okx-verify-help's own"]);
}

/// The lines that stand in a file of sentences.
fn lines_of(file: &str) -> Vec<&str> {
    let lines: Vec<&str> = file.lines().collect();
    assert!(lines.len() >= 30, "{} sentences", lines.len());
    lines
}

/// The guide of the kettle with these sentences in it, and those of them that are findings.
fn found_in<'s>(sentences: &[&'s str], code: Code) -> Vec<&'s str> {
    let mut found = Vec::new();
    for part in sentences.chunks(40) {
        let keep: String = part.iter().map(|s| format!("{s:?},\n")).collect();
        let say = "say = \"Nothing is wrong.\"\n";
        let guide = with(&[(say, &format!("{say}keep = [\n{keep}]\n"))]);
        let first = guide[..guide.find("keep = [").unwrap()]
            .matches('\n')
            .count()
            + 2;
        let done = check(guide).ends();
        for (n, sentence) in part.iter().enumerate() {
            let place = format!("--> g.toml:{}:", first + n);
            let mut all = done.stderr.split("\n\n").filter(|f| f.contains(&place));
            if all.any(|f| f.contains(&format!("error[{}]", code.id()))) {
                found.push(*sentence);
            }
        }
        let all = done.stderr.matches("error[").count();
        assert!(all <= 50, "more than are shown");
        assert_eq!(done.code, Some(i32::from(all > 0)), "{}", done.stderr);
    }
    found
}

/// Checks the most that a rule of thumb may get wrong of so many, and prints what it does.
#[track_caller]
fn at_most(percent: usize, wrong: &[&str], all: &[&str], what: &str) {
    eprintln!("{} of {} {what}: {wrong:#?}", wrong.len(), all.len());
    assert!(wrong.len() * 100 <= all.len() * percent, "too many {what}");
}

#[test]
fn whoever_asks_for_a_secret_is_refused_and_whoever_warns_is_not() {
    let hostile = [
        lines_of(include_str!("../data/asking/hostile.en.txt")),
        lines_of(include_str!("../data/asking/hostile.zh.txt")),
    ]
    .concat();
    let innocent = [
        lines_of(include_str!("../data/asking/innocent.en.txt")),
        lines_of(include_str!("../data/asking/innocent.zh.txt")),
    ]
    .concat();
    let found = found_in(&hostile, Code::AsksForSecret);
    let is_missed = |sentence: &&str| !found.contains(sentence);
    let missed: Vec<&str> = hostile.iter().copied().filter(is_missed).collect();
    at_most(5, &missed, &hostile, "requests were missed");
    let refused = found_in(&innocent, Code::AsksForSecret);
    at_most(2, &refused, &innocent, "innocent sentences were refused");
}

#[test]
fn the_words_that_ask_are_quoted_as_they_are_written() {
    for (text, words) in [
        ("请把验证码发给客服，谢谢。", "`发给客服,谢谢`"),
        ("Now send the code, please.", "`send the code, please`"),
        ("在聊天里输入 PIN 码。", "`输入pin码`"),
    ] {
        let done = check(with(&[("\"Scale sings.\"", &format!("{text:?}"))])).exits(1);
        done.says(["error[asks-for-secret]", words]);
    }
}

#[test]
fn a_text_of_the_size_of_a_file_is_read_in_seconds() {
    for words in ["never send your seed phrase, or ", "给的密码", "a.1."] {
        let text = words.repeat(900_000 / words.len());
        let (_, seconds) = check(with(&[("\"Scale sings.\"", &format!("{text:?}"))])).timed();
        assert!(seconds < 20.0, "{words}: {seconds} s");
    }
}

#[test]
fn a_question_for_a_value_names_no_secret_but_to_leave_it_out() {
    let fill = |text: &str| check(with(&[("\"Which model is it?\"", &format!("{text:?}"))]));
    for text in [
        "Your password?",
        "The code from the text message",
        "短信验证码",
        "助记词",
    ] {
        fill(text).exits(1).says(["error[asks-for-secret]"]);
    }
    for text in [
        "What does it show? Leave out codes.",
        "页面怎么说？验证码别写。",
    ] {
        fill(text).exits(0);
    }
    // A text that is shared is no way round it.
    let shared = with(&[("\"Which model is it?\"", "{ use = \"pin\" }")]);
    let shared = shared + "[text]\npin = \"Your PIN\"\n";
    check(shared).exits(1).says(["error[asks-for-secret]"]);
}

#[test]
fn a_host_in_a_text_is_read_like_an_address() {
    let hosts = [
        "Go to okx-help.example.com now.",
        "See www.evil.io/path for more.",
        "https://evil.example/ is it.",
        "Ask at t.me/okx_help today.",
        "Write to help@okx-support.com please.",
        "打开 okx-help．example．com 看看",
        "打开okx-help。com登录",
        "打开www｡evil｡io",
        "打开欧易.com登录",
        "打开欧易客服.中国看看",
        "打开ｏｋｘ．ｃｏｍ",
        "Open okx.com.evil.example today.",
        "Open evilokx.com today.",
        "Open оkx.com today.",
        "Open 𝗲𝘃𝗶𝗹.𝗰𝗼𝗺 today.",
        "Get it from okx-help.zip/login now.",
        "Open xn--okx-abc.xn--p1ai today.",
        "Open https://www.okx.com:8443/ today.",
        "Open http://okx.com today.",
        "Open https://okx.com@1.2.3.4/ today.",
        "Open OKX-HELP.COM today.",
        "Open okx-help.com.",
        "看evil.io和okx.com登录",
    ];
    let refused: Vec<&str> = hosts
        .into_iter()
        .filter(|text| {
            let guide = with(&[("\"Scale sings.\"", &format!("{text:?}"))]);
            check(guide).ends().stderr.contains("error[bad-address]")
        })
        .collect();
    assert_eq!(refused, hosts);
    for text in [
        "Version 6.140.0 or 6.140.0-beta will do.",
        "Attach photo.png and IMG_0412.JPG, or a.b.pdf, or my.photo.png.",
        "For instance, e.g. a lamp, i.e. a light, at 9 a.m. or 3.5 GB.",
        "Type okx.com yourself, or www.okx.com.",
        "See https://www.okx.com/help/a-b for more.",
        "请手输okx.com。App里也行。",
        "更新App。OK之后再试，App。Android也一样。",
        "更新App。okx.com也行。",
        "版本6.140.0以上，见图.png，等...再试",
        "Wait... then go on. No.2 is next, etc.",
        "Use Node.js? No.",
    ] {
        let hosts = (
            "id = \"kettle\"\n",
            "id = \"kettle\"\nhosts = [\"okx.com\"]\n",
        );
        check(with(&[hosts, ("\"Scale sings.\"", &format!("{text:?}"))])).exits(0);
    }
    // What is printed without being a text of its own is read, too.
    let edition = with(&[(
        "title = \"Cold kettle\"",
        "title = \"K\"\nedition = «\"2, see evil.io\"",
    )]);
    refused_for_address(&edition);
}

#[track_caller]
fn refused_for_address(guide: &str) {
    refused(Code::BadAddress, guide);
}

#[test]
fn a_guide_without_cases_or_languages_is_refused() {
    let start = KETTLE.find("[[case]]").unwrap();
    let end = KETTLE.find("[step.plugged]").unwrap();
    let no_case = format!("case = []\n{}{}", &KETTLE[..start], &KETTLE[end..]);
    let no_language = with(&[("[\"en\"]", "[]")]);
    for (guide, key) in [(no_case, "`case`"), (no_language, "`languages`")] {
        let said = format!("has no {key}");
        check(&guide).exits(1).says(["error[missing-key]", &said]);
        for args in ["", "--plain", "--checklist", "--case cold"] {
            let run = okx(args).args("--guide g.toml").file("g.toml", &guide);
            run.exits(1).stdout("").says(["error[missing-key]"]);
        }
    }
}

#[test]
fn what_was_proven_is_said_and_what_was_not() {
    check(KETTLE)
        .exits(0)
        .prints("proven over all walks")
        .prints(
            "not proven: that its advice is right, that its words are honest, or who wrote it\n",
        );
}

/// A guide that may have none of what a guide needs, or little.
fn small_guide() -> impl Strategy<Value = String> {
    let list = |items: &'static [&'static str]| prop::sample::subsequence(items, 0..=items.len());
    let step = prop_oneof![
        Just("note = \"n\""),
        Just("do = \"d\""),
        Just("prepare = \"p\"\nattach = true"),
        Just("wait = \"w\"\nminutes = 0"),
        Just("fill = \"f\"\nkind = \"time\""),
        Just("fill = \"f\"\nkind = \"files\""),
        Just("ask = \"a\"\nanswers = []"),
        Just("ask = \"a\"\nskip = true\nanswers = []"),
        Just("ask = \"a\"\nanswers = [{ id = \"x\", label = \"X\" }]"),
        Just("ask = \"a\"\nseveral = true\nanswers = [{ id = \"x\", label = \"X\" }]"),
        Just("ask = \"a\"\nanswers = [{ id = \"x\", label = \"X\", end = \"o\", then = [] }]"),
    ];
    let steps = prop::collection::vec(step, 0..4);
    let tags = list(&["en", "zh", "fr"]);
    let parts = (list(&["a", "b"]), tags, steps, any::<[bool; 3]>());
    parts.prop_map(|(cases, tags, steps, [asks, attaches, names])| {
        let in_all = |text: &str| {
            let each: Vec<String> = tags.iter().map(|tag| format!("{tag} = {text:?}")).collect();
            format!("{{ {} }}", each.join(", "))
        };
        let ids: Vec<String> = (0..steps.len()).map(|n| format!("s{n}")).collect();
        let case = |id: &&str| {
            let label = in_all("L");
            format!("{{ id = {id:?}, label = {label}, steps = {ids:?}, end = \"o\" }}")
        };
        let cases: Vec<String> = cases.iter().map(case).collect();
        let mut toml = format!(
            "case = [{}]\n[guide]\nid = \"g\"\ntitle = {}\nlanguages = {tags:?}\n",
            cases.join(", "),
            in_all("T")
        );
        for (id, step) in ids.iter().zip(&steps) {
            // Each of the texts above is one letter.
            let step = ["n", "d", "p", "w", "f", "a"]
                .into_iter()
                .fold((*step).to_owned(), |s, t| {
                    s.replace(&format!("= \"{t}\""), &format!("= {}", in_all(t)))
                });
            let step = step.replace("\"X\"", &in_all("X"));
            let name = if names {
                format!("name = {}\n", in_all("N"))
            } else {
                String::new()
            };
            let _ = write!(toml, "[step.{id}]\n{step}\n{name}");
        }
        let _ = write!(toml, "[outcome.o]\nsay = {}\n", in_all("S"));
        if asks {
            let _ = writeln!(toml, "request = {}", in_all("R"));
        }
        if attaches {
            let _ = writeln!(toml, "attach = []\nnext = []");
        }
        if steps
            .iter()
            .any(|s| s.starts_with("do") || s.starts_with("wait"))
        {
            let _ = write!(toml, "[outcome.resolved]\nsay = {}\n", in_all("S"));
        }
        toml
    })
}

#[test]
fn every_guide_that_loads_opens_every_door() {
    let doors = [
        ("", Some(2)),
        ("--plain", None),
        ("--case a", None),
        ("--checklist", Some(0)),
        ("--checklist --format markdown", Some(0)),
        ("--checklist --format json", Some(0)),
        ("ticket", None),
        ("ticket --follow-up --plain", None),
        ("walks", Some(0)),
    ];
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 96,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_261_125),
        ..ProptestConfig::default()
    });
    let loaded = std::cell::Cell::new(0);
    let tried = runner.run(&small_guide(), |toml| {
        let check = okx("guide check g.toml").file("g.toml", &toml).ends();
        let loads = check.code == Some(0);
        loaded.set(loaded.get() + u32::from(loads));
        let home = Home::new();
        for (door, code) in doors {
            let run = home.okx(door).args("--guide g.toml").file("g.toml", &toml);
            let done = run.types(vec!["1"; 12]).ends();
            let said = format!("{door}: {}\n{toml}", done.stderr);
            prop_assert!(!done.stderr.contains("panicked"), "{}", said);
            let wanted = if loads { code } else { Some(1) };
            let fits = done.code.is_some_and(|c| (0..=2).contains(&c));
            prop_assert!(
                fits && wanted.is_none_or(|c| done.code == Some(c)),
                "{}",
                said
            );
        }
        Ok(())
    });
    tried.unwrap();
    assert!(loaded.get() >= 20, "only {} guides load", loaded.get());
}

#[test]
fn no_guide_can_hide_that_it_is_not_our_own() {
    let title = (
        "title = \"Cold kettle\"",
        "title = \"Help with OKX verification\"\nnotice = \"Ours.\"",
    );
    // A subject and a problem as long as a whole short ticket push nothing out.
    let subject = (
        "id = \"cold\"",
        &*format!("id = \"cold\"\nsubject = \"{}\"", "x".repeat(1500)),
    );
    let languages = (
        "languages = [\"en\"]",
        "languages = [\"en\"]\nedition = \"okx-verify-help's own\"",
    );
    let guide = with(&[title, subject, languages]);
    let home = Home::new();
    let run = |args: &str| home.okx(args).args("--guide g.toml").file("g.toml", &guide);
    let line = "This guide is “g.toml”, not okx-verify-help's own.";
    let walk = run("--plain --case cold")
        .types(["1", "0", "3", "3", "Fast 3"])
        .exits(0);
    let walk = walk.says([
        "Help with OKX verification",
        "Ours.",
        line,
        "Is the lamp on?",
    ]);
    assert!(
        walk.stdout.ends_with(&format!("\n{line}\n")),
        "{}",
        walk.stdout
    );
    run("resume --plain").exits(0).says([line]);
    for format in ["--format text", "--format markdown", "--short"] {
        let ticket = run("ticket").args(format).exits(0).stdout;
        let last = ticket.trim_end().rsplit('\n').next().unwrap();
        assert_eq!(last, line, "{format}");
        assert!(format != "--short" || ticket.chars().count() <= 1000);
        let news = run("ticket --follow-up --plain")
            .args(format)
            .types(["", "", "0", ""]);
        let news = news.exits(0).says([line]);
        assert!(
            news.stdout.trim_end().ends_with(line),
            "{format}: {}",
            news.stdout
        );
    }
    let json = |args: &str| -> serde_json::Value {
        serde_json::from_str(&run(args).exits(0).stdout).unwrap()
    };
    assert_eq!(json("ticket --format json")["guide_file"], "g.toml");
    let page = json("--case cold --format json");
    assert_eq!(page["page"]["guide_file"], "g.toml");
    assert_eq!(page["tree"]["guide_file"], "g.toml");
    for format in ["text", "markdown"] {
        let list = run(&format!("--case cold --format {format}"))
            .exits(0)
            .stdout;
        assert!(list[..400].contains(line), "{list}");
    }
    // What a file is called says nothing else, and is not too long to be read.
    let name = format!("a{}.toml", "b".repeat(200));
    let done = okx("--plain --guide")
        .arg(&name)
        .file(&name, &guide)
        .types(["q"]);
    done.exits(0).says([&format!(
        "“a{}…”, not okx-verify-help's own.",
        "b".repeat(59)
    )]);
    // Chinese says it in Chinese, and our own guide nothing of the kind.
    let zh = guide.replace("[\"en\"]", "[\"zh\"]");
    let done = okx("--plain --guide g.toml")
        .file("g.toml", zh)
        .types(["q"])
        .exits(0);
    done.says(["这份指南来自文件“g.toml”，不是 okx-verify-help 自带的。"]);
    let own = okx("--plain --lang en").types(["q"]).exits(0);
    own.never_says("not okx-verify-help's own");
    let own = okx("--case stuck --lang en --format json").exits(0).stdout;
    assert!(own.contains("\"guide_file\": null"), "{own}");
}

#[test]
fn without_a_terminal_it_names_commands_that_work_with_this_guide() {
    let home = Home::new();
    let name = "my tea's guide.toml";
    let run = home.okx("--guide").arg(name).file(name, TEN_LINES);
    let said = run.exits(2).stdout("").stderr;
    let commands = said.lines().filter_map(|line| line.strip_prefix("  "));
    let commands: Vec<&str> = commands.collect();
    assert_eq!(commands.len(), 3, "{said}");
    let quoted = r"--guide 'my tea'\''s guide.toml'";
    assert!(commands.iter().all(|c| c.contains(quoted)), "{said}");
    // A shell reads them, and each of them works.
    #[cfg(unix)]
    for command in commands {
        let program = env!("CARGO_BIN_EXE_okx-verify-help");
        let command = command.replacen("okx-verify-help", &format!("'{program}'"), 1);
        let mut shell = std::process::Command::new("sh");
        shell.arg("-c").arg(format!("printf '1\n1\n' | {command}"));
        let output = shell
            .current_dir(home.path(""))
            .env("HOME", home.path(""))
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}: {stderr}");
    }
}

/// Every sentence that the shipped guide shows in a language.
fn sentences(lang: &str) -> Vec<String> {
    fn collect(value: &toml::Value, lang: &str, texts: &mut Vec<String>) {
        match value {
            toml::Value::Table(table) => {
                texts.extend(table.get(lang).and_then(|t| t.as_str()).map(str::to_owned));
                table.values().for_each(|v| collect(v, lang, texts));
            }
            toml::Value::Array(list) => list.iter().for_each(|v| collect(v, lang, texts)),
            _ => {}
        }
    }
    let guide: toml::Table = embedded::SOURCE.parse().unwrap();
    let mut texts = Vec::new();
    guide.values().for_each(|v| collect(v, lang, &mut texts));
    assert!(texts.len() > 500, "{}", texts.len());
    let parts = texts
        .iter()
        .flat_map(|text| text.split_inclusive(['。', '；', '.', ';', '?', '？']));
    parts.map(|part| part.trim().to_lowercase()).collect()
}

#[test]
fn a_new_password_is_not_said_to_lock_withdrawals() {
    for (lang, password, device, locks) in [
        (
            "en",
            "password",
            "new device",
            ["24 hours", "withdraw", "protects"],
        ),
        ("zh", "密码", "新设备", ["24 小时", "提币", "提现"]),
    ] {
        for sentence in sentences(lang) {
            let promised = locks.iter().any(|lock| sentence.contains(lock));
            // Together with a login on a new device it does.
            let both = sentence.contains(device);
            let said = sentence.contains(password) && promised && !both;
            assert!(!said, "{sentence}");
        }
    }
}

/// The way out of a lost phone is not to keep it logged in.
#[test]
fn whoever_lost_the_phone_is_not_told_to_stay_logged_in_on_it() {
    let group = ["lock-phone", "block-sim", "secure-mailbox"];
    let steps = group.map(|id| &GUIDE.at(GUIDE.step(id).unwrap()).text);
    let outcome = GUIDE.outcomes.iter().find(|o| o.id == "report-phone");
    let outcome = outcome.unwrap();
    let lines = outcome.next.iter().chain(&outcome.keep);
    let texts: Vec<_> = steps.into_iter().chain(lines.map(|l| &l.text)).collect();
    for (tag, lang, _) in languages() {
        let kept = if tag == "zh" {
            "别退出"
        } else {
            "keep it logged in"
        };
        for text in &texts {
            let text = text.get(lang);
            assert!(!text.to_lowercase().contains(kept), "{text}");
        }
    }
}

#[test]
fn each_question_about_a_wallet_asks_for_every_backup_and_takes_a_doubt() {
    for step in ["wallet", "wallet-gone", "wallet-watched"] {
        let step = GUIDE.at(GUIDE.step(step).unwrap());
        for (tag, lang, _) in languages() {
            let backups = match tag {
                "zh" => ["助记词", "导入的私钥", "云备份密码"],
                _ => [
                    "seed phrase",
                    "imported private key",
                    "keyless backup's password",
                ],
            };
            for backup in backups {
                let text = step.text.get(lang);
                assert!(text.contains(backup), "{backup}: {text}");
            }
        }
        assert!(step.choice("not-sure").is_some(), "{}", step.id);
    }
}

/// Whoever answers "no" to "is it at hand?" must not find a line that means "no wallet".
#[test]
fn no_answer_about_a_wallet_can_be_taken_for_one_about_its_backups() {
    for step in ["wallet", "wallet-gone", "wallet-watched"] {
        let step = GUIDE.at(GUIDE.step(step).unwrap());
        for (_, lang, _) in languages() {
            for choice in &step.choices {
                let label = choice.label.own().unwrap().get(lang);
                let bare = ["No", "None", "没有", "没"];
                assert!(!bare.iter().any(|no| label.starts_with(no)), "{label}");
            }
        }
    }
}

#[test]
fn no_ticket_says_whether_a_wallet_is_backed_up() {
    for step in ["wallet", "wallet-gone", "wallet-watched"] {
        let step = GUIDE.at(GUIDE.step(step).unwrap());
        for (tag, lang, _) in languages() {
            let said = |id| {
                let choice = &step.choices[step.choice(id).unwrap()];
                choice.ticket.as_ref().unwrap().get(lang)
            };
            let missing = if step.id == "wallet" {
                "not-written"
            } else {
                "not-all"
            };
            assert_eq!(said(missing), said("not-sure"), "{}", step.id);
            let word = if tag == "zh" { "备份" } else { "backed up" };
            for choice in &step.choices {
                let line = choice.ticket.as_ref().unwrap().get(lang);
                assert!(!line.contains(word), "{line}");
            }
        }
    }
}

/// The way to support comes with the advice to go there, and past a search engine.
#[test]
fn whoever_is_sent_to_support_in_a_hurry_hears_the_safe_way_there() {
    let shown = |lang| {
        let step = GUIDE.at(GUIDE.step("ask-to-freeze").unwrap());
        let mut texts = vec![step.text.get(lang).to_owned()];
        for id in [
            "report-phone",
            "report-scam",
            "report-break-in",
            "unknown-account",
            "doubtful-app",
        ] {
            let outcome = GUIDE.outcomes.iter().find(|o| o.id == id).unwrap();
            texts.push(
                outcome
                    .next
                    .iter()
                    .map(|line| line.text.get(lang))
                    .collect(),
            );
        }
        texts
    };
    for (tag, lang, _) in languages() {
        let words = match tag {
            "zh" => ["手输 okx.com", "别去搜", "帮助"],
            _ => ["ype okx.com yourself", "don't search for it", "Help"],
        };
        for text in shown(lang) {
            for word in words {
                assert!(text.contains(word), "{word}: {text}");
            }
        }
    }
}

#[test]
fn chinese_counts_tickets_with_one_word() {
    for sentence in sentences("zh") {
        let other = ["个工单", "份工单"]
            .iter()
            .any(|word| sentence.contains(word));
        assert!(!other, "{sentence}");
    }
}
