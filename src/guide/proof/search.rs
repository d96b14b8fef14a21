//! A depth-first search through all states of a guide's walks, as far as they are remembered.

use super::live::Live;
use super::memory::{Memory, View, When};
use super::task::{Event, Task};
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::Node;
use crate::guide::cursor::Cursor;
use crate::guide::ids::{CaseId, IdVec, OutcomeId, StepId};
use crate::guide::step::{Choice, Goes, Kind};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How many lists, steps and answers a state may hold on average.
const MAX_WEIGHT: usize = 20;

/// What a walk does in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// The step is shown and gets this answer.
    Answer(ChoiceSet),
    /// The step is left out.
    LeaveOut,
    /// The case ends in this outcome.
    EndIn(OutcomeId),
}

/// A state that was visited.
pub struct State {
    /// The step that a walk comes to, or its end; nothing at the end of a case that may end in
    /// several outcomes.
    pub node: Option<Node>,
    /// The moves from here, each with the state that it leads to.
    pub next: Vec<(Move, usize)>,
}

/// Why a search was given up.
#[derive(Debug, Clone)]
pub struct Tangle {
    /// How many states it may visit.
    pub most: usize,
    /// The place that most states are at.
    pub at: Option<StepId>,
    /// The steps whose answers these states remember.
    pub remembered: Vec<StepId>,
}

/// The states that were visited.
pub struct Search<'t> {
    task: &'t Task<'t>,
    pub view: View<'t>,
    live: Live,
    rules: IdVec<StepId, Vec<usize>>,
    rules_at_end: Vec<usize>,
    known: HashMap<Cursor, usize>,
    pub states: Vec<State>,
    /// The states in the order in which they were finished: each after all that it leads to.
    pub finished: Vec<usize>,
    weight: usize,
    /// The state that each case starts in.
    pub starts: IdVec<CaseId, usize>,
    /// The rules that apply in a state, if its step is shown.
    applies: Vec<(usize, usize)>,
    /// The conditions that left a step out.
    pub left_out: HashSet<When>,
}

/// A state whose moves are being followed.
struct Open {
    state: usize,
    cursor: Cursor,
    moves: Vec<Move>,
}

