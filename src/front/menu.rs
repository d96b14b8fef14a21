//! Menus on a terminal: choices that are drawn below their question and driven by keys.

use super::choice::{Choice, Event, Note, Pace};
use super::editor::{Key, Keys};
use super::lines::{Lines, said};
use super::page::Page;
use super::signals::{ByKey, Screen, pressed_within};
use super::{Command, Front, Input, Preset, Prompt, Reply, Tone, Wait};
use crate::text::{tame, width};
use crate::words::Words;
use anyhow::Result;
use console::Term;
use dialoguer::theme::Theme;
use std::fmt;
use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

mod line;
mod wait;

/// A window with fewer rows or columns gets numbered lines.
const SMALLEST: (u16, u16) = (8, 36);
/// What stands between two keys in their line.
const BETWEEN: &str = "   ";
/// How often to look whether the window has changed while no key comes.
const GLANCE: Duration = Duration::from_millis(250);

/// The menu front end; where a prompt does not fit the window, the lines front end asks it.
pub struct Menu<R, W> {
    term: Term,
    lines: Lines<R, W>,
    words: &'static Words,
    screen: Screen,
    theme: Look,
    /// While keys are read one by one.
    by_key: Option<ByKey>,
    keys: Keys,
    pace: Pace,
    /// How many lines of keys there is room for.
    key_rows: usize,
    /// The wait that the user did not want to watch any longer.
    cut_short: Option<Wait>,
    /// Where what the user asked to see begins.
    wished: Option<usize>,
}

/// What comes while a key is waited for.
enum Pressed {
    /// These keys, and whether the terminal marked them as pasted.
    Keys(Vec<Key>, bool),
    /// None for a while.
    Nothing,
    /// The window is not what it was.
    Changed,
    /// There is nothing more to read.
    End,
}

/// What a menu ended with.
enum Picked {
    Event(Event),
    /// The window has no room for it any more.
    NoRoom,
    /// There is nothing more to read.
    End,
}

impl<R: BufRead, W: Write> Menu<R, W> {
    /// Menus on a terminal; `input` and `page` serve prompts that are too large for it, and typed
    /// lines.
    pub fn new(
        term: Term,
        input: R,
        page: Page<W>,
        words: &'static Words,
        screen: Screen,
        colour: bool,
    ) -> Menu<R, W> {
        Menu {
            term,
            lines: Lines::new(input, page, words, true),
            words,
            screen,
            theme: Look { colour },
            by_key: None,
            keys: Keys::default(),
            pace: Pace::default(),
            key_rows: 1,
            cut_short: None,
            wished: None,
        }
    }

    fn page(&mut self) -> &mut Page<W> {
        self.lines.page()
    }

    /// Whether the window is large enough for anything but numbered lines.
    fn is_roomy(&self) -> bool {
        let size = self.term.size_checked();
        size.is_some_and(|(rows, columns)| rows >= SMALLEST.0 && columns >= SMALLEST.1)
    }

    /// From now on keys are read one by one.
    fn read_keys(&mut self) -> Result<()> {
        if self.by_key.is_none() {
            self.by_key = Some(self.screen.by_key());
            self.page().mark_pastes(true)?;
        }
        Ok(())
    }

    /// From now on the terminal reads whole lines.
    fn read_lines(&mut self) -> Result<()> {
        if self.by_key.take().is_some() {
            self.page().mark_pastes(false)?;
        }
        Ok(())
    }

