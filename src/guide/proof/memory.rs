//! Which earlier answers a search remembers, and what it can tell from them.

use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::{Atom, Cond, Node};
use crate::guide::cursor::{Cursor, Progress, Stop};
use crate::guide::ids::{GroupId, IdVec, ListId, OutcomeId, StepId};
use crate::guide::parts::{Listed, Parts};
use crate::guide::rule::Rule;
use std::collections::BTreeMap;

/// The steps whose answers are remembered, each with the choices that are told apart. For a step
/// with none it is remembered whether it was asked.
#[derive(Debug, Clone, Default)]
pub struct Memory(BTreeMap<StepId, ChoiceSet>);

impl Memory {
    /// All that conditions and rules ask about, and whether a step was asked that may come again. A
    /// search that remembers so much never has to guess.
    pub fn full(guide: &Parts, rules: &[Rule], comes_again: &IdVec<StepId, bool>) -> Memory {
        let mut memory = Memory::default();
        let steps = When::all(guide).filter_map(|when| when.condition(guide));
        let ends = guide.cases.iter().flat_map(|case| &case.ends);
        for when in steps.chain(ends.filter_map(|end| end.when.as_ref())) {
            memory.join(&Memory::of_condition(guide, when));
        }
        for step in guide.steps.ids().filter(|step| comes_again[*step]) {
            memory.add(step, ChoiceSet::NONE);
        }
        rules.iter().for_each(|rule| memory.join(&Memory::of(rule)));
        memory
    }

    /// What a rule asks about.
    pub fn of(rule: &Rule) -> Memory {
        let mut memory = Memory::default();
        rule.looks_at(&mut |_, step, set| memory.add(step, set.unwrap_or_default()));
        memory
    }

    /// What a condition asks about.
    pub fn of_condition(guide: &Parts, when: &Cond) -> Memory {
        let mut memory = Memory::default();
        when.for_each_step(&mut |step, set| memory.add_answer(guide, step, set));
        memory
    }

    pub fn add(&mut self, step: StepId, told_apart: ChoiceSet) {
        *self.0.entry(step).or_default() |= told_apart;
    }

    fn add_answer(&mut self, guide: &Parts, step: StepId, set: Option<ChoiceSet>) {
        self.add(step, set.unwrap_or(guide.at(step).done_by));
    }

    /// Forgets half of it; `false` if that is nothing new.
    pub fn halve(&mut self) -> bool {
        let half = self.0.len() / 2;
        let end = self.0.keys().nth(half).copied();
        self.0.retain(|step, _| end.is_some_and(|end| *step < end));
        half > 0
    }

    pub fn join(&mut self, other: &Memory) {
        other.0.iter().for_each(|(step, set)| self.add(*step, *set));
    }

    /// What has to be remembered, too, so that a search does not guess wrong where this walk goes on
    /// from here.
    pub fn reasons(guide: &Parts, mut cursor: Cursor, view: &View) -> Memory {
        let mut memory = Memory::default();
        let stop = cursor.come_to(guide);
        let holds = |cond: &Cond| cursor.holds(guide, cond);
        let mut add = |step, set| memory.add_answer(guide, step, set);
        match stop {
            Stop::Listed(listed) if view.may_be_new(guide, &cursor, listed) => {
                match guide.conditions(listed).find(|when| !holds(when)) {
                    Some(when) => when.reasons(&holds, &mut add),
                    None => guide
                        .conditions(listed)
                        .for_each(|when| when.reasons(&holds, &mut add)),
                }
            }
            Stop::Listed(listed) => memory.add(listed.step, ChoiceSet::NONE),
            Stop::Fork => {
                for end in &guide.cases[cursor.case].ends {
                    let when = end.when.as_ref();
                    when.inspect(|when| when.reasons(&holds, &mut add));
                    if when.is_none_or(holds) {
                        break;
                    }
                }
            }
            Stop::Outcome(_) => {}
        }
        memory
    }
}

/// Whether each step may come up again after it was asked or left out: it stands in several lists,
/// or an answer marks it as done.
pub fn comes_again(guide: &Parts, order: &[ListId]) -> IdVec<StepId, bool> {
    let mut met = guide.steps.filled(false);
    let mut again = guide.steps.filled(false);
    let listed = order.iter().flat_map(|list| &guide.lists[*list]);
    for step in listed.map(|listed| listed.step) {
        again[step] |= std::mem::replace(&mut met[step], true);
        for done in guide.at(step).choices.iter().flat_map(|c| &c.done) {
            again[*done] = true;
        }
    }
    again
}

/// Where a condition on steps stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    OfStep(StepId),
    OfGroup(GroupId),
}

impl When {
    /// Each place where a guide may have one.
    pub fn all(guide: &Parts) -> impl Iterator<Item = When> {
        let steps = guide.steps.ids().map(When::OfStep);
        steps.chain(guide.groups.ids().map(When::OfGroup))
    }

    pub fn condition(self, guide: &Parts) -> Option<&Cond> {
        match self {
            When::OfStep(step) => guide.at(step).when.as_ref(),
            When::OfGroup(group) => guide.groups[group].as_ref(),
        }
    }
}

