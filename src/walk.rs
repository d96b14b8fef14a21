//! A walk: a log of answers, folded over a guide. No terminal, no clock, no files.

use crate::answer::{Answer, Entry, Log};
use crate::guide::cursor::{Cursor, Progress};
use crate::guide::{
    CaseId, Choice, ChoiceSet, Cond, Goes, Guide, Kind, Lang, Line, ListId, Node, Outcome,
    Standing, Step, StepId, Text, placeholder,
};
use crate::moment::Moment;
use crate::words::words;
use std::borrow::Cow;
use std::collections::HashSet;

/// Why an answer was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejected {
    /// The walk has ended.
    Ended,
    /// The step does not take this answer.
    Answer,
}

/// The most that may be left of a walk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// Prompts, the next one included.
    pub steps: usize,
    /// Minutes.
    pub minutes: u32,
}

/// A walk over a guide.
#[derive(Debug, Clone, PartialEq)]
pub struct Walk<'g> {
    guide: &'g Guide,
    start: CaseId,
    log: Log,
    /// Where [`Log::given`] leads to.
    cursor: Cursor,
    /// What comes next there.
    next: Node,
}

impl<'g> Walk<'g> {
    /// The start of a case.
    #[must_use]
    pub fn start(guide: &'g Guide, case: CaseId) -> Walk<'g> {
        let mut cursor = Cursor::start(guide, case);
        let next = cursor.advance(guide);
        Walk {
            guide,
            start: case,
            log: Log::default(),
            cursor,
            next,
        }
    }

    /// The walk that has this log, and the answers that were dropped from it: their step does not
    /// come up, or does not take them.
    #[must_use]
    pub fn replay(guide: &'g Guide, case: CaseId, log: Log) -> (Walk<'g>, Vec<Entry>) {
        let mut walk = Walk::start(guide, case);
        walk.log.pending = log.given;
        let mut dropped = walk.catch_up();
        walk.log.pending.extend(log.pending);
        dropped.append(&mut walk.drop_unreachable());
        walk.log.retracted = log.retracted;
        (walk, dropped)
    }

    /// The log, from which [`Walk::replay`] makes the same walk.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.log
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

    /// The answers that count, in order.
    #[must_use]
    pub fn history(&self) -> &[Entry] {
        &self.log.given
    }

    /// The answer to a step, if it was asked.
    #[must_use]
    pub fn answer_to(&self, step: StepId) -> Option<&Entry> {
        self.log.given.iter().find(|e| e.step == step)
    }

    /// Whether an earlier answer said that the step was done before the walk.
    #[must_use]
    pub fn was_done_before(&self, step: StepId) -> bool {
        self.cursor.progress(step) == Some(Progress::DoneBefore)
    }

    /// What comes next.
    #[must_use]
    pub fn next(&self) -> Node {
        self.next
    }

    /// The step that is to be shown next; `None` at an outcome.
    #[must_use]
    pub fn next_step(&self) -> Option<(StepId, &'g Step)> {
        match self.next {
            Node::Step(step) => Some((step, self.guide.at(step))),
            Node::Outcome(_) => None,
        }
    }

    /// The outcome that the walk has come to.
    #[must_use]
    pub fn outcome(&self) -> Option<&'g Outcome> {
        match self.next {
            Node::Step(_) => None,
            Node::Outcome(outcome) => Some(&self.guide.outcomes[outcome]),
        }
    }