impl<'t> Search<'t> {
    /// A search that remembers so much, and looks where these rules are broken.
    pub fn new(task: &'t Task<'t>, memory: &Memory, rules: &[usize]) -> Search<'t> {
        let guide = task.guide;
        let view = View::new(guide, memory, &task.comes_again);
        let live = Live::of(guide, task.rules, rules, &view, &task.order);
        let mut at_steps = guide.steps.filled(Vec::new());
        let mut rules_at_end = Vec::new();
        for &rule in rules {
            for place in task.rules[rule].places() {
                match place {
                    Some(step) => at_steps[step].push(rule),
                    None => rules_at_end.push(rule),
                }
            }
        }
        Search {
            task,
            view,
            live,
            rules: at_steps,
            rules_at_end,
            known: HashMap::new(),
            states: Vec::new(),
            finished: Vec::new(),
            weight: 0,
            starts: IdVec::new(),
            applies: Vec::new(),
            left_out: HashSet::new(),
        }
    }

    /// Visits every state.
    ///
    /// # Errors
    /// Where they pile up, if there are more than `most`.
    pub fn run(&mut self, most: usize) -> Result<(), Tangle> {
        let guide = self.task.guide;
        let mut open: Vec<Open> = Vec::new();
        for case in guide.cases.ids() {
            let (start, first) = self.visit(Cursor::start(guide, case), most)?;
            self.starts.push(start);
            open.extend(first);
            while let Some(top) = open.last_mut() {
                let from = top.state;
                let Some(step) = top.moves.pop() else {
                    self.finished.push(from);
                    open.pop();
                    continue;
                };
                let mut cursor = top.cursor.clone();
                self.take(&mut cursor, from, step);
                let (to, new) = self.visit(cursor, most)?;
                self.states[from].next.push((step, to));
                open.extend(new);
            }
        }
        Ok(())
    }

    /// Makes a move from a state.
    pub fn take(&self, cursor: &mut Cursor, state: usize, step: Move) {
        match (self.states[state].node, step) {
            (Some(Node::Step(step)), Move::Answer(chosen)) => {
                cursor.choose(self.task.guide, step, chosen);
            }
            (_, Move::EndIn(outcome)) => cursor.end_in(outcome),
            _ => cursor.skip(),
        }
    }

    /// Looks a place up, and adds a state for it if it is new.
    fn visit(&mut self, mut cursor: Cursor, most: usize) -> Result<(usize, Option<Open>), Tangle> {
        let Task { guide, rules, .. } = self.task;
        let left_out = &mut self.left_out;
        let (node, sure) = self.view.advance(guide, &mut cursor, &mut |when| {
            left_out.insert(when);
        });
        self.live.reduce(guide, rules, &self.view, &mut cursor);
        if let Some(&state) = self.known.get(&cursor) {
            return Ok((state, None));
        }
        let state = self.states.len();
        if state == most {
            return Err(self.tangle(most));
        }
        let next = Vec::new();
        self.states.push(State { node, next });
        let (mut moves, rules_here) = match node {
            Some(Node::Step(step)) => (self.answers(step, most)?, &self.rules[step][..]),
            Some(Node::Outcome(_)) => (Vec::new(), &self.rules_at_end[..]),
            None => {
                let ends = self.view.ends(guide, &cursor).into_iter();
                (ends.rev().map(Move::EndIn).collect(), &[][..])
            }
        };
        if !sure {
            moves.push(Move::LeaveOut);
        }
        self.weight += cursor.weight() + moves.len();
        if self.weight > MAX_WEIGHT * most {
            return Err(self.tangle(most));
        }
        for &rule in rules_here {
            if node.is_some_and(|node| rules[rule].applies(&cursor, node)) {
                self.applies.push((rule, state));
            }
        }
        self.known.insert(cursor.clone(), state);
        self.states[state].next.reserve_exact(moves.len());
        let open = Open {
            state,
            cursor,
            moves,
        };
        Ok((state, Some(open)))
    }

    /// The answers to a step that differ in what follows from them, the first one last.
    fn answers(&self, step: StepId, most: usize) -> Result<Vec<Move>, Tangle> {
        let shown = self.task.guide.at(step);
        let told_apart = self.view.told_apart[step].unwrap_or_default();
        let marks = |choice: &Choice| {
            let mut done = choice.done.iter();
            done.any(|step| self.view.told_apart[*step].is_some())
        };
        let matters = |n: &usize| {
            let choice = &shown.choices[*n];
            told_apart.contains(*n)
                || choice.then.is_some()
                || choice.goes != Goes::On
                || marks(choice)
        };
        let all = 0..shown.choices.len();
        if shown.kind != Kind::AskSeveral {
            let plain = all.clone().find(|n| !matters(n));
            let apart = all.filter(|n| matters(n) || Some(*n) == plain);
            return Ok(apart.rev().map(ChoiceSet::one).map(Move::Answer).collect());
        }
        let apart: Vec<usize> = all.filter(matters).collect();
        if most >> apart.len() == 0 {
            return Err(Tangle {
                most,
                at: Some(step),
                remembered: vec![step],
            });
        }
        let mut sets = vec![ChoiceSet::NONE];
        for n in apart {
            let with = sets.iter().map(|set| *set | ChoiceSet::one(n));
            sets.extend(with.collect::<Vec<_>>());
        }
        // Where more have to be ticked, some of the others are.
        let others = (0..shown.choices.len()).filter(|n| !matters(n));
        for set in &mut sets {
            let missing = usize::from(shown.least).saturating_sub(set.len());
            *set |= others.clone().take(missing).collect();
        }
        sets.retain(|set| shown.is_enough(set.len()));
        Ok(sets.into_iter().rev().map(Move::Answer).collect())
    }

    fn tangle(&self, most: usize) -> Tangle {
        let mut at_steps = self.task.guide.steps.filled(0);
        for state in &self.states {
            if let Some(Node::Step(step)) = state.node {
                at_steps[step] += 1;
            }
        }
        let worst = at_steps
            .with_ids()
            .min_by_key(|(_, count)| Reverse(**count));
        let at = worst.map(|(step, _)| step);
        let node = at.map(Node::Step);
        let here = self
            .known
            .iter()
            .filter(|(_, s)| self.states[**s].node == node);
        let steps = here.flat_map(|(cursor, _)| cursor.known().iter().map(|(step, _)| *step));
        Tangle {
            most,
            at,
            remembered: steps.collect::<BTreeSet<_>>().into_iter().collect(),
        }
    }

    /// The states in which something happens if their step is shown.
    pub fn states_of(&self, event: Event) -> Vec<usize> {
        let at = |node| {
            let states = self.states.iter().enumerate();
            let there = states.filter(|(_, state)| state.node == Some(node));
            there.map(|(n, _)| n).collect()
        };
        match event {
            Event::Breaks(rule) => self.where_applies(rule).collect(),
            Event::Shows(step) => at(Node::Step(step)),
            Event::Ends(outcome) => at(Node::Outcome(outcome)),
            Event::LeavesOut(_) => Vec::new(),
        }
    }

    /// The states in which a rule applies if their step is shown.
    pub fn where_applies(&self, rule: usize) -> impl Iterator<Item = usize> {
        let applies = self
            .applies
            .iter()
            .filter(move |(applies, _)| *applies == rule);
        applies.map(|(_, state)| *state)
    }
}
