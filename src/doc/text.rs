//! A document as plain text, aligned by the columns that characters take.

use super::{Block, Doc, Mark, Point};
use crate::text::{hang_on, width};

/// How wide a text is where no window says otherwise, in columns.
pub const COLUMNS: usize = 80;
/// How much further in a point stands than the one above it.
const INDENT: usize = 4;

/// A document as text, folded to at most so many columns, with a newline at its end. Addresses and
/// commands are not folded.
#[must_use]
pub fn text(doc: &Doc, columns: usize) -> String {
    let mut page = Page {
        out: String::new(),
        columns,
    };
    page.line("", &doc.title);
    let mut at_margin = true;
    let mut has_heading = false;
    for block in &doc.blocks {
        let is_margin = matches!(block, Block::Paragraph(_) | Block::Command(_));
        if !(has_heading || at_margin && is_margin) {
            page.out.push('\n');
        }
        at_margin = is_margin;
        has_heading = matches!(block, Block::Heading(_));
        page.block(block);
    }
    page.out
}

struct Page {
    out: String,
    columns: usize,
}

impl Page {
    fn line(&mut self, lead: &str, text: &str) {
        hang_on(&mut self.out, lead, text, self.columns);
        self.out.push('\n');
    }

    fn verbatim(&mut self, line: &str) {
        self.out.extend(["    ", line, "\n"]);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) | Block::Paragraph(text) => self.line("", text),
            Block::Text(text) => self.line("  ", text),
            Block::Facts { colon, rows, .. } => {
                let names = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
                for (name, value) in rows {
                    let pad = " ".repeat(names - width(name));
                    self.line(&format!("  {name}{colon}{pad} "), value);
                }
            }
            Block::Steps(steps) => {
                for (n, step) in (1..).zip(steps) {
                    self.line(&format!("{n:>3}. "), step);
                }
            }
            Block::List(items) => items.iter().for_each(|item| self.line("  - ", item)),
            Block::Tree(points) => self.points(points, 0),
            Block::Sources(sources) => {
                for (n, (title, url)) in (1..).zip(sources) {
                    self.line(&format!("[{n}] "), title);
                    url.iter().for_each(|url| self.verbatim(url));
                }
            }
            Block::Command(command) => self.verbatim(command),
        }
    }

    fn points(&mut self, points: &[Point], depth: usize) {
        for point in points {
            let mark = match point.mark {
                Mark::Box => "[ ] ",
                Mark::Dash => "- ",
                Mark::Arrow => "  > ",
                Mark::Star => "* ",
                Mark::Next => "> ",
                Mark::Caution => "! ",
                Mark::Aside => "",
            };
            self.line(
                &format!("{}{mark}", " ".repeat(depth * INDENT)),
                &point.text,
            );
            self.points(&point.below, depth + 1);
        }
    }
}
