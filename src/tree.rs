//! A case as a tree: every step of it, branches below their answers. For those who review a guide;
//! who works along a case gets its [`page`](crate::page).

use crate::doc::{Block, Doc, Mark, Point};
use crate::guide::{
    CaseId, Cond, Goes, Guide, Label, Lang, Line, ListId, Listed, Outcome, OutcomeId, SourceId,
    Step, StepId, Trust, Verdict,
};
use crate::words::{Words, words};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;

/// A case as a tree, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tree {
    /// The guide's id.
    pub guide: String,
    /// The guide's edition.
    pub edition: String,
    /// The file of a guide that is not the program's own.
    pub guide_file: Option<String>,
    /// The guide's title.
    pub title: String,
    /// The guide's notice.
    pub notice: Option<String>,
    /// The case's id.
    pub case: String,
    /// The case in words.
    pub label: String,
    /// The language of the texts.
    pub language: String,
    /// The steps, in reading order.
    pub steps: Vec<Item>,
    /// What the ticket asks for at the end.
    pub ticket: Vec<Item>,
    /// The outcomes that can be reached without going over to another case.
    pub outcomes: Vec<End>,
    /// The sources that are named above.
    pub sources: Vec<Origin>,
    /// The command that walks the case to a ticket; nothing where no outcome ends in one.
    pub how_to_ticket: Option<String>,
}

/// A step of a tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The step's id.
    pub id: String,
    /// What is wanted: `ask`, `do`, `prepare`, `wait`, `note` or `fill`.
    pub kind: &'static str,
    /// What to do, or what is asked.
    pub text: String,
    /// The short name.
    pub name: String,
    /// When it applies, in words; nothing where it always does.
    pub only_if: Option<String>,
    /// The reason.
    pub why: Option<String>,
    /// Minutes; zero where it is less than one.
    pub minutes: u16,
    /// The ids of its sources.
    pub sources: Vec<String>,
    /// Whether several answers may be given.
    pub several: bool,
    /// The fewest that have to be given, where that is not none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<u8>,
    /// The answers of a question, with what follows from each.
    pub branches: Vec<Branch>,
    /// Whether the step stands in full further up; then it has no branches here.
    pub above: bool,
}

/// An answer in a tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Branch {
    /// The answer's id.
    pub id: String,
    /// The answer in words.
    pub label: String,
    /// The steps that follow.
    pub steps: Vec<Item>,
    /// The id of the outcome that it leads to.
    pub outcome: Option<String>,
    /// That outcome's title.
    #[serde(skip)]
    ends: Option<String>,
    /// The id of the case that it leads over to.
    pub case: Option<String>,
    #[serde(skip)]
    goes_over: Option<String>,
    /// The ids of the steps that need not be done any more.
    pub done: Vec<String>,
    #[serde(skip)]
    done_names: Vec<String>,
}

/// An outcome of a tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct End {
    /// The outcome's id.
    pub id: String,
    /// Who can act.
    pub kind: Verdict,
    #[serde(skip)]
    heading: Option<String>,
    /// One line.
    pub title: Option<String>,
    /// What it means.
    pub text: String,
    /// What to do now.
    pub next: Vec<String>,
    /// What to keep in mind.
    pub keep: Vec<String>,
    /// Whether it ends in a ticket.
    pub ticket: bool,
    /// The ids of its sources.
    pub sources: Vec<String>,
}

/// A source of a tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The source's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// How far it can be trusted.
    pub trust: Trust,
    /// The day on which it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
    #[serde(skip)]
    trust_in_words: String,
}

impl Tree {
    /// The tree of a case in one of the guide's languages. `command` is what starts the wizard
    /// with this case.
    #[must_use]
    pub fn of(guide: &Guide, case: CaseId, lang: Lang, command: String) -> Tree {
        let mut writer = Writer {
            guide,
            lang,
            words: words(guide.tag(lang)),
            written: BTreeSet::new(),
            outcomes: Vec::new(),
            sources: BTreeSet::new(),
        };
        let this = &guide.cases[case];
        let steps = writer.items(this.steps);
        for end in &this.ends {
            writer.note_outcome(end.outcome);
        }
        let ends = writer.outcomes.clone();
        let mut ticket = Vec::new();
        for end in &ends {
            let fields = writer.items(guide.outcomes[*end].steps);
            ticket.extend(fields.into_iter().filter(|item| !item.above));
        }
        // A step before an outcome may lead to yet another one.
        let outcomes: Vec<End> = writer
            .outcomes
            .clone()
            .into_iter()
            .map(|end| writer.end(end))
            .collect();
        let has_ticket = outcomes.iter().any(|end| end.ticket);
        Tree {
            guide: guide.id.clone(),
            edition: guide.edition.clone(),
            guide_file: guide.file().map(str::to_owned),
            title: guide.title.get(lang).to_owned(),
            notice: guide.notice.as_ref().map(|n| n.get(lang).to_owned()),
            case: this.id.clone(),
            label: this.label.get(lang).to_owned(),
            language: guide.tag(lang).to_owned(),
            steps,
            ticket,
            outcomes,
            sources: writer.origins(),
            how_to_ticket: has_ticket.then_some(command),
        }
    }
}

