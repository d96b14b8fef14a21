//! What keys do in a menu: the recorded answer is the option that is shown as chosen when Enter
//! comes, and no other key answers.

use crate::support::{GUIDE, Plan, Rest, languages, squeeze};
use crate::terminal::{ENTER, ESC, Home, Seen, Size, Terminal, UP};
use crate::walks::{Menu, Prompt, walk_to};
use okx_verify_help::guide::{Kind, Lang, Step};
use okx_verify_help::words::Words;
use std::time::Duration;

const WINDOW: Size = (80, 24);
const DOWN: &str = "\u{1b}[B";
/// The gate that guards a wallet without a backup.
const GATE: &str = "wallet";
/// Longer than a text or a held key counts as one.
const PAUSE: Duration = Duration::from_millis(1100);

fn step(id: &str) -> &'static Step {
    GUIDE.at(GUIDE.step(id).expect(id))
}

/// A menu that waits for keys.
struct At {
    terminal: Terminal,
    prompt: Prompt,
    words: &'static Words,
}

impl At {
    /// A step of a case, in English.
    fn step(case: &str, given: &[(&str, &str)], id: &'static str) -> At {
        let (_, lang, words) = languages().last().unwrap();
        let plan = Plan::new(case, given, Rest::StraightOn);
        let mut terminal = Terminal::open(WINDOW, &format!("--lang en --case {case}"));
        walk_to(&mut terminal, &plan, Some(id), lang, words);
        let prompt = Prompt::of(step(id), lang, words);
        prompt.seen(&mut terminal, 1);
        At {
            terminal,
            prompt,
            words,
        }
    }

    /// A question at which something is chosen from the start: no rule asks about it.
    fn question() -> At {
        At::step("remove", &[], "remove-why")
    }

    /// The question about wallets, by the shortest way that comes to it.
    fn gate() -> At {
        let given = [("stuck-status", "frozen"), ("platform", "android")];
        At::step("stuck", &given, GATE)
    }

    fn ticks() -> At {
        At::step("offered", &[("offered-any", "something")], "given-what")
    }

    fn menu(&self) -> Menu {
        self.prompt.now(&self.terminal)
    }

    /// Presses keys and waits until nothing more happens.
    fn press(&mut self, keys: &str) -> Seen {
        self.terminal.press(keys);
        self.terminal.settled()
    }

    /// The walk as it is saved: the ids of the answers, in order.
    fn answers(&self) -> Vec<String> {
        answers(&self.terminal.home)
    }
}

fn answers(home: &Home) -> Vec<String> {
    let walks = home.walks();
    let Some(id) = walks.first() else {
        return Vec::new();
    };
    let text = std::fs::read_to_string(home.state().join(format!("{id}.toml"))).unwrap();
    // Answers that were taken back are saved, too, in tables of another name.
    let tables = text
        .split("[[")
        .filter(|table| table.starts_with("answer]]"));
    let choices = tables.flat_map(str::lines).filter_map(|line| {
        let value = line
            .strip_prefix("choice = ")
            .or(line.strip_prefix("choices = "))?;
        Some(value.replace('"', ""))
    });
    choices.collect()
}

/// The id of an option of a step.
fn option(id: &str, place: usize) -> &'static str {
    &step(id).choices[place].id
}

#[test]
fn a_digit_moves_and_enter_records_what_is_shown() {
    for digit in ["4", "４"] {
        let mut at = At::question();
        let menu = at.prompt.press(&mut at.terminal, digit);
        assert_eq!(menu.at, Some(3));
        at.press(ENTER);
        assert_eq!(at.answers().last().unwrap(), option("remove-why", 3));
    }
    // In one write, as a quick typist or a script sends it.
    let mut at = At::question();
    at.press(&format!("4{ENTER}"));
    assert_eq!(at.answers().last().unwrap(), option("remove-why", 3));
}

#[test]
fn a_gate_starts_with_nothing_chosen_and_the_first_enter_says_so() {
    let mut at = At::gate();
    let before = at.answers();
    assert_eq!(at.menu().at, None);
    std::thread::sleep(PAUSE);
    let seen = at.press(ENTER);
    assert!(seen.screen.contains(&squeeze(at.words.nothing_chosen)));
    assert_eq!(at.answers(), before);
    // "I'm not sure" is recorded as that, and never as the first option.
    let unsure = step(GATE).choices.iter().position(|c| c.id == "not-sure");
    let digit = (unsure.unwrap() + 1).to_string();
    at.press(&format!("{digit}{ENTER}"));
    assert_eq!(at.answers().last().unwrap(), "not-sure");
}

