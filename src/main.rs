//! Parses the command line, runs it, ends with the right exit code.

use clap::Parser;
use okx_verify_help::command::{self, context::Around};
use okx_verify_help::error::Kind;
use okx_verify_help::{cli::Cli, locale, report};
use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words = locale::words(env::args_os().skip(1));
    match Cli::try_parse() {
        Ok(cli) => report::finish(command::run(cli, words, Around::of_process()), words),
        // clap repeats arguments as they were typed, so they are cleaned like everything else.
        Err(error) if error.use_stderr() => {
            report::say(&error.render().to_string());
            Kind::Usage.exit_code()
        }
        Err(help) => report::finish(report::result(&help.render().to_string()), words),
    }
}
