//! The ticket: what support needs to know, composed from a walk.
//!
//! Composed by allow-list: the guide's own words for what was chosen and done, typed values only
//! where the guide has a field for them, and at most one free note. It is complete half-way, too.

mod leaks;
pub mod short;

use crate::answer::Entry;
use crate::doc::{self, Block, Doc};
use crate::field::FILES_JOINED;
use crate::guide::{CaseId, Choice, Goes, Guide, Kind, Lang, Step, Text};
use crate::moment::Moment;
use crate::redact;
use crate::text::is_chinese;
use crate::walk::Walk;
use crate::words::{Words, words};
use serde::Serialize;
use std::collections::BTreeMap;

/// A ticket in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ticket {
    /// The guide's id.
    pub guide: String,
    /// The guide's edition.
    pub edition: String,
    /// The file of a guide that is not the program's own.
    pub guide_file: Option<String>,
    /// What the guide says beside the program's name.
    #[serde(skip)]
    disclaimer: Option<String>,
    /// The case that the walk is in.
    pub case: String,
    /// The language of the texts.
    pub language: String,
    /// The outcome, once the walk has reached one.
    pub outcome: Option<String>,
    /// One line that says what it is about.
    pub subject: String,
    /// The problem, in one sentence of the user's.
    pub problem: String,
    /// What was answered and typed.
    pub fields: Vec<Field>,
    /// What was done, in order.
    pub tried: Vec<Tried>,
    /// What was left out, and why.
    pub not_tried: Vec<NotTried>,
    /// What support is asked for.
    pub request: Option<String>,
    /// What to attach: the names of the user's files, else what the guide asks for.
    pub attach: Vec<String>,
    /// The names of the files, as they were typed.
    #[serde(skip)]
    files: Option<String>,
    /// The free note.
    pub note: Option<String>,
    /// How many secrets were taken out of what was typed, by the id of their kind.
    pub removed: BTreeMap<String, usize>,
    /// What is only perhaps a secret, and was kept by its writer.
    #[serde(skip)]
    kept: redact::Kept,
}

/// A fact in a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// The step that it came from.
    pub id: String,
    /// What the guide calls it.
    pub name: String,
    /// What was answered.
    pub value: String,
    /// The ids of the answers that were chosen, in the guide's order; none where it was typed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// Whether support finds the account by it.
    #[serde(skip)]
    pub(crate) account: bool,
    /// Whether its own form leaves no room for a secret, though it may look like one.
    #[serde(skip)]
    has_form: bool,
}

impl Field {
    /// A fact that comes from no step.
    pub(crate) fn of(id: &str, name: &str, value: String) -> Field {
        Field {
            id: id.to_owned(),
            name: name.to_owned(),
            value,
            choices: Vec::new(),
            account: false,
            has_form: false,
        }
    }
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tried {
    /// The step; the answer that says so, where it was done before the walk.
    pub id: String,
    /// What the guide calls it.
    pub name: String,
    /// What came of it: the id of the standing answer, or `before`, or `since`.
    pub result_id: String,
    /// The same in words.
    pub result: String,
    /// When it was answered, RFC 3339; nothing for what was done before the walk.
    pub at: Option<String>,
    #[serde(skip)]
    when: Option<Moment>,
}

impl Tried {
    /// What an answer says was done, at a time that is not known.
    pub(crate) fn of(choice: &Choice, lang: Lang, result_id: &str, result: &str) -> Tried {
        let name = choice.in_ticket().map_or("", |text| text.get(lang));
        Tried {
            id: choice.id.clone(),
            name: name.to_owned(),
            result_id: result_id.to_owned(),
            result: result.to_owned(),
            at: None,
            when: None,
        }
    }
}

/// Something that was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotTried {
    /// The step.
    pub id: String,
    /// What the guide calls it.
    pub name: String,
    /// Why: the id of the standing answer.
    pub reason_id: String,
    /// The same in words.
    pub reason: String,
}

