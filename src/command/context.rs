//! What every verb that shows something needs: a guide, a language, the world around.

use super::files::load;
use crate::cli::{Color, Options};
use crate::clock::Clock;
use crate::embedded;
use crate::error::{Error, Result};
use crate::follow_up::{self, FollowUp};
use crate::guide::{CaseId, Guide, Lang, Source};
use crate::locale;
use crate::moment::Moment;
use crate::recognize::Candidate;
use crate::store::{SavedWalk, Store, StoreError};
use crate::terminal::Terminal;
use crate::ticket::Ticket;
use crate::walk::Walk;
use crate::words::{Words, words};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

/// What the program finds around it. A test brings its own.
#[derive(Debug, Clone)]
pub struct Around {
    /// What the streams are.
    pub terminal: Terminal,
    /// Where the time comes from.
    pub clock: Clock,
    /// Where walks are saved; nothing where no folder is known.
    pub store: Option<Store>,
}

impl Around {
    /// What is around this process.
    #[must_use]
    pub fn of_process() -> Around {
        Around {
            terminal: Terminal::of_process(),
            clock: Clock::of_system(),
            store: Store::open().ok(),
        }
    }
}

/// A guide in a language, with what is around it.
pub struct Context {
    /// Never freed: to free its thousands of texts one by one takes a tenth of a short run.
    pub guide: ManuallyDrop<Guide>,
    /// The language that the program speaks.
    pub lang: Lang,
    /// Its own words in that language.
    pub words: &'static Words,
    /// When questions have colors.
    pub color: Color,
    /// The file of the guide, where it is not the one that ships.
    path: Option<PathBuf>,
    /// Where the guide is that of a follow-up: what it follows.
    follow_up: Option<FollowUp>,
    /// What the program finds around it.
    pub around: Around,
}

impl Context {
    /// The context that the options ask for.
    ///
    /// # Errors
    /// When the guide cannot be used or has no such language.
    pub fn open(options: &Options, around: Around) -> Result<Context> {
        let guide = match &options.guide {
            None => embedded::guide(),
            Some(path) => load(path, options.budget())?,
        };
        Context::with(guide, options, around)
    }

    /// The same with a guide that was read already.
    ///
    /// # Errors
    /// When the guide does not have the language that the options name.
    pub fn with(guide: Guide, options: &Options, around: Around) -> Result<Context> {
        let lang = match &options.lang {
            Some(tag) => language(&guide, tag, words(guide.tag(language_of_system(&guide))))?,
            None => language_of_system(&guide),
        };
        let words = words(guide.tag(lang));
        Ok(Context {
            guide: ManuallyDrop::new(guide),
            lang,
            words,
            color: options.color,
            path: options.guide.clone(),
            follow_up: None,
            around,
        })
    }

    /// The same for a follow-up on a saved walk over this guide.
    #[must_use]
    pub fn following(&self, parent: &SavedWalk, walk: &Walk<'_>) -> Context {
        Context {
            guide: ManuallyDrop::new(follow_up::guide(walk)),
            path: self.path.clone(),
            follow_up: Some(FollowUp::on(&parent.id, walk, parent.summary.finished)),
            around: self.around.clone(),
            ..*self
        }
    }

    /// The name of the walk that is followed up.
    pub fn parent(&self) -> Option<&str> {
        let follow_up = self.follow_up.as_ref();
        follow_up.map(|follow_up| follow_up.parent.as_str())
    }

    /// The ticket of a walk, as far as that has come.
    pub fn ticket(&self, walk: &Walk<'_>, lang: Lang) -> Ticket {
        match &self.follow_up {
            Some(follow_up) => follow_up.ticket(walk, lang),
            None => Ticket::of(walk, lang),
        }
    }

    /// A command line over the same guide in the same language, to be copied into a shell.
    pub fn command(&self, what: &str) -> String {
        self.command_over(self.path.as_deref(), what)
    }

    /// The same over another guide, or over the one that ships.
    pub fn command_over(&self, guide: Option<&Path>, what: &str) -> String {
        let mut command = format!("okx-verify-help {what}");
        if let Some(path) = guide {
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
    pub fn foreign(&self) -> Option<String> {
        self.guide.file().map(|file| self.words.foreign(file))
    }

    /// The command line that starts a case, or the follow-up.
    pub fn command_for(&self, case: CaseId) -> String {
        if let Some(parent) = self.parent() {
            return self.command(&format!("ticket --follow-up {parent}"));
        }
        self.command(&format!("--case {}", self.guide.cases[case].id))
    }

    /// The languages that the ticket is printed in, one after the other.
    ///
    /// # Errors
    /// When the guide does not have one of them.
    pub fn ticket_langs(&self, options: &Options) -> Result<Vec<Lang>> {
        let tags = options.ticket_lang.iter();
        let langs: Vec<Lang> = tags
            .map(|tag| language(&self.guide, tag, self.words))
            .collect::<Result<_>>()?;
        Ok(if langs.is_empty() {
            vec![self.lang]
        } else {
            langs
        })
    }

    /// The time.
    pub fn now(&self) -> Moment {
        self.around.clock.now()
    }

    /// The folder of saved walks.
    ///
    /// # Errors
    /// [`StoreError::NoHome`].
    pub fn store(&self) -> Result<Store, StoreError> {
        self.around.store.clone().ok_or(StoreError::NoHome)
    }

    /// What can be run where nobody can be asked.
    pub fn no_terminal(&self) -> String {
        self.words.no_terminal(
            self.command_for(CaseId::FIRST),
            self.command("--checklist"),
            self.command("--plain"),
            self.case_ids(),
        )
    }

    /// A source by its title, with how far it can be trusted today.
    pub fn cited(&self, source: &Source) -> String {
        let today = Some(self.around.clock.today());
        let trust = self.words.trust_in(&self.guide, self.lang, source, today);
        let title = source.title.get(self.lang);
        format!("{title}{}", self.words.aside(trust))
    }

    /// A case, or an answer to its first question, as a line of a menu.
    pub fn label(&self, candidate: &Candidate) -> String {
        let case = self.guide.cases[candidate.case].label.get(self.lang);
        let answer = candidate.answer.and_then(|(step, n)| {
            let label = self.guide.at(step).choices[n].label.own()?;
            Some(label.get(self.lang))
        });
        let answer = answer.map(|answer| format!("{}{answer}", self.words.colon));
        format!("{case}{}", answer.unwrap_or_default())
    }

    /// The ids of all cases.
    pub fn case_ids(&self) -> String {
        self.guide
            .cases
            .iter()
            .map(|c| c.id.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The case with this id.
    ///
    /// # Errors
    /// When there is none; the nearest is named.
    pub fn case(&self, id: &str) -> Result<CaseId> {
        self.guide.case(id).ok_or_else(|| {
            let near = crate::text::nearest(id, self.guide.cases.iter().map(|c| c.id.as_str()));
            let error = Error::usage(self.words.no_such_case(id, near, &self.case_ids()));
            match near {
                Some(near) => error.hint(self.command(&format!("--case {near}"))),
                None => error,
            }
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
        .ok_or_else(|| Error::usage(words.no_such_language(tag, guide.languages.join(", "))))
}
