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

/// What a condition is made of: a question with a plain answer.
#[derive(Debug, Clone, Copy)]
pub(super) enum Atom<'c> {
    /// See [`Cond::Is`].
    Is(StepId, ChoiceSet),
    /// See [`Cond::Done`].
    Done(StepId),
    /// See [`Cond::Case`].
    Case(&'c [CaseId]),
}

impl Cond {
    /// Whether the condition holds, given what is known about its atoms; `None` if that is not
    /// enough to tell.
    pub(super) fn value(&self, atom: &mut impl FnMut(Atom<'_>) -> Option<bool>) -> Option<bool> {
        let mut each = |list: &[Cond], decides: bool| {
            let mut value = Some(!decides);
            for cond in list {
                match cond.value(atom) {
                    Some(is) if is == decides => return Some(decides),
                    Some(_) => {}
                    None => value = None,
                }
            }
            value
        };
        match self {
            Cond::Is(step, set) => atom(Atom::Is(*step, *set)),
            Cond::Done(step) => atom(Atom::Done(*step)),
            Cond::Case(cases) => atom(Atom::Case(cases)),
            Cond::All(list) => each(list, false),
            Cond::Any(list) => each(list, true),
            Cond::Not(cond) => cond.value(atom).map(|value| !value),
        }
    }

    /// Calls `f` with steps whose answers make the condition what it is, no matter what is answered
    /// elsewhere. `holds` says what each of its parts is.
    pub(super) fn reasons(
        &self,
        holds: &impl Fn(&Cond) -> bool,
        f: &mut impl FnMut(StepId, Option<ChoiceSet>),
    ) {
        let (list, decides) = match self {
            Cond::All(list) => (list, false),
            Cond::Any(list) => (list, true),
            Cond::Not(cond) => return cond.reasons(holds, f),
            Cond::Is(..) | Cond::Done(_) | Cond::Case(_) => return self.for_each_step(f),
        };
        match list.iter().find(|cond| holds(cond) == decides) {
            Some(cond) => cond.reasons(holds, f),
            None => list.iter().for_each(|cond| cond.reasons(holds, f)),
        }
    }

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
