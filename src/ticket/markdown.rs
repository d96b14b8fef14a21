//! A ticket as Markdown.

use super::{Rows, Section, Ticket};
use std::fmt::Write;

/// The ticket as Markdown, with a newline at its end. What people typed means nothing to Markdown.
#[must_use]
pub fn markdown(ticket: &Ticket) -> String {
    let mut out = format!("# {}\n", escape(&ticket.subject));
    for Section { title, rows, .. } in ticket.sections() {
        let _ = writeln!(out, "\n## {title}\n");
        match rows {
            Rows::Facts(facts) => {
                let [field, value] = ticket.table_head();
                let _ = writeln!(out, "| {field} | {value} |\n|---|---|");
                for (name, value) in facts {
                    let _ = writeln!(out, "| {} | {} |", escape(&name), escape(&value));
                }
            }
            Rows::Steps(steps) => {
                for (n, step) in (1..).zip(steps) {
                    let _ = writeln!(out, "{n}. {}", escape(&step));
                }
            }
            Rows::List(items) => {
                for item in items {
                    let _ = writeln!(out, "- {}", escape(&item));
                }
            }
            Rows::Text(text) => {
                let _ = writeln!(out, "{}", escape(&text));
            }
        }
    }
    let _ = writeln!(out, "\n{}", escape(&ticket.origin()));
    if let Some(foreign) = ticket.foreign() {
        let _ = writeln!(out, "\n{}", escape(&foreign));
    }
    out
}

/// A text in which no character means anything to Markdown, at the start of a line neither. A bare
/// address is still made a link by some readers.
#[must_use]
pub fn escape(text: &str) -> String {
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
