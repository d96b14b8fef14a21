//! What is typed and pasted: long, in several lines, in Chinese, and secret.

use crate::support::{GUIDE, Plan, Rest, holds_nowhere, languages, squeeze};
use crate::terminal::{ENTER, ESC, HOME, Home, LAST, Seen, Size, Terminal, UP, at_once};
use crate::walks::{Prompt, keep_walking, walk_on, walk_to};
use okx_verify_help::doc::text;
use okx_verify_help::field::Problem;
use okx_verify_help::guide::{Choice, Goes, Kind, Lang, Step};
use okx_verify_help::redact::{Example, KINDS, Kind as Secret};
use okx_verify_help::words::{Words, by_id};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

const WINDOW: Size = (80, 24);

fn step(id: &str) -> &'static Step {
    GUIDE.at(GUIDE.step(id).expect(id))
}

/// A walk that ends in a ticket with a free text, and leads to fields without a wait.
fn plan() -> Plan {
    Plan::new("linked", &[("intent", "move")], Rest::StraightOn)
}

/// The file of the one walk that is saved.
fn saved(home: &Home) -> String {
    let [id] = &home.walks()[..] else {
        panic!("{:?}", home.files());
    };
    std::fs::read_to_string(home.state().join(format!("{id}.toml"))).unwrap()
}

#[test]
fn a_long_paste_at_a_line_is_refused_and_asked_again() {
    const CLEAR: &str = "\u{15}";
    for front in ["", "--plain"] {
        for (tag, lang, words) in languages() {
            let args = format!("--case linked --lang {tag} {front}");
            let mut terminal = Terminal::open(WINDOW, &args);
            let plan = plan();
            walk_to(&mut terminal, &plan, Some("note"), lang, words);
            Prompt::of(step("note"), lang, words).seen(&mut terminal, 1);
            terminal.press(&"x y".repeat(5000 / 3));
            terminal.enter();
            let again = words.problem(Problem::TooLong(0));
            let begin = squeeze(again.split('0').next().unwrap());
            let refused = |seen: &Seen| seen.all.contains(&begin);
            let seen = terminal.until("a refusal", |seen| {
                refused(seen) && (seen.at_line || !seen.by_key)
            });
            if seen.at_line {
                // What was typed can be shortened.
                terminal.until("the text", |seen| seen.upto.ends_with("xyxy"));
                terminal.press(CLEAR);
            }
            terminal.until("the prompt", |seen| seen.upto.ends_with('>'));
            walk_on(&mut terminal, &plan, "note", lang, words);
            assert!(!saved(&terminal.home).contains("x y"));
        }
    }
}

/// A menu with a long paste in it, the cursor on its second option.
fn pasted_at_a_menu() -> (Terminal, Prompt) {
    let (_, lang, words) = languages().last().unwrap();
    let mut terminal = Terminal::open(WINDOW, "--case linked --lang en");
    let menu = Prompt::of(plan().stops().next().unwrap().0, lang, words);
    menu.go_to(&mut terminal, 1);
    terminal.tap(&"x认".repeat(2500));
    (terminal, menu)
}

#[test]
fn a_long_paste_at_a_menu_changes_nothing() {
    let (_, lang, words) = languages().last().unwrap();
    let (mut terminal, menu) = pasted_at_a_menu();
    // Where the terminal has shown what was pasted, a new window shows the menu again.
    let drawn = (81..100).find_map(|columns| {
        terminal.resize((columns, 24));
        menu.menu(&terminal.settled())
    });
    assert_eq!(drawn.and_then(|menu| menu.at), Some(1));
    keep_walking(&mut terminal, &plan(), lang, words);
}

#[test]
fn a_long_paste_at_a_menu_does_not_show() {
    let (terminal, menu) = pasted_at_a_menu();
    let seen = terminal.look();
    let whole = menu.menu(&seen).is_some() && !seen.all.contains('认');
    assert!(whole, "{}", seen.page);
}

#[test]
fn pasted_lines_are_one_answer() {
    let (_, lang, words) = languages().last().unwrap();
    let pastes = [
        ("", "first line\nsecond line\r"),
        ("", "\u{1b}[200~first line\r\nsecond line\n\u{1b}[201~\r"),
        ("--plain", "first line\nsecond line\r"),
    ];
    for (front, paste) in pastes {
        let args = format!("--case linked --lang en {front}");
        let mut terminal = Terminal::open(WINDOW, &args);
        walk_to(&mut terminal, &plan(), Some("note"), lang, words);
        Prompt::of(step("note"), lang, words).seen(&mut terminal, 1);
        terminal.tap(paste);
        let file = saved(&terminal.home);
        assert!(
            file.contains("value = \"first line second line\""),
            "{file}"
        );
        walk_on(&mut terminal, &plan(), "none", lang, words);
    }
}

