//! Derives what stands on the page of each case.
//!
//! The author names the questions whose answers make the lines of a page. The boxes of a line are the
//! steps that a walk with this answer comes to and that have a short form; where the line leads are
//! the ends that such a walk can come to. A step that a rule guards stands on a page only where the
//! page itself says what the rule demands. For a case without `rows`, which somebody may have written
//! in five lines, the first question makes the lines.

mod boxes;
mod guard;
mod outliner;
mod plan;
mod reach;
mod road;
mod sheet;

pub use plan::{Plan, Plans};

use crate::guide::condition::Node;
use crate::guide::finding::{Code, Findings, Places};
use crate::guide::ids::{CaseId, OutcomeId, StepId, StopId};
use crate::guide::outline::{Lead, Looked, Outline, Row};
use crate::guide::parts::{Case, Listed, Parts, Verdict};
use crate::guide::rule::{Demand, Rule};
use crate::guide::step::Kind;
use outliner::Outliner;
use reach::{Seen, reach};
use road::{Around, Draft, Road};
use sheet::{MAX_LINES, Sizes};
use std::collections::BTreeSet;
use std::ops::Range;

/// The most boxes of a line, and the most places where it leads.
const MAX_BOXES: usize = 3;
/// The most boxes below the lines.
const MAX_THEN: usize = 6;
/// The most boxes of a page without lines.
const MAX_ALONE: usize = 12;

/// Derives the page of each case, and notes what the author has to mend.
pub fn derive(
    parts: &mut Parts,
    plans: &Plans,
    rules: &[Rule],
    places: &Places,
    findings: &Findings,
) {
    let outline = |(id, case): (CaseId, &Case)| {
        let plan = &plans.cases[id];
        let steps = &*parts.lists[case.steps];
        let rows = rows(parts, steps, plan);
        let ends = case.ends.iter().map(|end| end.outcome);
        let outliner = Outliner {
            parts,
            plans,
            rules,
            places,
            findings,
            case: id,
            can_come: reach(parts, steps, ends),
            look: look(parts, steps, plan, &rows),
            rows,
            strict: plan.rows.is_some(),
        };
        outliner.outline()
    };
    let outlines: Vec<Outline> = parts.cases.with_ids().map(outline).collect();
    for (case, outline) in parts.cases.iter_mut().zip(outlines) {
        case.page = outline;
    }
}

/// The questions that make the lines of a case's page.
fn rows(parts: &Parts, steps: &[Listed], plan: &Plan) -> Vec<StepId> {
    if let Some(rows) = &plan.rows {
        return rows.clone();
    }
    let answers = |step: StepId| {
        let choices = parts.at(step).choices.iter();
        choices
            .filter(|choice| choice.label.own().is_some())
            .count()
    };
    let mut steps = steps.iter().map(|listed| listed.step);
    let first = steps.find(|step| parts.at(*step).kind == Kind::Ask);
    let first = first.filter(|step| (2..=MAX_LINES).contains(&answers(*step)));
    first.into_iter().collect()
}

/// What the reader looks at first: what has a short form before the last row, and the first row.
fn look(parts: &Parts, steps: &[Listed], plan: &Plan, rows: &[StepId]) -> Vec<StepId> {
    if let Some(look) = &plan.look {
        return look.clone();
    }
    let is_row = |listed: &Listed| rows.contains(&listed.step);
    let last = steps.iter().rposition(is_row).unwrap_or(0);
    let before = steps[..last].iter().filter(|listed| !is_row(listed));
    let before = before.map(|listed| listed.step);
    let brief = before.filter(|step| parts.at(*step).brief.is_some());
    let first = steps.iter().find(|listed| is_row(listed));
    brief.chain(first.map(|listed| listed.step)).collect()
}

