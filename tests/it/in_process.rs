//! Walks in the process of the test: the front end, the store, the clock and what the streams are
//! come in as values, so that a walk takes milliseconds.

use crate::run::Done;
use crate::support::{GUIDE, Plan, Rest, languages, squeeze};
use clap::Parser;
use jiff::Zoned;
use okx_verify_help::answer::{Answer, Entry};
use okx_verify_help::cli::Cli;
use okx_verify_help::clock::Clock;
use okx_verify_help::command::context::{Around, Context};
use okx_verify_help::command::walk::{self, Start, Talk};
use okx_verify_help::embedded;
use okx_verify_help::error::Result;
use okx_verify_help::front::lines::Lines;
use okx_verify_help::front::page::Page;
use okx_verify_help::front::script::Script;
use okx_verify_help::front::signals::{ExitMessage, Screen};
use okx_verify_help::front::{Command, Front, Input, Reply};
use okx_verify_help::guide::{Field, Kind, Step};
use okx_verify_help::history::History;
use okx_verify_help::redact::{Kind as Secret, Raw};
use okx_verify_help::store::Store;
use okx_verify_help::terminal::Terminal;
use okx_verify_help::words::{self, words};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

thread_local! {
    /// How many minutes after noon it is.
    static MINUTES: Cell<i64> = const { Cell::new(0) };
}

/// A clock that stands still until a test moves it.
fn noon() -> Zoned {
    let noon: Zoned = "2026-12-01T12:00:00+08:00[+08:00]".parse().unwrap();
    noon + jiff::Span::new().minutes(MINUTES.get())
}

/// A home for walks in the process of the test.
pub struct Desk {
    folder: TempDir,
    pub terminal: Terminal,
}

impl Desk {
    pub fn new() -> Desk {
        MINUTES.set(0);
        Desk {
            folder: tempfile::tempdir().unwrap(),
            terminal: Terminal::none(),
        }
    }

    /// The folder of saved walks.
    pub fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    /// The names of the saved walks.
    pub fn walks(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.state()) else {
            return Vec::new();
        };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let ids = names.filter_map(|name| Some(name.strip_suffix(".toml")?.to_owned()));
        ids.collect()
    }

    fn options(args: &str) -> Cli {
        Cli::parse_from(["okx-verify-help"].into_iter().chain(args.split(' ')))
    }

    /// Walks with this front end. Returns what came out as the result, and how it ended.
    pub fn walk(
        &self,
        args: &str,
        start: Option<&str>,
        front: &mut dyn Front,
    ) -> (String, Result<()>) {
        let Cli { options, case, .. } = Desk::options(args);
        let around = Around {
            terminal: self.terminal,
            clock: Clock::new(noon),
            store: Some(Store::at(self.state())),
        };
        let context = Context::open(&options, around).unwrap();
        let case = case.map(|case| context.case(&case).unwrap());
        let start = match start {
            Some(name) => Start::Saved(Some(name)),
            None => Start::Case(case),
        };
        let mut results = Vec::new();
        let talk = Talk {
            front,
            results: &mut results,
            exit_message: ExitMessage::default(),
        };
        let ended = walk::run(&context, start, &options, talk);
        (String::from_utf8(results).unwrap(), ended)
    }

    /// Walks in numbered lines: types these, then ends the input.
    pub fn types<L: AsRef<str>>(&self, args: &str, lines: impl IntoIterator<Item = L>) -> Done {
        let typed = lines.into_iter().map(|line| format!("{}\n", line.as_ref()));
        let typed: String = typed.collect();
        let lang = Desk::options(args).options.lang.unwrap();
        let mut said = Vec::new();
        let page = Page::new(&mut said, false, || None, Screen::default());
        let mut lines = Lines::new(typed.as_bytes(), page, words(&lang), false);
        let (stdout, ended) = self.walk(args, None, &mut lines);
        drop(lines);
        Done {
            code: Some(i32::from(ended.is_err())),
            stdout,
            stderr: String::from_utf8(said).unwrap(),
            home: self.state().display().to_string(),
        }
    }
}

