//! Where a walk with certain answers may come, as far as these are known.

use super::outliner::{Facts, Outliner};
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::Cond;
use crate::guide::ids::StepId;
use crate::guide::outline::Lead;
use crate::guide::parts::Listed;
use crate::guide::step::{Choice, Goes, Kind, Label, Standing};
use std::collections::BTreeSet;

/// What a walk comes to, as far as its answers are known.
#[derive(Debug, Clone, Default)]
pub struct Road {
    /// Steps that may have been answered by now.
    pub before: BTreeSet<StepId>,
    /// Steps that it has come to.
    walked: BTreeSet<StepId>,
    /// Those of them that may stand as boxes, in order.
    pub steps: Vec<StepId>,
    /// Where it may lead.
    pub leads: Vec<Lead>,
}

impl Road {
    /// A road that begins where these may have been answered.
    pub fn after(before: BTreeSet<StepId>) -> Road {
        Road {
            before,
            ..Road::default()
        }
    }

    fn lead(&mut self, lead: Lead) {
        if !self.leads.contains(&lead) {
            self.leads.push(lead);
        }
    }
}

/// A line before it is known what stands on it.
pub struct Draft {
    /// The question.
    pub step: StepId,
    /// The place of its answer.
    pub choice: usize,
    /// What is known on this line.
    pub facts: Facts,
    /// What a walk comes to.
    pub road: Road,
    /// Whether a walk goes on with the steps of the case.
    pub goes_on: bool,
}

/// A question behind an answer of another, and what is around it.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// What is known already.
    facts: &'a [(StepId, ChoiceSet)],
    /// The steps that may have been answered before.
    before: &'a BTreeSet<StepId>,
    /// The steps between that answer and the question.
    between: &'a [Listed],
    /// The steps that follow there.
    rest: &'a [&'a [Listed]],
    /// Where that answer leads.
    goes: Goes,
}

impl<'a> Around<'a> {
    /// A question among the steps of a case, after those that may have been answered.
    pub fn top(before: &'a BTreeSet<StepId>) -> Around<'a> {
        Around {
            facts: &[],
            before,
            between: &[],
            rest: &[],
            goes: Goes::On,
        }
    }
}

impl<'g> Outliner<'g> {
    /// The steps that an answer inserts.
    fn inserted(&self, choice: &Choice) -> &'g [Listed] {
        choice.then.map_or(&[], |list| &*self.parts.lists[list])
    }

    /// The lines that the answers of a question make.
    pub fn draft(&self, question: StepId, around: Around<'_>, drafts: &mut Vec<Draft>) {
        for (place, choice) in self.at(question).choices.iter().enumerate() {
            if choice.label.own().is_none() {
                continue;
            }
            let mut facts = around.facts.to_vec();
            facts.push((question, ChoiceSet::one(place)));
            let then = self.inserted(choice);
            let is_row = |listed: &Listed| self.rows.contains(&listed.step);
            if let Some(at) = then.iter().position(is_row) {
                let between = [around.between, &then[..at]].concat();
                let rest = std::iter::once(&then[at + 1..]).chain(around.rest.iter().copied());
                let nested = Around {
                    facts: &facts,
                    between: &between,
                    rest: &rest.collect::<Vec<_>>(),
                    goes: if choice.goes == Goes::On {
                        around.goes
                    } else {
                        choice.goes
                    },
                    ..around
                };
                self.draft(then[at].step, nested, drafts);
                continue;
            }
            let mut road = Road::after(around.before.clone());
            road.before.extend(facts.iter().map(|(step, _)| *step));
            let mut ended = [around.between, then]
                .iter()
                .any(|steps| self.walk(steps, &facts, &mut road));
            let mut goes = choice.goes;
            if !ended && goes == Goes::On {
                let mut rest = around.rest.iter();
                ended = rest.any(|steps| self.walk(steps, &facts, &mut road));
                goes = around.goes;
            }
            if !ended {
                for lead in away(goes) {
                    road.lead(lead);
                }
            }
            drafts.push(Draft {
                step: question,
                choice: place,
                facts,
                road,
                goes_on: !ended && goes == Goes::On,
            });
        }
    }

