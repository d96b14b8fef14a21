//! Windows of all sizes, terminals that can do little, and what is shown where.

use crate::support::{GUIDE, Plan, Rest, languages, squeeze};
use crate::terminal::{ENTER, Size, Terminal, at_once};
use crate::walks::{Prompt, keep_walking};
use okx_verify_help::doc::text;
use okx_verify_help::guide::Kind;
use okx_verify_help::text::width;
use okx_verify_help::ticket::Ticket;
use okx_verify_help::words::Words;

const WINDOW: Size = (80, 24);

#[test]
fn a_case_is_chosen_from_a_menu() {
    for size in [(80, 24), (60, 20), (40, 12)] {
        for (tag, lang, words) in languages() {
            let mut terminal = Terminal::open(size, &format!("--lang {tag}"));
            let cases = Prompt::cases(lang, words);
            let seen = cases.seen(&mut terminal, 1);
            // The first screen says whose product it is not.
            let notice = GUIDE.notice.as_ref().unwrap().get(lang);
            assert!(seen.all.contains(&squeeze(notice)), "{}", seen.all);
            let linked = GUIDE
                .cases
                .iter()
                .position(|case| case.id == "linked")
                .unwrap();
            cases.answer(&mut terminal, &seen, &[linked], "");
            let plan = Plan::new("linked", &[("intent", "use-it")], Rest::StraightOn);
            keep_walking(&mut terminal, &plan, lang, words);
        }
    }
}

/// Reads on to the menu at the end, and leaves from there.
fn finish(terminal: &mut Terminal, words: &Words) {
    loop {
        let seen = terminal.settled();
        if seen.ended {
            return;
        }
        if seen.pauses(words) {
            terminal.read_on(words);
        } else {
            terminal.press(&format!("q{ENTER}"));
        }
    }
}

#[test]
fn no_window_is_too_small_or_too_wide() {
    let sizes = [
        (1, 1),
        (2, 1),
        (1, 2),
        (80, 1),
        (80, 2),
        (80, 3),
        (35, 8),
        (36, 7),
        (36, 8),
        (500, 3),
        (500, 100),
    ];
    let plan = Plan::new("offered", &[("offered-any", "nothing")], Rest::StraightOn);
    let windows = sizes
        .into_iter()
        .flat_map(|size| languages().map(move |lang| (size, lang)));
    at_once(windows, |(size, (tag, lang, words))| {
        let mut terminal = Terminal::open(size, &format!("--case offered --lang {tag}"));
        let prompt = Prompt::of(plan.stops().next().unwrap().0, lang, words);
        // A model of such a window shows too little to tell; what was sent says it all.
        let last = squeeze(&words.type_number(2));
        let sent = |bytes: &str| squeeze(bytes).contains(&last);
        terminal.until(&last, |seen| prompt.waits(seen, 1) || sent(&seen.bytes));
        terminal.press("1\r");
        finish(&mut terminal, words);
        let (code, seen) = terminal.end();
        assert_eq!(code, 0, "{size:?}: {}", seen.bytes);
        let say = squeeze(plan.outcome().say.get(lang));
        assert!(
            squeeze(&seen.bytes).contains(&say),
            "{size:?}: {}",
            seen.bytes
        );
    });
}

#[test]
fn a_wide_window_is_not_filled() {
    let mut terminal = Terminal::open((500, 100), "--case face --lang en");
    let (_, lang, words) = languages().last().unwrap();
    let plan = Plan::new("face", &[], Rest::Enter);
    let seen = Prompt::of(plan.stops().next().unwrap().0, lang, words).seen(&mut terminal, 1);
    let rows = seen.page.lines().filter(|row| !row.starts_with('─'));
    let longest = rows.map(|row| width(row.trim_end())).max().unwrap();
    assert!((41..=88).contains(&longest), "{longest}:\n{}", seen.page);
}

/// Walks in lines, and checks that nothing but lines was sent.
#[track_caller]
fn is_asked_in_lines(args: &str, settings: &[(&str, &str)]) {
    let plan = Plan::new("offered", &[("offered-any", "something")], Rest::StraightOn);
    for (tag, lang, words) in languages() {
        let args = format!("--case offered --lang {tag} {args}");
        let mut terminal = Terminal::open_with(WINDOW, &args, settings);
        let any = Prompt::of(plan.stops().next().unwrap().0, lang, words);
        let seen = any.seen(&mut terminal, 1);
        assert!(
            !seen.by_key && seen.screen.contains("1."),
            "{}",
            seen.screen
        );
        let seen = keep_walking(&mut terminal, &plan, lang, words);
        let plain = |c: char| !c.is_control() || "\r\n".contains(c);
        assert!(seen.bytes.chars().all(plain), "{:?}", seen.bytes);
    }
}

#[test]
fn a_terminal_without_utf8_gets_lines_in_utf8_all_the_same() {
    for (name, value) in [
        ("LANG", "zh_CN.GBK"),
        ("LC_CTYPE", "en_US.ISO-8859-1"),
        ("LC_ALL", "zh_TW.Big5@x"),
    ] {
        is_asked_in_lines("--color never", &[(name, value)]);
    }
}

