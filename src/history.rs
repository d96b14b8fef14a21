//! The one file format for walks: answers by their ids, in TOML. Saved walks, the answers of a
//! script and scenarios have it; a scenario also says what it expects.

use crate::answer::{Answer, Entry, Log};
use crate::field::{self, Problem};
use crate::guide::{CaseId, Field, Guide, Kind, Node, Step};
use crate::moment::Moment;
use crate::redact::{self, Clean, Kept, Raw, Removed};
use crate::walk::Walk;
use crate::words::Words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
pub use toml::value::Datetime;

/// A walk as a file has it. What was typed is [`Raw`] as it is read, for somebody may have written a
/// secret there; only with [`Clean`] values is it written and shown.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History<V = Raw> {
    /// The version of the format, in a saved walk.
    pub version: Option<u32>,
    /// The checksum of a saved walk; see [`crate::store`].
    pub checksum: Option<String>,
    /// The id of the guide that was walked.
    pub guide: String,
    /// Its edition then.
    pub edition: Option<String>,
    /// What the walk is about, for whoever reads the file.
    pub title: Option<String>,
    /// The id of the case that it started with.
    pub case: String,
    /// The name of the saved walk that this one follows up on; see [`crate::follow_up`].
    pub follows: Option<String>,
    /// When a saved walk reached its outcome.
    pub finished: Option<Datetime>,
    /// The id of that outcome.
    pub outcome: Option<String>,
    /// The wait that a saved walk is in.
    pub waiting: Option<Waiting>,
    /// The answers, in order.
    #[serde(
        default = "Vec::new",
        rename = "answer",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub answers: Vec<Record<V>>,
    /// Answers of a saved walk that were taken back; see [`Log::retracted`].
    #[serde(
        default = "Vec::new",
        rename = "taken-back",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub retracted: Vec<Record<V>>,
    /// Answers of a saved walk that come after one that is being changed; see [`Log::pending`].
    #[serde(
        default = "Vec::new",
        rename = "held",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub pending: Vec<Record<V>>,
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
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record<V = Raw> {
    /// The id of the step.
    pub step: String,
    /// The id of the choice; several as a list.
    pub choice: Option<Choices>,
    /// What was typed.
    pub value: Option<V>,
    /// Whether its writer keeps what is only perhaps a secret in it; see [`crate::redact::Kept`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
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
    /// The ids of steps that are asked early enough, each with the number of the prompt by which.
    #[serde(default)]
    pub within: BTreeMap<String, usize>,
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

/// What is wrong with a file of answers. What is repeated from the file has its secrets masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// It does not read as a file of answers: line, column, and why.
    Toml(usize, usize, NotToml),
    /// It is over another guide or case.
    Unfit(Unfit),
    /// The guide has no such step.
    NoStep(String),
    /// It answers one step where another one is asked.
    OtherStep(String, String, Fits),
    /// It answers a step where this outcome is reached.
    Ended(String, String),
    /// The step does not take this many answers.
    Refused(String, Fits),
    /// What was typed for the step is not what it takes.
    Value(String, Problem),
    /// The step's time has no offset, or is none.
    NoTime(String, String),
    /// Something was typed for a step that takes a choice.
    NotTyped(String),
    /// The step has no answer, or two.
    Nothing(String),
    /// The step has no such choice.
    NoChoice(String, String, Fits),
}

/// Why a text does not read as a file of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotToml {
    /// This key is missing.
    NoKey(String),
    /// This key means nothing there.
    StrangeKey(String),
    /// What the parser says in English.
    Other(String),
}

impl NotToml {
    /// From a message of the parser, which has no other form.
    fn of(message: &str) -> NotToml {
        let key = |start: &str| {
            let rest = message.strip_prefix(start)?.strip_prefix(" `")?;
            rest.split_once('`').map(|(key, _)| masked(key))
        };
        let missing = key("missing field").map(NotToml::NoKey);
        let strange = key("unknown field").map(NotToml::StrangeKey);
        missing
            .or(strange)
            .unwrap_or_else(|| NotToml::Other(masked(message)))
    }
}

/// What a step takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fits {
    /// What is typed.
    Value,
    /// At least so many of these choices.
    Several(usize, String),
    /// One of these choices.
    One(String),
}