/// Characters that cannot be seen part the words of a phrase; what is stored has no phrase in it.
#[test]
fn a_phrase_joined_by_invisible_characters_is_masked() {
    let (_, lang, words) = languages().last().unwrap();
    let phrase = "gravity machine north sort system female filter attitude volume fold club stay";
    let between = [
        "\u{200b}", "\u{feff}", "\u{ad}", "\u{202e}", "\u{7}", "\u{0}", "\u{1}",
    ];
    at_once(between, |between| {
        let mut terminal = Terminal::open(WINDOW, "--case linked --lang en");
        walk_to(&mut terminal, &plan(), Some("note"), lang, words);
        Prompt::of(step("note"), lang, words).seen(&mut terminal, 1);
        let joined = phrase.replace(' ', between);
        let seen = terminal.tap(&format!("\u{1b}[200~{joined}\u{1b}[201~{ENTER}"));
        assert!(!seen.all.contains("attitude"), "{between:?}: {}", seen.page);
        let file = saved(&terminal.home);
        assert!(!file.contains("attitude"), "{between:?}: {file}");
    });
}

#[test]
fn arrows_move_in_what_is_typed() {
    let (_, lang, words) = languages().next().unwrap();
    for front in ["", "--plain"] {
        let args = format!("--case linked --lang zh {front}");
        let mut terminal = Terminal::open(WINDOW, &args);
        walk_to(&mut terminal, &plan(), Some("note"), lang, words);
        Prompt::of(step("note"), lang, words).seen(&mut terminal, 1);
        terminal.press("失败\u{1b}[D\u{1b}[D认\u{1b}[C\u{1b}[3~\u{1b}[H说");
        if front.is_empty() {
            terminal.until("the text", |seen| seen.screen.contains(">说认失"));
        }
        terminal.tap(ENTER);
        let file = saved(&terminal.home);
        assert!(file.contains("value = \"说认失\""), "{file}");
    }
}

#[test]
fn why_can_be_read_in_a_small_window() {
    for (tag, lang, words) in languages() {
        let args = format!("--case linked --lang {tag}");
        let mut terminal = Terminal::open((40, 12), &args);
        let first = plan().stops().next().unwrap().0;
        let menu = Prompt::of(first, lang, words);
        menu.seen(&mut terminal, 1);
        terminal.press(ESC);
        Prompt::keys_at(first, false, words).now(&terminal);
        terminal.enter();
        let why = squeeze(first.why.as_ref().unwrap().get(lang));
        let seen = terminal.until("why", |seen| seen.screen.ends_with(&squeeze(words.read_on)));
        assert!(seen.screen.contains(&why), "{}", seen.page);
        terminal.enter();
        menu.now(&terminal);
    }
}

#[test]
fn chinese_is_deleted_by_the_character() {
    for front in ["", "--plain"] {
        let (_, lang, words) = languages().next().unwrap();
        let script = format!("stty iutf8; okx --case linked --lang zh {front}");
        let mut terminal = Terminal::shell(WINDOW, &script);
        let plan = plan();
        walk_to(&mut terminal, &plan, Some("note"), lang, words);
        Prompt::of(step("note"), lang, words).seen(&mut terminal, 1);
        let typed = "认证失败\u{7f}\u{7f}成功𠮷é\u{7f}";
        terminal.press(typed);
        // In a line that the terminal edits, deleted Chinese is its own affair.
        if front.is_empty() {
            terminal.until("the text", |seen| seen.upto.ends_with(">认证成功𠮷"));
        }
        terminal.press(ENTER);
        let home = terminal.home.clone();
        terminal.until("the answer on the disk", |_| {
            saved(&home).contains("value = \"认证成功𠮷\"")
        });
    }
}

/// It says what it may be, and one key puts it back: in a menu and in lines, at each size.
#[test]
fn what_is_only_perhaps_a_secret_can_be_put_back() {
    let ways = [((80, 24), ""), ((40, 12), ""), ((80, 24), "--plain")];
    for (size, front) in ways {
        for (tag, lang, words) in languages() {
            let args = format!("--case linked --lang {tag} {front}");
            let mut terminal = Terminal::open(size, &args);
            let plan = plan();
            walk_to(&mut terminal, &plan, Some("note"), lang, words);
            let note = Prompt::of(step("note"), lang, words);
            note.seen(&mut terminal, 1);
            terminal.press(&format!("Page xK9#mQ2$vL{ENTER}"));
            let perhaps = by_id(words.perhaps, "token").unwrap();
            let perhaps = squeeze(&words.looks_perhaps(perhaps));
            let seen = note.seen(&mut terminal, 2);
            assert!(seen.all.contains(&perhaps), "{}", seen.page);
            let left = squeeze(Secret::Token.placeholder_in(tag));
            assert!(seen.screen.contains(&left), "{}", seen.page);
            let key = squeeze(words.k_puts_back);
            assert!(seen.screen.contains(&key), "{}", seen.page);
            terminal.press(words.typed.put_back[0]);
            terminal.enter();
            walk_on(&mut terminal, &plan, "none", lang, words);
            assert!(saved(&terminal.home).contains("kept = true"));
            assert!(saved(&terminal.home).contains("Page xK9#mQ2$vL"));
        }
    }
}

