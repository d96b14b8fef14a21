//! A case as a checklist: every step of it, branches below their answers, as data that is
//! printed as text, Markdown or JSON.

use crate::guide::{
    CaseIx, Cond, Goes, Guide, Lang, ListIx, Outcome, OutcomeIx, SourceIx, Step, StepIx, Trust,
    Verdict,
};
use crate::text::hang_on;
use crate::ticket::markdown::escape;
use crate::words::{Words, words};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write;

/// How wide the text is, in columns: what a piped text is read with is not known.
const COLUMNS: usize = 80;

/// A case as a checklist, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checklist {
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

/// A step on a checklist.
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
    /// The answers of a question, with what follows from each.
    pub branches: Vec<Branch>,
    /// Whether the step stands in full further up; then it has no branches here.
    pub above: bool,
}

/// An answer on a checklist.
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

/// An outcome on a checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct End {
    /// The outcome's id.
    pub id: String,
    /// Who can act.
    pub kind: Verdict,
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

/// A source on a checklist.
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
}

impl Checklist {
    /// The checklist of a case in one of the guide's languages. `command` is what starts the wizard
    /// with this case.
    #[must_use]
    pub fn of(guide: &Guide, case: CaseIx, lang: Lang, command: String) -> Checklist {
        let mut writer = Writer {
            guide,
            lang,
            words: words(guide.tag(lang)),
            written: BTreeSet::new(),
            outcomes: Vec::new(),
            sources: BTreeSet::new(),
        };
        let this = &guide.cases[case as usize];
        let steps = writer.items(this.steps);
        writer.note_outcome(this.end);
        let ends = writer.outcomes.clone();
        let mut ticket = Vec::new();
        for end in &ends {
            let fields = writer.items(guide.outcomes[*end as usize].steps);
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
        Checklist {
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

/// What has been written of a checklist.
struct Writer<'g> {
    guide: &'g Guide,
    lang: Lang,
    words: &'static Words,
    /// Steps that stand in full already; so the whole is no longer than the guide.
    written: BTreeSet<StepIx>,
    outcomes: Vec<OutcomeIx>,
    sources: BTreeSet<SourceIx>,
}

impl Writer<'_> {
    fn items(&mut self, list: ListIx) -> Vec<Item> {
        let guide = self.guide;
        guide
            .list(list)
            .iter()
            .map(|step| self.item(*step))
            .collect()
    }

    fn item(&mut self, ix: StepIx) -> Item {
        let guide = self.guide;
        let step = guide.at(ix);
        let above = !self.written.insert(ix);
        let branches = if above {
            Vec::new()
        } else {
            self.branches(step)
        };
        let only_if = step
            .when
            .as_ref()
            .map(|when| (self.words.only_if)(&self.condition(when)));
        Item {
            id: step.id.clone(),
            kind: step.kind.id(),
            text: step.text.get(self.lang).to_owned(),
            name: step.name().get(self.lang).to_owned(),
            only_if,
            why: step.why.as_ref().map(|w| w.get(self.lang).to_owned()),
            minutes: step.minutes,
            sources: self.cite(&step.sources),
            several: step.kind == crate::guide::Kind::AskSeveral,
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
            let Some(label) = &choice.label else { continue };
            let steps = choice.then.map(|list| self.items(list)).unwrap_or_default();
            let (mut outcome, mut ends, mut case, mut goes_over) = (None, None, None, None);
            match choice.goes {
                Goes::On => {}
                Goes::End(end) => {
                    let end = &guide.outcomes[end as usize];
                    outcome = Some(end.id.clone());
                    ends = Some(title(end, lang).to_owned());
                }
                Goes::Over(over) => {
                    let over = &guide.cases[over as usize];
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

    fn note_outcome(&mut self, outcome: OutcomeIx) {
        if !self.outcomes.contains(&outcome) {
            self.outcomes.push(outcome);
        }
    }

    fn end(&mut self, ix: OutcomeIx) -> End {
        let outcome = &self.guide.outcomes[ix as usize];
        let texts = |list: &[crate::guide::Text]| {
            list.iter()
                .map(|t| t.get(self.lang).to_owned())
                .collect::<Vec<_>>()
        };
        End {
            id: outcome.id.clone(),
            kind: outcome.kind,
            title: outcome.title.as_ref().map(|t| t.get(self.lang).to_owned()),
            text: outcome.say.get(self.lang).to_owned(),
            next: texts(&outcome.next),
            keep: texts(&outcome.keep),
            ticket: outcome.request.is_some(),
            sources: self.cite(&outcome.sources),
        }
    }

    fn cite(&mut self, sources: &[SourceIx]) -> Vec<String> {
        self.sources.extend(sources);
        sources
            .iter()
            .map(|s| self.guide.sources[*s as usize].id.clone())
            .collect()
    }

    fn origins(&self) -> Vec<Origin> {
        let sources = self
            .sources
            .iter()
            .map(|s| &self.guide.sources[*s as usize]);
        let origin = |s: &crate::guide::Source| Origin {
            id: s.id.clone(),
            title: s.title.get(self.lang).to_owned(),
            url: s.url.clone(),
            trust: s.trust,
        };
        sources.map(origin).collect()
    }

    /// A condition among others: one that holds an "or" or an "and" itself stands in brackets.
    fn part(&self, cond: &Cond) -> String {
        let text = self.condition(cond);
        if matches!(cond, Cond::All(_) | Cond::Any(_)) {
            (self.words.aside)(&text).trim_start().to_owned()
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
                let chosen = (0u32..)
                    .zip(&step.choices)
                    .filter(|(n, _)| set & (1 << n) != 0);
                let labels = chosen.map(|(_, c)| match &c.label {
                    Some(label) => label.get(lang),
                    None => (words.standing)(&c.id),
                });
                let labels: Vec<String> = labels.map(words.quote).collect();
                format!(
                    "{}{}{}",
                    step.name().get(lang),
                    words.colon,
                    labels.join(words.or)
                )
            }
            Cond::Done(step) => (words.was_done)(self.guide.at(*step).name().get(lang)),
            Cond::Case(set) => {
                let cases = (0u32..)
                    .zip(&self.guide.cases)
                    .filter(|(n, _)| set & (1 << n) != 0);
                let labels: Vec<&str> = cases.map(|(_, c)| c.label.get(lang)).collect();
                (words.in_case)(&labels.join(words.comma))
            }
            Cond::All(list) => join(list, 0),
            Cond::Any(list) => join(list, 1),
            Cond::Not(cond) => (words.not)(&self.condition(cond)),
        }
    }
}

/// The title of an outcome, or what it says where it has none.
#[must_use]
pub fn title(outcome: &Outcome, lang: Lang) -> &str {
    outcome.title.as_ref().unwrap_or(&outcome.say).get(lang)
}

/// Writes the same checklist as text or as Markdown: both indent, mark and fold, but differently.
struct Sheet {
    out: String,
    markdown: bool,
}

impl Sheet {
    fn line(&mut self, lead: &str, text: &str) {
        if self.markdown {
            let _ = writeln!(self.out, "{lead}{}", escape(text));
        } else {
            hang_on(&mut self.out, lead, text, COLUMNS);
            self.out.push('\n');
        }
    }

    fn gap(&mut self) {
        self.out.push('\n');
    }

    fn heading(&mut self, text: &str) {
        self.gap();
        self.line(if self.markdown { "## " } else { "" }, text);
        if self.markdown {
            self.gap();
        }
    }

    /// An address or a command: not folded and not escaped, to be copied whole.
    fn verbatim(&mut self, line: &str) {
        let indent = if self.markdown { "   " } else { "    " };
        let _ = writeln!(self.out, "{indent}{line}");
    }

    /// A paragraph that is no list item; Markdown needs a blank line around it.
    fn paragraph(&mut self, text: &str) {
        if self.markdown {
            self.gap();
        }
        self.line("", text);
    }
}

impl Checklist {
    /// The checklist as text, folded to 80 columns, with a newline at its end.
    #[must_use]
    pub fn text(&self) -> String {
        self.render(false)
    }

    /// The checklist as Markdown with task-list boxes, with a newline at its end.
    #[must_use]
    pub fn markdown(&self) -> String {
        self.render(true)
    }

    fn render(&self, markdown: bool) -> String {
        let words = words(&self.language);
        let mut sheet = Sheet {
            out: String::new(),
            markdown,
        };
        let lead = if markdown { "# " } else { "" };
        sheet.line(
            lead,
            &format!("{}{}{}", self.title, words.colon, self.label),
        );
        if let Some(notice) = &self.notice {
            sheet.paragraph(notice);
        }
        if let Some(file) = &self.guide_file {
            sheet.paragraph(&(words.foreign)(file));
        }
        sheet.gap();
        self.write_items(&mut sheet, &self.steps, 0, words);
        if !self.ticket.is_empty() {
            sheet.heading(words.for_ticket);
            self.write_items(&mut sheet, &self.ticket, 0, words);
        }
        sheet.heading(words.outcomes);
        for end in &self.outcomes {
            self.write_end(&mut sheet, end, words);
        }
        if !self.sources.is_empty() {
            sheet.heading(words.sources);
            for (n, source) in (1..).zip(&self.sources) {
                let mark = if markdown {
                    format!("{n}. ")
                } else {
                    format!("[{n}] ")
                };
                let trust = (words.aside)((words.trust)(source.trust));
                sheet.line(&mark, &format!("{}{trust}", source.title));
                if let Some(url) = &source.url {
                    sheet.verbatim(url);
                }
            }
        }
        sheet.gap();
        if let Some(command) = &self.how_to_ticket {
            sheet.line("", words.how_to_ticket);
            sheet.verbatim(command);
        }
        sheet.line("", &(words.edition)(&self.guide, &self.edition));
        sheet.out
    }

    fn write_items(&self, sheet: &mut Sheet, items: &[Item], depth: usize, words: &Words) {
        let indent = " ".repeat(depth * if sheet.markdown { 2 } else { 4 });
        let bullet = if sheet.markdown { "- [ ] " } else { "[ ] " };
        for item in items {
            let only_if = item
                .only_if
                .as_ref()
                .map_or_else(String::new, |c| (words.brackets)(c));
            if item.above {
                let text = format!("{only_if}{}", (words.see_above)(&item.name));
                sheet.line(
                    &format!("{indent}{}", if sheet.markdown { "- " } else { "  > " }),
                    &text,
                );
                continue;
            }
            let mut text = format!("{only_if}{}", item.text);
            let mut asides = Vec::new();
            if item.minutes > 0 {
                asides.push((words.minutes)(item.minutes));
            }
            if item.several {
                asides.push(words.several.to_owned());
            }
            if !asides.is_empty() {
                let _ = write!(text, "{}", (words.aside)(&asides.join(words.comma)));
            }
            sheet.line(&format!("{indent}{bullet}"), &text);
            let below = if sheet.markdown {
                format!("{indent}  - ")
            } else {
                format!("{indent}    ")
            };
            if let Some(why) = &item.why {
                let marks = self.marks(&item.sources);
                sheet.line(&below, &format!("{}{}{why}{marks}", words.why, words.colon));
            }
            for branch in &item.branches {
                self.write_branch(sheet, branch, depth + 1, words);
            }
        }
    }

    fn write_branch(&self, sheet: &mut Sheet, branch: &Branch, depth: usize, words: &Words) {
        let markdown = sheet.markdown;
        let indent = " ".repeat(depth * if markdown { 2 } else { 4 });
        let mut follows = Vec::new();
        follows.extend(branch.ends.as_ref().map(|t| (words.ends_in)(t)));
        follows.extend(branch.goes_over.as_ref().map(|t| (words.go_over)(t)));
        if !branch.done_names.is_empty() {
            follows.push((words.skip)(&branch.done_names.join(words.comma)));
        }
        let mark = "- ";
        let label = (words.quote)(&branch.label);
        if follows.is_empty() && branch.steps.is_empty() {
            sheet.line(&format!("{indent}{mark}"), &label);
            return;
        }
        let mut text = format!("{label}{}", words.colon.trim_end());
        if branch.steps.is_empty() {
            let _ = write!(
                text,
                "{}{}",
                &words.colon[words.colon.trim_end().len()..],
                follows.join(words.semicolon)
            );
            sheet.line(&format!("{indent}{mark}"), &text);
            return;
        }
        sheet.line(&format!("{indent}{mark}"), &text);
        self.write_items(sheet, &branch.steps, depth + 1, words);
        if !follows.is_empty() {
            let indent = " ".repeat((depth + 1) * if markdown { 2 } else { 4 });
            let arrow = if markdown { "- " } else { "  > " };
            sheet.line(
                &format!("{indent}{arrow}"),
                &(words.then)(&follows.join(words.semicolon)),
            );
        }
    }

    fn write_end(&self, sheet: &mut Sheet, end: &End, words: &Words) {
        let title = end.title.as_deref().unwrap_or(&end.text);
        let verdict = (words.aside)((words.verdict)(end.kind));
        let (first, next, keep) = if sheet.markdown {
            ("- ", "  1. ", "  - ")
        } else {
            ("* ", "    > ", "    ! ")
        };
        sheet.line(
            first,
            &format!("{title}{verdict}{}", self.marks(&end.sources)),
        );
        if end.title.is_some() {
            sheet.line(if sheet.markdown { "  - " } else { "    " }, &end.text);
        }
        for text in &end.next {
            sheet.line(next, text);
        }
        for text in &end.keep {
            sheet.line(keep, text);
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

/// Checklists as one JSON object, or several as a list, with a newline at the end.
pub fn json(value: &impl Serialize) -> String {
    let mut json = serde_json::to_string_pretty(value).unwrap_or_default();
    json.push('\n');
    json
}