impl Wrong {
    /// The names in the file that it is about, in their order.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        match self {
            Wrong::Toml(..) => Vec::new(),
            Wrong::Unfit(Unfit::Guide(id, _) | Unfit::Case(id)) => vec![id],
            Wrong::NoChoice(step, choice, _) => vec![step, choice],
            Wrong::NoStep(step)
            | Wrong::OtherStep(step, ..)
            | Wrong::Ended(step, _)
            | Wrong::Refused(step, _)
            | Wrong::Value(step, _)
            | Wrong::NoTime(step, _)
            | Wrong::NotTyped(step)
            | Wrong::Nothing(step) => vec![step],
        }
    }
}

impl From<Unfit> for Wrong {
    fn from(unfit: Unfit) -> Wrong {
        Wrong::Unfit(unfit)
    }
}

impl Words {
    /// What is wrong with a file of answers.
    #[must_use]
    pub fn wrong(&self, wrong: &Wrong) -> String {
        let texts = &self.answers;
        match wrong {
            Wrong::Toml(line, column, NotToml::NoKey(key)) => texts.no_key(*line, *column, key),
            Wrong::Toml(line, column, NotToml::StrangeKey(key)) => {
                texts.strange_key(*line, *column, key)
            }
            Wrong::Toml(line, column, NotToml::Other(message)) => {
                texts.toml(*line, *column, message)
            }
            Wrong::Unfit(unfit) => self.unfit(unfit),
            Wrong::NoStep(step) => texts.no_step(step),
            Wrong::OtherStep(step, asked, fits) => texts.other_step(step, asked, self.fits(fits)),
            Wrong::Ended(step, outcome) => texts.ended(step, outcome),
            Wrong::Refused(step, fits) => texts.refused(step, self.fits(fits)),
            Wrong::Value(step, problem) => texts.value(step, self.problem(*problem)),
            Wrong::NoTime(step, at) => texts.no_time(step, at),
            Wrong::NotTyped(step) => texts.not_typed(step),
            Wrong::Nothing(step) => texts.nothing(step),
            Wrong::NoChoice(step, choice, fits) => texts.no_choice(step, choice, self.fits(fits)),
        }
    }

    fn fits(&self, fits: &Fits) -> String {
        match fits {
            Fits::Value => self.answers.takes_value.to_owned(),
            Fits::Several(0, ids) => self.answers.takes_several(ids),
            Fits::Several(least, ids) => self.answers.takes_at_least(*least, ids),
            Fits::One(ids) => self.answers.takes_one(ids),
        }
    }

    /// Why a walk cannot be walked on a guide.
    #[must_use]
    pub fn unfit(&self, unfit: &Unfit) -> String {
        match unfit {
            Unfit::Guide(its, this) => self.trouble.other_guide(its, this),
            Unfit::Case(id) => self.trouble.no_case(id),
        }
    }
}

