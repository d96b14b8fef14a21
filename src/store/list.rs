//! Which walks are saved.

use super::error::{StoreError, at};
use super::folder::{Store, is_nothing};
use super::names::{HALF_WRITTEN, LOCK, aside, is_id, left_behind};
use super::read::{SavedWalk, read};
use std::cmp::Reverse;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// What a look into the folder has found.
#[derive(Default)]
pub struct Listing {
    /// The walks, the latest first.
    pub walks: Vec<SavedWalk>,
    /// Files that are not saved walks: what each is called now, and why. They are kept beside the
    /// walks under a name that ends in `.bad`.
    pub aside: Vec<(String, StoreError)>,
    /// Walks that cannot be read now, or not by this program, and why. They are where they were.
    pub left: Vec<(String, StoreError)>,
    /// Walks that had been put aside and can be read again.
    pub back: Vec<String>,
}

impl Store {
    /// Lists the walks. Also removes what a killed save has left behind, puts aside files that are
    /// not saved walks, and takes back those put aside that are. It never deletes a walk because of
    /// its age: the clock may be wrong.
    ///
    /// # Errors
    /// When the folder cannot be read. One that does not exist is empty.
    pub fn list(&self) -> Result<Listing, StoreError> {
        let names = self.names()?;
        self.clear_up(&names);
        let mut listing = Listing::default();
        for name in names {
            let path = self.folder.join(&name);
            if let Some(id) = name.strip_suffix(".toml").filter(|id| is_id(id)) {
                match read(&path, id) {
                    Ok(None) => {}
                    Ok(Some(walk)) => listing.walks.push(walk),
                    Err(why) => {
                        let aside = why.is_certain().then(|| put_aside(&path)).flatten();
                        match aside {
                            Some(aside) => listing.aside.push((aside, why)),
                            None => listing.left.push((name, why)),
                        }
                    }
                }
            } else if let Some(id) = aside(&name)
                && let Ok(Some(walk)) = read(&path, id)
                && self.take_back(&path, id).is_some()
            {
                listing.back.push(id.to_owned());
                listing.walks.push(walk);
            }
        }
        listing
            .walks
            .sort_by(|a, b| Reverse((a.last, &a.id)).cmp(&Reverse((b.last, &b.id))));
        Ok(listing)
    }

    /// Removes what a save that was killed left behind. `names` are those in the folder, in order.
    pub(super) fn clear_up(&self, names: &[String]) {
        // A lock with its walk beside it is the usual case, and needs no look at the disk.
        let has = |id: &str| names.binary_search(&format!("{id}.toml")).is_ok();
        for name in names {
            let path = self.folder.join(name);
            if let Some(id) = left_behind(name)
                && (!name.ends_with(LOCK) || !has(id) && matches!(self.has(id), Ok(false)))
                // Locks are empty; a file that is not belongs to another program.
                && (name.ends_with(HALF_WRITTEN)
                    || fs::metadata(&path).is_ok_and(|m| m.len() == 0))
                && let Ok(_lock) = self.lock(id)
            {
                let _ = fs::remove_file(path);
                if matches!(self.has(id), Ok(false)) {
                    let _ = fs::remove_file(self.lock_file(id));
                }
            }
        }
    }

    /// Gives a walk that was put aside its name again, unless that is taken.
    fn take_back(&self, path: &Path, id: &str) -> Option<()> {
        let _lock = self.lock(id).ok()?;
        let file = self.file(id);
        is_nothing(&file).then_some(())?;
        fs::rename(path, file).ok()
    }

    /// The names of what was put aside.
    #[must_use]
    pub fn aside(&self) -> Vec<String> {
        let mut names = self.names().unwrap_or_default();
        names.retain(|name| aside(name).is_some());
        names
    }

    /// Deletes something that was put aside.
    ///
    /// # Errors
    /// When it cannot be deleted; a folder with something in it is not.
    pub fn delete_aside(&self, name: &str) -> Result<(), StoreError> {
        let path = self.folder.join(name);
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|m| m.is_dir());
        let deleted = if is_folder {
            fs::remove_dir(&path)
        } else {
            fs::remove_file(&path)
        };
        deleted.map_err(at(&path))
    }
}

/// Gives a file that is not a saved walk another name, and returns that.
fn put_aside(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let names =
        std::iter::once(format!("{name}.bad")).chain((2..).map(|n| format!("{name}.bad{n}")));
    for aside in names {
        let there = path.with_file_name(&aside);
        match fs::symlink_metadata(&there) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::rename(path, there).ok()?;
                return Some(aside);
            }
            Err(_) => return None,
        }
    }
    None
}