/// What has been written of a tree.
struct Writer<'g> {
    guide: &'g Guide,
    lang: Lang,
    words: &'static Words,
    /// Steps that stand in full already; so the whole is no longer than the guide.
    written: BTreeSet<StepId>,
    outcomes: Vec<OutcomeId>,
    sources: BTreeSet<SourceId>,
}

impl Writer<'_> {
    fn items(&mut self, list: ListId) -> Vec<Item> {
        let steps = &self.guide.lists[list];
        steps.iter().map(|listed| self.item(listed)).collect()
    }

    fn item(&mut self, listed: &Listed) -> Item {
        let guide = self.guide;
        let (ix, step) = (listed.step, guide.at(listed.step));
        let above = !self.written.insert(ix);
        let branches = if above {
            Vec::new()
        } else {
            self.branches(step)
        };
        let mut conditions: Vec<Cond> = guide.conditions(listed).cloned().collect();
        let only_if = match conditions.len() {
            0 => None,
            1 => conditions.pop(),
            _ => Some(Cond::All(conditions)),
        };
        let only_if = only_if.map(|when| self.words.only_if(self.condition(&when)));
        Item {
            id: step.id.clone(),
            kind: step.kind.id(),
            text: guide.outline(&step.text, self.lang).into_owned(),
            name: step.name().get(self.lang).to_owned(),
            only_if,
            why: step.why.as_ref().map(|w| w.get(self.lang).to_owned()),
            minutes: step.minutes,
            sources: self.cite(&step.sources),
            several: step.kind == crate::guide::Kind::AskSeveral,
            least: Some(step.least).filter(|least| *least > 0),
            branches,
            above,
        }
    }

    fn branches(&mut self, step: &Step) -> Vec<Branch> {
        let (guide, lang) = (self.guide, self.lang);
        let mut branches = Vec::new();
        for choice in &step.choices {
            if let Goes::End(outcome) = choice.goes {
                self.note_outcome(outcome);
            }
            // The standing answers are the same everywhere.
            let Some(label) = choice.label.own() else {
                continue;
            };
            let steps = choice.then.map(|list| self.items(list)).unwrap_or_default();
            let (mut outcome, mut ends, mut case, mut goes_over) = (None, None, None, None);
            match choice.goes {
                Goes::On => {}
                Goes::End(end) => {
                    let end = &guide.outcomes[end];
                    outcome = Some(end.id.clone());
                    ends = Some(title(end, lang).to_owned());
                }
                Goes::Over(over) => {
                    let over = &guide.cases[over];
                    case = Some(over.id.clone());
                    goes_over = Some(over.label.get(lang).to_owned());
                }
            }
            let done = choice.done.iter().map(|s| guide.at(*s));
            branches.push(Branch {
                id: choice.id.clone(),
                label: label.get(lang).to_owned(),
                steps,
                outcome,
                ends,
                case,
                goes_over,
                done: done.clone().map(|s| s.id.clone()).collect(),
                done_names: done.map(|s| s.name().get(lang).to_owned()).collect(),
            });
        }
        branches
    }

    fn note_outcome(&mut self, outcome: OutcomeId) {
        if !self.outcomes.contains(&outcome) {
            self.outcomes.push(outcome);
        }
    }

    fn end(&mut self, ix: OutcomeId) -> End {
        let outcome = &self.guide.outcomes[ix];
        let texts = |lines: &[Line]| lines.iter().map(|line| self.line(line)).collect();
        End {
            id: outcome.id.clone(),
            kind: outcome.kind,
            heading: self
                .words
                .heading(self.guide, self.lang, outcome.kind)
                .map(str::to_owned),
            title: outcome.title.as_ref().map(|t| t.get(self.lang).to_owned()),
            text: self.guide.outline(&outcome.say, self.lang).into_owned(),
            next: texts(&outcome.next),
            keep: texts(&outcome.keep),
            ticket: outcome.request.is_some(),
            sources: self.cite(&outcome.sources),
        }
    }

    /// A line of an outcome, behind the condition on which it applies.
    fn line(&self, line: &Line) -> String {
        let only_if = line.when.as_ref().map(|when| {
            let only_if = self.words.only_if(self.condition(when));
            self.words.brackets(only_if)
        });
        format!(
            "{}{}",
            only_if.unwrap_or_default(),
            self.guide.outline(&line.text, self.lang)
        )
    }

    fn cite(&mut self, sources: &[SourceId]) -> Vec<String> {
        self.sources.extend(sources);
        sources
            .iter()
            .map(|s| self.guide.sources[*s].id.clone())
            .collect()
    }

    fn origins(&self) -> Vec<Origin> {
        let sources = self.sources.iter().map(|s| &self.guide.sources[*s]);
        let origin = |s: &crate::guide::Source| Origin {
            id: s.id.clone(),
            title: s.title.get(self.lang).to_owned(),
            url: s.url.clone(),
            trust: s.trust,
            read: s.read.map(|read| read.to_string()),
            trust_in_words: self.words.trust_in(self.guide, self.lang, s, None),
        };
        sources.map(origin).collect()
    }

    /// A condition among others: one that holds an "or" or an "and" itself stands in brackets.
    fn part(&self, cond: &Cond) -> String {
        let text = self.condition(cond);
        if matches!(cond, Cond::All(_) | Cond::Any(_)) {
            self.words.aside(&text).trim_start().to_owned()
        } else {
            text
        }
    }

    fn condition(&self, cond: &Cond) -> String {
        let (words, lang) = (self.words, self.lang);
        let join = |list: &[Cond], glue: usize| {
            let parts: Vec<String> = list.iter().map(|c| self.part(c)).collect();
            parts.join(words.and_or[glue])
        };
        match cond {
            Cond::Is(step, set) => {
                let step = self.guide.at(*step);
                let labels = step.chosen(*set).map(|c| match &c.label {
                    Label::Own(label) => label.get(lang),
                    Label::Standing(standing) => words.standing(standing.id()),
                });
                let labels: Vec<String> = labels.map(|label| words.quote(label)).collect();
                format!(
                    "{}{}{}",
                    step.name().get(lang),
                    words.colon,
                    labels.join(words.or)
                )
            }
            Cond::Done(step) => words.was_done(self.guide.at(*step).name().get(lang)),
            Cond::Case(cases) => {
                let cases = cases.iter().map(|case| &self.guide.cases[*case]);
                let labels: Vec<&str> = cases.map(|c| c.label.get(lang)).collect();
                words.in_case(labels.join(words.comma))
            }
            Cond::All(list) => join(list, 0),
            Cond::Any(list) => join(list, 1),
            Cond::Not(cond) => words.not(self.condition(cond)),
        }
    }
}

