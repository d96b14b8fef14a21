//! `ticket`: the ticket of a saved walk, and what to add to one that support has.

use super::wizard::{self, Start};
use super::{Context, saved};
use crate::cli::{Asking, Printing};
use crate::doc::text;
use crate::guide::CaseId;
use crate::report::{self, Failure};
use crate::ticket::Ticket;
use crate::walk::Walk;
use anyhow::Result;

/// Prints the ticket of a saved walk.
pub fn run(context: &Context, name: Option<&str>, printing: &Printing) -> Result<()> {
    let (_, mut shelf) = saved::look(context)?;
    let saved = saved::pick(context, &mut shelf, name)?;
    let following = saved::following(context, &saved, &shelf)?;
    let context = following.as_ref().unwrap_or(context);
    let langs = wizard::ticket_langs(context, printing)?;
    let walk = saved::replay(context, &saved)?;
    if !has_ticket(&walk) {
        report::say(context.words.no_ticket);
    }
    let tickets: Vec<Ticket> = langs
        .iter()
        .map(|lang| context.ticket(&walk, *lang))
        .collect();
    let tag = context.guide.tag(context.lang);
    for ticket in &tickets {
        let leaks = ticket.leaks();
        if !leaks.is_empty() {
            let kinds = leaks.names(tag, context.words.comma);
            return Err(Failure::failed(context.words.leaks(&kinds)));
        }
    }
    let window = console::Term::stdout().size_checked();
    let columns = window.map_or(text::COLUMNS, |(_, columns)| {
        usize::from(columns).saturating_sub(1)
    });
    report::result(&wizard::rendered(&tickets, printing, columns))
}

/// Asks what is new since the ticket of a saved walk was sent, and prints what to add to it. For a
/// follow-up that is the ticket that it adds to.
pub fn follow_up(context: &Context, name: Option<&str>, asking: &Asking) -> Result<()> {
    let (_, mut shelf) = saved::look(context)?;
    let picked = saved::pick(context, &mut shelf, name)?;
    let parent = match saved::parent(context, &picked, &shelf)? {
        Some(parent) => parent.clone(),
        None => picked,
    };
    let walk = saved::replay(context, &parent)?;
    if !has_ticket(&walk) {
        let resume = context.command(&format!("resume {}", parent.id));
        let why = context.words.no_ticket_yet;
        return Err(Failure::failed(format!("{why}\n  {resume}")));
    }
    let following = context.following(&parent, &walk);
    wizard::run(&following, Start::Case(Some(CaseId::FIRST)), asking)
}

/// Whether a walk has come to a ticket.
fn has_ticket(walk: &Walk<'_>) -> bool {
    walk.outcome()
        .is_some_and(|outcome| outcome.request.is_some())
}
