//! What the program's streams are: decided once at the start, then passed on as a value.

use crate::cli::Color;
use crate::doc::text;
use crate::locale;
use console::Term;
use std::env;
use std::io::{self, IsTerminal};

/// The rows and columns of a window; nothing where there is none.
pub type Size = Option<(u16, u16)>;

/// Facts about the streams and the terminal around them.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
pub struct Terminal {
    /// Whether standard input is a terminal, so that a person can be asked.
    pub stdin: bool,
    /// Whether standard output is a terminal, so that a person reads the result.
    pub stdout: bool,
    /// Whether standard error is a terminal, so that a person reads the questions.
    pub stderr: bool,
    /// Whether questions have colors, where the command line does not say.
    pub colour: bool,
    /// Whether menus can be used: the terminal is not dumb, its charset is UTF-8, and the user
    /// has not asked for accessible output.
    pub draws: bool,
    /// The display servers that clipboard tools can talk to.
    pub displays: Displays,
    /// The program that the terminal runs in, if it is one that keeps a clipboard to itself.
    pub multiplexer: Option<Multiplexer>,
    /// Measures the window that questions are shown in.
    pub question_window: fn() -> Size,
    /// Measures the window that results are shown in.
    pub result_window: fn() -> Size,
}

/// A program that shows several terminals in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiplexer {
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

/// Which display servers there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Displays {
    /// A Wayland compositor.
    pub wayland: bool,
    /// An X server.
    pub x11: bool,
}

impl Terminal {
    /// The facts of this process.
    #[must_use]
    pub fn of_process() -> Terminal {
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        let stderr = io::stderr().is_terminal();
        let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        let forced = is_set("CLICOLOR_FORCE") && env::var_os("CLICOLOR_FORCE") != Some("0".into());
        Terminal {
            stdin: io::stdin().is_terminal(),
            stdout: io::stdout().is_terminal(),
            stderr,
            colour: !is_set("NO_COLOR") && !dumb && (forced || stderr),
            draws: !dumb && !is_set("ACCESSIBLE") && locale::is_utf8(),
            displays: Displays {
                wayland: is_set("WAYLAND_DISPLAY"),
                x11: is_set("DISPLAY"),
            },
            multiplexer: if is_set("TMUX") {
                Some(Multiplexer::Tmux)
            } else {
                is_set("STY").then_some(Multiplexer::Screen)
            },
            question_window: || Term::stderr().size_checked(),
            result_window: || Term::stdout().size_checked(),
        }
    }

    /// No terminal at all: pipes, as in a script or a test.
    #[must_use]
    pub fn none() -> Terminal {
        Terminal {
            stdin: false,
            stdout: false,
            stderr: false,
            colour: false,
            draws: false,
            displays: Displays::default(),
            multiplexer: None,
            question_window: || None,
            result_window: || None,
        }
    }

    /// How many columns results are folded to where they are texts.
    #[must_use]
    pub fn result_columns(&self) -> usize {
        let window = (self.result_window)();
        let columns = window.map(|(_, columns)| usize::from(columns).saturating_sub(1));
        columns.unwrap_or(text::COLUMNS).min(text::COLUMNS)
    }

    /// Whether questions have colors, given what the command line says.
    #[must_use]
    pub fn has_colour(&self, when: Color) -> bool {
        match when {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => self.colour,
        }
    }
}
