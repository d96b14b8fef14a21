//! A depth-first search through all states of a guide's walks.

use super::relevant::Relevant;
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::{Cond, Node};
use crate::guide::cursor::Cursor;
use crate::guide::ids::{CaseId, GroupId, IdVec, StepId};
use crate::guide::parts::Parts;
use crate::guide::rule::{Demand, Rule};
use crate::guide::step::{Goes, Kind};
use std::collections::HashMap;

/// The most states that a proof may visit.
pub const MAX_STATES: usize = 200_000;
/// The most that all states together may remember, in lists and steps: about 60 MB.
const MAX_WEIGHT: usize = 4_000_000;
/// The most answers that make a difference later, at a question with several.
const MAX_SEVERAL: usize = 10;

/// A state that was visited, and what is known about the walks from there on.
pub struct State {
    pub node: Node,
    /// The state before it on the first walk that came here, and the choices made there.
    pub from: Option<(usize, ChoiceSet)>,
    /// The most prompts still to come.
    pub longest: u32,
    /// The most questions still to come before the first advice.
    pub advice: u32,
    /// What each rule that counts finds from here on; nothing where it counts on no walk.
    pub counts: Vec<Option<Count>>,
}

/// What a rule that counts finds on the walk on which it counts most.
#[derive(Clone, Copy)]
pub struct Count {
    /// How many of its steps come.
    pub steps: u32,
    /// What is answered first on that walk, and the state that follows.
    pub by: Option<(ChoiceSet, usize)>,
}

/// The states that were visited so far.
pub struct Search<'g> {
    pub guide: &'g Parts,
    pub rules: &'g [Rule],
    /// The rules that count, each with the steps that it counts.
    counting: Vec<(&'g Rule, &'g [StepId])>,
    relevant: &'g Relevant,
    known: HashMap<Cursor, usize>,
    pub states: Vec<State>,
    /// How many lists and steps the states remember together.
    weight: usize,
    /// The state that each case starts in.
    pub starts: IdVec<CaseId, usize>,
    /// For each rule: the first state that breaks it.
    pub broken: Vec<Option<usize>>,
    /// For each step: whether its own condition ever left it out.
    pub left_out: IdVec<StepId, bool>,
    /// For each group: whether its condition ever left a step out.
    pub left_out_groups: IdVec<GroupId, bool>,
}

/// A state whose answers are being followed.
struct Open {
    state: usize,
    cursor: Cursor,
    answers: Vec<ChoiceSet>,
    followed: usize,
}

