//! Which saved walk a verb is about.

use super::Context;
use crate::guide::Guide;
use crate::moment::Moment;
use crate::report::{self, Failure};
use crate::session::{Saved, Shelf, Store, Trouble};
use crate::text::nearest;
use anyhow::Result;

/// Looks into the user's folder, and says what could not be read.
pub fn look(context: &Context) -> Result<(Store, Shelf)> {
    let failed = |trouble: Trouble| Failure::failed(trouble.to_string());
    let store = Store::open().map_err(failed)?;
    let shelf = store.look(Moment::now()).map_err(failed)?;
    for (name, why) in &shelf.aside {
        report::say(&(context.words.put_aside)(name, why));
    }
    Ok((store, shelf))
}

/// The walk with this name, or the one whose name begins so; without a name the last over this
/// guide.
pub fn pick(context: &Context, shelf: Shelf, name: Option<&str>) -> Result<Saved> {
    let words = context.words;
    let mut walks = shelf.walks;
    let Some(name) = name else {
        walks.retain(|walk| is_about(walk, &context.guide));
        return walks
            .into_iter()
            .next()
            .ok_or_else(|| Failure::failed(words.no_walks));
    };
    if walks.is_empty() {
        return Err(Failure::failed(words.no_walks));
    }
    let exact = walks.iter().position(|walk| walk.id == name);
    let mut begin = (0..walks.len()).filter(|n| walks[*n].id.starts_with(name));
    let alone = begin.next().filter(|_| begin.next().is_none());
    match exact.or(alone) {
        Some(n) => Ok(walks.swap_remove(n)),
        None => {
            let ids: Vec<&str> = walks.iter().map(|walk| walk.id.as_str()).collect();
            let near = nearest(name, ids.iter().copied());
            let all = ids.join(", ");
            Err(Failure::usage((words.no_such_walk)(name, near, &all)))
        }
    }
}

/// Whether a walk can be taken up on this guide.
pub fn is_about(walk: &Saved, guide: &Guide) -> bool {
    walk.history.guide == guide.id && guide.case(&walk.history.case).is_some()
}
