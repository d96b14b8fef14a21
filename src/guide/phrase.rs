//! Words that people or screens say, such as `face … not match`, and where a sentence holds them.

use super::sentences::{folded, is_mark, sentences, words};
use crate::text::width;
use serde::{Deserialize, Serialize};

/// The most words of a sentence that are read. A message on a screen has fewer.
const MOST_WORDS: usize = 400;
/// The most words that may stand where a phrase has `…`.
const MOST_BETWEEN: usize = 6;
/// Words that say that what follows is not so.
const NOT: [&str; 9] = [
    "not", "no", "never", "without", "没", "未", "不", "无", "非",
];
/// Words that may stand between these and what is not so.
const BETWEEN_NOT: [&str; 25] = [
    "a",
    "actually",
    "already",
    "an",
    "any",
    "be",
    "been",
    "being",
    "currently",
    "even",
    "in",
    "my",
    "really",
    "the",
    "under",
    "yet",
    "会",
    "再",
    "在",
    "是",
    "曾",
    "有",
    "被",
    "说",
    "过",
];
/// Short forms that are written without their apostrophe, too. `n't` needs no list.
const SHORT_FORMS: [(&str, &str); 12] = [
    ("arent", "are"),
    ("cannot", "can"),
    ("cant", "can"),
    ("couldnt", "could"),
    ("didnt", "did"),
    ("doesnt", "does"),
    ("dont", "do"),
    ("hasnt", "has"),
    ("havent", "have"),
    ("isnt", "is"),
    ("wasnt", "was"),
    ("wont", "will"),
];

/// Words that a sentence may hold. Case and width of letters make no difference, nor do signs; an
/// English word counts whole, a Chinese character is a word. Where it has `…`, other words of the
/// same sentence may stand, six at most.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Phrase {
    pieces: Vec<Vec<String>>,
}

impl Phrase {
    /// A phrase as a guide has it. `None` where a part of it has no word.
    #[must_use]
    pub fn new(text: &str) -> Option<Phrase> {
        let text = text.replace("...", "…");
        let pieces = text.split('…').map(|piece| {
            let said = Sentence::new(piece).words.into_iter();
            said.map(|word| word.text).collect::<Vec<_>>()
        });
        let pieces: Vec<Vec<String>> = pieces.collect();
        let whole = pieces.iter().all(|piece| !piece.is_empty());
        whole.then_some(Phrase { pieces })
    }

    /// The first place where a sentence holds the phrase, and does not say that it is not so.
    #[must_use]
    pub fn find(&self, said: &Sentence) -> Option<Held> {
        let (first, rest) = self.pieces.split_first()?;
        (0..said.words.len()).find_map(|at| {
            let mut places = said.piece(first, at)?;
            for piece in rest {
                let from = places.last()? + 1;
                let reach = said.words.len().min(from + MOST_BETWEEN + 1);
                let same = (from..reach).take_while(|at| said.words[*at].after != Stop::Sentence);
                places.extend(same.into_iter().find_map(|at| said.piece(piece, at))?);
            }
            let columns = places.iter().map(|at| width(&said.words[*at].text)).sum();
            Some(Held { places, columns })
        })
    }
}

/// Where a sentence holds a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Held {
    /// The places of its words in the sentence, in order.
    places: Vec<usize>,
    /// How much it is: the columns of these words.
    pub columns: usize,
}

impl Held {
    /// Whether all its words, and not only they, belong to another phrase as well.
    #[must_use]
    pub fn is_part_of(&self, other: &Held) -> bool {
        let within = |at| other.places.binary_search(at).is_ok();
        self.places.len() < other.places.len() && self.places.iter().all(within)
    }
}

/// A sentence or a few of them, as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    words: Vec<Word>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    /// What it comes after.
    after: Stop,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// Another word.
    Word,
    /// A sign that ends a clause.
    Clause,
    /// The end of a sentence, or the beginning of the text.
    Sentence,
}

impl Sentence {
    /// Reads what was said; of a long text, the beginning.
    #[must_use]
    pub fn new(text: &str) -> Sentence {
        let text = folded(text);
        let mut read: Vec<Word> = Vec::new();
        for sentence in sentences(&text) {
            let mut after = Stop::Sentence;
            for word in words(sentence) {
                if is_mark(word) {
                    after = after.max_of(Stop::Clause);
                    continue;
                }
                let (word, not) = without_not(word);
                let text = word.replace('\'', "");
                read.push(Word { text, after });
                after = Stop::Word;
                if not {
                    let text = "not".to_owned();
                    read.push(Word { text, after });
                }
            }
        }
        read.truncate(MOST_WORDS);
        Sentence { words: read }
    }

    /// The places of some words that stand here in a row, and are not said not to be so.
    fn piece(&self, piece: &[String], at: usize) -> Option<Vec<usize>> {
        let here = self.words.get(at..at + piece.len())?;
        let same = here.iter().map(|word| &word.text).eq(piece);
        (same && !self.is_denied(at)).then(|| (at..at + piece.len()).collect())
    }

