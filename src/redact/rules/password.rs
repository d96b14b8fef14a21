//! What a password is here: a value beside its word. "I forgot my password" has the word alone.
//!
//! People speak of passwords far more often than they give them away, so how firmly word and value
//! are linked decides how much the value must look like one.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::everyday::{is_everyday, is_mixed, is_ordinary_beside, is_year, unit_follows};
use super::labels::{Label, Page, Sort, points_back};
use super::link::{Link, Place, known_word};
use super::number::is_compact_date;
use super::{after, before, one_of, pattern};
use crate::text::is_chinese;

/// What so many people choose that it needs no second look.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../words/passwords.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// A candidate beside a word.
pub(super) struct Value<'a> {
    link: Link,
    far: bool,
    /// Whether the word before it is Chinese, behind which Latin letters stand out.
    chinese: bool,
    text: &'a str,
    /// Where it stands in the view.
    pub(super) range: Range<usize>,
    /// What follows it.
    rest: &'a str,
    quoted: bool,
}

/// Values beside password, passphrase, PIN, 密码, 口令, the anti-phishing code (with it, a false
/// message passes for OKX's), and the password in an address.
pub(crate) fn find(page: &Page, report: &mut dyn FnMut(Range<usize>)) {
    pattern!(IN_ADDRESS);
    let view = page.text;
    let mut read_to = 0;
    for label in page.labels(|sort| matches!(sort, Sort::Password | Sort::MaybePassword)) {
        // A list that one word heads may hold the word again.
        if label.range.start < read_to {
            continue;
        }
        if let Some(range) = value_before(page, label) {
            report(range);
        }
        if let Some(range) = chinese_value(view, label.range.end) {
            report(range);
        }
        let mut value = values(page, label).find(|value| value.is_password(label.sort));
        while let Some(secret) = value {
            read_to = secret.range.end;
            let (chinese, range) = (secret.chinese, secret.range);
            report(range);
            value = next(view, read_to, chinese);
        }
    }
    if !view.contains("://") {
        return;
    }
    for found in IN_ADDRESS.captures_iter(view) {
        if let Some(value) = found.get(1) {
            report(value.range());
        }
    }
}

/// 口令：芝麻开门. A few characters behind a colon, none of those that speak about passwords.
fn chinese_value(view: &str, end: usize) -> Option<Range<usize>> {
    const ABOUT: &str = "忘错误改设置输入登录重找不没未无已正确是的了字母数符号位强弱保存显示空有效过期同上对密码验证请须要能可以什么怎吗呢和与或暂先长短度提交至少";
    let look = after(view, end, 48)
        .strip_prefix(':')?
        .trim_start_matches([' ', '"']);
    let value = look
        .find(|c| !is_chinese(c))
        .map_or(look, |end| &look[..end]);
    let fits = (2..=8).contains(&value.chars().count()) && !value.contains(|c| ABOUT.contains(c));
    let start = end + after(view, end, 48).find(value)?;
    let ends = clause_ends(&look[value.len()..]) || look[value.len()..].starts_with(' ');
    (fits && ends).then(|| start..start + value.len())
}

/// The candidates behind a word, up to the next word that names something.
pub(super) fn values<'a>(page: &'a Page, label: &Label) -> impl Iterator<Item = Value<'a>> {
    let view = page.text;
    let end = label.range.end;
    let chinese = !view[..end].ends_with(|c: char| c.is_ascii());
    page.places(label)
        .filter_map(move |place| value_at(view, place, chinese))
        .filter(|value| !value.is_digits() || !page.is_harmless(&value.range))
}

fn same(sort: Sort) -> bool {
    matches!(
        sort,
        Sort::Password | Sort::MaybePassword | Sort::Key | Sort::PrivateKey | Sort::HarmlessNext
    )
}

/// One more value behind one: `hunter2 or hunter3`, an item of a list, "and the new one is 5678".
fn next(view: &str, at: usize, chinese: bool) -> Option<Value<'_>> {
    pattern!(ANOTHER, OR, ITEM);
    let look = after(view, at, 48);
    let read = |link: &regex::Match, firm| {
        value_at(
            view,
            Place {
                at: at + link.end(),
                link: firm,
                far: false,
            },
            chinese,
        )
    };
    if let Some(link) = ANOTHER.find(look) {
        return read(&link, Link::Says).filter(|value| value.is_password(Sort::Password));
    }
    if let Some(link) = OR.find(look) {
        return read(&link, Link::Near)
            .filter(|value| is_mixed(value.text) && value.is_loosely_secret());
    }
    let link = ITEM.find(look)?;
    read(&link, Link::Field).filter(|value| value.is_password(Sort::Password))
}

