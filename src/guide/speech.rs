//! What no text of a guide may say: an address that is not OKX's, however it is written, and a
//! request to hand over a secret.
//!
//! Both are rules of thumb over words, in Chinese and English. They are meant to err towards a
//! finding: an author can say a thing in other words, a reader who is cheated loses everything.

use crate::text::width;

/// A host or an address in a text that is not plainly on okx.com, if there is one.
pub fn foreign_address(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        while at < chars.len() && (is_label(chars[at]) || is_dot(chars[at])) {
            at += 1;
        }
        if at == start {
            at += 1;
        } else if let Some(host) = host_in(&chars, start, at) {
            let is_okx = host.iter().collect::<String>();
            if !(is_okx == "okx.com" || is_okx.ends_with(".okx.com")) {
                return Some(is_okx);
            }
        }
    }
    let lower = text.to_lowercase();
    let mut rest = lower.as_str();
    while let Some(at) = rest.find("://") {
        let scheme = rest[..at].rfind(|c: char| !c.is_ascii_alphanumeric());
        let start = scheme.map_or(0, |n| {
            n + rest[n..].chars().next().map_or(1, char::len_utf8)
        });
        let is_end = |c: char| c.is_whitespace() || is_wide(c) || "\"<>“”‘’，。；)".contains(c);
        let end = rest[at..].find(is_end).map_or(rest.len(), |n| at + n);
        let address = rest[start..end].trim_end_matches(['.', ',', ';', '!', '?', ':', '\'']);
        if !super::check::is_okx_address(address) {
            return Some(address.to_owned());
        }
        rest = &rest[end..];
    }
    None
}

fn is_dot(c: char) -> bool {
    matches!(c, '.' | '．' | '。' | '｡' | '․' | '﹒')
}

fn is_label(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_' || c == '－'
}

/// Whether it is as wide as a Chinese character, once full-width Latin is put aside.
fn is_wide(c: char) -> bool {
    let mut one = [0; 4];
    plain(c) == c && c.is_alphanumeric() && width(c.encode_utf8(&mut one)) == 2
}

/// The host in a run of labels and dots, if it looks like one.
fn host_in(chars: &[char], start: usize, end: usize) -> Option<Vec<char>> {
    // The last dot that stands between two labels, and the labels around it.
    let dots: Vec<usize> = (start..end).filter(|n| is_dot(chars[*n])).collect();
    let joins =
        |n: usize| n > start && n + 1 < end && is_label(chars[n - 1]) && is_label(chars[n + 1]);
    for &dot in dots.iter().rev().filter(|n| joins(**n)) {
        // Chinese behind a host is the sentence that goes on.
        let tail = (dot + 1..end).take_while(|n| is_label(chars[*n]));
        let tail: Vec<char> = tail.map(|n| chars[n]).collect();
        let top: String = tail
            .iter()
            .take_while(|c| !is_wide(**c))
            .map(|c| plain(*c))
            .collect();
        let name: Vec<char> = (start..dot)
            .rev()
            .take_while(|n| is_label(chars[*n]))
            .map(|n| chars[n])
            .collect();
        if !is_top_level(&top, &tail, chars[dot], &name) {
            continue;
        }
        // Chinese before a Latin name is the sentence that came before; a name of nothing but
        // Chinese is a host all the same.
        let all_wide = name.iter().all(|c| is_wide(*c));
        let mut is_last_label = true;
        let mut from = dot;
        while from > start && (is_dot(chars[from - 1]) || is_label(chars[from - 1])) {
            is_last_label &= !is_dot(chars[from]) || from == dot;
            if is_wide(chars[from - 1]) && !(is_last_label && all_wide) {
                break;
            }
            from -= 1;
        }
        let seen = if top.is_empty() {
            tail.len()
        } else {
            top.chars().count()
        };
        return Some(chars[from..=dot + seen].to_vec());
    }
    None
}

