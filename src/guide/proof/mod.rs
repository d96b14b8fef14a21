//! Proofs over all walks.
//!
//! A guide without cycles has finitely many walks, but far too many to try one by one. The rest of a
//! walk depends only on the steps that are still to come and on those earlier answers that a
//! condition or a rule may still look at. Walks that agree in these have the same future and are
//! in the same *state*. A search visits each state once, depth first, with the
//! [`Cursor`](super::cursor::Cursor) that walks use. The first search remembers every answer that
//! something looks at; if its states fit, it visits every state that a walk can be in and no other,
//! and answers all questions at once.
//!
//! In a guide where many answers matter for long it does not fit. Then each question is proven on
//! its own slice of the guide: a search remembers only some answers, and where a condition asks
//! about another one it follows both ways. So it visits all that a walk can come to, and perhaps
//! more. If it does not meet what the question is about, no walk does. If it does, a real walk is
//! led along the same way. Either it arrives, which answers the question, or a condition stops it;
//! then the answers that the condition asks about are remembered, too, and the search is repeated.
//! Questions share a search as long as their slices fit together. Limits on prompts and questions
//! are proven in the same way; where even that does not fit, what is proven is an upper bound.

mod live;
mod memory;
mod order;
mod report;
mod road;
mod search;
mod task;

use super::finding::{Findings, Places};
use super::ids::StepId;
use super::parts::Parts;
use super::rule::{Demand, Rule};
use memory::{Memory, When, comes_again};
use order::{check_nesting, order_of_lists};
use report::{Answer, Found};
use road::Measure;
use search::{Search, Tangle};
use task::{Event, Task};

pub use task::{Budget, Most};

/// What a proof has established about a guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// How many states were visited.
    pub states: usize,
    /// The most prompts on a walk.
    pub longest: Most,
    /// The most questions before the first advice.
    pub advice: Most,
}

/// Proves that every walk ends, that everything can be reached and that every rule is kept, and
/// notes what does not hold. Nothing is proven about a guide with a cycle.
pub fn prove(
    guide: &Parts,
    rules: &[Rule],
    places: &Places,
    findings: &Findings,
    budget: Budget,
) -> Option<Proof> {
    let order = order_of_lists(guide, places, findings)?;
    check_nesting(guide, &order, places, findings)?;
    let comes_again = comes_again(guide, &order);
    let task = Task {
        guide,
        rules,
        order,
        comes_again,
        budget,
    };
    let found = task.prove();
    found.tell(&task, places, findings);
    Some(Proof {
        states: found.states,
        longest: found.most(Measure::Prompts),
        advice: found.most(Measure::Questions),
    })
}

