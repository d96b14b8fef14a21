//! What a long number is: a date, an amount, an address, an identity number, a phone, a card.
//!
//! Digits come in chains: groups with a short separator between them. A chain is read from the
//! left, and each stretch of groups gets the first reading that fits. One reader for all of them,
//! because what makes a card number of twelve digits is that they are nothing else.

use std::ops::Range;

use super::everyday::unit_follows;
use super::labels::{Page, Sort as Label};
use super::link::{Link, Place};
use super::{after, identity, one_of, pattern, shift};

/// The readings that hide something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Card,
    /// What may be a card with a slip of the finger.
    Long,
    ResidentId,
    Phone,
}

/// The fewest digits that are taken for a card.
const CARD_MIN: usize = 12;
const CARD_MAX: usize = 19;

/// Card numbers, accounts by IBAN, and the security digits beside their word.
pub(crate) fn cards(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    read(page, Sort::Card, report);
    identity::accounts(page, report);
    let security_digits = |_: &_, place: Place| {
        let rest = &page.text[place.at..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let fits = matches!(digits, 3 | 4) && (!place.far || place.link >= Link::Says);
        (fits && !unit_follows(&rest[digits..])).then_some(place.at..place.at + digits)
    };
    page.behind(
        |sort| sort == Label::SecurityDigits,
        security_digits,
        report,
    );
}

/// Numbers with an issuer's prefix and the length of a card, the check sum of which is wrong.
pub(crate) fn long(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    read(page, Sort::Long, report);
}

/// Reports the stretches of digits that read as `wanted`.
pub(super) fn read(page: &Page, wanted: Sort, report: &mut dyn FnMut(Range<usize>)) {
    let numbers = page.numbers.get_or_init(|| numbers(page));
    let wanted = numbers.iter().filter(|(sort, _)| *sort == wanted);
    wanted.for_each(|(_, range)| report(range.clone()));
}

/// Every stretch of digits that is something to hide.
fn numbers(page: &Page) -> Vec<(Sort, Range<usize>)> {
    let view = page.text;
    let mut numbers = Vec::new();
    let mut chain = Chain {
        page,
        view,
        groups: Vec::new(),
        separators: Vec::new(),
    };
    let mut at = 0;
    while let Some(digit) = view.as_bytes()[at..].iter().position(u8::is_ascii_digit) {
        at = chain.collect(at + digit);
        let mut group = 0;
        while group < chain.groups.len() {
            let (taken, reading) = chain.read_at(group);
            numbers.extend(reading);
            group += taken;
        }
    }
    numbers
}

/// Groups of digits, each with the separator that follows it.
struct Chain<'a> {
    page: &'a Page<'a>,
    view: &'a str,
    groups: Vec<Range<usize>>,
    /// `separators[i]` stands between groups `i` and `i + 1`.
    separators: Vec<char>,
}

/// How many groups were read, and as what, if as something to hide.
type Reading = (usize, Option<(Sort, Range<usize>)>);

impl<'a> Chain<'a> {
    /// Collects the chain that starts at `start`; returns where it ends.
    fn collect(&mut self, start: usize) -> usize {
        self.groups.clear();
        self.separators.clear();
        let bytes = self.view.as_bytes();
        let mut at = start;
        loop {
            let end = at
                + bytes[at..]
                    .iter()
                    .take_while(|byte| byte.is_ascii_digit())
                    .count();
            self.groups.push(at..end);
            let Some((separator, next)) = separator(self.view, end) else {
                return end;
            };
            self.separators.push(separator);
            at = next;
        }
    }

    fn read_at(&self, at: usize) -> Reading {
        if let Some(taken) = self.phone_with_plus(at) {
            return (taken, Some((Sort::Phone, self.span(at, taken))));
        }
        if let Some(reading) = self.resident_id(at) {
            return reading;
        }
        if let Some(taken) = self.other(at) {
            return (taken, None);
        }
        if let Some(reading) = self.phone(at).or_else(|| self.card(at)) {
            return reading;
        }
        (1, None)
    }

