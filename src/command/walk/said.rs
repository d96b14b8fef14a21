//! How a walk begins where words were said: with what they may mean, if the user takes it.

use super::{Turn, Wizard};
use crate::answer::{Answer, Entry, Log};
use crate::error::Result;
use crate::field;
use crate::front::{Command, Input, Preset, Prompt, Reply, Tone};
use crate::guide::{CaseId, Field, Kind, Label, Node, Step};
use crate::history;
use crate::recognize::{self, Candidate, Meant};
use crate::redact::Raw;
use crate::walk::Walk;

impl<'a> Wizard<'a> {
    /// The walk to begin with where something was said: with what that may mean, if the user takes
    /// it, else with the choice of a case. Nothing, if the user leaves.
    pub(super) fn begin_with(
        &mut self,
        case: Option<CaseId>,
        meant: &Meant<'_>,
    ) -> Result<Option<Walk<'a>>> {
        let words = self.context.words;
        if let Some(other) = meant.elsewhere {
            let say = other.say.get(self.context.lang);
            self.front.tell(Tone::Plain, "", say)?;
            self.sources(&other.sources)?;
            self.front.gap()?;
        } else if meant.candidates.is_empty() {
            self.front.tell(Tone::Plain, "", words.not_recognized)?;
            self.front.gap()?;
        }
        if !meant.candidates.is_empty() {
            let candidates = meant.candidates.iter();
            let labels = candidates.map(|candidate| self.context.label(candidate));
            let options = labels.chain([words.none_of_these.to_owned()]).collect();
            let preset = Preset::Cursor(0);
            let input = Input::One { options, preset };
            let prompt = Prompt::new(words.which_is_meant, input, [Command::Leave]);
            let place = loop {
                let reply = self.front.ask(&prompt)?;
                self.front.gap()?;
                match reply {
                    Reply::One(place) => break place,
                    reply => {
                        if matches!(self.reject_command(&reply)?, Turn::Leave) {
                            return Ok(None);
                        }
                    }
                }
            };
            if let Some(candidate) = meant.candidates.get(place) {
                return self.take(*candidate).map(Some);
            }
        }
        self.start(case)
    }

    /// Asks for the words on the screen; nothing, if the user does without.
    pub(super) fn ask_what_is_said(&mut self) -> Result<Option<Raw>> {
        let input = Input::Typed {
            default: None,
            most: field::max_chars(Field::Line),
            field: None,
            refused: false,
        };
        let prompt = Prompt::new(self.context.words.what_is_said, input, [Command::Back]);
        let reply = self.front.ask(&prompt)?;
        self.front.gap()?;
        Ok(match reply {
            Reply::Typed(said) => Some(said).filter(|said| !said.is_empty()),
            _ => None,
        })
    }

    /// The case or answer that some words mean, if the user takes one of those that they may mean.
    pub(super) fn offer_cases(&mut self, said: Raw) -> Result<Option<Candidate>> {
        let context = self.context;
        let meant = recognize::in_guide(&context.guide, None, &said.masked().text);
        if let Some(other) = meant.elsewhere {
            let say = other.say.get(context.lang);
            self.front.tell(Tone::Plain, "", say)?;
            self.sources(&other.sources)?;
            self.front.gap()?;
        }
        let labels = meant.candidates.iter();
        let labels = labels.map(|candidate| context.label(candidate)).collect();
        // What the words mean elsewhere is said already.
        let nothing = meant.elsewhere.is_none();
        let nothing = nothing.then_some(context.words.not_recognized);
        let place = self.offer_meant(labels, nothing)?;
        Ok(place.and_then(|place| meant.candidates.get(place).copied()))
    }

    /// The answer to a step that some words mean, if the user takes one of those that they may mean.
    /// Where several may be ticked, it is ticked, and the question is asked again.
    pub(super) fn say_at(
        &mut self,
        walk: &mut Walk<'_>,
        step: &Step,
        said: Option<Raw>,
    ) -> Result<Option<Answer>> {
        let said = match said {
            Some(said) => Some(said),
            None => self.ask_what_is_said()?,
        };
        let (Some(said), Node::Step(ix)) = (said, walk.next()) else {
            return Ok(None);
        };
        let places = recognize::in_step(step, &said.masked().text);
        let lang = self.context.lang;
        let labels = places
            .iter()
            .map(|place| match &step.choices[*place].label {
                Label::Own(label) => label.get(lang).to_owned(),
                Label::Standing(standing) => self.context.words.standing(standing.id()).to_owned(),
            });
        let place = self.offer_meant(labels.collect(), Some(self.context.words.not_said))?;
        let Some(place) = place.and_then(|place| places.get(place).copied()) else {
            return Ok(None);
        };
        let answer = Answer::choice(place);
        if step.kind != Kind::AskSeveral {
            return Ok(Some(answer));
        }
        let mut log = walk.log().clone();
        log.retracted.retain(|entry| entry.step != ix);
        let at = self.context.now();
        log.retracted.push(Entry {
            step: ix,
            answer,
            at,
        });
        *walk = Walk::replay(walk.guide(), walk.start_case(), log).0;
        Ok(None)
    }

    /// Offers what some words may mean, nothing of it chosen at first; the place of what the user
    /// takes. `nothing` is said where they mean nothing.
    fn offer_meant(&mut self, labels: Vec<String>, nothing: Option<&str>) -> Result<Option<usize>> {
        let words = self.context.words;
        if labels.is_empty() {
            if let Some(nothing) = nothing {
                self.front.tell(Tone::Plain, "", nothing)?;
                self.front.gap()?;
            }
            return Ok(None);
        }
        let none = labels.len();
        let options = labels.into_iter().chain([words.none_of_these.to_owned()]);
        let input = Input::One {
            options: options.collect(),
            preset: Preset::Nothing,
        };
        let prompt = Prompt::new(words.which_is_meant, input, [Command::Back]);
        let reply = self.front.ask(&prompt)?;
        self.front.gap()?;
        Ok(match reply {
            Reply::One(place) if place < none => Some(place),
            _ => None,
        })
    }

    /// The walk that begins with an answer. Where several may be ticked, or a rule depends on the
    /// answer, the question is still asked.
    pub(super) fn take(&mut self, candidate: Candidate) -> Result<Walk<'a>> {
        let (guide, at) = (&*self.context.guide, self.context.now());
        let Some((step, place)) = candidate.answer else {
            return Ok(Walk::start(guide, candidate.case));
        };
        let (shown, answer) = (guide.at(step), Answer::choice(place));
        if shown.kind == Kind::Ask && !shown.gate {
            let mut walk = Walk::start(guide, candidate.case);
            walk.answer(answer, at)
                .map_err(|_| history::refused(shown))?;
            self.save(&walk)?;
            return Ok(walk);
        }
        let retracted = vec![Entry { step, answer, at }];
        let log = Log {
            retracted,
            ..Log::default()
        };
        Ok(Walk::replay(guide, candidate.case, log).0)
    }
}
