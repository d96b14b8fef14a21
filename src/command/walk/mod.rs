//! The wizard: asks one thing at a time until it comes to an outcome.
//!
//! A walk begins in `offer`; each of its steps is asked in `ask`; what else can be done there is
//! in `commands`; `closing` shows the outcome. `autosave` saves it after each answer.

mod ask;
mod autosave;
mod closing;
mod commands;
mod offer;
mod said;
mod ticket_file;

use self::autosave::{Autosave, Change};
use super::context::Context;
use super::files;
use super::pick::{self, TakenUp};
use crate::answer::Answer;
use crate::cli::Options;
use crate::error::{Error, Kind, Result};
use crate::field;
use crate::front::signals::ExitMessage;
use crate::front::{self, Front, Tone};
use crate::guide::{CaseId, Lang, Node, StepId};
use crate::history::History;
use crate::moment::Moment;
use crate::recognize::{Candidate, Meant};
use crate::redact::{Clean, Raw};
use crate::store::MAX_BYTES;
use crate::terminal::Terminal;
use crate::walk::Walk;
use crate::words::LANGUAGES;
use std::io::{self, Write};
use std::path::Path;

/// Where a walk starts.
#[derive(Debug, Clone, Copy)]
pub enum Start<'a> {
    /// At the start of a case, or with the choice of one.
    Case(Option<CaseId>),
    /// With what some words may mean, in this case if one is named.
    Said(Option<CaseId>, &'a Meant<'a>),
    /// Where a saved walk was left: the one with this name, or the last.
    Saved(Option<&'a str>),
    /// After the answers of a file.
    Answers(&'a Path),
}

/// Who is talked to on a walk.
pub struct Talk<'w> {
    /// Who is asked.
    pub front: &'w mut dyn Front,
    /// Where the ticket goes.
    pub results: &'w mut dyn Write,
    /// What is said when a signal ends the program.
    pub exit_message: ExitMessage,
}

/// Walks to an outcome with the person at the terminal, and prints the ticket where the walk ends
/// in one.
///
/// # Errors
/// As [`run`].
pub fn start(context: &Context, start: Start<'_>, options: &Options) -> Result<()> {
    let terminal = &context.around.terminal;
    let colour = terminal.has_colour(context.color);
    let exit_message = ExitMessage::default();
    let mut front = front::choose(
        terminal,
        colour,
        options.plain,
        context.words,
        context.around.clock,
        &exit_message,
    )?;
    let talk = Talk {
        front: front.as_mut(),
        results: &mut io::stdout(),
        exit_message,
    };
    run(context, start, options, talk)
}

