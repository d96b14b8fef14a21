//! Each case walked to an outcome in windows of three sizes, in both languages.

use crate::support::{Plan, Rest, languages, options, squeeze};
use crate::terminal::{DOWN, ENTER, Seen, Size, Terminal};
use okx_verify_help::guide::{Kind, Lang, Step};
use okx_verify_help::walk::Answer;
use okx_verify_help::words::Words;

const SIZES: [Size; 3] = [(80, 24), (60, 20), (40, 12)];

/// A prompt as it has to be seen.
pub struct Prompt {
    question: String,
    options: Vec<String>,
    several: bool,
    words: &'static Words,
}

impl Prompt {
    pub fn of(step: &Step, lang: Lang, words: &'static Words) -> Prompt {
        let typed = matches!(step.kind, Kind::Fill(_));
        Prompt {
            question: step.text.get(lang).to_owned(),
            options: if typed {
                Vec::new()
            } else {
                options(step, lang, words)
            },
            several: step.kind == Kind::AskSeveral,
            words,
        }
    }

    pub fn one(question: &str, options: Vec<String>, words: &'static Words) -> Prompt {
        Prompt {
            question: question.to_owned(),
            options,
            several: false,
            words,
        }
    }

    /// Whether the prompt is there for the nth time, whole, and waits for a key or a line.
    pub fn waits(&self, seen: &Seen, times: usize) -> bool {
        let question = squeeze(&self.question);
        if seen.all.matches(&question).count() < times {
            return false;
        }
        let (_, below) = seen.all.rsplit_once(&question).unwrap();
        let mut rest = below;
        for option in &self.options {
            let Some((_, after)) = rest.split_once(&squeeze(option)) else {
                return false;
            };
            rest = after;
        }
        if seen.by_key {
            rest.is_empty() && below.contains('❯')
        } else {
            rest.ends_with(['>', ':', '：'])
        }
    }

    /// Waits for the prompt and looks at it.
    #[track_caller]
    pub fn seen(&self, terminal: &Terminal, times: usize) -> Seen {
        let seen = terminal.until(&self.question, |seen| self.waits(seen, times));
        let question = seen.screen.contains(&squeeze(&self.question));
        let hint = if self.several {
            self.words.several_keys
        } else {
            self.words.menu_keys
        };
        let hint = seen.screen.matches(&squeeze(hint)).count();
        let cursors = seen.screen.matches('❯').count();
        if seen.by_key {
            assert!(
                question,
                "{} is not on the screen: {}",
                self.question, seen.screen
            );
            // One menu, and nothing of the last.
            assert_eq!((hint, cursors), (1, 1), "{}", seen.screen);
        } else {
            let last = self
                .options
                .last()
                .map(|option| format!("{}.{option}", self.options.len()));
            let last = last.map(|option| squeeze(&option));
            let options = last.is_some_and(|option| seen.screen.contains(&option));
            assert!(
                question || options,
                "{} is not on the screen: {}",
                self.question,
                seen.screen
            );
            assert_eq!((hint, cursors), (0, 0), "{}", seen.screen);
        }
        seen
    }

    /// Answers it, and waits for each key to have its effect as a person does.
    #[track_caller]
    pub fn answer(&self, terminal: &mut Terminal, seen: &Seen, places: &[usize], typed: &str) {
        if !seen.by_key {
            let numbers: Vec<String> = places.iter().map(|n| (n + 1).to_string()).collect();
            let line = if self.options.is_empty() {
                typed.to_owned()
            } else {
                numbers.join(",")
            };
            terminal.press(&format!("{line}{ENTER}"));
            return;
        }
        let last = places.iter().max().copied().unwrap_or(0);
        for n in 0..=last {
            let tick = if self.several && places.contains(&n) {
                "[x]"
            } else {
                ""
            };
            if !tick.is_empty() {
                terminal.press(" ");
            }
            let tick = if self.several && tick.is_empty() {
                "[]"
            } else {
                tick
            };
            let here = squeeze(&format!("❯{tick}{}", self.options[n]));
            terminal.until(&here, |seen| seen.by_key && seen.screen.contains(&here));
            if n < last {
                terminal.press(DOWN);
                let next = |seen: &Seen| seen.by_key && !seen.screen.contains(&here);
                terminal.until("the next option", next);
            }
        }
        terminal.press(ENTER);
    }

    /// What the answer has to look like once it is given.
    fn said(&self, places: &[usize]) -> Option<String> {
        let labels: Vec<&str> = places.iter().map(|n| self.options[*n].as_str()).collect();
        match (self.options.is_empty(), labels.is_empty()) {
            (true, _) => None,
            (_, true) => Some(format!("›{}", self.words.none[0])),
            (..) => Some(format!("›{}", labels.join(self.words.semicolon))),
        }
    }
}

