//! A page as a document.

use super::{Goal, Look, Page, Row, Task};
use crate::doc::{Block, Doc, Entry, Goal as To, Line, Mark, Point};
use crate::guide::Trust;
use crate::words::{Words, words};

impl Page {
    /// The page as a document. `link` gives the address of another case's page, where it can be had.
    #[must_use]
    pub fn doc(&self, link: &dyn Fn(&str) -> Option<String>) -> Doc {
        let words = words(&self.language);
        let page = &words.page;
        let notice = self.notice.iter().cloned();
        let foreign = self.guide_file.iter().map(|file| words.foreign(file));
        let mut blocks: Vec<Block> = notice.chain(foreign).map(Block::Paragraph).collect();
        if !self.look.is_empty() {
            blocks.push(Block::Heading(page.look.to_owned()));
            self.look_blocks(words, link, &mut blocks);
        }
        if !self.lines.is_empty() {
            blocks.push(Block::Heading(page.find.to_owned()));
            let lines = self.lines.iter().map(|row| line(row, words, link));
            blocks.push(Block::Lines(lines.collect()));
        }
        if !self.then.is_empty() || !self.ends.is_empty() {
            let is_alone = self.lines.is_empty();
            let title = if is_alone { page.in_order } else { page.then };
            blocks.push(Block::Heading(title.to_owned()));
            let tasks = self
                .then
                .iter()
                .map(|task| Point::new(Mark::Box, said(task, words)));
            let goals = self.ends.iter().map(|goal| goal_of(goal, words, link));
            blocks.push(Block::Tree(tasks.collect()));
            blocks.push(Block::Goals(goals.collect()));
        }
        if !self.stop.is_empty() {
            blocks.push(Block::Heading(page.stop.to_owned()));
            let stops = self.stop.iter().map(|stop| Point::new(Mark::Caution, stop));
            blocks.push(Block::Tree(stops.collect()));
        }
        if let Some(support) = &self.support {
            blocks.push(Block::Heading(page.support.to_owned()));
            if !support.way.is_empty() {
                blocks.push(Block::List(support.way.clone()));
            }
            let fields = support.fields.iter().map(|field| Entry {
                is_box: false,
                text: field.text.clone(),
                colon: words.colon,
                blank: field.width,
                goal: None,
            });
            blocks.push(Block::Form(fields.collect()));
        }
        blocks.push(Block::Paragraph(words.how_to_ticket.to_owned()));
        blocks.push(Block::Command(self.command.clone()));
        blocks.extend(self.origin(words).map(Block::Paragraph));
        blocks.push(Block::Paragraph(words.edition(&self.guide, &self.edition)));
        Doc {
            language: self.language.clone(),
            id: self.case.clone(),
            title: format!("{}{}{}", self.title, words.colon, self.label),
            blocks,
        }
    }

    /// Boxes stand one below the other, blanks and ticks side by side.
    fn look_blocks(
        &self,
        words: &Words,
        link: &dyn Fn(&str) -> Option<String>,
        blocks: &mut Vec<Block>,
    ) {
        let mut points: Vec<Point> = Vec::new();
        let mut entries: Vec<Entry> = Vec::new();
        for look in &self.look {
            if !(look.fill || entries.is_empty()) {
                blocks.push(Block::Form(std::mem::take(&mut entries)));
            }
            if look.fill || !look.ticks.is_empty() {
                points.extend((!look.fill).then(|| Point::new(Mark::Box, &look.text)));
                if !points.is_empty() {
                    blocks.push(Block::Tree(std::mem::take(&mut points)));
                }
            } else {
                points.push(Point::new(Mark::Box, &look.text));
            }
            if look.fill {
                entries.push(fill(look, words));
            }
            entries.extend(look.ticks.iter().map(|tick| Entry {
                is_box: true,
                text: match &tick.task {
                    Some(task) => format!("{}{}{}", tick.text, words.colon, said(task, words)),
                    None => tick.text.clone(),
                },
                colon: "",
                blank: 0,
                goal: tick.goal.as_ref().map(|goal| goal_of(goal, words, link)),
            }));
        }
        if !points.is_empty() {
            blocks.push(Block::Tree(points));
        }
        if !entries.is_empty() {
            blocks.push(Block::Form(entries));
        }
    }

    /// What the sources are and when they were read, in a line or two.
    fn origin(&self, words: &Words) -> Option<String> {
        let page = &words.page;
        let kinds = [
            (Trust::Official, page.official),
            (Trust::Copy, page.copy),
            (Trust::Industry, page.industry),
            (Trust::Guide, page.web_guide),
        ];
        let mut said = Vec::new();
        for (trust, kind) in kinds {
            let of_kind = self.sources.iter().filter(|source| source.trust == trust);
            if of_kind.clone().next().is_none() {
                continue;
            }
            // As text, days are in the order of time.
            let days = of_kind.filter_map(|source| source.read.as_deref());
            let read = match (days.clone().min(), days.max()) {
                (Some(first), Some(last)) if first == last => page.read(first),
                (Some(first), Some(last)) => page.read_between(first, last),
                _ => String::new(),
            };
            let aside = (!read.is_empty()).then(|| words.aside(read));
            said.push(format!("{kind}{}", aside.unwrap_or_default()));
        }
        let heading = if self.sources.iter().any(|source| source.read.is_some()) {
            page.sources.to_owned()
        } else {
            format!("{}{}", words.sources, words.colon)
        };
        (!said.is_empty()).then(|| format!("{heading}{}", said.join(words.semicolon)))
    }
}

fn fill(look: &Look, words: &Words) -> Entry {
    Entry {
        is_box: false,
        text: look.text.clone(),
        colon: words.colon,
        blank: look.width,
        goal: None,
    }
}

fn said(task: &Task, words: &Words) -> String {
    match &task.only {
        Some(only) => format!("{only}{}{}", words.colon, task.text),
        None => task.text.clone(),
    }
}

fn line(row: &Row, words: &Words, link: &dyn Fn(&str) -> Option<String>) -> Line {
    Line {
        letter: row.letter,
        text: row.text.clone(),
        tasks: row.tasks.iter().map(|task| said(task, words)).collect(),
        goals: row
            .goals
            .iter()
            .map(|goal| goal_of(goal, words, link))
            .collect(),
    }
}

fn goal_of(goal: &Goal, words: &Words, link: &dyn Fn(&str) -> Option<String>) -> To {
    let page = &words.page;
    let lead = match goal.to {
        "wait" => page.wait,
        "support" if goal.id.is_some() => page.support,
        "page" => page.page,
        _ => "",
    };
    To {
        lead: if lead.is_empty() {
            String::new()
        } else {
            format!("{lead}{}", words.colon)
        },
        text: goal.text.clone(),
        command: goal.command.clone(),
        link: goal
            .id
            .as_deref()
            .filter(|_| goal.to == "page")
            .and_then(link),
    }
}