/// Whether what stands behind a dot may be a top-level domain.
fn is_top_level(top: &str, tail: &[char], dot: char, name: &[char]) -> bool {
    /// Endings of files that are no top-level domains.
    const FILES: [&str; 44] = [
        "png", "jpg", "jpeg", "gif", "webp", "heic", "heif", "bmp", "tif", "tiff", "svg", "pdf",
        "txt", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "csv", "json", "toml", "yaml", "yml",
        "xml", "html", "htm", "log", "rar", "gz", "tar", "mp4", "avi", "mkv", "mp3", "wav", "m4a",
        "apk", "ipa", "exe", "dmg", "pkg", "js", "eml",
    ];
    /// Behind a Chinese full stop a sentence may begin, so there only these.
    const COMMON: [&str; 40] = [
        "com", "net", "org", "info", "biz", "io", "cn", "co", "cc", "tv", "app", "dev", "xyz",
        "top", "vip", "site", "online", "shop", "store", "club", "live", "link", "click", "page",
        "web", "tech", "help", "support", "ai", "hk", "tw", "sg", "jp", "kr", "ru", "uk", "eu",
        "de", "finance", "exchange",
    ];
    const CHINESE: [&str; 9] = [
        "中国",
        "公司",
        "网络",
        "网址",
        "网站",
        "中文网",
        "商城",
        "集团",
        "我爱你",
    ];
    let is_full_stop = matches!(dot, '。' | '｡');
    if top.is_empty() {
        let tail: String = tail.iter().collect();
        let named = name.len() > 1 && name.iter().any(|c| c.is_alphabetic());
        return !is_full_stop && named && CHINESE.iter().any(|end| tail.starts_with(end));
    }
    let small = top.to_lowercase();
    if small.starts_with("xn--") {
        return true;
    }
    let letters = top.chars().all(char::is_alphabetic);
    if !letters || top.chars().count() < 2 || top.chars().count() > 24 {
        return false;
    }
    if FILES.contains(&small.as_str()) {
        return false;
    }
    !is_full_stop || COMMON.contains(&small.as_str()) && top != "App"
}

/// A letter as it looks: full-width, mathematical and circled Latin as plain Latin.
fn plain(c: char) -> char {
    let n = u32::from(c);
    let from = |base: char, offset: u32| char::from_u32(u32::from(base) + offset).unwrap_or(c);
    match n {
        0xff01..=0xff5e => from('!', n - 0xff01),
        0x1d400..=0x1d6a3 => match (n - 0x1d400) % 52 {
            upper @ 0..=25 => from('A', upper),
            lower => from('a', lower - 26),
        },
        0x1d7ce..=0x1d7ff => from('0', (n - 0x1d7ce) % 10),
        0x24b6..=0x24cf => from('A', n - 0x24b6),
        0x24d0..=0x24e9 => from('a', n - 0x24d0),
        _ if c == '’' => '\'',
        _ => c,
    }
}

/// A word that mixes Latin letters with Greek or Cyrillic ones, which look the same.
pub fn mixed_word(text: &str) -> Option<&str> {
    let is_other = |c: char| matches!(c, '\u{370}'..='\u{52f}');
    text.split(|c: char| !c.is_alphabetic()).find(|word| {
        word.contains(|c: char| plain(c).is_ascii_alphabetic()) && word.contains(is_other)
    })
}

/// How a secret is asked for in a text, if it is: the words.
pub fn asks_for_secret(text: &str) -> Option<String> {
    let sentences = sentences(text);
    let english: Vec<_> = sentences.iter().map(|s| english::Sentence::of(s)).collect();
    let chinese: Vec<_> = sentences.iter().map(|s| chinese::Sentence::of(s)).collect();
    for n in 0..sentences.len() {
        let before = n.checked_sub(1);
        let asked = english[n]
            .asks(before.map(|n| &english[n]))
            .or_else(|| chinese[n].asks(before.map(|n| &chinese[n])));
        if asked.is_some() {
            return asked;
        }
    }
    None
}

/// Whether the question for a value names a secret without saying that it is to be left out.
pub fn names_secret(text: &str) -> Option<String> {
    let named = |sentence: &String| {
        let named = english::Sentence::of(sentence).names();
        named.or_else(|| chinese::Sentence::of(sentence).names())
    };
    sentences(text).iter().find_map(named)
}

/// The sentences of a text, in small plain letters. What has no end is cut, so that a text of the
/// size of a file does not take the time of its square.
fn sentences(text: &str) -> Vec<String> {
    const MOST: usize = 600;
    let chars: Vec<char> = text
        .chars()
        .map(plain)
        .flat_map(char::to_lowercase)
        .collect();
    let mut sentences = vec![String::new()];
    let mut length = 0;
    for (n, &c) in chars.iter().enumerate() {
        let next = chars.get(n + 1);
        let ends = matches!(c, '!' | '?' | ';' | '。' | '…' | '\n')
            || c == '.' && next.is_none_or(|c| c.is_whitespace() || is_wide(*c) || *c == '"');
        length += 1;
        if ends || length == MOST {
            sentences.push(String::new());
            length = 0;
        }
        if let Some(last) = sentences.last_mut().filter(|_| !ends) {
            last.push(c);
        }
    }
    sentences
}

