//! A choice on a terminal, drawn below its question.

use super::{GLANCE, Menu, Pressed};
use crate::error::Result;
use crate::front::choice::{Choice, Event, Note};
use crate::front::prompt::{Command, Front, Input, Preset, Prompt, Reply, Tone};
use crate::front::typed::label_of;
use crate::text::{tame, width};
use std::io::{BufRead, Write};
use std::time::Instant;

/// What is between two keys in their line.
const BETWEEN: &str = "   ";

/// What a menu ended with.
enum Picked {
    Event(Event),
    /// The window has no room for it any more.
    NoRoom,
    /// There is nothing more to read.
    End,
}

impl<R: BufRead, W: Write> Menu<R, W> {
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

    /// Divides a choice into as many pages as fit below so many rows; `false` if it does not fit at
    /// all. Where room is scarce, only the first line of keys is shown.
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

    /// Lets the user choose. `above` says how many rows the question takes; it is drawn again when
    /// the window changes.
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

    /// The list of what else can be done, which Esc opens; nothing, if the question is to be asked
    /// again.
    pub(super) fn what_now(&mut self) -> Result<Option<Command>> {
        let words = self.words;
        // "Back to the question" comes last, so that Esc and Enter ask why.
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
    pub(super) fn choose(&mut self, prompt: &Prompt) -> Result<Option<Reply>> {
        let (mut choice, several) = match &prompt.input {
            Input::One { options, preset } => {
                let start = match preset {
                    Preset::Nothing => None,
                    Preset::Cursor(place) | Preset::Default(place) => Some(*place),
                };
                let options = options.iter().map(|o| tame(o).into_owned()).collect();
                (Choice::of_one(options, start, self.words), false)
            }
            Input::Several {
                options,
                ticked,
                least,
            } => {
                let options = options.iter().map(|o| tame(o).into_owned()).collect();
                let choice = Choice::of_several(options, ticked, self.words);
                (choice.at_least(*least), true)
            }
            Input::Typed { .. } => return Ok(None),
        };
        // The window is measured now, so earlier changes no longer matter.
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
            let label = label_of(&reply, &prompt.input, self.words).unwrap_or_default();
            self.tell(Tone::Accent, "› ", &label)?;
            return Ok(Some(reply));
        }
    }
}
