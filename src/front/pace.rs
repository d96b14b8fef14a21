//! Whether an Enter answers, or belongs to the key before it.

use super::keys::Key;
use super::prompt::Command;
use crate::text::half_width;
use std::time::{Duration, Instant};

/// An Enter this soon after another one comes from a key that is held down or was pressed twice.
const HELD: Duration = Duration::from_millis(300);
/// An Enter this soon after the letter of a command belongs to the letter, as in a typed line.
const WITH_LETTER: Duration = Duration::from_secs(1);

/// The last key and when it came. It outlives a prompt: an Enter that is held down must not answer
/// the next prompt as well.
#[derive(Default)]
pub struct Pace(Option<(Key, Instant)>);

impl Pace {
    /// Notes a key. Returns whether it is an Enter that only repeats the one before or ends the
    /// letter of a command.
    pub fn is_repeat(&mut self, key: Key, now: Instant) -> bool {
        let before = self.0.replace((key, now));
        let Some((before, at)) = before.filter(|_| key == Key::Enter) else {
            return false;
        };
        let since = now.saturating_duration_since(at);
        match before {
            Key::Enter => since < HELD,
            Key::Char(c) => matches!(letter(c), Some(Letter::Command(_))) && since < WITH_LETTER,
            _ => false,
        }
    }
}

/// What a letter does at once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    /// Moves down.
    Down,
    /// Moves up.
    Up,
    /// This.
    Command(Command),
}

/// What a character does, as long as no text is being typed.
pub fn letter(c: char) -> Option<Letter> {
    match half_width(c).to_ascii_lowercase() {
        'j' => Some(Letter::Down),
        'k' => Some(Letter::Up),
        c => Command::of_letter(c).map(Letter::Command),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enter_that_repeats_is_told_from_one_that_answers() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let mut pace = Pace::default();
        assert!(!pace.is_repeat(Key::Enter, at(0)));
        assert!(pace.is_repeat(Key::Enter, at(250)));
        assert!(pace.is_repeat(Key::Enter, at(500)), "held all the time");
        assert!(!pace.is_repeat(Key::Enter, at(800)));
        assert!(!pace.is_repeat(Key::Char('4'), at(850)));
        assert!(!pace.is_repeat(Key::Enter, at(900)), "a digit came between");
        pace.is_repeat(Key::Char('b'), at(2000));
        assert!(
            pace.is_repeat(Key::Enter, at(2900)),
            "it belongs to the letter"
        );
    }
}
