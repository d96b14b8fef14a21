//! `walks`: what can be done with saved walks as a whole.

use super::context::Context;
use super::pick;
use crate::cli::WalksVerb;
use crate::error::{Error, Result, What};
use crate::guide::Guide;
use crate::moment::Moment;
use crate::redact::Raw;
use crate::report;
use crate::store::{Listing, OLD_DAYS, SavedWalk, Store};
use crate::text::{tame, width};
use std::collections::HashSet;
use std::io;

pub fn run(context: &Context, verb: Option<WalksVerb>) -> Result<()> {
    if let Some(WalksVerb::Delete { all: true, .. }) = verb {
        let store = context.store()?;
        // What else there is to say of these files does not matter any more.
        let everything = all(&store, store.list()?);
        return delete(context, &store, everything);
    }
    let (store, listing) = pick::list(context)?;
    match verb {
        None | Some(WalksVerb::List) => list(context, &store, &listing),
        Some(WalksVerb::Show { walk }) => show(context, &listing, &walk),
        Some(WalksVerb::Delete { walk, .. }) => {
            let deletion = match walk {
                Some(name) => one(context, &store, &listing, name)?,
                None => old_ones(&listing.walks, context.now()).into(),
            };
            delete(context, &store, deletion)
        }
    }
}

/// Prints a walk as it is saved.
fn show(context: &Context, listing: &Listing, name: &str) -> Result<()> {
    let words = context.words;
    let saved = pick::pick(context, listing, Some(name))?;
    // Where the walk that a follow-up follows is gone, its values are shown as any text.
    let following = pick::following(context, "walks show", saved, listing).unwrap_or_default();
    let guide = &following.as_ref().unwrap_or(context).guide;
    let shown = saved.history()?.shown(guide);
    let leaks = shown.leaks();
    if !leaks.is_empty() {
        let kinds = leaks.names(context.guide.tag(context.lang), words.comma);
        let error = Error::failed(words.walk_leaks(&saved.id, &kinds));
        let commands = ["resume", "walks delete"];
        let commands = commands.map(|verb| context.command(&format!("{verb} {}", saved.id)));
        return Err(commands.into_iter().fold(error, Error::hint));
    }
    let text = toml::to_string(&shown);
    let text = text.map_err(|error| Error::new(What::Output(io::Error::other(error))))?;
    let lines = text.lines().map(|line| format!("{}\n", tame(line)));
    report::result(&lines.collect::<String>())
}

/// What is to be deleted, in order.
#[derive(Default)]
struct Deletion {
    /// The names of walks.
    walks: Vec<String>,
    /// The names of files that were put aside.
    aside: Vec<String>,
}

impl From<Vec<&SavedWalk>> for Deletion {
    fn from(walks: Vec<&SavedWalk>) -> Deletion {
        Deletion {
            walks: walks.into_iter().map(|walk| walk.id.clone()).collect(),
            aside: Vec::new(),
        }
    }
}

/// The names of walks that cannot be read now.
fn left(listing: &Listing) -> impl Iterator<Item = String> {
    let names = listing.left.iter().map(|(name, _)| name.as_str());
    names.filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
}

/// The walk or the file with this name.
fn one(context: &Context, store: &Store, listing: &Listing, name: String) -> Result<Deletion> {
    if store.aside().contains(&name) {
        return Ok(Deletion {
            aside: vec![name],
            ..Deletion::default()
        });
    }
    if left(listing).any(|left| left == name) {
        return Ok(Deletion {
            walks: vec![name],
            ..Deletion::default()
        });
    }
    Ok(vec![pick::pick(context, listing, Some(&name))?].into())
}

/// Everything.
fn all(store: &Store, listing: Listing) -> Deletion {
    let left: Vec<String> = left(&listing).collect();
    let walks = listing.walks.into_iter().map(|walk| walk.id);
    Deletion {
        walks: walks.chain(left).collect(),
        aside: store.aside(),
    }
}

/// Deletes, whatever cannot be deleted.
fn delete(context: &Context, store: &Store, deletion: Deletion) -> Result<()> {
    let words = context.words;
    let walks = deletion.walks.into_iter();
    let walks = walks.map(|id| (store.delete(&id), id));
    let aside = deletion.aside.into_iter();
    let aside = aside.map(|name| (store.delete_aside(&name), name));
    let mut failed = Vec::new();
    for (deleted, name) in walks.chain(aside) {
        match deleted {
            Ok(()) => report::say(&words.deleted(&name)),
            Err(why) => failed.push(words.not_deleted(&name, words.trouble(&why))),
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Error::failed(failed.join("\n")))
    }
}

