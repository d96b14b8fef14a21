//! What was said of a time, part by part.

use super::day::Day;
use super::scan::{Part, Token};
use jiff::civil::Time;

/// What was said of a time.
#[derive(Default)]
pub struct Said {
    /// How long ago it was, where that is counted in hours or minutes.
    pub minutes_ago: Option<i64>,
    pub day: Option<Day>,
    part: Option<Part>,
    pub at_night: bool,
    /// The time of day, with the days by which it is later than the day that was said: two o'clock of
    /// a night is on the next day.
    pub clock: Option<(i64, Time)>,
}

impl Said {
    /// Reads all of it. `None` where it does not make one time.
    pub fn read(tokens: &[Token]) -> Option<Said> {
        let mut said = Said::default();
        // Hour and minute as they were said; a number that may be an hour; minutes and days that
        // are counted, until it is said that they are ago.
        let (mut hour, mut bare, mut counted) = (None, None, None);
        let mut rest = tokens;
        while let Some(first) = rest.first() {
            let length = if let Some((minutes, days, length)) = count(rest) {
                let (more, more_days) = counted.unwrap_or_default();
                counted = Some((minutes + more, days + more_days));
                length
            } else if let Some((day, length)) = day(rest) {
                set(&mut said.day, day)?;
                said.at_night |= matches!(first, Token::Night(_));
                length
            } else if let Some((clock, length)) = clock(rest) {
                set(&mut hour, clock)?;
                length
            } else {
                match *first {
                    Token::Now => set(&mut said.minutes_ago, 0)?,
                    Token::Ago => match counted.take()? {
                        (0, days) => set(&mut said.day, Day::Ago(days))?,
                        (minutes, days) => {
                            set(&mut said.minutes_ago, days * 24 * 60 + minutes)?;
                        }
                    },
                    Token::Part(part) => set(&mut said.part, part)?,
                    Token::AtNight => said.at_night = true,
                    Token::Number(number) => set(&mut bare, number)?,
                    _ => return None,
                }
                1
            };
            rest = rest.get(length..)?;
        }
        if let Some(bare) = bare {
            // A number alone may be anything.
            let has_day = said.day.is_some() || said.part.is_some() || said.at_night;
            set(&mut hour, (bare, 0)).filter(|()| has_day)?;
        }
        if hour.is_none() && said.part == Some(Part::Noon) {
            hour = Some((12, 0));
        }
        if let Some((hour, minute)) = hour {
            said.clock = Some(said.shifted(hour, minute)?);
        }
        counted.is_none().then_some(said)
    }

    /// Whether nothing is said but how long ago it was.
    pub fn is_bare(&self) -> bool {
        self.day.is_none() && self.part.is_none() && self.clock.is_none() && !self.at_night
    }

    /// See [`Said::clock`].
    fn shifted(&self, hour: u32, minute: u32) -> Option<(i64, Time)> {
        // Without a day, the night is the last one, on whichever side of midnight.
        let next_day = i64::from(self.at_night && self.day.is_some());
        let (shift, hour) = match (self.part, hour) {
            (Some(Part::BeforeNoon), 0..6 | 12) => (next_day, hour % 12),
            (Some(Part::AfterNoon), 1..12) | (Some(Part::Noon), 1..3) => (0, hour + 12),
            (Some(Part::BeforeNoon), 6..12)
            | (Some(Part::AfterNoon), 12..)
            | (Some(Part::Noon), 10..15) => (0, hour),
            (Some(_), _) => return None,
            (None, 0..5 | 12) if self.at_night => (next_day, hour % 12),
            (None, 5..12) if self.at_night => (0, hour + 12),
            (None, _) => (0, hour),
        };
        let time = Time::new(hour.try_into().ok()?, minute.try_into().ok()?, 0, 0);
        Some((shift, time.ok()?))
    }
}

/// Sets what is not said yet, or was said the same way before.
fn set<T: PartialEq>(place: &mut Option<T>, value: T) -> Option<()> {
    match place {
        Some(said) if *said != value => None,
        _ => {
            *place = Some(value);
            Some(())
        }
    }
}

