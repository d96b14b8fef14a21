//! A walk: the fold of a history of answers over a guide. No terminal, no clock, no files.

use crate::field::Value;
use crate::guide::cursor::{Cursor, Progress};
use crate::guide::{
    CaseId, ChoiceSet, Cond, Goes, Guide, Kind, ListId, Node, Outcome, Standing, Step, StepId,
};
use crate::moment::Moment;
use crate::redact::Clean;
use std::collections::HashSet;

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Some of the step's choices.
    Chosen(ChoiceSet),
    /// What was typed.
    Typed(Value),
}

impl Answer {
    /// One choice, by its place.
    #[must_use]
    pub fn choice(n: usize) -> Answer {
        Answer::Chosen(ChoiceSet::one(n))
    }

    /// Any number of choices, by their places.
    #[must_use]
    pub fn several(places: &[usize]) -> Answer {
        Answer::Chosen(places.iter().copied().collect())
    }

    /// The choices that were made; a typed value is [`Standing::Given`].
    #[must_use]
    pub fn chosen(&self) -> ChoiceSet {
        match self {
            Answer::Chosen(set) => *set,
            Answer::Typed(_) => ChoiceSet::one(Standing::GIVEN),
        }
    }

    /// What was typed, if anything was.
    #[must_use]
    pub fn value(&self) -> Option<&Clean> {
        match self {
            Answer::Chosen(_) => None,
            Answer::Typed(value) => Some(value.text()),
        }
    }

    /// The places of the choices that were made.
    pub fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.chosen().places()
    }
}

/// An answer in a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What was answered.
    pub step: StepId,
    /// How.
    pub answer: Answer,
    /// When.
    pub at: Moment,
}

/// Why an answer does not fit where the walk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// The walk has ended.
    Ended,
    /// The step does not take this answer.
    Answer,
}

/// What may be left of a walk, if nothing out of the ordinary is answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// Prompts, the one at hand included.
    pub steps: usize,
    /// Minutes.
    pub minutes: u32,
}

/// The answers of a walk: given, taken back, and put aside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// Those that were given, in order.
    pub history: Vec<Entry>,
    /// Those that were taken back one by one: offered again, not given again.
    pub undone: Vec<Entry>,
    /// Those behind one that is being changed: given again where their step comes up.
    pub held: Vec<Entry>,
}

/// A walk over a guide.
#[derive(Debug, Clone, PartialEq)]
pub struct Walk<'g> {
    guide: &'g Guide,
    start: CaseId,
    cursor: Cursor,
    node: Node,
    history: Vec<Entry>,
    undone: Vec<Entry>,
    held: Vec<Entry>,
}

impl<'g> Walk<'g> {
    /// The start of a case.
    #[must_use]
    pub fn start(guide: &'g Guide, case: CaseId) -> Walk<'g> {
        let mut cursor = Cursor::start(guide, case);
        let node = cursor.advance(guide);
        let (history, undone, held) = (Vec::new(), Vec::new(), Vec::new());
        Walk {
            guide,
            start: case,
            cursor,
            node,
            history,
            undone,
            held,
        }
    }

    /// A walk as it was left, and those of its answers that do not fit any more: their step does
    /// not come up, or it has no such choice.
    #[must_use]
    pub fn replay(guide: &'g Guide, case: CaseId, past: Past) -> (Walk<'g>, Vec<Entry>) {
        let mut walk = Walk::start(guide, case);
        walk.held = past.history;
        let mut fallen = walk.catch_up();
        walk.held.extend(past.held);
        fallen.append(&mut walk.drop_unreachable());
        walk.undone = past.undone;
        (walk, fallen)
    }

    /// Everything that has to be kept so that [`Walk::replay`] makes the same walk of it.
    #[must_use]
    pub fn past(&self) -> Past {
        Past {
            history: self.history.clone(),
            undone: self.undone.clone(),
            held: self.held.clone(),
        }
    }

    /// The guide that the walk is over.
    #[must_use]
    pub fn guide(&self) -> &'g Guide {
        self.guide
    }

    /// The case that the walk started with.
    #[must_use]
    pub fn start_case(&self) -> CaseId {
        self.start
    }

    /// The case that the walk is in now.
    #[must_use]
    pub fn case(&self) -> CaseId {
        self.cursor.case
    }

