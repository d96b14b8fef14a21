//! The clipboard: by the system's own tool where there is one, else by the terminal (OSC 52), which
//! reaches the user's own machine through ssh, too.

use crate::terminal::{Displays, Terminal};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long a tool may take: a person waits no longer for a copy.
const PATIENCE: Duration = Duration::from_secs(2);

/// A tool: its name, its arguments, whether it has a display server to talk to.
type Tool = (&'static str, &'static [&'static str], fn(Displays) -> bool);

const TOOLS: [Tool; 5] = [
    ("wl-copy", &[], |displays| displays.wayland),
    ("xclip", &["-selection", "clipboard"], |displays| {
        displays.x11
    }),
    ("xsel", &["--clipboard", "--input"], |displays| displays.x11),
    ("pbcopy", &[], |_| true),
    ("termux-clipboard-set", &[], |_| true),
];

/// How a text has come to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// This tool took it.
    By(&'static str),
    /// It was handed to the terminal. Nothing says whether that took it.
    Handed,
    /// There is neither a tool nor a terminal.
    Not,
}

/// Copies a text. Waits for a tool for up to two seconds, and for the next one as long.
pub fn copy(text: &str, terminal: &Terminal) -> Copied {
    let usable = TOOLS
        .iter()
        .filter(|(_, _, works)| works(terminal.displays));
    for (tool, args, _) in usable {
        if run(tool, args, text).is_ok_and(|done| done) {
            return Copied::By(tool);
        }
    }
    if !terminal.stderr {
        return Copied::Not;
    }
    let sequence = format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(text));
    match io::stderr().write_all(sequence.as_bytes()) {
        Ok(()) => Copied::Handed,
        Err(_) => Copied::Not,
    }
}

/// Whether a tool took a text. It gets its end of the pipe closed, and is not waited for long.
fn run(tool: &str, args: &[&str], text: &str) -> io::Result<bool> {
    let mut child = Command::new(tool)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // A ticket is shorter than what a pipe holds, so this does not wait.
    let written = child
        .stdin
        .take()
        .map(|mut stdin| stdin.write_all(text.as_bytes()));
    if let Some(Err(error)) = written {
        child.kill()?;
        child.wait()?;
        return Err(error);
    }
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill()?;
    child.wait()?;
    Ok(false)
}