    /// Waits for keys for some time, and longer for the rest of one that has begun.
    fn pressed(&mut self, time: Duration) -> Result<Pressed> {
        let time = if self.keys.is_open() {
            self.keys.patience()
        } else {
            time
        };
        let came = pressed_within(time);
        if self.screen.has_changed() {
            // Another program may have set the terminal in between.
            if let Some(by_key) = &self.by_key {
                by_key.set();
            }
            self.page().mark_pastes(true)?;
            return Ok(Pressed::Changed);
        }
        let keys = if came {
            let bytes = self.lines.keys()?;
            if bytes.is_empty() {
                return Ok(Pressed::End);
            }
            self.keys.push(&bytes)
        } else {
            self.keys.rest().into_iter().collect()
        };
        let pasted = self.keys.has_pasted();
        if keys.is_empty() && !pasted {
            return Ok(Pressed::Nothing);
        }
        Ok(Pressed::Keys(keys, pasted))
    }

    /// The lines of keys of a choice.
    fn key_lines(&mut self, several: bool) -> Vec<String> {
        let keys = if several {
            self.words.several_keys
        } else {
            self.words.menu_keys
        };
        let columns = self.page().columns();
        let mut lines: Vec<String> = Vec::new();
        for key in keys {
            match lines.last_mut() {
                Some(line) if width(line) + BETWEEN.len() + width(key) <= columns => {
                    line.push_str(BETWEEN);
                    line.push_str(key);
                }
                _ => lines.push((*key).to_owned()),
            }
        }
        lines
    }

    /// What is said in place of the keys; it fits a line of the smallest window.
    fn note(&self, note: Note) -> String {
        let words = self.words;
        let said = match note {
            Note::NothingChosen => words.nothing_chosen,
            Note::Unknown => words.no_such_key,
            Note::Leaving => words.leave_on_enter,
        };
        said.to_owned()
    }

    /// Puts a choice on as many pages as the window needs below so many rows; `false` if it has no
    /// room at all. Where room is scarce, the first line of keys has to do.
    fn fits(&mut self, choice: &mut Choice, several: bool, above: usize) -> bool {
        if !self.is_roomy() {
            return false;
        }
        let columns = self.page().columns();
        let rows = self.page().rows();
        let all = self.key_lines(several).len();
        [all, 1].into_iter().any(|keys| {
            self.key_rows = keys;
            let room = rows.saturating_sub(above + keys);
            choice.lay_out(columns, room) && (choice.pages() == 1 || keys == 1)
        })
    }

    /// The lines below a choice: its keys, or what has to be said in their place.
    fn below(&mut self, choice: &Choice, several: bool) -> Vec<String> {
        let (tone, lines) = match choice.note() {
            Some(note) => (Tone::Plain, vec![self.note(note)]),
            None => (Tone::Quiet, self.key_lines(several)),
        };
        let rows = self.key_rows;
        let lines = lines.iter().take(rows);
        let page = self.page();
        lines.map(|line| page.styled(tone, line)).collect()
    }

    fn draw(&mut self, choice: &Choice, several: bool) -> Result<()> {
        let columns = self.page().columns();
        let (mut lines, chosen) = choice.lines(columns, &self.theme);
        let row = chosen.unwrap_or(lines.len());
        lines.extend(self.below(choice, several));
        Ok(self.page().draw(lines, (row, 0))?)
    }

    /// Lets the user choose. What stands above takes so many rows, and is drawn again when the
    /// window changes.
    fn pick(
        &mut self,
        choice: &mut Choice,
        several: bool,
        above: &dyn Fn(&Self) -> usize,
    ) -> Result<Picked> {
        self.read_keys()?;
        loop {
            let rows = above(self);
            if !self.fits(choice, several, rows) {
                self.page().erase()?;
                return Ok(Picked::NoRoom);
            }
            self.draw(choice, several)?;
            match self.pressed(GLANCE)? {
                Pressed::Keys(keys, pasted) => {
                    match choice.press(&keys, pasted, Instant::now(), &mut self.pace) {
                        Event::Open => {}
                        event => {
                            self.page().erase()?;
                            return Ok(Picked::Event(event));
                        }
                    }
                }
                Pressed::Nothing => {}
                Pressed::Changed => {
                    let rows = above(self);
                    if self.fits(choice, several, rows) {
                        let columns = self.page().columns();
                        let options = choice.lines(columns, &self.theme).0.len();
                        let rows = options + self.key_rows;
                        self.page().redraw(rows)?;
                    }
                }
                Pressed::End => {
                    self.page().erase()?;
                    return Ok(Picked::End);
                }
            }
        }
    }

