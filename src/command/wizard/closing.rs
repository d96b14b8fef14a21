//! The end of a walk: its outcome, its ticket, and what becomes of that.

use super::{Turn, Wizard, rendered};
use crate::cli::{Format, Printing};
use crate::doc::text;
use crate::front::clipboard::{self, Copied};
use crate::front::{Command, Input, Preset, Prompt, Reply, Tone};
use crate::guide::{Lang, Outcome, Verdict};
use crate::moment::Moment;
use crate::redact;
use crate::report;
use crate::session::Trouble;
use crate::ticket::Ticket;
use crate::walk::Walk;
use anyhow::Result;
use std::convert::Infallible;
use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// What can be done with a ticket.
#[derive(Debug, Clone, Copy)]
enum Act {
    Finish,
    Copy,
    Save,
    In(Lang),
    Short,
    Whole,
    Back,
}

impl Wizard<'_> {
    /// Shows the outcome and, if it ends in one, the ticket, and lets the user do something with
    /// that. `reopened` says that the walk had come here before.
    pub(super) fn conclude(
        &mut self,
        walk: &mut Walk<'_>,
        outcome: &Outcome,
        reopened: bool,
    ) -> Result<Turn> {
        self.tell_outcome(outcome)?;
        let mut shown = String::new();
        if outcome.request.is_some() {
            self.front.gap()?;
            let title = self.context.words.ticket;
            self.front.tell(Tone::Strong, "", title)?;
            shown = self.show(walk, false)?;
        }
        let (has_ticket, can_choose) = (!shown.is_empty(), self.asks && io::stdout().is_terminal());
        self.front.gap()?;
        if can_choose && (has_ticket || reopened) {
            let turn = self.dispose(walk, shown)?;
            if matches!(turn, Turn::On) {
                return Ok(turn);
            }
        }
        self.say_how_to_reopen(has_ticket)?;
        Ok(Turn::Leave)
    }

    fn tell_outcome(&mut self, outcome: &Outcome) -> Result<()> {
        let context = self.context;
        let (words, lang) = (context.words, context.lang);
        if outcome.kind != Verdict::Solved {
            self.front
                .tell(Tone::Quiet, "", words.verdict(outcome.kind))?;
        }
        if let Some(title) = &outcome.title {
            self.front.tell(Tone::Strong, "", title.get(lang))?;
        }
        self.front.tell(Tone::Plain, "", outcome.say.get(lang))?;
        if !outcome.next.is_empty() {
            self.front.gap()?;
            self.front.tell(Tone::Strong, "", words.next)?;
            for (n, text) in (1..).zip(&outcome.next) {
                self.front
                    .tell(Tone::Plain, &format!("{n:>2}. "), text.get(lang))?;
            }
        }
        if !outcome.keep.is_empty() {
            self.front.gap()?;
            self.front.tell(Tone::Strong, "", words.keep)?;
            for text in &outcome.keep {
                self.front.tell(Tone::Plain, "  - ", text.get(lang))?;
            }
        }
        if !outcome.sources.is_empty() {
            self.front.gap()?;
            self.front.tell(Tone::Quiet, "", words.sources)?;
            self.sources(&outcome.sources)?;
        }
        Ok(())
    }

    /// Shows the ticket in the languages that are wanted, and returns it as it goes elsewhere. Where
    /// a person reads both streams it stands on the page, folded to the window.
    fn show(&mut self, walk: &Walk<'_>, short: bool) -> Result<String> {
        let printing = Printing {
            short: short || self.printing.short,
            ..self.printing.clone()
        };
        let tickets = self.ticket_langs.iter();
        let tickets: Vec<Ticket> = tickets
            .map(|lang| self.context.ticket(walk, *lang))
            .collect();
        let all = |columns| rendered(&tickets, &printing, columns);
        let shown = all(text::COLUMNS);
        if io::stdout().is_terminal() && io::stderr().is_terminal() {
            for line in all(self.front.columns()).lines() {
                self.front.verbatim(Tone::Plain, line)?;
            }
        } else {
            report::result(&shown)?;
        }
        if tickets.iter().any(Ticket::has_foreign_text) {
            self.front.gap()?;
            let stays = self.context.words.typed_stays;
            self.front.tell(Tone::Quiet, "", stays)?;
        }
        Ok(shown)
    }

    /// Lets the user do something with the ticket that is shown; without one, take the last answer
    /// back. [`Turn::On`] if the walk goes on.
    fn dispose(&mut self, walk: &mut Walk<'_>, mut shown: String) -> Result<Turn> {
        let words = self.context.words;
        let has_ticket = !shown.is_empty();
        let mut short = self.printing.short;
        loop {
            let choices = self.choices(has_ticket, short);
            let label = |act: &Act| match act {
                Act::Finish => words.ticket_choices.finish.to_owned(),
                Act::Copy => words.ticket_choices.copy.to_owned(),
                Act::Save => words.ticket_choices.save.to_owned(),
                Act::In(lang) => words.show_in(self.context.guide.tag(*lang)),
                Act::Short => words.ticket_choices.short.to_owned(),
                Act::Whole => words.ticket_choices.whole.to_owned(),
                Act::Back => words.ticket_choices.back.to_owned(),
            };
            let input = Input::One {
                options: choices.iter().map(label).collect(),
                // An Enter that is held down must not end the program.
                preset: Preset::Nothing,
            };
            let question = if has_ticket {
                words.what_with_ticket
            } else {
                words.what_after
            };
            let reply = self.front.ask(&Prompt::new(question, input))?;
            self.front.gap()?;
            let act = match reply {
                Reply::One(place) => choices[place],
                Reply::Command(Command::Back) => Act::Back,
                Reply::Command(Command::Change) => return self.change(walk),
                Reply::Command(Command::Leave) | Reply::End => Act::Finish,
                Reply::Command(Command::Ticket) if has_ticket => {
                    self.show(walk, short)?;
                    self.front.gap()?;
                    continue;
                }
                _ => {
                    self.front.tell(Tone::Plain, "  ", words.no_why)?;
                    self.front.gap()?;
                    continue;
                }
            };
            match act {
                Act::Finish => return Ok(Turn::Leave),
                Act::Back => {
                    walk.back();
                    self.keep(walk)?;
                    return Ok(Turn::On);
                }
                Act::Copy => {
                    let said = match clipboard::copy(&shown) {
                        Copied::By(tool) => words.copied(tool),
                        Copied::Handed => words.handed_over.to_owned(),
                        Copied::Not => words.not_copied.to_owned(),
                    };
                    self.front.tell(Tone::Plain, "", &said)?;
                }
                Act::Save => self.save(walk, &shown, short)?,
                Act::In(lang) => {
                    self.ticket_langs = vec![lang];
                    shown = self.show(walk, short)?;
                }
                Act::Short | Act::Whole => {
                    short = matches!(act, Act::Short);
                    shown = self.show(walk, short)?;
                }
            }
            self.front.gap()?;
        }
    }

    fn choices(&self, has_ticket: bool, short: bool) -> Vec<Act> {
        if !has_ticket {
            return vec![Act::Finish, Act::Back];
        }
        let others = self.context.guide.langs();
        let others = others.filter(|lang| !self.ticket_langs.contains(lang));
        let mut choices = vec![Act::Finish, Act::Copy, Act::Save];
        choices.extend(others.map(Act::In));
        if !short {
            choices.push(Act::Short);
        } else if !self.printing.short {
            choices.push(Act::Whole);
        }
        choices.push(Act::Back);
        choices
    }

    /// Asks for a file and writes the ticket there, over none that the user does not give up.
    fn save(&mut self, walk: &Walk<'_>, ticket: &str, short: bool) -> Result<()> {
        let words = self.context.words;
        let case = &self.context.guide.cases[walk.case()].id;
        let ending = if short { "txt" } else { ending(self.printing) };
        let own = format!("okx-ticket-{case}-{}.{ending}", Moment::now().in_digits());
        let mut name = own.clone();
        loop {
            let input = Input::Typed {
                default: Some(name.clone()),
                most: usize::MAX,
                field: None,
            };
            let typed = match self.front.ask(&Prompt::new(words.which_file, input))? {
                Reply::Typed(typed) if !typed.is_empty() => typed,
                _ => return Ok(()),
            };
            // A path, which is judged below.
            let Ok(typed) = typed.in_form(|path| Ok::<_, Infallible>(path.to_owned()));
            // It is about to be shown, and to stand in a folder. The folders are there already.
            let file = typed.rsplit(['/', '\\']).next().unwrap_or_default();
            let is_meant = |kind: redact::Kind| !kind.is_shortened() && kind != redact::Kind::Token;
            let secrets = redact::scan(file).of(is_meant);
            if *typed != *own && !secrets.is_empty() {
                let tag = self.context.guide.tag(self.context.lang);
                let kinds = secrets.names(tag, words.comma);
                self.front
                    .tell(Tone::Plain, "  ", &words.secret_name(&kinds))?;
                continue;
            }
            name = typed.to_string();
            let mut path = with_home(&name);
            if path.is_dir() {
                path.push(&own);
            }
            let mut written = write(&path, ticket, false);
            if written
                .as_ref()
                .is_err_and(|e| e.kind() == ErrorKind::AlreadyExists)
                && path.is_file()
            {
                let input = Input::One {
                    options: words.file_choices.map(str::to_owned).to_vec(),
                    preset: Preset::Default(0),
                };
                let exists = words.file_exists(path.display().to_string());
                match self.front.ask(&Prompt::new(exists, input))? {
                    Reply::One(1) => written = write(&path, ticket, true),
                    Reply::One(_) => {
                        name.clone_from(&own);
                        continue;
                    }
                    _ => return Ok(()),
                }
            }
            let said = match written {
                Ok(()) => {
                    let path = std::path::absolute(&path).unwrap_or(path);
                    words.saved_to(path.display().to_string())
                }
                Err(error) => {
                    // What the file beside it was called says nothing to the user.
                    let error = io::Error::from(error.kind());
                    words.not_written(words.trouble(&Trouble::System { path, error }))
                }
            };
            return self.front.tell(Tone::Plain, "", &said);
        }
    }

    /// Says how to come back to a walk that is saved.
    fn say_how_to_reopen(&mut self, has_ticket: bool) -> Result<()> {
        let context = self.context;
        let Some(id) = self.keeper.saved() else {
            return Ok(());
        };
        let reopen = context.command(&format!("resume {id}"));
        let first = context.parent().unwrap_or(id);
        let follow_up = context.command(&format!("ticket --follow-up {first}"));
        if has_ticket {
            let how = context.words.how_to_follow_up;
            self.front.tell(Tone::Quiet, "", how)?;
            self.front
                .verbatim(Tone::Quiet, &format!("  {follow_up}"))?;
        }
        let how = context.words.how_to_reopen;
        self.front.tell(Tone::Quiet, "", how)?;
        self.front.verbatim(Tone::Quiet, &format!("  {reopen}"))
    }
}

fn ending(printing: &Printing) -> &'static str {
    match printing.format {
        Format::Text => "txt",
        Format::Markdown => "md",
        Format::Json => "json",
    }
}

/// A path as a shell would read it: `~` is the user's home, also as Chinese input methods type it.
fn with_home(path: &str) -> PathBuf {
    let below = path
        .strip_prefix(['~', '～'])
        .map(|rest| rest.replace('／', "/"));
    let below = below.filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let home = below.zip(env::home_dir());
    home.map_or_else(
        || path.into(),
        |(rest, home)| home.join(rest.trim_start_matches('/')),
    )
}

/// Writes a file that only the user can read, whole or not at all.
fn write(path: &Path, text: &str, replace: bool) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    let written = if replace {
        file.persist(path)
    } else {
        file.persist_noclobber(path)
    };
    written.map(drop).map_err(|refused| refused.error)
}
