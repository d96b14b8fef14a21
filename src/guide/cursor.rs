//! Where a walk stands in a guide, and where an answer moves it. Walking, proving and counting what
//! is left all use this one cursor.

use super::choice_set::ChoiceSet;
use super::condition::{Atom, Cond, Node};
use super::ids::{CaseId, ListId, OutcomeId, StepId};
use super::parts::{End, Listed, Parts};
use super::step::Goes;
use std::hash::{Hash, Hasher};

/// What is known about a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It was asked, and these choices were made.
    Answered(ChoiceSet),
    /// An earlier answer said that it was done before.
    DoneBefore,
}

impl Progress {
    /// The choices that were made.
    #[must_use]
    pub fn chosen(self) -> ChoiceSet {
        match self {
            Progress::Answered(set) => set,
            Progress::DoneBefore => ChoiceSet::NONE,
        }
    }
}

/// A proof hashes millions of these, and the choices alone tell nearly all of them apart.
impl Hash for Progress {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.chosen().hash(state);
    }
}

/// What a walk comes to.
pub(super) enum Stop<'p> {
    /// A step of a list, whether it is to be shown or not.
    Listed(&'p Listed),
    /// The end of a case whose answers decide in which outcome it ends.
    Fork,
    /// The outcome.
    Outcome(OutcomeId),
}

/// A place on a walk: the steps that are still to come, and what is known so far.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// The case that the walk is in now.
    pub case: CaseId,
    /// The outcome that the walk will end in; nothing while the answers of its case decide that.
    end: Option<OutcomeId>,
    /// Whether the steps of that outcome are being asked.
    closing: bool,
    /// Lists under way, the innermost last, each with the place of its next step.
    stack: Vec<(ListId, usize)>,
    /// What is known about steps, in the order of their ids.
    known: Vec<(StepId, Progress)>,
}

impl Cursor {
    /// The start of a case.
    #[must_use]
    pub fn start(guide: &Parts, case: CaseId) -> Cursor {
        let mut cursor = Cursor {
            case,
            end: None,
            closing: false,
            stack: Vec::new(),
            known: Vec::new(),
        };
        cursor.enter(guide, case);
        cursor
    }

    fn enter(&mut self, guide: &Parts, case: CaseId) {
        let entered = &guide.cases[case];
        self.case = case;
        self.end = match &entered.ends[..] {
            [only] => Some(only.outcome),
            _ => None,
        };
        self.closing = false;
        self.stack.clear();
        self.stack.push((entered.steps, 0));
    }

    /// Moves on to the next step that is to be shown, or to the outcome.
    pub fn advance(&mut self, guide: &Parts) -> Node {
        loop {
            match self.come_to(guide) {
                Stop::Listed(listed) if !self.applies(guide, listed) => self.skip(),
                Stop::Listed(listed) => return Node::Step(listed.step),
                Stop::Fork => self.end_in(self.heading_for(guide)),
                Stop::Outcome(outcome) => return Node::Outcome(outcome),
            }
        }
    }