/// Walks a plan on a terminal to its end, looking at each prompt.
#[track_caller]
pub fn keep_walking(
    terminal: &mut Terminal,
    plan: &Plan,
    lang: Lang,
    words: &'static Words,
) -> Seen {
    let mut last: Option<(Prompt, Vec<usize>, bool)> = None;
    for (step, answer) in plan.stops() {
        let prompt = Prompt::of(step, lang, words);
        let seen = prompt.seen(terminal, 1);
        if let Some((before, places, was_menu)) = last {
            nothing_is_left(&before, &places, was_menu, &prompt, &seen);
        }
        let places = chosen(step, answer);
        let typed = answer.value.as_deref().unwrap_or_default();
        prompt.answer(terminal, &seen, &places, typed);
        last = Some((prompt, places, seen.by_key));
    }
    let (code, seen) = terminal.end();
    assert_eq!(code, 0, "{}", seen.all);
    let say = squeeze(plan.outcome().say.get(lang));
    assert!(seen.all.contains(&say), "{}", seen.all);
    // In all that scrolled by, no menu is left, and each question stands once.
    let left = (seen.all.matches('❯').count(), seen.by_key, seen.cursor);
    assert_eq!(left, (0, false, true), "{}", seen.all);
    for (step, _) in plan.stops() {
        let question = squeeze(step.text.get(lang));
        assert_eq!(
            seen.all.matches(&question).count(),
            1,
            "{question}: {}",
            seen.all
        );
    }
    seen
}

fn chosen(step: &Step, answer: &Answer) -> Vec<usize> {
    match step.kind {
        Kind::Fill(_) => Vec::new(),
        _ => answer.places().collect(),
    }
}

/// Between two questions stands the answer to the first, once, and nothing else of its menu.
#[track_caller]
fn nothing_is_left(before: &Prompt, places: &[usize], was_menu: bool, now: &Prompt, seen: &Seen) {
    let (above, _) = seen.all.rsplit_once(&squeeze(&now.question)).unwrap();
    let (_, between) = above.rsplit_once(&squeeze(&before.question)).unwrap();
    let Some(said) = before.said(places) else {
        return;
    };
    let said = squeeze(&said);
    assert_eq!(
        between.matches(&said).count(),
        1,
        "{said} once in {between}"
    );
    if was_menu {
        let rest = between.replace(&said, "");
        for option in &before.options {
            assert!(
                !rest.contains(&squeeze(option)),
                "{option} is left in {rest}"
            );
        }
    }
}

#[track_caller]
fn walk_everywhere(case: &str, given: &[(&str, &str)], rest: Rest) {
    let plan = Plan::new(case, given, rest);
    for size in SIZES {
        for (tag, lang, words) in languages() {
            let mut terminal = Terminal::open(size, &format!("--case {case} --lang {tag}"));
            keep_walking(&mut terminal, &plan, lang, words);
        }
    }
}

#[test]
fn enter_alone_leads_through_stuck() {
    walk_everywhere("stuck", &[], Rest::Enter);
}

#[test]
fn enter_alone_leads_through_new_device() {
    walk_everywhere("new-device", &[], Rest::Enter);
}

#[test]
fn enter_alone_leads_through_face() {
    walk_everywhere("face", &[], Rest::Enter);
}

#[test]
fn enter_alone_leads_through_linked() {
    walk_everywhere("linked", &[], Rest::Enter);
}

#[test]
fn enter_alone_leads_through_remove() {
    walk_everywhere("remove", &[], Rest::Enter);
}

#[test]
fn enter_alone_leads_through_offered() {
    walk_everywhere("offered", &[], Rest::Enter);
}

#[test]
fn other_answers_lead_to_a_ticket() {
    let given = [
        ("stuck-status", "frozen"),
        ("tried-already-android", "restarted+cache"),
        ("uid", "123456789012345678"),
        ("screen-text", "认证失败 again"),
    ];
    walk_everywhere("stuck", &given, Rest::StraightOn);
}

#[test]
fn the_last_answers_lead_on_too() {
    let given = [
        ("face-problem", "special"),
        ("about-me", "health"),
        ("note", "说话"),
    ];
    walk_everywhere("face", &given, Rest::StraightOn);
}

#[test]
fn several_answers_lead_through_what_was_given_away() {
    let given = [
        ("offered-any", "something"),
        ("given-what", "remote+password+photos"),
    ];
    walk_everywhere("offered", &given, Rest::StraightOn);
}
