//! Walks that are saved, left, and taken up again; waits that run on meanwhile.

use crate::keys::{At, WAIT, each_kind_of_prompt};
use crate::support::{GUIDE, Plan, Rest, languages, squeeze};
use crate::terminal::{ENTER, ESC, Home, Seen, Size, Terminal};
use crate::walks::{Prompt, keep_walking, walk_on, walk_to};
use okx_verify_help::front::Command;
use okx_verify_help::guide::Lang;
use okx_verify_help::moment::Moment;
use okx_verify_help::words::Words;

const WINDOW: Size = (80, 24);

fn prompt(id: &str, lang: Lang, words: &'static Words) -> Prompt {
    Prompt::of(GUIDE.at(GUIDE.step(id).expect(id)), lang, words)
}

/// A home where a walk of a case was left at a step.
fn left_at(case: &str, given: &[(&str, &str)], id: &str, home: &Home) -> Plan {
    let (tag, lang, words) = languages().last().unwrap();
    let plan = Plan::new(case, given, Rest::StraightOn);
    let args = format!("--plain --case {case} --lang {tag}");
    let mut terminal = Terminal::open_in(home, WINDOW, &args, &[]);
    walk_to(&mut terminal, &plan, Some(id), lang, words);
    prompt(id, lang, words).seen(&mut terminal, 1);
    terminal.press("q\r");
    assert_eq!(terminal.end().0, 0);
    plan
}

/// What is offered at the start, where all walks were left just now: each walk, those of one case
/// alike.
fn offered(home: &Home, lang: Lang, words: &'static Words) -> Option<Prompt> {
    let walks = home.walks();
    let label = |id: &String| {
        let case = GUIDE.cases.iter().find(|case| id.starts_with(&case.id))?;
        let file = home.state().join(format!("{id}.toml"));
        let saved = std::fs::read_to_string(file).unwrap();
        let answers = saved.matches("[[answer]]").count();
        Some(words.a_walk(case.label.get(lang), answers, 0))
    };
    let mut options: Vec<String> = walks.iter().filter_map(label).collect();
    options.reverse();
    let some = !options.is_empty();
    options.push(words.anew.to_owned());
    some.then(|| Prompt::one(words.which_walk, options, words))
}

#[test]
fn a_walk_that_was_left_is_offered_and_goes_on() {
    for (tag, lang, words) in languages() {
        let home = Home::new();
        let plan = left_at("face", &[], "face-problem", &home);
        for args in ["", "--case face"] {
            let args = format!("--lang {tag} {args}");
            let mut terminal = Terminal::open_in(&home, WINDOW, &args, &[]);
            let offer = offered(&home, lang, words).unwrap();
            let seen = offer.seen(&mut terminal, 1);
            offer.answer(&mut terminal, &seen, &[0], "");
            let label = GUIDE.cases[plan.walk.case()].label.get(lang);
            let seen = prompt("face-problem", lang, words).seen(&mut terminal, 1);
            let going_on = squeeze(&words.going_on(label, 1));
            assert!(seen.all.contains(&going_on), "{}", seen.page);
        }
        let args = format!("--case face --lang {tag}");
        let mut terminal = Terminal::open_in(&home, WINDOW, &args, &[]);
        offered(&home, lang, words).unwrap().seen(&mut terminal, 1);
        terminal.enter();
        walk_on(&mut terminal, &plan, "face-problem", lang, words);
        // It is finished, and no longer offered.
        let mut terminal = Terminal::open_in(&home, WINDOW, &args, &[]);
        prompt("face-check", lang, words).seen(&mut terminal, 1);
        assert_eq!(home.walks().len(), 1);
    }
}

#[test]
fn one_may_start_anew_and_the_other_walk_stays() {
    let (_, lang, words) = languages().last().unwrap();
    let home = Home::new();
    left_at("face", &[], "face-problem", &home);
    let [id] = &home.walks()[..] else { panic!() };
    let file = home.state().join(format!("{id}.toml"));
    let before = std::fs::read_to_string(&file).unwrap();
    let mut terminal = Terminal::open_in(&home, WINDOW, "--case face --lang en", &[]);
    let offer = offered(&home, lang, words).unwrap();
    let seen = offer.seen(&mut terminal, 1);
    offer.answer(&mut terminal, &seen, &[1], "");
    let plan = Plan::new("face", &[], Rest::StraightOn);
    keep_walking(&mut terminal, &plan, lang, words);
    assert_eq!(home.walks().len(), 2);
    assert_eq!(std::fs::read_to_string(file).unwrap(), before);
    // Another case has nothing to go on with.
    let mut terminal = Terminal::open_in(&home, WINDOW, "--case offered --lang en", &[]);
    prompt("offered-any", lang, words).seen(&mut terminal, 1);
}

