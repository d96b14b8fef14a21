//! The wizard: asks one thing at a time, and ends with an outcome.

mod closing;
mod kept;

use self::kept::{Change, Keeper};
use super::{Context, saved};
use crate::answer::{Answer, Entry};
use crate::cli::{Asking, Color, Format, Printing};
use crate::doc::{markdown::markdown, text};
use crate::field::{self, Problem, Taken, Value};
use crate::front::lines::Lines;
#[cfg(unix)]
use crate::front::menu::Menu;
use crate::front::page::Page;
use crate::front::signals::{self, Farewell};
use crate::front::{Command, Front, Input, Preset, Prompt, Reply, Tone, Wait};
use crate::guide::{
    CaseId, Field, Kind, Label, Lang, Node, Outcome, SourceId, Standing, Step, StepId,
};
use crate::history::{self, History};
use crate::locale;
use crate::moment::Moment;
use crate::redact::{Clean, Kind as Secret, Raw};
use crate::report::{self, Failure};
use crate::session::{MAX_BYTES, Saved, Slot, Store};
use crate::ticket::short::short;
use crate::ticket::{self, Ticket};
use crate::walk::Walk;
use crate::words::LANGUAGES;
use anyhow::Result;
use console::Term;
use std::env;
use std::io::{self, IsTerminal};
use std::path::Path;

/// The most walks that are offered to go on with.
const OFFERED: usize = 4;

/// Where a walk starts.
#[derive(Debug, Clone, Copy)]
pub enum Start<'a> {
    /// At the start of a case, or with the choice of one.
    Case(Option<CaseId>),
    /// Where a saved walk was left: the one with this name, or the last.
    Saved(Option<&'a str>),
    /// Behind the answers of a file.
    Answers(&'a Path),
}

/// Walks to an outcome, and prints the ticket where the walk ends in one.
pub fn run(context: &Context, start: Start<'_>, options: &Asking) -> Result<()> {
    let found = match start {
        Start::Saved(name) => {
            let (store, mut shelf) = saved::look(context)?;
            let found = saved::pick(context, &mut shelf, name)?;
            let following = saved::following(context, &found, &shelf)?;
            Some((store, found, following))
        }
        Start::Case(_) | Start::Answers(_) => None,
    };
    let following = found
        .as_ref()
        .and_then(|(.., following)| following.as_ref());
    let context = following.unwrap_or(context);
    let words = context.words;
    let ticket_langs = ticket_langs(context, &options.printing)?;
    let asks = io::stdin().is_terminal();
    let (slot, walk) = match (start, &found) {
        (Start::Answers(file), _) => (None, Some((answers(context, file, asks)?, Vec::new()))),
        (_, None) => (None, None),
        (_, Some((store, found, _))) => {
            let taken = saved::take_up(context, store, found);
            let (slot, saved, walk, dropped) = taken.map_err(|trouble| {
                let why = words.trouble(&trouble);
                Failure::failed(words.no_going_on(&found.id, &why))
            })?;
            (Some((slot, saved)), Some((walk, dropped)))
        }
    };
    let finished = walk
        .as_ref()
        .is_some_and(|(walk, _)| walk.outcome().is_some());
    // A script that has all the answers has nothing to lose.
    let is_script = matches!(start, Start::Answers(_)) && finished;
    let store = if options.no_save || is_script {
        Ok(None)
    } else {
        Store::open().map(Some)
    };
    let (mut front, farewell) = front(context, options.plain)?;
    let mut wizard = Wizard {
        context,
        front: front.as_mut(),
        printing: &options.printing,
        ticket_langs,
        masked: None,
        waiting: None,
        keeper: Keeper::new(farewell, context.parent().map(str::to_owned), words),
        asks,
    };
    wizard.greet()?;
    let store = match store {
        Ok(store) => store,
        Err(trouble) => {
            let why = words.trouble(&trouble);
            wizard.keeper.trouble = Some(why.clone());
            wizard.talk_of_saving(Change::Fails(why))?;
            None
        }
    };
    wizard.keeper.store(store);
    let walk = match (start, walk) {
        (Start::Case(case), _) => wizard.begin(case)?,
        (_, None) => None,
        (_, Some((walk, dropped))) => {
            if let Some((slot, saved)) = slot {
                wizard.go_on(slot, &saved, &walk, &dropped)?;
            }
            Some(walk)
        }
    };
    let walked = walk.map_or(Ok(()), |walk| wizard.walk(walk, finished));
    match (walked, wizard.keeper.trouble) {
        (Err(error), _) if !report::is_unread(&error) => Err(error),
        // That something is not saved matters more than that nobody reads the ticket.
        (_, Some(why)) => Err(Failure::failed(words.not_kept(&why))),
        (walked, None) => walked,
    }
}

/// The walk through the answers of a file. Where nobody can be asked for the rest, it has to end.
fn answers<'g>(context: &'g Context, file: &Path, asks: bool) -> Result<Walk<'g>> {
    let fail = |what: String| Failure::failed(format!("{}: {what}", file.display()));
    let bytes = super::read(file, MAX_BYTES).map_err(fail)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(fail(format!("it is larger than {} KiB", MAX_BYTES / 1024)));
    }
    let text = String::from_utf8(bytes).map_err(|_| fail("it is not UTF-8".to_owned()))?;
    let walk = History::parse(&text)
        .and_then(|history| history.follow(&context.guide))
        .map_err(fail)?;
    match walk.next_step() {
        Some((_, step)) if !asks => {
            let ids: Vec<&str> = step.choices.iter().map(|c| c.id.as_str()).collect();
            let (text, ids) = (step.text.get(context.lang), ids.join(", "));
            Err(fail(context.words.answers_end(&step.id, text, &ids)))
        }
        _ => Ok(walk),
    }
}