/// Walks a case to its ticket in a pipe, and types a secret at each prompt once, whatever kind of
/// prompt that is; menus take it as keys. Returns where it was typed.
fn attack(home: &Home, case: &str, secret: &str, lang: Lang) -> BTreeSet<&'static str> {
    let (tag, words) = (
        GUIDE.tag(lang),
        okx_verify_help::words::words(GUIDE.tag(lang)),
    );
    let mut terminal = Terminal::shell_in(home, WINDOW, &format!("exec okx --lang {tag} > result"));
    let cases = Prompt::cases(lang, words);
    let seen = cases.seen(&mut terminal, 1);
    let place = GUIDE.cases.iter().position(|c| c.id == case).unwrap();
    cases.answer(&mut terminal, &seen, &[place], "");
    let first = squeeze(words.finding);
    terminal.until("the first question", |seen| seen.all.contains(&first));
    let mut attacked = BTreeSet::new();
    let mut left = 0;
    let mut seen = terminal.settled();
    for _ in 0..500 {
        if seen.ended {
            // Keys of the secret may have led to "leave".
            let reached = !home.walks().is_empty() && saved(home).contains("\nfinished = ");
            if reached || left == 3 {
                return attacked;
            }
            left += 1;
            let script = format!("exec okx resume --lang {tag} > result");
            terminal = Terminal::shell_in(home, WINDOW, &script);
            terminal.until("a prompt", |seen| !seen.screen.is_empty());
            seen = terminal.settled();
            continue;
        }
        let at = GUIDE.steps.iter().filter_map(|step| {
            let text = squeeze(step.text.get(lang));
            // Some steps share their text.
            let fits = Prompt::of(step, lang, words).menu(&seen).is_some();
            Some((seen.all.rfind(&text)?, fits, step))
        });
        let (_, _, step) = at
            .max_by_key(|(at, fits, _)| (*at, *fits))
            .expect("a question");
        let little = seen.by_key && seen.screen.contains(&squeeze(words.what_now));
        let keys = match (
            seen.by_key && !seen.at_line,
            !little && attacked.insert(step.id.as_str()),
        ) {
            _ if little => ESC.to_owned(),
            (false, true) => format!("{secret}{ENTER}"),
            // What was refused stays in the line until it is cleared.
            (false, false) => format!("\u{15}{ENTER}"),
            (true, true) => {
                // Where it was typed before, it changes nothing that can be seen.
                terminal.press(secret);
                seen = terminal.settled();
                continue;
            }
            (true, false) => straight_on(step, &seen, lang, words),
        };
        seen = terminal.tap(&keys);
    }
    panic!("{case}: it does not end: {}", seen.page);
}

/// The keys that give the answer that leads straight on.
fn straight_on(step: &Step, seen: &Seen, lang: Lang, words: &'static Words) -> String {
    let plain = |c: &Choice| c.goes == Goes::On && c.then.is_none() && c.id != "helped";
    let plain = || step.choices.iter().position(plain);
    // The straight way would come to no ticket.
    let aside = ["frozen", "stuck"]
        .into_iter()
        .find_map(|id| step.choice(id));
    let place = aside.or_else(plain).unwrap_or(0);
    match Prompt::of(step, lang, words).menu(seen) {
        Some(_) if step.kind == Kind::AskSeveral => format!("{LAST}{ENTER}"),
        Some(_) => format!("{UP}{}{ENTER}", place + 1),
        None => format!("{HOME}{ENTER}"),
    }
}