/// A part of a ticket that has something in it.
struct Section {
    title: &'static str,
    block: Block,
    /// How many rows were left out.
    left_out: usize,
}

impl Ticket {
    /// The ticket of a walk, as far as that has come, in one of the guide's languages.
    #[must_use]
    pub fn of(walk: &Walk<'_>, lang: Lang) -> Ticket {
        let guide = walk.guide();
        let words = words(guide.tag(lang));
        let case = &guide.cases[walk.case()];
        let heading_for = walk.heading_for();
        let (subject, problem) = about(walk);
        let mut ticket = Ticket {
            guide: guide.id.clone(),
            edition: guide.edition.clone(),
            guide_file: guide.file().map(|file| redact::redact(file).text),
            disclaimer: guide
                .voice
                .disclaimer
                .as_ref()
                .map(|text| text.get(lang).to_owned()),
            case: case.id.clone(),
            language: guide.tag(lang).to_owned(),
            outcome: walk.outcome().map(|o| o.id.clone()),
            subject: walk.say(subject, lang).into_owned(),
            problem: walk.say(problem, lang).into_owned(),
            fields: Vec::new(),
            tried: tried_before(walk, lang, words),
            not_tried: Vec::new(),
            request: heading_for
                .request
                .as_ref()
                .map(|text| walk.say(text, lang).into_owned()),
            attach: Vec::new(),
            files: None,
            note: None,
            removed: BTreeMap::new(),
            kept: redact::Kept::default(),
        };
        for entry in walk.history() {
            ticket.add(guide, entry, lang, words);
        }
        // Support looks for the account first.
        ticket.fields.sort_by_key(|field| !field.account);
        // The names stand for what the guide asks to attach.
        ticket.attach = match &ticket.files {
            Some(names) => names.split(FILES_JOINED).map(str::to_owned).collect(),
            None if has_no_attachment(walk) => Vec::new(),
            None => {
                let lines = walk.lines(&heading_for.attach);
                lines
                    .map(|text| walk.say(text, lang).into_owned())
                    .collect()
            }
        };
        for entry in walk.history() {
            ticket.count_removed(entry.answer.value().map_or("", |value| value));
            if let Some(kept) = entry.answer.kept() {
                ticket.kept.add(kept);
            }
        }
        ticket
    }

    fn count_removed(&mut self, typed: &str) {
        for (kind, count) in redact::placeholders(typed).iter() {
            *self.removed.entry(kind.id().to_owned()).or_default() += count;
        }
    }

    fn add(&mut self, guide: &Guide, entry: &Entry, lang: Lang, words: &Words) {
        let step = guide.at(entry.step);
        let (id, name) = (step.id.clone(), step.name().get(lang).to_owned());
        let account = step.account;
        let has_form = matches!(step.kind, Kind::Fill(field) if field.has_form());
        let choices = chosen(step, entry);
        match step.kind {
            Kind::Note => {}
            Kind::Ask | Kind::AskSeveral => {
                let value = said(step, entry, lang).join(words.comma);
                if !value.is_empty() {
                    self.fields.push(Field {
                        id,
                        name,
                        value,
                        choices,
                        account,
                        has_form,
                    });
                }
            }
            Kind::Fill(field) => {
                let value = entry.answer.value();
                let value = value.map(|value| redact::in_language(value, &self.language));
                if field == crate::guide::Field::Note {
                    join(&mut self.note, value, " ");
                } else if field == crate::guide::Field::Files {
                    join(&mut self.files, value, FILES_JOINED);
                } else if let Some(value) = value {
                    self.fields.push(Field {
                        id,
                        name,
                        value,
                        choices: Vec::new(),
                        account,
                        has_form,
                    });
                }
            }
            // What is attached shows by itself.
            Kind::Prepare if step.attach => {}
            Kind::Do | Kind::Prepare | Kind::Wait => {
                let choice = choices.into_iter().next().unwrap_or_default();
                if !entry.answer.chosen().meets(step.done_by) {
                    self.not_tried.push(NotTried {
                        id,
                        name,
                        reason_id: choice,
                        reason: words.not_possible.to_owned(),
                    });
                    return;
                }
                let result = words.result(&choice).to_owned();
                // A script or a scenario need not say when.
                let when = Some(entry.at).filter(|at| *at != Moment::EPOCH);
                self.tried.push(Tried {
                    id,
                    name,
                    result_id: choice,
                    result,
                    at: when.map(|at| at.to_string()),
                    when,
                });
            }
        }
    }

