//! Numbered choices, one typed line each: for screen readers, pipes, small windows and tests.

use super::editor::Draft;
use super::page::Page;
use super::signals::pressed_within;
use super::{Command, Front, Input, Preset, Prompt, Reply, Tone};
use crate::field;
use crate::field::half_width;
use crate::guide::Standing;
use crate::redact::{Clean, Raw};
use crate::text::fold;
use crate::words::{Words, is_any};
use anyhow::Result;
use std::io::{BufRead, Read, Write};
use std::time::Duration;

/// How long the next line of a paste may take to come.
const PASTE: Duration = Duration::from_millis(20);
/// The longest line that is read, in bytes; what is behind it counts as the next line.
const MAX_LINE: u64 = 64 * 1024;

/// The command that a typed line stands for, in any language.
#[must_use]
pub fn command(typed: &str) -> Option<Command> {
    let typed = plain(typed);
    Command::ALL.into_iter().find(|command| {
        is_any(&typed, |words| match command {
            Command::Why => words.why,
            Command::Back => words.back,
            Command::Change => words.change,
            Command::Ticket => words.ticket,
            Command::Leave => words.leave,
        })
    })
}

/// A typed line without spaces at its ends, in lower case, full-width characters as plain ones.
fn plain(typed: &str) -> String {
    typed
        .chars()
        .map(half_width)
        .collect::<String>()
        .trim()
        .to_lowercase()
}

/// The lines front end, over any reader and writer.
pub struct Lines<R, W> {
    input: R,
    page: Page<W>,
    words: &'static Words,
    /// Whether what is typed can be seen; if not, a newline ends each prompt.
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

    /// One line without its newline, or nothing at the end of the input. Bytes that are no UTF-8
    /// are replaced. At a terminal, the lines of a paste are one if `joins`, and keys that the
    /// terminal does not know have done what they do elsewhere.
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
    pub fn heard(&self, typed: Raw, input: &Input) -> Clean {
        let field = match input {
            Input::Typed { field, .. } => *field,
            _ => None,
        };
        field::masked_echo(field, typed).in_language(self.words.tag)
    }

    /// Where one is, the question, and what helps with it.
    fn question(prompt: &Prompt) -> impl Iterator<Item = (Tone, &String)> {
        let place = prompt.place.iter().map(|place| (Tone::Quiet, place));
        let aside = prompt.aside.iter().map(|aside| (Tone::Quiet, aside));
        place.chain([(Tone::Strong, &prompt.text)]).chain(aside)
    }

