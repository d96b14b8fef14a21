//! What the system refuses, in the words of a language.

use crate::words::{Words, by_id};
use std::io::{self, ErrorKind};

impl Words {
    /// What the system refused, as far as it happens to people; else in its own words.
    #[must_use]
    pub fn system(&self, error: &io::Error) -> String {
        let id = match error.kind() {
            ErrorKind::PermissionDenied => "permission-denied",
            ErrorKind::StorageFull => "storage-full",
            ErrorKind::QuotaExceeded => "quota-exceeded",
            ErrorKind::ReadOnlyFilesystem => "read-only",
            ErrorKind::AlreadyExists => "already-exists",
            ErrorKind::NotFound if error.raw_os_error().is_none() => "no-folder",
            ErrorKind::NotFound => "not-found",
            ErrorKind::NotADirectory => "not-a-folder",
            ErrorKind::IsADirectory => "is-a-folder",
            ErrorKind::DirectoryNotEmpty => "not-empty",
            _ => return error.to_string(),
        };
        by_id(self.system, id).map_or_else(|| error.to_string(), str::to_owned)
    }
}
