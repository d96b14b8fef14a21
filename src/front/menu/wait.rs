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
        let reply = self.watch_until(wait, &prompt.commands)?;
        self.page().erase()?;
        if reply.is_none() && self.cut_short != Some(wait) {
            self.page().ring()?;
            self.tell(Tone::Plain, "", self.words.wait_over)?;
        }
        Ok(reply)
    }

    fn watch_until(&mut self, mut wait: Wait, commands: &[Command]) -> Result<Option<Reply>> {
        self.read_keys()?;
        let begun = wait;
        let mut asked = None;
        // The clock is asked each time: the machine may sleep in between.
        loop {
            let now = self.clock.now();
            wait = wait.by(now);
            let Some(left) = wait.left(now) else {
                return Ok(None);
            };
            let clock = self.words.waiting(wait.gone(now), left, wait.until());
            let keys = match asked {
                Some(command) => self.asked(command).to_owned(),
                None => self.key_line(self.words.wait_keys, commands),
            };
            self.page().draw(vec![clock, keys], (1, 0))?;
            let keys = match self.pressed(Duration::from_secs(1))? {
                Pressed::Keys(keys, false) => keys,
                Pressed::Keys(_, true) | Pressed::Nothing => continue,
                Pressed::Changed => {
                    self.page().redraw(2)?;
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
                let was_asked = asked.take();
                let letter = match key {
                    Key::Char(c) => match letter(c) {
                        Some(Letter::Command(command)) => Some(command),
                        _ => None,
                    },
                    Key::Left => Some(Command::Back),
                    Key::Escape => Some(Command::Help),
                    _ => None,
                };
                let alive =
                    |command: &Command| *command == Command::Help || commands.contains(command);
                let command = match (key, was_asked) {
                    (Key::Enter, Some(command)) => Some(command),
                    (Key::Enter, None) if !repeats => {
                        self.cut_short = Some(begun);
                        return Ok(None);
                    }
                    (Key::End, _) => Some(Command::Leave),
                    (Key::Escape, Some(_)) => None,
                    _ => letter.filter(alive),
                };
                match command {
                    Some(command) if command.asks() && key != Key::Enter && key != Key::End => {
                        asked = Some(command).filter(|_| was_asked != Some(command));
                    }
                    Some(Command::Help) => {
                        // In place of the running time.
                        self.page().erase()?;
                        if let Some(command) = self.what_now(commands)? {
                            return Ok(Some(Reply::Command(command)));
                        }
                    }
                    Some(command) => return Ok(Some(Reply::Command(command))),
                    None => {}
                }
            }
        }
    }
}
