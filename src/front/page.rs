//! The page that a front end writes on.

use super::draft::{Draft, Rows};
use super::prompt::Tone;
use super::signals::Screen;
use crate::text::{fold, hang, tame, width};
use std::cmp::Ordering;
use std::collections::VecDeque;
use std::io::{self, Write};

/// The widest line on a wide window.
pub const WIDEST: usize = 88;
/// The window where there is none to measure, in rows and columns.
const NO_WINDOW: (u16, u16) = (24, 80);
/// What is shown before a line that is being edited.
const EDITED: &str = "> ";
/// How many texts are remembered: more than the tallest window shows.
const REMEMBERED: usize = 500;

/// A page over any writer. It remembers what was written last, to draw it again when the size of
/// the window has changed.
pub struct Page<W> {
    out: W,
    colour: bool,
    size: fn() -> Option<(u16, u16)>,
    screen: Screen,
    written: VecDeque<Written>,
    /// How many texts were written before the first that is remembered.
    forgotten: usize,
    /// The lines that were drawn last and may be drawn over.
    drawn: Vec<String>,
    /// The row and the column of the cursor in them.
    cursor: (usize, usize),
}

/// Something that was written.
struct Written {
    tone: Tone,
    lead: String,
    text: String,
    folds: bool,
}

impl<W: Write> Page<W> {
    /// A page that asks for the window's rows and columns whenever it folds, as windows are
    /// resized.
    pub fn new(out: W, colour: bool, size: fn() -> Option<(u16, u16)>, screen: Screen) -> Page<W> {
        Page {
            out,
            colour,
            size,
            screen,
            written: VecDeque::new(),
            forgotten: 0,
            drawn: Vec::new(),
            cursor: (0, 0),
        }
    }

    /// The columns that a line may take: one less than the window has, and no more than
    /// [`WIDEST`].
    pub fn columns(&self) -> usize {
        let (_, columns) = (self.size)().unwrap_or(NO_WINDOW);
        usize::from(columns).saturating_sub(1).clamp(2, WIDEST)
    }

    /// The window's rows and columns, where there is one.
    pub fn window(&self) -> Option<(u16, u16)> {
        (self.size)()
    }

