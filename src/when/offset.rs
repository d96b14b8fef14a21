//! Offsets from UTC as people write them.

use jiff::tz::Offset;

/// An offset such as `+8`, `+0800` or `+08:00` as `+08:00`.
#[must_use]
pub fn offset(text: &str) -> Option<String> {
    let (sign, digits) = text.split_at_checked(1)?;
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "00"),
    };
    let number = |text: &str, most: u8| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u8>().ok().filter(|n| plain && *n <= most)
    };
    let (hours, minutes) = (number(hours, 14)?, number(minutes, 59)?);
    Some(format!("{sign}{hours:02}:{minutes:02}"))
}

/// A text in small letters without the offset from UTC at its end, and that offset, such as `utc+8`
/// or ` -05:00`. A `-` within a word belongs to a date.
pub fn offset_behind(text: &str) -> (&str, Option<Offset>) {
    let text = text.trim_end();
    let place = text.rfind(['+', '-']).filter(|place| {
        let (before, sign) = text.split_at(*place);
        sign.starts_with('+') || [" ", "utc", "gmt"].iter().any(|end| before.ends_with(end))
    });
    let (before, written) = match place.and_then(|place| Some((place, offset(&text[place..])?))) {
        Some((place, offset)) => (text[..place].trim_end(), Some(offset)),
        None => (text, None),
    };
    let utc = ["utc", "gmt"]
        .into_iter()
        .find_map(|name| before.strip_suffix(name));
    let written = written.or_else(|| utc.map(|_| "+00:00".to_owned()));
    let before = utc.unwrap_or(before);
    let offset = written.and_then(|written| {
        let pieces = jiff::fmt::strtime::parse("%:z", written).ok()?;
        pieces.offset()
    });
    (before, offset)
}
