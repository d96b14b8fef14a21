//! Where saved walks are kept.

use super::error::{StoreError, at};
use super::limits::FOLDER;
use super::names::LOCK;
use etcetera::BaseStrategy;
use std::env;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The folder of saved walks. It may not exist yet.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) folder: PathBuf,
    /// Whether the program chose the folder, so that nobody else has files in it.
    is_own: bool,
}

impl Store {
    /// The user's own folder: what `OKX_VERIFY_HELP_STATE` says, else `okx-verify-help` where the
    /// system keeps the state of programs (`$XDG_STATE_HOME`, `~/.local/state`).
    ///
    /// # Errors
    /// [`StoreError::NoHome`].
    pub fn open() -> Result<Store, StoreError> {
        if let Some(folder) = env::var_os(FOLDER).filter(|folder| !folder.is_empty()) {
            return Ok(Store::at(folder.into()));
        }
        let dirs = etcetera::choose_base_strategy().map_err(|_| StoreError::NoHome)?;
        let state = dirs.state_dir().unwrap_or_else(|| dirs.data_dir());
        if !state.is_absolute() {
            return Err(StoreError::NoHome);
        }
        Ok(Store {
            folder: state.join("okx-verify-help"),
            is_own: true,
        })
    }

    /// A folder that somebody else has chosen.
    #[must_use]
    pub fn at(folder: PathBuf) -> Store {
        Store {
            folder,
            is_own: false,
        }
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the folder. One that the program chose cannot be read by anybody else; a folder that
    /// the user names may be shared, so its permissions stay as they are.
    pub(super) fn make(&self) -> Result<(), StoreError> {
        let folder = &self.folder;
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
            builder.mode(0o700);
            builder.create(folder).map_err(at(folder))?;
            let mode = fs::metadata(folder).map_err(at(folder))?;
            if self.is_own && mode.permissions().mode() & 0o077 != 0 {
                let closed = fs::Permissions::from_mode(0o700);
                fs::set_permissions(folder, closed).map_err(at(folder))?;
            }
        }
        #[cfg(not(unix))]
        builder.create(folder).map_err(at(folder))?;
        Ok(())
    }

    /// Brings what was renamed or removed in the folder to the disk.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        if cfg!(not(unix)) {
            return Ok(());
        }
        let synced = File::open(&self.folder).and_then(|folder| folder.sync_all());
        match synced {
            // Some file systems do not support it, and do not need it.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::InvalidInput | ErrorKind::Unsupported
                ) =>
            {
                Ok(())
            }
            synced => synced.map_err(at(&self.folder)),
        }
    }

    /// The names of what is in the folder, in order.
    pub(super) fn names(&self) -> Result<Vec<String>, StoreError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(at(&self.folder))?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(at(&self.folder))?;
            names.extend(entry.file_name().into_string().ok());
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Whether there is a walk of this name.
    ///
    /// # Errors
    /// When the system does not tell.
    pub(super) fn has(&self, id: &str) -> Result<bool, StoreError> {
        let file = self.file(id);
        file.try_exists().map_err(at(&file))
    }

    /// The file of a walk.
    pub(super) fn file(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.toml"))
    }

    /// The lock of a walk.
    pub(super) fn lock_file(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}{LOCK}"))
    }
}

/// Whether it is certain that nothing has this name, not even a link that leads nowhere.
pub(super) fn is_nothing(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}
