//! A guide: what the program knows about one subject, as checked data.
//!
//! Whoever holds a [`Guide`] holds one that passed every check and every rule of
//! its own over all walks (see [`rules`]). The guide that ships is checked when the program is
//! built and embedded in a compact form; any other is read from TOML with [`Guide::load`].
//!
//! This module and those below it are part of the build script too, so they use nothing of this
//! crate but [`crate::text`].

mod check;
mod choice_set;
pub mod cursor;
pub mod finding;
mod hosts;
mod ids;
mod letters;
mod read;
pub mod rules;
mod secret_words;
mod secrets;
mod sentences;

pub use choice_set::{ChoiceSet, MAX_ANSWERS};
pub use finding::Refused;
pub use ids::{CaseId, Id, IdVec, ListId, OutcomeId, SourceId, StepId};

use crate::text::tame;
use serde::{Deserialize, Serialize};

/// The most bytes a guide file may have: 1 MiB.
pub const MAX_BYTES: usize = 1 << 20;
/// The most cases one guide may have.
pub const MAX_CASES: usize = 32;

/// A checked guide. There is no other: the only ways to one are [`Guide::load`], which checks, the
/// embedded form, which was checked when it was built, and the guide of a follow-up, which is made
/// from the parts of a checked one.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    parts: Parts,
    /// The name of the file that it was read from; nothing for the embedded one.
    file: Option<String>,
}

/// What a guide is made of. References are indices that the checker has proved to be in range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    /// The name that saved walks and scenarios store.
    pub id: String,
    /// Which state of the guide this is; stored in walks, printed in tickets.
    pub edition: String,
    /// Language tags; the first is the fallback.
    pub languages: Vec<String>,
    /// What the guide is about, for the first line of the screen.
    pub title: Text,
    /// One line below it: whose guide this is not, what it never asks.
    pub notice: Option<Text>,
    /// Where its statements come from.
    pub sources: IdVec<SourceId, Source>,
    /// The cases, in the order of the menu.
    pub cases: IdVec<CaseId, Case>,
    /// Runs of steps: of a case, behind an answer, before an outcome. Groups are expanded here.
    pub lists: IdVec<ListId, Vec<StepId>>,
    /// Every step.
    pub steps: IdVec<StepId, Step>,
    /// Every outcome.
    pub outcomes: IdVec<OutcomeId, Outcome>,
}

/// One of a guide's languages, by its place in [`Parts::languages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lang(usize);

impl Lang {
    /// The first of a guide's languages, used where none was chosen.
    pub const FIRST: Lang = Lang(0);
}

/// A text in every language of its guide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Text(Vec<String>);

impl Text {
    /// The text in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        self.0.get(lang.0).or(self.0.first()).map_or("", |s| s)
    }

    /// The text in each language, in the guide's order.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl FromIterator<String> for Text {
    fn from_iter<I: IntoIterator<Item = String>>(texts: I) -> Text {
        Text(texts.into_iter().collect())
    }
}

/// Where a statement comes from, and how far it can be trusted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its name in the guide.
    pub id: String,
    /// What a reader may call it.
    pub title: Text,
    /// An address on okx.com, if there is one to show.
    pub url: Option<String>,
    /// How far to trust it.
    pub trust: Trust,
}

/// How far a source can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// Read on OKX's own site.
    Official,
    /// The text of an OKX article, read in copies elsewhere.
    Copy,
    /// What vendors and cloud platforms write about such checks in general.
    Industry,
    /// The guide that the knowledge grew from, hearsay included.
    Guide,
}

/// One thing people come with; a line of the menu.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// What `--case` takes.
    pub id: String,
    /// The menu line.
    pub label: Text,
    /// The subject of its ticket; the label where there is none.
    pub subject: Option<Text>,
    /// The problem in one sentence of the user's, for the ticket; the label where there is none.
    pub problem: Option<Text>,
    /// The steps, in order.
    pub steps: ListId,
    /// Where the case ends when no answer ended it earlier.
    pub end: OutcomeId,
    /// The claims that the case conveys.
    pub covers: Vec<String>,
}

