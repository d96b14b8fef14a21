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
        self.lines.show_action(prompt)?;
        self.lines.show_question(prompt)?;
        if let Some(default) = default {
            let dash = self.words.aside(self.words.dash_key);
            self.tell(Tone::Plain, "", &format!("[{default}]{dash}"))?;
        }
        let mut draft = self.kept_draft(prompt);
        let mut note = None;
        loop {
            let ended = self.edit_until(&mut draft, prompt, question, note.take())?;
            let wish = match ended {
                Edited::End => return Ok(Some(Reply::End)),
                Edited::Escape => self.what_now(&prompt.commands)?,
                Edited::Enter if draft.chars() > *most => {
                    note = Some(self.words.problem(Problem::TooLong(*most)));
                    None
                }
                Edited::Enter => match command(&draft.text()) {
                    None => return Ok(self.said(&draft, prompt)),
                    wish => {
                        draft = Draft::default();
                        match wish {
                            Some(Command::Help) => self.what_now(&prompt.commands)?,
                            wish => wish,
                        }
                    }
                },
            };
            if let Some(command) = wish {
                if command.asks() && !draft.is_empty() {
                    self.tell(Tone::Plain, "", self.words.line_lost)?;
                }
                self.draft = Some((prompt.text.clone(), draft, false));
                return Ok(Some(Reply::Command(command)));
            }
        }
    }

    /// What a typed line answers. It is shown without its secrets; one without any is kept, to be
    /// edited if it is refused.
    fn said(&mut self, draft: &Draft, prompt: &Prompt) -> Option<Reply> {
        let reply = understand(&draft.text(), &prompt.input, self.words)?;
        let said = match &reply {
            Reply::Typed(typed) if !typed.is_empty() => {
                if typed.clone().masked().removed.is_empty() {
                    self.draft = Some((prompt.text.clone(), draft.clone(), true));
                }
                self.lines.echo(typed.clone(), &prompt.input).to_string()
            }
            reply => label_of(reply, &prompt.input, self.words).unwrap_or_default(),
        };
        // Writing to a page fails where the terminal is gone; then so does the next prompt.
        self.tell(Tone::Plain, "› ", &said).ok()?;
        Some(reply)
    }

    /// What was typed at this prompt before something else was asked for, or before it was refused.
    fn kept_draft(&mut self, prompt: &Prompt) -> Draft {
        let refused = matches!(prompt.input, Input::Typed { refused: true, .. });
        let kept = self.draft.take();
        let kept = kept.filter(|(at, _, given)| *at == prompt.text && (refused || !given));
        kept.map(|(_, draft, _)| draft).unwrap_or_default()
    }

    /// The line below a draft: its length, where it comes near the limit, and the keys.
    fn below(&mut self, draft: &Draft, prompt: &Prompt, note: Option<&str>) -> String {
        if let Some(note) = note {
            return note.to_owned();
        }
        let how = self.how(&prompt.input);
        match prompt.input {
            Input::Typed { most, .. } if draft.chars() > most / 5 * 4 => {
                let count = format!("{}/{most}  {how}", draft.chars());
                self.key_line(&count, &prompt.commands)
            }
            _ => self.key_line(how, &prompt.commands),
        }
    }

    /// The rows that are left for an edit below what was written since a mark.
    fn room_below(&mut self, mark: usize) -> usize {
        let page = self.page();
        let room = page.rows().saturating_sub(page.rows_since(mark));
        // The line of keys takes one.
        room.saturating_sub(1).max(2)
    }

    /// Lets the user edit a line until a key ends that, then removes it from the screen. What was
    /// written since the mark stays visible if there is room for it and a few rows more.
    fn edit_until(
        &mut self,
        draft: &mut Draft,
        prompt: &Prompt,
        question: usize,
        mut note: Option<String>,
    ) -> Result<Edited> {
        self.read_keys()?;
        loop {
            self.screen
                .types(Some(self.words.line_lost).filter(|_| !draft.is_empty()));
            let most = self.room_below(question);
            let below = self.below(draft, prompt, note.as_deref());
            self.page().edit(draft, most, below)?;
            let keys = match self.pressed(GLANCE)? {
                Pressed::Keys(keys, _) => keys,
                Pressed::Nothing => continue,
                Pressed::Changed => {
                    self.page().redraw(most + 1)?;
                    continue;
                }
                Pressed::End => vec![Key::End],
            };
            note = None;
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
                self.screen.types(None);
                self.page().erase()?;
                return Ok(ended);
            }
        }
    }
}
