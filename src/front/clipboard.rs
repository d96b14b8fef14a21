//! The clipboard: by the system's own tool where there is one, else by the terminal (OSC 52), which
//! reaches the user's own machine through ssh, too.

use crate::terminal::{Displays, Multiplexer, Terminal};
use crate::words::Words;
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

/// How much of a sequence GNU screen passes on at once, in bytes; some versions cut after 256.
const PIECE: usize = 240;

/// What copies into tmux and, where its settings allow it, to the terminal around it.
const IN_TMUX: (&str, &[&str]) = ("tmux", &["load-buffer", "-w", "-"]);

/// How a text has come to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// This tool took it.
    By(&'static str),
    /// tmux took it, and hands it on to its terminal if it is set to.
    InTmux,
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
    if terminal.multiplexer == Some(Multiplexer::Tmux) {
        let (tool, args) = IN_TMUX;
        if run(tool, args, text).is_ok_and(|done| done) {
            return Copied::InTmux;
        }
    }
    if !terminal.stderr {
        return Copied::Not;
    }
    let sequence = through(
        terminal.multiplexer,
        &format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(text)),
    );
    match io::stderr().write_all(sequence.as_bytes()) {
        Ok(()) => Copied::Handed,
        Err(_) => Copied::Not,
    }
}

/// A sequence as it has to be sent so that it reaches the terminal around such a program.
fn through(multiplexer: Option<Multiplexer>, sequence: &str) -> String {
    match multiplexer {
        None => sequence.to_owned(),
        Some(Multiplexer::Tmux) => {
            format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"))
        }
        Some(Multiplexer::Screen) => {
            let pieces = sequence.as_bytes().chunks(PIECE);
            let piece = |piece| format!("\x1bP{}\x1b\\", String::from_utf8_lossy(piece));
            pieces.map(piece).collect()
        }
    }
}

impl Words {
    /// What became of a text that was to be copied, and how it gets to a phone.
    #[must_use]
    pub fn was_copied(&self, copied: Copied) -> Vec<String> {
        let said = match copied {
            Copied::By(tool) => self.copied(tool),
            Copied::InTmux => self.in_tmux.to_owned(),
            Copied::Handed => self.handed_over.to_owned(),
            Copied::Not => return vec![self.not_copied.to_owned()],
        };
        vec![said, self.to_phone.to_owned()]
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
