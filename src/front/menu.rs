//! Menus on a terminal. The only file that knows dialoguer.
//!
//! dialoguer 0.12 erases as many lines as it thinks a prompt took, and counts them by the bytes of
//! each option and by the window's width; it pages by items, not by rows; and a resize while it
//! waits makes all its counting wrong. So questions are written by our own page and stay; an option
//! is folded so that each of its lines is short in columns *and* in bytes; options that need more
//! rows than there are come in pages of our own; and when the window changes, the menu is broken
//! off, the page drawn anew, and the menu opened again where it was.

use super::editor::{Draft, Key, Keys};
use super::lines::{Lines, command, said};
use super::page::Page;
use super::signals::{Screen, pressed_within};
use super::{Command, Front, Input, Prompt, Reply, Tone, Wait};
use crate::field::Problem;
use crate::text::{fold_within, tame};
use crate::words::Words;
use anyhow::Result;
use console::Term;
use dialoguer::theme::Theme;
use dialoguer::{MultiSelect, Select};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::io::{BufRead, ErrorKind, Write};
use std::ops::Range;
use std::time::Duration;

/// A window with fewer rows or columns gets numbered lines: dialoguer panics below 3 rows, and
/// its hint needs 35 columns.
const SMALLEST: (u16, u16) = (8, 36);

/// The menu front end; where a prompt does not fit the window, the lines front end asks it.
pub struct Menu<R, W> {
    term: Term,
    lines: Lines<R, W>,
    words: &'static Words,
    screen: Screen,
    look: Look,
    /// The wait that the user did not want to watch any longer.
    cut_short: Option<Wait>,
    /// Where what the user asked to see begins.
    wished: Option<usize>,
}

/// Options as dialoguer can show them.
struct Layout {
    options: Vec<String>,
    pages: Vec<Range<usize>>,
    /// The rows that the longest page takes, its hint and the cursor's line included.
    rows: usize,
}

/// What a menu ended with.
enum Picked<T> {
    This(T),
    Escape,
    /// The window is not what it was.
    Changed,
}

impl<R: BufRead, W: Write> Menu<R, W> {
    /// Menus on a terminal; `input` and `page` serve prompts that are too large for it, and typed
    /// lines.
    pub fn new(
        term: Term,
        input: R,
        page: Page<W>,
        words: &'static Words,
        screen: Screen,
        colour: bool,
    ) -> Menu<R, W> {
        Menu {
            term,
            lines: Lines::new(input, page, words, true),
            words,
            screen,
            look: Look::new(colour),
            cut_short: None,
            wished: None,
        }
    }

    fn page(&mut self) -> &mut Page<W> {
        self.lines.page()
    }

    /// How the options fit below what stands above them, or nothing if they do not. `above` is in
    /// rows; `mark` is how many columns the theme puts before an option.
    fn layout(&self, options: &[String], above: usize, mark: usize) -> Option<Layout> {
        let (rows, columns) = self.term.size_checked()?;
        if rows < SMALLEST.0 || columns < SMALLEST.1 {
            return None;
        }
        // A row for the hint, and one for the cursor below the last option.
        let room = usize::from(rows).checked_sub(above + 2)?;
        let columns = usize::from(columns) - mark - 1;
        let folded: Vec<Vec<String>> = options
            .iter()
            .map(|option| fold_within(&tame(option), columns, columns))
            .collect();
        let heights: Vec<usize> = folded.iter().map(Vec::len).collect();
        let pages = pages(&heights, room)?;
        let height = |page: &Range<usize>| heights[page.clone()].iter().sum::<usize>();
        let tallest = pages.iter().map(height).max().unwrap_or(0);
        let indent = format!("\n{}", " ".repeat(mark));
        Some(Layout {
            options: folded.iter().map(|lines| lines.join(&indent)).collect(),
            rows: tallest + usize::from(pages.len() > 1) + 2,
            pages,
        })
    }

