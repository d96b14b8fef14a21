//! `walks`: lists, shows and deletes saved walks.

use super::{Context, saved};
use crate::cli::WalksVerb;
use crate::history;
use crate::moment::Moment;
use crate::redact::Raw;
use crate::report::{self, Failure};
use crate::session::{OLD_DAYS, Saved, Shelf, Store};
use crate::text::{tame, width};
use anyhow::Result;
use std::collections::HashSet;

pub fn run(context: &Context, verb: Option<WalksVerb>) -> Result<()> {
    let (store, mut shelf) = saved::look(context)?;
    let words = context.words;
    match verb {
        None | Some(WalksVerb::List { .. }) => list(context, &store, &shelf)?,
        Some(WalksVerb::Show { walk, .. }) => {
            let saved = saved::pick(context, &mut shelf, Some(&walk))?;
            // Where what a follow-up follows is gone, its values are shown as any text.
            let following = saved::following(context, &saved, &shelf).unwrap_or_default();
            let guide = &following.as_ref().unwrap_or(context).guide;
            let shown = saved.history.shown(guide);
            let leaks = shown.leaks();
            if !leaks.is_empty() {
                let kinds = leaks.names(context.guide.tag(context.lang), words.comma);
                return Err(Failure::failed(words.walk_leaks(&saved.id, &kinds)));
            }
            let text = toml::to_string(&shown)?;
            let lines = text.lines().map(|line| format!("{}\n", tame(line)));
            report::result(&lines.collect::<String>())?;
        }
        Some(WalksVerb::Delete { walk, old, .. }) => {
            let mut aside = store.aside();
            let left = shelf.left.iter().map(|(name, _)| name.as_str());
            let left = left.filter_map(|name| name.strip_suffix(".toml"));
            let mut left: Vec<String> = left.map(str::to_owned).collect();
            let ids = match walk {
                Some(name) if aside.contains(&name) || left.contains(&name) => {
                    aside.retain(|other| *other == name);
                    left.retain(|other| *other == name);
                    left
                }
                Some(name) => {
                    aside.clear();
                    vec![saved::pick(context, &mut shelf, Some(&name))?.id]
                }
                None if old => {
                    aside.clear();
                    old_ones(&shelf.walks).map(|walk| walk.id.clone()).collect()
                }
                None => {
                    let ids = shelf.walks.into_iter().map(|walk| walk.id);
                    ids.chain(left).collect()
                }
            };
            let walks = ids.into_iter().map(|id| (store.delete(&id), id));
            let aside = aside
                .into_iter()
                .map(|name| (store.delete_aside(&name), name));
            let mut failed = Vec::new();
            // What cannot be deleted keeps nothing else alive.
            for (deleted, name) in walks.chain(aside) {
                match deleted {
                    Ok(()) => report::say(&words.deleted(&name)),
                    Err(why) => failed.push(words.not_deleted(&name, words.trouble(&why))),
                }
            }
            if !failed.is_empty() {
                return Err(Failure::failed(failed.join("\n")));
            }
        }
    }
    Ok(())
}

/// Prints the walks, and says what else is in the folder and what to do with it.
fn list(context: &Context, store: &Store, shelf: &Shelf) -> Result<()> {
    let words = context.words;
    if shelf.walks.is_empty() {
        report::say(words.no_walks);
    } else {
        report::result(&table(context, &shelf.walks))?;
    }
    let old = old_ones(&shelf.walks).count();
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

fn old_ones(walks: &[Saved]) -> impl Iterator<Item = &Saved> {
    let now = Moment::now();
    walks.iter().filter(move |walk| walk.is_old(now))
}

/// A line for each walk: its name, when, how far, and its case.
fn table(context: &Context, walks: &[Saved]) -> String {
    let ids: HashSet<&str> = walks.iter().map(|walk| walk.id.as_str()).collect();
    let rows = walks.iter().map(|walk| match &walk.history.follows {
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

fn follow_up_row(context: &Context, saved: &Saved, parent: &str, is_there: bool) -> [String; 4] {
    let words = context.words;
    let ago = words.ago(Moment::now().minutes_since(saved.last));
    let parent = tame(parent);
    let of = if is_there {
        words.follow_up.of(parent)
    } else {
        words.follow_up.of_gone(parent)
    };
    let state = match saved.history.finished {
        Some(_) => words.finished(words.follow_up.title),
        None => words.unfinished(saved.history.answers.len()),
    };
    [saved.id.clone(), ago, of, state]
}

fn row(context: &Context, saved: &Saved) -> [String; 4] {
    let (guide, lang, words) = (&context.guide, context.lang, context.words);
    let history = &saved.history;
    let ago = words.ago(Moment::now().minutes_since(saved.last));
    let walked = history.replay(guide).ok();
    let outcome = walked.as_ref().and_then(|(walk, _)| walk.outcome());
    let outcome =
        outcome.map(|outcome| outcome.title.as_ref().map_or(&*outcome.id, |t| t.get(lang)));
    let finished = history.finished.as_ref().map(history::moment);
    let state = match (finished, outcome) {
        (Some(_), outcome) => words.finished(outcome.unwrap_or("?")),
        (None, _) => words.unfinished(history.answers.len()),
    };
    let case = guide.case(&history.case).filter(|_| walked.is_some());
    let case = case.map_or_else(
        || Raw::new(history.case.as_str()).masked().text.to_string(),
        |case| guide.cases[case].label.get(lang).to_owned(),
    );
    [saved.id.clone(), ago, case, state]
}
