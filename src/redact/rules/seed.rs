//! Recovery phrases by BIP-39.
//!
//! The word lists are those of github.com/bitcoin/bips, bip-0039: `english.txt` (SHA-256 of the file
//! 2f5eed53…), `chinese_simplified.txt` (5c594279…), `chinese_traditional.txt` (417b26b3…).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::everyday::is_everyday;
use super::{after, before, pattern};
use crate::redact::view::WALL;

const WORDS: usize = 2048;
/// The shortest phrase, and how many of its words must be on the list.
const PHRASE_MIN: usize = 12;
const LISTED_MIN: usize = 10;
/// The fewest words that count after a word for it: half a phrase is half the secret.
const NAMED_MIN: usize = 6;
/// What may stand between two words: numbers, commas, brackets, line ends, "第 12 个：".
const GAP_MAX: usize = 24;
/// Of so many words in a row, one may be misspelt.
const SLIP_EVERY: usize = 4;

struct WordList {
    words: Vec<&'static str>,
}

static ENGLISH: LazyLock<WordList> = LazyLock::new(|| WordList {
    words: include_str!("../words/english.txt").lines().collect(),
});

impl WordList {
    /// A word of the list, or its first four letters, which name it too.
    fn has(&self, word: &str) -> bool {
        if !(3..=8).contains(&word.len()) {
            return false;
        }
        let word = word.to_ascii_lowercase();
        let at = self.words.partition_point(|entry| **entry < *word);
        self.words
            .get(at)
            .is_some_and(|entry| *entry == word || word.len() == 4 && entry.starts_with(&word))
    }
}

static CHINESE: LazyLock<[HashMap<char, usize>; 2]> = LazyLock::new(|| {
    [
        include_str!("../words/chinese_simplified.txt"),
        include_str!("../words/chinese_traditional.txt"),
    ]
    .map(|list| {
        list.lines()
            .filter_map(|line| line.chars().next())
            .zip(0..)
            .collect()
    })
});

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Phrases in English, and in Chinese with separators or beside a word for them.
pub(crate) fn find(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    english(view, report);
    separated_chinese(view, report);
    unspaced_chinese(view, report);
}

/// What a word can be in a phrase.
#[derive(Clone, Copy, PartialEq)]
enum Word {
    /// It is on the list.
    Listed,
    /// It is not, but might be by a slip of the finger.
    Slip,
    /// It belongs to a sentence.
    Foreign,
}

/// Words of a run so far, and how many of them are on the list.
struct Run {
    start: usize,
    /// The end of the last word that is on the list.
    end: usize,
    listed: usize,
    /// Unlisted words between listed ones.
    slips: usize,
    /// The last word was an unlisted one.
    slipped: bool,
}

impl Run {
    fn finish(self, view: &str, report: &mut dyn FnMut(Range<usize>)) {
        let run = self.start..self.end;
        if self.listed < NAMED_MIN {
            return;
        }
        let (all, at_ends) = with_slips(view, run.clone());
        // A word at an end may be beyond what is taken for a slip.
        let phrase = self.listed + 1 >= PHRASE_MIN
            || self.listed >= LISTED_MIN && self.listed + self.slips + at_ends >= PHRASE_MIN;
        if phrase || is_named(view, run) {
            report(all);
        }
    }

    /// Whether one more unlisted word can be a slip in a phrase.
    fn forgives(&self) -> bool {
        !self.slipped && self.slips * SLIP_EVERY <= self.listed
    }
}

/// A run with the unlisted words that stand right before and behind it, and how many these are: the
/// first or last word of a phrase is as easily misspelt as any.
fn with_slips(view: &str, run: Range<usize>) -> (Range<usize>, usize) {
    const SLIPS_MAX: usize = 2;
    let is_slip = |word: &str| (3..=8).contains(&word.len()) && !is_everyday(word);
    let letter = |c: char| c.is_ascii_alphabetic();
    let apart = |c: char| c == ' ' || c == ',';
    let Range { mut start, mut end } = run;
    let mut slips = 0;
    for _ in 0..SLIPS_MAX {
        let left = before(view, start, 12);
        let words = left.trim_end_matches(apart);
        let word = &words[words.trim_end_matches(letter).len()..];
        if words.len() < left.len() && is_slip(word) {
            start -= left.len() - words.len() + word.len();
            slips += 1;
        }
        let right = after(view, end, 12);
        let words = right.trim_start_matches(apart);
        let word = &words[..words.find(|c| !letter(c)).unwrap_or(words.len())];
        if words.len() < right.len() && is_slip(word) {
            end += right.len() - words.len() + word.len();
            slips += 1;
        }
    }
    (start..end, slips)
}

fn english(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    // A phrase may be read out with "and" between its words.
    let words = words(view).filter(|range| !view[range.clone()].eq_ignore_ascii_case("and"));
    let words = words.map(|range| {
        let word = match &view[range.clone()] {
            word if ENGLISH.has(word) => Word::Listed,
            // "and", "your": not a slip but a sentence.
            word if is_everyday(word) => Word::Foreign,
            _ => Word::Slip,
        };
        (range, word)
    });
    runs(view, words, report);
}

/// Runs of ASCII letters.
fn words(view: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = view.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(u8::is_ascii_alphabetic)?;
        at = start
            + bytes[start..]
                .iter()
                .take_while(|byte| byte.is_ascii_alphabetic())
                .count();
        Some(start..at)
    })
}

