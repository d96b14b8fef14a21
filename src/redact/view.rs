//! The text as the rules read it: one spelling for what people and keyboards spell in many.
//!
//! A view is the text after compatibility decomposition (NFKD: full-width, circled and styled
//! characters become plain), without zero-width, format and control characters and combining
//! marks, with one form of dash, quote and bracket, and with letter-by-letter spelling
//! (`4 8 2 9 1 5`) closed up. Decomposition rather than NFKC, because it works on one character at
//! a time, so that every byte of the view knows where in the source it came from.
//!
//! What has been removed already, placeholders included, is one [`WALL`] character. So a text and
//! its redacted form have the same view, and redacting twice changes nothing more.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::kinds::Kind;
use crate::words::LANGUAGES;

/// Stands for something that was removed. No source character becomes this one.
pub(super) const WALL: char = '\u{1}';
const WALL_TEXT: &str = "\u{1}";

/// A folded text and the way back to its source.
pub(super) struct View<'a> {
    source: &'a str,
    text: String,
    /// Where in the source each byte of the text came from.
    origins: Vec<usize>,
}

impl<'a> View<'a> {
    /// The view of `source`, with a wall over each of the `removed` ranges (in order, not
    /// overlapping, on character boundaries).
    pub(super) fn new(source: &'a str, removed: impl Iterator<Item = Range<usize>>) -> Self {
        let folded = fold(source, removed);
        let walls = placeholders(&folded.text);
        let walled = folded.edit(&walls, WALL_TEXT);
        let gaps = letter_by_letter(&walled.text);
        walled.edit(&gaps, "")
    }

    /// What the rules match on.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The range of the source that the range of the view came from, which is not empty.
    pub(super) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let end = self.origins[range.end - 1] + 1;
        self.origins[range.start]..self.source.ceil_char_boundary(end)
    }

    fn push(&mut self, text: &str, origin: usize) {
        self.text.push_str(text);
        self.origins.resize(self.text.len(), origin);
    }

    /// Takes a stretch of the source as it is.
    fn copy(&mut self, range: Range<usize>) {
        self.text.push_str(&self.source[range.clone()]);
        self.origins.extend(range);
    }

    /// Takes a stretch of another view.
    fn take(&mut self, other: &Self, range: Range<usize>) {
        self.text.push_str(&other.text[range.clone()]);
        self.origins.extend_from_slice(&other.origins[range]);
    }

    /// The same view with each of `ranges` replaced.
    fn edit(self, ranges: &[Range<usize>], replacement: &str) -> Self {
        if ranges.is_empty() {
            return self;
        }
        let mut edited = View::empty(self.source);
        let mut kept = 0;
        for range in ranges {
            edited.take(&self, kept..range.start);
            edited.push(replacement, self.origins[range.start]);
            kept = range.end;
        }
        edited.take(&self, kept..self.text.len());
        edited
    }

    fn empty(source: &'a str) -> Self {
        View {
            source,
            text: String::with_capacity(source.len()),
            origins: Vec::with_capacity(source.len()),
        }
    }
}

fn fold(source: &str, removed: impl Iterator<Item = Range<usize>>) -> View<'_> {
    let mut view = View::empty(source);
    let mut folded = String::new();
    let mut plain = 0; // start of the stretch that can be copied as it is
    for removed in removed.chain(std::iter::once(source.len()..source.len())) {
        let start = plain;
        for (at, c) in source[start..removed.start].char_indices() {
            if is_plain(c) {
                continue;
            }
            let at = start + at;
            folded.clear();
            fold_char(c, source, at, &mut folded);
            if folded != *c.encode_utf8(&mut [0; 4]) {
                view.copy(plain..at);
                view.push(&folded, at);
                plain = at + c.len_utf8();
            }
        }
        view.copy(plain..removed.start);
        if !removed.is_empty() {
            view.push(WALL_TEXT, removed.start);
        }
        plain = removed.end;
    }
    view
}

