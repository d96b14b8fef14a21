//! What a case can come to, whatever is answered.

use crate::guide::condition::Node;
use crate::guide::ids::{OutcomeId, StepId};
use crate::guide::parts::{Listed, Parts};
use crate::guide::step::Goes;
use std::collections::BTreeSet;

/// A [`Node`] that can be kept in a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// A step.
    Step(StepId),
    /// An outcome.
    Outcome(OutcomeId),
}

impl From<Node> for Seen {
    fn from(node: Node) -> Seen {
        match node {
            Node::Step(step) => Seen::Step(step),
            Node::Outcome(outcome) => Seen::Outcome(outcome),
        }
    }
}

/// What a walk along these steps, and to these outcomes, can come to without going over to another
/// case.
pub fn reach(
    parts: &Parts,
    steps: &[Listed],
    outcomes: impl IntoIterator<Item = OutcomeId>,
) -> BTreeSet<Seen> {
    let mut seen = BTreeSet::new();
    let mut lists = vec![steps];
    let mut outcomes: Vec<OutcomeId> = outcomes.into_iter().collect();
    loop {
        while let Some(list) = lists.pop() {
            for listed in list {
                if !seen.insert(Seen::Step(listed.step)) {
                    continue;
                }
                for choice in &parts.at(listed.step).choices {
                    lists.extend(choice.then.map(|list| &*parts.lists[list]));
                    if let Goes::End(outcome) = choice.goes {
                        outcomes.push(outcome);
                    }
                }
            }
        }
        let Some(outcome) = outcomes.pop() else {
            return seen;
        };
        if seen.insert(Seen::Outcome(outcome)) {
            lists.push(&parts.lists[parts.outcomes[outcome].steps]);
        }
    }
}