/// How bad it is to ask for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Secret {
    /// A seed phrase or a private key: there is no place where a guide may ask for it.
    Never,
    /// A password or a code: it belongs in OKX's own app and nowhere else.
    InApp,
}

mod english {
    use super::Secret;

    pub struct Sentence<'a> {
        /// Words, with `,` where a clause ends.
        words: Vec<&'a str>,
        nouns: Vec<(usize, Secret)>,
    }

    const OVER: [&str; 45] = [
        "send",
        "sending",
        "tell",
        "telling",
        "give",
        "giving",
        "provide",
        "providing",
        "submit",
        "submitting",
        "share",
        "sharing",
        "upload",
        "uploading",
        "forward",
        "forwarding",
        "dictate",
        "dictating",
        "reveal",
        "revealing",
        "disclose",
        "disclosing",
        "hand",
        "handing",
        "supply",
        "supplying",
        "reply",
        "replying",
        "respond",
        "quote",
        "attach",
        "attaching",
        "photograph",
        "photographing",
        "relay",
        "transmit",
        "surrender",
        "speak",
        "state",
        "spell",
        "report",
        "present",
        "deliver",
        "recite",
        "drop",
    ];
    const IN: [&str; 16] = [
        "enter",
        "entering",
        "type",
        "typing",
        "input",
        "inputting",
        "key",
        "keying",
        "fill",
        "filling",
        "paste",
        "pasting",
        "put",
        "putting",
        "write",
        "insert",
    ];
    /// Only of a seed phrase or a key.
    const PROVE: [&str; 17] = [
        "import",
        "importing",
        "validate",
        "validating",
        "synchronize",
        "synchronise",
        "sync",
        "verify",
        "verifying",
        "authenticate",
        "confirm",
        "confirming",
        "connect",
        "rectify",
        "prove",
        "copy",
        "copying",
    ];
    /// Verbs only where a clause begins with them and goes on with an object, or after the words
    /// below.
    const NOUNS_TOO: [&str; 6] = ["email", "mail", "message", "text", "post", "show"];
    const BEFORE_A_VERB: [&str; 8] = [
        "please", "to", "just", "must", "should", "can", "will", "you",
    ];
    const NOT: [&str; 26] = [
        "never",
        "not",
        "no",
        "nobody",
        "none",
        "nor",
        "neither",
        "without",
        "don't",
        "doesn't",
        "won't",
        "can't",
        "cannot",
        "mustn't",
        "shouldn't",
        "isn't",
        "aren't",
        "didn't",
        "dont",
        "nothing",
        "refuse",
        "avoid",
        "stop",
        "nowhere",
        "wouldn't",
        "needn't",
    ];
    /// Between a "not" and a verb, these say that the verb is not meant.
    const BUT: [&str; 40] = [
        "hesitate",
        "forget",
        "worry",
        "wait",
        "fail",
        "afraid",
        "delay",
        "only",
        "miss",
        "just",
        "please",
        "so",
        "until",
        "unless",
        "when",
        "if",
        "because",
        "while",
        "by",
        "after",
        "before",
        "once",
        "up",
        "shy",
        "reluctant",
        "fear",
        "decline",
        "reject",
        "neglect",
        "omit",
        "skip",
        "ignore",
        "instead",
        "problem",
        "risk",
        "doubt",
        "longer",
        "matter",
        "panic",
        "hesitation",
    ];
    const ASKS: [&str; 12] = [
        "asks", "ask", "asking", "asked", "wants", "want", "tells", "demands", "says", "requests",
        "requires", "urges",
    ];
    const FRAUD: [&str; 26] = [
        "scam", "scams", "scammer", "scammers", "thief", "thieves", "fraud", "fake", "steal",
        "steals", "stealing", "phishing", "trick", "close", "leave", "hang", "block", "report",
        "criminal", "crook", "ignore", "impostor", "stop", "cheat", "robbed", "swindler",
    ];
    const HIDDEN: [&str; 7] = [
        "covered",
        "hidden",
        "masked",
        "removed",
        "blacked",
        "out",
        "unreadable",
    ];
    const HIDE: [&str; 8] = [
        "without", "no", "cover", "hide", "mask", "leave", "remove", "except",
    ];
    const BAD: [&str; 26] = [
        "here",
        "website",
        "site",
        "link",
        "chat",
        "form",
        "bot",
        "telegram",
        "whatsapp",
        "wechat",
        "note",
        "below",
        "caller",
        "agent",
        "popup",
        "page",
        "group",
        "window",
        "email",
        "message",
        "colleague",
        "team",
        "us",
        "reply",
        "ticket",
        "box",
    ];

    impl<'a> Sentence<'a> {
        pub fn of(text: &'a str) -> Sentence<'a> {
            let mut words = Vec::new();
            let is_word = |c: char| c.is_alphanumeric() && !super::is_wide(c) || c == '\'';
            let mut rest = text;
            while let Some(c) = rest.chars().next() {
                let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                if end > 0 {
                    let word = rest[..end].trim_matches('\'');
                    words.push(if matches!(word, "but" | "then") {
                        ","
                    } else {
                        word
                    });
                    rest = &rest[end..];
                } else {
                    if ",，:：()（）—–、".contains(c) {
                        words.push(",");
                    }
                    rest = &rest[c.len_utf8()..];
                }
            }
            let mut sentence = Sentence {
                words,
                nouns: Vec::new(),
            };
            let all = (0..sentence.words.len()).filter_map(|n| Some((n, sentence.noun(n)?)));
            let nouns: Vec<_> = all.filter(|(n, _)| !sentence.is_left_out(*n)).collect();
            sentence.nouns = nouns;
            sentence
        }

        fn word(&self, n: usize) -> &str {
            self.words.get(n).copied().unwrap_or_default()
        }

        fn before(&self, n: usize, back: usize) -> &str {
            n.checked_sub(back).map_or("", |n| self.word(n))
        }

        fn noun(&self, n: usize) -> Option<Secret> {
            let (last, before) = (self.before(n, 1), self.before(n, 2));
            let is_number = |w: &str| {
                [
                    "twelve", "12", "fifteen", "15", "eighteen", "18", "21", "four", "24",
                ]
                .contains(&w)
            };
            match self.word(n) {
                "seed" | "seeds" | "mnemonic" | "mnemonics" | "keystore" | "phrase" | "phrases" => {
                    Some(Secret::Never)
                }
                "key" | "keys" => (last == "private" || last == "secret").then_some(Secret::Never),
                "word" | "words" => {
                    let named = [
                        "recovery", "secret", "backup", "wallet", "wallet's", "mnemonic",
                    ];
                    (named.contains(&last) || is_number(last) || is_number(before))
                        .then_some(Secret::Never)
                }
                "password" | "passwords" | "passcode" | "passcodes" | "passphrase" | "pin"
                | "pins" | "otp" | "otps" | "cvv" | "cvc" | "credentials" => Some(Secret::InApp),
                "details" | "data" => (last == "login").then_some(Secret::InApp),
                "code" | "codes" => {
                    let harmless = [
                        "error", "qr", "country", "post", "postal", "zip", "area", "source", "bar",
                        "phishing", "status", "dialing", "promo", "referral", "dialling",
                    ];
                    (!harmless.contains(&last)).then_some(Secret::InApp)
                }
                _ => None,
            }
        }

        /// The words of a clause around one of its words: where it starts and ends.
        fn clause(&self, n: usize) -> (usize, usize) {
            let start = self.words[..n]
                .iter()
                .rposition(|w| *w == ",")
                .map_or(0, |n| n + 1);
            let end = self.words[n..].iter().position(|w| *w == ",");
            (start, end.map_or(self.words.len(), |end| n + end))
        }

        /// Whether a text says that it is not about this secret, or that it is to be covered.
        fn is_left_out(&self, n: usize) -> bool {
            let (start, end) = self.clause(n);
            let not_a = |back| matches!(self.before(n, back), "isn't" | "not");
            let before = &self.words[start..n];
            let hides = |w: &&str| HIDE.contains(w);
            not_a(1)
                || not_a(2) && matches!(self.before(n, 1), "a" | "your" | "the")
                || before.iter().any(hides) && !before.iter().any(|w| BUT.contains(w))
                || self.words[n..end]
                    .iter()
                    .any(|w| HIDDEN.contains(w) && *w != "out")
                || self.words[end..].first() == Some(&",")
                    && self.words[end + 1..]
                        .iter()
                        .take(4)
                        .any(|w| *w == "covered")
        }

        fn is_verb(&self, n: usize) -> bool {
            let word = self.word(n);
            let article = [
                "the", "a", "its", "this", "which", "document", "of", "private", "secret",
            ];
            if NOUNS_TOO.contains(&word) {
                let object = ["your", "the", "us", "me", "them", "it", "a"];
                let first = n == self.clause(n).0 && object.contains(&self.word(n + 1));
                return first || BEFORE_A_VERB.contains(&self.before(n, 1));
            }
            if word == "read" || word == "reading" {
                let end = self.words.len().min(n + 7);
                return self.words[n..end]
                    .iter()
                    .any(|w| ["out", "aloud", "to", "back"].contains(w));
            }
            if article.contains(&self.before(n, 1)) {
                return false;
            }
            let next = self.word(n + 1);
            match word {
                "key" | "keying" => return next == "in",
                "hand" => return ["over", "it", "them", "your", "us", "out"].contains(&next),
                "forwarding" => return !next.starts_with("rule"),
                _ => {}
            }
            OVER.contains(&word) || IN.contains(&word) || PROVE.contains(&word)
        }

        /// Whether a text says not to do it.
        fn is_negated(&self, n: usize) -> bool {
            let (mut start, _) = self.clause(n);
            // "Never type, paste or send": what stands before the comma is of the same kind.
            let joins = |at: usize| matches!(self.word(at), "or" | "and") || self.is_verb(at);
            while (start..n).all(joins) {
                if start < 2 || !self.is_verb(start - 2) {
                    break;
                }
                if self.is_negated(start - 2) {
                    return true;
                }
                start = self.clause(start - 2).0;
            }
            // "Tell no one."
            if matches!(
                (self.word(n + 1), self.word(n + 2)),
                ("nobody", _) | ("no", "one")
            ) {
                return true;
            }
            let (start, _) = self.clause(n);
            let mut negations = 0;
            for at in (start..n).rev() {
                let word = self.word(at);
                let goes_on = word == "and" && at > start && self.is_verb(at - 1);
                if BUT.contains(&word) || word == "and" && !goes_on {
                    break;
                }
                negations += usize::from(NOT.contains(&word));
            }
            negations == 1
        }

        /// Whether it only tells what thieves do.
        fn is_told(&self, n: usize) -> bool {
            let near = self.words[n.saturating_sub(4)..n]
                .iter()
                .any(|w| ASKS.contains(w));
            near && self.words.iter().any(|w| FRAUD.contains(w))
        }

        fn worst(&self) -> Option<Secret> {
            let never = self.nouns.iter().any(|(_, s)| *s == Secret::Never);
            let first = self.nouns.first().map(|(_, s)| *s);
            if never { Some(Secret::Never) } else { first }
        }

        /// What a text asks for that a user must keep.
        pub fn asks(&self, last: Option<&Sentence<'_>>) -> Option<String> {
            let said = |n: usize| {
                self.words[n..self.words.len().min(n + 6)]
                    .join(" ")
                    .replace(" ,", ",")
            };
            self.worst().or(last.and_then(Sentence::worst))?;
            for n in 0..self.words.len() {
                let (start, end) = self.clause(n);
                // "We need your phrase", "your phrase is required", "what is your password".
                let needs = self.word(n) == "need" && matches!(self.before(n, 1), "we" | "i")
                    || self.word(n) == "needs" && self.word(n + 1) == "your"
                    || matches!(self.word(n), "required" | "needed")
                        && matches!(self.before(n, 1), "is" | "are" | "be");
                let what = matches!((self.word(n), self.word(n + 1)), ("what", "is" | "are"))
                    || self.word(n) == "what's";
                let of_yours = |at: &usize| {
                    let yours = self.words[n..*at].contains(&"your");
                    *at > n && *at < n + 6 && yours
                };
                let mut nouns = self.nouns.iter().map(|(at, _)| at).filter(|at| **at < end);
                if needs && nouns.clone().any(|at| *at >= start) && !self.is_negated(n)
                    || what && nouns.any(of_yours)
                {
                    return Some(said(start));
                }
                if !self.is_verb(n) || self.is_negated(n) || self.is_told(n) {
                    continue;
                }
                if self.words[start..n]
                    .iter()
                    .any(|w| matches!(*w, "did" | "didn't"))
                {
                    continue;
                }
                let next = &self.words[n + 1..self.words.len().min(n + 3)];
                let refers = next
                    .iter()
                    .any(|w| ["it", "them", "these", "those", "both"].contains(w));
                let earlier = last.filter(|_| refers).and_then(Sentence::worst);
                let Some(secret) = self.worst().or(earlier) else {
                    continue;
                };
                let word = self.word(n);
                let on_paper = matches!(word, "write" | "copy" | "copying")
                    && self.words.iter().any(|w| matches!(*w, "paper" | "down"));
                let proves = PROVE.contains(&word) && secret != Secret::Never;
                if on_paper
                    || proves
                    || secret == Secret::InApp && IN.contains(&word) && self.is_in_app(n)
                {
                    continue;
                }
                return Some(said(n));
            }
            None
        }

        /// Whether something is to be typed into OKX's own app, or the user tells what happened.
        fn is_in_app(&self, n: usize) -> bool {
            let first_person = self.before(n, 1) == "i";
            let own = |at: usize| {
                let word = self.word(at);
                matches!(word, "app" | "app's")
                    || word == "com" && self.before(at, 1) == "okx"
                    || word == "page" && self.before(at, 1) == "login"
            };
            let bad = |at: usize| {
                let (start, _) = self.clause(at);
                let denied = self.words[start..at].iter().any(|w| NOT.contains(w));
                BAD.contains(&self.word(at)) && !denied && !own(at)
            };
            let mut all = 0..self.words.len();
            first_person || all.clone().any(own) && !all.any(bad)
        }

        pub fn names(&self) -> Option<String> {
            let denied = |w: &&str| NOT.contains(w) || HIDE.contains(w);
            let named = self.nouns.first().map(|(n, _)| self.word(*n).to_owned());
            named.filter(|_| !self.words.iter().any(denied))
        }
    }
}

