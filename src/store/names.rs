//! What the files of a saved walk are called.

/// What the name of a lock ends in.
pub(super) const LOCK: &str = ".lock";
/// How many random characters the name of a file has while it is being written.
pub(super) const RANDOM: usize = 8;
/// What that name ends in.
pub(super) const HALF_WRITTEN: &str = ".tmp";

/// Whether this may be a walk's name: its case, then the time at which it was begun. Files with
/// other names belong to other programs.
pub(super) fn is_id(name: &str) -> bool {
    let digits = |part: &str, n| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let (name, begun) = match name.rsplit_once('-') {
        // A second walk in the same second has a number after the time.
        Some((name, n)) if !digits(n, 6) => match name.rsplit_once('-') {
            Some((name, begun)) if !n.is_empty() && digits(n, n.len()) => (name, begun),
            _ => return false,
        },
        Some((name, begun)) => (name, begun),
        None => return false,
    };
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    name.rsplit_once('-').is_some_and(|(case, day)| {
        digits(begun, 6) && digits(day, 8) && !case.is_empty() && case.bytes().all(plain)
    })
}

/// The name of the walk, if this is the name of a file that was put aside.
pub(super) fn aside(name: &str) -> Option<&str> {
    let parts = name.split_once(".toml.bad");
    let parts = parts.filter(|(id, n)| is_id(id) && n.bytes().all(|b| b.is_ascii_digit()));
    parts.map(|(id, _)| id)
}

/// The name of the walk, if this is the name of its lock or of a half-written file.
pub(super) fn left_behind(name: &str) -> Option<&str> {
    let half = name
        .strip_suffix(HALF_WRITTEN)
        .and_then(|n| n.split_once('.'));
    let plain = |random: &str| random.bytes().all(|b| b.is_ascii_alphanumeric());
    let half = half.filter(|(_, random)| random.len() == RANDOM && plain(random));
    let id = half.map(|(id, _)| id).or(name.strip_suffix(LOCK));
    id.filter(|id| is_id(id))
}
