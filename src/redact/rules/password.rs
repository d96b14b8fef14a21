//! What a password is here: a value beside its word. "I forgot my password" has the word alone.

use std::ops::Range;

use super::beside::{Value, next_item, other_value, value_after, value_before, value_behind};
use super::{after, before, pattern, shift};

/// Values beside password, passphrase, PIN, 密码, 口令, the anti-phishing code (with it, a false
/// message passes for OKX's), and the password in an address.
pub(crate) fn find(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    pattern! {
        WORD = r"(?x)密\x20?码|密[吗马嗎匙]|防钓鱼码|通行码|暗号|(?i:(?-u:\b)pin码|(?-u:\b)mima(?-u:\b))|(?i:(?-u:\b)anti[\x20-]?phishing\x20code(?-u:\b))|密\x20?碼|口令|(?i:(?-u:\b)(?:pass[\x20_-]?words?|pas{1,2}w(?:or?d?|r?d)?|passowrd|passord|psswrd|pass?wrd|paswd|pswd|pword|psw|p/w|passwd|pwd|pass[\x20_-]?phrases?|passcode|pin(?:[\x20-]?code)?|pw)(?-u:\b)|_(?:password|passwd|pwd|pass)(?-u:\b))|(?i:(?-u:\b)pass)[\x20]?[:=]|(?i:(?-u:\b)mm)[:=是]|(?i:(?-u:\b)my\x20pass(?-u:\b))";
        // "… and the new one is 5678", behind a value.
        ANOTHER = r"^[\x20\t]?[,;]?[\x20\t]?(?:(?i:(?:(?:and|but|then)\x20)?(?:(?:the|my)\x20)?(?:new|old|other|second)(?:\x20(?:one|pin|password))?\x20(?:is|was))\x20|(?:新|旧|舊|另一个)(?:的|密码)?(?:是|为)\x20?)";
        // "sunflower" is the password
        QUOTED_BEFORE = r#"["']([^"'\n\x01]{4,64})["']\x20?(?:(?i:is|was|as|for)\x20(?i:(?:my|the|our|their|a)\x20)?(?:[a-zA-Z]{2,8}\x20)?|(?:就?是|作为|当作?)我?的?[^"'\n.。!?;\x01]{0,4}?)$"#;
        CLAUSE_ENDS = r"^[\x20\t]?(?:[,.;!?。\n]|$|(?i:and|but)(?-u:\b))";
        IN_ADDRESS = r"://[^/ \t\n:@\x01]{1,64}:([^/ \t\n@\x01]{3,64})@";
    }
    let mut read_to = 0;
    for word in WORD.find_iter(view) {
        // A list that one word heads may hold the word again.
        if word.start() < read_to {
            continue;
        }
        let line = before(view, word.start(), 112);
        let quoted = QUOTED_BEFORE.captures(line);
        if let Some(value) = quoted.and_then(|quoted| quoted.get(1))
            && CLAUSE_ENDS.is_match(after(view, word.end(), 8))
        {
            report(shift(&value.range(), word.start() - line.len()));
        }
        if let Some(range) = value_before(view, word.range()) {
            report(range);
        }
        // "pass" is a word like any other, so its colon belongs to the pattern.
        let link = word.as_str().len() - word.as_str().trim_end_matches([':', '=', '是']).len();
        let end = word.end() - link;
        let mut value = value_after(view, end);
        while let Some(secret) = value.filter(Value::is_password) {
            read_to = secret.range.end;
            report(secret.range);
            let another = ANOTHER.find(after(view, read_to, 48));
            value = match another {
                Some(link) => value_behind(view, read_to + link.end()),
                None => other_value(view, read_to).or_else(|| next_item(view, read_to)),
            };
        }
    }
    for found in IN_ADDRESS.captures_iter(view) {
        if let Some(value) = found.get(1) {
            report(value.range());
        }
    }
}
