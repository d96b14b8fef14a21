//! Saved walks on disk: one file a walk, as [`History`] has it, in a folder of the user's own.
//!
//! A file begins with the version of the format and the SHA-256 of all that follows these two
//! lines. It is replaced as a whole: written to a new file beside it, synced, renamed, and the
//! folder synced. A lock of its own keeps two wizards from the same walk.

use crate::history::{self, History, Unfit};
use crate::moment::Moment;
use crate::redact::Clean;
use crate::words::Words;
use etcetera::BaseStrategy;
use std::env;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};

/// The version of the format that is written, and the newest that is read.
pub const VERSION: u32 = 1;
/// The largest file that is read, in bytes. A walk of 70 answers has about 10 KiB.
pub const MAX_BYTES: u64 = 256 * 1024;
/// How many days after its outcome a walk is old: support may ask until then.
pub const OLD_DAYS: i64 = 30;
/// What the name of a lock ends in.
const LOCK: &str = ".lock";
/// How many random characters stand in the name of a file that is being written.
const RANDOM: usize = 8;
/// What that name ends in.
const HALF: &str = ".tmp";
/// The environment variable that names another folder for saved walks.
pub const FOLDER: &str = "OKX_VERIFY_HELP_STATE";

/// Why a walk cannot be saved, opened or deleted, or a file is no walk; see
/// [`Words::trouble`].
#[derive(Debug)]
pub enum Trouble {
    /// No folder is known for it.
    NoHome,
    /// Another program has this walk open.
    Busy,
    /// It is not there any more.
    Gone,
    /// The system refused something.
    System {
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
    /// It is something else than a file.
    NoFile,
    /// It has more than [`MAX_BYTES`].
    TooLarge,
    /// It is a file of another kind.
    NoWalk,
    /// Its version, which is newer than [`VERSION`].
    Newer(u32),
    /// The checksum is not that of the text.
    Damaged,
    /// It is no walk on the guide that is asked for.
    Unfit(Unfit),
}

impl Trouble {
    /// Whether a file that was read is known to be no walk of any version; else it may well be one
    /// that just cannot be read now, or not by this program.
    fn is_wrong(&self) -> bool {
        match self {
            Trouble::NoFile | Trouble::TooLarge | Trouble::NoWalk | Trouble::Damaged => true,
            Trouble::System { .. }
            | Trouble::Newer(_)
            | Trouble::NoHome
            | Trouble::Busy
            | Trouble::Gone
            | Trouble::Unfit(_) => false,
        }
    }
}

impl Words {
    /// Why a walk cannot be saved, opened or deleted, or a file is no walk.
    #[must_use]
    pub fn trouble(&self, trouble: &Trouble) -> String {
        let texts = &self.trouble;
        let text = match trouble {
            Trouble::Busy => texts.busy,
            Trouble::Gone => texts.gone,
            Trouble::NoFile => texts.no_file,
            Trouble::NoWalk => texts.no_walk,
            Trouble::Damaged => texts.damaged,
            Trouble::NoHome => return texts.no_home(FOLDER),
            Trouble::System { path, error } => {
                return texts.system(path.display().to_string(), self.system(error));
            }
            Trouble::TooLarge => return texts.too_large(MAX_BYTES / 1024),
            Trouble::Newer(version) => return texts.newer(*version, VERSION),
            Trouble::Unfit(unfit) => return self.unfit(unfit),
        };
        text.to_owned()
    }
}

impl From<Unfit> for Trouble {
    fn from(unfit: Unfit) -> Trouble {
        Trouble::Unfit(unfit)
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> Trouble {
    let path = path.to_owned();
    |error| Trouble::System { path, error }
}

/// A walk that was saved.
#[derive(Clone)]
pub struct Saved {
    /// Its name: the case, and when it was begun.
    pub id: String,
    /// What was answered.
    pub history: History,
    /// When something was last done on it.
    pub last: Moment,
}

impl Saved {
    fn new(id: &str, history: History) -> Saved {
        Saved {
            id: id.to_owned(),
            last: last(&history),
            history,
        }
    }

    /// Whether it reached its outcome more than [`OLD_DAYS`] ago.
    #[must_use]
    pub fn is_old(&self, now: Moment) -> bool {
        let finished = self.history.finished.as_ref();
        let finished = finished.and_then(|at| history::moment(at).ok());
        finished.is_some_and(|at| now.minutes_since(at) > OLD_DAYS * 24 * 60)
    }
}

/// What a look into the folder has found.
#[derive(Default)]
pub struct Shelf {
    /// The walks, those last walked first.
    pub walks: Vec<Saved>,
    /// Files that are no walks: what each is called now, and why. They are kept beside the walks
    /// under a name that ends in `.bad`.
    pub aside: Vec<(String, Trouble)>,
    /// Walks that cannot be read now, or not by this program, and why. They are where they were.
    pub left: Vec<(String, Trouble)>,
    /// Walks that had been put aside and can be read.
    pub back: Vec<String>,
}

/// The folder of saved walks. It may not exist yet.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The user's own folder: what [`FOLDER`] says, else `okx-verify-help` where the system keeps
    /// the state of programs (`$XDG_STATE_HOME`, `~/.local/state`).
    ///
    /// # Errors
    /// [`Trouble::NoHome`].
    pub fn open() -> Result<Store, Trouble> {
        if let Some(folder) = env::var_os(FOLDER).filter(|folder| !folder.is_empty()) {
            return Ok(Store {
                folder: folder.into(),
            });
        }
        let dirs = etcetera::choose_base_strategy().map_err(|_| Trouble::NoHome)?;
        let state = dirs.state_dir().unwrap_or_else(|| dirs.data_dir());
        if !state.is_absolute() {
            return Err(Trouble::NoHome);
        }
        Ok(Store {
            folder: state.join("okx-verify-help"),
        })
    }

    /// Another folder than the user's own.
    #[must_use]
    pub fn at(folder: PathBuf) -> Store {
        Store { folder }
    }

    /// Looks at what is there. Removes what a save that was killed left behind, puts aside what is
    /// no walk, and takes back what was put aside and is one. No walk is deleted: the clock may be
    /// wrong.
    ///
    /// # Errors
    /// When the folder cannot be read. One that does not exist is empty.
    pub fn look(&self) -> Result<Shelf, Trouble> {
        let names = self.names()?;
        self.clear_up(&names);
        let mut shelf = Shelf::default();
        for name in names {
            let path = self.folder.join(&name);
            if let Some(id) = name.strip_suffix(".toml").filter(|id| is_id(id)) {
                match read(&path) {
                    Ok(None) => {}
                    Ok(Some(history)) => shelf.walks.push(Saved::new(id, history)),
                    Err(why) => {
                        let aside = why.is_wrong().then(|| put_aside(&path)).flatten();
                        match aside {
                            Some(aside) => shelf.aside.push((aside, why)),
                            None => shelf.left.push((name, why)),
                        }
                    }
                }
            } else if let Some(id) = aside(&name)
                && let Ok(Some(history)) = read(&path)
                && self.take_back(&path, id).is_some()
            {
                shelf.back.push(id.to_owned());
                shelf.walks.push(Saved::new(id, history));
            }
        }
        shelf
            .walks
            .sort_by_key(|walk| std::cmp::Reverse((walk.last, walk.id.clone())));
        Ok(shelf)
    }

    /// The names of what is in the folder, in order.
    fn names(&self) -> Result<Vec<String>, Trouble> {
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

    /// Removes what a save that was killed left behind.
    fn clear_up(&self, names: &[String]) {
        for name in names {
            let path = self.folder.join(name);
            if let Some(id) = left_behind(name)
                && (!name.ends_with(LOCK) || matches!(self.has(id), Ok(false)))
                // Locks are empty; what is not, is another program's.
                && (name.ends_with(HALF) || fs::metadata(&path).is_ok_and(|m| m.len() == 0))
                && let Ok(_slot) = self.claim(id)
            {
                let _ = fs::remove_file(path);
                if matches!(self.has(id), Ok(false)) {
                    let _ = fs::remove_file(self.lock(id));
                }
            }
        }
    }

    /// Gives a walk that was put aside its name again, unless that is taken.
    fn take_back(&self, path: &Path, id: &str) -> Option<()> {
        let _slot = self.claim(id).ok()?;
        let file = self.file(id);
        is_nothing(&file).then_some(())?;
        fs::rename(path, file).ok()
    }

    /// Begins to keep a new walk of a case.
    ///
    /// # Errors
    /// When the folder or the lock cannot be made.
    pub fn begin(&self, case: &str, now: Moment) -> Result<Slot, Trouble> {
        make_folder(&self.folder)?;
        if let Ok(names) = self.names() {
            self.clear_up(&names);
        }
        let name = format!("{case}-{}", now.in_digits());
        let mut names = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}-{n}")));
        loop {
            let id = names.next().unwrap_or_default();
            if self.has(&id)? || self.lock(&id).exists() {
                continue;
            }
            match self.claim(&id) {
                Err(Trouble::Busy) => {}
                // Somebody else may have begun and left in between.
                Ok(_) if self.has(&id)? => {}
                slot => return slot,
            }
        }
    }

    /// Takes a saved walk, so that no other wizard goes on with it at the same time.
    ///
    /// # Errors
    /// [`Trouble::Busy`], or when the lock cannot be made.
    pub fn claim(&self, id: &str) -> Result<Slot, Trouble> {
        Ok(Slot {
            held: lock(&self.lock(id))?,
            lock: self.lock(id),
            file: self.file(id),
            id: id.to_owned(),
            folder: self.folder.clone(),
        })
    }

    /// Deletes a walk.
    ///
    /// # Errors
    /// [`Trouble::Busy`], or when it cannot be deleted.
    pub fn delete(&self, id: &str) -> Result<(), Trouble> {
        let _slot = self.claim(id)?;
        let file = self.file(id);
        fs::remove_file(&file).map_err(at(&file))?;
        let _ = fs::remove_file(self.lock(id));
        sync_folder(&self.folder)
    }

    /// The names of what was put aside.
    #[must_use]
    pub fn aside(&self) -> Vec<String> {
        let mut names = self.names().unwrap_or_default();
        names.retain(|name| aside(name).is_some());
        names
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Deletes something that was put aside.
    ///
    /// # Errors
    /// When it cannot be deleted; a folder with something in it is not.
    pub fn delete_aside(&self, name: &str) -> Result<(), Trouble> {
        let path = self.folder.join(name);
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|m| m.is_dir());
        let deleted = if is_folder {
            fs::remove_dir(&path)
        } else {
            fs::remove_file(&path)
        };
        deleted.map_err(at(&path))
    }

    /// Whether there is a walk of this name. What the system does not tell is not known.
    fn has(&self, id: &str) -> Result<bool, Trouble> {
        let file = self.file(id);
        file.try_exists().map_err(at(&file))
    }

    fn file(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.toml"))
    }

    fn lock(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}{LOCK}"))
    }
}

/// A walk that is being kept. Nobody else keeps it while this lives.
#[derive(Debug)]
pub struct Slot {
    id: String,
    file: PathBuf,
    folder: PathBuf,
    lock: PathBuf,
    held: File,
}

impl Slot {
    /// The name of the walk.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether the walk has been saved, and its file is still there.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.file.is_file()
    }

