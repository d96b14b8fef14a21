//! The value that stands beside a word such as "password" or "API key".
//!
//! People speak of these words far more often than they give the thing away, so how firmly word and
//! value are linked decides how much the value must look like one.

use std::ops::Range;

use super::everyday::{is_everyday, is_mixed, is_ordinary_beside, is_year, unit_follows};
use super::{after, before, pattern, shift};
use crate::text::is_chinese;

/// How a value is linked to its word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// `password: value`, `"password": "value"`, `pwd=value`.
    Field,
    /// `password is value`, 密码是 value, `password set to value`.
    Says,
    /// `password value`, or with a few words between.
    Loose,
}

/// A candidate beside a word.
pub(super) struct Value<'a> {
    pub(super) link: Link,
    pub(super) text: &'a str,
    /// Where it stands in the view.
    pub(super) range: Range<usize>,
    /// What follows it.
    rest: &'a str,
    quoted: bool,
}

/// How far a value is looked for behind its word, in bytes: a few words and a long password.
const LOOK: usize = 200;

/// The candidate after the word that ends at `at`, by the firmest link there is.
pub(super) fn value_after(view: &str, at: usize) -> Option<Value<'_>> {
    pattern! {
        FIELD = r#"^["'`)\]*]{0,3}[ \t]{0,4}(?:[(\[][^()\[\]\n]{0,24}[)\]][ \t]{0,2})?(?:[:=]{1,2}>?|->|=>|→)[ \t]{0,4}(?:\n[ \t]{0,4})?(?:[0-9]{1,2}[.)] |[\-*·] )?"#;
        SAYS = r"^[ \t]{0,2}(?:[(\[][^()\[\]\n]{0,24}[)\]][ \t]{0,2})?(?:(?:就是|是|为|為|係|从|(?:设|設|改|换)(?:置|定)?(?:成|为|為)了?|叫|用的是|(?i:is|was|be|are|set to|changed to|changed it to|from|reset to|used is|i use is|i used is)(?-u:\b))[ \t]{0,2}[:=]?[ \t]{0,2}(?:我?的?(?:生日|出生日期)|(?i:my birthday))?[ \t]{0,2})";
        LOOSE = r#"^["']?[^0-9A-Za-z\n。!?;\x01][^0-9\n。!?;\x01]{0,23}?[ \t:=是为係成了入的对概码字(<"']"#;
    }
    let look = after(view, at, LOOK);
    if let Some(found) = FIELD.find(look) {
        return value_at(view, at + found.end(), Link::Field);
    }
    if let Some(found) = SAYS.find(look) {
        return value_at(view, at + found.end(), Link::Says);
    }
    let direct = look.trim_start_matches([' ', '\t']);
    let is_direct = || value_at(view, at + look.len() - direct.len(), Link::Loose);
    if direct.starts_with(['"', '\'', '`']) {
        let value = is_direct();
        if value.as_ref().is_some_and(Value::is_quoted_word) {
            return value;
        }
    }
    // 密码wangfang: a name that is spelled out, beside a Chinese word.
    if direct.starts_with(|c: char| c.is_ascii_alphabetic()) && !view[..at].ends_with(latin) {
        let value = is_direct().filter(Value::is_pinyin);
        if value.is_some() {
            let link = Link::Says;
            return value.map(|value| Value { link, ..value });
        }
    }
    // Anything less firm must have a digit. This is also what keeps words without a value cheap.
    if !after(look, 0, 64).bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Word and value with nothing between: 密码abc123.
    let next = look.chars().next()?;
    if next.is_ascii_graphic() || next == ' ' || next == '\t' {
        let value = is_direct();
        if value.as_ref().is_some_and(Value::is_loosely_secret) {
            return value;
        }
    }
    // On the line below, as a table or a form is copied.
    let below = direct.trim_start_matches('\n');
    if below.len() < direct.len() && direct.len() - below.len() <= 2 {
        let value = value_at(view, at + look.len() - below.len(), Link::Loose);
        return value.filter(|value| is_mixed(value.text) && value.is_loosely_secret());
    }
    loose_candidates(look, &LOOSE)
        .filter_map(|start| value_at(view, at + start, Link::Loose))
        .find(Value::is_loosely_secret)
}

