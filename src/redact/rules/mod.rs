//! The rules, one file for each sort of thing that can be secret.
//!
//! Each is a function from a view to ranges of it. A rule reads only a bounded stretch around what
//! it looks at, so each is linear, and a wall stops it.

pub(super) mod by_kind;
pub(super) mod code;
pub(super) mod contact;
pub(super) mod everyday;
pub(super) mod identity;
pub(super) mod key;
pub(super) mod labels;
pub(super) mod link;
pub(super) mod number;
pub(super) mod password;
pub(super) mod seed;
pub(super) mod token;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Patterns of `words/shapes.txt`, compiled when they are first used.
macro_rules! pattern {
    ($($name:ident),+) => {
        $(static $name: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
            $crate::redact::rules::shape(module_path!(), stringify!($name))
        });)+
    };
}
pub(super) use pattern;

/// The pattern of this name in the section of a module.
fn shape(module: &str, name: &str) -> Regex {
    let file = module.rsplit("::").next().unwrap_or_default();
    let section = include_str!("../words/shapes.txt")
        .split("\n[")
        .find_map(|section| {
            let (head, section) = section.split_once("]\n")?;
            (head == file).then_some(section)
        });
    let begins = |line: &&str| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(": "))
    };
    let mut lines = section
        .unwrap_or_default()
        .lines()
        .skip_while(|line| !begins(line));
    let first = lines.next().map_or("", |line| &line[name.len() + 2..]);
    let more = lines.take_while(|line| line.starts_with(' '));
    let shape = more.fold(first.to_owned(), |shape, line| shape + line);
    Regex::new(&shape).expect("a pattern of this name")
}

/// The last `limit` bytes or so of the text before `at`, within its line.
fn before(text: &str, at: usize, limit: usize) -> &str {
    let from = text.ceil_char_boundary(at.saturating_sub(limit));
    let near = &text[from..at];
    near.rfind('\n').map_or(near, |end| &near[end + 1..])
}

/// The first `limit` bytes or so of the text from `at` on.
fn after(text: &str, at: usize, limit: usize) -> &str {
    &text[at..text.floor_char_boundary(at.saturating_add(limit))]
}

/// The group `value` of a pattern, if it matches. Telling the parts of a match takes much longer than
/// seeing that there is none.
fn value_in<'t>(rule: &regex::Regex, text: &'t str) -> Option<regex::Match<'t>> {
    rule.is_match(text)
        .then(|| rule.captures(text)?.name("value"))?
}

/// Whether a word is one of a list of `words/lists.txt`.
fn one_of(list: &str, word: &str) -> bool {
    static LISTS: LazyLock<HashMap<&str, HashSet<&str>>> = LazyLock::new(|| {
        let lines = include_str!("../words/lists.txt").lines();
        let lists = lines.filter_map(|line| line.split_once(": "));
        lists
            .map(|(name, words)| (name, words.split(' ').collect()))
            .collect()
    });
    LISTS[list].contains(word)
}

fn shift(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}