#[test]
fn several_walks_are_offered_the_last_first() {
    let (_, lang, words) = languages().last().unwrap();
    let home = Home::new();
    left_at("face", &[], "face-problem", &home);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    left_at(
        "offered",
        &[("offered-any", "something")],
        "given-what",
        &home,
    );
    let mut terminal = Terminal::open_in(&home, WINDOW, "--lang en", &[]);
    let offer = offered(&home, lang, words).unwrap();
    offer.seen(&mut terminal, 1);
    terminal.enter();
    prompt("given-what", lang, words).seen(&mut terminal, 1);
}

#[test]
fn a_damaged_file_is_put_aside_and_named() {
    for (tag, lang, words) in languages() {
        let home = Home::new();
        left_at("face", &[], "face-problem", &home);
        let [id] = &home.walks()[..] else { panic!() };
        let file = home.state().join(format!("{id}.toml"));
        let mut bytes = std::fs::read(&file).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(&file, &bytes).unwrap();
        let args = format!("--case face --lang {tag}");
        let mut terminal = Terminal::open_in(&home, WINDOW, &args, &[]);
        let seen = prompt("face-check", lang, words).seen(&mut terminal, 1);
        let aside = format!("{id}.toml.bad");
        assert!(seen.all.contains(&squeeze(&aside)), "{}", seen.page);
        assert_eq!(std::fs::read(home.state().join(aside)).unwrap(), bytes);
    }
}

#[test]
fn a_walk_that_is_open_in_another_window_is_left_to_that() {
    let (_, lang, words) = languages().last().unwrap();
    let home = Home::new();
    let plan = left_at("face", &[], "face-problem", &home);
    let [id] = &home.walks()[..] else { panic!() };
    let args = format!("resume {id} --lang en");
    let mut first = Terminal::open_in(&home, WINDOW, &args, &[]);
    prompt("face-problem", lang, words).seen(&mut first, 1);
    let mut second = Terminal::open_in(&home, WINDOW, "--case face --lang en", &[]);
    offered(&home, lang, words).unwrap().seen(&mut second, 1);
    second.enter();
    let seen = prompt("face-check", lang, words).seen(&mut second, 1);
    let busy = squeeze(&words.cannot_open(id, "it is open in another window"));
    assert!(seen.all.contains(&busy), "{}", seen.page);
    // Both come to their ends, each in a file of its own.
    keep_walking(&mut second, &plan, lang, words);
    walk_on(&mut first, &plan, "face-problem", lang, words);
    assert_eq!(home.walks().len(), 2);
    let mut third = Terminal::open_in(&home, WINDOW, "resume no-such-walk --lang en", &[]);
    let (code, seen) = third.end();
    assert_eq!(
        (code, seen.all.contains(&squeeze(id))),
        (2, true),
        "{}",
        seen.page
    );
}

/// A walk that is in a wait.
fn wait() -> At {
    let kinds = each_kind_of_prompt(false);
    kinds.into_iter().find(|at| at.name == "a wait").unwrap()
}

/// The file of the one walk that is saved.
fn saved(home: &Home) -> String {
    let [id] = &home.walks()[..] else {
        panic!("{:?}", home.files());
    };
    std::fs::read_to_string(home.state().join(format!("{id}.toml"))).unwrap()
}

/// When the wait in a saved file began.
fn since(file: &str) -> &str {
    file.split_once("since = ")
        .unwrap()
        .1
        .lines()
        .next()
        .unwrap()
}

/// Changes when the wait began, as if so many seconds more had passed since.
fn let_pass(home: &Home, seconds: i64) {
    let file = saved(home);
    let before: Moment = since(&file).parse().unwrap();
    let text = before.to_string();
    let at: jiff::Zoned = format!("{text}[+00:00]").parse().unwrap();
    let at = at.checked_sub(jiff::Span::new().seconds(seconds)).unwrap();
    let at = at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    let (_, body) = file.split_once("\nchecksum = ").unwrap();
    let body = body.split_once('\n').unwrap().1.replace(since(&file), &at);
    let sum = hmac_sha256::Hash::hash(body.as_bytes());
    let sum: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    let [id] = &home.walks()[..] else { panic!() };
    let text = format!("version = 1\nchecksum = \"sha256:{sum}\"\n{body}");
    std::fs::write(home.state().join(format!("{id}.toml")), text).unwrap();
}

