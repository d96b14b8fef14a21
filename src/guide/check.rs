//! From a TOML file to a guide, with every finding at once.
//!
//! Checking has three stages, each only worth its findings if the one before had none: is it
//! TOML; is every key, text and name right; does every walk end and keep the guide's rules.
//! All three are linear in the size of the file, the last one in the number of states as well
//! (see [`super::rules`]).

use super::finding::{Code, Refused};
use super::ids::GroupId;
use super::read::{self, At, Findings, Table, find_hostile, list};
use super::rules::{self, Places, Proof, Rule};
use super::{
    Case, CaseId, Choice, ChoiceSet, Cond, Field, Goes, Id, IdVec, Kind, Label, ListId,
    MAX_ANSWERS, MAX_BYTES, MAX_CASES, Node, Outcome, OutcomeId, Parts, Source, SourceId, Standing,
    Step, StepId, Text, Trust, Verdict,
};
use super::{hosts, letters, secrets};
use crate::text::{fold, nearest, width};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The widest label or title, in columns: it fits a menu in a window of 60.
const MAX_LABEL: usize = 48;
/// The widest name of a step, in columns.
const MAX_NAME: usize = 40;
/// The longest text of a step, or of the notice: lines in a window of 60 columns.
const MAX_LINES: (usize, usize) = (4, 60);
/// The most steps that the lists of a guide may have together, once groups are expanded.
const MAX_LISTED: usize = 200_000;
/// How deep groups and conditions may be nested.
const MAX_DEPTH: usize = 16;
/// The most findings for which a likely name is looked for.
const MAX_SUGGESTED: usize = 50;
/// The most words that a glossary may avoid, over all languages.
const MAX_AVOIDED: usize = 500;
/// What a user types only to lose the account.
const SECRETS: [&str; 12] = [
    "password",
    "passphrase",
    "code",
    "otp",
    "pin",
    "seed",
    "phrase",
    "mnemonic",
    "key",
    "secret",
    "card",
    "document",
];
/// Words that mean something else in a condition.
const RESERVED: [&str; 5] = ["any", "all", "not", "done", "case"];

/// Checks a guide that may not have one of the reserved ids.
pub(super) fn load(name: &str, bytes: &[u8], reserved: &[&str]) -> Result<(Parts, Proof), Refused> {
    let findings = Findings::default();
    if bytes.len() > MAX_BYTES {
        findings.add(
            Code::TooLarge,
            0..0,
            format!(
                "the file has {} bytes, a guide has at most {MAX_BYTES} (1 MiB)",
                bytes.len()
            ),
            "give the path of a guide, or split this one",
        );
        return Err(Refused::new(name, "", findings.into_vec()));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            findings.add(
                Code::NotUtf8,
                good.len()..good.len(),
                format!("byte {} is not UTF-8", error.valid_up_to() + 1),
                "save the file as UTF-8",
            );
            return Err(Refused::new(name, &good, findings.into_vec()));
        }
    };
    // Some editors put a byte order mark first; it is no text, and columns do not count it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let refuse = |findings: Findings| Err(Refused::new(name, text, findings.into_vec()));

    let (root, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().unwrap_or(0..0);
        let help = "see the TOML reference for how to write this";
        findings.add(Code::Syntax, at, error.message().trim(), help);
    }
    if !findings.is_empty() {
        return refuse(findings);
    }
    find_hostile(root.get_ref(), &findings);
    let (parts, rules, places) = Reader::new(&root, &findings).read(reserved);
    if !findings.is_empty() {
        return refuse(findings);
    }
    match rules::prove(&parts, &rules, &places, &findings) {
        Some(proof) if findings.is_empty() => Ok((parts, proof)),
        _ => refuse(findings),
    }
}

/// Names of one kind, each with what it stands for.
struct Names<'a, I>(&'static str, HashMap<&'a str, I>);

impl<'a, I: Id> Names<'a, I> {
    fn of<T>(what: &'static str, items: &IdVec<I, (At<&'a str>, T)>) -> Names<'a, I> {
        let named = items
            .with_ids()
            .map(|(id, (name, _))| (*name.get_ref(), id));
        Names(what, named.collect())
    }

    fn find(&self, id: &At<&str>, findings: &Findings) -> Option<I> {
        let found = self.1.get(id.get_ref()).copied();
        if found.is_none() {
            unknown_target(self.0, id, self.1.keys().copied(), findings);
        }
        found
    }
}