impl History {
    /// Reads a file's text.
    ///
    /// # Errors
    /// What is wrong, with line and column.
    pub fn parse(text: &str) -> Result<History, Wrong> {
        toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let line_start = text[..at].rfind('\n').map_or(0, |n| n + 1);
            let line = text[..at].matches('\n').count() + 1;
            let column = text[line_start..at].chars().count() + 1;
            Wrong::Toml(line, column, NotToml::of(error.message().trim()))
        })
    }

    /// Walks the answers one after the other, each where its step is asked, as scenarios and
    /// scripts do. The walk may end half-way.
    ///
    /// # Errors
    /// The first answer that does not fit, and what would.
    pub fn follow<'g>(&self, guide: &'g Guide) -> Result<Walk<'g>, Wrong> {
        let case = self.on(guide)?;
        let mut walk = Walk::start(guide, case);
        for record in &self.answers {
            let entry = record.entry(guide)?;
            let id = &record.step;
            let step = match walk.next() {
                Node::Step(step) if step == entry.step => guide.at(step),
                Node::Step(step) => {
                    let step = guide.at(step);
                    let asked = step.id.clone();
                    return Err(Wrong::OtherStep(id.clone(), asked, what_fits(step)));
                }
                Node::Outcome(outcome) => {
                    let end = guide.outcomes[outcome].id.clone();
                    return Err(Wrong::Ended(id.clone(), end));
                }
            };
            let taken = walk.answer(entry.answer, entry.at);
            taken.map_err(|_| refused(step))?;
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
        let mut dropped = Vec::new();
        let mut entries = |records: &[Record]| -> Vec<Entry> {
            let mut entry = |r: &Record| r.entry(guide).map_err(|_| dropped.push(r.step.clone()));
            records.iter().filter_map(|r| entry(r).ok()).collect()
        };
        let log = Log {
            given: entries(&self.answers),
            retracted: entries(&self.retracted),
            pending: entries(&self.pending),
        };
        let (walk, more) = Walk::replay(guide, case, log);
        dropped.extend(more.iter().map(|e| guide.at(e.step).id.clone()));
        Ok((walk, dropped))
    }

    /// The case on a guide.
    fn on(&self, guide: &Guide) -> Result<CaseId, Unfit> {
        if self.guide != guide.id {
            return Err(Unfit::Guide(id_of(&self.guide), guide.id.clone()));
        }
        let case = guide.case(&self.case);
        case.ok_or_else(|| Unfit::Case(id_of(&self.case)))
    }

    /// The walk as it may be shown: each value as its step on the guide takes it, and everything
    /// else that the file says without what looks like a secret.
    #[must_use]
    pub fn shown(&self, guide: &Guide) -> History<Clean> {
        let records = |all: &[Record]| all.iter().map(|record| record.shown(guide)).collect();
        let text = |text: &Option<String>| text.as_deref().map(masked);
        History {
            version: self.version,
            checksum: self.checksum.clone().filter(|sum| is_checksum(sum)),
            guide: id_of(&self.guide),
            edition: text(&self.edition),
            title: text(&self.title),
            case: id_of(&self.case),
            // A name, as the store has checked.
            follows: self.follows.clone(),
            finished: self.finished,
            outcome: text(&self.outcome),
            waiting: self.waiting.as_ref().map(|waiting| Waiting {
                step: masked(&waiting.step),
                since: waiting.since,
            }),
            answers: records(&self.answers),
            retracted: records(&self.retracted),
            pending: records(&self.pending),
            expect: None,
        }
    }
}

impl History<Clean> {
    /// What is to be kept of a walk.
    #[must_use]
    pub fn of(walk: &Walk<'_>) -> History<Clean> {
        let guide = walk.guide();
        let records = |entries: &[Entry]| entries.iter().map(|e| Record::of(guide, e)).collect();
        History {
            version: None,
            checksum: None,
            guide: guide.id.clone(),
            edition: Some(guide.edition.clone()),
            title: None,
            case: guide.cases[walk.start_case()].id.clone(),
            follows: None,
            finished: None,
            outcome: None,
            waiting: None,
            answers: records(&walk.log().given),
            retracted: records(&walk.log().retracted),
            pending: records(&walk.log().pending),
            expect: None,
        }
    }

    /// The secrets that are left in it: those that are spread over several answers. A walk that has
    /// any must not be shown.
    #[must_use]
    pub fn leaks(&self) -> Removed {
        let answers = self.answers.iter().chain(&self.retracted);
        let answers = answers.chain(&self.pending);
        let typed = answers.filter_map(|record| record.value.as_deref());
        let typed: Vec<&str> = typed.collect();
        // Numbers with a form of their own look like cards; a phrase is words.
        redact::scan(&typed.join(" ")).of(|kind| kind == redact::Kind::SeedPhrase)
    }
}

impl Record {
    /// The answer that the record means on today's guide.
    ///
    /// # Errors
    /// Which step or choice is not there, and what is.
    pub fn entry(&self, guide: &Guide) -> Result<Entry, Wrong> {
        let id = &self.step;
        let Some(ix) = guide.step(id) else {
            return Err(Wrong::NoStep(masked(id)));
        };
        let step = guide.at(ix);
        let at = match &self.at {
            None => Moment::EPOCH,
            Some(at) => moment(at).map_err(|_| Wrong::NoTime(id.clone(), at.to_string()))?,
        };
        let answer = match (&self.choice, &self.value) {
            (None, Some(value)) => {
                let Kind::Fill(kind) = step.kind else {
                    return Err(Wrong::NotTyped(id.clone()));
                };
                // As a prompt does, where it is known when and where that was.
                let is_time = kind.is_time() && at != Moment::EPOCH;
                let value = if is_time {
                    field::in_full(value.clone(), &at.zoned())
                } else {
                    value.clone()
                };
                let value = match self.take(kind, value.clone()) {
                    Ok(taken) => taken.value,
                    Err(problem) => field::take_unusual(kind, value)
                        .ok_or_else(|| Wrong::Value(id.clone(), problem))?,
                };
                Answer::Typed(if is_time {
                    field::with_offset(&value, &at.zoned())
                } else {
                    value
                })
            }
            (Some(Choices::One(choice)), None) => Answer::several(&[place(step, choice)?]),
            (Some(Choices::Several(choices)), None) => {
                let places = choices.iter().map(|choice| place(step, choice));
                Answer::several(&places.collect::<Result<Vec<usize>, Wrong>>()?)
            }
            _ => {
                return Err(Wrong::Nothing(id.clone()));
            }
        };
        Ok(Entry {
            step: ix,
            answer,
            at,
        })
    }

