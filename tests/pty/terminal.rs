//! A terminal with the program in it: keys go in, and what a person sees can be asked for.

use crate::support::{files_in, squeeze};
use okx_verify_help::text::is_hostile;
use okx_verify_help::words::Words;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use regex::Regex;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long to wait for what has to come.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often to look.
const GLANCE: Duration = Duration::from_millis(2);
/// An Enter this long after another one is not taken for a key that is held.
const NOT_HELD: Duration = Duration::from_millis(320);
/// More lines than any walk writes.
const SCROLLBACK: usize = 5000;

pub const ENTER: &str = "\r";
pub const ESC: &str = "\u{1b}";
pub const UP: &str = "\u{1b}[A";
pub const HOME: &str = "\u{1b}[H";
pub const LAST: &str = "\u{1b}[F";
pub const PAGE_DOWN: &str = "\u{1b}[6~";
pub const CTRL_C: &str = "\u{3}";
pub const CTRL_Z: &str = "\u{1a}";

/// What is shown at one moment.
pub struct Seen {
    /// The window, without spaces and newlines.
    pub screen: String,
    /// The same with all that has scrolled away above it.
    pub all: String,
    /// That, up to the cursor.
    pub upto: String,
    pub cursor: bool,
    /// Whether each key is read by itself, as a menu does, instead of whole lines.
    pub by_key: bool,
    /// Whether a line is being edited.
    pub at_line: bool,
    /// Every byte that was sent.
    pub bytes: String,
    /// How many those were.
    sent: usize,
    /// As a person would see it: what has scrolled away, and the window.
    pub page: String,
    /// Whether nothing more will come.
    pub ended: bool,
}

impl Seen {
    /// Whether a text waits to be read.
    pub fn pauses(&self, words: &Words) -> bool {
        self.by_key && self.screen.ends_with(&squeeze(words.read_on))
    }
}

struct Output {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    ended: bool,
}

pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Arc<Mutex<Output>>,
    size: Size,
    pub home: Home,
    /// The terminal's settings before anything ran in it.
    before: String,
    /// Whether nothing but the program can have changed them.
    alone: bool,
    /// Whether standard output is something else.
    pub piped: bool,
}

/// How large a window is: columns and rows.
pub type Size = (u16, u16);

/// A user's home, with what programs leave there.
#[derive(Clone)]
pub struct Home(Arc<TempDir>);

impl Home {
    pub fn new() -> Home {
        Home(Arc::new(tempfile::tempdir().unwrap()))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect(name)
    }

    /// Where saved walks are.
    pub fn state(&self) -> PathBuf {
        self.path(".local/state/okx-verify-help")
    }

    /// The names of the saved walks.
    pub fn walks(&self) -> Vec<String> {
        let files = self.files();
        let names = files
            .iter()
            .filter(|path| path.parent() == Some(&self.state()));
        let names = names.filter_map(|path| path.file_name()?.to_str()?.strip_suffix(".toml"));
        names.map(str::to_owned).collect()
    }

    /// Every file in it.
    pub fn files(&self) -> Vec<PathBuf> {
        files_in(self.0.path())
    }
}

/// Does something with each of these, a few at a time: most of it is waiting.
pub fn at_once<T: Send>(all: impl IntoIterator<Item = T>, each: impl Fn(T) + Sync) {
    let all = Mutex::new(all.into_iter().collect::<Vec<T>>());
    let next = || all.lock().unwrap().pop();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(one) = next() {
                    each(one);
                }
            });
        }
    });
}

/// What a terminal would obey, beside what the program and its libraries have to send: colours,
/// movements of the cursor, what erases, the clipboard. A terminal's own echo of Backspace is in it.
fn beyond_the_alphabet(bytes: &str) -> String {
    static OURS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "\u{1b}\\[([0-9;]*m|[0-9]*[ABCDGJK]|H|\\?(25|2004)[hl])|\u{1b}?\u{1b}\\]52;c;[A-Za-z0-9+/=]*\u{7}?|\u{1b}P|\u{1b}\\\\|\u{7}",
        )
        .unwrap()
    });
    let rest = OURS.replace_all(bytes, "");
    let foreign = |c: &char| is_hostile(*c) && !"\r\n\u{8}".contains(*c);
    rest.chars().filter(foreign).collect()
}

fn pty_size((cols, rows): Size) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// A model of a screen. It cannot draw on the smallest windows; their tests look at what was sent.
fn model((columns, rows): Size) -> vt100::Parser {
    let (columns, rows) = if columns.min(rows) < 4 {
        (80, 24)
    } else {
        (columns, rows)
    };
    vt100::Parser::new(rows, columns, SCROLLBACK)
}

