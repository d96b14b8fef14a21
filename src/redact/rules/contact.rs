//! E-mail addresses and phone numbers. They are shortened rather than removed: support finds an
//! account by them, and a part is enough to agree on which one is meant.

use std::borrow::Cow;
use std::ops::Range;

use super::everyday::{is_everyday, unit_follows};
use super::labels::{Page, Sort as Label};
use super::link::{Link, Place};
use super::number::{self, Sort};
use super::{one_of, pattern};
use crate::redact::kinds::Kind;

/// The part of an address up to the at sign, also written `(at)` or `[at]`. The sign belongs to it, so
/// that what is left of it is known again when it is read a second time.
pub(crate) fn emails(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    pattern!(ADDRESS, SPOKEN);
    let view = page.text;
    for found in ADDRESS
        .captures_iter(view)
        .chain(SPOKEN.captures_iter(view))
    {
        if let Some(name) = found.get(1)
            && !is_public(name.as_str(), &view[name.end()..found.get_match().end()])
        {
            report(name.range());
        }
    }
}

/// An address that everybody may know: a company's, for its customers.
fn is_public(name: &str, domain: &str) -> bool {
    let name = name.trim_end_matches([' ', '@']).to_ascii_lowercase();
    let domain = domain.trim_start().to_ascii_lowercase();
    one_of("public-names", &name) || domain == "okx.com" || domain.ends_with(".okx.com")
}

/// Accounts of `WeChat`, QQ and their like beside their word.
pub(crate) fn accounts(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    pattern!(NAME);
    let view = page.text;
    let account = |_: &_, place: Place| {
        let name = NAME.find(&view[place.at..])?.as_str();
        let range = place.at..place.at + name.len();
        let rest = &view[range.end..];
        let digits = !name.contains(|c: char| c.is_ascii_alphabetic());
        let plain = !digits
            && (is_everyday(name)
                || !name.contains(|c: char| c.is_ascii_digit() || "_-".contains(c))
                    && place.link < Link::Says);
        let fits = !place.far
            && !plain
            && place.link != Link::Below
            && !rest.starts_with(['.', '@', '/', ':', '('])
            && !unit_follows(rest);
        fits.then_some(range)
    };
    page.behind(|sort| sort == Label::Account, account, report);
}

/// Phone numbers by their shape, and by a word beside them.
pub(crate) fn phones(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    number::read(page, Sort::Phone, report);
    number::phones_beside(page, report);
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
            let first = value.chars().next().filter(|first| {
                first.is_ascii_alphabetic() && sign > 2 || first.is_ascii_digit() && sign > 5
            });
            format!(
                "{}***{}",
                first.map(String::from).unwrap_or_default(),
                &value[sign..]
            )
            .into()
        }
        Kind::Phone => {
            let digits: String = value.chars().filter(char::is_ascii_digit).collect();
            // At least five digits stay hidden.
            let shown = digits.len().saturating_sub(5).min(7);
            if shown < 2 {
                return kind.placeholder().into();
            }
            let last = shown.min(4);
            let (first, last) = (&digits[..shown - last], &digits[digits.len() - last..]);
            format!("{first}****{last}").into()
        }
        _ => kind.placeholder().into(),
    }
}