fn unknown_target<'n>(
    what: &str,
    id: &At<&str>,
    names: impl IntoIterator<Item = &'n str>,
    findings: &Findings,
) {
    let word = id.get_ref();
    // To look for a likely name in all names for each of a thousand unknown ones takes long.
    let near = if findings.len() < MAX_SUGGESTED {
        nearest(word, names)
    } else {
        None
    };
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "add it, or name one that is there".to_owned(),
    };
    findings.add(
        Code::UnknownTarget,
        id.span(),
        format!("there is no {what} `{word}`"),
        help,
    );
}

/// The tables of one kind, each with its name.
type Named<'a, I> = IdVec<I, (At<&'a str>, Table<'a>)>;

struct Reader<'a> {
    root: Table<'a>,
    findings: &'a Findings,
    languages: Vec<At<&'a str>>,
    source_tables: Named<'a, SourceId>,
    case_tables: Named<'a, CaseId>,
    group_tables: Named<'a, GroupId>,
    step_tables: Named<'a, StepId>,
    outcome_tables: Named<'a, OutcomeId>,
    sources: Names<'a, SourceId>,
    cases: Names<'a, CaseId>,
    groups: Names<'a, GroupId>,
    steps: Names<'a, StepId>,
    outcomes: Names<'a, OutcomeId>,
    /// Groups that some list names, each with its steps.
    expanded: HashMap<GroupId, Vec<StepId>>,
    lists: IdVec<ListId, Vec<StepId>>,
    listed: usize,
    /// Whether that was more than a guide may have, and said so.
    too_long: bool,
    /// Every text that was read: where, in which language.
    texts: Vec<(Range<usize>, usize, &'a str)>,
    /// Texts that several places share, by name: where, the text, whether anything uses it.
    shared: BTreeMap<&'a str, (Range<usize>, Text, bool)>,
    /// The bytes of shared texts, counted wherever one is used.
    written_out: usize,
}

