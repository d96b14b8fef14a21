//! A guide: what the program knows about one subject, as checked data.
//!
//! Whoever holds a [`Guide`] holds one that passed every check and every rule of
//! its own over all walks (see [`Proof`]). The guide that ships is checked when the program is
//! built and embedded in a compact form; any other is read from TOML with [`Guide::load`].
//!
//! This module and those below it are part of the build script too, so they use nothing of this
//! crate but [`crate::text`].

mod address;
mod check;
mod choice_set;
mod condition;
pub mod cursor;
pub mod finding;
mod hosts;
mod ids;
mod language;
mod letters;
mod parts;
mod proof;
mod read;
mod rule;
mod secret_words;
mod secrets;
mod sentences;
mod step;

pub use check::MAX_BYTES;
pub use choice_set::{ChoiceSet, MAX_ANSWERS};
pub use condition::{Cond, Node};
pub use finding::Refused;
pub use ids::{CaseId, IdVec, ListId, OutcomeId, SourceId, StepId};
pub use language::{Lang, Text};
pub use parts::{Case, Outcome, Parts, Source, Trust, Verdict};
pub use proof::Proof;
pub use step::{Choice, Field, Goes, Kind, Label, Standing, Step};

use crate::text::tame;

/// A checked guide. There is no other: the only ways to one are [`Guide::load`], which checks, the
/// embedded form, which was checked when it was built, and the guide of a follow-up, which is made
/// from the parts of a checked one.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    parts: Parts,
    /// The name of the file that it was read from; nothing for the embedded one.
    file: Option<String>,
}

impl std::ops::Deref for Guide {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl Guide {
    /// Reads a guide from the bytes of a TOML file and checks it. `name` is what messages call it.
    ///
    /// # Errors
    /// [`Refused`] with every finding at once: the file is too large, is not UTF-8 or not TOML,
    /// has unknown or missing keys, names what is not there, leads in a circle, breaks one of its
    /// own rules, or is too tangled to be proven.
    pub fn load(name: &str, bytes: &[u8]) -> Result<Guide, Refused> {
        Guide::prove(name, bytes).map(|(guide, _)| guide)
    }

    /// Loads a guide like [`Guide::load`], and says what was proven about all its walks.
    ///
    /// # Errors
    /// As [`Guide::load`].
    pub fn prove(name: &str, bytes: &[u8]) -> Result<(Guide, Proof), Refused> {
        Guide::prove_foreign(name, bytes, &[])
    }

    /// Loads a guide like [`Guide::prove`], but one that anybody may have written: the ids that are
    /// reserved are a finding.
    ///
    /// # Errors
    /// As [`Guide::load`].
    pub fn prove_foreign(
        name: &str,
        bytes: &[u8],
        reserved: &[&str],
    ) -> Result<(Guide, Proof), Refused> {
        let (parts, proof) = check::load(name, bytes, reserved)?;
        let file = std::path::Path::new(name).file_name();
        let file = file.map_or(name.into(), |file| file.to_string_lossy());
        let file = Some(cut(&tame(&file)));
        Ok((Guide { parts, file }, proof))
    }

    /// The name of the file that the guide was read from, fit to be shown; nothing for the guide
    /// that ships inside the program.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The language with this tag, if the guide has it. `zh-Hant-TW` and `zh_CN.UTF-8` find `zh`
    /// where nothing nearer is there.
    #[must_use]
    pub fn language(&self, tag: &str) -> Option<Lang> {
        let tag = tag
            .split(['.', '@'])
            .next()?
            .replace('_', "-")
            .to_lowercase();
        let exact = self.languages.iter().position(|l| l.to_lowercase() == tag);
        let primary = |l: &str| l.split('-').next().map(str::to_lowercase);
        exact
            .or_else(|| {
                self.languages
                    .iter()
                    .position(|l| primary(l) == primary(&tag))
            })
            .map(Lang)
    }

    /// The tag of a language, such as `zh`.
    #[must_use]
    pub fn tag(&self, lang: Lang) -> &str {
        self.languages.get(lang.0).map_or("", |s| s)
    }

    /// The guide's languages.
    pub fn langs(&self) -> impl Iterator<Item = Lang> + use<> {
        (0..self.languages.len()).map(Lang)
    }

    /// The case with this id.
    #[must_use]
    pub fn case(&self, id: &str) -> Option<CaseId> {
        self.cases.find(|c| c.id == id)
    }

    /// The step with this id.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<StepId> {
        self.steps.find(|s| s.id == id)
    }
}

impl Guide {
    /// Takes parts for checked. Only for the embedded guide, which the build script checked.
    pub(crate) fn trusted(parts: Parts) -> Guide {
        Guide { parts, file: None }
    }

    /// The guide of a follow-up, which has its texts from this one and is no more our own.
    pub(crate) fn followed_by(&self, parts: Parts) -> Guide {
        let file = self.file.clone();
        Guide { parts, file }
    }
}

/// A file's name, short enough not to push anything out of sight.
fn cut(name: &str) -> String {
    const MOST: usize = 60;
    match name.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}