/// Whether a circled digit stands beside another, as in a code, and does not only count on.
fn in_circles(source: &str, at: usize, c: char) -> bool {
    let next = source[at + c.len_utf8()..].chars().next();
    let previous = source[..at].chars().next_back();
    let counts =
        next == char::from_u32(u32::from(c) + 1) || previous == char::from_u32(u32::from(c) - 1);
    !counts
        && [next, previous]
            .into_iter()
            .flatten()
            .any(|c| circled(c).is_some())
}

/// Common characters that fold to themselves: a short cut, not a rule.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | '\t' | '\u{4e00}'..='\u{9fff}' | '。')
}

/// Characters that are read as another: dashes, quotes, brackets, digits of other scripts, and the
/// letters of other alphabets that look Latin. Who wants to hide a word writes so, and so do keyboards
/// that switch between alphabets.
static FOLDS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let lines = include_str!("words/folds.txt").lines().skip(1);
    let pairs = lines.filter_map(|line| line.split_once(' '));
    let pairs = pairs.filter_map(|(read, from)| Some((read.chars().next()?, from)));
    pairs
        .flat_map(|(read, from)| from.chars().map(move |from| (from, read)))
        .collect()
});

fn fold_char(c: char, source: &str, at: usize, out: &mut String) {
    let behind = &source[at + c.len_utf8()..];
    match c {
        // CR LF is one line end, a lone CR another.
        '\r' if behind.starts_with('\n') => {}
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
        // The enclosing keycap ends an emoji digit, and must not glue it to what follows.
        '\u{20e3}' | '\u{2800}' => out.push(' '),
        '①'..='⑳' | '❶'..='❿' | '➀'..='➓' | '⓪' | '⓿' => {
            let digit = circled(c);
            match digit {
                Some(digit) => out.push(digit),
                None => decompose_compatible(c, |part| out.push(part)),
            }
            // A circled number is a list marker, unless it stands in a code: keep it apart.
            if !digit.is_some_and(|_| in_circles(source, at, c)) {
                out.push_str(") ");
            }
        }
        c if FOLDS.contains_key(&c) => out.push(FOLDS[&c]),
        c if is_ignored(c) => {}
        c if c.is_whitespace() => out.push(' '),
        c => decompose_compatible(c, |part| {
            if !is_combining_mark(part) {
                out.push(FOLDS.get(&part).copied().unwrap_or(part));
            }
        }),
    }
}

/// Control characters, and those that Unicode calls default-ignorable or format characters
/// (`Default_Ignorable_Code_Point` in DerivedCoreProperties.txt, and general category Cf, without
/// the visible Arabic, Syriac and Kaithi number signs).
fn is_ignored(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1345f}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The digit in a circle.
fn circled(c: char) -> Option<char> {
    let one = ['①', '❶', '➀', '➊']
        .into_iter()
        .find(|one| (0..9).contains(&(u32::from(c).wrapping_sub(u32::from(*one)))));
    let zero = matches!(c, '⓪' | '⓿').then_some('0');
    zero.or_else(|| char::from_digit(u32::from(c) - u32::from(one?) + 1, 10))
}

/// Where an earlier run left its placeholders and shortened values.
fn placeholders(text: &str) -> Vec<Range<usize>> {
    static SHORTENED: LazyLock<Regex> = LazyLock::new(|| {
        // Folded as the text is.
        let folded = |name: &str| regex::escape(&name.nfkc().collect::<String>());
        let names: Vec<_> = Kind::ALL
            .iter()
            .flat_map(|kind| LANGUAGES.iter().map(|words| kind.placeholder_in(words.tag)))
            .map(folded)
            .collect();
        Regex::new(&format!(
            r"{}|[0-9]{{0,3}}\*{{4}}[0-9]{{2,4}}|[0-9A-Za-z]{{0,3}}\*{{2,}}[0-9A-Za-z]{{0,3}} ?(?:@|[(\[](?i:at)[)\]]|(?i:at) )",
            names.join("|")
        ))
        .expect("a constant pattern")
    });
    if !text.contains(['*', '[']) {
        return Vec::new();
    }
    SHORTENED
        .find_iter(text)
        .map(|found| found.range())
        .collect()
}

