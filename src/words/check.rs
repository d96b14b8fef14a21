//! Checks the file of each language and writes it as Rust. Only the build script and tests use it.

use super::shape::{PLACES, Shape, Texts};
use crate::text::{is_hostile, width};
use std::collections::BTreeMap;
use std::fmt::Write;
use toml::{Table, Value};

/// A language: its tag, and the text of its file.
pub type File = (String, String);
/// Words that a language avoids, in lower case, and what it says instead.
pub type Glossary = BTreeMap<String, Vec<(String, String)>>;

/// The name of a text, the most columns that it may take, and the longest values in it.
type Width = (&'static str, usize, &'static [(&'static str, &'static str)]);

/// Texts that have one line on a screen of 40 columns.
const WIDTHS: [Width; 11] = [
    ("nothing_chosen", 35, &[]),
    ("no_such_key", 35, &[]),
    ("leave_on_enter", 35, &[]),
    ("cases_on_enter", 35, &[]),
    ("choose_keys", 25, &[]),
    ("tick_keys", 25, &[]),
    ("skip_keys", 25, &[]),
    ("keep_keys", 25, &[]),
    ("wait_keys", 25, &[]),
    ("key.help", 4, &[]),
    (
        "waiting",
        39,
        &[
            ("{gone}", "9:59:59"),
            ("{left}", "9:59:59"),
            ("{until}", "23:59"),
        ],
    ),
];

/// The words of all languages as a Rust expression. The first file is that of the language for
/// those who speak none of them.
///
/// # Errors
/// Everything that is wrong, each in a line that begins with the file.
pub fn rust(files: &[File], glossary: &Glossary) -> Result<String, Vec<String>> {
    let mut out = String::from("&[");
    let mut findings = Vec::new();
    for (tag, text) in files {
        let mut check = Check {
            file: format!("src/words/{tag}.toml"),
            avoided: glossary.get(tag).map_or(&[], Vec::as_slice),
            tags: files.iter().map(|(tag, _)| tag.as_str()).collect(),
            first: files[0].1.parse().unwrap_or_default(),
            findings: &mut findings,
        };
        match text.parse::<Table>() {
            Ok(table) => {
                let texts = check.part("", "Texts", Texts::SHAPE, &table);
                let _ = writeln!(out, "Words {{ tag: {tag:?}, texts: {texts} }},");
            }
            Err(error) => check.finding("", error.message()),
        }
    }
    out.push(']');
    if findings.is_empty() {
        Ok(out)
    } else {
        Err(findings)
    }
}

/// The words that a guide's glossary avoids, by language.
#[must_use]
pub fn glossary(guide: &str) -> Glossary {
    let mut glossary = Glossary::new();
    let guide = guide.parse::<Table>().unwrap_or_default();
    let terms = guide.get("term").and_then(Value::as_table);
    for term in terms.into_iter().flat_map(Table::values) {
        let avoid = term.get("avoid").and_then(Value::as_table);
        for (tag, words) in avoid.into_iter().flatten() {
            let instead = term.get(tag).and_then(Value::as_str).unwrap_or_default();
            let words = words.as_array().into_iter().flatten();
            let words = words.filter_map(Value::as_str);
            let rows = words.map(|word| (word.to_lowercase(), instead.to_owned()));
            glossary.entry(tag.clone()).or_default().extend(rows);
        }
    }
    glossary
}

struct Check<'a> {
    file: String,
    avoided: &'a [(String, String)],
    tags: Vec<&'a str>,
    first: Table,
    findings: &'a mut Vec<String>,
}