impl Terminal {
    /// The program in a window of this size, with arguments as at a shell (without quotes).
    pub fn open(size: Size, args: &str) -> Terminal {
        Terminal::open_with(size, args, &[])
    }

    /// The same with settings in its environment, which is empty but for a home and a terminal.
    pub fn open_with(size: Size, args: &str, settings: &[(&str, &str)]) -> Terminal {
        Terminal::open_in(&Home::new(), size, args, settings)
    }

    /// The same in a home that is there already.
    pub fn open_in(home: &Home, size: Size, args: &str, settings: &[(&str, &str)]) -> Terminal {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_okx-verify-help"));
        command.args(args.split_whitespace());
        let mut terminal = Terminal::start(home, size, command, settings);
        terminal.alone = true;
        terminal
    }

    /// A shell that runs this; `okx` stands for the program.
    pub fn shell(size: Size, script: &str) -> Terminal {
        Terminal::shell_in(&Home::new(), size, script)
    }

    /// The same in a home that is there already.
    pub fn shell_in(home: &Home, size: Size, script: &str) -> Terminal {
        let mut command = CommandBuilder::new("/bin/sh");
        let program = format!("'{}'", env!("CARGO_BIN_EXE_okx-verify-help"));
        command.args(["-c", &script.replace("okx", &program)]);
        let mut terminal = Terminal::start(home, size, command, &[]);
        terminal.piped = script.contains("> result");
        terminal
    }

    /// A shell that a person types into; `$okx` is the program.
    pub fn job_control(size: Size) -> Terminal {
        let mut command = CommandBuilder::new("/bin/sh");
        command.arg("-i");
        let program = [
            ("okx", env!("CARGO_BIN_EXE_okx-verify-help")),
            ("PS1", "$$ "),
        ];
        Terminal::start(&Home::new(), size, command, &program)
    }

