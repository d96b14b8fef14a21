//! A document, before it is decided what it looks like. Tickets, pages and trees build one; text,
//! Markdown and HTML are pure functions of it.

pub mod html;
pub mod markdown;
pub mod text;

use serde::Serialize;

/// A title and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc {
    /// The tag of its language.
    pub language: String,
    /// What tells it from others that are printed with it.
    pub id: String,
    /// One line.
    pub title: String,
    /// What follows, in order.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading of what follows it.
    Heading(String),
    /// A sentence or two at the margin.
    Paragraph(String),
    /// A sentence or two that belong to a heading.
    Text(String),
    /// Names and values.
    Facts {
        /// The heads of the two columns, where they are shown.
        head: [String; 2],
        /// What stands between a name and its value, without a space at its end.
        colon: &'static str,
        /// The names and values.
        rows: Vec<(String, String)>,
    },
    /// Things in order, with numbers.
    Steps(Vec<String>),
    /// Things in no order.
    List(Vec<String>),
    /// Points with points below them.
    Tree(Vec<Point>),
    /// Sources with their numbers and addresses.
    Sources(Vec<(String, Option<String>)>),
    /// Blanks to fill in and things to tick, side by side.
    Form(Vec<Entry>),
    /// What one may see, each with what to do about it.
    Lines(Vec<Line>),
    /// Where something leads.
    Goals(Vec<Goal>),
    /// A command, to be copied whole: neither folded nor escaped.
    Command(String),
}

/// A point of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What stands before it.
    pub mark: Mark,
    /// What it says.
    pub text: String,
    /// The points below it.
    pub below: Vec<Point>,
}

impl Point {
    /// A point with nothing below it.
    pub fn new(mark: Mark, text: impl Into<String>) -> Point {
        Point {
            mark,
            text: text.into(),
            below: Vec::new(),
        }
    }
}

/// What a point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Something to do and tick off.
    Box,
    /// One of several.
    Dash,
    /// Where to read on.
    Arrow,
    /// An end.
    Star,
    /// Something to do in order.
    Next,
    /// Something to keep in mind.
    Caution,
    /// More about the point above.
    Aside,
}

/// Something to fill in or to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whether it is ticked.
    pub is_box: bool,
    /// What it says.
    pub text: String,
    /// What stands before the blank.
    pub colon: &'static str,
    /// How wide the blank is, in columns; zero where there is none.
    pub blank: usize,
    /// Where it leads when it is ticked.
    pub goal: Option<Goal>,
}

impl Entry {
    /// What it says, with its blank, and where it leads behind an arrow.
    fn said(&self, arrow: &str) -> String {
        let mut said = self.text.clone();
        if self.blank > 0 {
            said.push_str(self.colon);
            said.extend(std::iter::repeat_n('_', self.blank));
        }
        if let Some(goal) = &self.goal {
            said.extend([" ", arrow, " ", &goal.said()]);
        }
        said
    }
}

impl Goal {
    /// What is said of where something leads, with the command in place of the text.
    fn said(&self) -> String {
        format!(
            "{}{}",
            self.lead,
            self.command.as_ref().unwrap_or(&self.text)
        )
    }
}

/// Something that one may see, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The letter in front of it.
    pub letter: Option<char>,
    /// What one sees.
    pub text: String,
    /// What to do, each with a box.
    pub tasks: Vec<String>,
    /// Where it leads.
    pub goals: Vec<Goal>,
}

/// Where something leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// What stands before the text.
    pub lead: String,
    /// What it says.
    pub text: String,
    /// A command that leads there; text and Markdown show it in place of the text.
    pub command: Option<String>,
    /// An address that leads there.
    pub link: Option<String>,
}

/// A value as JSON, with a newline at its end.
pub fn json(value: &impl Serialize) -> String {
    let mut json = serde_json::to_string_pretty(value).unwrap_or_default();
    json.push('\n');
    json
}
