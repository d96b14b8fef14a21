//! Saved walks, through the real binary: left and taken up again, listed, shown and deleted, told
//! by support and followed up, and whatever can happen to their files in between.

use crate::run::{Done, Home, Run, okx, without_times};
use crate::support::{GUIDE, Plan, Rest, languages, squeeze};
use crate::tickets::with_tickets;
use crate::wizard::lines;
use okx_verify_help::guide::Guide;
use okx_verify_help::history::History;
use okx_verify_help::moment::Moment;
use okx_verify_help::store::MAX_BYTES;
use okx_verify_help::words::words;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

pub const KETTLE: &str = include_str!("../data/kettle.toml");
/// A walk of the kettle: the lamp is off, shaken, nothing helps.
pub const COLD: [&str; 6] = ["2", "2", "2", "2", "3", "KX-1"];
/// Why a wizard cannot have a walk.
pub const BUSY: &str = "it is open in another window";

/// A home with the small guide in it.
pub fn kettle_home() -> Home {
    let home = Home::new();
    fs::write(home.path("kettle.toml"), KETTLE).unwrap();
    home
}

/// What is said where walks over the small guide are listed.
const ORIGIN: &str = "This guide is “kettle.toml”, not okx-verify-help's own.\n";

/// The program over the small guide.
pub fn kettle(home: &Home, args: &str) -> Run {
    let verb = args.split(' ').next().unwrap();
    let verb = if verb.starts_with('-') { "" } else { verb };
    let run = home.okx(verb).args("--guide kettle.toml");
    run.args(&args[verb.len()..])
}

/// A home with a walk of the kettle that was cut after so many answers, and the name of the walk.
pub fn cut(answers: usize) -> (Home, String) {
    let home = kettle_home();
    let run = kettle(&home, "--plain --case cold");
    run.types(&COLD[..answers]).exits(0);
    let id = only(&home);
    (home, id)
}

pub fn only(home: &Home) -> String {
    let [id] = &home.walks()[..] else {
        panic!("{:?}", home.state_files());
    };
    id.clone()
}

pub fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).unwrap()
}

/// A saved walk as the program writes it: what it holds, behind its version and checksum.
pub fn sealed(body: &str) -> String {
    let sum = hmac_sha256::Hash::hash(body.as_bytes());
    let sum: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("version = 1\nchecksum = \"sha256:{sum}\"\n{body}")
}

/// What a saved walk holds.
pub fn body(file: &str) -> &str {
    file.splitn(3, '\n').nth(2).unwrap()
}

/// A moment so many days ago, as a file has it.
fn days_ago(days: i32) -> String {
    let then = jiff::Zoned::now()
        .checked_sub(jiff::Span::new().days(days))
        .unwrap();
    Moment::of(&then).to_string()
}

/// The answers that a saved walk holds, without their times.
fn answers(home: &Home, id: &str) -> Vec<String> {
    let guide = Guide::load("kettle", KETTLE.as_bytes()).unwrap();
    let history = History::parse(&read(home.walk_file(id))).unwrap();
    let said = history.shown(&guide).answers.into_iter();
    said.map(|r| format!("{} {:?} {:?}", r.step, r.choice, r.value))
        .collect()
}

/// The beginning of a message, up to what differs.
fn beginning(message: &str) -> &str {
    message.split('\u{1}').next().unwrap()
}

#[test]
fn a_walk_that_is_cut_after_any_answer_goes_on_with_the_next_question() {
    let stuck = [("stuck-status", "frozen"), ("screen-text", "认证失败")];
    let stuck = Plan::new("stuck", &stuck, Rest::StraightOn);
    let face = [("face-problem", "fails"), ("look", "three")];
    let face = Plan::new("face", &face, Rest::StraightOn);
    for (case, plan) in [("stuck", stuck), ("face", face)] {
        let typed = lines(&plan);
        let asked: Vec<_> = plan.stops().map(|(step, _)| step).collect();
        let (_, lang, words) = languages().last().unwrap();
        let first = format!("--plain --lang en --case {case}");
        let whole = okx(&first).types(&typed).exits(0).stdout;
        let label = &GUIDE.cases[plan.walk.start_case()].label;
        for k in 1..typed.len() {
            let home = Home::new();
            let done = home.okx(&first).types(&typed[..k]).exits(0).stdout("");
            done.says([words.left_saved]);
            let id = only(&home);
            let before = read(home.walk_file(&id));
            let run = home.okx("resume --plain --lang en").types(&typed[k..]);
            let done = run.exits(0);
            assert_eq!(without_times(&done.stdout), without_times(&whole), "{k}");
            let going_on = words.going_on(label.get(lang), k);
            let next = squeeze(asked[k].text.get(lang));
            let said = squeeze(&done.stderr);
            let (_, said) = said.split_once(&squeeze(&going_on)).expect("it goes on");
            let said = said.split_once(&next).map(|(before, _)| before);
            // Nothing but the part of the walk stands before the question.
            let place = said.expect("the next step is asked");
            let parts = [words.finding, words.trying, words.for_support];
            let has_part = parts.iter().any(|part| place.starts_with(&squeeze(part)));
            assert!(has_part && !place.contains('?'), "{place}");
            // The answers that were given keep their times.
            let new = read(home.walk_file(&id));
            let records = &before[before.find("[[answer]]").unwrap()..];
            assert!(new.contains(records.trim_end()), "{new}\nlacks:\n{records}");
        }
    }
}

#[test]
fn the_small_walk_goes_on_from_anywhere_in_as_many_pieces_as_one_likes() {
    let whole = kettle(&kettle_home(), "--plain --case cold")
        .types(COLD)
        .exits(0);
    for k in 1..=COLD.len() {
        let (home, id) = cut(k);
        for (n, line) in (k..).zip(&COLD[k..]) {
            assert_eq!(answers(&home, &id).len(), n);
            kettle(&home, "resume --plain").types([line]).exits(0);
        }
        assert_eq!(home.walks(), [id.clone()]);
        // The walk is over; it says so again, and so does the ticket.
        for verb in ["resume --plain", "ticket"] {
            let done = kettle(&home, verb).exits(0);
            assert_eq!(without_times(&done.stdout), without_times(&whole.stdout));
        }
    }
}

#[test]
fn what_was_saved_of_a_walk_prints_its_ticket_to_the_letter() {
    for ((outcome, case), plan) in with_tickets() {
        let typed = lines(&plan);
        for lang in ["zh", "en"] {
            for format in ["text", "markdown", "json"] {
                let home = Home::new();
                let how = format!("--lang {lang} --format {format}");
                let run = home.okx("--plain --case").args(&case).args(&how);
                let ticket = run.types(&typed).exits(0).stdout;
                assert!(!ticket.is_empty(), "{outcome}");
                let file = home.walk_file(&only(&home));
                let run = okx("--plain").args(&how).arg("--answers").arg(&file);
                run.exits(0).stdout(&ticket);
                home.okx("ticket").args(&how).exits(0).stdout(&ticket);
            }
        }
    }
}

