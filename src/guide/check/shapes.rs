//! The shapes of everything but steps: the head of a guide, its sources, cases and outcomes.

use super::names::is_empty;
use super::page::Plan;
use super::reader::Reader;
use super::texts::{MAX_LABEL, MAX_NAME};
use crate::guide::address::{is_host, is_on};
use crate::guide::date::Date;
use crate::guide::finding::Code;
use crate::guide::ids::{IdVec, SourceId, StepId};
use crate::guide::language::Text;
use crate::guide::outline::Outline;
use crate::guide::parts::{
    Case, Elsewhere, End, Line, Outcome, Parts, Source, Trust, Verdict, Voice,
};
use crate::guide::read::{At, Table, list, strings};
use crate::guide::step::Step;
use std::collections::HashSet;

impl<'a> Reader<'a> {
    pub(super) fn head(&mut self) -> Parts {
        let mut parts = Parts {
            id: String::new(),
            edition: "1".to_owned(),
            languages: self
                .languages
                .iter()
                .map(|l| (*l.get_ref()).to_owned())
                .collect(),
            title: Text(Vec::new()),
            notice: None,
            voice: Voice::default(),
            support: Vec::new(),
            sources: IdVec::new(),
            cases: IdVec::new(),
            lists: IdVec::new(),
            groups: IdVec::new(),
            steps: IdVec::new(),
            outcomes: IdVec::new(),
            elsewhere: Vec::new(),
            stops: IdVec::new(),
        };
        let Some(table) = self.root.table("guide") else {
            if self.root.get("guide").is_none() {
                self.root.missing(
                    "guide",
                    "{ id = \"…\", title = \"…\", languages = [\"en\"] }",
                );
            }
            return parts;
        };
        table.only(&[
            "id",
            "edition",
            "languages",
            "title",
            "notice",
            "hosts",
            "question",
            "disclaimer",
            "files",
            "trust",
            "heading",
            "support",
        ]);
        let mut seen = HashSet::new();
        for tag in &self.languages {
            let word = *tag.get_ref();
            let fine = word.len() >= 2
                && word.len() <= 35
                && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            if !fine || !seen.insert(word) {
                self.findings.add(
                    Code::UnknownValue,
                    tag.span(),
                    format!("`{word}` is no language, or stands here twice"),
                    "write tags such as `zh` or `en`",
                );
            }
        }
        if is_empty(table.get("languages")) {
            table.missing("languages", "[\"en\"]");
        }
        match table.string("id") {
            Some(id) => {
                self.check_id(&id);
                parts.id = String::from(id.into_inner());
            }
            None if table.get("id").is_none() => table.missing("id", "\"a-name\""),
            None => {}
        }
        if let Some(edition) = table.string("edition") {
            let text = self.one_text(edition.span(), 0, edition.get_ref());
            parts.edition = text.unwrap_or_default();
            let text = Text(vec![parts.edition.clone()]);
            self.fits(&table, "edition", &text, MAX_NAME);
        }
        parts.title = self.label(&table, "title", MAX_LABEL);
        parts.notice = self.short_text(&table, "notice");
        parts.voice = self.voice(&table);
        parts.support = self.texts(&table, "support", &[]);
        parts
    }

    /// What the guide says in place of the program's own words.
    fn voice(&mut self, table: &Table<'a>) -> Voice {
        let hosts = table.strings("hosts");
        for host in hosts.iter().filter(|host| !is_host(host.get_ref())) {
            self.findings.add(
                Code::BadAddress,
                host.span(),
                format!("`{}` is not plainly a host", host.get_ref()),
                "write it in small letters, such as example.org; what is below it is allowed, too",
            );
        }
        let files = table.string("files");
        if let Some(files) = &files {
            self.check_id(files);
        }
        Voice {
            hosts: owned(&hosts),
            question: self.short_text(table, "question"),
            disclaimer: self.text(table, "disclaimer"),
            files: files.map(|files| String::from(files.into_inner())),
            trusts: self.own_words(table, "trust", &Trust::ALL),
            headings: self.own_words(table, "heading", &Verdict::ALL),
        }
    }

