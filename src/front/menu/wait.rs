//! A wait that runs by the clock, with a line that tells how much is left.

use super::{Menu, Pressed};
use crate::error::Result;
use crate::front::keys::Key;
use crate::front::pace::{Letter, letter};
use crate::front::prompt::{Command, Front, Prompt, Reply, Tone, Wait};
use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

impl<R: BufRead, W: Write> Menu<R, W> {
    /// Watches a wait go by until it is over or the user wants no more of it. Returns what else
    /// the user wants.
    pub(super) fn watch(&mut self, prompt: &Prompt) -> Result<Option<Reply>> {
        let Some(wait) = prompt.wait.filter(|wait| self.cut_short != Some(*wait)) else {
            return Ok(None);
        };
        let mark = self.page().mark();
        self.tell(Tone::Quiet, "", self.words.wait_keys)?;
        let reply = self.watch_until(wait)?;
        self.page().erase()?;
        self.page().take_back(mark)?;
        if wait.left(self.clock.now()).is_none() {
            self.tell(Tone::Accent, "", self.words.wait_over)?;
        }
        Ok(reply)
    }

    fn watch_until(&mut self, wait: Wait) -> Result<Option<Reply>> {
        self.read_keys()?;
        let mut leaving = false;
        // The clock is asked each time: the machine may sleep in between.
        loop {
            let now = self.clock.now();
            let Some(left) = wait.left(now) else {
                return Ok(None);
            };
            let line = if leaving {
                self.words.leave_on_enter.to_owned()
            } else {
                self.words.waiting(wait.gone(now), left, wait.until)
            };
            self.page().draw_line(&line)?;
            let keys = match self.pressed(Duration::from_secs(1))? {
                Pressed::Keys(keys, false) => keys,
                Pressed::Keys(_, true) | Pressed::Nothing => continue,
                Pressed::Changed => {
                    self.page().redraw(1)?;
                    continue;
                }
                Pressed::End => return Ok(Some(Reply::End)),
            };
            let is_char = |key: &&Key| matches!(key, Key::Char(_));
            if keys.iter().filter(is_char).count() > 1 {
                continue;
            }
            for key in keys {
                let repeats = self.pace.is_repeat(key, Instant::now());
                let was_leaving = std::mem::take(&mut leaving);
                let command = match key {
                    Key::Enter if was_leaving => Some(Command::Leave),
                    Key::Enter if !repeats => {
                        self.cut_short = Some(wait);
                        return Ok(None);
                    }
                    Key::End => Some(Command::Leave),
                    Key::Escape if !was_leaving => self.help()?,
                    Key::Left => Some(Command::Back),
                    Key::Char(c) => match letter(c) {
                        Some(Letter::Command(Command::Leave)) => {
                            leaving = true;
                            None
                        }
                        Some(Letter::Command(command)) => Some(command),
                        Some(Letter::Help) => self.help()?,
                        _ => None,
                    },
                    _ => None,
                };
                if let Some(command) = command {
                    return Ok(Some(Reply::Command(command)));
                }
            }
        }
    }

    /// What else can be done, in place of the running time.
    fn help(&mut self) -> Result<Option<Command>> {
        self.page().erase()?;
        self.what_now()
    }
}
