//! Finds secrets in text and masks them.
//!
//! ```text
//! text ─► view ─► rules ─► ranges ─► text with placeholders
//! ```
//!
//! `view` is the text in one spelling, `kinds` the table of what is looked for, `rules` how. What was found is said by kind and count, never by value.
//!
//! A detector is the last of three defences: what can be chosen is not typed, and what is typed goes
//! into fields that take only their own form. It errs on the side of hiding. But what support needs
//! stays: an account's, an order's or a ticket's number, an error's code, a trace beside its word.

mod kinds;
mod rules;
pub mod stream;
mod view;

use crate::text::is_hostile;
use crate::words::LANGUAGES;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, Range};

pub use kinds::{Example, KINDS, Kind, Row};
use rules::by_kind;
use rules::labels::Page;
use view::{View, WALL};

/// A text without its secrets, and what they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The text, with a placeholder for each secret.
    pub text: String,
    /// What was hidden.
    pub removed: Removed,
}

/// How many secrets of each kind were found; strongest kind first. Holds no values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    counts: BTreeMap<Kind, usize>,
    lines: usize,
}

impl Removed {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many secrets there were in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.values().sum()
    }

    /// How many there were of one kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    /// The kinds that were found, with their counts, strongest first.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, usize)> + '_ {
        self.counts.iter().map(|(kind, count)| (*kind, *count))
    }

    /// How many lines of a text are gone with secrets that go over several lines.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// The names of the kinds in a language, with `between` between them.
    #[must_use]
    pub fn names(&self, lang: &str, between: &str) -> String {
        let names: Vec<&str> = self.counts.keys().map(|kind| kind.name(lang)).collect();
        names.join(between)
    }

    /// What was found of some kinds alone.
    #[must_use]
    pub fn of(&self, is_meant: impl Fn(Kind) -> bool) -> Self {
        self.iter().filter(|(kind, _)| is_meant(*kind)).collect()
    }

    /// What was found more often than elsewhere.
    #[must_use]
    pub fn beyond(&self, other: &Self) -> Self {
        let more = self
            .iter()
            .map(|(kind, n)| (kind, n.saturating_sub(other.count(kind))));
        more.filter(|(_, n)| *n > 0).collect()
    }

    /// Adds what was found elsewhere.
    pub fn add(&mut self, other: &Self) {
        for (kind, count) in other.iter() {
            *self.counts.entry(kind).or_default() += count;
        }
        self.lines += other.lines;
    }

    /// What was found in `text`.
    fn in_text(text: &str, found: &[Finding]) -> Self {
        let one = |finding: &Finding| (finding.kind, 1);
        Self {
            lines: found
                .iter()
                .map(|finding| lines_gone(text, &finding.range))
                .sum(),
            ..found.iter().map(one).collect()
        }
    }
}

impl FromIterator<(Kind, usize)> for Removed {
    fn from_iter<T: IntoIterator<Item = (Kind, usize)>>(found: T) -> Self {
        let mut removed = Self::default();
        for (kind, count) in found {
            *removed.counts.entry(kind).or_default() += count;
        }
        removed
    }
}

/// How many lines a secret that goes over several takes whole: no letter of them is left.
fn lines_gone(text: &str, secret: &Range<usize>) -> usize {
    let ends = text[secret.clone()].matches('\n').count();
    if ends == 0 {
        return 0;
    }
    let before = text[..secret.start].rsplit('\n').next().unwrap_or_default();
    let after = text[secret.end..].split('\n').next().unwrap_or_default();
    let is_bare = |rest: &str| !rest.contains(char::is_alphabetic);
    ends - 1 + usize::from(is_bare(before)) + usize::from(is_bare(after))
}

/// Texts that are perhaps a secret, and that whoever typed them chose to keep. They cannot be printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Kept(Vec<String>);

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kept({})", self.0.len())
    }
}

impl Kept {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps what `other` keeps, too.
    pub fn add(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// A text without them, to be judged by the rest of it.
    #[must_use]
    pub fn out_of(&self, text: &str) -> String {
        let mut texts: Vec<&String> = self.0.iter().collect();
        texts.sort_by_key(|kept| std::cmp::Reverse(kept.len()));
        let without = |text: String, kept: &String| text.replace(&**kept, "…");
        texts.into_iter().fold(text.to_owned(), without)
    }

    fn has(&self, text: &str, finding: &Finding) -> bool {
        let found = sanitized(&text[finding.range.clone()]);
        !finding.kind.is_certain() && self.0.iter().any(|kept| kept.contains(&found))
    }
}

/// What a person typed, or a file says a person typed, before anything was hidden. It cannot be
/// printed, compared or stored; what can be is the [`Clean`] that [`Raw::masked`] makes of it or, for
/// numbers with a form of their own, [`Raw::in_form`].
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Raw(String);

impl Raw {
    /// Takes what was typed.
    #[must_use]
    pub fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }

    /// Whether nothing was typed but spaces.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// Whether what was typed is one that `is_meant` knows, such as a word of the program's own.
    #[must_use]
    pub fn is(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        is_meant(&self.0)
    }

    /// What was typed, if it has a form that leaves no room for a secret. `read` must accept
    /// nothing else, and return no more than it accepts.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn in_form<E>(self, read: impl FnOnce(&str) -> Result<String, E>) -> Result<Clean, E> {
        read(&sanitized(&self.0)).map(|text| Clean(sanitized(&text)))
    }

    /// The same in other words, such as a name without its folders.
    #[must_use]
    pub fn map(self, say: impl FnOnce(&str) -> String) -> Self {
        Self(say(&self.0))
    }

    /// What was typed, without its secrets and without spaces at its ends.
    #[must_use]
    pub fn masked(self) -> Masked {
        self.masked_but(&Kept::default())
    }

    /// The same with what its writer chose to keep.
    #[must_use]
    pub fn masked_but(self, kept: &Kept) -> Masked {
        // The detector reads a word with an invisible character in it as one word. In what is kept
        // that character is a space, so it is read with the space, too.
        let mut masked = redact_but(&self.0, kept);
        loop {
            let again = redact_but(&sanitized(&masked.text), kept);
            masked.text = again.text;
            if again.removed.is_empty() {
                break;
            }
            masked.removed.add(&again.removed);
        }
        Masked {
            text: Clean(masked.text),
            removed: masked.removed,
        }
    }

    /// The parts that are only [perhaps](Kind::is_certain) a secret, for their writer to keep.
    #[must_use]
    pub fn doubtful(&self) -> Kept {
        let texts = [self.0.clone(), sanitized(&self.0)];
        let doubtful = texts.iter().flat_map(|text| {
            let found = find(text, &Kept::default());
            let doubtful = found
                .into_iter()
                .filter(|finding| !finding.kind.is_certain());
            doubtful.map(|finding| sanitized(&text[finding.range]))
        });
        Kept(doubtful.collect())
    }
}

/// A text with a space for each character that could command a terminal, and for each that could not
/// be read, and without spaces at its ends.
fn sanitized(text: &str) -> String {
    let bad = |c: char| is_hostile(c) || c == char::REPLACEMENT_CHARACTER;
    text.replace(bad, " ").trim().to_owned()
}

/// A text that may be stored and shown: no character in it commands a terminal, and what was a secret
/// once these were gone is masked. Only [`Raw`] makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Clean(String);

impl Clean {
    /// The same with its placeholders in a language; see [`in_language`].
    #[must_use]
    pub fn in_language(&self, language: &str) -> Self {
        Self(in_language(&self.0, language))
    }
}

impl Deref for Clean {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A [`Clean`] text, and what was hidden in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The text, with a placeholder for each secret.
    pub text: Clean,
    /// What was hidden.
    pub removed: Removed,
}

/// Hides every secret of [`KINDS`] in `text`.
///
/// Pure, linear in the length of the text, and idempotent: redacting the result changes nothing
/// (texts made to need more than eight passes aside).
/// Text without secrets comes back byte for byte. Secrets are matched in any spelling that the view
/// folds, and hidden in the spelling they have.
#[must_use]
pub fn redact(text: &str) -> Redacted {
    redact_but(text, &Kept::default())
}

/// The same, with what was chosen to be kept: never a secret [for certain](Kind::is_certain).
#[must_use]
pub fn redact_but(text: &str, kept: &Kept) -> Redacted {
    let found = find(text, kept);
    Redacted {
        text: masked(text, 0..text.len(), &found),
        removed: Removed::in_text(text, &found),
    }
}

/// What [`redact`] would hide.
#[must_use]
pub fn scan(text: &str) -> Removed {
    scan_but(text, &Kept::default())
}