/// How the progress line reads when so many seconds are gone.
fn line(since: &str, gone: i64, words: &Words) -> String {
    let since: Moment = since.parse().unwrap();
    words.waiting(gone, 20 * 60 - gone, since.plus_minutes(20))
}

/// The progress line that is shown, as seconds gone: it stands on one row, alone.
fn shown(seen: &Seen, since: &str, words: &Words) -> Option<i64> {
    let rows: Vec<&str> = seen.page.lines().map(str::trim_end).collect();
    let times = |gone| {
        rows.iter()
            .filter(|row| **row == line(since, gone, words))
            .count()
    };
    let all: Vec<i64> = (0..20 * 60).filter(|gone| times(*gone) > 0).collect();
    assert!(
        all.len() < 2 && all.iter().all(|gone| times(*gone) == 1),
        "{}",
        seen.page
    );
    all.first().copied()
}

#[test]
fn a_wait_goes_by_on_one_row_in_a_narrow_window() {
    for (tag, lang, words) in languages() {
        let home = Home::new();
        left_at("stuck", &WAIT, "wait-short", &home);
        let_pass(&home, 9 * 60);
        let file = saved(&home);
        let args = format!("resume --color never --lang {tag}");
        let mut terminal = Terminal::open_in(&home, (40, 12), &args, &[]);
        let mut gone = Vec::new();
        terminal.until("two seconds", |seen| {
            gone.extend(shown(seen, since(&file), words));
            gone.dedup();
            gone.len() > 2
        });
        assert!((540..600).contains(&gone[0]), "{gone:?}");
        assert!(gone.is_sorted(), "{gone:?}");
        // Enter takes it away, and the answers come.
        terminal.enter();
        let wait = prompt("wait-short", lang, words);
        wait.now(&terminal);
        let seen = terminal.settled();
        assert_eq!(shown(&seen, since(&file), words), None);
        assert!(
            !seen.all.contains(&squeeze(words.wait_keys)),
            "{}",
            seen.page
        );
        assert_eq!(since(&saved(&home)), since(&file));
    }
}

#[test]
fn the_time_of_a_wait_runs_on_while_one_is_away() {
    let (_, lang, words) = languages().last().unwrap();
    let at = wait();
    let mut terminal = at.open("--color never");
    let home = terminal.home.clone();
    let began = saved(&home);
    let began = since(&began);
    terminal.until("the line", |seen| shown(seen, began, words).is_some());
    terminal.press(&format!("q{ENTER}"));
    assert_eq!(terminal.end().0, 0);
    assert_eq!(since(&saved(&home)), began);
    // Lines say once until when.
    let until = began.parse::<Moment>().unwrap().plus_minutes(20);
    let mut terminal = Terminal::open_in(&home, WINDOW, "resume --plain --lang en", &[]);
    let seen = prompt("wait-short", lang, words).seen(&mut terminal, 1);
    let said = squeeze(&words.wait_until(until));
    assert_eq!(seen.all.matches(&said).count(), 1, "{}", seen.page);
    terminal.press("q\r");
    assert_eq!(terminal.end().0, 0);
    assert_eq!(since(&saved(&home)), began);
    // When it is over, nothing is waited for.
    let_pass(&home, 30 * 60);
    let mut terminal = Terminal::open_in(&home, WINDOW, "resume --lang en", &[]);
    let seen = prompt("wait-short", lang, words).seen(&mut terminal, 1);
    let file = saved(&home);
    let waited = squeeze(&words.waited(since(&file).parse().unwrap()));
    assert!(seen.all.contains(&waited), "{}", seen.page);
    assert!(!seen.bytes.contains(words.wait_keys), "{}", seen.page);
}