#[test]
fn what_was_typed_comes_back_as_it_was_masked() {
    let secret = "password: hunter2-hunter2";
    let home = kettle_home();
    let typed = [&COLD[..5], &[secret, ""]].concat();
    let done = kettle(&home, "--plain --case cold").types(typed).exits(0);
    let id = only(&home);
    let file = read(home.walk_file(&id));
    assert!(!file.contains("hunter2"), "{file}");
    for verb in ["resume --plain", "ticket"] {
        kettle(&home, verb).exits(0).stdout(&done.stdout);
    }
}

#[test]
fn a_saved_walk_is_its_owners_alone() {
    let (home, id) = cut(3);
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode(home.walk_file(&id)), 0o600);
    assert_eq!(mode(home.state()), 0o700);
    let file = read(home.walk_file(&id));
    assert!(file.starts_with("version = 1\nchecksum = \"sha256:"));
    assert_eq!(file, sealed(body(&file)), "the checksum covers the rest");
    // What others could look into is closed.
    let open = |path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    open(home.walk_file(&id), 0o644);
    kettle(&home, "resume --plain").types([COLD[3]]).exits(0);
    assert_eq!(mode(home.walk_file(&id)), 0o600);
    open(home.state(), 0o755);
    kettle(&home, "--plain --case loud").types(["1"]).exits(0);
    assert_eq!(mode(home.state()), 0o700);
}

#[test]
fn walks_are_saved_where_the_system_and_the_user_say() {
    for (name, folder) in [
        ("XDG_STATE_HOME", "elsewhere/okx-verify-help"),
        ("OKX_VERIFY_HELP_STATE", "elsewhere"),
    ] {
        let home = kettle_home();
        let path = home.path("elsewhere");
        let run = kettle(&home, "--plain --case cold").env(name, path.to_str().unwrap());
        run.types(["1"]).exits(0);
        assert!(home.state_files().is_empty());
        let there = fs::read_dir(home.path(folder)).unwrap();
        assert_eq!(there.count(), 2, "a walk and its lock");
    }
}

/// The file of a made-up walk.
fn file_of(case: &str) -> String {
    format!("{case}-20260101-000000.toml")
}

/// Puts files beside a saved walk, and checks what one look makes of them: each is renamed and
/// named, none is changed, and the walk is as it was.
#[track_caller]
fn all_put_aside(files: &[(String, Vec<u8>)]) -> Done {
    let (home, id) = cut(6);
    let before = read(home.walk_file(&id));
    for (name, bytes) in files {
        fs::write(home.state().join(name), bytes).unwrap();
    }
    let done = kettle(&home, "walks").under("timeout", &["20"]).exits(0);
    let done = done.prints(&id).harmless();
    for (name, bytes) in files {
        let aside = home.state().join(format!("{name}.bad"));
        assert!(fs::read(&aside).unwrap() == *bytes, "{name}");
        assert!(!home.state().join(name).exists(), "{name}");
        assert!(squeeze(&done.stderr).contains(&format!("{name}.bad")));
    }
    assert_eq!(read(home.walk_file(&id)), before);
    assert_eq!(home.walks(), [id]);
    done
}

#[test]
fn a_walk_cut_short_on_disk_is_put_aside() {
    let (home, id) = cut(6);
    let whole = fs::read(home.walk_file(&id)).unwrap();
    let cuts = (0..whole.len()).step_by(3).chain([whole.len() - 1]);
    let files = cuts.map(|n| (file_of(&format!("cut-{n}")), whole[..n].to_vec()));
    all_put_aside(&files.collect::<Vec<_>>());
}

#[test]
fn a_walk_with_any_byte_changed_is_put_aside() {
    let (home, id) = cut(6);
    let whole = fs::read(home.walk_file(&id)).unwrap();
    let changed = |n: usize| {
        let mut bytes = whole.clone();
        bytes[n] ^= 1;
        (file_of(&format!("changed-{n}")), bytes)
    };
    let files: Vec<_> = (0..whole.len()).step_by(3).map(changed).collect();
    all_put_aside(&files)
        .says([words("en").put_aside(format!("{}.bad", file_of("changed-99")), DAMAGED)]);
}

const DAMAGED: &str = "it is damaged, or was changed by hand";

/// Messages with an argument, called as methods are.
#[test]
fn what_is_no_walk_is_put_aside_and_said() {
    let (home, id) = cut(6);
    let whole = read(home.walk_file(&id));
    let tampered = whole.replacen("KX-1", "KX-2", 1);
    let answer = "\n[[answer]]\nstep = \"kind\"\nchoice = \"read\"\n";
    let huge = body(&whole).to_owned() + &answer.repeat(8000);
    assert!(huge.len() as u64 > MAX_BYTES);
    let foreign = "[package]\nname = \"x\"\n";
    let more = format!("{}surprise = 1\n", body(&whole));
    let no_more = sealed("guide = \"kettle\"\ncase = \"cold\"\nanswer = 7\n");
    let files: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", vec![], "it was not saved by okx-verify-help"),
        (
            "foreign",
            foreign.into(),
            "it was not saved by okx-verify-help",
        ),
        (
            "version-0",
            whole.replacen("= 1", "= 0", 1).into(),
            "it was not saved by okx-verify-help",
        ),
        ("tampered", tampered.into(), DAMAGED),
        (
            "unsealed",
            body(&whole).into(),
            "it was not saved by okx-verify-help",
        ),
        ("huge", sealed(&huge).into(), "it is larger than 256 KiB"),
        (
            "binary",
            (0..=255).cycle().take(9999).collect(),
            "it was not saved by okx-verify-help",
        ),
        ("nul", vec![0; 9999], "it was not saved by okx-verify-help"),
        (
            "more",
            sealed(&more).into(),
            "it was not saved by okx-verify-help",
        ),
        (
            "answers",
            no_more.into(),
            "it was not saved by okx-verify-help",
        ),
        (
            "deep",
            sealed(&format!("guide = {}\n", "[".repeat(100_000))).into(),
            "it was not saved by okx-verify-help",
        ),
    ];
    let named = |(name, bytes, _): &(&str, Vec<u8>, &str)| (file_of(name), bytes.clone());
    let done = all_put_aside(&files.iter().map(named).collect::<Vec<_>>());
    for (name, _, why) in files {
        let line = |line: &&str| line.contains(&format!("{}.bad", file_of(name)));
        let line = done.stderr.lines().find(line).expect(name);
        assert!(line.contains(why), "{name}: {line}");
    }
}

