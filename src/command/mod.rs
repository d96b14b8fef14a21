//! What each verb does. One verb a file.

mod checklist;
mod guide;
mod guide_test;
mod redact;
mod wizard;

use crate::cli::{Cli, Color, Common, GuideVerb, Verb};
use crate::guide::rules::Proof;
use crate::guide::{Guide, Lang};
use crate::report::Failure;
use crate::words::{Words, words};
use crate::{embedded, locale};
use anyhow::Result;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

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
        Some(Verb::Redact { check }) => {
            redact::run(check, locale::tags().next().as_deref().unwrap_or("en"))
        }
        None => walk(&cli.walk),
    }
}

/// Decides who gets what: the wizard at a terminal, the checklist where a case is named and there
/// is none, and a message where nothing can be asked.
fn walk(options: &crate::cli::Walk) -> Result<()> {
    let context = Context::open(&options.common)?;
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
        return checklist::print(&context, case, options.format);
    }
    match case {
        _ if options.plain => wizard::run(&context, case, options),
        Some(_) if !asks || !answers => checklist::print(&context, case, options.format),
        None if !asks => Err(Failure::usage((context.words.no_terminal)(
            &context.guide.cases[0].id,
            &context.case_ids(),
        ))),
        _ => wizard::run(&context, case, options),
    }
}

/// What every verb that shows something needs: a guide and a language.
struct Context {
    guide: Guide,
    lang: Lang,
    words: &'static Words,
    color: Color,
    /// The file of the guide, where it is not the one that ships.
    path: Option<PathBuf>,
}

impl Context {
    fn open(common: &Common) -> Result<Context> {
        let guide = match &common.guide {
            None => embedded::guide(),
            Some(path) => load(path)?,
        };
        let lang = match &common.lang {
            Some(tag) => language(&guide, tag)?,
            None => language_of_system(&guide),
        };
        let words = words(guide.tag(lang));
        Ok(Context {
            guide,
            lang,
            words,
            color: common.color,
            path: common.guide.clone(),
        })
    }

    /// The command line that starts a case again, to be copied into a shell.
    fn command(&self, case: u32) -> String {
        let mut command = String::from("okx-verify-help");
        if let Some(path) = &self.path {
            let path = path.display().to_string();
            let plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
            let quoted = if path.chars().all(plain) {
                path
            } else {
                format!("'{}'", path.replace('\'', r"'\''"))
            };
            command = format!("{command} --guide {quoted}");
        }
        let case = &self.guide.cases[case as usize].id;
        command + &format!(" --case {case} --lang {}", self.guide.tag(self.lang))
    }

    fn case_ids(&self) -> String {
        self.guide
            .cases
            .iter()
            .map(|c| c.id.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn case(&self, id: &str) -> Result<u32> {
        self.guide.case(id).ok_or_else(|| {
            let near = crate::text::nearest(id, self.guide.cases.iter().map(|c| c.id.as_str()));
            Failure::usage((self.words.no_such_case)(id, near, &self.case_ids()))
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
fn language(guide: &Guide, tag: &str) -> Result<Lang> {
    guide.language(tag).ok_or_else(|| {
        let words = words(guide.tag(language_of_system(guide)));
        Failure::usage((words.no_such_language)(tag, &guide.languages.join(", ")))
    })
}

/// Reads and checks a guide file.
fn load(path: &Path) -> Result<Guide> {
    prove(path).map(|(guide, _)| guide)
}

/// Reads and checks a guide file, and says what was proven about it.
fn prove(path: &Path) -> Result<(Guide, Proof)> {
    let name = path.display().to_string();
    let fail = |what: String| Failure::failed(format!("{name}: {what}"));
    let file =
        std::fs::File::open(path).map_err(|e| fail(format!("cannot open this guide: {e}")))?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(fail(
            "this is a folder; give the path of a guide, a TOML file".into(),
        ));
    }
    // One byte more than a guide may have is enough to know that it has too many.
    let mut bytes = Vec::new();
    file.take(crate::guide::MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| fail(format!("cannot read this guide: {e}")))?;
    Guide::prove(&name, &bytes)
        .map_err(|refused| Failure::failed(format!("this guide cannot be used\n{refused}")))
}
