//! Words on the command line, such as those on the screen, and what they may mean.

use super::context::Context;
use crate::cli::{Cli, Format};
use crate::doc::{Block, Doc, html::html, json, markdown::markdown, text};
use crate::error::{Error, Result};
use crate::guide::CaseId;
use crate::recognize::{self, Candidate, Meant};
use crate::redact::{Kind, Raw};
use crate::report;
use crate::text::nearest;
use clap::CommandFactory;
use serde::Serialize;

/// What the words on the command line may mean; nothing where there are none.
///
/// # Errors
/// When they mean nothing here and look like a command that was mistyped.
pub fn meant<'c>(
    context: &'c Context,
    case: Option<CaseId>,
    said: &[String],
) -> Result<Option<Meant<'c>>> {
    let typed = Raw::new(said.join(" "));
    if typed.is_empty() {
        return Ok(None);
    }
    let words = context.words;
    let tag = context.guide.tag(context.lang);
    let typed = typed.masked();
    let secrets = typed.removed.of(|kind: Kind| !kind.is_shortened());
    if !secrets.is_empty() {
        let kinds = secrets.names(tag, words.comma);
        report::say(&words.says_secret(&kinds));
    }
    let meant = recognize::in_guide(&context.guide, case, &typed.text);
    let mut each = typed.text.split_whitespace();
    let (first, count) = (each.next().unwrap_or_default(), 1 + each.count());
    if meant.is_nothing() && count <= 2 {
        let command = Cli::command();
        let names: Vec<&str> = command
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        let near = nearest(first, names.iter().copied());
        let is_word = count == 1 && typed.text.bytes().all(|b| b.is_ascii_graphic());
        if near.is_some() || is_word {
            let typed = typed.text.in_language(tag);
            let error = Error::usage(words.no_such_command(&typed, near));
            return Err(error.hint(context.command("--help")));
        }
    }
    Ok(Some(meant))
}

/// What is printed where nobody can be asked.
#[derive(Serialize)]
struct Printed<'a> {
    /// What the guide is not about, if the words say that.
    elsewhere: Option<&'a str>,
    candidates: Vec<Line<'a>>,
}

/// One thing that may be meant.
#[derive(Serialize)]
struct Line<'a> {
    case: &'a str,
    step: Option<&'a str>,
    answer: Option<&'a str>,
    label: String,
    /// How to go on with it.
    command: String,
}

/// Prints what may be meant, each with the command to go on.
///
/// # Errors
/// When nothing may be meant, with what can be run instead; when it cannot be written.
pub fn print(context: &Context, meant: &Meant<'_>, format: Format) -> Result<()> {
    let words = context.words;
    if meant.is_nothing() {
        let instead = context.no_terminal();
        return Err(Error::usage(format!("{}\n{instead}", words.not_recognized)));
    }
    let guide = &context.guide;
    let line = |candidate: &Candidate| {
        let answer = candidate.answer;
        Line {
            case: &guide.cases[candidate.case].id,
            step: answer.map(|(step, _)| guide.at(step).id.as_str()),
            answer: answer.map(|(step, n)| guide.at(step).choices[n].id.as_str()),
            label: context.label(candidate),
            command: context.command_for(candidate.case),
        }
    };
    let printed = Printed {
        elsewhere: meant.elsewhere.map(|other| other.say.get(context.lang)),
        candidates: meant.candidates.iter().map(line).collect(),
    };
    let doc = || {
        let mut blocks = Vec::new();
        let sources = meant.elsewhere.iter().flat_map(|other| &other.sources);
        let sources = sources.map(|source| {
            let source = &guide.sources[*source];
            (context.cited(source), source.url.clone())
        });
        let sources: Vec<_> = sources.collect();
        if !sources.is_empty() {
            blocks.push(Block::Heading(words.sources.to_owned()));
            blocks.push(Block::Sources(sources));
        }
        if printed.elsewhere.is_some() && !printed.candidates.is_empty() {
            blocks.push(Block::Heading(words.may_be_meant.to_owned()));
        }
        for line in &printed.candidates {
            blocks.push(Block::Paragraph(line.label.clone()));
            blocks.push(Block::Command(line.command.clone()));
        }
        let title = printed.elsewhere.unwrap_or(words.may_be_meant).to_owned();
        Doc {
            language: guide.tag(context.lang).to_owned(),
            id: guide.id.clone(),
            title,
            blocks,
        }
    };
    report::result(&match format {
        Format::Json => json(&printed),
        Format::Markdown => markdown(&doc()),
        Format::Html => {
            let doc = doc();
            html(&doc.title, std::slice::from_ref(&doc))
        }
        Format::Text => text::text(&doc(), text::COLUMNS),
    })
}
