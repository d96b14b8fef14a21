//! What the page of a case needs of its guide. To unpack the whole guide for one page would take
//! several times as long as all the rest.

use super::ids::{CaseId, Id, IdVec, ListId, OutcomeId, SourceId, StepId};
use super::language::Text;
use super::outline::{Lead, Outline, Row, Shown};
use super::parts::{Case, Outcome, Parts, Source, Trust, Verdict};
use super::step::{Choice, Kind, Step};
use std::collections::BTreeSet;

impl Parts {
    /// The guide with nothing in it but what the page of a case shows. All ids stay; what the page
    /// does not name is empty. Nothing can be walked.
    #[must_use]
    pub fn excerpt(&self, case: CaseId) -> Parts {
        let page = &self.cases[case].page;
        let (steps, outcomes) = named(page);
        let empty = || Text::from_iter([]);
        let way = self.way(case).into_iter().cloned().collect();
        let of_steps = steps.iter().flat_map(|step| &self.at(*step).sources);
        let of_outcomes = outcomes.iter().flat_map(|id| &self.outcomes[*id].sources);
        let cited: BTreeSet<SourceId> = of_steps.chain(of_outcomes).copied().collect();
        Parts {
            support: way,
            lists: IdVec::new(),
            groups: IdVec::new(),
            elsewhere: Vec::new(),
            sources: each(&self.sources, |id, source| {
                if cited.contains(&id) {
                    source.clone()
                } else {
                    Source {
                        id: String::new(),
                        title: empty(),
                        url: None,
                        trust: Trust::Guide,
                        read: None,
                    }
                }
            }),
            cases: each(&self.cases, |id, of| Case {
                id: of.id.clone(),
                label: of.label.clone(),
                words: Vec::new(),
                subject: None,
                problem: None,
                steps: ListId::nth(0),
                ends: Vec::new(),
                covers: Vec::new(),
                page: if id == case {
                    page.clone()
                } else {
                    Outline::default()
                },
            }),
            steps: each(&self.steps, |id, step| {
                if steps.contains(&id) {
                    shown(step)
                } else {
                    Step::new("", Kind::Note, empty(), Vec::new())
                }
            }),
            outcomes: each(&self.outcomes, |id, outcome| {
                let is_named = outcomes.contains(&id);
                Outcome {
                    id: if is_named {
                        outcome.id.clone()
                    } else {
                        String::new()
                    },
                    kind: if is_named { outcome.kind } else { Verdict::You },
                    title: outcome.title.clone().filter(|_| is_named),
                    brief: outcome.brief.clone().filter(|_| is_named),
                    say: if is_named {
                        outcome.say.clone()
                    } else {
                        empty()
                    },
                    next: Vec::new(),
                    keep: Vec::new(),
                    steps: ListId::nth(0),
                    request: None,
                    attach: Vec::new(),
                    sources: if is_named {
                        outcome.sources.clone()
                    } else {
                        Vec::new()
                    },
                    covers: Vec::new(),
                }
            }),
            stops: each(&self.stops, |id, stop| {
                if page.stops.contains(&id) {
                    stop.clone()
                } else {
                    empty()
                }
            }),
            ..self.clone()
        }
    }
}

/// The steps and the outcomes that a page names.
fn named(page: &Outline) -> (BTreeSet<StepId>, BTreeSet<OutcomeId>) {
    let ticks = page.look.iter().flat_map(|looked| &looked.ticks);
    let rows: Vec<&Row> = ticks.chain(&page.rows).collect();
    let boxes = rows.iter().flat_map(|row| &row.boxes).chain(&page.then);
    let of_box = |shown: &Shown| [Some(shown.step), shown.only.map(|(step, _)| step)];
    let steps = boxes.flat_map(of_box).flatten();
    let steps = steps
        .chain(rows.iter().map(|row| row.step))
        .chain(page.look.iter().map(|looked| looked.step))
        .chain(page.fields.iter().copied());
    let leads = rows.iter().flat_map(|row| &row.leads).chain(&page.ends);
    let outcomes = leads.filter_map(|lead| match lead {
        Lead::Outcome(outcome) => Some(*outcome),
        Lead::Then | Lead::Case(_) | Lead::Support => None,
    });
    (steps.collect(), outcomes.collect())
}

/// What a page shows of a step.
fn shown(step: &Step) -> Step {
    let choices = step.choices.iter().map(|choice| Choice {
        brief: choice.brief.clone(),
        ..Choice::new(&choice.id, choice.label.clone())
    });
    let choices = match step.kind {
        Kind::Ask | Kind::AskSeveral => choices.collect(),
        _ => Vec::new(),
    };
    Step {
        name: step.name.clone(),
        brief: step.brief.clone(),
        sources: step.sources.clone(),
        ..Step::new(&step.id, step.kind, step.text.clone(), choices)
    }
}

fn each<I: Id, T>(all: &IdVec<I, T>, of: impl Fn(I, &T) -> T) -> IdVec<I, T> {
    all.with_ids().map(|(id, one)| of(id, one)).collect()
}
