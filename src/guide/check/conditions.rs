//! Conditions over answers.

use super::names::unknown_target;
use super::reader::{MAX_DEPTH, Reader};
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::Cond;
use crate::guide::finding::Code;
use crate::guide::ids::{CaseId, IdVec, StepId};
use crate::guide::read::{At, Table};
use crate::guide::step::Step;
use std::collections::BTreeSet;

impl<'a> Reader<'a> {
    pub(super) fn condition(
        &self,
        table: &Table<'a>,
        steps: &IdVec<StepId, Step>,
        depth: usize,
    ) -> Option<Cond> {
        if depth > MAX_DEPTH {
            let message = format!("conditions are nested at most {MAX_DEPTH} deep");
            table.finding(Code::TooMany, message, "say it flatter");
            return None;
        }
        let mut all = Vec::new();
        for (key, _) in table.entries() {
            let word = *key.get_ref();
            match word {
                "any" | "all" => {
                    let list = table
                        .tables(word)
                        .iter()
                        .filter_map(|t| self.condition(t, steps, depth + 1))
                        .collect();
                    all.push(if word == "any" {
                        Cond::Any(list)
                    } else {
                        Cond::All(list)
                    });
                }
                "not" => {
                    let inner = table.table(word);
                    all.extend(
                        inner
                            .and_then(|t| self.condition(&t, steps, depth + 1))
                            .map(|c| Cond::Not(Box::new(c))),
                    );
                }
                "done" => all.extend(self.step_list(table, word).into_iter().map(Cond::Done)),
                "case" => {
                    let cases = table.strings(word);
                    let cases = cases
                        .iter()
                        .filter_map(|id| self.cases.find(id, self.findings));
                    // Each once, in the order of the menu.
                    let cases: BTreeSet<CaseId> = cases.collect();
                    all.push(Cond::Case(cases.into_iter().collect()));
                }
                _ => all.extend(
                    self.answered(&key, &table.strings(word), steps)
                        .map(|(s, m)| Cond::Is(s, m)),
                ),
            }
        }
        if table.entries().next().is_none() {
            table.finding(
                Code::MissingKey,
                "this condition is empty",
                "write { step = \"answer\" }",
            );
        }
        if all.len() == 1 {
            all.pop()
        } else {
            Some(Cond::All(all))
        }
    }

    /// A step and a set of its answers, by their names.
    pub(super) fn answered(
        &self,
        step: &At<&str>,
        ids: &[At<&str>],
        steps: &IdVec<StepId, Step>,
    ) -> Option<(StepId, ChoiceSet)> {
        let step = self.steps.find(step, self.findings)?;
        let target = &steps[step];
        let mut set = ChoiceSet::NONE;
        for id in ids {
            match target.choice(id.get_ref()) {
                Some(place) => set |= ChoiceSet::one(place),
                None => unknown_target(
                    &format!("answer of `{}` named", target.id),
                    id,
                    target.choices.iter().map(|c| c.id.as_str()),
                    self.findings,
                ),
            }
        }
        Some((step, set))
    }
}
