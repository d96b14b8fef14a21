//! What may be typed into a field, and in which form it is kept.

use crate::guide::{Digits, Field, Pattern};
use crate::redact::{self, Clean, Kept, Kind, Raw, Removed};
use crate::text::{half_width, is_hostile};
use crate::when;
use crate::words::{LANGUAGES, Words};
use std::ops::Deref;

/// The most characters of a line: an error message of a sentence or two.
const MAX_LINE: usize = 200;
/// The most characters of the note: as many as a whole short ticket may have.
const MAX_NOTE: usize = 1000;

/// The most characters that may be typed into a field.
#[must_use]
pub fn max_chars(field: Field) -> usize {
    match field {
        // A file that is dropped on a terminal comes with its path.
        Field::Note | Field::Files => MAX_NOTE,
        _ => MAX_LINE,
    }
}

/// What is wrong with a typed value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Not so many digits, or a number that is a card's, a phone's or a person's.
    Digits(Digits),
    /// Not written like this, or something that looks like a secret.
    Pattern(Pattern),
    /// Not two to four numbers with points between them, or such as a code or a card has.
    Version,
    /// Not a date and a time of day.
    Time,
    /// Not a date, nor one with a time of day.
    Date,
    /// A time that is still to come.
    Future,
    /// Not a ticket's number: at most 24 capitals, digits and dashes, with one to twelve digits (or
    /// small letters, as many as digits at most), and not what a document, a card or a phone has.
    Reference,
    /// Not the names of pictures, videos or documents.
    Files,
    /// Not a name in letters.
    Country,
    /// Not a number from 0 to 99.
    Count,
    /// Longer than this many characters.
    TooLong(usize),
    /// Nothing but spaces.
    Empty,
}

impl Words {
    /// What is wrong with a typed value, and what the field takes.
    #[must_use]
    pub fn problem(&self, problem: Problem) -> String {
        let texts = &self.problem;
        let text = match problem {
            Problem::Digits(Digits { least, most }) if least == most => {
                return texts.digits(u16::from(least));
            }
            Problem::Digits(Digits { least, most }) => {
                return texts.digits_between(u16::from(least), u16::from(most));
            }
            Problem::Pattern(pattern) => return texts.pattern(pattern.to_string()),
            Problem::Version => texts.version,
            Problem::Time => texts.time,
            Problem::Date => texts.date,
            Problem::Future => texts.future,
            Problem::Reference => texts.reference,
            Problem::Files => texts.files,
            Problem::Country => texts.country,
            Problem::Count => texts.count,
            Problem::TooLong(most) => return texts.too_long(most),
            Problem::Empty => texts.empty,
        };
        text.to_owned()
    }

    /// How many digits are usual.
    #[must_use]
    pub fn usual(&self, Digits { least, most }: Digits) -> String {
        if least == most {
            least.to_string()
        } else {
            self.range(u16::from(least), u16::from(most))
        }
    }
}

/// A typed value as it is kept: one that its field takes, without secrets. Only [`take`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    field: Field,
    text: Clean,
    kept: Kept,
}

