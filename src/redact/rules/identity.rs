//! Identity documents: the numbers of many countries, and any document's beside its word.

use std::ops::Range;
use std::sync::LazyLock;

use super::everyday::unit_follows;
use super::labels::{Label, Page, Sort, points_back};
use super::link::{Link, places};
use super::number::{self, Sort as Reading, is_compact_date, luhn};
use super::{after, before, pattern, shift, value_in};

/// The number that a country gives its people, or a bank an account: a line of `words/identity.txt`.
pub(super) struct Number {
    /// What people call it.
    pub(super) names: &'static str,
    forms: Vec<&'static str>,
    check: &'static str,
    /// Whether it needs no word.
    alone: bool,
}

pub(super) static NUMBERS: LazyLock<Vec<Number>> = LazyLock::new(|| {
    let lines = include_str!("../words/identity.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    let number = |line: &'static str| {
        let (names, rest) = line.split_once("; ")?;
        let (forms, check) = rest.split_once("; ").unwrap_or((rest, ""));
        let kept = forms.trim_start_matches('!');
        let alone = kept.len() < forms.len();
        let forms = kept.split('|').collect();
        Some(Number {
            names,
            forms,
            check,
            alone,
        })
    };
    lines.filter_map(number).collect()
});

/// Passports, permits, licences: the number beside the word; the machine-readable zone of any.
pub(crate) fn other(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    pattern!(ZONE);
    let view = page.text;
    for label in page.labels(|sort| sort == Sort::Document) {
        beside(page, label.range.end, report);
        before_word(page, label, any, report);
    }
    if view.contains('<') {
        let zones = ZONE.find_iter(view).filter(|zone| {
            (28..=46).contains(&zone.len()) && zone.as_str().matches('<').count() >= 2
        });
        zones.for_each(|zone| report(zone.range()));
    }
}

/// Identity numbers: by their own form and check sum, beside their own name, or beside a word for any.
pub(crate) fn resident(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    let view = page.text;
    number::read(page, Reading::ResidentId, report);
    for label in page.labels(|sort| matches!(sort, Sort::Identity | Sort::Country(_))) {
        match label.sort {
            Sort::Country(row) => {
                let read = |view: &str, at| NUMBERS[row].read(view, at).map(|(end, _)| end);
                before_word(page, label, read, report);
            }
            _ => before_word(page, label, any, report),
        }
        let found = match label.sort {
            Sort::Country(row) => places(view, label.range.end).find_map(|place| {
                let (end, holds) = NUMBERS[row].read(view, place.at)?;
                // A right check sum makes up for words in between.
                (!place.far || holds && place.link >= Link::Near).then_some(place.at..end)
            }),
            _ => None,
        };
        match found {
            Some(range) => report(range),
            None => beside(page, label.range.end, report),
        }
    }
    alone(page, |row| row.check != "iban", report);
}

/// The number of any document at a place, where its word stands behind it.
fn any(view: &str, at: usize) -> Option<usize> {
    pattern!(BEFORE_WORD);
    let number = BEFORE_WORD.find(&view[at..])?;
    Some(at + number.end()).filter(|_| !is_compact_date(number.as_str()))
}

/// 253072B07300470 is my NIR.
fn before_word(
    page: &Page,
    label: &Label,
    read: impl Fn(&str, usize) -> Option<usize>,
    report: &mut dyn FnMut(Range<usize>),
) {
    let (view, end) = (page.text, label.range.start);
    let line = before(view, end, 64);
    if !line.contains(|c: char| c.is_ascii_digit()) {
        return;
    }
    let bytes = view.as_bytes();
    let begins = |at: &usize| {
        bytes[*at].is_ascii_alphanumeric() && !(*at > 0 && bytes[at - 1].is_ascii_alphanumeric())
    };
    let number = (end - line.len()..end).filter(begins).find_map(|at| {
        let number = at..read(view, at)?;
        let gap = view.get(number.end..end)?;
        (gap.len() <= 28 && points_back(gap) && !page.is_harmless(&number)).then_some(number)
    });
    number.into_iter().for_each(report);
}

