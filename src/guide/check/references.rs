//! Names and what they refer to: ids that are well formed and free, lists of steps and groups.

use super::names::{is_empty, unknown_target};
use super::reader::{MAX_DEPTH, Reader};
use crate::guide::finding::Code;
use crate::guide::ids::{GroupId, ListId, SourceId, StepId};
use crate::guide::parts::Listed;
use crate::guide::read::{At, Table};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The most steps that the lists of a guide may have together, once groups are expanded.
const MAX_LISTED: usize = 200_000;
/// Words that mean something else in a condition.
const RESERVED: [&str; 5] = ["any", "all", "not", "done", "case"];

/// The most cases one guide may have.
const MAX_CASES: usize = 32;

impl<'a> Reader<'a> {
    pub(super) fn check_names(&self) {
        let mut taken: HashMap<&str, (&str, Range<usize>)> = HashMap::new();
        let (steps, groups) = (&*self.steps.tables, &*self.groups.tables);
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
                if let Some((other, at)) = taken.insert(word, (what, id.span())) {
                    self.duplicate(id, other, at);
                }
            }
        }
        let mut cases = HashMap::new();
        for (id, _) in &self.cases.tables {
            self.check_id(id);
            if let Some(first) = cases.insert(*id.get_ref(), id.span()) {
                self.duplicate(id, "case", first);
            }
        }
        for (id, _) in self.outcomes.tables.iter().chain(&*self.sources.tables) {
            self.check_id(id);
        }
        if is_empty(self.root.get("case")) {
            self.root.missing(
                "case",
                "[{ id = \"…\", label = \"…\", steps = […], end = \"…\" }]",
            );
        }
        if self.cases.tables.len() > MAX_CASES {
            self.root.finding(
                Code::TooMany,
                format!("a guide has at most {MAX_CASES} cases"),
                "join cases, or make two guides",
            );
        }
    }

    /// Another guide under the id of one that ships would pose as it, and be offered its walks.
    pub(super) fn check_reserved(&self, reserved: &[&str]) {
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

    /// Notes that a name is taken, by what stands at `first`.
    pub(super) fn duplicate(&self, id: &At<&str>, other: &str, first: Range<usize>) {
        let article = if other.starts_with('a') { "an" } else { "a" };
        self.findings.add_with(
            Code::DuplicateId,
            id.span(),
            format!("there is {article} {other} `{}` already", id.get_ref()),
            "choose another name for one of them",
            Some(first),
        );
    }

    pub(super) fn check_id(&self, id: &At<&str>) {
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

    /// The sources that a table names.
    pub(super) fn source_list(&self, table: &Table<'a>) -> Vec<SourceId> {
        let names = table.strings("source");
        let sources = names.iter();
        sources
            .filter_map(|s| self.sources.find(s, self.findings))
            .collect()
    }

    /// The steps that a key names one by one.
    pub(super) fn step_list(&self, table: &Table<'a>, key: &str) -> Vec<StepId> {
        let names = table.strings(key);
        let steps = names.iter();
        steps
            .filter_map(|s| self.steps.find(s, self.findings))
            .collect()
    }

    /// Reads the names of steps and groups under a key, as a list of steps.
    pub(super) fn steps_of(&mut self, table: &Table<'a>, key: &str) -> ListId {
        let steps = self.expand(&table.strings(key), &mut Vec::new());
        let fitted = !self.lists.too_long;
        self.lists.steps += steps.len();
        self.lists.too_long = self.lists.steps > MAX_LISTED;
        if fitted && self.lists.too_long {
            let message = format!("the lists of this guide have more than {MAX_LISTED} steps");
            table.finding(Code::TooMany, message, "use fewer or smaller groups");
        }
        // The guide is refused, so nothing beyond the limit is kept.
        let kept = if self.lists.too_long {
            Vec::new()
        } else {
            steps
        };
        self.lists.all.push(kept)
    }

    /// The steps that are named, with groups expanded. `open` are the groups that are being expanded;
    /// none of them may contain itself.
    fn expand(&mut self, names: &[At<&'a str>], open: &mut Vec<GroupId>) -> Vec<Listed> {
        let mut steps = Vec::new();
        // A walk shows a step once, so only its first mention in a list counts, unless that depends
        // on the condition of a group.
        let mut seen = HashSet::new();
        for name in names {
            let named = if let Some(step) = self.steps.get(name.get_ref()) {
                vec![Listed::from(step)]
            } else if let Some(group) = self.groups.get(name.get_ref()) {
                self.expand_group(group, name, open)
            } else {
                let names = self.steps.all().chain(self.groups.all());
                unknown_target("step or group", name, names, self.findings);
                Vec::new()
            };
            for listed in named {
                let is_new = !seen.contains(&Listed::from(listed.step));
                if is_new && seen.insert(listed.clone()) {
                    steps.push(listed);
                }
            }
        }
        steps
    }

    /// The steps of a group. It is expanded once and then looked up.
    fn expand_group(
        &mut self,
        group: GroupId,
        name: &At<&'a str>,
        open: &mut Vec<GroupId>,
    ) -> Vec<Listed> {
        if let Some(steps) = self.lists.groups.get(&group) {
            // Each mention counts, as nested groups grow fast.
            self.lists.steps += steps.len();
            return if self.lists.steps <= MAX_LISTED {
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
        let table = &self.groups.tables[group].1;
        let (inner, has_condition) = (table.strings("steps"), table.get("when").is_some());
        let mut steps = self.expand(&inner, open);
        open.pop();
        if has_condition {
            steps
                .iter_mut()
                .for_each(|listed| listed.groups.push(group));
        }
        self.lists.groups.insert(group, steps.clone());
        steps
    }

    pub(super) fn check_groups(&self) {
        for (group, (id, table)) in self.groups.tables.with_ids() {
            table.only(&["steps", "when"]);
            if !self.lists.groups.contains_key(&group) {
                self.findings.add(
                    Code::Unreachable,
                    id.span(),
                    format!("nothing names the group `{}`", id.get_ref()),
                    "name it in a list of steps, or drop it",
                );
            }
        }
    }
}
