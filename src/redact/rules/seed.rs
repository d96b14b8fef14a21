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
use crate::text::is_chinese;

const WORDS: usize = 2048;
/// The shortest phrase, and how many of its words must be on the list.
const PHRASE_MIN: usize = 12;
const LISTED_MIN: usize = 10;
/// The fewest words that count after a word for it: half a phrase is half the secret.
const NAMED_MIN: usize = 6;
/// What may stand between two words: numbers, commas, brackets, line ends, "第 12 个：".
const GAP_MAX: usize = 24;
/// What stands between words of a program, or of what was removed, and not between those of a phrase.
const BETWEEN_NO_WORDS: [char; 5] = ['_', '{', '`', '@', WALL];
/// Of so many words in a row, one may be unlisted, whatever it is.
const SLIP_EVERY: usize = 4;
/// With more of them, the fewest that must be on the list; the others have to be nearly there.
const NEARLY_MIN: usize = 8;
/// The most unlisted words in a row within a run.
const SLIPS_MAX: usize = 2;

/// How many words such as "then" and "again" a phrase may hold. Chance puts more than two of them
/// into one phrase of a thousand.
const GRAMMAR_MAX: usize = 2;

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
    /// Unlisted words since the last listed one.
    trailing: usize,
}

impl Run {
    fn finish(self, view: &str, report: &mut dyn FnMut(Range<usize>)) {
        let run = self.start..self.end;
        if self.listed < NAMED_MIN {
            return;
        }
        let (all, at_ends) = with_slips(view, run.clone());
        let slips = self.slips + at_ends;
        let listed = self.listed - in_sentences(&view[run.clone()]).saturating_sub(GRAMMAR_MAX);
        // A word at an end may be beyond what is taken for a slip.
        let phrase = listed + 1 >= PHRASE_MIN
            || listed >= LISTED_MIN
                && slips <= 1 + listed / SLIP_EVERY
                && listed + slips >= PHRASE_MIN
            || listed >= NEARLY_MIN
                && listed + slips >= PHRASE_MIN
                && listed + nearly_listed(&view[all.clone()]) >= PHRASE_MIN;
        if phrase || is_named(view, run) {
            report(all);
        }
    }

    /// Whether one more unlisted word can be a slip in a phrase.
    fn forgives(&self) -> bool {
        self.trailing < SLIPS_MAX && self.slips + self.trailing <= self.listed
    }
}

/// How many words of the list are such as sentences are made of: "then wait, then try again".
fn in_sentences(run: &str) -> usize {
    const GRAMMAR: &[&str] = &[
        "this", "that", "then", "when", "what", "have", "will", "must", "because", "again",
        "every", "time", "only", "still", "before", "after", "such", "some", "same", "more",
        "than", "very", "you", "try", "just", "also", "other", "once", "until", "where", "there",
        "wait", "first", "next", "open", "use", "say", "need", "error", "later",
    ];
    let words = run.split(|c: char| !c.is_ascii_alphabetic());
    let words = words.map(str::to_ascii_lowercase);
    words
        .filter(|word| GRAMMAR.contains(&&**word) && ENGLISH.has(word))
        .count()
}

/// How many unlisted words are one slip of the finger away from the list: a letter too few, too
/// many, another, or two in the wrong order.
fn nearly_listed(run: &str) -> usize {
    // One slip leaves the length nearly as it was, and one of the first two letters in its place or
    // beside it: that spares nearly all comparisons.
    let may_be = |entry: &str, word: &str| {
        let (entry, word) = (entry.as_bytes(), word.as_bytes());
        entry.len().abs_diff(word.len()) <= 1
            && (entry[0] == word[0]
                || entry[1] == word[1]
                || entry[1] == word[0]
                || entry[0] == word[1])
    };
    let is_near = |word: &&str| {
        let word = word.to_ascii_lowercase();
        let near = |entry: &&str| may_be(entry, &word) && strsim::osa_distance(entry, &word) <= 1;
        (3..=9).contains(&word.len()) && !ENGLISH.has(&word) && ENGLISH.words.iter().any(near)
    };
    let words = run.split(|c: char| !c.is_ascii_alphabetic());
    words.filter(is_near).count()
}