impl Check<'_> {
    fn finding(&mut self, key: &str, what: &str) {
        let at = if key.is_empty() { "" } else { ": " };
        self.findings
            .push(format!("{}{at}{key}: {what}", self.file));
    }

    fn part(&mut self, path: &str, name: &str, shape: &[(&str, Shape)], table: &Table) -> String {
        let within = |key: &str| match path {
            "" => key.to_owned(),
            path => format!("{path}.{key}"),
        };
        for key in table.keys() {
            if !shape.iter().any(|(known, _)| known == key) {
                self.finding(&within(key), "there is no such text");
            }
        }
        let mut fields = String::new();
        for (key, shape) in shape {
            let path = within(key);
            let rust = match table.get(*key) {
                Some(value) => self.value(&path, *shape, value),
                None => {
                    self.finding(&path, "this text is missing");
                    continue;
                }
            };
            let _ = writeln!(fields, "{key}: {rust},");
        }
        format!("{name} {{ {fields}}}")
    }

    fn value(&mut self, path: &str, shape: Shape, value: &Value) -> String {
        match (shape, value) {
            (Shape::Text, Value::String(text)) => self.text(path, text),
            (Shape::List, Value::Array(list)) => format!("&{}", self.list(path, list)),
            (Shape::Array(length), Value::Array(list)) if list.len() == length => {
                self.list(path, list)
            }
            (Shape::Filled(names), Value::String(text)) => {
                let other = self.packed(path, names, "", text);
                format!("Filled {{ count: None, zero: None, one: None, other: {other} }}")
            }
            (Shape::Filled(names), Value::Table(forms)) => self.forms(path, names, forms),
            (Shape::ById, Value::Table(map)) => {
                let first = table_at(&self.first, path).cloned().unwrap_or_default();
                for key in first.keys().filter(|key| !map.contains_key(*key)) {
                    self.finding(&format!("{path}.{key}"), "this text is missing");
                }
                for key in map.keys().filter(|key| !first.contains_key(*key)) {
                    self.finding(
                        &format!("{path}.{key}"),
                        "the first language has no such text",
                    );
                }
                self.map(path, map)
            }
            (Shape::ByTag, Value::Table(map)) => {
                for key in map.keys() {
                    if !self.tags.contains(&key.as_str()) {
                        self.finding(&format!("{path}.{key}"), "there is no such language");
                    }
                }
                self.map(path, map)
            }
            (Shape::Part(name, shape), Value::Table(table)) => self.part(path, name, shape, table),
            (Shape::Array(length), _) => {
                self.finding(path, &format!("give a list of {length} texts"));
                String::new()
            }
            (shape, _) => {
                let wanted = match shape {
                    Shape::Text => "a text",
                    Shape::Filled(_) => "a text, or its forms { one = \"…\", other = \"…\" }",
                    Shape::List | Shape::Array(_) => "a list of texts",
                    Shape::ById | Shape::ByTag | Shape::Part(..) => "a table",
                };
                self.finding(path, &format!("give {wanted}"));
                String::new()
            }
        }
    }

    fn list(&mut self, path: &str, list: &[Value]) -> String {
        let texts = list
            .iter()
            .map(|value| self.value(path, Shape::Text, value));
        format!("[{}]", texts.collect::<Vec<_>>().join(", "))
    }

    fn map(&mut self, path: &str, map: &Table) -> String {
        let rows = map.iter().map(|(key, value)| {
            let text = self.value(&format!("{path}.{key}"), Shape::Text, value);
            format!("({key:?}, {text})")
        });
        format!("&[{}]", rows.collect::<Vec<_>>().join(", "))
    }

    /// A text in several forms. Those for none and for one may leave the number out.
    fn forms(&mut self, path: &str, names: &[&str], forms: &Table) -> String {
        let count = names.iter().position(|name| *name == "n");
        if count.is_none() {
            self.finding(path, "only a text with {n} has forms");
        }
        let mut form = |form: &str, optional: &str| {
            let path = format!("{path}.{form}");
            let text = forms.get(form)?.as_str();
            Some(match text {
                Some(text) => self.packed(&path, names, optional, text),
                None => {
                    self.finding(&path, "give a text");
                    String::new()
                }
            })
        };
        let (zero, one, other) = (form("zero", "n"), form("one", "n"), form("other", ""));
        let known = [&zero, &one, &other].into_iter().flatten().count();
        if other.is_none() || known != forms.len() {
            self.finding(path, "the forms are: zero, one, other; the last is needed");
        }
        let rust = |form: Option<String>| {
            form.map_or_else(|| "None".to_owned(), |form| format!("Some({form})"))
        };
        let (zero, one, other) = (rust(zero), rust(one), other.unwrap_or_default());
        format!("Filled {{ count: {count:?}, zero: {zero}, one: {one}, other: {other} }}")
    }

    /// A text with its places for values; one of these may be left out.
    fn packed(&mut self, path: &str, names: &[&str], optional: &str, text: &str) -> String {
        self.judge(path, text);
        let mut packed = String::new();
        let mut missing = names.to_vec();
        missing.retain(|name| *name != optional);
        let mut rest = text;
        while let Some((before, name, after)) = place(rest) {
            packed.push_str(before);
            let known = names.iter().position(|known| *known == name);
            match known.and_then(|known| PLACES.clone().nth(known)) {
                Some(place) => packed.push(char::from(place)),
                None => self.finding(path, &format!("it has no value {{{name}}}")),
            }
            missing.retain(|missing| *missing != name);
            rest = after;
        }
        packed.push_str(rest);
        for name in missing {
            self.finding(path, &format!("the value {{{name}}} is missing"));
        }
        format!("{packed:?}")
    }

    fn text(&mut self, path: &str, text: &str) -> String {
        self.judge(path, text);
        if let Some((_, name, _)) = place(text) {
            self.finding(path, &format!("it has no value {{{name}}}"));
        }
        format!("{text:?}")
    }

    /// What holds for every text.
    fn judge(&mut self, path: &str, text: &str) {
        if let Some(c) = text.chars().find(|c| *c != '\n' && is_hostile(*c)) {
            self.finding(
                path,
                &format!("a terminal could obey {}", c.escape_unicode()),
            );
        }
        let lower = text.to_lowercase();
        for (avoided, term) in self.avoided {
            if lower.contains(avoided.as_str()) {
                self.finding(
                    path,
                    &format!("the glossary says `{term}`, not `{avoided}`"),
                );
            }
        }
        for (_, most, values) in WIDTHS.iter().filter(|(key, ..)| *key == path) {
            let fill = |text: String, (name, value): &(&str, &str)| text.replace(name, value);
            let columns = width(&values.iter().fold(text.to_owned(), fill));
            if columns > *most {
                self.finding(path, &format!("it takes {columns} columns, {most} at most"));
            }
        }
    }
}