    /// Saves the walk. When this returns, it is on the disk.
    ///
    /// # Errors
    /// When something was refused. The file is then as it was, or already new.
    pub fn save(&mut self, history: &History<Clean>) -> Result<(), Trouble> {
        // Somebody may have removed the files by hand, or the folder.
        if !is_at(&self.held, &self.lock) {
            make_folder(&self.folder)?;
            self.held = lock(&self.lock)?;
        }
        let body = toml::to_string(history).map_err(|error| Trouble::System {
            path: self.file.clone(),
            error: io::Error::other(error),
        })?;
        let text = format!("version = {VERSION}\nchecksum = \"{}\"\n{body}", sum(&body));
        let mut new = tempfile::Builder::new()
            .prefix(&format!("{}.", self.id))
            .suffix(HALF)
            .rand_bytes(RANDOM)
            .make_in(&self.folder, |new| {
                private(OpenOptions::new().write(true).create_new(true)).open(new)
            })
            .map_err(at(&self.file))?;
        // tempfile's own errors say the name of the new file, which nobody knows.
        let file = new.as_file_mut();
        file.write_all(text.as_bytes()).map_err(at(&self.file))?;
        file.sync_all().map_err(at(&self.file))?;
        new.persist(&self.file)
            .map_err(|refused| at(&self.file)(refused.error))?;
        sync_folder(&self.folder)
    }

