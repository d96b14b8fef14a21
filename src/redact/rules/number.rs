//! What a long number is: a date, an amount, an address, an identity number, a phone, a card.
//!
//! Digits come in chains: groups with a short separator between them. A chain is read from the
//! left, and each stretch of groups gets the first reading that fits. One reader for all of them,
//! because what makes a card number of twelve digits is that they are nothing else.

use std::ops::Range;

use super::everyday::unit_follows;
use super::labels::{Page, Sort as Label};
use super::link::{Link, places};
use super::{after, identity, pattern, shift};

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
    for label in page.labels(|sort| sort == Label::SecurityDigits) {
        let digits = places(page.text, label.range.end).find_map(|place| {
            let rest = &page.text[place.at..];
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let fits = matches!(digits, 3 | 4) && (!place.far || place.link >= Link::Says);
            (fits && !unit_follows(&rest[digits..])).then_some(place.at..place.at + digits)
        });
        if let Some(digits) = digits {
            report(digits);
        }
    }
}

/// Numbers with an issuer's prefix and the length of a card, the check sum of which is wrong.
pub(crate) fn long(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    read(page, Sort::Long, report);
}

/// Reports the stretches of digits that read as `wanted`.
pub(super) fn read(page: &Page, wanted: Sort, report: &mut dyn FnMut(Range<usize>)) {
    let view = page.text;
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
            if let Some((sort, range)) = reading
                && sort == wanted
            {
                report(range);
            }
            group += taken;
        }
    }
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
        if let Some(taken) = self
            .date(at)
            .or_else(|| self.amount(at))
            .or_else(|| self.dotted(at))
        {
            return (taken, None);
        }
        if let Some((skipped, taken)) = self.phone(at) {
            return (
                skipped + taken,
                Some((Sort::Phone, self.span(at + skipped, taken))),
            );
        }
        if let Some(reading) = self.card(at) {
            return reading;
        }
        (1, None)
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

    /// `2024-05-01`, `01.05.2024`, `20240501`, with a time after it (`14-03-11-123`, `140311`), or
    /// both in one group; milliseconds since 1970 in a file name.
    fn date(&self, at: usize) -> Option<usize> {
        let digits = self.digits(at);
        if matches!(digits.len(), 12 | 14..=17)
            && is_compact_date(&digits[..8])
            && is_time(&digits[8..])
        {
            return Some(1);
        }
        if digits.len() == 13 && self.in_file_name(at) {
            return Some(1);
        }
        let day = if digits.len() == 8 && is_compact_date(digits) {
            1
        } else {
            let separator = self
                .separator(at)
                .filter(|separator| "-./_".contains(*separator))?;
            if self.separator(at + 1) != Some(separator) || digits.len() > 4 {
                return None;
            }
            let [one, two, three] = [at, at + 1, at + 2].map(|group| self.number(group));
            let forward = digits.len() == 4 && is_date(one, two, three);
            let backward =
                self.len(at + 2) == 4 && (is_date(three, two, one) || is_date(three, one, two));
            if !forward && !backward {
                return None;
            }
            3
        };
        // The time of day, in one group or several.
        let time = at + day;
        if self
            .separator(time - 1)
            .is_some_and(|separator| " -_".contains(separator))
        {
            if matches!(self.len(time), 4 | 6 | 9) && is_time(self.digits(time)) {
                return Some(day + 1);
            }
            let parts = (time..self.groups.len()).take(4).take_while(|&group| {
                let limit = [24, 60, 60, 1000][group - time];
                self.number(group) < limit
                    && (group == time
                        || self
                            .separator(group - 1)
                            .is_some_and(|separator| "-._".contains(separator)))
            });
            let parts = parts.count();
            if parts >= 2 {
                return Some(day + parts);
            }
        }
        Some(day)
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

    /// `1,234,567.89`, `0.000012345678`.
    fn amount(&self, at: usize) -> Option<usize> {
        let thousand =
            |group: &usize| self.separator(*group) == Some(',') && self.len(group + 1) == 3;
        if self.len(at) <= 3 && thousand(&at) {
            let thousands = (at..self.groups.len()).take_while(thousand).count();
            let decimals = usize::from(self.separator(at + thousands) == Some('.'));
            return Some(1 + thousands + decimals);
        }
        let decimal = self.separator(at) == Some('.')
            && self.separator(at + 1) != Some('.')
            && self.len(at) <= 9;
        // "1.4111111111111111" is an item of a list rather than an amount.
        (decimal && !(self.len(at + 1) >= CARD_MIN && luhn(self.digits(at + 1)))).then_some(2)
    }

    /// A version or a network address: `6.55.0.2024050112`, `192.168.100.200`.
    fn dotted(&self, at: usize) -> Option<usize> {
        if self.len(at) > 3 || self.separator(at) != Some('.') {
            return None;
        }
        let dots = (at..self.groups.len())
            .take_while(|&group| self.separator(group) == Some('.'))
            .count();
        (dots >= 2).then_some(dots + 1)
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
    /// code, and 3-3-4. Returns the groups to leave readable and those of the number.
    fn phone(&self, at: usize) -> Option<(usize, usize)> {
        let country = usize::from(matches!(self.digits(at), "86" | "0086") && self.soft(at));
        let first = at + country;
        let digits = self.digits(first);
        let local = digits
            .strip_prefix("0086")
            .or(digits.strip_prefix("86"))
            .filter(|rest| rest.len() == 11)
            .unwrap_or(digits);
        if is_mobile_start(local) {
            if local.len() == 11 {
                return Some((country, 1));
            }
            let lens = [self.len(first), self.len(first + 1), self.len(first + 2)];
            if self.soft(first) || self.separator(first) == Some('.') {
                if matches!(lens, [3, 8, _] | [7, 4, _] | [5, 6, _]) {
                    return Some((country, 2));
                }
                if matches!(lens, [3, 4, 4] | [4, 3, 4] | [3, 3, 5])
                    && self.separator(first) == self.separator(first + 1)
                {
                    return Some((country, 3));
                }
            }
        }
        // Taiwan: 0912-345-678.
        let lens = [self.len(first), self.len(first + 1), self.len(first + 2)];
        if digits.starts_with("09") {
            if digits.len() == 10 {
                return Some((country, 1));
            }
            let joined = self.soft(first) && self.separator(first) == self.separator(first + 1);
            if lens == [4, 3, 3] && joined {
                return Some((country, 3));
            }
        }
        let area = digits.starts_with('0') && !digits.starts_with("00");
        if area && matches!(digits.len(), 11 | 12) {
            return Some((country, 1));
        }
        if area
            && matches!(digits.len(), 3 | 4)
            && self.soft(first)
            && matches!(self.len(first + 1), 7 | 8)
        {
            return Some((country, 2));
        }
        let separator = self
            .separator(first)
            .filter(|separator| "-.".contains(*separator));
        // 400 and 800 numbers are companies', for everybody to see.
        let grouped =
            lens == [3, 3, 4] && separator.is_some() && separator == self.separator(first + 1);
        (grouped && !matches!(digits, "400" | "800")).then_some((country, 3))
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
                count <= CARD_MAX && (*taken == 1 || self.date(at + taken - 1).is_none())
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
            let valid = is_issued(&digits) && luhn(&digits) && together;
            let sort = if named && whole || valid && !self.page.is_harmless(&range) {
                Sort::Card
            } else if whole
                && together
                && is_major(&digits)
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

fn is_mobile_start(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() >= 3 && bytes[0] == b'1' && matches!(bytes[1], b'3'..=b'9')
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

/// `HHMM`, `HHMMSS`, `HHMMSSmmm`, or seconds with a counter.
fn is_time(digits: &str) -> bool {
    let limits = ["24", "60", "60"];
    let pairs = digits.as_bytes().chunks(2).take(3).zip(limits);
    digits.len() >= 4
        && pairs
            .into_iter()
            .all(|(pair, limit)| pair < limit.as_bytes())
}

/// GB/T 2260: the first two digits. Asked for where only a date tells the number from others.
const PROVINCES: &[&str] = &[
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41",
    "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71",
    "81", "82",
];

/// The shape of a resident number, or its check character: a slip of the finger spoils one of them.
fn is_resident_id(number: &str) -> bool {
    let bytes = number.as_bytes();
    if bytes.len() == 15 {
        return PROVINCES.contains(&&number[..2])
            && is_compact_date(&format!("19{}", &number[6..12]));
    }
    let part = |range: Range<usize>| number[range].parse().unwrap_or(u32::MAX);
    let born = is_date(part(6..10).max(1900), part(10..12), part(12..14)) && part(6..10) >= 1800;
    born && bytes[0] != b'0' && (PROVINCES.contains(&&number[..2]) || iso_7064(bytes))
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
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(
            |(place, digit)| match (place % 2, u32::from(digit - b'0')) {
                (0, digit) => digit,
                (_, digit) => digit * 2 / 10 + digit * 2 % 10,
            },
        )
        .sum();
    sum.is_multiple_of(10)
}

/// Whether a number begins as an issuer's cards do and has their length.
fn is_issued(digits: &str) -> bool {
    let begins = |from: u32, to: u32| {
        let count = from.to_string().len();
        digits
            .get(..count)
            .and_then(|head| head.parse().ok())
            .is_some_and(|head: u32| (from..=to).contains(&head))
    };
    match digits.len() {
        13 | 19 if begins(4, 4) => true,
        14 => begins(300, 305) || begins(36, 36) || begins(38, 39),
        15 => begins(34, 34) || begins(37, 37),
        16 => {
            begins(4, 4)
                || begins(51, 55)
                || begins(2221, 2720)
                || begins(6011, 6011)
                || begins(644, 659)
                || begins(3528, 3589)
                || begins(62, 62)
                || begins(50, 50)
                || begins(56, 69)
                || begins(81, 82)
                || begins(94, 95)
                || begins(9792, 9792)
                || begins(2200, 2204)
        }
        17..=19 => begins(62, 62) || begins(60, 60) || begins(81, 82),
        12 | 13 => begins(50, 50) || begins(56, 58) || begins(6304, 6304) || begins(6759, 6763),
        _ => false,
    }
}

/// The issuers whose cards are many enough that a wrong sum is rather a slip of the finger.
fn is_major(digits: &str) -> bool {
    let issuer = digits.starts_with(['4']) && digits.len() == 16
        || digits.len() == 16
            && digits.starts_with('5')
            && matches!(digits.as_bytes()[1], b'1'..=b'5')
        || digits.starts_with("62") && (16..=19).contains(&digits.len())
        || digits.len() == 15 && (digits.starts_with("34") || digits.starts_with("37"));
    issuer && !digits.as_bytes().windows(2).all(|two| two[0] == two[1])
}

/// Phone numbers that only a word beside them or their brackets give away.
pub(super) fn phones_beside(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    pattern! {
        BRACKETS = r"\([0-9]{2,4}\)[ -]?[0-9]{3,4}[ -]?[0-9]{4}(?-u:\b)";
        NUMBER = r"^[0-9](?:[ .-]?[0-9]){6,11}(?:[^0-9]|$)";
    }
    let view = page.text;
    for found in BRACKETS.find_iter(view) {
        report(found.range());
    }
    for label in page.labels(|sort| sort == Label::Phone) {
        let number = places(view, label.range.end).find_map(|place| {
            let ours = page
                .nearest(place.at)
                .is_some_and(|nearest| nearest.range == label.range);
            let found = NUMBER.find(after(view, place.at, 32)).filter(|_| {
                ours && (!place.far || place.link >= Link::Says || place.at - label.range.end <= 16)
            })?;
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
        });
        if let Some(number) = number {
            report(number);
        }
    }
}
