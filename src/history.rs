//! The one file format for walks: answers by their ids, in TOML. A saved walk is such a file, and
//! so are the answers of a script; a scenario is one that says what is expected as well.

use crate::field;
use crate::guide::{Field, Guide, Kind, Step};
use crate::moment::Moment;
use crate::redact::{self, Raw};
use crate::walk::{Answer, Entry, Misfit, Next, Past, Walk};
use crate::words::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
pub use toml::value::Datetime;

/// A walk as a file has it. Somebody may have written a secret into that, so it has no `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The version of the format, in a saved walk.
    pub version: Option<u32>,
    /// The checksum of a saved walk; see [`crate::session`].
    pub checksum: Option<String>,
    /// The id of the guide that was walked.
    pub guide: String,
    /// Its edition then.
    pub edition: Option<String>,
    /// What the walk is about, for whoever reads the file.
    pub title: Option<String>,
    /// The id of the case that it started with.
    pub case: String,
    /// When a saved walk reached its outcome.
    pub finished: Option<Datetime>,
    /// The wait that a saved walk is in.
    pub waiting: Option<Waiting>,
    /// The answers, in order.
    #[serde(default, rename = "answer", skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Record>,
    /// Answers of a saved walk that were taken back; see [`Past::undone`].
    #[serde(default, rename = "taken-back", skip_serializing_if = "Vec::is_empty")]
    pub undone: Vec<Record>,
    /// Answers of a saved walk that were put aside; see [`Past::held`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<Record>,
    /// What a scenario expects of the walk.
    #[serde(skip_serializing)]
    pub expect: Option<Expect>,
}

/// A wait that has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiting {
    /// The id of the step.
    pub step: String,
    /// When it began.
    pub since: Datetime,
}

/// One answer as a file has it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The id of the step.
    pub step: String,
    /// The id of the choice; several as a list.
    pub choice: Option<Choices>,
    /// What was typed.
    pub value: Option<String>,
    /// When.
    pub at: Option<Datetime>,
}

/// One choice or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Choices {
    /// The id of one choice.
    One(String),
    /// The ids of any number of choices.
    Several(Vec<String>),
}

/// What a scenario expects.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// The id of the outcome that the walk ends in.
    pub outcome: Option<String>,
    /// The ids of steps that are asked on it.
    #[serde(default)]
    pub seen: Vec<String>,
    /// The ids of steps that are not.
    #[serde(default)]
    pub unseen: Vec<String>,
    /// Texts that the ticket holds, by language.
    #[serde(default)]
    pub ticket: BTreeMap<String, Vec<String>>,
}

/// Why a walk cannot be walked on a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// It is over another guide: the ids of its guide and of this one.
    Guide(String, String),
    /// The guide has no case with this id.
    Case(String),
}

impl History {
    /// Reads a file's text.
    ///
    /// # Errors
    /// What is wrong, with line and column.
    pub fn parse(text: &str) -> Result<History, String> {
        toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let line_start = text[..at].rfind('\n').map_or(0, |n| n + 1);
            let line = text[..at].matches('\n').count() + 1;
            let column = text[line_start..at].chars().count() + 1;
            let message = said(error.message().trim());
            format!("line {line}, column {column}: {message}")
        })
    }

    /// What is to be kept of a walk.
    #[must_use]
    pub fn of(walk: &Walk<'_>) -> History {
        let guide = walk.guide();
        let past = walk.past();
        let records = |entries: &[Entry]| entries.iter().map(|e| Record::of(guide, e)).collect();
        History {
            version: None,
            checksum: None,
            guide: guide.id.clone(),
            edition: Some(guide.edition.clone()),
            title: None,
            case: guide.cases[walk.start_case() as usize].id.clone(),
            finished: None,
            waiting: None,
            answers: records(&past.history),
            undone: records(&past.undone),
            held: records(&past.held),
            expect: None,
        }
    }

    /// Walks the answers one after the other, each where its step is asked, as scenarios and
    /// scripts do. The walk may end half-way.
    ///
    /// # Errors
    /// The first answer that does not fit, and what would.
    pub fn follow<'g>(&self, guide: &'g Guide) -> Result<Walk<'g>, String> {
        let case = self
            .on(guide)
            .map_err(|unfit| (words("en").unfit)(&unfit))?;
        let mut walk = Walk::start(guide, case);
        for record in &self.answers {
            let entry = record.entry(guide)?;
            let id = &record.step;
            let step = match walk.next() {
                Next::Step(ix, step) if ix == entry.step => step,
                Next::Step(_, step) => {
                    return Err(format!(
                        "it answers {id}, but {} is asked; {}",
                        step.id,
                        what_fits(step)
                    ));
                }
                Next::Outcome(outcome) => {
                    return Err(format!("it answers {id}, but {} is reached", outcome.id));
                }
            };
            walk.answer(entry.answer, entry.at).map_err(|misfit| {
                let problem = match misfit {
                    Misfit::Value(problem) => (words("en").problem)(problem),
                    Misfit::Choice | Misfit::Ended => what_fits(step),
                };
                format!("{id} does not take this answer: {problem}")
            })?;
        }
        Ok(walk)
    }

    /// Takes a saved walk up again, on whatever has become of the guide since. Returns the ids of
    /// the steps whose answers do not apply any more.
    ///
    /// # Errors
    /// When the walk is over another guide, or over a case that is gone.
    pub fn replay<'g>(&self, guide: &'g Guide) -> Result<(Walk<'g>, Vec<String>), Unfit> {
        let case = self.on(guide)?;
        let mut fallen = Vec::new();
        let mut entries = |records: &[Record]| -> Vec<Entry> {
            let mut entry = |r: &Record| r.entry(guide).map_err(|_| fallen.push(r.step.clone()));
            records.iter().filter_map(|r| entry(r).ok()).collect()
        };
        let past = Past {
            history: entries(&self.answers),
            undone: entries(&self.undone),
            held: entries(&self.held),
        };
        let (walk, misfits) = Walk::replay(guide, case, past);
        fallen.extend(misfits.iter().map(|e| guide.at(e.step).id.clone()));
        Ok((walk, fallen))
    }

    /// The case on a guide.
    fn on(&self, guide: &Guide) -> Result<u32, Unfit> {
        if self.guide != guide.id {
            return Err(Unfit::Guide(self.guide.clone(), guide.id.clone()));
        }
        let case = guide.case(&self.case);
        case.ok_or_else(|| Unfit::Case(self.case.clone()))
    }
}

