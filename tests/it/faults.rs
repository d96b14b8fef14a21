//! Saved walks when something goes wrong at the worst moment: the program killed at each of its
//! system calls, calls that the system refuses, and two programs at once. Needs `strace`.

use crate::run::{Done, Home, Run, Running, without_times};
use crate::saved::{BUSY, COLD, kettle, kettle_home};
use crate::support::squeeze;
use okx_verify_help::history::History;
use okx_verify_help::words::words;
use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// The system calls that a save is made of.
const CALLS: &str = "openat,write,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,\
                     flock,fchmod,mkdir,mkdirat,close";

/// What is said of a guide that is not the program's own.
const ORIGIN: &str = "This guide is “kettle.toml”, not okx-verify-help's own.\n";

/// Whether programs can be traced here. Where they cannot, that is said past the test harness, which
/// hides what a passing test prints; where `CI` is set, it is a failure.
fn can_trace() -> bool {
    let mut probe = Command::new("strace");
    probe.args(["-o", "/dev/null", "true"]);
    let probe = probe.stderr(Stdio::null()).status();
    let can = probe.is_ok_and(|status| status.success());
    if !can {
        assert!(
            std::env::var_os("CI").is_none(),
            "strace does not work here; .ci/setup installs it"
        );
        let thread = thread::current();
        let test = thread.name().unwrap_or("a test");
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED {test}: strace does not work here"
        );
    }
    can
}

/// A system call of a whole walk.
#[derive(Debug, Clone)]
struct Call {
    name: String,
    /// The how many-th of its name it is.
    nth: usize,
    line: String,
    /// Which save it belongs to, counted from 0.
    save: usize,
}

impl Call {
    /// Whether it has to do with the folder of saved walks, or with one above that.
    fn touches_state(&self) -> bool {
        self.line.contains("/.local")
    }
}

fn whole_walk(home: &Home) -> Run {
    kettle(home, "--plain --case cold").types(COLD)
}

/// The whole walk with this done at one of its system calls; and, with a `+` behind it, at all
/// later calls of the same name.
fn tampered(home: &Home, call: &Call, what: &str) -> Done {
    let name = &call.name;
    let (what, on) = what
        .strip_suffix('+')
        .map_or((what, ""), |what| (what, "+"));
    let trace = format!("trace={name}");
    let inject = format!("inject={name}:{what}:when={}{on}", call.nth);
    let strace = ["-f", "-o", "/dev/null", "-e", &trace, "-e", &inject];
    whole_walk(home).under("strace", &strace).ends()
}

/// The calls of a whole walk, from the first that has to do with saving on, and what it printed.
fn calls() -> (Vec<Call>, String) {
    let home = kettle_home();
    let trace = format!("trace={CALLS}");
    let strace = ["-f", "-y", "-o", "calls", "-e", &trace];
    let done = whole_walk(&home).under("strace", &strace).exits(0);
    let said = fs::read_to_string(home.path("calls")).unwrap();
    let main = said.split_whitespace().next().unwrap();
    let (mut counts, mut save) = (HashMap::<&str, usize>::new(), 0);
    let mut calls = Vec::new();
    for line in said.lines() {
        let Some((pid, line)) = line.split_once(' ') else {
            continue;
        };
        let Some((name, _)) = line.trim_start().split_once('(').filter(|_| pid == main) else {
            continue;
        };
        let nth = counts.entry(name).or_default();
        *nth += 1;
        let call = Call {
            name: name.to_owned(),
            nth: *nth,
            line: line.to_owned(),
            save,
        };
        // A save ends where its folder is synced.
        let syncs = name == "fsync" && line.contains("okx-verify-help>");
        save += usize::from(syncs);
        calls.push(call);
    }
    assert!(
        save > COLD.len(),
        "each answer is saved, and the wait: {save}"
    );
    let first = calls.iter().position(Call::touches_state).unwrap();
    (calls.split_off(first), done.stdout)
}

/// Does something for each, on both cores.
fn each<T: Sync>(all: &[T], does: impl Fn(&T) + Sync) {
    let left = Mutex::new(all.iter());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let next = left.lock().unwrap().next();
                    let Some(one) = next else { break };
                    does(one);
                }
            });
        }
    });
}

