//! The page of a case, or of all cases, on stdout.

use super::context::Context;
use crate::cli::Format;
use crate::doc::{Doc, html::html, json, markdown::markdown, text};
use crate::error::Result;
use crate::guide::CaseId;
use crate::page::{self, Page};
use crate::report;
use crate::tree::Tree;
use serde::Serialize;

/// A case as JSON: its page, and beside it every step.
#[derive(Serialize)]
struct Whole {
    version: u32,
    page: Page,
    tree: Tree,
}

/// Prints the page of a case; of each case, if none is named.
pub fn print(context: &Context, case: Option<CaseId>, format: Format) -> Result<()> {
    let guide = &context.guide;
    let page = |case| Page::of(guide, case, context.lang, &|case| context.command_for(case));
    let cases = guide.cases.ids();
    let shown: Vec<CaseId> = cases
        .filter(|id| case.is_none_or(|case| case == *id))
        .collect();
    let docs = |link: &dyn Fn(&str) -> Option<String>| -> Vec<Doc> {
        shown.iter().map(|case| page(*case).doc(link)).collect()
    };
    let no_link = |_: &str| None;
    let text = match format {
        Format::Json => {
            let whole = |case: &CaseId| Whole {
                version: page::VERSION,
                page: page(*case),
                tree: Tree::of(guide, *case, context.lang, context.command_for(*case)),
            };
            match case {
                Some(case) => json(&whole(&case)),
                None => json(&shown.iter().map(whole).collect::<Vec<_>>()),
            }
        }
        Format::Html => {
            let tag = guide.tag(context.lang);
            let docs = match case {
                // The pages that ship stand side by side, so a link leads from one to another.
                Some(_) => docs(&|id| Some(format!("{id}.{tag}.html"))),
                None => docs(&|id| Some(format!("#{id}"))),
            };
            let title = match &docs[..] {
                [one] => &one.title,
                _ => guide.title.get(context.lang),
            };
            html(title, &docs)
        }
        Format::Markdown => joined(&docs(&no_link), markdown),
        Format::Text => joined(&docs(&no_link), |doc| text::text(doc, text::COLUMNS)),
    };
    report::result(&text)
}

fn joined(docs: &[Doc], render: impl Fn(&Doc) -> String) -> String {
    let texts: Vec<String> = docs.iter().map(render).collect();
    texts.join("\n\n")
}
