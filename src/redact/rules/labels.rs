//! The words that stand beside values, found once for all rules.
//!
//! A value belongs to the nearest word before it. So an order's number behind 验证码 is no code, and
//! one table, `words/labels.txt`, says both what is secret and what is harmless.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::identity::NUMBERS;
use super::link::{Place, known_word, places};
use super::pattern;
use crate::redact::view::View;
use crate::text::is_chinese;

/// Declares what words name, each with its name in `words/labels.txt`.
macro_rules! sorts {
    ($($(#[$doc:meta])* $sort:ident = $name:literal;)+) => {
        /// What a word names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Sort {
            $($(#[$doc])* $sort,)+
            /// A row of [`NUMBERS`].
            Country(usize),
        }

        const SORTS: &[(&str, Sort)] = &[$(($name, Sort::$sort)),+];
    };
}

sorts! {
    Password = "password";
    /// A word that often means something else: pass, mm.
    MaybePassword = "pass";
    Code = "code";
    /// "code" alone, which may be an error's.
    BareCode = "barecode";
    Backup = "backup";
    Seed = "seed";
    PrivateKey = "private";
    Key = "key";
    Document = "document";
    Identity = "identity";
    Card = "card";
    SecurityDigits = "security";
    Phone = "phone";
    Account = "account";
    /// Nobody's secret: an order, an error, an amount.
    Harmless = "keep";
    /// The same, of a number right behind it alone: 尾号, "until".
    HarmlessNext = "bound";
}

/// A word in a view.
pub(super) struct Label {
    pub(super) range: Range<usize>,
    pub(super) sort: Sort,
}

/// Words by their first two characters, the second of which may be a space or missing, the longest
/// first.
type Table = HashMap<(char, Option<char>), Vec<(String, Sort)>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::new();
    let mut add = |words: &str, sort| {
        // In the spelling of the view, in which they are looked for.
        for word in words.split('|') {
            let word = View::new(word.trim(), std::iter::empty())
                .text()
                .to_lowercase();
            let mut letters = word.chars();
            let first = letters.next().expect("a word has a letter");
            let second = letters.next().filter(|c| *c != ' ');
            table.entry((first, second)).or_default().push((word, sort));
        }
    };
    for line in include_str!("../words/labels.txt").lines() {
        if let Some((name, words)) = line.split_once(": ")
            && let Some((_, sort)) = SORTS.iter().find(|(sort, _)| *sort == name)
        {
            add(words, *sort);
        }
    }
    for (row, number) in NUMBERS.iter().enumerate() {
        add(number.names, Sort::Country(row));
    }
    for words in table.values_mut() {
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }
    table
});

/// A view with the words in it.
pub(crate) struct Page<'a> {
    pub(super) text: &'a str,
    labels: Vec<Label>,
    /// Its numbers, once they are read.
    pub(super) numbers: OnceCell<Vec<(super::number::Sort, Range<usize>)>>,
}

impl<'a> Page<'a> {
    /// Looks for the words in a view.
    pub(crate) fn new(text: &'a str) -> Self {
        let mut labels = Vec::new();
        let mut at = 0;
        let mut previous = ' ';
        while let Some(c) = text[at..].chars().next() {
            let end = starts_word(previous, c)
                .then(|| word_at(text, at, c))
                .flatten();
            let next = match end {
                Some((end, sort)) => {
                    let in_address = matches!(previous, '?' | '&');
                    let harmless = matches!(sort, Sort::Harmless | Sort::HarmlessNext);
                    // A "ticket" in an address lets its bearer in.
                    if !(in_address && harmless) {
                        labels.push(Label {
                            range: at..end,
                            sort,
                        });
                    }
                    end
                }
                None => at + c.len_utf8(),
            };
            previous = text[at..next].chars().next_back().unwrap_or(c);
            at = next;
        }
        let numbers = OnceCell::new();
        Self {
            text,
            labels,
            numbers,
        }
    }

    /// The words of some sorts.
    pub(super) fn labels(&self, is_meant: impl Fn(Sort) -> bool) -> impl Iterator<Item = &Label> {
        self.labels.iter().filter(move |label| is_meant(label.sort))
    }

    /// The last word that ends at `at` or before.
    pub(super) fn nearest(&self, at: usize) -> Option<&Label> {
        let before = self.labels.partition_point(|label| label.range.end <= at);
        let (last, others) = self.labels[..before].split_last()?;
        // bank card no.
        let whose = others.last().filter(|label| {
            last.sort == Sort::HarmlessNext
                && label.sort != Sort::HarmlessNext
                && last.range.start <= label.range.end + 1
        });
        Some(whose.unwrap_or(last))
    }

    /// Reports what `value` reads at the first place behind each word of some sorts where it reads
    /// anything, up to the next word that names something.
    pub(super) fn behind(
        &self,
        is_meant: impl Fn(Sort) -> bool,
        value: impl Fn(&Label, Place) -> Option<Range<usize>>,
        report: &mut dyn FnMut(Range<usize>),
    ) {
        for label in self.labels(is_meant) {
            let found = self.places(label).find_map(|place| value(label, place));
            found.into_iter().for_each(&mut *report);
        }
    }

