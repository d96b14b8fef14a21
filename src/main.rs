//! Parses the command line, runs it, ends with the right exit code.

use clap::Parser;
use okx_verify_help::command::{self, context::Around};
use okx_verify_help::{cli::Cli, report};
use std::process::ExitCode;

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => report::finish(command::run(cli, Around::of_process())),
        // clap repeats arguments as they were typed, so they are cleaned like everything else.
        Err(error) if error.use_stderr() => {
            report::say(&error.render().to_string());
            ExitCode::from(report::USAGE)
        }
        Err(help) => report::finish(report::result(&help.render().to_string())),
    }
}
