//! How the program ends: its result on stdout, its messages on stderr, its exit code.

use crate::error::{Error, Kind, Result, What};
use crate::text::tame;
use crate::words::Words;
use std::io::{self, Write};
use std::process::ExitCode;

/// Writes a result to stdout.
///
/// # Errors
/// When it cannot be written.
pub fn result(text: &str) -> Result<()> {
    result_to(&mut io::stdout(), text)
}

/// The same, to what stands for stdout.
///
/// # Errors
/// When it cannot be written.
pub fn result_to(out: &mut dyn Write, text: &str) -> Result<()> {
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| Error::new(What::Output(error)))
}

/// Says on stderr what went wrong, and returns the exit code.
#[must_use]
pub fn finish(outcome: Result<()>, words: &Words) -> ExitCode {
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    if error.kind() != Kind::Unread {
        say(&format!("okx-verify-help: {}", error.message(words)));
    }
    error.kind().exit_code()
}

/// Writes a message to stderr, line by line, without characters that a terminal obeys. That
/// stderr is gone is nobody's business any more.
pub fn say(message: &str) {
    let mut err = io::stderr();
    for line in message.lines() {
        let _ = writeln!(err, "{}", tame(line));
    }
}