    /// The walk as it was saved last; nothing if it was not.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn load(&self) -> Result<Option<History>, Trouble> {
        read(&self.file)
    }
}

/// Makes the folder for walks, which nobody else can look into.
fn make_folder(folder: &Path) -> Result<(), Trouble> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        builder.mode(0o700);
        builder.create(folder).map_err(at(folder))?;
        let mode = fs::metadata(folder).map_err(at(folder))?;
        // A folder that the user names may be shared; it is not ours to close.
        let named = env::var_os(FOLDER).is_some_and(|named| Path::new(&named) == folder);
        if !named && mode.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(at(folder))?;
        }
    }
    #[cfg(not(unix))]
    builder.create(folder).map_err(at(folder))?;
    Ok(())
}

/// Holds the lock with this name until the file that is returned is closed.
fn lock(path: &Path) -> Result<File, Trouble> {
    loop {
        // A named pipe would be waited for.
        if fs::metadata(path).is_ok_and(|file| !file.is_file()) {
            return Err(Trouble::NoFile);
        }
        let file = private(OpenOptions::new().create(true).truncate(false).write(true))
            .open(path)
            .map_err(at(path))?;
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => return Err(Trouble::Busy),
            // Whoever held it before may have removed it, and a third may hold a new one.
            Ok(()) if !is_at(&file, path) => {}
            // A file system without locks has no second wizard's word against it.
            Ok(()) | Err(fs::TryLockError::Error(_)) => return Ok(file),
        }
    }
}