/// One thing to ask, to do, to read or to type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What walks, scenarios and conditions call it.
    pub id: String,
    /// What is wanted of the user.
    pub kind: Kind,
    /// What the user reads.
    pub text: Text,
    /// The reason, shown on request.
    pub why: Option<Text>,
    /// A short noun phrase for lists, conditions and the ticket.
    pub name: Option<Text>,
    /// An example of what may be typed.
    pub example: Option<Text>,
    /// What the step costs, in minutes; zero where it is less than one.
    pub minutes: u16,
    /// Whether a rule asks about its answer: a wrong one may cost money.
    pub gate: bool,
    /// When the step applies; always, if there is none.
    pub when: Option<Cond>,
    /// The possible answers; the standing ones where the guide gives none.
    pub choices: Vec<Choice>,
    /// The choices that count as having done the step.
    pub does: ChoiceSet,
    /// Whether what it prepares is attached to the ticket: if it was left out, the ticket asks for
    /// no attachment.
    pub attach: bool,
    /// Where its statements come from.
    pub sources: Vec<SourceId>,
    /// The claims that the step conveys.
    pub covers: Vec<String>,
}

impl Step {
    /// The short name, or the text where the guide gives no name.
    #[must_use]
    pub fn name(&self) -> &Text {
        self.name.as_ref().unwrap_or(&self.text)
    }

    /// The place of a standing answer, if the step has it.
    #[must_use]
    pub fn standing(&self, standing: Standing) -> Option<usize> {
        let is = |choice: &Choice| choice.label == Label::Standing(standing);
        self.choices.iter().position(is)
    }

    /// The place of the choice with this id.
    #[must_use]
    pub fn choice(&self, id: &str) -> Option<usize> {
        self.choices.iter().position(|c| c.id == id)
    }

    /// The choices of a set.
    pub fn chosen(&self, set: ChoiceSet) -> impl Iterator<Item = &Choice> + Clone {
        let all = self.choices.iter().enumerate();
        all.filter(move |(n, _)| set.contains(*n)).map(|(_, c)| c)
    }
}

/// What a step wants of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A question with one answer.
    Ask,
    /// A question with any number of answers.
    AskSeveral,
    /// Something to do that may solve it: it helped, no change, not now.
    Do,
    /// Something to have ready before a later try: done, not now.
    Prepare,
    /// Like `Do`, where the doing is waiting.
    Wait,
    /// Something to read.
    Note,
    /// A value to type, or to leave out.
    Fill(Field),
}

impl Kind {
    /// The word for the kind in a guide and in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Kind::Ask | Kind::AskSeveral => "ask",
            Kind::Do => "do",
            Kind::Prepare => "prepare",
            Kind::Wait => "wait",
            Kind::Note => "note",
            Kind::Fill(_) => "fill",
        }
    }

    /// The answers that a step of this kind has where its guide gives none.
    #[must_use]
    pub fn standing(self) -> &'static [Standing] {
        match self {
            Kind::Ask | Kind::AskSeveral => &[],
            Kind::Do | Kind::Wait => &[Standing::Helped, Standing::NoChange, Standing::NotNow],
            Kind::Prepare => &[Standing::Done, Standing::NotNow],
            Kind::Note => &[Standing::Read],
            Kind::Fill(_) => &Standing::OF_FILL,
        }
    }

    /// Those of a step's choices that count as having done it: every answer to a question.
    #[must_use]
    pub fn does(self, choices: &[Choice]) -> ChoiceSet {
        let does = |choice: &Choice| match (self, &choice.label) {
            (Kind::Ask | Kind::AskSeveral, _) | (_, Label::Own(_)) => true,
            (_, Label::Standing(standing)) => standing.is_done(),
        };
        let places = choices.iter().enumerate();
        places.filter(|(_, c)| does(c)).map(|(n, _)| n).collect()
    }
}

/// An answer that is the same in every guide, in the program's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It was done, and that solved it.
    Helped,
    /// It was done, and changed nothing.
    NoChange,
    /// It cannot be done now.
    NotNow,
    /// It was prepared.
    Done,
    /// The note was read.
    Read,
    /// A value was typed.
    Given,
    /// The question or the field was left out.
    Skipped,
}

impl Standing {
    /// What a step has that takes a typed value.
    const OF_FILL: [Standing; 2] = [Standing::Given, Standing::Skipped];
    /// The place of [`Standing::Given`] in every step that takes a typed value.
    pub const GIVEN: usize = 0;

    /// What walks, scenarios and conditions call it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Standing::Helped => "helped",
            Standing::NoChange => "no-change",
            Standing::NotNow => "not-now",
            Standing::Done => "done",
            Standing::Read => "read",
            Standing::Given => "given",
            Standing::Skipped => "skipped",
        }
    }

    /// Whether whoever answers so has done what the step wants.
    #[must_use]
    pub fn is_done(self) -> bool {
        !matches!(self, Standing::NotNow | Standing::Skipped)
    }
}

