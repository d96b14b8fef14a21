//! How a walk is saved after each answer.

use crate::front::signals::ExitMessage;
use crate::guide::StepId;
use crate::history::{self, History, Waiting};
use crate::moment::Moment;
use crate::store::{LockedWalk, Store};
use crate::walk::Walk;
use crate::words::Words;

/// Saves a walk after each answer, as far as the system allows it.
pub struct Autosave {
    /// Nothing where nothing is to be saved.
    store: Option<Store>,
    locked: Option<LockedWalk>,
    /// Why the last answer is not saved.
    pub problem: Option<String>,
    /// What is said when a signal ends the program.
    pub exit_message: ExitMessage,
    /// The name of the walk that this one follows up on.
    follows: Option<String>,
    words: &'static Words,
}

/// What a save has changed.
pub enum Change {
    None,
    /// From now on nothing is saved, and why.
    Fails(String),
    /// It is saved again.
    Works,
}

impl Autosave {
    /// Saves nothing yet.
    pub fn new(
        exit_message: ExitMessage,
        follows: Option<String>,
        words: &'static Words,
    ) -> Autosave {
        Autosave {
            store: None,
            locked: None,
            problem: None,
            exit_message,
            follows,
            words,
        }
    }

    /// From now on saves in this folder.
    pub fn save_in(&mut self, store: Store) {
        self.store = Some(store);
    }

    /// The folder where walks are saved.
    pub fn folder(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// Goes on with a walk that was saved before.
    pub fn go_on(&mut self, locked: LockedWalk) {
        self.locked = Some(locked);
    }

    /// Forgets the walk: the next to be saved is another one.
    pub fn forget(&mut self) {
        self.locked = None;
    }

    /// The name of the walk, if all of it is saved.
    pub fn saved(&self) -> Option<&str> {
        let keeps = self.store.is_some() && self.problem.is_none();
        let locked = self.locked.as_ref().filter(|_| keeps);
        locked.map(LockedWalk::id)
    }

    /// The name of the walk, if some of it is saved.
    pub fn partly(&self) -> Option<&str> {
        let locked = self.locked.as_ref().filter(|locked| locked.is_there());
        locked.map(LockedWalk::id)
    }

    /// Whether what was saved is no longer there.
    pub fn is_gone(&self) -> bool {
        self.saved().is_some() && self.partly().is_none()
    }

    /// Saves the walk, and the wait that it is in.
    pub fn save(
        &mut self,
        walk: &Walk<'_>,
        waiting: Option<(StepId, Moment)>,
        now: Moment,
    ) -> Change {
        let Some(store) = &self.store else {
            return Change::None;
        };
        let mut history = History::of(walk);
        history.follows.clone_from(&self.follows);
        history.waiting = waiting.and_then(|(step, since)| {
            let step = walk.guide().at(step).id.clone();
            let since = history::datetime(since)?;
            Some(Waiting { step, since })
        });
        if let Some(outcome) = walk.outcome() {
            history.finished = history::datetime(now);
            history.outcome = Some(outcome.id.clone());
        }
        let locked = match self.locked.take() {
            Some(locked) => Ok(locked),
            None => store.begin(&history.case, now),
        };
        let saved = locked.and_then(|mut locked| {
            let saved = locked.save(&history);
            self.locked = Some(locked);
            saved
        });
        let before = self.problem.take();
        self.problem = saved.err().map(|problem| self.words.trouble(&problem));
        match (before, &self.problem) {
            (None, Some(why)) => Change::Fails(why.clone()),
            (Some(_), None) => Change::Works,
            _ => Change::None,
        }
    }
}
