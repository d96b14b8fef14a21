//! `redact`: any text from stdin to stdout, without its secrets.

use crate::error::{Error, Result, What};
use crate::redact::Removed;
use crate::redact::stream::redact_stream;
use crate::report;
use crate::words::Words;
use std::io::{self, BufReader, BufWriter, Write};

/// Copies stdin to stdout with secrets masked, and says on stderr what was found by kind and
/// count. With `check`, nothing is copied, and finding something is a failure.
pub fn run(check: bool, words: &Words) -> Result<()> {
    let input = BufReader::new(io::stdin().lock());
    let removed = if check {
        redact_stream(input, io::sink()).map_err(broken)?
    } else {
        let mut output = BufWriter::new(io::stdout().lock());
        let removed = redact_stream(input, &mut output).map_err(broken)?;
        output.flush().map_err(broken)?;
        removed
    };
    if removed.is_empty() {
        return Ok(());
    }
    let summary = in_words(&removed, words);
    if check {
        return Err(Error::failed(summary));
    }
    report::say(&summary);
    Ok(())
}

fn in_words(removed: &Removed, words: &Words) -> String {
    let counts = removed
        .iter()
        .map(|(kind, count)| format!("{} {count}", kind.name(words.tag)));
    let mut counts: Vec<_> = counts.collect();
    // Who sees six lines shrink to one should know that they did.
    if removed.lines() > 0 {
        counts.push(words.whole_lines(removed.lines()));
    }
    counts.join(", ")
}

/// What broke between the two streams. Only the output can have lost its other end.
fn broken(error: io::Error) -> Error {
    Error::new(match error.kind() {
        io::ErrorKind::BrokenPipe => What::Output(error),
        _ => What::Copy(error),
    })
}
