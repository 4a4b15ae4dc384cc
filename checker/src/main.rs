//! `copyavg-checker FILE…`: re-checks certificates.
//!
//! For every file it prints the claims that it verified, in its own words, or
//! the first line that fails. Exit status: 0 if all files are accepted, 1 if
//! one is invalid, 2 if one cannot be read or is no certificate.

use copyavg_checker::{Rejection, check};
use std::process::ExitCode;

/// The largest file that is read, in bytes: more than any certificate has.
const MOST_BYTES: u64 = 16 << 20;

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() || files.iter().any(|file| file == "--help" || file == "-h") {
        eprintln!("usage: copyavg-checker FILE...");
        return ExitCode::from(2);
    }
    let worst = files.iter().map(|file| examine(file)).max().unwrap_or(2);
    ExitCode::from(worst)
}

/// Checks one file; the answer is its exit status.
fn examine(file: &str) -> u8 {
    let text = match read(file) {
        Ok(text) => text,
        Err(reason) => {
            eprintln!("{file}: unreadable: {reason}");
            return 2;
        }
    };
    match check(&text) {
        Ok(verified) => {
            for claim in &verified.claims {
                println!("{file}: verified: {claim}");
            }
            0
        }
        Err(rejection) => {
            println!("{file}: {rejection}");
            match rejection {
                Rejection::Invalid { .. } => 1,
                Rejection::Unreadable { .. } => 2,
            }
        }
    }
}

fn read(file: &str) -> Result<String, String> {
    let size = std::fs::metadata(file).map_err(|error| error.to_string())?.len();
    if size > MOST_BYTES {
        return Err("the file is larger than any certificate".to_string());
    }
    std::fs::read_to_string(file).map_err(|error| error.to_string())
}
