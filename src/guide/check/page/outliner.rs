//! What has to be known to derive the page of a case.

use super::plan::Plans;
use super::reach::Seen;
use crate::guide::choice_set::ChoiceSet;
use crate::guide::finding::{Findings, Places};
use crate::guide::ids::{CaseId, StepId};
use crate::guide::parts::Parts;
use crate::guide::rule::Rule;
use crate::guide::step::Step;
use std::collections::BTreeSet;

/// Known answers, by question.
pub type Facts = Vec<(StepId, ChoiceSet)>;

/// A case whose page is derived.
pub struct Outliner<'g> {
    pub parts: &'g Parts,
    pub plans: &'g Plans,
    pub rules: &'g [Rule],
    pub places: &'g Places,
    pub findings: &'g Findings,
    pub case: CaseId,
    /// What the case can come to.
    pub can_come: BTreeSet<Seen>,
    /// What the reader looks at first.
    pub look: Vec<StepId>,
    /// The questions that make lines.
    pub rows: Vec<StepId>,
    /// Whether the author has named them. Only then is anything found: a guide that says nothing
    /// about pages gets what can be made of it.
    pub strict: bool,
}

impl<'g> Outliner<'g> {
    /// A step.
    pub fn at(&self, step: StepId) -> &'g Step {
        self.parts.at(step)
    }
}
