//! What stands on the page of a case, by ids. The checker derives it from the case; see
//! `check/page/` for how.

use super::choice_set::ChoiceSet;
use super::ids::{CaseId, OutcomeId, StepId, StopId};
use serde::{Deserialize, Serialize};

/// What stands on the page of a case.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// What to look at, and what to write down.
    pub look: Vec<Looked>,
    /// One line for each thing that one can see.
    pub rows: Vec<Row>,
    /// What to do below the lines that lead on; without lines, all there is to do.
    pub then: Vec<Shown>,
    /// Where that ends.
    pub ends: Vec<Lead>,
    /// What must not be done.
    pub stops: Vec<StopId>,
    /// The fields of the tickets that its ends come to.
    pub fields: Vec<StepId>,
    /// Whether its last line sends to support whoever finds no other.
    pub support: bool,
}

/// Something to look at first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Looked {
    /// The step.
    pub step: StepId,
    /// Where it is a question with several answers: each of them, with at most one box and one lead.
    pub ticks: Vec<Row>,
}

/// A line of a page: an answer, and what to do about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The question.
    pub step: StepId,
    /// The place of the answer among its choices.
    pub choice: usize,
    /// What to do, in order.
    pub boxes: Vec<Shown>,
    /// Where it leads when that did not help.
    pub leads: Vec<Lead>,
}

/// A step as a box on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The step.
    pub step: StepId,
    /// The answers that it is for, such as one platform. The page says them in front.
    pub only: Option<(StepId, ChoiceSet)>,
}

/// Where a line of a page leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lead {
    /// On to [`Outline::then`].
    Then,
    /// To an outcome.
    Outcome(OutcomeId),
    /// To the page of another case.
    Case(CaseId),
    /// To support, whatever it is asked for.
    Support,
}
