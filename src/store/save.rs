//! How a walk is written to disk.
//!
//! The file is replaced as a whole: a new file is written beside it, synced, renamed to its name,
//! and the folder is synced. So the file is always either the old one or the new one.

use super::error::{StoreError, at};
use super::folder::Store;
use super::format::seal;
use super::lock::{LockedWalk, private};
use super::names::{HALF_WRITTEN, RANDOM};
use crate::history::History;
use crate::moment::Moment;
use crate::redact::Clean;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};

impl Store {
    /// Begins a new walk of a case.
    ///
    /// # Errors
    /// When the folder or the lock cannot be made.
    pub fn begin(&self, case: &str, now: Moment) -> Result<LockedWalk, StoreError> {
        self.make()?;
        if let Ok(names) = self.names() {
            self.clear_up(&names);
        }
        let name = format!("{case}-{}", now.in_digits());
        let mut names = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}-{n}")));
        loop {
            let id = names.next().unwrap_or_default();
            if self.has(&id)? || self.lock_file(&id).exists() {
                continue;
            }
            match self.lock(&id) {
                Err(StoreError::Busy) => {}
                // Another program may have begun one and left it since.
                Ok(_) if self.has(&id)? => {}
                locked => return locked,
            }
        }
    }

    /// Deletes a walk.
    ///
    /// # Errors
    /// [`StoreError::Busy`], or when it cannot be deleted.
    pub fn delete(&self, id: &str) -> Result<(), StoreError> {
        let _lock = self.lock(id)?;
        let file = self.file(id);
        fs::remove_file(&file).map_err(at(&file))?;
        let _ = fs::remove_file(self.lock_file(id));
        self.sync()
    }
}

impl LockedWalk {
    /// Saves the walk. When this returns, it is on the disk.
    ///
    /// # Errors
    /// When something was refused. The file is then as it was, or already new.
    pub fn save(&mut self, history: &History<Clean>) -> Result<(), StoreError> {
        self.hold()?;
        let path = self.store.file(&self.id);
        let body = toml::to_string(history).map_err(|error| StoreError::System {
            path: path.clone(),
            error: io::Error::other(error),
        })?;
        let mut new = tempfile::Builder::new()
            .prefix(&format!("{}.", self.id))
            .suffix(HALF_WRITTEN)
            .rand_bytes(RANDOM)
            .make_in(&self.store.folder, |new| {
                private(OpenOptions::new().write(true).create_new(true)).open(new)
            })
            .map_err(at(&path))?;
        // tempfile's own errors name the new file, which the user has never heard of.
        let file = new.as_file_mut();
        file.write_all(seal(&body).as_bytes()).map_err(at(&path))?;
        file.sync_all().map_err(at(&path))?;
        new.persist(&path)
            .map_err(|refused| at(&path)(refused.error))?;
        self.store.sync()
    }
}
