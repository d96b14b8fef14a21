//! What each verb does: one verb a file, chosen here.

mod checklist;
pub mod context;
mod files;
mod guide;
mod pick;
mod redact;
mod scenarios;
mod ticket;
mod tickets;
pub mod walk;
mod walks;

use self::context::{Around, Context};
use self::walk::Start;
use crate::cli::{Asking, Cli, Common, GuideVerb, Verb, Walk as Options};
use crate::error::{Error, Result};
use crate::guide::CaseId;
use crate::locale;
use crate::words::Words;

/// Carries out a command line. `words` are the program's in the language of the user.
///
/// # Errors
/// What the user has to be told.
pub fn run(cli: Cli, words: &'static Words, around: Around) -> Result<()> {
    match cli.verb {
        Some(Verb::Guide(GuideVerb::Check { file })) => guide::check(file.as_deref(), words),
        Some(Verb::Guide(GuideVerb::Show)) => guide::show(),
        Some(Verb::Guide(GuideVerb::Test {
            files,
            guide,
            format,
        })) => scenarios::run(&files, guide.as_deref(), format, words),
        Some(Verb::Redact { check, lang }) => {
            let tag = lang.or_else(|| locale::tags().next());
            redact::run(check, tag.as_deref().unwrap_or("en"))
        }
        Some(Verb::Resume { walk, asking }) => within(&asking.printing.common, around, |context| {
            walk::start(context, Start::Saved(walk.as_deref()), &asking)
        }),
        Some(Verb::Walks { verb, common }) => {
            let common = verb
                .as_ref()
                .map_or(common.clone(), |v| v.common().or(&common));
            within(&common, around, |context| walks::run(context, verb))
        }
        Some(Verb::Ticket {
            walk,
            follow_up: false,
            printing,
            ..
        }) => within(&printing.common, around, |context| {
            ticket::run(context, walk.as_deref(), &printing)
        }),
        Some(Verb::Ticket {
            walk,
            no_save,
            plain,
            printing,
            ..
        }) => {
            let asking = Asking {
                no_save,
                plain,
                printing,
            };
            within(&asking.printing.common, around, |context| {
                ticket::follow_up(context, walk.as_deref(), &asking)
            })
        }
        None => within(&cli.walk.asking.printing.common, around, |context| {
            wizard_or_checklist(context, &cli.walk)
        }),
    }
}

/// Does something with the guide that the options name. Errors speak the language that is spoken
/// with that guide.
fn within(common: &Common, around: Around, act: impl FnOnce(&Context) -> Result<()>) -> Result<()> {
    let context = Context::open(common, around)?;
    act(&context).map_err(|error| error.in_words(context.words))
}

/// Decides who gets what: the wizard at a terminal, the checklist where a case is named and there
/// is none, and a message where nothing can be asked.
fn wizard_or_checklist(context: &Context, options: &Options) -> Result<()> {
    let asking = &options.asking;
    let terminal = &context.around.terminal;
    let case = options
        .case
        .as_deref()
        .map(|id| context.case(id))
        .transpose()?;
    if options.checklist {
        return checklist::print(context, case, asking.printing.format);
    }
    if let Some(file) = &options.answers {
        return walk::start(context, Start::Answers(file), asking);
    }
    match case {
        _ if asking.plain => {}
        Some(_) if !terminal.stdin || !terminal.stdout => {
            return checklist::print(context, case, asking.printing.format);
        }
        None if !terminal.stdin => {
            return Err(Error::usage(context.words.no_terminal(
                context.command_for(CaseId::FIRST),
                context.command("--checklist"),
                context.command("--plain"),
                context.case_ids(),
            )));
        }
        _ => {}
    }
    walk::start(context, Start::Case(case), asking)
}
