//! `guide check` and `guide show`.

use crate::guide::Guide;
use crate::{embedded, report};
use anyhow::Result;
use std::path::Path;

/// Checks a guide and says what is in it, or every finding.
pub fn check(file: Option<&Path>) -> Result<()> {
    let (name, guide) = match file {
        Some(path) => (path.display().to_string(), super::load(path)?),
        None => {
            let guide = Guide::load(embedded::NAME, embedded::SOURCE.as_bytes())?;
            (embedded::NAME.to_owned(), guide)
        }
    };
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let name = crate::text::tame(&name).into_owned();
    report::result(&format!(
        "{name}: no findings ({}, {}, {}, {})\n",
        count(guide.cases.len(), "case"),
        count(guide.steps.len(), "step"),
        count(guide.outcomes.len(), "outcome"),
        count(guide.languages.len(), "language"),
    ))?;
    Ok(())
}

/// Prints the guide that ships.
pub fn show() -> Result<()> {
    Ok(report::result(embedded::SOURCE)?)
}
