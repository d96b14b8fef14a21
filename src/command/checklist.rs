//! A case, or all of them, as a checklist on stdout.

use super::Context;
use crate::checklist::Checklist;
use crate::cli::Format;
use crate::doc::{json, markdown::markdown, text};
use crate::report;
use anyhow::Result;

/// Prints the checklist of a case; of all cases, if none is named.
pub fn print(context: &Context, case: Option<u32>, format: Format) -> Result<()> {
    let guide = &context.guide;
    let of = |case: u32| Checklist::of(guide, case, context.lang, context.command_for(case));
    let text = match (case, format) {
        (Some(case), Format::Json) => json(&of(case)),
        (None, Format::Json) => json(
            &(0u32..)
                .zip(&guide.cases)
                .map(|(n, _)| of(n))
                .collect::<Vec<_>>(),
        ),
        (_, format) => {
            let cases = (0u32..).zip(&guide.cases).map(|(n, _)| n);
            let lists = cases.filter(|n| case.is_none_or(|c| c == *n)).map(of);
            let texts = lists.map(|list| match format {
                Format::Markdown => markdown(&list.doc()),
                _ => text::text(&list.doc(), text::COLUMNS),
            });
            texts.collect::<Vec<_>>().join("\n\n")
        }
    };
    report::result(&text)
}
