//! The words of a time, in every language of the program at once.

use crate::words::{LANGUAGES, shape::Times};

/// What a word of a time means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    Number(u32),
    /// `:`
    Colon,
    /// A sign between the numbers of a date.
    Stroke,
    Now,
    Ago,
    Minutes,
    Hours,
    Days,
    Weeks,
    Half,
    Quarter,
    Past,
    To,
    /// So many days before today.
    Day(i64),
    /// So many nights before tonight.
    Night(i64),
    /// Monday is 0.
    Weekday(i64),
    /// The last one before today.
    Last,
    /// The week before this one.
    WeekBefore,
    /// The week, or the part of a day, that it is now.
    This,
    Part(Part),
    AtNight,
    Midnight,
    Month(u32),
    YearSign,
    MonthSign,
    DaySign,
    HourSign,
    MinuteSign,
    /// A word that adds nothing, such as `at`.
    Filler,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    BeforeNoon,
    Noon,
    AfterNoon,
}

/// The words of a time; nothing if one of them is none.
pub fn tokens(text: &str) -> Option<Vec<Token>> {
    // No time has more.
    const MOST: usize = 100;
    if text.len() > MOST {
        return None;
    }
    let known = known();
    let mut tokens = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        // First, for 二十五 is one number.
        if let Some((number, length)) = number(rest) {
            tokens.push(Token::Number(number));
            rest = &rest[length..];
            // 22nd
            let ends = ["st", "nd", "rd", "th"];
            let end = ends.into_iter().find(|end| begins(rest, end));
            rest = &rest[end.map_or(0, str::len)..];
        } else if let Some((word, token)) = known.iter().find(|(word, _)| begins(rest, word)) {
            tokens.push(*token);
            rest = &rest[word.len()..];
        } else {
            match first {
                ':' => tokens.push(Token::Colon),
                '-' | '/' | '.' => tokens.push(Token::Stroke),
                ' ' | ',' | '、' => {}
                _ => return None,
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    tokens.retain(|token| *token != Token::Filler);
    Some(tokens)
}

/// Whether a text begins with a word: a Latin one whole.
fn begins(text: &str, word: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    text.strip_prefix(word)
        .is_some_and(|rest| !(word.ends_with(is_letter) && rest.starts_with(is_letter)))
}

/// The number that a text begins with, in digits or Chinese, and its length in bytes.
fn number(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((text[..digits].parse().ok()?, digits));
    }
    let digit = |c: char| {
        "零一二三四五六七八九"
            .chars()
            .zip(0..)
            .find(|(d, _)| *d == c)
            .map(|(_, n)| n)
    };
    let (mut whole, mut last, mut length) = (0, None, 0);
    for c in text.chars() {
        match c {
            '十' => {
                whole = last.take().unwrap_or(1) * 10;
                last = Some(0);
            }
            '〇' => last = Some(0),
            '两' => last = Some(2),
            c => match digit(c) {
                Some(digit) => last = Some(digit),
                None => break,
            },
        }
        length += c.len_utf8();
    }
    last.map(|last| (whole + last, length))
}

/// Every word with its meaning, the longest first.
fn known() -> Vec<(&'static str, Token)> {
    let mut known = Vec::new();
    for times in LANGUAGES.iter().map(|words| &words.times) {
        each(times, &mut |word, token| known.push((word, token)));
    }
    known.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    known
}

fn each(times: &Times, add: &mut impl FnMut(&'static str, Token)) {
    for (words, token) in [
        (times.now, Token::Now),
        (times.ago, Token::Ago),
        (times.minutes, Token::Minutes),
        (times.hours, Token::Hours),
        (times.days, Token::Days),
        (times.weeks, Token::Weeks),
        (times.half, Token::Half),
        (times.quarter, Token::Quarter),
        (times.past, Token::Past),
        (times.to, Token::To),
        (times.today, Token::Day(0)),
        (times.yesterday, Token::Day(1)),
        (times.day_before_yesterday, Token::Day(2)),
        (times.three_days_ago, Token::Day(3)),
        (times.tonight, Token::Night(0)),
        (times.last_night, Token::Night(1)),
        (times.last, Token::Last),
        (times.week_before, Token::WeekBefore),
        (times.this, Token::This),
        (times.before_noon, Token::Part(Part::BeforeNoon)),
        (times.noon, Token::Part(Part::Noon)),
        (times.after_noon, Token::Part(Part::AfterNoon)),
        (times.night, Token::AtNight),
        (times.midnight, Token::Midnight),
        (times.year, Token::YearSign),
        (times.month, Token::MonthSign),
        (times.day, Token::DaySign),
        (times.hour, Token::HourSign),
        (times.minute, Token::MinuteSign),
        (times.filler, Token::Filler),
    ] {
        words.iter().for_each(|word| add(word, token));
    }
    // Each of these is a row of words with `|` between those that mean the same.
    for (words, token) in (0..)
        .zip(&times.weekdays)
        .map(|(n, words)| (words, Token::Weekday(n)))
    {
        words.split('|').for_each(|word| add(word, token));
    }
    for (words, token) in (1..)
        .zip(&times.months)
        .map(|(n, words)| (words, Token::Month(n)))
    {
        words.split('|').for_each(|word| add(word, token));
    }
    for (words, token) in (1..)
        .zip(&times.numbers)
        .map(|(n, words)| (words, Token::Number(n)))
    {
        words.split('|').for_each(|word| add(word, token));
    }
}
