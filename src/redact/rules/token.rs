//! Strings that look like passwords or keys without a word that says so.

use std::ops::Range;

use super::everyday::is_ordinary;
use super::labels::Page;
use super::pattern;
use crate::redact::view::WALL;

/// The shortest run that mixes three sorts of characters and counts.
const MIXED_MIN: usize = 7;
/// The shortest run of letters and digits alone that counts, if they alternate.
const LONG_MIN: usize = 20;
const LONG_CHANGES: usize = 4;
/// Longer runs are no single token; they are read in pieces, so that time stays linear.
const RUN_MAX: usize = 4096;

/// What punctuation may stand around a run without belonging to it.
const LEADING: &[char] = &[
    '(', '[', '{', '<', '"', '\'', '`', ',', ';', ':', '>', '#', '-', '*', '=',
];
const TRAILING: &[char] = &[
    '.', ',', ';', ':', '\'', '"', ')', ']', '}', '>', '<', '?', '`', '-', '=',
];

/// Runs of ASCII characters without a space that are strong and not ordinary.
pub(crate) fn find(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    let view = page.text;
    let report = &mut |range| {
        if !page.is_harmless(&range) {
            report(range);
        }
    };
    let bytes = view.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_graphic() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_graphic() && at - start < RUN_MAX {
            at += 1;
        }
        if at - start >= MIXED_MIN {
            read(view, start..at, report);
        }
    }
}

fn read(view: &str, run: Range<usize>, report: &mut impl FnMut(Range<usize>)) {
    pattern!(DOMAIN, WORD);
    let run = trimmed(view, run);
    let text = &view[run.clone()];
    // The domain of an e-mail address whose name was shortened stays.
    if !is_strong(text) || view[..run.start].ends_with(WALL) && DOMAIN.is_match(text) {
        return;
    }
    // An address, a call, a setting or a line of JSON is many values: each speaks for itself.
    let named = text.split(':').next().is_some_and(|name| {
        name.len() < text.len() && name.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    let structured = named
        || text.contains("://")
        || text.contains(['"', '{', '}', '=', '|', ',', ';', '(', '['])
        || text.matches('/').count() > 1;
    if !structured {
        if !is_ordinary(text) {
            report(run);
        }
        return;
    }
    let mut found = false;
    let mut start = run.start;
    for piece in text.split([
        '/', '?', '&', '=', '"', '{', '}', '[', ']', ',', '|', ';', '<', '>', '(', ')', ':',
    ]) {
        let range = start..start + piece.len();
        start = range.end + 1;
        if is_strong(piece) && !is_ordinary(piece) {
            found = true;
            report(range);
        }
    }
    // Signs without words between them are no structure.
    if !found && !WORD.is_match(text) && !is_ordinary(text) {
        report(run);
    }
}

fn trimmed(view: &str, run: Range<usize>) -> Range<usize> {
    let text = &view[run.clone()];
    let left = text.trim_start_matches(LEADING);
    let start = run.end - left.len();
    let kept = left.trim_end_matches(TRAILING);
    start..start + kept.len()
}

/// Strong by its characters alone.
pub(super) fn is_strong(text: &str) -> bool {
    let (mut lower, mut upper, mut digit, mut symbol) = (false, false, false, false);
    let mut changes = 0;
    let mut last = None;
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' => lower = true,
            b'A'..=b'Z' => upper = true,
            b'0'..=b'9' => digit = true,
            _ => symbol = true,
        }
        if byte.is_ascii_alphanumeric() {
            let is_digit = byte.is_ascii_digit();
            changes += usize::from(last.is_some_and(|last| last != is_digit));
            last = Some(is_digit);
        }
    }
    let sorts = [lower, upper, digit, symbol]
        .into_iter()
        .filter(|present| *present)
        .count();
    // Letters with signs are what excited people write, as long as the signs are not in the words.
    let odd = || text.bytes().filter(|byte| b"@#$%^*".contains(byte)).count() >= 2;
    text.len() >= MIXED_MIN && sorts >= 3 && (digit || odd())
        || text.len() >= LONG_MIN && changes >= LONG_CHANGES
}
