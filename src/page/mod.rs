//! The page of a case: what to look at, a line for each thing that one can see with what to do about
//! it, what must not be done, and the way to support. One sheet, for printing and for sending on.
//!
//! What stands there is decided when the guide is checked ([`Outline`](crate::guide::Outline)); here
//! it is said in one language.

mod doc;

use crate::guide::{
    self, CaseId, Choice, Guide, Kind, Label, Lang, Lead, Looked, Outcome, Shown, Source, SourceId,
    Step, StepId, Text, Trust, Verdict,
};
use crate::words::{Words, words};
use serde::Serialize;
use std::collections::BTreeSet;

/// Which shape a page has as JSON. It grows by one where something that was there changes or goes.
pub const VERSION: u32 = 1;

/// The page of a case, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page {
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
    /// What to look at and to write down.
    pub look: Vec<Look>,
    /// One line for each thing that one can see.
    pub lines: Vec<Row>,
    /// What to do below those lines that lead here; without lines, all there is to do.
    pub then: Vec<Task>,
    /// Where that leads when it did not help.
    pub ends: Vec<Goal>,
    /// What must not be done, and why.
    pub stop: Vec<String>,
    /// The way to support, and what to have ready; nothing where the guide knows of none.
    pub support: Option<Support>,
    /// The command that walks the case to a ticket.
    pub command: String,
    /// Where what stands here comes from.
    pub sources: Vec<Origin>,
}

/// Something to look at or to write down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    /// The step.
    pub step: String,
    /// What it says.
    pub text: String,
    /// Whether it is a blank to fill in, not a box to tick.
    pub fill: bool,
    /// What can be ticked, where several things may be so.
    pub ticks: Vec<Tick>,
    /// How wide the blank is, in columns.
    #[serde(skip)]
    width: usize,
}

/// One of several things that may be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// The answer's id.
    pub answer: String,
    /// What it says.
    pub text: String,
    /// What to do then.
    pub task: Option<Task>,
    /// Where it leads.
    pub goal: Option<Goal>,
}

/// A line: what one sees, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The letter in front; nothing before the line for whoever finds no other.
    pub letter: Option<char>,
    /// The question; nothing in the line for whoever finds no other.
    pub step: Option<String>,
    /// The answer, likewise.
    pub answer: Option<String>,
    /// What one sees.
    pub text: String,
    /// What to do, in order.
    pub tasks: Vec<Task>,
    /// Where it leads when that did not help.
    pub goals: Vec<Goal>,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Task {
    /// The step.
    pub step: String,
    /// For which answers of another step it is, in words, such as one platform.
    pub only: Option<String>,
    /// What it says.
    pub text: String,
}

/// Where a line leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Goal {
    /// `then`, `page`, or who can act: `solved`, `you`, `wait` or `support`.
    pub to: &'static str,
    /// The case of the page, or the outcome.
    pub id: Option<String>,
    /// What it says.
    pub text: String,
    /// The command that prints the page.
    pub command: Option<String>,
}

/// The way to support, and what to have ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Support {
    /// The way, in sentences.
    pub way: Vec<String>,
    /// What the ticket asks for.
    pub fields: Vec<Blank>,
}

/// A blank to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blank {
    /// The step.
    pub step: String,
    /// What belongs there.
    pub text: String,
    /// How wide it is, in columns.
    #[serde(skip)]
    width: usize,
}

/// Where something comes from.
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
    pub read: Option<String>,
}

impl Page {
    /// The page of a case in one of the guide's languages. `command` gives the command that starts a
    /// case.
    #[must_use]
    pub fn of(guide: &Guide, case: CaseId, lang: Lang, command: &dyn Fn(CaseId) -> String) -> Page {
        let mut writer = Writer {
            guide,
            lang,
            words: words(guide.tag(lang)),
            command,
            sources: BTreeSet::new(),
        };
        let this = &guide.cases[case];
        let page = &this.page;
        let look = page.look.iter().map(|looked| writer.look(looked)).collect();
        let mut lines: Vec<Row> = ('A'..='Z')
            .zip(&page.rows)
            .map(|(letter, line)| writer.row(letter, line))
            .collect();
        if page.support && !lines.is_empty() {
            lines.push(writer.none_of_these());
        }
        let then = page.then.iter().map(|shown| writer.task(shown)).collect();
        let ends = page.ends.iter().map(|lead| writer.goal(*lead)).collect();
        let stops = page.stops.iter().map(|stop| &guide.stops[*stop]);
        let support = page.support.then(|| Support {
            way: guide
                .way(case)
                .into_iter()
                .map(|way| writer.say(way))
                .collect(),
            fields: page.fields.iter().map(|step| writer.blank(*step)).collect(),
        });
        Page {
            guide: guide.id.clone(),
            edition: guide.edition.clone(),
            guide_file: guide.file().map(str::to_owned),
            title: guide.title.get(lang).to_owned(),
            notice: guide.notice.as_ref().map(|n| n.get(lang).to_owned()),
            case: this.id.clone(),
            label: this.label.get(lang).to_owned(),
            language: guide.tag(lang).to_owned(),
            look,
            lines,
            then,
            ends,
            stop: stops.map(|stop| stop.get(lang).to_owned()).collect(),
            support,
            command: command(case),
            sources: writer.origins(),
        }
    }
}