impl Record {
    /// The answer that the record means on today's guide.
    ///
    /// # Errors
    /// The step or the choice that is not there, with what is.
    pub fn entry(&self, guide: &Guide) -> Result<Entry, String> {
        let id = &self.step;
        let Some(ix) = guide.step(id) else {
            return Err(format!("the guide has no step {}", said(id)));
        };
        let step = guide.at(ix);
        let at = match &self.at {
            None => Moment::EPOCH,
            Some(at) => moment(at).map_err(|e| format!("{id}: {e}"))?,
        };
        let answer = match (&self.choice, &self.value) {
            (None, Some(value)) => {
                let Kind::Fill(kind) = step.kind else {
                    return Err(format!("{id}: nothing is typed here; give a choice"));
                };
                let taken = field::take(kind, Raw::new(value.clone()));
                let problem = |p| format!("{id}: {}", (words("en").problem)(p));
                let value = taken.map_err(problem)?.value;
                // As a prompt does, where it is known when that was.
                Answer::value(match kind {
                    Field::Time if at != Moment::EPOCH => field::with_offset(&value, &at.zoned()),
                    _ => value,
                })
            }
            (Some(Choices::One(choice)), None) => Answer::several(&[place(step, choice)?]),
            (Some(Choices::Several(choices)), None) => {
                let places = choices.iter().map(|choice| place(step, choice));
                Answer::several(&places.collect::<Result<Vec<usize>, String>>()?)
            }
            _ => {
                return Err(format!(
                    "{id}: give a choice, or a value where one is typed"
                ));
            }
        };
        Ok(Entry {
            step: ix,
            answer,
            at,
        })
    }

    fn of(guide: &Guide, entry: &Entry) -> Record {
        let step = guide.at(entry.step);
        let value = entry.answer.value.clone();
        let mut ids = entry
            .answer
            .places()
            .map(|place| step.choices[place].id.clone());
        let choice = match step.kind {
            _ if value.is_some() => None,
            Kind::AskSeveral => Some(Choices::Several(ids.collect())),
            _ => ids.next().map(Choices::One),
        };
        Record {
            step: step.id.clone(),
            choice,
            value,
            at: datetime(entry.at),
        }
    }
}

/// A moment as a file has it; nothing for one that is not known.
#[must_use]
pub fn datetime(at: Moment) -> Option<Datetime> {
    let known = Some(at).filter(|at| *at != Moment::EPOCH);
    known.and_then(|at| at.to_string().parse().ok())
}

/// The moment that a file means.
///
/// # Errors
/// When it has no offset from UTC, or is no moment.
pub fn moment(at: &Datetime) -> Result<Moment, String> {
    at.to_string()
        .parse()
        .map_err(|e| format!("the time {at} has no offset, or is none: {e}"))
}

/// What a file says, as a message may repeat it: somebody may have written a secret there.
fn said(text: &str) -> String {
    redact::redact(text).text
}

fn place(step: &Step, id: &str) -> Result<usize, String> {
    step.choice(id).ok_or_else(|| {
        format!(
            "{} has no answer {}; {}",
            step.id,
            said(id),
            what_fits(step)
        )
    })
}

fn what_fits(step: &Step) -> String {
    let ids: Vec<&str> = step.choices.iter().map(|c| c.id.as_str()).collect();
    let ids = ids.join(", ");
    match step.kind {
        Kind::Fill(_) => "it takes a value, or the choice skipped".to_owned(),
        Kind::AskSeveral => format!("it takes any number of: {ids}"),
        _ => format!("it takes one of: {ids}"),
    }
}