    /// The layout of a prompt's options below its question.
    fn fitted(&self, prompt: &Prompt) -> Option<Layout> {
        let (options, mark) = match &prompt.input {
            Input::One { options, .. } => (options, 2),
            Input::Several { options, .. } => (options, 6),
            Input::Typed { .. } => return None,
        };
        self.layout(options, self.lines.rows_above(prompt), mark)
    }

    /// One of the options, page by page.
    fn one(&self, keys: &str, layout: &Layout, at: &mut usize) -> Result<Picked<usize>> {
        let _by_key = self.screen.by_key();
        let pages = layout.pages.len();
        loop {
            let turned = layout.pages.iter().position(|page| page.contains(at));
            let n = turned.unwrap_or(0);
            let page = layout.pages[n].clone();
            let mut items = layout.options[page.clone()].to_vec();
            if pages > 1 {
                items.push((self.words.more)(n + 1, pages));
            }
            self.look.starts(items.len(), &[]);
            let menu = Select::with_theme(&self.look)
                .with_prompt(keys)
                .report(false)
                .items(&items)
                .default(*at - page.start);
            let picked = self.picked(menu.interact_on_opt(&self.term))?;
            *at = match picked {
                Picked::This(more) if more == page.len() => page.end % layout.options.len(),
                Picked::This(place) => return Ok(Picked::This(page.start + place)),
                Picked::Escape => return Ok(Picked::Escape),
                Picked::Changed => {
                    // Behind the last option stands the way to the next page.
                    *at = page.start + self.look.active.get().min(page.len() - 1);
                    return Ok(Picked::Changed);
                }
            };
        }
    }

    /// Any number of the options, page by page. What is ticked stands in `ticked` at any time.
    fn several(&self, layout: &Layout, ticked: &mut [bool]) -> Result<Picked<()>> {
        let _by_key = self.screen.by_key();
        let pages = layout.pages.len();
        for (n, page) in (1..).zip(&layout.pages) {
            let next_page = (self.words.several_page)(n, pages);
            let keys = if n < pages {
                next_page.as_str()
            } else {
                self.words.several_keys
            };
            self.look.starts(page.len(), &ticked[page.clone()]);
            let menu = MultiSelect::with_theme(&self.look)
                .with_prompt(keys)
                .report(false)
                .items(&layout.options[page.clone()])
                .defaults(&ticked[page.clone()]);
            let picked = self.picked(menu.interact_on_opt(&self.term))?;
            ticked[page.clone()].copy_from_slice(&self.look.ticked.borrow());
            match picked {
                Picked::This(_) => {}
                Picked::Escape => return Ok(Picked::Escape),
                Picked::Changed => return Ok(Picked::Changed),
            }
        }
        Ok(Picked::This(()))
    }

    /// What a menu ended with. One that a signal broke off either has to be drawn anew, or the
    /// thread that handles the signal is about to end the program.
    fn picked<T>(&self, answer: dialoguer::Result<Option<T>>) -> Result<Picked<T>> {
        match answer {
            Ok(Some(picked)) => Ok(Picked::This(picked)),
            Ok(None) => Ok(Picked::Escape),
            Err(dialoguer::Error::IO(error)) if error.kind() == ErrorKind::Interrupted => {
                if self.screen.has_changed() {
                    self.screen.was_redrawn();
                } else {
                    self.screen.was_interrupted();
                    std::thread::sleep(Duration::from_secs(1));
                }
                Ok(Picked::Changed)
            }
            Err(error) => Err(error.into()),
        }
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
        let mut at = 0;
        while let Some(layout) = self.layout(&options, 0, 2) {
            match self.one(words.what_now, &layout, &mut at)? {
                Picked::This(place) => return Ok(Command::ALL.get(place).copied()),
                Picked::Escape => return Ok(None),
                Picked::Changed => self.page().redraw(layout.rows)?,
            }
        }
        self.term.show_cursor()?;
        let input = Input::One {
            options,
            default: None,
        };
        let prompt = Prompt::new(words.what_now, input);
        Ok(match self.lines.ask(&prompt)? {
            Reply::One(place) => Command::ALL.get(place).copied(),
            Reply::Command(command) => Some(command),
            _ => None,
        })
    }

