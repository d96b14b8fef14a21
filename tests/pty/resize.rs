//! Windows that change while a menu is open, and a program that is stopped and continued.

use crate::keys::{At, each_kind_of_prompt};
use crate::support::{GUIDE, Plan, Rest, languages, squeeze};
use crate::terminal::{CTRL_Z, ENTER, ESC, Size, Terminal, at_once};
use crate::walks::{Prompt, walk_on, walk_to};
use okx_verify_help::guide::Lang;
use okx_verify_help::words::Words;

const WINDOW: Size = (80, 24);
/// Windows with room for a menu.
const ROOMY: [Size; 6] = [(60, 20), (40, 12), (100, 30), (36, 24), (40, 12), WINDOW];
/// Windows that take one menu after the other away.
const TINY: [Size; 8] = [
    (60, 20),
    (40, 12),
    (100, 30),
    (36, 8),
    (20, 5),
    (80, 2),
    (1, 1),
    WINDOW,
];

const SOMETHING: [(&str, &str); 1] = [("offered-any", "something")];

/// What a language is called, what the guide calls it, and the program's words in it.
type Language = (&'static str, Lang, &'static Words);

/// A walk that is at a menu, and what of it has to stay.
struct Open {
    terminal: Terminal,
    plan: Plan,
    step: &'static str,
    prompt: Prompt,
    /// Where the cursor has to stay; nothing where dialoguer cannot be told.
    at: Option<usize>,
    ticked: Vec<usize>,
    lang: Lang,
    words: &'static Words,
}

impl Open {
    /// Each kind of menu in turn, the cursor on another option than the first, something ticked.
    fn each(then: impl Fn(&str, Open) + Sync) {
        let ways: [(&str, fn(Language) -> Open); 5] = [
            ("one", |lang| {
                let mut one = Open::at(WINDOW, "face", &[], "face-problem", lang);
                one.go_to(2);
                one
            }),
            ("several", |lang| {
                let mut several = Open::at(WINDOW, "offered", &SOMETHING, "given-what", lang);
                several.tick(1);
                several.tick(3);
                several
            }),
            ("little", |lang| {
                let mut little = Open::at(WINDOW, "offered", &SOMETHING, "given-what", lang);
                little.terminal.press(ESC);
                let step = GUIDE.at(GUIDE.step("given-what").unwrap());
                little.prompt = Prompt::keys_at(step, true, lang.2);
                little.go_to(1);
                little
            }),
            ("second page", |lang| {
                let mut paged = Open::at((40, 10), "face", &[], "face-problem", lang);
                let second = paged.second_page();
                paged.go_to(second);
                paged
            }),
            ("second page of several", |lang| {
                let mut paged = Open::at((40, 9), "offered", &SOMETHING, "given-what", lang);
                let second = paged.second_page();
                paged.tick(0);
                paged.tick(second);
                paged
            }),
        ];
        let all = ways
            .into_iter()
            .flat_map(|way| languages().map(move |lang| (way, lang)));
        at_once(all, |((what, open), lang)| then(what, open(lang)));
    }

    /// A walk at a step with a menu.
    fn at(
        size: Size,
        case: &str,
        given: &[(&str, &str)],
        step: &'static str,
        (tag, lang, words): Language,
    ) -> Open {
        let plan = Plan::new(case, given, Rest::StraightOn);
        let args = format!("--color never --case {case} --lang {tag}");
        let mut terminal = Terminal::open(size, &args);
        walk_to(&mut terminal, &plan, Some(step), lang, words);
        let prompt = Prompt::of(GUIDE.at(GUIDE.step(step).unwrap()), lang, words);
        prompt.seen(&mut terminal, 1);
        Open {
            terminal,
            plan,
            step,
            prompt,
            at: None,
            ticked: Vec::new(),
            lang,
            words,
        }
    }

    /// The first option that has no room on the first page.
    #[track_caller]
    fn second_page(&self) -> usize {
        let first = self.prompt.now(&self.terminal);
        assert!(first.more && first.page.start == 0, "{first:?}");
        first.page.end
    }

