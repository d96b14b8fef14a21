//! What a one-time code is here.
//!
//! Four to eight digits beside a word for it, or a lone group of six. Beside: after the word with
//! at most a few words between, or before it with "is" between. What names the number as something
//! else (an error code, a version, the end of a phone number, an amount) makes it no code.

use std::ops::Range;

use super::everyday::{is_mixed, is_year, unit_follows};
use super::number::is_compact_date;
use super::{after, before, pattern, shift};

/// Codes beside their word, and lone groups of six digits.
pub(crate) fn find(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    after_word(view, report);
    before_word(view, report);
    lone(view, report);
}

pattern! {
    // "error code", "QR code" and their like are matched to be passed over.
    WORD = r"(?x)
        验\x20?证\x20?码|驗證碼|校验码|校驗碼|动态码|動態碼|动态口令|动态密码|短信码|认证码|確認碼|确认码|备份码|備份碼|备用码|恢复码|(?:那个|发的|发来的|收到的)码|验证器|驗證器
        |(?i:(?-u:\b)
            (?P<other>(?:error|err|status|exit|response|return|http|country|area|dial(?:l?ing)?|post(?:al)?|zip|qr|promo|invite|invitation|referral|source|bar|currency|swift|branch|result|reason|fail(?:ure)?|colou?r|(?:app\x20)?version|build)[\x20_-]?codes?
            |codes?\x20(?:of|snippet|base))
          | (?:codes?|one[-\x20]?time\x20(?:code|password)|otp|totp|2fa|mfa|passcode|authenticator|yzm)(?-u:\b)
          | (?P<glued>codes?|otp|totp|2fa)[0-9])";

    // Words between, none that ends a sentence; or a line end after the word, a colon or "is", and
    // perhaps the first number of a list.
    GAP = r"(?x)^(?:
            [^0-9\n.。!?;\x01]{0,36}?
          | (?:[^0-9\n.。!?;\x01]{0,16}?(?:[:=,\-是为]|(?i:(?-u:\b)is)))?[\x20\t]{0,4}\n[\x20\t\n]{0,8}(?:[0-9]{1,2}[.)][\x20\t]*|[\-*][\x20\t])?
          | [^0-9\n.。!?;\x01]{0,12}?:\x20?1[.)]\x20?
        )(?P<value>[0-9]{3}[\x20-][0-9]{3}|[0-9]{4}[\x20-][0-9]{4}|[0-9]{2}\x20[0-9]{2}\x20[0-9]{2}|[0-9]{4,8})(?:[^0-9]|$)";

    // A mixed code needs to be named outright.
    MIXED = r"^(?:\x20?(?:是|为|为:|is)\x20?|\x20?[:=]\x20?)(?P<value>[A-Z0-9]{5,8})(?:[^0-9A-Za-z]|$)";

    // Those to keep for later are words of letters and digits.
    BACKUP_BEFORE = r"(?i:(?-u:\b)(?:backup|recovery)\x20)$";
    BACKUP = r"^(?:\x20?(?:是|为|[:=]|(?i:is|are)(?-u:\b)))?[\x20\n]{0,2}(?:[0-9]{1,2}[.)]\x20?|[-*]\x20)?(?P<value>[0-9A-Za-z]{4,10}(?:-[0-9A-Za-z]{4,10}){0,3})(?-u:\b)";

    // Spelled out, or one digit at a time.
    SPELLED = r"^\x20?(?:是|为|[:=]|(?i:is))?\x20?(?P<value>[零〇一二三四五六七八九两幺壹贰叁肆伍陆柒捌玖]{4,8}|[0-9](?:[.,、·][\x20]?[0-9]){5,7})(?:[^0-9零〇一二三四五六七八九两幺壹贰叁肆伍陆柒捌玖]|$)";

    // More codes of the same list.
    MORE = r"^(?:[\x20\t]?[,;/][\x20\t]?|[\x20\t]?\n[\x20\t]*|\x20(?:and|or|then)\x20|和|或|\x20{1,3})(?:[0-9]{1,2}[.):][\x20\t]*|[-*][\x20\t])?(?P<value>[0-9]{4}[\x20-][0-9]{4}|[0-9]{3}[\x20-][0-9]{3}|[0-9]{4,8})(?:[^0-9]|$)";

    // The numbers of OKX's errors (50011, 60012), and such as 10001 that others use; people say "is"
    // of a code that they were sent.
    ERROR_NUMBER = r"^[\x20:=(]{1,3}(?:[56][0-9]{4}|[1-4]00[0-9]{2})$";
    OWN_BEFORE = r"(?i:(?-u:\b)(?:my|your|sms|email|text|verification|login|security|okx|google|2fa|telegram)\x20)$";
    ANOTHER_WORD = r"(?i:(?-u:\b)code(?-u:\b))";
    NAMED_OTHERWISE = r"(?i:错误|报错|error|版本|version|build|uid|工单|ticket|订单|order|case|amount|金额|http|邮编|号码)|(?i:无效|失败|过期|不正确|不对|invalid|expired|incorrect|wrong|failed)[^(\[]{0,8}[(\[]$";
    BOUND_OTHERWISE = r"(?i:尾号|后四位|号段|来自|发到|发给|收于|(?-u:\b)(?:ending(?: in| with)?|ends in|from|since|until|before|over|about|after|than)) ?[:(]? ?$";
    ERROR_BEFORE = r"(?i:错误|报错|异常|error|err|failed|failure|失败)[\x20:_(\[-]{0,3}$";
    // "Error 403: face match failed, code 60012": a message that has begun with a number.
    ERROR_NUMBER_BEFORE = r"(?i:错误|报错|error)[\x20:]{0,2}[0-9]{3,6}(?-u:\b)[^.。!?;\n\x01]{0,40}$";
    // "code 600123: face mismatch": a number that its message explains.
    ERROR_TEXT = r"^\x20?(?:[,;]?\x20?(?i:msg|message|desc)(?-u:\b)|(?i:appears|shows|comes\x20up|pops\x20up|keeps)(?-u:\b))|^\x20?[:,)\]-]{1,2}\x20?[^\n.。!?;0-9\x01]{0,32}?(?i:mismatch|not\x20match|fail|time(?:d\x20|-)?out|denied|not\x20supported|unsupported|失败|不匹配|不一致|超时|异常)";
    TIME_WORD = r"(?i:(?-u:\b)(?:at|in|on|of|for|only|by)|在|从|自|于|到|等了|约|大约) ?$";
}