/// Prints the walks, and says what else is in the folder and what to do with it.
fn list(context: &Context, store: &Store, listing: &Listing) -> Result<()> {
    let words = context.words;
    if listing.walks.is_empty() {
        report::say(words.no_walks);
    } else {
        report::result(&table(context, &listing.walks))?;
        if let Some(foreign) = context.foreign() {
            report::say(&foreign);
        }
    }
    let old = old_ones(&listing.walks, context.now()).len();
    if old > 0 {
        let delete = context.command("walks delete --old");
        report::say(&format!("{}\n  {delete}", words.old_walks(old, OLD_DAYS)));
    }
    let aside = store.aside();
    if let Some(first) = aside.first() {
        let folder = store.folder().display().to_string();
        let there = words.aside_there(aside.join(words.comma), &folder);
        let delete = context.command(&format!("walks delete {first}"));
        report::say(&format!("{there}\n  {delete}"));
    }
    Ok(())
}

/// The walks that are old. One that a follow-up needs is not among them.
fn old_ones(walks: &[SavedWalk], now: Moment) -> Vec<&SavedWalk> {
    let followed = walks
        .iter()
        .filter_map(|walk| walk.summary.follows.as_deref());
    let followed: HashSet<&str> = followed.collect();
    let is_needed = |walk: &SavedWalk| followed.contains(walk.id.as_str());
    let old = walks.iter().filter(|walk| walk.is_old(now));
    old.filter(|walk| !is_needed(walk)).collect()
}

/// A line for each walk: its name, when, how far, and its case.
fn table(context: &Context, walks: &[SavedWalk]) -> String {
    let ids: HashSet<&str> = walks.iter().map(|walk| walk.id.as_str()).collect();
    let rows = walks.iter().map(|walk| match &walk.summary.follows {
        None => row(context, walk),
        Some(parent) => follow_up_row(context, walk, parent, ids.contains(parent.as_str())),
    });
    let rows: Vec<[String; 4]> = rows.collect();
    let mut widest = [0; 4];
    for row in &rows {
        for (widest, cell) in widest.iter_mut().zip(row) {
            *widest = width(cell).max(*widest);
        }
    }
    let mut out = String::new();
    for row in &rows {
        for (column, cell) in row.iter().enumerate() {
            out.push_str(cell);
            if column + 1 < row.len() {
                out.push_str(&" ".repeat(widest[column] - width(cell) + 2));
            }
        }
        out.push('\n');
    }
    out
}

fn follow_up_row(
    context: &Context,
    saved: &SavedWalk,
    parent: &str,
    is_there: bool,
) -> [String; 4] {
    let words = context.words;
    let ago = words.ago(context.now().minutes_since(saved.last));
    let parent = tame(parent);
    let of = if is_there {
        words.follow_up.of(parent)
    } else {
        words.follow_up.of_gone(parent)
    };
    let state = match saved.summary.finished {
        Some(_) => words.finished(words.follow_up.title),
        None => words.unfinished(saved.summary.answers),
    };
    [saved.id.clone(), ago, of, state]
}

fn row(context: &Context, saved: &SavedWalk) -> [String; 4] {
    let (guide, lang, words) = (&context.guide, context.lang, context.words);
    let summary = &saved.summary;
    let ago = words.ago(context.now().minutes_since(saved.last));
    let state = match summary.finished {
        Some(_) => words.finished(outcome(context, saved).unwrap_or_else(|| "?".to_owned())),
        None => words.unfinished(summary.answers),
    };
    let case = guide.case(&summary.case);
    let case = case.filter(|_| pick::is_about(saved, guide));
    let case = case.map_or_else(
        || Raw::new(summary.case.as_str()).masked().text.to_string(),
        |case| guide.cases[case].label.get(lang).to_owned(),
    );
    [saved.id.clone(), ago, case, state]
}

/// The outcome that a walk has reached, in words.
fn outcome(context: &Context, saved: &SavedWalk) -> Option<String> {
    let guide: &Guide = &context.guide;
    let about = pick::is_about(saved, guide).then_some(&saved.summary)?;
    let named = about.outcome.as_deref();
    let named = named.and_then(|id| guide.outcomes.iter().find(|outcome| outcome.id == id));
    let outcome = match named {
        Some(outcome) => outcome,
        // A walk of an older version, or an outcome that the guide has no longer.
        None => saved.history().ok()?.replay(guide).ok()?.0.outcome()?,
    };
    let title = outcome.title.as_ref();
    Some(
        title
            .map_or(outcome.id.as_str(), |title| title.get(context.lang))
            .to_owned(),
    )
}
