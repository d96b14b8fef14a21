//! How tickets are printed.

use crate::cli::{Format, Options};
use crate::doc::{Doc, html::html, markdown::markdown, text};
use crate::ticket::short::short;
use crate::ticket::{self, Ticket};

/// Tickets in the form that was asked for, one after the other; as text, in at most so many
/// columns, or [`text::UNFOLDED`].
pub fn rendered(tickets: &[Ticket], options: &Options, columns: usize) -> String {
    let columns = match columns {
        text::UNFOLDED => columns,
        columns => columns.min(text::COLUMNS),
    };
    let each = |form: &dyn Fn(&Ticket) -> String| -> String {
        tickets.iter().map(form).collect::<Vec<_>>().join("\n")
    };
    match options.format.unwrap_or_default() {
        _ if options.short => each(&short),
        Format::Text => each(&|ticket| text::text(&ticket.doc(), columns)),
        Format::Markdown => each(&|ticket| markdown(&ticket.doc())),
        Format::Html => {
            let docs: Vec<Doc> = tickets.iter().map(Ticket::doc).collect();
            html(docs.first().map_or("", |doc| &doc.title), &docs)
        }
        Format::Json => ticket::json(tickets),
    }
}