    /// The list of what else can be done, behind Esc; nothing, if the question is to be asked
    /// again.
    fn what_now(&mut self) -> Result<Option<Command>> {
        let words = self.words;
        // "Back to the question" stands last here: why is what Esc, Enter gives.
        let options: Vec<String> = words.commands[1..]
            .iter()
            .chain(&words.commands[..1])
            .map(|c| (*c).to_owned())
            .collect();
        let mut choice = Choice::of_one(options.clone(), Some(0), self.words);
        let title = self.page().mark();
        self.tell(Tone::Strong, "", words.what_now)?;
        let picked = self.pick(&mut choice, false, &|_| 1)?;
        self.page().take_back(title)?;
        match picked {
            Picked::Event(Event::One(place)) => return Ok(Command::ALL.get(place).copied()),
            Picked::Event(Event::Command(command)) => return Ok(Some(command)),
            Picked::Event(_) => return Ok(None),
            Picked::End => return Ok(Some(Command::Leave)),
            Picked::NoRoom => {}
        }
        let input = Input::One {
            options,
            preset: Preset::Cursor(0),
        };
        let prompt = Prompt::new(words.what_now, input);
        self.read_lines()?;
        Ok(match self.lines.ask(&prompt)? {
            Reply::One(place) => Command::ALL.get(place).copied(),
            Reply::Command(command) => Some(command),
            _ => None,
        })
    }

    /// Asks with a menu; nothing, if it does not fit the window.
    fn choose(&mut self, prompt: &Prompt) -> Result<Option<Reply>> {
        let (mut choice, several) = match &prompt.input {
            Input::One { options, preset } => {
                let start = match preset {
                    Preset::Nothing => None,
                    Preset::Cursor(place) | Preset::Default(place) => Some(*place),
                };
                let options = options.iter().map(|o| tame(o).into_owned()).collect();
                (Choice::of_one(options, start, self.words), false)
            }
            Input::Several { options, ticked } => {
                let options = options.iter().map(|o| tame(o).into_owned()).collect();
                (Choice::of_several(options, ticked, self.words), true)
            }
            Input::Typed { .. } => return Ok(None),
        };
        // What has changed so far is measured now.
        self.screen.has_changed();
        self.screen.forget_keys();
        let above = |menu: &Self| menu.lines.rows_above(prompt);
        let rows = above(self);
        if !self.fits(&mut choice, several, rows) {
            return Ok(None);
        }
        let before = self.page().mark();
        self.lines.show_question(prompt)?;
        if let Some(reply) = self.watch(prompt)? {
            return Ok(Some(reply));
        }
        loop {
            let reply = match self.pick(&mut choice, several, &above)? {
                Picked::Event(Event::One(place)) => Reply::One(place),
                Picked::Event(Event::Several(places)) => Reply::Several(places),
                Picked::Event(Event::Command(command)) => return Ok(Some(Reply::Command(command))),
                Picked::Event(Event::Open | Event::Help) => match self.what_now()? {
                    Some(command) => return Ok(Some(Reply::Command(command))),
                    None => continue,
                },
                Picked::End => return Ok(Some(Reply::End)),
                Picked::NoRoom => {
                    self.page().forget(before);
                    self.page().redraw(0)?;
                    return Ok(None);
                }
            };
            let said = said(&reply, &prompt.input, self.words).unwrap_or_default();
            self.tell(Tone::Accent, "› ", &said)?;
            return Ok(Some(reply));
        }
    }