#[test]
fn what_is_put_aside_twice_has_two_names() {
    let (home, _) = cut(2);
    for _ in 0..3 {
        fs::write(home.state().join(file_of("x")), "x").unwrap();
        kettle(&home, "walks").exits(0);
    }
    let bad = home.state_files();
    let bad: Vec<String> = bad.into_iter().filter(|n| n.contains(".bad")).collect();
    assert_eq!(
        bad,
        ["", "2", "3"].map(|n| format!("{}.bad{n}", file_of("x")))
    );
    // That they are there is said where walks are listed, and there alone.
    let listed = kettle(&home, "walks").exits(0);
    let listed = listed.says([home.state().display().to_string(), bad.join(", ")]);
    let delete = format!("walks delete {} --guide", bad[0]);
    listed.says([delete]);
    kettle(&home, "walks show cold").exits(0).stderr("");
    kettle(&home, "walks delete").arg(&bad[1]).exits(0);
    let left = home.state_files();
    assert!(
        left.contains(&bad[0]) && !left.contains(&bad[1]),
        "{left:?}"
    );
    assert_eq!(home.walks().len(), 1);
}

#[test]
fn a_walk_of_a_newer_program_stays_and_is_named() {
    let (home, id) = cut(6);
    let newer = read(home.walk_file(&id)).replacen("version = 1", "version = 2", 1);
    let newer = newer.into_bytes();
    let large = [b"version = 2\n".to_vec(), vec![b'x'; 300 * 1024]].concat();
    let foreign = b"version = 2\n\xff\xfe".to_vec();
    let files = [("newer", newer), ("large", large), ("foreign", foreign)];
    for (name, bytes) in &files {
        fs::write(home.state().join(file_of(name)), bytes).unwrap();
    }
    for verb in ["walks", "ticket", "resume --plain"] {
        let done = kettle(&home, verb).exits(0);
        let why = "its version is 2, and this program reads up to 1";
        for (name, _) in &files {
            let line = words("en").left_newer(file_of(name), why);
            assert!(done.stderr.contains(&line), "{}", done.stderr);
        }
    }
    for (name, bytes) in &files {
        assert!(fs::read(home.state().join(file_of(name))).unwrap() == *bytes);
    }
    // It can be deleted all the same, by its name and with all others.
    let name = file_of("newer").replace(".toml", "");
    kettle(&home, "walks delete").arg(&name).exits(0);
    assert!(!home.state().join(file_of("newer")).exists());
    assert!(home.walk_file(&id).exists());
    kettle(&home, "walks delete --all").exits(0);
    assert_eq!(home.state_files(), Vec::<String>::new());
}

#[test]
fn a_walk_that_was_put_aside_and_can_be_read_is_a_walk_again() {
    let (home, id) = cut(6);
    let (file, aside) = (home.walk_file(&id), format!("{id}.toml.bad"));
    let before = read(&file);
    fs::rename(&file, home.state().join(&aside)).unwrap();
    let done = kettle(&home, "walks").exits(0).prints(&id);
    done.stderr(&format!("{}\n{ORIGIN}", words("en").back_again(&id)));
    assert_eq!(read(&file), before);
    // Not over another one.
    fs::write(home.state().join(&aside), &before).unwrap();
    let done = kettle(&home, "walks").exits(0).prints(&id);
    done.says([&aside]).never_says("is back in the list");
    assert!(home.state().join(&aside).exists());
}

#[test]
fn folders_and_pipes_are_put_aside_and_links_to_nowhere_left() {
    let (home, id) = cut(2);
    let state = home.state();
    fs::create_dir(state.join(file_of("folder"))).unwrap();
    fs::write(state.join(file_of("folder")).join("kept"), "kept").unwrap();
    let mkfifo = std::process::Command::new("mkfifo")
        .arg(state.join(file_of("pipe")))
        .status();
    assert!(mkfifo.unwrap().success());
    symlink("/nowhere/at/all", state.join(file_of("dangling"))).unwrap();
    symlink("/etc/passwd", state.join(file_of("passwd"))).unwrap();
    symlink(file_of("loop"), state.join(file_of("loop"))).unwrap();
    // That is renamed by then.
    symlink(state.join(file_of("pipe")), state.join(file_of("to-pipe"))).unwrap();
    let passwd = read("/etc/passwd");
    let done = kettle(&home, "walks").under("timeout", &["20"]).exits(0);
    let done = done.prints(&id);
    // What they lead to may be there again tomorrow.
    for name in ["dangling", "loop", "to-pipe"] {
        let there = state.join(file_of(name));
        assert!(fs::symlink_metadata(there).is_ok(), "{name}");
        let said = state.join(file_of(name)).display().to_string();
        let said = format!("cannot be read now ({said}: ");
        assert!(done.stderr.contains(&said), "{}", done.stderr);
    }
    for name in ["folder", "pipe", "passwd"] {
        let aside = format!("{}.bad", file_of(name));
        assert!(done.stderr.contains(&aside), "{name}: {}", done.stderr);
        assert!(fs::symlink_metadata(state.join(&aside)).is_ok(), "{name}");
    }
    assert_eq!(
        read(state.join(format!("{}.bad/kept", file_of("folder")))),
        "kept"
    );
    assert_eq!(read("/etc/passwd"), passwd);
    let walks = [
        id,
        "dangling-20260101-000000".into(),
        "loop-20260101-000000".into(),
        "to-pipe-20260101-000000".into(),
    ];
    assert_eq!(home.walks(), walks);
}

#[test]
fn everything_that_was_put_aside_can_be_deleted() {
    let (home, _) = cut(2);
    fs::create_dir(home.state().join(file_of("folder"))).unwrap();
    fs::write(home.state().join(file_of("x")), "x").unwrap();
    kettle(&home, "walks").exits(0);
    kettle(&home, "walks delete --all").exits(0);
    kettle(&home, "walks").exits(0).says([words("en").no_walks]);
    assert_eq!(home.state_files(), Vec::<String>::new());
}

#[test]
fn what_cannot_be_deleted_keeps_nothing_else() {
    let (home, _) = cut(2);
    let folder = file_of("a-folder");
    fs::create_dir(home.state().join(&folder)).unwrap();
    fs::write(home.state().join(&folder).join("mine"), "").unwrap();
    fs::write(home.state().join(file_of("x")), "x").unwrap();
    let aside = format!("{folder}.bad");
    for (tag, empty) in [("en", "not empty"), ("zh", "不是空的")] {
        let done = home.okx("walks delete --all --lang").arg(tag).exits(1);
        let said = words(tag).not_deleted(&aside, "");
        done.says([said.as_str(), empty]);
        assert_eq!(home.state_files(), [aside.as_str()]);
    }
}

#[test]
fn a_pipe_in_the_place_of_a_lock_is_not_waited_for() {
    let (home, id) = cut(2);
    for end in [".lock", ".abcdefgh.tmp"] {
        let name = file_of("x").replace(".toml", end);
        let path = home.state().join(name);
        let mkfifo = std::process::Command::new("mkfifo").arg(path).status();
        assert!(mkfifo.unwrap().success());
    }
    let done = kettle(&home, "walks").under("timeout", &["10"]).ends();
    assert_eq!(
        done.code,
        Some(0),
        "124 is what timeout says: {}",
        done.stderr
    );
    done.prints(&id);
}

