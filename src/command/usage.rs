//! What is wrong with a command line, in the words of a language.

use super::help;
use crate::cli::{Cli, Format, GuideVerb, Options, Verb, WalksVerb};
use crate::error::{Error, Result};
use crate::report;
use crate::words::Words;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;

/// Prints the help or the version where the arguments ask for it. Otherwise returns why they cannot
/// be parsed.
///
/// # Errors
/// What is wrong with them.
pub fn explain(
    error: clap::Error,
    args: &[OsString],
    words: &'static Words,
    columns: usize,
) -> Result<()> {
    let mut command = help::localized(words, columns);
    // The same arguments again, so that the error has the names of this language.
    let error = command
        .try_get_matches_from_mut(args)
        .err()
        .unwrap_or(error);
    if !error.use_stderr() {
        return report::result(&error.render().to_string());
    }
    let mut path = String::new();
    let mut at = &command;
    for below in args.iter().skip(1).filter_map(|arg| arg.to_str()) {
        if let Some(below) = at.find_subcommand(below) {
            path = format!("{path} {}", below.get_name());
            at = below;
        }
    }
    Err(wrong(said(&error, &path, words), &path, words))
}

/// Whether everything on the command line goes together.
///
/// # Errors
/// What does not.
pub fn check(cli: &Cli, words: &Words) -> Result<()> {
    let path = path(cli.verb.as_ref());
    let texts = &words.usage;
    let err = |said: String| Err(wrong(said, &format!(" {path}"), words));
    let options = &cli.options;
    let given = [
        ("no-save", options.no_save),
        ("plain", options.plain),
        ("format", options.format.is_some()),
        ("ticket-lang", !options.ticket_lang.is_empty()),
        ("short", options.short),
        ("guide", options.guide.is_some()),
        ("states", options.states.is_some()),
        ("case", cli.case.is_some()),
        ("checklist", cli.checklist),
        ("answers", cli.answers.is_some()),
    ];
    let is_given = |name: &str| given.contains(&(name, true));
    let is_own = |name: &str| path.is_empty() && matches!(name, "case" | "checklist" | "answers");
    for (name, _) in given.iter().filter(|(_, is_given)| *is_given) {
        if !is_own(name) && !Options::of(path).contains(name) {
            return err(texts.not_here(format!("--{name}"), path));
        }
    }
    for (one, other) in [
        ("plain", "checklist"),
        ("answers", "case"),
        ("answers", "checklist"),
        ("short", "format"),
    ] {
        if is_given(one) && is_given(other) {
            return err(texts.not_together(format!("--{one}"), format!("--{other}")));
        }
    }
    if !cli.words.is_empty() {
        let said = format!("[{}]", by_name(words, "WORDS"));
        if !path.is_empty() {
            return err(texts.not_here(said, path));
        }
        if let Some(other) = ["checklist", "answers"]
            .into_iter()
            .find(|name| is_given(name))
        {
            return err(texts.not_together(said, format!("--{other}")));
        }
    }
    match &cli.verb {
        Some(Verb::Ticket {
            follow_up: false, ..
        }) => {
            let alone = ["no-save", "plain"].into_iter().find(|name| is_given(name));
            if let Some(name) = alone {
                return err(texts.needs(format!("--{name}"), "--follow-up"));
            }
        }
        Some(Verb::Guide(
            GuideVerb::Check { file: Some(_) } | GuideVerb::Show { file: Some(_), .. },
        )) if is_given("guide") => {
            let file = by_name(words, "FILE");
            return err(texts.not_together("--guide", format!("[{file}]")));
        }
        Some(Verb::Guide(GuideVerb::Test { .. }))
            if matches!(options.format, Some(Format::Markdown | Format::Html)) =>
        {
            let format = if options.format == Some(Format::Html) {
                "html"
            } else {
                "markdown"
            };
            return err(texts.invalid_value("--format", format, "", "text, json"));
        }
        Some(Verb::Guide(GuideVerb::Show { .. }))
            if matches!(options.format, Some(Format::Html | Format::Json)) =>
        {
            let format = if options.format == Some(Format::Html) {
                "html"
            } else {
                "json"
            };
            return err(texts.invalid_value("--format", format, "", "text, markdown"));
        }
        _ => {}
    }
    Ok(())
}

/// What is typed for a verb.
fn path(verb: Option<&Verb>) -> &'static str {
    match verb {
        None => "",
        Some(Verb::Resume { .. }) => "resume",
        Some(Verb::Walks { verb: None }) => "walks",
        Some(Verb::Walks {
            verb: Some(WalksVerb::List),
        }) => "walks list",
        Some(Verb::Walks {
            verb: Some(WalksVerb::Show { .. }),
        }) => "walks show",
        Some(Verb::Walks {
            verb: Some(WalksVerb::Delete { .. }),
        }) => "walks delete",
        Some(Verb::Ticket { .. }) => "ticket",
        Some(Verb::Redact { .. }) => "redact",
        Some(Verb::Guide(GuideVerb::Check { .. })) => "guide check",
        Some(Verb::Guide(GuideVerb::Test { .. })) => "guide test",
        Some(Verb::Guide(GuideVerb::Show { .. })) => "guide show",
        Some(Verb::Guide(GuideVerb::Source)) => "guide source",
    }
}

fn wrong(said: String, path: &str, words: &Words) -> Error {
    let path = path.trim_end();
    let tag = words.tag;
    Error::usage(said).hint(format!("okx-verify-help{path} --help --lang {tag}"))
}

fn by_name(words: &Words, name: &str) -> &'static str {
    crate::words::by_id(words.help.value, name).unwrap_or_default()
}

/// What clap has found. `path` is the command that it is about.
fn said(error: &clap::Error, path: &str, words: &Words) -> String {
    let get = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(words.comma),
        _ => String::new(),
    };
    let near = |kind| match error.get(kind) {
        Some(ContextValue::String(near)) => words.did_you_mean(near),
        Some(ContextValue::Strings(near)) => near
            .first()
            .map_or_else(String::new, |near| words.did_you_mean(near)),
        _ => String::new(),
    };
    let texts = &words.usage;
    let argument = get(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            texts.unknown_option(argument, near(ContextKind::SuggestedArg))
        }
        ErrorKind::UnknownArgument => texts.unexpected(argument),
        ErrorKind::InvalidSubcommand => texts.unknown_command(
            get(ContextKind::InvalidSubcommand),
            near(ContextKind::SuggestedSubcommand),
        ),
        ErrorKind::InvalidValue => match get(ContextKind::InvalidValue) {
            value if value.is_empty() => texts.needs_value(argument),
            value => texts.invalid_value(
                argument,
                value,
                near(ContextKind::SuggestedValue),
                get(ContextKind::ValidValue),
            ),
        },
        ErrorKind::ValueValidation => {
            let value = get(ContextKind::InvalidValue);
            texts.invalid_value(argument, value, "", texts.a_number)
        }
        ErrorKind::TooManyValues => texts.takes_no_value(argument),
        ErrorKind::ArgumentConflict => texts.not_together(argument, get(ContextKind::PriorArg)),
        ErrorKind::MissingRequiredArgument => texts.missing(argument),
        _ => texts.incomplete(format!("okx-verify-help{path}")),
    }
}