/// The languages that the ticket is printed in, one after the other.
pub fn ticket_langs(context: &Context, printing: &Printing) -> Result<Vec<Lang>> {
    let tags = printing.ticket_lang.iter();
    let langs: Vec<Lang> = tags
        .map(|tag| super::language(&context.guide, tag, context.words))
        .collect::<Result<_>>()?;
    Ok(if langs.is_empty() {
        vec![context.lang]
    } else {
        langs
    })
}

/// Tickets in the form that was asked for, one after the other; as text, in at most so many
/// columns.
pub fn rendered(tickets: &[Ticket], printing: &Printing, columns: usize) -> String {
    let each = |form: &dyn Fn(&Ticket) -> String| -> String {
        tickets.iter().map(form).collect::<Vec<_>>().join("\n")
    };
    match printing.format {
        _ if printing.short => each(&short),
        Format::Text => each(&|ticket| text::text(&ticket.doc(), columns.min(text::COLUMNS))),
        Format::Markdown => each(&|ticket| markdown(&ticket.doc())),
        Format::Json => ticket::json(tickets),
    }
}

/// The front end that suits the terminal, and what is said when a signal ends the program.
fn front(context: &Context, plain: bool) -> Result<(Box<dyn Front>, Farewell)> {
    let term = Term::stderr();
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|t| t == "dumb");
    let colour = match context.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is_set("NO_COLOR") || dumb => false,
        Color::Auto => {
            let forced = env::var_os("CLICOLOR_FORCE").is_some_and(|v| !v.is_empty() && v != "0");
            forced || term.is_term()
        }
    };
    let asks = io::stdin().is_terminal();
    // A menu's signs need UTF-8.
    let plain = plain || dumb || is_set("ACCESSIBLE") || !locale::is_utf8();
    let menus = cfg!(unix) && asks && term.is_term() && !plain;
    let farewell = Farewell::default();
    let screen = signals::watch(&farewell)?;
    let size = || Term::stderr().size_checked();
    let page = Page::new(io::stderr(), colour, size, screen.clone());
    let (input, words) = (io::stdin().lock(), context.words);
    #[cfg(unix)]
    if menus {
        let menu = Menu::new(term, input, page, words, screen, colour);
        return Ok((Box::new(menu), farewell));
    }
    Ok((Box::new(Lines::new(input, page, words, asks)), farewell))
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

