//! What can be done with a ticket at the end of a walk.

use crate::support::{GUIDE, Plan, Rest, files_in, languages, squeeze};
use crate::terminal::{ENTER, HOME, Home, Seen, Size, Terminal, at_once};
use crate::walks::{Prompt, walk_to};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use okx_verify_help::embedded;
use okx_verify_help::guide::{Lang, Verdict};
use okx_verify_help::history::History;
use okx_verify_help::ticket::short::SHORT;
use okx_verify_help::walk::Walk;
use okx_verify_help::words::Words;
use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::Path;
use std::time::{Duration, Instant};

const WINDOW: Size = (80, 24);
const COPY: usize = 0;
const SAVE: usize = 1;
const READ: usize = 2;
const OTHER: usize = 3;
const SHORTER: usize = 4;
const MORE: usize = 5;
const BACK: usize = 6;
const CASES: usize = 7;
const FINISH: usize = 8;

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
    fn save(&mut self, name: &str) -> Seen {
        self.choose(SAVE);
        self.which_file(1);
        self.terminal.press(&format!("{HOME}{name}{ENTER}"));
        let menu = &self.menu;
        self.terminal
            .until("the menu", |seen| menu.menu(seen).is_some())
    }

    /// Waits for the name of a file to be asked for so many times in a row.
    #[track_caller]
    fn which_file(&self, times: usize) -> Seen {
        let question = squeeze(self.words.which_file);
        self.terminal.until("the file", |seen| {
            let asked = seen.screen.matches(&question).count();
            asked == times && seen.upto.ends_with('>') && seen.at_line
        })
    }

    /// Whether the message about a file that could not be written is there, so often.
    #[track_caller]
    fn refuses(&self, seen: &Seen, name: &str, times: usize) {
        let said = squeeze(&self.words.not_written(name));
        assert_eq!(seen.all.matches(&said).count(), times, "{}", seen.page);
    }

    /// Waits for what was done to be said, and for the menu below that.
    #[track_caller]
    fn says(&self, said: &str) -> Seen {
        let said = squeeze(said);
        let menu = &self.menu;
        self.terminal.until(&said, |seen| {
            seen.screen.contains(&said) && menu.menu(seen).is_some()
        })
    }

    /// Waits for a file to be saved.
    #[track_caller]
    fn saved(&self) -> Seen {
        let said = self.words.saved_to("?");
        self.says(said.split('?').next().unwrap())
    }

    /// Reads to the end what was asked for, until the menu is there again.
    #[track_caller]
    fn reads(&mut self, menu: Prompt) -> Seen {
        self.menu = menu;
        let mut pauses = 0;
        loop {
            let (menu, words) = (&self.menu, self.words);
            let there = |seen: &Seen| seen.pauses(words) || pauses > 0 && menu.menu(seen).is_some();
            let seen = self.terminal.until("the menu", there);
            if !seen.pauses(words) {
                return seen;
            }
            pauses += 1;
            self.terminal.read_on(words);
        }
    }

    /// A ticket that was copied or saved is the one that is printed, and no sentence is folded.
    #[track_caller]
    fn is_unfolded(&self, copied: &str) {
        assert_eq!(squeeze(copied), squeeze(&self.ticket("")));
        let outcome = self.plan.outcome();
        let request = outcome.request.as_ref().unwrap().get(self.lang);
        assert!(okx_verify_help::text::width(request) > 80);
        let line = copied.lines().find(|line| line.trim() == request);
        assert!(line.is_some(), "{copied}");
    }

    #[track_caller]
    fn finish(&mut self) -> Seen {
        self.choose(FINISH);
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
        closing.choose(READ);
        let menu = Prompt::closing(closing.lang, false, closing.words);
        closing.reads(menu);
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
        closing.save("");
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
        closing.is_unfolded(&fs::read_to_string(file).unwrap());
        assert_eq!(mode(file), 0o600);
    }
}