    /// Whether something was typed in Chinese and the ticket is in a language that has no such
    /// characters. What is typed is not translated.
    #[must_use]
    pub fn has_foreign_text(&self) -> bool {
        let typed = self.fields.iter().filter(|field| field.choices.is_empty());
        let typed = typed.map(|field| &field.value);
        let typed = typed.chain(&self.note).chain(&self.files);
        let is_written_so = words(&self.language)
            .ticket_part
            .problem
            .contains(is_chinese);
        !is_written_so && typed.into_iter().any(|text| text.contains(is_chinese))
    }

    /// The parts that have something in them, in order.
    fn sections(&self) -> Vec<Section> {
        let words = words(&self.language);
        let title = &words.ticket_part;
        let rows = self.fields.iter();
        let rows: Vec<_> = rows.map(|f| (f.name.clone(), f.value.clone())).collect();
        let done: Vec<String> = self.tried.iter().map(|t| t.in_words(words)).collect();
        let open = self.not_tried.iter();
        let open: Vec<String> = open
            .map(|n| format!("{}{}{}", n.name, words.colon, n.reason))
            .collect();
        let text = |text: &Option<String>| text.clone().map(Block::Text);
        let list = |items: Vec<String>| (!items.is_empty()).then_some(Block::List(items));
        let table = (!rows.is_empty()).then(|| Block::Facts {
            head: words.table_head.map(str::to_owned),
            colon: words.colon.trim_end(),
            rows,
        });
        let sections = [
            (title.problem, Some(Block::Text(self.problem.clone()))),
            (title.facts, table),
            (
                title.tried,
                (!done.is_empty()).then_some(Block::Steps(done)),
            ),
            (title.not_tried, list(open)),
            (title.note, text(&self.note)),
            (title.request, text(&self.request)),
            (title.attach, list(self.attach.clone())),
        ];
        let filled = sections.into_iter();
        filled
            .filter_map(|(title, block)| {
                block.map(|block| Section {
                    title,
                    block,
                    left_out: 0,
                })
            })
            .collect()
    }

    /// The ticket as a document.
    #[must_use]
    pub fn doc(&self) -> Doc {
        let words = words(&self.language);
        let mut blocks = Vec::new();
        for section in self.sections() {
            blocks.extend([Block::Heading(section.title.to_owned()), section.block]);
        }
        let origin = words.prepared(self.disclaimer.as_deref(), &self.guide, &self.edition);
        blocks.push(Block::Paragraph(origin));
        blocks.extend(self.foreign().map(Block::Paragraph));
        Doc {
            language: self.language.clone(),
            id: self.case.clone(),
            title: self.subject.clone(),
            blocks,
        }
    }

    /// That the guide is not the program's own, where it is not.
    fn foreign(&self) -> Option<String> {
        self.guide_file
            .as_deref()
            .map(|file| words(&self.language).foreign(file))
    }
}

/// Tickets as JSON, with a newline at its end: one as an object, several as an array.
#[must_use]
pub fn json(tickets: &[Ticket]) -> String {
    match tickets {
        [ticket] => doc::json(ticket),
        tickets => doc::json(&tickets),
    }
}

