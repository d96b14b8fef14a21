//! How a step is asked.

use super::{Turn, Wizard};
use crate::answer::{Answer, Entry};
use crate::command::context::Context;
use crate::error::Result;
use crate::field::{self, Problem, Taken, Value};
use crate::front::typed::is_put_back;
use crate::front::{Command, Front, Input, Preset, Prompt, Reply, Tone, Wait};
use crate::guide::{Kind, Label, Node, Standing, Step, StepId};
use crate::history;
use crate::redact::{Clean, Kind as Secret, Raw, Removed};
use crate::walk::Walk;
use crate::words::by_id;

/// What came of something that was typed.
enum Asked {
    /// This is the answer; nothing if it was left out.
    Answer(Option<Value>),
    /// It is asked again, with what is left of it as the default, and whether what was taken out
    /// can be put back.
    Again(Option<(Clean, bool)>),
}

/// Says what is wrong with something that was typed, or what was taken out of it.
fn report_problem(
    context: &Context,
    front: &mut dyn Front,
    step: &Step,
    taken: Result<Taken, Problem>,
) -> Result<Asked> {
    let words = context.words;
    let taken = match taken {
        Ok(taken) => taken,
        Err(Problem::Empty) => return Ok(Asked::Answer(None)),
        Err(problem) => {
            let own = match problem {
                Problem::Digits(_) | Problem::Pattern(_) => step.wrong.as_ref(),
                _ => None,
            };
            let said = own.map(|text| text.get(context.lang).to_owned());
            let said = said.unwrap_or_else(|| words.problem(problem));
            front.tell(Tone::Plain, "  ", &said)?;
            return Ok(Asked::Again(None));
        }
    };
    let tag = context.guide.tag(context.lang);
    let shortened = taken.removed.of(Secret::is_shortened);
    let hidden = taken.removed.of(|kind| !kind.is_shortened());
    if !shortened.is_empty() {
        let kinds = shortened.names(tag, words.comma);
        front.tell(Tone::Plain, "  ", &words.shortened(&kinds))?;
    }
    if hidden.is_empty() {
        return Ok(Asked::Answer(Some(taken.value)));
    }
    let certain = hidden.of(Secret::is_certain);
    if !certain.is_empty() {
        let kinds = certain.names(tag, words.comma);
        front.tell(Tone::Plain, "  ", &words.looks_like(&kinds))?;
    }
    let doubtful = hidden.of(|kind| !kind.is_certain());
    if !doubtful.is_empty() {
        let kinds = doubtful.iter();
        let kinds = kinds.filter_map(|(kind, _)| by_id(words.perhaps, kind.id()));
        let kinds = kinds.collect::<Vec<_>>().join(words.comma);
        front.tell(Tone::Plain, "  ", &words.looks_perhaps(kinds))?;
    }
    if context.around.terminal.stdin && !front.draws() {
        front.tell(Tone::Plain, "  ", words.still_above)?;
    }
    front.gap()?;
    let left = taken.value.text().clone();
    Ok(Asked::Again(Some((left, !doubtful.is_empty()))))
}

