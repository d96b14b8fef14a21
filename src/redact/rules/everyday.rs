//! What is not secret though it looks strong: words, units, versions, models, file names.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::pattern;

/// Words that stand in front of or behind digits in ordinary reports (brands, models, months,
/// units, parts of file names), and words that people write where a value could stand ("password:
/// forgotten"). Grown from ordinary sentences, not from secrets; lower case, one a line.
static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("../words/everyday.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect()
});

/// Whether it is a word of ordinary reports, in any case.
pub(super) fn is_everyday(word: &str) -> bool {
    WORDS.contains(word.to_ascii_lowercase().as_str())
}

/// Whether what follows a number makes it a count, an amount, a time or a part of a longer number.
pub(super) fn unit_follows(rest: &str) -> bool {
    pattern!(NO_UNIT, UNIT);
    let rest = super::after(rest, 0, 24);
    UNIT.is_match(rest) && !NO_UNIT.is_match(rest)
}

/// Letters and digits, and perhaps others.
pub(super) fn is_mixed(text: &str) -> bool {
    let has = |test: fn(&u8) -> bool| text.as_bytes().iter().any(test);
    has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

/// `1998`, `2026`.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.starts_with("19") || text.starts_with("20"))
}

/// Whether a run of ASCII characters without a space is ordinary; as a list, each item.
pub(super) fn is_ordinary(run: &str) -> bool {
    run.split([',', ';']).all(is_ordinary_item)
}

fn is_ordinary_item(run: &str) -> bool {
    pattern!(FILE, ACCOUNT, IDENTIFIER, HRESULT, PATH, VERSIONED, LINE);
    if PATH.is_match(run) {
        return run
            .split(['/', '\\'])
            .all(|name| name.len() < 7 || is_ordinary(name));
    }
    let name = LINE.find(run).map_or(run, |line| &run[..line.start()]);
    let excited = name.trim_end_matches(['!', '?']);
    // Behind a digit, a sign may belong to a password: only known words make it none.
    let signed = excited.len() < name.len();
    let models = if signed && excited.ends_with(|c: char| c.is_ascii_digit()) {
        Models::Fail
    } else {
        Models::Pass
    };
    FILE.is_match(run)
        || ACCOUNT.is_match(run)
        || HRESULT.is_match(run)
        || IDENTIFIER.is_match(run)
        || VERSIONED.is_match(run)
        || reads_as_words(excited, models)
}

/// The same beside a word for a secret, where capitals with digits are more likely the secret than
/// a model.
pub(super) fn is_ordinary_beside(run: &str) -> bool {
    reads_as_words(run, Models::Fail)
}

/// Whether capitals with digits read as the name of a model or a build.
#[derive(Clone, Copy, PartialEq)]
enum Models {
    Pass,
    Fail,
}

/// Whether words, numbers and model names, and what joins them in writing, explain all of it.
fn reads_as_words(run: &str, models: Models) -> bool {
    if run.contains("***") {
        return true;
    }
    if run.contains(['!', '@', '^', '*', '\\', '`'])
        || sign_is_odd(run, '$')
        || sign_is_odd(run, '%')
    {
        return false;
    }
    // With an unusual joint in it, or beside a word for a secret with a digit, a word must be a known
    // one: there "Summer-2024" is a password, "Galaxy-S24" is a phone, and only the word tells.
    let unusual = run.contains(['#', '&', '=', '~']);
    let strict = unusual || models == Models::Fail && run.contains(|c: char| c.is_ascii_digit());
    let parts = || run.split(|c: char| !c.is_ascii_alphanumeric());
    // A name has one or two such parts; "D7F2-9KQ4-XW31" is a key.
    let mixed = parts().filter(|part| {
        part.contains(|c: char| c.is_ascii_digit())
            && part.contains(|c: char| c.is_ascii_uppercase())
    });
    let models = if unusual || mixed.count() > 2 {
        Models::Fail
    } else {
        models
    };
    parts().all(|part| is_plain_part(part, strict, models))
}

/// A dollar sign belongs before digits (`$100`), a percent sign behind them.
fn sign_is_odd(run: &str, sign: char) -> bool {
    let bytes = run.as_bytes();
    run.match_indices(sign).any(|(at, _)| {
        let neighbour = if sign == '%' {
            at.checked_sub(1)
        } else {
            Some(at + 1)
        };
        !neighbour
            .and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_digit)
    })
}

fn is_plain_part(part: &str, strict: bool, models: Models) -> bool {
    /// The longest model or build number: `SP1A.210812.016`, `G998BXXU5DVG6`.
    const MODEL_MAX: usize = 14;
    let letters = part.bytes().filter(u8::is_ascii_alphabetic).count();
    if letters == part.len() {
        return !strict && is_natural(part)
            || models == Models::Pass && part.bytes().all(|byte| byte.is_ascii_uppercase())
            || known_words(part);
    }
    if letters == 0 || is_everyday(part) {
        return true;
    }
    let upper = !part.contains(|c: char| c.is_ascii_lowercase());
    if models == Models::Pass && upper && part.len() <= MODEL_MAX {
        return true;
    }
    // Worker12, FaceVerify2: a name of a program.
    let name = part.trim_end_matches(|c: char| c.is_ascii_digit());
    if !strict
        && models == Models::Pass
        && part.len() - name.len() <= 2
        && name.len() > 2
        && is_natural(name)
    {
        return true;
    }
    let words: Vec<_> = part
        .split(|c: char| c.is_ascii_digit())
        .filter(|word| !word.is_empty())
        .collect();
    let single = words.iter().filter(|word| word.len() == 1).count();
    let digits = part.len() - letters;
    let size = words == ["x"]; // 1440x3200
    words.len() <= 4
        && (single == 0 || single <= 2 && digits <= 4 || size)
        && words.into_iter().all(known_words)
}

/// `word`, `Word`, `WORD`, `WordByWord`.
fn is_natural(word: &str) -> bool {
    pattern!(NATURAL);
    NATURAL.is_match(word)
}

/// A known word, or several written as one with capitals: `iPhone`, `ProMax`.
fn known_words(part: &str) -> bool {
    /// No known word has more capitals.
    const WORDS_LOOK: usize = 8;
    if part.len() == 1 || is_everyday(part) {
        return true;
    }
    let mut rest = part;
    while !rest.is_empty() {
        // "GalaxyS23": a capital before the number of a model.
        if rest.len() == 1 && rest != part && rest.starts_with(|c: char| c.is_ascii_uppercase()) {
            return true;
        }
        let ends = (2..=rest.len()).rev().filter(|&end| {
            rest[end..]
                .chars()
                .next()
                .is_none_or(|next| next.is_ascii_uppercase())
        });
        match ends
            .into_iter()
            .take(WORDS_LOOK)
            .find(|&end| is_everyday(&rest[..end]))
        {
            Some(end) => rest = &rest[end..],
            None => return false,
        }
    }
    true
}
