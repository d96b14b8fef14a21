//! A document as plain text, aligned by the columns that characters take.

use super::{Block, Doc, Entry, Goal, Line, Mark, Point};
use crate::text::{hang_on, width};

/// How wide a text is where no window says otherwise, in columns.
pub const COLUMNS: usize = 80;
/// So many columns that nothing is folded: one line a paragraph, and a name stands right before its
/// value. What is copied or saved is read elsewhere, in a window of another width.
pub const UNFOLDED: usize = usize::MAX;
/// How much further in a point stands than the one above it.
const INDENT: usize = 4;
/// The widest line beside which stands where it leads, in columns.
const MAX_NAME: usize = 34;

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
    let mut is_form = false;
    for block in &doc.blocks {
        let is_margin = matches!(block, Block::Paragraph(_) | Block::Command(_));
        // What hangs on the block before it stands right below.
        let hangs = matches!(block, Block::Form(_) | Block::Goals(_))
            || is_form && matches!(block, Block::Tree(_));
        if !(has_heading || hangs || at_margin && is_margin) {
            page.out.push('\n');
        }
        at_margin = is_margin;
        has_heading = matches!(block, Block::Heading(_));
        is_form = matches!(block, Block::Form(_));
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
                let names = rows.iter().map(|(name, _)| width(name)).max();
                let names = names.filter(|_| self.columns < UNFOLDED).unwrap_or(0);
                for (name, value) in rows {
                    let pad = " ".repeat(names.saturating_sub(width(name)));
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
            Block::Form(entries) => self.form(entries),
            Block::Lines(lines) => self.lines(lines),
            Block::Goals(goals) => goals.iter().for_each(|goal| self.goal("    > ", goal)),
            Block::Command(command) => self.verbatim(command),
        }
    }

    /// Entries side by side, as far as they fit.
    fn form(&mut self, entries: &[Entry]) {
        const LEAD: &str = "    ";
        const BETWEEN: &str = "  ";
        let mut line = String::new();
        for entry in entries {
            let mark = if entry.is_box { "[ ] " } else { "" };
            let text = format!("{mark}{}", entry.said(">"));
            let fits = LEAD.len() + width(&line) + BETWEEN.len() + width(&text) <= self.columns;
            if !line.is_empty() && !fits {
                self.line(LEAD, &std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push_str(BETWEEN);
            }
            line.push_str(&text);
        }
        if !line.is_empty() {
            self.line(LEAD, &line);
        }
    }

    /// Lines with what to do below each. Where one only leads on, that stands beside it.
    fn lines(&mut self, lines: &[Line]) {
        let only_leads = |line: &&Line| line.tasks.is_empty() && line.goals.len() == 1;
        let beside = lines
            .iter()
            .filter(only_leads)
            .map(|line| width(&line.text));
        let names = beside.filter(|wide| *wide <= MAX_NAME).max().unwrap_or(0);
        for line in lines {
            let letter = line.letter.unwrap_or('-');
            if only_leads(&line) && width(&line.text) <= names {
                let pad = " ".repeat(names - width(&line.text));
                let lead = format!("{letter}  {}{pad}  > ", line.text);
                let goal = &line.goals[0];
                if width(&lead) + width(&goal.said()) <= self.columns {
                    self.goal(&lead, goal);
                    continue;
                }
            }
            self.line(&format!("{letter}  "), &line.text);
            line.tasks
                .iter()
                .for_each(|task| self.line("   [ ] ", task));
            line.goals.iter().for_each(|goal| self.goal("   > ", goal));
        }
    }

    /// Where something leads. A command is not folded.
    fn goal(&mut self, lead: &str, goal: &Goal) {
        if goal.command.is_some() {
            self.out.extend([lead, &goal.said(), "\n"]);
        } else {
            self.line(lead, &goal.said());
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