/// The title of an outcome, or what it says where it has none.
#[must_use]
pub fn title(outcome: &Outcome, lang: Lang) -> &str {
    outcome.title.as_ref().unwrap_or(&outcome.say).get(lang)
}

impl Tree {
    /// The tree as a document.
    #[must_use]
    pub fn doc(&self) -> Doc {
        let words = words(&self.language);
        let notice = self.notice.iter().cloned();
        let foreign = self.guide_file.iter().map(|file| words.foreign(file));
        let mut blocks: Vec<Block> = notice.chain(foreign).map(Block::Paragraph).collect();
        blocks.push(Block::Tree(self.items(&self.steps, words)));
        let mut part = |heading: &str, block| {
            blocks.extend([Block::Heading(heading.to_owned()), block]);
        };
        if !self.ticket.is_empty() {
            part(
                words.for_ticket,
                Block::Tree(self.items(&self.ticket, words)),
            );
        }
        let ends = self.outcomes.iter().map(|end| self.end(end, words));
        part(words.outcomes, Block::Tree(ends.collect()));
        if !self.sources.is_empty() {
            let sources = self.sources.iter().map(|source| {
                let trust = words.aside(&source.trust_in_words);
                (format!("{}{trust}", source.title), source.url.clone())
            });
            part(words.sources, Block::Sources(sources.collect()));
        }
        if let Some(command) = &self.how_to_ticket {
            blocks.push(Block::Paragraph(words.how_to_ticket.to_owned()));
            blocks.push(Block::Command(command.clone()));
        }
        let edition = words.edition(&self.guide, &self.edition);
        blocks.push(Block::Paragraph(edition));
        Doc {
            language: self.language.clone(),
            id: self.case.clone(),
            title: format!("{}{}{}", self.title, words.colon, self.label),
            blocks,
        }
    }

