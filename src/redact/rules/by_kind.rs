//! Which rule finds which kind of secret.

use super::labels::Page;
use super::{code, contact, identity, key, number, password, seed, token};
use crate::redact::kinds::Kind;
use std::ops::Range;

/// Reports the ranges of a text that hold a secret of this kind.
pub fn find(kind: Kind, page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    let find: fn(&Page, &mut dyn FnMut(Range<usize>)) = match kind {
        Kind::PrivateKey => key::private,
        Kind::SeedPhrase => seed::find,
        Kind::ApiKey => key::api,
        Kind::Password => password::find,
        Kind::OneTimeCode => code::find,
        Kind::DocumentNumber => identity::other,
        Kind::ResidentId => identity::resident,
        Kind::BankCard => number::cards,
        Kind::Account => contact::accounts,
        Kind::Email => contact::emails,
        Kind::Phone => contact::phones,
        Kind::LongNumber => number::long,
        Kind::SixDigits => code::lone,
        Kind::Token => token::find,
    };
    find(page, report);
}
