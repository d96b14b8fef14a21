//! Esc and the little menu behind it, Ctrl-C, and signals.

use crate::support::{GUIDE, languages, options, squeeze};
use crate::terminal::{CTRL_C, DOWN, ENTER, ESC, Seen, Size, Terminal};
use crate::walks::Prompt;
use okx_verify_help::guide::{Lang, Step};
use okx_verify_help::words::Words;

const WINDOW: Size = (80, 24);
const WHY: usize = 0;
const BACK: usize = 1;
const CHANGE: usize = 2;
const TICKET: usize = 3;
const LEAVE: usize = 4;

fn step(id: &str) -> &'static Step {
    GUIDE.at(GUIDE.step(id).expect(id))
}

fn prompt(id: &str, lang: Lang, words: &'static Words) -> Prompt {
    Prompt::of(step(id), lang, words)
}

/// Chooses what stands at this place of the menu behind Esc.
#[track_caller]
fn escape_to(terminal: &mut Terminal, place: usize, words: &'static Words) {
    terminal.press(ESC);
    // The way back to the question stands last.
    let names = words.commands[1..].iter().chain(&words.commands[..1]);
    let menu: Vec<String> = names.map(|name| (*name).to_owned()).collect();
    for (n, name) in menu.iter().enumerate().take(place + 1) {
        let here = squeeze(&format!("❯{name}"));
        let title = squeeze(words.what_now);
        terminal.until(&here, |seen| {
            seen.by_key && seen.screen.contains(&title) && seen.screen.contains(&here)
        });
        terminal.press(if n < place { DOWN } else { ENTER });
    }
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
        first.seen(&terminal, 1);
        escape_to(&mut terminal, WHY, words);
        let why = step("face-check").why.as_ref().unwrap().get(lang);
        let seen = first.seen(&terminal, 2);
        assert_eq!(seen.all.matches(&squeeze(why)).count(), 1, "{}", seen.all);
        is_closed(&seen, words);
    }
}

#[test]
fn escape_twice_changes_nothing() {
    for (tag, lang, words) in languages() {
        let mut terminal = Terminal::open(WINDOW, &format!("--case face --lang {tag}"));
        let first = prompt("face-check", lang, words);
        let before = first.seen(&terminal, 1);
        let title = squeeze(words.what_now);
        terminal.press(ESC);
        terminal.until(words.what_now, |seen| {
            seen.by_key && seen.screen.contains(&title)
        });
        terminal.press(ESC);
        let closed = |seen: &Seen| !seen.screen.contains(&title) && first.waits(seen, 1);
        let after = terminal.until("the question", closed);
        assert_eq!(after.screen, before.screen);
    }
}

#[test]
fn back_and_change_lead_to_earlier_questions() {
    for (tag, lang, words) in languages() {
        let mut terminal = Terminal::open(WINDOW, &format!("--case face --lang {tag}"));
        let (check, problem) = (
            prompt("face-check", lang, words),
            prompt("face-problem", lang, words),
        );
        let seen = check.seen(&terminal, 1);
        check.answer(&mut terminal, &seen, &[2], "");
        problem.seen(&terminal, 1);
        escape_to(&mut terminal, BACK, words);
        // What was answered is where the cursor starts.
        let seen = check.seen(&terminal, 2);
        let label = &options(step("face-check"), lang, words)[2];
        assert!(
            seen.screen.contains(&squeeze(&format!("❯{label}"))),
            "{}",
            seen.screen
        );
        terminal.press(ENTER);
        problem.seen(&terminal, 2);
        escape_to(&mut terminal, CHANGE, words);
        let name = step("face-check").name().get(lang);
        let which = vec![format!("{name}{}{label}", words.colon)];
        Prompt::one(words.which_answer, which, words).seen(&terminal, 1);
        terminal.press(ENTER);
        check.seen(&terminal, 3);
        // Back from the first step leads to the cases.
        escape_to(&mut terminal, BACK, words);
        let cases = GUIDE
            .cases
            .iter()
            .map(|case| case.label.get(lang).to_owned());
        let seen = Prompt::one(words.which_case, cases.collect(), words).seen(&terminal, 1);
        is_closed(&seen, words);
    }
}

