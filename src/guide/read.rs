//! Reading TOML with every mistake found at once.
//!
//! serde stops at the first wrong type; a guide's author wants all of them. So this walks toml's
//! own spanned tree and notes a finding for each thing that is not as it should be.

use super::date::Date;
use super::finding::{Code, Findings};
use crate::text::{is_hostile, nearest};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

/// A value and the bytes of the file that it came from.
pub type At<T> = Spanned<T>;

/// A TOML table that is being read, and what to call it in a message.
#[derive(Clone)]
pub struct Table<'a> {
    entries: &'a DeTable<'a>,
    /// The bytes of the file that the table came from.
    pub at: Range<usize>,
    /// What messages call the table, such as `step.wait`.
    pub name: String,
    findings: &'a Findings,
}

impl<'a> Table<'a> {
    /// The whole file, once it is parsed.
    pub fn root(root: &'a At<DeTable<'a>>, findings: &'a Findings) -> Table<'a> {
        // A finding about the file as a whole points at its first byte.
        Table {
            entries: root.get_ref(),
            at: 0..0,
            name: "the guide".into(),
            findings,
        }
    }

    /// A table that is the value of a key.
    pub fn from_value(
        value: &'a At<DeValue<'a>>,
        name: String,
        findings: &'a Findings,
    ) -> Option<Table<'a>> {
        if let Some(entries) = value.get_ref().as_table() {
            return Some(Table {
                entries,
                at: value.span(),
                name,
                findings,
            });
        }
        wrong_type(findings, value, &name, "a table");
        None
    }

    /// Notes a finding about this table.
    pub fn finding(&self, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.findings.add(code, self.at.clone(), message, help);
    }

    /// Notes every key that is not among these.
    pub fn only(&self, keys: &[&str]) {
        for key in self.entries.keys() {
            let word = key.get_ref().as_ref();
            if keys.contains(&word) {
                continue;
            }
            let help = match nearest(word, keys.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("{} takes {}", self.name, list(keys)),
            };
            let message = format!("unknown key `{word}` in {}", self.name);
            self.findings
                .add(Code::UnknownKey, key.span(), message, help);
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&'a At<DeValue<'a>>> {
        self.entries.get(key)
    }

    /// The keys and values, in the order of the alphabet.
    pub fn entries(&self) -> impl Iterator<Item = (At<&'a str>, &'a At<DeValue<'a>>)> {
        self.entries
            .iter()
            .map(|(k, v)| (At::new(k.span(), k.get_ref().as_ref()), v))
    }

    /// What messages call a key of this table.
    pub fn path(&self, key: &str) -> String {
        if self.name == "the guide" {
            key.to_owned()
        } else {
            format!("{}.{key}", self.name)
        }
    }

    /// Notes that a key is missing.
    pub fn missing(&self, key: &str, example: &str) {
        // A key that is misspelt is not missing as well.
        let (within, meant) = (
            format!(" in {}", self.name),
            format!("did you mean `{key}`?"),
        );
        if self.findings.has(Code::UnknownKey, &within, &meant) {
            return;
        }
        self.finding(
            Code::MissingKey,
            format!("{} has no `{key}`", self.name),
            format!("add {key} = {example}"),
        );
    }

    /// A string.
    pub fn string(&self, key: &str) -> Option<At<&'a str>> {
        let value = self.get(key)?;
        let string = as_string(value);
        if string.is_none() {
            wrong_type(self.findings, value, &self.path(key), "a string");
        }
        string
    }

    /// A whole number in a range.
    pub fn number(&self, key: &str, range: Range<u16>) -> Option<At<u16>> {
        let value = self.get(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|i| u16::from_str_radix(i.as_str(), i.radix()).ok())
            .filter(|n| range.contains(n));
        if number.is_none() {
            let wanted = format!("a whole number from {} to {}", range.start, range.end - 1);
            wrong_type(self.findings, value, &self.path(key), &wanted);
        }
        number.map(|n| At::new(value.span(), n))
    }

    /// A date without a time of day.
    pub fn date(&self, key: &str) -> Option<At<Date>> {
        let value = self.get(key)?;
        let date = value.get_ref().as_datetime().and_then(|at| match at {
            Datetime {
                date: Some(date),
                time: None,
                offset: None,
            } => Some(Date::new(date.year, date.month, date.day)),
            _ => None,
        });
        if date.is_none() {
            wrong_type(
                self.findings,
                value,
                &self.path(key),
                "a date such as 2026-11-22",
            );
        }
        date.map(|date| At::new(value.span(), date))
    }

    /// Whether a flag is set.
    pub fn flag(&self, key: &str) -> bool {
        let Some(value) = self.get(key) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            wrong_type(self.findings, value, &self.path(key), "true or false");
            false
        })
    }

    /// A list of strings. A single string counts as a list of one, a missing key as an empty list.
    pub fn strings(&self, key: &str) -> Vec<At<&'a str>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        strings(value, &self.path(key), self.findings)
    }

    /// The values of a list. A single value counts as a list of one, a missing key as an empty list.
    pub fn values(&self, key: &str) -> impl Iterator<Item = &'a At<DeValue<'a>>> + use<'a> {
        let value = self.get(key);
        let list = value.and_then(|v| v.get_ref().as_array());
        let one = if list.is_none() { value } else { None };
        list.into_iter().flat_map(|l| l.iter()).chain(one)
    }

    /// The tables of a list of tables.
    pub fn tables(&self, key: &str) -> Vec<Table<'a>> {
        (1..)
            .zip(self.values(key))
            .filter_map(|(n, v)| {
                Table::from_value(v, format!("{} {n}", self.path(key)), self.findings)
            })
            .collect()
    }

    /// The tables that a table of tables holds, each with its key.
    pub fn named(&self, key: &str) -> Vec<(At<&'a str>, Table<'a>)> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(table) = Table::from_value(value, self.path(key), self.findings) else {
            return Vec::new();
        };
        table
            .entries()
            .filter_map(|(id, v)| {
                let inner = Table::from_value(v, table.path(id.get_ref()), self.findings)?;
                // A table may be written in pieces; its name is the place to point at.
                Some((
                    id.clone(),
                    Table {
                        at: id.span(),
                        ..inner
                    },
                ))
            })
            .collect()
    }

    /// A table that is the value of a key.
    pub fn table(&self, key: &str) -> Option<Table<'a>> {
        Table::from_value(self.get(key)?, self.path(key), self.findings)
    }
}

