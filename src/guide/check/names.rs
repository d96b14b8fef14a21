//! The names of a guide, and what to say where one is not there.

use crate::guide::finding::{Code, Findings};
use crate::guide::ids::{Id, IdVec};
use crate::guide::read::{At, Table};
use crate::text::nearest;
use std::collections::HashMap;
use std::ops::Range;
use toml::de::DeValue;

/// The most findings for which a likely name is looked for.
const MAX_SUGGESTED: usize = 50;

/// All things of one kind, with their names.
pub struct Named<'a, I> {
    /// What messages call the kind.
    what: &'static str,
    /// The name and the table of each.
    pub tables: IdVec<I, (At<&'a str>, Table<'a>)>,
    ids: HashMap<&'a str, I>,
}

impl<'a, I: Id> Named<'a, I> {
    pub fn of(what: &'static str, tables: Vec<(At<&'a str>, Table<'a>)>) -> Named<'a, I> {
        let tables = IdVec::from(tables);
        let ids = tables.with_ids();
        let ids = ids.map(|(id, (name, _))| (*name.get_ref(), id)).collect();
        Named { what, tables, ids }
    }

    /// The thing with this name.
    pub fn get(&self, name: &str) -> Option<I> {
        self.ids.get(name).copied()
    }

    /// All names.
    pub fn all(&self) -> impl Iterator<Item = &'a str> {
        self.ids.keys().copied()
    }

    /// The thing with this name; if there is none, that is a finding.
    pub fn find(&self, name: &At<&str>, findings: &Findings) -> Option<I> {
        let found = self.get(name.get_ref());
        if found.is_none() {
            unknown_target(self.what, name, self.all(), findings);
        }
        found
    }
}

/// Notes that there is no thing of this name, and suggests the likeliest name.
pub fn unknown_target<'n>(
    what: &str,
    id: &At<&str>,
    names: impl IntoIterator<Item = &'n str>,
    findings: &Findings,
) {
    let word = id.get_ref();
    // To compare each of a thousand unknown names with all known ones would take long.
    let near = if findings.len() < MAX_SUGGESTED {
        nearest(word, names)
    } else {
        None
    };
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "add it, or name one that is there".to_owned(),
    };
    findings.add(
        Code::UnknownTarget,
        id.span(),
        format!("there is no {what} `{word}`"),
        help,
    );
}

/// Whether a key that needs at least one of something is not there, or has an empty list.
pub fn is_empty(value: Option<&At<DeValue<'_>>>) -> bool {
    value.is_none_or(|value| {
        value
            .get_ref()
            .as_array()
            .is_some_and(|list| list.is_empty())
    })
}

/// Where the conditions of things stand in the file.
pub fn conditions<I: Id>(named: &Named<'_, I>) -> IdVec<I, Option<Range<usize>>> {
    let tables = named.tables.iter();
    let whens = tables.map(|(_, table)| table.get("when").map(At::span));
    whens.collect()
}

/// Where the things of one kind are named in the file.
pub fn spans<I: Id>(named: &Named<'_, I>) -> IdVec<I, Range<usize>> {
    named.tables.iter().map(|(name, _)| name.span()).collect()
}