    /// What matches behind the start of a group and ends with one, and how many groups it takes.
    fn matched(&self, at: usize, rule: &regex::Regex) -> Option<(usize, Range<usize>)> {
        let start = self.groups[at].start;
        let found = rule.find(after(self.view, start, 48))?.as_str();
        let end = start + found.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
        let taken = self.groups[at..]
            .iter()
            .take_while(|group| group.end <= end)
            .count();
        (taken > 0 && self.groups[at + taken - 1].end == end).then_some((taken, start..end))
    }

    fn digits(&self, at: usize) -> &'a str {
        self.groups
            .get(at)
            .map_or("", |group| &self.view[group.clone()])
    }

    fn len(&self, at: usize) -> usize {
        self.groups.get(at).map_or(0, Range::len)
    }

    fn separator(&self, at: usize) -> Option<char> {
        self.separators.get(at).copied()
    }

    fn span(&self, at: usize, taken: usize) -> Range<usize> {
        self.groups[at].start..self.groups[at + taken - 1].end
    }

    fn number(&self, at: usize) -> u32 {
        self.digits(at).parse().unwrap_or(u32::MAX)
    }

    /// A space, a dash or the like: what people put inside one number.
    fn soft(&self, at: usize) -> bool {
        matches!(self.separator(at), Some(' ' | '-' | '_' | '·'))
    }

    /// How many groups from `at` on are joined by soft separators, looking at `limit` at most.
    fn softly_joined(&self, at: usize, limit: usize) -> usize {
        1 + (at..)
            .take(limit - 1)
            .take_while(|&group| self.soft(group))
            .count()
    }

    fn joined(&self, at: usize, taken: usize) -> String {
        (at..at + taken).map(|group| self.digits(group)).collect()
    }

    /// A date, perhaps with a time after it; milliseconds since 1970 in a file name; an amount; a
    /// version or a network address.
    fn other(&self, at: usize) -> Option<usize> {
        pattern!(DATE, AMOUNT);
        let digits = self.digits(at);
        if digits.len() == 13 && self.in_file_name(at) {
            return Some(1);
        }
        if let Some((taken, _)) = self
            .matched(at, &DATE)
            .or_else(|| self.matched(at, &AMOUNT))
        {
            return Some(taken);
        }
        // "1.4111111111111111" is an item of a list rather than an amount.
        let decimal = self.separator(at) == Some('.')
            && self.separator(at + 1) != Some('.')
            && digits.len() <= 9;
        (decimal && !(self.len(at + 1) >= CARD_MIN && luhn(self.digits(at + 1)))).then_some(2)
    }

    /// Chat and camera apps name files by the clock: `mmexport1714550000000.jpg`.
    fn in_file_name(&self, at: usize) -> bool {
        let bytes = self.view.as_bytes();
        let Range { start, end } = self.groups[at];
        bytes[start] == b'1'
            && start > 0
            && (bytes[start - 1].is_ascii_alphabetic() || bytes[start - 1] == b'_')
            && matches!(bytes.get(end), Some(b'.' | b'_'))
            && bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic)
    }

    /// `+852 9123 4567`: whatever follows a plus, if it has the length of a phone number (ITU-T
    /// E.164: at most 15 digits). An amount may have a plus too, but not 8 digits and no unit.
    fn phone_with_plus(&self, at: usize) -> Option<usize> {
        let start = self.groups[at].start;
        if at > 0 || start == 0 || self.view.as_bytes()[start - 1] != b'+' {
            return None;
        }
        let taken = self.softly_joined(at, 15);
        let digits: usize = (at..at + taken).map(|group| self.len(group)).sum();
        let end = self.groups[at + taken - 1].end;
        // A mainland number is shortened after its country code, like one without.
        let mainland = self.digits(at) == "86" && self.phone(at).is_some();
        ((8..=15).contains(&digits) && !mainland && !unit_follows(&self.view[end..]))
            .then_some(taken)
    }

    /// Mainland mobiles (11 digits, 13 to 19 first, with or without 86), landlines with their area
    /// code, Taiwan's, and 3-3-4; 400 and 800 numbers are companies', for everybody to see.
    fn phone(&self, at: usize) -> Option<Reading> {
        pattern!(NUMBER);
        let country = usize::from(matches!(self.digits(at), "86" | "0086") && self.soft(at));
        let first = at + country;
        let (taken, range) = self.matched(first, &NUMBER)?;
        let company = taken == 3 && matches!(self.digits(first), "400" | "800");
        (!company).then_some((country + taken, Some((Sort::Phone, range))))
    }

    /// 18 characters by GB 11643, 17 digits with X, or the old 15 digits, in one group or several.
    fn resident_id(&self, at: usize) -> Option<Reading> {
        let mut digits = 0;
        for taken in 1..=self.softly_joined(at, 18) {
            digits += self.len(at + taken - 1);
            if digits > 18 {
                break;
            }
            let end = self.groups[at + taken - 1].end;
            let x = (digits == 17).then(|| final_x(&self.view[end..])).flatten();
            if !matches!(digits, 15 | 18) && x.is_none() {
                continue;
            }
            let mut number = self.joined(at, taken);
            let mut range = self.span(at, taken);
            if let Some(x) = x {
                number.push('X');
                range.end += x;
            }
            // The 15-digit form has no check digit, so it must end where the number ends.
            let known = is_resident_id(&number)
                && (number.len() == 18 && iso_7064(number.as_bytes())
                    || !self.page.is_harmless(&range));
            if (digits != 15 || !self.soft(at + taken - 1)) && known {
                return Some((taken, Some((Sort::ResidentId, range))));
            }
        }
        None
    }

    /// One group, groups with soft separators, or groups of four (and 4-6-5) with any sign between:
    /// beside a word for a card 12 digits or more; else with an issuer's prefix, its length and a right
    /// sum. A date cuts the chain.
    fn card(&self, at: usize) -> Option<Reading> {
        const LOOK: usize = 24;
        let named = self
            .page
            .nearest(self.groups[at].start)
            .is_some_and(|label| {
                let gap = self.groups[at].start - label.range.end;
                label.sort == Label::Card && gap <= 40
            });
        let mut count = 0;
        let soft = self.softly_joined(at, LOOK);
        let soft = (1..=soft)
            .take_while(|taken| {
                count += self.len(at + taken - 1);
                count <= CARD_MAX && (*taken == 1 || self.other(at + taken - 1).is_none())
            })
            .count();
        let regular = self.regularly_joined(at, LOOK);
        let mut best = None;
        for taken in (1..=soft).chain(3..=regular) {
            let lens = || (at..at + taken).map(|group| self.len(group));
            let count: usize = lens().sum();
            if !(CARD_MIN..=CARD_MAX).contains(&count) {
                continue;
            }
            let range = self.span(at, taken);
            let years = (at..at + taken).all(|group| self.is_year(group));
            if years || unit_follows(&self.view[range.end..]) {
                continue;
            }
            let digits = self.joined(at, taken);
            let together = taken == 1
                || taken == regular
                || lens().all(|len| len <= 2)
                || lens().any(|len| len >= 3);
            let whole = taken == soft || taken == regular;
            let valid = ISSUED.is_match(&digits) && luhn(&digits) && together;
            let sort = if named && whole || valid && !self.page.is_harmless(&range) {
                Sort::Card
            } else if whole
                && together
                && MAJOR.is_match(&digits)
                && !self.page.is_harmless(&range)
                && !self.in_word(&range)
            {
                Sort::Long
            } else {
                continue;
            };
            best = Some((taken, Some((sort, range))));
        }
        best
    }

    /// Whether letters touch it, as in an identifier.
    fn in_word(&self, range: &Range<usize>) -> bool {
        let touches = |byte: &u8| byte.is_ascii_alphanumeric() || b"_=/".contains(byte);
        let bytes = self.view.as_bytes();
        range.start > 0 && touches(&bytes[range.start - 1])
            || bytes.get(range.end).is_some_and(touches)
    }

    fn regularly_joined(&self, at: usize, limit: usize) -> usize {
        if [self.len(at), self.len(at + 1)] == [4, 6] && matches!(self.len(at + 2), 4 | 5) {
            return 3;
        }
        let whole = (at..)
            .take(limit)
            .take_while(|&group| self.len(group) == 4)
            .count();
        let tail = usize::from(whole >= 3 && matches!(self.len(at + whole), 1..=3));
        if whole >= 3 { whole + tail } else { 1 }
    }

    fn is_year(&self, at: usize) -> bool {
        self.len(at) == 4 && (1900..2100).contains(&self.number(at))
    }
}

