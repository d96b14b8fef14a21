//! What a person sees: the real binary on a terminal, with a model of its screen.
#![cfg(unix)]

mod keys;
#[path = "../support/mod.rs"]
mod support;
mod terminal;
mod walks;
mod windows;
