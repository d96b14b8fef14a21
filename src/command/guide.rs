//! `guide check`, `guide show`, `guide source`: verbs for the authors of guides.

use super::context::Context;
use super::files;
use crate::cli::Format;
use crate::clock::Clock;
use crate::doc::{markdown::markdown, text};
use crate::error::Result;
use crate::guide::{Budget, Guide, Most};
use crate::tree::Tree;
use crate::words::Words;
use crate::{embedded, report};
use std::path::Path;

/// Checks a guide and says what is in it, or every finding.
pub fn check(file: Option<&Path>, clock: Clock, budget: Budget, words: &Words) -> Result<()> {
    let name = file.map_or_else(
        || embedded::NAME.to_owned(),
        |path| path.display().to_string(),
    );
    let today = Some(clock.today());
    let checked = match file {
        Some(path) => files::check(path, today, budget)?,
        None => Guide::check(&name, embedded::SOURCE.as_bytes(), &[], today, budget)?,
    };
    let (guide, proof, warnings) = (&checked.guide, checked.proof, &checked.warnings);
    if !warnings.findings().is_empty() {
        report::say(&warnings.to_string());
    }
    let texts = &words.check;
    let parts = [
        texts.cases(guide.cases.len()),
        texts.steps(guide.steps.len()),
        texts.outcomes(guide.outcomes.len()),
        texts.languages(guide.languages.len()),
    ];
    let most = |most: Most, words: &dyn Fn(u32) -> String| {
        let count = words(most.count);
        if most.exact {
            count
        } else {
            texts.bound(count)
        }
    };
    let summary = texts.summary(
        crate::text::tame(&name),
        texts.warnings(warnings.findings().len()),
        parts.join(words.comma),
        texts.states(proof.states),
        most(proof.longest, &|n| texts.prompts(n)),
        most(proof.advice, &|n| texts.questions(n)),
    );
    let hosts = guide.voice.hosts.join(words.comma);
    let addresses = match &hosts[..] {
        "" => texts.no_addresses.to_owned(),
        hosts => texts.other_addresses(hosts),
    };
    report::result(&format!("{summary}\n{}\n", texts.looked(addresses)))
}

/// Prints a case as a tree; all cases, if none is named.
pub fn show(context: &Context, case: Option<&str>, format: Format) -> Result<()> {
    let case = case.map(|id| context.case(id)).transpose()?;
    let cases = context.guide.cases.ids();
    let shown = cases.filter(|id| case.is_none_or(|case| case == *id));
    let trees = shown.map(|case| {
        let command = context.command_for(case);
        let doc = Tree::of(&context.guide, case, context.lang, command).doc();
        match format {
            Format::Markdown => markdown(&doc),
            _ => text::text(&doc, text::COLUMNS),
        }
    });
    report::result(&trees.collect::<Vec<_>>().join("\n\n"))
}

/// Prints the guide that ships.
pub fn source() -> Result<()> {
    report::result(embedded::SOURCE)
}
