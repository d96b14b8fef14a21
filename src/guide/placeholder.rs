//! Places in a text for what was answered earlier: `{step-id}`.

use super::language::{Lang, Text};
use super::parts::Parts;
use std::borrow::Cow;

/// The names in curly brackets in a text. What could not be a step's id, such as `{.items}`, is
/// left as it is.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    pieces(text).filter_map(|(_, name)| name)
}

/// A text with its placeholders replaced by what `say` returns for their names; a placeholder for
/// which that is nothing stays as it is.
pub fn fill(text: &str, say: impl Fn(&str) -> Option<String>) -> Cow<'_, str> {
    if names(text).next().is_none() {
        return Cow::Borrowed(text);
    }
    let filled = pieces(text).map(|(before, name)| {
        let said = name.map(|name| say(name).unwrap_or_else(|| format!("{{{name}}}")));
        format!("{before}{}", said.unwrap_or_default())
    });
    Cow::Owned(filled.collect())
}

/// A text in pieces: what stands before each placeholder, and its name; the last has none.
fn pieces(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let is_name = |name: &str| {
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !name.is_empty() && name.chars().all(fine)
    };
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let placeholder = text.match_indices('{').find_map(|(at, _)| {
            let (name, _) = text[at + 1..].split_once('}')?;
            is_name(name).then_some((at, name))
        });
        Some(match placeholder {
            Some((at, name)) => {
                rest = Some(&text[at + name.len() + 2..]);
                (&text[..at], Some(name))
            }
            None => (rest.take()?, None),
        })
    })
}

impl Parts {
    /// A text as it is shown where nothing is answered yet: each placeholder is the name of its
    /// step, in brackets.
    #[must_use]
    pub fn outline<'t>(&self, text: &'t Text, lang: Lang) -> Cow<'t, str> {
        fill(text.get(lang), |id| self.name_in_brackets(id, lang))
    }

    pub(crate) fn name_in_brackets(&self, id: &str, lang: Lang) -> Option<String> {
        let step = self.steps.iter().find(|step| step.id == id)?;
        Some(format!("[{}]", step.name().get(lang)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_could_be_a_name_is_replaced() {
        let say = |name: &str| (name != "x").then(|| name.to_uppercase());
        for (text, filled) in [
            ("a {device} that {state-2}", "a DEVICE that STATE-2"),
            ("{a}{b}", "AB"),
            ("{x}", "{x}"),
            (
                "jsonpath={.items} {} { a } {A} {{a}}",
                "jsonpath={.items} {} { a } {A} {A}",
            ),
            ("open { and {a", "open { and {a"),
        ] {
            assert_eq!(fill(text, say), filled);
        }
    }
}
