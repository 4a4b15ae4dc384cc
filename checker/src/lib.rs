//! Re-checks the certificates of copyavg.
//!
//! The format and the rules are those of `docs/certificate.md`. The checker
//! owns no floating-point numbers: everything is decided with integers and
//! rationals, in code that is shared with no other program. It trusts nothing
//! that a certificate says but its own evaluation of it, and answers with the
//! claims as it read them.
//!
//! | module | what it knows |
//! |---|---|
//! | `read` | lines, header, digest, blocks |
//! | `formula`, `domain` | what a claim is about |
//! | `arithmetic` | intervals with big integers, Taylor polynomials |
//! | `algebra` | exact equality, roots of polynomials |
//! | `landscape` | the loss of a student, exact numbers with square roots |
//! | `rules` | one file for each kind of claim |
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![deny(clippy::float_arithmetic, clippy::as_conversions)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod algebra;
mod arithmetic;
mod digest;
mod domain;
mod formula;
mod landscape;
mod number;
mod read;
mod rejection;
mod rules;

pub use digest::sha256;
pub use rejection::Rejection;

use std::fmt;

/// What a certificate was found to prove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The name of the theorem that the certificate says it belongs to. It is
    /// a comment: nothing is known of it.
    pub theorem: Option<String>,
    /// The claims, in the checker's own words.
    pub claims: Vec<String>,
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, claim) in self.claims.iter().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            write!(f, "verified: {claim}")?;
        }
        Ok(())
    }
}

/// Checks a certificate: every claim in it, by every step of its proof.
///
/// # Errors
/// The first fault, with its line.
pub fn check(text: &str) -> Result<Verified, Rejection> {
    let certificate = read::Certificate::read(text)?;
    let mut claims = Vec::with_capacity(certificate.blocks.len());
    for block in certificate.blocks {
        claims.push(rules::check(block)?);
    }
    Ok(Verified {
        theorem: certificate.theorem.map(str::to_string),
        claims,
    })
}