#[test]
fn a_name_cannot_command_the_terminal() {
    let (home, id) = cut(2);
    let walk = read(home.walk_file(&id));
    let names = ["a\u{1b}[2Jb", "c\nd", "e\u{202e}f", "g\u{7}"];
    for name in names {
        fs::write(home.state().join(format!("{name}.toml")), &walk).unwrap();
        fs::write(home.state().join(format!("bad-{name}.toml")), "x").unwrap();
    }
    let done = kettle(&home, "walks").exits(0).harmless();
    let hostile = |c: char| c != '\n' && okx_verify_help::text::is_hostile(c);
    assert!(!done.stdout.contains(hostile), "{:?}", done.stdout);
    let listed = done
        .stdout
        .lines()
        .filter(|line| line.contains("unfinished"))
        .count();
    assert_eq!(
        done.stdout.lines().count(),
        listed,
        "a line for each: {:?}",
        done.stdout
    );
    for verb in [
        "walks show a",
        "walks show zzz",
        "resume --plain a",
        "walks delete a",
    ] {
        let done = kettle(&home, verb).ends().harmless();
        assert!(!done.stdout.contains(hostile), "{verb}: {:?}", done.stdout);
    }
}

#[test]
fn files_of_other_programs_stay() {
    let (home, _) = cut(2);
    let others = [
        "yarn.lock",
        "notes.2026.tmp",
        "notes.txt",
        ".hidden",
        "x.toml~",
        "Cargo.toml",
        "notes-2026.toml",
        "notes-20260101-000000-x.toml",
        "-20260101-000000.toml",
        "apt.lock",
        "Cargo.toml.bad",
    ];
    for name in others {
        let mine = if name == "apt.lock" { "" } else { "mine" };
        fs::write(home.state().join(name), mine).unwrap();
    }
    kettle(&home, "walks").exits(0).stderr(ORIGIN);
    kettle(&home, "walks delete --all").exits(0);
    let left = home.state_files();
    for name in others {
        assert!(left.iter().any(|left| left == name), "{name} is gone");
    }
}

#[test]
fn what_a_killed_save_leaves_behind_is_removed() {
    let (home, id) = cut(2);
    let (other, gone) = (format!("{id}.abcdefgh.tmp"), "cold-20200101-000000");
    for name in [
        other,
        format!("{gone}.ijklmnop.tmp"),
        format!("{gone}.lock"),
    ] {
        fs::write(home.state().join(name), "").unwrap();
    }
    kettle(&home, "walks").exits(0).stderr(ORIGIN);
    assert_eq!(
        home.state_files(),
        [format!("{id}.lock"), format!("{id}.toml")]
    );
}

#[test]
fn what_a_killed_first_save_leaves_behind_is_removed_by_the_next_start() {
    let home = kettle_home();
    fs::create_dir_all(home.state()).unwrap();
    let half = home.state().join("cold-20200101-000000.abcdefgh.tmp");
    fs::write(&half, "[[answer]]").unwrap();
    kettle(&home, "--plain --case cold").types(["2"]).exits(0);
    assert!(!half.exists());
    assert_eq!(home.state_files().len(), 2, "{:?}", home.state_files());
}

#[test]
fn a_list_takes_no_longer_for_a_walk_among_many() {
    let (home, id) = cut(1);
    let file = read(home.walk_file(&id));
    let mut there = 0;
    let mut listed = |walks: usize| {
        for n in there..walks {
            fs::write(home.walk_file(&format!("cold-20260101-000000-{n}")), &file).unwrap();
        }
        there = walks;
        let (stdout, seconds) = kettle(&home, "walks").timed();
        assert_eq!(stdout.lines().count(), walks + 1);
        seconds
    };
    let (few, many) = (listed(500), listed(5000));
    // Ten times as many; it was eighty times as long.
    assert!(many < few.max(0.02) * 25.0, "500: {few} s, 5000: {many} s");
}

#[test]
fn a_reader_of_the_questions_who_is_gone_is_a_failure() {
    let gone = || std::io::pipe().unwrap().1;
    let home = kettle_home();
    let walk = || kettle(&home, "--plain --case cold").types(COLD);
    walk().stderr_to(gone()).exits(1);
    assert_eq!(home.walks(), Vec::<String>::new());
    // Nobody wants the ticket; all that was answered is there.
    walk().stdout_to(gone()).exits(0);
    assert_eq!(answers(&home, &only(&home)).len(), COLD.len());
    // Where it is not, that counts for more.
    let nowhere = walk().env("OKX_VERIFY_HELP_STATE", "/dev/null/x");
    nowhere.stdout_to(gone()).exits(1);
}

#[test]
fn walks_are_listed_shown_and_deleted() {
    let home = kettle_home();
    let empty = kettle(&home, "walks").exits(0).stdout("");
    empty.says([words("en").no_walks]);
    assert_eq!(home.state_files(), Vec::<String>::new());
    kettle(&home, "--plain --case cold")
        .types(&COLD[..2])
        .exits(0);
    kettle(&home, "--plain --case cold").types(COLD).exits(0);
    kettle(&home, "--plain --case loud").types(["1"]).exits(0);
    let ids = home.walks();
    assert_eq!(ids.len(), 3);
    for verb in ["walks", "walks list"] {
        let list = kettle(&home, verb).exits(0).stderr(ORIGIN).stdout;
        assert_eq!(list.lines().count(), 3);
        let line = |id: &str| {
            list.lines()
                .find(|l| l.split(' ').next() == Some(id))
                .unwrap()
        };
        let rest: Vec<&str> = ids.iter().map(|id| &line(id)[id.len()..]).collect();
        let rest = rest.join("\n");
        assert_eq!(rest.matches("just now").count(), 3, "{list}");
        for part in [
            "The water stays cold",
            "It is loud",
            "unfinished, 2 answers",
            "finished: ",
        ] {
            assert!(rest.contains(part), "{part}: {list}");
        }
    }
    for id in &ids {
        let shown = kettle(&home, "walks show").arg(id).exits(0);
        shown.stdout(&read(home.walk_file(id)));
    }
    let done = kettle(&home, "walks delete").arg(&ids[0]).exits(0);
    done.stdout("").says([words("en").deleted(&ids[0])]);
    assert_eq!(home.walks(), ids[1..]);
    fs::write(home.state().join(file_of("x")), "x").unwrap();
    let done = kettle(&home, "walks delete --all").exits(0).stdout("");
    let aside = format!("{}.bad", file_of("x"));
    done.says([&ids[2], &ids[1], &aside].map(|what| words("en").deleted(what)));
    assert_eq!(home.state_files(), Vec::<String>::new());
    kettle(&home, "walks delete --all").exits(0);
    kettle(&home, "walks delete").exits(2);
}