/// What a search that remembers so much can tell.
pub struct View<'g> {
    /// For each step that is remembered, the choices that are told apart.
    pub told_apart: IdVec<StepId, Option<ChoiceSet>>,
    comes_again: &'g IdVec<StepId, bool>,
}

impl<'g> View<'g> {
    pub fn new(guide: &Parts, memory: &Memory, comes_again: &'g IdVec<StepId, bool>) -> View<'g> {
        let mut told_apart = guide.steps.filled(None);
        for (step, set) in &memory.0 {
            told_apart[*step] = Some(*set);
        }
        View {
            told_apart,
            comes_again,
        }
    }

    pub fn comes_again(&self, step: StepId) -> bool {
        self.comes_again[step]
    }

    /// Whether a step is shown if a walk comes to it here; `None` if what is remembered is not
    /// enough to tell.
    fn applies(&self, guide: &Parts, cursor: &Cursor, listed: &Listed) -> Option<bool> {
        let remembered = self.told_apart[listed.step].is_some();
        if remembered && cursor.progress(listed.step).is_some() {
            return Some(false);
        }
        let value = self.value(guide, cursor, listed);
        if value == Some(true) && self.comes_again[listed.step] && !remembered {
            return None;
        }
        value
    }

    /// Moves on to the next step that may be shown, to the end of a case that may end in several
    /// outcomes, or to the outcome; with whether it is known that the step is shown. Calls `f` with
    /// each condition that leaves a step out on the way.
    pub fn advance(
        &self,
        guide: &Parts,
        cursor: &mut Cursor,
        f: &mut impl FnMut(When),
    ) -> (Option<Node>, bool) {
        loop {
            match cursor.come_to(guide) {
                Stop::Listed(listed) => match self.applies(guide, cursor, listed) {
                    Some(false) => {
                        self.left_out(guide, cursor, listed, f);
                        cursor.skip();
                    }
                    applies => return (Some(Node::Step(listed.step)), applies.is_some()),
                },
                Stop::Fork => match self.ends(guide, cursor)[..] {
                    [only] => cursor.end_in(only),
                    _ => return (None, true),
                },
                Stop::Outcome(outcome) => return (Some(Node::Outcome(outcome)), true),
            }
        }
    }

    /// Calls `f` with each condition that leaves a step out, unless the step was shown before.
    fn left_out(&self, guide: &Parts, cursor: &Cursor, listed: &Listed, f: &mut impl FnMut(When)) {
        if cursor.progress(listed.step).is_some() {
            return;
        }
        let own = [When::OfStep(listed.step)];
        let groups = listed.groups.iter().copied().map(When::OfGroup);
        for when in own.into_iter().chain(groups) {
            let cond = when.condition(guide);
            if cond.is_some_and(|cond| self.holds(guide, cursor, cond) == Some(false)) {
                f(when);
            }
        }
    }

    /// The outcomes that a case may end in here: one, if what is remembered is enough to tell.
    pub fn ends(&self, guide: &Parts, cursor: &Cursor) -> Vec<OutcomeId> {
        let mut may = Vec::new();
        for end in &guide.cases[cursor.case].ends {
            let holds = match &end.when {
                Some(when) => self.holds(guide, cursor, when),
                None => Some(true),
            };
            may.extend((holds != Some(false)).then_some(end.outcome));
            if holds == Some(true) {
                break;
            }
        }
        may
    }

    /// Whether a walk was not shown a step before, and it is not known whether the step's
    /// conditions hold.
    fn may_be_new(&self, guide: &Parts, cursor: &Cursor, listed: &Listed) -> bool {
        cursor.progress(listed.step).is_none() && self.value(guide, cursor, listed).is_none()
    }

    /// Whether all conditions of a step hold here, as far as is remembered.
    fn value(&self, guide: &Parts, cursor: &Cursor, listed: &Listed) -> Option<bool> {
        let mut value = Some(true);
        for when in guide.conditions(listed) {
            match self.holds(guide, cursor, when) {
                Some(false) => return Some(false),
                Some(true) => {}
                None => value = None,
            }
        }
        value
    }

    fn holds(&self, guide: &Parts, cursor: &Cursor, when: &Cond) -> Option<bool> {
        when.value(&mut |atom| self.has(guide, cursor, atom))
    }

    fn has(&self, guide: &Parts, cursor: &Cursor, atom: Atom<'_>) -> Option<bool> {
        let (step, set) = match atom {
            Atom::Case(cases) => return Some(cases.contains(&cursor.case)),
            Atom::Is(step, set) => (step, set),
            Atom::Done(step) => (step, guide.at(step).done_by),
        };
        let told_apart = self.told_apart[step]?;
        let done_before = cursor.progress(step) == Some(Progress::DoneBefore);
        if done_before && matches!(atom, Atom::Done(_))
            || (cursor.chosen(step) & told_apart).meets(set)
        {
            return Some(true);
        }
        set.is_within(told_apart).then_some(false)
    }
}
