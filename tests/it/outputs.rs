//! What the program prints where nothing is a terminal, to the letter and in both languages, over
//! the small guide of the snapshots.

use crate::run::{Done, Home, Run, okx};
use crate::support::snapshot;
use std::fmt::Write;

const TEA: &str = include_str!("../data/tea.toml");
/// A walk to the ticket.
const COLD: [&str; 8] = ["2", "2", "2", "1", "2", "2", "1", "KX-9"];
const LANGS: [&str; 2] = ["en", "zh"];

/// A home with the small guide in it.
pub fn tea_home() -> Home {
    let home = Home::new();
    std::fs::write(home.path("tea.toml"), TEA).unwrap();
    home
}

/// The program over the small guide, in one language.
pub fn tea(home: &Home, args: &str, tag: &str) -> Run {
    home.okx(args).args("--guide tea.toml --lang").arg(tag)
}

/// A home with a walk in it that has come to its ticket.
pub fn finished(tag: &str) -> Home {
    let home = tea_home();
    tea(&home, "--plain --case cold", tag).types(COLD).exits(0);
    home
}

/// Several runs, each with what was asked for.
#[derive(Default)]
struct Session(String);

impl Session {
    fn add(&mut self, command: &str, done: &Done) {
        writeln!(self.0, "$ okx-verify-help {command}").unwrap();
        writeln!(self.0, "{}\n", done.transcript()).unwrap();
    }
}

#[test]
fn a_walk_in_lines() {
    for tag in LANGS {
        let typed = [
            "1",
            "?",
            "maybe",
            "2",
            "t",
            "2",
            "b",
            "",
            "1,2",
            "",
            "c",
            "9",
            "1",
            "1",
            "1",
            "2",
            "1",
            "my password is hunter2",
            "KX-9",
        ];
        let done = tea(&tea_home(), "--plain", tag).types(typed).ends();
        snapshot(&format!("lines-{tag}"), &done.transcript());
    }
}

#[test]
fn a_ticket_in_each_format() {
    for tag in LANGS {
        let home = finished(tag);
        for (name, how) in [
            ("text", ""),
            ("markdown", "--format markdown"),
            ("json", "--format json"),
            ("short", "--short"),
            ("both", "--ticket-lang zh,en"),
        ] {
            let done = tea(&home, "ticket", tag).args(how).ends();
            snapshot(&format!("ticket-{name}-{tag}"), &done.transcript());
        }
    }
}

#[test]
fn a_page_in_each_format() {
    for tag in LANGS {
        for format in ["text", "markdown", "html", "json"] {
            let args = format!("--checklist --format {format}");
            let done = tea(&tea_home(), &args, tag).ends();
            snapshot(&format!("page-{format}-{tag}"), &done.transcript());
        }
    }
}

#[test]
fn a_tree_in_each_format() {
    for tag in LANGS {
        for format in ["text", "markdown"] {
            let args = format!("guide show tea.toml --format {format} --lang {tag}");
            let done = tea_home().okx(&args).ends();
            snapshot(&format!("tree-{format}-{tag}"), &done.transcript());
        }
    }
}

#[test]
fn help() {
    for (tag, locale) in [("en", "en_US.UTF-8"), ("zh", "zh_CN.UTF-8")] {
        let mut session = Session::default();
        for verb in [
            "",
            "resume",
            "walks",
            "walks list",
            "walks show",
            "walks delete",
            "ticket",
            "redact",
            "guide",
            "guide check",
            "guide test",
            "guide show",
            "guide source",
        ] {
            let command = format!("{verb} --help").trim().to_owned();
            session.add(&command, &okx(&command).env("LANG", locale).ends());
        }
        for command in ["-h", "--version", "help"] {
            session.add(command, &okx(command).env("LANG", locale).ends());
        }
        let command = format!("--lang {tag} --help");
        session.add(&command, &okx(&command).ends());
        snapshot(&format!("help-{tag}"), &session.0);
    }
}

#[test]
fn saved_walks() {
    for tag in LANGS {
        let mut session = Session::default();
        let home = tea_home();
        let mut run = |command: &str, typed: &[&str]| {
            let done = tea(&home, command, tag).types(typed).ends();
            session.add(command, &done);
        };
        run("walks", &[]);
        run("--plain --case loud", &["b", "q"]);
        run("--plain --case cold", &["2", "2", "q"]);
        run("walks", &[]);
        run("resume --plain", &["2", "q"]);
        run("walks delete cold", &[]);
        run("--plain --case cold", &COLD);
        run("resume --plain cold", &["1"]);
        run(
            "ticket --follow-up --plain cold",
            &["88", "Still cold", "1", ""],
        );
        run("walks show cold", &[]);
        run("--plain --case loud", &["1"]);
        run("walks", &[]);
        run("walks delete --all", &[]);
        snapshot(&format!("saved-{tag}"), &session.0);
    }
}

#[test]
fn guides() {
    let bad = TEA
        .replacen("zh = \"水烧不开怎么办\"", "cn = \"水烧不开怎么办\"", 1)
        .replacen("then = [\"socket\"]", "then = [\"sockets\"]", 1)
        .replacen("minutes = 10", "minutes = \"十\"", 1)
        .replacen("when = { inside = \"steel\" }\n", "", 1);
    let unproven = TEA.replacen("when = { inside = \"steel\" }\n", "", 1);
    let scenario = |expected: &str| {
        let answers = "answer = [{ step = \"lamp\", choice = \"hums\" }, { step = \"scale\", choice = \"read\" }]";
        format!(
            "title = \"It hums\"\nguide = \"tea\"\ncase = \"cold\"\n{answers}\n[expect]\noutcome = \"{expected}\"\n"
        )
    };
    let mut session = Session::default();
    for command in [
        "guide check tea.toml",
        "guide check bad.toml",
        "guide check unproven.toml",
        "guide test --guide tea.toml good.toml",
        "guide test --guide tea.toml wrong.toml",
        "guide test --guide tea.toml --format json good.toml",
    ] {
        let run = tea_home().okx(command);
        let run = run.file("bad.toml", &bad).file("unproven.toml", &unproven);
        let run = run.file("good.toml", scenario("harmless"));
        session.add(
            command,
            &run.file("wrong.toml", scenario("resolved")).ends(),
        );
    }
    snapshot("guides", &session.0);
}

#[test]
fn texts_with_secrets() {
    let mut session = Session::default();
    for command in [
        "redact --lang en",
        "redact --lang zh",
        "redact --lang zh --check",
    ] {
        let typed = [
            "my password is hunter2",
            "验证码是 483920，密码是 hunter2hunter2",
            "fine 好",
        ];
        session.add(command, &okx(command).types(typed).ends());
    }
    snapshot("redact", &session.0);
}