#[test]
fn commands_lead_where_they_say_and_their_enter_answers_nothing() {
    let mut at = At::gate();
    let before = at.answers();
    // Back, with the Enter that typed prompts want.
    at.press(&format!("b{ENTER}"));
    assert_eq!(at.answers(), before[..before.len() - 1]);
    let (_, lang, words) = languages().last().unwrap();
    let last = GUIDE.steps.iter().find(|step| {
        let prompt = Prompt::of(step, lang, words);
        prompt.menu(&at.terminal.look()).is_some()
    });
    assert!(
        last.is_some_and(|step| step.id != GATE),
        "{}",
        at.terminal.look().page
    );

    for keys in ["?", "？", "?\r"] {
        let mut at = At::question();
        let why = squeeze(step("remove-why").why.as_ref().unwrap().get(lang));
        at.press(keys);
        let seen = at.prompt.seen(&mut at.terminal, 2);
        assert!(seen.all.contains(&why), "{keys}: {}", seen.page);
        assert_eq!(at.answers(), Vec::<String>::new());
    }
}

#[test]
fn q_asks_before_it_leaves() {
    let mut at = At::question();
    let seen = at.press("q");
    assert!(seen.screen.contains(&squeeze(at.words.leave_on_enter)));
    at.press(DOWN);
    assert_eq!(at.menu().at, Some(1));
    at.press(&format!("q{ENTER}"));
    assert_eq!(at.terminal.end().0, 0);
}

#[test]
fn what_is_no_key_answers_nothing_and_says_what_works() {
    let texts = [
        " ",
        "x",
        "0",
        "my face scan keeps failing",
        "人脸识别失败 怎么办",
        "code 50113 again\rand again\r",
        "\u{1b}[200~my face scan\rkeeps failing\r\u{1b}[201~",
        "61029384",
    ];
    for text in texts {
        for mut at in [At::question(), At::gate()] {
            let before = (at.menu(), at.answers());
            // At once, as a paste comes, and key by key, as people type.
            let seen = at.press(text);
            let says = seen.screen.contains(&squeeze(at.words.no_such_key));
            assert!(says, "{text:?}: {}", seen.page);
            assert_eq!((at.menu(), at.answers()), before, "{text:?}");
            at.press(ENTER);
            if text != " " && text != "x" && text != "0" && text.ends_with('\r') {
                continue;
            }
            assert_eq!(at.answers(), before.1, "{text:?} and Enter");
        }
    }
}

/// Presses keys with this pause between each two, as a person does or a key that is held. A busy
/// machine may make a pause longer than it means to be, so a failure counts where it comes three
/// times.
#[track_caller]
fn with_pauses(keys: &[&str], pause: u64, at: impl Fn() -> At, is_right: impl Fn(&mut At) -> bool) {
    let mut pages = Vec::new();
    for _ in 0..3 {
        let mut at = at();
        for key in keys {
            at.terminal.press(key);
            std::thread::sleep(Duration::from_millis(pause));
        }
        at.terminal.settled();
        if is_right(&mut at) {
            return;
        }
        pages.push(at.terminal.look().page);
    }
    panic!("three times, the last:\n{}", pages[2]);
}

#[test]
fn a_sentence_that_is_typed_key_by_key_answers_nothing() {
    let before = At::gate().answers();
    for sentence in [
        "my face scan keeps failing",
        "4 times it failed, help",
        "hello",
    ] {
        let keys: Vec<String> = sentence.chars().map(String::from).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).chain([ENTER]).collect();
        with_pauses(&keys, 60, At::gate, |at| at.answers() == before);
    }
}

#[test]
fn a_held_enter_gives_at_most_one_further_answer() {
    let held = [ENTER; 60];
    with_pauses(&held, 33, At::question, |at| at.answers().len() <= 2);
    // At a gate it gives none, however long it is held.
    let before = At::gate().answers();
    with_pauses(&held, 33, At::gate, |at| at.answers() == before);
}

#[test]
fn a_held_enter_never_answers_a_closing_menu() {
    let (_, lang, words) = languages().last().unwrap();
    let closing = || {
        let plan = Plan::new("offered", &[("offered-any", "something")], Rest::StraightOn);
        let mut terminal = Terminal::open(WINDOW, "--lang en --case offered");
        walk_to(&mut terminal, &plan, None, lang, words);
        let prompt = Prompt::closing(lang, false, words);
        prompt.seen(&mut terminal, 1);
        At {
            terminal,
            prompt,
            words,
        }
    };
    // Nothing is chosen there, so not even an Enter that comes by itself answers.
    with_pauses(&[ENTER; 12], 33, closing, |at| at.menu().at.is_none());
    with_pauses(&[ENTER; 3], 700, closing, |at| at.menu().at.is_none());
}

#[test]
fn arrows_come_in_pieces_and_in_application_mode() {
    let ways: [&[&str]; 4] = [
        &[DOWN],
        &["\u{1b}OB"],
        &["\u{1b}", "[B"],
        &["\u{1b}", "[", "B"],
    ];
    for pieces in ways {
        let mut at = At::question();
        for piece in pieces {
            at.terminal.press(piece);
            std::thread::sleep(Duration::from_millis(5));
        }
        at.terminal.until("the next option", |seen| {
            at.prompt.menu(seen).is_some_and(|menu| menu.at == Some(1))
        });
    }
    // The Enter of a keypad in application mode.
    let mut at = At::question();
    at.press("3\u{1b}OM");
    assert_eq!(at.answers().last().unwrap(), option("remove-why", 2));
}

