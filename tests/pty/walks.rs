//! Each case walked to an outcome in windows of three sizes, in both languages.

use crate::support::{GUIDE, Plan, Rest, languages, options, squeeze};
use crate::terminal::{ENTER, LAST, PAGE_DOWN, Seen, Size, Terminal, UP, at_once};
use okx_verify_help::answer::Answer;
use okx_verify_help::front::Command;
use okx_verify_help::guide::{Kind, Lang, Outcome, Step};
use okx_verify_help::words::Words;
use std::ops::Range;
use std::time::Duration;

const SIZES: [Size; 3] = [(80, 24), (60, 20), (40, 12)];

/// The most pages that a menu comes in.
const PAGES: usize = 9;

/// A prompt as it has to be seen.
pub struct Prompt {
    /// What stands above the options, as all texts here without spaces: the question, or what is to
    /// be done or to be read before it.
    question: String,
    /// What is asked after that.
    after: String,
    options: Vec<String>,
    pub several: bool,
    /// Whether there is something to wait for first.
    waits: bool,
    /// What may stand in place of the line of keys.
    notes: Vec<String>,
    /// How the line of keys begins and ends.
    keys: (String, String),
    /// The ways to a next page.
    more: Vec<String>,
    /// The ways on with what is ticked.
    go_on: Vec<String>,
    words: &'static Words,
}

/// How long nothing has to happen until what is on the screen is taken for whole.
const MOMENT: Duration = Duration::from_millis(8);

/// A menu as it stands on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// The options on this page.
    pub page: Range<usize>,
    /// The option that is chosen; nothing where that is another row or none.
    pub at: Option<usize>,
    /// Whether the way on with what is ticked is chosen.
    pub goes_on: bool,
    pub ticked: Vec<usize>,
    /// Whether there is another page.
    pub more: bool,
}

impl Prompt {
    pub fn of(step: &Step, lang: Lang, words: &'static Words) -> Prompt {
        let typed = matches!(step.kind, Kind::Fill(_));
        let options = match typed {
            true => Vec::new(),
            false => options(step, lang, words),
        };
        let several = step.kind == Kind::AskSeveral;
        let action = step.text.get(lang);
        let after = match step.kind {
            Kind::Do | Kind::Wait => words.came_of_it,
            Kind::Prepare => words.is_ready,
            Kind::Note => words.is_clear,
            _ => "",
        };
        Prompt {
            waits: step.kind == Kind::Wait,
            after: squeeze(after),
            ..Prompt::new(action, options, several, words)
        }
    }

    /// The choice of a case.
    pub fn cases(lang: Lang, words: &'static Words) -> Prompt {
        let cases = GUIDE.cases.iter();
        let cases = cases.map(|case| case.label.get(lang).to_owned());
        Prompt::one(words.which_case, cases.collect(), words)
    }

    pub fn one(question: &str, options: Vec<String>, words: &'static Words) -> Prompt {
        Prompt::new(question, options, false, words)
    }

    /// The list of keys behind Esc, the way back to the question last.
    pub fn little(listed: &[Command], words: &'static Words) -> Prompt {
        let all = Command::ALL.into_iter().zip(words.commands);
        let listed = all.filter(|(command, _)| listed.contains(command));
        let names = listed.map(|(command, said)| format!("{}{said}", command.letter()));
        let back = format!("Esc{}", words.back_to_question);
        Prompt::one(words.what_now, names.chain([back]).collect(), words)
    }

    /// The list of keys at a step of the guide, with answers before it or without.
    pub fn keys_at(step: &Step, answered: bool, words: &'static Words) -> Prompt {
        let has_reason = step.why.is_some() || !step.sources.is_empty();
        let has_words = step.choices.iter().any(|choice| !choice.words.is_empty());
        let listed = Command::ALL.into_iter().filter(|command| match command {
            Command::Why => has_reason,
            Command::Change | Command::Ticket => answered,
            Command::Say => has_words,
            _ => true,
        });
        Prompt::little(&listed.collect::<Vec<_>>(), words)
    }

    /// What can be done at an outcome of the guide that has a ticket in one language.
    pub fn closing(lang: Lang, short: bool, words: &'static Words) -> Prompt {
        let texts = &words.closing;
        let more = [texts.keep, texts.back, texts.cases, texts.finish];
        Prompt::closing_with(Some((lang, short)), &more, words)
    }

