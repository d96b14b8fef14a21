//! What the wizard keeps of a walk while it goes on.

use crate::front::signals::Farewell;
use crate::guide::StepId;
use crate::history::{self, History, Waiting};
use crate::moment::Moment;
use crate::session::{Slot, Store};
use crate::walk::Walk;
use crate::words::Words;

/// Keeps a walk on the disk, as long as the disk lets it.
pub struct Keeper {
    /// Nothing where nothing is to be saved.
    store: Option<Store>,
    slot: Option<Slot>,
    /// Why the walk as it is now is not saved.
    pub trouble: Option<String>,
    pub farewell: Farewell,
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

impl Keeper {
    /// Keeps nothing yet.
    pub fn new(farewell: Farewell, follows: Option<String>, words: &'static Words) -> Keeper {
        Keeper {
            store: None,
            slot: None,
            trouble: None,
            farewell,
            follows,
            words,
        }
    }

    /// Keeps what comes in this folder, or nothing.
    pub fn store(&mut self, store: Option<Store>) {
        self.store = store;
    }

    /// The folder where walks are kept.
    pub fn folder(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// Goes on with a walk that is kept already.
    pub fn go_on(&mut self, slot: Slot) {
        self.slot = Some(slot);
    }

    /// Lets go of the walk: what is kept next is another one.
    pub fn let_go(&mut self) {
        self.slot = None;
    }

    /// The name of the walk, if all of it is saved.
    pub fn saved(&self) -> Option<&str> {
        let keeps = self.store.is_some() && self.trouble.is_none();
        let slot = self.slot.as_ref().filter(|_| keeps);
        slot.map(Slot::id)
    }

    /// The name of the walk, if some of it is saved.
    pub fn partly(&self) -> Option<&str> {
        let slot = self.slot.as_ref().filter(|slot| slot.is_there());
        slot.map(Slot::id)
    }

    /// Whether what was saved is no longer there.
    pub fn is_gone(&self) -> bool {
        self.saved().is_some() && self.partly().is_none()
    }

    /// Saves the walk, and the wait that it is in.
    pub fn keep(&mut self, walk: &Walk<'_>, waiting: Option<(StepId, Moment)>) -> Change {
        let Some(store) = &self.store else {
            return Change::None;
        };
        let now = Moment::now();
        let mut history = History::of(walk);
        history.follows.clone_from(&self.follows);
        history.waiting = waiting.and_then(|(step, since)| {
            let step = walk.guide().at(step).id.clone();
            let since = history::datetime(since)?;
            Some(Waiting { step, since })
        });
        if walk.outcome().is_some() {
            history.finished = history::datetime(now);
        }
        let slot = match self.slot.take() {
            Some(slot) => Ok(slot),
            None => store.begin(&history.case, now),
        };
        let saved = slot.and_then(|mut slot| {
            let saved = slot.save(&history);
            self.slot = Some(slot);
            saved
        });
        let before = self.trouble.take();
        self.trouble = saved.err().map(|trouble| self.words.trouble(&trouble));
        match (before, &self.trouble) {
            (None, Some(why)) => Change::Fails(why.clone()),
            (Some(_), None) => Change::Works,
            _ => Change::None,
        }
    }
}