impl Task<'_> {
    fn prove(&self) -> Found {
        let mut found = Found::new(self);
        let rules: Vec<usize> = (0..self.rules.len()).collect();
        let full = Memory::full(self.guide, self.rules, &self.comes_again);
        let mut search = Search::new(self, &full, &rules);
        let fits = search.run(self.together()).is_ok();
        found.states += search.states.len();
        // It guesses nothing, so what it met happens, even if it did not come to its end.
        let states = search.states.iter();
        states.for_each(|state| found.meets(state.node));
        found.left_out.extend(&search.left_out);
        if fits {
            for rule in rules {
                let goals: Vec<usize> = search.where_applies(rule).collect();
                if let (false, Ok(road)) = (self.counts(rule), search.road_to(self, &goals)) {
                    found.answer(Event::Breaks(rule), Answer::Yes(road));
                }
            }
            for measure in self.measures() {
                found.measured(measure, search.longest(self, measure));
            }
            return found;
        }
        drop(search);
        let mut open = Vec::new();
        for rule in rules.into_iter().filter(|rule| !self.counts(*rule)) {
            open.push((Event::Breaks(rule), Memory::of(&self.rules[rule])));
        }
        let steps = self.guide.steps.ids().map(Event::Shows);
        let outcomes = self.guide.outcomes.ids().map(Event::Ends);
        let reached = steps.chain(outcomes);
        open.extend(reached.map(|event| (event, Memory::default())));
        open.extend(When::all(self.guide).filter_map(|when| {
            let memory = Memory::of_condition(self.guide, when.condition(self.guide)?);
            Some((Event::LeavesOut(when), memory))
        }));
        self.settle(open, &mut found);
        for measure in self.measures() {
            self.measure(measure, &mut found);
        }
        found
    }

    /// Whether a rule counts steps, so that it is measured instead of being broken somewhere.
    fn counts(&self, rule: usize) -> bool {
        matches!(self.rules[rule].demand, Demand::AtMost { .. })
    }

    /// The steps that a rule counts.
    fn counted(&self, rule: usize) -> &[StepId] {
        match &self.rules[rule].demand {
            Demand::AtMost { of, .. } => of,
            _ => &[],
        }
    }

    fn measures(&self) -> impl Iterator<Item = Measure> {
        let counting = (0..self.rules.len()).filter(|rule| self.counts(*rule));
        let all = [Measure::Prompts, Measure::Questions];
        all.into_iter().chain(counting.map(Measure::Counted))
    }

    /// The most that the guide's rules allow of something.
    fn limit(&self, measure: Measure) -> Option<u32> {
        let rules = self.rules.iter().enumerate();
        let limits = rules.filter_map(|(n, rule)| match (&rule.demand, measure) {
            (Demand::Longest(most), Measure::Prompts)
            | (Demand::Advice(most), Measure::Questions) => Some(*most),
            (Demand::AtMost { most, .. }, Measure::Counted(rule)) if rule == n => Some(*most),
            _ => None,
        });
        limits.min()
    }

    /// How many states a search for several questions may visit.
    fn together(&self) -> usize {
        let lists = self.order.iter().map(|list| self.guide.lists[*list].len());
        let steps: usize = lists.sum();
        let together = self.budget.together.max(self.budget.per_step * steps);
        together.min(self.budget.each)
    }

    /// Runs a search within its own limit and the one for all searches.
    fn run(&self, search: &mut Search, most: usize, found: &mut Found) -> Result<(), Tangle> {
        let left = (5 * self.budget.each).saturating_sub(found.states);
        let result = search.run(most.min(left));
        found.states += search.states.len();
        result
    }

    /// Answers whether each of these happens, each with what has to be remembered to tell.
    fn settle(&self, open: Vec<(Event, Memory)>, found: &mut Found) {
        let mut batches = vec![open];
        while let Some(mut batch) = batches.pop() {
            batch.retain(|(event, _)| !found.is_met(*event));
            if batch.is_empty() {
                continue;
            }
            let mut together = Memory::default();
            batch.iter().for_each(|(_, memory)| together.join(memory));
            let rules = batch.iter().filter_map(|(event, _)| match event {
                Event::Breaks(rule) => Some(*rule),
                Event::Shows(_) | Event::Ends(_) | Event::LeavesOut(_) => None,
            });
            let mut search = Search::new(self, &together, &rules.collect::<Vec<_>>());
            let alone = batch.len() == 1;
            let most = if alone {
                self.budget.each
            } else {
                self.together()
            };
            match self.run(&mut search, most, found) {
                Err(tangle) if alone => found.answer(batch[0].0, Answer::Unknown(tangle)),
                Err(_) => {
                    let half = batch.split_off(batch.len() / 2);
                    batches.extend([half, batch]);
                }
                Ok(()) => {
                    // On walks that may not exist, but if it is missed, a warning is.
                    found.left_out.extend(&search.left_out);
                    batch.retain_mut(|(event, memory)| {
                        let goals = search.states_of(*event);
                        if found.is_met(*event) || goals.is_empty() {
                            return false;
                        }
                        let road = search.road_to(self, &goals);
                        road.map_err(|missing| memory.join(&missing))
                            .map(|road| found.answer(*event, Answer::Yes(road)))
                            .is_err()
                    });
                    batches.push(batch);
                }
            }
        }
    }

    /// Proves how much of something a walk has at most: exactly if that fits, or as far as the
    /// guide's own rule wants it.
    fn measure(&self, measure: Measure, found: &mut Found) {
        let limit = self.limit(measure);
        let (mut memory, rules) = match measure {
            Measure::Counted(rule) => (Memory::of(&self.rules[rule]), vec![rule]),
            Measure::Prompts | Measure::Questions => (Memory::default(), Vec::new()),
        };
        let mut missing = Memory::default();
        let (mut most, mut measured) = (self.budget.each / 10, false);
        loop {
            let mut more = memory.clone();
            more.join(&missing);
            let mut search = Search::new(self, &more, &rules);
            if self.run(&mut search, most, found).is_err() {
                if most < self.budget.each && (limit.is_some() || !measured) {
                    most = self.budget.each;
                } else if !missing.halve() {
                    return;
                }
                continue;
            }
            let longest = search.longest(self, measure);
            let bound = longest.as_ref().map_or(0, |longest| longest.most);
            let walked = longest.as_ref().map_or(Some(0), |longest| longest.walked);
            memory = more;
            missing = longest
                .as_ref()
                .map(|longest| longest.missing.clone())
                .unwrap_or_default();
            found.measured(measure, longest);
            measured = true;
            let enough = limit.is_some_and(|limit| bound <= limit);
            if walked == Some(bound) || enough && walked.is_some() {
                return;
            }
        }
    }
}