impl Wizard<'_> {
    /// Asks one step, and does what the user wants.
    pub(super) fn ask_step(&mut self, walk: &mut Walk<'_>, ix: StepId) -> Result<Turn> {
        let step = self.context.guide.at(ix);
        let waits = step.kind == Kind::Wait;
        if waits && self.waiting.is_none_or(|(step, _)| step != ix) {
            self.waiting = Some((ix, self.context.now()));
            self.save(walk)?;
        }
        self.restart_wait_if_set_back();
        let prompt = self.prompt(walk, ix, step);
        self.refused = None;
        let now = self.context.around.clock.zoned();
        let answer = match self.front.ask(&prompt)? {
            Reply::One(n) => Answer::choice(n),
            Reply::Several(places) => Answer::several(&places),
            Reply::Typed(typed) => match self.typed(walk, step, typed, &now)? {
                Some(answer) => answer,
                None => return Ok(Turn::On),
            },
            Reply::Said(said) => match self.say_at(walk, step, Some(said))? {
                Some(answer) => answer,
                None => return Ok(Turn::On),
            },
            Reply::Command(Command::Say) => match self.say_at(walk, step, None)? {
                Some(answer) => answer,
                None => return Ok(Turn::On),
            },
            Reply::Command(command) => return self.command(walk, step, command),
            Reply::End => return self.end(walk),
        };
        self.masked = None;
        self.front.gap()?;
        let dropped = walk
            .answer(answer, self.context.now())
            .map_err(|_| history::refused(step))?;
        self.waiting = None;
        self.save(walk)?;
        let name = |entry: &Entry| {
            let step = self.context.guide.at(entry.step);
            step.name().get(self.context.lang).to_owned()
        };
        self.name_dropped(&dropped.iter().map(name).collect::<Vec<_>>())?;
        Ok(Turn::On)
    }

    /// Takes what was typed; nothing, if it is to be asked again.
    fn typed(
        &mut self,
        walk: &Walk<'_>,
        step: &Step,
        typed: Raw,
        now: &jiff::Zoned,
    ) -> Result<Option<Answer>> {
        let (Kind::Fill(kind), Node::Step(ix)) = (step.kind, walk.next()) else {
            return Ok(None);
        };
        // What was kept in this answer before is kept again.
        let earlier = walk.earlier(ix).and_then(Answer::kept);
        let mut kept = earlier.cloned().unwrap_or_default();
        let offered = match self.masked.take() {
            Some((step, _, offered)) if step == ix => offered,
            _ => None,
        };
        let (typed, puts_back) = match offered {
            Some(offered) if typed.is(is_put_back) => (offered, true),
            _ => (typed, false),
        };
        if puts_back {
            kept.add(&typed.doubtful());
        }
        let full = if kind.is_time() {
            field::in_full(typed.clone(), now)
        } else {
            typed.clone()
        };
        let mut taken = field::take_but(kind, full, &kept);
        if let Ok(taken) = &mut taken
            && puts_back
        {
            // The user has read what else was taken out.
            taken.removed = Removed::default();
        }
        let is_future = |taken: &Taken| field::is_future(&taken.value, now);
        if kind.is_time() && taken.as_ref().is_ok_and(is_future) {
            taken = Err(Problem::Future);
        }
        if let Err(Problem::Digits(_)) = taken
            && let Some(value) = field::take_unusual(kind, typed.clone())
        {
            return self.unusual(ix, value);
        }
        let asked = report_problem(self.context, self.front, step, taken)?;
        Ok(match asked {
            Asked::Answer(None) => step.standing(Standing::Skipped).map(Answer::choice),
            Asked::Answer(Some(time)) if kind.is_time() => {
                let time = field::with_offset(&time, now);
                // Whoever says `yesterday` should see which day that was.
                if field::take(kind, typed).is_err() {
                    let said_back = self.context.words.taken_as(&*time);
                    self.front.tell(Tone::Plain, "› ", &said_back)?;
                }
                Some(Answer::Typed(time))
            }
            Asked::Answer(Some(value)) => Some(Answer::Typed(value)),
            Asked::Again(left) => {
                if left.is_none() {
                    self.front.gap()?;
                    self.refused = Some(ix);
                }
                self.masked =
                    left.map(|(left, can_be_kept)| (ix, left, can_be_kept.then_some(typed)));
                None
            }
        })
    }

    /// Takes a number of unusual length if it was asked back already; else asks it back, so that
    /// Enter keeps it.
    fn unusual(&mut self, ix: StepId, value: Value) -> Result<Option<Answer>> {
        let asked_back = (ix, value.text().clone());
        if self.asked_back.take().as_ref() == Some(&asked_back) {
            return Ok(Some(Answer::Typed(value)));
        }
        if let Some((count, usual)) = field::unusual(&value) {
            let words = self.context.words;
            let said = words.unusual(count, words.usual(usual));
            self.front.tell(Tone::Plain, "  ", &said)?;
            self.front.gap()?;
        }
        self.masked = Some((ix, value.text().clone(), None));
        self.asked_back = Some(asked_back);
        Ok(None)
    }

    fn prompt(&self, walk: &Walk<'_>, ix: StepId, step: &Step) -> Prompt {
        let (words, lang) = (self.context.words, self.context.lang);
        let earlier = walk.earlier(ix);
        let options = step.choices.iter().map(|choice| match &choice.label {
            Label::Own(label) => label.get(lang).to_owned(),
            Label::Standing(standing) => words.standing(standing.id()).to_owned(),
        });
        let since = self.waiting.filter(|(step, _)| *step == ix);
        let wait = since.map(|(_, since)| Wait {
            since,
            minutes: step.minutes,
        });
        let now = self.context.now();
        let over = wait.filter(|wait| wait.left(now).is_none());
        // Where input comes from a pipe, there is no person to wait.
        let wait = wait.filter(|_| over.is_none() && self.terminal().stdin);
        let (input, aside) = match step.kind {
            Kind::Fill(field) => {
                let masked = self.masked.as_ref().filter(|(step, ..)| *step == ix);
                let kept = match masked {
                    Some((_, masked, _)) => Some(masked),
                    None => earlier.and_then(Answer::value),
                };
                let can_put_back = masked.is_some_and(|(.., offered)| offered.is_some());
                let tag = self.context.guide.tag(lang);
                let default = kept.map(|value| value.in_language(tag).to_string());
                let most = field::max_chars(field);
                let field = Some(field);
                (
                    Input::Typed {
                        default,
                        most,
                        field,
                        refused: self.refused == Some(ix),
                    },
                    if can_put_back {
                        Some(words.k_puts_back.to_owned())
                    } else {
                        self.aside(step)
                    },
                )
            }
            Kind::AskSeveral => (
                Input::Several {
                    options: options.collect(),
                    ticked: earlier.map(|a| a.places().collect()).unwrap_or_default(),
                    least: step.least.into(),
                },
                None,
            ),
            _ => (
                Input::One {
                    options: options.collect(),
                    preset: preset(step, earlier, wait.is_some()),
                },
                None,
            ),
        };
        let text = walk.say(&step.text, lang).into_owned();
        let after = match step.kind {
            Kind::Do | Kind::Wait => Some(words.came_of_it),
            Kind::Prepare => Some(words.is_ready),
            Kind::Note => Some(words.is_clear),
            Kind::Ask | Kind::AskSeveral | Kind::Fill(_) => None,
        };
        let (action, text) = match after {
            Some(question) => (Some(text), question.to_owned()),
            None => (None, text),
        };
        Prompt {
            place: Some(words.place(self.phase(walk, step), step.minutes)),
            action,
            text,
            aside: over.map(|wait| words.waited(wait.since)).or(aside),
            wait,
            input,
            commands: self.commands(walk, step),
            below: None,
        }
    }

    /// How far the walk has come, in words. Their number may grow and shrink with each answer, so
    /// steps are not counted.
    fn phase(&self, walk: &Walk<'_>, step: &Step) -> &'static str {
        let words = self.context.words;
        match step.kind {
            Kind::Do | Kind::Wait => words.trying,
            _ if walk.is_closing() || self.context.parent().is_some() => words.for_support,
            Kind::Prepare => words.trying,
            _ => words.finding,
        }
    }

    /// What can be done at a step besides answering it.
    fn commands(&self, walk: &Walk<'_>, step: &Step) -> Vec<Command> {
        let has_menu = self.context.guide.cases.len() > 1;
        let has_answers = !walk.history().is_empty();
        let is_alive = |command: &Command| match command {
            Command::Why => step.why.is_some() || !step.sources.is_empty(),
            Command::Back => has_answers || has_menu,
            Command::Change | Command::Ticket => has_answers,
            Command::Say => step.choices.iter().any(|choice| !choice.words.is_empty()),
            Command::Cases => has_menu,
            Command::Leave | Command::Help => true,
        };
        Command::ALL.into_iter().filter(is_alive).collect()
    }

    /// Begins a wait anew that the clock says has not begun yet: it was set back.
    fn restart_wait_if_set_back(&mut self) {
        let now = self.context.now();
        if let Some((_, since)) = &mut self.waiting {
            *since = now.min(*since);
        }
    }

    /// What helps with typing: an example and, for a time, how one without an offset is read.
    fn aside(&self, step: &Step) -> Option<String> {
        let words = self.context.words;
        let example = step
            .example
            .as_ref()
            .map(|e| words.example(e.get(self.context.lang)));
        let is_time = matches!(step.kind, Kind::Fill(field) if field.is_time());
        let offset = is_time.then(|| {
            let now = self.context.around.clock.zoned();
            if now.time_zone().is_unknown() {
                words.no_time_zone.to_owned()
            } else {
                words.time_zone(now.strftime("%:z").to_string())
            }
        });
        let parts: Vec<String> = example.into_iter().chain(offset).collect();
        (!parts.is_empty()).then(|| parts.join(words.semicolon))
    }
}

/// What is chosen at first: what was answered before, but nothing at a gate, and never the answer
/// that ends a walk as solved.
fn preset(step: &Step, earlier: Option<&Answer>, waits: bool) -> Preset {
    let earlier = earlier.and_then(|answer| answer.places().next());
    match (step.kind, earlier) {
        // What is being waited for is not done yet.
        _ if step.gate || waits => Preset::Nothing,
        (_, Some(place)) => Preset::Default(place),
        // A note has one answer; Enter alone gives it.
        (Kind::Note, None) => Preset::Default(0),
        (Kind::Do | Kind::Wait, None) => {
            Preset::Cursor(step.standing(Standing::NoChange).unwrap_or(0))
        }
        (_, None) => Preset::Cursor(0),
    }
}
