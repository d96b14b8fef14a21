//! What a password is here: a value beside its word. "I forgot my password" has the word alone.

use std::ops::Range;

use super::beside::{Value, next_item, value_after};
use super::pattern;

/// Values beside password, passphrase, PIN, 密码, 口令, and the password in an address.
pub(crate) fn find(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    pattern! {
        WORD = r"(?x)密\x20?码|密\x20?碼|口令|(?i:(?-u:\b)(?:pass[\x20_-]?words?|passwd|pwd|pass[\x20_-]?phrases?|passcode|pin(?:[\x20-]?code)?|pw)(?-u:\b)|_(?:password|passwd|pwd|pass)(?-u:\b))|(?i:(?-u:\b)pass)[\x20]?[:=]";
        IN_ADDRESS = r"://[^/ \t\n:@\x01]{1,64}:([^/ \t\n@\x01]{3,64})@";
    }
    let mut read_to = 0;
    for word in WORD.find_iter(view) {
        // A list that one word heads may hold the word again.
        if word.start() < read_to {
            continue;
        }
        // "pass" is a word like any other, so its colon belongs to the pattern.
        let end = word.end() - usize::from(word.as_str().ends_with([':', '=']));
        let mut value = value_after(view, end);
        while let Some(secret) = value.filter(Value::is_password) {
            read_to = secret.range.end;
            report(secret.range);
            value = next_item(view, read_to);
        }
    }
    for found in IN_ADDRESS.captures_iter(view) {
        if let Some(value) = found.get(1) {
            report(value.range());
        }
    }
}