#[test]
fn a_walk_is_named_by_how_its_name_begins() {
    let home = kettle_home();
    kettle(&home, "--plain --case cold").types(["2"]).exits(0);
    kettle(&home, "--plain --case loud").types(["?"]).exits(1);
    assert_eq!(home.walks().len(), 1, "nothing was answered");
    let cold = read(home.walk_file(&only(&home)));
    for id in [
        "cold-20260101-000001",
        "cold-20260101-000001-2",
        "loud-20260101-000003",
    ] {
        fs::write(home.walk_file(id), &cold).unwrap();
    }
    fs::remove_file(home.walk_file(&home.walks()[2])).unwrap();
    for (name, id) in [
        ("cold-20260101-000001", "cold-20260101-000001"),
        ("cold-20260101-000001-", "cold-20260101-000001-2"),
        ("lo", "loud-20260101-000003"),
    ] {
        for verb in ["ticket", "resume --plain"] {
            let done = kettle(&home, verb).arg(name).exits(0);
            assert!(verb == "ticket" || done.stderr.contains(&format!("resume {id} ")));
        }
    }
    for verb in ["ticket", "resume --plain", "walks show", "walks delete"] {
        let done = kettle(&home, verb)
            .arg("loud-20260101-000004")
            .exits(2)
            .stdout("");
        let said =
            words("en").no_such_walk("loud-20260101-000004", Some("loud-20260101-000003"), "");
        done.says([said.as_str(), "cold-20260101-000001"]);
        let done = kettle(&home, verb).arg("co").exits(2).stdout("");
        done.says(["cold-20260101-000001-2, cold-20260101-000001"]);
        kettle(&kettle_home(), verb)
            .arg("x")
            .exits(1)
            .says([words("en").no_walks]);
    }
    assert_eq!(
        home.walks(),
        [
            "cold-20260101-000001",
            "cold-20260101-000001-2",
            "loud-20260101-000003"
        ]
    );
    for verb in ["ticket", "resume --plain", "ticket --follow-up --plain"] {
        kettle(&kettle_home(), verb)
            .exits(1)
            .says([words("en").no_walks]);
    }
}

#[test]
fn nothing_is_saved_where_that_is_not_wanted() {
    for typed in [&COLD[..], &COLD[..2]] {
        let home = Home::new();
        let run = home.okx("--plain --no-save --case cold --guide");
        let elsewhere = kettle_home();
        let run = run.arg(elsewhere.path("kettle.toml")).types(typed);
        run.exits(i32::from(typed.len() < COLD.len()));
        assert_eq!(fs::read_dir(home.path(".")).unwrap().count(), 0);
    }
    // Nor is anything said to be saved.
    let (home, id) = cut(2);
    let before = read(home.walk_file(&id));
    let run = kettle(&home, "resume --plain --no-save").types([COLD[2]]);
    let done = run.ends();
    assert_eq!(read(home.walk_file(&id)), before);
    let done = done.never_says(words("en").left_saved);
    assert_eq!(
        done.code,
        Some(1),
        "what was answered is lost: {}",
        done.stderr
    );
}

#[test]
fn a_walk_goes_on_over_a_guide_that_was_edited() {
    let edit = |parts: &[(&str, &str)]| {
        parts.iter().fold(KETTLE.to_owned(), |guide, (from, to)| {
            assert!(guide.contains(from), "{from}");
            guide.replace(from, to)
        })
    };
    let no_step = edit(&[
        (r#", then = "socket" }"#, " }"),
        ("[step.socket]\ndo = \"Try another socket.\"\n", ""),
    ]);
    let no_choice = edit(&[
        ("  { id = \"shaken\", label = \"Shaken it\" },\n", ""),
        ("when = { tried = \"shaken\" }\n", ""),
    ]);
    let first = "[step.colour]\nask = \"Which colour?\"\nanswers = [\n  { id = \"red\", label = \"Red\" },\n  { id = \"on\", label = \"Lamp-white\" },\n]\n[step.plugged]";
    let inserted = edit(&[
        ("[\"plugged\",", "[\"colour\", \"plugged\","),
        ("[step.plugged]", first),
    ]);
    let swapped = edit(&[(
        "  { id = \"on\", label = \"Yes\" },\n  { id = \"off\", label = \"No\", then = \"socket\" },\n",
        "  { id = \"off\", label = \"Not at all\", then = \"socket\" },\n  { id = \"on\", label = \"Yes\" },\n",
    )]);
    let other_kind = edit(&[
        (
            "do = \"Boil it with vinegar.\"\nminutes = 10",
            "fill = \"Which vinegar?\"\nkind = \"line\"",
        ),
        (", done = \"descale\"", ""),
    ]);
    let (tried, wait) = ("What have you tried?", "Let it dry for an hour.");
    let model = "Which model is it?";
    // The guide, what falls away, what is asked next, the answers then, and what comes to be.
    type Edited<'a> = (
        &'a str,
        String,
        Option<&'a str>,
        &'a str,
        &'a [&'a str],
        &'a [&'a str],
    );
    let edits: [Edited; 5] = [
        (
            "no step",
            no_step,
            Some("socket"),
            wait,
            &["3", "KX-1"],
            &["plugged", "tried", "descale", "wait", "model"],
        ),
        (
            "no choice",
            no_choice,
            Some(tried),
            tried,
            &["0", "3", "KX-1"],
            &["plugged", "socket", "tried", "descale", "wait", "model"],
        ),
        (
            "inserted",
            inserted,
            None,
            "Which colour?",
            &["2", "3", "KX-1"],
            &[
                "colour", "plugged", "socket", "tried", "descale", "wait", "model",
            ],
        ),
        (
            "swapped",
            swapped,
            None,
            wait,
            &["3", "KX-1"],
            &["plugged", "socket", "tried", "descale", "wait", "model"],
        ),
        (
            "other kind",
            other_kind,
            Some("Which vinegar?"),
            "Which vinegar?",
            &["white", "3", "KX-1"],
            &["plugged", "socket", "tried", "descale", "wait", "model"],
        ),
    ];
    for (what, guide, dropped, next, typed, steps) in edits {
        let (home, id) = cut(4);
        let before = read(home.walk_file(&id));
        fs::write(home.path("kettle.toml"), guide).unwrap();
        kettle(&home, "walks")
            .exits(0)
            .prints("unfinished")
            .stderr(ORIGIN);
        let done = kettle(&home, "resume --plain").exits(0);
        match dropped {
            Some(name) => done.says([&words("en").dropped(name), next]),
            None => done.never_says("no longer").says([next]),
        };
        // Until something is answered the file is as it was.
        assert_eq!(read(home.walk_file(&id)), before, "{what}");
        let done = kettle(&home, "resume --plain").types(typed).exits(0);
        let saved = answers(&home, &id);
        let asked: Vec<_> = saved.iter().map(|a| a.split(' ').next().unwrap()).collect();
        assert_eq!(asked, steps, "{what}");
        assert!(
            done.stdout.contains("KX-1") && done.stderr.contains(model),
            "{what}"
        );
        let lamp = if what == "swapped" {
            "Not at all"
        } else {
            "No"
        };
        assert!(done.stdout.contains(lamp), "{what}: {}", done.stdout);
        assert!(!done.stdout.contains("Lamp-white") || what == "inserted");
    }
}