struct Writer<'g> {
    guide: &'g Guide,
    lang: Lang,
    words: &'static Words,
    command: &'g dyn Fn(CaseId) -> String,
    /// The sources of what was written.
    sources: BTreeSet<SourceId>,
}

impl<'g> Writer<'g> {
    fn at(&mut self, step: StepId) -> &'g Step {
        let step = self.guide.at(step);
        self.sources.extend(&step.sources);
        step
    }

    fn say(&self, text: &Text) -> String {
        self.guide.outline(text, self.lang).into_owned()
    }

    fn brief(&self, step: &Step) -> String {
        self.say(step.brief.as_ref().unwrap_or_else(|| step.name()))
    }

    fn answer(&self, choice: &Choice) -> String {
        match (&choice.brief, &choice.label) {
            (Some(text), _) | (None, Label::Own(text)) => self.say(text),
            (None, Label::Standing(standing)) => self.words.standing(standing.id()).to_owned(),
        }
    }

    fn look(&mut self, looked: &Looked) -> Look {
        let step = self.at(looked.step);
        let fill = matches!(step.kind, Kind::Fill(_));
        let ticks = looked.ticks.iter().map(|tick| {
            let choice = &step.choices[tick.choice];
            Tick {
                answer: choice.id.clone(),
                text: self.answer(choice),
                task: tick.boxes.first().map(|shown| self.task(shown)),
                goal: tick.leads.first().map(|lead| self.goal(*lead)),
            }
        });
        let ticks = ticks.collect();
        let text = match &step.brief {
            Some(brief) => brief,
            // The name of a question is not what to look at.
            None if fill => step.name(),
            None => &step.text,
        };
        Look {
            step: step.id.clone(),
            ticks,
            text: self.say(text),
            fill,
            width: step.blank(),
        }
    }

    fn row(&mut self, letter: char, line: &guide::Row) -> Row {
        let step = self.at(line.step);
        let choice = &step.choices[line.choice];
        Row {
            letter: Some(letter),
            step: Some(step.id.clone()),
            answer: Some(choice.id.clone()),
            text: self.answer(choice),
            tasks: line.boxes.iter().map(|shown| self.task(shown)).collect(),
            goals: line.leads.iter().map(|lead| self.goal(*lead)).collect(),
        }
    }

    fn none_of_these(&self) -> Row {
        Row {
            letter: None,
            step: None,
            answer: None,
            text: self.words.page.none.to_owned(),
            tasks: Vec::new(),
            goals: vec![self.support()],
        }
    }

    /// To support, whatever it is asked for.
    fn support(&self) -> Goal {
        Goal {
            to: verdict(Verdict::Support),
            id: None,
            text: self.words.page.support.to_owned(),
            command: None,
        }
    }

    fn task(&mut self, shown: &Shown) -> Task {
        let step = self.at(shown.step);
        let only = shown.only.map(|(question, set)| {
            let chosen = self.guide.at(question).chosen(set);
            let briefs: Vec<String> = chosen.map(|choice| self.answer(choice)).collect();
            briefs.join(self.words.comma)
        });
        Task {
            step: step.id.clone(),
            only,
            text: self.brief(step),
        }
    }

    fn goal(&mut self, lead: Lead) -> Goal {
        match lead {
            Lead::Then => Goal {
                to: "then",
                id: None,
                text: self.words.page.go_on.to_owned(),
                command: None,
            },
            Lead::Support => self.support(),
            Lead::Case(case) => {
                let over = &self.guide.cases[case];
                Goal {
                    to: "page",
                    id: Some(over.id.clone()),
                    text: self.say(&over.label),
                    command: Some((self.command)(case)),
                }
            }
            Lead::Outcome(outcome) => {
                let outcome = &self.guide.outcomes[outcome];
                self.sources.extend(&outcome.sources);
                Goal {
                    to: verdict(outcome.kind),
                    id: Some(outcome.id.clone()),
                    text: self.end(outcome),
                    command: None,
                }
            }
        }
    }

    fn end(&self, outcome: &Outcome) -> String {
        let text = outcome.brief.as_ref().or(outcome.title.as_ref());
        self.say(text.unwrap_or(&outcome.say))
    }

    fn blank(&mut self, step: StepId) -> Blank {
        let step = self.at(step);
        Blank {
            step: step.id.clone(),
            text: self.brief(step),
            width: step.blank(),
        }
    }

    fn origins(&self) -> Vec<Origin> {
        let sources = self.sources.iter().map(|s| &self.guide.sources[*s]);
        let origin = |source: &Source| Origin {
            id: source.id.clone(),
            title: self.say(&source.title),
            url: source.url.clone(),
            trust: source.trust,
            read: source.read.map(|read| read.to_string()),
        };
        sources.map(origin).collect()
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Solved => "solved",
        Verdict::You => "you",
        Verdict::Wait => "wait",
        Verdict::Support => "support",
        Verdict::Result => "result",
    }
}
