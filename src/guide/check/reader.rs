//! The tables of a guide's file, and what is gathered while they are read.

use super::names::Names;
use crate::guide::finding::Findings;
use crate::guide::ids::{CaseId, GroupId, Id, IdVec, ListId, OutcomeId, SourceId, StepId};
use crate::guide::language::Text;
use crate::guide::read::{At, Table};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use toml::de::DeTable;

/// The most bytes a guide file may have: 1 MiB.
pub const MAX_BYTES: usize = 1 << 20;
/// How deep groups and conditions may be nested.
pub(super) const MAX_DEPTH: usize = 16;

/// The tables of one kind, each with its name.
pub type Named<'a, I> = IdVec<I, (At<&'a str>, Table<'a>)>;

/// The file of a guide, while its shapes are read.
pub struct Reader<'a> {
    pub(super) root: Table<'a>,
    pub(super) findings: &'a Findings,
    pub(super) languages: Vec<At<&'a str>>,
    pub(super) source_tables: Named<'a, SourceId>,
    pub(super) case_tables: Named<'a, CaseId>,
    pub(super) group_tables: Named<'a, GroupId>,
    pub(super) step_tables: Named<'a, StepId>,
    pub(super) outcome_tables: Named<'a, OutcomeId>,
    pub(super) sources: Names<'a, SourceId>,
    pub(super) cases: Names<'a, CaseId>,
    pub(super) groups: Names<'a, GroupId>,
    pub(super) steps: Names<'a, StepId>,
    pub(super) outcomes: Names<'a, OutcomeId>,
    /// Groups that some list names, each with its steps.
    pub(super) expanded: HashMap<GroupId, Vec<StepId>>,
    pub(super) lists: IdVec<ListId, Vec<StepId>>,
    pub(super) listed: usize,
    /// Whether that was more than a guide may have, and said so.
    pub(super) too_long: bool,
    /// Every text that was read: where, in which language.
    pub(super) texts: Vec<(Range<usize>, usize, &'a str)>,
    /// Texts that several places share, by name: where, the text, whether anything uses it.
    pub(super) shared: BTreeMap<&'a str, (Range<usize>, Text, bool)>,
    /// The bytes of shared texts, counted wherever one is used.
    pub(super) written_out: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(root: &'a At<DeTable<'a>>, findings: &'a Findings) -> Reader<'a> {
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

    /// Reads each table of a kind.
    pub(super) fn each<I: Id, T>(
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
}
