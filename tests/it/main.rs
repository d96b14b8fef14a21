//! What the program does, seen from outside: its real binary without a terminal, and its library
//! where a property holds for more input than a command line can try.
#![allow(
    clippy::cloned_ref_to_slice_refs,
    clippy::format_collect,
    clippy::items_after_statements,
    clippy::too_many_lines,
    clippy::print_stderr, // figures, and what could not be tried
    clippy::case_sensitive_file_extension_comparisons // names that the program gave
)]

mod alphabet;
mod answers;
mod causes;
mod checklist;
mod claims;
#[cfg(unix)]
mod enough;
#[cfg(unix)]
mod errors;
mod failures;
#[cfg(target_os = "linux")]
mod faults;
mod format;
mod guides;
mod imports;
#[cfg(unix)]
mod in_process;
mod language;
#[cfg(unix)]
mod locks;
mod numbers;
#[cfg(unix)]
mod outputs;
mod pages;
mod placeholders;
mod proofs;
mod properties;
mod redact;
mod rules;
mod run;
#[cfg(unix)]
mod said;
#[cfg(unix)]
mod saved;
mod scenarios;
#[cfg(unix)]
mod secrets;
mod slices;
#[path = "../support/mod.rs"]
mod support;
#[cfg(unix)]
mod tickets;
#[cfg(unix)]
mod times;
mod voice;
mod wizard;
#[cfg(unix)]
mod zones;
