//! Recovery phrases by BIP-39, in its ten languages (`words/SOURCES.md`).
//!
//! What tells a phrase from prose is how many words of one list stand close together: of twelve words
//! of prose in Spanish, French, Italian, Portuguese, Czech or Korean at most eight are on the list of
//! that language, of English prose eleven or more only rarely.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::everyday::is_everyday;
use super::labels::{Page, Sort, points_back};
use super::{after, before, one_of, pattern};
use crate::redact::view::{View, WALL};
use crate::text::is_chinese;

/// How many words a window has: the shortest phrase.
const WINDOW: usize = 12;
/// How many of them must be on one list.
const LISTED_MIN: usize = 9;
const ENGLISH_MIN: usize = 11;
/// The fewest words that count after a word for it: half a phrase is half the secret. Without a link
/// between, a sentence may go on with some words of the list.
const NAMED_MIN: usize = 6;
const NAMED_LOOSE: usize = 8;
/// What may stand between two words: numbers, commas, brackets, line ends, "第 12 个：".
const GAP_MAX: usize = 24;
/// The lengths of a phrase, the longest first.
const LENGTHS: [usize; 5] = [24, 21, 18, 15, 12];
const GRAMMAR_MAX: usize = 2;

/// The lists, a bit each.
const LISTS: usize = 10;
const ENGLISH: usize = 0;
const CHINESE: [usize; 2] = [8, 9];

macro_rules! list {
    ($name:literal) => {
        include_str!(concat!("../words/", $name, ".txt"))
    };
}

type Lists = HashMap<Cow<'static, str>, u16>;

