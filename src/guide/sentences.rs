//! A text as sentences of words, for both languages alike: a Chinese character is a word.

use super::letters::{is_wide, plain};

/// The signs that end a clause.
const MARKS: &str = ",:()—–";

/// A text in small plain letters.
pub fn folded(text: &str) -> String {
    text.chars()
        .map(plain)
        .flat_map(char::to_lowercase)
        .collect()
}

/// The sentences of a text. A longer one is cut: a secret and a verb far away from each other have
/// nothing to do with each other.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    const LONGEST: usize = 600;
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices().enumerate().peekable();
        while let Some((n, (at, c))) = chars.next() {
            let next = chars.peek().map(|(_, (_, c))| *c);
            let ends = "!?;。…\n".contains(c)
                || c == '.' && next.is_none_or(|c| c.is_whitespace() || is_wide(c) || c == '"');
            if ends || n + 1 == LONGEST {
                let sentence = &rest[..at + c.len_utf8()];
                rest = &rest[sentence.len()..];
                return Some(sentence);
            }
        }
        Some(std::mem::take(&mut rest)).filter(|last| !last.is_empty())
    })
}

/// The words of a text and the signs that end clauses. A Chinese character is a word.
pub fn words(text: &str) -> Vec<&str> {
    let in_word = |c: char| c.is_alphanumeric() && !is_wide(c) || c == '\'';
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let latin = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(latin.max(c.len_utf8()));
        let counts = latin > 0 || is_wide(c) || MARKS.contains(c);
        words.extend(Some(word.trim_matches('\'')).filter(|word| counts && !word.is_empty()));
        rest = behind;
    }
    words
}

/// Whether a word is a sign that ends a clause.
pub fn is_mark(word: &str) -> bool {
    MARKS.contains(word)
}

/// Words as they are written, with a space where both languages have one.
pub fn joined(words: &[&str]) -> String {
    let mut text = String::new();
    for word in words {
        let spaced = text.ends_with(|c| !is_wide(c));
        if spaced && !word.starts_with(|c| is_wide(c) || MARKS.contains(c)) {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}
