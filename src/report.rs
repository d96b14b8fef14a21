//! How the program ends: its result on stdout, its messages on stderr, its exit code.

use crate::text::tame;
use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// Something went wrong; there is a message.
pub const FAILURE: u8 = 1;
/// The command line cannot be carried out as it stands.
pub const USAGE: u8 = 2;

/// An error whose message says all there is to say, and the exit code that goes with it.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub code: u8,
    /// What, where, and what to do. May have several lines.
    pub message: String,
}

impl Failure {
    /// The command line cannot be carried out.
    pub fn usage(message: impl Into<String>) -> anyhow::Error {
        Failure {
            code: USAGE,
            message: message.into(),
        }
        .into()
    }

    /// Something went wrong.
    pub fn failed(message: impl Into<String>) -> anyhow::Error {
        Failure {
            code: FAILURE,
            message: message.into(),
        }
        .into()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// Whoever read stdout has gone away, and wants no more of the result.
#[derive(Debug)]
struct ReaderGone;

impl fmt::Display for ReaderGone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nobody reads the result any more")
    }
}

impl std::error::Error for ReaderGone {}

/// Writes a result to stdout.
///
/// # Errors
/// When it cannot be written; see [`refused`].
pub fn result(text: &str) -> anyhow::Result<()> {
    result_to(&mut io::stdout(), text)
}

/// The same, to what stands for stdout.
///
/// # Errors
/// When it cannot be written; see [`refused`].
pub fn result_to(out: &mut dyn Write, text: &str) -> anyhow::Result<()> {
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(refused)
}

/// What stdout refused. A reader that has gone away is such an error too; [`finish`] ends quietly
/// on it. That stderr is gone is another matter: nobody can be asked any more.
#[must_use]
pub fn refused(error: io::Error) -> anyhow::Error {
    if error.kind() == ErrorKind::BrokenPipe {
        ReaderGone.into()
    } else {
        error.into()
    }
}

/// Whether an error is only that nobody reads stdout any more.
#[must_use]
pub fn is_unread(error: &anyhow::Error) -> bool {
    error.is::<ReaderGone>()
}

/// Says on stderr what went wrong, and returns the exit code.
#[must_use]
pub fn finish(outcome: anyhow::Result<()>) -> ExitCode {
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    if is_unread(&error) {
        return ExitCode::SUCCESS;
    }
    let failure = error.downcast_ref::<Failure>();
    let code = failure.map_or(FAILURE, |failure| failure.code);
    say(&format!("okx-verify-help: {error:#}"));
    ExitCode::from(code)
}

/// Writes a message to stderr, line by line, without characters that a terminal obeys. That
/// stderr is gone is nobody's business any more.
pub fn say(message: &str) {
    let mut err = io::stderr();
    for line in message.lines() {
        let _ = writeln!(err, "{}", tame(line));
    }
}
