//! A moment on the user's clock, with the offset of the place.

use crate::words::Words;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use std::{fmt, str::FromStr};

/// When something was answered: to the second, with its offset from UTC, so that a saved walk
/// read elsewhere still shows the user's own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    at: Timestamp,
    /// Nothing where the system does not say its time zone.
    offset: Option<Offset>,
}

impl Moment {
    /// The moment of an answer without a time, as in a scenario.
    pub const EPOCH: Moment = Moment {
        at: Timestamp::UNIX_EPOCH,
        offset: Some(Offset::UTC),
    };

    /// The moment of a zoned time, without its fraction of a second.
    #[must_use]
    pub fn of(time: &Zoned) -> Moment {
        let at =
            Timestamp::from_second(time.timestamp().as_second()).unwrap_or(Timestamp::UNIX_EPOCH);
        Moment {
            at,
            offset: (!time.time_zone().is_unknown()).then(|| time.offset()),
        }
    }

    /// Whole minutes from an earlier moment to this one; negative if that is later.
    #[must_use]
    pub fn minutes_since(self, earlier: Moment) -> i64 {
        self.seconds_since(earlier).div_euclid(60)
    }

    /// Seconds from an earlier moment to this one; negative if that is later.
    #[must_use]
    pub fn seconds_since(self, earlier: Moment) -> i64 {
        self.at.as_second() - earlier.at.as_second()
    }

    /// The moment so many minutes later.
    #[must_use]
    pub fn plus_minutes(self, minutes: u16) -> Moment {
        let later = self.at.as_second() + i64::from(minutes) * 60;
        Moment {
            at: Timestamp::from_second(later).unwrap_or(self.at),
            offset: self.offset,
        }
    }

    /// The time of day: `14:03`.
    #[must_use]
    pub fn time_of_day(self) -> String {
        self.zoned().strftime("%H:%M").to_string()
    }

    /// For names of files: `20261122-140311`.
    #[must_use]
    pub fn in_digits(self) -> String {
        self.zoned().strftime("%Y%m%d-%H%M%S").to_string()
    }

    /// The same as a time in the zone of its offset; in UTC, as one of no known zone, where it has
    /// none.
    #[must_use]
    pub fn zoned(self) -> Zoned {
        let zone = self.offset.map(Offset::to_time_zone);
        self.at.to_zoned(zone.unwrap_or_else(TimeZone::unknown))
    }

    /// Date and time of day as a person writes them, with the offset: `2026-11-22 14:03 +08:00`.
    #[must_use]
    pub fn in_words(self) -> String {
        self.zoned().strftime("%Y-%m-%d %H:%M %:z").to_string()
    }
}

impl Words {
    /// A wait: seconds gone, seconds left, and until when.
    #[must_use]
    pub fn waiting(&self, gone: i64, left: i64, until: Moment) -> String {
        (**self).waiting(clock(gone), clock(left), until.time_of_day())
    }

    /// A wait, said once.
    #[must_use]
    pub fn wait_until(&self, until: Moment) -> String {
        (**self).wait_until(until.time_of_day())
    }

    /// A wait that was over when one came back; when it began.
    #[must_use]
    pub fn waited(&self, since: Moment) -> String {
        (**self).waited(since.in_words())
    }
}

/// Minutes and seconds, or hours, minutes and seconds: `3:20`, `1:03:20`.
fn clock(seconds: i64) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    if minutes < 60 {
        format!("{minutes}:{seconds:02}")
    } else {
        format!("{}:{:02}:{seconds:02}", minutes / 60, minutes % 60)
    }
}

impl fmt::Display for Moment {
    /// RFC 3339: `2026-11-22T14:03:11+08:00`, and `2026-11-22T06:03:11Z` without an offset.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset {
            Some(offset) => write!(f, "{}", self.at.display_with_offset(offset)),
            None => write!(f, "{}", self.at),
        }
    }
}

impl FromStr for Moment {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Moment, jiff::Error> {
        let at: Timestamp = text.parse()?;
        let offset = match Pieces::parse(text)?.offset() {
            Some(PiecesOffset::Numeric(offset)) => Some(offset.offset()),
            _ => None,
        };
        Ok(Moment { at, offset })
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn the_offset_survives() {
        let moment: Moment = "2026-11-22T14:03:11+08:00".parse().unwrap();
        assert_eq!(moment.to_string(), "2026-11-22T14:03:11+08:00");
        assert_eq!(moment.in_words(), "2026-11-22 14:03 +08:00");
    }

    #[test]
    fn that_no_offset_is_known_survives() {
        let moment: Moment = "2026-11-22T06:03:11Z".parse().unwrap();
        assert_eq!(moment.to_string(), "2026-11-22T06:03:11Z");
        assert_eq!(Moment::of(&moment.zoned()), moment);
        assert_eq!(moment.in_words(), "2026-11-22 06:03 +00:00");
        let utc: Moment = "2026-11-22T06:03:11+00:00".parse().unwrap();
        assert_eq!(utc.to_string(), "2026-11-22T06:03:11+00:00");
    }
}
