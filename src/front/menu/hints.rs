//! The line of keys below a prompt: the same words in the same place everywhere.

use super::Menu;
use crate::front::prompt::{Command, Input, Tone};
use crate::text::width;
use std::io::{BufRead, Write};

/// What is between two keys.
const BETWEEN: &str = "  ";
/// The commands in the line, in its order. The list behind Esc has the others, too.
const NAMED: [Command; 4] = [Command::Why, Command::Back, Command::Cases, Command::Leave];
/// The same in the order in which they are left out where the line is too short.
const LEFT_OUT: [Command; 4] = [Command::Cases, Command::Leave, Command::Why, Command::Back];

impl<R: BufRead, W: Write> Menu<R, W> {
    /// How a prompt is answered.
    pub(super) fn how(&self, input: &Input) -> &'static str {
        let words = self.words;
        match input {
            Input::One { .. } => words.choose_keys,
            Input::Several { .. } => words.tick_keys,
            Input::Typed { default: None, .. } => words.skip_keys,
            Input::Typed { .. } => words.keep_keys,
        }
    }

    /// The line of keys: how to answer, and those of these commands that there is room for.
    pub(super) fn key_line(&mut self, how: &str, commands: &[Command]) -> String {
        let words = self.words;
        let mut named: Vec<Command> = NAMED.to_vec();
        named.retain(|command| commands.contains(command));
        let columns = self.page().columns();
        let mut left_out = LEFT_OUT.into_iter();
        loop {
            let keys = named.iter().map(|command| {
                let label = match command {
                    Command::Why => words.key.why,
                    Command::Back => words.key.back,
                    Command::Cases => words.key.cases,
                    _ => words.key.leave,
                };
                (command.letter().to_string(), label)
            });
            let keys: Vec<_> = keys.chain([("Esc".to_owned(), words.key.help)]).collect();
            let wide =
                |(key, label): &(String, &str)| BETWEEN.len() + width(key) + 1 + width(label);
            let fits = width(how) + keys.iter().map(wide).sum::<usize>() <= columns;
            let next = if fits { None } else { left_out.next() };
            let Some(next) = next else {
                let page = self.page();
                let keys = keys.iter().map(|(key, label)| {
                    format!("{BETWEEN}{} {label}", page.styled(Tone::Strong, key))
                });
                return how.to_owned() + &keys.collect::<String>();
            };
            named.retain(|command| *command != next);
        }
    }
}
