//! Menus on a terminal. The only file that knows dialoguer.
//!
//! dialoguer 0.12 erases as many lines as it thinks a prompt took, and counts them by the bytes of
//! each option and by the window's width. So questions are written by our own page and stay; an
//! option is folded so that each of its lines is short in columns *and* in bytes; the answer is
//! written by the page as well.

use super::lines::{Lines, said};
use super::page::Page;
use super::{Command, Front, Input, Prompt, Reply, Tone};
use crate::text::{fold, fold_within, tame};
use crate::words::Words;
use anyhow::Result;
use console::Term;
use dialoguer::theme::Theme;
use dialoguer::{MultiSelect, Select};
use std::fmt;
use std::io::{BufRead, ErrorKind, Write};
use std::time::Duration;

/// A window with fewer rows or columns gets numbered lines: dialoguer panics below 3 rows, and
/// its hint needs 35 columns.
const SMALLEST: (u16, u16) = (8, 36);

/// The menu front end; where a prompt does not fit the window, the lines front end asks it.
pub struct Menu<R, W> {
    term: Term,
    lines: Lines<R, W>,
    words: &'static Words,
    look: Look,
}

impl<R: BufRead, W: Write> Menu<R, W> {
    /// Menus on a terminal; `input` and `page` serve prompts that are too large for it.
    pub fn new(
        term: Term,
        input: R,
        page: Page<W>,
        words: &'static Words,
        colour: bool,
    ) -> Menu<R, W> {
        let lines = Lines::new(input, page, words, true);
        Menu {
            term,
            lines,
            words,
            look: Look { colour },
        }
    }

    /// The options as dialoguer can show them, or nothing if the prompt does not fit the window.
    /// `mark` is how many columns the theme puts before an option.
    fn fitted(&self, prompt: &Prompt, mark: usize) -> Option<Vec<String>> {
        let (Input::One { options, .. } | Input::Several { options, .. }) = &prompt.input else {
            return None;
        };
        let (rows, columns) = self.term.size_checked()?;
        if rows < SMALLEST.0 || columns < SMALLEST.1 {
            return None;
        }
        let (rows, columns) = (usize::from(rows), usize::from(columns));
        let indent = format!("\n{}", " ".repeat(mark));
        let folded: Vec<Vec<String>> = options
            .iter()
            .map(|o| fold_within(&tame(o), columns - mark - 1, columns - mark - 1))
            .collect();
        let above = [&prompt.place, &Some(prompt.text.clone()), &prompt.aside];
        let above: usize = above
            .into_iter()
            .flatten()
            .map(|t| fold(t, self.lines.columns()).len())
            .sum();
        let needed = above + 1 + folded.iter().map(Vec::len).sum::<usize>();
        // One row is left for the cursor below the last option.
        (needed < rows).then(|| folded.iter().map(|lines| lines.join(&indent)).collect())
    }

    fn show(&mut self, prompt: &Prompt) -> Result<()> {
        if let Some(place) = &prompt.place {
            self.tell(Tone::Quiet, "", place)?;
        }
        self.tell(Tone::Strong, "", &prompt.text)?;
        if let Some(aside) = &prompt.aside {
            self.tell(Tone::Quiet, "", aside)?;
        }
        Ok(())
    }

    fn select(&self, keys: &str, options: &[String], default: usize) -> Result<Option<usize>> {
        let menu = Select::with_theme(&self.look)
            .with_prompt(keys)
            .report(false);
        unless_interrupted(
            menu.items(options)
                .default(default)
                .interact_on_opt(&self.term),
        )
    }

    /// The little menu behind Esc; nothing, if the question is to be asked again.
    fn what_now(&mut self) -> Result<Option<Command>> {
        let words = self.words;
        // "Back to the question" stands last here: why is what Esc, Enter gives.
        let options: Vec<String> = words.commands[1..]
            .iter()
            .chain(&words.commands[..1])
            .map(|c| (*c).to_owned())
            .collect();
        let prompt = Prompt {
            place: None,
            text: words.what_now.to_owned(),
            aside: None,
            input: Input::One {
                options,
                default: None,
            },
        };
        let chosen = match (self.fitted(&prompt, 2), &prompt.input) {
            (Some(fitted), _) => self.select(words.what_now, &fitted, 0)?,
            (None, _) => match self.lines.ask(&prompt)? {
                Reply::One(n) => Some(n),
                Reply::Command(command) => return Ok(Some(command)),
                _ => None,
            },
        };
        Ok(chosen.and_then(|n| Command::ALL.get(n).copied()))
    }

