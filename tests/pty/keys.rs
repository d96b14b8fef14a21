//! Esc and the little menu behind it, Ctrl-C, and signals.

use crate::support::{GUIDE, Plan, Rest, languages, options, squeeze};
use crate::terminal::{CTRL_C, ESC, Home, Seen, Size, Terminal, at_once};
use crate::walks::{Prompt, walk_to};
use okx_verify_help::front::Command;
use okx_verify_help::guide::{Kind, Lang, Step};
use okx_verify_help::words::Words;

/// The answers that lead to the wait of the shipped guide.
pub const WAIT: [(&str, &str); 3] = [
    ("stuck-status", "pending"),
    ("banner", "silent"),
    ("stuck-since", "just-now"),
];

const WINDOW: Size = (80, 24);
fn step(id: &str) -> &'static Step {
    GUIDE.at(GUIDE.step(id).expect(id))
}

fn prompt(id: &str, lang: Lang, words: &'static Words) -> Prompt {
    Prompt::of(step(id), lang, words)
}

/// Chooses a command from the list behind Esc at a step, with answers before it or without.
#[track_caller]
fn escape_to(
    terminal: &mut Terminal,
    (at, answered): (&str, bool),
    command: Command,
    words: &'static Words,
) {
    terminal.press(ESC);
    let little = Prompt::keys_at(step(at), answered, words);
    little.go_to_command(terminal, command);
    terminal.enter();
}

/// The little menu is closed and nothing of it is left.
#[track_caller]
fn is_closed(seen: &Seen, words: &Words) {
    let title = squeeze(words.what_now);
    assert!(!seen.all.contains(&title), "{}", seen.all);
}

#[test]
fn why_is_one_key_and_enter_away() {
    for (tag, lang, words) in languages() {
        let mut terminal = Terminal::open(WINDOW, &format!("--case face --lang {tag}"));
        let first = prompt("face-check", lang, words);
        first.seen(&mut terminal, 1);
        escape_to(&mut terminal, ("face-check", false), Command::Why, words);
        let why = step("face-check").why.as_ref().unwrap().get(lang);
        let seen = first.seen(&mut terminal, 2);
        assert_eq!(seen.all.matches(&squeeze(why)).count(), 1, "{}", seen.all);
        is_closed(&seen, words);
    }
}

#[test]
fn escape_twice_changes_nothing() {
    for (tag, lang, words) in languages() {
        let mut terminal = Terminal::open(WINDOW, &format!("--case face --lang {tag}"));
        let first = prompt("face-check", lang, words);
        let before = first.seen(&mut terminal, 1);
        let title = squeeze(words.what_now);
        terminal.press(ESC);
        Prompt::keys_at(step("face-check"), false, words).now(&terminal);
        terminal.press(ESC);
        let closed = |seen: &Seen| !seen.screen.contains(&title) && first.waits(seen, 1);
        let after = terminal.until("the question", closed);
        assert_eq!(after.screen, before.screen);
    }
}

#[test]
fn back_and_change_lead_to_earlier_questions() {
    for (tag, lang, words) in languages() {
        let mut terminal = Terminal::open(WINDOW, &format!("--case remove --lang {tag}"));
        let (why, check) = (
            prompt("remove-why", lang, words),
            prompt("face-check", lang, words),
        );
        let seen = why.seen(&mut terminal, 1);
        why.answer(&mut terminal, &seen, &[2], "");
        check.seen(&mut terminal, 1);
        escape_to(&mut terminal, ("face-check", true), Command::Back, words);
        // What was answered is where the cursor starts, except at a gate.
        let seen = why.seen(&mut terminal, 2);
        let label = &options(step("remove-why"), lang, words)[2];
        assert!(
            seen.screen.contains(&squeeze(&format!("❯3{label}"))),
            "{}",
            seen.screen
        );
        terminal.enter();
        check.seen(&mut terminal, 2);
        escape_to(&mut terminal, ("face-check", true), Command::Change, words);
        let name = step("remove-why").name().get(lang);
        let which = vec![format!("{name}{}{label}", words.colon)];
        Prompt::one(words.which_answer, which, words).seen(&mut terminal, 1);
        terminal.enter();
        why.seen(&mut terminal, 3);
        // Back from the first step leads to the cases.
        escape_to(&mut terminal, ("remove-why", false), Command::Back, words);
        let seen = Prompt::cases(lang, words).seen(&mut terminal, 1);
        is_closed(&seen, words);
    }
}

