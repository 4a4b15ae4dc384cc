//! `copyavg check`: certificates re-checked by the independent checker.

use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell, Column, Footing, Heading, Row, print};
use super::options::{Format, Options};
use super::output::{self, Output};
use clap::Args;
use copyavg_checker::{Rejection, Verified};
use serde_json::{Map, Value, json};
use std::fs::File;
use std::io::Read as _;

/// Re-check certificates
///
/// Certificates are checked by a program of its own, which shares no code with
/// the rest of copyavg and owns no floating-point numbers (it is also built as
/// copyavg-checker). It says what it verified as it read it, or names the first
/// line that fails.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg verify --certificates certificates\n  \
    copyavg check certificates/*.cert")]
pub(crate) struct Arguments {
    /// Files that hold certificates
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
}

/// More bytes than any certificate has.
const MOST_BYTES: u64 = 16 << 20;

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let mut results = Vec::with_capacity(arguments.files.len());
    for file in &arguments.files {
        let result = copyavg_checker::check(&read(file)?);
        if let Err(Rejection::Unreadable { line, reason }) = &result {
            return Err(Failure::bad_input(format!(
                "{file} is no certificate: line {line}: {reason}"
            )));
        }
        results.push((file.as_str(), result));
    }
    let accepted = results.iter().all(|(_, result)| result.is_ok());
    let exit = if accepted { Exit::Answered } else { Exit::Unsettled };
    if options.format == Format::Text {
        // One statement a line: claims are too long for a table.
        let mut output = Output::open(options)?;
        for (file, result) in &results {
            match result {
                Ok(verified) => {
                    for claim in &verified.claims {
                        output.write(&format!("{file}: verified: {claim}\n"))?;
                    }
                }
                Err(rejection) => output.write(&format!("{file}: {rejection}\n"))?,
            }
        }
        output.finish()?;
        return Ok(exit);
    }
    let heading = Heading {
        fields: Map::new(),
        list: "certificates",
        above: Vec::new(),
        columns: vec![
            Column::text("file"),
            Column::text("verdict"),
            Column::text("claim"),
        ],
    };
    let rows: Vec<Row> = results
        .iter()
        .flat_map(|(file, result)| rows(file, result))
        .collect();
    print(options, &heading, &rows, &Footing::default())?;
    Ok(exit)
}

/// Whether the checker accepts a certificate, or its reason.
pub(crate) fn recheck(certificate: &str) -> Result<(), String> {
    match copyavg_checker::check(certificate) {
        Ok(_) => Ok(()),
        Err(rejection) => Err(rejection.to_string()),
    }
}

fn read(file: &str) -> Result<String, Failure> {
    let mut text = String::new();
    File::open(file)
        .and_then(|opened| opened.take(MOST_BYTES).read_to_string(&mut text))
        .map_err(|error| Failure::bad_input(format!("cannot read {file}: {}", output::reason(&error))))?;
    Ok(text)
}

/// A row for each claim that was verified, or one for what failed.
fn rows(file: &str, result: &Result<Verified, Rejection>) -> Vec<Row> {
    let row = |verdict: &str, text: String, json: Value| Row {
        cells: vec![
            Cell::Text(file.to_string()),
            Cell::Text(verdict.to_string()),
            Cell::Text(text),
        ],
        json,
    };
    match result {
        Ok(verified) => verified
            .claims
            .iter()
            .map(|claim| {
                let json = json!({"file": file, "verdict": "verified", "claim": claim});
                row("verified", claim.clone(), json)
            })
            .collect(),
        Err(rejection) => {
            let (line, why) = (rejection.line(), rejection.to_string());
            let json = json!({"file": file, "verdict": "invalid", "line": line, "why": why});
            vec![row("invalid", why, json)]
        }
    }
}
