//! Why a saved walk cannot be saved, read or deleted.

use super::limits::{FOLDER, MAX_BYTES, VERSION};
use crate::history::Unfit;
use crate::words::Words;
use std::io;
use std::path::{Path, PathBuf};

/// Why a walk cannot be saved, opened or deleted, or why a file is not a saved walk. See
/// [`Words::trouble`].
#[derive(Debug)]
pub enum StoreError {
    /// No folder is known for it.
    NoHome,
    /// Another program has this walk open.
    Busy,
    /// It is not there any more.
    Gone,
    /// The system refused something.
    System {
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
    /// It is something else than a file.
    NoFile,
    /// It has more than [`super::MAX_BYTES`].
    TooLarge,
    /// It is a file of another kind.
    NoWalk,
    /// It is of this version, which is newer than the program knows.
    Newer(u32),
    /// The checksum does not match the text.
    Damaged,
    /// It does not fit the guide that is asked for.
    Unfit(Unfit),
}

impl StoreError {
    /// Whether it is certain that the file is not a saved walk of any version. Otherwise it may be
    /// one that cannot be read now, or not by this program.
    pub(super) fn is_certain(&self) -> bool {
        match self {
            StoreError::NoFile
            | StoreError::TooLarge
            | StoreError::NoWalk
            | StoreError::Damaged => true,
            StoreError::System { .. }
            | StoreError::Newer(_)
            | StoreError::NoHome
            | StoreError::Busy
            | StoreError::Gone
            | StoreError::Unfit(_) => false,
        }
    }
}

impl From<Unfit> for StoreError {
    fn from(unfit: Unfit) -> StoreError {
        StoreError::Unfit(unfit)
    }
}

impl Words {
    /// Why a walk cannot be saved, opened or deleted, or why a file is not a saved walk.
    #[must_use]
    pub fn trouble(&self, error: &StoreError) -> String {
        let texts = &self.trouble;
        let text = match error {
            StoreError::Busy => texts.busy,
            StoreError::Gone => texts.gone,
            StoreError::NoFile => texts.no_file,
            StoreError::NoWalk => texts.no_walk,
            StoreError::Damaged => texts.damaged,
            StoreError::NoHome => return texts.no_home(FOLDER),
            StoreError::System { path, error } => {
                return texts.system(path.display().to_string(), self.system(error));
            }
            StoreError::TooLarge => return texts.too_large(MAX_BYTES / 1024),
            StoreError::Newer(version) => return texts.newer(*version, VERSION),
            StoreError::Unfit(unfit) => return self.unfit(unfit),
        };
        text.to_owned()
    }
}

/// Adds the path to an error of the system.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    |error| StoreError::System { path, error }
}
