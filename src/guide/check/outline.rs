//! Derives what stands on the page of each case.
//!
//! The author names the questions whose answers make the lines of a page. The boxes of a line are the
//! steps that a walk with this answer comes to and that have a short form; where the line leads are
//! the ends that such a walk can come to. A step that a rule guards stands on a page only where the
//! page itself says what the rule demands. For a case without `rows`, which somebody may have written
//! in five lines, the first question makes the lines.

use super::sheet::{MAX_LINES, Sizes};
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::{Cond, Node};
use crate::guide::finding::{Code, Findings, Places};
use crate::guide::ids::{CaseId, IdVec, ListId, OutcomeId, StepId};
use crate::guide::outline::{Lead, Outline, Row, Shown};
use crate::guide::parts::{Case, Listed, Parts, Verdict};
use crate::guide::rule::{Demand, Rule};
use crate::guide::step::{Goes, Kind, Step};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The most boxes of a line, and the most places where it leads.
const MAX_BOXES: usize = 3;
/// The most boxes below the lines.
const MAX_THEN: usize = 6;
/// The most boxes of a page without lines.
const MAX_ALONE: usize = 12;

/// What authors say about pages, while a guide is read.
#[derive(Default)]
pub struct Plans {
    /// For each case.
    pub cases: IdVec<CaseId, Plan>,
    /// The boxes of a line that the author chose, by the question and the place of the answer.
    pub boxes: BTreeMap<(StepId, usize), (Range<usize>, Vec<StepId>)>,
}

/// What the author of a case says about its page.
#[derive(Default)]
pub struct Plan {
    /// The questions whose answers make lines; `None` where the author does not say.
    pub rows: Option<Vec<StepId>>,
    /// What to look at; `None` where the author does not say.
    pub look: Option<Vec<StepId>>,
}

/// Known answers, by question.
type Facts = Vec<(StepId, ChoiceSet)>;

/// Derives the page of each case, and notes what the author has to mend.
pub fn derive(
    parts: &mut Parts,
    plans: &Plans,
    rules: &[Rule],
    places: &Places,
    findings: &Findings,
) {
    let outlines: Vec<Outline> = parts
        .cases
        .ids()
        .map(|case| {
            let outliner = Outliner {
                parts,
                plans,
                rules,
                places,
                findings,
                case,
                can_come: reach(parts, &parts.cases[case]),
                rows: rows(parts, case, &plans.cases[case]),
                strict: plans.cases[case].rows.is_some(),
            };
            outliner.outline()
        })
        .collect();
    for (case, outline) in parts.cases.iter_mut().zip(outlines) {
        case.page = outline;
    }
}

/// The steps that a case can come to without going over to another.
fn reach(parts: &Parts, case: &Case) -> BTreeSet<Seen> {
    let mut seen = BTreeSet::new();
    let mut lists = vec![case.steps];
    let mut outcomes: Vec<OutcomeId> = case.ends.iter().map(|end| end.outcome).collect();
    loop {
        while let Some(list) = lists.pop() {
            for listed in &parts.lists[list] {
                if !seen.insert(Seen::Step(listed.step)) {
                    continue;
                }
                for choice in &parts.at(listed.step).choices {
                    lists.extend(choice.then);
                    if let Goes::End(outcome) = choice.goes {
                        outcomes.push(outcome);
                    }
                }
            }
        }
        let Some(outcome) = outcomes.pop() else {
            return seen;
        };
        if seen.insert(Seen::Outcome(outcome)) {
            lists.push(parts.outcomes[outcome].steps);
        }
    }
}

/// A [`Node`] that can be kept in a set.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    Step(StepId),
    Outcome(OutcomeId),
}

impl From<Node> for Seen {
    fn from(node: Node) -> Seen {
        match node {
            Node::Step(step) => Seen::Step(step),
            Node::Outcome(outcome) => Seen::Outcome(outcome),
        }
    }
}

/// The questions that make the lines of a case's page.
fn rows(parts: &Parts, case: CaseId, plan: &Plan) -> Vec<StepId> {
    if let Some(rows) = &plan.rows {
        return rows.clone();
    }
    let steps = &parts.lists[parts.cases[case].steps];
    let answers = |step: StepId| {
        let choices = parts.at(step).choices.iter();
        choices
            .filter(|choice| choice.label.own().is_some())
            .count()
    };
    let mut steps = steps.iter().map(|listed| listed.step);
    let first = steps.find(|step| parts.at(*step).kind == Kind::Ask);
    first
        .filter(|step| (2..=MAX_LINES).contains(&answers(*step)))
        .into_iter()
        .collect()
}