    fn go_to(&mut self, place: usize) {
        self.prompt.go_to(&mut self.terminal, place);
        self.at = Some(place);
    }

    fn tick(&mut self, place: usize) {
        self.prompt.go_to(&mut self.terminal, place);
        self.prompt.press(&mut self.terminal, " ");
        self.ticked.push(place);
    }

    /// The menu, drawn anew and alone: its cursor where it was, ticked what was ticked.
    #[track_caller]
    fn is_as_before(&self, what: &str) {
        let step = GUIDE.at(GUIDE.step(self.step).unwrap());
        let question = squeeze(step.text.get(self.lang));
        self.terminal.until(what, |seen| {
            let times = seen.screen.matches(&question).count();
            self.prompt.menu(seen).is_some_and(|menu| {
                let on_page = |n: &&usize| menu.page.contains(n);
                let ticked: Vec<usize> = self.ticked.iter().filter(on_page).copied().collect();
                let here = self.at.is_none_or(|at| menu.at == Some(at));
                let asked = times == 1 || self.prompt.is_little() && times == 0;
                here && asked && menu.ticked == ticked
            })
        });
    }

    /// Leaves the little menu, if that is open, and walks on to the end.
    #[track_caller]
    fn goes_on(mut self) {
        if self.prompt.is_little() {
            self.terminal.press(ESC);
        }
        walk_on(
            &mut self.terminal,
            &self.plan,
            self.step,
            self.lang,
            self.words,
        );
    }
}

#[test]
fn a_menu_is_drawn_anew_in_each_window() {
    Open::each(|what, mut open| {
        for size in ROOMY {
            open.terminal.settled();
            open.terminal.resize(size);
            open.is_as_before(&format!("{what} in {size:?}"));
        }
        open.goes_on();
    });
}

#[test]
fn where_a_menu_has_no_room_any_more_lines_ask() {
    Open::each(|what, mut open| {
        let mut lines = false;
        for size in TINY {
            open.terminal.resize(size);
            let seen = open.terminal.settled();
            assert!(!(lines && seen.by_key), "{what} in {size:?}: {}", seen.page);
            lines = !seen.by_key;
            assert!(lines || size.0 > 35 && size.1 > 7, "{what} in {size:?}");
            if !lines {
                open.terminal
                    .until(what, |seen| open.prompt.menu(seen).is_some());
            }
        }
        // The line that is asked in the smallest window is still open, and its answer counts.
        if open.prompt.is_little() {
            let back = open
                .prompt
                .place(&format!("Esc{}", open.words.back_to_question));
            open.terminal.press(&format!("{}\r", back + 1));
        }
        let answer = open
            .plan
            .stops()
            .find(|(step, _)| step.id == open.step)
            .unwrap()
            .1;
        let places: Vec<String> = answer.places().map(|n| (n + 1).to_string()).collect();
        open.terminal.settled();
        if open.prompt.is_little() {
            walk_on(
                &mut open.terminal,
                &open.plan,
                open.step,
                open.lang,
                open.words,
            );
            return;
        }
        open.terminal.press(&match places.is_empty() {
            true => "0\r".to_owned(),
            false => format!("{}\r", places.join(",")),
        });
        let next = open
            .plan
            .stops()
            .skip_while(|(step, _)| step.id != open.step)
            .nth(1);
        let next = next.unwrap().0.id.as_str();
        walk_on(&mut open.terminal, &open.plan, next, open.lang, open.words);
    });
}

#[test]
fn fifty_resizes_in_a_row_end_nothing() {
    Open::each(|what, mut open| {
        for n in 0..50 {
            open.terminal.resize((40 + n, 12 + n / 4));
            std::thread::sleep(std::time::Duration::from_millis(u64::from(n % 5)));
        }
        open.terminal.settled();
        open.terminal.resize((60, 20));
        open.is_as_before(what);
        // Long after the last of them, the signals that came with them have been taken.
        std::thread::sleep(std::time::Duration::from_millis(300));
        open.is_as_before(what);
        open.goes_on();
    });
}