    fn choose(&mut self, prompt: &Prompt) -> Result<Option<Reply>> {
        let mark = if matches!(prompt.input, Input::Several { .. }) {
            6
        } else {
            2
        };
        let Some(fitted) = self.fitted(prompt, mark) else {
            return Ok(None);
        };
        self.show(prompt)?;
        loop {
            let reply = match &prompt.input {
                Input::Several { ticked, .. } => {
                    let marks: Vec<bool> = (0..fitted.len()).map(|n| ticked.contains(&n)).collect();
                    let menu = MultiSelect::with_theme(&self.look)
                        .with_prompt(self.words.several_keys)
                        .report(false);
                    let menu = menu.items(&fitted).defaults(&marks);
                    unless_interrupted(menu.interact_on_opt(&self.term))?.map(Reply::Several)
                }
                Input::One { default, .. } => self
                    .select(self.words.menu_keys, &fitted, default.unwrap_or(0))?
                    .map(Reply::One),
                Input::Typed { .. } => return Ok(None),
            };
            if let Some(reply) = reply {
                let said = said(&reply, &prompt.input, self.words).unwrap_or_default();
                self.tell(Tone::Accent, "› ", &said)?;
                return Ok(Some(reply));
            }
            if let Some(command) = self.what_now()? {
                return Ok(Some(Reply::Command(command)));
            }
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

    fn gap(&mut self) -> Result<()> {
        self.lines.gap()
    }

    fn ask(&mut self, prompt: &Prompt) -> Result<Reply> {
        if let Some(reply) = self.choose(prompt)? {
            return Ok(reply);
        }
        // Typed lines, and menus that do not fit. dialoguer's own line editor shows another text
        // than it returns once Chinese is deleted; the terminal's line editing does not.
        loop {
            match self.lines.ask(prompt)? {
                Reply::Command(Command::Why) if matches!(prompt.input, Input::Typed { .. }) => {
                    if let Some(command) = self.what_now()? {
                        return Ok(Reply::Command(command));
                    }
                }
                reply => return Ok(reply),
            }
        }
    }
}

/// The answer of a menu. One that a signal interrupted has none: the thread that handles the signal
/// ends the program, and this one only has to keep out of its way.
fn unless_interrupted<T>(answer: dialoguer::Result<Option<T>>) -> Result<Option<T>> {
    if let Err(dialoguer::Error::IO(error)) = &answer
        && error.kind() == ErrorKind::Interrupted
    {
        std::thread::sleep(Duration::from_secs(1));
    }
    Ok(answer?)
}

/// How menus look: one accent for where the cursor is, nothing that needs a special font.
struct Look {
    colour: bool,
}

impl Look {
    fn style(&self) -> console::Style {
        console::Style::new()
            .for_stderr()
            .force_styling(self.colour)
    }
}

impl Theme for Look {
    fn format_prompt(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        write!(f, "{}", self.style().dim().apply_to(prompt))
    }

    fn format_select_prompt(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        self.format_prompt(f, prompt)
    }

    fn format_multi_select_prompt(&self, f: &mut dyn fmt::Write, prompt: &str) -> fmt::Result {
        self.format_prompt(f, prompt)
    }

    fn format_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        text: &str,
        active: bool,
    ) -> fmt::Result {
        if active {
            write!(f, "{}", self.style().cyan().apply_to(format!("❯ {text}")))
        } else {
            write!(f, "  {text}")
        }
    }

    fn format_multi_select_prompt_item(
        &self,
        f: &mut dyn fmt::Write,
        text: &str,
        checked: bool,
        active: bool,
    ) -> fmt::Result {
        let cursor = if active { "❯" } else { " " };
        let tick = if checked { "[x]" } else { "[ ]" };
        let line = format!("{cursor} {tick} {text}");
        if active {
            write!(f, "{}", self.style().cyan().apply_to(line))
        } else {
            write!(f, "{line}")
        }
    }
}
