//! A document as Markdown.

use super::{Block, Doc, Goal, Mark, Point};
use std::fmt::Write;

/// A document as Markdown, with a newline at its end. What people typed means nothing to Markdown.
#[must_use]
pub fn markdown(doc: &Doc) -> String {
    let mut out = format!("# {}\n", escape(&doc.title));
    for block in &doc.blocks {
        out.push('\n');
        // Writing to a string does not fail.
        let _ = write(&mut out, block);
    }
    out
}

fn write(out: &mut String, block: &Block) -> std::fmt::Result {
    match block {
        Block::Heading(text) => writeln!(out, "## {}", escape(text)),
        Block::Paragraph(text) | Block::Text(text) => writeln!(out, "{}", escape(text)),
        Block::Facts { head, rows, .. } => {
            let [name, value] = head;
            writeln!(out, "| {} | {} |\n|---|---|", escape(name), escape(value))?;
            rows.iter().try_for_each(|(name, value)| {
                writeln!(out, "| {} | {} |", escape(name), escape(value))
            })
        }
        Block::Steps(steps) => (1..)
            .zip(steps)
            .try_for_each(|(n, step)| writeln!(out, "{n}. {}", escape(step))),
        Block::List(items) => items
            .iter()
            .try_for_each(|item| writeln!(out, "- {}", escape(item))),
        Block::Tree(points) => tree(out, points, 0),
        Block::Form(entries) => entries.iter().try_for_each(|entry| {
            let mark = if entry.is_box { "[ ] " } else { "" };
            writeln!(out, "- {mark}{}", escape(&entry.said("→")))
        }),
        Block::Lines(lines) => lines.iter().try_for_each(|line| {
            let letter = line.letter.map(|letter| format!("**{letter}** "));
            let letter = letter.unwrap_or_default();
            writeln!(out, "- {letter}{}", escape(&line.text))?;
            let tasks = line.tasks.iter();
            tasks
                .clone()
                .try_for_each(|task| writeln!(out, "  - [ ] {}", escape(task)))?;
            line.goals
                .iter()
                .try_for_each(|goal| writeln!(out, "  - {}", aim(goal)))
        }),
        Block::Goals(goals) => goals
            .iter()
            .try_for_each(|goal| writeln!(out, "- {}", aim(goal))),
        Block::Sources(sources) => (1..).zip(sources).try_for_each(|(n, (title, url))| {
            writeln!(out, "{n}. {}", escape(title))?;
            url.iter().try_for_each(|url| writeln!(out, "   {url}"))
        }),
        // Four spaces make a block of code.
        Block::Command(command) => writeln!(out, "    {command}"),
    }
}

/// Where something leads, behind an arrow.
fn aim(goal: &Goal) -> String {
    match &goal.command {
        Some(command) => format!("→ {}`{command}`", escape(&goal.lead)),
        None => format!("→ {}{}", escape(&goal.lead), escape(&goal.text)),
    }
}

fn tree(out: &mut String, points: &[Point], depth: usize) -> std::fmt::Result {
    for point in points {
        let mark = match point.mark {
            Mark::Box => "- [ ] ",
            Mark::Next => "1. ",
            Mark::Dash | Mark::Arrow | Mark::Star | Mark::Caution | Mark::Aside => "- ",
        };
        writeln!(out, "{}{mark}{}", "  ".repeat(depth), escape(&point.text))?;
        tree(out, &point.below, depth + 1)?;
    }
    Ok(())
}

/// A text in which no character means anything to Markdown, at the start of a line neither. A bare
/// address is still made a link by some readers.
fn escape(text: &str) -> String {
    const SIGNS: &str = "\\`*_[]<>#|~&!";
    let mut out = String::with_capacity(text.len());
    // "- ", "+ " and "1. " begin a list.
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let item = if number.len() < text.len() {
        number
            .starts_with(['.', ')'])
            .then_some(text.len() - number.len())
    } else {
        text.starts_with(['-', '+']).then_some(0)
    };
    for (at, c) in text.char_indices() {
        if SIGNS.contains(c) || item == Some(at) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn a_note_begins_no_list() {
        for (text, escaped) in [
            ("- a - b", "\\- a - b"),
            ("1. a 2. b", "1\\. a 2. b"),
            ("24 hours", "24 hours"),
            ("a_b *c*", "a\\_b \\*c\\*"),
        ] {
            assert_eq!(escape(text), escaped);
        }
    }
}