impl<'a> Reader<'a> {
    fn new(root: &'a At<DeTable<'a>>, findings: &'a Findings) -> Reader<'a> {
        let root = Table::root(root, findings);
        root.only(&[
            "guide", "source", "term", "text", "case", "group", "step", "outcome", "rule",
        ]);
        let languages = root
            .table("guide")
            .map(|g| g.strings("languages"))
            .unwrap_or_default();
        let source_tables = IdVec::from(root.named("source"));
        let group_tables = IdVec::from(root.named("group"));
        let step_tables = IdVec::from(root.named("step"));
        let outcome_tables = IdVec::from(root.named("outcome"));
        let mut case_tables = IdVec::new();
        for table in root.tables("case") {
            match table.string("id") {
                Some(id) => drop(case_tables.push((id, table))),
                None if table.get("id").is_none() => table.missing("id", "\"a-name\""),
                None => {}
            }
        }
        Reader {
            sources: Names::of("source", &source_tables),
            cases: Names::of("case", &case_tables),
            groups: Names::of("group", &group_tables),
            steps: Names::of("step", &step_tables),
            outcomes: Names::of("outcome", &outcome_tables),
            root,
            findings,
            languages,
            source_tables,
            case_tables,
            group_tables,
            step_tables,
            outcome_tables,
            expanded: HashMap::new(),
            lists: IdVec::new(),
            listed: 0,
            too_long: false,
            texts: Vec::new(),
            shared: BTreeMap::new(),
            written_out: 0,
        }
    }

    fn read(mut self, reserved: &[&str]) -> (Parts, Vec<Rule>, Places) {
        self.check_names();
        self.check_reserved(reserved);
        self.share_texts();
        let mut parts = self.head();
        parts.sources = self.sources();
        // Conditions and rules name answers, so every step's answers come first.
        parts.steps = self.each(|r| &r.step_tables, Self::step);
        parts.outcomes = self.each(|r| &r.outcome_tables, Self::outcome);
        parts.cases = self.each(|r| &r.case_tables, Self::case);
        self.each(|r| &r.step_tables, Self::choice_effects)
            .iter_mut()
            .zip(parts.steps.iter_mut())
            .for_each(|(effects, step)| {
                for (choice, effect) in step.choices.iter_mut().zip(effects.drain(..)) {
                    (choice.then, choice.goes, choice.done) = effect;
                }
            });
        for step in self.step_tables.ids() {
            let when = self.step_tables[step].1.table("when");
            parts.steps[step].when = when.and_then(|t| self.condition(&t, &parts.steps, 0));
        }
        let rules: Vec<Rule> = self
            .root
            .tables("rule")
            .iter()
            .filter_map(|t| self.rule(t, &parts.steps))
            .collect();
        for (step, _) in rules.iter().flat_map(|rule| rule.kind.answered()) {
            parts.steps[*step].gate = true;
        }
        self.check_groups();
        self.check_shared();
        self.check_glossary();
        self.check_speech();
        parts.lists = std::mem::take(&mut self.lists);
        let places = Places {
            steps: self.step_tables.iter().map(|(id, _)| id.span()).collect(),
            outcomes: self
                .outcome_tables
                .iter()
                .map(|(id, _)| id.span())
                .collect(),
            cases: self.case_tables.iter().map(|(id, _)| id.span()).collect(),
        };
        (parts, rules, places)
    }

    /// Reads each table of a kind.
    fn each<I: Id, T>(
        &mut self,
        tables: impl Fn(&Self) -> &Named<'a, I>,
        read: impl Fn(&mut Self, &At<&'a str>, &Table<'a>) -> T,
    ) -> IdVec<I, T> {
        let tables = tables(self).clone();
        tables
            .iter()
            .map(|(id, table)| read(self, id, table))
            .collect()
    }

    fn check_names(&self) {
        let mut taken: HashMap<&str, &str> = HashMap::new();
        let (steps, groups) = (&*self.step_tables, &*self.group_tables);
        for (what, tables) in [("step", steps), ("group", groups)] {
            for (id, _) in tables {
                self.check_id(id);
                let word = *id.get_ref();
                if RESERVED.contains(&word) {
                    self.findings.add(
                        Code::BadId,
                        id.span(),
                        format!("`{word}` means something else in a condition"),
                        "choose another name",
                    );
                }
                if let Some(other) = taken.insert(word, what) {
                    self.duplicate(id, other);
                }
            }
        }
        let mut cases = HashSet::new();
        for (id, _) in &self.case_tables {
            self.check_id(id);
            if !cases.insert(*id.get_ref()) {
                self.duplicate(id, "case");
            }
        }
        for (id, _) in self.outcome_tables.iter().chain(&*self.source_tables) {
            self.check_id(id);
        }
        if is_empty(self.root.get("case")) {
            self.root.missing(
                "case",
                "[{ id = \"…\", label = \"…\", steps = […], end = \"…\" }]",
            );
        }
        if self.case_tables.len() > MAX_CASES {
            self.root.finding(
                Code::TooMany,
                format!("a guide has at most {MAX_CASES} cases"),
                "join cases, or make two guides",
            );
        }
    }

    /// Another guide under the id of one that ships would pose as it, and be offered its walks.
    fn check_reserved(&self, reserved: &[&str]) {
        let id = self.root.table("guide").and_then(|g| g.string("id"));
        let Some(id) = id.filter(|id| reserved.contains(id.get_ref())) else {
            return;
        };
        self.findings.add(
            Code::ReservedId,
            id.span(),
            format!(
                "the id `{}` belongs to the guide inside the program, and this is not the same text",
                id.get_ref()
            ),
            format!(
                "give your guide an id of its own, such as `my-{0}`, here and in its scenarios",
                id.get_ref()
            ),
        );
    }

    fn duplicate(&self, id: &At<&str>, other: &str) {
        self.findings.add(
            Code::DuplicateId,
            id.span(),
            format!("there is a {other} `{}` already", id.get_ref()),
            "choose another name for one of them",
        );
    }

    fn check_id(&self, id: &At<&str>) {
        let word = id.get_ref();
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if word.is_empty() || word.len() > 64 || !word.chars().all(fine) {
            self.findings.add(
                Code::BadId,
                id.span(),
                format!("`{word}` is no name"),
                "names have lower-case letters, digits and dashes, at most 64",
            );
        }
    }

    fn head(&mut self) -> Parts {
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

    fn sources(&mut self) -> IdVec<SourceId, Source> {
        self.each(
            |r| &r.source_tables,
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

    /// The value that a word stands for. A missing word is a finding, too.
    fn one_of<T: Copy>(&self, table: &Table<'a>, key: &str, words: &[(&str, T)]) -> Option<T> {
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

    fn text(&mut self, table: &Table<'a>, key: &str) -> Option<Text> {
        self.text_of(table.get(key)?, &table.path(key))
    }

    fn required_text(&mut self, table: &Table<'a>, key: &str) -> Text {
        if table.get(key).is_none() {
            table.missing(key, "\"…\"");
        }
        self.text(table, key).unwrap_or(Text(Vec::new()))
    }

    /// A required text of one line that fits `columns`.
    fn label(&mut self, table: &Table<'a>, key: &str, columns: usize) -> Text {
        let text = self.required_text(table, key);
        self.fits(table, key, &text, columns);
        text
    }

    fn fits(&self, table: &Table<'a>, key: &str, text: &Text, columns: usize) {
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

    /// A text that leaves room for what stands below it, in a small window as well.
    fn short_text(&mut self, table: &Table<'a>, key: &str) -> Option<Text> {
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

    fn text_of(&mut self, value: &'a At<DeValue<'a>>, name: &str) -> Option<Text> {
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
            read::wrong_type(self.findings, value, name, "a text");
            return None;
        };
        let table = Table::from_value(value, name.to_owned(), self.findings)?;
        if table.get("use").is_some() {
            return self.use_shared(&table);
        }
        for (tag, _) in table.entries() {
            if !self.languages.iter().any(|l| l.get_ref() == tag.get_ref()) {
                self.findings.add(
                    Code::UnknownLanguage,
                    tag.span(),
                    format!("the guide has no language `{}`", tag.get_ref()),
                    "take it out, or add it to `languages` in [guide]",
                );
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

    /// Reads the texts that have a name of their own.
    fn share_texts(&mut self) {
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
            let text = self.text_of(value, &table.path(id.get_ref()));
            let text = text.unwrap_or(Text(Vec::new()));
            shared.insert(*id.get_ref(), (id.span(), text, false));
        }
        self.shared = shared;
    }

    /// The shared text that `{ use = "…" }` names.
    fn use_shared(&mut self, table: &Table<'a>) -> Option<Text> {
        table.only(&["use"]);
        let id = table.string("use")?;
        let Some((_, text, used)) = self.shared.get_mut(id.get_ref()) else {
            unknown_target("text", &id, self.shared.keys().copied(), self.findings);
            return None;
        };
        *used = true;
        // A long text in ten thousand places would fill the memory.
        let fitted = self.written_out <= MAX_BYTES;
        self.written_out += text.all().map(str::len).sum::<usize>();
        if self.written_out <= MAX_BYTES {
            return Some(text.clone());
        }
        if fitted {
            let message = "with its shared texts written out, the guide has more than 1 MiB";
            table.finding(Code::TooLarge, message, "use them in fewer places");
        }
        None
    }

    fn check_shared(&self) {
        for (name, (at, _, used)) in &self.shared {
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

    fn one_text(&mut self, at: Range<usize>, language: usize, text: &'a str) -> Option<String> {
        if text.trim().is_empty() {
            self.findings.add(
                Code::EmptyText,
                at,
                "this text is empty",
                "write one, or drop the key",
            );
            return None;
        }
        self.texts.push((at, language, text));
        Some(text.to_owned())
    }

    fn texts(&mut self, table: &Table<'a>, key: &str) -> Vec<Text> {
        let name = table.path(key);
        table
            .values(key)
            .filter_map(|v| self.text_of(v, &name))
            .collect()
    }

    fn source_list(&self, table: &Table<'a>) -> Vec<SourceId> {
        let ids = table.strings("source");
        ids.iter()
            .filter_map(|id| self.sources.find(id, self.findings))
            .collect()
    }

    fn step(&mut self, id: &At<&'a str>, table: &Table<'a>) -> Step {
        const KINDS: [&str; 6] = ["ask", "do", "prepare", "wait", "note", "fill"];
        const COMMON: [&str; 6] = ["why", "name", "minutes", "when", "source", "covers"];
        let kinds: Vec<&str> = KINDS
            .into_iter()
            .filter(|k| table.get(k).is_some())
            .collect();
        let key = match kinds[..] {
            [one] => one,
            _ => {
                table.finding(
                    Code::StepKind,
                    format!(
                        "a step has one of {}, this one has {}",
                        list(&KINDS),
                        list(&kinds)
                    ),
                    "keep one",
                );
                kinds.first().copied().unwrap_or("note")
            }
        };
        let extra: &[&str] = match key {
            "prepare" => &["attach"],
            "ask" => &["several", "skip", "answers"],
            "do" | "wait" => &["helped"],
            "fill" => &["kind", "example"],
            _ => &[],
        };
        if kinds.len() == 1 {
            table.only(&[&[key], extra, &COMMON[..]].concat());
        }
        let minutes = table
            .number("minutes", 0..10_081)
            .map_or(0, |n| *n.get_ref());
        let kind = match key {
            "ask" if table.flag("several") => Kind::AskSeveral,
            "ask" => Kind::Ask,
            "do" => Kind::Do,
            "prepare" => Kind::Prepare,
            "wait" => Kind::Wait,
            "fill" => Kind::Fill(self.field(table)),
            _ => Kind::Note,
        };
        if kind == Kind::Wait && minutes == 0 && table.get("minutes").is_none() {
            table.missing("minutes", "20");
        }
        let text = self.short_text(table, key).unwrap_or(Text(Vec::new()));
        if let Kind::Fill(_) = kind {
            for named in text.all().filter_map(secrets::names_secret) {
                let at = table.get(key).map_or(table.at.clone(), At::span);
                self.asks_for_secret(at, &named);
            }
        }
        let choices = match kind {
            Kind::Ask | Kind::AskSeveral => self.answers(table, kind),
            _ => {
                let standing = kind.standing().iter();
                standing.map(|s| Choice::standing(*s)).collect()
            }
        };
        let name = self.text(table, "name");
        if let Some(name) = &name {
            self.fits(table, "name", name, MAX_NAME);
        }
        Step {
            attach: table.flag("attach"),
            gate: false,
            id: (*id.get_ref()).to_owned(),
            kind,
            text,
            why: self.text(table, "why"),
            name,
            example: self.text(table, "example"),
            minutes,
            when: None,
            does: kind.does(&choices),
            choices,
            sources: self.source_list(table),
            covers: owned(&table.strings("covers")),
        }
    }

    fn field(&self, table: &Table<'a>) -> Field {
        if let Some(kind) = table.string("kind")
            && SECRETS
                .iter()
                .any(|s| kind.get_ref().to_lowercase().contains(s))
        {
            self.findings.add(
                Code::ForbiddenField,
                kind.span(),
                format!("a guide never asks for a {}", kind.get_ref()),
                "support does not need it; leave the step out",
            );
            return Field::Line;
        }
        self.one_of(table, "kind", &Field::ALL)
            .unwrap_or(Field::Line)
    }

    /// The answers that the guide gives a question, and the standing one that leaves it out.
    fn answers(&mut self, table: &Table<'a>, kind: Kind) -> Vec<Choice> {
        let tables = table.tables("answers");
        let skip = table.flag("skip");
        if skip && kind == Kind::AskSeveral {
            table.finding(
                Code::BadCombination,
                "a question with several answers is left out by giving none",
                "drop `skip` or `several`",
            );
        }
        if tables.is_empty() && table.get("answers").is_none_or(|v| v.get_ref().is_array()) {
            table.missing("answers", "[{ id = \"…\", label = \"…\" }]");
        }
        if tables.len() + usize::from(skip) > MAX_ANSWERS {
            table.finding(
                Code::TooMany,
                format!(
                    "a step has at most {MAX_ANSWERS} answers, this one has {}",
                    tables.len() + usize::from(skip)
                ),
                "ask in two steps",
            );
        }
        let skipped = skip.then_some(Standing::Skipped);
        let mut seen: HashSet<&str> = skipped.map(Standing::id).into_iter().collect();
        let mut choices = Vec::new();
        for answer in &tables {
            answer.only(&[
                "id", "label", "ticket", "subject", "problem", "then", "end", "go", "done",
            ]);
            let id = answer.string("id");
            match &id {
                Some(id) => {
                    self.check_id(id);
                    if !seen.insert(*id.get_ref()) {
                        self.duplicate(id, "answer");
                    }
                }
                None if answer.get("id").is_none() => answer.missing("id", "\"a-name\""),
                None => {}
            }
            let label = Label::Own(self.label(answer, "label", MAX_LABEL));
            choices.push(Choice {
                ticket: self.text(answer, "ticket"),
                subject: self.text(answer, "subject"),
                problem: self.text(answer, "problem"),
                ..Choice::new(id.map_or("", |id| id.into_inner()), label)
            });
        }
        choices.extend(skipped.map(Choice::standing));
        choices
    }

    /// What follows from each of a step's choices.
    #[allow(clippy::type_complexity)]
    fn choice_effects(
        &mut self,
        _: &At<&'a str>,
        table: &Table<'a>,
    ) -> Vec<(Option<ListId>, Goes, Vec<StepId>)> {
        if table.get("do").is_some() || table.get("wait").is_some() {
            let key = if table.get("do").is_some() {
                "do"
            } else {
                "wait"
            };
            let at = table.get(key).map_or(0..0, At::span);
            let helped = table.string("helped").unwrap_or(At::new(at, "resolved"));
            let goes = self
                .outcomes
                .find(&helped, self.findings)
                .map_or(Goes::On, Goes::End);
            return vec![(None, goes, Vec::new())];
        }
        if table.get("ask").is_none() {
            return Vec::new();
        }
        let several = table.flag("several");
        let mut effects = Vec::new();
        for answer in table.tables("answers") {
            let (end, go) = (answer.string("end"), answer.string("go"));
            if end.is_some() && go.is_some() || several && (end.is_some() || go.is_some()) {
                answer.finding(
                    Code::BadCombination,
                    if several {
                        "one of several answers cannot lead away"
                    } else {
                        "an answer has `end` or `go`, not both"
                    },
                    "keep `then` and `done`, and lead away from a later question",
                );
            }
            let goes = match (&end, &go) {
                (Some(end), _) => self.outcomes.find(end, self.findings).map(Goes::End),
                (None, Some(go)) => self.cases.find(go, self.findings).map(Goes::Over),
                (None, None) => None,
            };
            let then = answer.get("then").map(|_| self.steps_of(&answer, "then"));
            let done = answer.strings("done");
            effects.push((
                then,
                goes.unwrap_or(Goes::On),
                done.iter()
                    .filter_map(|id| self.steps.find(id, self.findings))
                    .collect(),
            ));
        }
        effects
    }

    /// Reads the names of steps and groups under a key, as a list of steps.
    fn steps_of(&mut self, table: &Table<'a>, key: &str) -> ListId {
        let steps = self.expand(&table.strings(key), &mut Vec::new());
        let fitted = !self.too_long;
        self.listed += steps.len();
        self.too_long = self.listed > MAX_LISTED;
        if fitted && self.too_long {
            let message = format!("the lists of this guide have more than {MAX_LISTED} steps");
            table.finding(Code::TooMany, message, "use fewer or smaller groups");
        }
        // What is over the limit is not kept either: the guide is refused.
        let kept = if self.too_long { Vec::new() } else { steps };
        self.lists.push(kept)
    }

    /// The steps that names of steps and groups stand for. `open` are the groups that are being
    /// expanded, each of which must not come up in itself.
    fn expand(&mut self, names: &[At<&'a str>], open: &mut Vec<GroupId>) -> Vec<StepId> {
        let mut steps = Vec::new();
        // A step is shown once, so a second mention in one list would never be.
        let mut seen = HashSet::new();
        for name in names {
            if let Some(&step) = self.steps.1.get(name.get_ref()) {
                steps.extend(seen.insert(step).then_some(step));
            } else if let Some(&group) = self.groups.1.get(name.get_ref()) {
                let inner = self.expand_group(group, name, open);
                steps.extend(inner.into_iter().filter(|step| seen.insert(*step)));
            } else {
                let names = self.steps.1.keys().chain(self.groups.1.keys()).copied();
                unknown_target("step or group", name, names, self.findings);
            }
        }
        steps
    }

    /// The steps of a group, expanded once however often it is named.
    fn expand_group(
        &mut self,
        group: GroupId,
        name: &At<&'a str>,
        open: &mut Vec<GroupId>,
    ) -> Vec<StepId> {
        if let Some(steps) = self.expanded.get(&group) {
            // Each mention counts: a group in a group in a group grows fast.
            self.listed += steps.len();
            return if self.listed <= MAX_LISTED {
                steps.clone()
            } else {
                Vec::new()
            };
        }
        if open.contains(&group) || open.len() >= MAX_DEPTH {
            self.findings.add(
                Code::Cycle,
                name.span(),
                format!(
                    "the group `{}` holds itself, or groups {MAX_DEPTH} deep",
                    name.get_ref()
                ),
                "name steps here",
            );
            return Vec::new();
        }
        open.push(group);
        let inner = self.group_tables[group].1.strings("steps");
        let steps = self.expand(&inner, open);
        open.pop();
        self.expanded.insert(group, steps.clone());
        steps
    }

    fn check_groups(&self) {
        for (group, (id, table)) in self.group_tables.with_ids() {
            table.only(&["steps"]);
            if !self.expanded.contains_key(&group) {
                self.findings.add(
                    Code::Unreachable,
                    id.span(),
                    format!("nothing names the group `{}`", id.get_ref()),
                    "name it in a list of steps, or drop it",
                );
            }
        }
    }

    fn outcome(&mut self, id: &At<&'a str>, table: &Table<'a>) -> Outcome {
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

    fn case(&mut self, id: &At<&'a str>, table: &Table<'a>) -> Case {
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

    fn condition(
        &self,
        table: &Table<'a>,
        steps: &IdVec<StepId, Step>,
        depth: usize,
    ) -> Option<Cond> {
        if depth > MAX_DEPTH {
            let message = format!("conditions are nested at most {MAX_DEPTH} deep");
            table.finding(Code::TooMany, message, "say it flatter");
            return None;
        }
        let mut all = Vec::new();
        for (key, _) in table.entries() {
            let word = *key.get_ref();
            match word {
                "any" | "all" => {
                    let list = table
                        .tables(word)
                        .iter()
                        .filter_map(|t| self.condition(t, steps, depth + 1))
                        .collect();
                    all.push(if word == "any" {
                        Cond::Any(list)
                    } else {
                        Cond::All(list)
                    });
                }
                "not" => {
                    let inner = table.table(word);
                    all.extend(
                        inner
                            .and_then(|t| self.condition(&t, steps, depth + 1))
                            .map(|c| Cond::Not(Box::new(c))),
                    );
                }
                "done" => all.extend(
                    table
                        .strings(word)
                        .iter()
                        .filter_map(|id| self.steps.find(id, self.findings))
                        .map(Cond::Done),
                ),
                "case" => {
                    let cases = table.strings(word);
                    let cases = cases
                        .iter()
                        .filter_map(|id| self.cases.find(id, self.findings));
                    // Each once, in the order of the menu.
                    let cases: BTreeSet<CaseId> = cases.collect();
                    all.push(Cond::Case(cases.into_iter().collect()));
                }
                _ => all.extend(
                    self.answered(&key, &table.strings(word), steps)
                        .map(|(s, m)| Cond::Is(s, m)),
                ),
            }
        }
        if table.entries().next().is_none() {
            table.finding(
                Code::MissingKey,
                "this condition is empty",
                "write { step = \"answer\" }",
            );
        }
        if all.len() == 1 {
            all.pop()
        } else {
            Some(Cond::All(all))
        }
    }

    /// A step and a set of its answers, by their names.
    fn answered(
        &self,
        step: &At<&str>,
        ids: &[At<&str>],
        steps: &IdVec<StepId, Step>,
    ) -> Option<(StepId, ChoiceSet)> {
        let step = self.steps.find(step, self.findings)?;
        let target = &steps[step];
        let mut set = ChoiceSet::NONE;
        for id in ids {
            match target.choice(id.get_ref()) {
                Some(place) => set |= ChoiceSet::one(place),
                None => unknown_target(
                    &format!("answer of `{}` named", target.id),
                    id,
                    target.choices.iter().map(|c| c.id.as_str()),
                    self.findings,
                ),
            }
        }
        Some((step, set))
    }

    fn rule(&self, table: &Table<'a>, steps: &IdVec<StepId, Step>) -> Option<Rule> {
        const KINDS: [&str; 5] = ["before", "never", "after", "longest", "advice"];
        let kinds: Vec<&str> = KINDS
            .into_iter()
            .filter(|k| table.get(k).is_some())
            .collect();
        let [key] = kinds[..] else {
            table.finding(
                Code::MissingKey,
                format!("a rule has one of {}", list(&KINDS)),
                "keep one, or make two rules",
            );
            return None;
        };
        let extra: &[&str] = match key {
            "before" => &["answered", "asked"],
            "never" => &["answered"],
            "after" => &["seen"],
            _ => &[],
        };
        table.only(&[&[key, "because"], extra].concat());
        let because = table.string("because").map(|b| (*b.get_ref()).to_owned());
        let answered = |key: &str| -> Vec<(StepId, ChoiceSet)> {
            let Some(inner) = table.table(key) else {
                return Vec::new();
            };
            let pairs = inner.entries().filter_map(|(step, _)| {
                self.answered(&step, &inner.strings(step.get_ref()), steps)
            });
            pairs.collect()
        };
        let subjects = |key: &str| -> Vec<Node> {
            table
                .strings(key)
                .iter()
                .filter_map(|id| self.subject(id))
                .collect()
        };
        let kind = match key {
            "before" => rules::Kind::Before {
                subjects: subjects(key),
                answered: answered("answered"),
                asked: {
                    let ids = table.strings("asked");
                    ids.iter()
                        .filter_map(|id| self.steps.find(id, self.findings))
                        .collect()
                },
            },
            "never" => rules::Kind::Never {
                subjects: subjects(key),
                answered: answered("answered"),
            },
            "after" => rules::Kind::After {
                answered: answered(key),
                seen: subjects("seen"),
            },
            "longest" => rules::Kind::Longest(u32::from(*table.number(key, 1..1000)?.get_ref())),
            _ => rules::Kind::Advice(u32::from(*table.number(key, 1..1000)?.get_ref())),
        };
        Some(Rule {
            at: table.at.clone(),
            kind,
            because,
        })
    }

    fn subject(&self, id: &At<&str>) -> Option<Node> {
        if let Some(&step) = self.steps.1.get(id.get_ref()) {
            return Some(Node::Step(step));
        }
        if let Some(&outcome) = self.outcomes.1.get(id.get_ref()) {
            return Some(Node::Outcome(outcome));
        }
        let names = self.steps.1.keys().chain(self.outcomes.1.keys()).copied();
        unknown_target("step or outcome", id, names, self.findings);
        None
    }

    /// Looks for what no text may say.
    fn check_speech(&self) {
        for (at, _, text) in &self.texts {
            if let Some(word) = letters::mixed_word(text) {
                self.findings.add(
                    Code::HostileCharacter,
                    at.clone(),
                    format!("`{word}` mixes letters of two alphabets that look the same"),
                    "write each word in one alphabet",
                );
            }
            if let Some(address) = hosts::foreign_host(text) {
                self.findings.add(
                    Code::BadAddress,
                    at.clone(),
                    format!("`{address}` looks like an address that is not on okx.com"),
                    "take it out; if it is none, put a space behind the full stop or say it in words",
                );
            }
            if let Some(words) = secrets::asks_for_secret(text) {
                self.asks_for_secret(at.clone(), &words);
            }
        }
    }

    fn asks_for_secret(&self, at: Range<usize>, words: &str) {
        self.findings.add(
            Code::AsksForSecret,
            at,
            format!("this text asks for a secret: `{words}`"),
            "nobody may be asked for a seed phrase or a private key, nor for a password or a code \
             but in OKX's own app; to warn of it, say never or don't in the same clause",
        );
    }

    /// Looks for words that the glossary replaces by others.
    fn check_glossary(&mut self) {
        let tags: Vec<&str> = self.languages.iter().map(|l| *l.get_ref()).collect();
        let mut avoid: Vec<(usize, String, &str)> = Vec::new();
        for (id, table) in self.root.named("term") {
            self.check_id(&id);
            table.only(&[&tags[..], &["avoid"]].concat());
            let words = table.table("avoid");
            for (language, tag) in tags.iter().enumerate() {
                let Some(term) = table.string(tag) else {
                    if table.get(tag).is_none() {
                        table.missing(tag, "\"…\"");
                    }
                    continue;
                };
                for word in words.iter().flat_map(|w| w.strings(tag)) {
                    avoid.push((language, word.get_ref().to_lowercase(), term.get_ref()));
                }
            }
        }
        if avoid.len() > MAX_AVOIDED {
            let message = format!("the glossary avoids more than {MAX_AVOIDED} words");
            self.root.finding(
                Code::TooMany,
                message,
                "keep those that somebody would write",
            );
            return;
        }
        for (at, language, text) in &self.texts {
            let text = text.to_lowercase();
            for (_, word, term) in avoid
                .iter()
                .filter(|(l, w, _)| l == language && text.contains(w))
            {
                let message = format!("the glossary says `{term}`, not `{word}`");
                let help = format!("write `{term}`, or change the glossary");
                self.findings
                    .add(Code::OffGlossary, at.clone(), message, help);
            }
        }
    }
}

/// Whether a key that needs at least one of something is not there, or has an empty list.
fn is_empty(value: Option<&At<DeValue<'_>>>) -> bool {
    value.is_none_or(|value| {
        value
            .get_ref()
            .as_array()
            .is_some_and(|list| list.is_empty())
    })
}

fn owned(words: &[At<&str>]) -> Vec<String> {
    words.iter().map(|w| (*w.get_ref()).to_owned()).collect()
}

/// Whether an address is plainly one on okx.com: `https://`, then `okx.com` or a name that ends in
/// `.okx.com`, then at most a path, a query and a fragment of unreserved characters. Everything
/// that two readers of an address could understand differently (a user, a port, a backslash,
/// letters beyond ASCII, punycode, an encoded dot) is refused instead of being interpreted.
pub(super) fn is_okx_address(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://") else {
        return false;
    };
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let label = |l: &str| {
        !l.is_empty()
            && !l.starts_with("xn--")
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let mut labels: Vec<&str> = host.split('.').collect();
    let domain = labels.split_off(labels.len().saturating_sub(2));
    domain == ["okx", "com"]
        && labels.into_iter().all(label)
        && path
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"/?#-._~=&".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::is_okx_address;

    #[test]
    fn only_plain_okx_addresses_pass() {
        for good in [
            "https://okx.com",
            "https://www.okx.com/help/why-did-my-identity-verification-fail",
            "https://www.okx.com/support-center?from=a#b",
        ] {
            assert!(is_okx_address(good), "{good}");
        }
        for bad in [
            "http://www.okx.com/",
            "https://okx.com.evil.example/",
            "https://evilokx.com/",
            "https://okx.com@evil.example/",
            "https://okx.com:443/",
            "https://www.okx.com\\@evil.example",
            "https://www.okx.com%2eevil.example/",
            "https://xn--okx.okx.com/",
            "https://оkx.com/",
            "https://www..okx.com/",
            "https://WWW.okx.com/",
            "https://okx.com/\u{202e}",
            "//okx.com",
            "",
        ] {
            assert!(!is_okx_address(bad), "{bad}");
        }
    }
}