    /// Asks with a menu; nothing, if it does not fit the window.
    fn choose(&mut self, prompt: &Prompt) -> Result<Option<Reply>> {
        let (mut at, mut ticked) = match &prompt.input {
            Input::One { default, .. } => (default.unwrap_or(0), Vec::new()),
            Input::Several { options, ticked } => {
                let is_ticked = |n| ticked.contains(&n);
                (0, (0..options.len()).map(is_ticked).collect())
            }
            Input::Typed { .. } => return Ok(None),
        };
        // What has changed so far is measured now; from here on it breaks the menu off.
        self.screen.has_changed();
        self.screen.forget_keys();
        let Some(mut layout) = self.fitted(prompt) else {
            return Ok(None);
        };
        let before = self.page().mark();
        self.lines.show_question(prompt)?;
        if let Some(reply) = self.watch(prompt)? {
            return Ok(Some(reply));
        }
        loop {
            let picked = match &prompt.input {
                Input::Several { .. } => match self.several(&layout, &mut ticked)? {
                    Picked::This(()) => {
                        let places = (0..ticked.len()).filter(|n| ticked[*n]);
                        Picked::This(Reply::Several(places.collect()))
                    }
                    Picked::Escape => Picked::Escape,
                    Picked::Changed => Picked::Changed,
                },
                _ => match self.one(self.words.menu_keys, &layout, &mut at)? {
                    Picked::This(place) => Picked::This(Reply::One(place)),
                    Picked::Escape => Picked::Escape,
                    Picked::Changed => Picked::Changed,
                },
            };
            match picked {
                Picked::This(reply) => {
                    let said = said(&reply, &prompt.input, self.words).unwrap_or_default();
                    self.tell(Tone::Accent, "› ", &said)?;
                    return Ok(Some(reply));
                }
                Picked::Escape => {
                    if let Some(command) = self.what_now()? {
                        return Ok(Some(Reply::Command(command)));
                    }
                }
                Picked::Changed => {}
            }
            // The question may have scrolled away, or have been folded for another window.
            match self.fitted(prompt) {
                Some(again) => {
                    layout = again;
                    self.page().redraw(layout.rows)?;
                }
                None => {
                    self.page().forget(before);
                    self.page().redraw(0)?;
                    self.term.show_cursor()?;
                    return Ok(None);
                }
            }
        }
    }

    /// Watches a wait go by until it is over or the user wants no more of it. Returns what else
    /// the user wants.
    #[cfg(unix)]
    fn watch(&mut self, prompt: &Prompt) -> Result<Option<Reply>> {
        let Some(wait) = prompt.wait.filter(|wait| self.cut_short != Some(*wait)) else {
            return Ok(None);
        };
        let mark = self.page().mark();
        self.tell(Tone::Quiet, "", self.words.wait_keys)?;
        let reply = self.watch_until(wait)?;
        self.page().overwrite("")?;
        self.page().take_back(mark)?;
        if wait.left().is_none() {
            self.tell(Tone::Accent, "", self.words.wait_over)?;
        }
        Ok(reply)
    }

    #[cfg(unix)]
    fn watch_until(&mut self, wait: Wait) -> Result<Option<Reply>> {
        // The clock is asked each time: the machine may sleep in between.
        while let Some(left) = wait.left() {
            if self.screen.has_changed() {
                self.page().redraw(1)?;
            }
            let line = (self.words.waiting)(wait.gone(), left, wait.until);
            self.page().overwrite(&line)?;
            let Some(keys) = self.keys_within(Duration::from_secs(1))? else {
                continue;
            };
            let keys = String::from_utf8_lossy(&keys);
            self.page().overwrite("")?;
            let reply = match command(&keys) {
                // Ctrl-D is a key here, and the end of the input is nothing to read.
                _ if keys.is_empty() || keys.contains('\u{4}') => Some(Reply::End),
                Some(Command::Why) => self.what_now()?.map(Reply::Command),
                Some(command) => Some(Reply::Command(command)),
                None if keys == "\u{1b}" => self.what_now()?.map(Reply::Command),
                None if keys.contains(['\n', '\r']) => {
                    self.cut_short = Some(wait);
                    return Ok(None);
                }
                None => None,
            };
            if reply.is_some() {
                return Ok(reply);
            }
        }
        Ok(None)
    }

