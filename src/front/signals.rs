//! What signals do: they end the program, stop it, or say that the window has changed.
//!
//! A signal must not leave the terminal without its echo. So signals are taken by a thread that
//! puts the terminal back as it was, says how to go on, and ends the program with the code that
//! shells give such a death.

use crate::report;
use std::sync::{Arc, Mutex};

/// What is said when a signal ends the program: how to go on.
#[derive(Debug, Clone, Default)]
pub struct ExitMessage(Arc<Mutex<Vec<String>>>);

impl ExitMessage {
    /// Says these lines from now on.
    pub fn set(&self, lines: Vec<String>) {
        if let Ok(mut message) = self.0.lock() {
            *message = lines;
        }
    }

    #[cfg(unix)]
    fn say(&self, lost: Option<&str>) {
        // What was typed so far is on this line.
        report::say("\n");
        lost.into_iter().for_each(report::say);
        if let Ok(message) = self.0.lock() {
            message.iter().for_each(|line| report::say(line));
        }
    }
}

#[cfg(unix)]
pub use unix::{ByKey, Screen, pressed_within, watch};

#[cfg(unix)]
mod unix {
    use crate::front::signals::ExitMessage;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::termios::{
        LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr,
    };
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
    use signal_hook::iterator::Signals;
    use std::io::{self, Write};
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, Mutex};
    use std::thread::sleep;
    use std::time::Duration;

    /// How long the thread that reads keys gets to put its own settings back.
    const GRACE: Duration = Duration::from_millis(100);

    /// Whether the screen may show something else than what was drawn: the window was resized, or the
    /// program was stopped and continued.
    #[derive(Debug, Clone, Default)]
    pub struct Screen {
        changed: Arc<AtomicBool>,
        /// The text after which a line is being typed.
        asked: Arc<Mutex<Option<String>>>,
        /// What is said where a line is being edited when a signal ends the program.
        lost: Arc<Mutex<Option<&'static str>>>,
    }

    impl Screen {
        /// Whether it has changed since this was last asked.
        pub fn has_changed(&self) -> bool {
            self.changed.swap(false, Ordering::SeqCst)
        }

        /// From now on keys are waited for, until what this returns is dropped.
        pub fn by_key(&self) -> ByKey {
            let by_key = ByKey {
                before: tcgetattr(io::stdin()).ok(),
            };
            by_key.set();
            by_key
        }

        /// Forgets the keys that were pressed before the question was shown: they do not answer
        /// it.
        pub fn forget_keys(&self) {
            let _ = tcflush(io::stdin(), QueueSelector::IFlush);
        }

        /// Notes what has to be said if a signal ends the program now: that a line is lost.
        pub fn types(&self, lost: Option<&'static str>) {
            if let Ok(mut now) = self.lost.lock() {
                *now = lost;
            }
        }

        /// Notes the text after which a line is being typed; nothing where none is.
        pub fn asks(&self, text: Option<String>) {
            if let Ok(mut asked) = self.asked.lock() {
                *asked = text;
            }
        }

        /// Writes that text again: the shell has written its own lines meanwhile.
        fn ask_again(&self) {
            if let Ok(asked) = self.asked.lock()
                && let Some(text) = &*asked
            {
                let _ = io::stderr().write_all(text.as_bytes());
            }
        }
    }

    /// From now on Ctrl-C, Ctrl-\\, SIGTERM and SIGHUP end the program with 130, 131, 143 and 129,
    /// the terminal as it is now, and the
    /// message said. `draws` says whether standard error is a terminal.
    ///
    /// # Errors
    /// When the system takes no handlers.
    pub fn watch(message: &ExitMessage, draws: bool) -> io::Result<Screen> {
        let screen = Screen::default();
        for signal in [SIGWINCH, SIGCONT] {
            signal_hook::flag::register(signal, Arc::clone(&screen.changed))?;
        }
        let mut signals = Signals::new([SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGCONT])?;
        let settings = tcgetattr(io::stdin()).ok();
        let (message, watched) = (message.clone(), screen.clone());
        std::thread::spawn(move || {
            loop {
                let came: Vec<i32> = signals.wait().collect();
                if came.contains(&SIGCONT) {
                    // The thread that reads keys sets the terminal first.
                    sleep(GRACE);
                    watched.ask_again();
                }
                if let Some(signal) = came.into_iter().find(|signal| *signal != SIGCONT) {
                    let lost = watched.lost.lock().map_or(None, |lost| *lost);
                    end(signal, settings.as_ref(), &message, lost, draws);
                }
            }
        });
        Ok(screen)
    }

    /// Whether a key is pressed within some time; a signal ends it earlier.
    pub fn pressed_within(time: Duration) -> bool {
        let stdin = io::stdin();
        let mut ready = [PollFd::new(&stdin, PollFlags::IN)];
        let time = Timespec::try_from(time).ok();
        poll(&mut ready, time.as_ref()).unwrap_or(0) > 0
    }

    /// While this lives, the terminal gives each key at once and does not show it.
    #[derive(Debug)]
    pub struct ByKey {
        before: Option<Termios>,
    }

    impl ByKey {
        /// Sets the terminal so; once more, where a shell may have set it in between.
        pub fn set(&self) {
            if let Some(mut settings) = self.before.clone() {
                let lines = LocalModes::ICANON | LocalModes::ECHO;
                settings.local_modes.remove(lines);
                let _ = tcsetattr(io::stdin(), OptionalActions::Now, &settings);
            }
        }
    }

    impl Drop for ByKey {
        fn drop(&mut self) {
            if let Some(before) = &self.before {
                let _ = tcsetattr(io::stdin(), OptionalActions::Now, before);
            }
        }
    }

    fn end(
        signal: i32,
        settings: Option<&Termios>,
        message: &ExitMessage,
        lost: Option<&str>,
        draws: bool,
    ) {
        if let Some(settings) = settings {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, settings);
        }
        if draws {
            // Clears the part of a menu that is below the cursor.
            let _ = io::stderr().write_all(b"\x1b[?2004l\n\x1b[J\x1b[A");
        }
        message.say(lost);
        #[allow(clippy::exit)]
        std::process::exit(128 + signal);
    }
}

/// Other systems: the window is measured at each prompt.
#[cfg(not(unix))]
#[derive(Debug, Clone, Default)]
pub struct Screen;

#[cfg(not(unix))]
impl Screen {
    /// Nothing to do here.
    pub fn asks(&self, _text: Option<String>) {}
}

/// Not known here.
#[cfg(not(unix))]
pub fn pressed_within(_time: std::time::Duration) -> bool {
    false
}

/// Leaves the system's own handling as it is.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn watch(_message: &ExitMessage, _draws: bool) -> std::io::Result<Screen> {
    Ok(Screen)
}
