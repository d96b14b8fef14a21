//! Identity documents: resident numbers by their shape, passports and others beside their word.

use std::ops::Range;

use super::everyday::unit_follows;
use super::number::{self, Sort, is_compact_date};
use super::{after, before, pattern, shift};

pattern! {
    // Letters, then six digits or more in groups or not, then a check character or not; or any nine
    // or so capitals and digits (Germany, the Netherlands; sixteen on a British driving licence).
    VALUE = r"^(?:[^0-9A-Za-z\n。!?;\x01]|[:=]\x20?\n[\x20\t]{0,4}|(?i:(?-u:\b)(?:no|nos|number|num|is|was|card|id|nr|my|the|new|old|said|says)(?-u:\b)\.?)){0,12}(?P<value>[A-Za-z]{0,3}[\x20-]?[0-9](?:[\x20-]?[0-9]){5,13}(?:\([0-9Aa]\)|[\x20-]?[A-Za-z](?-u:\b))?|[A-Za-z][0-9A-Za-z]{7,17}(?-u:\b))(?:[^0-9]|$)";
    ANOTHER = r"^\x20?(?:和|或者?|[,/]|(?i:and|or)\x20)\x20?(?P<value>[A-Za-z]{1,2}[0-9]{6,9})(?-u:\b)";
    YEAR_INSIDE = r"(?:^|[\x20-])(?:19[3-9]|20[0-4])[0-9](?:[\x20-]|$)";
    NOT_THE_NUMBER = r"(?:尾号|后四位|错误|电话|手机|(?i:(?-u:\b)error|ending|uid))";
}

/// Passports, permits, licences: the number beside the word; the machine-readable zone of any.
pub(crate) fn other(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    pattern! {
        WORD = r"(?x)护照|護照|证件号码?|證件號碼?|通行证|通行證|台胞证|回乡证|回鄉證|驾照|驾驶证|驾驶执照|居留证|居住证
            |(?i:(?-u:\b)(?:pass?ports?|licen[cs]e\x20(?:no\.?|number)|document\x20(?:number|no\.?|id)|(?:driver'?s?'?|driving)\x20licen[cs]e|residence\x20permit|travel\x20permit)(?-u:\b))";
        SAID_BEFORE = r"(?-u:\b)(?P<value>[A-Za-z]{1,2}[0-9]{7,9})\x20?(?:,\x20?)?(?:这?就?是|这[个本]|为|(?i:is|was)(?-u:\b))[^0-9\n.。!?;\x01]{0,24}$";
        // ICAO 9303: 30, 36 or 44 characters a line, with fillers.
        ZONE = r"[0-9A-Z]*[0-9A-Z<]{8,}<[0-9A-Z<]{4,}";
    }
    beside(view, &WORD, report);
    for word in WORD.find_iter(view) {
        let line = before(view, word.start(), 96);
        if let Some(value) = SAID_BEFORE
            .captures(line)
            .and_then(|said| said.name("value"))
        {
            report(shift(&value.range(), word.start() - line.len()));
        }
    }
    for zone in ZONE.find_iter(view) {
        let text = zone.as_str();
        if (28..=46).contains(&text.len()) && text.matches('<').count() >= 2 {
            report(zone.range());
        }
    }
}

/// Resident numbers.
pub(crate) fn resident(view: &str, report: &mut dyn FnMut(Range<usize>)) {
    pattern! {
        WORD = r"身份证|身分證|身份證|居民证|(?i:(?-u:\b)(?:hk\x20?id|hong\x20kong\x20id(?:\x20card)?|nric|national\x20id|id\x20(?:card|number|no\.?)|identity\x20(?:card|number|no\.?)|identification\x20number|social\x20security(?:\x20(?:number|no\.?))?|ssn)(?-u:\b))";
        HONG_KONG = r"(?-u:\b)[A-Za-z]{1,2} ?[0-9]{3} ?[0-9]{3} ?\( ?[0-9Aa] ?\)";
        MACAU = r"(?-u:\b)[1578][0-9]{6}\([0-9]\)|(?-u:\b)[1578]/[0-9]{6}/[0-9](?-u:\b)";
        TAIWAN = r"(?-u:\b)[A-Za-z][1289][0-9]{8}(?-u:\b)";
    }
    number::read(view, Sort::ResidentId, report);
    beside(view, &WORD, report);
    for found in HONG_KONG.find_iter(view).chain(MACAU.find_iter(view)) {
        report(found.range());
    }
    for found in TAIWAN.find_iter(view) {
        report(found.range());
    }
}

fn beside(view: &str, word: &regex::Regex, report: &mut dyn FnMut(Range<usize>)) {
    for word in word.find_iter(view) {
        let rest = after(view, word.end(), 96);
        let Some(value) = VALUE.captures(rest).and_then(|found| found.name("value")) else {
            continue;
        };
        let text = value.as_str();
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if digits.len() < 4
            || is_compact_date(&digits)
            || YEAR_INSIDE.is_match(text)
            || unit_follows(&rest[value.end()..])
            || NOT_THE_NUMBER.is_match(&rest[..value.start()])
        {
            continue;
        }
        let mut end = word.end() + value.end();
        report(shift(&value.range(), word.end()));
        while let Some(value) = ANOTHER
            .captures(after(view, end, 32))
            .and_then(|found| found.name("value"))
        {
            report(shift(&value.range(), end));
            end += value.end();
        }
    }
}
