//! Text as a terminal shows it: width in columns, folding, and what must never be printed.

use std::borrow::Cow;
use std::ops::Range;
use unicode_linebreak::linebreaks;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether it is a Chinese character: one of Unicode's basic block, which nearly all text is of.
#[must_use]
pub fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// The columns a text takes on a terminal: a Chinese character is two wide, a Latin letter one.
#[must_use]
pub fn width(text: &str) -> usize {
    // Most English words; the tables need not be asked.
    if text.is_ascii() {
        return text.len();
    }
    // Between Chinese characters a line may break nearly anywhere, so most words are one of them.
    let mut all = text.chars();
    match (all.next(), all.next()) {
        (Some(one), None) if is_chinese(one) => 2,
        _ => text.width(),
    }
}

/// Folds a text into lines of at most `columns` columns.
///
/// Lines break only where UAX 14 allows it, so no line starts with `。` and no English word is cut;
/// a single word wider than the line is cut at the column. Newlines in the text are kept. There is
/// always at least one line, and no line ends in a space.
#[must_use]
pub fn fold(text: &str, columns: usize) -> Vec<String> {
    fold_within(text, columns, usize::MAX)
}

/// Folds like [`fold`], and keeps each line within `bytes` bytes too.
///
/// dialoguer 0.12 counts an option's bytes, not its columns, when it works out how many lines to
/// erase; a line that is short in both is erased rightly.
#[must_use]
pub fn fold_within(text: &str, columns: usize, bytes: usize) -> Vec<String> {
    let mut lines = Vec::new();
    each_line(text, columns, bytes, |line| lines.push(line.to_owned()));
    lines
}

/// Calls `tell` with each of the lines of [`fold_within`].
fn each_line(text: &str, columns: usize, bytes: usize, mut tell: impl FnMut(&str)) {
    // A wide character needs two columns and up to four bytes, however small the window is.
    let (columns, bytes) = (columns.max(2), bytes.max(4));
    for paragraph in text.split('\n') {
        let mut line = 0..0;
        let mut used = 0;
        let mut start = 0;
        let mut end_line = |line: &mut Range<usize>, next: usize| {
            if line.start < line.end {
                tell(paragraph[line.clone()].trim_end());
            }
            *line = next..next;
        };
        // The last break of a paragraph is its end.
        for (end, _) in linebreaks(paragraph) {
            let word = &paragraph[start..end];
            let seen = word.trim_end();
            let wide = width(seen);
            if used + wide > columns || line.len() + seen.len() > bytes {
                end_line(&mut line, start);
                used = 0;
            }
            if wide <= columns && seen.len() <= bytes {
                line.end = end;
                used += wide + word.len() - seen.len();
                start = end;
                continue;
            }
            for (at, c) in word.char_indices() {
                let wide = c.width().unwrap_or(0);
                if used + wide > columns || line.len() + c.len_utf8() > bytes {
                    end_line(&mut line, start + at);
                    used = 0;
                }
                line.end = start + at + c.len_utf8();
                used += wide;
            }
            start = end;
        }
        tell(paragraph[line].trim_end());
    }
}

/// Folds a text and puts `first` before its first line and as many spaces before the others.
#[must_use]
pub fn hang(first: &str, text: &str, columns: usize) -> String {
    let mut out = String::new();
    hang_on(&mut out, first, text, columns);
    out
}

/// Writes at the end of `out` what [`hang`] returns.
pub fn hang_on(out: &mut String, first: &str, text: &str, columns: usize) {
    let indent = width(first);
    let mut is_first = true;
    each_line(text, columns.saturating_sub(indent), usize::MAX, |line| {
        if is_first {
            out.push_str(first);
        } else {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
        }
        is_first = false;
        out.push_str(line);
    });
}

/// Whether a character could change what a terminal shows beyond its own cell: controls, all format
/// characters (bidi overrides and isolates, zero-width ones), and what else is invisible.
#[must_use]
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
            | '\u{890}' | '\u{891}' | '\u{8e2}' | '\u{115f}' | '\u{1160}' | '\u{17b4}'
            | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Replaces every hostile character with `�`, so that a foreign text (an argument, a path, an
/// answer, another program's error) can be printed. Newlines are replaced as well.
#[must_use]
pub fn tame(text: &str) -> Cow<'_, str> {
    if text.contains(is_hostile) {
        Cow::Owned(text.replace(is_hostile, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Full-width letters, digits and signs as the plain ones; Chinese input methods type them.
#[must_use]
pub fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '。' => '.',
        _ => c,
    }
}

/// The candidate nearest to a mistyped word, if one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|c| (strsim::jaro_winkler(word, c), c))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_never_starts_a_line_with_a_full_stop() {
        for columns in 8..40 {
            for line in fold(
                "先关掉应用，再打开一次。等二十分钟，然后刷新（不要连点）。",
                columns,
            ) {
                assert!(width(&line) <= columns, "{line:?} at {columns}");
                assert!(
                    !line.starts_with(['。', '，', '）']),
                    "{line:?} at {columns}"
                );
            }
        }
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut() {
        assert_eq!(fold("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(fold("认证", 1), ["认", "证"]);
    }

    #[test]
    fn bytes_bound_a_line_too() {
        for line in fold_within("人脸识别一直不通过怎么办", 77, 12) {
            assert!(line.len() <= 12, "{line:?}");
        }
    }

    #[test]
    fn a_hanging_indent_is_as_wide_as_its_label() {
        assert_eq!(hang("[ ] ", "one two three", 11), "[ ] one two\n    three");
        assert_eq!(fold("", 10), [""]);
    }

    #[test]
    fn hostile_characters_are_replaced() {
        assert_eq!(
            tame("a\u{1b}[2Jb\u{202e}c\u{200b}\n"),
            "a\u{fffd}[2Jb\u{fffd}c\u{fffd}\u{fffd}"
        );
        assert!(matches!(tame("认证 ok"), Cow::Borrowed(_)));
    }
}
