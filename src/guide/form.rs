//! Forms of typed values that a guide gives by itself.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How many digits a number has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digits {
    /// At least so many.
    pub least: u8,
    /// At most so many.
    pub most: u8,
}

impl Digits {
    /// The most digits that a guide may ask for.
    pub const MOST: u8 = 40;

    /// Whether this is a number of so many digits, as what is told apart as a code or a PIN has.
    #[must_use]
    pub fn may_be_code(self) -> bool {
        self.least <= 8 && self.most >= 4
    }
}

/// How something is written, sign by sign: `#` is a digit, `@` a letter, `*` either, and anything
/// else itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    signs: [u8; Pattern::MOST],
    length: u8,
}

impl Pattern {
    /// The most signs that a pattern may have.
    pub const MOST: usize = 32;

    /// The pattern that is written so; nothing if it is too long or empty, has other signs than
    /// plain visible ones, or no letter or digit of its own: digits alone are a [number](Digits).
    #[must_use]
    pub fn new(written: &str) -> Option<Pattern> {
        let visible = written.bytes().all(|b| b.is_ascii_graphic());
        let own = written.bytes().any(|b| b.is_ascii_alphanumeric());
        let mut signs = [0; Pattern::MOST];
        signs
            .get_mut(..written.len())?
            .copy_from_slice(written.as_bytes());
        let length = u8::try_from(written.len()).ok()?;
        (visible && own).then_some(Pattern { signs, length })
    }

    fn signs(&self) -> &[u8] {
        &self.signs[..usize::from(self.length)]
    }

    /// A typed text as the pattern writes it; nothing if it does not fit.
    #[must_use]
    pub fn take(&self, typed: &str) -> Option<String> {
        let fits = |sign: u8, c: u8| match sign {
            b'#' => c.is_ascii_digit(),
            b'@' => c.is_ascii_alphabetic(),
            b'*' => c.is_ascii_alphanumeric(),
            own => own.eq_ignore_ascii_case(&c),
        };
        let signs = self.signs();
        let all = signs.iter().zip(typed.bytes());
        if typed.len() != signs.len() || !all.clone().all(|(sign, c)| fits(*sign, c)) {
            return None;
        }
        let kept = all.map(|(sign, c)| match sign {
            b'#' | b'@' | b'*' => char::from(c),
            own => char::from(*own),
        });
        Some(kept.collect())
    }
}

impl fmt::Display for Pattern {
    /// As the guide writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(self.signs()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_takes_what_is_written_like_it() {
        let serial = Pattern::new("SN-####-@*").unwrap();
        assert_eq!(serial.take("sn-4829-x7").as_deref(), Some("SN-4829-x7"));
        assert_eq!(serial.take("SN-4829-xy").as_deref(), Some("SN-4829-xy"));
        for other in [
            "SN-4829-77",
            "SN-482-x7",
            "SN-4829-x7 ",
            "SX-4829-x7",
            "",
            "SN-48２9-x7",
        ] {
            assert_eq!(serial.take(other), None, "{other}");
        }
        assert_eq!(serial.to_string(), "SN-####-@*");
    }

    #[test]
    fn a_pattern_has_something_of_its_own() {
        for no in ["", "######", "@-#", "S N", "号#", &"S#".repeat(17)] {
            assert_eq!(Pattern::new(no), None, "{no}");
        }
        assert!(Pattern::new(&"S#".repeat(16)).is_some());
    }
}