/// The separator at `end` and where the next group starts: one mark, with a space before and after
/// it or not, or up to three spaces. A dot or a line end stands alone.
fn separator(view: &str, end: usize) -> Option<(char, usize)> {
    let mut mark = None;
    let mut count = 0;
    for (offset, c) in view[end..].char_indices() {
        match c {
            '0'..='9' if offset > 0 => return Some((mark.unwrap_or(' '), end + offset)),
            ' ' | '\t' if !matches!(mark, Some('.' | '\n')) => {}
            '-' | '_' | '/' | ',' | '·' | '|' | ':' | '~' | '+' | ';' if mark.is_none() => {
                mark = Some(c);
            }
            '.' | '\n' if count == 0 => mark = Some(c),
            _ => return None,
        }
        count += 1;
        if count > 3 {
            return None;
        }
    }
    None
}

/// The length of a final X, with a separator before it or not.
fn final_x(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let gap = usize::from(matches!(bytes.first(), Some(b' ' | b'-')));
    let x = matches!(bytes.get(gap), Some(b'x' | b'X'));
    let ends = !bytes.get(gap + 1).is_some_and(u8::is_ascii_alphanumeric);
    (x && ends).then_some(gap + 1)
}

fn is_date(year: u32, month: u32, day: u32) -> bool {
    (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// `YYYYMMDD`.
pub(super) fn is_compact_date(digits: &str) -> bool {
    let part = |range: Range<usize>| {
        digits
            .get(range)
            .and_then(|part| part.parse().ok())
            .unwrap_or(u32::MAX)
    };
    digits.len() == 8 && is_date(part(0..4), part(4..6), part(6..8))
}

/// The shape of a resident number, or its check character: a slip of the finger spoils one of them.
fn is_resident_id(number: &str) -> bool {
    let bytes = number.as_bytes();
    if bytes.len() == 15 {
        return one_of("provinces", &number[..2])
            && is_compact_date(&format!("19{}", &number[6..12]));
    }
    let part = |range: Range<usize>| number[range].parse().unwrap_or(u32::MAX);
    let born = is_date(part(6..10).max(1900), part(10..12), part(12..14)) && part(6..10) >= 1800;
    born && bytes[0] != b'0' && (one_of("provinces", &number[..2]) || iso_7064(bytes))
}

/// ISO 7064 MOD 11-2, as GB 11643-1999 uses it.
fn iso_7064(bytes: &[u8]) -> bool {
    let (body, check) = bytes.split_at(17);
    let sum = body
        .iter()
        .fold(0, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    let expected = (12 - sum) % 11;
    let given = if check[0] == b'X' {
        10
    } else {
        u32::from(check[0] - b'0')
    };
    expected == given
}

pub(super) fn luhn(digits: &str) -> bool {
    let values = digits.bytes().rev().map(|digit| u32::from(digit - b'0'));
    let folded = values.enumerate().map(|(place, value)| match place % 2 {
        0 => value,
        _ => value * 2 / 10 + value * 2 % 10,
    });
    folded.sum::<u32>().is_multiple_of(10)
}

pattern!(ISSUED, MAJOR);

/// Phone numbers that only a word beside them or their brackets give away.
pub(super) fn phones_beside(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    pattern!(BRACKETS, BESIDE);
    let view = page.text;
    for found in BRACKETS.find_iter(view) {
        report(found.range());
    }
    let number = |label: &super::labels::Label, place: Place| {
        let far = place.far && place.link < Link::Says && place.at - label.range.end > 16;
        let found = BESIDE.find(after(view, place.at, 32)).filter(|_| !far)?;
        let number = found
            .as_str()
            .trim_end_matches(|c: char| !c.is_ascii_digit());
        let range = shift(&(0..number.len()), place.at);
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        // 400 and 800 numbers are companies'.
        let company =
            digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
        (!company && !is_compact_date(&digits) && !unit_follows(&view[range.end..]))
            .then_some(range)
    };
    page.behind(|sort| sort == Label::Phone, number, report);
}
