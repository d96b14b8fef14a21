//! How a ticket is saved as a file of the user's own.

use super::Wizard;
use crate::cli::{Format, Options};
use crate::error::Result;
use crate::front::{Command, Input, Preset, Prompt, Reply, Tone};
use crate::redact;
use crate::store::StoreError;
use crate::walk::Walk;
use std::convert::Infallible;
use std::env;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

impl Wizard<'_> {
    /// Asks for a file and writes the ticket there, over none that the user does not give up. Returns
    /// what to say about it; nothing, if the user does without.
    pub(super) fn save_ticket(
        &mut self,
        walk: &Walk<'_>,
        ticket: &str,
        short: bool,
    ) -> Result<Option<String>> {
        let words = self.context.words;
        let case = &self.context.guide.cases[walk.case()].id;
        let ending = if short { "txt" } else { ending(self.options) };
        let guide = &self.context.guide;
        let files = guide.voice.files.as_ref().unwrap_or(&guide.id);
        let now = self.context.now().in_digits();
        let own = format!("{files}-ticket-{case}-{now}.{ending}");
        let mut name = own.clone();
        loop {
            let input = Input::Typed {
                default: Some(name.clone()),
                most: usize::MAX,
                field: None,
                refused: false,
            };
            let prompt = Prompt::new(words.which_file, input, [Command::Back]);
            let typed = match self.front.ask(&prompt)? {
                Reply::Typed(typed) if !typed.is_empty() => typed,
                _ => return Ok(None),
            };
            // A path, which is judged below.
            let Ok(typed) = typed.in_form(|path| Ok::<_, Infallible>(path.to_owned()));
            // It is about to be shown, and to stand in a folder. The folders are there already.
            let file = typed.rsplit(['/', '\\']).next().unwrap_or_default();
            let is_meant = |kind: redact::Kind| !kind.is_shortened() && kind.is_certain();
            let secrets = redact::scan(file).of(is_meant);
            if *typed != *own && !secrets.is_empty() {
                let tag = self.context.guide.tag(self.context.lang);
                let kinds = secrets.names(tag, words.comma);
                self.front
                    .tell(Tone::Plain, "  ", &words.secret_name(&kinds))?;
                continue;
            }
            name = typed.to_string();
            let mut path = with_home(&name);
            if path.is_dir() {
                path.push(&own);
            }
            let mut written = write(&path, ticket, false);
            if written
                .as_ref()
                .is_err_and(|e| e.kind() == ErrorKind::AlreadyExists)
                && path.is_file()
            {
                let input = Input::One {
                    options: words.file_choices.map(str::to_owned).to_vec(),
                    preset: Preset::Default(0),
                };
                let exists = words.file_exists(path.display().to_string());
                match self
                    .front
                    .ask(&Prompt::new(exists, input, [Command::Back]))?
                {
                    Reply::One(1) => written = write(&path, ticket, true),
                    Reply::One(_) => {
                        name.clone_from(&own);
                        continue;
                    }
                    _ => return Ok(None),
                }
            }
            let said = match written {
                Ok(()) => {
                    let path = std::path::absolute(&path).unwrap_or(path);
                    words.saved_to(path.display().to_string())
                }
                Err(error) => {
                    // What the file beside it was called says nothing to the user.
                    let error = io::Error::from(error.kind());
                    words.not_written(words.trouble(&StoreError::System { path, error }))
                }
            };
            return Ok(Some(said));
        }
    }
}

fn ending(options: &Options) -> &'static str {
    match options.format.unwrap_or_default() {
        Format::Text => "txt",
        Format::Markdown => "md",
        Format::Html => "html",
        Format::Json => "json",
    }
}

/// A path as a shell would read it: `~` is the user's home, also as Chinese input methods type it.
fn with_home(path: &str) -> PathBuf {
    let below = path
        .strip_prefix(['~', '～'])
        .map(|rest| rest.replace('／', "/"));
    let below = below.filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let home = below.zip(env::home_dir());
    home.map_or_else(
        || path.into(),
        |(rest, home)| home.join(rest.trim_start_matches('/')),
    )
}

/// Writes a file that only the user can read, whole or not at all.
fn write(path: &Path, text: &str, replace: bool) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    let written = if replace {
        file.persist(path)
    } else {
        file.persist_noclobber(path)
    };
    written.map(drop).map_err(|refused| refused.error)
}
