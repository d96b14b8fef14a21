//! Times as people say them: said back with their date, kept in full, never in the future unless it
//! was said so.

use crate::in_process::Desk;
use crate::properties::config;
use jiff::tz::{TimeZone, offset};
use jiff::{Timestamp, ToSpan, Zoned};
use okx_verify_help::field;
use okx_verify_help::guide::Field;
use okx_verify_help::redact::Raw;
use okx_verify_help::when::in_full;
use proptest::prelude::*;
use std::fs;

const KETTLE: &str = include_str!("../data/kettle.toml");

/// Some moment of this century, somewhere.
fn now() -> impl Strategy<Value = Zoned> {
    (946_900_000_i64..4_100_000_000, -12_i8..=14).prop_map(|(second, hours)| {
        let at = Timestamp::from_second(second).unwrap();
        at.to_zoned(TimeZone::fixed(offset(hours)))
    })
}

/// Words of times in both languages, and others.
fn words() -> impl Strategy<Value = String> {
    let words: Vec<&str> = "now ago just 刚刚 前 minutes 分钟 hours 个小时 半 half quarter past to today 今天 \
        yesterday 昨天 前天 tonight 今晚 last night 昨晚 last 上 this 这 Monday 周三 am pm 早上 下午 中午 noon \
        midnight 晚上 年 月 日 号 点 分 刻 at on 的 左右 Nov 二月 - / . : + 2 3 9 10 11 12 13 22 30 31 40 59 2026 \
        1999 十 二十 a two UTC +8 -05:00 soon"
        .split_whitespace()
        .collect();
    let between = prop_oneof![Just(""), Just(" ")];
    let word = (prop::sample::select(words), between);
    prop::collection::vec(word, 1..7).prop_map(|all| {
        all.into_iter()
            .map(|(word, between)| format!("{word}{between}"))
            .collect()
    })
}

/// The moment that a time in full means.
fn moment(full: &str) -> Timestamp {
    let time = Zoned::strptime("%Y-%m-%d %H:%M %:z", full).unwrap();
    time.timestamp()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_is_said_is_a_time_in_full_or_none(said in words(), now in now()) {
        if let Some(full) = in_full(&said, &now) {
            let taken = field::take(Field::Date, Raw::new(full.clone()));
            prop_assert!(taken.is_ok_and(|taken| *taken.value == *full), "{said}: {full}");
            prop_assert_eq!(in_full(&full, &now), Some(full.clone()), "{}", said);
        }
    }

    #[test]
    fn no_text_is_too_much(said in ".{0,40}", now in now()) {
        let _ = in_full(&said, &now);
    }

    #[test]
    fn a_time_of_day_is_within_the_last_day_in_both_languages(h in 0..24, m in 0..60, now in now()) {
        let full = in_full(&format!("{h}:{m:02}"), &now).unwrap();
        prop_assert!(full[11..].starts_with(&format!("{h:02}:{m:02}")), "{}", full);
        let ago = now.timestamp().as_second() - moment(&full).as_second();
        prop_assert!((0..24 * 60 * 60).contains(&ago), "{} at {}", full, now);
        prop_assert_eq!(in_full(&format!("{h}点{m}分"), &now), Some(full));
    }

    #[test]
    fn what_is_counted_from_now_is_counted_alike(n in 0_i64..100_000, now in now()) {
        let full = in_full(&format!("{n} minutes ago"), &now).unwrap();
        prop_assert_eq!(in_full(&format!("{n}分钟前"), &now), Some(full.clone()));
        let then = now.timestamp() - (n * 60).seconds();
        prop_assert_eq!(moment(&full).as_second() / 60, then.as_second() / 60);
    }
}

/// What is said on a walk that asks for a time at noon of 1 December.
fn walk(kind: &str, times: &[&str]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let guide = folder.path().join("k.toml");
    fs::write(
        &guide,
        KETTLE.replace("kind = \"line\"", &format!("kind = \"{kind}\"")),
    )
    .unwrap();
    let typed = [&["1", "0", "2"], times].concat();
    let args = format!("--case cold --lang en --guide {}", guide.display());
    let done = Desk::new().types(&args, typed);
    (done.stderr, done.stdout)
}

#[test]
fn a_time_is_said_back_and_kept_with_its_date() {
    for time in ["22:40", "昨晚10点40", "last night at 10:40"] {
        let (said, ticket) = walk("time", &[time]);
        let said_back = "› That is 2026-11-30 22:40 +08:00\n";
        assert_eq!(said.matches(said_back).count(), 1, "{time}: {said}");
        assert!(ticket.contains("2026-11-30 22:40 +08:00"), "{ticket}");
        assert!(
            !ticket.contains("昨晚") && !ticket.contains("last night"),
            "{ticket}"
        );
    }
    // What was typed in full is not repeated.
    let (said, ticket) = walk("time", &["2026-11-30 22:40"]);
    assert!(
        !said.contains("That is") && ticket.contains("22:40 +08:00"),
        "{said}{ticket}"
    );
}

#[test]
fn a_day_is_enough_where_the_field_is_for_one() {
    let (said, ticket) = walk("time", &["yesterday", "yesterday 9am"]);
    assert!(said.contains("Say when, with the time of day"), "{said}");
    assert!(ticket.contains("2026-11-30 09:00 +08:00"), "{ticket}");
    let (said, ticket) = walk("date", &["昨天"]);
    assert!(said.contains("› That is 2026-11-30\n"), "{said}");
    assert!(ticket.contains(": 2026-11-30\n"), "{ticket}");
    let (said, ticket) = walk("date", &["tomorrow", "2026-12-02", "tonight at 10", "刚刚"]);
    assert_eq!(said.matches("Say which day").count(), 1, "{said}");
    assert_eq!(
        said.matches("That time is still to come.").count(),
        2,
        "{said}"
    );
    assert!(ticket.contains("2026-12-01 12:00 +08:00"), "{ticket}");
}
