//! Placeholders in texts: each names a question, and where it must be answered by then, a rule of
//! its own demands that.

use super::names::unknown_target;
use super::reader::Reader;
use crate::guide::condition::Node;
use crate::guide::finding::Code;
use crate::guide::ids::StepId;
use crate::guide::language::Text;
use crate::guide::parts::{Line, Parts};
use crate::guide::placeholder::names;
use crate::guide::read::{At, Table};
use crate::guide::rule::{Demand, Rule};
use crate::guide::step::{Kind, Label};
use std::collections::BTreeSet;
use std::ops::Range;

impl<'a> Reader<'a> {
    /// Checks the placeholders of all texts. Returns the rules that texts which are always shown
    /// set by naming an answer.
    pub(super) fn placeholders(&self, parts: &Parts) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (id, step) in parts.steps.with_ids() {
            let (_, table) = &self.steps.tables[id];
            let key = match step.kind {
                Kind::AskSeveral => "ask",
                kind => kind.id(),
            };
            let at = place(table, key);
            rules.extend(self.demands(parts, Node::Step(id), &step.text, &at));
            for (answer, choice) in table.tables("answers").iter().zip(&step.choices) {
                self.about(parts, answer, [&choice.subject, &choice.problem]);
            }
        }
        for (id, outcome) in parts.outcomes.with_ids() {
            let (_, table) = &self.outcomes.tables[id];
            let here = Node::Outcome(id);
            let said = [
                ("say", Some(&outcome.say)),
                ("request", outcome.request.as_ref()),
            ];
            for (key, text) in said {
                let text = text.into_iter();
                rules.extend(text.filter_map(|t| self.demands(parts, here, t, &place(table, key))));
            }
            let lines = [
                ("next", &outcome.next),
                ("keep", &outcome.keep),
                ("attach", &outcome.attach),
            ];
            for (key, lines) in lines {
                let values = table.values(key).map(At::span);
                for (at, Line { text, .. }) in values.zip(lines) {
                    self.questions(parts, text, &at);
                }
            }
        }
        for (id, case) in parts.cases.with_ids() {
            self.about(
                parts,
                &self.cases.tables[id].1,
                [&case.subject, &case.problem],
            );
        }
        rules
    }

    fn about(&self, parts: &Parts, table: &Table<'a>, texts: [&Option<Text>; 2]) {
        for (key, text) in ["subject", "problem"].into_iter().zip(texts) {
            if let Some(text) = text {
                self.questions(parts, text, &place(table, key));
            }
        }
    }

    /// The rule that the answers which a text names are given before it is shown, if it names any.
    fn demands(&self, parts: &Parts, shown: Node, text: &Text, at: &Range<usize>) -> Option<Rule> {
        let named = self.questions(parts, text, at);
        let own = |step: StepId| {
            let choices = parts.at(step).choices.iter().enumerate();
            let own = choices.filter(|(_, choice)| matches!(choice.label, Label::Own(_)));
            (step, own.map(|(n, _)| n).collect())
        };
        (!named.is_empty()).then(|| Rule {
            at: at.clone(),
            demand: Demand::Before {
                subjects: vec![shown],
                answered: named.into_iter().map(own).collect(),
                asked: Vec::new(),
            },
            because: Some("this text names an answer that was not given on such a walk".to_owned()),
            stop: None,
            implied: true,
        })
    }

    /// The questions whose answers a text names.
    fn questions(&self, parts: &Parts, text: &Text, at: &Range<usize>) -> BTreeSet<StepId> {
        let mut named = BTreeSet::new();
        let ids: BTreeSet<&str> = text.all().flat_map(names).collect();
        for id in ids {
            match self.steps.get(id) {
                Some(step) if matches!(parts.at(step).kind, Kind::Ask | Kind::AskSeveral) => {
                    named.insert(step);
                }
                Some(_) => self.findings.add(
                    Code::BadCombination,
                    at.clone(),
                    format!("`{id}` is no question, so a text cannot name its answer"),
                    "name a step with `ask`",
                ),
                None => {
                    let steps = parts.steps.iter().map(|step| step.id.as_str());
                    unknown_target("step", &At::new(at.clone(), id), steps, self.findings);
                }
            }
        }
        named
    }
}

fn place(table: &Table<'_>, key: &str) -> Range<usize> {
    table.get(key).map_or(table.at.clone(), At::span)
}