/// Minutes and days that these tokens begin with, and how many tokens that takes.
fn count(tokens: &[Token]) -> Option<(i64, i64, usize)> {
    use Token::{Ago, Days, Half, Hours, Minutes, Number, Quarter, Weeks};
    let hours = |n: u32| i64::from(n) * 60;
    Some(match *tokens {
        [Number(n), Half, Hours, ..] | [Number(n), Hours, Half, ..] => (hours(n) + 30, 0, 3),
        [Half, Hours, ..] => (30, 0, 2),
        [Number(n), Quarter, Ago, ..] => (i64::from(n) * 15, 0, 2),
        [Number(n), Minutes, ..] => (n.into(), 0, 2),
        [Number(n), Hours, ..] => (hours(n), 0, 2),
        [Number(n), Days, ..] => (0, n.into(), 2),
        [Number(n), Weeks, ..] => (0, i64::from(n) * 7, 2),
        _ => return None,
    })
}

/// The day that these tokens begin with, and how many tokens that takes.
fn day(tokens: &[Token]) -> Option<(Day, usize)> {
    use Token::{
        AtNight, DaySign, Last, Month, MonthSign, Night, Number, Stroke, This, WeekBefore, Weekday,
        YearSign,
    };
    let (day, length) = match *tokens {
        [
            Number(y @ 2000..),
            Stroke | YearSign,
            Number(m),
            Stroke | MonthSign,
            Number(d),
            ..,
        ] => (Day::on(y, m, d)?, 5),
        [Month(m), Number(d), Number(y @ 2000..), ..]
        | [Number(d), Month(m), Number(y @ 2000..), ..] => (Day::on(y, m, d)?, 3),
        // Elsewhere the day stands first. Where both can be, the month does.
        [Number(d @ 13..), Stroke, Number(m @ ..=12), ..]
        | [Number(m), Stroke | MonthSign, Number(d), ..] => (Day::Each(m, d), 3),
        [Month(m), Number(d), ..] | [Number(d), Month(m), ..] => (Day::Each(m, d), 2),
        [Number(d), DaySign, ..] => (Day::OfMonth(d), 1),
        [Token::Day(n) | Night(n), ..] => (Day::Ago(n), 1),
        [Last, Weekday(n), ..] => (Day::LastWeekday(n), 2),
        [WeekBefore, Weekday(n), ..] => (Day::InWeek(1, n), 2),
        [This, Weekday(n), ..] => (Day::InWeek(0, n), 2),
        [Weekday(n), ..] => (Day::Weekday(n), 1),
        [This, Token::Part(_) | AtNight, ..] => (Day::Ago(0), 1),
        _ => return None,
    };
    let has_sign = tokens.get(length) == Some(&DaySign);
    Some((day, length + usize::from(has_sign)))
}

/// The hour and the minute that these tokens begin with, and how many tokens that takes.
fn clock(tokens: &[Token]) -> Option<((u32, u32), usize)> {
    use Token::{Colon, Half, HourSign, Midnight, MinuteSign, Number, Past, Quarter, To};
    Some(match *tokens {
        [Number(h), Colon, Number(m), Colon, Number(_), ..] => ((h, m), 5),
        [Number(h), HourSign, Number(m), MinuteSign, ..] => ((h, m), 4),
        [Number(h), HourSign, Number(n @ 1..4), Quarter, ..] => ((h, n * 15), 4),
        [Number(h), Colon | HourSign, Number(m), ..] | [Number(m), Past, Number(h), ..] => {
            ((h, m), 3)
        }
        [Number(h), HourSign, Half, ..] | [Half, Past, Number(h), ..] => ((h, 30), 3),
        [Quarter, Past, Number(h), ..] => ((h, 15), 3),
        [Quarter, To, Number(h @ 1..), ..] => ((h - 1, 45), 3),
        [Number(m @ 1..60), To, Number(h @ 1..), ..] => ((h - 1, 60 - m), 3),
        [Number(h), HourSign, ..] => ((h, 0), 2),
        [Midnight, ..] => ((0, 0), 1),
        _ => return None,
    })
}
