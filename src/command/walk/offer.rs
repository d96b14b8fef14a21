//! How a walk begins: with a saved walk, or with the choice of a case.

use super::{Case, Turn, Wizard};
use crate::command::pick::{self, TakenUp};
use crate::error::{Error, Result};
use crate::front::{Command, Input, Preset, Prompt, Reply, Tone};
use crate::guide::CaseId;
use crate::history;
use crate::redact::Raw;
use crate::store::SavedWalk;
use crate::walk::Walk;

/// The most walks that are offered to go on with.
const OFFERED: usize = 4;

/// What came of the offer to go on with a walk.
pub(super) enum Offer<'a> {
    GoOn(Walk<'a>),
    New,
    Leave,
}

impl<'a> Wizard<'a> {
    /// The walk to begin with: a saved one, if the user wants to go on with it. Nothing, if the
    /// user leaves.
    pub(super) fn begin(&mut self, case: Option<CaseId>) -> Result<Option<Walk<'a>>> {
        match self.offer(case)? {
            Offer::GoOn(walk) => Ok(Some(walk)),
            Offer::New => self.start(case),
            Offer::Leave => Ok(None),
        }
    }

    /// The start of a case; of the one that the user chooses, if none is named. Nothing, if the user
    /// leaves.
    pub(super) fn start(&mut self, case: Option<CaseId>) -> Result<Option<Walk<'a>>> {
        let case = match case {
            Some(case) => Some(case),
            None => match self.choose_case(false)? {
                Case::This(case) => Some(case),
                Case::Meant(candidate) => return self.take(candidate).map(Some),
                Case::Back | Case::Leave => None,
            },
        };
        Ok(case.map(|case| Walk::start(&self.context.guide, case)))
    }

    /// Offers the walks that were left half-way, where there are any and somebody can be asked.
    fn offer(&mut self, case: Option<CaseId>) -> Result<Offer<'a>> {
        let context = self.context;
        let words = context.words;
        let asks = self.terminal().stdin;
        let Some(store) = self.autosave.folder().filter(|_| asks).cloned() else {
            return Ok(Offer::New);
        };
        let now = context.now();
        // What cannot be read cannot be offered; whether it can be saved shows soon enough.
        let Ok(listing) = store.list() else {
            return Ok(Offer::New);
        };
        for message in pick::news(words, &listing) {
            self.front.tell(Tone::Plain, "", &message)?;
            self.front.gap()?;
        }
        let mut walks = listing.walks;
        walks.retain(|walk| {
            let summary = &walk.summary;
            let same = |case| context.guide.case(&summary.case) == Some(case);
            pick::is_about(walk, &context.guide)
                && summary.follows.as_deref() == context.parent()
                && summary.finished.is_none()
                && summary.answers + summary.more > 0
                && case.is_none_or(same)
        });
        walks.truncate(OFFERED);
        while !walks.is_empty() {
            let label = |walk: &SavedWalk| {
                let ago = now.minutes_since(walk.last);
                let label = context.guide.case(&walk.summary.case);
                let label = label.map(|case| &context.guide.cases[case].label);
                let label = label.map_or("", |label| label.get(context.lang));
                words.a_walk(label, walk.summary.answers, ago)
            };
            let options = walks.iter().map(label).chain([words.anew.to_owned()]);
            let input = Input::One {
                options: options.collect(),
                preset: Preset::Cursor(0),
            };
            let reply = self
                .front
                .ask(&Prompt::new(words.which_walk, input, [Command::Leave]))?;
            self.front.gap()?;
            let place = match reply {
                Reply::One(place) if place < walks.len() => place,
                Reply::One(_) => break,
                reply => match self.reject_command(&reply)? {
                    Turn::Leave => return Ok(Offer::Leave),
                    _ => continue,
                },
            };
            let saved = walks.remove(place);
            match pick::take_up(context, &store, &saved) {
                Ok(taken) => {
                    let walk = self.go_on(taken)?;
                    return Ok(Offer::GoOn(walk));
                }
                Err(trouble) => {
                    let cannot = words.cannot_open(&saved.id, words.trouble(&trouble));
                    self.front.tell(Tone::Plain, "", &cannot)?;
                    self.front.gap()?;
                }
            }
        }
        Ok(Offer::New)
    }

    /// Goes on with a saved walk, and says what became of it.
    pub(super) fn go_on(&mut self, taken: TakenUp<'a>) -> Result<Walk<'a>> {
        let context = self.context;
        let TakenUp {
            locked,
            walk,
            waiting,
            dropped,
        } = taken;
        let case = &context.guide.cases[walk.start_case()];
        let answers = walk.history().len();
        let going_on = context
            .words
            .going_on(case.label.get(context.lang), answers);
        self.front.tell(Tone::Plain, "", &going_on)?;
        self.front.gap()?;
        let name = |id: &String| match context.guide.step(id) {
            Some(step) => context.guide.at(step).name().get(context.lang).to_owned(),
            None => Raw::new(id.clone()).masked().text.to_string(),
        };
        self.name_dropped(&dropped.iter().map(name).collect::<Vec<_>>())?;
        self.waiting = waiting.and_then(|waiting| {
            let step = context.guide.step(&waiting.step)?;
            Some((step, history::moment(&waiting.since).ok()?))
        });
        self.autosave.go_on(locked);
        Ok(walk)
    }

    /// Which case it is. `returns` says whether there is a walk to go back to.
    pub(super) fn choose_case(&mut self, returns: bool) -> Result<Case> {
        let context = self.context;
        let cases = &context.guide.cases;
        if cases.len() == 1 {
            // There is nothing to choose from.
            if returns {
                self.front.tell(Tone::Plain, "  ", context.words.no_back)?;
                self.front.gap()?;
                return Ok(Case::Back);
            }
            return Ok(Case::This(CaseId::FIRST));
        }
        let options = cases.iter().map(|c| c.label.get(context.lang).to_owned());
        let input = Input::One {
            options: options.collect(),
            preset: Preset::Cursor(0),
        };
        let back = returns.then_some(Command::Back).into_iter();
        let question = context.guide.voice.question.as_ref();
        let question = question.map_or(context.words.which_case, |q| q.get(context.lang));
        let prompt = Prompt::new(question, input, back.chain([Command::Say, Command::Leave]));
        loop {
            let reply = self.front.ask(&prompt)?;
            self.front.gap()?;
            let said = match reply {
                Reply::Command(Command::Say) => self.ask_what_is_said()?,
                Reply::Said(said) => Some(said),
                Reply::Command(Command::Back) if returns => return Ok(Case::Back),
                Reply::One(n) => {
                    if let Some(case) = context.guide.cases.ids().nth(n) {
                        return Ok(Case::This(case));
                    }
                    None
                }
                reply => {
                    if matches!(self.reject_command(&reply)?, Turn::Leave) {
                        return Ok(Case::Leave);
                    }
                    None
                }
            };
            if let Some(said) = said
                && let Some(candidate) = self.offer_cases(said)?
            {
                return Ok(Case::Meant(candidate));
            }
        }
    }

    /// A command before the first question, where there is nothing to go back to yet.
    pub(super) fn reject_command(&mut self, reply: &Reply) -> Result<Turn> {
        let words = self.context.words;
        let said = match reply {
            Reply::Command(Command::Leave) => return Ok(Turn::Leave),
            Reply::End if self.autosave.saved().is_some() => return Ok(Turn::Leave),
            Reply::End => return Err(Error::failed(words.input_ended)),
            Reply::Command(Command::Why) => words.no_why,
            Reply::Command(Command::Change | Command::Ticket) => words.no_answers,
            _ => words.no_back,
        };
        self.front.tell(Tone::Plain, "  ", said)?;
        self.front.gap()?;
        Ok(Turn::On)
    }
}
