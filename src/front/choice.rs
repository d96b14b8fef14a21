//! A choice as it is being made: keys in, lines out. It reads and writes nothing itself.
//!
//! The recorded answer is always the option that was shown as chosen when Enter came; no other key
//! answers. dialoguer's own prompts pass over keys that they do not know and take Space for Enter,
//! so that `4`, Enter or `b`, Enter gives an answer that nobody meant.

use super::Command;
use super::editor::Key;
use crate::field::half_width;
use crate::text::hang;
use crate::words::Words;
use dialoguer::theme::Theme;
use std::ops::Range;
use std::time::{Duration, Instant};

/// The most options on a page: each has a digit.
const MOST: usize = 9;
/// An Enter this soon after another one comes from a key that is held down or was pressed twice.
const HELD: Duration = Duration::from_millis(300);
/// An Enter this soon after the letter of a command belongs to the letter, as in a typed line.
const WITH_LETTER: Duration = Duration::from_secs(1);
/// Characters that come this soon after one another are a text that somebody types.
const TEXT: Duration = Duration::from_millis(700);
/// The same for two digits, which may also be a choice and its correction.
const NUMBER: Duration = Duration::from_millis(400);

/// The last key and when it came. It outlives a prompt: an Enter that is held down must not answer
/// the next prompt as well.
#[derive(Default)]
pub struct Pace(Option<(Key, Instant)>);

impl Pace {
    /// Notes a key. Returns whether it is an Enter that only repeats the one before or ends the
    /// letter of a command.
    pub fn is_repeat(&mut self, key: Key, now: Instant) -> bool {
        let before = self.0.replace((key, now));
        let Some((before, at)) = before.filter(|_| key == Key::Enter) else {
            return false;
        };
        let since = now.saturating_duration_since(at);
        match before {
            Key::Enter => since < HELD,
            Key::Char(c) => {
                !matches!(letter(c), None | Some(Letter::Down | Letter::Up)) && since < WITH_LETTER
            }
            _ => false,
        }
    }
}

/// What a letter does at once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    /// Moves down.
    Down,
    /// Moves up.
    Up,
    /// Lists what else can be done.
    Help,
    /// This.
    Command(Command),
}

/// What a character does, as long as no text is being typed.
pub fn letter(c: char) -> Option<Letter> {
    Some(match half_width(c).to_ascii_lowercase() {
        'j' => Letter::Down,
        'k' => Letter::Up,
        'h' => Letter::Help,
        '?' => Letter::Command(Command::Why),
        'b' => Letter::Command(Command::Back),
        'c' => Letter::Command(Command::Change),
        't' => Letter::Command(Command::Ticket),
        'q' => Letter::Command(Command::Leave),
        _ => return None,
    })
}

/// What stands in place of the line of keys until the next key that does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// Enter came while nothing was chosen.
    NothingChosen,
    /// A key or a text came that does nothing here.
    Unknown,
    /// `q` came: Enter leaves, any other key stays.
    Leaving,
}

/// A line of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Option(usize),
    /// To the next page.
    More,
    /// On with what is ticked.
    GoOn,
}

/// What keys have come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The choice is still open.
    Open,
    /// This option was chosen.
    One(usize),
    /// These options were ticked.
    Several(Vec<usize>),
    /// Something else is wanted.
    Command(Command),
    /// The list of what else can be done is wanted.
    Help,
}

/// The options and how far the choice has come.
pub struct Choice {
    options: Vec<String>,
    words: &'static Words,
    /// The options of each page.
    pages: Vec<Range<usize>>,
    /// What is ticked, where several can be.
    ticked: Option<Vec<bool>>,
    page: usize,
    /// What is shown as chosen.
    at: Option<Row>,
    note: Option<Note>,
    /// When the last character of a text came that is being typed.
    text: Option<Instant>,
    /// The last digit, and when it came.
    digit: Option<(usize, Instant)>,
}

impl Choice {
    /// A choice of one option, the cursor on the one with this place; where there is no place,
    /// nothing is chosen at first.
    pub fn of_one(options: Vec<String>, start: Option<usize>, words: &'static Words) -> Choice {
        Choice {
            options,
            words,
            pages: Vec::new(),
            ticked: None,
            page: 0,
            at: start.map(Row::Option),
            note: None,
            text: None,
            digit: None,
        }
    }

    /// A choice of any number of options, of which those with these places are ticked at first. No
    /// row is chosen at first, so that an Enter too many ticks nothing.
    pub fn of_several(options: Vec<String>, ticked: &[usize], words: &'static Words) -> Choice {
        let is_ticked = (0..options.len()).map(|n| ticked.contains(&n)).collect();
        Choice {
            ticked: Some(is_ticked),
            ..Choice::of_one(options, None, words)
        }
    }