const _: () = assert!(matches!(
    Standing::OF_FILL[Standing::GIVEN],
    Standing::Given
));

/// What may be typed. There is deliberately none for anything secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// An account's public number: digits.
    Uid,
    /// A version such as 6.140.0.
    Version,
    /// A date and a time of day.
    Time,
    /// The name of a country.
    Country,
    /// A small number.
    Count,
    /// One line.
    Line,
    /// The number that support gave a ticket: letters, digits and dashes.
    Reference,
    /// Names of files.
    Files,
    /// The one free note.
    Note,
}

impl Field {
    /// The fields and what a guide calls them.
    pub const ALL: [(&'static str, Field); 9] = [
        ("uid", Field::Uid),
        ("version", Field::Version),
        ("time", Field::Time),
        ("country", Field::Country),
        ("count", Field::Count),
        ("line", Field::Line),
        ("reference", Field::Reference),
        ("files", Field::Files),
        ("note", Field::Note),
    ];
}

/// One possible answer, and what follows from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What walks, scenarios and conditions call it.
    pub id: String,
    /// The menu line.
    pub label: Label,
    /// How the ticket says it, where the label does not do.
    pub ticket: Option<Text>,
    /// The subject of the ticket from here on, where the answer says more than what came before.
    pub subject: Option<Text>,
    /// The problem in one sentence of the user's, likewise.
    pub problem: Option<Text>,
    /// Steps that are walked next.
    pub then: Option<ListId>,
    /// Where the walk goes after those.
    pub goes: Goes,
    /// Steps that need not be asked any more.
    pub done: Vec<StepId>,
}

impl Choice {
    /// A choice that only leads on.
    #[must_use]
    pub fn new(id: &str, label: Label) -> Choice {
        Choice {
            id: id.to_owned(),
            label,
            ticket: None,
            subject: None,
            problem: None,
            then: None,
            goes: Goes::On,
            done: Vec::new(),
        }
    }

    /// A standing answer.
    #[must_use]
    pub fn standing(standing: Standing) -> Choice {
        Choice::new(standing.id(), Label::Standing(standing))
    }
}

/// What a menu calls a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Label {
    /// A text of the guide.
    Own(Text),
    /// The program's words for a standing answer.
    Standing(Standing),
}

impl Label {
    /// The guide's text, if it has one.
    #[must_use]
    pub fn own(&self) -> Option<&Text> {
        match self {
            Label::Own(text) => Some(text),
            Label::Standing(_) => None,
        }
    }
}

/// Where a walk goes after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Goes {
    /// On with the list.
    On,
    /// To an outcome; what is left of the case is dropped.
    End(OutcomeId),
    /// Over to another case.
    Over(CaseId),
}

/// A place that a walk can come to: a step that is shown, or an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// The step is shown.
    Step(StepId),
    /// The walk ends here.
    Outcome(OutcomeId),
}

/// A condition over recorded answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cond {
    /// The step was answered with one of these choices.
    Is(StepId, ChoiceSet),
    /// The step was done: marked so by an earlier answer, or answered so.
    Done(StepId),
    /// The walk is in one of these cases.
    Case(Vec<CaseId>),
    /// All hold.
    All(Vec<Cond>),
    /// At least one holds.
    Any(Vec<Cond>),
    /// It does not hold.
    Not(Box<Cond>),
}

impl Cond {
    /// Calls `f` with each step that the condition asks about, and the choices it tells apart
    /// (none for [`Cond::Done`]).
    pub fn visit(&self, f: &mut impl FnMut(StepId, Option<ChoiceSet>)) {
        match self {
            Cond::Is(step, set) => f(*step, Some(*set)),
            Cond::Done(step) => f(*step, None),
            Cond::Case(_) => {}
            Cond::All(list) | Cond::Any(list) => list.iter().for_each(|c| c.visit(f)),
            Cond::Not(c) => c.visit(f),
        }
    }

    /// Whether the condition asks which case the walk is in.
    #[must_use]
    pub fn asks_for_case(&self) -> bool {
        match self {
            Cond::Is(..) | Cond::Done(_) => false,
            Cond::Case(_) => true,
            Cond::All(list) | Cond::Any(list) => list.iter().any(Cond::asks_for_case),
            Cond::Not(cond) => cond.asks_for_case(),
        }
    }
}