mod chinese {
    use super::Secret;

    pub struct Sentence {
        text: Vec<char>,
        /// The same, with what only looks like a negation taken out.
        masked: Vec<char>,
        nouns: Vec<(usize, Secret)>,
    }

    const NEVER: [&str; 10] = [
        "助记词",
        "助记",
        "注记词",
        "私钥",
        "恢复词",
        "恢复短语",
        "种子词",
        "种子短语",
        "密语",
        "单词",
    ];
    const IN_APP: [&str; 10] = [
        "密码",
        "验证码",
        "校验码",
        "动态码",
        "口令",
        "安全码",
        "识别码",
        "pin",
        "otp",
        "cvv",
    ];
    const OVER: [&str; 37] = [
        "发给",
        "发送",
        "发到",
        "发来",
        "发我",
        "发过",
        "发往",
        "转发",
        "转给",
        "告诉",
        "告知",
        "提供",
        "提交",
        "上传",
        "交给",
        "交出",
        "给",
        "报给",
        "报一下",
        "报出",
        "报上",
        "念给",
        "念出",
        "读给",
        "读出",
        "说出",
        "说给",
        "出示",
        "分享",
        "回复",
        "透露",
        "泄露",
        "写给",
        "拍给",
        "附上",
        "附件",
        "登记",
    ];
    const IN: [&str; 17] = [
        "输入",
        "键入",
        "录入",
        "填",
        "粘贴",
        "贴到",
        "贴进",
        "写上",
        "写在",
        "写到",
        "写进",
        "写下",
        "导入",
        "复制到",
        "输一下",
        "输进",
        "输到",
    ];
    const NOT: [&str; 14] = [
        "不", "别", "勿", "没", "未", "无需", "无须", "禁止", "拒绝", "莫", "避免", "谁也", "甭",
        "休",
    ];
    const NO_NOT: [&str; 38] = [
        "不同",
        "不对",
        "不行",
        "不了",
        "不到",
        "不通",
        "不开",
        "不上",
        "不过",
        "不一样",
        "不足",
        "不稳",
        "不清",
        "不错",
        "差不多",
        "不久",
        "不然",
        "分别",
        "特别",
        "级别",
        "别的",
        "别人",
        "个别",
        "识别",
        "没问题",
        "没事",
        "没错",
        "没关系",
        "未来",
        "不仅",
        "不只",
        "不但",
        "不光",
        "不止",
        "没用",
        "没收",
        "不动",
        "不见",
    ];
    const BUT: [&str; 20] = [
        "担心", "忘", "犹豫", "慌", "急", "怕", "只", "仅", "但", "就", "请", "然后", "而是",
        "错过", "迟疑", "等", "快", "马上", "只要", "漏",
    ];
    const ASKS: [&str; 10] = [
        "要你",
        "让你",
        "叫你",
        "要求你",
        "问你要",
        "向你要",
        "要您",
        "让您",
        "叫您",
        "劝你",
    ];
    const FRAUD: [&str; 18] = [
        "骗", "诈", "盗", "假", "小偷", "钓鱼", "挂断", "拉黑", "别理", "关掉", "关闭", "走开",
        "离开", "举报", "退出", "不理", "别信", "陷阱",
    ];
    const BAD: [&str; 19] = [
        "这里", "网站", "网页", "链接", "聊天", "表格", "下面", "备注", "群里", "电报", "微信",
        "邮件", "专员", "对方", "下方", "弹窗", "弹出", "工单", "页面",
    ];

