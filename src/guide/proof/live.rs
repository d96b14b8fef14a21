//! Until when an answer matters: as long as a condition or a rule may still look at it.

use super::memory::View;
use super::order::answers_lead_to;
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::Cond;
use crate::guide::cursor::{Cursor, Progress};
use crate::guide::ids::{IdVec, ListId, StepId};
use crate::guide::parts::{End, Parts};
use crate::guide::rule::Rule;
use std::collections::{HashMap, HashSet};

/// What may be looked at of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Look {
    /// What was answered.
    Answer,
    /// Whether it was asked.
    Asked,
}

/// What may be looked at from some place of a list on, each with the last such place.
type Looks = HashMap<(StepId, Look), usize>;

/// Until when the answers that a search remembers matter.
pub struct Live {
    last: IdVec<ListId, Looks>,
    /// The rules that look at something when a walk ends.
    at_end: HashMap<(StepId, Look), Vec<usize>>,
}

impl Live {
    /// `asked` are the rules that are to be proven.
    pub fn of(
        guide: &Parts,
        rules: &[Rule],
        asked: &[usize],
        view: &View,
        order: &[ListId],
    ) -> Live {
        let mut at_step: HashMap<StepId, Vec<(StepId, Look)>> = HashMap::new();
        let mut at_end: HashMap<(StepId, Look), Vec<usize>> = HashMap::new();
        for &rule in asked {
            rules[rule].looks_at(&mut |at, step, set| {
                let look = (step, set.map_or(Look::Asked, |_| Look::Answer));
                match at {
                    Some(at) => at_step.entry(at).or_default().push(look),
                    None => at_end.entry(look).or_default().push(rule),
                }
            });
        }
        let mut last = guide.lists.filled(Looks::default());
        for &list in order {
            let mut here = Looks::default();
            let mut merged = HashSet::new();
            // From the end, so that the first place that is met is the last one.
            let add = |here: &mut Looks, at: usize, look: (StepId, Look)| {
                if view.told_apart[look.0].is_some() {
                    here.entry(look).or_insert(at);
                }
            };
            let mut merge = |here: &mut Looks, at: usize, target: ListId| {
                let new = merged.insert(target).then_some(&last[target]);
                let looks = new.into_iter().flat_map(Looks::keys);
                looks.for_each(|look| add(here, at, *look));
            };
            let end = guide.lists[list].len();
            let cases = guide.cases.iter().filter(|case| case.steps == list);
            for End { when, outcome } in cases.flat_map(|case| &case.ends) {
                when.iter().for_each(|when| {
                    when.for_each_step(&mut |s, _| add(&mut here, end, (s, Look::Answer)));
                });
                merge(&mut here, end, guide.outcomes[*outcome].steps);
            }
            for (at, listed) in guide.lists[list].iter().enumerate().rev() {
                let step = listed.step;
                if view.comes_again(step) {
                    add(&mut here, at, (step, Look::Asked));
                }
                for when in guide.conditions(listed) {
                    when.for_each_step(&mut |s, _| add(&mut here, at, (s, Look::Answer)));
                }
                // An answer marks as done only what was not asked.
                for done in guide.at(step).choices.iter().flat_map(|c| &c.done) {
                    add(&mut here, at, (*done, Look::Asked));
                }
                for look in at_step.get(&step).into_iter().flatten() {
                    add(&mut here, at, *look);
                }
                for target in answers_lead_to(guide, step) {
                    merge(&mut here, at, target);
                }
            }
            last[list] = here;
        }
        Live { last, at_end }
    }

    /// Drops what is not looked at any more, so that places with the same future are equal.
    pub fn reduce(&self, guide: &Parts, rules: &[Rule], view: &View, cursor: &mut Cursor) {
        cursor.tidy(guide);
        cursor.forget(|cursor, step, progress| {
            let told_apart = view.told_apart[step]?;
            let is_live = |look| {
                let mut ends = self.at_end.get(&(step, look)).into_iter().flatten();
                ends.any(|rule| rules[*rule].is_open(cursor, step))
                    || self.may_come(guide, cursor, (step, look))
            };
            let (answer, asked) = (is_live(Look::Answer), is_live(Look::Asked));
            let Progress::Answered(chosen) = progress else {
                return (answer || asked).then_some(progress);
            };
            let kept = if answer {
                chosen & told_apart
            } else {
                ChoiceSet::NONE
            };
            (asked || !kept.is_empty()).then_some(Progress::Answered(kept))
        });
    }

    /// Whether steps that are still to come look at something.
    fn may_come(&self, guide: &Parts, cursor: &Cursor, look: (StepId, Look)) -> bool {
        let from = |list: ListId, at| self.last[list].get(&look).is_some_and(|last| *last >= at);
        let mut under_way = cursor.under_way().iter();
        let decides = |when: &Cond| {
            let mut asks = false;
            when.for_each_step(&mut |step, _| asks |= look == (step, Look::Answer));
            asks
        };
        let mut ends = cursor.may_end(guide);
        under_way.any(|(list, at)| from(*list, *at))
            || ends
                .any(|(when, end)| when.is_some_and(decides) || from(guide.outcomes[end].steps, 0))
    }
}
