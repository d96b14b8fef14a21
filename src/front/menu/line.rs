//! Typed lines, with a line editor of our own.

use super::{GLANCE, Menu, Pressed};
use crate::error::Result;
use crate::field::Problem;
use crate::front::draft::Draft;
use crate::front::keys::Key;
use crate::front::prompt::{Command, Front, Input, Prompt, Reply, Tone};
use crate::front::typed::{command, label_of, understand};
use std::io::{BufRead, Write};
use std::time::Instant;

/// What ended an edit.
enum Edited {
    Enter,
    Escape,
    End,
}

impl<R: BufRead, W: Write> Menu<R, W> {
    /// Asks for a line; nothing, if the window is too small to edit one.
    pub(super) fn edit(&mut self, prompt: &Prompt) -> Result<Option<Reply>> {
        let Input::Typed { default, most, .. } = &prompt.input else {
            return Ok(None);
        };
        if !self.is_roomy() {
            return Ok(None);
        }
        self.screen.has_changed();
        let question = self.page().mark();
        self.lines.show_question(prompt)?;
        let keys = match default {
            Some(default) => {
                self.tell(Tone::Plain, "", &format!("[{default}]"))?;
                self.words.default_keys
            }
            None => self.words.typed_keys,
        };
        self.tell(Tone::Quiet, "", keys)?;
        let mut draft = Draft::default();
        loop {
            let wish = match self.edit_until(&mut draft, question)? {
                Edited::End => return Ok(Some(Reply::End)),
                Edited::Escape => self.what_now()?,
                Edited::Enter if draft.chars() > *most => {
                    let problem = Problem::TooLong(*most);
                    self.tell(Tone::Plain, "  ", &self.words.problem(problem))?;
                    None
                }
                Edited::Enter => match command(&draft.text()) {
                    None => {
                        let reply = understand(&draft.text(), &prompt.input, self.words);
                        if let Some(reply) = &reply {
                            let said = match reply {
                                Reply::Typed(typed) if !typed.is_empty() => {
                                    self.lines.echo(typed.clone(), &prompt.input).to_string()
                                }
                                reply => {
                                    label_of(reply, &prompt.input, self.words).unwrap_or_default()
                                }
                            };
                            self.tell(Tone::Accent, "› ", &said)?;
                        }
                        return Ok(reply);
                    }
                    Some(Command::Why) => {
                        draft = Draft::default();
                        self.what_now()?
                    }
                    wish => wish,
                },
            };
            if let Some(command) = wish {
                return Ok(Some(Reply::Command(command)));
            }
        }
    }

    /// The rows that are left for an edit below what was written since a mark.
    fn room_below(&mut self, mark: usize) -> usize {
        let page = self.page();
        page.rows().saturating_sub(page.rows_since(mark)).max(3)
    }

    /// Lets the user edit a line until a key ends that, then removes it from the screen. What was
    /// written since the mark stays visible if there is room for it and a few rows more.
    fn edit_until(&mut self, draft: &mut Draft, question: usize) -> Result<Edited> {
        self.read_keys()?;
        loop {
            let most = self.room_below(question);
            self.page().edit(draft, most)?;
            let keys = match self.pressed(GLANCE)? {
                Pressed::Keys(keys, _) => keys,
                Pressed::Nothing => continue,
                Pressed::Changed => {
                    self.page().redraw(most)?;
                    continue;
                }
                Pressed::End => vec![Key::End],
            };
            let mut ended = None;
            for key in keys {
                let repeats = self.pace.is_repeat(key, Instant::now());
                match key {
                    // A letter and Enter is a command here, so only a held Enter is none.
                    Key::Enter if repeats && draft.is_empty() => {}
                    Key::Enter => ended = Some(Edited::Enter),
                    Key::Escape => ended = Some(Edited::Escape),
                    Key::End if draft.is_empty() => ended = Some(Edited::End),
                    Key::End => draft.press(Key::Delete),
                    key => draft.press(key),
                }
            }
            if let Some(ended) = ended {
                self.page().erase()?;
                return Ok(ended);
            }
        }
    }
}