/// The value that stands before its word: liwei888 is my password, 用 liwei888 登录说密码错误.
fn value_before(page: &Page, label: &Label) -> Option<Range<usize>> {
    pattern!(USED);
    let view = page.text;
    let line = before(view, label.range.start, 64);
    // A value before another word belongs to that, and a sentence ends with a sign and a space.
    let other = page
        .nearest(label.range.start)
        .filter(|other| same(other.sort));
    let other = other.map_or(0, |other| {
        (other.range.end + line.len()).saturating_sub(label.range.start)
    });
    let ends = ["。", "! ", "? ", "; ", ". ", "\u{1}"].into_iter();
    let ends = ends.filter_map(|end| Some(line.rfind(end)? + end.len()));
    let sentence = &line[ends.max().unwrap_or_default().max(other)..];
    if !sentence.contains(|c: char| c.is_ascii_graphic()) {
        return None;
    }
    let offset = label.range.start - sentence.len();
    // The last run that is more than words.
    let mut end = sentence.len();
    while end > 0 {
        let run = sentence[..end].trim_end_matches(|c: char| !c.is_ascii_graphic());
        let start = run.rfind(|c: char| !c.is_ascii_graphic()).map_or(0, |at| {
            at + run[at..].chars().next().map_or(1, char::len_utf8)
        });
        if start == run.len() {
            return None;
        }
        let token = &run[start..];
        let left = token.len() - token.trim_start_matches(['"', '\'', '`', '(', ',']).len();
        let text = token[left..].trim_end_matches(['"', '\'', '`', ')', ',', '.', '(', '<', '-']);
        let range = offset + start + left..offset + start + left + text.len();
        let quoted = left > 0 && token[left + text.len()..].starts_with(['"', '\'', '`']);
        let gap = &sentence[start + left + text.len()..];
        let gap = gap.trim_start_matches(['"', '\'', '`']);
        end = start;
        if text.len() < 4 {
            continue;
        }
        let used = USED.is_match(&sentence[..start + left]);
        let points = points_back(gap) && gap.len() <= 28;
        if !used && !points && !quoted {
            continue;
        }
        let value = Value {
            link: if points { Link::Says } else { Link::Near },
            far: false,
            chinese: false,
            text,
            range: range.clone(),
            rest: "",
            quoted,
        };
        let own = page
            .nearest(label.range.start)
            .is_none_or(|nearest| nearest.range.end <= range.end);
        if own && !value.is_no_value() && !value.is_a_name() {
            let mixed = is_mixed(text) && text.len() >= 6 && value.is_loosely_secret();
            let known = value.is_common() || value.is_pinyin() || is_birthday(text);
            // sunflower is my password
            let named = sentence[..start]
                .trim_end()
                .rsplit(' ')
                .next()
                .is_some_and(reads_as_grammar);
            let word = !named
                && value.is_letters()
                && text.len() >= 5
                && is_one_case(text)
                && !reads_as_status(text)
                && clause_ends(&view[label.range.end..])
                && sentence[start + left + text.len()..].len() <= 24;
            let mine = points_back(gap) && (gap.contains("my") || gap.contains("我的"));
            let linked = points || used;
            if mixed && (linked || gap.trim().is_empty())
                || known && linked
                || word && (points && (quoted || used) || mine)
            {
                return Some(range);
            }
        }
    }
    None
}

