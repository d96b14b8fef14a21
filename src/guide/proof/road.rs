//! Walks that show what a search found. A search that does not remember everything guesses; a walk
//! tells whether it guessed right and, if not, what has to be remembered, too.

use super::memory::Memory;
use super::search::{Move, Search};
use super::task::Task;
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::Node;
use crate::guide::cursor::{Cursor, Stop};
use crate::guide::ids::{CaseId, StepId};
use crate::guide::step::Kind;
use std::cmp::Reverse;

/// A walk from the start of a case to some place.
#[derive(Debug, Clone)]
pub struct Road {
    pub case: CaseId,
    pub answers: Vec<(StepId, ChoiceSet)>,
    pub end: Option<Node>,
}

/// What is counted on a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Prompts.
    Prompts,
    /// Questions before the first advice.
    Questions,
    /// The steps that a rule counts, on walks with the answers that it names.
    Counted(usize),
}

/// The most of something that a walk has as far as a search can tell, and a real walk that comes
/// near to it.
pub struct Longest {
    pub most: u32,
    /// How much the walk has; nothing if it does not get to where it would count.
    pub walked: Option<u32>,
    pub road: Road,
    /// What has to be remembered, too, where the walk has less.
    pub missing: Memory,
}

/// A walk, and a cursor with all its answers that follows it.
struct Walker {
    state: usize,
    cursor: Cursor,
    /// Whether it is shown the step that it has come to.
    shown: bool,
    road: Road,
}

