//! Times as people say them, such as `yesterday 9pm`, `刚刚` or `昨晚10点半`.

mod day;
mod offset;
mod said;
mod scan;

pub use self::offset::offset;

use self::day::Day;
use self::offset::offset_behind;
use self::said::Said;
use self::scan::tokens;
use crate::text::half_width;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan, Zoned};

/// The latest such time that is past, in full: `2026-11-24 21:00 +08:00`, or only `2026-11-24` where
/// no time of day was said. Words of every language of the program count.
///
/// A time of a day that is still to come (今天 22:00, at noon) is returned as such. Nothing is
/// returned for what says no time or too little; nor, where the system does not know its time zone,
/// for what is not counted from now and names no offset.
#[must_use]
pub fn in_full(said: &str, now: &Zoned) -> Option<String> {
    let plain: String = said.chars().map(half_width).collect();
    let plain = plain.to_lowercase();
    let (plain, offset) = offset_behind(&plain);
    let zone = match offset {
        Some(offset) => TimeZone::fixed(offset),
        None => now.time_zone().clone(),
    };
    let now = now.with_time_zone(zone);
    let said = Said::read(&tokens(plain)?)?;
    if let Some(minutes) = said.minutes_ago {
        let minutes = Span::new().try_minutes(minutes).ok()?;
        let time = now.checked_sub(minutes).ok()?;
        return said.is_bare().then(|| written(&time));
    }
    if now.time_zone().is_unknown() {
        return None;
    }
    let today = now.date();
    let Some((shift, clock)) = said.clock else {
        // A part of the day says too little by itself.
        let days = said.day?.candidates(today, false);
        let past = days.iter().find(|day| **day <= today);
        return past.or(days.first()).map(ToString::to_string);
    };
    let night_before = said.at_night && now.hour() < 6;
    let days = said.day.unwrap_or(Day::Any).candidates(today, night_before);
    let times = days.iter().filter_map(|day| {
        let day = day.checked_add(shift.days()).ok()?;
        let time = day.to_datetime(clock);
        time.to_zoned(now.time_zone().clone()).ok()
    });
    let times: Vec<Zoned> = times.collect();
    let past = times.iter().find(|time| **time <= now);
    past.or(times.first()).map(written)
}