fn value_at(view: &str, place: Place, chinese: bool) -> Option<Value<'_>> {
    let Place { at, link, far } = place;
    let look = after(view, at, 200);
    let value = |range: Range<usize>, rest, quoted| Value {
        link,
        far,
        chinese,
        text: &view[range.clone()],
        range,
        rest,
        quoted,
    };
    if let Some(quote) = look.chars().next().filter(|c| "\"'`".contains(*c)) {
        let inner = look[1..].find([quote, '\n', '\u{1}']);
        if let Some(length) =
            inner.filter(|end| (1..64).contains(end) && look[end + 1..].starts_with(quote))
        {
            return Some(value(at + 1..at + 1 + length, &look[length + 2..], true));
        }
    }
    let run = look
        .find(|c: char| !c.is_ascii_graphic() && !is_accented(c))
        .unwrap_or(look.len());
    let phrase = match link {
        Link::Field if !far => passphrase(look, true),
        Link::Says if !far => passphrase(look, false),
        _ => None,
    };
    let end = phrase.unwrap_or_else(|| {
        let run = &look[..run];
        // In an address, only what this name has.
        let run = match view[..at].strip_suffix('=') {
            Some(_) => run.split('&').next().unwrap_or(run),
            None => run,
        };
        // A comma is a sentence's rather than a password's.
        let comma = run.find(',').filter(|comma| *comma > 3);
        let text = run[..comma.unwrap_or(run.len())]
            .trim_end_matches([',', ';', ':', '}', '"', '\'', '>', '`', '[', '(', '<', '{']);
        let text = unopened(text);
        // A dot ends a sentence, unless it stands in a word.
        text.trim_end_matches(['.', '?', ',']).len()
    });
    (end > 0).then(|| value(at..at + end, &look[end..], false))
}

/// Letters that passwords hold elsewhere.
fn is_accented(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{4ff}' | '\u{370}'..='\u{3ff}')
}