/// The table at a path, such as `help.option`.
fn table_at<'t>(root: &'t Table, path: &str) -> Option<&'t Table> {
    path.split('.')
        .try_fold(root, |table, key| table.get(key)?.as_table())
}

/// What stands before the first place for a value, the name of that, and what stands behind it.
fn place(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = include_str!("en.toml");

    /// What is found in a second language, which is English but for one line.
    fn findings(line: &str, instead: &str) -> Vec<String> {
        assert!(EN.contains(line), "{line}");
        let other = EN.replacen(line, instead, 1);
        let files = [
            ("en".to_owned(), EN.to_owned()),
            ("fr".to_owned(), other),
            ("zh".to_owned(), EN.to_owned()),
        ];
        let glossary = glossary("[term.t]\nfr = \"Y\"\navoid = { fr = [\"Xx\"] }");
        rust(&files, &glossary).err().unwrap_or_default()
    }

    #[test]
    fn a_language_is_one_more_file() {
        assert_eq!(findings("next = ", "next = "), [""; 0]);
        let both = ["en", "zh"].map(|tag| (tag.to_owned(), EN.to_owned()));
        let code = rust(&both, &Glossary::new()).unwrap();
        assert!(code.contains(r#"other: "about \u{1} min""#));
    }

    #[test]
    fn every_fault_is_named_with_file_and_key() {
        for (line, instead, finding) in [
            (
                "what_after = \"What next?\"\n",
                "",
                "what_after: this text is missing",
            ),
            (
                "next = ",
                "nxt = 'a'\nnext = ",
                "nxt: there is no such text",
            ),
            ("next = \"What to do now\"", "next = 1", "next: give a text"),
            (
                "\"about {n} min\"",
                "\"about\"",
                "minutes: the value {n} is missing",
            ),
            (
                "\"about {n} min\"",
                "\"{n} {m}\"",
                "minutes: it has no value {m}",
            ),
            (
                "\"What next?\"",
                "\"What {n}?\"",
                "what_after: it has no value {n}",
            ),
            (
                "\"What next?\"",
                "\"a\\u202Eb\"",
                "what_after: a terminal could obey \\u{202e}",
            ),
            (
                "\"What next?\"",
                "\"XX\"",
                "what_after: the glossary says `Y`, not `xx`",
            ),
            (
                "\"Choose first",
                "\"Choose first of all",
                "nothing_chosen: it takes 39 columns, 35 at most",
            ),
            (
                "gone, {left} left",
                "gone by now, {left} left",
                "waiting: it takes 46 columns, 39 at most",
            ),
            (
                "[\"Item\", \"Answer\"]",
                "[\"Item\"]",
                "table_head: give a list of 2 texts",
            ),
            ("zero = \"just now\", ", "", ""),
            (
                "zero = \"just now\", ",
                "two = \"\", ",
                "minutes_ago: the forms are: zero, one, other; the last is needed",
            ),
            (
                "quote = \"\\\"{label}\\\"\"",
                "quote = { other = \"{label}\" }",
                "quote: only a text with {n} has forms",
            ),
            (
                "no-change = \"Done, no change\"\n",
                "",
                "standing.no-change: this text is missing",
            ),
            (
                "not-now = ",
                "some-day = 'x'\nnot-now = ",
                "standing.some-day: the first language has no such text",
            ),
            (
                "show_in = { zh = ",
                "show_in = { xx = ",
                "closing.show_in.xx: there is no such language",
            ),
            (
                "version = ",
                "versionn = ",
                "problem.versionn: there is no such text",
            ),
        ] {
            let found = findings(line, instead);
            if finding.is_empty() {
                assert_eq!(found, [""; 0], "{instead}");
            } else {
                let finding = format!("src/words/fr.toml: {finding}");
                assert!(found.contains(&finding), "{finding}: {found:?}");
            }
        }
    }
}
