//! The two lines before a walk in its file, which show whether it is as it was written.

use super::error::StoreError;
use super::limits::{MAX_BYTES, VERSION};
use std::fmt::Write as _;

/// The text of a file: the version, the SHA-256 of what follows, the walk.
pub(super) fn seal(body: &str) -> String {
    format!("version = {VERSION}\nchecksum = \"{}\"\n{body}", sum(body))
}

/// The text of a file that is as it was written.
///
/// # Errors
/// Why it is not a saved walk, or not one that this version can read.
pub(super) fn check(bytes: Vec<u8>) -> Result<String, StoreError> {
    let first = bytes.split(|byte| *byte == b'\n').next();
    let version = first.and_then(|first| first.strip_prefix(b"version = "));
    let version = version.and_then(|version| std::str::from_utf8(version).ok());
    let version = version.and_then(|version| version.trim_end().parse::<u32>().ok());
    // A newer version may have anything else in its files, however large they are.
    if let Some(newer) = version.filter(|version| *version > VERSION) {
        return Err(StoreError::Newer(newer));
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(StoreError::TooLarge);
    }
    if version != Some(VERSION) {
        return Err(StoreError::NoWalk);
    }
    let text = String::from_utf8(bytes).map_err(|_| StoreError::NoWalk)?;
    let (checksum, body) = split(&text).ok_or(StoreError::NoWalk)?;
    if checksum != format!("checksum = \"{}\"", sum(body)) {
        return Err(StoreError::Damaged);
    }
    Ok(text)
}

/// The line of the checksum and the walk, in the text of a file.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let (_, rest) = text.split_once('\n')?;
    rest.split_once('\n')
}

fn sum(body: &str) -> String {
    let mut sum = String::from("sha256:");
    for byte in hmac_sha256::Hash::hash(body.as_bytes()) {
        let _ = write!(sum, "{byte:02x}");
    }
    sum
}