impl Outliner<'_> {
    fn outline(&self) -> Outline {
        let steps = &*self.parts.lists[self.parts.cases[self.case].steps];
        let is_row = |listed: &Listed| self.rows.contains(&listed.step);
        let last = steps.iter().rposition(is_row);
        let (upper, lower) = steps.split_at(last.map_or(0, |last| last + 1));
        let mut drafts = Vec::new();
        for (at, row) in upper
            .iter()
            .enumerate()
            .filter(|(_, listed)| is_row(listed))
        {
            let before = self.answered_by(&upper[..at]);
            self.draft(row.step, Around::top(&before), &mut drafts);
            if Some(at) != last {
                // A later question says more than that one goes on to it.
                drafts.retain(|line| !line.goes_on || self.says_something(line));
            }
        }
        self.check_rows(&drafts);
        let several = |row: &StepId| self.parts.at(*row).kind == Kind::AskSeveral;
        let several = self.rows.iter().any(several);
        let going_on = drafts.iter().filter(|line| line.goes_on).count();
        let mut below = Road::after(self.answered_by(upper));
        self.rest(lower, &[], &mut below);
        let most = if drafts.is_empty() {
            MAX_ALONE
        } else {
            MAX_THEN
        };
        let then = self.boxes(&below, &[], most, None);
        let alone = !several && (going_on == 1 || then.is_empty());
        let mut tickets = BTreeSet::new();
        let rows = drafts.into_iter();
        let rows: Vec<Row> = rows
            .map(|line| self.row(line, lower, alone, several, &mut tickets))
            .collect();
        let goes_below =
            rows.is_empty() || several || rows.iter().any(|row| row.leads.contains(&Lead::Then));
        let mut outline = Outline {
            look: self.look.iter().map(|step| self.looked(*step)).collect(),
            rows,
            ..Outline::default()
        };
        if goes_below {
            outline.then = then;
            outline.ends = self.few(below.leads, &mut tickets);
        }
        self.support(&mut outline, tickets);
        outline.stops = self.stops();
        if self.strict {
            let at = &self.places.cases[self.case];
            Sizes::new(self.parts, self.case, &outline).check(at, self.findings);
        } else {
            self.shrink(&mut outline);
        }
        outline
    }

    /// The steps that may have been answered once these were walked.
    fn answered_by(&self, steps: &[Listed]) -> BTreeSet<StepId> {
        let all = reach(self.parts, steps, []);
        let steps = all.into_iter().filter_map(|seen| match seen {
            Seen::Step(step) => Some(step),
            Seen::Outcome(_) => None,
        });
        steps.chain(self.look.iter().copied()).collect()
    }

    fn says_something(&self, line: &Draft) -> bool {
        let mut steps = line.road.steps.iter();
        !line.road.leads.is_empty() || steps.any(|step| self.parts.at(*step).brief.is_some())
    }

    /// What one looks at, with what follows from each thing that may be so.
    fn looked(&self, step: StepId) -> Looked {
        let mut drafts = Vec::new();
        if self.parts.at(step).kind == Kind::AskSeveral && !self.rows.contains(&step) {
            self.draft(step, Around::top(&BTreeSet::new()), &mut drafts);
        }
        let ticks = drafts.into_iter().map(|draft| {
            let mut boxes = self.boxes(&draft.road, &draft.facts, usize::MAX, None);
            boxes.truncate(1);
            let mut leads = draft.road.leads;
            leads.retain(|lead| match lead {
                Lead::Outcome(outcome) => self.parts.outcomes[*outcome].kind != Verdict::Solved,
                _ => true,
            });
            leads.truncate(1);
            Row {
                step: draft.step,
                choice: draft.choice,
                boxes,
                leads,
            }
        });
        Looked {
            step,
            ticks: ticks.collect(),
        }
    }

    /// A line. `lower` are the steps below the lines, `alone` whether it takes them upon itself.
    fn row(
        &self,
        draft: Draft,
        lower: &[Listed],
        alone: bool,
        several: bool,
        tickets: &mut BTreeSet<OutcomeId>,
    ) -> Row {
        let chosen = self.plans.boxes.get(&(draft.step, draft.choice));
        let mut road = draft.road;
        let own = chosen.is_some() || self.plans.leads.contains_key(&(draft.step, draft.choice));
        if draft.goes_on && (alone || own) {
            let leads = road.leads.clone();
            self.rest(lower, &draft.facts, &mut road);
            if several {
                road.leads = leads;
            }
        } else if draft.goes_on && !several {
            road.leads.push(Lead::Then);
        }
        let question = self.parts.at(draft.step);
        let name = format!("{} = {}", question.id, question.choices[draft.choice].id);
        let boxes = self.boxes(&road, &draft.facts, MAX_BOXES, chosen);
        let at = &self.places.steps[draft.step];
        let acts = |step: &StepId| {
            matches!(
                self.parts.at(*step).kind,
                Kind::Do | Kind::Prepare | Kind::Wait
            )
        };
        let brief = |step: &StepId| self.parts.at(*step).brief.is_some();
        let steps = &road.steps;
        let is_silent = steps.iter().any(acts) && !steps.iter().any(brief);
        if self.strict && chosen.is_none() && is_silent {
            let message = format!("no step of the page's line `{name}` has a `brief`");
            let help =
                "add brief = \"…\" to those that shall stand there, or boxes = [] to the answer";
            self.findings
                .add(Code::MissingKey, at.clone(), message, help);
        }
        if let Some((at, chosen)) = self.plans.leads.get(&(draft.step, draft.choice)) {
            self.check_leads(at, chosen, &road.leads);
            road.leads.clone_from(chosen);
        }
        let mut leads = self.few(road.leads, tickets);
        if self.strict && leads.len() > MAX_BOXES {
            let message = format!("the page's line `{name}` leads to {} ends", leads.len());
            let help =
                "choose with `leads` of the answer, or add the question that decides to `rows`";
            self.findings.add(Code::TooMany, at.clone(), message, help);
        }
        leads.truncate(MAX_BOXES);
        self.guard_leads(&leads, &draft.facts, at, &name);
        Row {
            step: draft.step,
            choice: draft.choice,
            boxes,
            leads,
        }
    }

    /// Where a line leads, in few words: being solved is not said, and where there are too many, all
    /// that is for support is one. Their tickets are noted.
    fn few(&self, mut leads: Vec<Lead>, tickets: &mut BTreeSet<OutcomeId>) -> Vec<Lead> {
        let kind = |lead: &Lead| match lead {
            Lead::Outcome(outcome) => Some(self.parts.outcomes[*outcome].kind),
            _ => None,
        };
        leads.retain(|lead| kind(lead) != Some(Verdict::Solved));
        let support = |lead: &Lead| kind(lead) == Some(Verdict::Support);
        tickets.extend(
            leads
                .iter()
                .filter(|lead| support(lead))
                .filter_map(|lead| match lead {
                    Lead::Outcome(outcome) => Some(*outcome),
                    _ => None,
                }),
        );
        if leads.len() > MAX_BOXES && leads.iter().filter(|lead| support(lead)).count() > 1 {
            leads.retain(|lead| !support(lead));
            leads.push(Lead::Support);
        }
        leads
    }

    /// Notes each end that the author chose and that no walk with the answer comes to.
    fn check_leads(&self, at: &Range<usize>, chosen: &[Lead], leads: &[Lead]) {
        for stray in chosen.iter().filter(|lead| !leads.contains(lead)) {
            let name = match stray {
                Lead::Outcome(outcome) => &self.parts.outcomes[*outcome].id,
                Lead::Case(case) => &self.parts.cases[*case].id,
                Lead::Then | Lead::Support => continue,
            };
            let message = format!("no walk with this answer comes to `{name}`");
            let help = "name outcomes or cases that follow this answer";
            self.findings
                .add(Code::BadCombination, at.clone(), message, help);
        }
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

    /// The way to support, and what its tickets ask for.
    fn support(&self, outline: &mut Outline, mut tickets: BTreeSet<OutcomeId>) {
        let parts = self.parts;
        if tickets.is_empty() {
            let ends = parts.cases[self.case].ends.iter().map(|end| end.outcome);
            let is_support = |end: &OutcomeId| parts.outcomes[*end].kind == Verdict::Support;
            tickets.extend(ends.filter(is_support));
        }
        outline.support = !tickets.is_empty() || !parts.support.is_empty();
        for outcome in tickets {
            for listed in &parts.lists[parts.outcomes[outcome].steps] {
                let step = listed.step;
                let asks = matches!(parts.at(step).kind, Kind::Fill(_) | Kind::Ask);
                if asks && !self.look.contains(&step) && !outline.fields.contains(&step) {
                    outline.fields.push(step);
                }
            }
        }
    }

    /// What must not be done, from the rules that are about something that the case can come to.
    fn stops(&self) -> Vec<StopId> {
        let here = |node: &Node| self.can_come.contains(&Seen::from(*node));
        let mut stops = Vec::new();
        for rule in self.rules {
            let applies = match &rule.demand {
                Demand::Before { subjects, .. } | Demand::Never { subjects, .. } => {
                    subjects.iter().any(here)
                }
                Demand::After { answered, .. } => {
                    answered.iter().any(|(step, _)| here(&Node::Step(*step)))
                }
                Demand::AtMost { of, .. } => of.iter().any(|step| here(&Node::Step(*step))),
                Demand::Longest(_) | Demand::Advice(_) => false,
            };
            let stop = rule.stop.filter(|stop| applies && !stops.contains(stop));
            stops.extend(stop);
        }
        stops
    }

    /// Leaves out what no author has asked for until the page fits: boxes, the last first, then
    /// fields.
    fn shrink(&self, outline: &mut Outline) {
        for most in (0..MAX_BOXES).rev() {
            if Sizes::new(self.parts, self.case, outline).fit() {
                return;
            }
            let rows = outline.rows.iter_mut();
            rows.for_each(|line| line.boxes.truncate(most));
        }
        while !Sizes::new(self.parts, self.case, outline).fit() && outline.fields.pop().is_some() {}
    }
}
