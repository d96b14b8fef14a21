//! The clipboard: by the system's own tool where there is one, else by the terminal (OSC 52), which
//! reaches the user's own machine through ssh, too.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::env;
use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long a tool may take: a person waits no longer for a copy.
const PATIENCE: Duration = Duration::from_secs(2);

/// Tools, each with its arguments and the variable without which it has nothing to talk to.
const TOOLS: [(&str, &[&str], Option<&str>); 5] = [
    ("wl-copy", &[], Some("WAYLAND_DISPLAY")),
    ("xclip", &["-selection", "clipboard"], Some("DISPLAY")),
    ("xsel", &["--clipboard", "--input"], Some("DISPLAY")),
    ("pbcopy", &[], None),
    ("termux-clipboard-set", &[], None),
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
pub fn copy(text: &str) -> Copied {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let usable = TOOLS
        .iter()
        .filter(|(_, _, needs)| needs.is_none_or(is_set));
    for (tool, args, _) in usable {
        if run(tool, args, text).is_ok_and(|done| done) {
            return Copied::By(tool);
        }
    }
    let mut terminal = io::stderr();
    if !terminal.is_terminal() {
        return Copied::Not;
    }
    let sequence = format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(text));
    match terminal.write_all(sequence.as_bytes()) {
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
    // A ticket is shorter than what a pipe holds, so this waits for nobody.
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
