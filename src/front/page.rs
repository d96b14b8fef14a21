//! A sheet that texts are written on: folded to the window, coloured where that is wanted.

use super::Tone;
use crate::text::{fold, hang, tame};
use std::io::{self, Write};

/// The widest line on a wide window.
pub const WIDEST: usize = 88;
/// The width where there is no window to measure.
const NO_WINDOW: usize = 80;

/// A sheet over any writer.
pub struct Page<W> {
    out: W,
    colour: bool,
    columns: fn() -> Option<usize>,
}

impl<W: Write> Page<W> {
    /// A sheet that asks for the window's columns whenever it folds, as windows are resized.
    pub fn new(out: W, colour: bool, columns: fn() -> Option<usize>) -> Page<W> {
        Page {
            out,
            colour,
            columns,
        }
    }

    /// The columns that a line may take: one less than the window has, and no more than
    /// [`WIDEST`].
    pub fn columns(&self) -> usize {
        (self.columns)()
            .unwrap_or(NO_WINDOW)
            .saturating_sub(1)
            .clamp(2, WIDEST)
    }

    /// Writes a text as [`super::Front::tell`] says.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn tell(&mut self, tone: Tone, lead: &str, text: &str) -> io::Result<()> {
        for line in hang(lead, &tame(text), self.columns()).lines() {
            self.line(tone, line)?;
        }
        Ok(())
    }

    fn line(&mut self, tone: Tone, line: &str) -> io::Result<()> {
        let style = match tone {
            Tone::Plain => console::Style::new(),
            Tone::Strong => console::Style::new().bold(),
            Tone::Quiet => console::Style::new().dim(),
            Tone::Accent => console::Style::new().cyan(),
        };
        writeln!(
            self.out,
            "{}",
            style.force_styling(self.colour).apply_to(line)
        )
    }

    /// Writes a line as [`super::Front::verbatim`] says.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn verbatim(&mut self, tone: Tone, line: &str) -> io::Result<()> {
        self.line(tone, &tame(line))
    }

    /// Writes an empty line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// Writes a text that stays open for what is typed behind it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn ask(&mut self, text: &str) -> io::Result<()> {
        let lines = fold(&tame(text), self.columns());
        write!(self.out, "{} ", lines.join("\n"))?;
        self.out.flush()
    }
}
