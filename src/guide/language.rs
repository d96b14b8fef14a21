//! Texts in the languages of a guide.

use serde::{Deserialize, Serialize};

/// One of a guide's languages, by its place in [`super::Parts::languages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lang(pub(super) usize);

impl Lang {
    /// The first of a guide's languages, used where none was chosen.
    pub const FIRST: Lang = Lang(0);
}

/// A text in every language of its guide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Text(pub(super) Vec<String>);

impl Text {
    /// The text in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        self.0.get(lang.0).or(self.0.first()).map_or("", |s| s)
    }

    /// The text in each language, in the guide's order.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl FromIterator<String> for Text {
    fn from_iter<I: IntoIterator<Item = String>>(texts: I) -> Text {
        Text(texts.into_iter().collect())
    }
}
