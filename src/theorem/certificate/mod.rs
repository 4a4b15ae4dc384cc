//! Theorems as certificates (`docs/certificate.md`): the claims in the words of
//! the entry, each with the witness of its proof, to be checked by a program
//! that shares nothing with this one. Those of single configurations are in
//! `configuration`.

mod configuration;
mod global_optimum;

pub use configuration::{copy_average_claim, of_perturbed_copy, of_spectrum, perturbed_copy_claim};
pub use global_optimum::{global_optimum_claim, of_global_optimum};

use super::claim::{Attempt, Claim};
use super::entry::Entry;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The first line.
pub(in crate::theorem) const HEADER: &str = "copyavg certificate 1";

/// The certificate of a theorem: `None` unless every claim is proved and has
/// one.
#[must_use]
pub fn of_entry(entry: &Entry, attempts: &[Attempt]) -> Option<String> {
    if attempts.len() != entry.claims.len() {
        return None;
    }
    let mut lines = vec![
        HEADER.to_string(),
        format!("theorem {}", entry.id),
        format!("entry sha256 {}", entry.digest),
    ];
    match &entry.statement {
        Some(statement) => lines.extend(statement.trim().lines().filter_map(comment)),
        None => lines.extend(comment(&entry.title)),
    }
    for (claim, attempt) in entry.claims.iter().zip(attempts) {
        lines.extend(block(claim, attempt)?);
    }
    Some(sealed(&lines))
}

/// The certificate of one claim, likewise.
#[must_use]
pub fn of_claim(claim: &Claim, attempt: &Attempt) -> Option<String> {
    let mut lines = vec![HEADER.to_string()];
    lines.extend(block(claim, attempt)?);
    Some(sealed(&lines))
}

fn block(claim: &Claim, attempt: &Attempt) -> Option<Vec<String>> {
    if !attempt.verdict.is_proved() {
        return None;
    }
    let mut stated = claim.certificate(attempt)?.into_iter();
    let mut lines = vec![stated.next()?];
    lines.extend(claim.says.as_deref().and_then(comment));
    lines.extend(stated);
    lines.push("end".to_string());
    Some(lines)
}

/// A sentence as one line; `None` if nothing is left of it.
fn comment(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().filter(|c| !c.is_control()).collect();
    (!line.trim().is_empty()).then(|| format!("says {}", line.trim()))
}

/// The lines with their digest.
fn sealed(lines: &[String]) -> String {
    let mut text = lines.join("\n");
    text.push('\n');
    let digest = digest(&text);
    text + "digest sha256 " + &digest + "\n"
}

/// SHA-256 in hexadecimal digits.
pub(in crate::theorem) fn digest(text: &str) -> String {
    let mut hexadecimal = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        // Writing to a string does not fail.
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal
}
