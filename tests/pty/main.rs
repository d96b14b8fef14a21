//! What a person sees: the real binary on a terminal, with a model of its screen.
#![allow(
    clippy::match_bool, // two ways, side by side
    clippy::type_complexity,
    clippy::struct_excessive_bools,
    clippy::needless_pass_by_value,
    clippy::format_collect
)]
#![cfg(unix)]

mod choices;
mod closing;
mod follow_up;
mod grammar;
mod keys;
mod readme;
mod resize;
mod saved;
mod screens;
#[path = "../support/mod.rs"]
mod support;
mod terminal;
mod typing;
mod walks;
mod windows;
