//! A choice while it is being made: keys change it, lines of it are shown.
//!
//! The recorded answer is always the option that was shown as chosen when Enter came; no other key
//! answers. dialoguer's own prompts ignore keys that they do not know and treat Space as Enter, so
//! that `4` and Enter, or `b` and Enter, give an answer that nobody meant.

use super::keys::Key;
use super::pace::{Letter, Pace, letter};
use super::pages::{MOST, pages};
use super::prompt::Command;
use crate::text::half_width;
use crate::text::hang;
use crate::words::Words;
use dialoguer::theme::Theme;
use std::ops::Range;
use std::time::{Duration, Instant};

/// Characters that come this soon after one another are a text that somebody types.
const TEXT: Duration = Duration::from_millis(700);
/// The same for two digits, which may also be a choice and its correction.
const NUMBER: Duration = Duration::from_millis(400);

/// What is shown instead of the line of keys until the next key that does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// Enter came while nothing was chosen.
    NothingChosen,
    /// A key or a text came that does nothing here.
    Unknown,
    /// The letter of this command came: Enter gives it, any other key does not.
    Asks(Command),
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

/// What the keys have led to so far.
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
}

/// The options and how far the choice has come.
pub struct Choice {
    options: Vec<String>,
    /// The commands that do something here.
    commands: Vec<Command>,
    words: &'static Words,
    /// The options of each page.
    pages: Vec<Range<usize>>,
    /// What is ticked, where several can be.
    ticked: Option<Vec<bool>>,
    /// The fewest that have to be ticked.
    least: usize,
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
    pub fn of_one(
        options: Vec<String>,
        start: Option<usize>,
        commands: &[Command],
        words: &'static Words,
    ) -> Choice {
        Choice {
            options,
            commands: commands.to_owned(),
            words,
            pages: Vec::new(),
            ticked: None,
            least: 0,
            page: 0,
            at: start.map(Row::Option),
            note: None,
            text: None,
            digit: None,
        }
    }

    /// A choice of any number of options, of which those with these places are ticked at first. No
    /// row is chosen at first, so that an Enter too many ticks nothing.
    pub fn of_several(
        options: Vec<String>,
        ticked: &[usize],
        commands: &[Command],
        words: &'static Words,
    ) -> Choice {
        let is_ticked = (0..options.len()).map(|n| ticked.contains(&n)).collect();
        Choice {
            ticked: Some(is_ticked),
            ..Choice::of_one(options, None, commands, words)
        }
    }

    /// The same choice, where so many options have to be ticked.
    #[must_use]
    pub fn at_least(self, least: usize) -> Choice {
        Choice { least, ..self }
    }

    /// How many options are ticked.
    fn ticks(&self) -> usize {
        let ticked = self.ticked.iter().flatten();
        ticked.filter(|ticked| **ticked).count()
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

    /// What is to be shown instead of the line of keys.
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
            Row::GoOn if self.ticks() < self.least => self.words.tick_at_least(self.least),
            Row::GoOn => self.words.go_on_with(self.ticks()),
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
        let asked = match self.note {
            Some(Note::Asks(command)) => Some(command),
            _ => None,
        };
        if let (Key::Enter, Some(command)) = (key, asked) {
            return Event::Command(command);
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
            Key::Escape if asked.is_some() => {}
            Key::Escape => return Event::Command(Command::Help),
            Key::End => return Event::Command(Command::Leave),
            Key::Left if self.commands.contains(&Command::Back) => {
                return Event::Command(Command::Back);
            }
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
        let enough = self.ticks() >= self.least;
        match (self.at, &mut self.ticked) {
            (None, _) => self.note = Some(Note::NothingChosen),
            (Some(Row::GoOn), _) if !enough => self.note = Some(Note::NothingChosen),
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
        let before_this = self.note.take();
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
            Some(Letter::Command(Command::Help)) => Event::Command(Command::Help),
            Some(Letter::Command(command)) if self.commands.contains(&command) => {
                if !command.asks() {
                    return Event::Command(command);
                }
                // The same letter again takes it back, as any other key does.
                let asks = Some(Note::Asks(command));
                self.note = asks.filter(|asks| before_this != Some(*asks));
                Event::Open
            }
            None | Some(Letter::Command(_)) => self.unknown(now),
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

#[cfg(test)]
mod tests;
