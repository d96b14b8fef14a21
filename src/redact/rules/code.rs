//! What a one-time code is here.
//!
//! Four to eight digits behind a word for it, or before it with "is" between; codes to keep for later
//! are words of letters and digits too. A lone group of six digits may be one.

use std::ops::Range;

use super::everyday::{is_mixed, is_year, unit_follows};
use super::labels::{Label, Page, Sort};
use super::link::{Link, NUMERALS, Place, places};
use super::number::is_compact_date;
use super::{after, before, pattern, shift, value_in};

pattern!(SPOKEN);

/// Codes beside their word.
pub(crate) fn find(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    for label in page.labels(|sort| {
        matches!(
            sort,
            Sort::Code | Sort::BareCode | Sort::Backup | Sort::SecurityDigits
        )
    }) {
        before_word(page, label, report);
        let is_digit = |c: char| c.is_ascii_digit() || !c.is_ascii() && NUMERALS.contains(c);
        let look = after(page.text, label.range.end, 96);
        if !look.contains(is_digit) && !SPOKEN.is_match(look) {
            continue;
        }
        let mut value =
            places(page.text, label.range.end).find_map(|place| code_at(page, label, place));
        while let Some(range) = value {
            value = more(page.text, range.end, label.sort == Sort::Backup);
            report(range);
        }
    }
}

/// The code that begins at a place behind its word.
fn code_at(page: &Page, label: &Label, place: Place) -> Option<Range<usize>> {
    pattern!(DIGITS, MIXED, BACKUP, SPELLED, FAILED, TIME_WORD);
    let view = page.text;
    // A word in between that names something else has the number, as far as it is not ours again.
    if page.nearest(place.at).is_none_or(|nearest| {
        nearest.range.end > label.range.end && !matches!(nearest.sort, Sort::Code | Sort::Backup)
    }) {
        return None;
    }
    let rest = after(view, place.at, 64);
    let gap = &view[label.range.end..place.at];
    if let Some(spoken) = SPOKEN.find(rest).filter(|spoken| spoken.start() == 0) {
        return Some(place.at..place.at + spoken.end());
    }
    let matched = |rule: &regex::Regex| {
        let found = rule.find(rest)?.as_str();
        let value =
            found.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && !NUMERALS.contains(c));
        Some(place.at..place.at + value.len())
    };
    if gap.len() <= 12
        && !place.far
        && let Some(range) = matched(&SPELLED)
    {
        return Some(range);
    }
    if label.sort == Sort::Backup
        && let Some(range) = matched(&BACKUP).filter(|range| is_mixed(&view[range.clone()]))
    {
        return Some(range);
    }
    let firm = matches!(place.link, Link::Field | Link::Says) && !place.far
        || gap.is_empty() && !view[..place.at].ends_with(|c: char| c.is_ascii());
    let range = matched(&DIGITS).or_else(|| {
        let range = matched(&MIXED).filter(|_| firm || label.sort == Sort::Backup)?;
        view[range.clone()]
            .contains(|c: char| c.is_ascii_digit())
            .then_some(range)
    })?;
    let digits = &view[range.clone()];
    let rest = &view[range.end..];
    let year = digits.len() == 4 && (TIME_WORD.is_match(gap) || is_year(digits) && !firm);
    let other = gap != "_" && view[..range.start].ends_with(['_', '#', '+', '$', '¥', '€', '£'])
        || rest.starts_with(['_', '@', '%'])
        || year
        || place.far && (gap.len() > 40 || FAILED.is_match(gap))
        || is_compact_date(digits)
        || unit_follows(rest)
        || digits.bytes().all(|byte| byte.is_ascii_digit())
            && rest.starts_with(|c: char| c.is_ascii_alphabetic())
        || label.sort == Sort::SecurityDigits && digits.len() < 5
        || label.sort == Sort::BareCode && is_error(page, label, place, &range);
    (!other).then_some(range)
}

