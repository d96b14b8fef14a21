//! Which saved walk a verb is about.

use super::context::Context;
use crate::embedded;
use crate::error::{Error, Result};
use crate::guide::Guide;
use crate::history::{Unfit, Waiting};
use crate::report;
use crate::store::{Listing, LockedWalk, SavedWalk, Store, StoreError};
use crate::text::{nearest, tame};
use crate::walk::Walk;
use crate::words::{Words, by_id};
use std::path::Path;

/// Lists the saved walks, and says what could not be read.
pub fn list(context: &Context) -> Result<(Store, Listing)> {
    let store = context.store()?;
    let listing = store.list()?;
    for message in news(context.words, &listing) {
        report::say(&message);
    }
    Ok((store, listing))
}

/// What there is to say about files that are not saved walks, or cannot be read now.
pub fn news(words: &Words, listing: &Listing) -> Vec<String> {
    let aside = listing.aside.iter();
    let aside = aside.map(|(name, why)| words.put_aside(name, words.trouble(why)));
    let left = listing.left.iter();
    let left = left.map(|(name, why)| match why {
        StoreError::Newer(_) => words.left_newer(name, words.trouble(why)),
        _ => words.left_there(words.trouble(why)),
    });
    let back = listing.back.iter().map(|id| words.back_again(id));
    aside.chain(left).chain(back).collect()
}

/// The walk with this name, or the one whose name begins so; without a name the last over this
/// guide.
pub fn pick<'s>(
    context: &Context,
    listing: &'s Listing,
    name: Option<&str>,
) -> Result<&'s SavedWalk> {
    let words = context.words;
    let walks = &listing.walks;
    let Some(name) = name else {
        let mut walks = walks.iter();
        let first = walks.find(|walk| match &walk.summary.follows {
            None => is_about(walk, &context.guide),
            Some(parent) => {
                let parent = listing.walks.iter().find(|walk| walk.id == *parent);
                parent.is_some_and(|parent| is_about(parent, &context.guide))
            }
        });
        return first.ok_or_else(|| Error::failed(words.no_walks));
    };
    if walks.is_empty() {
        return Err(Error::failed(words.no_walks));
    }
    let exact = walks.iter().find(|walk| walk.id == name);
    let mut begin = walks.iter().filter(|walk| walk.id.starts_with(name));
    let alone = begin.next().filter(|_| begin.next().is_none());
    exact.or(alone).ok_or_else(|| {
        let ids: Vec<&str> = walks.iter().map(|walk| walk.id.as_str()).collect();
        let near = nearest(name, ids.iter().copied());
        let all = ids.join(", ");
        Error::usage(words.no_such_walk(name, near, &all)).hint(context.command("walks"))
    })
}

/// The walk that a follow-up follows; nothing where the walk is none.
///
/// # Errors
/// When that walk is gone.
pub fn parent<'s>(
    context: &Context,
    saved: &SavedWalk,
    listing: &'s Listing,
) -> Result<Option<&'s SavedWalk>> {
    let Some(parent) = &saved.summary.follows else {
        return Ok(None);
    };
    let found = listing.walks.iter().find(|walk| walk.id == *parent);
    found.map(Some).ok_or_else(|| {
        let gone = context.words.follow_up.gone(&saved.id, tame(parent));
        let show = context.command(&format!("walks show {}", saved.id));
        Error::failed(gone).hint(show)
    })
}

/// What a saved follow-up goes on with, for this verb; nothing where the walk is none.
pub fn following(
    context: &Context,
    verb: &str,
    saved: &SavedWalk,
    listing: &Listing,
) -> Result<Option<Context>> {
    let Some(parent) = parent(context, saved, listing)? else {
        return Ok(None);
    };
    let walk = replay(context, verb, parent)?;
    Ok(Some(context.following(parent, &walk)))
}

/// A saved walk as far as it has come, for this verb.
pub fn replay<'g>(context: &'g Context, verb: &str, saved: &SavedWalk) -> Result<Walk<'g>> {
    let history = saved.history();
    let replayed = history.and_then(|history| Ok(history.replay(&context.guide)?));
    let (walk, _) = replayed.map_err(|why| cannot_open(context, verb, &saved.id, &why))?;
    Ok(walk)
}

/// That a walk cannot be opened. Where it belongs to another guide, `verb` with that guide is what
/// helps.
pub fn cannot_open(context: &Context, verb: &str, id: &str, why: &StoreError) -> Error {
    let words = context.words;
    let error = Error::failed(words.cannot_open(id, words.trouble(why)));
    match why {
        StoreError::Unfit(Unfit::Guide(its, _)) => {
            let file = by_id(words.help.value, "FILE").map(Path::new);
            let file = file.filter(|_| *its != embedded::guide().id);
            error.hint(context.command_over(file, &format!("{verb} {id}")))
        }
        _ => error,
    }
}

/// A saved walk that nobody else can write, as it stands now.
pub struct TakenUp<'g> {
    pub locked: LockedWalk,
    pub walk: Walk<'g>,
    /// The wait that it is in.
    pub waiting: Option<Waiting>,
    /// The ids of steps whose answers do not fit the guide any more.
    pub dropped: Vec<String>,
}

/// Takes a walk that was found before up again.
pub fn take_up<'g>(
    context: &'g Context,
    store: &Store,
    found: &SavedWalk,
) -> Result<TakenUp<'g>, StoreError> {
    let locked = store.lock(&found.id)?;
    // What was read before the lock was taken may be older than what is there now.
    let history = locked.load()?.ok_or(StoreError::Gone)?;
    let (walk, dropped) = history.replay(&context.guide)?;
    Ok(TakenUp {
        locked,
        walk,
        waiting: history.waiting,
        dropped,
    })
}

/// Whether a walk can be taken up on this guide.
pub fn is_about(walk: &SavedWalk, guide: &Guide) -> bool {
    walk.summary.guide == guide.id && guide.case(&walk.summary.case).is_some()
}