#[test]
fn a_walk_over_a_case_or_guide_that_is_gone_is_kept_and_not_taken_up() {
    for (from, to, why) in [
        (
            "id = \"cold\"",
            "id = \"icy\"",
            "the guide has no case cold",
        ),
        (
            "id = \"kettle\"",
            "id = \"pot\"",
            "it is about the guide kettle, this one is pot",
        ),
    ] {
        let (home, id) = cut(4);
        let before = read(home.walk_file(&id));
        fs::write(home.path("kettle.toml"), KETTLE.replacen(from, to, 1)).unwrap();
        kettle(&home, "walks").exits(0).prints(&id).stderr(ORIGIN);
        for verb in ["resume --plain", "ticket", "ticket --follow-up --plain"] {
            let done = kettle(&home, verb)
                .arg(&id)
                .types(["1"])
                .exits(1)
                .stdout("");
            done.says([words("en").cannot_open(&id, why)]);
            let done = kettle(&home, verb).types(["1"]).exits(1).stdout("");
            done.says([words("en").no_walks]);
        }
        assert_eq!(read(home.walk_file(&id)), before);
    }
}

#[test]
fn a_walk_over_another_guide_names_it_and_the_command_that_helps() {
    // An id that looks like a random password.
    let id = "employees-v2-7f3a9c";
    let home = kettle_home();
    let other = KETTLE.replacen("id = \"kettle\"", &format!("id = \"{id}\""), 1);
    fs::write(home.path("kettle.toml"), other).unwrap();
    kettle(&home, "--plain --case cold").types(["2"]).exits(0);
    let walk = only(&home);
    for verb in ["resume", "ticket"] {
        let done = home.okx(verb).args("--lang en").arg(&walk).exits(1);
        done.stderr(&format!(
            "okx-verify-help: {walk} cannot be opened: it is about the guide {id}, this one is \
             okx-verification\n  okx-verify-help {verb} {walk} --guide FILE --lang en\n"
        ));
    }
    home.okx("walks show")
        .arg(&walk)
        .exits(0)
        .prints(&format!("guide = \"{id}\""));
}

#[test]
fn a_walk_over_the_guide_that_ships_needs_no_other() {
    let home = kettle_home();
    home.okx("--plain --case stuck --lang en")
        .types(["1", "q"])
        .exits(0);
    let walk = only(&home);
    let done = kettle(&home, "resume")
        .args("--lang en")
        .arg(&walk)
        .exits(1);
    done.says([format!("\n  okx-verify-help resume {walk} --lang en\n")]);
}

#[test]
fn a_list_over_the_guide_that_ships_has_no_word_on_its_origin() {
    let (home, id) = cut(2);
    home.okx("walks list").exits(0).prints(&id).stderr("");
}

#[test]
fn what_is_deleted_with_all_others_is_not_called_kept() {
    let (home, _) = cut(2);
    fs::write(home.state().join(file_of("newer")), "version = 2\n").unwrap();
    fs::write(home.state().join(file_of("x")), "x").unwrap();
    let done = kettle(&home, "walks delete --all").exits(0);
    assert_eq!(home.state_files(), Vec::<String>::new());
    assert_eq!(done.stderr.lines().count(), 3, "{}", done.stderr);
    for line in done.stderr.lines() {
        assert!(line.starts_with("Deleted: "), "{line}");
    }
}

#[test]
fn a_scenario_is_walked_and_its_ticket_printed() {
    for (tag, _, words) in languages() {
        let scenario = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("guides/okx-verification/pending-three-days.toml");
        let walk = History::parse(&read(&scenario)).unwrap();
        let walk = walk.follow(&GUIDE).unwrap();
        let Some(end) = walk.outcome() else {
            panic!("it does not end")
        };
        let home = Home::new();
        let run = home.okx("--lang").arg(tag).arg("--answers").arg(scenario);
        let done = run
            .exits(0)
            .says([end.say.get(GUIDE.language(tag).unwrap())]);
        assert_eq!(end.request.is_some(), !done.stdout.is_empty());
        done.never_says(words.which_case);
        assert_eq!(
            home.state_files(),
            Vec::<String>::new(),
            "a script is not saved"
        );
    }
}

#[test]
fn a_script_that_is_wrong_says_where_and_what_would_be_right() {
    let walk = "guide = \"kettle\"\ncase = \"cold\"\n";
    let answer = |step: &str, is: &str| format!("[[answer]]\nstep = \"{step}\"\n{is}\n");
    let on = answer("plugged", "choice = \"on\"");
    let text = |answers: &[&str]| format!("{walk}{}", answers.concat());
    let fits = "it takes one of: on, off, noise";
    for (script, says) in [
        (
            text(&[&answer("plugged", "choice = \"blue\"")]),
            vec!["plugged", "blue", fits],
        ),
        (
            text(&[&answer("tried", "choice = []")]),
            vec!["it answers tried, but plugged is asked", fits],
        ),
        (
            text(&[&answer("nowhere", "choice = \"on\"")]),
            vec!["the guide has no step nowhere"],
        ),
        (
            text(&[&answer("plugged", "value = \"on\"")]),
            vec!["plugged", "choice"],
        ),
        (text(&[&answer("plugged", "")]), vec!["plugged", "choice"]),
        (
            text(&[&answer("plugged", "choice = [\"on\", \"off\"]")]),
            vec!["plugged", fits],
        ),
        (
            text(&[&on, &on]),
            vec![
                "it answers plugged, but tried is asked",
                "any number of: descaled, shaken",
            ],
        ),
        (
            text(&[
                &on,
                &answer("tried", "choice = \"descaled\""),
                &answer("model", "choice = \"skip\""),
            ]),
            vec!["model", "skipped"],
        ),
        (
            text(&[
                &answer("plugged", "choice = \"noise\""),
                &answer("kind", "choice = \"read\""),
                &on,
            ]),
            vec!["it answers plugged, but harmless is reached"],
        ),
        (
            text(&[&answer(
                "plugged",
                "choice = \"on\"\nat = 2026-11-22T12:00:00",
            )]),
            vec!["plugged", "offset"],
        ),
        (
            "guide = \"kettle\"\ncase = \"hot\"\n".into(),
            vec!["no case hot"],
        ),
        (
            "guide = \"pot\"\ncase = \"cold\"\n".into(),
            vec!["it is about the guide pot, this one is kettle"],
        ),
        (
            format!("{walk}surprise = 1\n"),
            vec!["line 3, column 1", "surprise"],
        ),
        ("guide = [".into(), vec!["line 1, column"]),
        (String::new(), vec!["guide", "is missing"]),
        ("\0\u{1b}[2J".into(), vec!["line 1"]),
    ] {
        let home = kettle_home();
        fs::write(home.path("a.toml"), &script).unwrap();
        let done = kettle(&home, "--plain --answers a.toml")
            .exits(1)
            .stdout("");
        done.says([vec!["a.toml:"], says].concat()).harmless();
    }
}

