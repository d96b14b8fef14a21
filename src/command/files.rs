//! How files that the command line names are read.

use crate::embedded;
use crate::guide::{Guide, Proof};
use crate::report::Failure;
use anyhow::Result;
use std::io::Read;
use std::path::Path;

/// Reads and checks a guide file.
pub fn load(path: &Path) -> Result<Guide> {
    prove(path).map(|(guide, _)| guide)
}

/// Reads and checks a guide file, and says what was proven about it. A copy of the guide that ships
/// is that guide; what only has its id is refused.
pub fn prove(path: &Path) -> Result<(Guide, Proof)> {
    let name = path.display().to_string();
    let bytes = read(path, crate::guide::MAX_BYTES as u64)
        .map_err(|what| Failure::failed(format!("{name}: this guide cannot be read: {what}")))?;
    let own = embedded::guide();
    let is_own = bytes == embedded::SOURCE.as_bytes();
    let reserved = [own.id.as_str()];
    let reserved: &[&str] = if is_own { &[] } else { &reserved };
    let (guide, proof) = Guide::prove_foreign(&name, &bytes, reserved)
        .map_err(|refused| Failure::failed(format!("this guide cannot be used\n{refused}")))?;
    Ok((if is_own { own } else { guide }, proof))
}

/// The bytes of a file; of one that has more than `most`, one more than that.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let file = std::fs::File::open(path).map_err(|e| e.to_string())?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err("it is a folder; give the path of a TOML file".into());
    }
    let mut bytes = Vec::new();
    let mut some = file.take(most + 1);
    some.read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    Ok(bytes)
}