#[test]
fn a_locale_without_an_encoding_says_nothing_about_the_terminal() {
    for value in ["C", "POSIX", "zh_CN", "zh_CN.utf8", "C.UTF-8"] {
        let settings = [("LC_ALL", value)];
        let mut terminal = Terminal::open_with(WINDOW, "--case face --lang zh", &settings);
        let (_, lang, words) = languages().next().unwrap();
        let plan = Plan::new("face", &[], Rest::Enter);
        let seen = Prompt::of(plan.stops().next().unwrap().0, lang, words).seen(&mut terminal, 1);
        assert!(seen.by_key, "{value}: {}", seen.page);
    }
}

#[test]
fn a_dumb_terminal_gets_lines() {
    is_asked_in_lines("", &[("TERM", "dumb")]);
}

#[test]
fn whoever_needs_it_gets_lines() {
    is_asked_in_lines("--color never", &[("ACCESSIBLE", "1")]);
}

#[test]
fn whoever_asks_for_it_gets_lines() {
    is_asked_in_lines("--plain --color never", &[]);
}

#[test]
fn colour_is_a_matter_of_taste() {
    let coloured = |args: &str, settings: &[(&str, &str)]| {
        let mut terminal = Terminal::open_with(WINDOW, &format!("--case face {args}"), settings);
        let (_, lang, words) = languages().next().unwrap();
        let plan = Plan::new("face", &[], Rest::Enter);
        let first = Prompt::of(plan.stops().next().unwrap().0, lang, words);
        let seen = first.seen(&mut terminal, 1);
        seen.bytes.split("\u{1b}[").skip(1).any(|code| {
            code.split_once('m')
                .is_some_and(|(n, _)| n.chars().all(|c| c.is_ascii_digit()))
        })
    };
    assert!(coloured("", &[]));
    assert!(coloured("", &[("NO_COLOR", "")]));
    assert!(!coloured("", &[("NO_COLOR", "1")]));
    assert!(!coloured("--color never", &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured("", &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
    assert!(coloured("--color always", &[("NO_COLOR", "1")]));
}

#[test]
fn a_case_in_a_terminal_is_walked_and_on_request_listed() {
    let (_, lang, _) = languages().next().unwrap();
    let stuck = GUIDE.cases.iter().find(|case| case.id == "stuck").unwrap();
    let label = squeeze(stuck.label.get(lang));
    let whole = |command: &str| {
        let (code, seen) = Terminal::shell(WINDOW, command).end();
        assert_eq!(code, 0, "{}", seen.all);
        assert!(
            seen.all.contains(&label) && seen.all.contains("[]"),
            "{}",
            seen.all
        );
    };
    whole("okx --checklist");
    whole("okx --checklist --case stuck");
    whole("okx --case stuck < /dev/null");
    let (code, seen) = Terminal::shell(WINDOW, "okx < /dev/null").end();
    assert_eq!(
        (code, seen.all.contains("--plain")),
        (2, true),
        "{}",
        seen.all
    );
}

#[test]
fn what_is_piped_is_the_result_alone() {
    let (_, lang, words) = languages().next().unwrap();
    // With a case: its checklist, and nothing is asked.
    let mut terminal = Terminal::shell(WINDOW, "okx --case stuck > result");
    let (code, seen) = terminal.end();
    assert_eq!((code, seen.all.as_str()), (0, ""));
    let list = terminal.home.read("result");
    assert!(list.contains("[ ] "), "{list}");
    // Without: the walk on the screen, and the ticket in the pipe.
    let mut terminal = Terminal::shell(WINDOW, "okx > result");
    let cases = Prompt::cases(lang, words);
    let seen = cases.seen(&mut terminal, 1);
    let linked = GUIDE
        .cases
        .iter()
        .position(|case| case.id == "linked")
        .unwrap();
    cases.answer(&mut terminal, &seen, &[linked], "");
    // Nothing is done on this walk, so its ticket holds no times.
    let given = [
        ("other-account", "relative"),
        ("take-screenshot", "not-now"),
    ];
    let plan = Plan::new("linked", &given, Rest::StraightOn);
    let done = |kind| matches!(kind, Kind::Do | Kind::Wait);
    assert!(plan.outcome().request.is_some() && !plan.stops().any(|(s, _)| done(s.kind)));
    keep_walking(&mut terminal, &plan, lang, words);
    let ticket = terminal.home.read("result");
    assert_eq!(
        ticket,
        text::text(&Ticket::of(&plan.walk, lang).doc(), text::COLUMNS)
    );
}

#[test]
fn without_a_terminal_to_draw_on_it_asks_in_lines() {
    let mut terminal = Terminal::shell(WINDOW, "okx --case offered --lang en 2> talk");
    terminal.press("1\r");
    let (_, lang, words) = languages().last().unwrap();
    finish(&mut terminal, words);
    let (code, _) = terminal.end();
    let talk = terminal.home.read("talk");
    let plan = Plan::new("offered", &[("offered-any", "nothing")], Rest::StraightOn);
    assert_eq!(code, 0, "{talk}");
    for text in [words.type_number(4).as_str(), plan.outcome().say.get(lang)] {
        assert!(squeeze(&talk).contains(&squeeze(text)), "{talk}");
    }
    assert!(!talk.contains('\u{1b}'), "{talk:?}");
}
