//! The shapes of everything but steps: the head of a guide, its sources, cases and outcomes.

use super::names::is_empty;
use super::reader::Reader;
use super::texts::{MAX_LABEL, MAX_NAME};
use crate::guide::address::is_okx_address;
use crate::guide::finding::Code;
use crate::guide::ids::{Id, IdVec, OutcomeId, SourceId};
use crate::guide::language::Text;
use crate::guide::parts::{Case, Outcome, Parts, Source, Trust, Verdict};
use crate::guide::read::{At, Table, list};
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
            sources: IdVec::new(),
            cases: IdVec::new(),
            lists: IdVec::new(),
            steps: IdVec::new(),
            outcomes: IdVec::new(),
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
        table.only(&["id", "edition", "languages", "title", "notice"]);
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
        parts
    }

    pub(super) fn sources(&mut self) -> IdVec<SourceId, Source> {
        self.each(
            |r| &r.sources,
            |r, id, table| {
                table.only(&["title", "url", "trust"]);
                let url = table.string("url");
                if let Some(url) = &url
                    && !is_okx_address(url.get_ref())
                {
                    r.findings.add(
                        Code::BadAddress,
                        url.span(),
                        "this is not plainly an address on okx.com",
                        "write https://www.okx.com/… in full, without user, port or odd characters",
                    );
                }
                let trusts = [
                    ("official", Trust::Official),
                    ("copy", Trust::Copy),
                    ("industry", Trust::Industry),
                    ("guide", Trust::Guide),
                ];
                Source {
                    id: (*id.get_ref()).to_owned(),
                    title: r.required_text(table, "title"),
                    url: url.map(|u| (*u.get_ref()).to_owned()),
                    trust: r.one_of(table, "trust", &trusts).unwrap_or(Trust::Guide),
                }
            },
        )
    }

    pub(super) fn case(&mut self, id: &At<&'a str>, table: &Table<'a>) -> Case {
        table.only(&[
            "id", "label", "subject", "problem", "steps", "end", "covers",
        ]);
        if table.get("steps").is_none() {
            table.missing("steps", "[\"…\"]");
        }
        if table.get("end").is_none() {
            table.missing("end", "\"an-outcome\"");
        }
        let end = table
            .string("end")
            .and_then(|end| self.outcomes.find(&end, self.findings));
        Case {
            id: (*id.get_ref()).to_owned(),
            label: self.label(table, "label", MAX_LABEL),
            subject: self.text(table, "subject"),
            problem: self.text(table, "problem"),
            steps: self.steps_of(table, "steps"),
            // Without one, the guide is refused.
            end: end.unwrap_or(OutcomeId::nth(0)),
            covers: owned(&table.strings("covers")),
        }
    }

    pub(super) fn outcome(&mut self, id: &At<&'a str>, table: &Table<'a>) -> Outcome {
        table.only(&[
            "kind", "title", "say", "next", "keep", "steps", "request", "attach", "source",
            "covers",
        ]);
        let kinds = [
            ("solved", Verdict::Solved),
            ("you", Verdict::You),
            ("wait", Verdict::Wait),
            ("support", Verdict::Support),
        ];
        let kind = match table.get("kind") {
            Some(_) => self.one_of(table, "kind", &kinds).unwrap_or(Verdict::You),
            None if *id.get_ref() == "resolved" => Verdict::Solved,
            None => Verdict::You,
        };
        let title = self.text(table, "title");
        if let Some(title) = &title {
            self.fits(table, "title", title, MAX_LABEL);
        }
        Outcome {
            id: (*id.get_ref()).to_owned(),
            kind,
            title,
            say: self.required_text(table, "say"),
            next: self.texts(table, "next"),
            keep: self.texts(table, "keep"),
            steps: self.steps_of(table, "steps"),
            request: self.text(table, "request"),
            attach: self.texts(table, "attach"),
            sources: self.source_list(table),
            covers: owned(&table.strings("covers")),
        }
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
