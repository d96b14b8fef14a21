//! Scenarios: walks that say what they expect, and which steps and answers they visit.

use crate::doc::text;
use crate::guide::{Guide, Node, StepId};
use crate::history::{History, Wrong};
use crate::ticket::Ticket;
use crate::words::Words;
use serde::Serialize;
use std::collections::BTreeSet;

/// Which steps and answers scenarios have visited.
#[derive(Debug, Default)]
pub struct Coverage {
    steps: BTreeSet<StepId>,
    answers: BTreeSet<(StepId, usize)>,
}

/// How much of something was visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How many were.
    pub covered: usize,
    /// How many there are.
    pub total: usize,
}

/// Walks a scenario, and notes what it visits.
///
/// # Errors
/// Everything that is not as expected, each in one sentence of the language. A scenario that expects nothing
/// fails: it could not notice anything.
pub fn run(
    guide: &Guide,
    file: &str,
    coverage: &mut Coverage,
    words: &Words,
) -> Result<(), Vec<String>> {
    let said = &words.scenarios;
    let one = |wrong: Wrong| vec![words.wrong(&wrong)];
    let history = History::parse(file).map_err(one)?;
    let walk = history.follow(guide).map_err(one)?;
    for entry in walk.history() {
        coverage.steps.insert(entry.step);
        let answers = entry.answer.places().map(|place| (entry.step, place));
        coverage.answers.extend(answers);
    }
    let Some(expect) = history.expect.filter(|e| e.outcome.is_some()) else {
        return Err(vec![said.no_outcome.to_owned()]);
    };
    let mut problems = Vec::new();
    let end = match walk.next() {
        Node::Outcome(outcome) => guide.outcomes[outcome].id.as_str(),
        Node::Step(step) => {
            return Err(vec![said.half_way(&guide.at(step).id)]);
        }
    };
    if let Some(outcome) = expect.outcome.filter(|o| o != end) {
        problems.push(said.other_end(&outcome, end));
    }
    let seen = |id: &String| guide.step(id).and_then(|s| walk.answer_to(s)).is_some();
    for id in expect
        .seen
        .iter()
        .chain(&expect.unseen)
        .filter(|id| guide.step(id).is_none())
    {
        problems.push(words.answers.no_step(id));
    }
    problems.extend(
        expect
            .seen
            .iter()
            .filter(|id| !seen(id))
            .map(|id| said.not_asked(id)),
    );
    problems.extend(
        expect
            .unseen
            .iter()
            .filter(|id| seen(id))
            .map(|id| said.asked(id)),
    );
    for (tag, texts) in &expect.ticket {
        let Some(lang) = guide.language(tag) else {
            problems.push(said.no_language(tag));
            continue;
        };
        let ticket = text::text(&Ticket::of(&walk, lang).doc(), text::COLUMNS);
        // A line of the ticket may be folded anywhere a space or a Chinese character is.
        let flat = |s: &str| s.split_whitespace().collect::<String>();
        let missing = texts.iter().filter(|t| !flat(&ticket).contains(&flat(t)));
        problems.extend(missing.map(|text| said.lacks(tag, text)));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

impl Coverage {
    /// How many of the guide's steps were shown.
    #[must_use]
    pub fn steps(&self, guide: &Guide) -> Count {
        Count {
            covered: self.steps.len(),
            total: guide.steps.len(),
        }
    }

    /// How many of its answers were given, standing answers included.
    #[must_use]
    pub fn answers(&self, guide: &Guide) -> Count {
        let total = guide.steps.iter().map(|s| s.choices.len()).sum();
        Count {
            covered: self.answers.len(),
            total,
        }
    }

    /// The answers that no scenario gives, as `step = answer`, steps that none shows among them.
    #[must_use]
    pub fn unvisited(&self, guide: &Guide) -> Vec<String> {
        let mut unvisited = Vec::new();
        for (id, step) in guide.steps.with_ids() {
            for (place, choice) in step.choices.iter().enumerate() {
                if !self.answers.contains(&(id, place)) {
                    unvisited.push(format!("{} = {}", step.id, choice.id));
                }
            }
        }
        unvisited
    }
}