/// The value that stands before its word: liwei888 is my password, 用 liwei888 登录说密码错误.
/// Letters and digits; a name of something that has a password is none.
pub(super) fn value_before(view: &str, word: Range<usize>) -> Option<Range<usize>> {
    pattern! {
        IS_IT = r"(?x)(?:^|[^!-~])(?P<value>[!-~]{6,32})
            (?:\x20(?:(?i:is|was|as|for)\x20)(?:(?i:my|our|the|a)\x20)?(?:[a-zA-Z]{2,8}\x20)?
              |\x20?(?:就?是|作为|当作?|这个|这)我?们?的?[^!-~\n.。!?;\x01]{0,4}
              |\x20?<-\x20?|\x20\()$";
        QUOTED = r#"["'](?P<value>[!-~]{6,32}?)["']\x20?$"#;
        USED = r"(?:用|输入了?|填了?|试了?|输了?)\x20?(?P<value>[!-~]{6,32})[^!-~\n.。!?;\x01]{0,12}$|(?i:(?-u:\b)(?:log(?:ged)?\x20in\x20with|used?|typed|entered|tried))\x20(?P<typed>[!-~]{6,32}?),?\x20[^0-9!?;.\n\x01]{0,40}$";
    }
    let line = before(view, word.start, 96);
    let rules = [&*QUOTED, &*IS_IT, &*USED];
    let value = rules.into_iter().find_map(|rule| {
        let found = rule.captures(line)?;
        found.name("value").or_else(|| found.name("typed"))
    })?;
    let value = Value {
        link: Link::Loose,
        text: value.as_str(),
        range: shift(&value.range(), word.start - line.len()),
        rest: "",
        quoted: false,
    };
    (is_mixed(value.text) && value.is_loosely_secret()).then_some(value.range)
}

/// The next value of a list, if one value was an item and another item follows.
pub(super) fn next_item(view: &str, at: usize) -> Option<Value<'_>> {
    pattern! {
        ITEM = r"^[ \t]{0,4}\n[ \t]{0,4}(?:[0-9]{1,2}[.)]|[\-*·]) ";
    }
    let item = ITEM.find(after(view, at, LOOK))?;
    value_at(view, at + item.end(), Link::Field)
}

/// One more value behind one: `hunter2 or hunter3`, 还是 hunter3.
pub(super) fn other_value(view: &str, at: usize) -> Option<Value<'_>> {
    pattern! {
        OR = r"^[\x20\t]?(?:还是|或者?|要么|和|跟|[,/]|(?i:or|and)\x20)[\x20\t]?|^\x20";
    }
    let link = OR.find(after(view, at, 16))?;
    let value = value_at(view, at + link.end(), Link::Loose)?;
    (is_mixed(value.text) && value.is_loosely_secret()).then_some(value)
}

/// The value that a sentence says at `at`, behind its "is".
pub(super) fn value_behind(view: &str, at: usize) -> Option<Value<'_>> {
    value_at(view, at, Link::Says)
}

/// Where a value may start after a few words that end no sentence.
fn loose_candidates<'a>(
    look: &'a str,
    shape: &'a regex::Regex,
) -> impl Iterator<Item = usize> + 'a {
    pattern! {
        SPEAKS_OF_OTHER = r"(?i:错误|报|失败|提示|显示|步|版本|验证码|工单|尾号|位数|长度|(?-u:\b)(?:error|code|version|build|uid|ticket|case|attempts?|times|on|at|in|from|since|after|before|until)(?-u:\b))";
    }
    let mut last_space = true;
    look.char_indices()
        .take_while(|&(_, c)| !"\n。!?;\u{1}".contains(c))
        .take(32)
        .filter(move |&(_, c)| {
            let starts = last_space && c.is_ascii_graphic();
            last_space = !c.is_ascii_graphic() || ":=\"'".contains(c);
            starts
        })
        .filter(move |&(start, _)| {
            shape.is_match(&look[..start]) && !SPEAKS_OF_OTHER.is_match(&look[..start])
        })
        .map(|(start, _)| start)
}