    /// Writes a text as [`super::Front::tell`] says.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn tell(&mut self, tone: Tone, lead: &str, text: &str) -> io::Result<()> {
        self.write(tone, lead, text, true)
    }

    /// Writes a line as [`super::Front::verbatim`] says.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn verbatim(&mut self, tone: Tone, line: &str) -> io::Result<()> {
        self.write(tone, "", line, false)
    }

    /// Writes an empty line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn gap(&mut self) -> io::Result<()> {
        self.verbatim(Tone::Plain, "")
    }

    fn write(&mut self, tone: Tone, lead: &str, text: &str, folds: bool) -> io::Result<()> {
        let (lead, text) = (lead.to_owned(), tame(text).into_owned());
        let written = Written {
            tone,
            lead,
            text,
            folds,
        };
        for line in self.lines(&written) {
            let line = self.styled(written.tone, &line);
            writeln!(self.out, "{line}")?;
        }
        self.remember(written);
        Ok(())
    }

    /// A line in the style of a tone.
    pub fn styled(&self, tone: Tone, line: &str) -> String {
        let style = match tone {
            Tone::Plain => console::Style::new(),
            Tone::Strong => console::Style::new().bold(),
            Tone::Quiet => console::Style::new().dim(),
            // Colors of their own on both sides, as a theme may make its yellow pale on white.
            Tone::Solved => console::Style::new().bold().color256(16).on_color256(114),
            Tone::Support => console::Style::new().bold().color256(16).on_color256(220),
        };
        style.force_styling(self.colour).apply_to(line).to_string()
    }

    /// The lines of a text, as wide as the window is now.
    fn lines(&self, written: &Written) -> Vec<String> {
        let text = if written.folds {
            hang(&written.lead, &written.text, self.columns())
        } else {
            written.text.clone()
        };
        text.split('\n').map(str::to_owned).collect()
    }

    fn remember(&mut self, written: Written) {
        self.written.push_back(written);
        while self.written.len() > REMEMBERED {
            self.written.pop_front();
            self.forgotten += 1;
        }
    }

    /// A place to come back to with [`Page::forget`].
    pub fn mark(&self) -> usize {
        self.forgotten + self.written.len()
    }

    /// The rows that what was written since a mark takes in the window.
    pub fn rows_since(&self, mark: usize) -> usize {
        self.rows_between(mark, self.mark())
    }

    /// The rows that what was written between two marks takes in the window.
    pub fn rows_between(&self, from: usize, to: usize) -> usize {
        let (_, columns) = (self.size)().unwrap_or(NO_WINDOW);
        let from = from.saturating_sub(self.forgotten);
        let to = to.saturating_sub(self.forgotten);
        let between = self.written.iter().take(to).skip(from);
        between
            .map(|written| tall(&self.lines(written), columns))
            .sum()
    }

    /// The rows that a text would take; a line that is not folded may wrap.
    pub fn rows_of(&self, lead: &str, text: &str, folds: bool) -> usize {
        let (_, columns) = (self.size)().unwrap_or(NO_WINDOW);
        let written = Written {
            tone: Tone::Plain,
            lead: lead.to_owned(),
            text: text.to_owned(),
            folds,
        };
        tall(&self.lines(&written), columns)
    }

    /// The window's rows.
    pub fn rows(&self) -> usize {
        usize::from((self.size)().unwrap_or(NO_WINDOW).0)
    }

    /// Forgets what was written since a mark was set: it is going to be written again.
    pub fn forget(&mut self, mark: usize) {
        self.written.truncate(mark.saturating_sub(self.forgotten));
    }

    /// Takes back what was written since a mark was set, from the window as well.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn take_back(&mut self, mark: usize) -> io::Result<()> {
        let rows = self.rows_since(mark).min(self.rows());
        if rows > 0 {
            write!(self.out, "\r\x1b[{rows}A\x1b[J")?;
        }
        self.forget(mark);
        self.out.flush()
    }

    /// Remembers a line that the terminal itself has shown, such as one that was typed.
    pub fn shown(&mut self, line: &str) {
        let text = tame(line).into_owned();
        self.remember(Written {
            tone: Tone::Plain,
            lead: String::new(),
            text,
            folds: true,
        });
    }

    /// Writes again what was written last, over what stands in the window, as much as there is room for if
    /// `below` rows stay free.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn redraw(&mut self, below: usize) -> io::Result<()> {
        self.redraw_from(0, below)
    }

    /// The same with nothing of what was written before a mark.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn redraw_from(&mut self, mark: usize, below: usize) -> io::Result<()> {
        let (rows, columns) = (self.size)().unwrap_or(NO_WINDOW);
        let mut room = usize::from(rows).saturating_sub(below.max(1));
        let mut lines = Vec::new();
        let since = self
            .written
            .iter()
            .skip(mark.saturating_sub(self.forgotten));
        for written in since.rev() {
            let these = self.lines(written);
            let tall = tall(&these, columns);
            if tall > room {
                break;
            }
            room -= tall;
            let styled = these.iter().rev();
            lines.extend(styled.map(|line| self.styled(written.tone, line)));
        }
        self.drawn.clear();
        self.cursor = (0, 0);
        // Written over row by row: to erase the whole window would have some terminals keep it among
        // what has scrolled away.
        let mut out = String::from("\x1b[H");
        for line in lines.iter().rev() {
            out.extend([line, "\x1b[K\n"]);
        }
        out.push_str("\x1b[J");
        self.out.write_all(out.as_bytes())?;
        self.out.flush()
    }

    /// Draws lines below what was written, over those that were drawn before, and puts the cursor
    /// into one of them. Writes only what has changed. No line may be wider than the window.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn draw(&mut self, lines: Vec<String>, cursor: (usize, usize)) -> io::Result<()> {
        if lines == self.drawn && cursor == self.cursor {
            return Ok(());
        }
        let mut out = String::new();
        let mut row = self.cursor.0;
        for (n, line) in lines.iter().enumerate() {
            if self.drawn.get(n) == Some(line) {
                continue;
            }
            // Only a new line makes a row below the last one.
            let is_new = n > 0 && n >= self.drawn.len();
            out += &moved(row, if is_new { n - 1 } else { n });
            let start = if is_new { "\n" } else { "\r" };
            out.extend([start, line, "\x1b[K"]);
            row = n;
        }
        if self.drawn.len() > lines.len() {
            out += &moved(row, lines.len());
            out += "\r\x1b[J";
            row = lines.len();
        }
        out += &moved(row, cursor.0);
        out.push('\r');
        if cursor.1 > 0 {
            out.extend(["\x1b[", &cursor.1.to_string(), "C"]);
        }
        (self.drawn, self.cursor) = (lines, cursor);
        self.out.write_all(out.as_bytes())?;
        self.out.flush()
    }

    /// Takes what was drawn from the window.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn erase(&mut self) -> io::Result<()> {
        if !self.drawn.is_empty() {
            write!(self.out, "{}\r\x1b[J", moved(self.cursor.0, 0))?;
            self.drawn.clear();
            self.cursor = (0, 0);
        }
        self.out.flush()
    }

    /// Draws one quiet line; what does not fit it is left out.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn draw_line(&mut self, text: &str) -> io::Result<()> {
        let line = fold(&tame(text), self.columns()).swap_remove(0);
        let end = width(&line);
        self.draw(vec![self.styled(Tone::Quiet, &line)], (0, end))
    }

    /// Draws what is being edited in at most so many rows, the cursor in its place, and a line below
    /// it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn edit(&mut self, draft: &Draft, most: usize, below: String) -> io::Result<()> {
        let columns = self.columns().saturating_sub(EDITED.len());
        let Rows { rows, row, column } = draft.rows(columns, most);
        let indent = " ".repeat(EDITED.len());
        let lines = rows.iter().enumerate().map(|(n, row)| {
            let lead = if n == 0 { EDITED } else { &indent };
            format!("{lead}{row}")
        });
        let lines = lines.chain([below]).collect();
        self.draw(lines, (row, EDITED.len() + column))
    }

    /// Rings the terminal's bell.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn ring(&mut self) -> io::Result<()> {
        write!(self.out, "\x07")?;
        self.out.flush()
    }

    /// Has the terminal mark what is pasted, or no longer.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn mark_pastes(&mut self, marks: bool) -> io::Result<()> {
        write!(self.out, "\x1b[?2004{}", if marks { 'h' } else { 'l' })?;
        self.out.flush()
    }

    /// Writes a text whose line stays open, for what the user types after it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn ask(&mut self, text: &str) -> io::Result<()> {
        let open = format!("{} ", fold(&tame(text), self.columns()).join("\n"));
        write!(self.out, "{open}")?;
        self.out.flush()?;
        self.screen.asks(Some(open));
        Ok(())
    }

    /// What was asked for has been typed.
    pub fn asked(&self) {
        self.screen.asks(None);
    }
}

/// What moves the cursor from one row to another.
fn moved(from: usize, to: usize) -> String {
    match to.cmp(&from) {
        Ordering::Less => format!("\x1b[{}A", from - to),
        Ordering::Equal => String::new(),
        Ordering::Greater => format!("\x1b[{}B", to - from),
    }
}

/// The rows that lines take in a window; one that is not folded wraps.
fn tall(lines: &[String], columns: u16) -> usize {
    let rows = |line: &String| width(line).div_ceil(usize::from(columns.max(1)));
    lines.iter().map(|line| rows(line).max(1)).sum()
}