#[test]
fn no_resize_is_overlooked_however_soon_it_comes() {
    Open::each(|what, mut open| {
        for n in 0..50 {
            let size = (60 + n % 2, 20);
            open.terminal.resize(size);
            open.is_as_before(&format!("{what}, resize {n}"));
        }
    });
}

#[test]
fn a_menu_is_drawn_anew_when_the_program_goes_on() {
    Open::each(|what, open| {
        for _ in 0..2 {
            open.terminal.signal("STOP");
            open.terminal.settled();
            open.terminal.wipe();
            open.terminal.signal("CONT");
            open.is_as_before(what);
        }
        open.goes_on();
    });
}

#[test]
fn a_line_is_asked_again_when_the_program_goes_on() {
    let kinds = each_kind_of_prompt(false);
    let at: &At = kinds.iter().find(|at| at.name == "a typed line").unwrap();
    for front in ["", "--plain"] {
        let mut terminal = at.open(front);
        terminal.press("lost wor");
        terminal.signal("STOP");
        terminal.settled();
        terminal.wipe();
        terminal.signal("CONT");
        // The terminal itself forgets what was typed.
        let text = if front.is_empty() { ">lostwor" } else { ">" };
        terminal.until("the prompt", |seen| seen.upto.ends_with(text));
    }
}

#[test]
fn ctrl_z_at_a_line_and_fg_come_back_to_it() {
    let (_, lang, words) = languages().last().unwrap();
    let uid = "123456789012345678";
    let given = [("offered-any", "something"), ("uid", uid)];
    let plan = Plan::new("offered", &given, Rest::StraightOn);
    for front in ["", "--plain"] {
        let mut terminal = Terminal::job_control(WINDOW);
        terminal.until("a shell", |seen| !seen.screen.is_empty());
        terminal.press(&format!("$okx --case offered --lang en {front}\r"));
        walk_to(&mut terminal, &plan, Some("uid"), lang, words);
        let uid = Prompt::of(GUIDE.at(GUIDE.step("uid").unwrap()), lang, words);
        uid.seen(&mut terminal, 1);
        terminal.press(CTRL_Z);
        terminal.until("the shell", |seen| seen.screen.contains("Stopped"));
        terminal.settled();
        terminal.press("fg\r");
        terminal.until("the prompt again", |seen| {
            let shell = seen.screen.rsplit_once("Stopped");
            let back = shell.is_none_or(|(_, shell)| shell.contains("fg"));
            back && seen.upto.ends_with('>')
        });
        terminal.press("123456789012345678\r");
        let next = plan.stops().skip_while(|(step, _)| step.id != "uid").nth(1);
        let next = next.unwrap().0;
        Prompt::of(next, lang, words).seen(&mut terminal, 1);
        let [id] = &terminal.home.walks()[..] else {
            panic!("{:?}", terminal.home.files());
        };
        let saved = std::fs::read_to_string(terminal.home.state().join(format!("{id}.toml")));
        assert!(saved.unwrap().contains("123456789012345678"));
        terminal.press(&format!("q{ENTER}"));
        terminal.until("the shell", |seen| seen.all.contains("resume"));
        terminal.settled();
        terminal.press("exit\r");
        terminal.end();
    }
}

#[test]
fn a_window_may_grow() {
    let sizes = [(60, 20), (80, 24), (100, 30)];
    for (tag, lang, words) in languages() {
        let plan = Plan::new("face", &[("face-problem", "fails")], Rest::Enter);
        let mut terminal = Terminal::open((30, 8), &format!("--case face --lang {tag}"));
        let mut menus = Vec::new();
        for ((step, answer), size) in plan.stops().zip(sizes) {
            let prompt = Prompt::of(step, lang, words);
            let seen = prompt.seen(&mut terminal, 1);
            menus.push(seen.by_key);
            terminal.resize(size);
            terminal.settled();
            let places: Vec<usize> = answer.places().collect();
            prompt.answer(&mut terminal, &seen, &places, "");
        }
        assert_eq!(menus, [false, true, true], "menus as soon as they fit");
    }
}
