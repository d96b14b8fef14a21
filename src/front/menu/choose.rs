//! A choice on a terminal, drawn below its question.

use super::{GLANCE, Menu, Pressed};
use crate::error::Result;
use crate::front::choice::{Choice, Event, Note};
use crate::front::prompt::{Command, Front, Input, Preset, Prompt, Reply, Tone};
use crate::front::typed::label_of;
use crate::text::tame;
use std::io::{BufRead, Write};
use std::time::Instant;

/// What a menu ended with.
enum Picked {
    Event(Event),
    /// The window has no room for it any more.
    NoRoom,
    /// There is nothing more to read.
    End,
}

impl<R: BufRead, W: Write> Menu<R, W> {
    /// What is said in place of the keys; it fits a line of the smallest window.
    fn note(&self, note: Note) -> &'static str {
        match note {
            Note::NothingChosen => self.words.nothing_chosen,
            Note::Unknown => self.words.no_such_key,
            Note::Asks(command) => self.asked(command),
        }
    }

    /// What Enter would do after the letter of a command.
    pub(super) fn asked(&self, command: Command) -> &'static str {
        match command {
            Command::Cases => self.words.cases_on_enter,
            _ => self.words.leave_on_enter,
        }
    }

    /// Divides a choice into as many pages as fit below so many rows; `false` if it does not fit at
    /// all.
    fn fits(&mut self, choice: &mut Choice, above: usize) -> bool {
        if !self.is_roomy() {
            return false;
        }
        let columns = self.page().columns();
        // The line of keys takes one.
        let room = self.page().rows().saturating_sub(above + 1);
        self.airy = choice.lay_out(columns, room.saturating_sub(2)) && choice.pages() == 1;
        self.airy || choice.lay_out(columns, room)
    }

    /// The lines of a choice, the line of keys or what has to be said in its place the last of
    /// them, and the place of the one that is shown as chosen.
    fn drawing(
        &mut self,
        choice: &Choice,
        how: &str,
        commands: &[Command],
    ) -> (Vec<String>, usize) {
        let columns = self.page().columns();
        let (options, chosen) = choice.lines(columns, &self.theme);
        let air = usize::from(self.airy);
        let mut lines = vec![String::new(); air];
        lines.extend(options);
        lines.extend(vec![String::new(); air]);
        let row = chosen.map_or(lines.len(), |row| row + air);
        lines.push(match choice.note() {
            Some(note) => self.note(note).to_owned(),
            None => self.key_line(how, commands),
        });
        (lines, row)
    }

    /// Lets the user choose. `above` says how many rows the question takes; it is drawn again when
    /// the window changes.
    fn pick(
        &mut self,
        choice: &mut Choice,
        how: &str,
        commands: &[Command],
        above: &dyn Fn(&mut Self) -> usize,
    ) -> Result<Picked> {
        self.read_keys()?;
        loop {
            let rows = above(self);
            if !self.fits(choice, rows) {
                self.page().erase()?;
                return Ok(Picked::NoRoom);
            }
            let (lines, row) = self.drawing(choice, how, commands);
            self.page().draw(lines, (row, 0))?;
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
                    if self.fits(choice, rows) {
                        let (lines, _) = self.drawing(choice, how, commands);
                        self.page().redraw(lines.len())?;
                    }
                }
                Pressed::End => {
                    self.page().erase()?;
                    return Ok(Picked::End);
                }
            }
        }
    }

    /// The list of what else can be done, which Esc opens: what each key does, without those that do
    /// nothing here. Nothing, if the question is to be asked again.
    pub(super) fn what_now(&mut self, commands: &[Command]) -> Result<Option<Command>> {
        let words = self.words;
        let listed = Command::ALL.into_iter().zip(words.commands);
        let listed = listed.filter(|(command, _)| commands.contains(command));
        let option = |(command, said): (Command, &str)| format!("{}  {said}", command.letter());
        let back = format!("Esc  {}", words.back_to_question);
        let options: Vec<String> = listed.map(option).chain([back]).collect();
        let mut choice = Choice::of_one(options.clone(), Some(0), commands, self.words);
        let title = self.page().mark();
        self.tell(Tone::Strong, "", words.what_now)?;
        let how = words.choose_keys;
        let picked = self.pick(&mut choice, how, &[], &|_| 1)?;
        self.page().take_back(title)?;
        let at = |place: usize| commands.get(place).copied();
        match picked {
            Picked::Event(Event::One(place)) => return Ok(at(place)),
            Picked::Event(Event::Command(Command::Help)) => return Ok(None),
            Picked::Event(Event::Command(command)) => return Ok(Some(command)),
            Picked::Event(_) => return Ok(None),
            Picked::End => return Ok(Some(Command::Leave)),
            Picked::NoRoom => {}
        }
        let input = Input::One {
            options,
            preset: Preset::Cursor(0),
        };
        let prompt = Prompt::new(words.what_now, input, commands.to_owned());
        self.read_lines()?;
        let reply = self.lines.ask(&prompt)?;
        // The question may be out of sight.
        self.page().forget(title);
        self.page().redraw(0)?;
        Ok(match reply {
            Reply::One(place) => at(place),
            Reply::Command(command) => Some(command),
            _ => None,
        })
    }

    /// Asks with a menu; nothing, if it does not fit the window.
    pub(super) fn choose(&mut self, prompt: &Prompt) -> Result<Option<Reply>> {
        let commands = &prompt.commands;
        let mut choice = match &prompt.input {
            Input::One { options, preset } => {
                let start = match preset {
                    Preset::Nothing => None,
                    Preset::Cursor(place) | Preset::Default(place) => Some(*place),
                };
                let options = options.iter().map(|o| tame(o).into_owned()).collect();
                Choice::of_one(options, start, commands, self.words)
            }
            Input::Several {
                options,
                ticked,
                least,
            } => {
                let options = options.iter().map(|o| tame(o).into_owned()).collect();
                let choice = Choice::of_several(options, ticked, commands, self.words);
                choice.at_least(*least)
            }
            Input::Typed { .. } => return Ok(None),
        };
        // The window is measured now, so earlier changes no longer matter.
        self.screen.has_changed();
        self.screen.forget_keys();
        let begins = self.page().mark();
        let above =
            |menu: &mut Self| menu.rows_kept(prompt, begins) + menu.lines.rows_above(prompt);
        let rows = above(self);
        if !self.fits(&mut choice, rows) {
            return Ok(None);
        }
        self.lines.show_action(prompt)?;
        if let Some(reply) = self.watch(prompt)? {
            return Ok(Some(reply));
        }
        self.lines.show_question(prompt)?;
        let how = self.how(&prompt.input);
        loop {
            let reply = match self.pick(&mut choice, how, commands, &above)? {
                Picked::Event(Event::One(place)) => Reply::One(place),
                Picked::Event(Event::Several(places)) => Reply::Several(places),
                Picked::Event(Event::Command(Command::Help)) => match self.what_now(commands)? {
                    Some(command) => return Ok(Some(Reply::Command(command))),
                    None => continue,
                },
                Picked::Event(Event::Command(command)) => return Ok(Some(Reply::Command(command))),
                Picked::Event(Event::Open) => continue,
                Picked::End => return Ok(Some(Reply::End)),
                Picked::NoRoom => {
                    self.page().forget(begins);
                    self.page().redraw(0)?;
                    return Ok(None);
                }
            };
            let label = label_of(&reply, &prompt.input, self.words).unwrap_or_default();
            self.tell(Tone::Plain, "› ", &label)?;
            return Ok(Some(reply));
        }
    }
}