impl Value {
    /// The field that it was typed into.
    #[must_use]
    pub fn field(&self) -> Field {
        self.field
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &Clean {
        &self.text
    }

    /// What in it is perhaps a secret, and was kept by its writer.
    #[must_use]
    pub fn kept(&self) -> &Kept {
        &self.kept
    }
}

impl Deref for Value {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// A [`Value`], and what was hidden in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The value.
    pub value: Value,
    /// What was hidden.
    pub removed: Removed,
}

/// Takes what a person typed, or a file says a person typed, into a field. No other value is stored
/// or comes into a ticket.
///
/// # Errors
/// A [`Problem`] that says what the field takes.
pub fn take(field: Field, typed: Raw) -> Result<Taken, Problem> {
    take_but(field, typed, &Kept::default())
}

/// The same with what its writer chose to keep, of which none is a secret for certain.
///
/// # Errors
/// As [`take`].
pub fn take_but(field: Field, typed: Raw, kept: &Kept) -> Result<Taken, Problem> {
    match field {
        // Their forms leave no room for a secret, so they are checked and not masked.
        Field::Digits(_)
        | Field::Pattern(_)
        | Field::Version
        | Field::Time
        | Field::Date
        | Field::Count
        | Field::Reference => {
            let text = typed.in_form(|text| check(field, text))?;
            Ok(Taken {
                value: Value {
                    field,
                    text,
                    kept: Kept::default(),
                },
                removed: Removed::default(),
            })
        }
        Field::Country | Field::Line | Field::Files | Field::Note => {
            let typed = match field {
                Field::Files => typed.map(without_folders),
                _ => typed,
            };
            let redact::Masked { text, removed } = typed.masked_but(kept);
            // A placeholder has brackets, which no country has.
            if field == Field::Country && !removed.is_empty() {
                return Err(Problem::Country);
            }
            // Placeholders are kept in English and shown in the user's language.
            let text = text.in_language("en");
            check(field, &text)?;
            let kept = if kept.is_empty() {
                Kept::default()
            } else {
                Raw::new(&*text).doubtful()
            };
            Ok(Taken {
                value: Value { field, text, kept },
                removed,
            })
        }
    }
}

/// A number of digits whose length is not what its field takes, but which may be right all the same:
/// at least nine digits, and nothing that looks like a secret or a phone. A person is asked once
/// whether it is; see [`unusual`].
#[must_use]
pub fn take_unusual(field: Field, typed: Raw) -> Option<Value> {
    let Field::Digits(length) = field else {
        return None;
    };
    let of_other_length = |text: &str| {
        let plain: String = text.chars().map(half_width).collect();
        let number = plain.trim().replace([' ', '-'], "");
        let count = u8::try_from(number.len()).unwrap_or(u8::MAX);
        // Fewer may be a code or a PIN.
        let fine = (9..=Digits::MOST).contains(&count)
            && !(length.least..=length.most).contains(&count)
            && number.bytes().all(|b| b.is_ascii_digit())
            && redact::scan(&number).is_empty();
        fine.then_some(number).ok_or(())
    };
    let text = typed.in_form(of_other_length).ok()?;
    Some(Value {
        field,
        text,
        kept: Kept::default(),
    })
}

/// How many digits a value has, where its field usually takes another number of them, and what is
/// usual.
#[must_use]
pub fn unusual(value: &Value) -> Option<(usize, Digits)> {
    let Field::Digits(length) = value.field else {
        return None;
    };
    let count = value.len();
    let usual = usize::from(length.least)..=usize::from(length.most);
    (!usual.contains(&count)).then_some((count, length))
}

/// What was typed, as it may be echoed at once: an account's or a ticket's number as it is kept,
/// anything else with its secrets masked. `None` is a line for no field, such as a command.
#[must_use]
pub fn masked_echo(field: Option<Field>, typed: Raw) -> Clean {
    // An account number looks like a card's, and is what was asked for.
    let kept = match field {
        Some(field) if field.has_form() => take(field, typed.clone())
            .ok()
            .map(|taken| taken.value.text),
        _ => None,
    };
    kept.unwrap_or_else(|| typed.masked().text)
}

/// Checks a typed value and returns the form in which it is kept: without spaces at its ends, and
/// numbers with full-width digits and letters as plain ones.
fn check(field: Field, typed: &str) -> Result<String, Problem> {
    let typed = typed.trim();
    let plain: String = typed.chars().map(half_width).collect();
    if plain.is_empty() {
        return Err(Problem::Empty);
    }
    let digits = |s: &str, most: usize| {
        (1..=most).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())
    };
    match field {
        Field::Digits(length) => {
            let number = plain.replace([' ', '-'], "");
            // Of the numbers of so many digits, few are cards', and those may be accounts' as well.
            let is_long = number.len() >= 17;
            let other = |kind: Kind| kind.is_certain() && !(is_long && kind == Kind::BankCard);
            let is_own = redact::scan(&number).of(other).is_empty();
            if number.len() >= length.least.into() && digits(&number, length.most.into()) && is_own
            {
                Ok(number)
            } else {
                Err(Problem::Digits(length))
            }
        }
        Field::Pattern(pattern) => {
            let taken = pattern.take(&plain);
            let is_own = |text: &String| redact::scan(text).of(Kind::is_certain).is_empty();
            taken.filter(is_own).ok_or(Problem::Pattern(pattern))
        }
        Field::Version => {
            let number = plain.trim_start_matches(['v', 'V']);
            let parts: Vec<&str> = number.split('.').collect();
            // A code, or a card in groups, begins with more digits. Four may be a year.
            let first = parts[0].len() <= 2 || parts[0].len() == 4 && parts[0].starts_with("20");
            let fine = (2..=4).contains(&parts.len()) && parts.iter().all(|p| digits(p, 6));
            if fine && first && redact::scan(number).is_empty() {
                Ok(number.to_owned())
            } else {
                Err(Problem::Version)
            }
        }
        Field::Time => time(&plain).ok_or(Problem::Time),
        Field::Date => time(&plain).or_else(|| day(&plain)).ok_or(Problem::Date),
        Field::Country => {
            // Checked as it was typed: a full-width comma stays one.
            let sign = |c: char| " .'’‘-(),;/&·，、；（）".contains(c);
            let fine = |c: char| c.is_alphabetic() || sign(c);
            if typed.chars().count() <= 60 && typed.chars().all(fine) {
                Ok(typed.to_owned())
            } else {
                Err(Problem::Country)
            }
        }
        Field::Count if digits(&plain, 2) => Ok(plain),
        Field::Count => Err(Problem::Count),
        Field::Reference => {
            let plain = plain.trim_start_matches('#');
            let sign = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            let digits = plain.bytes().filter(u8::is_ascii_digit).count();
            // The prefix of a ticket's number is in capitals; small letters may be a password.
            let capitals = plain.bytes().all(|b| !b.is_ascii_lowercase());
            let letters = plain.bytes().filter(u8::is_ascii_alphabetic).count();
            let fine = (1..=24).contains(&plain.len()) && plain.chars().all(sign);
            // Six digits may be a one-time code. In this field they are a ticket's number.
            let other = redact::scan(plain).of(|kind| kind != Kind::SixDigits);
            let document = letters <= 2
                && (7..=9).contains(&digits)
                && plain.starts_with(|c: char| c.is_ascii_alphabetic())
                && letters + digits == plain.len();
            if fine
                && (1..=12).contains(&digits)
                && (capitals || letters <= digits)
                && other.is_empty()
                && !document
            {
                Ok(plain.to_owned())
            } else {
                Err(Problem::Reference)
            }
        }
        Field::Files => {
            let names: Vec<&str> = typed.split(BETWEEN_FILES).map(str::trim).collect();
            if names.iter().all(|name| is_file(name)) {
                at_most(&names.join(FILES_JOINED), MAX_LINE)
            } else {
                Err(Problem::Files)
            }
        }
        Field::Line => at_most(typed, MAX_LINE),
        Field::Note => at_most(typed, MAX_NOTE),
    }
}

