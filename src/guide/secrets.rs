//! Whether a text asks for a secret: a seed phrase, a private key, a password or a code.
//!
//! This is a rule of thumb over words, the same for Chinese and English. A sentence asks for a
//! secret if it names one and has a verb of giving or of typing, unless that verb is negated, the
//! sentence warns of somebody who asks for it, or it says to type the secret where it belongs.
//! `secret_words` lists the words. It rather finds too much: an author can say a thing in other
//! words, a reader who is cheated loses everything.

use super::secret_words::{PHRASES, Role};
use super::sentences::{folded, is_mark, joined, sentences, words};
use std::{cmp::Reverse, collections::HashMap, ops::Range, sync::LazyLock};

impl Role {
    fn is_secret(self) -> bool {
        matches!(self, Role::Never | Role::InApp)
    }

    fn is_verb(self) -> bool {
        matches!(self, Role::Give | Role::Type | Role::Prove)
    }

    /// Whether two such words can be items of one list.
    fn lists_with(self, other: Role) -> bool {
        self.is_verb() && other.is_verb() || self.is_secret() && other.is_secret()
    }
}

/// Phrases as words, by their first word, longer ones first.
type Phrases = HashMap<&'static str, Vec<(Vec<&'static str>, Role)>>;

static BY_FIRST_WORD: LazyLock<Phrases> = LazyLock::new(|| {
    let mut by_word = Phrases::new();
    for (role, list) in PHRASES {
        for phrase in list.split(' ').map(words) {
            by_word.entry(phrase[0]).or_default().push((phrase, *role));
        }
    }
    for phrases in by_word.values_mut() {
        phrases.sort_by_key(|(phrase, _)| Reverse(phrase.len()));
    }
    by_word
});

/// How a secret is asked for in a text, if it is: the words.
pub fn asks_for_secret(text: &str) -> Option<String> {
    let text = folded(text);
    let mut earlier = None;
    sentences(&text).find_map(|sentence| {
        let sentence = Sentence::of(sentence);
        let asked = sentence.asks(earlier);
        earlier = sentence.secret();
        asked
    })
}

/// The secret that the question for a value names without saying that it is to be left out.
pub fn names_secret(text: &str) -> Option<String> {
    let text = folded(text);
    sentences(&text).find_map(|sentence| {
        let sentence = Sentence::of(sentence);
        let named = sentence.secrets().next();
        named.map(|secret| joined(&sentence.words[secret.words.clone()]))
    })
}

/// What each phrase does, and which of the words it is; a word that is part of none counts as one.
fn roles(words: &[&str]) -> Vec<(Role, Range<usize>)> {
    let mut roles = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let mut longest_first = BY_FIRST_WORD.get(word).into_iter().flatten();
        let (length, role) = match longest_first.find(|(p, _)| words[at..].starts_with(p)) {
            Some((phrase, role)) => (phrase.len(), *role),
            None if is_mark(word) => (1, Role::Mark),
            None => (1, Role::Other),
        };
        roles.push((role, at..at + length));
        at += length;
    }
    roles
}

/// A phrase in its sentence.
struct Phrase {
    role: Role,
    /// Its words among those of the sentence.
    words: Range<usize>,
    clause: usize,
    /// Whether its clause negates it.
    negated: bool,
    /// Whether its clause says that somebody asks for it.
    asked: bool,
}

struct Sentence<'a> {
    words: Vec<&'a str>,
    phrases: Vec<Phrase>,
    /// For each clause, whether it says that its secrets are left out.
    hides: Vec<bool>,
}

impl<'a> Sentence<'a> {
    fn of(text: &'a str) -> Sentence<'a> {
        let words = words(text);
        let roles = roles(&words);
        let mut phrases: Vec<Phrase> = Vec::new();
        let (mut hides, mut nots, mut asked) = (vec![false], 0, false);
        for (n, (role, words)) in roles.iter().enumerate() {
            let next = roles.get(n + 1).map_or(Role::Other, |(role, _)| *role);
            let in_list = phrases.last().is_some_and(|p| p.role.lists_with(next));
            let clause = hides.len() - 1;
            match role {
                // "Never type, paste or send": in a list the clause goes on.
                Role::Mark if in_list => continue,
                Role::Mark => {
                    hides.push(false);
                    (nots, asked) = (0, false);
                }
                Role::And if next.is_verb() && !in_list => nots = 0,
                Role::But => nots = 0,
                Role::Not => nots += 1,
                Role::Asks => asked = true,
                Role::Hidden => hides[clause] = true,
                _ => {}
            }
            phrases.push(Phrase {
                role: *role,
                words: words.clone(),
                clause,
                // Two negations are none: "never refuse to send".
                negated: nots % 2 == 1,
                asked,
            });
        }
        Sentence {
            words,
            phrases,
            hides,
        }
    }

    fn has(&self, role: Role) -> bool {
        self.phrases
            .iter()
            .any(|phrase| phrase.role == role && !phrase.negated)
    }

    /// The secrets that the sentence does not say to leave out.
    fn secrets(&self) -> impl Iterator<Item = &Phrase> {
        let all = self.phrases.iter().filter(|phrase| phrase.role.is_secret());
        all.filter(|secret| !secret.negated && !self.hides[secret.clause])
    }

    /// The role of its worst secret.
    fn secret(&self) -> Option<Role> {
        let all = || self.secrets().map(|secret| secret.role);
        all()
            .find(|role| *role == Role::Never)
            .or_else(|| all().next())
    }

    /// The words with which it asks for a secret, its own or that of the sentence before.
    fn asks(&self, earlier: Option<Role>) -> Option<String> {
        let refers = self.phrases.iter().any(|phrase| phrase.role == Role::It);
        let secret = self.secret().or(earlier.filter(|_| refers))?;
        let never = secret == Role::Never;
        let own = if never { Role::Paper } else { Role::App };
        let in_place = self.has(own) && !self.has(Role::Elsewhere);
        let warns = self.has(Role::Fraud);
        // Who is sent to OKX's app may type a password there, but hands it over nowhere.
        let verb = self.phrases.iter().find(|verb| {
            let asks = match verb.role {
                Role::Give => true,
                Role::Type => !in_place,
                Role::Prove => never && !in_place,
                _ => false,
            };
            asks && !verb.negated && !(verb.asked && warns)
        })?;
        let end = self.words.len().min(verb.words.start + 8);
        Some(joined(&self.words[verb.words.start..end]))
    }
}
