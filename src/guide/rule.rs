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
    /// Calls `f` with each answer that the rule looks at: the step at which it does, or `None` for
    /// the end of a walk; the step that was answered; and the choices that it tells apart, or
    /// `None` where it matters only whether the step was asked.
    pub fn looks_at(&self, f: &mut impl FnMut(Option<StepId>, StepId, Option<ChoiceSet>)) {
        match &self.demand {
            Demand::Before {
                subjects,
                answered,
                asked,
            } => {
                for at in subjects.iter().copied().map(step_of) {
                    answered.iter().for_each(|(s, set)| f(at, *s, Some(*set)));
                    asked.iter().for_each(|step| f(at, *step, None));
                }
            }
            Demand::Never { subjects, answered } => {
                for at in subjects.iter().copied().map(step_of) {
                    answered.iter().for_each(|(s, set)| f(at, *s, Some(*set)));
                }
            }
            Demand::After { answered, seen } => {
                for (step, set) in answered {
                    f(None, *step, Some(*set));
                    // What was seen earlier matters only while the answer may still come.
                    for seen in seen.iter().copied().filter_map(step_of) {
                        f(Some(*step), seen, None);
                        f(None, seen, None);
                    }
                }
            }
            Demand::AtMost { answered, .. } => {
                answered
                    .iter()
                    .for_each(|(step, set)| f(None, *step, Some(*set)));
            }
            Demand::Longest(_) | Demand::Advice(_) => {}
        }
    }

    /// Where [`Rule::applies`] may be true: at these steps, and, for `None`, at the end of a walk.
    pub fn places(&self) -> Vec<Option<StepId>> {
        match &self.demand {
            Demand::Before { subjects, .. } | Demand::Never { subjects, .. } => {
                let mut places: Vec<_> = subjects.iter().copied().map(step_of).collect();
                places.sort_unstable();
                places.dedup();
                places
            }
            Demand::After { .. } | Demand::AtMost { .. } => vec![None],
            Demand::Longest(_) | Demand::Advice(_) => Vec::new(),
        }
    }

    /// Whether it still matters at the end of a walk that has come here what was answered to a
    /// step, or that it was asked.
    pub fn is_open(&self, cursor: &Cursor, step: StepId) -> bool {
        let Demand::After { answered, seen } = &self.demand else {
            return true;
        };
        let mut steps = seen.iter().copied().filter_map(step_of);
        if steps.clone().any(|seen| seen == step) {
            // Where nothing calls for it, it does not matter that it came.
            return answered.iter().any(|(s, set)| was(cursor, *s, *set));
        }
        !steps.any(|step| was_asked(cursor, step))
    }

    /// Whether a walk that has come here breaks the rule; of a rule that counts, whether it counts
    /// on this walk, which has ended.
    pub fn applies(&self, cursor: &Cursor, node: Node) -> bool {
        let here = |nodes: &[Node]| nodes.contains(&node);
        let ended = matches!(node, Node::Outcome(_));
        let was = |(step, set): &(StepId, ChoiceSet)| was(cursor, *step, *set);
        let was_asked = |step: &StepId| was_asked(cursor, *step);
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
                ended && answered.iter().any(was) && !seen.iter().any(shown)
            }
            Demand::AtMost { answered, .. } => ended && answered.iter().all(was),
            Demand::Longest(_) | Demand::Advice(_) => false,
        }
    }
}

fn was(cursor: &Cursor, step: StepId, set: ChoiceSet) -> bool {
    cursor.chosen(step).meets(set)
}

fn was_asked(cursor: &Cursor, step: StepId) -> bool {
    matches!(cursor.progress(step), Some(Progress::Answered(_)))
}

fn step_of(node: Node) -> Option<StepId> {
    match node {
        Node::Step(step) => Some(step),
        Node::Outcome(_) => None,
    }
}
