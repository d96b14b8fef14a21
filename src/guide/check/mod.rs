//! Makes a guide of a TOML file, or reports every finding at once.
//!
//! There are three stages, and each runs only if the one before found nothing: is the file TOML; is
//! every key, text and name right; does every walk end and keep the guide's rules. All three take
//! time linear in the size of the file, the last also in the number of states (see
//! [`super::proof`]).

mod conditions;
mod names;
mod page;
mod placeholders;
mod reader;
mod references;
mod rules;
mod shapes;
mod steps;
mod syntax;
mod texts;
mod warnings;
mod wording;

pub use reader::MAX_BYTES;

use crate::guide::date::Date;
use crate::guide::finding::{Code, Findings, Places, Refused, Report};
use crate::guide::parts::Parts;
use crate::guide::proof::{self, Budget, Proof};
use crate::guide::read::find_hostile;
use crate::guide::rule::Rule;
use names::{conditions, spans};
use page::Plans;
use reader::Reader;
use toml::de::DeTable;

/// Checks a guide whose id must not be one of those that are reserved. The report has its warnings.
pub(super) fn load(
    name: &str,
    bytes: &[u8],
    reserved: &[&str],
    today: Option<Date>,
    budget: Budget,
) -> Result<(Parts, Proof, Report), Refused> {
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
        return Err(Refused(findings.report(name, "")));
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
            return Err(Refused(findings.report(name, &good)));
        }
    };
    // Some editors put a byte order mark first. Columns do not count it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let refuse = |findings: Findings| Err(Refused(findings.report(name, text)));

    let (root, errors) = DeTable::parse_recoverable(text);
    syntax::explain(text, &errors, &findings);
    if !findings.is_empty() {
        return refuse(findings);
    }
    find_hostile(root.get_ref(), &findings);
    let (mut parts, rules, places, plans) = Reader::new(&root, &findings).read(reserved, today);
    if !findings.is_empty() {
        return refuse(findings);
    }
    let proof = proof::prove(&parts, &rules, &places, &findings, budget);
    // A page follows the roads of its case, so these must be sound.
    if proof.is_some() && findings.is_empty() {
        page::derive(&mut parts, &plans, &rules, &places, &findings);
    }
    match proof {
        Some(proof) if findings.is_empty() => Ok((parts, proof, findings.report(name, text))),
        _ => refuse(findings),
    }
}

impl Reader<'_> {
    fn read(mut self, reserved: &[&str], today: Option<Date>) -> (Parts, Vec<Rule>, Places, Plans) {
        self.check_names();
        self.check_reserved(reserved);
        self.share_texts();
        let mut parts = self.head();
        parts.sources = self.sources(&parts.voice.hosts, today);
        // Conditions and rules name answers, so every step's answers come first.
        parts.steps = self.each(|r| &r.steps, Self::step);
        parts.outcomes = self.each(|r| &r.outcomes, Self::outcome);
        parts.cases = self.each(|r| &r.cases, Self::case);
        parts.elsewhere = self.elsewhere();
        for (id, (_, table)) in self.steps.tables.clone().with_ids() {
            self.lead_on(id, table, &mut parts.steps[id].choices);
            let when = table.table("when");
            parts.steps[id].when = when.and_then(|t| self.condition(&t, &parts.steps, 0));
        }
        for (id, (_, table)) in self.outcomes.tables.with_ids() {
            self.line_conditions(table, &parts.steps, &mut parts.outcomes[id]);
        }
        for (id, (_, table)) in self.cases.tables.with_ids() {
            parts.cases[id].ends = self.ends(table, &parts.steps);
        }
        let groups = self.groups.tables.iter().map(|(_, table)| {
            let when = table.table("when");
            when.and_then(|t| self.condition(&t, &parts.steps, 0))
        });
        parts.groups = groups.collect();
        let rules = self.root.tables("rule");
        let mut rules: Vec<Rule> = rules
            .iter()
            .filter_map(|t| self.rule(t, &mut parts))
            .collect();
        for (step, _) in rules.iter().flat_map(|rule| rule.demand.guards()) {
            parts.steps[*step].gate = true;
        }
        rules.extend(self.placeholders(&parts));
        self.check_groups();
        self.check_shared();
        self.check_glossary();
        self.check_speech(&parts.voice.hosts);
        self.warn(&parts);
        parts.lists = std::mem::take(&mut self.lists.all);
        let places = Places {
            steps: spans(&self.steps),
            outcomes: spans(&self.outcomes),
            cases: spans(&self.cases),
            conditions: conditions(&self.steps),
            group_conditions: conditions(&self.groups),
        };
        (parts, rules, places, self.plans)
    }
}
