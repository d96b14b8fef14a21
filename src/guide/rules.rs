//! Proofs over all walks.
//!
//! A guide without circles has finitely many walks, but far too many to try one by one. What
//! matters for the rest of a walk is little, though: which steps are still to come, and those
//! earlier answers that a condition or a rule may still ask about. Two walks that agree in that
//! have the same future, so each such *state* is visited once, depth first, with the very
//! [`Cursor`] that walks go by. That is exact: every state some walk can be in is visited, and no
//! other.
//!
//! What it costs is one visit a state and answer. A guide without conditions has as many states
//! as steps; each answer that a later condition asks about multiplies the states between the two.
//! A guide with more than [`MAX_STATES`] is refused, not waved through.

use super::cursor::{Cursor, Progress};
use super::finding::Code;
use super::read::Findings;
use super::{
    CaseId, ChoiceSet, Goes, IdVec, Kind as StepKind, ListId, Node, OutcomeId, Parts, StepId,
};
use std::collections::HashMap;
use std::ops::Range;

/// The most states that a proof may visit.
pub const MAX_STATES: usize = 200_000;
/// How deep answers may insert steps whose answers insert steps: a checklist indents as deep.
const MAX_NESTING: usize = 16;
/// The most that all states together may remember, in facts: about 60 MB.
const MAX_FACTS: usize = 4_000_000;
/// The most steps that conditions and rules may ask about.
const MAX_ASKED_ABOUT: usize = 1024;
/// The most answers of one question with several that make a difference later.
const MAX_SEVERAL: usize = 10;

/// What every walk must keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Before a subject, these steps were answered so, and those were asked.
    Before {
        /// What must not come too early.
        subjects: Vec<Node>,
        /// Steps, each with the answers that open the way.
        answered: Vec<(StepId, ChoiceSet)>,
        /// Steps that were asked; to be marked as done is not enough.
        asked: Vec<StepId>,
    },
    /// The subjects never come on a walk with all of these answers.
    Never {
        /// What must not come.
        subjects: Vec<Node>,
        /// The answers that forbid it; none forbids it always.
        answered: Vec<(StepId, ChoiceSet)>,
    },
    /// A walk with one of these answers shows one of the subjects before it ends, or ends in it.
    After {
        /// The answers that call for it.
        answered: Vec<(StepId, ChoiceSet)>,
        /// What must come.
        seen: Vec<Node>,
    },
    /// No walk has more prompts.
    Longest(u32),
    /// No walk has more questions before the first advice: something to do, to prepare, to wait
    /// for or to read, or the outcome.
    Advice(u32),
}

impl Kind {
    /// The answers that a rule speaks of, by step.
    pub(super) fn answered(&self) -> &[(StepId, ChoiceSet)] {
        match self {
            Kind::Before { answered, .. }
            | Kind::Never { answered, .. }
            | Kind::After { answered, .. } => answered,
            Kind::Longest(_) | Kind::Advice(_) => &[],
        }
    }
}

/// A rule and where it stands.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The bytes of the file that it came from.
    pub at: Range<usize>,
    /// What it demands.
    pub kind: Kind,
    /// Why, in the words of the guide's author.
    pub because: Option<String>,
}

/// Where steps, outcomes and cases are named in the file.
#[derive(Debug, Default)]
pub struct Places {
    /// Of each step.
    pub steps: IdVec<StepId, Range<usize>>,
    /// Of each outcome.
    pub outcomes: IdVec<OutcomeId, Range<usize>>,
    /// Of each case.
    pub cases: IdVec<CaseId, Range<usize>>,
}

/// What a proof has established about a guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// How many states were visited.
    pub states: usize,
    /// The most prompts on a walk.
    pub longest: u32,
    /// The most questions before the first advice.
    pub advice: u32,
}