    /// What can be done at an outcome: with its ticket in a language, short or not; and what else.
    pub fn closing_with(
        ticket: Option<(Lang, bool)>,
        more: &[&str],
        words: &'static Words,
    ) -> Prompt {
        let texts = &words.closing;
        let mut all = Vec::new();
        if let Some((lang, short)) = ticket {
            all.extend([texts.copy, texts.save, texts.read].map(str::to_owned));
            let others = GUIDE.langs().filter(|other| *other != lang);
            all.extend(others.map(|other| words.show_in(GUIDE.tag(other))));
            all.push(if short { texts.whole } else { texts.short }.to_owned());
        }
        all.extend(more.iter().map(|text| (*text).to_owned()));
        Prompt::one(words.what_after, all, words)
    }

    /// What can be done at this outcome of the guide.
    pub fn end(outcome: &Outcome, lang: Lang, words: &'static Words) -> Prompt {
        let texts = &words.closing;
        let has_more = !outcome.keep.is_empty() || !outcome.sources.is_empty();
        let more = has_more.then_some(texts.keep).into_iter();
        let more: Vec<&str> = more
            .chain([texts.back, texts.cases, texts.finish])
            .collect();
        let ticket = outcome.request.is_some().then_some((lang, false));
        Prompt::closing_with(ticket, &more, words)
    }

    /// The place of an option.
    #[track_caller]
    pub fn place(&self, option: &str) -> usize {
        let option = squeeze(option);
        let place = self.options.iter().position(|known| *known == option);
        place.unwrap_or_else(|| panic!("{option} is none of {:?}", self.options))
    }

    fn new(question: &str, options: Vec<String>, several: bool, words: &'static Words) -> Prompt {
        let pages = || (2..=PAGES).flat_map(|all| (1..=all).map(move |n| (n, all)));
        let how = match several {
            true => words.tick_keys,
            false => words.choose_keys,
        };
        let notes = [
            words.nothing_chosen,
            words.no_such_key,
            words.leave_on_enter,
            words.cases_on_enter,
        ];
        let all = options.len();
        Prompt {
            question: squeeze(question),
            after: String::new(),
            options: options.iter().map(|option| squeeze(option)).collect(),
            several,
            waits: false,
            notes: notes.map(squeeze).to_vec(),
            keys: (squeeze(how), squeeze(&format!("Esc{}", words.key.help))),
            more: pages()
                .map(|(n, all)| squeeze(&words.more(n, all)))
                .collect(),
            go_on: (0..=all).map(|n| squeeze(&words.go_on_with(n))).collect(),
            words,
        }
    }

    /// The menu in a text that ends with it: nothing, if there is anything else or anything twice.
    fn menu_in(&self, text: &str) -> Option<Menu> {
        let (_, below) = text.rsplit_once(&self.question)?;
        let (_, below) = below.split_once(&self.after)?;
        let rows = self.above_keys(below)?;
        (0..self.options.len()).find_map(|first| {
            let begins = format!("1{}", self.options[first]);
            rows.match_indices(&begins).find_map(|(at, _)| {
                let above = rows[..at].trim_end_matches(['[', 'x', ']']);
                let above = above.strip_suffix('❯').unwrap_or(above);
                self.page_in(&rows[above.len()..], first)
            })
        })
    }

