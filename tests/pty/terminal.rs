//! A terminal with the program in it: keys go in, and what a person sees can be asked for.

use crate::support::squeeze;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long to wait for what has to come.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often to look.
const GLANCE: Duration = Duration::from_millis(2);
/// More lines than any walk writes.
const SCROLLBACK: usize = 5000;

pub const ENTER: &str = "\r";
pub const ESC: &str = "\u{1b}";
pub const DOWN: &str = "\u{1b}[B";
pub const CTRL_C: &str = "\u{3}";

/// What is shown at one moment.
pub struct Seen {
    /// The window, without spaces and newlines.
    pub screen: String,
    /// The same with all that has scrolled away above it.
    pub all: String,
    pub cursor: bool,
    /// Whether each key is read by itself, as a menu does, instead of whole lines.
    pub by_key: bool,
    /// Every byte that was sent.
    pub bytes: String,
    /// As a person would see it, for messages.
    page: String,
    /// Whether nothing more will come.
    ended: bool,
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
    pub home: TempDir,
}

/// How large a window is: columns and rows.
pub type Size = (u16, u16);

fn pty_size((cols, rows): Size) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

impl Terminal {
    /// The program in a window of this size, with arguments as at a shell (without quotes).
    pub fn open(size: Size, args: &str) -> Terminal {
        Terminal::open_with(size, args, &[])
    }

    /// The same with settings in its environment, which is empty but for a home and a terminal.
    pub fn open_with(size: Size, args: &str, settings: &[(&str, &str)]) -> Terminal {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_okx-verify-help"));
        command.args(args.split_whitespace());
        Terminal::start(size, command, settings)
    }

    /// A shell that runs this; `okx` stands for the program.
    pub fn shell(size: Size, script: &str) -> Terminal {
        let mut command = CommandBuilder::new("/bin/sh");
        let program = format!("'{}'", env!("CARGO_BIN_EXE_okx-verify-help"));
        command.args(["-c", &script.replace("okx", &program)]);
        Terminal::start(size, command, &[])
    }

    fn start(size: Size, mut command: CommandBuilder, settings: &[(&str, &str)]) -> Terminal {
        let home = tempfile::tempdir().unwrap();
        command.env_clear();
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        command.cwd(home.path());
        for (name, value) in settings {
            command.env(name, value);
        }
        let pair = native_pty_system().openpty(pty_size(size)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        // The model cannot draw on the smallest windows; their tests look at what was sent.
        let (columns, rows) = if size.0.min(size.1) < 4 {
            (80, 24)
        } else {
            size
        };
        let parser = vt100::Parser::new(rows, columns, SCROLLBACK);
        let output = Output {
            parser,
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
            home,
        }
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    pub fn resize(&mut self, size: Size) {
        self.output
            .lock()
            .unwrap()
            .parser
            .screen_mut()
            .set_size(size.1, size.0);
        self.master.resize(pty_size(size)).unwrap();
    }

    /// Sends a signal by its name, once the program does nothing but wait for a key.
    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        self.until("the program to wait", |_| sleeps(&id));
        let kill = std::process::Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(kill.unwrap().success());
    }

    pub fn look(&self) -> Seen {
        let mut output = self.output.lock().unwrap();
        let bytes = String::from_utf8_lossy(&output.bytes).into_owned();
        let ended = output.ended;
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
        let modes = self
            .master
            .get_termios()
            .map(|t| format!("{:?}", t.local_flags));
        Seen {
            screen: squeeze(&page),
            all: squeeze(&above.concat()) + &squeeze(&page),
            cursor: !screen.hide_cursor(),
            by_key: modes.is_some_and(|modes| !modes.contains("ICANON")),
            bytes,
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
    pub fn until(&self, what: &str, is: impl Fn(&Seen) -> bool) -> Seen {
        let start = Instant::now();
        loop {
            let seen = self.look();
            if is(&seen) {
                return seen;
            }
            let waited = start.elapsed() > PATIENCE;
            assert!(
                !waited,
                "waited in vain for {what}; to be seen:\n{}",
                seen.page
            );
            std::thread::sleep(GLANCE);
        }
    }

    /// Waits until the program has ended, and returns its exit code and what was seen last.
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
        (status.exit_code(), seen)
    }
}

/// Whether a process waits for something; where that cannot be known, yes.
fn sleeps(id: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat"));
    stat.map_or(true, |stat| {
        stat.rsplit_once(") ")
            .is_some_and(|(_, s)| s.starts_with('S'))
    })
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Where a test has failed, the program may still wait for a key.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
