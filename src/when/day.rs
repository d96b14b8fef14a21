//! Days as people say them.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// What was said of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Nothing: today, or yesterday.
    Any,
    /// So many days before today.
    Ago(i64),
    /// The latest such day of the week, today included; Monday is 0.
    Weekday(i64),
    /// The same without today.
    LastWeekday(i64),
    /// So many weeks before this one, which begins on Monday, and the day of that week.
    InWeek(i64, i64),
    /// The latest such month and day.
    Each(u32, u32),
    /// The latest such day of a month.
    OfMonth(u32),
    On(Date),
}

impl Day {
    /// A day of the calendar, if there is such a one.
    pub fn on(year: u32, month: u32, day: u32) -> Option<Day> {
        date(year.try_into().ok()?, month, day).map(Day::On)
    }

    /// The days that it may be, the latest first. `night_before` says whether what is called today
    /// may be yesterday, as long as the night lasts.
    pub fn candidates(self, today: Date, night_before: bool) -> Vec<Date> {
        let ago = |days: i64| {
            let days = Span::new().try_days(days).ok()?;
            today.checked_sub(days).ok()
        };
        let weekday = i64::from(today.weekday().to_monday_zero_offset());
        let days = match self {
            Day::Any => vec![ago(0), ago(1)],
            Day::Ago(0) if night_before => vec![ago(0), ago(1)],
            Day::Ago(days) => vec![ago(days)],
            Day::Weekday(day) => {
                let last = (weekday - day).rem_euclid(7);
                vec![ago(last), ago(last + 7)]
            }
            Day::LastWeekday(day) => vec![ago((weekday - day - 1).rem_euclid(7) + 1)],
            Day::InWeek(weeks, day) => vec![ago(weeks * 7 + weekday - day)],
            // A leap day may be eight years away.
            Day::Each(month, day) => (0..=8)
                .map(|ago| date(today.year() - ago, month, day))
                .collect(),
            Day::OfMonth(day) => (0..12)
                .map(|ago| {
                    let month = today.first_of_month().checked_sub(ago.months()).ok()?;
                    date(month.year(), month.month().try_into().ok()?, day)
                })
                .collect(),
            Day::On(date) => vec![Some(date)],
        };
        days.into_iter().flatten().collect()
    }
}

fn date(year: i16, month: u32, day: u32) -> Option<Date> {
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}