#[test]
fn a_wait_ends_by_itself() {
    for (tag, lang, words) in languages() {
        let home = Home::new();
        left_at("stuck", &WAIT, "wait-short", &home);
        let_pass(&home, 20 * 60 - 2);
        let file = saved(&home);
        let args = format!("resume --color never --lang {tag}");
        let mut terminal = Terminal::open_in(&home, WINDOW, &args, &[]);
        terminal.until("the line", |seen| {
            shown(seen, since(&file), words).is_some()
        });
        let wait = prompt("wait-short", lang, words);
        let seen = terminal.until("the answers", |seen| wait.menu(seen).is_some());
        assert_eq!(shown(&seen, since(&file), words), None);
        let keys = seen.all.contains(&squeeze(words.wait_keys));
        let over = seen.all.contains(&squeeze(words.wait_over));
        assert_eq!((keys, over), (false, true), "{}", seen.page);
        walk_on(
            &mut terminal,
            &Plan::new("stuck", &WAIT, Rest::StraightOn),
            "wait-short",
            lang,
            words,
        );
    }
}

#[test]
fn a_wait_has_the_commands_too() {
    for key in ["h", ESC] {
        let at = wait();
        let mut terminal = at.open("--color never");
        let home = terminal.home.clone();
        let file = saved(&home);
        let began = since(&file);
        terminal.press(key);
        let little = Prompt::keys_at(GUIDE.at(GUIDE.step("wait-short").unwrap()), true, at.words);
        little.now(&terminal);
        // Back to the wait, which still runs; then away.
        terminal.press(ESC);
        terminal.until("the line", |seen| shown(seen, began, at.words).is_some());
        terminal.settled();
        terminal.press(key);
        little.go_to_command(&mut terminal, Command::Leave);
        terminal.enter();
        let (code, seen) = terminal.end();
        assert_eq!((code, shown(&seen, began, at.words)), (0, None));
        assert_eq!(since(&saved(&home)), began);
    }
}

#[test]
fn a_walk_whose_folder_is_removed_is_saved_anew() {
    let (_, lang, words) = languages().last().unwrap();
    let uid = "123456789012345678";
    let given = [("offered-any", "something"), ("uid", uid)];
    let plan = Plan::new("offered", &given, Rest::StraightOn);
    for front in ["", "--plain"] {
        let args = format!("--case offered --lang en {front}");
        let mut terminal = Terminal::open(WINDOW, &args);
        walk_to(&mut terminal, &plan, Some("uid"), lang, words);
        let mut steps = plan.stops().skip_while(|(step, _)| step.id != "uid");
        let mut ask = || Prompt::of(steps.next().unwrap().0, lang, words);
        ask().seen(&mut terminal, 1);
        let remove = |terminal: &Terminal| {
            std::fs::remove_dir_all(terminal.home.state()).unwrap();
        };
        remove(&terminal);
        terminal.press("123456789012345678\r");
        ask().seen(&mut terminal, 1);
        assert_eq!(terminal.home.walks().len(), 1);
        remove(&terminal);
        terminal.press("q\r");
        let (code, seen) = terminal.end();
        assert_eq!(code, 0, "{}", seen.page);
        assert!(seen.all.contains("resume"), "{}", seen.page);
        let id = &terminal.home.walks()[0];
        let file = terminal.home.state().join(format!("{id}.toml"));
        let saved = std::fs::read_to_string(file).unwrap();
        assert!(saved.contains("123456789012345678"), "{saved}");
    }
}

#[test]
fn a_walk_that_was_taken_back_to_its_start_is_offered_again() {
    let (_, lang, words) = languages().last().unwrap();
    let plan = Plan::new("offered", &[("offered-any", "something")], Rest::StraightOn);
    let mut terminal = Terminal::open(WINDOW, "--case offered --lang en --plain");
    let home = terminal.home.clone();
    let mut steps = plan.stops().map(|(step, _)| Prompt::of(step, lang, words));
    let (first, second) = (steps.next().unwrap(), steps.next().unwrap());
    let seen = first.seen(&mut terminal, 1);
    first.answer(&mut terminal, &seen, &[1], "");
    second.seen(&mut terminal, 1);
    terminal.press("b\r");
    first.seen(&mut terminal, 2);
    terminal.press("b\r");
    Prompt::cases(lang, words).seen(&mut terminal, 1);
    terminal.press("\u{4}");
    let (code, seen) = terminal.end();
    assert_eq!(code, 0, "{}", seen.page);
    assert!(seen.all.contains("resume"), "{}", seen.page);
    let terminal = Terminal::open_in(&home, WINDOW, "--lang en", &[]);
    let question = squeeze(words.which_walk);
    terminal.until("the offer", |seen| seen.screen.contains(&question));
}
