//! Which steps stand as boxes.

use super::outliner::Outliner;
use super::plan::Chosen;
use super::road::Road;
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::Cond;
use crate::guide::finding::Code;
use crate::guide::ids::StepId;
use crate::guide::outline::Shown;
use std::collections::BTreeSet;

impl Outliner<'_> {
    /// Those of the steps that stand as boxes.
    pub(super) fn boxes(
        &self,
        road: &Road,
        facts: &[(StepId, ChoiceSet)],
        most: usize,
        chosen: Option<&Chosen>,
    ) -> Vec<Shown> {
        let steps = &road.steps;
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
            let this = Shown {
                step,
                only: self
                    .at(step)
                    .when
                    .as_ref()
                    .and_then(|when| self.only(when, facts, &road.before)),
            };
            match self.outside(&this, facts, &shown) {
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
    fn only(
        &self,
        cond: &Cond,
        facts: &[(StepId, ChoiceSet)],
        before: &BTreeSet<StepId>,
    ) -> Option<(StepId, ChoiceSet)> {
        match cond {
            Cond::Is(step, set) if self.holds(cond, facts, before).is_none() => {
                let brief = self
                    .at(*step)
                    .chosen(*set)
                    .all(|choice| choice.brief.is_some());
                brief.then_some((*step, *set))
            }
            Cond::All(list) => list.iter().find_map(|cond| self.only(cond, facts, before)),
            _ => None,
        }
    }
}
