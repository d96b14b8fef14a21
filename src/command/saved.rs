//! Which saved walk a verb is about.

use super::Context;
use crate::guide::Guide;
use crate::report::{self, Failure};
use crate::session::{Saved, Shelf, Slot, Store, Trouble};
use crate::text::{nearest, tame};
use crate::walk::Walk;
use crate::words::Words;
use anyhow::Result;

/// Looks into the user's folder, and says what could not be read.
pub fn look(context: &Context) -> Result<(Store, Shelf)> {
    let words = context.words;
    let failed = |trouble: Trouble| Failure::failed(words.trouble(&trouble));
    let store = Store::open().map_err(failed)?;
    let shelf = store.look().map_err(failed)?;
    for message in news(words, &shelf) {
        report::say(&message);
    }
    Ok((store, shelf))
}

/// What there is to say about files that are no walks, or none that can be read now.
pub fn news(words: &Words, shelf: &Shelf) -> Vec<String> {
    let aside = shelf.aside.iter();
    let aside = aside.map(|(name, why)| words.put_aside(name, words.trouble(why)));
    let left = shelf.left.iter();
    let left = left.map(|(name, why)| match why {
        Trouble::Newer(_) => words.left_newer(name, words.trouble(why)),
        _ => words.left_there(words.trouble(why)),
    });
    let back = shelf.back.iter().map(|id| words.back_again(id));
    aside.chain(left).chain(back).collect()
}

/// The walk with this name, or the one whose name begins so; without a name the last over this
/// guide. It is taken out of the shelf.
pub fn pick(context: &Context, shelf: &mut Shelf, name: Option<&str>) -> Result<Saved> {
    let words = context.words;
    let walks = &mut shelf.walks;
    let Some(name) = name else {
        let first = walks.iter().position(|walk| match &walk.history.follows {
            None => is_about(walk, &context.guide),
            Some(parent) => {
                let mut parents = walks.iter().filter(|walk| walk.id == *parent);
                parents.any(|parent| is_about(parent, &context.guide))
            }
        });
        return first
            .map(|n| walks.remove(n))
            .ok_or_else(|| Failure::failed(words.no_walks));
    };
    if walks.is_empty() {
        return Err(Failure::failed(words.no_walks));
    }
    let exact = walks.iter().position(|walk| walk.id == name);
    let mut begin = (0..walks.len()).filter(|n| walks[*n].id.starts_with(name));
    let alone = begin.next().filter(|_| begin.next().is_none());
    match exact.or(alone) {
        Some(n) => Ok(walks.remove(n)),
        None => {
            let ids: Vec<&str> = walks.iter().map(|walk| walk.id.as_str()).collect();
            let near = nearest(name, ids.iter().copied());
            let all = ids.join(", ");
            Err(Failure::usage(words.no_such_walk(name, near, &all)))
        }
    }
}

/// The walk that a follow-up follows; nothing where the walk is none.
///
/// # Errors
/// When that walk is gone.
pub fn parent<'s>(context: &Context, saved: &Saved, shelf: &'s Shelf) -> Result<Option<&'s Saved>> {
    let Some(parent) = &saved.history.follows else {
        return Ok(None);
    };
    let found = shelf.walks.iter().find(|walk| walk.id == *parent);
    found.map(Some).ok_or_else(|| {
        let gone = context.words.follow_up.gone(&saved.id, tame(parent));
        let show = context.command(&format!("walks show {}", saved.id));
        Failure::failed(format!("{gone}\n  {show}"))
    })
}

/// What a saved follow-up goes on with; nothing where the walk is none.
pub fn following(context: &Context, saved: &Saved, shelf: &Shelf) -> Result<Option<Context>> {
    let Some(parent) = parent(context, saved, shelf)? else {
        return Ok(None);
    };
    let walk = replay(context, parent)?;
    Ok(Some(context.following(parent, &walk)))
}

/// A saved walk as far as it has come.
pub fn replay<'g>(context: &'g Context, saved: &Saved) -> Result<Walk<'g>> {
    let words = context.words;
    let replayed = saved.history.replay(&context.guide);
    let (walk, _) =
        replayed.map_err(|why| Failure::failed(words.no_going_on(&saved.id, words.unfit(&why))))?;
    Ok(walk)
}

/// A walk that nobody else has, as it stands now, with the ids of steps whose answers were dropped.
pub type TakenUp<'g> = (Slot, Saved, Walk<'g>, Vec<String>);

/// Takes a walk that was found before up again.
pub fn take_up<'g>(
    context: &'g Context,
    store: &Store,
    found: &Saved,
) -> Result<TakenUp<'g>, Trouble> {
    let slot = store.claim(&found.id)?;
    // What was read before the lock was taken may be older than what is there now.
    let history = slot.load()?.ok_or(Trouble::Gone)?;
    let (walk, dropped) = history.replay(&context.guide)?;
    let saved = Saved {
        history,
        ..found.clone()
    };
    Ok((slot, saved, walk, dropped))
}

/// Whether a walk can be taken up on this guide.
pub fn is_about(walk: &Saved, guide: &Guide) -> bool {
    walk.history.guide == guide.id && guide.case(&walk.history.case).is_some()
}