/// The separator between names of files, as they are kept.
pub const FILES_JOINED: &str = ", ";
/// The separators that may be typed.
const BETWEEN_FILES: [char; 5] = [',', '，', '、', ';', '；'];

/// Names of files without their folders. A path often holds the user's name, and a terminal inserts
/// one, quoted or with escaped spaces, when a file is dropped on it.
fn without_folders(typed: &str) -> String {
    let name = |path: &str| {
        let path = path.trim().trim_matches(['"', '\'', '“', '”']);
        let path = path.replace("\\ ", " ");
        let name = path.rsplit(['/', '\\']).next();
        name.unwrap_or_default().trim().to_owned()
    };
    let names: Vec<String> = typed.split(BETWEEN_FILES).map(name).collect();
    names.join(FILES_JOINED)
}

/// Whether this is the name of one picture, video or document.
fn is_file(name: &str) -> bool {
    const ENDINGS: [&str; 12] = [
        "png", "jpg", "jpeg", "heic", "heif", "webp", "gif", "bmp", "mp4", "mov", "webm", "pdf",
    ];
    let ends = |word: &str| {
        let ending = word.rsplit_once('.');
        ending.is_some_and(|(name, ending)| {
            !name.is_empty() && ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
        })
    };
    // A space after an ending separates two names; inside a name it is fine.
    let inner = name
        .rsplit_once(char::is_whitespace)
        .map_or("", |(words, _)| words);
    ends(name) && !inner.split_whitespace().any(ends)
}

