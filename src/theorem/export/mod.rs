//! Certificates as Coq files: theorems about the library in `proofs/coq`, whose
//! compilation checks what a certificate claims.
//!
//! A certificate is read here as text, without being believed or checked: a
//! false claim becomes a file that Coq refuses. What Coq then proves is the
//! statement that the file spells out, and what it does not cover is said at
//! the file's head.

mod coq;
mod read;

pub use read::{ExportError, Loss};

use super::certificate;
use read::Claim;

/// A Coq file.
#[derive(Debug)]
pub struct Development {
    /// Its text.
    pub text: String,
    /// What its theorems say, a sentence each.
    pub proves: Vec<String>,
    /// What of the certificate is left out, a sentence each.
    pub omits: Vec<String>,
    /// What must be believed beside Coq, a sentence each.
    pub trusts: Vec<&'static str>,
    /// The losses of copy-average configurations that it encloses.
    pub losses: Vec<Loss>,
}

/// The Coq file of a certificate; `source` is what its head calls it.
///
/// # Errors
/// [`ExportError`] if the text is no certificate of version 1, or none of its
/// claims can be stated in Coq.
pub fn coq(certificate: &str, source: &str) -> Result<Development, ExportError> {
    let claims = read::claims(certificate)?;
    let mut losses = Vec::new();
    for (_, claim) in &claims {
        if let Claim::CopyAverage(claim) = claim {
            losses.push(claim.loss.clone());
        }
    }
    let written = coq::Written::of(&claims);
    if written.theorems.is_empty() {
        return Err(ExportError::NothingToExport(written.omits.join("; ")));
    }
    let digest = certificate::digest(certificate);
    let head = format!("{source} (SHA-256 {digest})");
    Ok(Development {
        text: written.file(&head),
        proves: written.proves,
        omits: written.omits,
        trusts: written.trusts,
        losses,
    })
}

/// The order of enclosed losses that do not overlap, each compared with the
/// next higher one of as many teachers. `None` if there is nothing to compare.
#[must_use]
pub fn coq_orders(losses: &[Loss]) -> Option<Development> {
    let written = coq::Written::of_orders(losses);
    (!written.theorems.is_empty()).then(|| Development {
        text: written.file("the losses of the files beside it"),
        proves: written.proves,
        omits: written.omits,
        trusts: written.trusts,
        losses: Vec::new(),
    })
}

/// The name of a Coq module for a file called `stem`: letters, digits and `_`.
#[must_use]
pub fn module_name(stem: &str) -> String {
    let mut name: String = stem
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert_str(0, "certificate_");
    }
    name
}
