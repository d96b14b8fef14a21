//! What can be done with a ticket at the end of a walk.

use crate::support::{GUIDE, Plan, Rest, files_in, languages, squeeze};
use crate::terminal::{ENTER, HOME, Home, Seen, Size, Terminal};
use crate::walks::{Prompt, walk_to};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use okx_verify_help::guide::Lang;
use okx_verify_help::ticket::short::SHORT;
use okx_verify_help::words::Words;
use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::Path;
use std::time::{Duration, Instant};

const WINDOW: Size = (80, 24);
const COPY: usize = 1;
const SAVE: usize = 2;
const OTHER: usize = 3;
const SHORTER: usize = 4;
const BACK: usize = 5;

/// A walk that has come to its ticket.
struct Closing {
    terminal: Terminal,
    plan: Plan,
    menu: Prompt,
    lang: Lang,
    words: &'static Words,
}

impl Closing {
    fn open(tag: &str, args: &str, settings: &[(&str, &str)]) -> Closing {
        let (_, lang, words) = languages().find(|(t, ..)| *t == tag).unwrap();
        let given = [("intent", "move"), ("note", "both are mine, 两个都是")];
        let plan = Plan::new("linked", &given, Rest::StraightOn);
        let args = format!("--case linked --lang {tag} {args}");
        let mut terminal = Terminal::open_in(&Home::new(), WINDOW, &args, settings);
        walk_to(&mut terminal, &plan, None, lang, words);
        let menu = Prompt::closing(lang, false, words);
        menu.seen(&mut terminal, 1);
        Closing {
            terminal,
            plan,
            menu,
            lang,
            words,
        }
    }

    /// The ticket of the walk, as the program itself prints it again.
    fn ticket(&self, args: &str) -> String {
        let home = &self.terminal.home;
        let [id] = &home.walks()[..] else { panic!() };
        let tag = GUIDE.tag(self.lang);
        let script = format!("okx ticket {id} --lang {tag} {args} > result");
        let mut terminal = Terminal::shell_in(home, WINDOW, &script);
        assert_eq!(terminal.end().0, 0);
        home.read("result")
    }

    #[track_caller]
    fn choose(&mut self, place: usize) {
        self.menu.go_to(&mut self.terminal, place);
        self.terminal.enter();
    }

    /// Saves to a file, and returns what is said.
    #[track_caller]
    fn save(&mut self, name: &str, times: usize) -> Seen {
        self.choose(SAVE);
        self.which_file(times);
        self.terminal.press(&format!("{HOME}{name}{ENTER}"));
        let done = times + 1;
        let menu = &self.menu;
        self.terminal
            .until("the menu", |seen| menu.waits(seen, done))
    }

    /// Waits for the name of a file to be asked for.
    #[track_caller]
    fn which_file(&self, times: usize) -> Seen {
        let question = squeeze(self.words.which_file);
        self.terminal.until("the file", |seen| {
            seen.all.matches(&question).count() == times && seen.upto.ends_with('>') && seen.at_line
        })
    }

    /// Whether the message about a file that could not be written is there, so often.
    #[track_caller]
    fn refuses(&self, seen: &Seen, name: &str, times: usize) {
        let said = squeeze(&self.words.not_written(name));
        assert_eq!(seen.all.matches(&said).count(), times, "{}", seen.page);
    }