/// Account numbers by IBAN.
pub(super) fn accounts(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    alone(page, |row| row.check == "iban", report);
}

/// Numbers that need no word.
fn alone(page: &Page, is_meant: impl Fn(&Number) -> bool, report: &mut dyn FnMut(Range<usize>)) {
    let view = page.text;
    let rows = || NUMBERS.iter().filter(|row| row.alone && is_meant(row));
    let bytes = view.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let word = bytes[at..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let touches = at > 0 && b"_-/.".contains(&bytes[at - 1]);
        if !touches && bytes[at..at + word].iter().any(u8::is_ascii_digit) {
            for row in rows() {
                if let Some((end, true)) = row.read(view, at) {
                    report(at..end);
                }
            }
        }
        at += word.max(1);
    }
}

impl Number {
    /// Where a number of this form ends that begins at `at`, and whether its check sum holds.
    fn read(&self, view: &str, at: usize) -> Option<(usize, bool)> {
        if self.check == "iban" {
            return Some((read_iban(view, at)?, true));
        }
        let ends = self
            .forms
            .iter()
            .filter_map(|form| read_form(view, at, form, self.alone));
        let ends = ends.map(|(end, signs)| (end, self.holds(&signs)));
        ends.max_by_key(|(end, holds)| (*holds, *end))
    }

    fn holds(&self, signs: &str) -> bool {
        let digit = |byte: u8| u32::from(byte.wrapping_sub(b'0'));
        match self.check {
            "" => self.alone,
            "luhn" => luhn(signs),
            "verhoeff" => verhoeff(signs),
            "iso7064" => iso_7064(signs),
            "letter" => letter(signs),
            weights => {
                let (weights, divisor) = weights.split_once(" / ").unwrap_or_default();
                let weights = weights
                    .split(' ')
                    .filter_map(|weight| weight.parse::<u32>().ok());
                let sum: u32 = weights
                    .zip(signs.bytes())
                    .map(|(weight, byte)| weight * digit(byte))
                    .sum();
                divisor
                    .parse()
                    .is_ok_and(|divisor| sum.is_multiple_of(divisor))
            }
        }
    }
}

/// Reads a form; returns its end, and its letters and digits.
fn read_form(view: &str, at: usize, form: &str, strict: bool) -> Option<(usize, String)> {
    let bytes = view.as_bytes();
    let byte_at = |at: usize| bytes.get(at).copied().unwrap_or(b'\n');
    let mut end = at;
    let mut signs = String::new();
    for sign in form.bytes() {
        let fits = |byte: u8| match sign {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_alphabetic(),
            b'*' => byte.is_ascii_alphanumeric(),
            other => byte.eq_ignore_ascii_case(&other),
        };
        let kept = sign.is_ascii_alphanumeric() || sign == b'*';
        if !fits(byte_at(end)) {
            let apart = end > at && matches!(byte_at(end), b' ' | b'-' | b'.' | b'/');
            match (kept, strict || sign == b'(') {
                // A separator of the writer's own, or none.
                (true, _)
                    if apart && fits(byte_at(end + 1)) && (!strict || form.starts_with('A')) =>
                {
                    end += 1;
                }
                (false, false) => continue,
                _ => return None,
            }
        }
        if kept {
            signs.push(char::from(byte_at(end).to_ascii_uppercase()));
        }
        end += 1;
    }
    (!byte_at(end).is_ascii_alphanumeric()).then_some((end, signs))
}

/// Where an IBAN ends, in one piece or in groups: the last place where its check sum holds.
fn read_iban(view: &str, at: usize) -> Option<usize> {
    let bytes = &view.as_bytes()[at..];
    let head = bytes.get(..4)?;
    if !head[..2].iter().all(u8::is_ascii_alphabetic) || !head[2..].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut signs = String::new();
    let mut found = None;
    for (place, byte) in bytes.iter().enumerate() {
        if byte.is_ascii_alphanumeric() && signs.len() < 34 {
            signs.push(char::from(byte.to_ascii_uppercase()));
            let ends = !bytes.get(place + 1).is_some_and(u8::is_ascii_alphanumeric);
            if ends && signs.len() >= 15 && iban(&signs) {
                found = Some(at + place + 1);
            }
        } else if !(matches!(byte, b' ' | b'-') && bytes[place - 1].is_ascii_alphanumeric()) {
            break;
        }
    }
    found
}

