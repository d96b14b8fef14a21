//! What users are told about saved walks in numbers, or in names.

/// The version of the format that is written, and the newest that is read.
pub const VERSION: u32 = 1;
/// The largest file that is read, in bytes. A walk of 70 answers has about 10 KiB.
pub const MAX_BYTES: u64 = 256 * 1024;
/// How many days after its outcome a walk is old: support may ask until then.
pub const OLD_DAYS: i64 = 30;
/// The environment variable that names another folder for saved walks.
pub const FOLDER: &str = "OKX_VERIFY_HELP_STATE";