/// The strings of a list; one string is a list of one.
pub fn strings<'a>(
    value: &'a At<DeValue<'a>>,
    name: &str,
    findings: &Findings,
) -> Vec<At<&'a str>> {
    if let Some(one) = as_string(value) {
        return vec![one];
    }
    let Some(list) = value.get_ref().as_array() else {
        wrong_type(findings, value, name, "a string or a list of strings");
        return Vec::new();
    };
    list.iter()
        .filter_map(|item| {
            let string = as_string(item);
            if string.is_none() {
                wrong_type(findings, item, name, "a list of strings");
            }
            string
        })
        .collect()
}

fn as_string<'a>(value: &'a At<DeValue<'a>>) -> Option<At<&'a str>> {
    value.get_ref().as_str().map(|s| At::new(value.span(), s))
}

/// Notes that a value is of another type than wanted.
pub fn wrong_type(findings: &Findings, value: &At<DeValue<'_>>, name: &str, wanted: &str) {
    let message = format!(
        "`{name}` takes {wanted}, not {}",
        with_article(value.get_ref())
    );
    let help = format!("write {wanted} here");
    findings.add(Code::WrongType, value.span(), message, help);
}

fn with_article(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "this whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(at) if at.time.is_some() => "a date with a time of day",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Words in a row: `a`, `b` and `c`.
pub fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
    match quoted.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// Notes each key and each string that holds a character no terminal should be sent.
pub fn find_hostile(entries: &DeTable<'_>, findings: &Findings) {
    for (key, value) in entries {
        check_characters(key.get_ref(), key.span(), findings);
        find_hostile_in_value(value, findings);
    }
}

fn find_hostile_in_value(value: &At<DeValue<'_>>, findings: &Findings) {
    match value.get_ref() {
        DeValue::String(text) => check_characters(text, value.span(), findings),
        DeValue::Array(list) => list.iter().for_each(|v| find_hostile_in_value(v, findings)),
        DeValue::Table(entries) => find_hostile(entries, findings),
        _ => {}
    }
}

fn check_characters(text: &str, at: Range<usize>, findings: &Findings) {
    if let Some(c) = text.chars().find(|c| is_hostile(*c)) {
        let message = format!("the character U+{:04X} stands here", u32::from(c));
        let help = "take it out; a text is one line of visible characters";
        findings.add(Code::HostileCharacter, at, message, help);
    }
}
