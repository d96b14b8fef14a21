//! What stands between a word and its value, in one grammar for all rules.
//!
//! People write `password: x`, 密码是 x, `password (login) = x`, a table, a line below, or a few words
//! in between. Each place where a value may begin is tried; how firmly it is tied to the word decides
//! how much a rule asks of it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::after;
use crate::redact::view::WALL;
use crate::text::is_chinese;

/// How a value is tied to its word, the firmest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// A few words between.
    Near,
    /// On the line below, as a form or a table is copied.
    Below,
    /// Nothing between: 密码abc123.
    Next,
    /// `password is value`, 密码是 value, `password set to value`.
    Says,
    /// `password: value`, `"password": "value"`, `pwd=value`.
    Field,
}

/// Where a value may begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) at: usize,
    pub(super) link: Link,
    /// Whether other words stand between than those that only fill.
    pub(super) far: bool,
}

/// Words between, by their first character, and whether they say what the value is; others only fill.
static WORDS: LazyLock<HashMap<char, Vec<(&str, bool)>>> = LazyLock::new(|| {
    let mut words: HashMap<char, Vec<(&str, bool)>> = HashMap::new();
    for line in include_str!("../words/labels.txt").lines() {
        let Some((sort @ ("says" | "fill"), list)) = line.split_once(": ") else {
            continue;
        };
        for word in list.split('|') {
            let first = word.chars().next().unwrap_or(' ');
            words.entry(first).or_default().push((word, sort == "says"));
        }
    }
    words
});

/// The length of the longest word that says or fills, at the start of a text, and whether it says.
pub(super) fn known_word(text: &str) -> Option<(usize, bool)> {
    let first = text.chars().next()?.to_ascii_lowercase();
    let letters = text
        .find(|c: char| !c.is_ascii_alphabetic() && c != '\'')
        .unwrap_or(text.len());
    let is = |known: &str| match letters {
        0 => text.starts_with(known),
        _ => known.eq_ignore_ascii_case(&text[..letters]),
    };
    let known = WORDS.get(&first)?.iter().filter(|(known, _)| is(known));
    let (word, says) = known.max_by_key(|(known, _)| known.len())?;
    Some((word.len(), *says))
}

/// How far a value is looked for, in bytes.
const LOOK: usize = 96;

/// Where a value may begin behind the word that ends at `end`, in order.
pub(super) fn places(view: &str, end: usize) -> impl Iterator<Item = Place> + '_ {
    let look = after(view, end, LOOK);
    // Most words stand alone.
    let empty =
        !look.contains(|c: char| c.is_ascii_graphic() || !c.is_ascii() && NUMERALS.contains(c));
    let mut walk = Walk {
        link: Link::Next,
        far: false,
        lines: 0,
    };
    let mut at = if empty { look.len() } else { 0 };
    std::iter::from_fn(move || {
        loop {
            let rest = &look[at..];
            let (step, begins) = walk.step(rest, rest.chars().next()?)?;
            let place = Place {
                at: end + at,
                link: walk.link,
                far: walk.far,
            };
            at += step;
            if begins {
                // Behind what may be a value, others are less likely; but not in its quotes.
                if !rest.starts_with(['"', '\'', '`']) {
                    (walk.far, walk.link) = (true, Link::Near);
                }
                return Some(place);
            }
        }
    })
}

/// Digits that are spelled out.
pub(super) const NUMERALS: &str = "零〇一二三四五六七八九两幺壹贰叁肆伍陆柒捌玖";

struct Walk {
    link: Link,
    far: bool,
    lines: usize,
}

