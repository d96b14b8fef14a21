//! Keys: those that sign, and those that programs log in with.

use std::ops::Range;

use super::labels::{Page, Sort};
use super::password::values;
use super::pattern;

/// Private keys, by their shape alone.
pub(crate) fn private(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    pattern! {
        // 64 digits are a key or a transaction, and nobody can tell which. In one piece or in groups.
        HEX = r"(?-u:\b)(?:0[xX])?[0-9A-Fa-f](?:[ \t:\-\n]?[0-9A-Fa-f]){63,}(?-u:\b)";
        // BIP-178 and the Bitcoin wiki, "Wallet import format": 51 or 52 base58 characters; BIP-38:
        // 58. No checksum, which a slip of the finger would spoil.
        WIF = r"(?-u:\b)(?:[5KLc9][1-9A-HJ-NP-Za-km-z]{50,51}|6P[1-9A-HJ-NP-Za-km-z]{56})(?-u:\b)";
        // The same in groups of equal length.
        WIF_GROUPS = r"(?x)(?-u:\b)[5KLc96][1-9A-HJ-NP-Za-km-z]{3}(?:[\x20\n-][1-9A-HJ-NP-Za-km-z]{4}){11,13}(?:[\x20\n-][1-9A-HJ-NP-Za-km-z]{1,3})?(?-u:\b)
            |(?-u:\b)[5KLc96][1-9A-HJ-NP-Za-km-z]{4}(?:[\x20\n-][1-9A-HJ-NP-Za-km-z]{5}){9,10}(?:[\x20\n-][1-9A-HJ-NP-Za-km-z]{1,4})?(?-u:\b)
            |(?-u:\b)[5KLc96][1-9A-HJ-NP-Za-km-z]{5}(?:[\x20\n-][1-9A-HJ-NP-Za-km-z]{6}){7,8}(?:[\x20\n-][1-9A-HJ-NP-Za-km-z]{1,5})?(?-u:\b)
            |(?-u:\b)[5KLc96][1-9A-HJ-NP-Za-km-z]{7}(?:[\x20\n-][1-9A-HJ-NP-Za-km-z]{8}){5,6}(?:[\x20\n-][1-9A-HJ-NP-Za-km-z]{1,7})?(?-u:\b)
            |(?-u:\b)[5KLc96][1-9A-HJ-NP-Za-km-z]{9}(?:[\x20\n-][1-9A-HJ-NP-Za-km-z]{10}){4}(?:[\x20\n-][1-9A-HJ-NP-Za-km-z]{1,9})?(?-u:\b)
            |(?-u:\b)[5KLc96][1-9A-HJ-NP-Za-km-z]{24,26}[\x20\n-][1-9A-HJ-NP-Za-km-z]{24,26}(?-u:\b)";
        // BIP-32 and SLIP-132: a prefix that says private, then base58, 111 characters together.
        EXTENDED = r"(?-u:\b)[xyztuvYZUV]prv(?:[ \n\-]?[1-9A-HJ-NP-Za-km-z]){90,107}";
        // RFC 7468. Without its end line, whatever looks like its body.
        PEM = r"-{3,5} ?BEGIN [A-Z ]{0,24}PRIVATE KEY[A-Z ]{0,8} ?-{3,5}(?:[ \t\n]*[A-Za-z0-9+/=:,\-]+(?:[ \t][0-9A-Za-z,\-]+)?[ \t]*(?:\n|$))*?[ \t\n]*(?:-{3,5} ?END [A-Z ]{0,40} ?-{3,5})|-{3,5} ?BEGIN [A-Z ]{0,24}PRIVATE KEY[A-Z ]{0,8} ?-{3,5}(?:[ \t\n]*[A-Za-z0-9+/=]{16,})*(?:[ \t\n]*[A-Za-z0-9+/=]+)?";
        // Solana's id.json: 32 or 64 byte values.
        BYTES = r"\[ ?(?:[0-9]{1,3} ?, ?\n? ?){29,127}[0-9]{1,3} ?\]";
    }
    let view = page.text;
    for rule in [&*PEM, &*HEX, &*EXTENDED, &*WIF, &*BYTES] {
        for found in rule.find_iter(view) {
            report(found.range());
        }
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
    pattern! {
        // Prefixes that vendors publish so that leaks can be found.
        PREFIXED = r"(?x)(?-u:\b)(?:
              (?:AKIA|ASIA|AIDA|AROA|ABIA|ACCA)[0-9A-Z]{16}
            | gh[pousr]_[0-9A-Za-z]{20,} | github_pat_[0-9A-Za-z_]{20,} | glpat-[0-9A-Za-z_\-]{16,}
            | sk-[0-9A-Za-z_\-]{16,} | [sr]k_(?:live|test)_[0-9A-Za-z]{10,} | xox[abeoprs]-[0-9A-Za-z\-]{10,}
            | AIza[0-9A-Za-z_\-]{30,} | npm_[0-9A-Za-z]{20,} | hf_[0-9A-Za-z]{20,} | tskey-[0-9A-Za-z\-]{16,} | api_org_[0-9A-Za-z]{20,} | pypi-[0-9A-Za-z_\-]{20,}
            | [0-9]{8,10}:[0-9A-Za-z_\-]{35}
            | eyJ[0-9A-Za-z_\-]{8,}\.[0-9A-Za-z_\-]{4,}(?:\.[0-9A-Za-z_\-]*)?
            )";
        OTPAUTH = r"(?i:otpauth(?:-migration)?://)[!-~]+";
        // How authenticators show a set-up key: base32 in groups of four. A group that mixes
        // letters and digits tells it from prose.
        BASE32 = r"(?-u:\b)(?:[a-z2-7]{4}[ \-]){3,15}[a-z2-7]{4}(?-u:\b)|(?-u:\b)(?:[A-Z2-7]{4}[ \-]){3,15}[A-Z2-7]{4}(?-u:\b)";
        // The same in one piece: sixteen characters, or as many as a longer secret has.
        BASE32_WHOLE = r"(?-u:\b)(?:[A-Z2-7]{16}|[A-Z2-7]{26}|[A-Z2-7]{32})(?-u:\b)";
        BASE32_SMALL = r"(?-u:\b)[a-z2-7]{16}(?:[a-z2-7]{16})?(?-u:\b)";
    }
    let view = page.text;
    for rule in [&*PREFIXED, &*OTPAUTH] {
        for found in rule.find_iter(view) {
            report(found.range());
        }
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