    /// Where a value of a word may begin: behind it, up to the next word that names something.
    pub(super) fn places(&self, label: &Label) -> impl Iterator<Item = Place> {
        let end = label.range.end;
        places(self.text, end).take_while(move |place| {
            let nearest = self.nearest(place.at);
            nearest.is_none_or(|nearest| {
                nearest.range.end <= end || nearest.sort == Sort::HarmlessNext
            })
        })
    }

    /// Whether the words around a value say that it is nobody's secret.
    pub(super) fn is_harmless(&self, value: &Range<usize>) -> bool {
        if let Some(label) = self.nearest(value.start)
            && matches!(label.sort, Sort::Harmless | Sort::HarmlessNext)
        {
            let gap = &self.text[label.range.end..value.start];
            let next = gap.len() <= 5
                && gap
                    .trim_matches([' ', ':', '=', '(', '#', '了', '"'])
                    .is_empty();
            if next || label.sort == Sort::Harmless && leads_to_value(gap) {
                return true;
            }
        }
        // 4123… 是我的 UID
        let behind = self
            .labels
            .partition_point(|label| label.range.start < value.end);
        self.labels.get(behind).is_some_and(|label| {
            let gap = &self.text[value.end..label.range.start];
            label.sort == Sort::Harmless && gap.len() <= 20 && points_back(gap)
        })
    }
}

/// Whether nothing stands between a harmless word and a value but links, a few words, and numbers
/// that it names as well.
fn leads_to_value(gap: &str) -> bool {
    const WORDS_MAX: usize = 12;
    if gap.len() > 64
        || gap.matches('\n').count() > 1
        || gap.contains(['。', '!', '?', ';', '\u{1}'])
    {
        return false;
    }
    let mut words = 0;
    let mut comma = false;
    let mut rest = gap;
    while let Some(c) = rest.chars().next() {
        if c.is_alphabetic() {
            if let Some((known, _)) = known_word(rest) {
                rest = &rest[known..];
                continue;
            }
            words += if is_chinese(c) { 3 } else { 1 };
            // A new clause speaks of something else.
            if comma || words > WORDS_MAX {
                return false;
            }
        }
        comma = c == ',' || comma && c == ' ';
        rest = &rest[c.len_utf8()..];
    }
    true
}

/// Whether a gap says that what stands before it is what stands behind: " is my ", 是我的, " (".
pub(super) fn points_back(gap: &str) -> bool {
    pattern!(THAT_IS);
    let link = gap.trim_start();
    if matches!(link.trim_end(), "(" | "<-" | "[" | "<") {
        return true;
    }
    let says = ["就是", "是", "为", "作为", "当", "这个", "这"]
        .iter()
        .any(|says| link.starts_with(says));
    let said = ["is", "was", "as", "for"].iter().any(|says| {
        link.get(..says.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(says))
            && !link[says.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
    });
    THAT_IS.is_match(gap)
        || (says || said) && !gap.contains(['\n', '。', '!', '?', ';', '.', ',', '\u{1}'])
}

/// Chinese, Japanese and Korean have no spaces between words.
fn is_unspaced(c: char) -> bool {
    !c.is_ascii()
        && (is_chinese(c) || matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}'))
}

fn starts_word(previous: char, c: char) -> bool {
    c.is_alphanumeric()
        && (is_unspaced(c)
            || !previous.is_alphanumeric()
            || is_unspaced(previous)
            || previous.is_ascii_lowercase() && c.is_ascii_uppercase())
}

/// The end of the longest word of the table that starts with `c` at `at`, and what it names.
fn word_at(text: &str, at: usize, c: char) -> Option<(usize, Sort)> {
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let second = text[at + c.len_utf8()..].chars().next().map(lower);
    let longest = |second| {
        let words = TABLE.get(&(lower(c), second))?.iter();
        let mut ends =
            words.filter_map(|(word, sort)| Some((word.len(), word_end(text, at, word)?, *sort)));
        ends.next()
    };
    let found = [
        longest(None),
        second.and_then(|second| longest(Some(second))),
    ];
    let found = found
        .into_iter()
        .flatten()
        .max_by_key(|(length, ..)| *length);
    found.map(|(_, end, sort)| (end, sort))
}

/// Where a word of the table ends, if it starts at `at`.
fn word_end(text: &str, at: usize, word: &str) -> Option<usize> {
    /// What may stand for a space of the table.
    const JOINTS: &[u8] = b" \t-_.";
    let mut end = at;
    for c in word.chars() {
        let rest = &text[end..];
        if c == ' ' {
            end += rest
                .bytes()
                .take(2)
                .take_while(|byte| JOINTS.contains(byte))
                .count();
            continue;
        }
        let next = rest.chars().next()?;
        if next != c && !next.to_lowercase().eq(std::iter::once(c)) {
            return None;
        }
        end += next.len_utf8();
    }
    if word.ends_with(is_unspaced) {
        return Some(end);
    }
    let plural = |end: usize| {
        let rest = &text[end..];
        if rest.starts_with(['s', 'S']) {
            end + 1
        } else {
            end
        }
    };
    let ends =
        |end: &usize| !text[*end..].starts_with(|c: char| c.is_alphabetic() && !is_unspaced(c));
    [end, plural(end)].into_iter().find(ends)
}