    /// What stands above the line of keys in a text that ends with it.
    fn above_keys<'a>(&self, text: &'a str) -> Option<&'a str> {
        let (begin, end) = &self.keys;
        let keys = || text.strip_suffix(end)?.rsplit_once(begin);
        let rows = || keys().map(|(rows, _)| rows);
        let mut notes = self.notes.iter();
        notes.find_map(|note| text.strip_suffix(note)).or_else(rows)
    }

    /// The same, for a page that begins with this option.
    fn page_in(&self, mut rest: &str, first: usize) -> Option<Menu> {
        let mut menu = Menu {
            page: first..first,
            at: None,
            goes_on: false,
            ticked: Vec::new(),
            more: false,
        };
        let line = |rest: &str| match rest.strip_prefix('❯') {
            Some(rest) => (true, rest.to_owned()),
            None => (false, rest.to_owned()),
        };
        for (n, option) in self.options.iter().enumerate().skip(first) {
            let (active, text) = line(rest);
            let ticked = self.several && text.starts_with("[x]");
            let mark = match (self.several, ticked) {
                (false, _) => "",
                (true, true) => "[x]",
                (true, false) => "[]",
            };
            let row = format!("{mark}{}{option}", n - first + 1);
            let Some(after) = text.strip_prefix(&row) else {
                break;
            };
            rest = &rest[rest.len() - after.len()..];
            menu.page.end = n + 1;
            menu.at = if active { Some(n) } else { menu.at };
            menu.ticked.extend(ticked.then_some(n));
        }
        let (_, text) = line(rest);
        if let Some(more) = self.more.iter().find(|more| text.starts_with(*more)) {
            menu.more = true;
            rest = &rest[rest.len() - text.len() + more.len()..];
        }
        let (active, text) = line(rest);
        if self.several && self.go_on.contains(&text) {
            (menu.goes_on, rest) = (active, "");
        }
        let whole = rest.is_empty() && !menu.page.is_empty();
        (whole && (menu.more || menu.page.end == self.options.len())).then_some(menu)
    }

    /// Whether this is the menu behind Esc.
    pub fn is_little(&self) -> bool {
        self.question == squeeze(self.words.what_now)
    }

    /// The menu, where this prompt is one on the screen.
    pub fn menu(&self, seen: &Seen) -> Option<Menu> {
        let alone = seen.screen.matches('❯').count() <= 1;
        let keys = seen.screen.matches(&self.keys.1).count();
        (seen.by_key && !seen.at_line && alone && keys <= 1)
            .then(|| self.menu_in(&seen.screen))
            .flatten()
    }

    /// Whether the time that has to be waited for runs.
    pub fn runs(&self, seen: &Seen) -> bool {
        let Some((_, below)) = seen.all.rsplit_once(&self.question) else {
            return false;
        };
        let Some((clock, _)) = below.split_once(&squeeze(self.words.wait_keys)) else {
            return false;
        };
        self.waits && seen.by_key && clock.contains(':') && !below.contains('❯')
    }

    /// Whether the prompt is there for the nth time, whole, and waits for a key or a line.
    pub fn waits(&self, seen: &Seen, times: usize) -> bool {
        if seen.all.matches(&self.question).count() < times {
            return false;
        }
        if seen.by_key && !seen.at_line {
            return self.menu(seen).is_some();
        }
        let below = seen.upto.rsplit_once(&self.question);
        let Some((_, mut rest)) = below.and_then(|(_, below)| below.split_once(&self.after)) else {
            return false;
        };
        for option in &self.options {
            let Some((_, after)) = rest.split_once(option) else {
                return false;
            };
            rest = after;
        }
        rest.ends_with(['>', ':', '：'])
    }

    /// Waits for the prompt and looks at it. What has to be waited for first is not.
    #[track_caller]
    pub fn seen(&self, terminal: &mut Terminal, times: usize) -> Seen {
        let shown = |seen: &Seen| self.waits(seen, times) || self.runs(seen);
        let pauses = |seen: &Seen| seen.pauses(self.words);
        let mut seen = terminal.until(&self.question, |seen| shown(seen) || pauses(seen));
        // What comes first is long.
        while pauses(&seen) {
            terminal.read_on(self.words);
            seen = terminal.until(&self.question, |seen| shown(seen) || pauses(seen));
        }
        if self.runs(&seen) {
            terminal.enter();
            seen = terminal.until(&self.question, |seen| self.waits(seen, times));
        }
        // A line is asked where the options have made the question scroll away, too.
        let last = self.options.last();
        let last = last.map(|option| format!("{}.{option}", self.options.len()));
        let options = last.is_some_and(|option| seen.screen.contains(&option));
        let question = seen.screen.contains(&self.question);
        assert!(
            question || !seen.by_key && options,
            "{} is not on the screen:\n{}",
            self.question,
            seen.page
        );
        let cursors = seen.screen.matches('❯').count();
        let most = usize::from(seen.by_key && !seen.at_line);
        assert!(cursors <= most, "{}", seen.page);
        seen
    }

    /// The menu, as soon as it is one.
    #[track_caller]
    pub fn now(&self, terminal: &Terminal) -> Menu {
        self.changed(terminal, &self.question, None)
    }

    /// Presses a key, and waits for its effect on the menu as a person does.
    #[track_caller]
    pub fn press(&self, terminal: &mut Terminal, key: &str) -> Menu {
        let before = self.now(terminal);
        terminal.press(key);
        self.changed(terminal, &format!("what {key:?} does"), Some(before))
    }

    /// The menu, as soon as it is another one than this. One that is half erased or half drawn may
    /// look like a whole one.
    #[track_caller]
    fn changed(&self, terminal: &Terminal, what: &str, before: Option<Menu>) -> Menu {
        loop {
            let other = |seen: &Seen| self.menu(seen).filter(|_| before != self.menu(seen));
            terminal.until(what, |seen| other(seen).is_some());
            if let Some(menu) = other(&terminal.calm(MOMENT)) {
                return menu;
            }
        }
    }

    /// Turns to the page with an option, and returns the digit that moves there.
    #[track_caller]
    fn page_with(&self, terminal: &mut Terminal, place: usize) -> String {
        let mut menu = self.now(terminal);
        while !menu.page.contains(&place) {
            menu = self.press(terminal, PAGE_DOWN);
        }
        (place - menu.page.start + 1).to_string()
    }

    /// Moves the cursor of a list of keys to a command.
    #[track_caller]
    pub fn go_to_command(&self, terminal: &mut Terminal, command: Command) {
        let letter = command.letter();
        let mut options = self.options.iter();
        let place = options.position(|option| option.starts_with(letter));
        self.go_to(terminal, place.expect("it is listed"));
    }

    /// Moves the cursor to an option.
    #[track_caller]
    pub fn go_to(&self, terminal: &mut Terminal, place: usize) {
        let digit = self.page_with(terminal, place);
        if self.now(terminal).at != Some(place) {
            self.press(terminal, &digit);
        }
    }

    /// Answers it.
    #[track_caller]
    pub fn answer(&self, terminal: &mut Terminal, seen: &Seen, places: &[usize], typed: &str) {
        if !seen.by_key || seen.at_line {
            let numbers: Vec<String> = places.iter().map(|n| (n + 1).to_string()).collect();
            let line = match self.options.is_empty() {
                true => typed.to_owned(),
                false if numbers.is_empty() => "0".to_owned(),
                false => numbers.join(","),
            };
            // An Enter right behind another one would be taken for a key that is held.
            let line = if line.is_empty() && seen.at_line {
                "-"
            } else {
                &line
            };
            terminal.press(&format!("{line}{ENTER}"));
            return;
        }
        if !self.several {
            let digit = self.page_with(terminal, places[0]);
            // An arrow parts the digit from what was typed before.
            terminal.press(&format!("{UP}{digit}{ENTER}"));
            return;
        }
        for place in 0..self.options.len() {
            let digit = self.page_with(terminal, place);
            let ticked = self.now(terminal).ticked.contains(&place);
            if ticked != places.contains(&place) {
                self.press(terminal, &format!("{UP}{digit}{ENTER}"));
            }
        }
        while self.now(terminal).page.end < self.options.len() {
            self.press(terminal, PAGE_DOWN);
        }
        terminal.press(&format!("{LAST}{ENTER}"));
    }

    /// What the answer has to look like once it is given.
    fn said(&self, places: &[usize]) -> Option<String> {
        let labels: Vec<&str> = places.iter().map(|n| self.options[*n].as_str()).collect();
        match (self.options.is_empty(), labels.is_empty()) {
            (true, _) => None,
            (_, true) => Some(format!("›{}", self.words.none[0])),
            (..) => Some(format!("›{}", labels.join(&squeeze(self.words.semicolon)))),
        }
    }
}

