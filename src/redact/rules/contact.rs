//! E-mail addresses and phone numbers. They are shortened rather than removed: support finds an
//! account by them, and a part is enough to agree on which one is meant.

use std::borrow::Cow;
use std::ops::Range;

use super::number::{self, Sort};
use super::pattern;
use crate::redact::kinds::Kind;

/// The part of an address up to the at sign, also written `(at)` or `[at]`. The sign belongs to it, so
/// that what is left of it is known again when it is read a second time.
pub(crate) fn emails(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    pattern! {
        ADDRESS = r"([0-9A-Za-z._%+\-]+ ?(?:@|[(\[](?i:at)[)\]])) ?[0-9A-Za-z\-]+(?: ?(?:\.|[(\[](?i:dot)[)\]]) ?[0-9A-Za-z\-]+)*(?:\.| ?[(\[](?i:dot)[)\]] ?)[A-Za-z]{2,}";
        SPOKEN = r"(?i)([0-9a-z._%+\-]{2,} at) [0-9a-z\-]{2,} dot [a-z]{2,}(?-u:\b)";
    }
    for found in ADDRESS
        .captures_iter(view)
        .chain(SPOKEN.captures_iter(view))
    {
        if let Some(name) = found.get(1) {
            report(name.range());
        }
    }
}

/// Phone numbers by their shape, and by a word beside them.
pub(crate) fn phones(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    number::read(view, Sort::Phone, report);
    number::phones_beside(view, report);
}

/// What stays readable of a value: `a***` of an e-mail name, `138****1234` of a phone number.
pub(crate) fn shorten(kind: Kind, value: &str) -> Cow<'static, str> {
    match kind {
        Kind::Email => {
            // The name may hold spaces, where it is a phone number that somebody wrote apart.
            let sign = value
                .rfind(['@', '(', '['])
                .or_else(|| value.rfind(" at"))
                .map_or(value.len(), |sign| value[..sign].trim_end().len());
            let first = value
                .chars()
                .next()
                .filter(|first| sign > 2 && first.is_ascii_alphanumeric());
            format!(
                "{}***{}",
                first.map(String::from).unwrap_or_default(),
                &value[sign..]
            )
            .into()
        }
        Kind::Phone => {
            let digits: String = value.chars().filter(char::is_ascii_digit).collect();
            match digits.len() {
                10.. => format!("{}****{}", &digits[..3], &digits[digits.len() - 4..]).into(),
                7..10 => format!("{}****{}", &digits[..2], &digits[digits.len() - 2..]).into(),
                _ => kind.placeholder().into(),
            }
        }
        _ => kind.placeholder().into(),
    }
}