#[test]
fn other_formats_are_saved_as_they_are() {
    for (format, ending) in [("markdown", "md"), ("json", "json")] {
        let args = format!("--format {format}");
        let mut closing = Closing::open("en", &args, &[]);
        closing.save("");
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
        closing.saved();
        closing.is_unfolded(&home.read("other.txt"));
        assert_eq!(home.read("kept.txt"), "mine");
        // That one after all.
        closing.choose(SAVE);
        closing.which_file(1);
        closing.terminal.press("kept.txt\r");
        let seen = exists.seen(&mut closing.terminal, 1);
        exists.answer(&mut closing.terminal, &seen, &[1], "");
        closing.saved();
        closing.finish();
        closing.is_unfolded(&home.read("kept.txt"));
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
        for name in names {
            let seen = closing.save(name);
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
        closing.save("folder");
        closing.finish();
        let saved: Vec<_> = files_in(&home.path("folder"));
        let [saved] = &saved[..] else {
            panic!("{saved:?}")
        };
        closing.is_unfolded(&fs::read_to_string(saved).unwrap());
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
    closing.saved();
    closing.finish();
    let files = closing.terminal.home.files();
    assert!(!format!("{files:?}").contains("Tr0ub4dor"), "{files:?}");
}

#[test]
fn a_ticket_is_handed_to_the_terminal() {
    for (tag, ..) in languages() {
        let mut closing = Closing::open(tag, "", &[]);
        closing.choose(COPY);
        let seen = closing.says(closing.words.handed_over);
        let phone = squeeze(closing.words.to_phone);
        assert!(seen.screen.contains(&phone), "{}", seen.page);
        let seen = closing.finish();
        let (_, code) = seen.bytes.split_once("\u{1b}]52;c;").expect("OSC 52");
        let (code, _) = code.split_once('\u{7}').unwrap();
        let copied = BASE64_STANDARD.decode(code).unwrap();
        closing.is_unfolded(&String::from_utf8(copied).unwrap());
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
    let phone = closing.words.to_phone;
    let seen = closing.says(phone);
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
        closing.is_unfolded(&copied.unwrap());
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
        let seen = closing.reads(Prompt::closing(other, false, words));
        let args = format!("--ticket-lang {}", GUIDE.tag(other));
        let ticket = squeeze(&closing.ticket(&args));
        assert_eq!(seen.all.matches(&ticket).count(), 1, "{}", seen.page);
        closing.choose(SAVE);
        closing.which_file(1);
        closing.terminal.press("other\r");
        closing.saved();
        closing.finish();
        assert_eq!(squeeze(&closing.terminal.home.read("other")), ticket);
    }
}

#[test]
fn the_ticket_comes_short_and_that_is_what_is_copied() {
    for (tag, ..) in languages() {
        let mut closing = Closing::open(tag, "", &[]);
        closing.choose(SHORTER);
        // Now it can be made whole again.
        let menu = Prompt::closing(GUIDE.language(tag).unwrap(), true, closing.words);
        let seen = closing.reads(menu);
        let short = closing.ticket("--short");
        assert!(short.chars().count() <= SHORT && short.len() < closing.ticket("").len());
        assert!(seen.all.contains(&squeeze(&short)), "{}", seen.page);
        closing.choose(COPY);
        closing.says(closing.words.handed_over);
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
        closing.menu.seen(&mut closing.terminal, 2);
        closing.choose(READ);
        let menu = Prompt::closing(lang, false, words);
        let seen = closing.reads(menu);
        closing.finish();
        let ticket = closing.ticket("");
        assert!(ticket.contains("something new 新的"), "{ticket}");
        assert!(seen.all.contains(&squeeze(&ticket)), "{}", seen.page);
    }
}

/// The rows of the window, without spaces.
fn rows(seen: &Seen) -> Vec<String> {
    let window = seen.page.rsplit('─').next().unwrap();
    window.split('\n').map(squeeze).collect()
}

/// Whether the verdict and the first step to take can be seen in the window.
fn says_what_to_do(seen: &Seen, walk: &Walk<'_>, lang: Lang, words: &Words) -> bool {
    let outcome = walk.outcome().unwrap();
    let rows = rows(seen);
    let heading = words
        .heading(&GUIDE, lang, outcome.kind)
        .unwrap_or_default();
    let verdict = rows.contains(&squeeze(heading));
    let mut steps = walk.lines(&outcome.next);
    let window = rows.concat();
    let first = steps
        .next()
        .is_none_or(|step| window.contains(&squeeze(&walk.say(step, lang))));
    verdict && first
}

#[test]
fn the_verdict_and_what_to_do_stand_in_the_window_at_the_end_of_each_scenario() {
    let all = embedded::SCENARIOS
        .iter()
        .flat_map(|scenario| languages().map(move |language| (scenario, language)));
    at_once(all, |((name, text), (tag, lang, words))| {
        let walk = History::parse(text).unwrap().follow(&GUIDE).unwrap();
        let outcome = walk.outcome().unwrap();
        let home = Home::new();
        fs::write(home.path("answers.toml"), text).unwrap();
        let args = format!("--answers answers.toml --lang {tag}");
        let mut terminal = Terminal::open_in(&home, WINDOW, &args, &[]);
        let menu = Prompt::end(outcome, lang, words);
        let seen = menu.seen(&mut terminal, 1);
        let says = says_what_to_do(&seen, &walk, lang, words);
        assert!(says, "{name}, the menu: {}", seen.page);
        let all = menu.place(words.closing.finish);
        menu.go_to(&mut terminal, all);
        terminal.press(ENTER);
        let (code, seen) = terminal.end();
        let says = says_what_to_do(&seen, &walk, lang, words);
        assert!(code == 0 && says, "{name}, the end: {}", seen.page);
    });
}

#[test]
fn what_to_do_is_one_key_away_in_a_small_window() {
    for (tag, lang, words) in languages() {
        let plan = Plan::new("linked", &[("intent", "move")], Rest::StraightOn);
        let args = format!("--case linked --lang {tag}");
        let mut terminal = Terminal::open((40, 12), &args);
        walk_to(&mut terminal, &plan, None, lang, words);
        Prompt::closing(lang, false, words).seen(&mut terminal, 1);
        terminal.press("?");
        let seen = terminal.until("a pause", |seen| seen.pauses(words));
        let heading = words.heading(&GUIDE, lang, plan.outcome().kind).unwrap();
        let verdict = squeeze(heading);
        assert!(rows(&seen).contains(&verdict), "{}", seen.page);
    }
}

#[test]
fn what_to_keep_in_mind_and_its_sources_are_shown_on_request() {
    for (tag, lang, words) in languages() {
        let mut closing = Closing::open(tag, "", &[]);
        closing.choose(MORE);
        let seen = closing.reads(Prompt::closing(lang, false, words));
        let outcome = closing.plan.outcome();
        for keep in closing.plan.walk.lines(&outcome.keep) {
            assert!(seen.all.contains(&squeeze(keep.get(lang))), "{}", seen.page);
        }
        let source = &GUIDE.sources[outcome.sources[0]];
        let title = squeeze(source.title.get(lang));
        assert!(seen.all.contains(&title), "{}", seen.page);
        let says = says_what_to_do(&seen, &closing.plan.walk, lang, words);
        assert!(says, "{}", seen.page);
    }
}

#[test]
fn another_problem_leads_to_the_menu_of_cases() {
    for (tag, lang, words) in languages() {
        let mut closing = Closing::open(tag, "", &[]);
        closing.choose(CASES);
        let cases = Prompt::cases(lang, words);
        let seen = cases.seen(&mut closing.terminal, 1);
        // The same case once more is a walk of its own.
        let linked = GUIDE.cases.iter().position(|case| case.id == "linked");
        cases.answer(&mut closing.terminal, &seen, &[linked.unwrap()], "");
        let first = closing.plan.stops().next().unwrap().0;
        let first = Prompt::of(first, lang, words);
        let seen = first.seen(&mut closing.terminal, 2);
        first.answer(&mut closing.terminal, &seen, &[0], "");
        closing.terminal.settled();
        assert_eq!(closing.terminal.home.walks().len(), 2);
    }
}

#[test]
fn solved_can_be_taken_back() {
    let (tag, lang, words) = languages().last().unwrap();
    let given = [
        ("stuck-status", "pending"),
        ("banner", "asks"),
        ("answer-banner", "helped"),
    ];
    let plan = Plan::new("stuck", &given, Rest::StraightOn);
    assert_eq!(plan.outcome().kind, Verdict::Solved);
    let args = format!("--case stuck --lang {tag}");
    let mut terminal = Terminal::open(WINDOW, &args);
    walk_to(&mut terminal, &plan, None, lang, words);
    let menu = Prompt::end(plan.outcome(), lang, words);
    menu.seen(&mut terminal, 1);
    menu.go_to(&mut terminal, menu.place(words.closing.back));
    terminal.enter();
    let last = plan.stops().last().unwrap().0;
    Prompt::of(last, lang, words).seen(&mut terminal, 2);
}

#[test]
fn a_ticket_goes_through_the_program_around_the_terminal() {
    // A tmux of the test's own, and none, where the sequence is passed through.
    let tools = Home::new();
    let path = tool(
        &tools,
        "tmux",
        "echo \"$@\" > \"$HOME/args\"; cat > \"$HOME/copied\"",
    );
    let settings = [("TMUX", "/tmp/x,1,0"), ("PATH", path.as_str())];
    let mut closing = Closing::open("en", "", &settings);
    closing.choose(COPY);
    closing.says(closing.words.in_tmux);
    let home = closing.terminal.home.clone();
    assert_eq!(home.read("args"), "load-buffer -w -\n");
    closing.is_unfolded(&home.read("copied"));
    let settings = [("TMUX", "/tmp/x,1,0"), ("PATH", "/nowhere")];
    let mut closing = Closing::open("en", "", &settings);
    closing.choose(COPY);
    closing.says(closing.words.handed_over);
    let seen = closing.finish();
    assert!(seen.bytes.contains("\u{1b}Ptmux;\u{1b}\u{1b}]52;c;"));

    // screen passes on no long sequence, so it comes in pieces.
    let mut closing = Closing::open("en", "", &[("STY", "1.pts-0.host")]);
    closing.choose(COPY);
    closing.says(closing.words.handed_over);
    let seen = closing.finish();
    let pieces = seen.bytes.split("\u{1b}P").skip(1);
    let pieces: Vec<&str> = pieces
        .map(|p| p.split_once("\u{1b}\\").unwrap().0)
        .collect();
    assert!(pieces.len() > 3 && pieces.iter().all(|piece| piece.len() < 250));
    let whole = pieces.concat();
    let code = whole
        .strip_prefix("\u{1b}]52;c;")
        .unwrap()
        .strip_suffix('\u{7}')
        .unwrap();
    let copied = BASE64_STANDARD.decode(code).unwrap();
    closing.is_unfolded(&String::from_utf8(copied).unwrap());
}