impl<'g> Search<'g> {
    pub fn new(guide: &'g Parts, rules: &'g [Rule], relevant: &'g Relevant) -> Search<'g> {
        let counting = rules.iter().filter_map(|rule| match &rule.demand {
            Demand::AtMost { of, .. } => Some((rule, &of[..])),
            _ => None,
        });
        Search {
            guide,
            rules,
            counting: counting.collect(),
            relevant,
            known: HashMap::new(),
            states: Vec::new(),
            weight: 0,
            starts: IdVec::new(),
            broken: vec![None; rules.len()],
            left_out: guide.steps.filled(false),
            left_out_groups: guide.groups.filled(false),
        }
    }

    /// Visits every state. Fails, with the reason, if there are too many.
    pub fn run(&mut self) -> Result<(), String> {
        let mut open: Vec<Open> = Vec::new();
        for case in self.guide.cases.ids() {
            let cursor = Cursor::start(self.guide, case);
            let (start, first) = self.visit(cursor, None)?;
            self.starts.push(start);
            open.extend(first);
            while let Some(top) = open.last_mut() {
                if let Some(&chosen) = top.answers.get(top.followed) {
                    top.followed += 1;
                    let Node::Step(step) = self.states[top.state].node else {
                        continue;
                    };
                    let mut cursor = top.cursor.clone();
                    cursor.choose(self.guide, step, chosen);
                    let from = top.state;
                    let (to, new) = self.visit(cursor, Some((from, chosen)))?;
                    if new.is_none() {
                        self.learn(from, chosen, to);
                    }
                    open.extend(new);
                } else {
                    let done = top.state;
                    open.pop();
                    if let Some((before, chosen)) = self.states[done].from {
                        self.learn(before, chosen, done);
                    }
                }
            }
        }
        Ok(())
    }

    /// Looks a place up, and adds a state for it if it is new.
    fn visit(
        &mut self,
        mut cursor: Cursor,
        from: Option<(usize, ChoiceSet)>,
    ) -> Result<(usize, Option<Open>), String> {
        let guide = self.guide;
        let node = cursor.advance_past(guide, &mut |cursor, listed| {
            let fails = |when: Option<&Cond>| when.is_some_and(|when| !cursor.holds(guide, when));
            self.left_out[listed.step] |= fails(guide.at(listed.step).when.as_ref());
            for group in &listed.groups {
                self.left_out_groups[*group] |= fails(guide.groups[*group].as_ref());
            }
        });
        self.relevant.reduce(self.guide, &mut cursor);
        if let Some(&state) = self.known.get(&cursor) {
            return Ok((state, None));
        }
        let state = self.states.len();
        self.weight += cursor.weight();
        if state == MAX_STATES || self.weight > MAX_WEIGHT {
            return Err(format!(
                "the walks of this guide have more than {MAX_STATES} states, or states that remember too much"
            ));
        }
        for (rule, broken) in self.rules.iter().zip(&mut self.broken) {
            if broken.is_none() && rule.is_broken(&cursor, node) {
                *broken = Some(state);
            }
        }
        let ended = matches!(node, Node::Outcome(_));
        let counts = self.counting.iter();
        let none = Count { steps: 0, by: None };
        let counts = counts.map(|(rule, _)| (ended && rule.counts(&cursor)).then_some(none));
        self.states.push(State {
            node,
            from,
            longest: 0,
            advice: 0,
            counts: counts.collect(),
        });
        self.known.insert(cursor.clone(), state);
        let answers = match node {
            Node::Step(step) => self.answers(step)?,
            Node::Outcome(_) => Vec::new(),
        };
        Ok((
            state,
            Some(Open {
                state,
                cursor,
                answers,
                followed: 0,
            }),
        ))
    }

    /// The answers to a step that differ in what follows from them.
    fn answers(&self, step: StepId) -> Result<Vec<ChoiceSet>, String> {
        let told_apart = self.relevant.told_apart[step];
        let shown = self.guide.at(step);
        let matters = |n: usize| {
            let choice = &shown.choices[n];
            told_apart.contains(n)
                || choice.then.is_some()
                || choice.goes != Goes::On
                || !choice.done.is_empty()
        };
        let all = 0..shown.choices.len();
        if shown.kind != Kind::AskSeveral {
            let plain = all.clone().find(|n| !matters(*n));
            return Ok(all
                .filter(|n| matters(*n) || Some(*n) == plain)
                .map(ChoiceSet::one)
                .collect());
        }
        let apart: Vec<usize> = all.filter(|n| matters(*n)).collect();
        if apart.len() > MAX_SEVERAL {
            return Err(format!(
                "`{}` has {} answers that make a difference later, at most {MAX_SEVERAL} can be proven",
                shown.id,
                apart.len()
            ));
        }
        let mut sets = vec![ChoiceSet::NONE];
        for n in apart {
            let with = sets.iter().map(|set| *set | ChoiceSet::one(n));
            sets.extend(with.collect::<Vec<_>>());
        }
        // Where more have to be ticked, some of the others are.
        let others = (0..shown.choices.len()).filter(|n| !matters(*n));
        for set in &mut sets {
            let missing = usize::from(shown.least).saturating_sub(set.len());
            *set |= others.clone().take(missing).collect();
        }
        sets.retain(|set| shown.is_enough(set.len()));
        Ok(sets)
    }

    /// Updates a state from one that comes right after it, by these choices.
    fn learn(&mut self, before: usize, chosen: ChoiceSet, after: usize) {
        let (longest, advice) = (self.states[after].longest, self.states[after].advice);
        for (n, (_, of)) in self.counting.iter().enumerate() {
            let Some(Count { steps, .. }) = self.states[after].counts[n] else {
                continue;
            };
            let state = &mut self.states[before];
            let counted = matches!(state.node, Node::Step(step) if of.contains(&step));
            let steps = steps + u32::from(counted);
            if state.counts[n].is_none_or(|most| most.steps < steps) {
                let by = Some((chosen, after));
                state.counts[n] = Some(Count { steps, by });
            }
        }
        let state = &mut self.states[before];
        state.longest = state.longest.max(longest + 1);
        if let Node::Step(step) = state.node
            && matches!(
                self.guide.at(step).kind,
                Kind::Ask | Kind::AskSeveral | Kind::Fill(_)
            )
        {
            state.advice = state.advice.max(advice + 1);
        }
    }

    /// The most prompts on a walk.
    pub fn longest(&self) -> u32 {
        self.most(|state| state.longest)
    }

    /// The most questions on a walk before the first advice.
    pub fn advice(&self) -> u32 {
        self.most(|state| state.advice)
    }

    /// The most steps that a rule counts on a walk, and the start of that walk; nothing if it counts
    /// on none.
    pub fn most_counted(&self, rule: &Rule) -> Option<(u32, usize)> {
        let n = self.place_of(rule)?;
        let counts = self.starts.iter().filter_map(|start| {
            let count = self.states[*start].counts[n]?;
            Some((count.steps, *start))
        });
        counts.max_by_key(|(count, _)| *count)
    }

    /// The walk from a state on which a rule counts most: each step with what is answered, and the
    /// state that it ends in.
    pub fn walk_counted(&self, rule: &Rule, start: usize) -> (Vec<(StepId, ChoiceSet)>, usize) {
        let (mut answers, mut at) = (Vec::new(), start);
        let next = |at: usize| self.states[at].counts[self.place_of(rule)?]?.by;
        while let (Node::Step(step), Some((chosen, after))) = (self.states[at].node, next(at)) {
            answers.push((step, chosen));
            at = after;
        }
        (answers, at)
    }

    fn place_of(&self, rule: &Rule) -> Option<usize> {
        let mut counting = self.counting.iter();
        counting.position(|(counting, _)| std::ptr::eq(*counting, rule))
    }

    fn most(&self, measure: impl Fn(&State) -> u32) -> u32 {
        let starts = self.starts.iter().map(|start| &self.states[*start]);
        starts.map(measure).max().unwrap_or(0)
    }
}