/// What a person does to give an answer, and what would be typed for it.
fn reply(step: &Step, answer: &Answer) -> (Reply, String) {
    let places: Vec<usize> = answer.places().collect();
    let numbers: Vec<String> = places.iter().map(|n| (n + 1).to_string()).collect();
    match step.kind {
        Kind::Fill(_) => {
            let typed = answer.value().map(ToString::to_string).unwrap_or_default();
            (Reply::Typed(Raw::new(typed.clone())), typed)
        }
        Kind::AskSeveral if places.is_empty() => (Reply::Several(places), "0".to_owned()),
        Kind::AskSeveral => (Reply::Several(places), numbers.join(",")),
        _ => (Reply::One(places[0]), numbers[0].clone()),
    }
}

#[test]
fn each_scenario_is_the_same_walk_by_script_and_by_lines() {
    let mut tickets = 0;
    for (name, text) in embedded::SCENARIOS {
        let scenario = History::parse(text).unwrap();
        let answers = scenario.answers.iter().map(|record| {
            let entry = record.entry(&GUIDE).unwrap();
            (GUIDE.at(entry.step), entry.answer)
        });
        let answers: Vec<(&Step, Answer)> = answers.collect();
        let expect = scenario.expect.as_ref().unwrap();
        let outcome = expect.outcome.as_deref().unwrap();
        let outcome = GUIDE.outcomes.iter().find(|o| o.id == outcome).unwrap();
        for (tag, lang, _) in languages() {
            let args = format!("--case {} --lang {tag}", scenario.case);
            let replies = answers.iter().map(|(step, answer)| reply(step, answer));
            let (replies, typed): (Vec<Reply>, Vec<String>) = replies.unzip();
            let desk = Desk::new();
            let mut script = Script::new(replies);
            let (ticket, ended) = desk.walk(&args, None, &mut script);
            ended.unwrap();
            assert_eq!(script.left(), 0, "{name}: not all was asked");
            let asked = script
                .prompts()
                .map(|p| p.action.as_ref().unwrap_or(&p.text).as_str());
            let steps = answers.iter().map(|(step, _)| step.text.get(lang));
            assert!(asked.eq(steps), "{name}");
            assert!(script.texts().any(|text| text == outcome.say.get(lang)));
            assert_eq!(ticket.is_empty(), outcome.request.is_none(), "{name}");
            for part in expect.ticket.get(tag).into_iter().flatten() {
                assert!(squeeze(&ticket).contains(&squeeze(part)), "{name}: {part}");
            }
            tickets += usize::from(!ticket.is_empty());
            // The other front end walks the same walk.
            let done = Desk::new().types(&args, &typed);
            assert_eq!(done.code, Some(0), "{name}: {}", done.stderr);
            assert_eq!(done.stdout, ticket, "{name}");
            // What was saved comes to the same end.
            let walks = desk.walks();
            assert_eq!(walks.len(), 1, "{name}");
            let (again, ended) = desk.walk(&args, Some(&walks[0]), &mut Script::default());
            ended.unwrap();
            assert_eq!(again, ticket, "{name}");
        }
    }
    assert!(tickets > 40, "only {tickets} tickets");
}

#[test]
fn a_wait_goes_by_the_clock_that_comes_in() {
    let mut desk = Desk::new();
    desk.terminal.stdin = true;
    let args = "--case stuck --lang en";
    let waits = |script: &Script| {
        let last = script.prompts().last().unwrap();
        (
            last.wait.map(|wait| wait.left(Clock::new(noon).now())),
            last.aside.clone(),
        )
    };
    // To the first wait: each question gets the answer that the scenario of a frozen screen gives.
    let frozen = embedded::SCENARIOS.iter().find_map(|(_, text)| {
        let scenario = History::parse(text).unwrap();
        let steps = scenario
            .answers
            .iter()
            .map(|r| GUIDE.at(GUIDE.step(&r.step).unwrap()));
        let wait = steps.clone().position(|step| step.kind == Kind::Wait)?;
        (scenario.case == "stuck").then(|| {
            let before = &scenario.answers[..wait];
            let entries = before.iter().map(|record| record.entry(&GUIDE).unwrap());
            let replies = entries.map(|e| reply(GUIDE.at(e.step), &e.answer).0);
            (
                replies.collect::<Vec<_>>(),
                steps.clone().nth(wait).unwrap(),
            )
        })
    });
    let (replies, wait) = frozen.expect("a scenario of stuck waits");
    let leaves = [Reply::Command(Command::Leave)];
    let mut script = Script::new(replies.into_iter().chain(leaves.clone()));
    desk.walk(args, None, &mut script).1.unwrap();
    let minutes = i64::from(wait.minutes);
    assert_eq!(waits(&script), (Some(Some(minutes * 60)), None));
    let id = desk.walks().remove(0);
    let go_on = || {
        let mut script = Script::new(leaves.clone());
        desk.walk(args, Some(&id), &mut script).1.unwrap();
        waits(&script)
    };
    MINUTES.set(minutes - 1);
    assert_eq!(go_on().0, Some(Some(60)));
    MINUTES.set(minutes);
    let (left, aside) = go_on();
    assert_eq!(left, None);
    let began = "12:00";
    assert!(
        aside.as_deref().is_some_and(|said| said.contains(began)),
        "{aside:?}"
    );
}

