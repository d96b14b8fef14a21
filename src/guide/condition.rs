//! What steps, rules and walks refer to: places on a walk, and conditions over its answers.

use super::choice_set::ChoiceSet;
use super::ids::{CaseId, OutcomeId, StepId};
use serde::{Deserialize, Serialize};

/// A place that a walk can come to: a step that is shown, or an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// The step is shown.
    Step(StepId),
    /// The walk ends here.
    Outcome(OutcomeId),
}

/// A condition over recorded answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cond {
    /// The step was answered with one of these choices.
    Is(StepId, ChoiceSet),
    /// The step was done: marked so by an earlier answer, or answered so.
    Done(StepId),
    /// The walk is in one of these cases.
    Case(Vec<CaseId>),
    /// All hold.
    All(Vec<Cond>),
    /// At least one holds.
    Any(Vec<Cond>),
    /// It does not hold.
    Not(Box<Cond>),
}

impl Cond {
    /// Calls `f` with each step that the condition asks about, and the choices it tells apart
    /// (none for [`Cond::Done`]).
    pub fn for_each_step(&self, f: &mut impl FnMut(StepId, Option<ChoiceSet>)) {
        match self {
            Cond::Is(step, set) => f(*step, Some(*set)),
            Cond::Done(step) => f(*step, None),
            Cond::Case(_) => {}
            Cond::All(list) | Cond::Any(list) => list.iter().for_each(|c| c.for_each_step(f)),
            Cond::Not(c) => c.for_each_step(f),
        }
    }

    /// Whether the condition asks which case the walk is in.
    #[must_use]
    pub fn asks_for_case(&self) -> bool {
        match self {
            Cond::Is(..) | Cond::Done(_) => false,
            Cond::Case(_) => true,
            Cond::All(list) | Cond::Any(list) => list.iter().any(Cond::asks_for_case),
            Cond::Not(cond) => cond.asks_for_case(),
        }
    }
}