#[test]
fn keys_that_move_go_where_they_say() {
    let mut at = At::question();
    let all = step("remove-why").choices.len();
    for (key, place) in [
        ("\u{1b}[F", all - 1),
        (DOWN, 0),
        (UP, all - 1),
        ("\u{1b}[H", 0),
        ("j", 1),
        ("k", 0),
    ] {
        let menu = at.prompt.press(&mut at.terminal, key);
        assert_eq!(menu.at, Some(place), "{key:?}");
    }
}

#[test]
fn enter_on_an_option_of_a_tick_list_ticks_it_and_the_last_line_goes_on() {
    let mut at = At::ticks();
    let before = at.answers();
    // Nothing is chosen at first, so that an Enter too many ticks nothing.
    at.press(ENTER);
    assert_eq!((at.menu().at, at.menu().ticked), (None, vec![]));
    let keys = format!("{DOWN}{DOWN}{ENTER}");
    let menu = at.prompt.press(&mut at.terminal, &keys);
    assert_eq!((menu.at, menu.ticked), (Some(1), vec![1]));
    let menu = at.prompt.press(&mut at.terminal, " ");
    assert_eq!(menu.ticked, Vec::<usize>::new());
    let menu = at.prompt.press(&mut at.terminal, &format!("{UP}3{ENTER}"));
    assert_eq!(menu.ticked, [2]);
    assert_eq!(at.answers(), before);
    let seen = at.press("\u{1b}[F");
    let go_on = squeeze(&at.words.go_on_with(1));
    assert!(seen.screen.contains(&format!("❯{go_on}")), "{}", seen.page);
    at.press(ENTER);
    let answer = at.answers().pop().unwrap();
    assert_eq!(answer, format!("[{}]", option("given-what", 2)));
}

#[test]
fn esc_lists_what_else_there_is_and_closes_the_list() {
    let mut at = At::question();
    at.press(ESC);
    Prompt::keys_at(step("remove-why"), false, at.words).now(&at.terminal);
    at.press(ESC);
    at.menu();
    assert_eq!(at.answers(), Vec::<String>::new());
}

#[test]
fn a_terminal_is_restored_by_ctrl_d_and_ctrl_backslash() {
    let (_, lang, words) = languages().last().unwrap();
    for (key, code) in [("\u{4}", 0), ("\u{1c}", 131)] {
        for (case, id) in [("remove", "remove-why"), ("offered", "uid")] {
            let given = [("offered-any", "something")];
            let given = if case == "remove" { &[][..] } else { &given };
            let plan = Plan::new(case, given, Rest::StraightOn);
            let mut terminal = Terminal::open(WINDOW, &format!("--lang en --case {case}"));
            walk_to(&mut terminal, &plan, Some(id), lang, words);
            let prompt = Prompt::of(step(id), lang, words);
            prompt.seen(&mut terminal, 1);
            terminal.press(key);
            assert_eq!(terminal.end().0, code, "{key:?} at {id}");
        }
    }
}

/// Keys at random: what is recorded is always what was shown as chosen.
#[test]
fn random_keys_never_record_what_was_not_shown() {
    let (_, lang, words): (_, Lang, _) = languages().last().unwrap();
    let keys = [
        DOWN,
        UP,
        "1",
        "2",
        "3",
        "4",
        "j",
        "k",
        " ",
        "x",
        "?",
        "h",
        ESC,
        "\u{1b}[F",
        "\u{1b}[H",
        "\u{1b}[6~",
        ENTER,
        ENTER,
        ENTER,
        ENTER,
    ];
    let mut seed = 7u32;
    let mut next = move |n: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) as usize % n
    };
    let mut recorded = 0;
    for _ in 0..6 {
        let mut terminal = Terminal::open(WINDOW, "--lang en --case remove");
        for _ in 0..60 {
            let seen = terminal.settled();
            if seen.ended {
                break;
            }
            let shown = GUIDE.steps.iter().find_map(|step| {
                let menu = Prompt::of(step, lang, words).menu(&seen)?;
                (step.kind != Kind::AskSeveral).then_some((step, menu.at))
            });
            let before = answers(&terminal.home);
            let key = keys[next(keys.len())];
            terminal.press(key);
            if terminal.settled().ended {
                break;
            }
            let after = answers(&terminal.home);
            if after.len() > before.len()
                && let Some((step, at)) = shown
            {
                assert_eq!(key, ENTER);
                let chosen = &step.choices[at.expect("something is chosen")].id;
                assert_eq!(after.last().unwrap(), chosen, "{}", seen.page);
                recorded += 1;
            }
        }
    }
    assert!(recorded > 5, "{recorded} answers");
}