#[test]
fn the_ticket_so_far_can_be_seen() {
    let (tag, lang, words) = languages().next().unwrap();
    let mut terminal = Terminal::open(WINDOW, &format!("--case face --lang {tag}"));
    let check = prompt("face-check", lang, words);
    let seen = check.seen(&mut terminal, 1);
    check.answer(&mut terminal, &seen, &[2], "");
    prompt("face-problem", lang, words).seen(&mut terminal, 1);
    escape_to(
        &mut terminal,
        ("face-problem", true),
        Command::Ticket,
        words,
    );
    // The ticket and the next question do not fit the window together.
    let read_on = squeeze(words.read_on);
    terminal.until("the ticket", |seen| seen.screen.ends_with(&read_on));
    terminal.enter();
    let seen = prompt("face-problem", lang, words).seen(&mut terminal, 2);
    let disclaimer = GUIDE.voice.disclaimer.as_ref().map(|text| text.get(lang));
    let edition = squeeze(&words.prepared(disclaimer, &GUIDE.id, &GUIDE.edition));
    assert!(seen.all.contains(&edition), "{}", seen.all);
}

#[test]
fn leaving_ends_well_and_says_how_to_come_back() {
    for (tag, lang, words) in languages() {
        let mut terminal = Terminal::open(WINDOW, &format!("--case face --lang {tag}"));
        prompt("face-check", lang, words).seen(&mut terminal, 1);
        escape_to(&mut terminal, ("face-check", false), Command::Leave, words);
        let (code, seen) = terminal.end();
        assert_eq!(code, 0);
        assert!(
            seen.cursor && !seen.by_key && !seen.screen.contains('❯'),
            "{}",
            seen.screen
        );
        assert!(
            seen.all.ends_with(&squeeze(&format!(
                "{}okx-verify-help --case face --lang {tag}",
                words.left
            ))),
            "{}",
            seen.all
        );
    }
}

#[test]
fn a_typed_line_has_the_commands_too() {
    let kinds = each_kind_of_prompt(true);
    let at = kinds.iter().find(|at| at.name == "a typed line").unwrap();
    let mut terminal = at.open("");
    terminal.press("h\r");
    Prompt::keys_at(step("uid"), true, at.words).now(&terminal);
    terminal.press(ESC);
    at.question.seen(&mut terminal, 1);
    terminal.press("q\r");
    at.ends(&mut terminal, 0);
}

/// A kind of prompt, and the way to it.
pub struct At {
    pub name: &'static str,
    /// The case, and what is answered before.
    pub plan: Plan,
    /// The step; nothing for what comes behind the last.
    step: Option<&'static str>,
    /// The prompt itself, which is not the step's where that step is escaped from.
    pub prompt: Prompt,
    /// What going on with the walk asks.
    pub question: Prompt,
    escaped: bool,
    pub words: &'static Words,
}

impl At {
    /// Opens the prompt. `front` are arguments.
    #[track_caller]
    pub fn open(&self, front: &str) -> Terminal {
        let case = &GUIDE.cases[self.plan.walk.case()].id;
        let (tag, lang, words) = languages().last().unwrap();
        let args = format!("--lang {tag} --case {case} {front}");
        let mut terminal = Terminal::open(WINDOW, &args);
        walk_to(&mut terminal, &self.plan, self.step, lang, words);
        self.shows(&terminal, &self.question);
        if self.escaped {
            terminal.press(ESC);
            self.shows(&terminal, &self.prompt);
        }
        terminal
    }

    /// Waits for the prompt, the running of a wait included.
    #[track_caller]
    pub fn shows(&self, terminal: &Terminal, prompt: &Prompt) -> Seen {
        terminal.until(self.name, |seen| prompt.waits(seen, 1) || prompt.runs(seen))
    }

    /// What is said when the program is ended here.
    fn farewell(&self, home: &Home) -> String {
        let (said, command) = match &home.walks()[..] {
            [] => {
                let case = &GUIDE.cases[self.plan.walk.case()].id;
                (self.words.left, format!("--case {case}"))
            }
            [id] => (self.words.left_saved, format!("resume {id}")),
            more => panic!("{more:?}"),
        };
        squeeze(&format!("{said}okx-verify-help {command} --lang en"))
    }
}