/// Walks to an outcome, and prints the ticket where the walk ends in one.
///
/// # Errors
/// When there is no such walk, nothing more can be read before anything is saved, or an answer
/// could not be saved.
pub fn run(context: &Context, start: Start<'_>, options: &Options, talk: Talk<'_>) -> Result<()> {
    let found = match start {
        Start::Saved(name) => {
            let (store, listing) = pick::list(context)?;
            let found = pick::pick(context, &listing, name)?;
            let following = pick::following(context, "resume", found, &listing)?;
            Some((store, found.clone(), following))
        }
        Start::Case(_) | Start::Said(..) | Start::Answers(_) => None,
    };
    let following = found
        .as_ref()
        .and_then(|(.., following)| following.as_ref());
    let context = following.unwrap_or(context);
    let words = context.words;
    let mut wizard = Wizard {
        context,
        front: talk.front,
        results: talk.results,
        options,
        ticket_langs: context.ticket_langs(options)?,
        masked: None,
        refused: None,
        asked_back: None,
        waiting: None,
        autosave: Autosave::new(
            talk.exit_message,
            context.parent().map(str::to_owned),
            words,
        ),
    };
    let begun = match (start, &found) {
        (Start::Case(case), _) => Begun::Case(case),
        (Start::Said(case, meant), _) => Begun::Said(case, meant),
        (Start::Answers(file), _) => {
            Begun::Answered(answers(context, file, context.around.terminal.stdin)?)
        }
        (Start::Saved(_), None) => return Ok(()),
        (Start::Saved(_), Some((store, found, _))) => {
            let taken = pick::take_up(context, store, found)
                .map_err(|why| pick::cannot_open(context, "resume", &found.id, &why))?;
            Begun::TakenUp(taken)
        }
    };
    let finished = begun.is_finished();
    wizard.greet()?;
    // A script that has all the answers has nothing to lose.
    let is_script = matches!(begun, Begun::Answered(_)) && finished;
    if !options.no_save && !is_script {
        match context.store() {
            Ok(store) => wizard.autosave.save_in(store),
            Err(problem) => {
                let why = words.trouble(&problem);
                wizard.autosave.problem = Some(why.clone());
                wizard.report_saving(Change::Fails(why))?;
            }
        }
    }
    let walk = match begun {
        Begun::Case(case) => wizard.begin(case)?,
        Begun::Said(case, meant) => wizard.begin_with(case, meant)?,
        Begun::Answered(walk) => Some(walk),
        Begun::TakenUp(taken) => Some(wizard.go_on(taken)?),
    };
    let walked = walk.map_or(Ok(()), |walk| wizard.walk(walk));
    match (walked, wizard.autosave.problem) {
        (Err(error), _) if error.kind() != Kind::Unread => Err(error),
        // An unsaved answer is worse news than an unread ticket.
        (_, Some(why)) => Err(Error::failed(words.not_kept(&why))),
        (walked, None) => walked,
    }
}

/// How far the walk has come before anything is asked.
enum Begun<'a> {
    /// Not yet begun, with this case if one is named.
    Case(Option<CaseId>),
    /// Not yet begun; this was said.
    Said(Option<CaseId>, &'a Meant<'a>),
    /// So far as the answers of a file go.
    Answered(Walk<'a>),
    /// As it was saved.
    TakenUp(TakenUp<'a>),
}

impl Begun<'_> {
    fn is_finished(&self) -> bool {
        let walk = match self {
            Begun::Case(_) | Begun::Said(..) => return false,
            Begun::Answered(walk) => walk,
            Begun::TakenUp(taken) => &taken.walk,
        };
        walk.outcome().is_some()
    }
}

/// The walk that the answers of a file make. It has to be complete where nobody can be asked for
/// the rest.
fn answers<'g>(context: &'g Context, file: &Path, asks: bool) -> Result<Walk<'g>> {
    let text = files::read_text(file, MAX_BYTES).map_err(|fault| Error::from(fault).at(file))?;
    let walk = History::parse(&text).and_then(|history| history.follow(&context.guide));
    let walk = walk.map_err(|wrong| Error::from(wrong).at(file))?;
    let words = context.words;
    for entry in walk.history() {
        if let Answer::Typed(value) = &entry.answer
            && let Some((count, usual)) = field::unusual(value)
        {
            let id = &context.guide.at(entry.step).id;
            crate::report::say(&words.unusual_taken(id, count, words.usual(usual)));
        }
    }
    match walk.next_step() {
        Some((_, step)) if !asks => {
            let ids: Vec<&str> = step.choices.iter().map(|c| c.id.as_str()).collect();
            let (text, ids) = (step.text.get(context.lang), ids.join(", "));
            let end = context.words.answers_end(&step.id, text, &ids);
            Err(Error::failed(end).at(file))
        }
        _ => Ok(walk),
    }
}

/// A walk that is going on, with the person who is asked.
struct Wizard<'a> {
    context: &'a Context,
    front: &'a mut dyn Front,
    /// Where the ticket goes.
    results: &'a mut dyn Write,
    options: &'a Options,
    /// The languages that the ticket is printed in, one after the other.
    ticket_langs: Vec<Lang>,
    /// What is left of a value once its secrets are taken out, for the prompt that asks again, and
    /// what in it was only perhaps one.
    masked: Option<(StepId, Clean, Option<Raw>)>,
    /// A number of unusual length that was asked back.
    asked_back: Option<(StepId, Clean)>,
    /// The step whose prompt asks again, as what was typed is not what it takes.
    refused: Option<StepId>,
    /// The wait that has begun, and when.
    waiting: Option<(StepId, Moment)>,
    autosave: Autosave,
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