    fn take(&self, field: Field, value: Raw) -> Result<field::Taken, field::Problem> {
        let kept = if self.kept {
            value.doubtful()
        } else {
            Kept::default()
        };
        field::take_but(field, value, &kept)
    }

    /// See [`History::shown`].
    fn shown(&self, guide: &Guide) -> Record<Clean> {
        let kind = guide.step(&self.step).map(|step| guide.at(step).kind);
        let value = self.value.clone().map(|value| {
            let taken = match kind {
                Some(Kind::Fill(field)) => self.take(field, value.clone()).ok(),
                _ => None,
            };
            taken.map_or_else(|| value.masked().text, |taken| taken.value.text().clone())
        });
        Record {
            step: masked(&self.step),
            choice: self.choice.as_ref().map(|choice| match choice {
                Choices::One(id) => Choices::One(masked(id)),
                Choices::Several(ids) => {
                    Choices::Several(ids.iter().map(|id| masked(id)).collect())
                }
            }),
            value,
            kept: self.kept,
            at: self.at,
        }
    }
}

impl Record<Clean> {
    fn of(guide: &Guide, entry: &Entry) -> Record<Clean> {
        let step = guide.at(entry.step);
        let value = entry.answer.value().cloned();
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
            kept: entry.answer.kept().is_some_and(|kept| !kept.is_empty()),
            at: datetime(entry.at),
        }
    }
}

/// A moment as a file has it; `None` for [`Moment::EPOCH`], which means unknown.
#[must_use]
pub fn datetime(at: Moment) -> Option<Datetime> {
    let known = Some(at).filter(|at| *at != Moment::EPOCH);
    known.and_then(|at| at.to_string().parse().ok())
}

/// The moment that a file means.
///
/// # Errors
/// If it has no offset from UTC.
pub fn moment(at: &Datetime) -> Result<Moment, jiff::Error> {
    at.to_string().parse()
}

/// A text of a file as a message may repeat it: with secrets masked.
fn masked(text: &str) -> String {
    Raw::new(text).masked().text.to_string()
}

/// The id of a guide or a case as a message may repeat it. One in the form of ids stays, though it
/// may look random; only words in a row could be a secret.
fn id_of(text: &str) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_phrase = |kind| kind == redact::Kind::SeedPhrase;
    let is_id = text.len() <= 64 && text.chars().all(plain);
    if is_id
        && redact::scan(&text.replace('-', " "))
            .of(is_phrase)
            .is_empty()
    {
        text.to_owned()
    } else {
        masked(text)
    }
}

/// Whether it has the form of a checksum, which looks like a key.
fn is_checksum(text: &str) -> bool {
    let digits = text.strip_prefix("sha256:").unwrap_or_default();
    digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

fn place(step: &Step, id: &str) -> Result<usize, Wrong> {
    let place = step.choice(id);
    place.ok_or_else(|| Wrong::NoChoice(step.id.clone(), masked(id), what_fits(step)))
}

/// A step does not take an answer.
#[must_use]
pub fn refused(step: &Step) -> Wrong {
    Wrong::Refused(step.id.clone(), what_fits(step))
}

fn what_fits(step: &Step) -> Fits {
    let ids: Vec<&str> = step.choices.iter().map(|c| c.id.as_str()).collect();
    let ids = ids.join(", ");
    match step.kind {
        Kind::Fill(_) => Fits::Value,
        Kind::AskSeveral => Fits::Several(step.least.into(), ids),
        _ => Fits::One(ids),
    }
}
