//! Texts: in every language of the guide, not empty, and short enough for a small window.

use super::names::unknown_target;
use super::reader::{MAX_BYTES, Reader};
use crate::guide::finding::Code;
use crate::guide::language::Text;
use crate::guide::phrase::Phrase;
use crate::guide::read::{At, Table, strings, wrong_type};
use crate::text::{fold, width};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::DeValue;

/// The widest label or title, in columns: it fits a menu in a window of 60.
pub(super) const MAX_LABEL: usize = 48;
/// The widest name of a step, in columns.
pub(super) const MAX_NAME: usize = 40;
/// The longest text of a step, or of the notice: lines in a window of 60 columns.
const MAX_LINES: (usize, usize) = (4, 60);

/// The longest short form: lines on a page, and their columns.
const MAX_BRIEF: (usize, usize) = (2, 70);

impl<'a> Reader<'a> {
    pub(super) fn text(&mut self, table: &Table<'a>, key: &str) -> Option<Text> {
        self.text_of(table.get(key)?, &table.path(key), &[])
    }

    pub(super) fn required_text(&mut self, table: &Table<'a>, key: &str) -> Text {
        if table.get(key).is_none() {
            table.missing(key, "\"…\"");
        }
        self.text(table, key).unwrap_or(Text(Vec::new()))
    }

    /// A required text of one line that fits `columns`.
    pub(super) fn label(&mut self, table: &Table<'a>, key: &str, columns: usize) -> Text {
        let text = self.required_text(table, key);
        self.fits(table, key, &text, columns);
        text
    }

    pub(super) fn fits(&self, table: &Table<'a>, key: &str, text: &Text, columns: usize) {
        for line in text.all().filter(|line| width(line) > columns) {
            let at = table.get(key).map_or(table.at.clone(), At::span);
            let message = format!(
                "`{}` is {} columns wide, at most {columns} fit",
                table.path(key),
                width(line)
            );
            self.findings
                .add(Code::TooWide, at, message, "say it shorter");
        }
    }

    /// A text that leaves room for the lines below it, even in a small window.
    pub(super) fn short_text(&mut self, table: &Table<'a>, key: &str) -> Option<Text> {
        let text = self.text(table, key)?;
        let (lines, columns) = MAX_LINES;
        for long in text.all().filter(|t| fold(t, columns).len() > lines) {
            self.findings.add(
                Code::TooLong,
                table.get(key).map_or(table.at.clone(), At::span),
                format!(
                    "this takes {} lines of {columns} columns",
                    fold(long, columns).len()
                ),
                format!("say it in {lines} lines, or make two steps"),
            );
        }
        Some(text)
    }

    /// The short form for a page: at most two of its lines.
    pub(super) fn brief(&mut self, table: &Table<'a>) -> Option<Text> {
        let text = self.text(table, "brief")?;
        for long in text
            .all()
            .filter(|t| fold(t, MAX_BRIEF.1).len() > MAX_BRIEF.0)
        {
            self.findings.add(
                Code::TooLong,
                table.get("brief").map_or(table.at.clone(), At::span),
                format!("`{}` is {} columns wide", table.path("brief"), width(long)),
                format!("say it in {} lines of {} columns", MAX_BRIEF.0, MAX_BRIEF.1),
            );
        }
        Some(text)
    }

    /// A text. A table may have these keys beside those of the languages.
    fn text_of(&mut self, value: &'a At<DeValue<'a>>, name: &str, also: &[&str]) -> Option<Text> {
        if let Some(text) = value.get_ref().as_str() {
            if let [first, second, ..] = &self.languages[..] {
                let (a, b) = (first.get_ref(), second.get_ref());
                self.findings.add(
                    Code::MissingLanguage,
                    value.span(),
                    format!(
                        "`{name}` is in one language, the guide has {}",
                        self.languages.len()
                    ),
                    format!("write {{ {a} = \"…\", {b} = \"…\" }}"),
                );
            }
            return self.one_text(value.span(), 0, text).map(|t| Text(vec![t]));
        }
        let Some(_) = value.get_ref().as_table() else {
            wrong_type(self.findings, value, name, "a text");
            return None;
        };
        let table = Table::from_value(value, name.to_owned(), self.findings)?;
        if table.get("use").is_some() {
            return self.use_shared(&table, also);
        }
        for (tag, _) in table.entries() {
            if !also.contains(tag.get_ref()) {
                self.check_language(&tag);
            }
        }
        let tags: Vec<&str> = self.languages.iter().map(|l| *l.get_ref()).collect();
        let mut texts = Vec::new();
        for (n, tag) in tags.into_iter().enumerate() {
            match table.string(tag) {
                Some(text) => texts.extend(self.one_text(text.span(), n, text.get_ref())),
                None if table.get(tag).is_none() => table.finding(
                    Code::MissingLanguage,
                    format!("`{name}` has no text in `{tag}`"),
                    format!("add {tag} = \"…\""),
                ),
                None => {}
            }
        }
        Some(Text(texts))
    }

