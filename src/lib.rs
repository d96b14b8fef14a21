//! `okx-verify-help`: a troubleshooting wizard for a terminal.
//!
//! A guide is data ([`guide`]); a walk is a fold of answers over a guide ([`walk`]); everything
//! that a person sees is a rendering of a walk: a [`ticket`], a [`page`], a [`tree`] (each a [`doc`]
//! before it is printed), a prompt of one of the [`front`] ends. `guide`, `walk` and `ticket` know
//! no terminal, no clock and no files.

pub mod answer;
pub mod cli;
pub mod clock;
pub mod command;
pub mod doc;
pub mod embedded;
pub mod error;
pub mod field;
pub mod follow_up;
pub mod front;
pub mod guide;
pub mod history;
pub mod locale;
pub mod moment;
pub mod page;
pub mod recognize;
pub mod redact;
pub mod report;
pub mod scenario;
pub mod store;
pub mod terminal;
pub mod text;
pub mod ticket;
pub mod tree;
pub mod walk;
pub mod when;
pub mod words;
