//! The shapes of rules.

use super::names::unknown_target;
use super::reader::Reader;
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::Node;
use crate::guide::finding::Code;
use crate::guide::ids::{IdVec, StepId};
use crate::guide::read::{At, Table, list};
use crate::guide::rule::{Demand, Rule};
use crate::guide::step::Step;

impl<'a> Reader<'a> {
    pub(super) fn rule(&self, table: &Table<'a>, steps: &IdVec<StepId, Step>) -> Option<Rule> {
        const KINDS: [&str; 6] = ["before", "never", "after", "at_most", "longest", "advice"];
        let kinds: Vec<&str> = KINDS
            .into_iter()
            .filter(|k| table.get(k).is_some())
            .collect();
        let [key] = kinds[..] else {
            table.finding(
                Code::MissingKey,
                format!("a rule has one of {}", list(&KINDS)),
                "keep one, or make two rules",
            );
            return None;
        };
        let extra: &[&str] = match key {
            "before" => &["answered", "asked"],
            "never" => &["answered"],
            "after" => &["seen"],
            "at_most" => &["of", "answered"],
            _ => &[],
        };
        table.only(&[&[key, "because"], extra].concat());
        let because = table.string("because").map(|b| (*b.get_ref()).to_owned());
        let answered = |key: &str| -> Vec<(StepId, ChoiceSet)> {
            let Some(inner) = table.table(key) else {
                return Vec::new();
            };
            let pairs = inner.entries().filter_map(|(step, _)| {
                self.answered(&step, &inner.strings(step.get_ref()), steps)
            });
            pairs.collect()
        };
        let subjects = |key: &str| -> Vec<Node> {
            table
                .strings(key)
                .iter()
                .filter_map(|id| self.subject(id))
                .collect()
        };
        let demand = match key {
            "before" => Demand::Before {
                subjects: subjects(key),
                answered: answered("answered"),
                asked: self.step_list(table, "asked"),
            },
            "never" => Demand::Never {
                subjects: subjects(key),
                answered: answered("answered"),
            },
            "after" => Demand::After {
                answered: answered(key),
                seen: subjects("seen"),
            },
            "at_most" => {
                if table.get("of").is_none() {
                    table.missing("of", "[\"a-step\"]");
                }
                Demand::AtMost {
                    most: u32::from(*table.number(key, 0..1000)?.get_ref()),
                    of: self.step_list(table, "of"),
                    answered: answered("answered"),
                }
            }
            "longest" => Demand::Longest(u32::from(*table.number(key, 1..1000)?.get_ref())),
            _ => Demand::Advice(u32::from(*table.number(key, 1..1000)?.get_ref())),
        };
        Some(Rule {
            at: table.at.clone(),
            demand,
            because,
        })
    }

    fn subject(&self, id: &At<&str>) -> Option<Node> {
        if let Some(step) = self.steps.get(id.get_ref()) {
            return Some(Node::Step(step));
        }
        if let Some(outcome) = self.outcomes.get(id.get_ref()) {
            return Some(Node::Outcome(outcome));
        }
        let names = self.steps.all().chain(self.outcomes.all());
        unknown_target("step or outcome", id, names, self.findings);
        None
    }
}