/// A run with the unlisted words that stand right before and behind it, and how many these are: the
/// first or last word of a phrase is as easily misspelt as any.
fn with_slips(view: &str, run: Range<usize>) -> (Range<usize>, usize) {
    if view[run.clone()].starts_with(is_chinese) {
        return with_glued(view, run);
    }
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

/// A run of single characters with those at its ends that touch other text: 助记词贸 走 … 松 奔导入.
fn with_glued(view: &str, run: Range<usize>) -> (Range<usize>, usize) {
    let listed = |c: &char| CHINESE.iter().any(|list| list.contains_key(c));
    let apart = |c: char| matches!(c, ' ' | ',');
    let left = before(view, run.start, 16);
    let words = left.trim_end_matches(apart);
    let first = words.chars().next_back().filter(listed);
    let first = first.filter(|_| words.len() < left.len());
    let right = after(view, run.end, 16);
    let words = right.trim_start_matches(apart);
    let last = words.chars().next().filter(listed);
    let last = last.filter(|_| words.len() < right.len());
    let start = run.start
        - first.map_or(0, |c| {
            left.len() - left.trim_end_matches(apart).len() + c.len_utf8()
        });
    let end = run.end + last.map_or(0, |c| right.len() - words.len() + c.len_utf8());
    (
        start..end,
        usize::from(first.is_some()) + usize::from(last.is_some()),
    )
}

fn english(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    // A phrase may be read out with "and" between its words, or each line or word counted.
    const COUNTING: &[&str] = &[
        "and", "line", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ];
    let counts = |range: &Range<usize>| {
        let is = |word: &str| view[range.clone()].eq_ignore_ascii_case(word);
        let number = || {
            view[..range.start]
                .trim_end()
                .ends_with(|c: char| c.is_ascii_digit())
        };
        COUNTING.iter().any(|word| is(word)) || is("is") && number()
    };
    let words = words(view).filter(|range| !counts(range));
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
        let near = word.start - last_end <= GAP_MAX
            && !view[last_end..word.start].contains(BETWEEN_NO_WORDS);
        last_end = word.end;
        match run
            .as_mut()
            .filter(|run| near && (listed || sort == Word::Slip && run.forgives()))
        {
            Some(run) if listed => {
                run.end = word.end;
                run.listed += 1;
                run.slips += run.trailing;
                run.trailing = 0;
            }
            Some(run) => run.trailing += 1,
            None => {
                if let Some(run) = run.take() {
                    run.finish(view, report);
                }
                run = listed.then_some(Run {
                    start: word.start,
                    end: word.end,
                    listed: 1,
                    slips: 0,
                    trailing: 0,
                });
            }
        }
    }
    if let Some(run) = run {
        run.finish(view, report);
    }
}

/// Whether a word for it stands before a run (or in it, for "seed" and "phrase" are on the list),
/// with words enough after it: fewer where a link leads to them.
fn is_named(view: &str, run: Range<usize>) -> bool {
    pattern! {
        NAME = r"(?:助记词|助記詞|恢复词|恢復詞|种子词|注记词|(?i:seed(?: phrase| words)?|mnemonic|(?:recovery|backup|secret) (?:phrase|words)|(?:12|24|twelve|twenty-four) words|bip-?39))(?P<link>[^.。!?;\x01]{0,24}?(?:[:=是为]|(?i:(?-u:\b)(?:is|are)(?-u:\b))))?";
    }
    let from = view.ceil_char_boundary(run.start.saturating_sub(64));
    let Some(name) = NAME.captures(&view[from..run.end]) else {
        return false;
    };
    let fewest = match name.name("link") {
        Some(_) => NAMED_MIN,
        None => NEARLY_MIN,
    };
    let named = from + name.get_match().end();
    // Without a link the phrase begins right behind its name.
    if name.name("link").is_none() && run.start > named + 3 {
        return false;
    }
    let named = named.max(run.start);
    let listed = |word: &str| ENGLISH.has(word) || word.chars().all(is_chinese);
    view[named..run.end]
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| listed(word) && !word.is_empty())
        .count()
        >= fewest
}

