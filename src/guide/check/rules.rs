//! The shapes of rules.

use super::names::unknown_target;
use super::reader::Reader;
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::Node;
use crate::guide::finding::Code;
use crate::guide::ids::{IdVec, StepId, StopId};
use crate::guide::language::Text;
use crate::guide::parts::Parts;
use crate::guide::read::{At, Table, list};
use crate::guide::rule::{Demand, Rule};

impl<'a> Reader<'a> {
    pub(super) fn rule(&mut self, table: &Table<'a>, parts: &mut Parts) -> Option<Rule> {
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
        let (because, stop) = self.because(table, key, &mut parts.stops);
        let steps = &parts.steps;
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
            stop,
            implied: false,
        })
    }

    /// The reason of a rule. A string is for authors; in the languages of the guide, it is for the
    /// readers of pages, too.
    fn because(
        &mut self,
        table: &Table<'a>,
        kind: &str,
        stops: &mut IdVec<StopId, Text>,
    ) -> (Option<String>, Option<StopId>) {
        let for_readers = table.get("because").is_some_and(|b| b.get_ref().is_table());
        if !for_readers || matches!(kind, "longest" | "advice") {
            let because = table.string("because");
            return (because.map(|b| (*b.get_ref()).to_owned()), None);
        }
        let Some(text) = self.short_text(table, "because") else {
            return (None, None);
        };
        // Findings are in English.
        let english = self.languages.iter().position(|tag| *tag.get_ref() == "en");
        let for_author = text.all().nth(english.unwrap_or(0)).map(str::to_owned);
        let stop = stops.find(|stop| *stop == text);
        (for_author, Some(stop.unwrap_or_else(|| stops.push(text))))
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