    /// The bytes of the keys that are pressed within some time, without Enter and without an
    /// echo; nothing, if none is. A signal ends it earlier.
    #[cfg(unix)]
    fn keys_within(&mut self, time: Duration) -> Result<Option<Vec<u8>>> {
        let screen = self.screen.clone();
        let _by_key = screen.by_key();
        pressed_within(time).then(|| self.lines.keys()).transpose()
    }

    /// Where input cannot be waited for with a time limit, the time is said once.
    #[cfg(not(unix))]
    fn watch(&mut self, prompt: &Prompt) -> Result<Option<Reply>> {
        if let Some(wait) = &prompt.wait {
            let until = (self.words.wait_until)(wait.until);
            self.tell(Tone::Quiet, "", &until)?;
        }
        Ok(None)
    }
}

/// The options of each page, so that none takes more rows than there is room; more than one page
/// needs a row for the way to the next. Nothing, if one option alone is too tall.
fn pages(heights: &[usize], room: usize) -> Option<Vec<Range<usize>>> {
    let all: usize = heights.iter().sum();
    let room = if all > room {
        room.checked_sub(1)?
    } else {
        room
    };
    let mut pages = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (n, height) in heights.iter().enumerate() {
        if *height > room {
            return None;
        }
        if used + height > room {
            pages.push(start..n);
            (start, used) = (n, 0);
        }
        used += height;
    }
    pages.push(start..heights.len());
    Some(pages)
}

/// What ended an edit.
#[cfg(unix)]
enum Edited {
    Enter,
    Escape,
    End,
}

/// Typed lines, with a line editor of our own.
#[cfg(unix)]
impl<R: BufRead, W: Write> Menu<R, W> {
    /// Waits for Enter where the next question would push out of sight what the user has just
    /// asked to see.
    fn let_read(&mut self, prompt: &Prompt) -> Result<()> {
        let Some(wished) = self.wished.take() else {
            return Ok(());
        };
        // Typed lines have a hint and their own row.
        let next = match self.fitted(prompt) {
            Some(layout) => self.lines.rows_above(prompt) + layout.rows,
            None => self.lines.rows_above(prompt) + 2,
        };
        let page = self.page();
        if page.rows_since(wished) + next <= page.rows() {
            return Ok(());
        }
        let by_key = self.screen.clone();
        let _by_key = by_key.by_key();
        let keys = self.words.read_on;
        self.page().overwrite(keys)?;
        loop {
            match self.keys_within(Duration::from_millis(500))? {
                Some(_) => break,
                None if self.screen.has_changed() => {
                    self.page().redraw(1)?;
                    self.page().overwrite(keys)?;
                }
                None => {}
            }
        }
        Ok(self.page().overwrite("")?)
    }