    /// Whether the words before this place say that it is not so: `not yet expired`. To ask whether
    /// it is (是不是) says nothing.
    fn is_denied(&self, at: usize) -> bool {
        let mut at = at;
        while at > 0 && self.words[at].after == Stop::Word {
            at -= 1;
            let word = self.words[at].text.as_str();
            if NOT.contains(&word) {
                let before = at.checked_sub(1).map(|at| &self.words[at].text);
                return before != self.words.get(at + 1).map(|word| &word.text);
            }
            if !BETWEEN_NOT.contains(&word) {
                return false;
            }
        }
        false
    }
}

impl Stop {
    fn max_of(self, other: Stop) -> Stop {
        if self == Stop::Sentence { self } else { other }
    }
}

/// A word without the `not` at its end, and whether it had one: `doesn't`, `cannot`.
fn without_not(word: &str) -> (&str, bool) {
    let short = SHORT_FORMS
        .iter()
        .find(|(short, _)| *short == word.replace('\'', ""));
    match (short, word.strip_suffix("n't")) {
        (Some((_, long)), _) => (long, true),
        (None, Some(long)) => (long, true),
        (None, None) => (word, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn holds(said: &str, phrase: &str) -> bool {
        let phrase = Phrase::new(phrase).expect(phrase);
        phrase.find(&Sentence::new(said)).is_some()
    }

    #[test]
    fn case_width_and_signs_make_no_difference() {
        assert!(holds("Face  does not match!", "face does not match"));
        assert!(holds("ＦＡＣＥ does not match", "face does not match"));
        assert!(holds(
            "\"Verification failed. Try again\"",
            "verification failed, try again"
        ));
        assert!(holds("人脸 识别，不通过", "人脸识别不通过"));
        assert!(holds("error：50162。", "Error 50162"));
        assert!(holds("UID被占用了", "uid 被占用"));
    }

    #[test]
    fn an_english_word_counts_whole_and_a_chinese_character_alone() {
        assert!(!holds(
            "the interface does not match",
            "face does not match"
        ));
        assert!(!holds("my account is unfrozen", "frozen"));
        assert!(!holds("500", "50"));
        assert!(holds("我的实名被占用了怎么办", "实名被占用"));
        assert!(!holds("实名没有被占用", "被占用"));
    }

    #[test]
    fn short_forms_are_read_as_long_ones() {
        for said in [
            "my face doesn't match",
            "face does not match",
            "face doesn’t match",
            "FACE DOESNT MATCH",
        ] {
            assert!(holds(said, "face does not match"), "{said}");
            assert!(holds(said, "face doesn't match"), "{said}");
        }
        assert!(
            holds("I cannot log in", "can't log in") && holds("I cant log in", "can not log in")
        );
        assert!(holds("it won't open", "will not open"));
    }

    #[test]
    fn an_ellipsis_stands_for_a_few_words_of_the_same_sentence() {
        assert!(holds("刷脸的时候一直失败", "刷脸…失败"));
        assert!(holds(
            "face scan keeps on being rejected",
            "face ... rejected"
        ));
        assert!(holds(
            "my face, it says, does not match",
            "face … not match"
        ));
        assert!(holds("face rejected", "face … rejected"));
        assert!(!holds(
            "I did the face scan. It was rejected",
            "face … rejected"
        ));
        assert!(!holds(
            "face one two three four five six seven rejected",
            "face … rejected"
        ));
        assert!(!holds("rejected face", "face … rejected"));
        // A piece may stand in a row further on than its first word does.
        assert!(holds(
            "the face in the photo is like my face: rejected",
            "my face … rejected"
        ));
    }

    #[test]
    fn what_is_said_not_to_be_so_does_not_count() {
        for said in [
            "my passport is not expired",
            "it isn't expired",
            "it has not yet expired",
            "it never expired",
            "no expired document here",
        ] {
            assert!(!holds(said, "expired"), "{said}");
        }
        for said in [
            "没过期",
            "护照还没有过期",
            "没有被过期",
            "不是过期",
            "未过期",
        ] {
            assert!(!holds(said, "过期"), "{said}");
        }
        // Each of these says that it is so, or asks whether it is.
        for said in [
            "not accepted: expired",
            "it does not work. Expired?",
            "I can not go on as it expired",
            "expired, not rejected",
            "not my old one, the other expired",
        ] {
            assert!(holds(said, "expired"), "{said}");
        }
        for said in ["不行，过期了", "是不是过期了", "有没有过期", "过期没有换"]
        {
            assert!(holds(said, "过期"), "{said}");
        }
        assert!(holds("document not accepted", "not accepted"));
        assert!(holds("face does not match", "face … not match"));
        assert!(!holds("face does not match", "face … match"));
        // What is denied once may be said elsewhere.
        assert!(holds(
            "the passport is not expired but the licence is: expired",
            "expired"
        ));
    }

    #[test]
    fn a_phrase_has_words() {
        for text in ["", " ", "!?", "…", "face…", "…face", "face……match"] {
            assert_eq!(Phrase::new(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_shorter_phrase_within_a_longer_one_is_part_of_it() {
        let said = Sentence::new("face verification failed");
        let find = |phrase| Phrase::new(phrase).unwrap().find(&said).unwrap();
        let (long, short) = (
            find("face verification failed"),
            find("verification failed"),
        );
        assert!(short.is_part_of(&long) && !long.is_part_of(&short) && !long.is_part_of(&long));
        assert!(find("face … failed").is_part_of(&long));
        assert_eq!((long.columns, short.columns), (22, 18));
    }
}
