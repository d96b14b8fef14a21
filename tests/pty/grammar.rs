//! One grammar of keys: every key of it at every kind of prompt, in windows of three sizes, in both
//! languages, over the small guide of the tests.

use crate::support::{languages, squeeze};
use crate::terminal::{ENTER, ESC, Home, LAST, Seen, Size, Terminal, at_once};
use okx_verify_help::front::Command;
use okx_verify_help::words::Words;
use std::time::Duration;

const GUIDE: &str = include_str!("../data/tea.toml");
const SIZES: [Size; 3] = [(80, 24), (60, 20), (40, 12)];
/// Longer than a text or a held key counts as one.
const PAUSE: Duration = Duration::from_millis(1100);

/// A kind of prompt: its name, the keys that lead there, and the commands that do something.
type Kind = (&'static str, &'static [&'static str], &'static [Command]);

use Command::{Back, Cases, Change, Leave, Say, Ticket, Why};

const KINDS: [Kind; 5] = [
    ("the cases", &[], &[Say, Leave]),
    ("a question", &["1"], &[Why, Back, Say, Cases, Leave]),
    (
        "a step to do",
        &["1", "2"],
        &[Back, Change, Ticket, Cases, Leave],
    ),
    (
        "a tick list",
        &["1", "1"],
        &[Back, Change, Ticket, Cases, Leave],
    ),
    (
        "a gate",
        &["1", "1", LAST],
        &[Why, Back, Change, Ticket, Cases, Leave],
    ),
];

/// A prompt in a window.
struct At {
    terminal: Terminal,
    words: &'static Words,
}

impl At {
    fn open(size: Size, words: &'static Words, front: &str) -> At {
        let home = Home::new();
        std::fs::write(home.path("tea.toml"), GUIDE).unwrap();
        let args = format!("--guide tea.toml --lang {} {front}", words.tag);
        let terminal = Terminal::open_in(&home, size, &args, &[]);
        At { terminal, words }
    }

    /// A kind of prompt, reached by its keys.
    fn reach((_, keys, _): &Kind, size: Size, words: &'static Words) -> At {
        let mut at = At::open(size, words, "");
        at.shows_keys();
        for key in *keys {
            at.terminal.press(key);
            at.terminal.enter();
            at.terminal.settled();
            at.shows_keys();
        }
        at
    }

    /// Waits for the line of keys.
    #[track_caller]
    fn shows_keys(&self) -> Seen {
        let keys = squeeze(&format!("Esc{}", self.words.key.help));
        self.terminal
            .until("the keys", |seen| seen.screen.ends_with(&keys))
    }

    /// Every answer that is saved.
    fn saved(&self) -> String {
        let home = &self.terminal.home;
        let walks = home.walks().into_iter();
        let text = walks.map(|id| home.read(&format!(".local/state/okx-verify-help/{id}.toml")));
        let text: Vec<String> = text.collect();
        text.concat()
    }

    fn press(&mut self, key: &str) -> Seen {
        self.terminal.press(key);
        self.terminal.settled()
    }
}

fn everywhere(each: impl Fn(&Kind, Size, &'static Words) + Sync) {
    let all = KINDS.iter().flat_map(|kind| {
        SIZES
            .into_iter()
            .flat_map(move |size| languages().map(move |(.., words)| (kind, size, words)))
    });
    at_once(all, |(kind, size, words)| each(kind, size, words));
}

/// The list of keys names what does something at a prompt and nothing else, and closes again.
#[test]
fn esc_lists_the_keys_that_do_something_and_closes_the_list() {
    everywhere(|kind, size, words| {
        let mut at = At::reach(kind, size, words);
        let before = (at.terminal.look().screen, at.saved());
        let mut listed = String::new();
        at.terminal.press(ESC);
        let title = squeeze(words.what_now);
        let mut seen = at
            .terminal
            .until("the list", |seen| seen.screen.contains(&title));
        // In a small window it comes in pages.
        for _ in 0..3 {
            listed += seen.screen.rsplit_once(&title).unwrap().1;
            seen = at.press("\u{1b}[6~");
        }
        for (command, said) in Command::ALL.into_iter().zip(words.commands) {
            let line = squeeze(&format!("{}{said}", command.letter()));
            let (is_listed, is_alive) = (listed.contains(&line), kind.2.contains(&command));
            assert_eq!(is_listed, is_alive, "{}, {size:?}: {line}", kind.0);
        }
        at.terminal.press(ESC);
        // The options stand there as before; what is above may have scrolled.
        let all: Vec<char> = before.0.chars().collect();
        let options: String = all[all.len().saturating_sub(30)..].iter().collect();
        at.terminal.until("the prompt as before", |seen| {
            seen.screen.ends_with(&options) && !seen.screen.contains(&title)
        });
        assert_eq!(at.saved(), before.1);
    });
}

/// A letter that does something does what the list says, and one that does not says what works.
#[test]
fn each_letter_does_what_it_says_and_answers_nothing() {
    everywhere(|kind, size, words| {
        let answers = |text: &str| text.matches("[[answer]]").count();
        for command in Command::ALL.into_iter().chain([Command::Help]) {
            let mut at = At::reach(kind, size, words);
            let before = answers(&at.saved());
            let seen = at.press(&command.letter().to_string());
            let name = format!("{}, {size:?}, {command:?}: {}", kind.0, seen.page);
            let said = |text: &str| seen.screen.contains(&squeeze(text));
            let no_letter = said(words.no_such_key);
            let is_alive = kind.2.contains(&command) || command == Command::Help;
            assert_eq!(no_letter, !is_alive, "{name}");
            match command {
                _ if !is_alive => {}
                Command::Leave => assert!(said(words.leave_on_enter), "{name}"),
                Command::Cases => assert!(said(words.cases_on_enter), "{name}"),
                Command::Help => assert!(said(words.what_now), "{name}"),
                Command::Say => assert!(said(words.what_is_said), "{name}"),
                Command::Change => assert!(said(words.which_answer), "{name}"),
                _ => {}
            }
            let lost = usize::from(command == Command::Back && is_alive && before > 0);
            assert_eq!(answers(&at.saved()), before - lost, "{name}");
        }
    });
}

#[test]
fn m_leads_to_the_cases_and_the_walk_is_kept() {
    for (.., words) in languages() {
        let mut at = At::reach(&KINDS[4], SIZES[0], words);
        let before = at.saved();
        // Any other key stays.
        at.press("m");
        at.press("\u{1b}[B");
        assert_eq!(at.saved(), before);
        at.press("m");
        at.terminal.press(ENTER);
        let cases = squeeze(words.which_case);
        at.terminal
            .until("the cases", |seen| seen.all.matches(&cases).count() == 2);
        at.shows_keys();
        at.press("2");
        at.terminal.enter();
        let note = squeeze(words.is_clear);
        at.terminal
            .until("the note", |seen| seen.screen.contains(&note));
        at.shows_keys();
        at.press("1");
        at.terminal.enter();
        let home = at.terminal.home.clone();
        at.terminal
            .until("another walk", |_| home.walks().len() == 2);
        assert!(at.saved().contains("case = \"cold\""));
        // What was left is named with the command that goes on with it.
        let seen = at.terminal.look();
        assert!(
            seen.all.contains(&squeeze(words.left_saved)),
            "{}",
            seen.page
        );
    }
}

#[test]
fn what_the_screen_says_leads_to_its_answer_and_none_is_taken_unasked() {
    for (tag, .., words) in languages() {
        let (said, answer) = match tag {
            "zh" => ("指示灯一直不亮", "不亮"),
            _ => ("the lamp is off, no light at all", "No"),
        };
        let mut at = At::reach(&KINDS[1], SIZES[0], words);
        at.press("/");
        at.terminal.press(said);
        at.terminal.enter();
        let offer = squeeze(words.which_is_meant);
        at.terminal
            .until("the offer", |seen| seen.screen.contains(&offer));
        let seen = at.shows_keys();
        let option = squeeze(&format!("1{answer}2{}", words.none_of_these));
        assert!(
            seen.screen.contains(&option) && !seen.screen.contains('❯'),
            "{}",
            seen.page
        );
        assert_eq!(at.saved(), "");
        at.press("1");
        at.terminal.enter();
        at.terminal.settled();
        assert!(at.saved().contains("choice = \"off\""), "{}", at.saved());

        // The same in numbered lines, where the words are typed instead of a number.
        let mut at = At::open(SIZES[0], words, "--plain --case cold");
        at.terminal.until("a line", |seen| {
            !seen.by_key && seen.screen.ends_with([':', '：'])
        });
        at.terminal.press(&format!("{said}\r"));
        at.terminal
            .until("the offer", |seen| seen.screen.contains(&offer));
        at.terminal.settled();
        assert_eq!(at.saved(), "");
        at.press("1\r");
        assert!(at.saved().contains("choice = \"off\""), "{}", at.saved());
    }
}

#[test]
fn a_prompt_that_waits_writes_nothing() {
    let (.., words) = languages().last().unwrap();
    let mut at = At::reach(&KINDS[0], SIZES[0], words);
    for keys in [&[][..], &["1"], &["1"], &[LAST], &["1"], &["2"], &["2"]] {
        for key in keys {
            at.terminal.press(key);
            at.terminal.enter();
        }
        let before = at.terminal.settled().bytes.len();
        std::thread::sleep(PAUSE);
        let seen = at.terminal.look();
        assert_eq!(seen.bytes.len(), before, "{}", seen.page);
    }
    let seen = at.press("KX-1");
    assert!(seen.at_line, "{}", seen.page);
    std::thread::sleep(PAUSE);
    assert_eq!(at.terminal.look().bytes.len(), seen.bytes.len());
}