fn separated_chinese(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    let mut previous = false;
    let mut characters = view.char_indices().peekable();
    let single = std::iter::from_fn(|| {
        loop {
            let (at, c) = characters.next()?;
            let alone = !previous && !characters.peek().is_some_and(|(_, next)| is_chinese(*next));
            previous = is_chinese(c);
            if previous {
                let listed = CHINESE.iter().any(|list| list.contains_key(&c));
                let word = match (alone, listed) {
                    (true, true) => Word::Listed,
                    (true, false) => Word::Slip,
                    (false, _) => Word::Foreign,
                };
                return Some((at..at + c.len_utf8(), word));
            }
        }
    });
    runs(view, single, report);
}

/// Reports the runs of listed words, each at most a gap from the one before.
fn runs(
    view: &str,
    words: impl Iterator<Item = (Range<usize>, Word)>,
    report: &mut dyn FnMut(Range<usize>),
) {
    let mut run: Option<Run> = None;
    let mut last_end = 0;
    for (word, sort) in words {
        let listed = sort == Word::Listed;
        let near = word.start - last_end <= GAP_MAX && !view[last_end..word.start].contains(WALL);
        last_end = word.end;
        match run
            .as_mut()
            .filter(|run| near && (listed || sort == Word::Slip && run.forgives()))
        {
            Some(run) if listed => {
                run.end = word.end;
                run.listed += 1;
                run.slips += usize::from(run.slipped);
                run.slipped = false;
            }
            Some(run) => run.slipped = true,
            None => {
                if let Some(run) = run.take() {
                    run.finish(view, report);
                }
                run = listed.then_some(Run {
                    start: word.start,
                    end: word.end,
                    listed: 1,
                    slips: 0,
                    slipped: false,
                });
            }
        }
    }
    if let Some(run) = run {
        run.finish(view, report);
    }
}

/// Whether a word for it stands before a run (or in it, for "seed" and "phrase" are on the list),
/// with words enough after it.
fn is_named(view: &str, run: Range<usize>) -> bool {
    pattern! {
        NAME = r"(?:助记词|助記詞|恢复词|恢復詞|种子词|注记词|(?i:seed|mnemonic|recovery phrase|recovery words|secret words))[^.。!?;\x01]{0,24}?(?:[:=是为]|(?-u:\b)is(?-u:\b))";
    }
    let from = view.ceil_char_boundary(run.start.saturating_sub(64));
    let Some(name) = NAME.find(&view[from..run.end]) else {
        return false;
    };
    let named = (from + name.end()).max(run.start);
    let listed = |word: &str| ENGLISH.has(word) || word.chars().all(is_chinese);
    view[named..run.end]
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| listed(word) && !word.is_empty())
        .count()
        >= NAMED_MIN
}

/// Nearly every common character is on the list, so prose after 助记词 looks like a phrase. Only the
/// length and the checksum tell; a phrase with a slip in it is missed.
fn unspaced_chinese(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    pattern! {
        NAME = r"(?:助记词|助記詞|恢复词|恢復詞|种子词|注记词|(?i:seed phrase|mnemonic|recovery phrase))(?:\([^()\n\x01]{0,16}\))?[^。!?;\x01\x{4e00}-\x{9fff}]{0,12}(?:(?:就?是|为|如下|分别是|备份)[ \t\n:,]{0,4})?";
    }
    for name in NAME.find_iter(view) {
        // A "是" at the end may be the phrase's first word.
        for start in [
            name.start() + name.as_str().trim_end_matches(is_chinese).len(),
            name.end(),
        ] {
            // One character more than the longest phrase: then it is prose.
            let rest = after(view, start, 25 * 3);
            let phrase = &rest[..rest.find(|c| !is_chinese(c)).unwrap_or(rest.len())];
            if holds(phrase) {
                report(start..start + phrase.len());
                break;
            }
        }
    }
}

/// Whether the characters are a whole phrase: a length of BIP-39, and the checksum right.
fn holds(phrase: &str) -> bool {
    let count = phrase.chars().count();
    if !matches!(count, 12 | 15 | 18 | 21 | 24) {
        return false;
    }
    CHINESE.iter().any(|list| {
        let indices: Option<Vec<usize>> = phrase.chars().map(|c| list.get(&c).copied()).collect();
        indices.is_some_and(|indices| checksum_holds(&indices))
    })
}

/// BIP-39: 11 bits a word; the last count / 3 bits are the first of the SHA-256 of the others.
fn checksum_holds(indices: &[usize]) -> bool {
    debug_assert!(indices.iter().all(|index| *index < WORDS));
    let bits: Vec<bool> = indices
        .iter()
        .flat_map(|index| (0..11).rev().map(move |bit| index >> bit & 1 == 1))
        .collect();
    let (entropy, checksum) = bits.split_at(bits.len() - indices.len() / 3);
    let bytes: Vec<u8> = entropy
        .chunks(8)
        .map(|byte| {
            byte.iter()
                .fold(0, |value, bit| value << 1 | u8::from(*bit))
        })
        .collect();
    let hash = hmac_sha256::Hash::hash(&bytes)[0];
    checksum
        .iter()
        .enumerate()
        .all(|(place, bit)| (hash >> (7 - place) & 1 == 1) == *bit)
}