struct Wizard<'a> {
    context: &'a Context,
    front: &'a mut dyn Front,
    printing: &'a Printing,
    /// The languages that the ticket is printed in, one after the other.
    ticket_langs: Vec<Lang>,
    /// What is left of a value once its secrets are taken out, for the prompt that asks again.
    masked: Option<(StepId, Clean)>,
    /// The wait that has begun, and when.
    waiting: Option<(StepId, Moment)>,
    keeper: Keeper,
    /// Whether a person can be asked: standard input is a terminal.
    asks: bool,
}

/// How a walk goes on after a prompt.
enum Turn {
    /// On with the walk.
    On,
    /// Back to the menu of cases.
    Cases,
    /// The user leaves, or is done.
    Leave,
}

/// What came of the offer to go on with a walk.
enum Offer<'a> {
    GoOn(Walk<'a>),
    Anew,
    Leave,
}

/// What came of something that was typed.
enum Asked {
    /// This is the answer; nothing if it was left out.
    Answer(Option<Value>),
    /// It is asked again, with what is left of it as the default.
    Again(Option<Clean>),
}

/// Says what is wrong with something that was typed, or what was taken out of it.
fn talk_about(
    context: &Context,
    front: &mut dyn Front,
    taken: Result<Taken, Problem>,
) -> Result<Asked> {
    let words = context.words;
    let taken = match taken {
        Ok(taken) => taken,
        Err(Problem::Empty) => return Ok(Asked::Answer(None)),
        Err(problem) => {
            front.tell(Tone::Plain, "  ", &words.problem(problem))?;
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
    let kinds = hidden.names(tag, words.comma);
    front.tell(Tone::Plain, "  ", &words.looks_like(&kinds))?;
    front.gap()?;
    Ok(Asked::Again(Some(taken.value.text().clone())))
}

impl<'a> Wizard<'a> {
    /// Says what this is and what it is not.
    fn greet(&mut self) -> Result<()> {
        let context = self.context;
        let (guide, lang) = (&context.guide, context.lang);
        let others = LANGUAGES.iter().filter(|other| {
            other.tag != context.words.tag && guide.languages.iter().any(|tag| tag == other.tag)
        });
        let others: Vec<&str> = others.map(|other| other.switch).collect();
        let switch = if others.is_empty() {
            String::new()
        } else {
            context.words.aside(others.join(context.words.semicolon))
        };
        self.front.tell(
            Tone::Strong,
            "",
            &format!("{}{switch}", guide.title.get(lang)),
        )?;
        if let Some(notice) = &guide.notice {
            self.front.tell(Tone::Plain, "", notice.get(lang))?;
        }
        if let Some(foreign) = context.foreign() {
            self.front.tell(Tone::Strong, "", &foreign)?;
        }
        self.front.gap()
    }

    /// The walk to begin with: a saved one, if the user wants to go on with it. Nothing, if the
    /// user leaves.
    fn begin(&mut self, case: Option<CaseId>) -> Result<Option<Walk<'a>>> {
        let context = self.context;
        match self.offer(case)? {
            Offer::GoOn(walk) => return Ok(Some(walk)),
            Offer::Anew => {}
            Offer::Leave => return Ok(None),
        }
        let case = match case {
            Some(case) => Some(case),
            None => self.choose_case()?,
        };
        Ok(case.map(|case| Walk::start(&context.guide, case)))
    }

    /// Offers the walks that were left half-way, where there are any and somebody can be asked.
    fn offer(&mut self, case: Option<CaseId>) -> Result<Offer<'a>> {
        let context = self.context;
        let words = context.words;
        let Some(store) = self.keeper.folder().filter(|_| self.asks).cloned() else {
            return Ok(Offer::Anew);
        };
        let now = Moment::now();
        // What cannot be read cannot be offered; whether it can be saved shows soon enough.
        let Ok(shelf) = store.look() else {
            return Ok(Offer::Anew);
        };
        for message in saved::news(words, &shelf) {
            self.front.tell(Tone::Plain, "", &message)?;
            self.front.gap()?;
        }
        let mut walks = shelf.walks;
        walks.retain(|walk| {
            let history = &walk.history;
            let same = |case| context.guide.case(&history.case) == Some(case);
            saved::is_about(walk, &context.guide)
                && history.follows.as_deref() == context.parent()
                && history.finished.is_none()
                && !(history.answers.is_empty()
                    && history.pending.is_empty()
                    && history.retracted.is_empty())
                && case.is_none_or(same)
        });
        walks.truncate(OFFERED);
        while !walks.is_empty() {
            let label = |walk: &Saved| {
                let ago = now.minutes_since(walk.last);
                let label = context.guide.case(&walk.history.case);
                let label = label.map(|case| &context.guide.cases[case].label);
                let label = label.map_or("", |label| label.get(context.lang));
                words.a_walk(label, walk.history.answers.len(), ago)
            };
            let options = walks.iter().map(label).chain([words.anew.to_owned()]);
            let input = Input::One {
                options: options.collect(),
                preset: Preset::Cursor(0),
            };
            let reply = self.front.ask(&Prompt::new(words.which_walk, input))?;
            self.front.gap()?;
            let place = match reply {
                Reply::One(place) if place < walks.len() => place,
                Reply::One(_) => break,
                reply => match self.nothing_to(&reply)? {
                    Turn::Leave => return Ok(Offer::Leave),
                    _ => continue,
                },
            };
            let saved = walks.remove(place);
            match saved::take_up(context, &store, &saved) {
                Ok((slot, saved, walk, dropped)) => {
                    self.go_on(slot, &saved, &walk, &dropped)?;
                    return Ok(Offer::GoOn(walk));
                }
                Err(trouble) => {
                    let cannot = words.no_going_on(&saved.id, words.trouble(&trouble));
                    self.front.tell(Tone::Plain, "", &cannot)?;
                    self.front.gap()?;
                }
            }
        }
        Ok(Offer::Anew)
    }

    /// Takes a saved walk up again, and says what became of it.
    fn go_on(
        &mut self,
        slot: Slot,
        saved: &Saved,
        walk: &Walk<'_>,
        dropped: &[String],
    ) -> Result<()> {
        let context = self.context;
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
        self.waiting = saved.history.waiting.as_ref().and_then(|waiting| {
            let step = context.guide.step(&waiting.step)?;
            Some((step, history::moment(&waiting.since).ok()?))
        });
        self.keeper.go_on(slot);
        Ok(())
    }

    /// Walks to an outcome and what follows it, or until the user leaves. `reopened` says whether
    /// the walk had come to an outcome before.
    fn walk(&mut self, mut walk: Walk<'a>, mut reopened: bool) -> Result<()> {
        self.say_how_to_come_back(&walk);
        loop {
            let turn = match walk.next() {
                Node::Step(step) => self.turn(&mut walk, step)?,
                Node::Outcome(outcome) => {
                    let outcome = &self.context.guide.outcomes[outcome];
                    if self.withholds(&mut walk, outcome)? {
                        Turn::On
                    } else {
                        self.conclude(&mut walk, outcome, reopened)?
                    }
                }
            };
            reopened = false;
            match turn {
                Turn::On => {}
                Turn::Leave => return Ok(()),
                Turn::Cases => match self.choose_case()? {
                    None if self.keeper.saved().is_some() => {
                        self.leave(&walk)?;
                        return Ok(());
                    }
                    None => return Ok(()),
                    // The same case once more: what was answered is still offered.
                    Some(case) if case == walk.start_case() => {}
                    Some(case) => {
                        self.keeper.let_go();
                        self.waiting = None;
                        walk = Walk::start(&self.context.guide, case);
                        self.say_how_to_come_back(&walk);
                    }
                },
            }
        }
    }

    /// Saves the walk, and says what has changed about that.
    fn keep(&mut self, walk: &Walk<'_>) -> Result<()> {
        let change = self.keeper.keep(walk, self.waiting);
        self.say_how_to_come_back(walk);
        self.talk_of_saving(change)
    }

    fn talk_of_saving(&mut self, change: Change) -> Result<()> {
        let words = self.context.words;
        let said = match change {
            Change::None => return Ok(()),
            Change::Fails(why) => words.not_saved(&why),
            Change::Works => words.saved_again.to_owned(),
        };
        self.front.tell(Tone::Plain, "", &said)?;
        self.front.gap()
    }

    /// How to take the walk up again: what is said when the user leaves or is interrupted.
    fn how_to_come_back(&self, walk: &Walk<'_>) -> [String; 2] {
        let context = self.context;
        let resume = |id| context.command(&format!("resume {id}"));
        let (said, command) = match (self.keeper.saved(), self.keeper.partly()) {
            (Some(id), _) => (context.words.left_saved, resume(id)),
            (None, Some(id)) => (context.words.left_partly, resume(id)),
            (None, None) => (context.words.left, context.command_for(walk.start_case())),
        };
        [said.to_owned(), format!("  {command}")]
    }

    fn say_how_to_come_back(&self, walk: &Walk<'_>) {
        self.keeper
            .farewell
            .set(self.how_to_come_back(walk).to_vec());
    }

    /// Which case it is; nothing if the user leaves.
    fn choose_case(&mut self) -> Result<Option<CaseId>> {
        let context = self.context;
        let options = context
            .guide
            .cases
            .iter()
            .map(|c| c.label.get(context.lang).to_owned());
        let input = Input::One {
            options: options.collect(),
            preset: Preset::Cursor(0),
        };
        let prompt = Prompt::new(context.words.which_case, input);
        loop {
            let reply = self.front.ask(&prompt)?;
            self.front.gap()?;
            match reply {
                Reply::One(n) => return Ok(context.guide.cases.ids().nth(n)),
                reply => {
                    if matches!(self.nothing_to(&reply)?, Turn::Leave) {
                        return Ok(None);
                    }
                }
            }
        }
    }

    /// A command before the first question, where there is nothing to go back to yet.
    fn nothing_to(&mut self, reply: &Reply) -> Result<Turn> {
        let words = self.context.words;
        let said = match reply {
            Reply::Command(Command::Leave) => return Ok(Turn::Leave),
            Reply::End if self.keeper.saved().is_some() => return Ok(Turn::Leave),
            Reply::End => return Err(Failure::failed(words.input_ended)),
            Reply::Command(Command::Why) => words.no_why,
            Reply::Command(Command::Change | Command::Ticket) => words.no_answers,
            _ => words.no_back,
        };
        self.front.tell(Tone::Plain, "  ", said)?;
        self.front.gap()?;
        Ok(Turn::On)
    }

    /// Asks one step, and does what the user wants.
    fn turn(&mut self, walk: &mut Walk<'_>, ix: StepId) -> Result<Turn> {
        let step = self.context.guide.at(ix);
        let waits = step.kind == Kind::Wait;
        if waits && self.waiting.is_none_or(|(step, _)| step != ix) {
            self.waiting = Some((ix, Moment::now()));
            self.keep(walk)?;
        }
        let prompt = self.prompt(walk, ix, step);
        let now = jiff::Zoned::now();
        let answer = match self.front.ask(&prompt)? {
            Reply::One(n) => Answer::choice(n),
            Reply::Several(places) => Answer::several(&places),
            Reply::Typed(typed) => match self.typed(ix, step, typed, &now)? {
                Some(answer) => answer,
                None => return Ok(Turn::On),
            },
            Reply::Command(command) => return self.command(walk, step, command),
            Reply::End => return self.end(walk),
        };
        self.masked = None;
        self.front.gap()?;
        let dropped = walk
            .answer(answer, Moment::of(&jiff::Zoned::now()))
            .map_err(|rejected| anyhow::anyhow!("step {}: {rejected:?}", step.id))?;
        self.waiting = None;
        self.keep(walk)?;
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
        ix: StepId,
        step: &Step,
        typed: Raw,
        now: &jiff::Zoned,
    ) -> Result<Option<Answer>> {
        let Kind::Fill(kind) = step.kind else {
            return Ok(None);
        };
        let mut taken = field::take(kind, typed);
        let is_future = |taken: &Taken| field::is_future(&taken.value, now);
        if kind == Field::Time && taken.as_ref().is_ok_and(is_future) {
            taken = Err(Problem::Future);
        }
        Ok(match talk_about(self.context, self.front, taken)? {
            Asked::Answer(None) => step.standing(Standing::Skipped).map(Answer::choice),
            Asked::Answer(Some(time)) if kind == Field::Time => {
                Some(Answer::Typed(field::with_offset(&time, now)))
            }
            Asked::Answer(Some(value)) => Some(Answer::Typed(value)),
            Asked::Again(left) => {
                if left.is_none() {
                    self.front.gap()?;
                }
                self.masked = left.map(|left| (ix, left));
                None
            }
        })
    }

    /// There is nothing more to read: that is leaving, if nothing is lost by it.
    fn end(&mut self, walk: &Walk<'_>) -> Result<Turn> {
        if self.keeper.saved().is_none() {
            return Err(Failure::failed(self.context.words.input_ended));
        }
        self.leave(walk)
    }

    fn name_dropped(&mut self, names: &[String]) -> Result<()> {
        if names.is_empty() {
            return Ok(());
        }
        let words = self.context.words;
        let dropped = words.dropped(names.join(words.comma));
        self.front.tell(Tone::Plain, "", &dropped)?;
        self.front.gap()
    }

    fn prompt(&self, walk: &Walk<'_>, ix: StepId, step: &Step) -> Prompt {
        let (words, lang) = (self.context.words, self.context.lang);
        let (before, left) = (walk.history().len(), walk.left());
        let earlier = walk.earlier(ix);
        let options = step.choices.iter().map(|choice| match &choice.label {
            Label::Own(label) => label.get(lang).to_owned(),
            Label::Standing(standing) => words.standing(standing.id()).to_owned(),
        });
        let since = self.waiting.filter(|(step, _)| *step == ix);
        let wait = since.map(|(_, since)| Wait {
            since,
            until: since.plus_minutes(step.minutes),
        });
        let over = wait.filter(|wait| wait.left().is_none());
        // In a pipe nobody waits.
        let wait = wait.filter(|_| over.is_none() && self.asks);
        let (input, aside) = match step.kind {
            Kind::Fill(field) => {
                let kept = match &self.masked {
                    Some((step, masked)) if *step == ix => Some(masked),
                    _ => earlier.and_then(Answer::value),
                };
                let tag = self.context.guide.tag(lang);
                let default = kept.map(|value| value.in_language(tag).to_string());
                let most = field::max_chars(field);
                let field = Some(field);
                (
                    Input::Typed {
                        default,
                        most,
                        field,
                    },
                    self.aside(step),
                )
            }
            Kind::AskSeveral => (
                Input::Several {
                    options: options.collect(),
                    ticked: earlier.map(|a| a.places().collect()).unwrap_or_default(),
                },
                None,
            ),
            _ => (
                Input::One {
                    options: options.collect(),
                    preset: preset(step, earlier, wait.is_some()),
                },
                (step.minutes > 0).then(|| words.minutes(step.minutes)),
            ),
        };
        let aside = aside.filter(|_| wait.is_none());
        Prompt {
            place: Some(words.place(before + 1, before + left.steps, left.minutes)),
            text: step.text.get(lang).to_owned(),
            aside: over.map(|wait| words.waited(wait.since)).or(aside),
            wait,
            input,
        }
    }

    /// What helps with typing: an example and, for a time, how one without an offset is read.
    fn aside(&self, step: &Step) -> Option<String> {
        let words = self.context.words;
        let example = step
            .example
            .as_ref()
            .map(|e| words.example(e.get(self.context.lang)));
        let offset = (step.kind == Kind::Fill(Field::Time)).then(|| {
            let now = jiff::Zoned::now();
            if now.time_zone().is_unknown() {
                words.no_time_zone.to_owned()
            } else {
                words.time_zone(now.strftime("%:z").to_string())
            }
        });
        let parts: Vec<String> = example.into_iter().chain(offset).collect();
        (!parts.is_empty()).then(|| parts.join(words.semicolon))
    }

    fn command(&mut self, walk: &mut Walk<'_>, step: &Step, command: Command) -> Result<Turn> {
        let context = self.context;
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
                self.keep(walk)?;
            }
            Command::Change => return self.change(walk),
            Command::Ticket if self.says_that_it_leaks(walk)? => {}
            Command::Ticket => {
                let ticket = self.context.ticket(walk, self.context.lang);
                let columns = self.front.columns().min(text::COLUMNS);
                for line in text::text(&ticket.doc(), columns).lines() {
                    self.front.verbatim(Tone::Plain, line)?;
                }
            }
            Command::Leave => return self.leave(walk),
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

    fn sources(&mut self, sources: &[SourceId]) -> Result<()> {
        let context = self.context;
        for source in sources {
            let source = &context.guide.sources[*source];
            let trust = context.words.aside(context.words.trust(source.trust));
            let title = source.title.get(context.lang);
            self.front
                .tell(Tone::Quiet, "  - ", &format!("{title}{trust}"))?;
            if let Some(url) = &source.url {
                self.front.verbatim(Tone::Quiet, &format!("    {url}"))?;
            }
        }
        Ok(())
    }

    /// Says how to take the walk up again.
    fn leave(&mut self, walk: &Walk<'_>) -> Result<Turn> {
        if self.keeper.is_gone() {
            self.keep(walk)?;
        }
        let [said, command] = self.how_to_come_back(walk);
        self.front.tell(Tone::Plain, "", &said)?;
        self.front.verbatim(Tone::Plain, &command)?;
        Ok(Turn::Leave)
    }

    /// Lets the user choose the answer to change; the walk goes back to it.
    fn change(&mut self, walk: &mut Walk<'_>) -> Result<Turn> {
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
                self.said(step, entry)
            )
        });
        let input = Input::One {
            options: options.collect(),
            preset: Preset::Cursor(0),
        };
        match self
            .front
            .ask(&Prompt::new(context.words.which_answer, input))?
        {
            Reply::One(n) => {
                walk.change(n);
                self.waiting = None;
                self.keep(walk)?;
            }
            Reply::Command(Command::Leave) => return self.leave(walk),
            Reply::End => return self.end(walk),
            _ => {}
        }
        self.front.gap()?;
        Ok(Turn::On)
    }

    /// An answer in words.
    fn said(&self, step: &Step, entry: &Entry) -> String {
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

    /// Whether the ticket of an outcome would still hold a secret. Then the walk goes back to what
    /// was typed first, and all of that is asked again.
    fn withholds(&mut self, walk: &mut Walk<'_>, outcome: &Outcome) -> Result<bool> {
        let typed = walk
            .history()
            .iter()
            .position(|entry| entry.answer.value().is_some());
        let Some(typed) = typed.filter(|_| outcome.request.is_some()) else {
            return Ok(false);
        };
        if !self.says_that_it_leaks(walk)? {
            return Ok(false);
        }
        self.front.gap()?;
        while walk.history().len() > typed {
            walk.back();
        }
        Ok(true)
    }

    /// Whether the ticket as it stands, in any language, holds a secret; says so.
    fn says_that_it_leaks(&mut self, walk: &Walk<'_>) -> Result<bool> {
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
