//! The command line: its types alone.

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Walks you through a failed OKX identity or video verification, one question at a time.
///
/// Not an OKX product. It never asks for a password, a code or a seed phrase, and sends nothing
/// anywhere.
#[derive(Debug, Parser)]
#[command(
    name = "okx-verify-help",
    version,
    args_conflicts_with_subcommands = true
)]
#[command(
    after_help = "欧易认证失败时的求助向导，一次只问一件事。不是欧易的产品。\n\
    中文：okx-verify-help --lang zh      清单：okx-verify-help --case stuck --checklist"
)]
pub struct Cli {
    /// What to do; the wizard, if nothing is said.
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// How to walk or to print.
    #[command(flatten)]
    pub walk: Walk,
}

/// Options of the wizard and of the checklist.
#[derive(Debug, Args)]
pub struct Walk {
    /// Go straight to a case (stuck, new-device, face, linked, remove, offered); its checklist where there is no terminal
    #[arg(long, value_name = "CASE")]
    pub case: Option<String>,
    /// Print the checklist of the case, or of all cases, instead of asking
    #[arg(long, conflicts_with = "plain")]
    pub checklist: bool,
    /// Take the answers from a file: a saved walk, a scenario, or one of your own
    #[arg(long, value_name = "FILE", conflicts_with_all = ["case", "checklist"])]
    pub answers: Option<PathBuf>,
    /// How to ask and to print the ticket.
    #[command(flatten)]
    pub asking: Asking,
}

/// Options of every verb that asks.
#[derive(Debug, Args)]
pub struct Asking {
    /// Save nothing: a walk that is left is gone
    #[arg(long)]
    pub no_save: bool,
    /// Ask with numbered lines instead of menus; for screen readers, pipes and small windows
    #[arg(long)]
    pub plain: bool,
    /// How it is printed.
    #[command(flatten)]
    pub printing: Printing,
}

/// Options of every verb that prints a ticket.
#[derive(Debug, Clone, Args)]
pub struct Printing {
    /// How the ticket, or the checklist, is printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    /// The language of the ticket, or several with commas: the walk may be in Chinese and the ticket in English [default: as the walk]
    #[arg(long, value_name = "LANG", value_delimiter = ',')]
    pub ticket_lang: Vec<String>,
    /// Print the ticket in at most 1,000 characters, for a support form
    #[arg(long, conflicts_with = "format")]
    pub short: bool,
    /// What is shared with other verbs.
    #[command(flatten)]
    pub common: Common,
}

/// Options of every verb that shows something of a guide.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// The language, such as zh or en [default: from the locale, else the guide's first]
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// Another guide than the one that ships
    #[arg(long, value_name = "FILE")]
    pub guide: Option<PathBuf>,
    /// When to use colors
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

impl Common {
    /// These, and where nothing is said, what was said before.
    #[must_use]
    pub fn or(&self, before: &Common) -> Common {
        Common {
            lang: self.lang.clone().or(before.lang.clone()),
            guide: self.guide.clone().or(before.guide.clone()),
            color: if self.color == Color::Auto {
                before.color
            } else {
                self.color
            },
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Go on with a saved walk
    Resume {
        /// Its name, or how that begins; the last one, if none is given
        walk: Option<String>,
        /// How to ask and to print the ticket.
        #[command(flatten)]
        asking: Asking,
    },
    /// List, show and delete saved walks
    Walks {
        /// What to do with them; list them, if nothing is said.
        #[command(subcommand)]
        verb: Option<WalksVerb>,
        /// What is shared with other verbs.
        #[command(flatten)]
        common: Common,
    },
    /// Print the ticket of a saved walk again, in any language and format
    Ticket {
        /// Its name, or how that begins; the last one, if none is given
        walk: Option<String>,
        /// Ask what is new, and print what to add to the ticket that support has
        #[arg(long)]
        follow_up: bool,
        /// Save nothing of the follow-up: one that is left is gone
        #[arg(long, requires = "follow_up")]
        no_save: bool,
        /// Ask with numbered lines instead of menus
        #[arg(long, requires = "follow_up")]
        plain: bool,
        /// How it is printed.
        #[command(flatten)]
        printing: Printing,
    },
    /// Copy a text from stdin to stdout with passwords, codes, keys and numbers masked; say on stderr what was found
    Redact {
        /// Copy nothing; exit 1 if something was found
        #[arg(long)]
        check: bool,
        /// The language of what is said on stderr: zh or en [default: from the locale]
        #[arg(long, value_name = "LANG", value_parser = ["zh", "en"])]
        lang: Option<String>,
    },
    /// Check and show guides, for those who write them
    #[command(subcommand)]
    Guide(GuideVerb),
}

/// What to do with saved walks.
#[derive(Debug, Subcommand)]
pub enum WalksVerb {
    /// List them: name, case, how far, when
    List {
        /// What is shared with other verbs.
        #[command(flatten)]
        common: Common,
    },
    /// Print one as it is saved
    Show {
        /// Its name, or how that begins
        walk: String,
        /// What is shared with other verbs.
        #[command(flatten)]
        common: Common,
    },
    /// Delete one, the old ones, or all
    #[command(arg_required_else_help = true, group = ArgGroup::new("which").required(true))]
    Delete {
        /// Its name, or how that begins
        #[arg(group = "which")]
        walk: Option<String>,
        /// All of them, and the files that were put aside
        #[arg(long, group = "which")]
        all: bool,
        /// Those that were finished more than 30 days ago
        #[arg(long, group = "which")]
        old: bool,
        /// What is shared with other verbs.
        #[command(flatten)]
        common: Common,
    },
}

impl WalksVerb {
    /// What was said behind the verb.
    #[must_use]
    pub fn common(&self) -> &Common {
        match self {
            WalksVerb::List { common }
            | WalksVerb::Show { common, .. }
            | WalksVerb::Delete { common, .. } => common,
        }
    }
}

/// What to do with a guide.
#[derive(Debug, Subcommand)]
pub enum GuideVerb {
    /// Check a guide and prove its rules over all walks; every finding at once
    Check {
        /// The guide; the one that ships, if none is given
        file: Option<PathBuf>,
    },
    /// Walk scenarios, compare with what they expect, and report which steps and answers they visit
    Test {
        /// Scenario files, or folders of them; those of the guide that ships, if none is given
        files: Vec<PathBuf>,
        /// Another guide than the one that ships
        #[arg(long, value_name = "FILE")]
        guide: Option<PathBuf>,
        /// How the report is printed
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        format: ReportFormat,
    },
    /// Print the guide that ships, to start one of your own from
    Show,
}

/// How something is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Plain text, folded to 80 columns
    #[default]
    Text,
    /// Markdown
    Markdown,
    /// JSON
    Json,
}

/// How a report is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Plain text
    #[default]
    Text,
    /// JSON
    Json,
}

/// When to use colors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// At a terminal, unless `NO_COLOR` is set or TERM is dumb
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
