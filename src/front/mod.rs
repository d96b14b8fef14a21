//! The front ends: everything that a person sees while walking, chosen to suit the terminal.

#[cfg(unix)]
pub mod choice;
pub mod clipboard;
pub mod draft;
pub mod keys;
pub mod lines;
#[cfg(unix)]
pub mod menu;
#[cfg(unix)]
pub mod pace;
pub mod page;
#[cfg(unix)]
mod pages;
mod prompt;
pub mod script;
pub mod signals;
pub mod typed;

pub use self::prompt::{Command, Front, Input, Preset, Prompt, Reply, Tone, Wait};

use self::lines::Lines;
#[cfg(unix)]
use self::menu::Menu;
use self::page::Page;
use self::signals::ExitMessage;
use crate::clock::Clock;
use crate::error::Result;
use crate::terminal::Terminal;
use crate::words::Words;
use std::io;

/// The front end that suits the terminal: menus where they can be drawn, else numbered lines.
/// `exit_message` is what is said when a signal ends the program.
///
/// # Errors
/// When the system takes no signal handlers.
pub fn choose(
    terminal: &Terminal,
    colour: bool,
    plain: bool,
    words: &'static Words,
    clock: Clock,
    exit_message: &ExitMessage,
) -> Result<Box<dyn Front>> {
    let screen = signals::watch(exit_message, terminal.stderr)?;
    let page = Page::new(
        io::stderr(),
        colour,
        terminal.question_window,
        screen.clone(),
    );
    let input = io::stdin().lock();
    #[cfg(unix)]
    if terminal.stdin && terminal.stderr && terminal.draws && !plain {
        let menu = Menu::new(input, page, words, screen, colour, clock);
        return Ok(Box::new(menu));
    }
    Ok(Box::new(Lines::new(input, page, words, terminal.stdin)))
}
