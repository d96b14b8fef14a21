//! A follow-up: what is new since a ticket was sent, to be added to that ticket.
//!
//! It is a walk like any other, over a small [`guide()`] that is made from the walk of the first
//! ticket.

mod guide;

pub use self::guide::guide;

use self::guide::NUMBER;

use crate::guide::{Kind, Lang};
use crate::moment::Moment;
use crate::ticket::{Field, Ticket, Tried};
use crate::walk::Walk;
use crate::words::words;

/// What a follow-up takes over from the walk that it follows.
#[derive(Debug, Clone)]
pub struct FollowUp {
    /// The name of that walk, as it is saved.
    pub parent: String,
    /// Its ticket in each of the guide's languages.
    first: Vec<Ticket>,
    /// When that ticket was prepared.
    prepared: Option<Moment>,
}

impl FollowUp {
    /// Follows a walk with this name, whose ticket was prepared then.
    #[must_use]
    pub fn on(parent: &str, walk: &Walk<'_>, prepared: Option<Moment>) -> FollowUp {
        let langs = walk.guide().langs();
        FollowUp {
            parent: parent.to_owned(),
            first: langs.map(|lang| Ticket::of(walk, lang)).collect(),
            prepared,
        }
    }

    /// What to add to the first ticket, from a walk over [`guide()`].
    #[must_use]
    pub fn ticket(&self, walk: &Walk<'_>, lang: Lang) -> Ticket {
        let tag = walk.guide().tag(lang);
        let ticket = Ticket::of(walk, lang);
        let first = self.first.iter().find(|first| first.language == tag);
        match first {
            Some(first) => added(ticket, first, walk, lang, self.prepared),
            None => ticket,
        }
    }
}

/// The ticket of a follow-up's walk, as what is added to the first ticket: with its case and
/// account, the dates of both, and what was ticked as tried since.
fn added(
    mut ticket: Ticket,
    first: &Ticket,
    walk: &Walk<'_>,
    lang: Lang,
    prepared: Option<Moment>,
) -> Ticket {
    let guide = walk.guide();
    let texts = &words(&ticket.language).follow_up;
    // It belongs to the first ticket, whose case it is about.
    ticket.case.clone_from(&first.case);
    ticket.outcome.clone_from(&first.outcome);
    for entry in walk.history() {
        let step = guide.at(entry.step);
        if step.kind == Kind::AskSeveral {
            ticket.fields.retain(|field| field.id != step.id);
            let ticked = step.chosen(entry.answer.chosen());
            let tried = ticked.map(|choice| Tried::of(choice, lang, "since", texts.since));
            ticket.tried.extend(tried);
        }
    }
    let answered = walk.history().iter().map(|entry| entry.at).max();
    let written = answered.filter(|at| *at != Moment::EPOCH);
    let date = |id, name, at: Option<Moment>| at.map(|at| Field::of(id, name, at.in_words()));
    let dates = [
        date("ticket-prepared", texts.prepared, prepared),
        date("written", texts.written, written),
    ];
    let account = first.fields.iter().filter(|field| field.account).cloned();
    let fields = std::mem::take(&mut ticket.fields).into_iter();
    let (number, rest): (Vec<Field>, Vec<Field>) = fields.partition(|field| field.id == NUMBER);
    ticket.fields = account
        .chain(number)
        .chain(dates.into_iter().flatten())
        .chain(rest)
        .collect();
    ticket
}
