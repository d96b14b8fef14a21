//! What happens when the program is interrupted, stopped and continued, or its window is resized.
//!
//! dialoguer leaves the terminal raw and the cursor hidden when a signal ends it. So signals are
//! taken by a thread that puts the terminal back as it was, says how to go on, and ends the program
//! with the code that shells give such a death.

use crate::report;
use std::sync::{Arc, Mutex};

/// What is said when a signal ends the program: how to go on.
#[derive(Debug, Clone, Default)]
pub struct Farewell(Arc<Mutex<Vec<String>>>);

impl Farewell {
    /// Says these lines from now on.
    pub fn set(&self, lines: Vec<String>) {
        if let Ok(mut farewell) = self.0.lock() {
            *farewell = lines;
        }
    }

    #[cfg(unix)]
    fn say(&self) {
        // What was typed so far stands on this line.
        report::say("\n");
        if let Ok(farewell) = self.0.lock() {
            farewell.iter().for_each(|line| report::say(line));
        }
    }
}

#[cfg(unix)]
pub use unix::{Screen, pressed_within, watch};

#[cfg(unix)]
mod unix {
    use super::Farewell;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::process::{Signal, getpid, kill_process};
    use rustix::termios::{
        LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr,
    };
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH};
    use signal_hook::iterator::Signals;
    use std::io::{self, IsTerminal, Write};
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, Mutex};
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    /// How long the thread that reads keys gets to put its own settings back.
    const GRACE: Duration = Duration::from_millis(100);

    /// Whether what stands on the screen may not be what was drawn: the window was resized, or the
    /// program was stopped and continued.
    #[derive(Debug, Clone, Default)]
    pub struct Screen {
        changed: Arc<AtomicBool>,
        /// Whether a key is waited for.
        by_key: Arc<AtomicBool>,
        /// When a menu was last interrupted because of that.
        redrawn: Arc<Mutex<Option<Instant>>>,
        /// What a line is being typed behind.
        asked: Arc<Mutex<Option<String>>>,
    }

    impl Screen {
        /// Whether it has changed since this was last asked.
        pub fn has_changed(&self) -> bool {
            self.changed.swap(false, Ordering::SeqCst)
        }

        /// From now on keys are waited for, until what this returns is dropped.
        pub fn by_key(&self) -> ByKey<'_> {
            let by_key = ByKey {
                screen: self,
                before: tcgetattr(io::stdin()).ok(),
            };
            by_key.set();
            self.by_key.store(true, Ordering::SeqCst);
            by_key
        }

        /// Forgets the keys that were pressed before the question stood there: they are no answer
        /// to it.
        pub fn forget_keys(&self) {
            let _ = tcflush(io::stdin(), QueueSelector::IFlush);
        }

        /// Wakes what waits for a key and does not know of a change yet: the signal may have come
        /// just before the wait, or another thread may have taken it.
        fn wake(&self) {
            if self.by_key.load(Ordering::SeqCst) && self.changed.load(Ordering::SeqCst) {
                let _ = kill_process(getpid(), Signal::WINCH);
            }
        }

        /// A menu was interrupted by a change. console 0.16 raises SIGINT whenever its wait for a
        /// key is interrupted, whatever by; that one is not the user's.
        pub fn was_redrawn(&self) {
            if let Ok(mut redrawn) = self.redrawn.lock() {
                *redrawn = Some(Instant::now());
            }
        }

        /// A menu was interrupted by nothing that changes the screen: that is the user's wish.
        pub fn was_interrupted(&self) {
            if let Ok(mut redrawn) = self.redrawn.lock() {
                *redrawn = None;
            }
        }

        /// A line is being typed behind this, or no longer.
        pub fn asks(&self, text: Option<String>) {
            if let Ok(mut asked) = self.asked.lock() {
                *asked = text;
            }
        }

        /// Writes again what a line is being typed behind: the shell's own lines stand there now.
        fn ask_again(&self) {
            if let Ok(asked) = self.asked.lock()
                && let Some(text) = &*asked
            {
                let _ = io::stderr().write_all(text.as_bytes());
            }
        }

        fn is_being_redrawn(&self) -> bool {
            let redrawn = self.redrawn.lock().ok().and_then(|redrawn| *redrawn);
            redrawn.is_some_and(|at| at.elapsed() < 3 * GRACE)
        }
    }

    /// From now on Ctrl-C, SIGTERM and SIGHUP end the program with 130, 143 and 129, the terminal
    /// as it is now, the cursor shown, and the farewell said.
    ///
    /// # Errors
    /// When the system takes no handlers.
    pub fn watch(farewell: &Farewell) -> io::Result<Screen> {
        let screen = Screen::default();
        for signal in [SIGWINCH, SIGCONT] {
            signal_hook::flag::register(signal, Arc::clone(&screen.changed))?;
        }
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGCONT, SIGWINCH])?;
        let settings = tcgetattr(io::stdin()).ok();
        let (farewell, watched) = (farewell.clone(), screen.clone());
        std::thread::spawn(move || {
            loop {
                let mut came: Vec<i32> = signals.wait().collect();
                sleep(GRACE);
                came.extend(signals.pending());
                if came.contains(&SIGCONT) {
                    watched.ask_again();
                }
                watched.wake();
                came.retain(|signal| ![SIGCONT, SIGWINCH].contains(signal));
                // Where a menu was open, another signal brings a SIGINT with it.
                let signal = came.into_iter().max_by_key(|signal| *signal != SIGINT);
                match signal {
                    None => {}
                    Some(SIGINT) if watched.is_being_redrawn() => {}
                    Some(signal) => end(signal, settings.as_ref(), &farewell),
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

    /// While this lives, the terminal gives each key at once and does not show it. console does so
    /// only while it waits for a key: what is pasted would show between two of them.
    #[derive(Debug)]
    pub struct ByKey<'a> {
        screen: &'a Screen,
        before: Option<Termios>,
    }

    impl ByKey<'_> {
        /// Sets the terminal so; once more, where a shell may have set it in between.
        pub fn set(&self) {
            if let Some(mut settings) = self.before.clone() {
                let lines = LocalModes::ICANON | LocalModes::ECHO;
                settings.local_modes.remove(lines);
                let _ = tcsetattr(io::stdin(), OptionalActions::Now, &settings);
            }
        }
    }

    impl Drop for ByKey<'_> {
        fn drop(&mut self) {
            self.screen.by_key.store(false, Ordering::SeqCst);
            if let Some(before) = &self.before {
                let _ = tcsetattr(io::stdin(), OptionalActions::Now, before);
            }
        }
    }

    fn end(signal: i32, settings: Option<&Termios>, farewell: &Farewell) {
        if let Some(settings) = settings {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, settings);
        }
        if io::stderr().is_terminal() {
            let _ = io::stderr().write_all(b"\x1b[?2004l\x1b[?25h");
        }
        farewell.say();
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
    pub fn by_key(&self) {}

    /// Nothing to do here.
    pub fn forget_keys(&self) {}

    /// Whether it has changed since this was last asked; not known here.
    pub fn has_changed(&self) -> bool {
        false
    }

    /// Nothing to do here.
    pub fn was_redrawn(&self) {}

    /// Nothing to do here.
    pub fn was_interrupted(&self) {}

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
pub fn watch(_farewell: &Farewell) -> std::io::Result<Screen> {
    Ok(Screen)
}