    fn items(&self, items: &[Item], words: &Words) -> Vec<Point> {
        items.iter().map(|item| self.item(item, words)).collect()
    }

    fn item(&self, item: &Item, words: &Words) -> Point {
        let only_if = item.only_if.as_deref();
        let only_if = only_if.map(|when| words.brackets(when)).unwrap_or_default();
        if item.above {
            let above = words.see_above(&item.name);
            return Point::new(Mark::Arrow, format!("{only_if}{above}"));
        }
        let minutes = (item.minutes > 0).then(|| words.minutes(item.minutes));
        let several = item.several.then(|| match item.least {
            None => words.several.to_owned(),
            Some(least) => words.at_least(usize::from(least)),
        });
        let leads = |branch: &Branch| branch.outcome.is_some() || branch.case.is_some();
        let leads = item.several && item.branches.iter().any(leads);
        let leads = leads.then(|| words.first_leads.to_owned());
        let asides = minutes.into_iter().chain(several).chain(leads);
        let asides: Vec<String> = asides.collect();
        let aside = if asides.is_empty() {
            String::new()
        } else {
            words.aside(asides.join(words.comma))
        };
        let why = item.why.iter().map(|why| {
            let marks = self.marks(&item.sources);
            Point::new(
                Mark::Aside,
                format!("{}{}{why}{marks}", words.why, words.colon),
            )
        });
        let branches = item.branches.iter();
        let branches = branches.map(|branch| self.branch(branch, words));
        Point {
            mark: Mark::Box,
            text: format!("{only_if}{}{aside}", item.text),
            below: why.chain(branches).collect(),
        }
    }

    fn branch(&self, branch: &Branch, words: &Words) -> Point {
        let ends = branch.ends.iter().map(|title| words.ends_in(title));
        let over = branch.goes_over.iter().map(|title| words.go_over(title));
        let mut follows: Vec<String> = ends.chain(over).collect();
        if !branch.done_names.is_empty() {
            follows.push(words.skip(branch.done_names.join(words.comma)));
        }
        let follows = follows.join(words.semicolon);
        let label = words.quote(&branch.label);
        let text = match (branch.steps.is_empty(), follows.is_empty()) {
            (true, true) => label,
            (true, false) => format!("{label}{}{follows}", words.colon),
            (false, _) => format!("{label}{}", words.colon.trim_end()),
        };
        let mut below = self.items(&branch.steps, words);
        if !below.is_empty() && !follows.is_empty() {
            below.push(Point::new(Mark::Arrow, words.then(&follows)));
        }
        Point {
            mark: Mark::Dash,
            text,
            below,
        }
    }

    fn end(&self, end: &End, words: &Words) -> Point {
        let title = end.title.as_deref().unwrap_or(&end.text);
        let heading = end.heading.as_ref();
        let heading = heading.map_or_else(String::new, |heading| words.aside(heading));
        let text = end.title.is_some().then_some(&end.text);
        let points = |mark, texts: &[String]| -> Vec<Point> {
            texts.iter().map(|text| Point::new(mark, text)).collect()
        };
        let mut below = points(Mark::Aside, text.map_or(&[], std::slice::from_ref));
        below.extend(points(Mark::Next, &end.next));
        below.extend(points(Mark::Caution, &end.keep));
        Point {
            mark: Mark::Star,
            text: format!("{title}{heading}{}", self.marks(&end.sources)),
            below,
        }
    }

    /// The numbers of sources, as they stand in the list at the end.
    fn marks(&self, ids: &[String]) -> String {
        let numbers = ids
            .iter()
            .filter_map(|id| self.sources.iter().position(|s| s.id == *id));
        let mut numbers: Vec<usize> = numbers.map(|n| n + 1).collect();
        numbers.sort_unstable();
        numbers.iter().fold(String::new(), |mut marks, n| {
            let _ = write!(marks, " [{n}]");
            marks
        })
    }
}