#[test]
fn the_walk_that_was_left_last_is_offered_first() {
    let mut desk = Desk::new();
    for (minutes, case) in [(0, "stuck"), (5, "face"), (10, "remove")] {
        MINUTES.set(minutes);
        let args = format!("--case {case} --lang en");
        let replies = [Reply::One(0), Reply::Command(Command::Leave)];
        desk.walk(&args, None, &mut Script::new(replies)).1.unwrap();
    }
    desk.terminal.stdin = true;
    MINUTES.set(70);
    let mut script = Script::new([Reply::Command(Command::Leave)]);
    desk.walk("--lang en", None, &mut script).1.unwrap();
    let offer = script.prompts().next().unwrap();
    let Input::One { options, .. } = &offer.input else {
        panic!("{offer:?}")
    };
    let label = |case: &str| {
        let case = &GUIDE.cases[GUIDE.case(case).unwrap()];
        case.label.get(GUIDE.language("en").unwrap()).to_owned()
    };
    for (option, case) in options.iter().zip(["remove", "face", "stuck"]) {
        assert!(option.contains(&label(case)), "{options:?}");
    }
    assert_eq!(options.len(), 4);
}

/// What is only perhaps a secret, as people meet it, and its kind.
const DOUBTFUL: [(&str, &str); 3] = [
    ("token", "It says xK9#mQ2$vL here"),
    ("six-digits", "页面显示 482915"),
    ("long-number", "4111111111111112 was on the page"),
];

#[test]
fn what_is_only_perhaps_a_secret_is_put_back_with_one_key() {
    let is_free = |step: &Step| matches!(step.kind, Kind::Fill(Field::Line | Field::Note));
    let free: BTreeSet<&str> = GUIDE
        .steps
        .iter()
        .filter(|step| is_free(step))
        .map(|step| step.id.as_str())
        .collect();
    let mut tried = BTreeSet::new();
    for (_, text) in embedded::SCENARIOS {
        let scenario = History::parse(text).unwrap();
        let entries = scenario.answers.iter();
        let entries: Vec<_> = entries.map(|r| r.entry(&GUIDE).unwrap()).collect();
        let outcome = scenario.expect.as_ref().unwrap().outcome.as_deref();
        let outcome = GUIDE.outcomes.iter().find(|o| Some(&*o.id) == outcome);
        if outcome.unwrap().request.is_none() {
            continue;
        }
        for (at, entry) in entries.iter().enumerate() {
            let step = GUIDE.at(entry.step);
            if !is_free(step) || !tried.insert(step.id.as_str()) {
                continue;
            }
            for ((tag, _, words), (kind, doubtful)) in languages().chain(languages()).zip(DOUBTFUL)
            {
                let reply = |entry: &Entry| reply(GUIDE.at(entry.step), &entry.answer).0;
                let says = |text: &str| Reply::Typed(Raw::new(text));
                let before = entries[..at].iter().map(reply);
                let typed = [says(doubtful), says(words.typed.put_back[0])];
                let behind = entries[at + 1..].iter().map(reply);
                let mut script = Script::new(before.chain(typed).chain(behind));
                let args = format!("--case {} --lang {tag}", scenario.case);
                let desk = Desk::new();
                let (ticket, ended) = desk.walk(&args, None, &mut script);
                ended.unwrap();
                let place = format!("{}: {doubtful}", step.id);
                assert!(ticket.contains(doubtful), "{place}: {ticket}");
                let offered = words.looks_perhaps(words::by_id(words.perhaps, kind).unwrap());
                let said = script.texts().filter(|text| text.trim() == offered);
                assert_eq!(said.count(), 1, "{place}");
                // A saved walk holds it, too.
                let id = &desk.walks()[0];
                let file = fs::read_to_string(desk.state().join(format!("{id}.toml"))).unwrap();
                assert!(file.contains("kept = true"), "{file}");
                let (again, ended) = desk.walk(&args, Some(id), &mut Script::default());
                ended.unwrap();
                assert_eq!(again, ticket, "{place}");
            }
        }
    }
    assert_eq!(tried, free, "no scenario goes there");
}

