//! `--help`, in the words of a language.

use crate::cli::{Cli, Options};
use crate::text::{hang_on, width};
use crate::words::{LANGUAGES, Words, by_id};
use clap::{Arg, Command, CommandFactory};

/// The command line with the names of its values and its help in the words of a language. The help
/// is folded to so many columns.
#[must_use]
pub fn localized(words: &'static Words, columns: usize) -> Command {
    let mut command = Cli::command();
    command.build();
    with_help(command, "", words, columns)
}

/// The same for one command. `path` is what is typed for it behind the program's name.
fn with_help(command: Command, path: &str, words: &'static Words, columns: usize) -> Command {
    let command = command
        .mut_args(|arg| {
            let name = arg.get_value_names().and_then(|names| names.first());
            let name = name.and_then(|name| by_id(words.help.value, name));
            match name {
                Some(name) if arg.get_action().takes_values() => arg.value_name(name),
                _ => arg,
            }
        })
        .mut_subcommands(|below| {
            if below.get_name() == "help" {
                return below;
            }
            let path = format!("{path} {}", below.get_name());
            with_help(below, path.trim_start(), words, columns)
        });
    let command = match by_id(words.help.value, "COMMAND") {
        Some(name) => command.subcommand_value_name(name),
        None => command,
    };
    let text = text(command.clone(), path, words, columns);
    command.override_help(text)
}

fn text(mut command: Command, path: &str, words: &Words, columns: usize) -> String {
    let help = &words.help;
    let mut out = String::new();
    let mut line = |first: &str, text: &str| {
        hang_on(&mut out, first, text, columns);
        out.push('\n');
    };
    if path.is_empty() {
        line("", help.about);
        line("", help.promise);
    } else {
        line("", about(path, words));
    }
    line("", "");
    line("", help.usage);
    let usage = command.render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    // Words and a command exclude each other, which clap does not say.
    let usage = usage.replace("]... [", " | ");
    line("  ", &usage.replace("[OPTIONS]", help.any_options));
    let takes = Options::of(path);
    let arguments = command.get_positionals();
    let options = command.get_arguments().filter(|arg| {
        let name = arg.get_long().unwrap_or_default();
        // Whoever walks a guide that needs it is told so.
        if name == "states" && !path.starts_with("guide ") {
            return false;
        }
        !arg.is_positional() && (!arg.is_global_set() || takes.contains(&name))
    });
    let row = |arg: &Arg| (name(arg), option(arg, path, words).to_owned());
    let commands = command.get_subcommands().map(|below| {
        let name = below.get_name().to_owned();
        let path = format!("{path} {name}");
        (name, about(path.trim_start(), words).to_owned())
    });
    for (heading, rows) in [
        (help.commands, commands.collect::<Vec<_>>()),
        (help.arguments, arguments.map(row).collect()),
        (help.options, options.map(row).collect()),
    ] {
        if rows.is_empty() {
            continue;
        }
        line("", "");
        line("", heading);
        let widest = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
        for (name, text) in rows {
            let pad = " ".repeat(widest - width(&name));
            line(&format!("  {name}{pad}  "), &text);
        }
    }
    if path.is_empty() {
        for other in LANGUAGES.iter().filter(|other| other.tag != words.tag) {
            line("", "");
            line("", other.help.about);
            line("", other.switch);
        }
    }
    out
}

/// What a command does.
fn about(path: &str, words: &Words) -> &'static str {
    let id = match path.rsplit_once(' ') {
        Some((_, "help")) => "help".to_owned(),
        _ => path.replace(' ', "-"),
    };
    by_id(words.help.command, &id).unwrap_or_default()
}

/// What an option or an argument of a command is for.
fn option(arg: &Arg, path: &str, words: &Words) -> &'static str {
    let id = arg.get_id().as_str().replace('_', "-");
    let own = format!("{}-{id}", path.replace(' ', "-"));
    let texts = words.help.option;
    by_id(texts, &own)
        .or_else(|| by_id(texts, &id))
        .unwrap_or_default()
}

/// An option or an argument with its value, as it is typed.
fn name(arg: &Arg) -> String {
    if arg.is_positional() {
        return arg.to_string();
    }
    match arg.get_short() {
        Some(short) => format!("-{short}, {arg}"),
        None => arg.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded;
    use std::collections::BTreeSet;

    /// Notes which texts a command and those below it use.
    fn used(command: &Command, path: &str, words: &Words, found: &mut BTreeSet<String>) {
        for below in command.get_subcommands() {
            let name = below.get_name();
            let path = format!("{path} {name}");
            let path = path.trim_start();
            assert_ne!(about(path, words), "", "{path} in {}", words.tag);
            if name == "help" {
                found.insert(name.to_owned());
            } else {
                found.insert(path.replace(' ', "-"));
                used(below, path, words, found);
            }
        }
        for arg in command.get_arguments() {
            let id = arg.get_id().as_str().replace('_', "-");
            let own = format!("{}-{id}", path.replace(' ', "-"));
            let has_own = by_id(words.help.option, &own).is_some();
            let text = option(arg, path, words);
            assert_ne!(text, "", "{own} in {}", words.tag);
            // A text of its own is for a command that takes fewer values.
            let takes = arg.get_action().takes_values() && !has_own;
            for value in arg.get_possible_values().iter().filter(|_| takes) {
                assert!(text.contains(value.get_name()), "{own}: {text}");
            }
            found.insert(format!("--{}", if has_own { own } else { id }));
        }
    }

    #[test]
    fn each_command_and_option_has_its_text_and_each_text_is_used() {
        for words in LANGUAGES {
            let mut command = Cli::command();
            command.build();
            let mut found = BTreeSet::new();
            used(&command, "", words, &mut found);
            let commands = words.help.command.iter().map(|(id, _)| (*id).to_owned());
            let options = words.help.option.iter();
            let options = options.map(|(id, _)| format!("--{id}"));
            let texts: BTreeSet<String> = commands.chain(options).collect();
            assert_eq!(found, texts, "{}", words.tag);
        }
    }

    #[test]
    fn the_cases_of_the_guide_are_named() {
        let guide = embedded::guide();
        for words in LANGUAGES {
            let text = by_id(words.help.option, "case").unwrap();
            for case in &guide.cases {
                assert!(text.contains(&case.id), "{}: {text}", case.id);
            }
        }
    }
}
