//! Steps and their answers.

use super::choice_set::ChoiceSet;
use super::condition::Cond;
use super::form::{Digits, Pattern};
use super::ids::{CaseId, ListId, OutcomeId, SourceId, StepId};
use super::language::Text;
use super::phrase::Phrase;
use serde::{Deserialize, Serialize};

/// One thing to ask, to do, to read or to type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What walks, scenarios and conditions call it.
    pub id: String,
    /// What is wanted of the user.
    pub kind: Kind,
    /// What the user reads.
    pub text: Text,
    /// The reason, shown on request.
    pub why: Option<Text>,
    /// A short noun phrase for lists, conditions and the ticket.
    pub name: Option<Text>,
    /// The short form for a page.
    pub brief: Option<Text>,
    /// An example of what may be typed.
    pub example: Option<Text>,
    /// What is said where something does not have the form that the guide gives.
    pub wrong: Option<Text>,
    /// Whether it is what support finds the account by: it stands first in a ticket, and again in
    /// what is added to one.
    pub account: bool,
    /// How many minutes the step takes; zero if less than one.
    pub minutes: u16,
    /// Whether its answer opens or shuts the way to what a rule guards: a wrong one may cost money.
    pub gate: bool,
    /// When the step applies; by default always.
    pub when: Option<Cond>,
    /// The possible answers; the standing ones where the guide gives none.
    pub choices: Vec<Choice>,
    /// The fewest answers that may be given to a question with several.
    pub least: u8,
    /// The choices that count as having done the step.
    pub done_by: ChoiceSet,
    /// Whether what it prepares is attached to the ticket: if it was left out, the ticket asks for
    /// no attachment.
    pub attach: bool,
    /// Where its statements come from.
    pub sources: Vec<SourceId>,
    /// The claims that the step conveys.
    pub covers: Vec<String>,
}

impl Step {
    /// A step with nothing but a text and answers.
    #[must_use]
    pub fn new(id: &str, kind: Kind, text: Text, choices: Vec<Choice>) -> Step {
        Step {
            id: id.to_owned(),
            kind,
            text,
            why: None,
            name: None,
            brief: None,
            example: None,
            wrong: None,
            account: false,
            minutes: 0,
            gate: false,
            when: None,
            done_by: kind.done_by(&choices),
            choices,
            least: 0,
            attach: false,
            sources: Vec::new(),
            covers: Vec::new(),
        }
    }

    /// The short name, or the text where the guide gives no name.
    #[must_use]
    pub fn name(&self) -> &Text {
        self.name.as_ref().unwrap_or(&self.text)
    }

    /// How wide the blank is that a page leaves for its answer, in columns.
    #[must_use]
    pub fn blank(&self) -> usize {
        match self.kind {
            Kind::Fill(Field::Digits(_) | Field::Pattern(_)) => 18,
            Kind::Fill(Field::Version | Field::Reference) => 10,
            Kind::Fill(Field::Time) => 16,
            Kind::Fill(Field::Count) => 3,
            Kind::Fill(Field::Line | Field::Note) => 24,
            _ => 12,
        }
    }

    /// The place of a standing answer, if the step has it.
    #[must_use]
    pub fn standing(&self, standing: Standing) -> Option<usize> {
        let is = |choice: &Choice| choice.label == Label::Standing(standing);
        self.choices.iter().position(is)
    }

    /// The place of the choice with this id.
    #[must_use]
    pub fn choice(&self, id: &str) -> Option<usize> {
        self.choices.iter().position(|c| c.id == id)
    }

    /// The choices of a set.
    pub fn chosen(&self, set: ChoiceSet) -> impl Iterator<Item = &Choice> + Clone {
        let all = self.choices.iter().enumerate();
        all.filter(move |(n, _)| set.contains(*n)).map(|(_, c)| c)
    }

    /// Of these choices, the one that leads to an outcome or to another case: the first of them, in
    /// the guide's order, that does.
    #[must_use]
    pub fn leading(&self, set: ChoiceSet) -> Option<&Choice> {
        self.chosen(set).find(|choice| choice.goes != Goes::On)
    }

    /// Whether a question with several answers takes so many.
    #[must_use]
    pub fn is_enough(&self, count: usize) -> bool {
        count >= usize::from(self.least)
    }
}

/// What a step wants of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A question with one answer.
    Ask,
    /// A question with any number of answers, or at least [`Step::least`].
    AskSeveral,
    /// Something to do that may solve it: it helped, no change, not now.
    Do,
    /// Something to have ready before a later try: done, not now.
    Prepare,
    /// Something to wait for; answered like `Do`.
    Wait,
    /// Something to read.
    Note,
    /// A value to type, or to leave out.
    Fill(Field),
}

impl Kind {
    /// The word for the kind in a guide and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Kind::Ask | Kind::AskSeveral => "ask",
            Kind::Do => "do",
            Kind::Prepare => "prepare",
            Kind::Wait => "wait",
            Kind::Note => "note",
            Kind::Fill(_) => "fill",
        }
    }

    /// The answers that a step of this kind has where its guide gives none.
    #[must_use]
    pub fn standing(self) -> &'static [Standing] {
        match self {
            Kind::Ask | Kind::AskSeveral => &[],
            Kind::Do | Kind::Wait => &[Standing::Helped, Standing::NoChange, Standing::NotNow],
            Kind::Prepare => &[Standing::Done, Standing::NotNow],
            Kind::Note => &[Standing::Read],
            Kind::Fill(_) => &Standing::OF_FILL,
        }
    }

    /// Those of a step's choices that count as having done it: every answer to a question.
    #[must_use]
    pub fn done_by(self, choices: &[Choice]) -> ChoiceSet {
        let does = |choice: &Choice| match (self, &choice.label) {
            (Kind::Ask | Kind::AskSeveral, _) | (_, Label::Own(_)) => true,
            (_, Label::Standing(standing)) => standing.is_done(),
        };
        let places = choices.iter().enumerate();
        places.filter(|(_, c)| does(c)).map(|(n, _)| n).collect()
    }
}

