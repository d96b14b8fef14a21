//! A ticket for a form that takes few characters.

use super::{Section, Ticket};
use crate::doc::Block;
use crate::words::words;
use std::fmt::Write;

/// The most characters of a short ticket: what a support form takes.
pub const SHORT: usize = 1000;
/// How much of a long value a short ticket keeps rather than a step that was done, in characters.
const VALUE: usize = 100;
/// How much of a note a short ticket keeps rather than anything else, in characters.
const NOTE: usize = 200;

/// The ticket in at most [`SHORT`] characters, with a newline at its end: one line a section. What
/// does not fit is left out from the least to the most needed, one by one: times, the end of a long
/// note and of long values, attachments, what was not tried, the first of what was tried, the note;
/// at last values are cut further, and then the end.
#[must_use]
pub fn short(ticket: &Ticket) -> String {
    let words = words(&ticket.language);
    let titles = &words.ticket_part;
    let mut slim = ticket.clone();
    let mut sections = slim.sections();
    if !fits(&slim, &sections) {
        slim.tried.iter_mut().for_each(|tried| tried.when = None);
        sections = slim.sections();
    }
    let over = one_line_each(&slim, &sections)
        .chars()
        .count()
        .saturating_sub(room(&slim));
    if let Some(text) = &mut slim.note
        && over > 0
    {
        let length = text.chars().count();
        cut(text, length.saturating_sub(over + 1).max(NOTE));
        sections = slim.sections();
    }
    if !fits(&slim, &sections) {
        slim.fields
            .iter_mut()
            .for_each(|field| cut(&mut field.value, VALUE));
        sections = slim.sections();
    }
    for title in [titles.attach, titles.not_tried, titles.tried] {
        while !fits(&slim, &sections) && leave_one_out(&mut sections, title) {}
    }
    if !fits(&slim, &sections) {
        sections.retain(|section| section.title != titles.note);
    }
    if !fits(&slim, &sections) {
        let longest = SHORT / (2 * slim.fields.len().max(1));
        for section in &mut sections {
            if let Block::Facts { rows, .. } = &mut section.block {
                rows.iter_mut().for_each(|(_, value)| cut(value, longest));
            }
        }
    }
    let mut text = one_line_each(&slim, &sections);
    text.pop();
    let room = room(&slim);
    if text.chars().count() >= room {
        cut(&mut text, room - 2);
    }
    let foreign = slim.foreign().map(|line| line + "\n").unwrap_or_default();
    format!("{text}\n{foreign}")
}

/// How many characters a short ticket has for everything but whose guide it is, which no text of a
/// guide may push out.
fn room(ticket: &Ticket) -> usize {
    SHORT - ticket.foreign().map_or(0, |line| line.chars().count() + 1)
}

/// The ticket with one line a section, whole.
pub(super) fn in_lines(ticket: &Ticket) -> String {
    one_line_each(ticket, &ticket.sections())
}

fn fits(ticket: &Ticket, sections: &[Section]) -> bool {
    one_line_each(ticket, sections).chars().count() <= room(ticket)
}

/// Leaves one row of a section out; `false` if there is none.
fn leave_one_out(sections: &mut [Section], title: &str) -> bool {
    let Some(section) = sections.iter_mut().find(|section| section.title == title) else {
        return false;
    };
    let left_out = match &mut section.block {
        // What was tried last says most.
        Block::Steps(steps) if !steps.is_empty() => {
            steps.remove(0);
            true
        }
        Block::List(items) => items.pop().is_some(),
        _ => false,
    };
    section.left_out += usize::from(left_out);
    left_out
}

/// Cuts a text to so many characters, and a mark that it was cut.
fn cut(text: &mut String, longest: usize) {
    if let Some((end, _)) = text.char_indices().nth(longest) {
        text.truncate(end);
        text.push('…');
    }
}

fn one_line_each(ticket: &Ticket, sections: &[Section]) -> String {
    let words = words(&ticket.language);
    let mut out = format!("{}\n", ticket.subject);
    for section in sections {
        let mut rows = match &section.block {
            Block::Facts { rows, .. } => rows
                .iter()
                .map(|(name, value)| format!("{name}{}{value}", words.colon))
                .collect(),
            Block::Steps(items) | Block::List(items) => items.clone(),
            Block::Text(text) => vec![text.clone()],
            _ => Vec::new(),
        };
        if section.left_out > 0 {
            rows.push(words.left_out(section.left_out));
        }
        let rows = rows.join(words.semicolon);
        let _ = writeln!(out, "{}{}{rows}", section.title, words.colon);
    }
    out
}
