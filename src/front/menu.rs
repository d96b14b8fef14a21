//! The front end for a terminal that can be drawn on.

use self::theme::Theming;
use super::draft::Draft;
use super::keys::{Key, Keys};
use super::lines::Lines;
use super::pace::Pace;
use super::page::Page;
use super::prompt::{Command, Front, Input, Prompt, Reply, Tone, Wait};
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
    /// Where on the page the text begins that the user has just asked to see.
    requested: Option<usize>,
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
            requested: None,
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

    /// Waits for a key if the next question would push what the user has just asked to see off the
    /// screen.
    fn pause_before_scroll(&mut self, prompt: &Prompt) -> Result<()> {
        let Some(requested) = self.requested.take() else {
            return Ok(());
        };
        // Typed lines have a hint and their own row.
        let options = match &prompt.input {
            Input::One { options, .. } | Input::Several { options, .. } => options.len(),
            Input::Typed { .. } => 1,
        };
        let next = self.lines.rows_above(prompt) + options + 1;
        if self.page().rows_since(requested) + next <= self.page().rows() {
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
        self.lines.tell(tone, lead, text)
    }

    fn verbatim(&mut self, tone: Tone, line: &str) -> Result<()> {
        self.lines.verbatim(tone, line)
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
        self.pause_before_scroll(prompt)?;
        let reply = self.ask_now(prompt)?;
        if let Reply::Command(Command::Why | Command::Ticket) = reply {
            self.requested = Some(self.page().mark());
        }
        Ok(reply)
    }
}