/// Whether this open file is still the one with this name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(file), Ok(there)) => id(file) == id(there),
        _ => false,
    }
}

/// An open file cannot be removed here.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// A rename is on the disk once its folder is.
fn sync_folder(folder: &Path) -> Result<(), Trouble> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    match synced {
        // Some file systems sync no folders, and need not.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        synced => synced.map_err(at(folder)),
    }
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Whether this may be a walk's name: a case, and when it was begun. Files with other names are not
/// ours.
fn is_id(name: &str) -> bool {
    let digits = |part: &str, n| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let (name, begun) = match name.rsplit_once('-') {
        // A second walk within the second has a number behind the time.
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

/// The walk that a file was put aside as.
fn aside(name: &str) -> Option<&str> {
    let parts = name.split_once(".toml.bad");
    let parts = parts.filter(|(id, n)| is_id(id) && n.bytes().all(|b| b.is_ascii_digit()));
    parts.map(|(id, _)| id)
}

/// The walk whose lock or half-written file this is.
fn left_behind(name: &str) -> Option<&str> {
    let half = name.strip_suffix(HALF).and_then(|n| n.split_once('.'));
    let plain = |random: &str| random.bytes().all(|b| b.is_ascii_alphanumeric());
    let half = half.filter(|(_, random)| random.len() == RANDOM && plain(random));
    let id = half.map(|(id, _)| id).or(name.strip_suffix(LOCK));
    id.filter(|id| is_id(id))
}

/// Reads a saved walk; nothing, if it has just gone.
fn read(path: &Path) -> Result<Option<History>, Trouble> {
    let open = || -> io::Result<Option<Vec<u8>>> {
        // A named pipe would be waited for.
        if !fs::metadata(path)?.is_file() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        File::open(path)?
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    };
    let bytes = match open() {
        Err(error) if error.kind() == ErrorKind::NotFound && is_nothing(path) => {
            return Ok(None);
        }
        bytes => bytes.map_err(at(path))?.ok_or(Trouble::NoFile)?,
    };
    let first = bytes.split(|byte| *byte == b'\n').next();
    let version = first.and_then(|first| first.strip_prefix(b"version = "));
    let version = version.and_then(|version| std::str::from_utf8(version).ok());
    let version = version.and_then(|version| version.trim_end().parse::<u32>().ok());
    // Whatever else a newer one has, and how much of it.
    if let Some(newer) = version.filter(|version| *version > VERSION) {
        return Err(Trouble::Newer(newer));
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Trouble::TooLarge);
    }
    if version != Some(VERSION) {
        return Err(Trouble::NoWalk);
    }
    let text = String::from_utf8(bytes).map_err(|_| Trouble::NoWalk)?;
    let (_, rest) = text.split_once('\n').ok_or(Trouble::NoWalk)?;
    let (checksum, body) = rest.split_once('\n').ok_or(Trouble::NoWalk)?;
    if checksum != format!("checksum = \"{}\"", sum(body)) {
        return Err(Trouble::Damaged);
    }
    let history = History::parse(&text).map_err(|_| Trouble::NoWalk)?;
    if history.follows.as_deref().is_some_and(|name| !is_id(name)) {
        return Err(Trouble::NoWalk);
    }
    Ok(Some(history))
}

fn sum(body: &str) -> String {
    let mut sum = String::from("sha256:");
    for byte in hmac_sha256::Hash::hash(body.as_bytes()) {
        let _ = write!(sum, "{byte:02x}");
    }
    sum
}

/// Gives a file that is no walk another name, and returns that.
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

/// Whether it is known that nothing has this name, not even a link to nowhere.
fn is_nothing(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

fn last(history: &History) -> Moment {
    let answers = history
        .answers
        .iter()
        .chain(&history.retracted)
        .chain(&history.pending);
    let waiting = history.waiting.iter().map(|waiting| &waiting.since);
    let times = answers.filter_map(|r| r.at.as_ref()).chain(waiting);
    let times = times.chain(&history.finished);
    let times = times.filter_map(|at| history::moment(at).ok());
    times.max().unwrap_or(Moment::EPOCH)
}