    /// Waits for a key where the next question would push out of sight what the user has just
    /// asked to see.
    fn let_read(&mut self, prompt: &Prompt) -> Result<()> {
        let Some(wished) = self.wished.take() else {
            return Ok(());
        };
        // Typed lines have a hint and their own row.
        let options = match &prompt.input {
            Input::One { options, .. } | Input::Several { options, .. } => options.len(),
            Input::Typed { .. } => 1,
        };
        let next = self.lines.rows_above(prompt) + options + 1;
        if self.page().rows_since(wished) + next <= self.page().rows() {
            return Ok(());
        }
        self.read_keys()?;
        let keys = self.words.read_on;
        loop {
            self.page().draw_line(keys)?;
            match self.pressed(GLANCE)? {
                Pressed::Changed => self.page().redraw(1)?,
                Pressed::Nothing => {}
                Pressed::End => break,
                Pressed::Keys(pressed, _) => {
                    let now = Instant::now();
                    let held = pressed.iter().all(|key| self.pace.is_repeat(*key, now));
                    if !held {
                        break;
                    }
                }
            }
        }
        Ok(self.page().erase()?)
    }

    fn ask_now(&mut self, prompt: &Prompt) -> Result<Reply> {
        if let Some(reply) = self.choose(prompt)? {
            return Ok(reply);
        }
        if let Some(reply) = self.edit(prompt)? {
            return Ok(reply);
        }
        // What does not fit the window.
        loop {
            self.read_lines()?;
            match self.lines.ask(prompt)? {
                Reply::Command(Command::Why) if matches!(prompt.input, Input::Typed { .. }) => {
                    if let Some(command) = self.what_now()? {
                        return Ok(Reply::Command(command));
                    }
                }
                reply => return Ok(reply),
            }
        }
    }
}

impl<R, W> Drop for Menu<R, W> {
    /// What was typed behind the last answer, such as the rest of a paste, is not for the shell.
    fn drop(&mut self) {
        self.screen.forget_keys();
    }
}

impl<R: BufRead, W: Write> Front for Menu<R, W> {
    fn tell(&mut self, tone: Tone, lead: &str, text: &str) -> Result<()> {
        self.lines.tell(tone, lead, text)
    }

    fn verbatim(&mut self, tone: Tone, line: &str) -> Result<()> {
        self.lines.verbatim(tone, line)
    }

    fn columns(&self) -> usize {
        self.lines.columns()
    }

    fn gap(&mut self) -> Result<()> {
        self.lines.gap()
    }

    fn ask(&mut self, prompt: &Prompt) -> Result<Reply> {
        self.let_read(prompt)?;
        let reply = self.ask_now(prompt)?;
        if let Reply::Command(Command::Why | Command::Ticket) = reply {
            self.wished = Some(self.page().mark());
        }
        Ok(reply)
    }
}

/// How the lines of a choice look: one accent for where the cursor is, nothing that needs a special
/// font. Each line of an option is styled by itself, as it is drawn by itself.
struct Look {
    colour: bool,
}

impl Look {
    fn item(&self, f: &mut dyn fmt::Write, text: &str, sign: &str, active: bool) -> fmt::Result {
        let style = console::Style::new()
            .for_stderr()
            .force_styling(self.colour);
        let style = if active { style.cyan() } else { style };
        let cursor = if active { "❯" } else { " " };
        for (n, line) in text.split('\n').enumerate() {
            if n > 0 {
                f.write_char('\n')?;
            }
            let line = match n {
                0 => format!("{cursor} {sign}{line}"),
                _ => format!("  {}{line}", " ".repeat(sign.len())),
            };
            write!(f, "{}", style.apply_to(line))?;
        }
        Ok(())
    }
}

impl Theme for Look {
    fn format_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        text: &str,
        active: bool,
    ) -> fmt::Result {
        self.item(f, text, "", active)
    }

    fn format_multi_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        text: &str,
        checked: bool,
        active: bool,
    ) -> fmt::Result {
        self.item(f, text, if checked { "[x] " } else { "[ ] " }, active)
    }
}
