//! A guide: what the program knows about one subject, as checked data.
//!
//! Every [`Guide`] has passed all checks, and all its walks keep its own rules (see [`Proof`]). The
//! guide that ships is checked when the program is built and embedded in a compact form; any other
//! is read from TOML with [`Guide::load`].
//!
//! The way of a file: `read` finds its tables, `check` makes [`Parts`] of them, `proof` tries all
//! walks. A walk later moves a [`cursor`] over the parts.
//!
//! The build script compiles these files, too, so they use nothing else of this crate but
//! [`crate::text`].

mod address;
mod check;
mod choice_set;
mod condition;
pub mod cursor;
mod date;
mod excerpt;
pub mod finding;
mod form;
mod hosts;
mod ids;
mod language;
mod letters;
mod outline;
mod parts;
pub mod phrase;
pub mod placeholder;
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
pub use date::Date;
pub use finding::{Refused, Report};
pub use form::{Digits, Pattern};
pub use ids::{CaseId, GroupId, IdVec, ListId, OutcomeId, SourceId, StepId, StopId};
pub use language::{Lang, Text};
pub use outline::{Lead, Looked, Outline, Row, Shown};
pub use parts::{
    Case, Elsewhere, End, Line, Listed, Outcome, Parts, Source, Trust, Verdict, Voice,
};
pub use proof::{Budget, Most, Proof};
pub use step::{Choice, Field, Goes, Kind, Label, Standing, Step};

use crate::text::tame;

/// A checked guide. It comes from [`Guide::load`], which checks it, from the embedded form, which
/// was checked when the program was built, or, for a follow-up, from the parts of a checked guide.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    parts: Parts,
    /// The name of the file that it was read from; `None` for the embedded one.
    file: Option<String>,
}

/// A guide, and what checking it has found.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The guide.
    pub guide: Guide,
    /// What was proven about all its walks.
    pub proof: Proof,
    /// What its author should look at, though the guide can be used.
    pub warnings: Report,
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
    /// has unknown or missing keys, names what is not there, has a cycle, breaks one of its
    /// own rules, or is too tangled to be proven.
    pub fn load(name: &str, bytes: &[u8]) -> Result<Guide, Refused> {
        Guide::check(name, bytes, &[], None, Budget::default()).map(|checked| checked.guide)
    }

    /// Loads a guide that anybody may have written like [`Guide::load`]. An id that is reserved is
    /// an error. Sources that were read more than a year before `today` are warned of. The proof
    /// visits no more states than the budget allows.
    ///
    /// # Errors
    /// As [`Guide::load`].
    pub fn check(
        name: &str,
        bytes: &[u8],
        reserved: &[&str],
        today: Option<Date>,
        budget: Budget,
    ) -> Result<Checked, Refused> {
        let (parts, proof, warnings) = check::load(name, bytes, reserved, today, budget)?;
        let file = std::path::Path::new(name).file_name();
        let file = file.map_or(name.into(), |file| file.to_string_lossy());
        let file = Some(cut(&tame(&file)));
        Ok(Checked {
            guide: Guide { parts, file },
            proof,
            warnings,
        })
    }

    /// The name of the file that the guide was read from, fit to be shown; `None` for the guide
    /// inside the program.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The language with this tag, if the guide has it. `zh-Hant-TW` and `zh_CN.UTF-8` find `zh`
    /// if no nearer tag is there.
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
    /// The embedded guide, whose parts the build script checked.
    pub(crate) fn trusted(parts: Parts) -> Guide {
        Guide { parts, file: None }
    }

    /// The guide of a follow-up on a walk over this one. Its texts come from the same file.
    pub(crate) fn followed_by(&self, parts: Parts) -> Guide {
        let file = self.file.clone();
        Guide { parts, file }
    }
}

/// A file's name, cut so that it pushes nothing off the screen.
fn cut(name: &str) -> String {
    const MOST: usize = 60;
    match name.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}
