//! The language of machine claims: one file per kind.
//!
//! A claim is a table of a theorem's file. `kind` names how it is settled,
//! `says` (optional) what it means in the theorem's words; the other fields
//! belong to the kind. The language is general: nothing in a claim refers to
//! the theorem that it serves, and an entry with changed numbers gets the
//! verdict that its numbers deserve.

mod additivity;
mod concavity_scan;
mod configuration;
mod critical;
mod exhaustive;
mod global_optimum;
mod identity;
mod kernel;
mod open;
mod partition_optimum;
mod sign;
mod spectrum;
mod text;

use super::complaint::ClaimError;
use crate::arithmetic::Precision;
use crate::certify::sign::{Limits, Witness};
use crate::certify::verdict::Verdict;
use serde::de::DeserializeOwned;
use std::sync::atomic::AtomicBool;

/// What an attempt may spend.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    /// The largest precision tried.
    pub max_precision: Precision,
    /// The largest number of cells of a cover.
    pub max_cells: usize,
    /// Set by the user to stop.
    pub interrupt: &'a AtomicBool,
}

impl<'a> Work<'a> {
    /// Limits for the sign prover.
    #[must_use]
    pub fn limits(&self) -> Limits<'a> {
        Limits {
            max_precision: self.max_precision,
            max_cells: self.max_cells,
            interrupt: self.interrupt,
        }
    }
}

/// The result of trying to settle one claim.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The verdict on the claim.
    pub verdict: Verdict,
    /// One line on how it was reached.
    pub method: String,
    /// The witness of a sign proof, or of the sides of an identity being defined.
    pub witness: Option<Witness>,
    /// The lines of the certificate, for kinds whose proof finds what they say.
    pub found: Option<Vec<String>>,
}

impl Attempt {
    fn by(method: impl Into<String>, verdict: Verdict) -> Self {
        Self {
            verdict,
            method: method.into(),
            witness: None,
            found: None,
        }
    }
}

/// A machine claim, read and checked for form.
#[derive(Debug)]
pub struct Claim {
    /// What it means in the theorem's words.
    pub says: Option<String>,
    /// The claim itself.
    pub kind: Kind,
}

/// The kinds of claims.
#[derive(Debug)]
pub enum Kind {
    /// An inequality on a domain.
    Sign(sign::Sign),
    /// An equation, by exact algebra.
    Identity(identity::Identity),
    /// The lowest copy-average partition, by comparing all of them.
    PartitionOptimum(partition_optimum::PartitionOptimum),
    /// Vanishing gradients at copy-average points, in exact arithmetic.
    Critical(critical::Critical),
    /// Additivity of the loss over buckets, in exact arithmetic.
    Additivity(additivity::Additivity),
    /// A kernel against quadrature with an error bound.
    Kernel(kernel::Kernel),
    /// What one configuration is.
    Configuration(configuration::Configuration),
    /// The global optimum over all students.
    GlobalOptimum(global_optimum::GlobalOptimum),
    /// A statement that the program cannot decide.
    Open(open::Open),
    /// Second differences of certified losses.
    ConcavityScan(concavity_scan::ConcavityScan),
    /// Hessian spectra at copy-average points, by several routes.
    Spectrum(spectrum::Spectrum),
}

const KINDS: &str = "sign, identity, partition-optimum, critical, additivity, kernel, concavity-scan, spectrum, configuration, global-optimum, open";