/// The most answers that the saved walks of a home hold; nothing, if none is saved.
fn answers(home: &Home) -> Option<usize> {
    let count = |id: &String| {
        let text = fs::read_to_string(home.walk_file(id)).unwrap();
        History::parse(&text).expect("it is whole").answers.len()
    };
    home.walks().iter().map(count).max()
}

#[test]
fn a_walk_that_is_killed_at_any_moment_is_whole_and_goes_on() {
    if !can_trace() {
        return;
    }
    let (calls, ticket) = calls();
    let figures = Mutex::new([0; 5]);
    each(&calls, |call| {
        let home = kettle_home();
        let killed = tampered(&home, call, "signal=KILL");
        assert_eq!(killed.code, None, "not killed at {call:?}");
        let places = killed.stderr.matches("\nStep ").count();
        let stale = home.state_files().iter().any(|name| name.ends_with(".tmp"));
        // The next start finds no torn file, and clears up.
        let next = kettle(&home, "walks").exits(0);
        let is_torn = next.stderr.contains(".bad");
        let saved = answers(&home);
        let is_missing = saved.is_none() && places > 1;
        // A question is shown once the answer before it is saved.
        let is_lost = saved.is_some_and(|saved| saved + 1 < places);
        let count = [true, stale, is_torn, is_missing, is_lost];
        let mut figures = figures.lock().unwrap();
        for (figure, counts) in figures.iter_mut().zip(count) {
            *figure += usize::from(counts);
        }
        drop(figures);
        let expected = match (&home.walks()[..], saved) {
            ([id], Some(_)) => vec![format!("{id}.lock"), format!("{id}.toml")],
            _ => vec![],
        };
        assert_eq!(home.state_files(), expected, "left behind by {call:?}");
        if let Some(saved) = saved {
            let resumed = kettle(&home, "resume --plain").types(&COLD[saved..]);
            let resumed = resumed.exits(0).stdout;
            assert_eq!(without_times(&resumed), without_times(&ticket), "{call:?}");
        }
    });
    let [kills, stale, torn, missing, lost] = figures.into_inner().unwrap();
    eprintln!(
        "killed at {kills} system calls: {torn} torn, {missing} missing, {lost} lost an answer; \
         {stale} left a half-written file behind"
    );
    assert!(kills > 80 && stale > 0, "the kills hit nothing");
    assert_eq!([torn, missing, lost], [0, 0, 0]);
}

#[test]
fn what_the_system_refuses_once_is_said_and_made_up_for() {
    if !can_trace() {
        return;
    }
    let (calls, ticket) = calls();
    let last = calls.iter().map(|call| call.save).max().unwrap();
    let last = calls
        .iter()
        .filter(|c| c.save < last && c.touches_state())
        .map(|c| c.save)
        .max();
    let last = last.unwrap();
    let errors = |name: &str| -> &[&str] {
        match name {
            "openat" => &["EACCES", "ENOSPC", "EMFILE"],
            "write" => &["ENOSPC", "EIO"],
            "fsync" | "fdatasync" => &["EIO", "ENOSPC"],
            "mkdir" | "mkdirat" => &["EACCES", "ENOSPC"],
            name if name.starts_with("rename") => &["EACCES", "ENOSPC", "EIO"],
            _ => &[],
        }
    };
    // A folder that cannot be looked into for what is left behind can be saved into all the same.
    let of_state = calls
        .iter()
        .filter(|call| call.touches_state() && !call.line.contains("O_DIRECTORY"));
    let faults = of_state.flat_map(|call| errors(&call.name).iter().map(move |e| (call, *e)));
    let faults: Vec<_> = faults.collect();
    let (not_saved, again) = ("This could not be saved: ", words("en").saved_again);
    each(&faults, |(call, error)| {
        let home = kettle_home();
        let done = tampered(&home, call, &format!("error={error}"));
        let what = format!("{error} at {call:?}:\n{}", done.stderr);
        assert_eq!(
            without_times(&done.stdout),
            without_times(&ticket),
            "{what}"
        );
        assert_eq!(done.stderr.matches(not_saved).count(), 1, "{what}");
        let is_last = call.save == last;
        assert_eq!(done.code, Some(i32::from(is_last)), "{what}");
        let done = if is_last {
            done.says([not_saved, "not all answers are saved: "])
        } else {
            done.says([not_saved, again])
        };
        let home_folder = home.path("").display().to_string();
        assert!(
            done.stderr
                .replace('\n', "")
                .contains(home_folder.trim_end_matches('/')),
            "{what}"
        );
        // Where, and only once; the name of a half-written file says nothing to anybody.
        let said = squeeze(&done.stderr);
        let message = said.split(&squeeze(not_saved)).nth(1).unwrap();
        let message = message.split("Youcangoon").next().unwrap();
        assert_eq!(message.matches(&home_folder).count(), 1, "{what}");
        let rest = message.replacen(&home_folder, "", 1);
        assert!(!rest.contains(".tmp"), "{what}");
        // Whatever is there is whole.
        kettle(&home, "walks").exits(0).stderr(ORIGIN);
        let saved = answers(&home).expect("it is saved");
        assert!(
            saved == COLD.len() || is_last && saved + 1 == COLD.len(),
            "{what}"
        );
        let resumed = kettle(&home, "resume --plain")
            .types(&COLD[saved..])
            .exits(0);
        assert_eq!(
            without_times(&resumed.stdout),
            without_times(&ticket),
            "{what}"
        );
    });
    eprintln!("{} calls refused, one at a time", faults.len());
    assert!(faults.len() > 60);
}

