//! Which answers still matter at a place: those that a later condition or rule may ask about.

use super::order::answers_lead_to;
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::{Cond, Node};
use crate::guide::cursor::{Cursor, Progress};
use crate::guide::finding::{Code, Findings, Places};
use crate::guide::ids::{IdVec, ListId, OutcomeId, StepId};
use crate::guide::parts::Parts;
use crate::guide::rule::{Demand, Rule};

/// The most steps that conditions and rules may ask about.
const MAX_ASKED_ABOUT: usize = 1024;

/// A set of the steps that conditions and rules ask about, by [`Relevant::place`].
type Set = Vec<u64>;

fn insert(set: &mut Set, n: usize) {
    set[n / 64] |= 1 << (n % 64);
}

fn contains(set: &Set, n: usize) -> bool {
    set[n / 64] & (1 << (n % 64)) != 0
}

fn join(set: &mut Set, other: &Set) {
    set.iter_mut().zip(other).for_each(|(a, b)| *a |= b);
}

/// Which answers matter, and until when.
pub struct Relevant {
    /// For each step: its place among those asked about, if it is one of them.
    place: IdVec<StepId, Option<usize>>,
    /// For each step: the choices that a condition or a rule tells apart.
    pub told_apart: IdVec<StepId, ChoiceSet>,
    /// For each list: what may be asked about from each of its steps on, and after its last.
    from: IdVec<ListId, Vec<Set>>,
    /// What a rule asks about when a walk ends.
    at_end: Set,
}

impl Relevant {
    pub fn of(
        guide: &Parts,
        rules: &[Rule],
        order: &[ListId],
        places: &Places,
        findings: &Findings,
    ) -> Option<Relevant> {
        let mut told_apart = guide.steps.filled(ChoiceSet::NONE);
        let mut asked_about = guide.steps.filled(false);
        let mut note = |step: StepId, set: Option<ChoiceSet>| {
            asked_about[step] = true;
            told_apart[step] |= set.unwrap_or(guide.at(step).done_by);
        };
        let steps = guide.steps.iter().map(|step| &step.when);
        let ends = guide.cases.iter().flat_map(|case| &case.ends);
        let ends = ends.map(|end| &end.when);
        for when in steps.chain(&guide.groups).chain(ends).flatten() {
            when.for_each_step(&mut note);
        }
        for rule in rules {
            rule.asks_about(&mut note);
        }
        // Whether a step was asked matters, too, if it may come up twice or an answer marks it as
        // done.
        let mut met = guide.steps.filled(false);
        for &list in order {
            for step in guide.lists[list].iter().map(|listed| listed.step) {
                asked_about[step] |= std::mem::replace(&mut met[step], true);
                for done in guide.at(step).choices.iter().flat_map(|c| &c.done) {
                    asked_about[*done] = true;
                }
            }
        }
        let mut count = 0;
        let place: IdVec<StepId, Option<usize>> = asked_about
            .iter()
            .map(|asked| {
                count += usize::from(*asked);
                asked.then(|| count - 1)
            })
            .collect();
        if count > MAX_ASKED_ABOUT {
            findings.add(
                Code::TooTangled,
                places.cases.first().cloned().unwrap_or(0..0),
                format!("conditions, rules and `done` ask about {count} steps, at most {MAX_ASKED_ABOUT} can be proven"),
                "let them ask about fewer steps",
            );
            return None;
        }
        let empty: Set = vec![0; count.div_ceil(64)];
        let mut relevant = Relevant {
            place,
            told_apart,
            from: guide.lists.filled(Vec::new()),
            at_end: empty.clone(),
        };
        let mut at_end = empty.clone();
        let mut at_step = guide.steps.filled(None);
        for rule in rules {
            let mut asks = empty.clone();
            rule.asks_about(&mut |step, _| relevant.mark(&mut asks, step));
            match &rule.demand {
                Demand::Before { subjects, .. } | Demand::Never { subjects, .. } => {
                    for subject in subjects {
                        match subject {
                            Node::Step(step) => {
                                join(at_step[*step].get_or_insert_with(|| empty.clone()), &asks);
                            }
                            Node::Outcome(_) => join(&mut at_end, &asks),
                        }
                    }
                }
                _ => join(&mut at_end, &asks),
            }
        }
        relevant.at_end = at_end;
        for &list in order {
            let steps = &guide.lists[list];
            let mut sets = vec![empty.clone()];
            let case = guide.cases.iter().find(|c| c.steps == list);
            for end in case.iter().flat_map(|case| &case.ends) {
                relevant.mark_end(guide, &mut sets[0], end.when.as_ref(), end.outcome);
            }
            for listed in steps.iter().rev() {
                let step = listed.step;
                let mut set = sets[sets.len() - 1].clone();
                relevant.mark(&mut set, step);
                for when in guide.conditions(listed) {
                    when.for_each_step(&mut |s, _| relevant.mark(&mut set, s));
                }
                at_step[step].iter().for_each(|asks| join(&mut set, asks));
                for target in answers_lead_to(guide, step) {
                    join(&mut set, &relevant.from[target][0]);
                }
                sets.push(set);
            }
            sets.reverse();
            relevant.from[list] = sets;
        }
        Some(relevant)
    }

    fn mark(&self, set: &mut Set, step: StepId) {
        if let Some(place) = self.place[step] {
            insert(set, place);
        }
    }

    /// Marks what is asked about from where a walk turns out to end here.
    fn mark_end(&self, guide: &Parts, set: &mut Set, when: Option<&Cond>, end: OutcomeId) {
        when.inspect(|when| when.for_each_step(&mut |step, _| self.mark(set, step)));
        join(set, &self.from[guide.outcomes[end].steps][0]);
    }

    /// Drops what no later condition or rule asks about, so that places with the same future are
    /// equal.
    pub fn reduce(&self, guide: &Parts, cursor: &mut Cursor) {
        cursor.tidy(guide);
        let mut live = self.at_end.clone();
        for (list, at) in cursor.under_way() {
            join(&mut live, &self.from[*list][*at]);
        }
        for (when, end) in cursor.may_end(guide) {
            self.mark_end(guide, &mut live, when, end);
        }
        cursor.forget(|step, progress| {
            let place = self.place[step]?;
            let set = self.told_apart[step];
            let kept = match progress {
                Progress::Answered(chosen) => Progress::Answered(chosen & set),
                Progress::DoneBefore => progress,
            };
            contains(&live, place).then_some(kept)
        });
    }
}
