//! What a person sees: the real binary on a terminal, with a model of its screen.
#![cfg(unix)]

mod closing;
mod keys;
mod resize;
mod saved;
#[path = "../support/mod.rs"]
mod support;
mod terminal;
mod walks;
mod windows;