fn at_most(text: &str, most: usize) -> Result<String, Problem> {
    debug_assert!(!text.contains(is_hostile));
    if text.chars().count() > most {
        Err(Problem::TooLong(most))
    } else {
        Ok(text.to_owned())
    }
}

/// What was typed as a time, in full where it can be; see [`when::in_full`].
#[must_use]
pub fn in_full(typed: Raw, now: &jiff::Zoned) -> Raw {
    typed.map(|typed| when::in_full(typed, now).unwrap_or_else(|| typed.to_owned()))
}

/// A time with its offset. One that has none gets that of the user's time zone, if that is known.
#[must_use]
pub fn with_offset(time: &Value, now: &jiff::Zoned) -> Value {
    if has_offset(time) || now.time_zone().is_unknown() {
        return time.clone();
    }
    // The offset of that day: clocks may have changed since.
    let then = jiff::civil::DateTime::strptime(CLOCK, &**time);
    let Ok(then) = then.and_then(|then| then.to_zoned(now.time_zone().clone())) else {
        return time.clone();
    };
    let there = Raw::new(then.strftime(ZONED).to_string());
    let checked = there.in_form(|there| check(Field::Time, there));
    match checked {
        Ok(text) => Value {
            text,
            ..time.clone()
        },
        Err(_) => time.clone(),
    }
}

/// Whether a time or a day is later than now. One without an offset is in the user's time zone; if that is
/// unknown, the time counts as past.
#[must_use]
pub fn is_future(time: &Value, now: &jiff::Zoned) -> bool {
    let there = with_offset(time, now);
    if let Ok(day) = jiff::civil::Date::strptime(DAY, &*there) {
        return !now.time_zone().is_unknown() && day > now.date();
    }
    let then = jiff::Zoned::strptime(ZONED, &*there);
    then.is_ok_and(|then| then.timestamp() > now.timestamp())
}

/// A checked day; a checked time, without its offset and with it.
const DAY: &str = "%Y-%m-%d";
const CLOCK: &str = "%Y-%m-%d %H:%M";
const ZONED: &str = "%Y-%m-%d %H:%M %:z";

fn has_offset(time: &str) -> bool {
    time.split_whitespace().count() > 2
}

/// A date of this century and a time of day, with an offset or without, as
/// `2026-11-22 14:03 +08:00`.
fn time(text: &str) -> Option<String> {
    let text = text.replace(['年', '月'], "-").replace('日', " ");
    let text = match text.split_once('T') {
        Some((date, clock)) if clock.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{date} {clock}")
        }
        _ => text,
    };
    let mut words = text.split_whitespace();
    let date = words.next()?.replace(['/', '.'], "-");
    let parts: Vec<i16> = date
        .split('-')
        .map_while(|part| part.parse().ok())
        .collect();
    let &[year, month, day] = &parts[..] else {
        return None;
    };
    let date = jiff::civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    let rest = words.collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    let place = rest.find(['+', '-']).unwrap_or(rest.len());
    let (clock, offset) = rest.split_at(place);
    let clock = clock.trim_end();
    let utc = ["utc", "gmt"]
        .into_iter()
        .find_map(|name| clock.strip_suffix(name));
    let (clock, offset) = match (utc, offset) {
        (Some(clock), "") => (clock, "+0"),
        (clock_of_utc, offset) => (clock_of_utc.unwrap_or(clock), offset),
    };
    let (clock, half) = half_of_day(clock.trim());
    let with_seconds = jiff::civil::Time::strptime("%H:%M:%S", clock);
    let clock = with_seconds
        .or_else(|_| jiff::civil::Time::strptime("%H:%M", clock))
        .ok()?;
    let clock = match (half, clock.hour()) {
        // Chinese also says 晚上21:30.
        (None, _) | (Some(true), 13..) => clock,
        (Some(later), hour @ 1..=12) => {
            let clock = clock.with().hour(hour % 12 + 12 * i8::from(later));
            clock.build().ok()?
        }
        _ => return None,
    };
    let offset = match offset {
        "" => String::new(),
        offset => format!(" {}", when::offset(offset)?),
    };
    (date.year() >= 2000).then(|| format!("{date} {}{offset}", clock.strftime("%H:%M")))
}