/// The number of any document behind a word.
fn beside(page: &Page, end: usize, report: &mut dyn FnMut(Range<usize>)) {
    pattern!(VALUE, ANOTHER, YEAR_INSIDE);
    let view = page.text;
    let ours = |sort| matches!(sort, Sort::Document | Sort::Identity | Sort::HarmlessNext);
    let ours = |at| {
        page.nearest(at)
            .is_none_or(|label| label.range.end <= end || ours(label.sort))
    };
    let value = places(view, end)
        .take_while(|place| ours(place.at))
        .find_map(|place| {
            let value = value_in(&VALUE, after(view, place.at, 48))?;
            let text = value.as_str();
            let range = shift(&value.range(), place.at);
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let loose = place.far && place.link < Link::Says && digits.len() < 8;
            let other = digits.len() < 4
                || is_compact_date(&digits)
                || YEAR_INSIDE.is_match(text)
                || unit_follows(&view[range.end..])
                || loose && digits.len() == text.len();
            (!other).then_some(range)
        });
    let mut next = value;
    while let Some(range) = next {
        let at = range.end;
        report(range);
        next = value_in(&ANOTHER, after(view, at, 32)).map(|value| shift(&value.range(), at));
    }
}

fn remainder(digits: &str, of: u32) -> u32 {
    digits.bytes().fold(0, |rest, byte| {
        (rest * 10 + u32::from(byte.wrapping_sub(b'0'))) % of
    })
}

/// ISO 13616: the four first signs go to the end, letters are two digits, and the rest of 97 is one.
fn iban(signs: &str) -> bool {
    let turned = signs[4..].chars().chain(signs[..4].chars());
    let digits: String = turned
        .filter_map(|c| c.to_digit(36))
        .map(|value| value.to_string())
        .collect();
    remainder(&digits, 97) == 1
}

/// The letter that stands for a remainder: DNI and NIE in Spain, NRIC and FIN in Singapore.
fn letter(signs: &str) -> bool {
    let (body, last) = signs.split_at(signs.len() - 1);
    let number: String = body.chars().filter(char::is_ascii_digit).collect();
    let spain =
        |head: &str| b"TRWAGMYFPDXBNJZSQVHLCKE"[remainder(&format!("{head}{number}"), 23) as usize];
    let weighted = || {
        number
            .bytes()
            .zip([2, 7, 6, 5, 4, 3, 2])
            .map(|(byte, weight)| usize::from(byte - b'0') * weight)
            .sum::<usize>()
    };
    let expected = match signs.as_bytes()[0] {
        b'0'..=b'9' => spain(""),
        b'X' => spain("0"),
        b'Y' => spain("1"),
        b'Z' => spain("2"),
        b'S' => b"JZIHGFEDCBA"[weighted() % 11],
        b'T' => b"JZIHGFEDCBA"[(weighted() + 4) % 11],
        b'F' => b"XWUTRQPNMLK"[weighted() % 11],
        b'G' => b"XWUTRQPNMLK"[(weighted() + 4) % 11],
        _ => return false,
    };
    last.as_bytes() == [expected]
}

/// ISO 7064 MOD 11,10: Germany, Croatia.
fn iso_7064(signs: &str) -> bool {
    let rest = signs.bytes().fold(10, |product, byte| {
        let sum = (product + u32::from(byte - b'0')) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    // The check digit makes the last sum one, of which the product is two.
    rest == 2
}

/// The check digit of India, in the group of the symmetries of a pentagon.
fn verhoeff(signs: &str) -> bool {
    const PERMUTED: [usize; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let times = |a: usize, b: usize| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let check = signs
        .bytes()
        .rev()
        .enumerate()
        .fold(0, |check, (place, byte)| {
            let digit = (0..place % 8).fold(usize::from(byte - b'0'), |digit, _| PERMUTED[digit]);
            times(check, digit)
        });
    check == 0
}