    /// The answers so far, in order.
    #[must_use]
    pub fn history(&self) -> &[Entry] {
        &self.history
    }

    /// The answer to a step, if it was asked.
    #[must_use]
    pub fn answer_to(&self, step: StepId) -> Option<&Entry> {
        self.history.iter().find(|e| e.step == step)
    }

    /// Whether an earlier answer said that the step was done before the walk.
    #[must_use]
    pub fn was_done_before(&self, step: StepId) -> bool {
        self.cursor.progress(step) == Some(Progress::DoneBefore)
    }

    /// What comes next.
    #[must_use]
    pub fn next(&self) -> Node {
        self.node
    }

    /// The step that is to be shown next; nothing at an outcome.
    #[must_use]
    pub fn next_step(&self) -> Option<(StepId, &'g Step)> {
        match self.node {
            Node::Step(step) => Some((step, self.guide.at(step))),
            Node::Outcome(_) => None,
        }
    }

    /// The outcome that the walk has come to.
    #[must_use]
    pub fn outcome(&self) -> Option<&'g Outcome> {
        match self.node {
            Node::Step(_) => None,
            Node::Outcome(outcome) => Some(&self.guide.outcomes[outcome]),
        }
    }

    /// The outcome that the walk is heading for, as far as is known.
    #[must_use]
    pub fn heading_for(&self) -> &'g Outcome {
        &self.guide.outcomes[self.cursor.end]
    }

    /// Answers the step at hand. Answers that were held while an earlier one was changed are given
    /// again as far as their steps come up; those that cannot any more are returned.
    ///
    /// # Errors
    /// [`Misfit`], and the walk is as it was.
    pub fn answer(&mut self, answer: Answer, at: Moment) -> Result<Vec<Entry>, Misfit> {
        let Node::Step(step) = self.node else {
            return Err(Misfit::Ended);
        };
        if !fits(self.guide.at(step), &answer) {
            return Err(Misfit::Answer);
        }
        self.undone.retain(|e| e.step != step);
        self.held.retain(|e| e.step != step);
        self.take(Entry { step, answer, at });
        Ok(self.catch_up())
    }

    fn take(&mut self, entry: Entry) {
        self.cursor
            .choose(self.guide, entry.step, entry.answer.chosen());
        self.node = self.cursor.advance(self.guide);
        self.history.push(entry);
    }

    /// Gives held answers again, and returns those whose step cannot come up any more.
    fn catch_up(&mut self) -> Vec<Entry> {
        let mut misfits = Vec::new();
        while let Node::Step(step) = self.node {
            let Some(at) = self.held.iter().position(|e| e.step == step) else {
                break;
            };
            let entry = self.held.remove(at);
            if fits(self.guide.at(step), &entry.answer) {
                self.take(entry);
            } else {
                misfits.push(entry);
            }
        }
        misfits.append(&mut self.drop_unreachable());
        misfits
    }

    /// Takes out held answers whose step cannot come up any more.
    fn drop_unreachable(&mut self) -> Vec<Entry> {
        if self.held.is_empty() {
            return Vec::new();
        }
        let may_come = self.may_come();
        let (held, fallen) = std::mem::take(&mut self.held)
            .into_iter()
            .partition(|e| may_come.contains(&e.step));
        self.held = held;
        fallen
    }

    /// Takes the last answer back; it is offered again as the default. `false` at the start.
    pub fn back(&mut self) -> bool {
        let Some(entry) = self.history.pop() else {
            return false;
        };
        self.undone.push(entry);
        self.rewind(self.history.len());
        true
    }

    /// Goes back to an earlier answer to change it. The answers behind it are held, and given
    /// again once the step is answered anew.
    pub fn change(&mut self, nth: usize) {
        if nth >= self.history.len() {
            return;
        }
        let mut later = self.history.split_off(nth + 1);
        later.append(&mut self.held);
        self.held = later;
        self.back();
    }

    /// Walks the first answers of the history anew.
    fn rewind(&mut self, answers: usize) {
        let kept: Vec<Entry> = self.history.drain(..).take(answers).collect();
        self.cursor = Cursor::start(self.guide, self.start);
        self.node = self.cursor.advance(self.guide);
        kept.into_iter().for_each(|entry| self.take(entry));
    }

    /// What was answered to a step before it was taken back.
    #[must_use]
    pub fn earlier(&self, step: StepId) -> Option<&Answer> {
        self.undone
            .iter()
            .chain(&self.held)
            .find(|e| e.step == step)
            .map(|e| &e.answer)
    }

    /// Every step that may still come up, whatever is answered from here on.
    ///
    /// A condition over steps that are still open may come true either way, so it counts as true.
    #[must_use]
    pub fn may_come(&self) -> HashSet<StepId> {
        let guide = self.guide;
        let mut steps = HashSet::new();
        let mut lists: Vec<(ListId, usize)> = self.cursor.under_way().to_vec();
        if !self.cursor.is_closing() {
            lists.push((guide.outcomes[self.cursor.end].steps, 0));
        }
        let mut met: HashSet<ListId> = HashSet::new();
        while let Some((list, from)) = lists.pop() {
            for &step in &guide.lists[list][from..] {
                let shown = guide.at(step);
                let may = shown.when.as_ref().is_none_or(|when| self.may_hold(when));
                if self.cursor.progress(step).is_some() || !may || !steps.insert(step) {
                    continue;
                }
                for choice in &shown.choices {
                    let away: &[ListId] = match choice.goes {
                        Goes::On => &[],
                        Goes::End(outcome) => &[guide.outcomes[outcome].steps],
                        Goes::Over(case) => {
                            let case = &guide.cases[case];
                            &[case.steps, guide.outcomes[case.end].steps]
                        }
                    };
                    let new = choice.then.iter().chain(away).filter(|l| met.insert(**l));
                    lists.extend(new.map(|l| (*l, 0)));
                }
            }
        }
        steps
    }

    fn may_hold(&self, when: &Cond) -> bool {
        let mut open = false;
        when.visit(&mut |step, _| open |= self.cursor.progress(step).is_none());
        open || when.asks_for_case() || self.cursor.holds(self.guide, when)
    }

    /// How much is left at most, if every step behind the one at hand gets the answer that leads
    /// straight on. Shorter than thought is a relief; longer is not.
    #[must_use]
    pub fn left(&self) -> Left {
        let Node::Step(step) = self.node else {
            return Left::default();
        };
        let shown = self.guide.at(step);
        let each = (0..shown.choices.len()).map(ChoiceSet::one);
        let none = (shown.kind == Kind::AskSeveral).then_some(ChoiceSet::NONE);
        let lefts = each.chain(none).map(|chosen| self.left_after(step, chosen));
        lefts.fold(Left::default(), |most, left| Left {
            steps: most.steps.max(left.steps),
            minutes: most.minutes.max(left.minutes),
        })
    }

    fn left_after(&self, step: StepId, chosen: ChoiceSet) -> Left {
        let mut cursor = self.cursor.clone();
        let (mut next, mut chosen) = (Node::Step(step), Some(chosen));
        let mut left = Left::default();
        while let Node::Step(step) = next {
            let shown = self.guide.at(step);
            left.steps += 1;
            left.minutes += u32::from(shown.minutes);
            let chosen = chosen.take().unwrap_or_else(|| straight_on(shown));
            cursor.choose(self.guide, step, chosen);
            next = cursor.advance(self.guide);
        }
        left
    }
}

/// The answer that neither inserts steps nor leads away, or the first where there is none.
fn straight_on(step: &Step) -> ChoiceSet {
    if step.kind == Kind::AskSeveral {
        return ChoiceSet::NONE;
    }
    let plain = step
        .choices
        .iter()
        .position(|c| c.goes == Goes::On && c.then.is_none());
    ChoiceSet::one(plain.unwrap_or(0))
}

/// Whether a step takes an answer.
fn fits(step: &Step, answer: &Answer) -> bool {
    match (step.kind, answer) {
        (Kind::Fill(field), Answer::Typed(value)) => value.field() == field,
        (_, Answer::Typed(_)) => false,
        (Kind::Fill(_), Answer::Chosen(set)) => {
            step.standing(Standing::Skipped).map(ChoiceSet::one) == Some(*set)
        }
        (kind, Answer::Chosen(set)) => {
            let all = ChoiceSet::first(step.choices.len());
            set.is_within(all) && (set.len() == 1 || kind == Kind::AskSeveral)
        }
    }
}