/// Whether a bare "code" is an error's: `{"code":"50011"}`, `Code 4001: user rejected`, `code=-1`.
fn is_error(page: &Page, label: &Label, place: Place, value: &Range<usize>) -> bool {
    pattern!(OWN_BEFORE, ERROR_TEXT, ERROR_BEFORE);
    let view = page.text;
    let gap = &view[label.range.end..place.at];
    let line = before(view, label.range.start, 64);
    let digits = value.len();
    ERROR_TEXT.is_match(after(view, value.end, 64))
        || ERROR_BEFORE.is_match(line)
        || gap.starts_with("\":") || gap.starts_with("':") || gap.starts_with("=-")
        || gap.contains("limit")
        || line.ends_with(['{', '?', '&', '"', '\'', '.'])
        // Codes that are sent have six digits or, where people say whose they are, any.
        || digits < 6 && place.link != Link::Says && !OWN_BEFORE.is_match(line)
        || digits == 5 && view[value.clone()].starts_with(['5', '6']) && !OWN_BEFORE.is_match(line)
}

/// One more code of the same list.
fn more(view: &str, at: usize, backup: bool) -> Option<Range<usize>> {
    pattern!(MORE);
    let value = value_in(&MORE, after(view, at, 64))?;
    let text = value.as_str();
    let digits = !text.contains(|c: char| c.is_ascii_alphabetic());
    let fits = if digits {
        !is_year(text) && !unit_follows(&view[at + value.end()..])
    } else {
        backup && is_mixed(text)
    };
    fits.then(|| shift(&value.range(), at))
}

/// 3391 是我收到的验证码
fn before_word(page: &Page, label: &Label, report: &mut dyn FnMut(Range<usize>)) {
    pattern!(SAID);
    let view = page.text;
    let line = before(view, label.range.start, 64);
    if line.contains(|c: char| c.is_ascii_digit())
        && let Some(value) = value_in(&SAID, line)
    {
        let range = shift(&value.range(), label.range.start - line.len());
        if !page.is_harmless(&range)
            && page
                .nearest(label.range.start)
                .is_none_or(|label| label.range.end <= range.start)
        {
            report(range);
        }
    }
}

/// Six digits that nothing names. They may be a code.
pub(crate) fn lone(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    pattern!(FILE_ENDS, SIX);
    let view = page.text;
    let bytes = view.as_bytes();
    for six in SIX.find_iter(view) {
        let Range { start, end } = six.range();
        let left = &view[..start];
        let google = left.ends_with("G-")
            && !before(view, start - 2, 1).ends_with(|c: char| c.is_ascii_alphanumeric());
        let touches_left = start > 0
            && !google
            && (bytes[start - 1].is_ascii_alphanumeric()
                || b"._-/#+@*%\\&~".contains(&bytes[start - 1])
                || bytes[start - 1] == b':' && start > 1 && bytes[start - 2].is_ascii_digit()
                || left.ends_with(['$', '¥', '€', '£', '₿']));
        let grouped_more = matches!(
            bytes.get(end),
            Some(b' ' | b'-' | b'.' | b':' | b'/' | b'_' | b',')
        ) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
            || start > 1
                && matches!(bytes[start - 1], b' ' | b'-' | b',')
                && bytes[start - 2].is_ascii_digit();
        let touches_right = bytes
            .get(end)
            .is_some_and(|&byte| byte.is_ascii_alphanumeric() || b"_%@*".contains(&byte));
        // "6.55.0(655001)" is a build.
        let version = left.strip_suffix('(').map(str::trim_end);
        let build = version.is_some_and(|left| left.ends_with(|c: char| c.is_ascii_digit()));
        let bare = page
            .nearest(start)
            .filter(|label| label.sort == Sort::BareCode);
        let error = bare.is_some_and(|label| {
            let place = Place {
                at: start,
                link: Link::Next,
                far: false,
            };
            start - label.range.end <= 3 && is_error(page, label, place, &six.range())
        });
        if touches_left
            || touches_right
            || grouped_more
            || build
            || error
            || unit_follows(&view[end..])
            || FILE_ENDS.is_match(after(view, end, 8))
            || page.is_harmless(&six.range())
        {
            continue;
        }
        report(start..end);
    }
}
