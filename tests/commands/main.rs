//! The program as its users meet it: exit statuses, sentences, tables, files,
//! signals. Everything runs the built binary.

mod decimals;
mod files;
mod global;
mod interruption;
mod mistakes;
mod numbers;
mod ranking;
mod training;

use serde_json::Value;
use std::process::{Command, Output};

/// The program, ready to run.
fn copyavg() -> Command {
    Command::new(env!("CARGO_BIN_EXE_copyavg"))
}

/// What the program says to these arguments, which have no spaces inside.
fn run(arguments: &str) -> Output {
    run_each(&arguments.split_whitespace().collect::<Vec<_>>())
}

fn run_each(arguments: &[&str]) -> Output {
    copyavg().args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("an exit status, not a signal")
}

/// The JSON that the program prints, with its exit status.
fn json(arguments: &str) -> (Value, i32) {
    let output = run(&format!("{arguments} --format json"));
    let text = stdout(&output);
    let value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments}: {error}: {text}"));
    (value, status(&output))
}
