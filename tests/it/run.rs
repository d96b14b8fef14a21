//! Runs the real binary in a home of its own, and checks what it says and how it ends.

use crate::support::squeeze;
use okx_verify_help::text::is_hostile;
use std::ffi::OsStr;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A run to be. The environment is empty but for a home and a time zone.
pub struct Run {
    command: Command,
    home: TempDir,
    typed: Vec<u8>,
}

/// `okx-verify-help` with these arguments, written as at a shell (without quotes).
pub fn okx(args: &str) -> Run {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_okx-verify-help"));
    command
        .args(args.split_whitespace())
        .current_dir(home.path())
        .env_clear()
        .envs([("HOME", home.path().as_os_str()), ("TZ", "UTC-8".as_ref())])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let typed = Vec::new();
    Run {
        command,
        home,
        typed,
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
        std::fs::write(self.home.path().join(PathBuf::from(name.as_ref())), text).unwrap();
        self
    }

    pub fn stdout_to(mut self, to: impl Into<Stdio>) -> Run {
        self.command.stdout(to);
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
    pub fn exits(mut self, code: i32) -> Done {
        let mut child = self.command.stdin(Stdio::piped()).spawn().unwrap();
        let (mut stdin, typed) = (child.stdin.take().unwrap(), self.typed);
        // The program may end before it has read everything.
        let typing = std::thread::spawn(move || drop(stdin.write_all(&typed)));
        let output = child.wait_with_output().unwrap();
        typing.join().unwrap();
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        let done = Done {
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        };
        assert_eq!(output.status.code(), Some(code), "{}", done.stderr);
        done
    }
}

/// What came of a run.
pub struct Done {
    pub stdout: String,
    pub stderr: String,
}

impl Done {
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

/// Compares with a file beside the tests. `UPDATE=1 cargo test` writes the file anew, to be read
/// in the diff.
#[track_caller]
pub fn same_as_file(name: &str, actual: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        actual == expected,
        "{name} should be:\n{expected}\nbut is:\n{actual}"
    );
}