#[test]
fn what_the_system_refuses_for_good_leaves_the_walk_as_it_was() {
    if !can_trace() {
        return;
    }
    let (calls, ticket) = calls();
    let kinds = ["fsync", "renameat", "rename"];
    let of_state = calls
        .iter()
        .filter(|c| c.touches_state() && kinds.contains(&&*c.name));
    let faults: Vec<_> = of_state.collect();
    each(&faults, |call| {
        let home = kettle_home();
        let done = tampered(&home, call, "error=ENOSPC+");
        let what = format!("{call:?}:\n{}", done.stderr);
        assert_eq!(done.code, Some(1), "{what}");
        assert_eq!(
            without_times(&done.stdout),
            without_times(&ticket),
            "{what}"
        );
        assert_eq!(
            done.stderr.matches("This could not be saved: ").count(),
            1,
            "{what}"
        );
        let done = done.says(["not all answers are saved: "]);
        done.never_says("okx-verify-help resume");
        kettle(&home, "walks").exits(0).never_says(".bad");
        // A save that got as far as its rename is there, the others are not.
        let saves_before = call.save;
        assert!(answers(&home).is_some() || saves_before == 0, "{what}");
    });
    eprintln!("{} calls refused from then on", faults.len());
    assert!(faults.len() > 15);
}

#[test]
fn a_walk_that_cannot_be_read_just_now_stays_and_is_named() {
    if !can_trace() {
        return;
    }
    let home = kettle_home();
    kettle(&home, "--plain --case cold").types(COLD).exits(0);
    let [id] = &home.walks()[..] else { panic!() };
    let file = home.walk_file(id);
    let before = fs::read(&file).unwrap();
    let errors = [
        "EIO",
        "EMFILE",
        "ENFILE",
        "ENOMEM",
        "ESTALE",
        "ETIMEDOUT",
        "EACCES",
    ];
    let calls = ["openat", "read", "statx"];
    let faults = calls
        .iter()
        .flat_map(|c| errors.iter().map(move |e| (*c, *e)));
    let faults: Vec<_> = faults.collect();
    each(&faults, |(call, error)| {
        let refused = |args: &str| {
            let inject = format!("inject={call}:error={error}:when=1+");
            let path = file.display().to_string();
            let strace = ["-f", "-o", "/dev/null", "-P", &path, "-e", &inject];
            kettle(&home, args).under("strace", &strace).ends()
        };
        for args in ["walks", "ticket", "resume --plain", "walks show cold"] {
            let done = refused(args);
            let what = format!("{error} at {call} of {args}:\n{}", done.stderr);
            let said = format!("cannot be read now ({}: ", file.display());
            assert!(done.stderr.contains(&said), "{what}");
            assert!(!done.stderr.contains(".bad"), "{what}");
            // There is a list without it; there is no ticket.
            let code = i32::from(args != "walks");
            assert_eq!(done.code, Some(code), "{what}");
        }
        assert!(fs::read(&file).unwrap() == before, "{error} at {call}");
    });
    kettle(&home, "walks").exits(0).prints(id).stderr(ORIGIN);
}