/// Without the closing brackets that were opened before it.
fn unopened(text: &str) -> &str {
    let mut text = text;
    for (open, close) in [('(', ')'), ('[', ']')] {
        while text.ends_with(close) && text.matches(close).count() > text.matches(open).count() {
            text = &text[..text.len() - 1];
        }
    }
    text
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

fn is_birthday(text: &str) -> bool {
    text.len() == 8
        && (is_compact_date(text) || is_compact_date(&format!("{}{}", &text[4..], &text[..4])))
}

impl Value<'_> {
    /// Whether it is what the word says, rather than speech about it.
    fn is_password(&self, sort: Sort) -> bool {
        if self.text.len() < 3 || self.is_no_value() {
            return false;
        }
        let firm = matches!(self.link, Link::Field | Link::Says) && !self.far;
        if sort == Sort::MaybePassword
            && !(self.link == Link::Field && !self.far
                || self.link >= Link::Next && is_mixed(self.text))
        {
            return false;
        }
        if firm && self.quoted {
            return self.text.chars().count() >= 3;
        }
        if self.quoted && (self.is_letters() || self.text.contains(' ')) {
            return self.is_quoted_word();
        }
        if self.is_letters() {
            return self.is_plain_word(firm);
        }
        if self.is_digits() {
            return self.is_number(firm);
        }
        if firm && self.text.contains(' ') {
            return true;
        }
        match self.link {
            Link::Field if firm => !self.is_counted() && !is_count(self.text) && !self.is_a_name(),
            Link::Says if firm => {
                self.text.len() >= 4 && !self.is_counted() && !is_ordinary_value(self.text)
            }
            Link::Below if !is_mixed(self.text) => false,
            _ => self.is_loosely_secret() && !self.is_a_name(),
        }
    }

    /// A word as a password: where the sentence says so, or where it is one that many people choose.
    fn is_plain_word(&self, firm: bool) -> bool {
        if self.text.len() < 4
            || reads_as_status(self.text) && !(self.is_pinyin() || self.is_common())
        {
            return false;
        }
        let says = matches!(self.link, Link::Field | Link::Says);
        if self.link == Link::Below {
            return !self.far
                && self.is_common()
                && (self.rest.is_empty() || self.rest.starts_with('\n'));
        }
        if firm {
            return self.is_said_whole() || self.is_common() || self.is_pinyin();
        }
        // 密码我记得是woaini, 密码 sunshine 不对: behind Chinese, small Latin letters stand out.
        if self.chinese
            && (self.link >= Link::Next || says)
            && is_one_case(self.text)
            && self.text.len() >= 5
        {
            return !is_everyday(self.text)
                && (self.is_common()
                    || self.is_pinyin()
                    || self.is_said_whole() && self.text.len() >= 6);
        }
        let told = says || self.link == Link::Next || self.chinese;
        told && self.is_said_whole() && (self.is_common() || self.is_pinyin())
            || self.chinese && self.is_pinyin()
    }

    /// Digits: a PIN, a birthday.
    fn is_number(&self, firm: bool) -> bool {
        if self.text.len() < 4 || self.is_counted() {
            return false;
        }
        if self.link == Link::Field && firm {
            return true;
        }
        if is_birthday(self.text) {
            let ends = self.chinese && clause_ends(self.rest) && !self.text.starts_with("202");
            return self.link >= Link::Next || ends;
        }
        firm || self.is_loosely_secret()
            && (!self.far || self.link >= Link::Says || self.text.len() >= 6)
    }

    /// Whether it is a key: longer than a password, and mixed.
    pub(super) fn is_key(&self) -> bool {
        const KEY_MIN: usize = 8;
        let text = self.text;
        let field = self.link == Link::Field;
        let has = |test: fn(&u8) -> bool| text.as_bytes().iter().any(test);
        let letters = has(u8::is_ascii_alphabetic);
        let mixed = letters && has(u8::is_ascii_digit)
            || has(u8::is_ascii_lowercase)
                && has(u8::is_ascii_uppercase)
                && (field || text.len() >= 16);
        let long_letters = field
            && text.len() >= 16
            && letters
            && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        !self.is_no_value()
            && text.len() >= KEY_MIN
            && (mixed || long_letters || self.quoted && field)
            && (field && !self.far || !is_ordinary_value(text))
            && (field || self.link == Link::Says || self.is_loosely_secret())
            && !self.is_a_name()
            && !reads_as_status(text)
    }

    /// Whether a word is all that is said, and no sentence begins with it: `my password is sunshine
    /// and it fails`, not `my password is case sensitive`.
    fn is_said_whole(&self) -> bool {
        let rest = self.rest.trim_start_matches([' ', '\t']);
        let chinese = rest.starts_with(|c: char| !c.is_ascii() && c.is_alphabetic());
        clause_ends(self.rest)
            || self.text.len() >= 5 && (self.goes_on() || chinese && is_one_case(self.text))
    }

    /// Whether a sentence goes on behind it that speaks of a password.
    fn goes_on(&self) -> bool {
        let next = self.rest.trim_start_matches([' ', '\t']);
        let next = next.split(' ').next().unwrap_or_default();
        one_of("goes-on", &next.to_ascii_lowercase())
    }

    /// Syllables of spelled Chinese and nothing else.
    fn is_pinyin(&self) -> bool {
        pattern!(SYLLABLES);
        self.text.len() >= 6
            && is_one_case(self.text)
            && !is_everyday(self.text)
            && SYLLABLES.is_match(&self.text.to_ascii_lowercase())
            && (self.chinese || self.is_said_whole())
    }

    fn is_common(&self) -> bool {
        COMMON.contains(self.text.to_ascii_lowercase().as_str())
    }

    fn is_loosely_secret(&self) -> bool {
        self.text.contains(|c: char| c.is_ascii_digit())
            && self.text.len() >= if self.is_digits() { 4 } else { 5 }
            && !is_ordinary_value(self.text)
            && !is_year(self.text)
            && !self.is_a_name()
            && !self.is_counted()
    }

    /// Whether it is a number of something.
    fn is_counted(&self) -> bool {
        !self.text.contains(|c: char| c.is_ascii_alphabetic()) && unit_follows(self.rest)
    }

    /// `verification2`, `user_id=3`: words of a program.
    fn is_a_name(&self) -> bool {
        let call = || {
            self.text
                .find('(')
                .is_some_and(|open| open > 0 && self.text.ends_with(')'))
        };
        pattern!(LINE);
        self.text.contains("://")
            || call()
            || LINE.is_match(self.text)
            || known_word(self.text).is_some_and(|(end, _)| end == self.text.len())
    }

    /// One word in quotes at the end of a clause: `the password "sunflower"`, not `the password
    /// "reset" button`.
    fn is_quoted_word(&self) -> bool {
        self.quoted
            && self.text.len() >= 6
            && !self.text.split(' ').any(reads_as_status)
            && (clause_ends(self.rest) || self.goes_on())
            && (self.link == Link::Next || self.link == Link::Near && !self.far)
    }

    fn is_digits(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn is_letters(&self) -> bool {
        self.text.chars().all(|c| c.is_alphabetic() || c == '\'')
    }

    /// Asterisks and the like, or 忘记了 in quotes.
    fn is_no_value(&self) -> bool {
        pattern!(NONE);
        NONE.is_match(self.text)
    }
}

/// A value that ordinary text explains: a version, a model, a date, a word with a number. Digits
/// alone are explained only by a date or a count.
fn is_ordinary_value(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.iter().all(u8::is_ascii_digit) {
        return text.len() < 4 || is_compact_date(text);
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
}

/// All capitals, or all small.
fn is_one_case(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase())
        || word.bytes().all(|byte| byte.is_ascii_uppercase())
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
    one_of("grammar", &word.to_ascii_lowercase())
}
