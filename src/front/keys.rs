//! Which keys the bytes from a terminal are.

use std::time::Duration;

/// What a terminal sends before and after a paste, once it is asked to (bracketed paste).
const PASTE: (&str, &str) = ("200~", "201~");
/// The longest sequence that a key sends; what is longer is none.
const LONGEST: usize = 32;

/// A key, or what was pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// The end of a line inside a paste.
    Newline,
    /// Enter.
    Enter,
    /// Esc by itself.
    Escape,
    /// Ctrl-D.
    End,
    /// One character to the left.
    Left,
    /// One character to the right.
    Right,
    /// To the start.
    Home,
    /// To the end.
    Last,
    /// Deletes the character before the cursor.
    Backspace,
    /// Deletes the character after the cursor.
    Delete,
    /// Deletes the word before the cursor.
    Word,
    /// Deletes all before the cursor.
    Before,
    /// Deletes all after the cursor.
    Behind,
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
}

/// Makes keys of bytes, however they are cut into pieces. As all that holds what is typed, it has no
/// `Debug`.
#[derive(Default)]
pub struct Keys {
    bytes: Vec<u8>,
    pastes: bool,
    pasted: bool,
}

impl Keys {
    /// Whether what came last may be the beginning of something longer.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.pastes || !self.bytes.is_empty()
    }

    /// The keys that these bytes complete.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Key> {
        self.bytes.extend(bytes);
        let mut keys = Vec::new();
        let mut at = 0;
        while let Some((key, taken)) = self.key(at) {
            at += taken;
            keys.extend(key);
        }
        self.bytes.drain(..at);
        // Some terminals do not mark pastes. What comes at once is a paste, too: no person types so
        // fast.
        let last = keys.len().saturating_sub(1);
        for key in &mut keys[..last] {
            if *key == Key::Enter {
                *key = Key::Newline;
            }
        }
        keys
    }

    /// Whether the terminal has marked a paste since this was last asked.
    pub fn has_pasted(&mut self) -> bool {
        std::mem::take(&mut self.pasted) || self.pastes
    }

    /// How long to wait for the rest of what is open; a paste may come over a slow line.
    #[must_use]
    pub fn patience(&self) -> Duration {
        Duration::from_millis(if self.pastes { 10_000 } else { 50 })
    }

    /// Nothing more has come: what is open is all of it.
    pub fn rest(&mut self) -> Option<Key> {
        let is_escape = self.bytes == [0x1b] && !self.pastes;
        self.bytes.clear();
        self.pastes = false;
        is_escape.then_some(Key::Escape)
    }

    /// The key that begins here, if it is one, and its bytes; nothing if it is not complete.
    fn key(&mut self, at: usize) -> Option<(Option<Key>, usize)> {
        let bytes = &self.bytes[at..];
        match *bytes.first()? {
            0x1b => self.sequence(at),
            byte => {
                let key = match byte {
                    b'\r' | b'\n' if self.pastes => Key::Newline,
                    b'\r' | b'\n' => Key::Enter,
                    _ if byte >= 0x80 => return character(bytes),
                    b'\t' => Key::Char(' '),
                    // A control character in a paste may part words, too.
                    _ if self.pastes && byte < b' ' => Key::Newline,
                    0x01 => Key::Home,
                    0x02 => Key::Left,
                    0x04 => Key::End,
                    0x05 => Key::Last,
                    0x06 => Key::Right,
                    0x08 | 0x7f => Key::Backspace,
                    0x0b => Key::Behind,
                    0x15 => Key::Before,
                    0x17 => Key::Word,
                    b' '..0x7f => Key::Char(char::from(byte)),
                    _ => return Some((None, 1)),
                };
                Some((Some(key), 1))
            }
        }
    }

    /// A key that sends an escape sequence (ECMA-48, and xterm's `ESC O`).
    fn sequence(&mut self, at: usize) -> Option<(Option<Key>, usize)> {
        let bytes = &self.bytes[at + 1..];
        match *bytes.first()? {
            b'[' => {}
            b'O' => return Some((keypad(*bytes.get(1)?), 3)),
            // Esc twice is Esc; with Alt a key means nothing here.
            0x1b => return Some((Some(Key::Escape), 1)),
            _ => return Some((None, 2)),
        }
        let ends = |byte: &u8| (0x40..0x7f).contains(byte);
        let Some(end) = bytes[1..].iter().position(ends) else {
            return (bytes.len() > LONGEST).then_some((None, 2));
        };
        let said = String::from_utf8_lossy(&bytes[1..end + 2]).into_owned();
        let key = match said.as_str() {
            start if start == PASTE.0 => {
                self.pastes = true;
                self.pasted = true;
                None
            }
            end if end == PASTE.1 => {
                self.pastes = false;
                None
            }
            _ if self.pastes => None,
            "1~" | "7~" => Some(Key::Home),
            "4~" | "8~" => Some(Key::Last),
            "3~" => Some(Key::Delete),
            "5~" => Some(Key::PageUp),
            "6~" => Some(Key::PageDown),
            _ => said.bytes().next().and_then(moved),
        };
        Some((key, end + 3))
    }
}

/// A key of a terminal in application mode, by the letter after `ESC O`.
fn keypad(letter: u8) -> Option<Key> {
    match letter {
        b'M' => Some(Key::Enter),
        b'p'..=b'y' => Some(Key::Char(char::from(letter - b'p' + b'0'))),
        _ => moved(letter),
    }
}

/// The key that moves the cursor, by the last letter of what it sends.
fn moved(letter: u8) -> Option<Key> {
    Some(match letter {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'F' => Key::Last,
        b'H' => Key::Home,
        _ => return None,
    })
}

/// A character of several bytes; nothing if some are missing.
fn character(bytes: &[u8]) -> Option<(Option<Key>, usize)> {
    let long = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Some((None, 1)),
    };
    let begin = &bytes[..long.min(bytes.len())];
    match std::str::from_utf8(begin) {
        Ok(text) => Some((text.chars().next().map(Key::Char), long)),
        Err(error) if error.error_len().is_none() => None,
        Err(error) => Some((None, error.error_len().unwrap_or(1))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    #[test]
    fn esc_by_itself_is_known_once_nothing_follows() {
        let mut keys = Keys::default();
        assert_eq!(keys.push(b"\x1b"), []);
        assert!(keys.is_open());
        assert_eq!(keys.push(b"[D"), [Key::Left]);
        assert_eq!(keys.push(b"\x1b"), []);
        assert_eq!(keys.rest(), Some(Key::Escape));
        assert!(!keys.is_open());
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: RngSeed::Fixed(20_261_125),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn any_bytes_in_any_pieces_are_the_same_text(
            bytes in prop::collection::vec(any::<u8>(), 0..60),
            cut in 0usize..60,
        ) {
            // Where a piece ends, Enter is Enter.
            let bytes: Vec<u8> = bytes.into_iter().filter(|b| !b"\r\n".contains(b)).collect();
            let cut = cut.min(bytes.len());
            let mut whole = Keys::default();
            let mut pieces = Keys::default();
            let mut keys = pieces.push(&bytes[..cut]);
            keys.extend(pieces.push(&bytes[cut..]));
            prop_assert_eq!(whole.push(&bytes), keys);
        }
    }
}
