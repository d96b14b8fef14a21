//! A day, without a clock: this file neither knows nor asks what day it is.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A day by its year, month and day, the last two from 1.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }

    /// Whether more than a year lies between this day and a later one.
    #[must_use]
    pub fn is_over_a_year_before(self, later: Date) -> bool {
        let year = self.year.saturating_add(1);
        Date { year, ..self } < later
    }
}

impl fmt::Display for Date {
    /// `2026-11-22`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_ends_on_the_same_day_of_the_next() {
        let read = Date::new(2024, 2, 29);
        assert!(!read.is_over_a_year_before(Date::new(2025, 2, 28)));
        assert!(read.is_over_a_year_before(Date::new(2025, 3, 1)));
        let read = Date::new(2025, 11, 25);
        assert!(!read.is_over_a_year_before(Date::new(2026, 11, 25)));
        assert!(read.is_over_a_year_before(Date::new(2026, 11, 26)));
        assert!(!read.is_over_a_year_before(Date::new(2025, 1, 1)));
    }
}