    fn has(text: &[char], word: &str) -> bool {
        find(text, word, 0).is_some()
    }

    fn find(text: &[char], word: &str, from: usize) -> Option<usize> {
        (from..text.len()).find(|n| starts(&text[*n..], word))
    }

    fn starts(text: &[char], word: &str) -> bool {
        let mut text = text.iter();
        word.chars().all(|c| text.next() == Some(&c))
    }

    impl Sentence {
        pub fn of(text: &str) -> Sentence {
            let chinese: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
            let mut masked = chinese.clone();
            for word in NO_NOT {
                let mut from = 0;
                while let Some(at) = find(&masked, word, from) {
                    from = at + word.chars().count();
                    masked[at..from].fill('〇');
                }
            }
            let mut sentence = Sentence {
                text: chinese,
                masked,
                nouns: Vec::new(),
            };
            // English is looked at by itself.
            if !sentence.text.iter().any(|c| super::is_wide(*c)) {
                return sentence;
            }
            for (words, secret) in [(&NEVER[..], Secret::Never), (&IN_APP[..], Secret::InApp)] {
                for word in words {
                    let mut from = 0;
                    while let Some(at) = find(&sentence.text, word, from) {
                        from = at + 1;
                        if sentence.is_meant(at, word) {
                            sentence.nouns.push((at, secret));
                        }
                    }
                }
            }
            sentence
        }