/// The replies that lead to the note of a walk, and what comes behind it.
fn to_the_note(typed: &[&str], behind: impl IntoIterator<Item = Reply>) -> (Script, String) {
    let plan = Plan::new("linked", &[("intent", "move")], Rest::StraightOn);
    let stops: Vec<_> = plan.stops().collect();
    let note = stops.iter().position(|(step, _)| step.id == "note");
    let before = stops[..note.unwrap()].iter();
    let before = before.map(|(step, answer)| reply(step, answer).0);
    let typed = typed.iter().map(|text| Reply::Typed(Raw::new(*text)));
    let mut script = Script::new(before.chain(typed).chain(behind));
    let (ticket, ended) = Desk::new().walk("--case linked --lang en", None, &mut script);
    ended.unwrap();
    assert_eq!(script.left(), 0);
    (script, ticket)
}

#[test]
fn a_secret_for_certain_is_never_put_back() {
    let words = words("en");
    let (script, ticket) = to_the_note(&["password: hunter2", "k"], []);
    assert!(!ticket.contains("hunter2"), "{ticket}");
    let offers = |script: &Script| {
        let offered = words.looks_perhaps(words.perhaps[2].1);
        script.texts().filter(|text| text.trim() == offered).count()
    };
    assert_eq!(offers(&script), 0);
    // Beside one that is only perhaps a secret it stays out, and is spoken of apart.
    let typed = "password: hunter2 gives xK9#mQ2$vL";
    let (script, ticket) = to_the_note(&[typed, "k"], []);
    assert!(
        ticket.contains("password: [removed: password] gives xK9#mQ2$vL"),
        "{ticket}"
    );
    assert_eq!(offers(&script), 1);
    let never = words.looks_like(Secret::Password.name("en"));
    assert!(script.texts().any(|text| text.trim() == never));
    // Who does not put it back has it out, and who types something else has that.
    let (_, ticket) = to_the_note(
        &[
            "It says xK9#mQ2$vL",
            "It says [removed: password-like text]",
        ],
        [],
    );
    assert!(
        ticket.contains("It says [removed: password-like text]"),
        "{ticket}"
    );
    let (_, ticket) = to_the_note(&["It says xK9#mQ2$vL", "Nothing else"], []);
    assert!(!ticket.contains("xK9"), "{ticket}");
}

#[test]
fn what_was_kept_stays_when_the_answer_is_looked_at_again() {
    let typed = "It says xK9#mQ2$vL";
    let mut desk = Desk::new();
    desk.terminal.stdin = true;
    desk.terminal.stdout = true;
    let plan = Plan::new("linked", &[("intent", "move")], Rest::StraightOn);
    let stops = plan.stops().map(|(step, answer)| reply(step, answer).0);
    let mut replies: Vec<Reply> = stops.collect();
    assert_eq!(plan.stops().last().unwrap().0.id, "note");
    replies.pop();
    // Back from the closing menu leads to the note. There the default is taken, then a text around
    // what was kept.
    replies.extend([
        Reply::Typed(Raw::new(typed)),
        Reply::Typed(Raw::new("keep")),
        Reply::Command(Command::Back),
        Reply::Typed(Raw::new(typed)),
        Reply::Command(Command::Back),
        Reply::Typed(Raw::new(format!("Still, {typed}"))),
        // The ticket is shown where the menu is asked for it.
        Reply::Command(Command::Ticket),
        Reply::Command(Command::Leave),
    ]);
    let mut script = Script::new(replies);
    let (ticket, ended) = desk.walk("--case linked --lang en", None, &mut script);
    ended.unwrap();
    assert_eq!(script.left(), 0);
    assert!(ticket.contains(&format!("Still, {typed}")), "{ticket}");
}
