//! Walks through the guide that ships, by the ids of its answers, so that tests stand when a
//! text or the order of a menu changes.

use okx_verify_help::answer::Answer;
use okx_verify_help::embedded;
use okx_verify_help::field;
use okx_verify_help::guide::{Field, Goes, Guide, Kind, Label, Lang, Outcome, Step};
use okx_verify_help::redact::Raw;
use okx_verify_help::walk::Walk;
use okx_verify_help::words::{Words, words};
use regex::{Captures, Regex};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

pub static GUIDE: LazyLock<Guide> = LazyLock::new(embedded::guide);

/// How steps are answered that a plan says nothing about.
#[derive(Clone, Copy, PartialEq)]
pub enum Rest {
    /// What leads neither aside nor away: nothing helps, nothing is ticked or typed.
    StraightOn,
    /// What Enter alone answers in a menu.
    Enter,
}

/// A walk from the start of a case to an outcome.
pub struct Plan {
    pub walk: Walk<'static>,
}

impl Plan {
    /// Walks a case. `given` has steps and their answers: the id of a choice, `a+b` for several,
    /// what is typed for a field. A step that does not come up is a mistake in the test.
    #[track_caller]
    pub fn new(case: &str, given: &[(&str, &str)], rest: Rest) -> Plan {
        let case = GUIDE.case(case).expect(case);
        let mut walk = Walk::start(&GUIDE, case);
        let mut unused: BTreeSet<&str> = given.iter().map(|(step, _)| *step).collect();
        while let Some((_, step)) = walk.next_step() {
            let said = given.iter().find(|(id, _)| *id == step.id);
            let answer = match said {
                Some((id, said)) => {
                    unused.remove(id);
                    by_id(step, said)
                }
                None if rest == Rest::Enter && step.kind != Kind::AskSeveral => enter(step),
                None => straight_on(step),
            };
            let noon = "2026-11-22T12:00:00+08:00".parse().unwrap();
            walk.answer(answer, noon).expect(&step.id);
        }
        assert!(unused.is_empty(), "never asked: {unused:?}");
        Plan { walk }
    }

    pub fn outcome(&self) -> &'static Outcome {
        self.walk.outcome().expect("a plan ends in an outcome")
    }

    /// The steps that are shown, each with its answer.
    pub fn stops(&self) -> impl Iterator<Item = (&'static Step, &Answer)> {
        let history = self.walk.history().iter();
        history.map(|entry| (GUIDE.at(entry.step), &entry.answer))
    }
}

#[track_caller]
fn by_id(step: &Step, said: &str) -> Answer {
    let place = |id| {
        step.choice(id)
            .unwrap_or_else(|| panic!("{}={id}", step.id))
    };
    match step.kind {
        Kind::Fill(field) => typed(field, said),
        Kind::AskSeveral => Answer::several(&said.split('+').map(place).collect::<Vec<_>>()),
        _ => Answer::choice(place(said)),
    }
}

/// A typed answer, as it is kept.
#[track_caller]
pub fn typed(field: Field, said: &str) -> Answer {
    let taken = field::take(field, Raw::new(said));
    Answer::Typed(
        taken
            .unwrap_or_else(|problem| panic!("{said}: {problem:?}"))
            .value,
    )
}

fn enter(step: &Step) -> Answer {
    match step.kind {
        Kind::Fill(_) => Answer::choice(1),
        Kind::Do | Kind::Wait => by_id(step, "no-change"),
        // Enter alone answers nothing there.
        Kind::Ask if step.gate => straight_on(step),
        _ => Answer::choice(0),
    }
}

/// The answer that leads neither aside nor away.
pub fn straight_on(step: &Step) -> Answer {
    match step.kind {
        Kind::AskSeveral => Answer::several(&[]),
        Kind::Do | Kind::Wait => by_id(step, "no-change"),
        Kind::Ask => {
            let plain = |c: &okx_verify_help::guide::Choice| c.goes == Goes::On && c.then.is_none();
            Answer::choice(step.choices.iter().position(plain).unwrap_or(0))
        }
        _ => enter(step),
    }
}

/// What a language is called, what the guide calls it, and the program's words in it.
pub fn languages() -> impl Iterator<Item = (&'static str, Lang, &'static Words)> {
    let tag = |tag| (tag, GUIDE.language(tag).unwrap(), words(tag));
    ["zh", "en"].into_iter().map(tag)
}

/// The options of a step, as the wizard shows them.
pub fn options(step: &Step, lang: Lang, words: &Words) -> Vec<String> {
    let choices = step.choices.iter().map(|choice| match &choice.label {
        Label::Own(label) => label.get(lang).to_owned(),
        Label::Standing(standing) => words.standing(standing.id()).to_owned(),
    });
    choices.collect()
}

/// A text without its spaces and newlines: how it reads, wherever its lines were folded.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A text with what changes from run to run made zeros: moments, the names of walks, checksums. Its
/// width stays as it is.
pub fn masked(text: &str) -> String {
    static CHANGES: LazyLock<Regex> = LazyLock::new(|| {
        let parts = [
            // A place in a file stays as it is.
            "(?<place>[a-z]:[0-9]+:[0-9]+)",
            "sha256:[0-9a-f]{64}",
            "[0-9]{8}-[0-9]{6}",
            "[0-9]{4}-[0-9]{2}-[0-9]{2}",
            "[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?",
        ];
        Regex::new(&parts.join("|")).unwrap()
    });
    let zeros = |found: &Captures| match (found.name("place"), found[0].strip_prefix("sha256:")) {
        (Some(place), _) => place.as_str().to_owned(),
        (_, Some(sum)) => format!("sha256:{}", "0".repeat(sum.len())),
        _ => found[0].replace(|c: char| c.is_ascii_digit(), "0"),
    };
    CHANGES.replace_all(text, zeros).into_owned()
}

/// Compares with `tests/snapshots/NAME.snap`. `INSTA_UPDATE=always cargo test` writes it anew, to
/// be read in the diff.
#[track_caller]
pub fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Every file in a folder and the folders in it, in order.
pub fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let into = if path.is_dir() {
                &mut folders
            } else {
                &mut files
            };
            into.push(path);
        }
    }
    files.sort();
    files
}

/// Checks that a secret stands in no file of a home and in no name of one, however it is folded.
#[track_caller]
pub fn holds_nowhere(home: &Path, secret: &str) {
    let secret = squeeze(secret);
    for path in files_in(home) {
        let text = std::fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&text);
        // Three or four digits stand in a checksum or the time in a name by chance.
        let lines = text.lines().filter(|line| !line.starts_with("checksum = "));
        let name = path.display().to_string();
        let name = Some(&*name).filter(|_| secret.len() > 4);
        let text: Vec<&str> = name.into_iter().chain(lines).collect();
        let text = text.join("\n");
        assert!(!squeeze(&text).contains(&secret), "{secret} in {text}");
    }
}