/// What [`redact_but`] would hide.
#[must_use]
pub fn scan_but(text: &str, kept: &Kept) -> Removed {
    Removed::in_text(text, &find(text, kept))
}

/// How many placeholders of each kind stand in a redacted text.
#[must_use]
pub fn placeholders(text: &str) -> Removed {
    let counts = Kind::ALL
        .into_iter()
        .map(|kind| (kind, text.matches(kind.placeholder()).count()));
    counts.filter(|(_, count)| *count > 0).collect()
}

/// A redacted text with its placeholders in a language, whichever language they were in.
#[must_use]
pub fn in_language(text: &str, language: &str) -> String {
    let mut out = text.to_owned();
    for kind in Kind::ALL {
        for spoken in LANGUAGES {
            let there = kind.placeholder_in(spoken.tag);
            if out.contains(there) {
                out = out.replace(there, kind.placeholder_in(language));
            }
        }
    }
    out
}

/// A secret and what to write instead of it.
struct Finding {
    range: Range<usize>,
    kind: Kind,
    replacement: Cow<'static, str>,
}

/// Every secret in `text`, in order, none overlapping another.
fn find(text: &str, kept: &Kept) -> Vec<Finding> {
    /// A pass reads what the pass before left, so that nothing is found by redacting again. The
    /// second pass finds something rarely, the third nearly never; the limit bounds the time.
    const PASSES: usize = 8;
    let mut found: Vec<Finding> = Vec::new();
    for _ in 0..PASSES {
        let view = View::new(text, found.iter().map(|finding| finding.range.clone()));
        let mut more = pass(&view);
        more.retain(|finding| !kept.has(text, finding));
        if more.is_empty() {
            break;
        }
        found.extend(more);
        found.sort_by_key(|finding| finding.range.start);
    }
    found
}

/// What the rules find in a view.
fn pass(view: &View) -> Vec<Finding> {
    let mut claims: Vec<(Range<usize>, Kind)> = Vec::new();
    let page = Page::new(view.text());
    for kind in Kind::ALL {
        by_kind::find(kind, &page, &mut |range| claims.push((range, kind)));
    }
    claims.sort_by_key(|(range, kind)| (range.start, *kind));
    let mut found: Vec<Finding> = Vec::new();
    for (range, kind) in merge(claims) {
        let source = view.source(&range);
        // One character can fold to several (½), and end one secret and begin another.
        if let Some(last) = found
            .last_mut()
            .filter(|last| source.start < last.range.end)
        {
            last.range.end = last.range.end.max(source.end);
            last.kind = last.kind.min(kind);
            last.replacement = last.kind.placeholder().into();
            continue;
        }
        let (before, after) = (&view.text()[..range.start], &view.text()[range.end..]);
        // Next to what was removed before, a shortened value would run into it.
        let apart = !before.ends_with(WALL) && !after.starts_with(WALL);
        let replacement = if kind.is_shortened() && apart {
            rules::contact::shorten(kind, &view.text()[range])
        } else {
            kind.placeholder().into()
        };
        found.push(Finding {
            range: source,
            kind,
            replacement,
        });
    }
    found
}

/// Joins claims that overlap, under the strongest kind; except that a token around an address or a
/// phone number gives way, so that these can be shortened.
fn merge(claims: Vec<(Range<usize>, Kind)>) -> Vec<(Range<usize>, Kind)> {
    let mut merged: Vec<(Range<usize>, Kind)> = Vec::new();
    for (range, kind) in claims {
        match merged.last_mut().filter(|(last, _)| range.start < last.end) {
            None => merged.push((range, kind)),
            Some((_, last)) if last.is_shortened() && kind == Kind::Token => {}
            Some((place, last)) if *last == Kind::Token && kind.is_shortened() => {
                (*place, *last) = (range, kind);
            }
            Some((place, last)) => {
                place.end = place.end.max(range.end);
                *last = kind.min(*last);
            }
        }
    }
    merged
}

/// The part of `text` within `range`, with the findings in it replaced.
fn masked(text: &str, range: Range<usize>, found: &[Finding]) -> String {
    let mut out = String::with_capacity(range.len());
    let mut kept = range.start;
    for finding in found
        .iter()
        .filter(|finding| range.contains(&finding.range.start))
    {
        out.push_str(&text[kept..finding.range.start]);
        out.push_str(&finding.replacement);
        kept = finding.range.end;
    }
    out.push_str(&text[kept..range.end]);
    out
}