/// Walks a plan on a terminal to its end, looking at each prompt; what can be done with a ticket is
/// not.
#[track_caller]
pub fn keep_walking(
    terminal: &mut Terminal,
    plan: &Plan,
    lang: Lang,
    words: &'static Words,
) -> Seen {
    walk_to(terminal, plan, None, lang, words);
    let seen = finish(terminal, plan, lang, words);
    // Each question stands once in all that scrolled by; in a small window the verdict may be drawn
    // over the last one.
    let last = plan.stops().count() - 1;
    for (place, (step, _)) in plan.stops().enumerate() {
        let question = squeeze(step.text.get(lang));
        let times = seen.all.matches(&question).count();
        let may_be_covered = place == last && times == 0;
        assert!(times == 1 || may_be_covered, "{question}:\n{}", seen.page);
    }
    seen
}

/// Goes on with a plan at the step with this id, to the end.
#[track_caller]
pub fn walk_on(
    terminal: &mut Terminal,
    plan: &Plan,
    id: &str,
    lang: Lang,
    words: &'static Words,
) -> Seen {
    for (step, answer) in plan.stops().skip_while(|(step, _)| step.id != id) {
        let prompt = Prompt::of(step, lang, words);
        let seen = prompt.seen(terminal, 1);
        let typed = answer.value().map_or("", |value| value);
        prompt.answer(terminal, &seen, &chosen(step, answer), typed);
    }
    finish(terminal, plan, lang, words)
}

