//! What an author should look at, though the guide can be used.

use super::reader::Reader;
use super::texts::MAX_NAME;
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::Cond;
use crate::guide::finding::Code;
use crate::guide::ids::StepId;
use crate::guide::language::Text;
use crate::guide::parts::{Line, Parts};
use crate::guide::read::{At, Table};
use crate::guide::step::{Kind, Label, Step};
use crate::text::width;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The most lines that say what to do now.
const MOST_NEXT: usize = 3;

impl<'a> Reader<'a> {
    pub(super) fn warn(&self, parts: &Parts) {
        // A checklist says in words when something applies.
        let mut named: HashSet<StepId> = HashSet::new();
        for when in parts.all_conditions() {
            when.for_each_step(&mut |step, _| {
                named.insert(step);
            });
        }
        let has_ticket = parts
            .outcomes
            .iter()
            .any(|outcome| outcome.request.is_some());
        for (id, step) in parts.steps.with_ids() {
            let (name, table) = &self.steps.tables[id];
            if matches!(step.kind, Kind::Ask | Kind::AskSeveral) {
                self.warn_of_answers(name, table, step);
            }
            let in_ticket = has_ticket && step.kind != Kind::Note;
            if in_ticket || named.contains(&id) {
                self.warn_of_name(name, step);
            }
        }
        for (id, outcome) in parts.outcomes.with_ids() {
            let (name, table) = &self.outcomes.tables[id];
            let most = most_at_once(&outcome.next, parts);
            if most > MOST_NEXT {
                self.findings.add(
                    Code::LongNext,
                    table.get("next").map_or(name.span(), At::span),
                    format!(
                        "{most} lines of `next` can show at once, {MOST_NEXT} are kept in mind"
                    ),
                    "join lines, give them a `when`, or put some into `keep`",
                );
            }
        }
        let labels = self.cases.tables.iter().zip(&parts.cases);
        let labels = labels.map(|((id, table), case)| (place_of_label(id, table), &case.label));
        self.warn_of_labels("case", labels);
    }

    fn warn_of_answers(&self, name: &At<&str>, table: &Table<'a>, step: &Step) {
        if step.choices.len() == 1 {
            self.findings.add(
                Code::OneAnswer,
                name.span(),
                format!(
                    "the question `{}` has one answer, so it asks nothing",
                    step.id
                ),
                "make it a `note`, or add the other answers",
            );
        }
        let tables = table.tables("answers");
        let labels = tables.iter().zip(&step.choices);
        let labels = labels.filter_map(|(table, choice)| match &choice.label {
            Label::Own(text) => Some((place_of_label(name, table), text)),
            Label::Standing(_) => None,
        });
        self.warn_of_labels("answer", labels);
    }

    /// Warns of a label that stands twice in one list: whoever types it gets the first.
    fn warn_of_labels<'t>(
        &self,
        what: &str,
        labels: impl Iterator<Item = (Range<usize>, &'t Text)>,
    ) {
        let mut seen: HashSet<(usize, String)> = HashSet::new();
        for (at, label) in labels {
            let texts = label.all().map(|text| text.trim().to_lowercase());
            let again = texts.enumerate().filter(|text| !seen.insert(text.clone()));
            if again.count() > 0 {
                self.findings.add(
                    Code::EqualLabels,
                    at,
                    format!("another {what} here has the same label"),
                    "say how they differ",
                );
            }
        }
    }

    /// Warns of a step whose text is too long for the places where its name stands.
    fn warn_of_name(&self, at: &At<&str>, step: &Step) {
        if step.name.is_some() || step.text.all().all(|text| width(text) <= MAX_NAME) {
            return;
        }
        self.findings.add(
            Code::NoName,
            at.span(),
            format!(
                "`{}` has no `name`, so its whole text stands in tickets and lists",
                step.id
            ),
            "add name = \"…\", a few words",
        );
    }
}

fn place_of_label(name: &At<&str>, table: &Table<'_>) -> Range<usize> {
    table.get("label").map_or(name.span(), At::span)
}

/// How many of these lines show at once on some walk: those without a condition, and of the others
/// those for one answer to one question. What else conditions let show together is not looked at.
fn most_at_once(lines: &[Line], parts: &Parts) -> usize {
    let mut by_answer: HashMap<StepId, Vec<ChoiceSet>> = HashMap::new();
    let mut always = 0;
    for line in lines {
        let Some(when) = &line.when else {
            always += 1;
            continue;
        };
        if let Some((step, set)) = answer_in(when, parts) {
            by_answer.entry(step).or_default().push(set);
        }
    }
    let most = by_answer.iter().map(|(step, sets)| {
        let places = 0..parts.at(*step).choices.len();
        let count = places.map(|place| sets.iter().filter(|set| set.contains(place)).count());
        count.max().unwrap_or(0)
    });
    always + most.max().unwrap_or(0)
}

/// The answer to a question with one answer without which a condition does not hold.
fn answer_in(when: &Cond, parts: &Parts) -> Option<(StepId, ChoiceSet)> {
    match when {
        Cond::Is(step, set) if parts.at(*step).kind == Kind::Ask => Some((*step, *set)),
        Cond::All(all) => all.iter().find_map(|when| answer_in(when, parts)),
        _ => None,
    }
}
