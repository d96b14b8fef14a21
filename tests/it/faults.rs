//! Saves that are killed or refused at every system call they make, by `strace`. Where that cannot
//! trace, these tests say so and try nothing.

use crate::run::{Done, Home};
use std::process::{Command, Stdio};

const KETTLE: &str = include_str!("../data/kettle.toml");
/// A walk that ends in a ticket.
const ANSWERS: [&str; 6] = ["2", "2", "2", "2", "3", "KX-1"];
/// Every kind of call that a save makes; a machine need not have all of them.
const CALLS: [&str; 9] = [
    "openat",
    "?mkdir,mkdirat",
    "write",
    "fsync",
    "?rename,renameat,renameat2",
    "flock",
    "close",
    "?unlink,unlinkat",
    "?chmod,fchmod,fchmodat",
];

fn can_trace() -> bool {
    let strace = Command::new("strace")
        .args(["-o", "/dev/null", "true"])
        .stderr(Stdio::null())
        .status();
    let can = strace.is_ok_and(|status| status.success());
    if !can {
        eprintln!("SKIPPED: strace cannot trace here, so no fault was tried");
    }
    can
}

/// Walks the kettle's guide while one of its system calls does something else.
fn walk_with(home: &Home, inject: &str) -> Done {
    let inject = format!("inject={inject}");
    let run = home.okx("--plain --guide kettle.toml --case cold");
    let run = run.file("kettle.toml", KETTLE).types(ANSWERS);
    run.under("strace", &["-f", "-qq", "-o", "/dev/null", "-e", &inject])
        .ends()
}

/// How many answers a question was shown behind.
fn acknowledged(done: &Done) -> usize {
    let shown = done.stderr.matches("\nStep ").count();
    let ended = usize::from(done.stderr.contains("Take it back to the shop."));
    (shown + ended).saturating_sub(1)
}

/// How many answers are saved, and whether anything was torn.
fn saved(home: &Home) -> (usize, bool) {
    let list = home.okx("walks --guide kettle.toml --lang en").exits(0);
    let answers = list.stdout.rsplit("unfinished, ").next().unwrap_or("");
    let answers = answers.split(' ').next().and_then(|n| n.parse().ok());
    let answers = if list.stdout.contains("finished:") {
        ANSWERS.len()
    } else {
        answers.unwrap_or(0)
    };
    let torn =
        list.stderr.contains(".bad") || home.state_files().iter().any(|f| f.ends_with(".tmp"));
    (answers, torn)
}

#[test]
fn a_walk_that_is_killed_at_any_call_of_any_save_loses_nothing() {
    if !can_trace() {
        return;
    }
    let (mut kills, mut torn, mut lost) = (0, 0, 0);
    for call in CALLS {
        for n in 1..1000 {
            let home = Home::new();
            let done = walk_with(&home, &format!("{call}:signal=KILL:when={n}"));
            if done.code == Some(0) {
                break;
            }
            kills += 1;
            let (answers, is_torn) = saved(&home);
            torn += usize::from(is_torn);
            if answers < acknowledged(&done) {
                lost += 1;
                let shown = acknowledged(&done);
                eprintln!("{call} {n}: {answers} saved, {shown} shown");
            }
        }
    }
    eprintln!("{kills} kills, {torn} torn, {lost} acknowledged but lost");
    assert!(kills > 60, "{kills}");
    assert_eq!((torn, lost), (0, 0));
}

#[test]
fn a_save_that_is_refused_is_said_and_loses_nothing_older() {
    if !can_trace() {
        return;
    }
    let mut refused = 0;
    // Only a save makes these calls; `write` and `openat` are made for other things, too.
    for call in ["fsync", "?rename,renameat,renameat2"] {
        for error in ["ENOSPC", "EIO", "EACCES"] {
            for n in 1..=10_usize {
                let home = Home::new();
                let done = walk_with(&home, &format!("{call}:error={error}:when={n}+"));
                let (answers, torn) = saved(&home);
                assert!(!torn, "{call} {error} {n}");
                assert!(
                    done.stdout.contains("KX-1"),
                    "{call} {error} {n}: {}",
                    done.stderr
                );
                if done.code == Some(0) {
                    assert_eq!(answers, ANSWERS.len());
                    break;
                }
                refused += 1;
                assert_eq!(done.code, Some(1), "{}", done.stderr);
                let done = done.says(["could not be saved", "these answers are not saved"]);
                // A file is renamed before its folder is synced.
                assert!(
                    answers + 1 >= n.div_ceil(2),
                    "{call} {error} {n}: {}",
                    done.stderr
                );
            }
        }
    }
    eprintln!("{refused} walks with refused saves");
    assert!(refused > 30, "{refused}");
}
