//! How files that the command line names are read.

use crate::embedded;
use crate::error::{Error, FileFault, Result, What};
use crate::guide::{Budget, Checked, Date, Guide};
use std::io::Read;
use std::path::Path;

/// Reads and checks a guide file.
pub fn load(path: &Path, budget: Budget) -> Result<Guide> {
    check(path, None, budget).map(|checked| checked.guide)
}

/// Reads and checks a guide file, and says what was found. A copy of the guide that ships is that
/// guide; what only has its id is refused.
pub fn check(path: &Path, today: Option<Date>, budget: Budget) -> Result<Checked> {
    let name = path.display().to_string();
    let bytes = read(path, crate::guide::MAX_BYTES as u64)
        .map_err(|fault| Error::new(What::UnreadGuide(fault)).at(path))?;
    let own = embedded::guide();
    let is_own = bytes == embedded::SOURCE.as_bytes();
    let reserved = [own.id.as_str()];
    let reserved: &[&str] = if is_own { &[] } else { &reserved };
    let checked = Guide::check(&name, &bytes, reserved, today, budget)?;
    Ok(if is_own {
        Checked {
            guide: own,
            ..checked
        }
    } else {
        checked
    })
}

/// The bytes of a file; of one that has more than `most`, one more than that.
fn read(path: &Path, most: u64) -> Result<Vec<u8>, FileFault> {
    let file = std::fs::File::open(path)?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(FileFault::Folder);
    }
    let mut bytes = Vec::new();
    let mut some = file.take(most + 1);
    some.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a file of at most so many bytes.
pub fn read_text(path: &Path, most: u64) -> Result<String, FileFault> {
    let bytes = read(path, most)?;
    if bytes.len() as u64 > most {
        return Err(FileFault::TooLarge(most / 1024));
    }
    String::from_utf8(bytes).map_err(|_| FileFault::NotUtf8)
}