    /// Puts the options on pages of at most so many columns and rows; the cursor stays where it
    /// is. `false` if one option alone is too tall.
    pub fn lay_out(&mut self, columns: usize, rows: usize) -> bool {
        let rows_of = |n| self.item(Row::Option(n), n, columns).lines().count();
        let heights: Vec<usize> = (0..self.options.len()).map(rows_of).collect();
        let Some(pages) = pages(&heights, rows, self.ticked.is_some()) else {
            return false;
        };
        let last = pages.len() - 1;
        self.page = match self.at {
            Some(Row::Option(n)) => pages.iter().position(|p| p.contains(&n)).unwrap_or(0),
            Some(Row::GoOn) => last,
            Some(Row::More) | None => self.page.min(last),
        };
        if self.at == Some(Row::More) && last == 0 {
            self.at = self.options.len().checked_sub(1).map(Row::Option);
        }
        self.pages = pages;
        true
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// What has to be said in place of the line of keys.
    pub fn note(&self) -> Option<Note> {
        self.note
    }

    fn rows(&self) -> Vec<Row> {
        let page = self.pages.get(self.page).cloned().unwrap_or_default();
        let is_last = self.page + 1 == self.pages.len();
        let more = (self.pages.len() > 1).then_some(Row::More);
        let go_on = (self.ticked.is_some() && is_last).then_some(Row::GoOn);
        page.map(Row::Option).chain(more).chain(go_on).collect()
    }

    /// A row's text, folded; `n` is its place on the page.
    fn item(&self, row: Row, n: usize, columns: usize) -> String {
        // The signs of the cursor and of a tick stand before it.
        let sign = if self.ticked.is_some() { 6 } else { 2 };
        let columns = columns.saturating_sub(sign);
        match row {
            Row::Option(option) => {
                let number = format!("{}  ", n % MOST + 1);
                hang(&number, &self.options[option], columns)
            }
            Row::More => self.words.more(self.page + 1, self.pages.len()),
            Row::GoOn => {
                let ticked = self.ticked.iter().flatten();
                self.words
                    .go_on_with(ticked.filter(|ticked| **ticked).count())
            }
        }
    }

    /// The lines of the page as the theme styles them, and which of them is the first of what is
    /// shown as chosen.
    pub fn lines(&self, columns: usize, theme: &dyn Theme) -> (Vec<String>, Option<usize>) {
        let (mut lines, mut chosen) = (Vec::new(), None);
        for (n, row) in self.rows().into_iter().enumerate() {
            let text = self.item(row, n, columns);
            let active = self.at == Some(row);
            let mut styled = String::new();
            // Writing to a string does not fail.
            let _ = match (row, &self.ticked) {
                (Row::Option(option), Some(ticked)) => theme.format_multi_select_prompt_item(
                    &mut styled,
                    &text,
                    ticked[option],
                    active,
                ),
                _ => theme.format_select_prompt_item(&mut styled, &text, active),
            };
            if active {
                chosen = Some(lines.len());
            }
            lines.extend(styled.split('\n').map(str::to_owned));
        }
        (lines, chosen)
    }

    /// Takes what was pressed. `pasted` says that the terminal marked it as pasted.
    pub fn press(&mut self, keys: &[Key], pasted: bool, now: Instant, pace: &mut Pace) -> Event {
        let characters = keys.iter().filter(|key| matches!(key, Key::Char(_)));
        if pasted || characters.count() > 1 || keys.contains(&Key::Newline) {
            for key in keys {
                pace.is_repeat(*key, now);
            }
            self.note = Some(Note::Unknown);
            // The Enter that ends it may come by itself.
            let ended = keys.last() == Some(&Key::Enter);
            self.text = (!ended).then_some(now);
            return Event::Open;
        }
        for key in keys {
            let repeats = pace.is_repeat(*key, now);
            match self.press_one(*key, repeats, now) {
                Event::Open => {}
                event => return event,
            }
        }
        Event::Open
    }

    fn press_one(&mut self, key: Key, repeats: bool, now: Instant) -> Event {
        if let Key::Char(c) = key {
            return self.character(c, now);
        }
        self.digit = None;
        let was_text = self.text.take().is_some();
        let leaving = self.note == Some(Note::Leaving);
        if key == Key::Enter && leaving {
            return Event::Command(Command::Leave);
        }
        if key == Key::Enter && repeats {
            return Event::Open;
        }
        if key == Key::Enter && was_text {
            self.note = Some(Note::Unknown);
            return Event::Open;
        }
        self.note = None;
        let rows = self.rows();
        let at = self
            .at
            .and_then(|at| rows.iter().position(|row| *row == at));
        let last = rows.len() - 1;
        match key {
            Key::Enter => return self.enter(),
            Key::Escape if leaving => {}
            Key::Escape => return Event::Help,
            Key::End => return Event::Command(Command::Leave),
            Key::Left => return Event::Command(Command::Back),
            Key::Up => self.at = Some(rows[at.map_or(last, |at| (at + last) % rows.len())]),
            Key::Down => self.at = Some(rows[at.map_or(0, |at| (at + 1) % rows.len())]),
            Key::Home => self.at = Some(rows[0]),
            Key::Last => self.at = Some(rows[last]),
            Key::PageUp => self.turn(self.pages.len() - 1),
            Key::PageDown => self.turn(1),
            _ => self.note = Some(Note::Unknown),
        }
        Event::Open
    }

    /// Turns over so many pages, round and round; the cursor, if there is one, goes to the first
    /// option there.
    fn turn(&mut self, by: usize) {
        self.page = (self.page + by) % self.pages.len();
        let first = Row::Option(self.pages[self.page].start);
        self.at = self.at.map(|_| first);
    }

    fn enter(&mut self) -> Event {
        match (self.at, &mut self.ticked) {
            (None, _) => self.note = Some(Note::NothingChosen),
            (Some(Row::More), _) => self.turn(1),
            (Some(Row::Option(option)), Some(ticked)) => ticked[option] ^= true,
            (Some(Row::Option(option)), None) => return Event::One(option),
            (Some(Row::GoOn), ticked) => {
                let ticked = ticked.iter().flatten().enumerate();
                let places = ticked.filter(|(_, is)| **is).map(|(n, _)| n);
                return Event::Several(places.collect());
            }
        }
        Event::Open
    }

    /// A character: a digit moves to its option, a letter may be a command; in a text it is
    /// neither.
    fn character(&mut self, c: char, now: Instant) -> Event {
        let soon = |at: Option<Instant>, time| {
            at.is_some_and(|at| now.saturating_duration_since(at) < time)
        };
        let is_stay = self.note == Some(Note::Leaving);
        self.note = None;
        let in_text = soon(self.text, TEXT);
        self.text = None;
        let plain = half_width(c);
        let digit = plain.to_digit(10).map(|digit| digit as usize);
        let before = self.digit.filter(|(before, _)| digit != Some(*before));
        let number = digit.is_some() && soon(before.map(|(_, at)| at), NUMBER);
        self.digit = digit.map(|digit| (digit, now));
        if in_text || number {
            return self.unknown(now);
        }
        if let Some(digit) = digit {
            let options = &self.pages[self.page];
            match options.clone().nth(digit.wrapping_sub(1)) {
                Some(option) if digit > 0 => self.at = Some(Row::Option(option)),
                _ => return self.unknown(now),
            }
            return Event::Open;
        }
        if plain == ' ' {
            // A tick list is ticked with Space, too; elsewhere it answers nothing.
            return match (self.at, &self.ticked) {
                (Some(Row::Option(_)), Some(_)) => self.enter(),
                _ => self.unknown(now),
            };
        }
        match letter(c) {
            None => self.unknown(now),
            Some(Letter::Command(Command::Leave)) if !is_stay => {
                self.note = Some(Note::Leaving);
                Event::Open
            }
            Some(Letter::Command(Command::Leave)) => Event::Open,
            Some(Letter::Command(command)) => Event::Command(command),
            Some(Letter::Help) => Event::Help,
            Some(Letter::Down) => self.press_one(Key::Down, false, now),
            Some(Letter::Up) => self.press_one(Key::Up, false, now),
        }
    }

    fn unknown(&mut self, now: Instant) -> Event {
        self.note = Some(Note::Unknown);
        self.text = Some(now);
        Event::Open
    }
}

/// The options of each page, so that none takes more rows than there is room. More than one page
/// needs a row for the way to the next, and a tick list one for the way on. Nothing, if one option
/// alone is too tall.
fn pages(heights: &[usize], room: usize, several: bool) -> Option<Vec<Range<usize>>> {
    let room = room.checked_sub(usize::from(several))?;
    let all: usize = heights.iter().sum();
    let room = if all > room || heights.len() > MOST {
        room.checked_sub(1)?
    } else {
        room
    };
    let mut pages = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (n, height) in heights.iter().enumerate() {
        if *height > room {
            return None;
        }
        if used + height > room || n - start == MOST {
            pages.push(start..n);
            (start, used) = (n, 0);
        }
        used += height;
    }
    pages.push(start..heights.len());
    Some(pages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;
    use std::fmt;

    /// Marks what is shown as chosen, and nothing else.
    struct Plain;

    impl Theme for Plain {
        fn format_select_prompt_item(
            &self,
            f: &mut dyn fmt::Write,
            text: &str,
            active: bool,
        ) -> fmt::Result {
            write!(f, "{}{text}", if active { '>' } else { ' ' })
        }
    }

    fn options(count: usize) -> Vec<String> {
        (0..count).map(|n| format!("option {n}.")).collect()
    }

    /// What is shown as chosen.
    fn shown(choice: &Choice) -> Option<String> {
        let (lines, at) = choice.lines(80, &Plain);
        Some(lines[at?].clone())
    }

    #[test]
    fn a_page_has_as_many_options_as_there_is_room() {
        assert_eq!(pages(&[1, 1, 1], 3, false), Some(vec![0..3; 1]));
        assert_eq!(pages(&[1, 2, 1, 1], 4, false), Some(vec![0..2, 2..4]));
        assert_eq!(pages(&[1, 1, 1], 3, true), Some(vec![0..1, 1..2, 2..3]));
        assert_eq!(pages(&[1; 10], 20, false), Some(vec![0..9, 9..10]));
        assert_eq!(pages(&[2, 1], 2, false), None, "no room for the way on");
        assert_eq!(pages(&[5], 4, false), None);
        assert_eq!(pages(&[1, 1], 0, false), None);
    }

    #[test]
    fn an_enter_that_repeats_is_told_from_one_that_answers() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let mut pace = Pace::default();
        assert!(!pace.is_repeat(Key::Enter, at(0)));
        assert!(pace.is_repeat(Key::Enter, at(250)));
        assert!(pace.is_repeat(Key::Enter, at(500)), "held all the time");
        assert!(!pace.is_repeat(Key::Enter, at(800)));
        assert!(!pace.is_repeat(Key::Char('4'), at(850)));
        assert!(!pace.is_repeat(Key::Enter, at(900)), "a digit came between");
        pace.is_repeat(Key::Char('b'), at(2000));
        assert!(
            pace.is_repeat(Key::Enter, at(2900)),
            "it belongs to the letter"
        );
    }

    #[test]
    fn a_quick_correction_is_no_answer_yet() {
        let start = Instant::now();
        let mut pace = Pace::default();
        let mut choice = Choice::of_one(options(5), None, words("en"));
        assert!(choice.lay_out(80, 10));
        choice.press(&[Key::Char('4')], false, start, &mut pace);
        let soon = start + Duration::from_millis(100);
        choice.press(&[Key::Char('2')], false, soon, &mut pace);
        assert_eq!(choice.note(), Some(Note::Unknown));
        let event = choice.press(&[Key::Enter], false, soon, &mut pace);
        assert_eq!(event, Event::Open);
        assert!(shown(&choice).unwrap().contains("option 3."));
    }

    fn any_key() -> impl Strategy<Value = Key> {
        prop_oneof![
            4 => Just(Key::Enter),
            2 => "[0-9０-９jk xb?？认]".prop_map(|c: String| Key::Char(c.chars().next().unwrap())),
            1 => prop::sample::select(vec![
                Key::Up, Key::Down, Key::Home, Key::Last, Key::PageUp, Key::PageDown, Key::Escape,
                Key::Left, Key::Backspace, Key::Newline, Key::Delete,
            ]),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: RngSeed::Fixed(20_261_125),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn what_is_recorded_was_shown_as_chosen(
            count in 1usize..15,
            rows in 3usize..12,
            gate in any::<bool>(),
            several in any::<bool>(),
            keys in prop::collection::vec((any_key(), 0u64..900), 0..60),
        ) {
            let mut choice = if several {
                Choice::of_several(options(count), &[], words("en"))
            } else {
                Choice::of_one(options(count), (!gate).then_some(0), words("en"))
            };
            prop_assume!(choice.lay_out(80, rows));
            let (mut pace, mut now) = (Pace::default(), Instant::now());
            let mut ticked = vec![false; count];
            for (key, pause) in keys {
                now += Duration::from_millis(pause);
                let before = shown(&choice);
                match choice.press(&[key], false, now, &mut pace) {
                    Event::One(n) => {
                        prop_assert_eq!(key, Key::Enter);
                        let option = format!("option {n}.");
                        prop_assert!(before.is_some_and(|line| line.contains(&option)));
                        return Ok(());
                    }
                    Event::Several(places) => {
                        prop_assert_eq!(key, Key::Enter);
                        prop_assert!(before.is_some_and(|line| line.contains("go on") || line.contains("Go on with")));
                        let expected: Vec<usize> =
                            (0..count).filter(|n| ticked[*n]).collect();
                        prop_assert_eq!(places, expected);
                        return Ok(());
                    }
                    Event::Open => {
                        let after = choice.ticked.clone().unwrap_or_default();
                        for n in (0..after.len()).filter(|n| after[*n] != ticked[*n]) {
                            prop_assert!(matches!(key, Key::Enter | Key::Char(_)));
                            let option = format!("option {n}.");
                            prop_assert!(before.clone().is_some_and(|line| line.contains(&option)));
                        }
                        if several {
                            ticked = after;
                        }
                    }
                    Event::Command(_) | Event::Help => {}
                }
            }
        }
    }
}
