//! Where a walk stands in a guide, and what an answer does to that: the one set of rules that
//! walking, checking and counting all go by.

use super::{CaseId, ChoiceSet, Cond, Goes, ListId, OutcomeId, Parts, StepId};

/// What has been learned about a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fact {
    /// Whether it was asked; if not, an earlier answer marked it as done.
    pub asked: bool,
    /// The choices that were made.
    pub chosen: ChoiceSet,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// This step is to be shown.
    Step(StepId),
    /// The walk has ended here.
    Outcome(OutcomeId),
}

/// A place on a walk: the steps that are still to come, and what was learned so far.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Road {
    /// The case that the walk is in now.
    pub case: CaseId,
    /// The outcome that the walk is heading for.
    pub end: OutcomeId,
    /// Whether the steps of that outcome are being asked.
    closing: bool,
    /// Lists under way, the innermost last, each with the place of its next step.
    stack: Vec<(ListId, usize)>,
    /// What was learned, by step, in the order of their indices.
    facts: Vec<(StepId, Fact)>,
}

impl Road {
    /// The start of a case.
    #[must_use]
    pub fn start(guide: &Parts, case: CaseId) -> Road {
        let entered = &guide.cases[case];
        Road {
            case,
            end: entered.end,
            closing: false,
            stack: vec![(entered.steps, 0)],
            facts: Vec::new(),
        }
    }

    fn enter(&mut self, guide: &Parts, case: CaseId) {
        let entered = &guide.cases[case];
        self.case = case;
        self.end = entered.end;
        self.closing = false;
        self.stack.clear();
        self.stack.push((entered.steps, 0));
    }

    /// Moves on to the next step that is to be shown, or to the outcome.
    pub fn advance(&mut self, guide: &Parts) -> Stop {
        loop {
            let Some(&(list, at)) = self.stack.last() else {
                if self.closing {
                    return Stop::Outcome(self.end);
                }
                self.closing = true;
                self.stack.push((guide.outcomes[self.end].steps, 0));
                continue;
            };
            match guide.lists[list].get(at) {
                None => {
                    self.stack.pop();
                }
                Some(&step) if self.applies(guide, step) => return Stop::Step(step),
                Some(_) => self.skip(),
            }
        }
    }

    fn skip(&mut self) {
        if let Some((_, at)) = self.stack.last_mut() {
            *at += 1;
        }
    }

    fn applies(&self, guide: &Parts, step: StepId) -> bool {
        self.fact(step).is_none()
            && guide
                .at(step)
                .when
                .as_ref()
                .is_none_or(|cond| self.holds(guide, cond))
    }

    /// Records the choices made at the step where [`Road::advance`] stopped, and follows them.
    pub fn choose(&mut self, guide: &Parts, step: StepId, chosen: ChoiceSet) {
        self.learn(
            step,
            Fact {
                asked: true,
                chosen,
            },
        );
        self.skip();
        let made = guide.at(step).chosen(chosen);
        for choice in made.clone() {
            match choice.goes {
                Goes::On => {}
                Goes::End(outcome) => {
                    self.end = outcome;
                    self.closing = false;
                    self.stack.clear();
                }
                Goes::Over(case) => self.enter(guide, case),
            }
            for &done in &choice.done {
                if self.fact(done).is_none() {
                    self.learn(
                        done,
                        Fact {
                            asked: false,
                            chosen: ChoiceSet::NONE,
                        },
                    );
                }
            }
        }
        // The last pushed is walked first, so the first choice's steps come first.
        let inserted: Vec<ListId> = made.filter_map(|c| c.then).collect();
        self.stack
            .extend(inserted.into_iter().rev().map(|list| (list, 0)));
    }

    fn learn(&mut self, step: StepId, fact: Fact) {
        match self.facts.binary_search_by_key(&step, |(s, _)| *s) {
            Ok(at) => self.facts[at].1 = fact,
            Err(at) => self.facts.insert(at, (step, fact)),
        }
    }

    /// What was learned about a step.
    #[must_use]
    pub fn fact(&self, step: StepId) -> Option<Fact> {
        let at = self.facts.binary_search_by_key(&step, |(s, _)| *s).ok()?;
        Some(self.facts[at].1)
    }

    /// Whether a condition holds here. A step that was not answered answers no question.
    #[must_use]
    pub fn holds(&self, guide: &Parts, cond: &Cond) -> bool {
        match cond {
            Cond::Is(step, set) => self.fact(*step).is_some_and(|f| f.chosen.meets(*set)),
            Cond::Done(step) => self
                .fact(*step)
                .is_some_and(|f| !f.asked || f.chosen.meets(guide.at(*step).does)),
            Cond::Case(cases) => cases.contains(&self.case),
            Cond::All(list) => list.iter().all(|c| self.holds(guide, c)),
            Cond::Any(list) => list.iter().any(|c| self.holds(guide, c)),
            Cond::Not(cond) => !self.holds(guide, cond),
        }
    }

    /// The lists under way, the innermost last, each with the place of its next step.
    #[must_use]
    pub fn under_way(&self) -> &[(ListId, usize)] {
        &self.stack
    }

    /// Whether the steps of the outcome are being asked already.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.closing
    }

    /// Keeps of what was learned only what `keep` returns. For [`super::rules`], which merges
    /// places that differ in nothing that matters any more.
    pub fn forget(&mut self, mut keep: impl FnMut(StepId, Fact) -> Option<Fact>) {
        self.facts
            .retain_mut(|(step, fact)| match keep(*step, *fact) {
                Some(kept) => {
                    *fact = kept;
                    true
                }
                None => false,
            });
    }

    /// How much the place remembers: lists under way and facts.
    #[must_use]
    pub fn weight(&self) -> usize {
        self.stack.len() + self.facts.len()
    }

    /// Drops lists that have no step left, so that equal places look equal.
    pub fn tidy(&mut self, guide: &Parts) {
        self.stack
            .retain(|(list, at)| *at < guide.lists[*list].len());
    }
}
