//! A line of text as it is being edited at a terminal: keys in, rows out. It reads and writes
//! nothing itself.
//!
//! A terminal's own line editing erases one column for a Chinese character that takes two, knows
//! no arrow keys, and takes each line of a paste for an answer; dialoguer's shows another text than
//! it returns.

use crate::text::is_hostile;
use std::iter::once;
use std::time::Duration;
use unicode_width::UnicodeWidthChar;

/// What a terminal sends before and behind a paste, once it is asked to (bracketed paste).
const PASTE: (&str, &str) = ("200~", "201~");
/// The longest sequence that a key sends; what is longer is none.
const LONGEST: usize = 32;

/// A key, or what was pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// A line's end inside a paste.
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
    /// Deletes the character behind the cursor.
    Delete,
    /// Deletes the word before the cursor.
    Word,
    /// Deletes all before the cursor.
    Before,
    /// Deletes all behind the cursor.
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
        // What terminals that mark no paste send at once is one, too: nobody types that fast.
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

/// A key of a terminal in application mode, by the letter behind `ESC O`.
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

/// A text and the cursor in it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Draft {
    text: Vec<char>,
    at: usize,
}

/// Rows as they have to stand on the screen, and where in them the cursor is.
#[derive(Clone, PartialEq, Eq)]
pub struct Rows {
    /// At least one row.
    pub rows: Vec<String>,
    /// The cursor's row.
    pub row: usize,
    /// The columns to the left of the cursor.
    pub column: usize,
}

impl Draft {
    /// What comes of keys that were pressed without being seen, such as those of a line that the
    /// terminal itself has edited.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Draft {
        let mut draft = Draft::default();
        for key in Keys::default().push(bytes) {
            draft.press(key);
        }
        draft
    }

    /// What has been typed so far.
    #[must_use]
    pub fn text(&self) -> String {
        self.text.iter().collect()
    }

    /// Whether nothing has been typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// How many characters there are.
    #[must_use]
    pub fn chars(&self) -> usize {
        self.text.len()
    }

    /// Does what a key that edits does; the others do nothing. A character that cannot be seen is
    /// not taken, as what is typed is what is shown; behind a letter it parts words as a space
    /// does, since it may be all that stands between the words of a seed phrase.
    pub fn press(&mut self, key: Key) {
        match key {
            Key::Char(c) if is_hostile(c) => {
                let before = self.at.checked_sub(1).map(|at| self.text[at]);
                if before.is_some_and(char::is_alphanumeric) {
                    self.press(Key::Char(' '));
                }
            }
            Key::Char(c) => {
                self.text.insert(self.at, c);
                self.at += 1;
            }
            // A line's end in a paste parts words, once.
            Key::Newline if self.at == 0 || self.text[self.at - 1] == ' ' => {}
            Key::Newline => self.press(Key::Char(' ')),
            Key::Left => self.at = self.left(),
            Key::Right => self.at = self.right(),
            Key::Home => self.at = 0,
            Key::Last => self.at = self.text.len(),
            Key::Backspace => self.delete(self.left()),
            Key::Word => {
                let before = &self.text[..self.at];
                let word = before.iter().rposition(|c| *c != ' ').unwrap_or(0);
                let space = before[..word].iter().rposition(|c| *c == ' ');
                self.delete(space.map_or(0, |space| space + 1));
            }
            Key::Before => self.delete(0),
            Key::Delete => {
                let end = self.right();
                self.text.drain(self.at..end);
            }
            Key::Behind => self.text.truncate(self.at),
            Key::Enter
            | Key::Escape
            | Key::End
            | Key::Up
            | Key::Down
            | Key::PageUp
            | Key::PageDown => {}
        }
    }

    fn delete(&mut self, from: usize) {
        self.text.drain(from..self.at);
        self.at = from;
    }

    /// The place before the character on the left, with the marks that stand on it.
    fn left(&self) -> usize {
        let before = &self.text[..self.at];
        before.iter().rposition(|c| wide(*c) > 0).unwrap_or(0)
    }

    fn right(&self) -> usize {
        let behind = self.text.iter().enumerate().skip(self.at + 1);
        let mut seen = behind.filter(|(_, c)| wide(**c) > 0);
        seen.next().map_or(self.text.len(), |(place, _)| place)
    }

    /// The rows around the cursor, each of at most `columns` columns (at least 3, as wide as the
    /// widest character) and at most
    /// `most` of them.
    #[must_use]
    pub fn rows(&self, columns: usize, most: usize) -> Rows {
        let (columns, most) = (columns.max(3), most.max(1));
        let mut rows = vec![String::new()];
        let mut used = 0;
        let mut cursor = (0, 0);
        // The cursor may stand behind the last character, and needs a column there.
        let shown = self.text.iter().copied().map(Some).chain(once(None));
        for (place, c) in shown.enumerate() {
            let takes = c.map_or(1, wide);
            if used + takes > columns {
                rows.push(String::new());
                used = 0;
            }
            if place == self.at {
                cursor = (rows.len() - 1, used);
            }
            if let (Some(c), Some(row)) = (c, rows.last_mut()) {
                row.push(c);
                used += takes;
            }
        }
        let first = (cursor.0 + 1).saturating_sub(most);
        Rows {
            rows: rows.into_iter().skip(first).take(most).collect(),
            row: cursor.0 - first,
            column: cursor.1,
        }
    }
}