/// Starts the program with its lock taken five seconds late, and waits until it is about to take
/// it: something else can happen before.
fn starts_late(home: &Home, run: Run) -> Running {
    let delay = "inject=flock:delay_enter=5000000:when=1";
    let strace = ["-f", "-o", "late", "-e", "trace=flock", "-e", delay];
    let running = run.under("strace", &strace).starts();
    let is_late = || fs::read_to_string(home.path("late")).is_ok_and(|t| t.contains("flock("));
    let start = Instant::now();
    while !is_late() {
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "it locks nothing"
        );
        thread::sleep(Duration::from_millis(5));
    }
    running
}

#[test]
fn a_walk_that_has_gone_on_elsewhere_is_not_set_back() {
    if !can_trace() {
        return;
    }
    let home = kettle_home();
    kettle(&home, "--plain --case cold").types(["2"]).exits(0);
    // One has read the walk and not yet locked it; the other answers three questions meanwhile.
    let slow = starts_late(&home, kettle(&home, "resume --plain"));
    kettle(&home, "resume --plain").types(&COLD[1..4]).exits(0);
    assert_eq!(answers(&home), Some(4));
    slow.types("2").exits(0);
    let saved = answers(&home).unwrap();
    assert!(saved >= 4, "only {saved} of 4 answers are left");
}

#[test]
fn a_lock_that_is_cleared_away_locks_nothing() {
    if !can_trace() {
        return;
    }
    let home = kettle_home();
    // The lock of a walk that is about to begin looks like one that was left behind.
    let first = kettle(&home, "--plain --case cold").types(["2"]);
    let first = starts_late(&home, first);
    kettle(&home, "walks").exits(0);
    let first = first.waits_for("Try another socket.");
    let done = kettle(&home, "resume --plain").types(["2"]).ends();
    let first = first.types("2").ends();
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    assert_eq!(done.code, Some(1), "two wizards walk it:\n{}", done.stderr);
    done.says([BUSY]);
}

#[test]
fn a_walk_that_is_deleted_while_it_is_taken_up_is_gone() {
    if !can_trace() {
        return;
    }
    let home = kettle_home();
    kettle(&home, "--plain --case cold").types(["2"]).exits(0);
    let slow = starts_late(&home, kettle(&home, "resume --plain"));
    kettle(&home, "walks delete --all").exits(0);
    let done = slow.types("2").ends();
    assert_eq!(home.walks(), Vec::<String>::new(), "{}", done.stderr);
    assert_eq!(done.code, Some(1), "{}", done.stderr);
}

#[test]
fn a_lock_that_another_has_made_anew_is_not_held() {
    if !can_trace() {
        return;
    }
    let home = kettle_home();
    kettle(&home, "--plain --case cold").types(["2"]).exits(0);
    // One has opened the lock and does not hold it yet; it is removed, and another holds a new one.
    let slow = starts_late(&home, kettle(&home, "resume --plain"));
    let lock = home.state().join(format!("{}.lock", home.walks()[0]));
    fs::remove_file(lock).unwrap();
    let other = kettle(&home, "resume --plain").starts();
    let other = other.waits_for("Try another socket.");
    let done = slow.types("3").exits(1);
    done.says([BUSY]).never_says("Try another socket.");
    other.types("2").exits(0);
    assert_eq!(answers(&home), Some(2));
}

#[test]
fn a_walk_that_comes_under_the_same_name_meanwhile_is_kept() {
    if !can_trace() {
        return;
    }
    let home = kettle_home();
    let first = kettle(&home, "--plain --case cold").types(["2"]);
    let first = starts_late(&home, first);
    let [lock] = &home.state_files()[..] else {
        panic!("{:?}", home.state_files())
    };
    let id = lock.strip_suffix(".lock").unwrap();
    fs::write(home.walk_file(id), "of another").unwrap();
    first.exits(0);
    assert_eq!(
        fs::read_to_string(home.walk_file(id)).unwrap(),
        "of another"
    );
    assert_eq!(home.walks(), [id.to_owned(), format!("{id}-2")]);
}