/// The end of a plan: its outcome, and nothing left of any menu.
#[track_caller]
fn finish(terminal: &mut Terminal, plan: &Plan, lang: Lang, words: &'static Words) -> Seen {
    if !terminal.piped {
        let closing = Prompt::end(plan.outcome(), lang, words);
        let seen = closing.seen(terminal, 1);
        let last = closing.place(words.closing.finish);
        closing.answer(terminal, &seen, &[last], "");
    }
    let (code, seen) = terminal.end();
    assert_eq!(code, 0, "{}", seen.page);
    let say = squeeze(plan.outcome().say.get(lang));
    assert!(seen.all.contains(&say), "{}", seen.page);
    let left = (seen.all.matches('❯').count(), seen.by_key);
    assert_eq!(left, (0, false), "{}", seen.page);
    seen
}

/// Walks a plan up to the step with this id, or behind the last, looking at each prompt.
#[track_caller]
pub fn walk_to(
    terminal: &mut Terminal,
    plan: &Plan,
    id: Option<&str>,
    lang: Lang,
    words: &'static Words,
) {
    let mut last: Option<(Prompt, Vec<usize>, bool)> = None;
    for (step, answer) in plan
        .stops()
        .take_while(|(step, _)| Some(step.id.as_str()) != id)
    {
        let prompt = Prompt::of(step, lang, words);
        let seen = prompt.seen(terminal, 1);
        if let Some((before, places, was_menu)) = last {
            nothing_is_left(&before, &places, was_menu, &prompt, &seen);
        }
        let places = chosen(step, answer);
        let typed = answer.value().map_or("", |value| value);
        prompt.answer(terminal, &seen, &places, typed);
        last = Some((prompt, places, seen.by_key && !seen.at_line));
    }
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
    let (above, _) = seen.all.rsplit_once(&now.question).unwrap();
    let (_, between) = above.rsplit_once(&before.question).unwrap();
    let Some(said) = before.said(places) else {
        return;
    };
    let times = between.matches(&said).count();
    assert_eq!(times, 1, "{said} once in {between}");
    if was_menu {
        let rest = between.replace(&said, "").replace(&before.after, "");
        let waited = squeeze(before.words.wait_keys);
        for left in before.options.iter().chain([&waited]) {
            assert!(!rest.contains(left), "{left} is left in {rest}");
        }
    }
}

#[track_caller]
fn walk_everywhere(case: &str, given: &[(&str, &str)], rest: Rest) {
    let plan = Plan::new(case, given, rest);
    let windows = SIZES
        .into_iter()
        .flat_map(|size| languages().map(move |lang| (size, lang)));
    at_once(windows, |(size, (tag, lang, words))| {
        let mut terminal = Terminal::open(size, &format!("--case {case} --lang {tag}"));
        keep_walking(&mut terminal, &plan, lang, words);
    });
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
        ("look", "in-chat+twice"),
        ("uid", "123456789012345678"),
        ("screen-text", "认证失败 again"),
    ];
    walk_everywhere("stuck", &given, Rest::StraightOn);
}

#[test]
fn the_last_answers_lead_on_too() {
    let given = [
        ("face-problem", "special"),
        ("about-me", "flashing"),
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
