//! The front end for anything but a terminal that can be drawn on: numbered choices, typed lines.

use super::draft::Draft;
use super::page::Page;
use super::prompt::{Command, Front, Input, Preset, Prompt, Reply, Tone};
use super::signals::pressed_within;
use super::typed::{command, label_of, understand};
use crate::error::Result;
use crate::field;
use crate::redact::{Clean, Raw};
use crate::text::fold;
use crate::words::Words;
use std::io::{BufRead, Read, Write};
use std::time::Duration;

/// How long the next line of a paste may take to come.
const PASTE: Duration = Duration::from_millis(20);
/// The longest line that is read, in bytes; the rest counts as the next line.
const MAX_LINE: u64 = 64 * 1024;

/// The lines front end, over any reader and writer.
pub struct Lines<R, W> {
    input: R,
    page: Page<W>,
    words: &'static Words,
    /// Whether the terminal shows what is typed; if not, a newline ends each prompt.
    echoes: bool,
    explained: bool,
}

impl<R: BufRead, W: Write> Lines<R, W> {
    /// A front end that reads answers from `input`. `echoes` says whether the terminal shows what
    /// is typed.
    pub fn new(input: R, page: Page<W>, words: &'static Words, echoes: bool) -> Lines<R, W> {
        Lines {
            input,
            page,
            words,
            echoes,
            explained: false,
        }
    }

    /// One line without its newline, or nothing at the end of the input. Bytes that are not UTF-8
    /// are replaced. At a terminal, the lines of a paste become one if `joins`, and keys that the
    /// terminal passes on instead of editing the line, such as arrows, edit it here.
    fn read(&mut self, joins: bool) -> Result<Option<String>> {
        let mut line = Vec::new();
        let mut input = self.input.by_ref().take(MAX_LINE);
        input.read_until(b'\n', &mut line)?;
        while self.echoes && joins && line.ends_with(b"\n") && pressed_within(PASTE) {
            input.read_until(b'\n', &mut line)?;
        }
        self.page.asked();
        // Ctrl-D leaves the line open, too.
        if !self.echoes || !line.ends_with(b"\n") {
            self.page.gap()?;
        }
        if line.is_empty() {
            return Ok(None);
        }
        Ok(Some(if self.echoes {
            Draft::of(line.trim_ascii_end()).text()
        } else {
            let line = String::from_utf8_lossy(&line);
            line.trim_end_matches(['\n', '\r']).to_owned()
        }))
    }

    /// The page that this front end writes on.
    pub fn page(&mut self) -> &mut Page<W> {
        &mut self.page
    }

    /// The bytes of keys that have been pressed and not been read; none at the end of the input.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn keys(&mut self) -> Result<Vec<u8>> {
        let keys = self.input.fill_buf()?.to_vec();
        self.input.consume(keys.len());
        Ok(keys)
    }

    /// A typed line as it may be shown: without its secrets.
    #[must_use]
    pub fn echo(&self, typed: Raw, input: &Input) -> Clean {
        let field = match input {
            Input::Typed { field, .. } => *field,
            _ => None,
        };
        field::masked_echo(field, typed).in_language(self.words.tag)
    }

    /// Where one is, and what to do before the question.
    fn action(prompt: &Prompt) -> impl Iterator<Item = (Tone, &String)> {
        let place = prompt.place.iter().map(|place| (Tone::Quiet, place));
        let action = prompt.action.iter().map(|action| (Tone::Plain, action));
        place.chain(action)
    }

    /// The question, and what helps with it.
    fn question(prompt: &Prompt) -> impl Iterator<Item = (Tone, &String)> {
        let aside = prompt.aside.iter().map(|aside| (Tone::Quiet, aside));
        [(Tone::Strong, &prompt.text)].into_iter().chain(aside)
    }

    /// Shows where one is, and what to do before the question.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn show_action(&mut self, prompt: &Prompt) -> Result<()> {
        for (tone, text) in Self::action(prompt) {
            self.page.tell(tone, "", text)?;
        }
        Ok(())
    }

    /// Shows a question, without its options.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn show_question(&mut self, prompt: &Prompt) -> Result<()> {
        for (tone, text) in Self::question(prompt) {
            self.page.tell(tone, "", text)?;
        }
        Ok(())
    }

    /// The rows that [`Lines::show_action`] and [`Lines::show_question`] take.
    pub fn rows_above(&self, prompt: &Prompt) -> usize {
        let columns = self.page.columns();
        let all = Self::action(prompt).chain(Self::question(prompt));
        all.map(|(_, text)| fold(text, columns).len()).sum()
    }

    fn show(&mut self, prompt: &Prompt) -> Result<()> {
        self.show_action(prompt)?;
        self.show_question(prompt)?;
        if let Some(wait) = &prompt.wait {
            let until = self.words.wait_until(wait.until());
            self.page.tell(Tone::Plain, "", &until)?;
        }
        if let Input::One { options, .. } | Input::Several { options, .. } = &prompt.input {
            for (n, option) in (1..).zip(options) {
                self.page.tell(Tone::Plain, &format!("{n:>2}. "), option)?;
            }
        }
        let chosen = !matches!(prompt.input, Input::Typed { .. });
        if chosen && !std::mem::replace(&mut self.explained, true) {
            self.page.tell(Tone::Quiet, "", self.words.lines_keys)?;
        }
        Ok(())
    }

    /// Lists what can be typed besides an answer.
    fn list(&mut self, commands: &[Command]) -> Result<()> {
        for (command, said) in Command::ALL.into_iter().zip(self.words.commands) {
            if commands.contains(&command) {
                let lead = format!("  {}  ", command.letter());
                self.page.tell(Tone::Plain, &lead, said)?;
            }
        }
        Ok(())
    }

    fn what_to_type(&self, input: &Input) -> String {
        let words = self.words;
        match input {
            Input::One {
                options,
                preset: Preset::Default(n),
            } => words.type_number_or(options.len(), &options[*n]),
            Input::One { options, .. } => words.type_number(options.len()),
            Input::Several { ticked, least, .. } if ticked.len() < *least => {
                words.type_numbers_least(*least)
            }
            Input::Several { ticked, .. } if ticked.is_empty() => words.type_numbers.to_owned(),
            Input::Several {
                options, ticked, ..
            } => {
                let ticked: Vec<&str> = ticked.iter().map(|n| options[*n].as_str()).collect();
                words.type_numbers_or(ticked.join(words.comma))
            }
            Input::Typed {
                default: Some(default),
                ..
            } => format!(
                "[{default}] {} >",
                words.aside(words.default_keys).trim_start()
            ),
            Input::Typed { default: None, .. } => {
                format!("{} >", words.aside(words.typed_keys).trim_start())
            }
        }
    }
}