#[test]
fn a_script_that_ends_early_says_what_is_missing() {
    let stuck = "guide = \"okx-verification\"\ncase = \"stuck\"\n";
    let step = GUIDE.at(GUIDE.step("stuck-status").unwrap());
    for (tag, lang, words) in languages() {
        let run = okx("--answers a.toml --lang")
            .arg(tag)
            .file("a.toml", stuck);
        let end = words.answers_end(&step.id, step.text.get(lang), "");
        let fits = "pending, failed, frozen";
        run.exits(1).stdout("").says(["a.toml", &end, fits]);
    }
}

#[test]
fn a_script_that_cannot_be_read_says_why() {
    let home = kettle_home();
    fs::create_dir(home.path("folder")).unwrap();
    let huge = format!(
        "guide = \"kettle\"\ncase = \"cold\"\n#{}",
        "x".repeat(300_000)
    );
    fs::write(home.path("huge"), huge).unwrap();
    fs::write(home.path("binary"), [0xff, 0xfe, 0]).unwrap();
    for (file, why) in [
        ("missing", "No such file"),
        ("folder", "it is a folder"),
        ("huge", "it is larger than 256 KiB"),
        ("binary", "it is not UTF-8"),
        ("/dev/zero", "it is larger than 256 KiB"),
        ("/dev/null", "is missing"),
    ] {
        let done = kettle(&home, "--answers").arg(file).exits(1).stdout("");
        done.says([format!("{file}: "), why.to_owned()]);
    }
    kettle(&home, "--case cold --answers missing").exits(2);
    kettle(&home, "--checklist --answers missing").exits(2);
}

#[test]
fn a_walk_that_is_cut_while_an_answer_is_changed_still_has_the_others() {
    // Back twice, then cut: both are offered again.
    let home = kettle_home();
    let typed = ["2", "2", "2", "b", "b"];
    kettle(&home, "--plain --case cold").types(typed).exits(0);
    let done = kettle(&home, "resume --plain").types(["", "", "2", "3", "KX-1"]);
    let done = done.exits(0).says([
        words("en").going_on("The water stays cold", 1).as_str(),
        "Try another socket.",
        r#"Enter alone means "Done, no change""#,
        "What have you tried?",
        r#"Enter alone means "Shaken it""#,
    ]);
    assert!(done.stdout.contains("KX-1"));
    // The first answer is being changed, then cut: the later ones are held.
    let home = kettle_home();
    let typed = ["2", "2", "2", "2", "c", "1"];
    kettle(&home, "--plain --case cold").types(typed).exits(0);
    let done = kettle(&home, "resume --plain").types(["2", "3", "KX-1"]);
    let done = done.exits(0).says([
        "0 answers so far",
        "Is the lamp on?",
        r#"Enter alone means "No""#,
        "Let it dry",
    ]);
    let done = done.never_says("Try another socket.").never_says("Boil it");
    for part in ["socket.: no change", "vinegar.: no change", "Shaken it"] {
        assert!(squeeze(&done.stdout).contains(&squeeze(part)), "{part}");
    }
    // Changed to something else after the cut, what does not apply is named.
    let home = kettle_home();
    kettle(&home, "--plain --case cold").types(typed).exits(0);
    kettle(&home, "resume --plain").exits(0);
    let done = kettle(&home, "resume --plain")
        .types(["1", "3", "KX-1"])
        .exits(0);
    let done = done.says([
        words("en").dropped("Try another socket.").as_str(),
        "Let it dry",
    ]);
    assert!(!done.stdout.contains("socket"));
    // At the question which answer to change, nothing is changed yet.
    let (home, id) = (kettle_home(), &["2", "2", "c"]);
    kettle(&home, "--plain --case cold").types(id).exits(0);
    let done = kettle(&home, "resume --plain").exits(0);
    done.says(["2 answers so far", "What have you tried?"]);
}

#[test]
fn another_case_is_another_walk() {
    let home = kettle_home();
    let typed = ["2", "b", "b", "2", "1"];
    kettle(&home, "--plain --case cold").types(typed).exits(0);
    let ids = home.walks();
    assert_eq!(ids.len(), 2, "{ids:?}");
    let list = kettle(&home, "walks").exits(0);
    list.prints("The water stays cold").prints("It is loud");
}

#[test]
fn a_wait_runs_on_while_nobody_is_there() {
    let (home, id) = cut(4);
    let file = read(home.walk_file(&id));
    let waiting = "[waiting]\nstep = \"wait\"\nsince = ";
    let (before, rest) = body(&file).split_once(waiting).expect(&file);
    let (_, rest) = rest.split_once('\n').unwrap();
    let waited = "Counted from";
    kettle(&home, "resume --plain").exits(0).never_says(waited);
    assert_eq!(
        read(home.walk_file(&id)),
        file,
        "a look does not begin it anew"
    );
    for (since, is_over) in [
        ("2026-01-02T03:04:05+08:00", true),
        ("2126-01-02T03:04:05+08:00", false),
        ("0001-01-01T00:00:00+00:00", true),
    ] {
        let walk = sealed(&format!("{before}{waiting}{since}\n{rest}"));
        fs::write(home.walk_file(&id), &walk).unwrap();
        let done = kettle(&home, "resume --plain").exits(0);
        if is_over {
            let over = words("en").waited(since.parse().unwrap());
            done.says(["Let it dry", &over]);
        } else {
            done.says(["Let it dry"]).never_says(waited);
        }
        assert_eq!(read(home.walk_file(&id)), walk);
    }
    // Its answer ends it, and so does going back.
    for (line, step) in [("2", "Which model"), ("b", "vinegar")] {
        fs::write(home.walk_file(&id), &file).unwrap();
        kettle(&home, "resume --plain")
            .types([line])
            .exits(0)
            .says([step]);
        assert!(!read(home.walk_file(&id)).contains("[waiting]"));
    }
}

#[test]
fn a_finished_walk_is_deleted_by_nobody_but_the_user() {
    let (home, id) = cut(6);
    let file = read(home.walk_file(&id));
    // Every time in it, since a walk may take more than one second.
    let aged = |days| {
        let then = days_ago(days);
        let line = |l: &str| match l.split_once(" = ") {
            Some((key @ ("at" | "finished"), _)) => format!("{key} = {then}\n"),
            _ => format!("{l}\n"),
        };
        body(&file).lines().map(line).collect::<String>()
    };
    let open = |days| {
        let aged = aged(days);
        let lines = aged.lines().filter(|l| !l.starts_with("finished = "));
        lines.map(|l| format!("{l}\n")).collect::<String>()
    };
    for (name, body) in [
        ("old", aged(31)),
        ("young", aged(29)),
        ("future", aged(-400)),
        ("open", open(900)),
    ] {
        fs::write(home.state().join(file_of(name)), sealed(&body)).unwrap();
    }
    let done = kettle(&home, "walks").exits(0).prints("\nold-");
    let done = done.prints("29 days ago").prints("900 days ago");
    // The clock may be wrong; so it is only said, and how to delete it.
    done.says([
        words("en").old_walks(1, 30),
        "walks delete --old --guide".into(),
    ]);
    let done = kettle(&home, "walks delete --old").exits(0);
    done.stderr("Deleted: old-20260101-000000\n");
    kettle(&home, "walks").exits(0).stderr(ORIGIN);
    let others = ["future", "open", "young"].map(|name| file_of(name).replace(".toml", ""));
    assert_eq!(home.walks()[0], id);
    assert_eq!(home.walks()[1..], others);
    // `open` was finished above, by its answers; it has no day to be counted from.
    let first = kettle(&home, "ticket").exits(0).stdout;
    assert!(first.contains("KX-1"));
}

