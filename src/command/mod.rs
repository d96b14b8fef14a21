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
use crate::cli::{Asking, Cli, GuideVerb, Verb, Walk as Options};
use crate::guide::CaseId;
use crate::locale;
use crate::report::Failure;
use anyhow::Result;

/// Carries out a command line.
///
/// # Errors
/// With a message that says all there is to say; see [`crate::report::finish`].
pub fn run(cli: Cli, around: Around) -> Result<()> {
    match cli.verb {
        Some(Verb::Guide(GuideVerb::Check { file })) => guide::check(file.as_deref()),
        Some(Verb::Guide(GuideVerb::Show)) => guide::show(),
        Some(Verb::Guide(GuideVerb::Test {
            files,
            guide,
            format,
        })) => scenarios::run(&files, guide.as_deref(), format),
        Some(Verb::Redact { check, lang }) => {
            let tag = lang.or_else(|| locale::tags().next());
            redact::run(check, tag.as_deref().unwrap_or("en"))
        }
        Some(Verb::Resume { walk, asking }) => {
            let context = Context::open(&asking.printing.common, around)?;
            walk::start(&context, Start::Saved(walk.as_deref()), &asking)
        }
        Some(Verb::Walks { verb, common }) => {
            let common = verb
                .as_ref()
                .map_or(common.clone(), |v| v.common().or(&common));
            walks::run(&Context::open(&common, around)?, verb)
        }
        Some(Verb::Ticket {
            walk,
            follow_up,
            no_save,
            plain,
            printing,
        }) => {
            let context = Context::open(&printing.common, around)?;
            if follow_up {
                let asking = Asking {
                    no_save,
                    plain,
                    printing,
                };
                ticket::follow_up(&context, walk.as_deref(), &asking)
            } else {
                ticket::run(&context, walk.as_deref(), &printing)
            }
        }
        None => wizard_or_checklist(&cli.walk, around),
    }
}

/// Decides who gets what: the wizard at a terminal, the checklist where a case is named and there
/// is none, and a message where nothing can be asked.
fn wizard_or_checklist(options: &Options, around: Around) -> Result<()> {
    let asking = &options.asking;
    let terminal = around.terminal;
    let context = Context::open(&asking.printing.common, around)?;
    let case = options
        .case
        .as_deref()
        .map(|id| context.case(id))
        .transpose()?;
    if options.checklist {
        return checklist::print(&context, case, asking.printing.format);
    }
    if let Some(file) = &options.answers {
        return walk::start(&context, Start::Answers(file), asking);
    }
    match case {
        _ if asking.plain => {}
        Some(_) if !terminal.stdin || !terminal.stdout => {
            return checklist::print(&context, case, asking.printing.format);
        }
        None if !terminal.stdin => {
            return Err(Failure::usage(context.words.no_terminal(
                context.command_for(CaseId::FIRST),
                context.command("--checklist"),
                context.command("--plain"),
                context.case_ids(),
            )));
        }
        _ => {}
    }
    walk::start(&context, Start::Case(case), asking)
}
