//! What a front end is asked to do: the prompts, the replies to them, the trait itself.

use crate::error::Result;
use crate::guide::Field;
use crate::moment::Moment;
use crate::redact::Raw;
use crate::text::half_width;

/// How a text is meant; a front end decides what that looks like. No meaning hangs on looks alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Said plainly.
    Plain,
    /// A heading or a question.
    Strong,
    /// Secondary: where one is, how to go on.
    Quiet,
    /// The verdict that it is solved.
    Solved,
    /// The verdict that only support can act.
    Support,
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
    /// Type what the screen says.
    Say,
    /// Go to the menu of cases.
    Cases,
    /// Leave.
    Leave,
    /// List the other commands. A front end does so by itself.
    Help,
}

impl Command {
    /// The commands that are listed, in the order of `commands` in the words.
    pub const ALL: [Command; 7] = [
        Command::Why,
        Command::Back,
        Command::Change,
        Command::Ticket,
        Command::Say,
        Command::Cases,
        Command::Leave,
    ];

    /// The character that gives the command, the same in every language.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Command::Why => '?',
            Command::Back => 'b',
            Command::Change => 'c',
            Command::Ticket => 't',
            Command::Say => '/',
            Command::Cases => 'm',
            Command::Leave => 'q',
            Command::Help => 'h',
        }
    }

    /// The command that a character gives.
    #[must_use]
    pub fn of_letter(c: char) -> Option<Command> {
        let c = half_width(c).to_ascii_lowercase();
        let mut all = Command::ALL.into_iter().chain([Command::Help]);
        all.find(|command| command.letter() == c)
    }

    /// Whether it ends what one is at, so that Enter has to confirm it where a letter works at
    /// once.
    #[must_use]
    pub fn asks(self) -> bool {
        matches!(self, Command::Cases | Command::Leave)
    }
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
        /// Whether what was typed last is not what the field takes.
        refused: bool,
    },
}

/// One thing that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// Where one is.
    pub place: Option<String>,
    /// What is to be done or to be read before the question.
    pub action: Option<String>,
    /// The question.
    pub text: String,
    /// A quiet line below it, such as an example.
    pub aside: Option<String>,
    /// What has to be waited for first.
    pub wait: Option<Wait>,
    /// How it is answered.
    pub input: Input,
    /// The commands that do something here, in the order of [`Command::ALL`].
    pub commands: Vec<Command>,
    /// The place from which on all that was told stays in sight, as far as there is room.
    pub below: Option<usize>,
}

impl Prompt {
    /// A prompt with nothing around its question, where these commands do something.
    pub fn new(
        text: impl Into<String>,
        input: Input,
        commands: impl IntoIterator<Item = Command>,
    ) -> Prompt {
        Prompt {
            commands: commands.into_iter().collect(),
            below: None,
            place: None,
            action: None,
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
    /// How many minutes it takes.
    pub minutes: u16,
}

impl Wait {
    /// The wait by a clock that shows this time. If that is before the wait began, the clock was
    /// set back, and the wait begins now.
    #[must_use]
    pub fn by(self, now: Moment) -> Wait {
        Wait {
            since: self.since.min(now),
            ..self
        }
    }

    /// When it will be over.
    #[must_use]
    pub fn until(&self) -> Moment {
        self.since.plus_minutes(self.minutes)
    }

    /// Seconds since it began.
    #[must_use]
    pub fn gone(&self, now: Moment) -> i64 {
        now.seconds_since(self.since).max(0)
    }

    /// Seconds until it is over; nothing once it is.
    #[must_use]
    pub fn left(&self, now: Moment) -> Option<i64> {
        Some(self.until().seconds_since(now)).filter(|left| *left > 0)
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
    /// Typed words that are none of the answers, where [`Command::Say`] does something.
    Said(Raw),
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

    /// Whether it draws over what it has shown, as a terminal's menus do. If not, what was typed
    /// stays to be seen.
    fn draws(&self) -> bool {
        false
    }

    /// Shows an empty line.
    ///
    /// # Errors
    /// When it cannot be written.
    fn gap(&mut self) -> Result<()>;

    /// The place that has been reached, to come back to.
    fn mark(&self) -> usize {
        0
    }

    /// What is told from here to the next prompt must not scroll away before it is read.
    fn hold(&mut self) {}

    /// Waits until what was told last is read. A front end that takes nothing back does not wait.
    ///
    /// # Errors
    /// When the terminal cannot be written or read.
    fn pause(&mut self) -> Result<()> {
        Ok(())
    }

    /// Takes back what was told since a place, so that what was told before, from `_top` on, is in
    /// sight again. `false` if there is too much of it; then it stays. A front end that takes nothing
    /// back leaves everything where it is.
    ///
    /// # Errors
    /// When it cannot be written.
    fn take_back(&mut self, _mark: usize, _top: usize) -> Result<bool> {
        Ok(true)
    }

    /// Whether what was told since a place stays in the window if so many rows follow it.
    fn is_in_sight(&self, _mark: usize, _more: usize) -> bool {
        true
    }

    /// Asks until there is an answer, a command, or no more input.
    ///
    /// # Errors
    /// When the terminal cannot be written or read.
    fn ask(&mut self, prompt: &Prompt) -> Result<Reply>;
}