impl Tried {
    /// What was done, with its result and time.
    fn in_words(&self, words: &Words) -> String {
        let when = self
            .when
            .map_or_else(String::new, |at| words.aside(at.in_words()));
        format!("{}{}{}{when}", self.name, words.colon, self.result)
    }
}

/// What was done before the walk, in the words in which it was ticked: an answer may stand for
/// several steps, of which the user has said no more than that.
fn tried_before(walk: &Walk<'_>, lang: Lang, words: &Words) -> Vec<Tried> {
    let guide = walk.guide();
    let ticked = walk.history().iter().flat_map(|entry| {
        let step = guide.at(entry.step);
        step.chosen(entry.answer.chosen())
    });
    let was_before = |choice: &&Choice| choice.done.iter().any(|step| walk.was_done_before(*step));
    let tried = |choice: &Choice| Tried::of(choice, lang, "before", words.before);
    ticked.filter(was_before).map(tried).collect()
}

/// Whether a walk says that nothing is attached: what was to be attached was left out, or there
/// was no such thing and no file was named.
fn has_no_attachment(walk: &Walk<'_>) -> bool {
    let guide = walk.guide();
    let (mut made, mut left_out, mut no_name) = (false, false, false);
    for entry in walk.history() {
        let step = guide.at(entry.step);
        let done = entry.answer.chosen().meets(step.done_by);
        made |= step.attach && done;
        left_out |= step.attach && !done;
        let names = step.kind == Kind::Fill(crate::guide::Field::Files);
        no_name |= names && entry.answer.value().is_none();
    }
    left_out || no_name && !made
}

/// What a walk is about: the latest answer that says so, else its case. Answers from before the
/// walk went over to another case speak of that one no more, and a text that names an answer counts
/// once that is given.
fn about<'g>(walk: &Walk<'g>) -> (&'g Text, &'g Text) {
    let guide = walk.guide();
    let sayable = |text: &'g Option<Text>| text.as_ref().filter(|text| walk.can_say(text));
    let of = |case: CaseId| {
        let case = &guide.cases[case];
        let or_label = |text: &'g Option<Text>| sayable(text).unwrap_or(&case.label);
        (or_label(&case.subject), or_label(&case.problem))
    };
    let mut about = of(walk.start_case());
    for entry in walk.history() {
        let step = guide.at(entry.step);
        let leading = step.leading(entry.answer.chosen());
        // Of several answers the first counts, and one that leads away counts most.
        let chosen: Vec<&Choice> = step.chosen(entry.answer.chosen()).collect();
        for choice in chosen.into_iter().rev().chain(leading) {
            about.0 = sayable(&choice.subject).unwrap_or(about.0);
            about.1 = sayable(&choice.problem).unwrap_or(about.1);
        }
        if let Some(leading) = leading
            && let Goes::Over(case) = leading.goes
        {
            about = of(case);
            about.0 = sayable(&leading.subject).unwrap_or(about.0);
            about.1 = sayable(&leading.problem).unwrap_or(about.1);
        }
    }
    about
}

/// Adds what was typed to what was typed before: a walk may have two such fields.
fn join(all: &mut Option<String>, more: Option<String>, between: &str) {
    let Some(more) = more else {
        return;
    };
    *all = Some(match all.take() {
        Some(before) => format!("{before}{between}{more}"),
        None => more,
    });
}

/// The ids of what was chosen.
fn chosen(step: &Step, entry: &Entry) -> Vec<String> {
    let choices = step.chosen(entry.answer.chosen());
    choices.map(|choice| choice.id.clone()).collect()
}

/// What was chosen, in the words for a ticket. A choice that only says what was done before is
/// said by the list of what was tried.
fn said(step: &Step, entry: &Entry, lang: Lang) -> Vec<String> {
    let choices = step.chosen(entry.answer.chosen());
    choices
        .filter(|c| c.done.is_empty() || c.then.is_some() || c.goes != Goes::On)
        .filter_map(Choice::in_ticket)
        .map(|text| text.get(lang).to_owned())
        .collect()
}