    /// Shows a prompt without its options.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn show_question(&mut self, prompt: &Prompt) -> Result<()> {
        for (tone, text) in Self::question(prompt) {
            self.page.tell(tone, "", text)?;
        }
        Ok(())
    }

    /// The rows that [`Lines::show_question`] takes.
    pub fn rows_above(&self, prompt: &Prompt) -> usize {
        let columns = self.page.columns();
        Self::question(prompt)
            .map(|(_, text)| fold(text, columns).len())
            .sum()
    }

    fn show(&mut self, prompt: &Prompt) -> Result<()> {
        self.show_question(prompt)?;
        if let Some(wait) = &prompt.wait {
            let until = self.words.wait_until(wait.until);
            self.page.tell(Tone::Quiet, "", &until)?;
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

    fn what_to_type(&self, input: &Input) -> String {
        let words = self.words;
        match input {
            Input::One {
                options,
                preset: Preset::Default(n),
            } => words.type_number_or(options.len(), &options[*n]),
            Input::One { options, .. } => words.type_number(options.len()),
            Input::Several { ticked, .. } if ticked.is_empty() => words.type_numbers.to_owned(),
            Input::Several { options, ticked } => {
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

    /// What a typed line answers, or nothing if it answers nothing.
    #[must_use]
    pub fn understand(&self, typed: &str, input: &Input) -> Option<Reply> {
        match input {
            Input::One {
                preset: Preset::Default(n),
                ..
            } if typed.trim().is_empty() => Some(Reply::One(*n)),
            Input::One { options, .. } => option(typed, options).map(Reply::One),
            Input::Several { ticked, .. } if typed.trim().is_empty() => {
                (!ticked.is_empty()).then(|| Reply::Several(ticked.clone()))
            }
            Input::Several { options, .. } => {
                if self.words.none.contains(&plain(typed).as_str()) {
                    return Some(Reply::Several(Vec::new()));
                }
                if let Some(one) = option(typed, options) {
                    return Some(Reply::Several(vec![one]));
                }
                // Numbers may stand with spaces between them; words have spaces of their own.
                let commas: &[char] = &[',', '，', '、', ';', '；'];
                let spaces: &[char] = &[',', '，', '、', ';', '；', ' '];
                let mut places = [commas, spaces].into_iter().find_map(|between| {
                    let parts = typed.split(between).filter(|p| !p.trim().is_empty());
                    let places = parts
                        .map(|p| option(p, options))
                        .collect::<Option<Vec<_>>>()?;
                    (!places.is_empty()).then_some(places)
                })?;
                places.sort_unstable();
                places.dedup();
                Some(Reply::Several(places))
            }
            Input::Typed {
                default: Some(default),
                ..
            } if typed.trim().is_empty() => Some(Reply::Typed(Raw::new(default.clone()))),
            Input::Typed { .. } if is_any(&plain(typed), |words| words.nothing) => {
                Some(Reply::Typed(Raw::new("")))
            }
            Input::Typed { .. } => Some(Reply::Typed(Raw::new(typed))),
        }
    }
}

/// The option that is meant, by its number or by all of its words. A part of them does not do: "no"
/// may be meant as the answer to another half of the question than the one that begins with it.
fn option(typed: &str, options: &[String]) -> Option<usize> {
    let typed = plain(typed);
    if let Ok(n) = typed.trim_end_matches('.').parse::<usize>() {
        return n.checked_sub(1).filter(|n| *n < options.len());
    }
    options.iter().position(|option| plain(option) == typed)
}

/// An answer in words, if it does not stand there already as it was typed.
#[must_use]
pub fn said(reply: &Reply, input: &Input, words: &Words) -> Option<String> {
    match (reply, input) {
        (Reply::One(n), Input::One { options, .. }) => options.get(*n).cloned(),
        (Reply::Typed(typed), _) if typed.is_empty() => {
            Some(words.standing(Standing::Skipped.id()).to_owned())
        }
        (Reply::Several(places), _) if places.is_empty() => Some(words.none[0].to_owned()),
        (Reply::Several(places), Input::Several { options, .. }) => {
            let labels: Vec<&str> = places.iter().map(|n| options[*n].as_str()).collect();
            Some(labels.join(words.semicolon))
        }
        _ => None,
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
                let typed = self.heard(Raw::new(typed.clone()), &prompt.input);
                self.page.shown(&format!("{ask} {typed}"));
                // The terminal erases Chinese by half, and shows keys that it does not know.
                if joins && !typed.is_ascii() {
                    self.page.tell(Tone::Accent, "› ", &typed)?;
                }
            }
            if let Some(command) = command(&typed) {
                return Ok(Reply::Command(command));
            }
            if let Some(reply) = self.understand(&typed, &prompt.input) {
                if let Some(said) = said(&reply, &prompt.input, self.words) {
                    self.page.tell(Tone::Accent, "› ", &said)?;
                }
                return Ok(reply);
            }
            if typed.trim().is_empty() {
                continue;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_reached_by_its_number_and_by_its_words() {
        let options = [
            "Verifying or pending".to_owned(),
            "Failed".to_owned(),
            "Verified".to_owned(),
        ];
        assert_eq!(option("2", &options), Some(1));
        assert_eq!(option(" ２ ", &options), Some(1));
        assert_eq!(option("failed", &options), Some(1));
        assert_eq!(option("fa", &options), None);
        assert_eq!(option("4", &options), None);
        assert_eq!(option("0", &options), None);
        assert_eq!(option("", &options), None);
    }

    #[test]
    fn commands_are_words_of_both_languages() {
        assert_eq!(command("？"), Some(Command::Why));
        assert_eq!(command(" 返回 "), Some(Command::Back));
        assert_eq!(command("Q"), Some(Command::Leave));
        assert_eq!(command("1"), None);
    }
}
