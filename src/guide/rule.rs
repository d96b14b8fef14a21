//! The rules of a guide: what each of its walks must keep.

use super::choice_set::ChoiceSet;
use super::condition::Node;
use super::cursor::{Cursor, Progress};
use super::ids::{StepId, StopId};
use std::ops::Range;

/// What every walk must keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demand {
    /// Before a subject comes, some steps have certain answers, and others were asked.
    Before {
        /// What must not come too early.
        subjects: Vec<Node>,
        /// Steps, each with the answers that open the way.
        answered: Vec<(StepId, ChoiceSet)>,
        /// Steps that were asked. It is not enough that an earlier answer marked them as done.
        asked: Vec<StepId>,
    },
    /// The subjects never come on a walk with all of these answers.
    Never {
        /// What must not come.
        subjects: Vec<Node>,
        /// The answers that forbid it; none forbids it always.
        answered: Vec<(StepId, ChoiceSet)>,
    },
    /// A walk with one of these answers shows one of the subjects before it ends, or ends in it.
    After {
        /// The answers that call for it.
        answered: Vec<(StepId, ChoiceSet)>,
        /// What must come.
        seen: Vec<Node>,
    },
    /// A walk with all of these answers shows at most so many of these steps.
    AtMost {
        /// How many.
        most: u32,
        /// The steps that are counted.
        of: Vec<StepId>,
        /// The answers on which it counts; none counts always.
        answered: Vec<(StepId, ChoiceSet)>,
    },
    /// No walk has more prompts.
    Longest(u32),
    /// No walk has more questions before the first advice: something to do, to prepare, to wait
    /// for or to read, or the outcome.
    Advice(u32),
}

impl Demand {
    /// The answers that a rule names, by step.
    pub(super) fn answered(&self) -> &[(StepId, ChoiceSet)] {
        match self {
            Demand::Before { answered, .. }
            | Demand::Never { answered, .. }
            | Demand::After { answered, .. }
            | Demand::AtMost { answered, .. } => answered,
            Demand::Longest(_) | Demand::Advice(_) => &[],
        }
    }

    /// The answers that open or shut the way to something, by step.
    pub(super) fn guards(&self) -> &[(StepId, ChoiceSet)] {
        match self {
            Demand::Before { answered, .. }
            | Demand::Never { answered, .. }
            | Demand::AtMost { answered, .. } => answered,
            Demand::After { .. } | Demand::Longest(_) | Demand::Advice(_) => &[],
        }
    }
}

/// A rule of a guide.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The bytes of the file that it came from.
    pub at: Range<usize>,
    /// What it demands.
    pub demand: Demand,
    /// The reason, in the words of the guide's author.
    pub because: Option<String>,
    /// The reason as readers of a page see it.
    pub stop: Option<StopId>,
    /// Whether no rule of the guide says so, but one of its texts.
    pub implied: bool,
}

impl Rule {
    /// Calls `f` with each step that the rule asks about, and the choices it tells apart.
    pub fn asks_about(&self, f: &mut impl FnMut(StepId, Option<ChoiceSet>)) {
        match &self.demand {
            Demand::Before {
                answered, asked, ..
            } => {
                answered.iter().for_each(|(step, set)| f(*step, Some(*set)));
                asked
                    .iter()
                    .for_each(|step| f(*step, Some(ChoiceSet::NONE)));
            }
            Demand::Never { answered, .. } | Demand::AtMost { answered, .. } => {
                answered.iter().for_each(|(step, set)| f(*step, Some(*set)));
            }
            Demand::After { answered, seen } => {
                answered.iter().for_each(|(step, set)| f(*step, Some(*set)));
                for subject in seen {
                    if let Node::Step(step) = subject {
                        f(*step, Some(ChoiceSet::NONE));
                    }
                }
            }
            Demand::Longest(_) | Demand::Advice(_) => {}
        }
    }

    /// Whether a walk that has come here breaks the rule.
    pub fn is_broken(&self, cursor: &Cursor, node: Node) -> bool {
        let here = |nodes: &[Node]| nodes.contains(&node);
        let was = |(step, set): &(StepId, ChoiceSet)| was(cursor, *step, *set);
        let was_asked =
            |step: &StepId| matches!(cursor.progress(*step), Some(Progress::Answered(_)));
        match &self.demand {
            Demand::Before {
                subjects,
                answered,
                asked,
            } => here(subjects) && !(answered.iter().all(was) && asked.iter().all(was_asked)),
            Demand::Never { subjects, answered } => here(subjects) && answered.iter().all(was),
            Demand::After { answered, seen } => {
                let shown = |subject: &Node| match subject {
                    Node::Step(step) => was_asked(step),
                    Node::Outcome(_) => here(seen),
                };
                matches!(node, Node::Outcome(_))
                    && answered.iter().any(was)
                    && !seen.iter().any(shown)
            }
            Demand::AtMost { .. } | Demand::Longest(_) | Demand::Advice(_) => false,
        }
    }

    /// Whether the rule counts on a walk that has ended here.
    pub fn counts(&self, cursor: &Cursor) -> bool {
        let mut answered = self.demand.answered().iter();
        answered.all(|(step, set)| was(cursor, *step, *set))
    }
}

fn was(cursor: &Cursor, step: StepId, set: ChoiceSet) -> bool {
    cursor.chosen(step).meets(set)
}