        /// Whether a word is a secret of the user's here, and nothing says that it is left out.
        fn is_meant(&self, at: usize, word: &str) -> bool {
            let (start, end) = self.clause(at);
            let before: String = self.text[at.saturating_sub(3)..at].iter().collect();
            let number = ["12个", "24个", "18个", "十二个", "四个", "十八个", "15个"];
            let counted = word != "单词" || number.iter().any(|n| before.ends_with(n));
            let clause = &self.text[start..end];
            let latin = word.is_ascii()
                && (before.ends_with(|c: char| c.is_ascii_alphanumeric())
                    || self
                        .text
                        .get(at + 3)
                        .is_some_and(char::is_ascii_alphanumeric));
            let left_out = ["遮", "别写", "不写", "不要写", "不含", "不带", "没有"];
            let left_out = left_out.iter().any(|w| has(clause, w));
            counted && !latin && !before.ends_with("不是") && !left_out
        }

        fn clause(&self, at: usize) -> (usize, usize) {
            let ends = |c: &char| ",，:：()（）—".contains(*c);
            let start = self.text[..at].iter().rposition(ends).map_or(0, |n| n + 1);
            let end = self.text[at..].iter().position(ends);
            (start, end.map_or(self.text.len(), |end| at + end))
        }

        fn is_negated(&self, at: usize) -> bool {
            let (start, _) = self.clause(at);
            let before = &self.masked[start..at];
            let last = |words: &[&str]| {
                (0..before.len())
                    .rev()
                    .find(|n| words.iter().any(|w| starts(&before[*n..], w)))
            };
            match (last(&NOT), last(&BUT)) {
                (Some(not), Some(other)) => not > other,
                (not, _) => not.is_some(),
            }
        }