#[test]
fn an_old_walk_that_a_follow_up_needs_is_not_deleted_with_the_old_ones() {
    let (home, id) = cut(6);
    let file = read(home.walk_file(&id));
    let then = format!("finished = {}\n", days_ago(31));
    let aged = body(&file)
        .lines()
        .map(|line| match line.split_once(" = ") {
            Some(("finished", _)) => then.clone(),
            _ => format!("{line}\n"),
        });
    let parent = file_of("old").replace(".toml", "");
    fs::write(home.walk_file(&parent), sealed(&aged.collect::<String>())).unwrap();
    let run = kettle(&home, "ticket --follow-up --plain").arg(&parent);
    run.types(["88", "q"]).exits(0);
    let walks = home.walks();
    kettle(&home, "walks").exits(0).stderr(ORIGIN);
    kettle(&home, "walks delete --old").exits(0).stderr("");
    assert_eq!(home.walks(), walks);
    // Once the follow-up is gone, it is as any other.
    let follow_up = walks.iter().find(|name| name.starts_with("follow-up-"));
    kettle(&home, "walks delete")
        .arg(follow_up.unwrap())
        .exits(0);
    let done = kettle(&home, "walks delete --old").exits(0);
    done.stderr(&format!("{}\n", words("en").deleted(&parent)));
}

#[test]
fn a_walk_is_open_in_one_place_at_a_time() {
    for (tag, _, words) in languages().filter(|(tag, ..)| *tag == "en") {
        let home = kettle_home();
        let first = kettle(&home, "--plain --case cold --lang").arg(tag);
        let first = first
            .types(&COLD[..2])
            .starts()
            .waits_for("What have you tried?");
        let id = only(&home);
        let before = read(home.walk_file(&id));
        let busy = words.cannot_open(&id, BUSY);
        let done = kettle(&home, "resume --plain").types(["1"]).exits(1);
        done.stdout("").says([busy.as_str()]);
        let done = kettle(&home, "walks delete").arg(&id).exits(1);
        done.says([id.as_str(), BUSY]);
        kettle(&home, "walks").exits(0).prints(&id).stderr(ORIGIN);
        kettle(&home, "ticket").exits(0).prints("No");
        assert_eq!(read(home.walk_file(&id)), before);
        let first = COLD[2..]
            .iter()
            .fold(first, |first, line| first.types(line));
        assert!(first.exits(0).stdout.contains("KX-1"));
        assert_eq!(answers(&home, &id).len(), COLD.len());
        kettle(&home, "resume --plain").exits(0).prints("KX-1");
    }
}

#[test]
fn one_open_walk_does_not_keep_the_others_from_being_deleted() {
    let home = kettle_home();
    kettle(&home, "--plain --case loud").types(["1"]).exits(0);
    let first = kettle(&home, "--plain --case cold").types(["2"]).starts();
    let first = first.waits_for("Try another socket.");
    let open = home
        .walks()
        .into_iter()
        .find(|id| id.starts_with("cold"))
        .unwrap();
    let done = kettle(&home, "walks delete --all").exits(1);
    assert_eq!(home.walks(), [open.clone()]);
    done.says([open.as_str(), BUSY]);
    first.exits(0);
}

#[test]
fn walks_that_are_begun_in_the_same_second_have_different_names() {
    let home = kettle_home();
    let begin = |_| kettle(&home, "--plain --case cold").types(["2"]).starts();
    let begun: Vec<_> = (0..6).map(begin).collect();
    let begun: Vec<_> = begun
        .into_iter()
        .map(|run| run.waits_for("Try another socket."))
        .collect();
    begun.into_iter().for_each(|run| drop(run.exits(0)));
    let ids = home.walks();
    assert_eq!(ids.len(), 6, "{ids:?}");
    let second = ids.iter().filter(|id| id.ends_with("-2")).count();
    assert!(second > 0, "none was begun in the same second: {ids:?}");
}

#[test]
fn where_nothing_can_be_saved_the_wizard_goes_on_and_says_so() {
    let ticket = kettle(&kettle_home(), "--plain --case cold")
        .types(COLD)
        .exits(0)
        .stdout;
    let nowhere = [
        ("HOME", "no/absolute/path"),
        ("OKX_VERIFY_HELP_STATE", "/dev/null/walks"),
        ("OKX_VERIFY_HELP_STATE", "/proc/nowhere"),
        ("OKX_VERIFY_HELP_STATE", "kettle.toml"),
        ("XDG_STATE_HOME", "/dev/null"),
        ("OKX_VERIFY_HELP_STATE", "/etc/passwd"),
    ];
    for (name, value) in nowhere {
        let home = kettle_home();
        let run = || kettle(&home, "--plain --case cold").env(name, value);
        let done = run().types(COLD).exits(1);
        assert_eq!(without_times(&done.stdout), without_times(&ticket));
        let not_saved = words("en").not_saved("\u{1}");
        let not_kept = words("en").not_kept("\u{1}");
        let (not_saved, not_kept) = (beginning(&not_saved), beginning(&not_kept));
        assert_eq!(done.stderr.matches(not_saved).count(), 1, "{}", done.stderr);
        let done = done.says([not_saved, "Take it back to the shop.", not_kept]);
        done.never_says("okx-verify-help resume")
            .never_says("--follow-up");
        // A walk that is left is lost; that is said, with how to begin again.
        let done = run().types(["2", "q"]).exits(1);
        done.says([words("en").left, "--case cold", not_kept]);
        run().types(["2"]).exits(1).says([not_saved]);
        if !value.ends_with("walks") && !value.ends_with("nowhere") {
            kettle(&home, "walks").env(name, value).exits(1).stdout("");
        }
        // Where nothing is to be saved, nothing can go wrong.
        let run = kettle(&home, "--plain --case cold --no-save").env(name, value);
        run.types(COLD).exits(0).never_says(not_saved);
    }
}

#[test]
fn a_script_that_reaches_its_end_needs_no_place_to_save() {
    let (home, id) = cut(6);
    let file = home.walk_file(&id);
    let ticket = kettle(&home, "ticket").exits(0).stdout;
    for (name, value) in [
        ("HOME", "no/absolute/path"),
        ("OKX_VERIFY_HELP_STATE", "/dev/null/x"),
    ] {
        let run = kettle(&home, "--answers").arg(&file).env(name, value);
        let done = run.ends();
        assert_eq!(done.code, Some(0), "{name}: {}", done.stderr);
        done.stdout(&ticket);
    }
}
