//! What each verb does. One verb a file.

mod checklist;
mod guide;
mod guide_test;
mod redact;
mod saved;
mod ticket;
mod walks;
mod wizard;

use crate::cli::{Asking, Cli, Color, Common, GuideVerb, Verb};
use crate::follow_up::{self, FollowUp};
use crate::guide::{CaseId, Guide, Lang, Proof};
use crate::history;
use crate::report::Failure;
use crate::session::Saved;
use crate::ticket::Ticket;
use crate::walk::Walk;
use crate::words::{Words, words};
use crate::{embedded, locale};
use anyhow::Result;
use std::io::{IsTerminal, Read};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use wizard::Start;

/// Carries out a command line.
///
/// # Errors
/// With a message that says all there is to say; see [`crate::report::finish`].
pub fn run(cli: Cli) -> Result<()> {
    match cli.verb {
        Some(Verb::Guide(GuideVerb::Check { file })) => guide::check(file.as_deref()),
        Some(Verb::Guide(GuideVerb::Show)) => guide::show(),
        Some(Verb::Guide(GuideVerb::Test {
            files,
            guide,
            format,
        })) => guide_test::run(&files, guide.as_deref(), format),
        Some(Verb::Redact { check, lang }) => {
            let tag = lang.or_else(|| locale::tags().next());
            redact::run(check, tag.as_deref().unwrap_or("en"))
        }
        Some(Verb::Resume { walk, asking }) => {
            let context = Context::open(&asking.printing.common)?;
            wizard::run(&context, Start::Saved(walk.as_deref()), &asking)
        }
        Some(Verb::Walks { verb, common }) => {
            let common = verb
                .as_ref()
                .map_or(common.clone(), |v| v.common().or(&common));
            walks::run(&Context::open(&common)?, verb)
        }
        Some(Verb::Ticket {
            walk,
            follow_up,
            no_save,
            plain,
            printing,
        }) => {
            let context = Context::open(&printing.common)?;
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
        None => walk(&cli.walk),
    }
}

/// Decides who gets what: the wizard at a terminal, the checklist where a case is named and there
/// is none, and a message where nothing can be asked.
fn walk(options: &crate::cli::Walk) -> Result<()> {
    let asking = &options.asking;
    let context = Context::open(&asking.printing.common)?;
    let case = options
        .case
        .as_deref()
        .map(|id| context.case(id))
        .transpose()?;
    let (asks, answers) = (
        std::io::stdin().is_terminal(),
        std::io::stdout().is_terminal(),
    );
    if options.checklist {
        return checklist::print(&context, case, asking.printing.format);
    }
    if let Some(file) = &options.answers {
        return wizard::run(&context, Start::Answers(file), asking);
    }
    match case {
        _ if asking.plain => {}
        Some(_) if !asks || !answers => {
            return checklist::print(&context, case, asking.printing.format);
        }
        None if !asks => {
            return Err(Failure::usage(context.words.no_terminal(
                context.command_for(CaseId::FIRST),
                context.command("--checklist"),
                context.command("--plain"),
                context.case_ids(),
            )));
        }
        _ => {}
    }
    wizard::run(&context, Start::Case(case), asking)
}

/// What every verb that shows something needs: a guide and a language.
struct Context {
    /// Left to the end of the process: to free its thousands of texts one by one costs a tenth of a
    /// short run.
    guide: ManuallyDrop<Guide>,
    lang: Lang,
    words: &'static Words,
    color: Color,
    /// The file of the guide, where it is not the one that ships.
    path: Option<PathBuf>,
    /// Where the guide is that of a follow-up: what it follows.
    follow_up: Option<FollowUp>,
}

impl Context {
    fn open(common: &Common) -> Result<Context> {
        let guide = match &common.guide {
            None => embedded::guide(),
            Some(path) => load(path)?,
        };
        let lang = match &common.lang {
            Some(tag) => language(&guide, tag, words(guide.tag(language_of_system(&guide))))?,
            None => language_of_system(&guide),
        };
        let words = words(guide.tag(lang));
        Ok(Context {
            guide: ManuallyDrop::new(guide),
            lang,
            words,
            color: common.color,
            path: common.guide.clone(),
            follow_up: None,
        })
    }

    /// The same for a follow-up on a saved walk over this guide.
    fn following(&self, parent: &Saved, walk: &Walk<'_>) -> Context {
        let prepared = parent.history.finished.as_ref();
        let prepared = prepared.and_then(|at| history::moment(at).ok());
        Context {
            guide: ManuallyDrop::new(follow_up::guide(walk)),
            path: self.path.clone(),
            follow_up: Some(FollowUp::on(&parent.id, walk, prepared)),
            ..*self
        }
    }

    /// The name of the walk that is followed up.
    fn parent(&self) -> Option<&str> {
        let follow_up = self.follow_up.as_ref();
        follow_up.map(|follow_up| follow_up.parent.as_str())
    }

    /// The ticket of a walk, as far as that has come.
    fn ticket(&self, walk: &Walk<'_>, lang: Lang) -> Ticket {
        match &self.follow_up {
            Some(follow_up) => follow_up.ticket(walk, lang),
            None => Ticket::of(walk, lang),
        }
    }

    /// A command line over the same guide in the same language, to be copied into a shell.
    fn command(&self, what: &str) -> String {
        let mut command = format!("okx-verify-help {what}");
        if let Some(path) = &self.path {
            let mut path = path.display().to_string();
            if path.starts_with('-') {
                path.insert_str(0, "./");
            }
            let plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
            let quoted = if path.chars().all(plain) {
                path
            } else {
                format!("'{}'", path.replace('\'', r"'\''"))
            };
            command = format!("{command} --guide {quoted}");
        }
        format!("{command} --lang {}", self.guide.tag(self.lang))
    }

    /// That the guide is not the program's own, where it is not. No guide can leave that out.
    fn foreign(&self) -> Option<String> {
        self.guide.file().map(|file| self.words.foreign(file))
    }

    /// The command line that starts a case, or the follow-up.
    fn command_for(&self, case: CaseId) -> String {
        if let Some(parent) = self.parent() {
            return self.command(&format!("ticket --follow-up {parent}"));
        }
        self.command(&format!("--case {}", self.guide.cases[case].id))
    }

    fn case_ids(&self) -> String {
        self.guide
            .cases
            .iter()
            .map(|c| c.id.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn case(&self, id: &str) -> Result<CaseId> {
        self.guide.case(id).ok_or_else(|| {
            let near = crate::text::nearest(id, self.guide.cases.iter().map(|c| c.id.as_str()));
            Failure::usage(self.words.no_such_case(id, near, &self.case_ids()))
        })
    }
}

/// The language of a guide that the system asks for, or the guide's first.
fn language_of_system(guide: &Guide) -> Lang {
    locale::tags()
        .find_map(|tag| guide.language(&tag))
        .unwrap_or(Lang::FIRST)
}

/// The language of a guide that a tag on the command line names.
fn language(guide: &Guide, tag: &str, words: &Words) -> Result<Lang> {
    guide
        .language(tag)
        .ok_or_else(|| Failure::usage(words.no_such_language(tag, guide.languages.join(", "))))
}

/// Reads and checks a guide file.
fn load(path: &Path) -> Result<Guide> {
    prove(path).map(|(guide, _)| guide)
}

/// Reads and checks a guide file, and says what was proven about it. A copy of the guide that ships
/// is that guide; what only has its id is refused.
fn prove(path: &Path) -> Result<(Guide, Proof)> {
    let name = path.display().to_string();
    let bytes = read(path, crate::guide::MAX_BYTES as u64)
        .map_err(|what| Failure::failed(format!("{name}: this guide cannot be read: {what}")))?;
    let own = embedded::guide();
    let is_own = bytes == embedded::SOURCE.as_bytes();
    let reserved = [own.id.as_str()];
    let reserved: &[&str] = if is_own { &[] } else { &reserved };
    let (guide, proof) = Guide::prove_foreign(&name, &bytes, reserved)
        .map_err(|refused| Failure::failed(format!("this guide cannot be used\n{refused}")))?;
    Ok((if is_own { own } else { guide }, proof))
}

/// The bytes of a file, and one more if it has more than `most`: that is enough to know it.
fn read(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let file = std::fs::File::open(path).map_err(|e| e.to_string())?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err("it is a folder; give the path of a TOML file".into());
    }
    let mut bytes = Vec::new();
    let mut some = file.take(most + 1);
    some.read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    Ok(bytes)
}
