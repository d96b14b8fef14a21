//! `guide check`, `guide show`: verbs for the authors of guides.

use super::files;
use crate::guide::Guide;
use crate::{embedded, report};
use anyhow::Result;
use std::path::Path;

/// Checks a guide and says what is in it, or every finding.
pub fn check(file: Option<&Path>) -> Result<()> {
    let name = file.map_or_else(
        || embedded::NAME.to_owned(),
        |path| path.display().to_string(),
    );
    let (guide, proof) = match file {
        Some(path) => files::prove(path)?,
        None => Guide::prove(&name, embedded::SOURCE.as_bytes())?,
    };
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    report::result(&format!(
        "{}: no findings ({}, {}, {}, {})\nproven over all walks ({}): each ends, after at most {}, \
         with at most {} before the first advice, and keeps the guide's own rules\n\
         looked for in all texts: other addresses than OKX's, and requests to hand over a secret; \
         a rule of thumb, for Chinese and English\n\
         not proven: that its advice is right, that its words are honest, or who wrote it\n",
        crate::text::tame(&name),
        count(guide.cases.len(), "case"),
        count(guide.steps.len(), "step"),
        count(guide.outcomes.len(), "outcome"),
        count(guide.languages.len(), "language"),
        count(proof.states, "state"),
        count(proof.longest as usize, "prompt"),
        count(proof.advice as usize, "question"),
    ))?;
    Ok(())
}

/// Prints the guide that ships.
pub fn show() -> Result<()> {
    report::result(embedded::SOURCE)
}