impl Search<'_> {
    /// A walk to one of these states whose step is shown there, or what has to be remembered, too.
    pub fn road_to(&self, task: &Task, goals: &[usize]) -> Result<Road, Memory> {
        let mut is_goal = vec![false; self.states.len()];
        goals.iter().for_each(|goal| is_goal[*goal] = true);
        // For each state, how many moves it is at least to a goal.
        let mut far: Vec<Option<usize>> = vec![None; self.states.len()];
        for &state in &self.finished {
            let after = self.states[state]
                .next
                .iter()
                .filter_map(|(_, to)| far[*to]);
            let after = after.min().map(|n| n + 1);
            far[state] = if is_goal[state] { Some(0) } else { after };
        }
        let mut starts: Vec<_> = self.starts.with_ids().collect();
        starts.retain(|(_, start)| far[**start].is_some());
        starts.sort_by_key(|(_, start)| far[**start]);
        let mut missing = Memory::default();
        for (case, _) in starts {
            let mut walker = self.start(task, case);
            loop {
                if is_goal[walker.state] && walker.shown {
                    return Ok(walker.road);
                }
                let moves = self.moves(task, &walker);
                let moves = moves.filter(|(_, to)| far[*to].is_some());
                let Some((step, to)) = moves.min_by_key(|(_, to)| far[*to]) else {
                    missing.join(&self.reasons(task, &walker));
                    break;
                };
                self.go(task, &mut walker, step, to);
            }
        }
        Err(missing)
    }

    /// The most of something on a walk; nothing if there is no walk on which it is counted.
    pub fn longest(&self, task: &Task, measure: Measure) -> Option<Longest> {
        let mut most: Vec<Option<u32>> = vec![None; self.states.len()];
        match measure {
            Measure::Counted(rule) => {
                self.where_applies(rule)
                    .for_each(|state| most[state] = Some(0));
            }
            Measure::Prompts | Measure::Questions => {
                let ends = self
                    .finished
                    .iter()
                    .filter(|s| self.states[**s].next.is_empty());
                ends.for_each(|state| most[*state] = Some(0));
            }
        }
        let value = |most: &[Option<u32>], state, (step, to): (Move, usize)| {
            most[to].map(|after| self.count(task, measure, state, step, after))
        };
        for &state in &self.finished {
            let moves = self.states[state].next.iter();
            let best = moves.filter_map(|next| value(&most, state, *next)).max();
            most[state] = best.or(most[state]);
        }
        let starts = self.starts.with_ids();
        let starts = starts.filter_map(|(case, start)| Some((most[*start]?, case)));
        let (bound, case) = starts.min_by_key(|(most, _)| Reverse(*most))?;
        let mut missing = Memory::default();
        let mut walker = self.start(task, case);
        let (mut walked, mut counting) = (0, true);
        while !self.states[walker.state].next.is_empty() {
            let state = walker.state;
            let moves = self.moves(task, &walker);
            let best = moves.filter_map(|next| Some((value(&most, state, next)?, next)));
            let best = best.min_by_key(|(value, _)| Reverse(*value));
            if counting && best.map(|(value, _)| value) < most[state] {
                missing.join(&self.reasons(task, &walker));
            }
            let Some((_, (step, to))) = best else {
                break;
            };
            counting &= !self.ends_count(task, measure, state, step);
            walked += if counting {
                self.count(task, measure, state, step, 0)
            } else {
                0
            };
            self.go(task, &mut walker, step, to);
        }
        let arrived = most[walker.state] == Some(0) && self.states[walker.state].next.is_empty();
        Some(Longest {
            most: bound,
            walked: arrived.then_some(walked),
            road: walker.road,
            missing,
        })
    }

    /// How much a walk has from a state on, if it makes this move and then has so much.
    fn count(&self, task: &Task, measure: Measure, state: usize, step: Move, after: u32) -> u32 {
        let (Some(Node::Step(shown)), Move::Answer(_)) = (self.states[state].node, step) else {
            return after;
        };
        match measure {
            _ if self.ends_count(task, measure, state, step) => 0,
            Measure::Prompts | Measure::Questions => after + 1,
            Measure::Counted(rule) => after + u32::from(task.counted(rule).contains(&shown)),
        }
    }

    /// Whether the first advice is shown, after which no question counts.
    fn ends_count(&self, task: &Task, measure: Measure, state: usize, step: Move) -> bool {
        let (Some(Node::Step(shown)), Move::Answer(_)) = (self.states[state].node, step) else {
            return false;
        };
        let kind = task.guide.at(shown).kind;
        let asks = matches!(kind, Kind::Ask | Kind::AskSeveral | Kind::Fill(_));
        measure == Measure::Questions && !asks
    }

    fn start(&self, task: &Task, case: CaseId) -> Walker {
        let mut walker = Walker {
            state: self.starts[case],
            cursor: Cursor::start(task.guide, case),
            shown: true,
            road: Road {
                case,
                answers: Vec::new(),
                end: None,
            },
        };
        self.arrive(task, &mut walker);
        walker
    }

    fn go(&self, task: &Task, walker: &mut Walker, step: Move, to: usize) {
        if let (Some(Node::Step(shown)), Move::Answer(chosen)) = (walker.road.end, step) {
            walker.road.answers.push((shown, chosen));
        }
        self.take(&mut walker.cursor, walker.state, step);
        walker.state = to;
        self.arrive(task, walker);
    }

    fn arrive(&self, task: &Task, walker: &mut Walker) {
        let cursor = &mut walker.cursor;
        (walker.road.end, _) = self.view.advance(task.guide, cursor, &mut |_| {});
        walker.shown = match walker.cursor.come_to(task.guide) {
            Stop::Listed(listed) => walker.cursor.applies(task.guide, listed),
            Stop::Fork | Stop::Outcome(_) => true,
        };
    }

    /// The moves that the walk can really make.
    fn moves(&self, task: &Task, walker: &Walker) -> impl Iterator<Item = (Move, usize)> {
        let shown = walker.shown;
        let end = walker.cursor.heading_for(task.guide);
        let moves = self.states[walker.state].next.iter().copied();
        moves.filter(move |(step, _)| match step {
            Move::Answer(_) => shown,
            Move::LeaveOut => !shown,
            Move::EndIn(outcome) => *outcome == end,
        })
    }

    fn reasons(&self, task: &Task, walker: &Walker) -> Memory {
        Memory::reasons(task.guide, walker.cursor.clone(), &self.view)
    }
}