fn no_file_holds_a_secret_typed_in(case: &'static str) {
    let kinds: Vec<(usize, &'static Example)> = KINDS
        .iter()
        .map(|row| {
            row.examples
                .iter()
                .find(|e| !e.secret.contains('\n'))
                .unwrap()
        })
        .enumerate()
        .collect();
    let walk = |(n, example): (usize, &Example)| {
        let lang = GUIDE.langs().nth(n % 2).unwrap();
        let home = Home::new();
        let secret = format!("{}{}", example.beside, example.secret);
        let attacked = attack(&home, case, &secret, lang);
        assert!(attacked.len() > 3, "{case}: {attacked:?}");
        holds_nowhere(&home.path(""), example.secret);
        !home.read("result").is_empty()
    };
    let tickets = AtomicUsize::new(0);
    at_once(kinds.clone(), |one| {
        tickets.fetch_add(usize::from(walk(one)), Ordering::SeqCst);
    });
    let tickets = tickets.into_inner();
    // Letters of a secret may move a cursor and lead elsewhere; most walks come to their tickets.
    assert!(tickets * 2 > kinds.len(), "{case}: {tickets} tickets");
}

#[test]
fn what_is_no_secret_is_found_where_it_was_typed() {
    let home = Home::new();
    let lang = GUIDE.langs().next().unwrap();
    let attacked = attack(&home, "linked", "nothing to hide", lang);
    assert!(attacked.contains("note"), "{attacked:?}");
    let (ticket, file) = (home.read("result"), saved(&home));
    assert!(ticket.contains("nothing to hide"), "{ticket}");
    assert!(file.contains("nothing to hide"), "{file}");
}

#[test]
fn no_file_holds_a_secret_typed_in_stuck() {
    no_file_holds_a_secret_typed_in("stuck");
}

#[test]
fn no_file_holds_a_secret_typed_in_new_device() {
    no_file_holds_a_secret_typed_in("new-device");
}

#[test]
fn no_file_holds_a_secret_typed_in_face() {
    no_file_holds_a_secret_typed_in("face");
}

#[test]
fn no_file_holds_a_secret_typed_in_linked() {
    no_file_holds_a_secret_typed_in("linked");
}

#[test]
fn no_file_holds_a_secret_typed_in_remove() {
    no_file_holds_a_secret_typed_in("remove");
}

#[test]
fn no_file_holds_a_secret_typed_in_offered() {
    no_file_holds_a_secret_typed_in("offered");
}

#[test]
fn what_was_typed_is_drawn_anew_without_its_secrets() {
    let (_, lang, words) = languages().last().unwrap();
    at_once(KINDS.iter(), |row| {
        let example = row
            .examples
            .iter()
            .find(|e| !e.secret.contains('\n'))
            .unwrap();
        let mut terminal = Terminal::open(WINDOW, "--case linked --lang en");
        let plan = plan();
        walk_to(&mut terminal, &plan, Some("note"), lang, words);
        Prompt::of(step("note"), lang, words).seen(&mut terminal, 1);
        let secret = format!("{}{}", example.beside, example.secret);
        let seen = terminal.tap(&format!("{secret}{ENTER}"));
        let closing = Prompt::closing(lang, false, words);
        if !closing.waits(&seen, 1) {
            terminal.enter();
        }
        closing.now(&terminal);
        terminal.settled();
        terminal.resize((80, 90));
        let seen = terminal.until("the window", |seen| closing.menu(seen).is_some());
        let note = squeeze(step("note").text.get(lang));
        assert!(seen.screen.contains(&note), "{}", seen.page);
        let secret = squeeze(example.secret);
        assert!(!seen.screen.contains(&secret), "{}", seen.page);
    });
}

/// A text with each digit as the same one.
fn without_numbers(text: &str) -> String {
    let same = |c: char| if c.is_ascii_digit() { '0' } else { c };
    text.chars().map(same).collect()
}

#[test]
fn the_same_answers_make_the_same_ticket_by_any_way() {
    let given = [
        ("offered-any", "something"),
        ("given-what", "phrase+money"),
        ("scam-story", "说话 too"),
    ];
    let plan = Plan::new("offered", &given, Rest::StraightOn);
    for (tag, lang, words) in languages() {
        let tickets = ["", "--plain"].map(|front| {
            let home = Home::new();
            let script = format!("okx --lang {tag} {front} > result");
            let mut terminal = Terminal::shell_in(&home, WINDOW, &script);
            let cases = Prompt::cases(lang, words);
            let seen = cases.seen(&mut terminal, 1);
            let offered = GUIDE
                .cases
                .iter()
                .position(|case| case.id == "offered")
                .unwrap();
            cases.answer(&mut terminal, &seen, &[offered], "");
            keep_walking(&mut terminal, &plan, lang, words);
            let ticket = home.read("result");
            let file = format!("$HOME/.local/state/*/{}.toml", home.walks()[0]);
            let script = format!("okx --answers {file} --lang {tag} > result");
            let mut terminal = Terminal::shell_in(&home, WINDOW, &script);
            let (code, seen) = terminal.end();
            assert_eq!(code, 0, "{}", seen.page);
            assert_eq!(home.read("result"), ticket);
            ticket
        });
        assert_eq!(without_numbers(&tickets[0]), without_numbers(&tickets[1]));
        let planned = okx_verify_help::ticket::Ticket::of(&plan.walk, lang);
        let planned = text::text(&planned.doc(), text::COLUMNS);
        let utc = |text: &str| without_numbers(text).replace("+00:00", "");
        assert_eq!(utc(&tickets[0]), utc(&planned));
    }
}
