//! What each verb does: one verb a file, chosen here.

pub mod context;
mod files;
mod guide;
mod help;
mod page;
mod pick;
mod redact;
mod said;
mod scenarios;
mod ticket;
mod tickets;
pub mod usage;
pub mod walk;
mod walks;

use self::context::{Around, Context};
use self::walk::Start;
use crate::cli::{Cli, Format, GuideVerb, Options, Verb};
use crate::embedded;
use crate::error::{Error, Result};
use crate::guide::Guide;
use crate::words::{self, Words};

/// Carries out a command line. `words` are the program's in the language of the user.
///
/// # Errors
/// What the user has to be told.
pub fn run(cli: Cli, words: &'static Words, around: Around) -> Result<()> {
    usage::check(&cli, words)?;
    let options = &cli.options;
    match cli.verb {
        Some(Verb::Guide(verb)) => guide_verb(verb, options, words, around),
        Some(Verb::Redact { check }) => redact::run(check, of_program(options, words)?),
        Some(Verb::Resume { walk }) => within(options, around, |context| {
            walk::start(context, Start::Saved(walk.as_deref()), options)
        }),
        Some(Verb::Walks { verb }) => within(options, around, |context| walks::run(context, verb)),
        Some(Verb::Ticket { walk, follow_up }) => within(options, around, |context| {
            if follow_up {
                ticket::follow_up(context, walk.as_deref(), options)
            } else {
                ticket::run(context, walk.as_deref(), options)
            }
        }),
        None => match excerpt(&cli, &around) {
            Some(guide) => {
                let context = Context::with(guide, options, around)?;
                wizard_or_page(&context, &cli).map_err(|error| error.in_words(context.words))
            }
            None => within(options, around, |context| wizard_or_page(context, &cli)),
        },
    }
}

/// What is done with a guide.
fn guide_verb(
    verb: GuideVerb,
    options: &Options,
    words: &'static Words,
    around: Around,
) -> Result<()> {
    let other = options.guide.as_deref();
    match verb {
        GuideVerb::Check { file } => {
            let file = file.as_deref().or(other);
            let words = of_program(options, words)?;
            guide::check(file, around.clock, options.budget(), words)
        }
        GuideVerb::Test { files } => scenarios::run(&files, options, of_program(options, words)?),
        GuideVerb::Show { file, case } => {
            let options = Options {
                guide: file.or(options.guide.clone()),
                ..options.clone()
            };
            let format = options.format.unwrap_or_default();
            within(&options, around, |context| {
                guide::show(context, case.as_deref(), format)
            })
        }
        GuideVerb::Source => guide::source(),
    }
}

/// The words for a verb that needs no guide: the program has to speak the language that is named.
fn of_program(options: &Options, words: &'static Words) -> Result<&'static Words> {
    match &options.lang {
        Some(tag) if words::find(tag).is_none() => {
            let all: Vec<&str> = words::LANGUAGES.iter().map(|words| words.tag).collect();
            Err(Error::usage(
                words.no_such_language(tag, all.join(words.comma)),
            ))
        }
        _ => Ok(words),
    }
}

/// Does something with the guide that the options name. Errors speak the language that is spoken
/// with that guide.
fn within(
    options: &Options,
    around: Around,
    act: impl FnOnce(&Context) -> Result<()>,
) -> Result<()> {
    let context = Context::open(options, around)?;
    act(&context).map_err(|error| error.in_words(context.words))
}

/// What the page of a case needs of the guide that ships, where nothing else is asked for.
fn excerpt(cli: &Cli, around: &Around) -> Option<Guide> {
    let (options, terminal) = (&cli.options, &around.terminal);
    let is_page = cli.checklist || !(options.plain || terminal.stdin && terminal.stdout);
    let is_all = options.guide.is_none() && cli.answers.is_none() && cli.words.is_empty();
    // As JSON it has every step beside it.
    let needs_more = options.format == Some(Format::Json);
    let case = cli
        .case
        .as_deref()
        .filter(|_| is_page && is_all && !needs_more);
    case.and_then(embedded::page)
}

/// Decides who gets what: the wizard at a terminal, the page where a case is named and there
/// is none, what some words may mean, and a message where nothing can be asked.
fn wizard_or_page(context: &Context, cli: &Cli) -> Result<()> {
    let options = &cli.options;
    let format = options.format.unwrap_or_default();
    let terminal = &context.around.terminal;
    let case = cli.case.as_deref().map(|id| context.case(id)).transpose()?;
    if cli.checklist {
        return page::print(context, case, format);
    }
    if let Some(file) = &cli.answers {
        return walk::start(context, Start::Answers(file), options);
    }
    if let Some(meant) = said::meant(context, case, &cli.words)? {
        return if terminal.stdin || options.plain {
            walk::start(context, Start::Said(case, &meant), options)
        } else {
            said::print(context, &meant, format)
        };
    }
    match case {
        _ if options.plain => {}
        Some(_) if !terminal.stdin || !terminal.stdout => {
            return page::print(context, case, format);
        }
        None if !terminal.stdin => {
            return Err(Error::usage(context.no_terminal()));
        }
        _ => {}
    }
    walk::start(context, Start::Case(case), options)
}
