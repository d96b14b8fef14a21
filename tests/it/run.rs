//! Runs the real binary in a home of its own, and checks what it says and how it ends.

use crate::support::{masked, squeeze};
use okx_verify_help::text::is_hostile;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use tempfile::TempDir;

/// A home that several runs may share. It is gone with the last of them.
#[derive(Clone)]
pub struct Home(Arc<TempDir>);

/// A run to be. The environment is empty but for a home and a time zone.
pub struct Run {
    command: Command,
    home: Home,
    typed: Vec<u8>,
}

/// `okx-verify-help` with these arguments, written as at a shell (without quotes), in a home of
/// its own.
pub fn okx(args: &str) -> Run {
    Home::new().okx(args)
}

impl Home {
    pub fn new() -> Home {
        Home(Arc::new(tempfile::tempdir().unwrap()))
    }

    /// The same as [`okx`], in this home.
    pub fn okx(&self, args: &str) -> Run {
        let home = self.0.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_okx-verify-help"));
        command
            .args(args.split_whitespace())
            .current_dir(home)
            .env_clear()
            .envs([("HOME", home.as_os_str()), ("TMPDIR", home.as_os_str())])
            .env("TZ", "UTC-8")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Run {
            command,
            home: self.clone(),
            typed: Vec::new(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The folder where walks are saved.
    pub fn state(&self) -> PathBuf {
        self.path(".local/state/okx-verify-help")
    }

    /// What is in the folder where walks are saved, in order.
    pub fn state_files(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.state()) else {
            return Vec::new();
        };
        let names = entries.map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort_unstable();
        names
    }

    /// The names of the walks that are saved, in order.
    pub fn walks(&self) -> Vec<String> {
        let files = self.state_files();
        let ids = files.iter().filter_map(|name| name.strip_suffix(".toml"));
        let mut ids: Vec<String> = ids.map(str::to_owned).collect();
        ids.sort_unstable();
        ids
    }

    /// The file of a saved walk.
    pub fn walk_file(&self, id: &str) -> PathBuf {
        self.state().join(format!("{id}.toml"))
    }
}

impl Run {
    pub fn env(mut self, name: &str, value: &str) -> Run {
        self.command.env(name, value);
        self
    }

    /// More arguments, written as at a shell (without quotes).
    pub fn args(mut self, args: &str) -> Run {
        self.command.args(args.split_whitespace());
        self
    }

    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Run {
        self.command.arg(arg);
        self
    }

    /// A file in the folder where the program runs.
    pub fn file(self, name: impl AsRef<OsStr>, text: impl AsRef<[u8]>) -> Run {
        std::fs::write(self.home.0.path().join(PathBuf::from(name.as_ref())), text).unwrap();
        self
    }

    /// Runs it as an argument of another program, which is given these arguments before it.
    pub fn under(mut self, program: &str, args: &[&str]) -> Run {
        let mut command = Command::new(program);
        command
            .args(args)
            .arg(self.command.get_program())
            .args(self.command.get_args())
            .current_dir(self.home.0.path())
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let set = self.command.get_envs();
        command.envs(set.filter_map(|(name, value)| Some((name, value?))));
        self.command = command;
        self
    }

    pub fn stdout_to(mut self, to: impl Into<Stdio>) -> Run {
        self.command.stdout(to);
        self
    }

    pub fn stderr_to(mut self, to: impl Into<Stdio>) -> Run {
        self.command.stderr(to);
        self
    }

    /// Types these lines, then ends the input.
    pub fn types<L: AsRef<str>>(self, lines: impl IntoIterator<Item = L>) -> Run {
        let type_line = |run: Run, line: L| run.types_raw(line.as_ref()).types_raw("\n");
        lines.into_iter().fold(self, type_line)
    }

    /// Types these bytes, with no newline behind them.
    pub fn types_raw(mut self, bytes: impl AsRef<[u8]>) -> Run {
        self.typed.extend(bytes.as_ref());
        self
    }

    /// Runs it, and checks the exit code. A death by signal has none, so no panic, no overflow of
    /// the stack passes.
    #[track_caller]
    pub fn exits(self, code: i32) -> Done {
        let done = self.ends();
        assert_eq!(done.code, Some(code), "{}", done.stderr);
        done
    }

    /// Runs it, however it ends.
    pub fn ends(self) -> Done {
        self.starts().ends()
    }

    /// Runs it, and returns what it wrote to stdout and its seconds on the processor: the time on
    /// the clock depends on who else is at work on this machine.
    #[track_caller]
    pub fn timed(self) -> (String, f64) {
        let run = self.under("sh", &["-c", "\"$@\"; times", "sh"]);
        let stdout = run.exits(0).stdout;
        // Two lines of the shell, the last for the program: in it and in the system.
        let mut lines: Vec<&str> = stdout.lines().collect();
        let times = lines.pop().unwrap();
        lines.pop();
        let seconds = |time: &str| -> f64 {
            let (minutes, seconds) = time.split_once('m').unwrap();
            let seconds: f64 = seconds.trim_end_matches('s').parse().unwrap();
            minutes.parse::<f64>().unwrap() * 60.0 + seconds
        };
        (lines.join("\n"), times.split(' ').map(seconds).sum())
    }

    /// Starts it, and leaves its input open behind what is typed so far.
    pub fn starts(mut self) -> Running {
        let mut child = self.command.stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let (to_type, typed) = std::sync::mpsc::channel::<Vec<u8>>();
        // The program may end before it has read everything.
        let typing = std::thread::spawn(move || typed.iter().try_for_each(|t| stdin.write_all(&t)));
        to_type.send(self.typed).unwrap();
        Running {
            child,
            to_type,
            typing,
            said: Vec::new(),
            home: self.home,
        }
    }
}

/// A run that is under way.
pub struct Running {
    child: Child,
    to_type: std::sync::mpsc::Sender<Vec<u8>>,
    typing: std::thread::JoinHandle<std::io::Result<()>>,
    said: Vec<u8>,
    home: Home,
}

impl Running {
    /// Waits until this stands on stderr.
    #[track_caller]
    pub fn waits_for(mut self, text: &str) -> Running {
        let has = |said: &[u8]| String::from_utf8_lossy(said).contains(text);
        while !has(&self.said) {
            let mut some = [0; 4096];
            let n = self.child.stderr.as_mut().unwrap().read(&mut some).unwrap();
            let said = String::from_utf8_lossy(&self.said);
            assert!(n > 0, "`{text}` never stood on stderr:\n{said}");
            self.said.extend(&some[..n]);
        }
        self
    }

    /// Types one more line.
    pub fn types(self, line: &str) -> Running {
        let _ = self.to_type.send(format!("{line}\n").into());
        self
    }

    /// Ends the input, and waits for the end.
    pub fn ends(self) -> Done {
        drop(self.to_type);
        let output = self.child.wait_with_output().unwrap();
        let _ = self.typing.join().unwrap();
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Done {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text([self.said, output.stderr].concat()),
            home: self.home.path("").display().to_string(),
        }
    }

    /// Ends the input, and checks the exit code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Done {
        let done = self.ends();
        assert_eq!(done.code, Some(code), "{}", done.stderr);
        done
    }
}

/// What came of a run.
pub struct Done {
    /// Nothing where a signal killed it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    pub home: String,
}

impl Done {
    /// The exit status and all that was written, line by line. What changes from run to run is
    /// masked.
    pub fn transcript(&self) -> String {
        let status = self.code.map_or("none".to_owned(), |code| code.to_string());
        let mut transcript = format!("exit status {status}\n");
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                let text = masked(&text.replace(&self.home, "HOME/"));
                let end = if text.ends_with('\n') { "" } else { "⏎\n" };
                transcript.extend(["── ", name, "\n", &text, end]);
            }
        }
        transcript + "──"
    }

    #[track_caller]
    pub fn stdout(self, expected: &str) -> Done {
        assert!(self.stdout == expected, "stdout is:\n{}", self.stdout);
        self
    }

    #[track_caller]
    pub fn prints(self, part: &str) -> Done {
        assert!(self.stdout.contains(part), "stdout is:\n{}", self.stdout);
        self
    }

    #[track_caller]
    pub fn stdout_lacks(self, part: &str) -> Done {
        assert!(!self.stdout.contains(part), "stdout is:\n{}", self.stdout);
        self
    }

    #[track_caller]
    pub fn stderr(self, expected: &str) -> Done {
        assert!(self.stderr == expected, "stderr is:\n{}", self.stderr);
        self
    }

    /// These texts stand on stderr in this order, however they are folded.
    #[track_caller]
    pub fn says<T: AsRef<str>>(self, texts: impl IntoIterator<Item = T>) -> Done {
        let said = squeeze(&self.stderr);
        let mut from = 0;
        for text in texts {
            let text = text.as_ref();
            let at = said[from..].find(&squeeze(text));
            let at = at.unwrap_or_else(|| panic!("`{text}` is not on stderr:\n{}", self.stderr));
            from += at + squeeze(text).len();
        }
        self
    }

    /// Nothing on stderr could command a terminal.
    #[track_caller]
    pub fn harmless(self) -> Done {
        let mut said = self.stderr.chars().filter(|c| *c != '\n');
        assert!(!said.any(is_hostile), "{:?}", self.stderr);
        self
    }

    #[track_caller]
    pub fn never_says(self, text: &str) -> Done {
        let said = squeeze(&self.stderr).contains(&squeeze(text));
        assert!(!said, "`{text}` is on stderr:\n{}", self.stderr);
        self
    }
}

/// A text with every time of day in it, as tickets and names of walks have them, replaced by
/// `TIME`.
pub fn without_times(text: &str) -> String {
    const SHAPES: [&str; 3] = [
        "0000-00-00 00:00 +08:00",
        "0000-00-00T00:00:00+08:00",
        "00000000-000000",
    ];
    let is = |text: &str, shape: &str| {
        let same = |(a, b): (u8, u8)| a == b || b == b'0' && a.is_ascii_digit();
        text.len() >= shape.len() && text.bytes().zip(shape.bytes()).all(same)
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(shape) = SHAPES.iter().find(|shape| is(rest, shape)) {
            out.push_str("TIME");
            rest = &rest[shape.len()..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}
