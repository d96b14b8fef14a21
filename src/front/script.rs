//! A front end for tests, which answers by itself.

use super::prompt::{Front, Prompt, Reply, Tone};
use crate::error::Result;
use std::collections::VecDeque;

/// Something that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A text, with what stands before it.
    Text(Tone, String),
    /// A line that is not folded.
    Line(String),
    /// An empty line.
    Gap,
    /// A prompt.
    Prompt(Box<Prompt>),
}

/// Gives these replies one after the other; then there is nothing more to read.
#[derive(Default)]
pub struct Script {
    replies: VecDeque<Reply>,
    /// Everything that was shown, in order.
    pub shown: Vec<Shown>,
}

impl Script {
    /// A script of these replies.
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> Script {
        Script {
            replies: replies.into_iter().collect(),
            shown: Vec::new(),
        }
    }

    /// How many replies nobody has asked for yet.
    #[must_use]
    pub fn left(&self) -> usize {
        self.replies.len()
    }

    /// The prompts that were shown.
    pub fn prompts(&self) -> impl Iterator<Item = &Prompt> {
        self.shown.iter().filter_map(|shown| match shown {
            Shown::Prompt(prompt) => Some(&**prompt),
            _ => None,
        })
    }

    /// The texts and the lines that were shown, without prompts.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.shown.iter().filter_map(|shown| match shown {
            Shown::Text(_, text) => Some(text.as_str()),
            Shown::Line(line) => Some(line.as_str()),
            Shown::Gap | Shown::Prompt(_) => None,
        })
    }
}

impl Front for Script {
    fn tell(&mut self, tone: Tone, lead: &str, text: &str) -> Result<()> {
        self.shown.push(Shown::Text(tone, format!("{lead}{text}")));
        Ok(())
    }

    fn verbatim(&mut self, _tone: Tone, line: &str) -> Result<()> {
        self.shown.push(Shown::Line(line.to_owned()));
        Ok(())
    }

    fn columns(&self) -> usize {
        80
    }

    fn gap(&mut self) -> Result<()> {
        self.shown.push(Shown::Gap);
        Ok(())
    }

    fn ask(&mut self, prompt: &Prompt) -> Result<Reply> {
        self.shown.push(Shown::Prompt(Box::new(prompt.clone())));
        Ok(self.replies.pop_front().unwrap_or(Reply::End))
    }
}