    pub(super) fn one_text(
        &mut self,
        at: Range<usize>,
        language: usize,
        text: &'a str,
    ) -> Option<String> {
        if text.trim().is_empty() {
            self.findings.add(
                Code::EmptyText,
                at,
                "this text is empty",
                "write one, or drop the key",
            );
            return None;
        }
        self.texts.all.push((at, language, text));
        Some(text.to_owned())
    }

    /// What people or screens say, under the key `words`: in any of the guide's languages, or in
    /// none of them, such as the number of an error. It is compared and never shown, so nothing of
    /// what holds for texts holds for it.
    pub(super) fn phrases(&self, table: &Table<'a>) -> Vec<Phrase> {
        let Some(value) = table.get("words") else {
            return Vec::new();
        };
        let name = table.path("words");
        let said = if value.get_ref().is_table() {
            let languages = Table::from_value(value, name, self.findings);
            let languages = languages.iter().flat_map(Table::entries);
            let said = languages.flat_map(|(tag, value)| {
                self.check_language(&tag);
                strings(value, &table.path(tag.get_ref()), self.findings)
            });
            said.collect()
        } else {
            strings(value, &name, self.findings)
        };
        let mut phrases = Vec::new();
        for words in said {
            let text = words.get_ref();
            match Phrase::new(text) {
                Some(phrase) if phrases.contains(&phrase) => self.findings.add(
                    Code::DuplicateId,
                    words.span(),
                    format!(
                        "the words `{text}` are here already; case and signs count for nothing"
                    ),
                    "take one of them out",
                ),
                Some(phrase) => phrases.push(phrase),
                None => self.findings.add(
                    Code::EmptyText,
                    words.span(),
                    "there is no word here, or none at one side of `…`",
                    "write what somebody says, or take it out",
                ),
            }
        }
        phrases
    }

    fn check_language(&self, tag: &At<&str>) {
        if !self.languages.iter().any(|l| l.get_ref() == tag.get_ref()) {
            self.findings.add(
                Code::UnknownLanguage,
                tag.span(),
                format!("the guide has no language `{}`", tag.get_ref()),
                "take it out, or add it to `languages` in [guide]",
            );
        }
    }

    /// A list of texts. A table may have these keys beside those of the languages.
    pub(super) fn texts(&mut self, table: &Table<'a>, key: &str, also: &[&str]) -> Vec<Text> {
        let name = table.path(key);
        table
            .values(key)
            .filter_map(|v| self.text_of(v, &name, also))
            .collect()
    }

    /// Reads the texts that have a name of their own.
    pub(super) fn share_texts(&mut self) {
        let Some(table) = self.root.table("text") else {
            return;
        };
        let mut shared = BTreeMap::new();
        for (id, value) in table.entries() {
            self.check_id(&id);
            let uses = value
                .get_ref()
                .as_table()
                .is_some_and(|text| text.contains_key("use"));
            if uses {
                self.findings.add(
                    Code::BadCombination,
                    value.span(),
                    format!("the text `{}` uses another", id.get_ref()),
                    "write it out",
                );
                continue;
            }
            let text = self.text_of(value, &table.path(id.get_ref()), &[]);
            let text = text.unwrap_or(Text(Vec::new()));
            shared.insert(*id.get_ref(), (id.span(), text, false));
        }
        self.texts.shared = shared;
    }

    /// The shared text that `{ use = "…" }` names.
    fn use_shared(&mut self, table: &Table<'a>, also: &[&str]) -> Option<Text> {
        table.only(&[&["use"], also].concat());
        let id = table.string("use")?;
        let Some((_, text, used)) = self.texts.shared.get_mut(id.get_ref()) else {
            unknown_target(
                "text",
                &id,
                self.texts.shared.keys().copied(),
                self.findings,
            );
            return None;
        };
        *used = true;
        // Without a limit, a long text in ten thousand places would fill the memory.
        let fitted = self.texts.written_out <= MAX_BYTES;
        self.texts.written_out += text.all().map(str::len).sum::<usize>();
        if self.texts.written_out <= MAX_BYTES {
            return Some(text.clone());
        }
        if fitted {
            let message = "with its shared texts written out, the guide has more than 1 MiB";
            table.finding(Code::TooLarge, message, "use them in fewer places");
        }
        None
    }

    pub(super) fn check_shared(&self) {
        for (name, (at, _, used)) in &self.texts.shared {
            if !used {
                self.findings.add(
                    Code::Unreachable,
                    at.clone(),
                    format!("nothing uses the text `{name}`"),
                    format!("write {{ use = \"{name}\" }} where it belongs, or take it out"),
                );
            }
        }
    }
}