    fn start(
        home: &Home,
        size: Size,
        mut command: CommandBuilder,
        settings: &[(&str, &str)],
    ) -> Terminal {
        command.env_clear();
        command.env("HOME", home.0.path());
        command.env("TMPDIR", home.0.path());
        command.env("TERM", "xterm-256color");
        command.env("PATH", "/usr/bin:/bin");
        command.cwd(home.0.path());
        for (name, value) in settings {
            command.env(name, value);
        }
        let pair = native_pty_system().openpty(pty_size(size)).unwrap();
        let before = format!("{:?}", pair.master.get_termios());
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let output = Output {
            parser: model(size),
            bytes: Vec::new(),
            ended: false,
        };
        let output = Arc::new(Mutex::new(output));
        let shared = Arc::clone(&output);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            loop {
                let read = reader.read(&mut bytes).unwrap_or(0);
                let mut output = shared.lock().unwrap();
                output.parser.process(&bytes[..read]);
                output.bytes.extend(&bytes[..read]);
                output.ended = read == 0;
                if read == 0 {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Terminal {
            master: pair.master,
            child,
            keys,
            output,
            size,
            home: home.clone(),
            before,
            alone: false,
            piped: false,
        }
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Presses Enter, so long after anything else that it is not taken for a key that is held.
    pub fn enter(&mut self) {
        std::thread::sleep(NOT_HELD);
        self.press(ENTER);
    }

    /// Goes on where a text waits to be read.
    #[track_caller]
    pub fn read_on(&mut self, words: &Words) {
        let before = self.until("a pause", |seen| seen.pauses(words)).sent;
        // The Enter before this one may have been long ago; this one may still come too soon.
        self.enter();
        self.until("what follows", |seen| seen.sent > before || seen.ended);
    }

    /// Presses keys, and waits until all they do is done.
    #[track_caller]
    pub fn tap(&mut self, keys: &str) -> Seen {
        let before = self.look().sent;
        self.press(keys);
        self.until("an effect", |seen| seen.sent > before || seen.ended);
        self.settled()
    }

    /// Changes the window. What stood there is lost: a real terminal would fold it anew, each in
    /// its own way.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.wipe();
        self.master.resize(pty_size(size)).unwrap();
    }

    /// Loses what stands on the screen and above it.
    pub fn wipe(&self) {
        self.output.lock().unwrap().parser = model(self.size);
    }

    /// Sends a signal by its name, once the program does nothing but wait for a key.
    pub fn signal(&self, name: &str) {
        self.until("the program to wait", |_| self.rests());
        let id = self.child.process_id().unwrap().to_string();
        let kill = std::process::Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(kill.unwrap().success());
    }

    /// Whether the program waits for a key or for a child, or is stopped; where that cannot be
    /// known, yes.
    pub fn rests(&self) -> bool {
        let id = self.child.process_id().unwrap();
        let of_process = |what| std::fs::read_to_string(format!("/proc/{id}/{what}"));
        let Ok(stat) = of_process("stat") else {
            return true;
        };
        let state = stat.rsplit_once(") ").map_or("", |(_, state)| state);
        let place = of_process("wchan").unwrap_or_default();
        let waits = ["poll", "select", "woken", "tty_read", "do_wait"];
        let known = place.len() > 1;
        match state.chars().next() {
            Some('T' | 'Z') => true,
            Some('S') => !known || waits.iter().any(|name| place.contains(name)),
            _ => false,
        }
    }

    /// Waits until the program rests and writes nothing more for a moment.
    #[track_caller]
    pub fn settled(&self) -> Seen {
        self.calm(Duration::from_millis(30))
    }

    /// Waits until the program rests and has written nothing more for so long.
    #[track_caller]
    pub fn calm(&self, long: Duration) -> Seen {
        let written = || self.output.lock().unwrap().bytes.len();
        let mut calm = (written(), Instant::now());
        self.until("calm", |seen| {
            if calm.0 != written() || !self.rests() {
                calm = (written(), Instant::now());
            }
            seen.ended || calm.1.elapsed() > long
        })
    }

    pub fn look(&self) -> Seen {
        let mut output = self.output.lock().unwrap();
        let bytes = String::from_utf8_lossy(&output.bytes).into_owned();
        let (sent, ended) = (output.bytes.len(), output.ended);
        let screen = output.parser.screen_mut();
        let columns = screen.size().1;
        screen.set_scrollback(usize::MAX);
        let mut above = Vec::new();
        for back in (1..=screen.scrollback()).rev() {
            screen.set_scrollback(back);
            above.extend(screen.rows(0, columns).next());
        }
        screen.set_scrollback(0);
        let page = screen.rows(0, columns).collect::<Vec<_>>().join("\n");
        let by_key = self.reads_keys();
        // The cursor is in the line that is edited, or in one of its further rows.
        let (row, column) = screen.cursor_position();
        let upto = screen.contents_between(0, 0, row, column);
        let to_cursor: Vec<String> = screen.rows(0, columns).take(usize::from(row) + 1).collect();
        let first = to_cursor.iter().rfind(|row| !row.starts_with("  "));
        let at_line = by_key && first.is_some_and(|row| row.starts_with("> "));
        Seen {
            screen: squeeze(&page),
            all: squeeze(&above.concat()) + &squeeze(&page),
            upto: squeeze(&above.concat()) + &squeeze(&upto),
            cursor: !screen.hide_cursor(),
            by_key,
            at_line,
            bytes,
            sent,
            ended,
            page: format!(
                "{}\n{:─<2$}\n{page}",
                above.join("\n"),
                "",
                usize::from(columns)
            ),
        }
    }

    /// Waits until something is there to be seen.
    #[track_caller]
    pub fn until(&self, what: &str, mut is: impl FnMut(&Seen) -> bool) -> Seen {
        let start = Instant::now();
        let mut seen = self.look();
        while !is(&seen) {
            let waited = start.elapsed() > PATIENCE;
            assert!(
                !waited,
                "waited in vain for {what}; in a window of {:?} (by key: {}) to be seen:\n{}",
                self.size, seen.by_key, seen.page
            );
            std::thread::sleep(GLANCE);
            if self.has_changed(&seen) {
                seen = self.look();
            }
        }
        seen
    }

    fn has_changed(&self, seen: &Seen) -> bool {
        let output = self.output.lock().unwrap();
        let more = (output.bytes.len(), output.ended) != (seen.sent, seen.ended);
        more || self.reads_keys() != seen.by_key
    }

    /// Whether keys are taken at once.
    fn reads_keys(&self) -> bool {
        let settings = self.master.get_termios();
        settings.is_some_and(|t| !format!("{:?}", t.local_flags).contains("ICANON"))
    }

    /// Waits until the program has ended, and returns its exit code and what was seen last. The
    /// terminal has to be as it was.
    #[track_caller]
    pub fn end(&mut self) -> (u32, Seen) {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            let waited = start.elapsed() > PATIENCE;
            assert!(
                !waited,
                "it does not end; to be seen:\n{}",
                self.look().page
            );
            std::thread::sleep(GLANCE);
        };
        let seen = self.until("the end of its output", |seen| seen.ended);
        assert!(status.signal().is_none(), "{status:?}:\n{}", seen.page);
        assert!(seen.cursor, "the cursor is hidden:\n{}", seen.page);
        let settings = format!("{:?}", self.master.get_termios());
        assert!(
            !self.alone || settings == self.before,
            "{settings}\n{}",
            self.before
        );
        if self.alone {
            let foreign = beyond_the_alphabet(&seen.bytes);
            assert!(foreign.is_empty(), "{foreign:?} in {:?}", seen.bytes);
        }
        (status.exit_code(), seen)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Where a test has failed, the program may still wait for a key.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
