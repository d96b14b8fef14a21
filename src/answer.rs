//! Answers, and the log of those that a walk was given.

use crate::field::Value;
use crate::guide::{ChoiceSet, Standing, StepId};
use crate::moment::Moment;
use crate::redact::{Clean, Kept};

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Some of the step's choices.
    Chosen(ChoiceSet),
    /// What was typed.
    Typed(Value),
}

impl Answer {
    /// One choice, by its place.
    #[must_use]
    pub fn choice(n: usize) -> Answer {
        Answer::Chosen(ChoiceSet::one(n))
    }

    /// Any number of choices, by their places.
    #[must_use]
    pub fn several(places: &[usize]) -> Answer {
        Answer::Chosen(places.iter().copied().collect())
    }

    /// The choices that were made; a typed value is [`Standing::Given`].
    #[must_use]
    pub fn chosen(&self) -> ChoiceSet {
        match self {
            Answer::Chosen(set) => *set,
            Answer::Typed(_) => ChoiceSet::one(Standing::GIVEN),
        }
    }

    /// What was typed, if anything was.
    #[must_use]
    pub fn value(&self) -> Option<&Clean> {
        match self {
            Answer::Chosen(_) => None,
            Answer::Typed(value) => Some(value.text()),
        }
    }

    /// What is perhaps a secret in what was typed, and was kept by its writer.
    #[must_use]
    pub fn kept(&self) -> Option<&Kept> {
        match self {
            Answer::Chosen(_) => None,
            Answer::Typed(value) => Some(value.kept()),
        }
    }

    /// The places of the choices that were made.
    pub fn places(&self) -> impl Iterator<Item = usize> {
        self.chosen().places()
    }
}

/// An answer in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What was answered.
    pub step: StepId,
    /// How.
    pub answer: Answer,
    /// When.
    pub at: Moment,
}

/// The answers of a walk: all that has to be kept of it beside its guide and its case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The answers that count, in order.
    pub given: Vec<Entry>,
    /// Answers that were taken back one by one. They are offered when their step comes up again.
    pub retracted: Vec<Entry>,
    /// Answers after one that is being changed. They are given again when their step comes up.
    pub pending: Vec<Entry>,
}