    /// Texts by words of the format.
    fn own_words<T: Copy>(
        &mut self,
        table: &Table<'a>,
        key: &str,
        words: &[(&str, T)],
    ) -> Vec<(T, Text)> {
        let Some(inner) = table.table(key) else {
            return Vec::new();
        };
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        inner.only(&known);
        let own = words.iter().filter_map(|(word, of)| {
            inner.get(word)?;
            Some((*of, self.label(&inner, word, MAX_LABEL)))
        });
        own.collect()
    }

    pub(super) fn sources(
        &mut self,
        hosts: &[String],
        today: Option<Date>,
    ) -> IdVec<SourceId, Source> {
        self.each(
            |r| &r.sources,
            |r, id, table| {
                table.only(&["title", "url", "trust", "read"]);
                let url = table.string("url");
                if let Some(url) = &url
                    && !is_on(hosts, url.get_ref())
                {
                    r.findings.add(
                        Code::BadAddress,
                        url.span(),
                        match hosts {
                            [] => "the guide names no `hosts`, so no source has an address".to_owned(),
                            hosts => format!("this is not plainly an address on {}", hosts.join(" or ")),
                        },
                        "write https://… in full, without user, port or odd characters, and add its host to `hosts` in [guide]",
                    );
                }
                let read = table.date("read");
                let is_old =
                    |read: Date| today.is_some_and(|today| read.is_over_a_year_before(today));
                if let Some(read) = read.as_ref().filter(|read| is_old(*read.get_ref())) {
                    r.findings.add(
                        Code::OldSource,
                        read.span(),
                        format!(
                            "this source was last read on {}, more than a year ago",
                            read.get_ref()
                        ),
                        "read it again, mend what has changed, and write the new date here",
                    );
                }
                Source {
                    read: read.map(At::into_inner),
                    id: (*id.get_ref()).to_owned(),
                    title: r.required_text(table, "title"),
                    url: url.map(|u| (*u.get_ref()).to_owned()),
                    trust: r.one_of(table, "trust", &Trust::ALL).unwrap_or(Trust::Guide),
                }
            },
        )
    }

    pub(super) fn case(&mut self, id: &At<&'a str>, table: &Table<'a>) -> Case {
        table.only(&[
            "id", "label", "words", "subject", "problem", "steps", "end", "look", "rows", "covers",
        ]);
        if table.get("steps").is_none() {
            table.missing("steps", "[\"…\"]");
        }
        if table.get("end").is_none() {
            table.missing("end", "\"an-outcome\"");
        }
        let plan = Plan {
            rows: self.if_there(table, "rows"),
            look: self.if_there(table, "look"),
        };
        self.plans.cases.push(plan);
        Case {
            id: (*id.get_ref()).to_owned(),
            label: self.label(table, "label", MAX_LABEL),
            words: self.phrases(table),
            subject: self.text(table, "subject"),
            problem: self.text(table, "problem"),
            steps: self.steps_of(table, "steps"),
            ends: Vec::new(),
            covers: owned(&table.strings("covers")),
            page: Outline::default(),
        }
    }

    /// The steps that a key names, where it is there.
    fn if_there(&self, table: &Table<'a>, key: &str) -> Option<Vec<StepId>> {
        table.get(key).map(|_| self.step_list(table, key))
    }

    pub(super) fn outcome(&mut self, id: &At<&'a str>, table: &Table<'a>) -> Outcome {
        table.only(&[
            "kind", "title", "brief", "say", "next", "keep", "steps", "request", "attach",
            "source", "covers",
        ]);
        let kind = match table.get("kind") {
            Some(_) => self
                .one_of(table, "kind", &Verdict::ALL)
                .unwrap_or(Verdict::Result),
            None if *id.get_ref() == "resolved" => Verdict::Solved,
            None => Verdict::Result,
        };
        let title = self.text(table, "title");
        if let Some(title) = &title {
            self.fits(table, "title", title, MAX_LABEL);
        }
        Outcome {
            id: (*id.get_ref()).to_owned(),
            kind,
            title,
            brief: self.brief(table),
            say: self.required_text(table, "say"),
            next: self.lines(table, "next"),
            keep: self.lines(table, "keep"),
            steps: self.steps_of(table, "steps"),
            request: self.text(table, "request"),
            attach: self.lines(table, "attach"),
            sources: self.source_list(table),
            covers: owned(&table.strings("covers")),
        }
    }