#[test]
fn the_ticket_so_far_can_be_seen() {
    let (tag, lang, words) = languages().next().unwrap();
    let mut terminal = Terminal::open(WINDOW, &format!("--case face --lang {tag}"));
    let check = prompt("face-check", lang, words);
    let seen = check.seen(&terminal, 1);
    check.answer(&mut terminal, &seen, &[2], "");
    prompt("face-problem", lang, words).seen(&terminal, 1);
    escape_to(&mut terminal, TICKET, words);
    let seen = prompt("face-problem", lang, words).seen(&terminal, 2);
    let edition = squeeze(&(words.edition)(&GUIDE.id, &GUIDE.edition));
    assert!(seen.all.contains(&edition), "{}", seen.all);
}

#[test]
fn leaving_ends_well_and_says_how_to_come_back() {
    for (tag, lang, words) in languages() {
        let mut terminal = Terminal::open(WINDOW, &format!("--case face --lang {tag}"));
        prompt("face-check", lang, words).seen(&terminal, 1);
        escape_to(&mut terminal, LEAVE, words);
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
    let (_, lang, words) = languages().last().unwrap();
    let mut terminal = Terminal::open(WINDOW, "--case offered --lang en");
    let answers = [("offered-any", vec![1]), ("given-what", vec![])];
    for (id, places) in answers {
        let prompt = prompt(id, lang, words);
        let seen = prompt.seen(&terminal, 1);
        prompt.answer(&mut terminal, &seen, &places, "");
    }
    for id in ["stop-paying", "keep-evidence"] {
        prompt(id, lang, words).seen(&terminal, 1);
        terminal.press(ENTER);
    }
    let uid = prompt("uid", lang, words);
    uid.seen(&terminal, 1);
    terminal.press("q\r");
    let (code, seen) = terminal.end();
    assert_eq!(code, 0);
    assert!(
        seen.all.ends_with(&squeeze(&format!(
            "{}okx-verify-help --case offered --lang en",
            words.left
        ))),
        "{}",
        seen.all
    );
}

/// Opens each kind of prompt in turn, and hands the terminal over.
fn at_each_kind_of_prompt(then: impl Fn(&mut Terminal, &str)) {
    let (_, lang, words) = languages().last().unwrap();
    let open = |args: &str| Terminal::open(WINDOW, &format!("--lang en {args}"));
    let mut menu = open("--case face");
    prompt("face-check", lang, words).seen(&menu, 1);
    then(&mut menu, "a menu");
    let mut little = open("--case face");
    prompt("face-check", lang, words).seen(&little, 1);
    little.press(ESC);
    little.until(words.what_now, |seen| {
        seen.by_key && seen.screen.contains(&squeeze(words.what_now))
    });
    then(&mut little, "the little menu");
    let mut several = open("--case offered");
    let any = prompt("offered-any", lang, words);
    let seen = any.seen(&several, 1);
    any.answer(&mut several, &seen, &[1], "");
    let given = prompt("given-what", lang, words);
    let seen = given.seen(&several, 1);
    then(&mut several, "a menu with several");
    let mut typed = open("--case offered");
    any.seen(&typed, 1);
    any.answer(&mut typed, &seen, &[1], "");
    for id in ["given-what", "stop-paying", "keep-evidence"] {
        prompt(id, lang, words).seen(&typed, 1);
        typed.press(ENTER);
    }
    prompt("uid", lang, words).seen(&typed, 1);
    then(&mut typed, "a typed line");
}

#[test]
fn ctrl_c_ends_with_130_and_a_visible_cursor() {
    at_each_kind_of_prompt(|terminal, at| {
        terminal.press(CTRL_C);
        let (code, seen) = terminal.end();
        assert_eq!(
            (code, seen.cursor, seen.by_key),
            (130, true, false),
            "{at}: {}",
            seen.screen
        );
    });
}

#[test]
fn a_signal_leaves_the_terminal_as_it_was() {
    for signal in ["TERM", "HUP", "INT"] {
        at_each_kind_of_prompt(|terminal, at| {
            terminal.signal(signal);
            let (code, seen) = terminal.end();
            assert_eq!(
                (code, seen.cursor, seen.by_key),
                (130, true, false),
                "{signal}, {at}"
            );
        });
    }
}
