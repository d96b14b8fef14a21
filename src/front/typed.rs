//! What a typed line means at a prompt.

use super::prompt::{Command, Input, Preset, Reply};
use crate::guide::Standing;
use crate::redact::Raw;
use crate::text::half_width;
use crate::words::{Words, is_any};

/// The command that a typed line stands for, in any language.
#[must_use]
pub fn command(typed: &str) -> Option<Command> {
    let typed = plain(typed);
    let mut all = Command::ALL.into_iter().chain([Command::Help]);
    all.find(|command| {
        is_any(&typed, |words| match command {
            Command::Why => words.why,
            Command::Back => words.back,
            Command::Change => words.change,
            Command::Ticket => words.ticket,
            Command::Say => words.say,
            Command::Cases => words.cases,
            Command::Leave => words.leave,
            Command::Help => words.help,
        })
    })
}

/// Whether a typed line asks to put back what was taken out, in any language.
#[must_use]
pub fn is_put_back(typed: &str) -> bool {
    is_any(&plain(typed), |words| words.put_back)
}

/// A typed line without spaces at its ends, in lower case, full-width characters as plain ones.
fn plain(typed: &str) -> String {
    typed
        .chars()
        .map(half_width)
        .collect::<String>()
        .trim()
        .to_lowercase()
}

/// What a typed line answers, or nothing if it answers nothing.
#[must_use]
pub fn understand(typed: &str, input: &Input, words: &Words) -> Option<Reply> {
    match input {
        Input::One {
            preset: Preset::Default(n),
            ..
        } if typed.trim().is_empty() => Some(Reply::One(*n)),
        Input::One { options, .. } => option(typed, options).map(Reply::One),
        Input::Several { ticked, least, .. } if typed.trim().is_empty() => {
            let fits = !ticked.is_empty() && ticked.len() >= *least;
            fits.then(|| Reply::Several(ticked.clone()))
        }
        Input::Several { options, least, .. } => {
            let places = several(typed, options, words)?;
            (places.len() >= *least).then_some(Reply::Several(places))
        }
        Input::Typed {
            default: Some(default),
            ..
        } if typed.trim().is_empty() => Some(Reply::Typed(Raw::new(default.clone()))),
        Input::Typed { .. } if is_any(&plain(typed), |words| words.nothing) => {
            Some(Reply::Typed(Raw::new("")))
        }
        Input::Typed { .. } => Some(Reply::Typed(Raw::new(typed))),
    }
}

/// The options that are meant, in their order; nothing if that is not clear.
fn several(typed: &str, options: &[String], words: &Words) -> Option<Vec<usize>> {
    if words.none.contains(&plain(typed).as_str()) {
        return Some(Vec::new());
    }
    if let Some(one) = option(typed, options) {
        return Some(vec![one]);
    }
    // Numbers may stand with spaces between them; words have spaces of their own.
    let commas: &[char] = &[',', '，', '、', ';', '；'];
    let spaces: &[char] = &[',', '，', '、', ';', '；', ' '];
    let mut places = [commas, spaces].into_iter().find_map(|between| {
        let parts = typed.split(between).filter(|p| !p.trim().is_empty());
        let places = parts
            .map(|p| option(p, options))
            .collect::<Option<Vec<_>>>()?;
        (!places.is_empty()).then_some(places)
    })?;
    places.sort_unstable();
    places.dedup();
    Some(places)
}

/// The option that is meant, by its number or by all of its words. A part of them does not do: "no"
/// may be meant as the answer to another half of the question than the one that begins with it.
fn option(typed: &str, options: &[String]) -> Option<usize> {
    let typed = plain(typed);
    if let Ok(n) = typed.trim_end_matches('.').parse::<usize>() {
        return n.checked_sub(1).filter(|n| *n < options.len());
    }
    options.iter().position(|option| plain(option) == typed)
}

/// An answer in words, where what was typed does not show it already.
#[must_use]
pub fn label_of(reply: &Reply, input: &Input, words: &Words) -> Option<String> {
    match (reply, input) {
        (Reply::One(n), Input::One { options, .. }) => options.get(*n).cloned(),
        (Reply::Typed(typed), _) if typed.is_empty() => {
            Some(words.standing(Standing::Skipped.id()).to_owned())
        }
        (Reply::Several(places), _) if places.is_empty() => Some(words.none[0].to_owned()),
        (Reply::Several(places), Input::Several { options, .. }) => {
            let labels: Vec<&str> = places.iter().map(|n| options[*n].as_str()).collect();
            Some(labels.join(words.semicolon))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_reached_by_its_number_and_by_its_words() {
        let options = [
            "Verifying or pending".to_owned(),
            "Failed".to_owned(),
            "Verified".to_owned(),
        ];
        assert_eq!(option("2", &options), Some(1));
        assert_eq!(option(" ２ ", &options), Some(1));
        assert_eq!(option("failed", &options), Some(1));
        assert_eq!(option("fa", &options), None);
        assert_eq!(option("4", &options), None);
        assert_eq!(option("0", &options), None);
        assert_eq!(option("", &options), None);
    }

    #[test]
    fn commands_are_words_of_both_languages() {
        assert_eq!(command("？"), Some(Command::Why));
        assert_eq!(command(" 返回 "), Some(Command::Back));
        assert_eq!(command("Q"), Some(Command::Leave));
        assert_eq!(command("1"), None);
    }
}
