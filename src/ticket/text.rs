//! A ticket as text and as Markdown.

use super::Ticket;
use crate::text::{hang, width};
use crate::words::{Words, words};
use std::fmt::Write;

/// How wide the text of a ticket is, in columns.
const COLUMNS: usize = 80;

/// The ticket as plain text, aligned by display width, with a newline at its end.
#[must_use]
pub fn text(ticket: &Ticket) -> String {
    let words = words(&ticket.language);
    let [_, facts, tried, not_tried, request, attach, note] = words.ticket_parts;
    let mut out = format!("{}\n", hang("", &ticket.subject, COLUMNS));
    let names = ticket
        .fields
        .iter()
        .map(|f| width(&f.name))
        .max()
        .unwrap_or(0);
    let rows = ticket.fields.iter().map(|field| {
        let pad = " ".repeat(names - width(&field.name));
        hang(
            &format!("  {}{}{pad} ", field.name, words.colon.trim_end()),
            &field.value,
            COLUMNS,
        )
    });
    section(&mut out, facts, rows);
    section(
        &mut out,
        tried,
        (1..)
            .zip(results(ticket, words))
            .map(|(n, r)| hang(&format!("{n:>3}. "), &r, COLUMNS)),
    );
    let item = |text: &String| hang("  - ", text, COLUMNS);
    section(&mut out, not_tried, ticket.not_tried.iter().map(item));
    section(
        &mut out,
        request,
        ticket.request.iter().map(|r| hang("  ", r, COLUMNS)),
    );
    section(&mut out, attach, ticket.attach.iter().map(item));
    section(
        &mut out,
        note,
        ticket.note.iter().map(|n| hang("  ", n, COLUMNS)),
    );
    let _ = writeln!(
        out,
        "\n({})",
        (words.edition)(&ticket.guide, &ticket.edition)
    );
    out
}

fn section(out: &mut String, title: &str, rows: impl Iterator<Item = String>) {
    let mut rows = rows.peekable();
    if rows.peek().is_some() {
        let _ = writeln!(out, "\n{title}");
    }
    for row in rows {
        let _ = writeln!(out, "{row}");
    }
}

/// What was done, each with its result and time.
fn results(ticket: &Ticket, words: &Words) -> Vec<String> {
    let tried = ticket.tried.iter().map(|tried| {
        let when = tried
            .when
            .map_or_else(String::new, |at| format!(" ({})", at.in_words()));
        format!("{}{}{}{when}", tried.name, words.colon, tried.result)
    });
    tried.collect()
}

/// The ticket as Markdown, with a newline at its end.
#[must_use]
pub fn markdown(ticket: &Ticket) -> String {
    let words = words(&ticket.language);
    let [_, facts, tried, not_tried, request, attach, note] = words.ticket_parts;
    let mut out = format!("# {}\n", escape(&ticket.subject));
    let list = |items: &[String]| {
        items
            .iter()
            .map(|t| format!("- {}", escape(t)))
            .collect::<Vec<_>>()
    };
    let fields: Vec<String> = ticket
        .fields
        .iter()
        .map(|f| format!("{}{}{}", f.name, words.colon, f.value))
        .collect();
    let numbered = (1..)
        .zip(results(ticket, words))
        .map(|(n, r)| format!("{n}. {}", escape(&r)));
    let plain = |text: &Option<String>| text.iter().map(|t| escape(t)).collect::<Vec<_>>();
    for (title, rows) in [
        (facts, list(&fields)),
        (tried, numbered.collect()),
        (not_tried, list(&ticket.not_tried)),
        (request, plain(&ticket.request)),
        (attach, list(&ticket.attach)),
        (note, plain(&ticket.note)),
    ] {
        if !rows.is_empty() {
            let _ = writeln!(out, "\n## {title}\n\n{}", rows.join("\n"));
        }
    }
    let _ = writeln!(
        out,
        "\n{}",
        escape(&(words.edition)(&ticket.guide, &ticket.edition))
    );
    out
}

/// A text in which no character means anything to Markdown.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