/// What was chosen from the menu of cases.
enum Case {
    This(CaseId),
    /// What some words mean.
    Meant(Candidate),
    /// Back to the walk.
    Back,
    Leave,
}

impl<'a> Wizard<'a> {
    fn terminal(&self) -> &'a Terminal {
        &self.context.around.terminal
    }

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
        if self.front.draws() {
            let plain = context.words.plain_for_readers;
            self.front.tell(Tone::Plain, "", plain)?;
        }
        self.front.gap()
    }

    /// Walks to an outcome and what follows it, or until the user leaves.
    fn walk(&mut self, mut walk: Walk<'a>) -> Result<()> {
        self.say_how_to_resume(&walk);
        loop {
            let turn = match walk.next() {
                Node::Step(step) => self.ask_step(&mut walk, step)?,
                Node::Outcome(outcome) => {
                    let outcome = &self.context.guide.outcomes[outcome];
                    if self.block_if_leaking(&mut walk, outcome)? {
                        Turn::On
                    } else {
                        self.conclude(&mut walk, outcome)?
                    }
                }
            };
            match turn {
                Turn::On => {}
                Turn::Leave => return Ok(()),
                Turn::Cases => {
                    let has_ended = walk.outcome().is_some();
                    match self.choose_case(true)? {
                        // The same case once more: what was answered is still offered.
                        Case::This(case) if case == walk.start_case() && !has_ended => {}
                        Case::Back => {}
                        new @ (Case::This(_) | Case::Meant(_)) => {
                            if !has_ended && !walk.history().is_empty() {
                                self.leave(&walk)?;
                                self.front.gap()?;
                            }
                            self.autosave.forget();
                            self.waiting = None;
                            walk = match new {
                                Case::Meant(candidate) => self.take(candidate)?,
                                Case::This(case) => Walk::start(&self.context.guide, case),
                                Case::Back | Case::Leave => walk,
                            };
                            self.say_how_to_resume(&walk);
                        }
                        Case::Leave => {
                            if !has_ended && self.autosave.saved().is_some() {
                                self.leave(&walk)?;
                            }
                            return Ok(());
                        }
                    }
                }
            }
        }
    }

    /// Saves the walk, and says what has changed about that.
    fn save(&mut self, walk: &Walk<'_>) -> Result<()> {
        let now = self.context.now();
        let change = self.autosave.save(walk, self.waiting, now);
        self.say_how_to_resume(walk);
        self.report_saving(change)
    }

    fn report_saving(&mut self, change: Change) -> Result<()> {
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
    fn how_to_resume(&self, walk: &Walk<'_>) -> [String; 2] {
        let context = self.context;
        let resume = |id| context.command(&format!("resume {id}"));
        let (said, command) = match (self.autosave.saved(), self.autosave.partly()) {
            (Some(id), _) => (context.words.left_saved, resume(id)),
            (None, Some(id)) => (context.words.left_partly, resume(id)),
            (None, None) => (context.words.left, context.command_for(walk.start_case())),
        };
        [said.to_owned(), format!("  {command}")]
    }

    fn say_how_to_resume(&self, walk: &Walk<'_>) {
        self.autosave
            .exit_message
            .set(self.how_to_resume(walk).to_vec());
    }

    /// Names steps whose answers no longer apply.
    pub(super) fn name_dropped(&mut self, names: &[String]) -> Result<()> {
        if names.is_empty() {
            return Ok(());
        }
        let words = self.context.words;
        let dropped = words.dropped(names.join(words.comma));
        self.front.tell(Tone::Plain, "", &dropped)?;
        self.front.gap()
    }
}
