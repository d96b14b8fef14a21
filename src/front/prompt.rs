//! What a front end is asked to do: the prompts, the replies to them, the trait itself.

use crate::error::Result;
use crate::guide::Field;
use crate::moment::Moment;
use crate::redact::Raw;

/// How a text is meant; a front end decides what that looks like. No meaning hangs on looks alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Said plainly.
    Plain,
    /// A heading or a question.
    Strong,
    /// Secondary: where one is, how to go on.
    Quiet,
    /// An answer that was given.
    Accent,
}

/// What can be done at any prompt besides answering it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Show why this is asked.
    Why,
    /// Take the last answer back.
    Back,
    /// Change an earlier answer.
    Change,
    /// Show the ticket so far.
    Ticket,
    /// Leave.
    Leave,
}

impl Command {
    /// All commands, in the order of `commands` in the words after its first.
    pub const ALL: [Command; 5] = [
        Command::Why,
        Command::Back,
        Command::Change,
        Command::Ticket,
        Command::Leave,
    ];
}

/// What a choice of one option starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// Nothing is chosen: the answer matters too much to come from one Enter too many.
    Nothing,
    /// A cursor is on the option with this place; where there is no cursor, nothing is chosen.
    Cursor(usize),
    /// The option with this place is chosen, and Enter alone answers with it.
    Default(usize),
}

/// How a prompt is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// With one of these options.
    One {
        /// The options, each a short text.
        options: Vec<String>,
        /// What is chosen at first.
        preset: Preset,
    },
    /// With any number of these options.
    Several {
        /// The options, each a short text.
        options: Vec<String>,
        /// The places of those that are ticked at first.
        ticked: Vec<usize>,
        /// The fewest that have to be ticked.
        least: usize,
    },
    /// With a line of text; an empty one takes the default, or skips where there is none.
    Typed {
        /// What was typed before.
        default: Option<String>,
        /// The most characters.
        most: usize,
        /// The field that it goes into, if into one.
        field: Option<Field>,
    },
}

/// One thing that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// Where one is.
    pub place: Option<String>,
    /// The question.
    pub text: String,
    /// A quiet line below it, such as an example.
    pub aside: Option<String>,
    /// What has to be waited for first.
    pub wait: Option<Wait>,
    /// How it is answered.
    pub input: Input,
}

impl Prompt {
    /// A prompt with nothing around its question.
    pub fn new(text: impl Into<String>, input: Input) -> Prompt {
        Prompt {
            place: None,
            text: text.into(),
            aside: None,
            wait: None,
            input,
        }
    }
}

/// A wait that is not over, by the clock: a machine that sleeps in between does not prolong it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// When it began.
    pub since: Moment,
    /// When it will be over.
    pub until: Moment,
}

impl Wait {
    /// Seconds since it began.
    #[must_use]
    pub fn gone(&self, now: Moment) -> i64 {
        now.seconds_since(self.since).max(0)
    }

    /// Seconds until it is over; nothing once it is.
    #[must_use]
    pub fn left(&self, now: Moment) -> Option<i64> {
        Some(self.until.seconds_since(now)).filter(|left| *left > 0)
    }
}

/// What a person did at a prompt.
#[derive(Clone)]
pub enum Reply {
    /// Chose the option at this place.
    One(usize),
    /// Ticked the options at these places.
    Several(Vec<usize>),
    /// Typed this line; empty means left out.
    Typed(Raw),
    /// Asked for something else.
    Command(Command),
    /// There is nothing more to read.
    End,
}

/// A way to speak with a person.
pub trait Front {
    /// Shows a text, folded; `lead` stands before its first line and the others are indented by
    /// as much.
    ///
    /// # Errors
    /// When it cannot be written.
    fn tell(&mut self, tone: Tone, lead: &str, text: &str) -> Result<()>;

    /// Shows a line that is not folded: an address or a command, to be copied whole.
    ///
    /// # Errors
    /// When it cannot be written.
    fn verbatim(&mut self, tone: Tone, line: &str) -> Result<()>;

    /// The columns that a line may take.
    fn columns(&self) -> usize;

    /// Shows an empty line.
    ///
    /// # Errors
    /// When it cannot be written.
    fn gap(&mut self) -> Result<()>;

    /// Asks until there is an answer, a command, or no more input.
    ///
    /// # Errors
    /// When the terminal cannot be written or read.
    fn ask(&mut self, prompt: &Prompt) -> Result<Reply>;
}