impl Claim {
    /// Reads a claim; `shared` are the definitions of the whole entry.
    ///
    /// # Errors
    /// If a field is missing or unknown, or a formula or range cannot be read.
    pub fn read(mut table: toml::Table, shared: &[String]) -> Result<Claim, ClaimError> {
        let mut word = |key: &str| match table.remove(key) {
            None => Ok(None),
            Some(toml::Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(ClaimError::Field(format!("{key} must be a text"))),
        };
        let says = word("says")?;
        let kind = word("kind")?.ok_or_else(|| ClaimError::Field("the field kind is missing".to_string()))?;
        let kind = match kind.as_str() {
            "sign" => Kind::Sign(sign::Sign::read(fields(table)?, shared)?),
            "identity" => Kind::Identity(identity::Identity::read(fields(table)?, shared)?),
            "partition-optimum" => {
                Kind::PartitionOptimum(partition_optimum::PartitionOptimum::read(&fields(table)?)?)
            }
            "critical" => Kind::Critical(critical::Critical::read(&fields(table)?)?),
            "additivity" => Kind::Additivity(additivity::Additivity::read(&fields(table)?)?),
            "kernel" => Kind::Kernel(kernel::Kernel::read(&fields(table)?)?),
            "concavity-scan" => Kind::ConcavityScan(concavity_scan::ConcavityScan::read(&fields(table)?)?),
            "spectrum" => Kind::Spectrum(spectrum::Spectrum::read(&fields(table)?)?),
            "configuration" => Kind::Configuration(configuration::Configuration::read(&fields(table)?)?),
            "global-optimum" => Kind::GlobalOptimum(global_optimum::GlobalOptimum::read(&fields(table)?)?),
            "open" => Kind::Open(open::Open::read(fields(table)?)),
            other => return Err(ClaimError::Kind(other.to_string(), KINDS.to_string())),
        };
        Ok(Claim { says, kind })
    }

    /// The claim in one line, from the program's own parse.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.kind {
            Kind::Sign(claim) => claim.text(),
            Kind::Identity(claim) => claim.text(),
            Kind::PartitionOptimum(claim) => claim.text(),
            Kind::Critical(claim) => claim.text(),
            Kind::Additivity(claim) => claim.text(),
            Kind::Kernel(claim) => claim.text(),
            Kind::ConcavityScan(claim) => claim.text(),
            Kind::Spectrum(claim) => claim.text(),
            Kind::Configuration(claim) => claim.text(),
            Kind::GlobalOptimum(claim) => claim.text(),
            Kind::Open(claim) => claim.text(),
        }
    }

    /// The lines of a certificate that state the claim and prove it by the
    /// witness of a successful attempt; `None` without a witness.
    #[must_use]
    pub fn certificate(&self, attempt: &Attempt) -> Option<Vec<String>> {
        match &self.kind {
            Kind::Sign(claim) => claim.certificate(attempt.witness.as_ref()?),
            Kind::Identity(claim) => claim.certificate(attempt.witness.as_ref()?),
            Kind::PartitionOptimum(claim) => Some(claim.certificate()),
            Kind::Critical(claim) => Some(claim.certificate()),
            Kind::Additivity(claim) => Some(claim.certificate()),
            Kind::Kernel(claim) => Some(claim.certificate()),
            Kind::ConcavityScan(claim) => Some(claim.certificate()),
            Kind::Spectrum(claim) => Some(claim.certificate()),
            Kind::Configuration(_) | Kind::GlobalOptimum(_) => attempt.found.clone(),
            Kind::Open(_) => None,
        }
    }

    /// Tries to settle the claim.
    #[must_use]
    pub fn attempt(&self, work: &Work) -> Attempt {
        match &self.kind {
            Kind::Sign(claim) => claim.attempt(work),
            Kind::Identity(claim) => claim.attempt(work),
            Kind::PartitionOptimum(claim) => claim.attempt(work),
            Kind::Critical(claim) => claim.attempt(work),
            Kind::Additivity(claim) => claim.attempt(work),
            Kind::Kernel(claim) => claim.attempt(work),
            Kind::ConcavityScan(claim) => claim.attempt(work),
            Kind::Spectrum(claim) => claim.attempt(work),
            Kind::Configuration(claim) => claim.attempt(work),
            Kind::GlobalOptimum(claim) => claim.attempt(work),
            Kind::Open(claim) => claim.attempt(),
        }
    }
}

fn fields<T: DeserializeOwned>(table: toml::Table) -> Result<T, ClaimError> {
    table
        .try_into()
        .map_err(|error: toml::de::Error| ClaimError::Field(error.message().to_string()))
}
