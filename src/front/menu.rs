//! The front end for a terminal that can be drawn on.

use self::theme::Theming;
use super::draft::Draft;
use super::keys::{Key, Keys};
use super::lines::Lines;
use super::pace::Pace;
use super::page::Page;
use super::prompt::{Front, Input, Prompt, Reply, Tone, Wait};
use super::signals::{ByKey, Screen, pressed_within};
use crate::clock::Clock;
use crate::error::Result;
use crate::words::Words;
use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

mod choose;
mod hints;
mod line;
mod theme;
mod wait;

/// A window with fewer rows or columns gets numbered lines.
const SMALLEST: (u16, u16) = (8, 36);
/// How often to look whether the window has changed while no key comes.
const GLANCE: Duration = Duration::from_millis(250);

/// The fewest rows for the options of a menu that leaves something else in sight.
const FEWEST_ROWS: usize = 4;

/// More rows than a short question and its menu draw: they may have pushed off the window what stood
/// above.
const ROWS_OF_QUESTION: usize = 9;

/// The menu front end; where a prompt does not fit the window, the lines front end asks it.
pub struct Menu<R, W> {
    lines: Lines<R, W>,
    clock: Clock,
    words: &'static Words,
    screen: Screen,
    theme: Theming,
    /// While keys are read one by one.
    by_key: Option<ByKey>,
    keys: Keys,
    pace: Pace,
    /// Whether there is room for empty lines around the options.
    airy: bool,
    /// The question at which something was typed last, what that was, and whether it was given as an
    /// answer.
    draft: Option<(String, Draft, bool)>,
    /// The wait that the user has stopped watching.
    cut_short: Option<Wait>,
    /// Where on the page the text begins that must not scroll away before it is read.
    held: Option<usize>,
    /// Whether anything has been asked.
    has_asked: bool,
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

impl<R: BufRead, W: Write> Menu<R, W> {
    /// Menus on a terminal; `input` and `page` serve prompts that are too large for it, and typed
    /// lines.
    pub fn new(
        input: R,
        page: Page<W>,
        words: &'static Words,
        screen: Screen,
        colour: bool,
        clock: Clock,
    ) -> Menu<R, W> {
        Menu {
            clock,
            lines: Lines::new(input, page, words, true),
            words,
            screen,
            theme: Theming { colour },
            by_key: None,
            keys: Keys::default(),
            pace: Pace::default(),
            airy: false,
            draft: None,
            cut_short: None,
            held: None,
            has_asked: false,
        }
    }

    fn page(&mut self) -> &mut Page<W> {
        self.lines.page()
    }

    /// Whether the window is large enough for anything but numbered lines.
    fn is_roomy(&mut self) -> bool {
        let size = self.page().window();
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

    /// Waits for a key if so many rows more would push off the screen what is to be read first.
    fn pause_before(&mut self, rows: usize) -> Result<()> {
        let Some(held) = self.held else {
            return Ok(());
        };
        if self.page().rows_since(held) + rows <= self.page().rows() {
            return Ok(());
        }
        self.wait_for_reader()?;
        self.held = Some(self.page().mark());
        Ok(())
    }

    /// Waits for a key that is not held down.
    fn wait_for_reader(&mut self) -> Result<()> {
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

    /// The rows that a prompt needs below what is to stay in sight.
    fn rows_of(&mut self, prompt: &Prompt) -> usize {
        let options = match &prompt.input {
            Input::One { options, .. } | Input::Several { options, .. } => options.len(),
            Input::Typed { .. } => 1,
        };
        // A menu that leaves something in sight comes in pages.
        let options = match prompt.below {
            Some(_) => options.min(FEWEST_ROWS),
            None => options,
        };
        self.lines.rows_above(prompt) + options + 1
    }

    /// The rows of what is to stay in sight above a prompt that begins at a mark.
    fn rows_kept(&mut self, prompt: &Prompt, begins: usize) -> usize {
        let room = self.page().rows().saturating_sub(self.rows_of(prompt));
        let kept = [prompt.below, prompt.below.and(self.held)];
        let rows = kept.into_iter().flatten();
        let rows = rows.map(|mark| self.page().rows_between(mark, begins));
        rows.into_iter().find(|rows| *rows <= room).unwrap_or(0)
    }

    fn ask_now(&mut self, prompt: &Prompt) -> Result<Reply> {
        if let Some(reply) = self.choose(prompt)? {
            return Ok(reply);
        }
        if let Some(reply) = self.edit(prompt)? {
            return Ok(reply);
        }
        // What does not fit the window.
        self.read_lines()?;
        self.lines.ask(prompt)
    }
}

impl<R, W> Drop for Menu<R, W> {
    /// What was typed after the last answer, such as the rest of a paste, is not for the shell.
    fn drop(&mut self) {
        if self.has_asked {
            self.screen.forget_keys();
        }
    }
}

impl<R: BufRead, W: Write> Front for Menu<R, W> {
    fn tell(&mut self, tone: Tone, lead: &str, text: &str) -> Result<()> {
        let rows = self.page().rows_of(lead, text, true);
        self.pause_before(rows + 1)?;
        self.lines.tell(tone, lead, text)
    }

    fn verbatim(&mut self, tone: Tone, line: &str) -> Result<()> {
        let rows = self.page().rows_of("", line, false);
        self.pause_before(rows + 1)?;
        self.lines.verbatim(tone, line)
    }

    fn mark(&self) -> usize {
        self.lines.mark()
    }

    fn hold(&mut self) {
        self.held = Some(self.page().mark());
    }

    fn pause(&mut self) -> Result<()> {
        self.wait_for_reader()?;
        self.hold();
        Ok(())
    }

    fn take_back(&mut self, mark: usize, top: usize) -> Result<bool> {
        if !self.is_in_sight(mark, 0) {
            return Ok(false);
        }
        let page = self.page();
        let fits = page.rows_between(top, mark) + ROWS_OF_QUESTION < page.rows();
        if !fits || self.is_in_sight(top, ROWS_OF_QUESTION) {
            self.page().take_back(mark)?;
        } else {
            self.page().forget(mark);
            self.page().redraw_from(top, 1)?;
        }
        Ok(true)
    }

    fn is_in_sight(&self, mark: usize, more: usize) -> bool {
        self.lines.is_in_sight(mark, more)
    }

    fn columns(&self) -> usize {
        self.lines.columns()
    }

    fn draws(&self) -> bool {
        true
    }

    fn gap(&mut self) -> Result<()> {
        self.lines.gap()
    }

    fn ask(&mut self, prompt: &Prompt) -> Result<Reply> {
        self.has_asked = true;
        let rows = self.rows_of(prompt);
        self.pause_before(rows)?;
        let reply = self.ask_now(prompt);
        self.held = None;
        reply
    }
}