    /// What the walk comes to, before any condition is asked.
    pub(super) fn come_to<'p>(&mut self, guide: &'p Parts) -> Stop<'p> {
        loop {
            match (self.stack.last(), self.end) {
                (Some(&(list, at)), _) => match guide.lists[list].get(at) {
                    Some(listed) => return Stop::Listed(listed),
                    None => drop(self.stack.pop()),
                },
                (None, None) => return Stop::Fork,
                (None, Some(end)) if self.closing => return Stop::Outcome(end),
                (None, Some(end)) => {
                    self.closing = true;
                    self.stack.push((guide.outcomes[end].steps, 0));
                }
            }
        }
    }

    /// Leaves out the step that [`Cursor::come_to`] came to.
    pub(super) fn skip(&mut self) {
        if let Some((_, at)) = self.stack.last_mut() {
            *at += 1;
        }
    }

    /// Decides the fork that [`Cursor::come_to`] came to.
    pub(super) fn end_in(&mut self, outcome: OutcomeId) {
        self.end = Some(outcome);
    }

    /// Whether a step is shown if the walk comes to it here.
    pub(super) fn applies(&self, guide: &Parts, listed: &Listed) -> bool {
        let mut conditions = guide.conditions(listed);
        self.progress(listed.step).is_none() && conditions.all(|cond| self.holds(guide, cond))
    }

    /// The outcome that the walk is heading for, as far as is known.
    #[must_use]
    pub fn heading_for(&self, guide: &Parts) -> OutcomeId {
        let holds = |cond: &Cond| self.holds(guide, cond);
        self.end.unwrap_or_else(|| {
            let ends = &guide.cases[self.case].ends;
            // Every case has one without a condition.
            let end = ends.iter().find(|end| end.when.as_ref().is_none_or(holds));
            end.unwrap_or(&ends[0]).outcome
        })
    }

    /// The outcomes whose steps may still come up, each with the condition on which the walk ends in
    /// it.
    pub fn may_end<'p>(
        &self,
        guide: &'p Parts,
    ) -> impl Iterator<Item = (Option<&'p Cond>, OutcomeId)> + use<'p> {
        let ends: &[End] = match self.end {
            None => &guide.cases[self.case].ends,
            Some(_) => &[],
        };
        let known = self.end.filter(|_| !self.closing).map(|end| (None, end));
        let open = ends.iter().map(|end| (end.when.as_ref(), end.outcome));
        known.into_iter().chain(open)
    }

    /// Records the choices made at the step where [`Cursor::advance`] stopped, and follows them.
    pub fn choose(&mut self, guide: &Parts, step: StepId, chosen: ChoiceSet) {
        self.learn(step, Progress::Answered(chosen));
        self.skip();
        let made = guide.at(step).chosen(chosen);
        for &done in made.clone().flat_map(|choice| &choice.done) {
            if self.progress(done).is_none() {
                self.learn(done, Progress::DoneBefore);
            }
        }
        let leading = guide.at(step).leading(chosen);
        match leading.map_or(Goes::On, |choice| choice.goes) {
            Goes::On => {}
            Goes::End(outcome) => {
                self.end = Some(outcome);
                self.closing = false;
                self.stack.clear();
            }
            Goes::Over(case) => self.enter(guide, case),
        }
        // What one answer leads away from is not asked because of another.
        let inserted: Vec<ListId> = match leading {
            Some(choice) => choice.then.into_iter().collect(),
            None => made.filter_map(|choice| choice.then).collect(),
        };
        // The last pushed is walked first, so the first choice's steps come first.
        self.stack
            .extend(inserted.into_iter().rev().map(|list| (list, 0)));
    }

    fn learn(&mut self, step: StepId, progress: Progress) {
        match self.known.binary_search_by_key(&step, |(s, _)| *s) {
            Ok(at) => self.known[at].1 = progress,
            Err(at) => self.known.insert(at, (step, progress)),
        }
    }

    /// The choices that were made at a step; none, if it was not asked.
    #[must_use]
    pub fn chosen(&self, step: StepId) -> ChoiceSet {
        self.progress(step)
            .map_or(ChoiceSet::NONE, Progress::chosen)
    }

    /// What is known about a step.
    #[must_use]
    pub fn progress(&self, step: StepId) -> Option<Progress> {
        let at = self.known.binary_search_by_key(&step, |(s, _)| *s).ok()?;
        Some(self.known[at].1)
    }

    /// Whether a condition holds here. A step that was not answered answers no question.
    #[must_use]
    pub fn holds(&self, guide: &Parts, cond: &Cond) -> bool {
        cond.value(&mut |atom| Some(self.has(guide, atom))) == Some(true)
    }

    fn has(&self, guide: &Parts, atom: Atom<'_>) -> bool {
        match atom {
            Atom::Is(step, set) => self.chosen(step).meets(set),
            Atom::Done(step) => match self.progress(step) {
                Some(Progress::Answered(set)) => set.meets(guide.at(step).done_by),
                Some(Progress::DoneBefore) => true,
                None => false,
            },
            Atom::Case(cases) => cases.contains(&self.case),
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

    /// What is known about steps, in the order of their ids.
    pub(super) fn known(&self) -> &[(StepId, Progress)] {
        &self.known
    }

    /// Keeps of what is known only what `keep` returns. A proof uses this to merge places whose
    /// difference does not matter any more.
    pub(super) fn forget(&mut self, keep: impl Fn(&Cursor, StepId, Progress) -> Option<Progress>) {
        let known = self.known.iter();
        let kept = known.filter_map(|&(step, is)| Some((step, keep(self, step, is)?)));
        self.known = kept.collect();
    }

    /// How many lists and steps the place remembers.
    pub(super) fn weight(&self) -> usize {
        self.stack.len() + self.known.len()
    }

    /// Drops lists that have no step left, so that equal places look equal.
    pub(super) fn tidy(&mut self, guide: &Parts) {
        self.stack
            .retain(|(list, at)| *at < guide.lists[*list].len());
    }
}
