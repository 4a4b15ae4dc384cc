//! What the tests share: sealed certificates.
#![allow(dead_code)]

pub mod dense;
pub mod formula;
pub mod mutation;
pub mod oracle;
pub mod perturbed;
pub mod perturbed_truth;
pub mod spectra;
pub mod spectrum_mutants;

use copyavg_checker::{Rejection, check, sha256};
use std::path::{Path, PathBuf};

/// Lines with the header before and a fitting digest behind them.
pub fn seal(lines: &[&str]) -> String {
    let mut body = String::from("copyavg certificate 1\n");
    for line in lines {
        body.push_str(line);
        body.push('\n');
    }
    seal_body(body)
}

/// A whole text but for its digest.
pub fn seal_body(body: String) -> String {
    let digest = sha256(&body);
    format!("{body}digest sha256 {digest}\n")
}

/// A certificate of one claim, written with ` | ` between its lines.
pub fn claim(lines: &str) -> String {
    let mut all: Vec<&str> = lines.split(" | ").collect();
    all.push("end");
    seal(&all)
}

/// The certificates of the catalogue, sorted by name.
pub fn catalogue() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/certificates");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_string();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// The claims of a certificate, each as its lines from `claim` to `end`.
pub fn blocks(text: &str) -> Vec<Vec<String>> {
    let mut blocks: Vec<Vec<String>> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("claim ") {
            blocks.push(Vec::new());
            inside = true;
        }
        if inside {
            blocks.last_mut().unwrap().push(line.to_string());
        }
        inside = inside && line != "end";
    }
    blocks
}

/// The claim as verified.
pub fn accepted(lines: &str) -> String {
    match check(&claim(lines)) {
        Ok(verified) => verified.claims.join("; "),
        Err(rejection) => panic!("{lines}: {rejection}"),
    }
}

/// Readable, but not proved.
pub fn invalid(lines: &str) {
    match check(&claim(lines)) {
        Err(Rejection::Invalid { .. }) => {}
        other => panic!("{lines}: {other:?}"),
    }
}

/// No certificate.
pub fn unreadable(lines: &str) {
    match check(&claim(lines)) {
        Err(Rejection::Unreadable { .. }) => {}
        other => panic!("{lines}: {other:?}"),
    }
}
