//! A ticket as plain text, in full and short.

use super::{Rows, Section, Ticket};
use crate::text::{hang, width};
use crate::words::words;
use std::fmt::Write;

/// How wide the text of a ticket is, in columns.
pub const COLUMNS: usize = 80;
/// The most characters of a short ticket: what a support form takes.
pub const SHORT: usize = 1000;

/// The ticket as plain text, aligned by display width, with a newline at its end.
#[must_use]
pub fn text(ticket: &Ticket) -> String {
    folded(ticket, COLUMNS)
}

/// The ticket as plain text, folded to a window.
#[must_use]
pub fn folded(ticket: &Ticket, columns: usize) -> String {
    let mut out = format!("{}\n", hang("", &ticket.subject, columns));
    for Section { title, rows } in ticket.sections() {
        let _ = writeln!(out, "\n{title}");
        match rows {
            Rows::Facts(facts) => {
                let names = facts.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
                let colon = words(&ticket.language).colon.trim_end();
                for (name, value) in facts {
                    let pad = " ".repeat(names - width(&name));
                    let lead = format!("  {name}{colon}{pad} ");
                    let _ = writeln!(out, "{}", hang(&lead, &value, columns));
                }
            }
            Rows::Steps(steps) => {
                for (n, step) in (1..).zip(steps) {
                    let _ = writeln!(out, "{}", hang(&format!("{n:>3}. "), &step, columns));
                }
            }
            Rows::List(items) => {
                for item in items {
                    let _ = writeln!(out, "{}", hang("  - ", &item, columns));
                }
            }
            Rows::Text(text) => {
                let _ = writeln!(out, "{}", hang("  ", &text, columns));
            }
        }
    }
    let _ = writeln!(out, "\n{}", ticket.origin());
    out
}

/// The ticket in at most [`SHORT`] characters, with a newline at its end: one line a section. What
/// does not fit is left out from the least to the most needed: attachments, what was not tried,
/// what was tried, the note; at last long values are cut.
#[must_use]
pub fn short(ticket: &Ticket) -> String {
    let mut slim = ticket.clone();
    let leave_out: [fn(&mut Ticket); 5] = [
        |_| {},
        |t| t.attach.clear(),
        |t| t.not_tried.clear(),
        |t| t.tried.clear(),
        |t| t.note = None,
    ];
    for step in leave_out {
        step(&mut slim);
        let text = one_line_each(&slim);
        if text.chars().count() <= SHORT {
            return text;
        }
    }
    let longest = SHORT / (2 * slim.fields.len().max(1));
    for field in &mut slim.fields {
        if field.value.chars().count() > longest {
            field.value = field.value.chars().take(longest).chain(['…']).collect();
        }
    }
    let text = one_line_each(&slim);
    if text.chars().count() <= SHORT {
        return text;
    }
    text.chars().take(SHORT - 2).chain(['…', '\n']).collect()
}

fn one_line_each(ticket: &Ticket) -> String {
    let words = words(&ticket.language);
    let mut out = format!("{}\n", ticket.subject);
    for Section { title, rows } in ticket.sections() {
        let rows = match rows {
            Rows::Facts(facts) => facts
                .iter()
                .map(|(name, value)| format!("{name}{}{value}", words.colon))
                .collect::<Vec<_>>()
                .join(words.semicolon),
            Rows::Steps(items) | Rows::List(items) => items.join(words.semicolon),
            Rows::Text(text) => text,
        };
        let _ = writeln!(out, "{title}{}{rows}", words.colon);
    }
    out
}