    /// Asks for a line; nothing, if the window is too small to edit one.
    fn edit(&mut self, prompt: &Prompt) -> Result<Option<Reply>> {
        let Input::Typed { default, most, .. } = &prompt.input else {
            return Ok(None);
        };
        let size = self.term.size_checked();
        if size.is_none_or(|(rows, columns)| rows < SMALLEST.0 || columns < SMALLEST.1) {
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
                    self.tell(Tone::Plain, "  ", &(self.words.problem)(problem))?;
                    None
                }
                Edited::Enter => match command(&draft.text()) {
                    None => {
                        let reply = self.lines.understand(&draft.text(), &prompt.input);
                        if let Some(reply) = &reply {
                            let said = match reply {
                                Reply::Typed(typed) if !typed.is_empty() => {
                                    self.lines.heard(typed, &prompt.input)
                                }
                                reply => said(reply, &prompt.input, self.words).unwrap_or_default(),
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

    /// Edits a line until a key ends that; then the line stands no longer on the screen. What was
    /// written since the mark stays in sight, if that leaves room for a few rows.
    fn edit_until(&mut self, draft: &mut Draft, question: usize) -> Result<Edited> {
        let screen = self.screen.clone();
        let by_key = screen.by_key();
        let mut keys = Keys::default();
        self.page().mark_pastes(true)?;
        let most = self.room_below(question);
        self.page().edit(draft, most)?;
        let ended = loop {
            let patience = if keys.is_open() {
                keys.patience()
            } else {
                Duration::from_millis(500)
            };
            let pressed = match self.keys_within(patience)? {
                Some(bytes) if bytes.is_empty() => break Edited::End,
                Some(bytes) => keys.push(&bytes),
                None if screen.has_changed() => {
                    by_key.set();
                    self.page().mark_pastes(true)?;
                    let most = self.room_below(question);
                    self.page().redraw(most)?;
                    Vec::new()
                }
                None => keys.rest().into_iter().collect(),
            };
            let mut ended = None;
            for key in pressed {
                match key {
                    Key::Enter => ended = Some(Edited::Enter),
                    Key::Escape => ended = Some(Edited::Escape),
                    Key::End if draft.is_empty() => ended = Some(Edited::End),
                    Key::End => draft.press(Key::Delete),
                    key => draft.press(key),
                }
            }
            if let Some(ended) = ended {
                break ended;
            }
            let most = self.room_below(question);
            self.page().edit(draft, most)?;
        };
        self.page().edited()?;
        self.page().mark_pastes(false)?;
        Ok(ended)
    }
}

impl<R, W> Drop for Menu<R, W> {
    /// What was typed behind the last answer, such as the rest of a paste, is not for the shell.
    fn drop(&mut self) {
        self.screen.forget_keys();
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
        #[cfg(unix)]
        self.let_read(prompt)?;
        let reply = self.ask_now(prompt)?;
        if let Reply::Command(Command::Why | Command::Ticket) = reply {
            self.wished = Some(self.page().mark());
        }
        Ok(reply)
    }
}

impl<R: BufRead, W: Write> Menu<R, W> {
    fn ask_now(&mut self, prompt: &Prompt) -> Result<Reply> {
        if let Some(reply) = self.choose(prompt)? {
            return Ok(reply);
        }
        #[cfg(unix)]
        if let Some(reply) = self.edit(prompt)? {
            return Ok(reply);
        }
        // What does not fit the window.
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

/// How menus look: one accent for where the cursor is, nothing that needs a special font. It also
/// remembers where the cursor is and what is ticked, which dialoguer does not tell when a menu is
/// broken off.
struct Look {
    colour: bool,
    /// How many options have been drawn, and how many there are.
    drawn: Cell<usize>,
    all: Cell<usize>,
    active: Cell<usize>,
    ticked: RefCell<Vec<bool>>,
}

impl Look {
    fn new(colour: bool) -> Look {
        Look {
            colour,
            drawn: Cell::new(0),
            all: Cell::new(1),
            active: Cell::new(0),
            ticked: RefCell::new(Vec::new()),
        }
    }

    /// A menu with so many options is about to be drawn, all of them each time.
    fn starts(&self, all: usize, ticked: &[bool]) {
        self.drawn.set(0);
        self.all.set(all);
        *self.ticked.borrow_mut() = ticked.to_vec();
    }

    fn draws(&self, checked: bool, active: bool) {
        let place = self.drawn.get() % self.all.get();
        self.drawn.set(self.drawn.get() + 1);
        if active {
            self.active.set(place);
        }
        if let Some(tick) = self.ticked.borrow_mut().get_mut(place) {
            *tick = checked;
        }
    }

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
        self.draws(false, active);
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
        self.draws(checked, active);
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

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn a_page_has_as_many_options_as_there_is_room() {
        assert_eq!(pages(&[1, 1, 1], 3), Some(vec![0..3; 1]));
        assert_eq!(pages(&[1, 2, 1, 1], 4), Some(vec![0..2, 2..4]));
        assert_eq!(pages(&[2, 1], 2), None, "no room for the way on");
        assert_eq!(pages(&[5], 4), None);
        assert_eq!(pages(&[1, 1], 0), None);
    }
}
