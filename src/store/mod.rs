//! Saved walks on disk: one file a walk, as [`crate::history`] has it, in a folder of the user's own.

mod error;
mod folder;
mod format;
mod limits;
mod list;
mod lock;
mod names;
mod read;
mod save;
mod summary;

pub use self::error::StoreError;
pub use self::folder::Store;
pub use self::limits::{MAX_BYTES, OLD_DAYS};
pub use self::list::Listing;
pub use self::lock::LockedWalk;
pub use self::read::SavedWalk;
pub use self::summary::Summary;