struct Outliner<'g> {
    parts: &'g Parts,
    plans: &'g Plans,
    rules: &'g [Rule],
    places: &'g Places,
    findings: &'g Findings,
    case: CaseId,
    /// What the case can come to.
    can_come: BTreeSet<Seen>,
    /// The questions that make lines.
    rows: Vec<StepId>,
    /// Whether the author has named them. Only then is anything found: a guide that says nothing
    /// about pages gets what can be made of it.
    strict: bool,
}

/// A line before it is known what stands on it.
struct Draft {
    step: StepId,
    choice: usize,
    facts: Facts,
    road: Road,
    /// Whether a walk goes on with the steps of the case.
    goes_on: bool,
}

/// What a walk comes to, as far as its answers are known.
#[derive(Default)]
struct Road {
    seen: BTreeSet<StepId>,
    steps: Vec<StepId>,
    leads: Vec<Lead>,
}

impl Road {
    fn lead(&mut self, lead: Lead) {
        if !self.leads.contains(&lead) {
            self.leads.push(lead);
        }
    }
}

impl<'g> Outliner<'g> {
    fn at(&self, step: StepId) -> &'g Step {
        self.parts.at(step)
    }

    fn outline(&self) -> Outline {
        let case = &self.parts.cases[self.case];
        let steps = &*self.parts.lists[case.steps];
        let is_row = |listed: &Listed| self.rows.contains(&listed.step);
        let first = steps.iter().position(is_row);
        let last = steps.iter().rposition(is_row);
        let mut drafts = Vec::new();
        let rows = steps.iter().filter(|listed| is_row(listed));
        for row in rows.map(|listed| listed.step) {
            self.draft(row, &Facts::new(), &[], &[], Goes::On, &mut drafts);
            if last.is_some_and(|last| row != steps[last].step) {
                drafts.retain(|line: &Draft| {
                    !line.goes_on
                        || !line.road.leads.is_empty()
                        || line.road.steps.iter().any(|s| self.at(*s).brief.is_some())
                });
            }
        }
        self.check_rows(&drafts);
        let rest = &steps[last.map_or(0, |last| last + 1)..];
        let (then, ends) = self.rest(rest, &Facts::new());
        let several = self
            .rows
            .iter()
            .any(|row| self.at(*row).kind == Kind::AskSeveral);
        let going_on = drafts.iter().filter(|line| line.goes_on).count();
        let most = if drafts.is_empty() {
            MAX_ALONE
        } else {
            MAX_THEN
        };
        let look = self.look(
            &steps[..last.unwrap_or(0)],
            first.map(|first| steps[first].step),
        );
        let mut shown = look.clone();
        shown.extend(then.iter().copied().filter(|_| drafts.is_empty()));
        let mut then = self.boxes(&then, &Facts::new(), &look, most, None);
        let lines: Vec<Row> = drafts
            .into_iter()
            .map(|draft| {
                let alone = !several && (going_on == 1 || then.is_empty());
                self.line(draft, rest, alone, several, &look)
            })
            .collect();
        let goes_below = |line: &Row| line.leads.contains(&Lead::Then);
        let below = lines.is_empty() || several || lines.iter().any(goes_below);
        let ends = if below { ends } else { Vec::new() };
        if !below {
            then.clear();
        }
        let mut outline = Outline {
            look,
            rows: lines,
            then,
            ends,
            ..Outline::default()
        };
        self.finish(&mut outline);
        if self.strict {
            let at = &self.places.cases[self.case];
            Sizes::new(self.parts, self.case, &outline).check(at, self.findings);
        } else {
            self.shrink(&mut outline);
        }
        outline
    }

    /// Leaves out what no author has asked for until the page fits: boxes, the last first, then
    /// fields.
    fn shrink(&self, outline: &mut Outline) {
        for most in (0..MAX_BOXES).rev() {
            if Sizes::new(self.parts, self.case, outline).fit() {
                return;
            }
            outline
                .rows
                .iter_mut()
                .for_each(|line| line.boxes.truncate(most));
        }
        while !Sizes::new(self.parts, self.case, outline).fit() && outline.fields.pop().is_some() {}
    }

    /// The lines that the answers of a question make. `before` are steps that come before it behind
    /// an earlier answer, `rest` those that follow there, and `goes` is where that answer leads.
    fn draft(
        &self,
        question: StepId,
        facts: &Facts,
        before: &[Listed],
        rest: &[&[Listed]],
        goes: Goes,
        drafts: &mut Vec<Draft>,
    ) {
        for (place, choice) in self.at(question).choices.iter().enumerate() {
            if choice.label.own().is_none() {
                continue;
            }
            let mut facts = facts.clone();
            facts.push((question, ChoiceSet::one(place)));
            let then = choice
                .then
                .map_or(&[][..], |list: ListId| &*self.parts.lists[list]);
            if let Some(at) = self.nested_row(then) {
                let before = [before, &then[..at]].concat();
                let rest: Vec<&[Listed]> = std::iter::once(&then[at + 1..])
                    .chain(rest.iter().copied())
                    .collect();
                let goes = if choice.goes == Goes::On {
                    goes
                } else {
                    choice.goes
                };
                self.draft(then[at].step, &facts, &before, &rest, goes, drafts);
                continue;
            }
            let mut road = Road::default();
            road.seen.extend(facts.iter().map(|(step, _)| *step));
            let mut ended =
                self.walk(before, &facts, &mut road) || self.walk(then, &facts, &mut road);
            let mut goes_to = choice.goes;
            if !ended && goes_to == Goes::On {
                ended = rest.iter().any(|steps| self.walk(steps, &facts, &mut road));
                goes_to = goes;
            }
            if !ended {
                match goes_to {
                    Goes::On => {}
                    Goes::End(outcome) => road.lead(Lead::Outcome(outcome)),
                    Goes::Over(case) => road.lead(Lead::Case(case)),
                }
            }
            drafts.push(Draft {
                step: question,
                choice: place,
                facts,
                road,
                goes_on: !ended && goes_to == Goes::On,
            });
        }
    }

    /// The place of a question in a list whose answers make lines of their own.
    fn nested_row(&self, list: &[Listed]) -> Option<usize> {
        list.iter()
            .position(|listed| self.rows.contains(&listed.step))
    }

    /// Goes along steps, and notes what stands there. Whether the walk surely has ended then.
    fn walk(&self, steps: &[Listed], facts: &Facts, road: &mut Road) -> bool {
        for listed in steps {
            let id = listed.step;
            if !road.seen.insert(id) {
                continue;
            }
            let step = self.at(id);
            let groups = listed.groups.iter();
            let groups = groups.filter_map(|group| self.parts.groups[*group].as_ref());
            let conditions = groups.chain(&step.when);
            let comes = self.joined(conditions, facts, false);
            if comes == Some(false) {
                continue;
            }
            let is_question = matches!(step.kind, Kind::Ask | Kind::AskSeveral);
            if !is_question || step.brief.is_some() {
                let typed = matches!(step.kind, Kind::Fill(_));
                road.steps.extend((!typed).then_some(id));
            }
            let mut leaves = step.kind == Kind::Ask && comes == Some(true);
            for choice in step.choices.iter().filter(|_| is_question) {
                let then = choice.then.map_or(&[][..], |list| &*self.parts.lists[list]);
                let ended = self.walk(then, facts, road);
                match choice.goes {
                    Goes::On => leaves &= ended,
                    Goes::End(outcome) => road.lead(Lead::Outcome(outcome)),
                    Goes::Over(case) => road.lead(Lead::Case(case)),
                }
            }
            if leaves {
                return true;
            }
        }
        false
    }

    /// Whether a condition holds, as far as answers are known.
    fn holds(&self, cond: &Cond, facts: &Facts) -> Option<bool> {
        match cond {
            Cond::Is(step, set) => match facts.iter().find(|(known, _)| known == step) {
                Some((_, chosen)) if chosen.is_within(*set) => Some(true),
                Some((_, chosen)) if !chosen.meets(*set) => Some(false),
                None if !self.can_come.contains(&Seen::Step(*step)) => Some(false),
                _ => None,
            },
            Cond::Done(_) => None,
            Cond::Case(cases) => Some(cases.contains(&self.case)),
            Cond::All(list) => self.joined(list, facts, false),
            Cond::Any(list) => self.joined(list, facts, true),
            Cond::Not(cond) => self.holds(cond, facts).map(|holds| !holds),
        }
    }

    /// Whether conditions hold together: one of them that is so decides, else all must be known.
    fn joined<'c>(
        &self,
        conditions: impl IntoIterator<Item = &'c Cond>,
        facts: &Facts,
        so: bool,
    ) -> Option<bool> {
        let mut all_known = true;
        for cond in conditions {
            match self.holds(cond, facts) {
                Some(holds) if holds == so => return Some(so),
                Some(_) => {}
                None => all_known = false,
            }
        }
        all_known.then_some(!so)
    }

    /// What follows the lines: the steps, and where the case ends then.
    fn rest(&self, steps: &[Listed], facts: &Facts) -> (Vec<StepId>, Vec<Lead>) {
        let mut road = Road::default();
        road.seen.extend(facts.iter().map(|(step, _)| *step));
        if !self.walk(steps, facts, &mut road) {
            for end in &self.parts.cases[self.case].ends {
                let comes = self.joined(&end.when, facts, false);
                if comes != Some(false) {
                    road.lead(Lead::Outcome(end.outcome));
                }
                if comes == Some(true) {
                    break;
                }
            }
        }
        (road.steps, road.leads)
    }

    fn line(
        &self,
        draft: Draft,
        rest: &[Listed],
        alone: bool,
        several: bool,
        look: &[StepId],
    ) -> Row {
        let chosen = self.plans.boxes.get(&(draft.step, draft.choice));
        let Road {
            mut steps,
            mut leads,
            ..
        } = draft.road;
        if draft.goes_on && (alone || chosen.is_some()) {
            let (more, ends) = self.rest(rest, &draft.facts);
            steps.extend(
                more.into_iter()
                    .filter(|step| !steps.contains(step))
                    .collect::<Vec<_>>(),
            );
            if !several {
                leads.extend(
                    ends.into_iter()
                        .filter(|end| !leads.contains(end))
                        .collect::<Vec<_>>(),
                );
            }
        } else if draft.goes_on && !several {
            leads.push(Lead::Then);
        }
        let at = || self.places.steps[draft.step].clone();
        let name = || {
            format!(
                "{} = {}",
                self.at(draft.step).id,
                self.at(draft.step).choices[draft.choice].id
            )
        };
        let boxes = self.boxes(&steps, &draft.facts, look, MAX_BOXES, chosen);
        let acts =
            |step: &StepId| matches!(self.at(*step).kind, Kind::Do | Kind::Prepare | Kind::Wait);
        if self.strict && chosen.is_none() && boxes.is_empty() {
            let silent =
                steps.iter().any(acts) && !steps.iter().any(|s| self.at(*s).brief.is_some());
            if silent {
                let message = format!("no step of the page's line `{}` has a `brief`", name());
                let help = "add brief = \"…\" to those that shall stand there, or boxes = [] to the answer";
                self.findings.add(Code::MissingKey, at(), message, help);
            }
        }
        if self.strict && leads.len() > MAX_BOXES {
            let message = format!("the page's line `{}` leads to {} ends", name(), leads.len());
            let help = "add the question that decides between them to the `rows` of the case";
            self.findings.add(Code::TooMany, at(), message, help);
        }
        leads.truncate(MAX_BOXES);
        self.guard_leads(&leads, &draft.facts, &at(), &name());
        Row {
            step: draft.step,
            choice: draft.choice,
            boxes,
            leads,
        }
    }

    /// Those of the steps that stand as boxes.
    fn boxes(
        &self,
        steps: &[StepId],
        facts: &Facts,
        look: &[StepId],
        most: usize,
        chosen: Option<&(Range<usize>, Vec<StepId>)>,
    ) -> Vec<Shown> {
        let candidates: Vec<StepId> = match chosen {
            Some((at, chosen)) => {
                for stray in chosen.iter().filter(|step| !steps.contains(step)) {
                    let message =
                        format!("no walk with this answer comes to `{}`", self.at(*stray).id);
                    let help = "name steps that follow this answer";
                    self.findings
                        .add(Code::BadCombination, at.clone(), message, help);
                }
                chosen
                    .iter()
                    .copied()
                    .filter(|step| steps.contains(step))
                    .collect()
            }
            None => {
                let any = steps.iter().any(|step| self.at(*step).brief.is_some());
                let brief =
                    |step: &&StepId| !(self.strict || any) || self.at(**step).brief.is_some();
                steps.iter().filter(brief).copied().collect()
            }
        };
        let mut shown: Vec<Shown> = Vec::new();
        for step in candidates {
            if look.contains(&step) {
                continue;
            }
            let this = Shown {
                step,
                only: self
                    .at(step)
                    .when
                    .as_ref()
                    .and_then(|when| self.only(when, facts)),
            };
            match self.outside(&this, facts, look, &shown) {
                None => shown.push(this),
                Some(message) if self.strict && (chosen.is_some() || !self.is_gated(step)) => {
                    let at = chosen.map_or(&self.places.steps[step], |(at, _)| at);
                    let help = "give the rule a `because` for readers, or leave the step out";
                    self.findings
                        .add(Code::Unguarded, at.clone(), message, help);
                }
                Some(_) => {}
            }
        }
        if self.strict && shown.len() > most {
            let (at, help) = match chosen {
                Some((at, _)) => (at, "name fewer"),
                None => (
                    &self.places.steps[shown[most].step],
                    "choose with `boxes` of the answer, or drop a `brief`",
                ),
            };
            let case = &self.parts.cases[self.case].id;
            let message = format!(
                "{} boxes in a row on the page of `{case}`, at most {most} fit",
                shown.len()
            );
            self.findings.add(Code::TooMany, at.clone(), message, help);
        }
        shown.truncate(most);
        shown
    }

    /// The answers of a question that a page can say in front of a step: one platform, for example.
    fn only(&self, cond: &Cond, facts: &Facts) -> Option<(StepId, ChoiceSet)> {
        match cond {
            Cond::Is(step, set) if self.holds(cond, facts).is_none() => {
                let brief = self
                    .at(*step)
                    .chosen(*set)
                    .all(|choice| choice.brief.is_some());
                brief.then_some((*step, *set))
            }
            Cond::All(list) => list.iter().find_map(|cond| self.only(cond, facts)),
            _ => None,
        }
    }

    /// Whether a rule wants certain answers before a step comes.
    fn is_gated(&self, step: StepId) -> bool {
        self.rules.iter().any(|rule| match &rule.demand {
            Demand::Before {
                subjects, answered, ..
            } => subjects.contains(&Node::Step(step)) && !answered.is_empty(),
            _ => false,
        })
    }

    /// How a box stands outside the guard of a rule, if it does.
    fn outside(
        &self,
        this: &Shown,
        facts: &Facts,
        look: &[StepId],
        above: &[Shown],
    ) -> Option<String> {
        let known: Facts = facts.iter().copied().chain(this.only).collect();
        let is_there = |step: &StepId| {
            look.contains(step)
                || facts.iter().any(|(known, _)| known == step)
                || above.iter().any(|shown| shown.step == *step)
        };
        let node = Node::Step(this.step);
        let broken = self.rules.iter().find(|rule| match &rule.demand {
            Demand::Before {
                subjects,
                answered,
                asked,
            } => {
                subjects.contains(&node) && !(sure(answered, &known) && asked.iter().all(is_there))
            }
            Demand::Never { subjects, answered } => {
                subjects.contains(&node) && rule.stop.is_none() && !self.never(answered, &known)
            }
            Demand::AtMost { most, of, answered } => {
                let counted = above.iter().filter(|shown| of.contains(&shown.step));
                of.contains(&this.step)
                    && counted.count() >= *most as usize
                    && rule.stop.is_none()
                    && !self.never(answered, &known)
            }
            _ => false,
        })?;
        let because = broken.because.as_deref().unwrap_or("a rule guards it");
        Some(format!(
            "on the page of `{}`, `{}` stands outside the guard of a rule: {because}",
            self.parts.cases[self.case].id,
            self.at(this.step).id
        ))
    }

    /// Notes each end that a rule guards and that the page does not.
    fn guard_leads(&self, leads: &[Lead], facts: &Facts, at: &Range<usize>, name: &str) {
        if !self.strict {
            return;
        }
        for lead in leads {
            let Lead::Outcome(outcome) = lead else {
                continue;
            };
            let node = Node::Outcome(*outcome);
            let broken = self.rules.iter().find(|rule| {
                rule.stop.is_none()
                    && match &rule.demand {
                        Demand::Before {
                            subjects, answered, ..
                        } => subjects.contains(&node) && !sure(answered, facts),
                        Demand::Never { subjects, answered } => {
                            subjects.contains(&node) && !self.never(answered, facts)
                        }
                        _ => false,
                    }
            });
            if let Some(rule) = broken {
                let because = rule.because.as_deref().unwrap_or("a rule guards it");
                let outcome = &self.parts.outcomes[*outcome].id;
                let message = format!(
                    "the page's line `{name}` leads to `{outcome}` outside the guard of a rule: {because}"
                );
                let help = "give the rule a `because` for readers, or add the question that decides to `rows`";
                self.findings
                    .add(Code::Unguarded, at.clone(), message, help);
            }
        }
    }

    /// Whether one of these answers surely was not given.
    fn never(&self, answered: &[(StepId, ChoiceSet)], facts: &Facts) -> bool {
        answered.iter().any(|(step, set)| {
            let mut known = facts.iter().filter(|(known, _)| known == step);
            known.any(|(_, chosen)| !chosen.meets(*set))
                || !self.can_come.contains(&Seen::Step(*step))
        })
    }

    /// What the reader looks at first.
    fn look(&self, before: &[Listed], first: Option<StepId>) -> Vec<StepId> {
        if let Some(look) = &self.plans.cases[self.case].look {
            return look.clone();
        }
        let before = before.iter().map(|listed| listed.step);
        let brief =
            before.filter(|step| !self.rows.contains(step) && self.at(*step).brief.is_some());
        brief.chain(first).collect()
    }

    fn check_rows(&self, drafts: &[Draft]) {
        if !self.strict {
            return;
        }
        let at = &self.places.cases[self.case];
        let case = &self.parts.cases[self.case].id;
        if drafts.len() > MAX_LINES {
            let message = format!(
                "the page of `{case}` has {} lines, at most {MAX_LINES} fit",
                drafts.len()
            );
            let help = "name fewer questions in `rows`, or make two cases";
            self.findings.add(Code::TooMany, at.clone(), message, help);
        }
        for row in &self.rows {
            if !drafts
                .iter()
                .any(|line| line.facts.iter().any(|(step, _)| step == row))
            {
                let message = format!(
                    "`{}` makes no line on the page of `{case}`",
                    self.at(*row).id
                );
                let help = "name a question among the steps of the case, or behind an answer of another row";
                self.findings
                    .add(Code::BadCombination, at.clone(), message, help);
            }
        }
    }

    /// What the page says besides its lines.
    fn finish(&self, outline: &mut Outline) {
        let parts = self.parts;
        let of_lines = outline.rows.iter().flat_map(|line| &line.leads);
        let leads: BTreeSet<OutcomeId> = of_lines
            .chain(&outline.ends)
            .filter_map(|lead| match lead {
                Lead::Outcome(outcome) => Some(*outcome),
                _ => None,
            })
            .collect();
        let ends = parts.cases[self.case].ends.iter().map(|end| end.outcome);
        let is_support = |outcome: &OutcomeId| parts.outcomes[*outcome].kind == Verdict::Support;
        let mut tickets: Vec<OutcomeId> = leads.into_iter().filter(is_support).collect();
        if tickets.is_empty() {
            tickets.extend(ends.filter(is_support));
        }
        outline.support = !tickets.is_empty() || !parts.support.is_empty();
        for outcome in tickets {
            for listed in &parts.lists[parts.outcomes[outcome].steps] {
                let step = &listed.step;
                let asks = matches!(self.at(*step).kind, Kind::Fill(_) | Kind::Ask);
                if asks && !outline.look.contains(step) && !outline.fields.contains(step) {
                    outline.fields.push(*step);
                }
            }
        }
        for rule in self.rules {
            let Some(stop) = rule.stop else { continue };
            let here = |node: &Node| self.can_come.contains(&Seen::from(*node));
            let asked = |(step, _): &(StepId, ChoiceSet)| here(&Node::Step(*step));
            let applies = match &rule.demand {
                Demand::Before { subjects, .. } | Demand::Never { subjects, .. } => {
                    subjects.iter().any(here)
                }
                Demand::After { answered, .. } => answered.iter().any(asked),
                Demand::AtMost { of, .. } => of.iter().any(|step| here(&Node::Step(*step))),
                Demand::Longest(_) | Demand::Advice(_) => false,
            };
            if applies && !outline.stops.contains(&stop) {
                outline.stops.push(stop);
            }
        }
    }
}

/// Whether all of these answers were surely given.
fn sure(answered: &[(StepId, ChoiceSet)], facts: &Facts) -> bool {
    answered.iter().all(|(step, set)| {
        let mut known = facts.iter().filter(|(known, _)| known == step);
        known.any(|(_, chosen)| chosen.is_within(*set))
    })
}