fn wide(c: char) -> usize {
    c.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn typed(bytes: &str) -> Draft {
        Draft::of(bytes.as_bytes())
    }

    #[test]
    fn keys_edit_by_the_character_seen() {
        let text = |bytes| typed(bytes).text();
        assert_eq!(text("认证失败\x7f\x7f成功"), "认证成功");
        assert_eq!(text("ac\x1b[Db"), "abc");
        assert_eq!(text("bc\x1b[Ha\x1b[Fd"), "abcd");
        assert_eq!(text("bc\x01a\x05d"), "abcd");
        assert_eq!(text("abc\x1bOD\x1b[3~"), "ab");
        assert_eq!(text("one two\x17"), "one ");
        assert_eq!(text("one two \x17"), "one ");
        assert_eq!(text("one\x17"), "");
        assert_eq!(text("gone\x15kept"), "kept");
        assert_eq!(text("kept gone\x1b[D\x1b[D\x1b[D\x1b[D\x0b"), "kept ");
        assert_eq!(text("cafe\u{301}\x7f"), "caf");
        assert_eq!(text("a\u{200b}b\u{202e}c\u{7}\x1b[1;5C\x1b[15~"), "a b c");
    }

    #[test]
    fn a_paste_is_one_text() {
        assert_eq!(
            Keys::default().push(b"a\r\nb\r"),
            [
                Key::Char('a'),
                Key::Newline,
                Key::Newline,
                Key::Char('b'),
                Key::Enter
            ]
        );
        assert_eq!(typed("\x1b[200~\none\r\ntwo\n\x1b[201~").text(), "one two ");
        let keys = Keys::default().push(b"\x1b[200~a\n\x1b[201~\r");
        assert_eq!(keys.last(), Some(&Key::Enter));
        assert_eq!(typed("\x1b[200~a\x01\x1b[Hb\x1b[201~").text(), "a b");
    }

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

    #[test]
    fn the_cursor_stands_where_the_next_character_comes() {
        let draft = typed("认证ab");
        let rows = draft.rows(5, 9);
        assert_eq!(rows.rows, ["认证a", "b"]);
        assert_eq!((rows.row, rows.column), (1, 1));
        let full = typed("认证").rows(4, 9);
        assert_eq!(full.rows, ["认证", ""]);
        assert_eq!((full.row, full.column), (1, 0));
        let tail = typed("abcdef").rows(3, 2);
        assert_eq!(tail.rows, ["def", ""]);
        assert_eq!(typed("认a\x1b[D").rows(9, 1).column, 2);
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

        #[test]
        fn rows_hold_the_text_and_no_row_is_too_wide(text in "\\PC{0,80}", columns in 3usize..30) {
            let draft = typed(&text);
            let rows = draft.rows(columns, usize::MAX);
            prop_assert_eq!(rows.rows.concat(), draft.text());
            prop_assert!(rows.rows.iter().all(|row| row.chars().map(wide).sum::<usize>() <= columns));
            prop_assert!(rows.row < rows.rows.len() && rows.column < columns);
        }
    }
}
