//! What a rule guards, and whether the page keeps it.

use super::outliner::{Facts, Outliner};
use super::reach::Seen;
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::Node;
use crate::guide::finding::Code;
use crate::guide::ids::StepId;
use crate::guide::outline::{Lead, Shown};
use crate::guide::rule::Demand;
use std::ops::Range;

impl Outliner<'_> {
    /// Whether a rule wants certain answers before a step comes.
    pub(super) fn is_gated(&self, step: StepId) -> bool {
        self.rules.iter().any(|rule| match &rule.demand {
            Demand::Before {
                subjects, answered, ..
            } => subjects.contains(&Node::Step(step)) && !answered.is_empty(),
            _ => false,
        })
    }

    /// How a box stands outside the guard of a rule, if it does.
    pub(super) fn outside(
        &self,
        this: &Shown,
        facts: &[(StepId, ChoiceSet)],
        above: &[Shown],
    ) -> Option<String> {
        let known: Facts = facts.iter().copied().chain(this.only).collect();
        let is_there = |step: &StepId| {
            self.look.contains(step)
                || facts.iter().any(|(known, _)| known == step)
                || above.iter().any(|shown| shown.step == *step)
        };
        let node = Node::Step(this.step);
        let broken = self.rules.iter().find(|rule| match &rule.demand {
            Demand::Before {
                subjects,
                answered,
                asked,
            } => {
                subjects.contains(&node) && !(sure(answered, &known) && asked.iter().all(is_there))
            }
            Demand::Never { subjects, answered } => {
                subjects.contains(&node) && rule.stop.is_none() && !self.never(answered, &known)
            }
            Demand::AtMost { most, of, answered } => {
                let counted = above.iter().filter(|shown| of.contains(&shown.step));
                of.contains(&this.step)
                    && counted.count() >= *most as usize
                    && rule.stop.is_none()
                    && !self.never(answered, &known)
            }
            _ => false,
        })?;
        let because = broken.because.as_deref().unwrap_or("a rule guards it");
        Some(format!(
            "on the page of `{}`, `{}` stands outside the guard of a rule: {because}",
            self.parts.cases[self.case].id,
            self.at(this.step).id
        ))
    }

    /// Notes each end that a rule guards and that the page does not.
    pub(super) fn guard_leads(
        &self,
        leads: &[Lead],
        facts: &[(StepId, ChoiceSet)],
        at: &Range<usize>,
        name: &str,
    ) {
        if !self.strict {
            return;
        }
        for lead in leads {
            let Lead::Outcome(outcome) = lead else {
                continue;
            };
            let node = Node::Outcome(*outcome);
            let broken = self.rules.iter().find(|rule| {
                rule.stop.is_none()
                    && match &rule.demand {
                        Demand::Before {
                            subjects, answered, ..
                        } => subjects.contains(&node) && !sure(answered, facts),
                        Demand::Never { subjects, answered } => {
                            subjects.contains(&node) && !self.never(answered, facts)
                        }
                        _ => false,
                    }
            });
            if let Some(rule) = broken {
                let because = rule.because.as_deref().unwrap_or("a rule guards it");
                let outcome = &self.parts.outcomes[*outcome].id;
                let message = format!(
                    "the page's line `{name}` leads to `{outcome}` outside the guard of a rule: {because}"
                );
                let help = "give the rule a `because` for readers, or add the question that decides to `rows`";
                self.findings
                    .add(Code::Unguarded, at.clone(), message, help);
            }
        }
    }

    /// Whether one of these answers surely was not given.
    fn never(&self, answered: &[(StepId, ChoiceSet)], facts: &[(StepId, ChoiceSet)]) -> bool {
        answered.iter().any(|(step, set)| {
            let mut known = facts.iter().filter(|(known, _)| known == step);
            known.any(|(_, chosen)| !chosen.meets(*set))
                || !self.can_come.contains(&Seen::Step(*step))
        })
    }
}

/// Whether all of these answers were surely given.
fn sure(answered: &[(StepId, ChoiceSet)], facts: &[(StepId, ChoiceSet)]) -> bool {
    answered.iter().all(|(step, set)| {
        let mut known = facts.iter().filter(|(known, _)| known == step);
        known.any(|(_, chosen)| chosen.is_within(*set))
    })
}