impl<R: BufRead, W: Write> Front for Lines<R, W> {
    fn tell(&mut self, tone: Tone, lead: &str, text: &str) -> Result<()> {
        Ok(self.page.tell(tone, lead, text)?)
    }

    fn verbatim(&mut self, tone: Tone, line: &str) -> Result<()> {
        Ok(self.page.verbatim(tone, line)?)
    }

    fn columns(&self) -> usize {
        self.page.columns()
    }

    fn gap(&mut self) -> Result<()> {
        Ok(self.page.gap()?)
    }

    fn mark(&self) -> usize {
        self.page.mark()
    }

    fn is_in_sight(&self, mark: usize, more: usize) -> bool {
        let window = self.page.window();
        window.is_none_or(|(rows, _)| self.page.rows_since(mark) + more < usize::from(rows))
    }

    fn ask(&mut self, prompt: &Prompt) -> Result<Reply> {
        self.show(prompt)?;
        loop {
            let ask = self.what_to_type(&prompt.input);
            self.page.ask(&ask)?;
            let joins = matches!(prompt.input, Input::Typed { .. });
            let Some(typed) = self.read(joins)? else {
                return Ok(Reply::End);
            };
            if self.echoes {
                let typed = self.echo(Raw::new(typed.clone()), &prompt.input);
                self.page.shown(&format!("{ask} {typed}"));
                // The terminal erases only half of a Chinese character, and shows arrow keys as
                // letters.
                if joins && !typed.is_ascii() {
                    self.page.tell(Tone::Plain, "› ", &typed)?;
                }
            }
            match command(&typed) {
                Some(Command::Help) => {
                    self.list(&prompt.commands)?;
                    continue;
                }
                Some(command) => return Ok(Reply::Command(command)),
                None => {}
            }
            if let Some(reply) = understand(&typed, &prompt.input, self.words) {
                if let Some(said) = label_of(&reply, &prompt.input, self.words) {
                    self.page.tell(Tone::Plain, "› ", &said)?;
                }
                return Ok(reply);
            }
            if typed.trim().is_empty() {
                self.page.tell(Tone::Plain, "", self.words.nothing_typed)?;
                continue;
            }
            let is_said = typed.chars().filter(|c| c.is_alphabetic()).count() > 2;
            if is_said && prompt.commands.contains(&Command::Say) {
                return Ok(Reply::Said(Raw::new(typed)));
            }
            let count = match &prompt.input {
                Input::One { options, .. } | Input::Several { options, .. } => options.len(),
                Input::Typed { .. } => 0,
            };
            self.page
                .tell(Tone::Plain, "", &self.words.not_an_answer(count))?;
        }
    }
}