    /// Goes along steps, and notes what stands there. Whether the walk surely has ended then.
    fn walk(&self, steps: &[Listed], facts: &[(StepId, ChoiceSet)], road: &mut Road) -> bool {
        for listed in steps {
            let id = listed.step;
            // What one looks at first stands on the page already.
            if self.look.contains(&id) {
                road.before.insert(id);
                continue;
            }
            if !road.walked.insert(id) {
                continue;
            }
            let step = self.at(id);
            let groups = listed.groups.iter();
            let groups = groups.filter_map(|group| self.parts.groups[*group].as_ref());
            let comes = self.joined(groups.chain(&step.when), facts, &road.before, false);
            if comes == Some(false) {
                continue;
            }
            road.before.insert(id);
            let is_question = matches!(step.kind, Kind::Ask | Kind::AskSeveral);
            if !matches!(step.kind, Kind::Fill(_)) && (!is_question || step.brief.is_some()) {
                road.steps.push(id);
            }
            let mut leaves = step.kind == Kind::Ask && comes == Some(true);
            for choice in step.choices.iter().filter(|_| is_question) {
                let ended = self.walk(self.inserted(choice), facts, road);
                leaves &= ended || choice.goes != Goes::On;
                for lead in away(choice.goes) {
                    road.lead(lead);
                }
            }
            if leaves {
                return true;
            }
        }
        false
    }

    /// What follows the lines, along a road that has come through some of them, and where the case
    /// ends then.
    pub fn rest(&self, steps: &[Listed], facts: &[(StepId, ChoiceSet)], road: &mut Road) {
        if self.walk(steps, facts, road) {
            return;
        }
        for end in &self.parts.cases[self.case].ends {
            let comes = self.joined(&end.when, facts, &road.before, false);
            if comes != Some(false) {
                road.lead(Lead::Outcome(end.outcome));
            }
            if comes == Some(true) {
                break;
            }
        }
    }

    /// Whether a condition holds, as far as answers are known. `before` are the steps that may have
    /// been answered. Whoever works along a page does what stands there, and goes on where it did
    /// not help; so no step there is answered by "not now".
    pub fn holds(
        &self,
        cond: &Cond,
        facts: &[(StepId, ChoiceSet)],
        before: &BTreeSet<StepId>,
    ) -> Option<bool> {
        match cond {
            Cond::Is(step, set) => match facts.iter().find(|(known, _)| known == step) {
                Some((_, chosen)) if chosen.is_within(*set) => Some(true),
                Some((_, chosen)) if !chosen.meets(*set) => Some(false),
                None if !before.contains(step) => Some(false),
                None if !self.at(*step).chosen(*set).any(is_given_on_paper) => Some(false),
                _ => None,
            },
            Cond::Done(_) => None,
            Cond::Case(cases) => Some(cases.contains(&self.case)),
            Cond::All(list) => self.joined(list, facts, before, false),
            Cond::Any(list) => self.joined(list, facts, before, true),
            Cond::Not(cond) => self.holds(cond, facts, before).map(|holds| !holds),
        }
    }

    /// Whether conditions hold together: one of them that is `so` decides, else all must be known.
    fn joined<'c>(
        &self,
        conditions: impl IntoIterator<Item = &'c Cond>,
        facts: &[(StepId, ChoiceSet)],
        before: &BTreeSet<StepId>,
        so: bool,
    ) -> Option<bool> {
        let mut all_known = true;
        for cond in conditions {
            match self.holds(cond, facts, before) {
                Some(holds) if holds == so => return Some(so),
                Some(_) => {}
                None => all_known = false,
            }
        }
        all_known.then_some(!so)
    }
}

/// Where a walk goes that does not go on.
fn away(goes: Goes) -> impl Iterator<Item = Lead> {
    let lead = match goes {
        Goes::On => None,
        Goes::End(outcome) => Some(Lead::Outcome(outcome)),
        Goes::Over(case) => Some(Lead::Case(case)),
    };
    lead.into_iter()
}

/// Whether whoever works along a page may be said to have given an answer.
fn is_given_on_paper(choice: &Choice) -> bool {
    let not = [Standing::NotNow, Standing::Helped];
    !matches!(choice.label, Label::Standing(standing) if not.contains(&standing))
}
