//! The command line as types. What `--help` says of it is in the files of words.

use crate::guide::Budget;
use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum, value_parser};
use std::path::PathBuf;

/// What the program is asked to do.
#[derive(Debug, Parser)]
#[command(name = "okx-verify-help", version, args_override_self = true)]
pub struct Cli {
    /// What to do; the wizard, if nothing is said.
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// What the screen says or what has happened, to find the case and the answer by.
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,
    /// The case to go straight to; its page where there is no terminal.
    #[arg(long, value_name = "CASE")]
    pub case: Option<String>,
    /// Whether the page of the case, or of each case, is printed.
    #[arg(long)]
    pub checklist: bool,
    /// A file with answers: a saved walk, a scenario, or one of the user's own.
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// What several verbs share.
    #[command(flatten)]
    pub options: Options,
}

/// Options that several verbs share. They may stand before the verb or behind it. Which verb takes
/// which is said in [`Options::of`].
#[derive(Debug, Clone, Default, Args)]
pub struct Options {
    /// Whether nothing is saved.
    #[arg(long, global = true)]
    pub no_save: bool,
    /// Whether numbered lines are used instead of menus.
    #[arg(long, global = true)]
    pub plain: bool,
    /// How the ticket, the page, the tree or the report is printed.
    #[arg(long, global = true, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// The languages of the ticket; that of the walk, if none is given.
    #[arg(long, global = true, value_name = "LANG", value_delimiter = ',')]
    pub ticket_lang: Vec<String>,
    /// Whether the ticket has at most 1,000 characters.
    #[arg(long, global = true)]
    pub short: bool,
    /// The language; that of the locale, if none is given, else the guide's first.
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<String>,
    /// Another guide than the one that ships.
    #[arg(long, global = true, value_name = "FILE")]
    pub guide: Option<PathBuf>,
    /// How many states the proof of a guide may visit in one search.
    #[arg(long, global = true, value_name = "NUMBER", value_parser = value_parser!(u32).range(1..=10_000_000))]
    pub states: Option<u32>,
    /// When to use colors.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

impl Options {
    /// How many states the proof of a guide may visit.
    #[must_use]
    pub fn budget(&self) -> Budget {
        self.states
            .map_or_else(Budget::default, |states| Budget::of(states as usize))
    }

    /// The long names of the shared options that a verb takes. A verb is named as it is typed, such
    /// as `walks delete`; the wizard is the empty name.
    #[must_use]
    pub fn of(verb: &str) -> &'static [&'static str] {
        match verb {
            "" | "resume" | "ticket" => &[
                "no-save",
                "plain",
                "format",
                "ticket-lang",
                "short",
                "lang",
                "guide",
                "states",
                "color",
            ],
            "guide test" | "guide show" => &["format", "lang", "guide", "states", "color"],
            "redact" | "guide" | "guide source" => &["lang", "color"],
            _ => &["lang", "guide", "states", "color"],
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Go on with a saved walk.
    Resume {
        /// Its name, or how that begins; the last one, if none is given.
        walk: Option<String>,
    },
    /// List, show and delete saved walks.
    Walks {
        /// What to do with them; list them, if nothing is said.
        #[command(subcommand)]
        verb: Option<WalksVerb>,
    },
    /// Print the ticket of a saved walk again.
    Ticket {
        /// Its name, or how that begins; the last one, if none is given.
        walk: Option<String>,
        /// Whether to ask what is new, and print what to add to the ticket that support has.
        #[arg(long)]
        follow_up: bool,
    },
    /// Copy a text from stdin to stdout with its secrets masked.
    Redact {
        /// Whether to copy nothing, and fail if something was found.
        #[arg(long)]
        check: bool,
    },
    /// Check and show guides.
    #[command(subcommand)]
    Guide(GuideVerb),
}

/// What to do with saved walks.
#[derive(Debug, Subcommand)]
pub enum WalksVerb {
    /// List them.
    List,
    /// Print one as it is saved.
    Show {
        /// Its name, or how that begins.
        walk: String,
    },
    /// Delete one, the old ones, or all.
    #[command(group = ArgGroup::new("which").required(true))]
    Delete {
        /// Its name, or how that begins.
        #[arg(group = "which")]
        walk: Option<String>,
        /// Whether all are, and the files that were put aside.
        #[arg(long, group = "which")]
        all: bool,
        /// Whether those are that were finished more than 30 days ago.
        #[arg(long, group = "which")]
        old: bool,
    },
}

/// What to do with a guide.
#[derive(Debug, Subcommand)]
pub enum GuideVerb {
    /// Check a guide and prove its rules over all walks.
    Check {
        /// The guide; the one that ships, if none is given.
        file: Option<PathBuf>,
    },
    /// Walk scenarios, compare with what they expect, and report what they visit.
    Test {
        /// Scenario files, or folders of them; those of the guide that ships, if none is given.
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Print every step of a case, or of all cases, for reviewers.
    Show {
        /// The guide; the one that ships, if none is given.
        file: Option<PathBuf>,
        /// The case; all of them, if none is given.
        #[arg(long, value_name = "CASE")]
        case: Option<String>,
    },
    /// Print the file of the guide that ships.
    Source,
}

/// How something is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Plain text, folded to 80 columns.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// HTML, in one file.
    Html,
    /// JSON.
    Json,
}

/// When to use colors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// At a terminal, unless `NO_COLOR` is set or TERM is dumb.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}
