//! What a guide is made of.

use super::condition::Cond;
use super::date::Date;
use super::ids::{CaseId, GroupId, IdVec, ListId, OutcomeId, SourceId, StepId, StopId};
use super::language::Text;
use super::outline::Outline;
use super::phrase::Phrase;
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
    /// The way to support, for pages.
    pub support: Vec<Text>,
    /// What it says in place of the program's own words.
    pub voice: Voice,
    /// Where its statements come from.
    pub sources: IdVec<SourceId, Source>,
    /// The cases, in the order of the menu.
    pub cases: IdVec<CaseId, Case>,
    /// Lists of steps: of a case, after an answer, before an outcome. Groups are expanded.
    pub lists: IdVec<ListId, Vec<Listed>>,
    /// When the steps of each group apply; by default always.
    pub groups: IdVec<GroupId, Option<Cond>>,
    /// Every step.
    pub steps: IdVec<StepId, Step>,
    /// Every outcome.
    pub outcomes: IdVec<OutcomeId, Outcome>,
    /// What people may say that the guide is not about.
    pub elsewhere: Vec<Elsewhere>,
    /// What must not be done and why: the reasons of rules that are for readers, each once.
    pub stops: IdVec<StopId, Text>,
}

/// What a guide says in place of the program's own words, which know nothing of its subject.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Voice {
    /// The hosts that its texts and sources may name, with all below them; no others.
    pub hosts: Vec<String>,
    /// The question above its cases.
    pub question: Option<Text>,
    /// What stands in a ticket beside the program's name, such as whose product it is not.
    pub disclaimer: Option<Text>,
    /// What the names of files begin with that the program writes.
    pub files: Option<String>,
    /// How far a source can be trusted, in words of its own.
    pub trusts: Vec<(Trust, Text)>,
    /// Who can act once a walk has ended, in words of its own.
    pub headings: Vec<(Verdict, Text)>,
}

impl Voice {
    /// How far a source can be trusted, where the guide has words of its own for that.
    #[must_use]
    pub fn trust(&self, trust: Trust) -> Option<&Text> {
        let own = self.trusts.iter().find(|(of, _)| *of == trust);
        own.map(|(_, text)| text)
    }

    /// Who can act, where the guide has words of its own for that.
    #[must_use]
    pub fn heading(&self, verdict: Verdict) -> Option<&Text> {
        let own = self.headings.iter().find(|(of, _)| *of == verdict);
        own.map(|(_, text)| text)
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
    /// The day on which it was last read.
    pub read: Option<Date>,
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
    /// What people or screens say where it is this case.
    pub words: Vec<Phrase>,
    /// The subject of its ticket; the label by default.
    pub subject: Option<Text>,
    /// The problem in a sentence of the user's, for the ticket; the label by default.
    pub problem: Option<Text>,
    /// The steps, in order.
    pub steps: ListId,
    /// Where the case ends when no answer ended it earlier: in the first of these whose condition
    /// holds once the steps have been walked. The last has none.
    pub ends: Vec<End>,
    /// The claims that the case conveys.
    pub covers: Vec<String>,
    /// What stands on its page.
    pub page: Outline,
}

/// Something that people may say, and that the guide is not about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// What they say.
    pub words: Vec<Phrase>,
    /// What it is instead, and where to go with it.
    pub say: Text,
    /// Where that comes from.
    pub sources: Vec<SourceId>,
    /// The claims that it conveys.
    pub covers: Vec<String>,
}

/// A step in a list. It is shown if its own condition and those of these groups hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Listed {
    /// The step.
    pub step: StepId,
    /// The groups with a condition that it stands in, the outermost last.
    pub groups: Vec<GroupId>,
}

impl From<StepId> for Listed {
    fn from(step: StepId) -> Listed {
        let groups = Vec::new();
        Listed { step, groups }
    }
}

/// An outcome that a case may end in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// When it does; by default always.
    pub when: Option<Cond>,
    /// The outcome.
    pub outcome: OutcomeId,
}

/// A line of an outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// When it applies; by default always.
    pub when: Option<Cond>,
    /// What it says.
    pub text: Text,
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
    /// How a page says where a line leads.
    pub brief: Option<Text>,
    /// What happened, or what this means.
    pub say: Text,
    /// What to do now, in order.
    pub next: Vec<Line>,
    /// What to keep in mind.
    pub keep: Vec<Line>,
    /// Steps that are asked before the outcome is shown, such as a ticket's fields.
    pub steps: ListId,
    /// What support is asked for. An outcome that has it ends in a ticket.
    pub request: Option<Text>,
    /// What to attach to the ticket.
    pub attach: Vec<Line>,
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
    /// Nobody has to act: the outcome is what the user wanted to know.
    Result,
}

impl Trust {
    /// How far sources can be trusted, and what a guide calls it.
    pub const ALL: [(&'static str, Trust); 4] = [
        ("official", Trust::Official),
        ("copy", Trust::Copy),
        ("industry", Trust::Industry),
        ("guide", Trust::Guide),
    ];
}

impl Verdict {
    /// Who can act, and what a guide calls it.
    pub const ALL: [(&'static str, Verdict); 5] = [
        ("solved", Verdict::Solved),
        ("you", Verdict::You),
        ("wait", Verdict::Wait),
        ("support", Verdict::Support),
        ("result", Verdict::Result),
    ];
}

impl Parts {
    /// The way to support, as the page of a case says it: that of the guide, or where it says none,
    /// the first that the outcome says in which the case ends with support.
    #[must_use]
    pub fn way(&self, case: CaseId) -> Vec<&Text> {
        if !self.support.is_empty() {
            return self.support.iter().collect();
        }
        let mut ends = self.cases[case].ends.iter();
        let ends = ends.rfind(|end| self.outcomes[end.outcome].kind == Verdict::Support);
        let next = ends
            .into_iter()
            .flat_map(|end| &self.outcomes[end.outcome].next);
        let next = next.filter(|line| line.when.is_none());
        next.take(2).map(|line| &line.text).collect()
    }

    /// A step by its id.
    #[must_use]
    pub fn at(&self, step: StepId) -> &Step {
        &self.steps[step]
    }

    /// Every condition of the guide but those of its rules.
    pub fn all_conditions(&self) -> impl Iterator<Item = &Cond> {
        let steps = self.steps.iter().map(|step| &step.when);
        let ends = self.cases.iter().flat_map(|case| &case.ends);
        let ends = ends.map(|end| &end.when);
        let lines = self.outcomes.iter().flat_map(|outcome| {
            let lines = [&outcome.next, &outcome.keep, &outcome.attach];
            lines.into_iter().flatten().map(|line| &line.when)
        });
        let all = steps.chain(&self.groups).chain(ends).chain(lines);
        all.flatten()
    }

    /// All conditions of a step in a list: its own, and those of the groups it stands in.
    pub fn conditions<'p>(&'p self, listed: &'p Listed) -> impl Iterator<Item = &'p Cond> {
        let groups = listed.groups.iter();
        let groups = groups.filter_map(|group| self.groups[*group].as_ref());
        groups.chain(self.at(listed.step).when.as_ref())
    }
}
