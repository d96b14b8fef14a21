//! Keys: those that sign, and those that programs log in with.

use std::ops::Range;

use super::labels::{Page, Sort};
use super::password::values;
use super::pattern;

/// Private keys, by their shape alone.
pub(crate) fn private(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    pattern!(PEM, HEX, EXTENDED, WIF, BYTES, WIF_GROUPS);
    let view = page.text;
    for rule in [&*PEM, &*HEX, &*EXTENDED, &*WIF, &*BYTES] {
        rule.find_iter(view).for_each(|found| report(found.range()));
    }
    for found in WIF_GROUPS.find_iter(view) {
        if is_varied(found.as_str()) {
            report(found.range());
        }
    }
    beside(page, Sort::PrivateKey, report);
}

/// The key beside a word for it.
fn beside(page: &Page, sort: Sort, report: &mut dyn FnMut(Range<usize>)) {
    for label in page.labels(|of| of == sort) {
        if let Some(value) = values(page, label).find(super::password::Value::is_key) {
            report(value.range);
        }
    }
}

/// API keys, tokens and authenticator keys, by a vendor's prefix or beside their word.
pub(crate) fn api(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    pattern!(PREFIXED, OTPAUTH, BASE32, BASE32_WHOLE, BASE32_SMALL);
    let view = page.text;
    for rule in [&*PREFIXED, &*OTPAUTH] {
        rule.find_iter(view).for_each(|found| report(found.range()));
    }
    // Whether a word for a key stands before it.
    let names = |at: usize| {
        page.nearest(at).is_some_and(|label| {
            matches!(label.sort, Sort::Key | Sort::Code) && at - label.range.end <= 48
        })
    };
    for found in BASE32.find_iter(view) {
        let text = found.as_str();
        let mixed = text.split([' ', '-']).filter(|group| {
            group.bytes().any(|byte| byte.is_ascii_digit())
                && group.bytes().any(|byte| byte.is_ascii_alphabetic())
        });
        let enough = if names(found.start()) {
            text.contains(|c: char| c.is_ascii_digit())
                && text.contains(|c: char| c.is_ascii_alphabetic())
        } else {
            // Few words of four small letters happen to stand in a row; capitals or many do not.
            let few = text.len() < 29 && text.contains(|c: char| c.is_ascii_lowercase());
            mixed.count() >= if few { 2 } else { 1 }
        };
        if enough {
            report(found.range());
        }
    }
    let small = BASE32_SMALL.find_iter(view);
    let small = small.filter(|found| names(found.start()));
    for found in BASE32_WHOLE.find_iter(view).chain(small) {
        let digits = found.as_str().bytes().filter(u8::is_ascii_digit).count();
        if (2..=found.len() / 2).contains(&digits) {
            report(found.range());
        }
    }
    beside(page, Sort::Key, report);
}

fn is_varied(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let upper = text.bytes().filter(u8::is_ascii_uppercase).count();
    let lower = text.bytes().filter(u8::is_ascii_lowercase).count();
    digits >= 2 && upper >= 4 && lower >= 4
}
