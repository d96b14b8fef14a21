//! Windows as a person sees them, row by row, over the small guide of the tests.

use crate::support::{languages, masked, snapshot, squeeze};
use crate::terminal::{ENTER, ESC, Home, LAST, Seen, Size, Terminal, at_once};
use okx_verify_help::words::Words;
use regex::{Captures, Regex};
use std::fmt::Write;
use std::time::Duration;

const GUIDE: &str = include_str!("../data/tea.toml");
const SIZES: [Size; 3] = [(80, 24), (60, 20), (40, 12)];

/// How long nothing more has to be written until a window counts as whole.
const CALM: Duration = Duration::from_millis(80);

/// An Enter this long after a letter is not taken for a part of it.
const AFTER_A_LETTER: Duration = Duration::from_millis(1100);

/// A walk at a terminal, and the windows that were seen on the way.
struct Story {
    terminal: Terminal,
    words: &'static Words,
    told: String,
}

impl Story {
    /// Starts the program, and sees its first window.
    fn begin(home: &Home, size: Size, words: &'static Words, args: &str, what: &str) -> Story {
        std::fs::write(home.path("tea.toml"), GUIDE).unwrap();
        let args = format!("--guide tea.toml --lang {} {args}", words.tag);
        let mut story = Story {
            terminal: Terminal::open_in(home, size, &args, &[]),
            words,
            told: String::new(),
        };
        let seen = story.terminal.until("a menu", |seen| seen.by_key);
        assert!(seen.by_key);
        let seen = story.terminal.calm(CALM);
        story.tell(what, &seen);
        story
    }

    /// Writes down what stands in the window.
    fn tell(&mut self, what: &str, seen: &Seen) {
        let window = seen.page.rsplit('─').next().unwrap();
        self.write(what, &window[1..]);
    }

    fn write(&mut self, what: &str, rows: &str) {
        let mut rows = rows.trim_end().to_owned();
        for name in self.terminal.home.walks() {
            // A name may go on in the next row.
            let pieces: Vec<String> = name.chars().map(String::from).collect();
            let name = Regex::new(&pieces.join("\n?")).unwrap();
            let zeros = |found: &Captures| found[0].replace(|c: char| c.is_ascii_digit(), "0");
            rows = name.replace_all(&rows, zeros).into_owned();
        }
        writeln!(self.told, "── {what}").unwrap();
        for row in masked(&rows).split('\n') {
            writeln!(self.told, "│{row}").unwrap();
        }
    }

    /// Presses keys one after the other, and waits for what each of them does.
    #[track_caller]
    fn press(&mut self, keys: &[&str]) -> Seen {
        let mut seen = self.terminal.look();
        for key in keys {
            if *key == ENTER {
                self.terminal.enter();
                let before = seen.bytes.len();
                let sent = |seen: &Seen| seen.bytes.len() > before || seen.ended;
                self.terminal.until("an effect of Enter", sent);
            } else {
                self.terminal.tap(key);
            }
            seen = self.terminal.calm(CALM);
        }
        seen
    }

    /// The same, and the window that comes of it.
    #[track_caller]
    fn sees(&mut self, keys: &[&str], what: &str) -> Seen {
        let seen = self.press(keys);
        self.tell(what, &seen);
        seen
    }

    /// Asks for something to read. Where it stays until it is read, goes on.
    #[track_caller]
    fn reads(&mut self, keys: &[&str], what: &str) {
        let mut seen = self.sees(keys, what);
        while seen.screen.ends_with(&squeeze(self.words.read_on)) {
            std::thread::sleep(AFTER_A_LETTER);
            seen = self.sees(&[ENTER], &format!("{what}, gone on"));
        }
    }

    /// The program ends; what it wrote stands there from first to last.
    fn ends(mut self, what: &str) -> String {
        let (code, seen) = self.terminal.end();
        let (above, window) = seen.page.split_once('─').unwrap();
        let window = window.trim_start_matches('─').trim_start_matches('\n');
        let page = format!("{above}{window}");
        self.write(&format!("{what}, exit status {code}"), page.trim_start());
        self.told
    }
}

/// A whole walk that ends in a ticket.
fn to_a_ticket(home: &Home, size: Size, words: &'static Words) -> String {
    let (secret, text) = match words.tag {
        "zh" => ("密码是hunter2hunter2", "KX-9 蓝色的"),
        _ => ("my password is hunter2", "KX-9 (blue)"),
    };
    let mut story = Story::begin(home, size, words, "", "the cases");
    story.sees(&[ENTER], "a question");
    story.reads(&["?"], "why");
    story.sees(&[ESC], "the list behind Esc");
    story.sees(&[ESC, "2", ENTER], "something to do");
    story.sees(&[ENTER], "a tick list");
    story.sees(&["2", " "], "a tick list, ticked");
    story.sees(&[LAST, ENTER], "a gate");
    story.sees(&[ENTER], "a gate after the first Enter");
    story.press(&["1", ENTER]);
    story.sees(&[ENTER], "a wait");
    story.sees(&[ENTER], "a wait that was cut short");
    story.press(&["2", ENTER]);
    story.reads(&["t"], "the ticket so far");
    story.sees(&[ENTER], "a typed line");
    story.sees(&[secret, ENTER], "a typed line that was refused");
    story.sees(&[text], "a typed line with a text");
    story.reads(&[ENTER], "an outcome");
    story.sees(&["1", ENTER], "its ticket, copied");
    story.reads(&["t"], "its ticket");
    story.press(&["q", ENTER]);
    story.ends("all of it")
}

/// A walk that is left, and the next start.
fn left_and_resumed(home: &Home, size: Size, words: &'static Words) -> String {
    let mut story = Story::begin(home, size, words, "--case cold", "a case by its name");
    story.press(&["2", ENTER]);
    story.sees(&["q"], "leaving");
    story.press(&[ENTER]);
    let left = story.ends("left");
    let mut story = Story::begin(home, size, words, "", "started again");
    story.sees(&[ENTER], "gone on with");
    story.press(&["q", ENTER]);
    left + &story.ends("left again")
}

/// A walk to an outcome that needs no ticket.
fn without_a_ticket(home: &Home, size: Size, words: &'static Words) -> String {
    let mut story = Story::begin(home, size, words, "--case loud", "a note");
    story.reads(&[ENTER], "an outcome without a ticket");
    story.press(&["q", ENTER]);
    story.ends("all of it")
}

type Tells = fn(&Home, Size, &'static Words) -> String;

#[test]
fn each_window_is_as_it_was() {
    let stories: [(&str, Tells); 3] = [
        ("ticket", to_a_ticket),
        ("left", left_and_resumed),
        ("note", without_a_ticket),
    ];
    let windows = || {
        let languages = || languages().map(|(.., words)| words);
        SIZES
            .into_iter()
            .flat_map(move |size| languages().map(move |words| (size, words)))
    };
    // The longest are taken from the end, first.
    let all = stories
        .into_iter()
        .rev()
        .flat_map(|story| windows().map(move |at| (story, at)));
    at_once(all, |((name, story), (size, words))| {
        let (columns, rows) = size;
        let name = format!("screen-{name}-{columns}x{rows}-{}", words.tag);
        snapshot(&name, &story(&Home::new(), size, words));
    });
}
