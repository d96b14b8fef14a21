//! Parses the command line, runs it, ends with the right exit code.

use clap::Parser;
use okx_verify_help::command::{self, context::Around, usage};
use okx_verify_help::{cli::Cli, locale, report};
use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<OsString> = env::args_os().collect();
    let words = locale::words(args.iter().skip(1).cloned());
    let around = Around::of_process();
    let outcome = match Cli::try_parse_from(&args) {
        Ok(cli) => command::run(cli, words, around),
        Err(error) => usage::explain(error, &args, words, around.terminal.result_columns()),
    };
    report::finish(outcome, words)
}