        fn is_told(&self, at: usize) -> bool {
            let before = &self.text[at.saturating_sub(6)..at];
            let asks = ASKS.iter().any(|w| has(before, w));
            asks && FRAUD.iter().any(|w| has(&self.text, w))
        }

        fn worst(&self) -> Option<Secret> {
            let never = self.nouns.iter().any(|(_, s)| *s == Secret::Never);
            let first = self.nouns.first().map(|(_, s)| *s);
            if never { Some(Secret::Never) } else { first }
        }

        /// What a text asks for that a user must keep.
        pub fn asks(&self, last: Option<&Sentence>) -> Option<String> {
            let said = |at: usize| {
                let end = self.text.len().min(at + 12);
                self.text[at..end].iter().collect::<String>()
            };
            self.worst().or(last.and_then(Sentence::worst))?;
            let told = FRAUD.iter().any(|w| has(&self.text, w));
            for at in 0..self.text.len() {
                let rest = &self.text[at..];
                let (start, end) = self.clause(at);
                let here = |n: &&(usize, Secret)| n.0 >= start && n.0 < end;
                let needs = starts(rest, "需要你")
                    || starts(rest, "需要您")
                    || starts(rest, "问你") && !told;
                if needs && self.nouns.iter().any(|n| here(&n)) && !self.is_negated(at) {
                    return Some(said(at));
                }
                let yours = starts(rest, "你的") || starts(rest, "您的");
                let what = ["是什么", "是多少", "是哪"];
                let asked = |n: &&(usize, Secret)| {
                    n.0 >= at && n.0 < at + 6 && what.iter().any(|w| has(&self.text[n.0..end], w))
                };
                if yours && self.nouns.iter().any(|n| asked(&n)) {
                    return Some(said(at));
                }
                let proves = ["验证", "证明", "同步", "连接", "激活", "解锁"];
                let phrase = |n: &&(usize, Secret)| {
                    here(n) && n.1 == Secret::Never && n.0 > at && n.0 < at + 6
                };
                let after = self.nouns.iter().find(|n| starts(rest, "用") && phrase(n));
                if after.is_some_and(|n| proves.iter().any(|w| has(&self.text[n.0..end], w)))
                    && !self.is_negated(at)
                {
                    return Some(said(at));
                }
                let over = OVER.iter().find(|w| starts(rest, w));
                let into = IN.iter().find(|w| starts(rest, w));
                let Some(verb) = over.or(into) else { continue };
                let behind = &rest[verb.chars().count()..];
                let past = ["过", "了"].iter().any(|w| starts(behind, w)) && *verb != "发过"
                    || starts(behind, "的");
                if past || self.is_negated(at) || self.is_told(at) {
                    continue;
                }
                let refers =
                    has(&self.text[start..end], "它") || has(&self.text[start..end], "把这");
                let earlier = last.filter(|_| refers).and_then(Sentence::worst);
                let Some(secret) = self.worst().or(earlier) else {
                    continue;
                };
                // A message that comes by itself.
                let before = self.text[..at].last().is_some_and(|c| "都会".contains(*c));
                let comes = before && !["把", "将", "请"].iter().any(|w| has(&self.text, w));
                let on_paper = has(&self.text[start..end], "纸")
                    || comes && secret == Secret::InApp && starts(rest, "发到");
                let in_app = secret == Secret::InApp && over.is_none() && self.is_in_app();
                if on_paper || in_app {
                    continue;
                }
                return Some(said(at));
            }
            None
        }

        fn is_in_app(&self) -> bool {
            let mine = |n: usize| self.text[n] == '我' && self.text.get(n + 1) != Some(&'们');
            let first_person = (0..self.text.len()).any(mine);
            let own = ["app", "okx.com", "登录页"]
                .iter()
                .any(|w| has(&self.text, w));
            let masked: String = self
                .text
                .iter()
                .collect::<String>()
                .replace("登录页面", "登录页");
            first_person || own && !BAD.iter().any(|w| masked.contains(w))
        }

        pub fn names(&self) -> Option<String> {
            let denied = ["别", "不要", "勿", "遮", "不写", "去掉"];
            let named = self
                .nouns
                .first()
                .map(|(at, _)| self.text[*at..].iter().take(3).collect());
            named.filter(|_: &String| !denied.iter().any(|w| has(&self.text, w)))
        }
    }
}
