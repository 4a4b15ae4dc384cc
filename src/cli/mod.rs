//! The command line: one file per subcommand, one file per output format.
//!
//! Results go to stdout (or `--output`), progress and complaints to stderr.
//! The exit status is 0 when everything is as stated, 1 when a verdict, order
//! or number of digits is not, 2 for a request that makes no sense (nothing is
//! written then), 3 when interrupted or out of resources.

mod activations;
mod arguments;
mod concavity;
mod error;
mod exit;
mod format;
mod integers;
mod interrupt;
mod loss;
mod manual;
mod options;
mod output;
mod partitions;
mod progress;
mod verify;

use arguments::{Arguments, Command};
use clap::Parser;
use clap::error::ErrorKind;
use error::Failure;
use exit::Exit;
use std::process::ExitCode;

/// Runs the program on the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error).into(),
    };
    match dispatch(&arguments) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            if !failure.is_silent() {
                eprintln!("copyavg: {failure}");
            }
            failure.exit().into()
        }
    }
}

fn dispatch(arguments: &Arguments) -> Result<Exit, Failure> {
    crate::arithmetic::environment::check().map_err(|error| Failure::Unsound(error.to_string()))?;
    let options = &arguments.options;
    options.start()?;
    match &arguments.command {
        Command::Verify(command) => verify::run(command, options),
        Command::Loss(command) => loss::run(command, options),
        Command::Concavity(command) => concavity::run(command, options),
        Command::Partitions(command) => partitions::run(command, options),
        Command::Activations => activations::run(options),
        Command::Completions(command) => manual::completions(command, options),
        Command::Man => manual::man(options),
    }
}

/// What clap has to say: help and version as asked, anything else in one
/// sentence.
fn usage(error: &clap::Error) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe is not worth a complaint.
            let _ = error.print();
            Exit::Answered
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!("{error}");
            Exit::BadInput
        }
        _ => {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or("bad usage");
            let sentence = first.strip_prefix("error: ").unwrap_or(first);
            // Missing arguments are listed on the lines that follow.
            let listed: Vec<&str> = text
                .lines()
                .skip(1)
                .take_while(|line| line.starts_with("  "))
                .map(str::trim)
                .collect();
            let listed = if listed.is_empty() {
                String::new()
            } else {
                format!(" {}", listed.join(", "))
            };
            eprintln!("copyavg: {sentence}{listed}; see `copyavg --help`");
            Exit::BadInput
        }
    }
}
