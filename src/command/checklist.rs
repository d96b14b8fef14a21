//! A case, or all of them, as a checklist on stdout.

use super::context::Context;
use crate::checklist::Checklist;
use crate::cli::Format;
use crate::doc::{json, markdown::markdown, text};
use crate::error::Result;
use crate::guide::CaseId;
use crate::report;

/// Prints the checklist of a case; of all cases, if none is named.
pub fn print(context: &Context, case: Option<CaseId>, format: Format) -> Result<()> {
    let guide = &context.guide;
    let of = |case: CaseId| Checklist::of(guide, case, context.lang, context.command_for(case));
    let text = match (case, format) {
        (Some(case), Format::Json) => json(&of(case)),
        (None, Format::Json) => json(&guide.cases.ids().map(of).collect::<Vec<_>>()),
        (_, format) => {
            let cases = guide.cases.ids();
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