/// Digits that are spelled out.
const NUMERALS: &str = "零〇一二三四五六七八九两幺壹贰叁肆伍陆柒捌玖";

fn after_word(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    // A text may hold the word a million times, and to tell its parts takes long.
    let is_digit = |c: char| c.is_ascii_digit() || !c.is_ascii() && NUMERALS.contains(c);
    let words = WORD.find_iter(view);
    let words = words.filter(|word| after(view, word.start(), 128).contains(is_digit));
    for word in words.filter_map(|word| WORD.captures_at(view, word.start())) {
        if word.name("other").is_some() {
            continue;
        }
        // "code482913": the first digit belongs to the number, and five digits name an error.
        let glued = word.name("glued");
        let end = glued.map_or(word.get_match().end(), |word| word.end());
        let rest = after(view, end, 128);
        if glued.is_some() && rest.bytes().take_while(u8::is_ascii_digit).count() != 6 {
            continue;
        }
        if let Some(value) = SPELLED.captures(rest).and_then(|rule| rule.name("value")) {
            report(shift(&value.range(), end));
            continue;
        }
        if !after(rest, 0, 64).bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let start = word.get_match().start();
        let backup = matches!(
            word.get_match().as_str(),
            "备份码" | "備份碼" | "备用码" | "恢复码"
        ) || BACKUP_BEFORE.is_match(before(view, start, 10));
        if backup
            && let Some(value) = BACKUP.captures(rest).and_then(|rule| rule.name("value"))
            && is_mixed(value.as_str())
        {
            report_all(view, shift(&value.range(), end), report);
            continue;
        }
        // {"code":"50011"} is how servers name errors, and 错误 code=50011 how people do.
        let bare = word.get_match().as_str().eq_ignore_ascii_case("code");
        let before_word = before(view, start, 24);
        if bare
            && (rest.starts_with("\":")
                || rest.starts_with("=-")
                || ERROR_BEFORE.is_match(before(view, word.get_match().start(), 24))
                || ERROR_NUMBER_BEFORE.is_match(before(view, word.get_match().start(), 64)))
        {
            continue;
        }
        let value = [&*GAP, &*MIXED]
            .into_iter()
            .find_map(|rule| rule.captures(rest)?.name("value"));
        let Some(value) = value else { continue };
        let digits = value.as_str();
        let gap = &rest[..value.start()];
        let mixed = digits.contains(|c: char| c.is_ascii_uppercase());
        let error = bare
            && ERROR_NUMBER.is_match(&rest[..value.end()])
            && !OWN_BEFORE.is_match(before_word);
        let in_identifier = gap.ends_with('_') || rest[value.end()..].starts_with('_');
        if mixed && !digits.contains(|c: char| c.is_ascii_digit())
            || error
            || in_identifier
            || ANOTHER_WORD.is_match(gap)
            || NAMED_OTHERWISE.is_match(gap)
            || BOUND_OTHERWISE.is_match(gap)
            || digits.len() == 4
                && (TIME_WORD.is_match(gap)
                    || is_year(digits) && !gap.trim_end().ends_with([':', '=', '是', '为']))
            || is_compact_date(digits)
            || unit_follows(&rest[value.end()..])
            || bare && ERROR_TEXT.is_match(after(rest, value.end(), 64))
            || !mixed && rest[value.end()..].starts_with(|c: char| c.is_ascii_alphabetic())
        {
            continue;
        }
        report(shift(&value.range(), end));
        let mut from = end + value.end();
        while let Some(value) = MORE
            .captures(after(view, from, 48))
            .and_then(|more| more.name("value"))
        {
            if unit_follows(&view[from + value.end()..]) || is_year(value.as_str()) {
                break;
            }
            report(shift(&value.range(), from));
            from += value.end();
        }
    }
}