/// Proves that every walk ends, that everything can be reached and that every rule is kept, and
/// notes what does not hold. Nothing is proven about a guide with a circle.
pub fn prove(guide: &Parts, rules: &[Rule], places: &Places, findings: &Findings) -> Option<Proof> {
    let order = order_of_lists(guide, places, findings)?;
    check_nesting(guide, &order, places, findings)?;
    let relevant = Relevant::of(guide, rules, &order, places, findings)?;
    let mut search = Search::new(guide, rules, &relevant);
    if let Err(tangle) = search.run() {
        let at = places.cases.first().cloned().unwrap_or(0..0);
        let help = "let conditions ask about fewer steps, and about nearer ones";
        findings.add(Code::TooTangled, at, tangle, help);
        return None;
    }
    search.report(places, findings);
    Some(Proof {
        states: search.states.len(),
        longest: search.longest(),
        advice: search.advice(),
    })
}

/// The lists of a guide that a walk can be in, each after all those it can lead to; or nothing,
/// with a finding, if one leads back to itself.
fn order_of_lists(guide: &Parts, places: &Places, findings: &Findings) -> Option<Vec<ListId>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Closed,
    }
    let mut marks = guide.lists.filled(Mark::New);
    let mut order = Vec::with_capacity(guide.lists.len());
    for case in &guide.cases {
        if marks[case.steps] != Mark::New {
            continue;
        }
        marks[case.steps] = Mark::Open;
        // Lists that are being followed, each with where it leads and how much of that is done.
        // Not the program's own stack: a guide may be deeper than that.
        let mut open = vec![(case.steps, leads_to(guide, case.steps), 0)];
        while let Some((list, targets, followed)) = open.last_mut() {
            let Some(&(target, by)) = targets.get(*followed) else {
                marks[*list] = Mark::Closed;
                order.push(*list);
                open.pop();
                continue;
            };
            *followed += 1;
            match marks[target] {
                Mark::Closed => {}
                Mark::New => {
                    marks[target] = Mark::Open;
                    open.push((target, leads_to(guide, target), 0));
                }
                Mark::Open => {
                    let at = by.map_or(0..0, |step| places.steps[step].clone());
                    let name = by.map_or("a case", |step| &guide.at(step).id);
                    findings.add(
                        Code::Cycle,
                        at,
                        format!("an answer of `{name}` leads back to where it came from"),
                        "lead on to another step, case or outcome",
                    );
                    return None;
                }
            }
        }
    }
    Some(order)
}

/// Notes an answer behind which steps are inserted too deep, and then returns nothing.
fn check_nesting(
    guide: &Parts,
    order: &[ListId],
    places: &Places,
    findings: &Findings,
) -> Option<()> {
    let mut depth = guide.lists.filled(0);
    for &list in order {
        for &step in &guide.lists[list] {
            for inserted in guide.at(step).choices.iter().filter_map(|c| c.then) {
                depth[list] = depth[list].max(depth[inserted] + 1);
            }
            if depth[list] > MAX_NESTING {
                findings.add(
                    Code::TooMany,
                    places.steps[step].clone(),
                    format!("behind the answers of this step, `then` is nested more than {MAX_NESTING} deep"),
                    "put the steps one after the other, with conditions",
                );
                return None;
            }
        }
    }
    Some(())
}

/// The lists that a list leads to, each with the step whose answer does.
fn leads_to(guide: &Parts, list: ListId) -> Vec<(ListId, Option<StepId>)> {
    // Running off the end of a case leads to its outcome.
    let ends = guide.cases.iter().filter(|c| c.steps == list);
    let ends = ends.map(|c| (guide.outcomes[c.end].steps, None));
    let steps = guide.lists[list].iter();
    let answers = steps.flat_map(|&s| answers_lead_to(guide, s).map(move |l| (l, Some(s))));
    ends.chain(answers).collect()
}

/// The lists that the answers of a step lead to.
fn answers_lead_to(guide: &Parts, step: StepId) -> impl Iterator<Item = ListId> {
    guide.at(step).choices.iter().flat_map(|choice| {
        let away = match choice.goes {
            Goes::On => None,
            Goes::End(outcome) => Some(guide.outcomes[outcome].steps),
            Goes::Over(case) => Some(guide.cases[case].steps),
        };
        choice.then.into_iter().chain(away)
    })
}

