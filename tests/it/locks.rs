//! What keeps two programs from one saved walk, and others from reading it. What needs a program
//! that is stopped at one of its system calls is in `faults`.

use crate::run::Home;
use crate::saved::{BUSY, cut, kettle, kettle_home, only, read};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

fn mode(path: impl AsRef<Path>) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn lock_of(home: &Home, id: &str) -> PathBuf {
    home.state().join(format!("{id}.lock"))
}

#[test]
fn a_lock_that_is_gone_is_taken_anew_before_a_save() {
    let (home, id) = cut(1);
    let asks = |()| {
        let run = kettle(&home, "resume --plain").starts();
        run.waits_for("Try another socket.")
    };
    let first = asks(());
    fs::remove_file(lock_of(&home, &id)).unwrap();
    let second = asks(());
    let before = read(home.walk_file(&id));
    let first = first.types("3").ends();
    assert_eq!(first.code, Some(1), "{}", first.stderr);
    first.says(["This could not be saved: ", BUSY]);
    assert_eq!(read(home.walk_file(&id)), before);
    second.types("2").exits(0);
    assert!(read(home.walk_file(&id)).contains("\"no-change\""));
}

#[test]
fn a_lock_of_another_program_stays_and_its_name_is_not_taken() {
    let home = kettle_home();
    fs::create_dir_all(home.state()).unwrap();
    // A walk has the time in its name, in the zone that tests run in.
    let zone = jiff::tz::Offset::constant(8).to_time_zone();
    let now = jiff::Zoned::now().with_time_zone(zone);
    let locks = (0..300).map(|n| {
        let then = now.checked_add(jiff::Span::new().seconds(n)).unwrap();
        lock_of(&home, &then.strftime("cold-%Y%m%d-%H%M%S").to_string())
    });
    let locks: Vec<PathBuf> = locks.collect();
    for lock in &locks {
        fs::write(lock, "not ours").unwrap();
    }
    kettle(&home, "--plain --case cold").types(["2"]).exits(0);
    assert!(only(&home).ends_with("-2"), "{}", only(&home));
    for lock in &locks {
        assert_eq!(read(lock), "not ours");
    }
}

#[test]
fn nobody_else_may_read_a_lock_or_look_into_the_folder() {
    let home = kettle_home();
    let run = kettle(&home, "--plain --case cold").types(["2"]);
    run.under("sh", &["-c", "umask 0; exec \"$@\"", "sh"])
        .exits(0);
    assert_eq!(mode(home.state()), 0o700);
    let id = only(&home);
    assert_eq!(mode(lock_of(&home, &id)), 0o600);
    assert_eq!(mode(home.walk_file(&id)), 0o600);
}

#[test]
fn a_folder_that_the_user_names_stays_as_open_as_it_is() {
    let home = kettle_home();
    let shared = home.path("shared");
    fs::create_dir(&shared).unwrap();
    fs::set_permissions(&shared, fs::Permissions::from_mode(0o755)).unwrap();
    let run = |folder: &str| {
        let run = kettle(&home, "--plain --case cold").types(["2"]);
        run.env("OKX_VERIFY_HELP_STATE", folder).exits(0);
    };
    run("shared");
    assert_eq!(mode(&shared), 0o755);
    assert_eq!(fs::read_dir(&shared).unwrap().count(), 2);
    // An empty name is none.
    assert_eq!(home.walks(), Vec::<String>::new());
    run("");
    assert_eq!(home.walks().len(), 1);
}
