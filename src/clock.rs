//! Where the time comes from: the system's clock, or another one that a test brings.

use crate::guide::Date;
use crate::moment::Moment;
use jiff::Zoned;

/// A clock that can be asked for the time. Whoever needs the time gets a clock as a value.
#[derive(Debug, Clone, Copy)]
pub struct Clock(fn() -> Zoned);

impl Clock {
    /// The system's clock, in the system's time zone.
    #[must_use]
    pub fn of_system() -> Clock {
        Clock(Zoned::now)
    }

    /// A clock that says what this function returns.
    #[must_use]
    pub fn new(now: fn() -> Zoned) -> Clock {
        Clock(now)
    }

    /// The time with its time zone.
    #[must_use]
    pub fn zoned(self) -> Zoned {
        (self.0)()
    }

    /// The day where the user is.
    #[must_use]
    pub fn today(self) -> Date {
        let day = self.zoned().date();
        let part = |n: i8| u8::try_from(n).unwrap_or(0);
        let year = u16::try_from(day.year()).unwrap_or(0);
        Date::new(year, part(day.month()), part(day.day()))
    }

    /// The time to the second.
    #[must_use]
    pub fn now(self) -> Moment {
        Moment::of(&self.zoned())
    }
}