/// A set of the steps that conditions and rules ask about, by their places in [`Relevant::steps`].
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
struct Relevant {
    /// For each step: its place among those asked about, if it is one of them.
    place: IdVec<StepId, Option<usize>>,
    /// For each step: the choices that a condition or a rule tells apart.
    told_apart: IdVec<StepId, ChoiceSet>,
    /// For each list: what may be asked about from each of its steps on, and after its last.
    from: IdVec<ListId, Vec<Set>>,
    /// What a rule asks about when a walk ends.
    at_end: Set,
}

impl Relevant {
    fn of(
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
            told_apart[step] |= set.unwrap_or(guide.at(step).does);
        };
        for step in &guide.steps {
            step.when.iter().for_each(|cond| cond.visit(&mut note));
        }
        for rule in rules {
            rule.asks_about(&mut note);
        }
        // A step that may come up twice is asked once: whether it was, matters. So it does where
        // an answer marks it as done.
        let mut met = guide.steps.filled(false);
        for &list in order {
            for &step in &guide.lists[list] {
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
            match &rule.kind {
                Kind::Before { subjects, .. } | Kind::Never { subjects, .. } => {
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
            if let Some(case) = case {
                let end = guide.outcomes[case.end].steps;
                join(&mut sets[0], &relevant.from[end][0]);
            }
            for &step in steps.iter().rev() {
                let mut set = sets[sets.len() - 1].clone();
                relevant.mark(&mut set, step);
                let when = guide.at(step).when.as_ref();
                when.inspect(|c| c.visit(&mut |s, _| relevant.mark(&mut set, s)));
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

    /// Drops what no later condition or rule asks about, so that places with one future are equal.
    fn reduce(&self, guide: &Parts, cursor: &mut Cursor) {
        cursor.tidy(guide);
        let mut live = self.at_end.clone();
        for (list, at) in cursor.under_way() {
            join(&mut live, &self.from[*list][*at]);
        }
        if !cursor.is_closing() {
            let end = guide.outcomes[cursor.end].steps;
            join(&mut live, &self.from[end][0]);
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

impl Rule {
    /// Calls `f` with each step that the rule asks about, and the choices it tells apart.
    fn asks_about(&self, f: &mut impl FnMut(StepId, Option<ChoiceSet>)) {
        match &self.kind {
            Kind::Before {
                answered, asked, ..
            } => {
                answered.iter().for_each(|(step, set)| f(*step, Some(*set)));
                asked
                    .iter()
                    .for_each(|step| f(*step, Some(ChoiceSet::NONE)));
            }
            Kind::Never { answered, .. } => {
                answered.iter().for_each(|(step, set)| f(*step, Some(*set)));
            }
            Kind::After { answered, seen } => {
                answered.iter().for_each(|(step, set)| f(*step, Some(*set)));
                for subject in seen {
                    if let Node::Step(step) = subject {
                        f(*step, Some(ChoiceSet::NONE));
                    }
                }
            }
            Kind::Longest(_) | Kind::Advice(_) => {}
        }
    }

    /// Whether a walk that stops here breaks the rule.
    fn is_broken(&self, cursor: &Cursor, node: Node) -> bool {
        let here = |nodes: &[Node]| nodes.contains(&node);
        let was = |(step, set): &(StepId, ChoiceSet)| cursor.chosen(*step).meets(*set);
        let was_asked =
            |step: &StepId| matches!(cursor.progress(*step), Some(Progress::Answered(_)));
        match &self.kind {
            Kind::Before {
                subjects,
                answered,
                asked,
            } => {
                here(subjects)
                    && !(answered.iter().all(was) && asked.iter().all(|step| was_asked(step)))
            }
            Kind::Never { subjects, answered } => here(subjects) && answered.iter().all(was),
            Kind::After { answered, seen } => {
                let shown = |subject: &Node| match subject {
                    Node::Step(step) => was_asked(step),
                    Node::Outcome(_) => here(seen),
                };
                matches!(node, Node::Outcome(_))
                    && answered.iter().any(was)
                    && !seen.iter().any(shown)
            }
            Kind::Longest(_) | Kind::Advice(_) => false,
        }
    }
}

/// A place that was visited, and what was found out about the walks from there on.
struct State {
    node: Node,
    /// The state before it on the first walk that came here, and the choices made there.
    from: Option<(usize, ChoiceSet)>,
    /// The most prompts still to come.
    longest: u32,
    /// The most questions still to come before the first advice.
    advice: u32,
}

struct Search<'g> {
    guide: &'g Parts,
    rules: &'g [Rule],
    relevant: &'g Relevant,
    known: HashMap<Cursor, usize>,
    states: Vec<State>,
    /// How much the states remember together.
    facts: usize,
    /// The state that each case starts in.
    starts: IdVec<CaseId, usize>,
    /// For each rule: the first state that breaks it.
    broken: Vec<Option<usize>>,
}

/// A state whose answers are being followed.
struct Open {
    state: usize,
    cursor: Cursor,
    answers: Vec<ChoiceSet>,
    followed: usize,
}

impl<'g> Search<'g> {
    fn new(guide: &'g Parts, rules: &'g [Rule], relevant: &'g Relevant) -> Search<'g> {
        Search {
            guide,
            rules,
            relevant,
            known: HashMap::new(),
            states: Vec::new(),
            facts: 0,
            starts: IdVec::new(),
            broken: vec![None; rules.len()],
        }
    }

    /// Visits every state. Fails, with the reason, if there are too many.
    fn run(&mut self) -> Result<(), String> {
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
                        self.learn(from, to);
                    }
                    open.extend(new);
                } else {
                    let done = top.state;
                    open.pop();
                    if let Some(before) = open.last() {
                        self.learn(before.state, done);
                    }
                }
            }
        }
        Ok(())
    }

    /// Looks a place up, and notes it if it is new.
    fn visit(
        &mut self,
        mut cursor: Cursor,
        from: Option<(usize, ChoiceSet)>,
    ) -> Result<(usize, Option<Open>), String> {
        let node = cursor.advance(self.guide);
        self.relevant.reduce(self.guide, &mut cursor);
        if let Some(&state) = self.known.get(&cursor) {
            return Ok((state, None));
        }
        let state = self.states.len();
        self.facts += cursor.weight();
        if state == MAX_STATES || self.facts > MAX_FACTS {
            return Err(format!(
                "the walks of this guide have more than {MAX_STATES} states, or states that remember too much"
            ));
        }
        for (rule, broken) in self.rules.iter().zip(&mut self.broken) {
            if broken.is_none() && rule.is_broken(&cursor, node) {
                *broken = Some(state);
            }
        }
        self.known.insert(cursor.clone(), state);
        self.states.push(State {
            node,
            from,
            longest: 0,
            advice: 0,
        });
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
        if shown.kind != StepKind::AskSeveral {
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
        Ok(sets)
    }

    /// Takes over what was found out about a state that comes right after another.
    fn learn(&mut self, before: usize, after: usize) {
        let (longest, advice) = (self.states[after].longest, self.states[after].advice);
        let state = &mut self.states[before];
        state.longest = state.longest.max(longest + 1);
        if let Node::Step(step) = state.node
            && matches!(
                self.guide.at(step).kind,
                StepKind::Ask | StepKind::AskSeveral | StepKind::Fill(_)
            )
        {
            state.advice = state.advice.max(advice + 1);
        }
    }

    fn longest(&self) -> u32 {
        self.starts
            .iter()
            .map(|s| self.states[*s].longest)
            .max()
            .unwrap_or(0)
    }

    fn advice(&self) -> u32 {
        self.starts
            .iter()
            .map(|s| self.states[*s].advice)
            .max()
            .unwrap_or(0)
    }

    fn report(&self, places: &Places, findings: &Findings) {
        let mut steps = self.guide.steps.filled(false);
        let mut outcomes = self.guide.outcomes.filled(false);
        for state in &self.states {
            match state.node {
                Node::Step(step) => steps[step] = true,
                Node::Outcome(outcome) => outcomes[outcome] = true,
            }
        }
        let unseen = |at: &Range<usize>, what: &str, id: &str| {
            let message = format!("no walk shows the {what} `{id}`");
            let help = "name it where it belongs, mend its condition, or drop it";
            findings.add(Code::Unreachable, at.clone(), message, help);
        };
        for (id, step) in self.guide.steps.with_ids() {
            if !steps[id] {
                unseen(&places.steps[id], "step", &step.id);
            }
        }
        for (id, outcome) in self.guide.outcomes.with_ids() {
            if !outcomes[id] {
                unseen(&places.outcomes[id], "outcome", &outcome.id);
            }
        }
        let reached = |subject: &Node| match subject {
            Node::Step(step) => steps[*step],
            Node::Outcome(outcome) => outcomes[*outcome],
        };
        for (rule, broken) in self.rules.iter().zip(&self.broken) {
            if let Some(message) = self.verdict(rule, *broken) {
                let because = rule
                    .because
                    .as_deref()
                    .unwrap_or("mend the guide, or the rule");
                findings.add(Code::RuleBroken, rule.at.clone(), message, because);
            } else if let Some(message) = self.idle(rule, &reached) {
                let help = "mend the rule, or drop it";
                findings.add(Code::RuleIdle, rule.at.clone(), message, help);
            }
        }
    }

    /// How a rule is broken, if it is.
    fn verdict(&self, rule: &Rule, broken: Option<usize>) -> Option<String> {
        let walk = |state: usize| self.walk_to(state);
        match rule.kind {
            Kind::Longest(most) if self.longest() > most => Some(format!(
                "a walk has {} prompts: {}",
                self.longest(),
                self.worst(|s| s.longest)
            )),
            Kind::Advice(most) if self.advice() > most => Some(format!(
                "a walk asks {} questions before any advice: {}",
                self.advice(),
                self.worst(|s| s.advice)
            )),
            _ => broken.map(|state| format!("a walk breaks this rule: {}", walk(state))),
        }
    }

    /// Why no walk could break a rule, if so.
    fn idle(&self, rule: &Rule, reached: &dyn Fn(&Node) -> bool) -> Option<String> {
        let all_steps = u32::try_from(self.guide.steps.len()).unwrap_or(u32::MAX);
        if rule.kind.answered().iter().any(|(_, set)| set.is_empty()) {
            return Some("this rule names a step with none of its answers".to_owned());
        }
        match &rule.kind {
            Kind::Before {
                answered, asked, ..
            } if answered.is_empty() && asked.is_empty() => {
                Some("this rule demands nothing: it has no `answered` and no `asked`".to_owned())
            }
            Kind::Before { subjects, .. } | Kind::Never { subjects, .. }
                if !subjects.iter().any(reached) =>
            {
                Some("no walk shows what this rule is about".to_owned())
            }
            Kind::After { answered, .. }
                if !answered
                    .iter()
                    .any(|(step, set)| !set.is_empty() && reached(&Node::Step(*step))) =>
            {
                Some("no walk gives the answer that this rule is about".to_owned())
            }
            Kind::Longest(most) | Kind::Advice(most) if *most >= all_steps => Some(format!(
                "a walk shows a step once, so it has never more than {all_steps}"
            )),
            _ => None,
        }
    }

    /// The answers that lead to a state, as an author reads them.
    fn walk_to(&self, state: usize) -> String {
        let mut answers = Vec::new();
        let mut at = state;
        while let Some((before, chosen)) = self.states[at].from {
            if let Node::Step(step) = self.states[before].node {
                answers.push(self.answer_name(step, chosen));
            }
            at = before;
        }
        let case = self.starts.find(|start| *start == at);
        answers.extend(case.map(|case| self.guide.cases[case].id.clone()));
        answers.reverse();
        let end = match self.states[state].node {
            Node::Step(step) => &self.guide.at(step).id,
            Node::Outcome(outcome) => &self.guide.outcomes[outcome].id,
        };
        format!("{} > {end}", answers.join(" > "))
    }

    fn answer_name(&self, step: StepId, chosen: ChoiceSet) -> String {
        let shown = self.guide.at(step);
        let ids: Vec<&str> = shown.chosen(chosen).map(|c| c.id.as_str()).collect();
        format!("{} = {}", shown.id, ids.join(" + "))
    }

    /// The case that has the worst walk by some measure.
    fn worst(&self, measure: impl Fn(&State) -> u32) -> String {
        let cases = self.starts.iter().zip(&self.guide.cases);
        let worst = cases.max_by_key(|(start, _)| measure(&self.states[**start]));
        worst.map_or_else(String::new, |(_, case)| format!("the case `{}`", case.id))
    }
}
