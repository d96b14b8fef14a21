//! How a saved walk is read.

use super::error::{StoreError, at};
use super::folder::is_nothing;
use super::format::{check, split};
use super::limits::{MAX_BYTES, OLD_DAYS};
use super::lock::LockedWalk;
use super::names::is_id;
use super::summary::Summary;
use crate::history::History;
use crate::moment::Moment;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// A walk that was saved. Only what lists show has been read of it.
#[derive(Clone)]
pub struct SavedWalk {
    /// Its name: the case, and when it was begun.
    pub id: String,
    /// What lists show.
    pub summary: Summary,
    /// When something was last done on it.
    pub last: Moment,
    text: String,
}

impl SavedWalk {
    /// All of it.
    ///
    /// # Errors
    /// [`StoreError::NoWalk`].
    pub fn history(&self) -> Result<History, StoreError> {
        parse(&self.text)
    }

    /// Whether it reached its outcome more than [`OLD_DAYS`] ago.
    #[must_use]
    pub fn is_old(&self, now: Moment) -> bool {
        let finished = self.summary.finished;
        finished.is_some_and(|at| now.minutes_since(at) > OLD_DAYS * 24 * 60)
    }
}

impl LockedWalk {
    /// The walk as it was saved last; nothing if it was not.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn load(&self) -> Result<Option<History>, StoreError> {
        let text = read_text(&self.store.file(&self.id))?;
        text.map(|text| parse(&text)).transpose()
    }
}

/// Reads a saved walk; nothing, if it has just gone.
pub(super) fn read(path: &Path, id: &str) -> Result<Option<SavedWalk>, StoreError> {
    let Some(text) = read_text(path)? else {
        return Ok(None);
    };
    let body = split(&text).map_or("", |(_, body)| body);
    let summary = match Summary::of_lines(body) {
        Some(summary) => summary,
        None => Summary::of(&parse(&text)?),
    };
    Ok(Some(SavedWalk {
        id: id.to_owned(),
        last: summary.last,
        summary,
        text,
    }))
}

/// The text of a saved walk, checked against its checksum; nothing, if it has just gone.
fn read_text(path: &Path) -> Result<Option<String>, StoreError> {
    let open = || -> io::Result<Option<Vec<u8>>> {
        // To open a named pipe would wait for its other end.
        let metadata = fs::metadata(path)?;
        if !metadata.is_file() {
            return Ok(None);
        }
        let most = MAX_BYTES + 1;
        // With room for all of it, it is read at once instead of in many small pieces.
        let room = usize::try_from(metadata.len().min(most)).unwrap_or_default() + 1;
        let mut bytes = Vec::with_capacity(room);
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    };
    match open() {
        Err(error) if error.kind() == ErrorKind::NotFound && is_nothing(path) => Ok(None),
        bytes => check(bytes.map_err(at(path))?.ok_or(StoreError::NoFile)?).map(Some),
    }
}

fn parse(text: &str) -> Result<History, StoreError> {
    let history = History::parse(text).map_err(|_| StoreError::NoWalk)?;
    if history.follows.as_deref().is_some_and(|name| !is_id(name)) {
        return Err(StoreError::NoWalk);
    }
    Ok(history)
}
