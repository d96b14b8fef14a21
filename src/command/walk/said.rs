//! How a walk begins where words were said: with what they may mean, if the user takes it.

use super::{Turn, Wizard};
use crate::answer::{Answer, Entry, Log};
use crate::error::Result;
use crate::front::{Command, Input, Preset, Prompt, Reply, Tone};
use crate::guide::{CaseId, Kind};
use crate::history;
use crate::recognize::{Candidate, Meant};
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

    /// The walk that begins with an answer. Where several may be ticked, or a rule depends on the
    /// answer, the question is still asked.
    fn take(&mut self, candidate: Candidate) -> Result<Walk<'a>> {
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