/// Each kind of prompt, in menus or in lines.
pub fn each_kind_of_prompt(in_menus: bool) -> Vec<At> {
    let (_, lang, words) = languages().last().unwrap();
    let at = |name, case, given: &[(&str, &str)], id: Option<&'static str>| At {
        name,
        plan: Plan::new(case, given, Rest::StraightOn),
        step: id,
        prompt: match id {
            Some(id) => prompt(id, lang, words),
            None => Prompt::closing(lang, false, words),
        },
        question: match id {
            Some(id) => prompt(id, lang, words),
            None => Prompt::closing(lang, false, words),
        },
        escaped: false,
        words,
    };
    let something = [("offered-any", "something")];
    let mut all = vec![
        at("a menu", "face", &[], Some("face-problem")),
        at("several", "offered", &something, Some("given-what")),
        at("a typed line", "offered", &something, Some("uid")),
        at("a wait", "stuck", &WAIT, Some("wait-short")),
        at("the closing menu", "offered", &something, None),
    ];
    if in_menus {
        all.push(At {
            prompt: Prompt::keys_at(step("given-what"), true, words),
            escaped: true,
            ..at("the little menu", "offered", &something, Some("given-what"))
        });
    }
    all
}

#[test]
fn ctrl_c_ends_with_130_and_says_how_to_go_on() {
    at_once(each_kind_of_prompt(true), |at| {
        let mut terminal = at.open("");
        terminal.press(CTRL_C);
        at.ends(&mut terminal, 130);
    });
}

impl At {
    #[track_caller]
    fn ends(&self, terminal: &mut Terminal, code: u32) {
        let (ended, seen) = terminal.end();
        assert_eq!((ended, seen.by_key), (code, false), "{}", self.name);
        let farewell = self.farewell(&terminal.home);
        assert!(
            seen.all.ends_with(&farewell),
            "{}: {farewell} does not end\n{}",
            self.name,
            seen.page
        );
    }
}

/// Ends the program by a signal at each kind of prompt, and goes on from there.
fn is_ended_by(signal: &str, code: u32) {
    let fronts = [("", true), ("--plain", false)];
    let kinds = fronts.map(|(front, menus)| {
        each_kind_of_prompt(menus)
            .into_iter()
            .map(move |at| (front, at))
    });
    at_once(kinds.into_iter().flatten(), |(front, at)| {
        let mut terminal = at.open(front);
        terminal.signal(signal);
        at.ends(&mut terminal, code);
        let home = terminal.home.clone();
        if let [id] = &home.walks()[..] {
            let args = format!("resume {id} --lang en {front}");
            let again = Terminal::open_in(&home, WINDOW, &args, &[]);
            at.shows(&again, &at.question);
        }
    });
}

#[test]
fn sigterm_says_how_to_go_on_and_that_works() {
    is_ended_by("TERM", 143);
}

#[test]
fn sighup_says_how_to_go_on_and_that_works() {
    is_ended_by("HUP", 129);
}

#[test]
fn sigint_says_how_to_go_on_and_that_works() {
    is_ended_by("INT", 130);
}

#[test]
fn a_signal_before_the_first_answer_says_how_to_start_again() {
    let (_, lang, words) = languages().last().unwrap();
    for (signal, front) in [("TERM", ""), ("HUP", "--plain")] {
        let at = At {
            step: Some("face-check"),
            question: prompt("face-check", lang, words),
            ..each_kind_of_prompt(false).remove(0)
        };
        let mut terminal = at.open(front);
        terminal.signal(signal);
        at.ends(&mut terminal, if signal == "TERM" { 143 } else { 129 });
    }
}

#[test]
fn ctrl_c_at_a_menu_counts_whatever_came_before_it() {
    let (_, lang, words) = languages().last().unwrap();
    let plan = Plan::new("offered", &[("offered-any", "something")], Rest::StraightOn);
    let disturb: [(&str, fn(&mut Terminal)); 2] = [
        ("a resize", |terminal| terminal.resize((100, 30))),
        ("a stop", |terminal| {
            terminal.signal("STOP");
            terminal.signal("CONT");
        }),
    ];
    for (name, disturb) in disturb {
        let mut terminal = Terminal::open(WINDOW, "--case offered --lang en");
        walk_to(&mut terminal, &plan, Some("account-hint"), lang, words);
        prompt("account-hint", lang, words).seen(&mut terminal, 1);
        disturb(&mut terminal);
        for _ in plan
            .stops()
            .filter(|(step, _)| matches!(step.kind, Kind::Fill(_)))
            .skip(1)
        {
            terminal.settled();
            terminal.enter();
        }
        Prompt::closing(lang, false, words).now(&terminal);
        terminal.settled();
        terminal.press(CTRL_C);
        let (code, _) = terminal.end();
        assert_eq!(code, 130, "after {name} at a typed line");
    }
}
