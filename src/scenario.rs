//! Scenarios: walks that say what they expect, and which steps and answers they visit.

use crate::doc::text;
use crate::guide::{Guide, Node, StepId};
use crate::history::{History, Unfit, Wrong};
use crate::redact;
use crate::text::{nearest, width};
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
    words: &'static Words,
) -> Result<(), Vec<String>> {
    let said = &words.scenarios;
    let place = Place { file, words };
    let one = |wrong: Wrong| vec![place.of_wrong(guide, &wrong)];
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
        let ids = guide.outcomes.iter().map(|outcome| outcome.id.as_str());
        let near = near(&outcome, ids);
        problems.push(place.of(
            &["[expect]", &outcome],
            &said.other_end(&outcome, end),
            near,
        ));
    }
    // By which prompt a step was asked, the first being 1.
    let asked_as = |id: &str| {
        let step = guide.step(id)?;
        let at = walk.history().iter().position(|entry| entry.step == step)?;
        Some(at + 1)
    };
    let mut judge = |key: &str, id: &str, wrong: Option<String>| {
        if guide.step(id).is_none() {
            let steps = guide.steps.iter().map(|step| step.id.as_str());
            let problem = words.answers.no_step(id);
            problems.push(place.of(&["[expect]", key, id], &problem, near(id, steps)));
        } else if let Some(wrong) = wrong {
            problems.push(place.of(&["[expect]", key, id], &wrong, None));
        }
    };
    for id in &expect.seen {
        judge(
            "seen",
            id,
            asked_as(id).is_none().then(|| said.not_asked(id)),
        );
    }
    for id in &expect.unseen {
        judge("unseen", id, asked_as(id).map(|_| said.asked(id)));
    }
    for (id, most) in &expect.within {
        let wrong = match asked_as(id) {
            None => Some(said.not_asked(id)),
            Some(at) if at > *most => Some(said.late(id, at, *most)),
            Some(_) => None,
        };
        judge("within", id, wrong);
    }
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

/// The likeliest of some names for one that is none of them.
fn near<'n>(id: &str, mut names: impl Iterator<Item = &'n str> + Clone) -> Option<&'n str> {
    let is_there = names.clone().any(|name| name == id);
    (!is_there).then(|| nearest(id, &mut names)).flatten()
}

/// Says where in a scenario's file a problem is.
struct Place<'a> {
    file: &'a str,
    words: &'static Words,
}

impl Place<'_> {
    fn of_wrong(&self, guide: &Guide, wrong: &Wrong) -> String {
        let names = wrong.names();
        let near = match wrong {
            Wrong::Unfit(Unfit::Case(id)) => near(id, guide.cases.iter().map(|c| c.id.as_str())),
            Wrong::NoStep(id) => near(id, guide.steps.iter().map(|s| s.id.as_str())),
            Wrong::NoChoice(step, id, _) => guide.step(step).and_then(|step| {
                let choices = &guide.at(step).choices;
                near(id, choices.iter().map(|choice| choice.id.as_str()))
            }),
            _ => None,
        };
        self.of(&names, &self.words.wrong(wrong), near)
    }

    /// A problem with the line that it is about, a caret below the last of these names, each of
    /// which stands behind the one before it; and the name that was probably meant.
    fn of(&self, names: &[&str], problem: &str, near: Option<&str>) -> String {
        let texts = &self.words.scenarios;
        let problem = near.map_or_else(|| problem.to_owned(), |near| texts.perhaps(problem, near));
        let Some(at) = self.find(names) else {
            return problem;
        };
        let name = names.last().map_or("", |name| name);
        let start = self.file[..at].rfind('\n').map_or(0, |n| n + 1);
        let line = self.file[start..].lines().next().unwrap_or_default();
        let number = self.file[..at].matches('\n').count() + 1;
        let column = self.file[start..at].chars().count() + 1;
        let problem = texts.at(number, column, problem);
        // What was typed may be a secret.
        if !redact::scan(line).is_empty() {
            return problem;
        }
        let indent = " ".repeat(width(&self.file[start..at]));
        let carets = "^".repeat(width(name).max(1));
        format!("{problem}\n    {line}\n    {indent}{carets}")
    }

    /// Where the last of these names stands, as a whole word.
    fn find(&self, names: &[&str]) -> Option<usize> {
        let mut from = 0;
        let mut found = None;
        for name in names {
            let in_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            let is_whole = |at: usize| {
                let (before, after) = (&self.file[..at], &self.file[at + name.len()..]);
                !before.ends_with(in_name) && !after.starts_with(in_name)
            };
            let rest = self.file.get(from..)?;
            let mut all = rest.match_indices(name).map(|(n, _)| from + n);
            let at = all.find(|at| is_whole(*at))?;
            found = Some(at);
            from = at + name.len();
        }
        found
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
