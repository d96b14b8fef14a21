//! Times where the system does not know its time zone, or has no list of zones.

use crate::run::{Home, Run};
use crate::saved::{KETTLE, kettle, kettle_home, only, read};
use jiff::tz::{TimeZone, offset};
use jiff::{Timestamp, ToSpan, Zoned};
use okx_verify_help::field::Problem;
use okx_verify_help::words::words;
use std::fs;
use std::process::{Command, Stdio};

/// A home whose kettle asks when it failed.
fn home() -> Home {
    let home = kettle_home();
    let guide = KETTLE.replace("kind = \"line\"", "kind = \"time\"");
    fs::write(home.path("kettle.toml"), guide).unwrap();
    home
}

/// Ten minutes ago in Shanghai.
fn ten_minutes_ago() -> Zoned {
    let now = Timestamp::now().to_zoned(TimeZone::fixed(offset(8)));
    now.checked_sub(10.minutes()).unwrap()
}

fn clock(time: &Zoned) -> String {
    time.strftime("%Y-%m-%d %H:%M").to_string()
}

fn walk(home: &Home, times: &[&str]) -> Run {
    let typed = [&["1", "0", "2"], times].concat();
    kettle(home, "--plain --case cold").types(typed)
}

#[test]
fn a_time_in_no_known_zone_is_kept_as_it_is_typed() {
    let (home, ago) = (home(), clock(&ten_minutes_ago()));
    let run = walk(&home, &["2099-01-01 10:00 +08:00", &ago]);
    let done = run.env("TZ", "Nowhere/Atlantis").exits(0);
    // In UTC it is still to come; so is the first, and that one says where it is meant.
    let future = words("en").problem(Problem::Future);
    assert_eq!(done.stderr.matches(&future).count(), 1, "{}", done.stderr);
    assert_eq!(done.stdout.matches(&ago).count(), 1, "{}", done.stdout);
    assert!(
        !done.stdout.contains(&format!("{ago} +")),
        "{}",
        done.stdout
    );
    let done = done.says([words("en").no_time_zone]);
    done.never_says("without an offset it counts as");
    // Nor is anything added later, wherever it is read.
    for zone in ["Nowhere/Atlantis", "UTC-8"] {
        let run = kettle(&home, "ticket").env("TZ", zone).exits(0);
        run.prints(&format!("{ago}\n"));
    }
    let file = read(home.walk_file(&only(&home)));
    assert!(file.contains(&format!("value = \"{ago}\"\n")), "{file}");
}

#[test]
fn a_known_zone_is_added_where_the_system_has_no_list_of_zones() {
    let folder = "/usr/share/zoneinfo";
    let hide =
        format!("[ ! -d {folder} ] || mount -t tmpfs none {folder} || exit 125; exec \"$@\"");
    let hidden = ["-rm", "sh", "-c", &hide, "sh"];
    let mut probe = Command::new("unshare");
    probe.args(hidden).arg("true").stderr(Stdio::null());
    if !probe.status().is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: no folder can be hidden here; nothing is known about missing zones");
        return;
    }
    for (zone, offset) in [
        ("Asia/Shanghai", "+08:00"),
        ("UTC-8", "+08:00"),
        ("UTC", "+00:00"),
    ] {
        let home = home();
        let ago = match zone {
            "UTC" => ten_minutes_ago().with_time_zone(TimeZone::UTC),
            _ => ten_minutes_ago(),
        };
        let run = walk(&home, &[&clock(&ago)]).env("TZ", zone);
        let done = run.under("unshare", &hidden).exits(0);
        let done = done.prints(&format!("{} {offset}\n", clock(&ago)));
        done.says([words("en").time_zone(offset)]);
    }
}
