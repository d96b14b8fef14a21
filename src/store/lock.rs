//! How two programs are kept from writing the same walk.

use super::error::{StoreError, at};
use super::folder::Store;
use std::fs::{self, File, OpenOptions};
use std::path::Path;

/// A walk that this program alone may write, as long as this lives.
#[derive(Debug)]
pub struct LockedWalk {
    pub(super) id: String,
    pub(super) store: Store,
    held: File,
}

impl LockedWalk {
    /// The name of the walk.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether the walk has been saved, and its file is still there.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.store.file(&self.id).is_file()
    }

    /// Takes the lock again where somebody has removed it by hand, or the whole folder.
    pub(super) fn hold(&mut self) -> Result<(), StoreError> {
        let path = self.store.lock_file(&self.id);
        if !is_at(&self.held, &path) {
            self.store.make()?;
            self.held = lock(&path)?;
        }
        Ok(())
    }
}

impl Store {
    /// Locks a walk, so that no other program goes on with it at the same time.
    ///
    /// # Errors
    /// [`StoreError::Busy`], or when the lock cannot be made.
    pub fn lock(&self, id: &str) -> Result<LockedWalk, StoreError> {
        Ok(LockedWalk {
            held: lock(&self.lock_file(id))?,
            id: id.to_owned(),
            store: self.clone(),
        })
    }
}

/// Holds the lock with this name until the file that is returned is closed.
fn lock(path: &Path) -> Result<File, StoreError> {
    loop {
        // To open a named pipe would wait for its other end.
        if fs::metadata(path).is_ok_and(|file| !file.is_file()) {
            return Err(StoreError::NoFile);
        }
        let file = private(OpenOptions::new().create(true).truncate(false).write(true))
            .open(path)
            .map_err(at(path))?;
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => return Err(StoreError::Busy),
            // Whoever held it before may have removed it, and somebody else may hold a new one.
            Ok(()) if !is_at(&file, path) => {}
            // On a file system without locks, nothing says that another program has the walk.
            Ok(()) | Err(fs::TryLockError::Error(_)) => return Ok(file),
        }
    }
}

/// Whether this open file is still the one with this name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(file), Ok(there)) => id(file) == id(there),
        _ => false,
    }
}

/// An open file cannot be removed here.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// Files that nobody else can read.
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}
