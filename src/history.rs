//! The one file format for walks: answers by their ids, in TOML. A scenario is such a file that
//! says what is expected as well.

use crate::field;
use crate::guide::{Guide, Kind, Step};
use crate::moment::Moment;
use crate::redact::Raw;
use crate::walk::{Answer, Entry};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A walk as a file has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The id of the guide that was walked.
    pub guide: String,
    /// Its edition then.
    pub edition: Option<String>,
    /// What the walk is about, for whoever reads the file.
    pub title: Option<String>,
    /// The id of the case that it started with.
    pub case: String,
    /// The answers, in order.
    #[serde(default, rename = "answer")]
    pub answers: Vec<Record>,
    /// What a scenario expects of the walk.
    pub expect: Option<Expect>,
}

/// One answer as a file has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The id of the step.
    pub step: String,
    /// The id of the choice; several as a list.
    pub choice: Option<Choices>,
    /// What was typed.
    pub value: Option<String>,
    /// When.
    pub at: Option<toml::value::Datetime>,
}

/// One choice or several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
            format!("line {line}, column {column}: {}", error.message().trim())
        })
    }
}

impl Record {
    /// The answer that the record means on today's guide.
    ///
    /// # Errors
    /// The step or the choice that is not there, with what is.
    pub fn entry(&self, guide: &Guide) -> Result<Entry, String> {
        let Some(ix) = guide.step(&self.step) else {
            return Err(format!("the guide has no step {}", self.step));
        };
        let step = guide.at(ix);
        let at = match &self.at {
            None => Moment::EPOCH,
            Some(at) => at.to_string().parse().map_err(|e| {
                format!(
                    "{}: the time {at} has no offset, or is none: {e}",
                    self.step
                )
            })?,
        };
        let answer = match (&self.choice, &self.value) {
            (None, Some(value)) => {
                let Kind::Fill(kind) = step.kind else {
                    return Err(format!(
                        "{}: nothing is typed here; give a choice",
                        self.step
                    ));
                };
                let taken = field::take(kind, Raw::new(value.clone()));
                Answer::value(
                    taken
                        .map_err(|p| format!("{}: not what is typed here: {p:?}", self.step))?
                        .value,
                )
            }
            (Some(Choices::One(id)), None) => Answer::several(&[place(step, id)?]),
            (Some(Choices::Several(ids)), None) => {
                let places: Result<Vec<usize>, String> =
                    ids.iter().map(|id| place(step, id)).collect();
                Answer::several(&places?)
            }
            _ => {
                return Err(format!(
                    "{}: give a choice, or a value where one is typed",
                    self.step
                ));
            }
        };
        Ok(Entry {
            step: ix,
            answer,
            at,
        })
    }
}

fn place(step: &Step, id: &str) -> Result<usize, String> {
    step.choice(id).ok_or_else(|| {
        let ids: Vec<&str> = step.choices.iter().map(|c| c.id.as_str()).collect();
        format!("{} has no answer {id}; it has {}", step.id, ids.join(", "))
    })
}