/// The separators inside letter-by-letter spelling: four or more single characters with the same
/// space, dash, underscore or line end between them. All digits (but not counting, `1 2 3 4`), or
/// at least seven characters of any sort.
fn letter_by_letter(text: &str) -> Vec<Range<usize>> {
    const MIXED: usize = 7;
    let bytes = text.as_bytes();
    let item = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_graphic);
    let mut gaps = Vec::new();
    let mut at = 0;
    while at + 6 < bytes.len() {
        let separator = bytes[at + 1];
        if !item(at)
            || !matches!(separator, b' ' | b'-' | b'_' | b'\n')
            || bytes[at + 3] != separator
            || bytes[at] == separator
            || at > 0 && bytes[at - 1].is_ascii_graphic() && !b":=(\"'[,;".contains(&bytes[at - 1])
        {
            at += 1;
            continue;
        }
        let mut end = at; // the last item
        while bytes.get(end + 1) == Some(&separator)
            && item(end + 2)
            && bytes[end + 2] != separator
            && bytes.get(end + 3).is_none_or(|&after| {
                after == separator || !after.is_ascii_graphic() || b".,;:!?)\"']".contains(&after)
            })
        {
            end += 2;
        }
        // An article or a colon before spelled digits ("a 4 8 2 9 1 5") is not one of them.
        let mut first = at;
        if !bytes[at].is_ascii_digit()
            && (at + 2..=end).step_by(2).all(|i| bytes[i].is_ascii_digit())
        {
            first += 2;
        }
        let items = || (first..=end).step_by(2).map(|i| bytes[i]);
        let spelled = if items().all(|item| item.is_ascii_digit()) {
            let counting = items()
                .zip(items().skip(1))
                .all(|(one, next)| next == one + 1);
            items().count() >= 4 && !counting
        } else {
            items().count() >= MIXED && items().filter(u8::is_ascii_alphanumeric).count() >= 4
        };
        if spelled {
            gaps.extend((first..end).step_by(2).map(|i| i + 1..i + 2));
        }
        at = end.max(at) + 1;
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(source: &str) -> View<'_> {
        View::new(source, std::iter::empty())
    }

    #[test]
    fn spellings_fold_to_one() {
        for spelled in [
            "code 482915",
            "ｃｏｄｅ　４８２９１５",
            "code 4\u{200b}8\u{200d}2\u{ad}915",
            "𝐜𝐨𝐝𝐞 𝟒𝟖𝟐𝟗𝟏𝟓",
            "code 4 8 2 9 1 5",
            "code 4–8–2–9–1–5",
            "code ٤٨٢٩١٥",
        ] {
            assert_eq!(view(spelled).text(), "code 482915", "{spelled}");
        }
    }

    #[test]
    fn counting_and_prose_stay_apart() {
        for plain in [
            "steps 1 2 3 4 5 6",
            "A B C",
            "I am at 5 a b",
            "1.2.3.4",
            "- - - - - - - -",
        ] {
            assert_eq!(view(plain).text(), plain);
        }
    }

    #[test]
    fn ranges_find_their_way_back() {
        let source = "密码：ａ\u{200b}ｂ①9\u{200b}";
        let view = view(source);
        assert_eq!(view.text(), "密码:ab1) 9");
        let value = view.text().find("ab").unwrap();
        assert_eq!(&source[view.source(&(value..value + 2))], "ａ\u{200b}ｂ");
        let nine = view.text().find('9').unwrap();
        assert_eq!(&source[view.source(&(nine..nine + 1))], "9");
    }

    #[test]
    fn removed_ranges_and_placeholders_are_walls() {
        let source = "x secret y";
        let walled = View::new(source, std::iter::once(2..8));
        assert_eq!(walled.text(), "x \u{1} y");
        assert_eq!(view("x [removed: password] y").text(), walled.text());
        assert_eq!(
            view("a***@example.com 138****8000").text(),
            "\u{1}example.com \u{1}"
        );
    }
}
