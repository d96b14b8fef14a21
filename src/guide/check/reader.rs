//! The tables of a guide's file, and what is gathered while they are read.

use super::names::Named;
use super::page::Plans;
use crate::guide::finding::Findings;
use crate::guide::ids::{CaseId, GroupId, Id, IdVec, ListId, OutcomeId, SourceId, StepId};
use crate::guide::language::Text;
use crate::guide::parts::Listed;
use crate::guide::read::{At, Table};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use toml::de::DeTable;

/// The most bytes a guide file may have: 1 MiB.
pub const MAX_BYTES: usize = 1 << 20;
/// How deep groups and conditions may be nested.
pub(super) const MAX_DEPTH: usize = 16;

/// A guide's file while it is read.
pub struct Reader<'a> {
    pub(super) root: Table<'a>,
    pub(super) findings: &'a Findings,
    pub(super) languages: Vec<At<&'a str>>,
    pub(super) sources: Named<'a, SourceId>,
    pub(super) cases: Named<'a, CaseId>,
    pub(super) groups: Named<'a, GroupId>,
    pub(super) steps: Named<'a, StepId>,
    pub(super) outcomes: Named<'a, OutcomeId>,
    pub(super) lists: Lists,
    pub(super) texts: Texts<'a>,
    pub(super) plans: Plans,
}

/// The lists of steps that were read.
#[derive(Default)]
pub struct Lists {
    pub(super) all: IdVec<ListId, Vec<Listed>>,
    /// Groups that some list names, each with its steps.
    pub(super) groups: HashMap<GroupId, Vec<Listed>>,
    /// How many steps all these have together.
    pub(super) steps: usize,
    /// Whether that is more than a guide may have; then there is a finding already.
    pub(super) too_long: bool,
}

/// The texts that were read.
#[derive(Default)]
pub struct Texts<'a> {
    /// Each with its place in the file and its language.
    pub(super) all: Vec<(Range<usize>, usize, &'a str)>,
    /// Texts that have a name: the place in the file, the text, whether it is used.
    pub(super) shared: BTreeMap<&'a str, (Range<usize>, Text, bool)>,
    /// The bytes of named texts, counted for each use.
    pub(super) written_out: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(root: &'a At<DeTable<'a>>, findings: &'a Findings) -> Reader<'a> {
        let root = Table::root(root, findings);
        root.only(&[
            "guide",
            "source",
            "term",
            "text",
            "case",
            "group",
            "step",
            "outcome",
            "rule",
            "elsewhere",
        ]);
        let languages = root
            .table("guide")
            .map(|g| g.strings("languages"))
            .unwrap_or_default();
        let mut cases = Vec::new();
        for table in root.tables("case") {
            match table.string("id") {
                Some(id) => cases.push((id, table)),
                None if table.get("id").is_none() => table.missing("id", "\"a-name\""),
                None => {}
            }
        }
        Reader {
            sources: Named::of("source", root.named("source")),
            cases: Named::of("case", cases),
            groups: Named::of("group", root.named("group")),
            steps: Named::of("step", root.named("step")),
            outcomes: Named::of("outcome", root.named("outcome")),
            root,
            findings,
            languages,
            lists: Lists::default(),
            texts: Texts::default(),
            plans: Plans::default(),
        }
    }

    /// Reads each table of a kind.
    pub(super) fn each<I: Id, T>(
        &mut self,
        named: impl Fn(&Self) -> &Named<'a, I>,
        read: impl Fn(&mut Self, &At<&'a str>, &Table<'a>) -> T,
    ) -> IdVec<I, T> {
        let tables = named(self).tables.clone();
        tables
            .iter()
            .map(|(id, table)| read(self, id, table))
            .collect()
    }
}