    #[track_caller]
    fn finish(&mut self) -> Seen {
        self.choose(0);
        let (code, seen) = self.terminal.end();
        assert_eq!((code, seen.all.contains('❯')), (0, false), "{}", seen.page);
        seen
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_ticket_is_shown_and_how_to_come_back_is_said() {
    for (tag, ..) in languages() {
        let mut closing = Closing::open(tag, "", &[]);
        let seen = closing.finish();
        let ticket = squeeze(&closing.ticket(""));
        assert_eq!(seen.all.matches(&ticket).count(), 1, "{}", seen.page);
        let [id] = &closing.terminal.home.walks()[..] else {
            panic!()
        };
        let last = squeeze(&format!("okx-verify-help resume {id} --lang {tag}"));
        assert!(seen.all.ends_with(&last), "{}", seen.page);
    }
}

#[test]
fn a_ticket_is_saved_for_the_user_alone_under_a_name_that_speaks() {
    for (tag, ..) in languages() {
        let mut closing = Closing::open(tag, "", &[]);
        closing.save("", 1);
        closing.finish();
        let home = closing.terminal.home.clone();
        let ours = |path: &&std::path::PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("okx-ticket-linked-") && name.ends_with(".txt")
        };
        let files = home.files();
        let files: Vec<_> = files.iter().filter(ours).collect();
        let [file] = files[..] else {
            panic!("{:?}", home.files())
        };
        assert_eq!(
            file.parent(),
            Some(home.path("").as_path()).map(|p| p.components().as_path())
        );
        assert_eq!(fs::read_to_string(file).unwrap(), closing.ticket(""));
        assert_eq!(mode(file), 0o600);
    }
}

#[test]
fn other_formats_are_saved_as_they_are() {
    for (format, ending) in [("markdown", "md"), ("json", "json")] {
        let args = format!("--format {format}");
        let mut closing = Closing::open("en", &args, &[]);
        closing.save("", 1);
        closing.finish();
        let files = closing.terminal.home.files();
        let file = files
            .iter()
            .find(|path| path.extension().is_some_and(|e| e == ending));
        let saved = fs::read_to_string(file.expect("a file")).unwrap();
        assert_eq!(saved, closing.ticket(&args));
    }
}

#[test]
fn a_file_that_is_there_is_not_given_up_unasked() {
    for (tag, ..) in languages() {
        let mut closing = Closing::open(tag, "", &[]);
        let (home, words) = (closing.terminal.home.clone(), closing.words);
        fs::write(home.path("kept.txt"), "mine").unwrap();
        let choices = words.file_choices.map(str::to_owned).to_vec();
        let exists = Prompt::one(&words.file_exists("kept.txt"), choices, words);
        // Another name.
        closing.choose(SAVE);
        closing.which_file(1);
        closing.terminal.press("kept.txt\r");
        exists.seen(&mut closing.terminal, 1);
        closing.terminal.enter();
        closing.which_file(2);
        assert_eq!(home.read("kept.txt"), "mine");
        closing.terminal.press("~/other.txt\r");
        closing.menu.seen(&mut closing.terminal, 2);
        assert_eq!(home.read("other.txt"), closing.ticket(""));
        assert_eq!(home.read("kept.txt"), "mine");
        // That one after all.
        closing.choose(SAVE);
        closing.which_file(3);
        closing.terminal.press("kept.txt\r");
        let seen = exists.seen(&mut closing.terminal, 2);
        exists.answer(&mut closing.terminal, &seen, &[1], "");
        closing.menu.seen(&mut closing.terminal, 3);
        closing.finish();
        assert_eq!(home.read("kept.txt"), closing.ticket(""));
        assert_eq!(mode(&home.path("kept.txt")), 0o600);
    }
}

#[test]
fn what_is_no_file_stays_what_it_is_and_nothing_is_lost() {
    for (tag, ..) in languages() {
        let mut closing = Closing::open(tag, "", &[]);
        let home = closing.terminal.home.clone();
        fs::create_dir(home.path("folder")).unwrap();
        fs::create_dir(home.path("closed")).unwrap();
        fs::write(home.path("file"), "mine").unwrap();
        std::os::unix::fs::symlink("nowhere", home.path("link")).unwrap();
        let names = ["/dev/null", "no/such/folder/file", "file/below", "link"];
        for (n, name) in (1..).zip(names) {
            let seen = closing.save(name, n);
            closing.refuses(&seen, name, 1);
        }
        assert!(
            fs::metadata("/dev/null")
                .unwrap()
                .file_type()
                .is_char_device()
        );
        assert!(home.path("folder").is_dir() && home.read("file") == "mine");
        assert!(home.path("link").is_symlink() && !home.path("nowhere").exists());
        // It can still be saved, in a folder under a name of its own.
        closing.save("folder", names.len() + 1);
        closing.finish();
        let saved: Vec<_> = files_in(&home.path("folder"));
        let [saved] = &saved[..] else {
            panic!("{saved:?}")
        };
        assert_eq!(fs::read_to_string(saved).unwrap(), closing.ticket(""));
    }
}

#[test]
fn a_secret_is_no_name_for_a_file() {
    let mut closing = Closing::open("en", "", &[]);
    closing.choose(SAVE);
    closing.which_file(1);
    let secret = "my password is Tr0ub4dor&3";
    closing.terminal.press(&format!("{secret}\r"));
    closing.which_file(2);
    closing.terminal.enter();
    closing.menu.seen(&mut closing.terminal, 2);
    closing.finish();
    let files = closing.terminal.home.files();
    assert!(!format!("{files:?}").contains("Tr0ub4dor"), "{files:?}");
}

#[test]
fn a_ticket_is_handed_to_the_terminal() {
    for (tag, ..) in languages() {
        let mut closing = Closing::open(tag, "", &[]);
        closing.choose(COPY);
        closing.menu.seen(&mut closing.terminal, 2);
        let seen = closing.finish();
        assert!(
            seen.all.contains(&squeeze(closing.words.handed_over)),
            "{}",
            seen.page
        );
        let (_, code) = seen.bytes.split_once("\u{1b}]52;c;").expect("OSC 52");
        let (code, _) = code.split_once('\u{7}').unwrap();
        let copied = BASE64_STANDARD.decode(code).unwrap();
        assert_eq!(String::from_utf8(copied).unwrap(), closing.ticket(""));
    }
}

/// A folder with a program of this name that runs a script.
fn tool(home: &Home, name: &str, script: &str) -> String {
    let folder = home.path("bin");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    format!("{}:/usr/bin:/bin", folder.display())
}

/// Copies a ticket with a tool of this name that runs a script; what it wrote to `$HOME/copied`.
fn copies(name: &str, display: &str, script: &str) -> (Closing, Seen, Option<String>, Duration) {
    let tools = Home::new();
    let path = tool(&tools, name, script);
    let mut closing = Closing::open("zh", "", &[("PATH", path.as_str()), (display, ":0")]);
    let start = Instant::now();
    closing.choose(COPY);
    let seen = closing.menu.seen(&mut closing.terminal, 2);
    let took = start.elapsed();
    let copied = fs::read_to_string(closing.terminal.home.path("copied")).ok();
    (closing, seen, copied, took)
}

#[test]
fn a_ticket_goes_to_the_clipboard_by_the_systems_tool() {
    let tools = [
        ("wl-copy", "WAYLAND_DISPLAY"),
        ("xclip", "DISPLAY"),
        ("xsel", "DISPLAY"),
        ("pbcopy", "UNUSED"),
    ];
    for (name, display) in tools {
        let (mut closing, seen, copied, _) = copies(name, display, "cat > \"$HOME/copied\"");
        let said = squeeze(&closing.words.copied(name));
        assert!(seen.all.contains(&said), "{}", seen.page);
        assert!(!seen.bytes.contains("\u{1b}]52;"));
        closing.finish();
        assert_eq!(copied.unwrap(), closing.ticket(""), "{name}");
    }
}

#[test]
fn a_tool_that_fails_or_hangs_is_not_waited_for() {
    let hangs = "echo $$ > \"$HOME/pid\"; exec sleep 60";
    for (script, at_least) in [
        ("cat > /dev/null; exit 1", 0),
        ("exit 0 <&-; exit 1", 0),
        (hangs, 2),
    ] {
        let (mut closing, seen, _, took) = copies("wl-copy", "WAYLAND_DISPLAY", script);
        // The tool that hangs would take a minute.
        let times = Duration::from_secs(at_least)..Duration::from_secs(30);
        assert!(times.contains(&took), "{took:?}");
        let by_tool = squeeze(&closing.words.copied("wl-copy"));
        let handed = squeeze(closing.words.handed_over);
        assert!(
            seen.all.contains(&handed) != seen.all.contains(&by_tool),
            "{}",
            seen.page
        );
        assert!(
            script.starts_with("exit") || seen.all.contains(&handed),
            "{}",
            seen.page
        );
        closing.finish();
        if let Ok(pid) = fs::read_to_string(closing.terminal.home.path("pid")) {
            assert!(
                !Path::new("/proc").join(pid.trim()).exists(),
                "it is still there"
            );
        }
    }
}

#[test]
fn a_tool_without_its_display_is_not_asked() {
    let script = "cat > \"$HOME/copied\"";
    for name in ["wl-copy", "xclip", "xsel"] {
        let (mut closing, _, copied, _) = copies(name, "UNUSED", script);
        closing.finish();
        assert_eq!(copied, None, "{name}");
    }
}

#[test]
fn the_ticket_comes_in_the_other_language_and_that_is_what_is_saved() {
    for (tag, lang, words) in languages() {
        let mut closing = Closing::open(tag, "", &[]);
        let other = GUIDE.langs().find(|other| *other != lang).unwrap();
        closing.choose(OTHER);
        closing.menu = Prompt::closing(other, false, words);
        let seen = closing.menu.seen(&mut closing.terminal, 2);
        let args = format!("--ticket-lang {}", GUIDE.tag(other));
        let ticket = closing.ticket(&args);
        assert_eq!(
            seen.all.matches(&squeeze(&ticket)).count(),
            1,
            "{}",
            seen.page
        );
        closing.choose(SAVE);
        closing.which_file(1);
        closing.terminal.press("other\r");
        closing.menu.seen(&mut closing.terminal, 3);
        closing.finish();
        assert_eq!(closing.terminal.home.read("other"), ticket);
    }
}

#[test]
fn the_ticket_comes_short_and_that_is_what_is_copied() {
    for (tag, ..) in languages() {
        let mut closing = Closing::open(tag, "", &[]);
        closing.choose(SHORTER);
        // Now it can be shown whole again.
        closing.menu = Prompt::closing(GUIDE.language(tag).unwrap(), true, closing.words);
        let seen = closing.menu.seen(&mut closing.terminal, 2);
        let short = closing.ticket("--short");
        assert!(short.chars().count() <= SHORT && short.len() < closing.ticket("").len());
        assert!(seen.all.contains(&squeeze(&short)), "{}", seen.page);
        closing.choose(COPY);
        closing.menu.seen(&mut closing.terminal, 3);
        let seen = closing.finish();
        assert!(seen.bytes.contains(&BASE64_STANDARD.encode(&short)));
    }
}

#[test]
fn back_leads_to_the_last_question_and_the_ticket_follows() {
    for (tag, lang, words) in languages() {
        let mut closing = Closing::open(tag, "", &[]);
        let last = closing.plan.stops().last().unwrap().0;
        closing.choose(BACK);
        Prompt::of(last, lang, words).seen(&mut closing.terminal, 2);
        closing.terminal.press("something new 新的\r");
        let seen = closing.menu.seen(&mut closing.terminal, 2);
        closing.finish();
        let ticket = closing.ticket("");
        assert!(ticket.contains("something new 新的"), "{ticket}");
        assert!(seen.all.contains(&squeeze(&ticket)), "{}", seen.page);
    }
}
