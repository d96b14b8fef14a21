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
    out
}

/// A text in which no character means anything to Markdown.
#[must_use]
pub fn escape(text: &str) -> String {
    const SIGNS: &str = "\\`*_[]<>#|~&!";
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if SIGNS.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