/// Where a walk ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// What scenarios and JSON call it.
    pub id: String,
    /// Who can act now.
    pub kind: Verdict,
    /// One line.
    pub title: Option<Text>,
    /// What happened, or what this means.
    pub say: Text,
    /// What to do now, in order.
    pub next: Vec<Text>,
    /// What to keep in mind.
    pub keep: Vec<Text>,
    /// Steps that are asked before the outcome is shown, such as a ticket's fields.
    pub steps: ListId,
    /// What support is asked for. An outcome that has it ends in a ticket.
    pub request: Option<Text>,
    /// What to attach to the ticket.
    pub attach: Vec<Text>,
    /// Where its statements come from.
    pub sources: Vec<SourceId>,
    /// The claims that the outcome conveys.
    pub covers: Vec<String>,
}

/// Who can act once a walk has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing is left to do.
    Solved,
    /// The user can fix it.
    You,
    /// Time will tell.
    Wait,
    /// Only support can fix it.
    Support,
}

impl std::ops::Deref for Guide {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl Guide {
    /// Reads a guide from the bytes of a TOML file and checks it. `name` is what messages call it.
    ///
    /// # Errors
    /// [`Refused`] with every finding at once: the file is too large, is not UTF-8 or not TOML,
    /// has unknown or missing keys, names what is not there, leads in a circle, breaks one of its
    /// own rules, or is too tangled to be proven.
    pub fn load(name: &str, bytes: &[u8]) -> Result<Guide, Refused> {
        Guide::prove(name, bytes).map(|(guide, _)| guide)
    }

    /// Loads a guide like [`Guide::load`], and says what was proven about all its walks.
    ///
    /// # Errors
    /// As [`Guide::load`].
    pub fn prove(name: &str, bytes: &[u8]) -> Result<(Guide, rules::Proof), Refused> {
        Guide::prove_foreign(name, bytes, &[])
    }

    /// Loads a guide like [`Guide::prove`], but one that anybody may have written: the ids that are
    /// reserved are a finding.
    ///
    /// # Errors
    /// As [`Guide::load`].
    pub fn prove_foreign(
        name: &str,
        bytes: &[u8],
        reserved: &[&str],
    ) -> Result<(Guide, rules::Proof), Refused> {
        let (parts, proof) = check::load(name, bytes, reserved)?;
        let file = std::path::Path::new(name).file_name();
        let file = file.map_or(name.into(), |file| file.to_string_lossy());
        let file = Some(cut(&tame(&file)));
        Ok((Guide { parts, file }, proof))
    }

    /// The name of the file that the guide was read from, fit to be shown; nothing for the guide
    /// that ships inside the program.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The language with this tag, if the guide has it. `zh-Hant-TW` and `zh_CN.UTF-8` find `zh`
    /// where nothing nearer is there.
    #[must_use]
    pub fn language(&self, tag: &str) -> Option<Lang> {
        let tag = tag
            .split(['.', '@'])
            .next()?
            .replace('_', "-")
            .to_lowercase();
        let exact = self.languages.iter().position(|l| l.to_lowercase() == tag);
        let primary = |l: &str| l.split('-').next().map(str::to_lowercase);
        exact
            .or_else(|| {
                self.languages
                    .iter()
                    .position(|l| primary(l) == primary(&tag))
            })
            .map(Lang)
    }

    /// The tag of a language, such as `zh`.
    #[must_use]
    pub fn tag(&self, lang: Lang) -> &str {
        self.languages.get(lang.0).map_or("", |s| s)
    }

    /// The guide's languages.
    pub fn langs(&self) -> impl Iterator<Item = Lang> + use<> {
        (0..self.languages.len()).map(Lang)
    }

    /// The case with this id.
    #[must_use]
    pub fn case(&self, id: &str) -> Option<CaseId> {
        self.cases.find(|c| c.id == id)
    }

    /// The step with this id.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<StepId> {
        self.steps.find(|s| s.id == id)
    }
}

impl Parts {
    /// A step by its index.
    #[must_use]
    pub fn at(&self, step: StepId) -> &Step {
        &self.steps[step]
    }
}

impl Guide {
    /// Takes parts for checked. Only for the embedded guide, which the build script checked.
    pub(crate) fn trusted(parts: Parts) -> Guide {
        Guide { parts, file: None }
    }

    /// The guide of a follow-up, which has its texts from this one and is no more our own.
    pub(crate) fn followed_by(&self, parts: Parts) -> Guide {
        let file = self.file.clone();
        Guide { parts, file }
    }
}

/// A file's name, short enough not to push anything out of sight.
fn cut(name: &str) -> String {
    const MOST: usize = 60;
    match name.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}