/// A backup code and those that follow it.
fn report_all(view: &str, first: Range<usize>, report: &mut dyn FnMut(Range<usize>)) {
    pattern! {
        NEXT = r"^[\x20,;/\n]{1,2}(?:[0-9]{1,2}[.)]\x20?|[-*]\x20)?(?P<value>[0-9A-Za-z]{4,10}(?:-[0-9A-Za-z]{4,10}){0,3})(?-u:\b)";
    }
    let mut next = Some(first);
    while let Some(range) = next {
        let end = range.end;
        report(range);
        let found = NEXT
            .captures(after(view, end, 64))
            .and_then(|rule| rule.name("value"));
        let found = found.filter(|value| is_mixed(value.as_str()));
        next = found.map(|value| shift(&value.range(), end));
    }
}

fn before_word(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    pattern! {
        SAID_BEFORE = r"(?:^|[^0-9A-Za-z.,:/\-])([0-9]{4,8}|[0-9]{3}[ -][0-9]{3}|[0-9]{4}[ -][0-9]{4}) ?(?:是|为|就是|(?i:is|was|as)) ?[^0-9\n.。!?\x01]{0,30}";
    }
    for found in SAID_BEFORE.captures_iter(view) {
        let Some(value) = found.get(1) else { continue };
        let between = &view[value.end()..found.get_match().end()];
        // The word may begin where the pattern's bounded gap ends.
        let near = &view[value.end()..view.floor_char_boundary(value.end() + between.len() + 24)];
        if WORD.captures(near).is_some_and(|word| {
            word.name("other").is_none() && word.get_match().start() <= between.len()
        }) && !named_before(view, value.start())
            && !NAMED_OTHERWISE.is_match(between)
        {
            report(value.range());
        }
    }
}