fn collect(lists: &[(&'static str, usize)]) -> Lists {
    let mut all = Lists::with_capacity(lists.len() * 2048);
    for (list, bit) in lists {
        for word in list.lines() {
            let word = if word.is_ascii() {
                Cow::Borrowed(word)
            } else {
                // In the spelling of the view.
                Cow::Owned(View::new(word, std::iter::empty()).text().to_owned())
            };
            *all.entry(word).or_default() |= 1 << bit;
        }
    }
    all
}

static LATIN: LazyLock<Lists> = LazyLock::new(|| {
    collect(&[
        (list!("english"), ENGLISH),
        (list!("spanish"), 1),
        (list!("french"), 2),
        (list!("italian"), 3),
        (list!("portuguese"), 4),
        (list!("czech"), 5),
    ])
});
static KANA_AND_HANGUL: LazyLock<Lists> =
    LazyLock::new(|| collect(&[(list!("japanese"), 6), (list!("korean"), 7)]));
static CHARACTERS: LazyLock<[HashMap<char, usize>; 2]> = LazyLock::new(|| {
    [list!("chinese_simplified"), list!("chinese_traditional")].map(|list| {
        list.lines()
            .filter_map(|line| line.chars().next())
            .zip(0..)
            .collect()
    })
});
/// The first four letters of an English word name it too.
static SHORT: LazyLock<std::collections::HashSet<&str>> = LazyLock::new(|| {
    let long = list!("english").lines().filter(|word| word.len() > 4);
    long.map(|word| &word[..4]).collect()
});

/// A word of the view.
struct Word {
    range: Range<usize>,
    /// The lists that have it.
    lists: u16,
    looks: Looks,
    /// What other text a character touches, so that no phrase goes on there.
    touches: Option<Touches>,
}

#[derive(Clone, Copy, PartialEq)]
enum Looks {
    /// A word that makes sentences.
    Grammar,
    /// Perhaps a misspelt word of a phrase.
    Slip,
    Other,
}

#[derive(Clone, Copy, PartialEq)]
enum Touches {
    Before,
    Behind,
}

/// Phrases in the ten languages.
pub(crate) fn find(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    let view = page.text;
    let words = words(page);
    let mut from = 0;
    while from < words.len() {
        let mut to = from + 1;
        while to < words.len() && goes_on(view, &words[to - 1], &words[to]) {
            to += 1;
        }
        windows(view, &words[from..to], report);
        from = to;
    }
    named(page, &words, report);
    unspaced_chinese(page, report);
}

fn goes_on(view: &str, word: &Word, next: &Word) -> bool {
    let gap = &view[word.range.end..next.range.start];
    word.touches != Some(Touches::Behind)
        && next.touches != Some(Touches::Before)
        && gap.len() <= GAP_MAX
        && !gap.contains([WALL, '@', '{', '`'])
}

/// The words that a phrase could be made of.
fn words(page: &Page) -> Vec<Word> {
    let view = page.text;
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(start) = view[at..].find(char::is_alphabetic) {
        let start = at + start;
        let first = view[start..].chars().next().unwrap_or(' ');
        let chinese = is_chinese(first);
        let mut previous = first;
        let end = view[start..].find(|c: char| {
            let ends = !c.is_alphabetic()
                || is_chinese(c) != chinese
                || previous.is_ascii_lowercase() && c.is_ascii_uppercase();
            previous = c;
            ends
        });
        let end = end.map_or(view.len(), |end| start + end);
        at = end;
        let text = &view[start..end];
        if chinese {
            characters(page, start, text, &mut words);
            continue;
        }
        let lower: Cow<str> = if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            text.to_ascii_lowercase().into()
        } else {
            text.into()
        };
        if is_counting(view, start..end, &lower) {
            continue;
        }
        let all = if text.is_ascii() {
            &LATIN
        } else {
            &KANA_AND_HANGUL
        };
        let mut lists = all.get(&*lower).copied().unwrap_or_default();
        let short = lists & 1 == 0 && text.len() == 4 && SHORT.contains(&*lower);
        if short {
            lists |= 1 << ENGLISH;
        }
        let everyday = || is_everyday(&lower);
        let looks = if short && everyday() || one_of("seed-grammar", &lower) {
            Looks::Grammar
        } else if lists == 0 && text.is_ascii() && (3..=9).contains(&text.len()) && !everyday() {
            Looks::Slip
        } else {
            Looks::Other
        };
        words.push(Word {
            range: start..end,
            lists,
            looks,
            touches: None,
        });
    }
    words
}

/// Whether a word counts others: a phrase may be read out with "and" between its words, or each line
/// or word numbered.
fn is_counting(view: &str, word: Range<usize>, lower: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let before = view[..word.start].trim_end();
    let behind = view[word.end..].trim_start_matches([' ', '#']);
    let ordinal = || {
        ["th", "rd", "st", "second"]
            .iter()
            .any(|end| before.ends_with(end))
    };
    one_of("counting", lower)
        || lower == "is" && before.ends_with(digit)
        || lower == "word" && (ordinal() || behind.starts_with(digit))
        || matches!(lower, "first" | "second") && behind.starts_with("word ")
}

/// A character alone, or the first and the last of several: these may touch other text.
fn characters(page: &Page, start: usize, text: &str, words: &mut Vec<Word>) {
    // 第1个, 第十二
    let view = page.text;
    let numbered = view[..start].ends_with(|c: char| c.is_ascii_digit())
        || view[start + text.len()..].starts_with(|c: char| c.is_ascii_digit());
    let counts = |c: char| "第一二三四五六七八九十个词字行和".contains(c);
    // 第一个顺
    let counted = if text.starts_with('第') {
        text.trim_start_matches(counts)
    } else {
        text
    };
    let (start, text) = match counted.chars().count() {
        1 => (start + text.len() - counted.len(), counted),
        _ => (start, text),
    };
    if text.chars().all(counts) && (text.chars().count() > 1 || numbered && text != "一") {
        return;
    }
    let lists = |c: char| {
        let has =
            |(list, bit): (&HashMap<char, usize>, usize)| u16::from(list.contains_key(&c)) << bit;
        CHARACTERS.iter().zip(CHINESE).map(has).sum()
    };
    let mut push = |at: usize, c: char, touches: Option<Touches>| {
        let range = at..at + c.len_utf8();
        // A word for a phrase may touch its first character.
        let label = page.nearest(range.end);
        if touches.is_none() || label.is_none_or(|label| label.range.end <= at) {
            words.push(Word {
                range,
                lists: lists(c),
                looks: Looks::Slip,
                touches,
            });
        }
    };
    let mut all = text.chars();
    let (first, last) = (all.next(), all.next_back());
    let first = first.unwrap_or(' ');
    match last {
        None => push(start, first, None),
        Some(last) => {
            push(start, first, Some(Touches::Behind));
            push(
                start + text.len() - last.len_utf8(),
                last,
                Some(Touches::Before),
            );
        }
    }
}

/// Reports the stretches of a run of words of which every window is dense.
fn windows(view: &str, words: &[Word], report: &mut dyn FnMut(Range<usize>)) {
    if words.len() < WINDOW - 1 {
        return;
    }
    let mut found: Option<Range<usize>> = None;
    for from in 0..words.len().saturating_sub(WINDOW - 1).max(1) {
        let window = &words[from..words.len().min(from + WINDOW)];
        if !is_dense(window) || !is_even(view, window) {
            continue;
        }
        let listed = |word: &Word| word.lists != 0;
        let first = from + window.iter().position(listed).unwrap_or_default();
        let last = from + window.iter().rposition(listed).unwrap_or_default();
        match &mut found {
            Some(range) if first <= range.end => range.end = range.end.max(last + 1),
            Some(range) => {
                let done = std::mem::replace(range, first..last + 1);
                report(whole(view, words, done));
            }
            None => found = Some(first..last + 1),
        }
    }
    if let Some(range) = found {
        report(whole(view, words, range));
    }
}

/// Whether the words are joined in few ways, as in a phrase and in prose; a program has many signs.
fn is_even(view: &str, window: &[Word]) -> bool {
    const JOINTS_MAX: usize = 4;
    let mut joints = [0; WINDOW];
    let mut count = 0;
    for two in window.windows(2) {
        let gap = view[two[0].range.end..two[1].range.start].bytes();
        let signs = gap.filter(|byte| *byte == b'\n' || byte.is_ascii_punctuation());
        let joint = signs.fold(1, |joint: u64, byte| {
            joint.wrapping_mul(128) + u64::from(byte)
        });
        if !joints[..count].contains(&joint) {
            joints[count] = joint;
            count += 1;
        }
    }
    count <= JOINTS_MAX
}

fn is_dense(window: &[Word]) -> bool {
    if window.iter().filter(|word| word.lists != 0).count() < LISTED_MIN {
        return false;
    }
    let count = |bit: usize| {
        window
            .iter()
            .filter(|word| word.lists >> bit & 1 == 1)
            .count()
    };
    let grammar = || {
        window
            .iter()
            .filter(|word| word.looks == Looks::Grammar)
            .count()
    };
    let slips = || {
        window
            .iter()
            .all(|word| word.lists != 0 || word.looks == Looks::Slip)
    };
    let english = count(ENGLISH);
    if english >= ENGLISH_MIN - 1 {
        let dense = english >= ENGLISH_MIN && window.len() == WINDOW
            || window.len() == WINDOW - 1 && english == window.len();
        if dense && grammar() <= GRAMMAR_MAX
            || english + 2 >= window.len() && grammar() == 0 && slips() && window.len() == WINDOW
        {
            return true;
        }
    }
    window.len() == WINDOW
        && (1..LISTS).any(|bit| count(bit) >= LISTED_MIN + usize::from(CHINESE.contains(&bit)))
}

/// A stretch with the misspelt words at its ends that make it a phrase, and without a character of
/// other text that does not.
fn whole(view: &str, words: &[Word], found: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = found;
    let is_phrase = |count: usize| LENGTHS.contains(&count);
    let slip = |at: usize, next: usize| {
        let gap = &view[words[at].range.end.min(words[next].range.end)
            ..words[at].range.start.max(words[next].range.start)];
        words[at].looks == Looks::Slip && gap.trim_matches([' ', ',']).is_empty()
    };
    // What stands beside it: characters of other text, words of a sentence.
    let beside = |word: &Word| word.touches.is_some() || word.looks == Looks::Grammar;
    for _ in 0..2 {
        if !is_phrase(end - start) && end - start > WINDOW && beside(&words[end - 1]) {
            end -= 1;
        } else if !is_phrase(end - start) && end - start > WINDOW && beside(&words[start]) {
            start += 1;
        }
    }
    for _ in 0..2 {
        if !is_phrase(end - start) && start > 0 && slip(start - 1, start) {
            start -= 1;
        }
        if !is_phrase(end - start) && end < words.len() && slip(end, end - 1) {
            end += 1;
        }
    }
    words[start].range.start..words[end - 1].range.end
}

/// Words behind a word for a phrase: fewer are enough.
fn named(page: &Page, words: &[Word], report: &mut dyn FnMut(Range<usize>)) {
    let view = page.text;
    for label in page.labels(|sort| sort == Sort::Seed) {
        let mut first = words.partition_point(|word| word.range.start < label.range.end);
        while let Some(word) = words.get(first) {
            let gap = &view[label.range.end..word.range.start];
            if gap.len() > 64 || gap.contains(['。', '!', '?', ';', WALL]) {
                break;
            }
            let sign = gap.trim_end_matches(|c: char| {
                c == ' '
                    || c == '\n'
                    || c == '"'
                    || c == '`'
                    || c == '\''
                    || c == '('
                    || c == '.'
                    || c == ')'
                    || c.is_ascii_digit()
            });
            let linked = sign.ends_with([':', '=', '是', '为', '→'])
                || sign.ends_with(" is")
                || sign.ends_with(" are")
                || gap.ends_with(['"', '`'])
                || gap.trim_matches(' ') == "\n";
            let fewest = match linked {
                true => NAMED_MIN,
                false if gap.len() <= 3 => NAMED_LOOSE,
                false => usize::MAX,
            };
            if let Some(count) = phrase_begins(view, &words[first..], fewest) {
                report(whole(view, words, first..first + count));
                break;
            }
            first += 1;
        }
    }
}

/// How many words from the first on are a phrase, if `fewest` or more are on one list.
fn phrase_begins(view: &str, words: &[Word], fewest: usize) -> Option<usize> {
    let words = &words[..words.len().min(LENGTHS[0] + 1)];
    let together = words
        .windows(2)
        .take_while(|two| goes_on(view, &two[0], &two[1]))
        .count()
        + 1;
    let words = &words[..together.min(words.len())];
    let of = |bit: usize| {
        let listed = |word: &Word| word.lists >> bit & 1 == 1;
        let (mut count, mut last) = (0, None);
        for (at, word) in words.iter().enumerate() {
            count += usize::from(listed(word) && word.looks != Looks::Grammar);
            // One in four may be misspelt.
            if listed(word) && count >= fewest && count * 4 >= (at + 1) * 3 {
                last = Some(at + 1);
            }
        }
        last.filter(|_| words.first().is_some_and(listed))
    };
    (0..LISTS).filter_map(of).max()
}

/// Nearly every common character is on the list, so prose after 助记词 looks like a phrase. The
/// checksum tells, and where other text follows, that no sentence is made of such characters. The
/// word for it may stand behind the phrase, too.
fn unspaced_chinese(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    pattern!(LINK);
    let view = page.text;
    let mut seeds = page.labels(|sort| sort == Sort::Seed).peekable();
    while let Some(name) = seeds.next() {
        let near = after(view, name.range.end, 64);
        // What stands behind the next word for it is its own.
        let next = seeds.peek().map_or(near.len(), |next| {
            next.range.start.saturating_sub(name.range.end)
        });
        let near = &near[..near
            .find(['。', '!', '?', ';', WALL])
            .unwrap_or(near.len())
            .min(next)];
        if near.chars().filter(|c| is_chinese(*c)).count() >= WINDOW {
            let links = LINK.find_iter(near).take(6);
            let links = links.filter(|link| near[..link.start()].chars().count() <= 16);
            let starts = std::iter::once(0).chain(links.map(|link| link.end()));
            let found = starts
                .map(|start| name.range.end + start)
                .find_map(|start| piece(view, start, false));
            if let Some(range) = found {
                report(range);
                continue;
            }
        }
        let line = before(view, name.range.start, 160);
        let gap = line.len() - line.rfind(['是', '这', '就', '以']).map_or(0, |at| at);
        for start in [gap, gap + 3, gap + 6] {
            let Some(at) = line.len().checked_sub(start) else {
                break;
            };
            if line.is_char_boundary(at)
                && points_back(&line[at..])
                && let Some(range) = piece(view, name.range.start - start, true)
            {
                report(range);
                break;
            }
        }
    }
}

/// What may stand between groups of characters.
const BETWEEN: &[char] = &[' ', '\t', '\n', ',', ':', '/', '|', '-', '·', '"', '\''];

/// The phrase that begins or ends here, in groups or in one piece. Other text may stand beside it.
fn piece(view: &str, at: usize, ends: bool) -> Option<Range<usize>> {
    // One character more than the longest phrase.
    const LOOK: usize = LENGTHS[0] + 1;
    let (from, look) = if ends {
        let look = before(view, at, LOOK * 5);
        (at - look.len(), look)
    } else {
        (at, after(view, at, LOOK * 5))
    };
    let inner = |(_, c): &(usize, char)| is_chinese(*c) || BETWEEN.contains(c);
    let chinese = |(_, c): &(usize, char)| is_chinese(*c);
    let all = look.char_indices();
    let mut letters: Vec<(usize, char)> = if ends {
        let all = all.rev().take_while(inner);
        all.filter(chinese).take(LOOK).collect()
    } else {
        let all = all.take_while(inner);
        all.filter(chinese).take(LOOK).collect()
    };
    if ends {
        letters.reverse();
    }
    LENGTHS.into_iter().find_map(|count| {
        let first = if ends {
            letters.len().checked_sub(count)?
        } else {
            0
        };
        let part = letters.get(first..first + count)?;
        let phrase: Vec<char> = part.iter().map(|(_, c)| *c).collect();
        let (last, c) = part[count - 1];
        let alone = !ends && letters.len() == count;
        holds(&phrase, alone).then(|| from + part[0].0..from + last + c.len_utf8())
    })
}

/// Whether characters are a whole phrase: the checksum is right and, unless nothing else stands
/// beside them, they are no sentence.
fn holds(phrase: &[char], alone: bool) -> bool {
    // Characters that make sentences. Chance puts two of them into one phrase of forty.
    const SENTENCE: &str = "的了是我你他她们不在有这那就和也要会能可没把被让给到去来说看吗呢吧请帮想用后都还很好再或及怎么什因所以但只过着里";
    let sentence = phrase.iter().filter(|c| SENTENCE.contains(**c)).count();
    if !alone && sentence > 1 {
        return false;
    }
    CHARACTERS.iter().any(|list| {
        let indices: Option<Vec<usize>> = phrase.iter().map(|c| list.get(c).copied()).collect();
        indices.is_some_and(|indices| checksum_holds(&indices))
    })
}

/// BIP-39: 11 bits a word; the last count / 3 bits are the first of the SHA-256 of the others.
fn checksum_holds(indices: &[usize]) -> bool {
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
