//! What the program does, seen from outside: its real binary without a terminal, and its library
//! where a property holds for more input than a command line can try.

mod checklist;
mod claims;
mod guides;
mod language;
mod proofs;
mod properties;
mod redact;
mod run;
mod scenarios;
mod secrets;
#[path = "../support/mod.rs"]
mod support;
mod wizard;