fn lone(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    pattern! {
        FILE_ENDS = r"^\.(?i:png|jpe?g|heic|webp|gif|mp4|mov|pdf|txt|log|zip|apk)(?-u:\b)";
        AMOUNT_BEFORE = r"(?:(?i:(?-u:\b)(?:usdt|usdc|usd|btc|eth|okb|cny|rmb|hkd|eur|gbp|jpy|sent|withdrew|deposited|bought|sold|paid|amount|limit|balance|version[\x20_]?code))|时间|時間|数量|金额|限额|余额|额度|(?:转|充|提|买|卖|付|花|赚|亏)(?:值|币|现|出|入)?了?)\x20?[:=]?\x20?$";
        BARE_CODE = r"(?i:(?-u:\b)code)\x20?:?\x20?$";
        SIX = r"[0-9]{3}[ -]?[0-9]{3}";
    }
    let bytes = view.as_bytes();
    for six in SIX.find_iter(view) {
        let Range { start, end } = six.range();
        let left = &view[..start];
        let google = left.ends_with("G-")
            && !before(view, start - 2, 1).ends_with(|c: char| c.is_ascii_alphanumeric());
        let touches_left = start > 0
            && !google
            && (bytes[start - 1].is_ascii_alphanumeric()
                || b"._-/#+@*%\\&~".contains(&bytes[start - 1])
                || bytes[start - 1] == b':' && start > 1 && bytes[start - 2].is_ascii_digit()
                || left.ends_with(['$', '¥', '€', '£', '₿']));
        let grouped_more = matches!(
            bytes.get(end),
            Some(b' ' | b'-' | b'.' | b':' | b'/' | b'_')
        ) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
            || start > 1
                && matches!(bytes[start - 1], b' ' | b'-')
                && bytes[start - 2].is_ascii_digit();
        let touches_right = bytes
            .get(end)
            .is_some_and(|&byte| byte.is_ascii_alphanumeric() || b"_%@*".contains(&byte));
        // "6.55.0(655001)" is a build.
        let version = left.strip_suffix('(').map(str::trim_end);
        let build = version.is_some_and(|left| left.ends_with(|c: char| c.is_ascii_digit()));
        if touches_left
            || touches_right
            || grouped_more
            || build
            || unit_follows(&view[end..])
            || FILE_ENDS.is_match(after(view, end, 8))
            || BARE_CODE.is_match(before(view, start, 8))
                && ERROR_TEXT.is_match(after(view, end, 64))
            || AMOUNT_BEFORE.is_match(before(view, start, 20))
            || named_before(view, start)
        {
            continue;
        }
        report(start..end);
    }
}

/// Whether the words before a number name it as something that is no secret.
fn named_before(view: &str, at: usize) -> bool {
    pattern! {
        NAMED = r#"(?x)(?:错误码|错误代码|错误|代码|报错|状态码|返回码|提示|版本号?|工单号?|单号|编号|邮编|邮政编码|区号|股票|楼|房间
            |(?i:(?-u:\b)(?:errors?|err|codes?\x20of|status|http|version|ver|build|ticket|case|ref(?:erence)?|request|report|issue|no\.|nos?|number|uid|order|zip|postcode|postal|room|level|between|from|about|around|over|under|than|at\x20least|up\x20to)(?-u:\b|_)\.?(?:[\x20_-]?(?:codes?|id|no\.?|number|message))?))
            [\x20:=\#\[\("'为是]*(?:[0-9]{3,8}(?:,\x20?|\x20(?:and|or|then)\x20|\x20?[和或、]\x20?|\x20|/))*$"#;
    }
    NAMED.is_match(before(view, at, 64))
}
