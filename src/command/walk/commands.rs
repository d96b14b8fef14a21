//! What can be done at a question instead of answering it.

use super::{Turn, Wizard};
use crate::answer::Entry;
use crate::doc::text;
use crate::error::{Error, Result};
use crate::front::{Command, Input, Preset, Prompt, Reply, Tone};
use crate::guide::{Label, Outcome, SourceId, Step};
use crate::walk::Walk;

impl Wizard<'_> {
    /// Does what the user asks for instead of answering.
    pub(super) fn command(
        &mut self,
        walk: &mut Walk<'_>,
        step: &Step,
        command: Command,
    ) -> Result<Turn> {
        let context = self.context;
        // A reason or a ticket may be longer than the window.
        self.front.hold();
        match command {
            Command::Why => self.why(step)?,
            // There is no other case to go to.
            Command::Back if walk.history().is_empty() && context.guide.cases.len() == 1 => {
                self.front.tell(Tone::Plain, "  ", context.words.no_back)?;
            }
            Command::Back if !walk.back() => {
                self.front.gap()?;
                return Ok(Turn::Cases);
            }
            Command::Back => {
                self.waiting = None;
                self.save(walk)?;
            }
            Command::Change => return self.change(walk),
            Command::Cases if context.guide.cases.len() > 1 => {
                self.front.gap()?;
                return Ok(Turn::Cases);
            }
            Command::Cases => {
                self.front.tell(Tone::Plain, "  ", context.words.no_cases)?;
            }
            // Where there are answers with words, the step has done it; a front end lists the
            // commands by itself.
            Command::Say | Command::Help => {}
            Command::Ticket if self.warn_if_leaking(walk)? => {}
            Command::Ticket => {
                let ticket = self.context.ticket(walk, self.context.lang);
                let columns = self.front.columns().min(text::COLUMNS);
                for line in text::text(&ticket.doc(), columns).lines() {
                    self.front.verbatim(Tone::Plain, line)?;
                }
                if walk.is_closing() && walk.heading_for().request.is_some() {
                    self.front.gap()?;
                    return self.offer_to_finish(walk);
                }
            }
            Command::Leave => return self.leave(walk),
        }
        self.front.gap()?;
        Ok(Turn::On)
    }

    /// Asks whether the ticket so far is enough; if so, leaves the rest of its questions out.
    fn offer_to_finish(&mut self, walk: &mut Walk<'_>) -> Result<Turn> {
        let words = self.context.words;
        let options = words.enough_choices.map(str::to_owned).to_vec();
        // An Enter too many must not end the questions.
        let preset = Preset::Cursor(0);
        let input = Input::One { options, preset };
        let prompt = Prompt::new(words.is_enough, input, [Command::Leave]);
        match self.front.ask(&prompt)? {
            Reply::One(1) if walk.leave_out_rest(self.context.now()) => self.save(walk)?,
            Reply::Command(Command::Leave) => return self.leave(walk),
            Reply::End => return self.end(walk),
            _ => {}
        }
        self.front.gap()?;
        Ok(Turn::On)
    }

    /// The reason for a step, and whose word it is.
    fn why(&mut self, step: &Step) -> Result<()> {
        let context = self.context;
        let (words, lang) = (context.words, context.lang);
        let why = step.why.as_ref().map_or(words.no_why, |why| why.get(lang));
        self.front.tell(Tone::Plain, "  ", why)?;
        self.sources(&step.sources)
    }

    pub(super) fn sources(&mut self, sources: &[SourceId]) -> Result<()> {
        let context = self.context;
        for source in sources {
            let source = &context.guide.sources[*source];
            let cited = context.cited(source);
            self.front.tell(Tone::Quiet, "  - ", &cited)?;
            if let Some(url) = &source.url {
                self.front.verbatim(Tone::Quiet, &format!("    {url}"))?;
            }
        }
        Ok(())
    }

    /// Says how to take the walk up again.
    pub(super) fn leave(&mut self, walk: &Walk<'_>) -> Result<Turn> {
        if self.autosave.is_gone() {
            self.save(walk)?;
        }
        let [said, command] = self.how_to_resume(walk);
        self.front.tell(Tone::Plain, "", &said)?;
        self.front.verbatim(Tone::Plain, &command)?;
        Ok(Turn::Leave)
    }

    /// Lets the user choose the answer to change; the walk goes back to it.
    pub(super) fn change(&mut self, walk: &mut Walk<'_>) -> Result<Turn> {
        let context = self.context;
        if walk.history().is_empty() {
            self.front.tell(Tone::Plain, "  ", context.words.no_back)?;
            return Ok(Turn::On);
        }
        let options = walk.history().iter().map(|entry| {
            let step = context.guide.at(entry.step);
            format!(
                "{}{}{}",
                step.name().get(context.lang),
                context.words.colon,
                self.in_words(step, entry)
            )
        });
        let input = Input::One {
            options: options.collect(),
            preset: Preset::Cursor(0),
        };
        match self.front.ask(&Prompt::new(
            context.words.which_answer,
            input,
            [Command::Back, Command::Leave],
        ))? {
            Reply::One(n) => {
                walk.change(n);
                self.waiting = None;
                self.save(walk)?;
            }
            Reply::Command(Command::Leave) => return self.leave(walk),
            Reply::End => return self.end(walk),
            _ => {}
        }
        self.front.gap()?;
        Ok(Turn::On)
    }

    /// An answer in words.
    fn in_words(&self, step: &Step, entry: &Entry) -> String {
        let words = self.context.words;
        if let Some(value) = entry.answer.value() {
            let tag = self.context.guide.tag(self.context.lang);
            return value.in_language(tag).to_string();
        }
        let chosen = step.chosen(entry.answer.chosen());
        let labels = chosen.map(|choice| match &choice.label {
            Label::Own(label) => label.get(self.context.lang),
            Label::Standing(standing) => words.standing(standing.id()),
        });
        let labels: Vec<&str> = labels.collect();
        if labels.is_empty() {
            words.none[0].to_owned()
        } else {
            labels.join(words.semicolon)
        }
    }

    /// There is nothing more to read: that is leaving, if nothing is lost by it.
    pub(super) fn end(&mut self, walk: &Walk<'_>) -> Result<Turn> {
        if self.autosave.saved().is_none() {
            return Err(Error::failed(self.context.words.input_ended));
        }
        self.leave(walk)
    }

    /// Whether the ticket of an outcome would still hold a secret. Then the walk goes back to what
    /// was typed first, and all of that is asked again.
    pub(super) fn block_if_leaking(
        &mut self,
        walk: &mut Walk<'_>,
        outcome: &Outcome,
    ) -> Result<bool> {
        let typed = walk
            .history()
            .iter()
            .position(|entry| entry.answer.value().is_some());
        let Some(typed) = typed.filter(|_| outcome.request.is_some()) else {
            return Ok(false);
        };
        if !self.warn_if_leaking(walk)? {
            return Ok(false);
        }
        self.front.gap()?;
        while walk.history().len() > typed {
            walk.back();
        }
        Ok(true)
    }

    /// Whether the ticket so far would show a secret in any language. If so, says it.
    fn warn_if_leaking(&mut self, walk: &Walk<'_>) -> Result<bool> {
        let context = self.context;
        let leaks = |lang| context.ticket(walk, lang).leaks();
        let found = context.guide.langs().map(leaks).find(|l| !l.is_empty());
        let Some(found) = found else {
            return Ok(false);
        };
        let kinds = found.names(context.guide.tag(context.lang), context.words.comma);
        self.front
            .tell(Tone::Plain, "", &context.words.leaks(&kinds))?;
        Ok(true)
    }
}