/// Nearly every common character is on the list, so prose after 助记词 looks like a phrase. The
/// checksum tells, and where other text follows, that no sentence is made of such characters. The
/// word for it may stand behind the phrase, too.
fn unspaced_chinese(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    pattern! {
        NAME = r"助记词|助記詞|恢复词|恢復詞|种子词|注记词|(?:种子|恢复|备份|钱包)短语|(?:12|24|十二|二十四)个(?:汉字|字|词)|(?i:seed phrase|mnemonic|recovery phrase|zhujici)";
        LINK = r"[:=\n]|是|为|如下|写的|备份|个字|个词";
        IS_IT = r"[\x20,]{0,2}(?:这|以上|上面)?(?:12个字|十二个字)?就?是我?们?的?(?:钱包)?(?:的)?$";
    }
    for name in NAME.find_iter(view) {
        let near = after(view, name.end(), 64);
        let sentence = near.find(['。', '!', '?', ';', WALL]).unwrap_or(near.len());
        let links = LINK.find_iter(&near[..sentence]).take(6);
        let links = links.filter(|link| near[..link.start()].chars().count() <= 16);
        let starts = std::iter::once(0).chain(links.map(|link| link.end()));
        let found = starts
            .map(|start| name.end() + start)
            .find_map(|start| phrase_from(view, start));
        if let Some(range) = found {
            report(range);
            continue;
        }
        let line = before(view, name.start(), 160);
        if let Some(link) = IS_IT.find(line) {
            let end = name.start() - line.len() + link.start();
            if let Some(range) = phrase_until(view, end) {
                report(range);
            }
        }
    }
}

/// The lengths of a phrase, the longest first.
const LENGTHS: [usize; 5] = [24, 21, 18, 15, 12];
/// What may stand between groups of characters.
const BETWEEN: &[char] = &[' ', '\t', '\n', ',', ':', '/', '|', '-', '·', '"', '\''];

/// The phrase that begins here, in groups or in one piece. What stands behind it may go on.
fn phrase_from(view: &str, start: usize) -> Option<Range<usize>> {
    // One character more than the longest phrase.
    let look = after(view, start, 25 * 5);
    let inner = look
        .char_indices()
        .take_while(|(_, c)| is_chinese(*c) || BETWEEN.contains(c));
    let letters: Vec<(usize, char)> = inner.filter(|(_, c)| is_chinese(*c)).take(25).collect();
    let first = start + letters.first()?.0;
    LENGTHS.into_iter().find_map(|count| {
        let phrase: Vec<char> = letters.get(..count)?.iter().map(|(_, c)| *c).collect();
        let (last, c) = letters[count - 1];
        holds(&phrase, letters.len() == count).then(|| first..start + last + c.len_utf8())
    })
}

/// The same for one that ends here.
fn phrase_until(view: &str, end: usize) -> Option<Range<usize>> {
    let look = before(view, end, 25 * 5);
    let from = end - look.len();
    let inner = look.char_indices().rev();
    let inner = inner.take_while(|(_, c)| is_chinese(*c) || BETWEEN.contains(c));
    let mut letters: Vec<(usize, char)> = inner.filter(|(_, c)| is_chinese(*c)).take(25).collect();
    letters.reverse();
    LENGTHS.into_iter().find_map(|count| {
        let letters = letters.get(letters.len().checked_sub(count)?..)?;
        let phrase: Vec<char> = letters.iter().map(|(_, c)| *c).collect();
        let (last, c) = *letters.last()?;
        holds(&phrase, false).then(|| from + letters[0].0..from + last + c.len_utf8())
    })
}

/// Whether characters are a whole phrase: the checksum is right and, unless nothing else stands
/// beside them, they are no sentence.
fn holds(phrase: &[char], alone: bool) -> bool {
    // Characters that make sentences. Chance puts two of them into one phrase of forty.
    const GRAMMAR: &str = "的了是我你他她们不在有这那就和也要会能可没把被让给到去来说看吗呢吧请帮想用后都还很好再或及怎么什因所以但只过着里";
    let grammar = phrase.iter().filter(|c| GRAMMAR.contains(**c)).count();
    if !alone && grammar > 1 {
        return false;
    }
    CHINESE.iter().any(|list| {
        let indices: Option<Vec<usize>> = phrase.iter().map(|c| list.get(c).copied()).collect();
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
