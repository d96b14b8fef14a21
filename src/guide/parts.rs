//! What a guide is made of.

use super::ids::{CaseId, IdVec, ListId, OutcomeId, SourceId, StepId};
use super::language::Text;
use super::step::Step;
use serde::{Deserialize, Serialize};

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
    /// A line below the title: whose guide it is not, and what it never asks for.
    pub notice: Option<Text>,
    /// Where its statements come from.
    pub sources: IdVec<SourceId, Source>,
    /// The cases, in the order of the menu.
    pub cases: IdVec<CaseId, Case>,
    /// Lists of steps: of a case, after an answer, before an outcome. Groups are expanded.
    pub lists: IdVec<ListId, Vec<StepId>>,
    /// Every step.
    pub steps: IdVec<StepId, Step>,
    /// Every outcome.
    pub outcomes: IdVec<OutcomeId, Outcome>,
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
    /// The subject of its ticket; the label by default.
    pub subject: Option<Text>,
    /// The problem in a sentence of the user's, for the ticket; the label by default.
    pub problem: Option<Text>,
    /// The steps, in order.
    pub steps: ListId,
    /// Where the case ends when no answer ended it earlier.
    pub end: OutcomeId,
    /// The claims that the case conveys.
    pub covers: Vec<String>,
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

impl Parts {
    /// A step by its id.
    #[must_use]
    pub fn at(&self, step: StepId) -> &Step {
        &self.steps[step]
    }
}