    /// The lines of an outcome. Their conditions are read once the answers are known.
    fn lines(&mut self, table: &Table<'a>, key: &str) -> Vec<Line> {
        let texts = self.texts(table, key, &["when"]).into_iter();
        texts.map(|text| Line { when: None, text }).collect()
    }

    /// Reads the conditions of an outcome's lines.
    pub(super) fn line_conditions(
        &self,
        table: &Table<'a>,
        steps: &IdVec<StepId, Step>,
        outcome: &mut Outcome,
    ) {
        let lines = [
            ("next", &mut outcome.next),
            ("keep", &mut outcome.keep),
            ("attach", &mut outcome.attach),
        ];
        for (key, lines) in lines {
            for (value, line) in table.values(key).zip(lines) {
                let when = value.get_ref().as_table().and_then(|t| t.get("when"));
                let when = when.and_then(|when| {
                    let name = format!("{}.when", table.path(key));
                    Table::from_value(when, name, self.findings)
                });
                line.when = when.and_then(|when| self.condition(&when, steps, 0));
            }
        }
    }

    /// The outcomes that a case may end in.
    pub(super) fn ends(&self, table: &Table<'a>, steps: &IdVec<StepId, Step>) -> Vec<End> {
        let mut ends: Vec<End> = Vec::new();
        let values: Vec<_> = table.values("end").collect();
        for (n, value) in (1..).zip(&values) {
            let name = format!("{} {n}", table.path("end"));
            let chosen = value.get_ref().as_table().is_some();
            let named = if chosen {
                Table::from_value(value, name, self.findings)
            } else {
                None
            };
            let outcome = match &named {
                Some(end) => {
                    end.only(&["outcome", "when"]);
                    if end.get("outcome").is_none() {
                        end.missing("outcome", "\"an-outcome\"");
                    }
                    end.string("outcome")
                }
                None => strings(value, &table.path("end"), self.findings).pop(),
            };
            let when = named.as_ref().and_then(|end| end.table("when"));
            if when.is_some() == (n == values.len()) {
                let (message, help) = if n == values.len() {
                    (
                        "the last end has a condition, and nothing says where the case ends if it does not hold",
                        "add an outcome without `when` behind it",
                    )
                } else {
                    (
                        "this end has no condition, so those behind it are never chosen",
                        "give it a `when`, or put it last",
                    )
                };
                self.findings
                    .add(Code::BadCombination, value.span(), message, help);
            }
            ends.extend(
                outcome
                    .and_then(|id| self.outcomes.find(&id, self.findings))
                    .map(|outcome| End {
                        when: when.and_then(|when| self.condition(&when, steps, 0)),
                        outcome,
                    }),
            );
        }
        ends
    }

    /// What people may say that the guide is not about.
    pub(super) fn elsewhere(&mut self) -> Vec<Elsewhere> {
        let tables = self.root.tables("elsewhere");
        let read = tables.iter().map(|table| {
            table.only(&["words", "say", "source", "covers"]);
            if is_empty(table.get("words")) {
                table.missing("words", "[\"…\"]");
            }
            Elsewhere {
                words: self.phrases(table),
                say: self.required_text(table, "say"),
                sources: self.source_list(table),
                covers: owned(&table.strings("covers")),
            }
        });
        read.collect()
    }

    /// The value that a key's word means. A missing word is a finding, too.
    pub(super) fn one_of<T: Copy>(
        &self,
        table: &Table<'a>,
        key: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let Some(word) = table.string(key) else {
            if table.get(key).is_none() {
                table.missing(key, &format!("\"{}\"", words[0].0));
            }
            return None;
        };
        let found = words
            .iter()
            .find(|(w, _)| w == word.get_ref())
            .map(|(_, v)| *v);
        if found.is_none() {
            let all: Vec<&str> = words.iter().map(|(w, _)| *w).collect();
            let message = format!("`{}` is no value of `{}`", word.get_ref(), table.path(key));
            let help = format!("it takes one of {}", list(&all));
            self.findings
                .add(Code::UnknownValue, word.span(), message, help);
        }
        found
    }
}

/// The words without their places in the file.
pub(super) fn owned(words: &[At<&str>]) -> Vec<String> {
    words.iter().map(|w| (*w.get_ref()).to_owned()).collect()
}