fn value_at(view: &str, start: usize, link: Link) -> Option<Value<'_>> {
    pattern! {
        QUOTED = r#"^"([^"\n\x01]{1,64})"|^'([^'\n\x01]{1,64})'|^`([^`\n\x01]{1,64})`"#;
    }
    let look = after(view, start, LOOK);
    if let Some(quoted) = QUOTED
        .captures(look)
        .and_then(|found| found.get(1).or(found.get(2)).or(found.get(3)))
    {
        let range = start + quoted.start()..start + quoted.end();
        return Some(Value {
            link,
            text: &view[range.clone()],
            rest: &look[quoted.end() + 1..],
            range,
            quoted: true,
        });
    }
    let run = look
        .find(|c: char| !c.is_ascii_graphic())
        .unwrap_or(look.len());
    let mut end = match link {
        Link::Field => passphrase(look, true).unwrap_or(run),
        Link::Says => passphrase(look, false).unwrap_or(run),
        Link::Loose => run,
    };
    if end == run {
        let text =
            look[..run].trim_end_matches([',', ';', ':', ')', ']', '}', '"', '\'', '>', '`']);
        // A dot ends a sentence, unless it stands in a word.
        end = text.trim_end_matches(['.', '?']).len();
    }
    (end > 0).then(|| Value {
        link,
        text: &look[..end],
        range: start..start + end,
        rest: &look[end..],
        quoted: false,
    })
}

/// The length of a passphrase of several words: three or more without one that makes a sentence.
/// Behind a colon some may be such as reports are made of.
fn passphrase(look: &str, after_colon: bool) -> Option<usize> {
    let is_word = |word: &&str| word.len() > 1 && is_one_case(word) && !reads_as_grammar(word);
    let end = look
        .find(|c: char| c != ' ' && !c.is_ascii_alphabetic())
        .unwrap_or(look.len());
    let words: Vec<_> = look[..end].split(' ').take_while(is_word).collect();
    let everyday = words.iter().filter(|word| is_everyday(word)).count();
    let few = if after_colon {
        everyday * 2 < words.len()
    } else {
        everyday == 0 && !words.iter().any(|word| reads_as_status(word))
    };
    (words.len() >= 3 && few).then(|| words.iter().map(|word| word.len() + 1).sum::<usize>() - 1)
}

/// Whether a sentence, a line or a part of one ends here.
fn clause_ends(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\t', '"', '\''])
        .chars()
        .next()
        .is_none_or(|c| "\n.,;!?。()]}\u{1}".contains(c))
}