fn written(time: &Zoned) -> String {
    time.strftime("%Y-%m-%d %H:%M %:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Wednesday afternoon.
    fn wednesday() -> Zoned {
        "2026-11-25T15:30+08:00[+08:00]".parse().unwrap()
    }

    #[track_caller]
    fn said(now: &Zoned, said: &str) -> String {
        in_full(said, now).unwrap_or_else(|| panic!("{said}"))
    }

    /// What each of these means on that Wednesday; without its offset, which is that of the place.
    #[track_caller]
    fn each_is(all: &[&str], time: &str) {
        let offset = if time.len() > 10 { " +08:00" } else { "" };
        for one in all {
            assert_eq!(said(&wednesday(), one), format!("{time}{offset}"), "{one}");
        }
    }

    #[test]
    fn what_is_counted_from_now() {
        each_is(
            &["now", "Just now", "刚刚", "刚才", "现在"],
            "2026-11-25 15:30",
        );
        each_is(
            &[
                "10 minutes ago",
                "ten mins ago",
                "about 10 min ago",
                "10分钟前",
                "十分钟之前",
                "大概１０分钟以前",
            ],
            "2026-11-25 15:20",
        );
        each_is(
            &[
                "half an hour ago",
                "30 minutes ago",
                "半小时前",
                "半个小时前",
            ],
            "2026-11-25 15:00",
        );
        each_is(
            &[
                "an hour ago",
                "1 hour ago",
                "1h ago",
                "一小时前",
                "一个小时前",
                "1个钟头前",
            ],
            "2026-11-25 14:30",
        );
        each_is(
            &[
                "an hour and a half ago",
                "1 and a half hours ago",
                "一个半小时前",
                "90分钟前",
            ],
            "2026-11-25 14:00",
        );
        each_is(
            &["1 hour 15 minutes ago", "1小时15分钟前"],
            "2026-11-25 14:15",
        );
        each_is(&["一刻钟前"], "2026-11-25 15:15");
        each_is(
            &[
                "2 days ago",
                "two days ago",
                "2天前",
                "两天前",
                "前天",
                "the day before yesterday",
            ],
            "2026-11-23",
        );
        each_is(&["a week ago", "一周前", "1个星期前"], "2026-11-18");
        each_is(
            &["three days ago at 9pm", "3天前晚上9点", "大前天晚上九点"],
            "2026-11-22 21:00",
        );
    }

    #[test]
    fn a_time_of_day_is_the_latest_that_is_past() {
        each_is(
            &[
                "22:40",
                "２２：４０",
                "22点40",
                "22点40分",
                "晚上10点40",
                "10:40 pm",
                "10:40 p.m.",
                "at 10:40PM",
                "二十二点四十分",
            ],
            "2026-11-24 22:40",
        );
        each_is(
            &[
                "15:30",
                "下午3点半",
                "half past three in the afternoon",
                "3:30pm",
                "下午三点三十分",
            ],
            "2026-11-25 15:30",
        );
        each_is(&["15:31", "下午3点31"], "2026-11-24 15:31");
        each_is(
            &[
                "9 o'clock",
                "9点",
                "早上9点",
                "上午九点整",
                "9 am",
                "nine in the morning",
            ],
            "2026-11-25 09:00",
        );
        each_is(
            &["凌晨2点", "半夜两点", "2am", "at night at 2"],
            "2026-11-25 02:00",
        );
        each_is(&["中午", "noon", "12pm", "中午12点"], "2026-11-25 12:00");
        each_is(&["midnight", "零点", "0:00", "12 am"], "2026-11-25 00:00");
        each_is(
            &["quarter past nine", "九点一刻", "9:15"],
            "2026-11-25 09:15",
        );
        each_is(
            &["a quarter to ten", "九点三刻", "9:45:12"],
            "2026-11-25 09:45",
        );
        each_is(&["ten to nine", "8点50"], "2026-11-25 08:50");
    }

    #[test]
    fn days_by_their_names() {
        each_is(&["yesterday", "昨天", "昨日"], "2026-11-24");
        each_is(
            &[
                "yesterday 9pm",
                "Yesterday at 9 p.m.",
                "last night at 9",
                "昨晚9点",
                "昨天晚上九点",
                "昨晚上9点",
                "昨天 21:00",
                "yesterday evening at nine",
            ],
            "2026-11-24 21:00",
        );
        each_is(
            &[
                "昨天下午3点半",
                "yesterday 3:30 pm",
                "yesterday afternoon at half past 3",
            ],
            "2026-11-24 15:30",
        );
        each_is(
            &["今早8点", "this morning at 8", "今天早上八点", "today 8am"],
            "2026-11-25 08:00",
        );
        each_is(
            &["today", "今天", "Wednesday", "周三", "this Wednesday"],
            "2026-11-25",
        );
        each_is(
            &[
                "Monday",
                "on Monday",
                "last Monday",
                "周一",
                "星期一",
                "这周一",
                "本周一",
            ],
            "2026-11-23",
        );
        each_is(
            &[
                "Friday 9pm",
                "last Friday at 9pm",
                "周五晚上9点",
                "上周五晚上九点",
                "上个星期五21:00",
            ],
            "2026-11-20 21:00",
        );
        each_is(&["上周一", "上个礼拜一"], "2026-11-16");
        each_is(&["last Wednesday", "上周三"], "2026-11-18");
        each_is(&["Wednesday 10pm", "周三晚上10点"], "2026-11-18 22:00");
        each_is(&["Sunday", "周日", "星期天", "礼拜天"], "2026-11-22");
    }

    #[test]
    fn a_night_goes_on_after_midnight() {
        each_is(
            &[
                "last night at 2",
                "昨晚2点",
                "昨天半夜两点",
                "last night at 2 am",
            ],
            "2026-11-25 02:00",
        );
        each_is(&["昨晚12点", "last night at 12"], "2026-11-25 00:00");
        each_is(&["昨天凌晨2点", "yesterday 2am"], "2026-11-24 02:00");
        let early: Zoned = "2026-11-25T00:30+08:00[+08:00]".parse().unwrap();
        for one in [
            "今晚11点",
            "tonight at 11",
            "11pm",
            "昨晚11点",
            "last night at 11 pm",
        ] {
            assert_eq!(said(&early, one), "2026-11-24 23:00 +08:00", "{one}");
        }
        assert_eq!(said(&early, "今晚12点"), "2026-11-25 00:00 +08:00");
    }

    #[test]
    fn dates_with_and_without_their_year() {
        each_is(
            &[
                "11-22 21:30",
                "11/22 9:30pm",
                "11.22 21:30",
                "22/11 21:30",
                "11月22日晚上9点半",
                "11月22号 21:30",
                "Nov 22 21:30",
                "22 November 9:30 pm",
                "November 22nd, 2026 at 21:30",
                "22日晚上9点半",
                "2026年11月22日21点30分",
                "2026-11-22 21:30:05",
                "2026/11/22 晚上9:30",
            ],
            "2026-11-22 21:30",
        );
        each_is(
            &["11-22", "Nov 22", "2026-11-22", "十一月二十二日", "22号"],
            "2026-11-22",
        );
        each_is(&["12-24", "Dec 24", "12月24日"], "2025-12-24");
        each_is(&["2-29", "Feb 29"], "2024-02-29");
        each_is(&["31号"], "2026-10-31");
        each_is(&["11-25 16:00"], "2025-11-25 16:00");
    }

    #[test]
    fn what_is_said_to_be_still_to_come_stays_so() {
        each_is(
            &["今晚10点", "tonight at 10", "今天22:00", "today 10pm"],
            "2026-11-25 22:00",
        );
        each_is(&["2026-12-24", "Dec 24 2026"], "2026-12-24");
        each_is(&["这周五", "this Friday"], "2026-11-27");
    }

    #[test]
    fn an_offset_that_is_said_counts() {
        for (one, time) in [
            ("22:40 +09:00", "2026-11-24 22:40 +09:00"),
            ("yesterday 9pm UTC-5", "2026-11-24 21:00 -05:00"),
            ("昨天晚上9点 UTC+8", "2026-11-24 21:00 +08:00"),
            ("7:29 UTC", "2026-11-25 07:29 +00:00"),
            ("7:31 gmt", "2026-11-24 07:31 +00:00"),
        ] {
            assert_eq!(said(&wednesday(), one), time);
        }
    }

    #[test]
    fn where_the_clocks_change_the_offset_is_that_of_the_day() {
        let now: Zoned = "2026-11-02T12:00[Europe/Berlin]".parse().unwrap();
        assert_eq!(said(&now, "yesterday 9am"), "2026-11-01 09:00 +01:00");
        assert_eq!(
            said(&now, "last Saturday at 10pm"),
            "2026-10-31 22:00 +01:00"
        );
        let now: Zoned = "2026-10-25T12:00[Europe/Berlin]".parse().unwrap();
        assert_eq!(said(&now, "yesterday 9am"), "2026-10-24 09:00 +02:00");
        assert_eq!(said(&now, "10 hours ago"), "2026-10-25 02:00 +01:00");
    }

    #[test]
    fn where_no_zone_is_known_only_what_is_counted_from_now_is_known() {
        let now = wednesday().with_time_zone(TimeZone::unknown());
        assert_eq!(said(&now, "10 minutes ago"), "2026-11-25 07:20 +00:00");
        assert_eq!(said(&now, "22:40 +08:00"), "2026-11-24 22:40 +08:00");
        for one in ["22:40", "yesterday", "昨晚9点"] {
            assert_eq!(in_full(one, &now), None, "{one}");
        }
    }

    #[test]
    fn what_says_no_time_is_none() {
        for one in [
            "",
            " ",
            "-",
            "soon",
            "last week",
            "a few minutes ago",
            "ago",
            "yesterday tomorrow",
            "25:00",
            "12:60",
            "13 o'clock am",
            "yesterday today",
            "9",
            "482915",
            "6217 0000 1234",
            "9pm 10pm",
            "Feb 30",
            "2026-13-01",
            "13月1日",
            "my password is hunter2",
            "下午",
            "晚上",
            "half",
            "10 minutes",
            "1-2-3-4",
            "99999999999999999999 minutes ago",
            "4294967295 weeks ago",
        ] {
            assert_eq!(in_full(one, &wednesday()), None, "{one}");
        }
    }
}
