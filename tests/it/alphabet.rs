//! Whatever a text from elsewhere holds, nothing that a terminal obeys comes out.

use crate::run::{Done, Home};
use crate::saved::KETTLE;
use okx_verify_help::text::is_hostile;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

/// Runs of the program are slow: fewer of them than other properties have.
const CASES: u32 = 40;

/// A word with something in it that would command a terminal, turn its text around, or hide.
fn hostile() -> impl Strategy<Value = String> {
    let worst = prop_oneof![
        Just("\u{1b}[2J".to_owned()),
        Just("\u{1b}]0;x\u{7}".to_owned()),
        Just("\u{9b}31m".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("\u{2066}".to_owned()),
        Just("\u{200b}".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\r".to_owned()),
        Just("\u{8}\u{8}".to_owned()),
        any::<char>()
            .prop_filter("hostile", |c| is_hostile(*c) && *c != '\0')
            .prop_map(String::from),
    ];
    ("[a-z认证]{0,3}", worst, "[a-z认证]{0,3}").prop_map(|(a, x, b)| a + &x + &b)
}

/// Neither stream holds anything that a terminal obeys, but newlines.
fn is_clean(done: &Done) -> Result<(), TestCaseError> {
    for out in [&done.stdout, &done.stderr] {
        let foreign: Vec<char> = out
            .chars()
            .filter(|c| is_hostile(*c) && *c != '\n')
            .collect();
        prop_assert!(foreign.is_empty(), "{foreign:?} in {out:?}");
    }
    Ok(())
}

#[test]
fn no_text_from_elsewhere_commands_the_terminal() {
    let config = ProptestConfig {
        cases: CASES,
        rng_seed: RngSeed::Fixed(20_261_124),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let tried = TestRunner::new(config).run(&(hostile(), any::<bool>()), |(word, zh)| {
        let tag = if zh { "zh" } else { "en" };
        let home = Home::new();
        // A name of a file has no slash; an argument and a file have no NUL.
        let name = word.replace('/', "_");
        let okx = |args: &str| home.okx(args).env("LANG", tag);
        // Arguments.
        for args in [
            "--case",
            "--lang",
            "--ticket-lang",
            "--format",
            "--answers",
            "--guide",
            "resume",
            "walks show",
            "walks delete",
            "ticket",
            "guide check",
            "guide test",
            "redact",
            "",
        ] {
            is_clean(&okx(args).arg(&name).ends())?;
        }
        // A guide: its keys, its ids, its texts; and its path.
        for guide in [
            KETTLE.replacen("kettle", &word, 1),
            KETTLE.replacen("title", &word, 1),
            format!("{KETTLE}\n[step.\"{word}\"]\nask = \"{word}\"\n"),
            format!("{word}\n{KETTLE}"),
        ] {
            let file = format!("{name}.toml");
            let run = okx("guide check").file(&file, &guide).arg(&file);
            is_clean(&run.ends())?;
            let run = okx("--plain --case cold --guide").arg(&file);
            is_clean(&run.types(["1"]).ends())?;
        }
        // Answers from a file: ids, values, and what is no TOML.
        for answers in [
            format!("guide = \"{word}\"\ncase = \"linked\"\n"),
            format!("guide = \"okx-verification\"\ncase = \"{word}\"\n"),
            format!("guide = \"okx-verification\"\ncase = \"linked\"\n[[answer]]\nstep = '''{word}'''\n"),
            format!("guide = \"okx-verification\"\ncase = \"linked\"\n[[answer]]\nstep = \"intent\"\nchoice = '''{word}'''\n"),
            word.clone(),
        ] {
            let run = okx("--plain --answers a.toml").file("a.toml", answers);
            is_clean(&run.ends())?;
        }
        // What is typed, into choices and into the fields of a ticket.
        let lines = ["3", &word, "1", &word, &word, &word, &word, &word, "t", "c", &word];
        let done = okx("--plain --case linked").types(lines).ends();
        is_clean(&done)?;
        for id in home.walks() {
            for verb in ["walks show", "ticket", "ticket --format markdown", "ticket --format json"] {
                is_clean(&okx(verb).arg(&id).ends())?;
            }
            // A saved walk that somebody else wrote.
            let file = home.walk_file(&id);
            std::fs::write(&file, format!("version = 1\nchecksum = \"{word}\"\n{word}")).unwrap();
            is_clean(&okx("walks").ends())?;
        }
        // The folder of saved walks.
        std::fs::write(home.path("file"), "").unwrap();
        let folder = format!("file/{name}");
        let run = okx("--plain --case linked").env("OKX_VERIFY_HELP_STATE", &folder);
        is_clean(&run.types(["3"]).ends())
    });
    tried.unwrap();
}