/// An answer that is the same in every guide, in the program's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It was done, and that solved it.
    Helped,
    /// It was done, and changed nothing.
    NoChange,
    /// It cannot be done now.
    NotNow,
    /// It was prepared.
    Done,
    /// The note was read.
    Read,
    /// A value was typed.
    Given,
    /// The question or the field was left out.
    Skipped,
}

impl Standing {
    /// What a step has that takes a typed value.
    const OF_FILL: [Standing; 2] = [Standing::Given, Standing::Skipped];
    /// The place of [`Standing::Given`] in every step that takes a typed value.
    pub const GIVEN: usize = 0;

    /// What walks, scenarios and conditions call it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Standing::Helped => "helped",
            Standing::NoChange => "no-change",
            Standing::NotNow => "not-now",
            Standing::Done => "done",
            Standing::Read => "read",
            Standing::Given => "given",
            Standing::Skipped => "skipped",
        }
    }

    /// Whether whoever answers so has done what the step wants.
    #[must_use]
    pub fn is_done(self) -> bool {
        !matches!(self, Standing::NotNow | Standing::Skipped)
    }
}

const _: () = assert!(matches!(
    Standing::OF_FILL[Standing::GIVEN],
    Standing::Given
));

/// What may be typed. Deliberately, no field is for a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// A number, such as an account's.
    Digits(Digits),
    /// Something that is written in its own way, such as a serial number.
    Pattern(Pattern),
    /// A version such as 6.140.0.
    Version,
    /// A date and a time of day.
    Time,
    /// A date, with a time of day or without.
    Date,
    /// The name of a country.
    Country,
    /// A small number.
    Count,
    /// One line.
    Line,
    /// The number that support gave a ticket: letters, digits and dashes.
    Reference,
    /// Names of files.
    Files,
    /// The one free note.
    Note,
}

impl Field {
    /// Whether it is for a time, which may be said as people say it.
    #[must_use]
    pub fn is_time(self) -> bool {
        matches!(self, Field::Time | Field::Date)
    }

    /// The fields whose form is not the guide's, and what a guide calls them.
    pub const ALL: [(&'static str, Field); 9] = [
        ("version", Field::Version),
        ("time", Field::Time),
        ("date", Field::Date),
        ("country", Field::Country),
        ("count", Field::Count),
        ("line", Field::Line),
        ("reference", Field::Reference),
        ("files", Field::Files),
        ("note", Field::Note),
    ];

    /// Whether its own form leaves no room for a secret, though it may look like one.
    #[must_use]
    pub fn has_form(self) -> bool {
        matches!(
            self,
            Field::Digits(_) | Field::Pattern(_) | Field::Reference
        )
    }
}

/// One possible answer, and what follows from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What walks, scenarios and conditions call it.
    pub id: String,
    /// The menu line.
    pub label: Label,
    /// What people or screens say where it is this answer.
    pub words: Vec<Phrase>,
    /// The short form for a page.
    pub brief: Option<Text>,
    /// How the ticket says it, where the label does not do.
    pub ticket: Option<Text>,
    /// The subject of the ticket from here on, where the answer says more than what came before.
    pub subject: Option<Text>,
    /// The problem in one sentence of the user's, likewise.
    pub problem: Option<Text>,
    /// Steps that are walked next.
    pub then: Option<ListId>,
    /// Where the walk goes after those.
    pub goes: Goes,
    /// Steps that need not be asked any more.
    pub done: Vec<StepId>,
}

impl Choice {
    /// A choice that only leads on.
    #[must_use]
    pub fn new(id: &str, label: Label) -> Choice {
        Choice {
            id: id.to_owned(),
            label,
            words: Vec::new(),
            brief: None,
            ticket: None,
            subject: None,
            problem: None,
            then: None,
            goes: Goes::On,
            done: Vec::new(),
        }
    }

    /// How a ticket says it: its own words for that, else its label, if that is not a standing one.
    #[must_use]
    pub fn in_ticket(&self) -> Option<&Text> {
        self.ticket.as_ref().or(self.label.own())
    }

    /// A standing answer.
    #[must_use]
    pub fn standing(standing: Standing) -> Choice {
        Choice::new(standing.id(), Label::Standing(standing))
    }
}

/// What a menu calls a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Label {
    /// A text of the guide.
    Own(Text),
    /// The program's words for a standing answer.
    Standing(Standing),
}

impl Label {
    /// The guide's text, if it has one.
    #[must_use]
    pub fn own(&self) -> Option<&Text> {
        match self {
            Label::Own(text) => Some(text),
            Label::Standing(_) => None,
        }
    }
}

/// Where a walk goes after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Goes {
    /// On to the next step of the list.
    On,
    /// To an outcome; what is left of the case is dropped.
    End(OutcomeId),
    /// To the start of another case.
    Over(CaseId),
}
