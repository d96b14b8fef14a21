//! The end of a walk.

use super::{Turn, Wizard};
use crate::cli::Options;
use crate::command::tickets::rendered;
use crate::doc::text;
use crate::error::Result;
use crate::front::clipboard::{self, Copied};
use crate::front::{Command, Input, Preset, Prompt, Reply, Tone};
use crate::guide::{Lang, Outcome, Text, Verdict};
use crate::report;
use crate::ticket::Ticket;
use crate::walk::Walk;

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
    /// that. `reopened` says whether the walk had come here before.
    pub(super) fn conclude(
        &mut self,
        walk: &mut Walk<'_>,
        outcome: &Outcome,
        reopened: bool,
    ) -> Result<Turn> {
        self.tell_outcome(walk, outcome)?;
        let mut shown = String::new();
        if outcome.request.is_some() {
            self.front.gap()?;
            let title = self.context.words.ticket;
            self.front.tell(Tone::Strong, "", title)?;
            shown = self.show(walk, false)?;
        }
        let (has_ticket, can_choose) = (
            !shown.is_empty(),
            self.terminal().stdin && self.terminal().stdout,
        );
        self.front.gap()?;
        if can_choose && (has_ticket || reopened) {
            let turn = self.closing_menu(walk, shown)?;
            if matches!(turn, Turn::On) {
                return Ok(turn);
            }
        }
        self.say_how_to_reopen(has_ticket)?;
        Ok(Turn::Leave)
    }

    fn tell_outcome(&mut self, walk: &Walk<'_>, outcome: &Outcome) -> Result<()> {
        let context = self.context;
        let (words, lang) = (context.words, context.lang);
        if outcome.kind != Verdict::Solved {
            self.front
                .tell(Tone::Quiet, "", words.verdict(outcome.kind))?;
        }
        if let Some(title) = &outcome.title {
            self.front.tell(Tone::Strong, "", title.get(lang))?;
        }
        let said = walk.say(&outcome.say, lang);
        self.front.tell(Tone::Plain, "", &said)?;
        let next: Vec<&Text> = walk.lines(&outcome.next).collect();
        if !next.is_empty() {
            self.front.gap()?;
            self.front.tell(Tone::Strong, "", words.next)?;
            for (n, text) in (1..).zip(next) {
                self.front
                    .tell(Tone::Plain, &format!("{n:>2}. "), &walk.say(text, lang))?;
            }
        }
        let keep: Vec<&Text> = walk.lines(&outcome.keep).collect();
        if !keep.is_empty() {
            self.front.gap()?;
            self.front.tell(Tone::Strong, "", words.keep)?;
            for text in keep {
                self.front
                    .tell(Tone::Plain, "  - ", &walk.say(text, lang))?;
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
    /// a person reads both streams, it is shown on the page, folded to the window.
    fn show(&mut self, walk: &Walk<'_>, short: bool) -> Result<String> {
        let options = Options {
            short: short || self.options.short,
            ..self.options.clone()
        };
        let tickets = self.ticket_langs.iter();
        let tickets: Vec<Ticket> = tickets
            .map(|lang| self.context.ticket(walk, *lang))
            .collect();
        let all = |columns| rendered(&tickets, &options, columns);
        let shown = all(text::COLUMNS);
        if self.terminal().stdout && self.terminal().stderr {
            for line in all(self.front.columns()).lines() {
                self.front.verbatim(Tone::Plain, line)?;
            }
        } else {
            report::result_to(self.results, &shown)?;
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
    fn closing_menu(&mut self, walk: &mut Walk<'_>, mut shown: String) -> Result<Turn> {
        let words = self.context.words;
        let has_ticket = !shown.is_empty();
        let mut short = self.options.short;
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
            let reply = self.front.ask(&Prompt::new(
                question,
                input,
                [Command::Back, Command::Change, Command::Leave],
            ))?;
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
                    self.save(walk)?;
                    return Ok(Turn::On);
                }
                Act::Copy => {
                    let said = match clipboard::copy(&shown, self.terminal()) {
                        Copied::By(tool) => words.copied(tool),
                        Copied::Handed => words.handed_over.to_owned(),
                        Copied::Not => words.not_copied.to_owned(),
                    };
                    self.front.tell(Tone::Plain, "", &said)?;
                }
                Act::Save => self.save_ticket(walk, &shown, short)?,
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
        } else if !self.options.short {
            choices.push(Act::Whole);
        }
        choices.push(Act::Back);
        choices
    }

    /// Says how to come back to a walk that is saved.
    fn say_how_to_reopen(&mut self, has_ticket: bool) -> Result<()> {
        let context = self.context;
        let Some(id) = self.autosave.saved() else {
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