impl Value<'_> {
    /// Whether it is what the word says, rather than speech about it.
    pub(super) fn is_password(&self) -> bool {
        if self.is_no_value() {
            return false;
        }
        match self.link {
            Link::Loose => self.is_quoted_word() || self.is_loosely_secret(),
            Link::Field | Link::Says if self.quoted => self.text.chars().count() >= 3,
            Link::Field | Link::Says if self.is_letters() => {
                self.text.len() >= 4 && !reads_as_status(self.text) && self.is_said_whole()
            }
            Link::Field | Link::Says if self.text.contains(' ') => true,
            Link::Field => self.text.len() >= 3 && !unit_follows(self.rest) && !is_count(self.text),
            // A birthday is a password as good as any, once the sentence says so.
            Link::Says if self.text.len() == 8 && self.is_digits() => {
                !unit_follows(self.rest) && clause_ends(self.rest)
            }
            Link::Says => {
                self.text.len() >= 4 && !unit_follows(self.rest) && !is_ordinary_value(self.text)
            }
        }
    }

    /// Whether it is a key: longer than a password, and mixed.
    pub(super) fn is_key(&self) -> bool {
        const KEY_MIN: usize = 8;
        let text = self.text;
        let has = |test: fn(&u8) -> bool| text.as_bytes().iter().any(test);
        let letters = has(u8::is_ascii_alphabetic);
        let mixed = letters && has(u8::is_ascii_digit)
            || has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
        let long_letters = self.link == Link::Field
            && text.len() >= 16
            && letters
            && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        !self.is_no_value()
            && text.len() >= KEY_MIN
            && (mixed || long_letters || self.quoted && self.link == Link::Field)
            && (self.link == Link::Field || !is_ordinary_value(text))
            && (self.link != Link::Loose || self.is_loosely_secret())
            && !reads_as_status(text)
    }

    /// Whether a word is all that is said, and no sentence begins with it: `my password is sunshine
    /// and it fails`, not `my password is case sensitive`.
    fn is_said_whole(&self) -> bool {
        const GOES_ON: &[&str] = &[
            "and", "but", "or", "which", "please", "pls", "plz", "help", "thanks", "what", "why",
            "if", "when", "so", "because", "since", "all",
        ];
        let rest = self.rest.trim_start_matches([' ', '\t']);
        let next = rest.split(' ').next().unwrap_or_default();
        let chinese = rest.starts_with(is_chinese);
        clause_ends(self.rest)
            || self.text.len() >= 5
                && (GOES_ON.iter().any(|word| word.eq_ignore_ascii_case(next))
                    || chinese && is_one_case(self.text))
    }

    /// Syllables of spelled Chinese and nothing else, with which a clause ends.
    fn is_pinyin(&self) -> bool {
        pattern! {
            SYLLABLES = r"^(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:i?ang|iong|ueng|u?ang|u?eng|i?ong|i?ao|u?ai|u?an|i?an|i?en|in|ing|i[aeu]|u[aeion]|ou|ei|ao|ai|an|en|er|ve?|[aoeiu]))+$";
        }
        self.text.len() >= 6
            && is_one_case(self.text)
            && SYLLABLES.is_match(&self.text.to_ascii_lowercase())
            && !reads_as_status(self.text)
            && self.is_said_whole()
    }

    pub(super) fn is_loosely_secret(&self) -> bool {
        self.text.contains(|c: char| c.is_ascii_digit())
            && self.text.len() >= if self.is_digits() { 4 } else { 5 }
            && !is_ordinary_value(self.text)
            && !is_year(self.text)
            && !unit_follows(self.rest)
    }

    /// One word in quotes at the end of a clause: `the password "sunflower"`, not `the password
    /// "reset" button`.
    fn is_quoted_word(&self) -> bool {
        self.quoted
            && self.is_letters()
            && self.text.len() >= 6
            && !reads_as_status(self.text)
            && clause_ends(self.rest)
    }

    fn is_digits(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn is_letters(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_alphabetic())
    }

    /// Asterisks and the like, or 忘记了 in quotes.
    fn is_no_value(&self) -> bool {
        pattern! {
            NONE = r"^(?:[*•·.xX_\-#?/]+|\.\.\.|n/a|<[^>]*>?|.*(?:错误|不正确|无效|忘记|失败|不对|过期|修改|重置|找回|登录|输入|设置|强度|太短|太弱|wrong|incorrect|invalid|forgot|reset|expired|failed).*)$";
        }
        NONE.is_match(self.text)
    }
}

/// A value that ordinary text explains: a version, a model, a date, a word with a number. Digits
/// alone are explained only by a date or a count.
fn is_ordinary_value(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.iter().all(u8::is_ascii_digit) {
        return text.len() < 4 || super::number::is_compact_date(text);
    }
    if bytes
        .iter()
        .all(|byte| byte.is_ascii_digit() || b".:/-,+%~".contains(byte))
    {
        return true;
    }
    is_ordinary_beside(text)
}

/// `8-20`, `6.55.0`: numbers that stand for themselves even after a colon.
fn is_count(text: &str) -> bool {
    let numbers = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b".,:/-+~".contains(&byte));
    numbers && text.bytes().any(|byte| !byte.is_ascii_digit())
        || text.len() < 4 && text.parse::<u32>().is_ok()
}

/// All capitals, or all small.
fn is_one_case(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase())
        || word.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

fn reads_as_status(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    is_everyday(&lower)
        || lower.len() > 5
            && ["ed", "ing", "able", "ible"]
                .iter()
                .any(|end| lower.ends_with(end))
}

/// Words of sentences, which stand in no passphrase that is made of nouns.
fn reads_as_grammar(word: &str) -> bool {
    const GRAMMAR: &[&str] = &[
        "the", "is", "are", "was", "were", "be", "it", "its", "my", "your", "you", "we", "they",
        "and", "or", "not", "no", "to", "for", "of", "in", "on", "at", "with", "from", "that",
        "this", "have", "has", "had", "but", "if", "please", "must", "should", "can", "cannot",
        "will", "do", "does", "did", "an", "as", "by", "when", "never", "still", "least", "than",
        "more", "only", "any", "all", "same",
    ];
    GRAMMAR.contains(&&*word.to_ascii_lowercase())
}
