//! `ticket`: prints the ticket of a saved walk, or asks for a follow-up to it.

use super::context::Context;
use super::walk::{self, Start};
use super::{pick, tickets};
use crate::cli::Options;
use crate::error::{Error, Result};
use crate::guide::CaseId;
use crate::report;
use crate::ticket::Ticket;
use crate::walk::Walk;

/// Prints the ticket of a saved walk.
pub fn run(context: &Context, name: Option<&str>, options: &Options) -> Result<()> {
    let (_, listing) = pick::list(context)?;
    let saved = pick::pick(context, &listing, name)?;
    let following = pick::following(context, "ticket", saved, &listing)?;
    let context = following.as_ref().unwrap_or(context);
    let langs = context.ticket_langs(options)?;
    let walk = pick::replay(context, "ticket", saved)?;
    if !has_ticket(&walk) {
        report::say(context.words.no_ticket);
    }
    let all: Vec<Ticket> = langs
        .iter()
        .map(|lang| context.ticket(&walk, *lang))
        .collect();
    let tag = context.guide.tag(context.lang);
    for ticket in &all {
        let leaks = ticket.leaks();
        if !leaks.is_empty() {
            let kinds = leaks.names(tag, context.words.comma);
            return Err(Error::failed(context.words.leaks(&kinds)));
        }
    }
    let columns = context.around.terminal.result_columns();
    report::result(&tickets::rendered(&all, options, columns))
}

/// Asks what is new since the ticket of a saved walk was sent, and prints what to add to it. For a
/// follow-up that is the ticket that it adds to.
pub fn follow_up(context: &Context, name: Option<&str>, options: &Options) -> Result<()> {
    let (_, listing) = pick::list(context)?;
    let picked = pick::pick(context, &listing, name)?;
    let parent = pick::parent(context, picked, &listing)?.unwrap_or(picked);
    let walk = pick::replay(context, "ticket --follow-up", parent)?;
    if !has_ticket(&walk) {
        let resume = context.command(&format!("resume {}", parent.id));
        let why = context.words.no_ticket_yet;
        return Err(Error::failed(why).hint(resume));
    }
    let following = context.following(parent, &walk);
    walk::start(&following, Start::Case(Some(CaseId::FIRST)), options)
}

/// Whether a walk has come to a ticket.
fn has_ticket(walk: &Walk<'_>) -> bool {
    walk.outcome()
        .is_some_and(|outcome| outcome.request.is_some())
}
