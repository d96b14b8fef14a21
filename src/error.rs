//! What went wrong: its kind, what it was, where, and commands that help. It becomes a text in one
//! place, once the language is known.

use crate::guide::Refused;
use crate::history::Wrong;
use crate::store::StoreError;
use crate::words::{Words, by_id};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::ExitCode;

/// What kind of error it is; the exit code follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The command line cannot be carried out as it stands.
    Usage,
    /// Something went wrong.
    Failed,
    /// Whoever read the result has gone away and wants no more of it, which is no failure.
    Unread,
}

impl Kind {
    /// What the program ends with: 0, 1 or 2.
    #[must_use]
    pub fn exit_code(self) -> ExitCode {
        ExitCode::from(match self {
            Kind::Unread => 0,
            Kind::Failed => 1,
            Kind::Usage => 2,
        })
    }
}

/// What went wrong.
#[derive(Debug)]
pub enum What {
    /// Something that was put into words where the language was known.
    Said(String),
    /// A file cannot be used.
    File(FileFault),
    /// A guide cannot be read.
    UnreadGuide(FileFault),
    /// A guide has findings.
    Guide(Refused),
    /// A file of answers does not fit.
    Answers(Wrong),
    /// A saved walk, or the folder of them, cannot be used.
    Store(StoreError),
    /// Standard output refused the result.
    Output(io::Error),
    /// The terminal refused something.
    Terminal(io::Error),
    /// Standard input could not be copied to standard output.
    Copy(io::Error),
}

/// Why a file cannot be used.
#[derive(Debug)]
pub enum FileFault {
    /// The system refused it.
    System(io::Error),
    /// It is a folder.
    Folder,
    /// It is larger than so many KiB.
    TooLarge(u64),
    /// It is not UTF-8.
    NotUtf8,
}

impl From<io::Error> for FileFault {
    fn from(error: io::Error) -> FileFault {
        FileFault::System(error)
    }
}

/// An error that is told to the user.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    /// In a box, as results that hold an error should be small.
    what: Box<What>,
    /// The file that it is about.
    at: Option<String>,
    /// Commands that help, to be pasted into a shell.
    hints: Vec<String>,
}

/// What comes of something that may end in an error for the user.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Something went wrong.
    #[must_use]
    pub fn new(what: What) -> Error {
        // A reader of the result that has gone away is no failure.
        let kind = match &what {
            What::Output(error) if error.kind() == ErrorKind::BrokenPipe => Kind::Unread,
            _ => Kind::Failed,
        };
        Error {
            kind,
            what: Box::new(what),
            at: None,
            hints: Vec::new(),
        }
    }

    /// The command line cannot be carried out, for the reason that is given.
    pub fn usage(said: impl Into<String>) -> Error {
        Error {
            kind: Kind::Usage,
            ..Error::failed(said)
        }
    }

    /// Something went wrong, as it is said.
    pub fn failed(said: impl Into<String>) -> Error {
        Error::new(What::Said(said.into()))
    }

    /// The same, about a file.
    #[must_use]
    pub fn at(self, path: &Path) -> Error {
        Error {
            at: Some(path.display().to_string()),
            ..self
        }
    }

    /// The same with one more command that helps.
    #[must_use]
    pub fn hint(mut self, command: impl Into<String>) -> Error {
        self.hints.push(command.into());
        self
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The same, put into words of this language for good.
    #[must_use]
    pub fn in_words(self, words: &Words) -> Error {
        let said = self.said(words);
        Error {
            what: Box::new(What::Said(said)),
            ..self
        }
    }

    /// The whole message: where and what, and each hint on a line of its own.
    #[must_use]
    pub fn message(&self, words: &Words) -> String {
        let mut message = self.said(words);
        if let Some(at) = &self.at {
            message = format!("{at}{}{message}", words.colon);
        }
        for hint in &self.hints {
            message.push_str("\n  ");
            message.push_str(hint);
        }
        message
    }

    fn said(&self, words: &Words) -> String {
        let texts = &words.files;
        match &*self.what {
            What::Said(said) => said.clone(),
            What::File(fault) => words.fault(fault),
            What::UnreadGuide(fault) => texts.unread_guide(words.fault(fault)),
            What::Guide(refused) => format!("{}\n{refused}", texts.unusable_guide),
            What::Answers(wrong) => words.wrong(wrong),
            What::Store(error) => words.trouble(error),
            What::Output(error) => texts.output(words.system(error)),
            What::Terminal(error) => texts.terminal(words.system(error)),
            What::Copy(error) => texts.copy(words.system(error)),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Error {
        Error::new(What::Store(error))
    }
}

impl From<Wrong> for Error {
    fn from(wrong: Wrong) -> Error {
        Error::new(What::Answers(wrong))
    }
}

impl From<FileFault> for Error {
    fn from(fault: FileFault) -> Error {
        Error::new(What::File(fault))
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Error {
        Error::new(What::Guide(refused))
    }
}

impl From<io::Error> for Error {
    /// Results and files have errors of their own; what else the system refuses is the terminal.
    fn from(error: io::Error) -> Error {
        Error::new(What::Terminal(error))
    }
}

impl Words {
    /// What is wrong with a file.
    #[must_use]
    pub fn fault(&self, fault: &FileFault) -> String {
        match fault {
            FileFault::System(error) => self.system(error),
            FileFault::Folder => self.files.is_folder.to_owned(),
            FileFault::TooLarge(most) => self.files.too_large(*most),
            FileFault::NotUtf8 => self.files.no_text.to_owned(),
        }
    }

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
            ErrorKind::ResourceBusy => "busy",
            ErrorKind::InvalidFilename => "name-too-long",
            ErrorKind::FileTooLarge => "file-too-large",
            ErrorKind::StaleNetworkFileHandle => "stale",
            ErrorKind::BrokenPipe => "broken-pipe",
            _ => without_kind(error),
        };
        let said = by_id(self.system, id);
        said.map_or_else(|| self.system_says(error.to_string()), str::to_owned)
    }
}

/// The id of an error that Rust has no kind for.
#[cfg(unix)]
fn without_kind(error: &io::Error) -> &'static str {
    use rustix::io::Errno;
    match Errno::from_io_error(error) {
        Some(Errno::IO) => "input-output",
        Some(Errno::MFILE | Errno::NFILE) => "open-files",
        Some(Errno::LOOP) => "loop",
        _ => "",
    }
}

/// On other systems these are not told apart.
#[cfg(not(unix))]
fn without_kind(_: &io::Error) -> &'static str {
    ""
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn what_the_system_refuses_is_said_in_the_language() {
        let numbers = [
            1, 5, 13, 16, 17, 20, 21, 23, 24, 27, 28, 30, 32, 36, 39, 40, 116, 122,
        ];
        for error in numbers.map(io::Error::from_raw_os_error) {
            let chinese = words("zh").system(&error);
            assert!(!chinese.contains("os error"), "{chinese}");
        }
        let other = io::Error::from_raw_os_error(26);
        assert_eq!(
            words("zh").system(&other),
            "系统说：Text file busy (os error 26)"
        );
    }
}