/// A day of this century, as `2026-11-22`.
fn day(text: &str) -> Option<String> {
    let day = jiff::civil::Date::strptime(DAY, text).ok()?;
    (day.year() >= 2000).then(|| day.to_string())
}

/// A time of day without its word for morning or evening, and whether that word means the second
/// half of the day.
fn half_of_day(clock: &str) -> (&str, Option<bool>) {
    let words = |late: bool| {
        let all = LANGUAGES.iter().flat_map(move |words| {
            let times = &words.times;
            let (before, after) = (times.before_noon, times.after_noon);
            if late {
                [after, times.night]
            } else {
                [before, &[]]
            }
        });
        all.flatten().map(move |word| (*word, late))
    };
    for (word, late) in words(false).chain(words(true)) {
        let rest = clock.strip_suffix(word).or(clock.strip_prefix(word));
        if let Some(rest) = rest {
            return (rest.trim(), Some(late));
        }
    }
    (clock, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENGTH: Digits = Digits {
        least: 17,
        most: 18,
    };
    const UID: Field = Field::Digits(LENGTH);

    #[test]
    fn each_field_takes_what_it_is_for() {
        let ok = |field, typed: &str| check(field, typed).unwrap();
        assert_eq!(
            ok(UID, " １２３４５６７８９０１２３４５６７ "),
            "12345678901234567"
        );
        assert_eq!(ok(UID, "123 456 789-012 345 678"), "123456789012345678");
        assert_eq!(ok(Field::Version, "v6.140.0"), "6.140.0");
        assert_eq!(ok(Field::Time, "2026/11/22 9:05"), "2026-11-22 09:05");
        assert_eq!(
            ok(Field::Time, "2026-11-22 14:03 +08:00"),
            "2026-11-22 14:03 +08:00"
        );
        for (typed, taken) in [
            ("2026-11-22 23:40 UTC+8", "2026-11-22 23:40 +08:00"),
            ("2026-11-22 23:40 +0530", "2026-11-22 23:40 +05:30"),
            ("2026-11-22 23:40 GMT", "2026-11-22 23:40 +00:00"),
            ("2026-11-22 23:40 -8", "2026-11-22 23:40 -08:00"),
            ("2026-11-22 9:05 PM", "2026-11-22 21:05"),
            ("2026-11-22 12:05am +8", "2026-11-22 00:05 +08:00"),
            ("2026-11-22 下午 9：05", "2026-11-22 21:05"),
            ("2026-11-22 晚上21:05", "2026-11-22 21:05"),
            ("2026-1-9 9:05", "2026-01-09 09:05"),
            ("2026-11-22T21:05:33+08:00", "2026-11-22 21:05 +08:00"),
            ("2026年1月9日 下午 9:05", "2026-01-09 21:05"),
        ] {
            assert_eq!(ok(Field::Time, typed), taken);
        }
        assert_eq!(ok(Field::Reference, "#482739"), "482739");
        assert_eq!(ok(Field::Reference, "CS-2026_0817"), "CS-2026_0817");
        assert_eq!(ok(Field::Reference, "TICKET-12345"), "TICKET-12345");
        assert_eq!(ok(Field::Version, "2024.11.2"), "2024.11.2");
        assert_eq!(ok(Field::Files, "IMG 1.PNG，b.mp4"), "IMG 1.PNG, b.mp4");
        for (typed, taken) in [
            (r#""C:\Users\Li Ming\IMG 1.png""#, "IMG 1.png"),
            (
                r"/Users/liming/Desktop/IMG\ 1.png , b.mp4",
                "IMG 1.png, b.mp4",
            ),
            ("截图1.jpg、截图2.jpg", "截图1.jpg, 截图2.jpg"),
        ] {
            assert_eq!(&*take(Field::Files, Raw::new(typed)).unwrap().value, taken);
        }
        assert_eq!(ok(Field::Country, "中国"), "中国");
        assert_eq!(
            ok(Field::Country, "新加坡，住在马来西亚"),
            "新加坡，住在马来西亚"
        );
        assert_eq!(ok(Field::Count, "３"), "3");
        assert_eq!(
            ok(Field::Line, "Pixel 8, Android 15"),
            "Pixel 8, Android 15"
        );
    }

    #[test]
    fn each_field_refuses_what_it_is_not_for() {
        assert_eq!(check(UID, "abc"), Err(Problem::Digits(LENGTH)));
        assert_eq!(check(UID, "123456"), Err(Problem::Digits(LENGTH)));
        assert_eq!(check(UID, "4111111111111111"), Err(Problem::Digits(LENGTH)));
        assert_eq!(
            check(UID, "11010519491231002X"),
            Err(Problem::Digits(LENGTH))
        );
        assert_eq!(
            check(UID, "440524188001010014"),
            Err(Problem::Digits(LENGTH))
        );
        for typed in [
            "newest",
            "4111.1111.1111.1111",
            "138.0013.8000",
            "482.915",
            "4.8.2.9.1.5",
            "6",
        ] {
            assert_eq!(check(Field::Version, typed), Err(Problem::Version));
        }
        assert_eq!(check(Field::Time, "yesterday"), Err(Problem::Time));
        assert_eq!(check(Field::Time, "2026-02-30 10:00"), Err(Problem::Time));
        for typed in [
            "1999-11-22 10:00",
            "2026-11-22 13:05 AM",
            "2026-11-22 10:00 +99",
            "2026-11-22 10:00 +",
            "2026-11-22",
        ] {
            assert_eq!(check(Field::Time, typed), Err(Problem::Time), "{typed}");
        }
        for typed in [
            "4111111111111111",
            "E12345678",
            "13800138000",
            "A123456789",
            "A1234563",
            "hunter",
            "hunter2",
            "Hunter2-Hunter2",
            "48 27",
            "#",
        ] {
            assert_eq!(check(Field::Reference, typed), Err(Problem::Reference));
        }
        for typed in [
            "a screenshot",
            "a.png, password",
            ".png",
            "a.png my password.png",
        ] {
            assert_eq!(check(Field::Files, typed), Err(Problem::Files));
        }
        assert_eq!(
            check(Field::Country, "CN 440524188001010014"),
            Err(Problem::Country)
        );
        assert_eq!(check(Field::Count, "100"), Err(Problem::Count));
        assert_eq!(
            check(Field::Line, &"长".repeat(201)),
            Err(Problem::TooLong(200))
        );
        assert_eq!(check(Field::Note, "   "), Err(Problem::Empty));
    }

    fn time(typed: &str) -> Value {
        take(Field::Time, Raw::new(typed)).unwrap().value
    }

    #[test]
    fn a_time_to_come_is_known() {
        let now: jiff::Zoned = "2026-11-22T12:00+08:00[+08:00]".parse().unwrap();
        assert!(!is_future(&time("2026-11-22 12:00"), &now));
        assert!(is_future(&time("2026-11-22 12:01"), &now));
        assert!(!is_future(&time("2026-11-22 12:30 +09:00"), &now));
    }

    #[test]
    fn where_no_zone_is_known_a_time_without_an_offset_stays_as_it_is() {
        let now = jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::unknown());
        let there = time("2026-11-22 12:00");
        assert_eq!(with_offset(&there, &now), there);
        assert!(!is_future(&there, &now));
        assert!(is_future(&time("2026-11-22 12:00 +08:00"), &now));
    }

    #[test]
    fn an_escape_sequence_is_disarmed() {
        let typed = Raw::new("\u{200b}a\u{1b}[2Jb\u{fffd}");
        assert_eq!(&*take(Field::Line, typed).unwrap().value, "a [2Jb");
    }
}
