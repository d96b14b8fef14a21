//! The end of a walk.

use super::{Turn, Wizard};
use crate::cli::Options;
use crate::command::tickets::rendered;
use crate::doc::text;
use crate::error::Result;
use crate::front::clipboard;
use crate::front::{Command, Input, Preset, Prompt, Reply, Tone};
use crate::guide::{Lang, Outcome, Text, Verdict};
use crate::report;
use crate::ticket::Ticket;
use crate::walk::Walk;

/// What can be done at the end.
#[derive(Debug, Clone, Copy)]
enum Act {
    Copy,
    Save,
    Read,
    In(Lang),
    Short,
    Whole,
    Keep,
    Back,
    Cases,
    Finish,
}

/// The rows below an outcome that a menu needs, and more than what is said at the end takes.
const ROWS_BELOW: usize = 6;

impl Wizard<'_> {
    /// Shows the outcome and lets the user do something with it and with its ticket. Where nobody
    /// can be asked, everything is shown at once.
    pub(super) fn conclude(&mut self, walk: &mut Walk<'_>, outcome: &Outcome) -> Result<Turn> {
        if self.terminal().stdin && self.terminal().stdout {
            return self.close(walk, outcome);
        }
        self.tell_verdict(walk, outcome, false)?;
        self.tell_more(walk, outcome)?;
        if outcome.request.is_some() {
            self.front.gap()?;
            let title = self.context.words.ticket;
            self.front.tell(Tone::Strong, "", title)?;
            self.show(walk, self.options.short)?;
        }
        self.front.gap()?;
        self.say_how_to_reopen(outcome)?;
        Ok(Turn::Leave)
    }

    /// What this comes to, and what to do now. Above a menu, no more steps than the window has room
    /// for: the verdict and the first of them must not scroll away.
    fn tell_verdict(&mut self, walk: &Walk<'_>, outcome: &Outcome, above_menu: bool) -> Result<()> {
        let top = self.front.mark();
        let context = self.context;
        let (words, lang) = (context.words, context.lang);
        let tone = match outcome.kind {
            Verdict::Solved => Tone::Solved,
            Verdict::Support => Tone::Support,
            Verdict::You | Verdict::Wait | Verdict::Result => Tone::Plain,
        };
        let heading = words.heading(&context.guide, lang, outcome.kind);
        if let Some(heading) = heading {
            self.front.tell(tone, "", heading)?;
        }
        let title = outcome.title.as_ref().map(|title| title.get(lang));
        if let Some(title) = title.filter(|title| Some(*title) != heading) {
            self.front.tell(Tone::Strong, "", title)?;
        }
        let said = walk.say(&outcome.say, lang);
        self.front.tell(Tone::Plain, "", &said)?;
        let next: Vec<&Text> = walk.lines(&outcome.next).collect();
        if !next.is_empty() {
            self.front.gap()?;
            self.front.tell(Tone::Strong, "", words.next)?;
            let all = next.len();
            let mut ends_early = above_menu && self.front.draws();
            for (n, text) in (1..).zip(next) {
                let before = self.front.mark();
                self.front
                    .tell(Tone::Plain, &format!("{n:>2}. "), &walk.say(text, lang))?;
                // An empty line follows, or a line that says that there is more.
                let below = ROWS_BELOW + 1 + usize::from(n < all);
                let fits = self.front.is_in_sight(top, below);
                if n == 1 {
                    ends_early &= fits;
                } else if ends_early && !fits {
                    self.front.take_back(before, top)?;
                    self.front.tell(Tone::Plain, "    ", words.more_to_do)?;
                    break;
                }
            }
        }
        Ok(())
    }

    /// What to keep in mind, and where all this comes from.
    fn tell_more(&mut self, walk: &Walk<'_>, outcome: &Outcome) -> Result<()> {
        let (words, lang) = (self.context.words, self.context.lang);
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

    /// The tickets in the languages that are wanted.
    fn tickets(&self, walk: &Walk<'_>) -> Vec<Ticket> {
        let langs = self.ticket_langs.iter();
        langs.map(|lang| self.context.ticket(walk, *lang)).collect()
    }

    /// The tickets as text, in at most so many columns.
    fn rendered(&self, walk: &Walk<'_>, short: bool, columns: usize) -> String {
        let options = Options {
            short,
            ..self.options.clone()
        };
        rendered(&self.tickets(walk), &options, columns)
    }

    /// Shows the ticket. Where a person reads both streams, it is shown on the page, folded to the
    /// window.
    fn show(&mut self, walk: &Walk<'_>, short: bool) -> Result<()> {
        if self.terminal().stdout && self.terminal().stderr {
            let ticket = self.rendered(walk, short, self.front.columns());
            for line in ticket.lines() {
                self.front.verbatim(Tone::Plain, line)?;
            }
        } else {
            let ticket = self.rendered(walk, short, text::COLUMNS);
            report::result_to(self.results, &ticket)?;
        }
        if self.tickets(walk).iter().any(Ticket::has_foreign_text) {
            self.front.gap()?;
            let stays = self.context.words.typed_stays;
            self.front.tell(Tone::Quiet, "", stays)?;
        }
        Ok(())
    }

    /// Shows the outcome and a menu below it, until the user finishes or goes elsewhere. The outcome
    /// stays in sight as far as there is room.
    fn close(&mut self, walk: &mut Walk<'_>, outcome: &Outcome) -> Result<Turn> {
        let words = self.context.words;
        let mut top = self.front.mark();
        self.front.hold();
        self.tell_verdict(walk, outcome, true)?;
        self.front.gap()?;
        let fits = self.front.is_in_sight(top, ROWS_BELOW);
        let mut end = self.front.mark();
        let mut short = self.options.short;
        loop {
            let choices = self.choices(walk, outcome, short);
            let reply = self
                .front
                .ask(&self.closing_prompt(&choices, outcome, top))?;
            self.front.gap()?;
            let act = match reply {
                Reply::One(place) => choices[place],
                Reply::Command(Command::Back) => Act::Back,
                Reply::Command(Command::Change) => return self.change(walk),
                Reply::Command(Command::Cases) if self.has_menu() => Act::Cases,
                Reply::Command(Command::Ticket) if outcome.request.is_some() => Act::Read,
                Reply::Command(Command::Leave) | Reply::End => Act::Finish,
                _ => Act::Keep,
            };
            if !matches!(act, Act::Finish | Act::Cases | Act::Back) {
                self.front.take_back(end, top)?;
            }
            // What was read stays above, where it can be scrolled to and selected.
            let reads = !matches!(act, Act::Copy | Act::Save) && self.front.draws();
            let said = match act {
                Act::Finish => break,
                Act::Cases => return Ok(Turn::Cases),
                Act::Back => {
                    walk.back();
                    self.save(walk)?;
                    return Ok(Turn::On);
                }
                Act::Copy => {
                    let ticket = self.rendered(walk, short, text::UNFOLDED);
                    words.was_copied(clipboard::copy(&ticket, self.terminal()))
                }
                Act::Save => {
                    let ticket = self.rendered(walk, short, text::UNFOLDED);
                    self.save_ticket(walk, &ticket, short)?
                        .into_iter()
                        .collect()
                }
                Act::Read | Act::In(_) | Act::Short | Act::Whole | Act::Keep => {
                    match act {
                        Act::In(lang) => self.ticket_langs = vec![lang],
                        Act::Short => short = true,
                        Act::Whole => short = false,
                        _ => {}
                    }
                    self.front.hold();
                    if matches!(act, Act::Keep) {
                        self.tell_verdict(walk, outcome, false)?;
                        self.tell_more(walk, outcome)?;
                    } else {
                        self.show(walk, short)?;
                    }
                    self.front.gap()?;
                    self.front.pause()?;
                    Vec::new()
                }
            };
            if reads || !self.front.take_back(end, top)? {
                if fits {
                    top = self.front.mark();
                    self.front.hold();
                    self.tell_verdict(walk, outcome, true)?;
                    self.front.gap()?;
                }
                end = self.front.mark();
            }
            self.front.hold();
            for line in &said {
                self.front.tell(Tone::Plain, "", line)?;
            }
            if !said.is_empty() {
                self.front.gap()?;
            }
        }
        self.front.take_back(end, top)?;
        let stays = self.front.is_in_sight(top, ROWS_BELOW);
        self.say_how_to_reopen(outcome)?;
        if !stays {
            // What to do is what the window shows last.
            self.front.gap()?;
            self.tell_verdict(walk, outcome, true)?;
        }
        Ok(Turn::Leave)
    }

    fn has_menu(&self) -> bool {
        self.context.guide.cases.len() > 1
    }

    /// The menu at the end. `top` is where the outcome begins.
    fn closing_prompt(&self, choices: &[Act], outcome: &Outcome, top: usize) -> Prompt {
        let words = self.context.words;
        let texts = &words.closing;
        let label = |act: &Act| match act {
            Act::Copy => texts.copy.to_owned(),
            Act::Save => texts.save.to_owned(),
            Act::Read => texts.read.to_owned(),
            Act::In(lang) => words.show_in(self.context.guide.tag(*lang)),
            Act::Short => texts.short.to_owned(),
            Act::Whole => texts.whole.to_owned(),
            Act::Keep => texts.keep.to_owned(),
            Act::Back => texts.back.to_owned(),
            Act::Cases => texts.cases.to_owned(),
            Act::Finish => texts.finish.to_owned(),
        };
        let input = Input::One {
            options: choices.iter().map(label).collect(),
            // An Enter that is held down must not end the program.
            preset: Preset::Nothing,
        };
        let is_alive = |command: &Command| match command {
            Command::Ticket => outcome.request.is_some(),
            Command::Cases => self.has_menu(),
            _ => true,
        };
        let commands = Command::ALL.into_iter().filter(is_alive);
        Prompt {
            below: Some(top),
            ..Prompt::new(words.what_after, input, commands)
        }
    }

    fn choices(&self, walk: &Walk<'_>, outcome: &Outcome, short: bool) -> Vec<Act> {
        let mut choices = Vec::new();
        if outcome.request.is_some() {
            choices.extend([Act::Copy, Act::Save, Act::Read]);
            let others = self.context.guide.langs();
            let others = others.filter(|lang| !self.ticket_langs.contains(lang));
            choices.extend(others.map(Act::In));
            if !short {
                choices.push(Act::Short);
            } else if !self.options.short {
                choices.push(Act::Whole);
            }
        }
        if walk.lines(&outcome.keep).next().is_some() || !outcome.sources.is_empty() {
            choices.push(Act::Keep);
        }
        choices.push(Act::Back);
        if self.has_menu() {
            choices.push(Act::Cases);
        }
        choices.push(Act::Finish);
        choices
    }

    /// Says how to come back to a walk that is saved.
    fn say_how_to_reopen(&mut self, outcome: &Outcome) -> Result<()> {
        let context = self.context;
        let Some(id) = self.autosave.saved() else {
            return Ok(());
        };
        let reopen = context.command(&format!("resume {id}"));
        let first = context.parent().unwrap_or(id);
        let follow_up = context.command(&format!("ticket --follow-up {first}"));
        if outcome.request.is_some() {
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
