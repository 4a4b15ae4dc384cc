//! The command line: one file per subcommand, one file per output format.
//!
//! Results go to stdout (or `--output`), progress and complaints to stderr.
//! The exit status is 0 when everything is as stated, 1 when a verdict, order
//! or number of digits is not, 2 for a request that makes no sense (nothing is
//! written then), 3 when interrupted or out of resources.

mod activations;
mod arguments;
mod branch_and_bound;
mod certify;
mod check;
mod concavity;
mod error;
mod exit;
mod export;
mod figure;
mod format;
mod global;
mod integers;
mod interrupt;
mod loss;
mod manual;
mod options;
mod output;
mod partitions;
mod phase;
mod picture;
mod progress;
mod reals;
mod train;
mod usage;
mod verify;

use arguments::{Arguments, Command};
use clap::Parser;
use clap::error::ErrorKind;
use error::Failure;
use exit::Exit;
use std::io::{self, Write};
use std::process::ExitCode;

/// Runs the program on the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let exit = match Arguments::try_parse() {
        Ok(arguments) => dispatch(&arguments),
        Err(error) => asked_for(&error),
    };
    match exit {
        Ok(exit) => exit.into(),
        Err(failure) => {
            if !failure.is_silent() {
                complain(&failure.to_string());
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
        Command::Certify(command) => certify::run(command, options),
        Command::Phase(command) => phase::run(command, options),
        Command::Global(command) => global::run(command, options),
        Command::Train(command) => train::run(command, options),
        Command::Figure(command) => figure::run(command, options),
        Command::Check(command) => check::run(command, options),
        Command::Export(command) => export::run(command, options),
        Command::Activations => activations::run(options),
        Command::Completions(command) => manual::completions(command, options),
        Command::Man(command) => manual::man(command, options),
    }
}

/// Help and version if that was asked for, else a mistake of usage.
fn asked_for(error: &clap::Error) -> Result<Exit, Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // With colours if stdout is a terminal; flushed by clap.
            error
                .print()
                .map_err(|error| output::failure("standard output", &error))?;
            Ok(Exit::Answered)
        }
        _ => Err(Failure::bad_input(usage::sentence(error))),
    }
}

/// Says something on stderr. If that is closed or full, there is no one to
/// tell, and the exit status says it still.
fn complain(sentence: &str) {
    let _ = writeln!(io::stderr(), "copyavg: {sentence}");
}
