//! Parses the command line, runs it, ends with the right exit code.

use clap::Parser;
use okx_verify_help::{cli::Cli, command, report};
use std::process::ExitCode;

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => report::finish(command::run(cli)),
        // clap repeats arguments as they were typed; they pass the same sieve as all else.
        Err(error) if error.use_stderr() => {
            report::say(&error.render().to_string());
            ExitCode::from(report::USAGE)
        }
        Err(help) => report::finish(report::result(&help.render().to_string())),
    }
}