impl Walk {
    /// How far the next sign goes, and whether a value may begin with it; nothing at the end of the
    /// sentence.
    fn step(&mut self, rest: &str, c: char) -> Option<(usize, bool)> {
        match c {
            ' ' | '\t' => Some((1, false)),
            '\n' => {
                self.lines += 1;
                if self.link != Link::Field && self.link != Link::Says || self.far {
                    self.link = Link::Below;
                }
                let line = &rest[1..];
                (self.lines <= 2).then_some((1 + list_mark(line), false))
            }
            // password？andrew85。
            '?' if self.link == Link::Next
                && rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric()) =>
            {
                self.link = Link::Field;
                Some((1, false))
            }
            '。' | '!' | '?' | ';' | WALL => None,
            '\'' if rest.starts_with("'s ") => {
                self.link = Link::Says;
                Some((2, false))
            }
            ':' | '=' | '→' | '>' | '|' => {
                self.link = Link::Field;
                let sign = c.len_utf8();
                Some((sign + list_mark(&rest[sign..]), false))
            }
            '-' if !rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric()) => {
                self.link = Link::Field;
                Some((1, false))
            }
            '(' | '[' => {
                // An annotation: password (login): …
                let inner = rest[..rest.floor_char_boundary(40)].find([')', ']']);
                let noted = inner.filter(|end| {
                    let behind = rest[end + 1..].trim_start();
                    behind.starts_with([':', '=', '是', '为']) || behind.starts_with("is ")
                });
                Some((noted.map_or(1, |end| end + 1), false))
            }
            // code_483920
            '_' | '-' if self.link == Link::Next => Some((1, false)),
            '"' | '\'' | '`' => {
                let quoted = rest[1..].starts_with(|c: char| c.is_ascii_graphic());
                let closes =
                    self.link != Link::Field && rest[1..].starts_with([':', '=', ' ', ',']);
                Some((1, quoted && !closes && rest[1..].contains(c)))
            }
            ')' | ']' | '*' | '<' | '{' | '}' | '/' | '\\' | '·' => Some((c.len_utf8(), false)),
            ',' => {
                self.far = true;
                self.link = Link::Near;
                Some((1, false))
            }
            '.' if !rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric()) => None,
            _ if c.is_ascii_graphic() => Some(self.word(rest)),
            _ => Some(self.character(rest, c)),
        }
    }

    /// A word of ASCII, which may be the value or lead to it.
    fn word(&mut self, rest: &str) -> (usize, bool) {
        let end = rest
            .find(|c: char| !c.is_ascii_graphic())
            .unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches([',', ':', '=', '.']);
        match known_word(word).filter(|(length, _)| *length == word.len()) {
            Some((length, says)) => {
                self.known(says);
                // Passport No. L898902C3
                let short = length == 2 && rest[length..].starts_with('.');
                (length + usize::from(short), false)
            }
            None => (word.len().max(1), !word.is_empty()),
        }
    }

    fn character(&mut self, rest: &str, c: char) -> (usize, bool) {
        let spelled = rest
            .chars()
            .take_while(|c| NUMERALS.contains(*c) || *c == ' ');
        if spelled.clone().filter(|c| *c != ' ').count() >= 4 {
            return (spelled.map(char::len_utf8).sum(), true);
        }
        match known_word(rest) {
            Some((length, says)) => {
                self.known(says);
                (length, false)
            }
            None => {
                (self.far, self.link) = (true, Link::Near);
                (c.len_utf8(), is_value_character(c))
            }
        }
    }

    fn known(&mut self, says: bool) {
        match self.link {
            _ if says => self.link = Link::Says,
            Link::Next => self.link = Link::Near,
            // "Password: it will not accept it."
            Link::Field => self.far = true,
            _ => {}
        }
    }
}

/// Letters outside ASCII that are no Chinese may be a password's too.
fn is_value_character(c: char) -> bool {
    c.is_alphanumeric() && !is_chinese(c) && c < '\u{1100}'
}

/// The length of the number or sign of a list item.
fn list_mark(line: &str) -> usize {
    let spaces = line.len() - line.trim_start_matches([' ', '\t']).len();
    let item = &line[spaces..];
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    let mark = &item[digits..];
    if (1..=2).contains(&digits)
        && mark.starts_with(['.', ')'])
        && !mark[1..].starts_with(|c: char| c.is_ascii_digit())
    {
        return spaces + digits + 1;
    }
    let sign = item.strip_prefix(['-', '*', '·']);
    match sign.filter(|behind| digits == 0 && behind.starts_with(' ')) {
        Some(behind) => line.len() - behind.len(),
        None => 0,
    }
}