    /// The outcome that the walk is heading for, as far as is known.
    #[must_use]
    pub fn heading_for(&self) -> &'g Outcome {
        &self.guide.outcomes[self.cursor.heading_for(self.guide)]
    }

    /// Whether a condition holds, after the answers that count.
    #[must_use]
    pub fn holds(&self, cond: &Cond) -> bool {
        self.cursor.holds(self.guide, cond)
    }

    /// A text with the answers that it names, in the words of a ticket. For one that is not given
    /// stands the name of its step, in brackets.
    #[must_use]
    pub fn say<'t>(&self, text: &'t Text, lang: Lang) -> Cow<'t, str> {
        placeholder::fill(text.get(lang), |name| {
            let said = self.answer_in_words(name, lang);
            said.or_else(|| self.guide.name_in_brackets(name, lang))
        })
    }

    /// Whether all answers that a text names are given.
    #[must_use]
    pub fn can_say(&self, text: &Text) -> bool {
        let mut names = text.all().flat_map(placeholder::names);
        names.all(|name| self.answer_in_words(name, Lang::FIRST).is_some())
    }

    /// What was chosen at a step; nothing if that is nothing.
    fn answer_in_words(&self, id: &str, lang: Lang) -> Option<String> {
        let step = self.guide.step(id)?;
        let chosen = self.guide.at(step).chosen(self.cursor.chosen(step));
        let said: Vec<&str> = chosen
            .filter_map(Choice::in_ticket)
            .map(|text| text.get(lang))
            .collect();
        let comma = words(self.guide.tag(lang)).comma;
        (!said.is_empty()).then(|| said.join(comma))
    }

    /// The lines of an outcome that apply.
    pub fn lines<'l>(&self, lines: &'l [Line]) -> impl Iterator<Item = &'l Text> {
        let applies = |line: &&Line| {
            let holds = line.when.as_ref().is_none_or(|when| self.holds(when));
            holds && self.can_say(&line.text)
        };
        lines.iter().filter(applies).map(|line| &line.text)
    }

    /// Answers the next step. Pending answers are given again as far as their steps come up, and
    /// those that no longer apply are dropped and returned.
    ///
    /// # Errors
    /// [`Rejected`], and the walk is as it was.
    pub fn answer(&mut self, answer: Answer, at: Moment) -> Result<Vec<Entry>, Rejected> {
        let (step, shown) = self.next_step().ok_or(Rejected::Ended)?;
        if !takes(shown, &answer) {
            return Err(Rejected::Answer);
        }
        self.log.retracted.retain(|e| e.step != step);
        self.log.pending.retain(|e| e.step != step);
        self.give(Entry { step, answer, at });
        Ok(self.catch_up())
    }

    /// Leaves out the questions that serve only the ticket, from the next one on, up to one that
    /// cannot be left out. `false` where none was.
    pub fn leave_out_rest(&mut self, at: Moment) -> bool {
        let mut left_out = false;
        while let Some((_, step)) = self.next_step().filter(|_| self.is_closing()) {
            let not_now = step.standing(Standing::NotNow).filter(|_| step.attach);
            let place = step.standing(Standing::Skipped).or(not_now);
            let Some(place) = place.filter(|_| !step.gate) else {
                break;
            };
            if self.answer(Answer::choice(place), at).is_err() {
                break;
            }
            left_out = true;
        }
        left_out
    }

    fn give(&mut self, entry: Entry) {
        let chosen = entry.answer.chosen();
        self.cursor.choose(self.guide, entry.step, chosen);
        self.next = self.cursor.advance(self.guide);
        self.log.given.push(entry);
    }

    /// Gives pending answers again, and returns those that were dropped.
    fn catch_up(&mut self) -> Vec<Entry> {
        let mut dropped = Vec::new();
        while let Some((step, shown)) = self.next_step() {
            let Some(at) = self.log.pending.iter().position(|e| e.step == step) else {
                break;
            };
            let entry = self.log.pending.remove(at);
            if takes(shown, &entry.answer) {
                self.give(entry);
            } else {
                dropped.push(entry);
            }
        }
        dropped.append(&mut self.drop_unreachable());
        dropped
    }

    /// Drops pending answers whose step cannot come up any more.
    fn drop_unreachable(&mut self) -> Vec<Entry> {
        if self.log.pending.is_empty() {
            return Vec::new();
        }
        let may_come = self.may_come();
        let pending = std::mem::take(&mut self.log.pending).into_iter();
        let (pending, dropped) = pending.partition(|e| may_come.contains(&e.step));
        self.log.pending = pending;
        dropped
    }

    /// Takes the last answer back; it is offered again as the default. `false` at the start.
    pub fn back(&mut self) -> bool {
        let Some(entry) = self.log.given.pop() else {
            return false;
        };
        self.log.retracted.push(entry);
        let given = std::mem::take(&mut self.log.given);
        self.cursor = Cursor::start(self.guide, self.start);
        self.next = self.cursor.advance(self.guide);
        given.into_iter().for_each(|entry| self.give(entry));
        true
    }

    /// Goes back to an earlier answer to change it. The answers after it are pending until the step
    /// is answered again.
    pub fn change(&mut self, nth: usize) {
        if nth >= self.log.given.len() {
            return;
        }
        let mut later = self.log.given.split_off(nth + 1);
        later.append(&mut self.log.pending);
        self.log.pending = later;
        self.back();
    }

    /// What was answered to a step before it was taken back.
    #[must_use]
    pub fn earlier(&self, step: StepId) -> Option<&Answer> {
        let mut earlier = self.log.retracted.iter().chain(&self.log.pending);
        earlier.find(|e| e.step == step).map(|e| &e.answer)
    }

    /// Whether the walk is at what its outcome asks for.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.cursor.is_closing()
    }

    /// Every step that may still come up, whatever is answered from here on.
    ///
    /// A condition over steps that are still open may come true either way, so it counts as true.
    #[must_use]
    pub fn may_come(&self) -> HashSet<StepId> {
        let guide = self.guide;
        let mut steps = HashSet::new();
        let mut lists: Vec<(ListId, usize)> = self.cursor.under_way().to_vec();
        let may = |when: Option<&Cond>| when.is_none_or(|when| self.may_hold(when));
        let ends = self.cursor.may_end(guide).filter(|(when, _)| may(*when));
        lists.extend(ends.map(|(_, end)| (guide.outcomes[end].steps, 0)));
        let mut met: HashSet<ListId> = HashSet::new();
        while let Some((list, from)) = lists.pop() {
            for listed in &guide.lists[list][from..] {
                let (step, shown) = (listed.step, guide.at(listed.step));
                let may = guide.conditions(listed).all(|when| self.may_hold(when));
                if self.cursor.progress(step).is_some() || !may || !steps.insert(step) {
                    continue;
                }
                for choice in &shown.choices {
                    let away: Vec<ListId> = match choice.goes {
                        Goes::On => Vec::new(),
                        Goes::End(outcome) => vec![guide.outcomes[outcome].steps],
                        Goes::Over(case) => {
                            let case = &guide.cases[case];
                            let ends = case.ends.iter();
                            let ends = ends.map(|end| guide.outcomes[end.outcome].steps);
                            ends.chain([case.steps]).collect()
                        }
                    };
                    let new = choice.then.into_iter().chain(away);
                    lists.extend(new.filter(|l| met.insert(*l)).map(|l| (l, 0)));
                }
            }
        }
        steps
    }

    fn may_hold(&self, when: &Cond) -> bool {
        let mut open = false;
        when.for_each_step(&mut |step, _| open |= self.cursor.progress(step).is_none());
        open || when.asks_for_case() || self.cursor.holds(self.guide, when)
    }

    /// How much is left, if every step after the next one gets the answer that leads straight on. Of
    /// the answers to the next one, that with the most left counts: users should not see the number
    /// of steps grow.
    #[must_use]
    pub fn left(&self) -> Left {
        let Some((step, shown)) = self.next_step() else {
            return Left::default();
        };
        let each = (0..shown.choices.len()).map(ChoiceSet::one);
        let none = shown.kind == Kind::AskSeveral && shown.is_enough(0);
        let none = none.then_some(ChoiceSet::NONE);
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

/// The answer that neither inserts steps nor leads away, else the first.
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
fn takes(step: &Step, answer: &Answer) -> bool {
    match (step.kind, answer) {
        (Kind::Fill(field), Answer::Typed(value)) => value.field() == field,
        (_, Answer::Typed(_)) => false,
        (Kind::Fill(_), Answer::Chosen(set)) => {
            step.standing(Standing::Skipped).map(ChoiceSet::one) == Some(*set)
        }
        (kind, Answer::Chosen(set)) => {
            let all = ChoiceSet::first(step.choices.len());
            let enough = match kind {
                Kind::AskSeveral => step.is_enough(set.len()),
                _ => set.len() == 1,
            };
            set.is_within(all) && enough
        }
    }
}
