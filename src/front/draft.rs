//! A line of text while it is being edited: keys change it, rows of it are shown.
//!
//! The terminal's own line editing is of no use here: it erases one column for a Chinese character,
//! which takes two, knows no arrow keys, and takes each line of a paste for an answer. dialoguer's
//! editor shows another text than it returns.

use super::keys::{Key, Keys};
use crate::text::is_hostile;
use std::iter::once;
use unicode_width::UnicodeWidthChar;

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
    /// not taken, as what is typed is what is shown; after a letter it parts words as a space
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
            // In a paste, the end of a line becomes one space.
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

    /// The rows around the cursor: at most `most` of them, each of at most `columns` columns. A row
    /// has room for at least 3, more than the widest character needs.
    #[must_use]
    pub fn rows(&self, columns: usize, most: usize) -> Rows {
        let (columns, most) = (columns.max(3), most.max(1));
        let mut rows = vec![String::new()];
        let mut used = 0;
        let mut cursor = (0, 0);
        // The cursor may stand after the last character, and needs a column there.
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
        fn rows_hold_the_text_and_no_row_is_too_wide(text in "\\PC{0,80}", columns in 3usize..30) {
            let draft = typed(&text);
            let rows = draft.rows(columns, usize::MAX);
            prop_assert_eq!(rows.rows.concat(), draft.text());
            prop_assert!(rows.rows.iter().all(|row| row.chars().map(wide).sum::<usize>() <= columns));
            prop_assert!(rows.row < rows.rows.len() && rows.column < columns);
        }
    }
}
