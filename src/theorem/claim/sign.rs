//! `kind = "sign"`: an inequality for all values of its parameters.

use super::text::{self, Ranges};
use super::{Attempt, Work};
use crate::certify::domain::Domain;
use crate::certify::sign::{Claimed, Witness, decide};
use crate::formula::{Formula, SignClaim};
use crate::theorem::complaint::ClaimError;
use serde::Deserialize;

/// The fields of the claim as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The inequality, such as `asin(x) > x`.
    holds: String,
    /// Ranges of its parameters.
    #[serde(default, rename = "for")]
    ranges: Ranges,
    /// Definitions of its own, after those of the entry.
    #[serde(default, rename = "let")]
    definitions: Vec<String>,
}

/// "left OP right for all parameters in the domain".
#[derive(Debug)]
pub struct Sign {
    shown: String,
    /// left − right, or right − left: what must be positive or nonnegative.
    difference: Formula,
    claimed: Claimed,
    domain: Domain,
    /// The definitions that the inequality uses, as written.
    definitions: Vec<String>,
}

impl Sign {
    pub(super) fn read(written: Written, shared: &[String]) -> Result<Sign, ClaimError> {
        let relation = text::relation(&written.holds, shared, &written.definitions)?;
        let (difference, claimed) = match relation.sign_claim() {
            SignClaim::Positive(f) => (f, Claimed::Positive),
            SignClaim::Nonnegative(f) => (f, Claimed::Nonnegative),
            SignClaim::Zero(_) => {
                return Err(ClaimError::Field(
                    "a sign claim holds an inequality; use kind = \"identity\" for an equation".to_string(),
                ));
            }
        };
        let domain = text::domain(&written.ranges)?;
        text::same_parameters(&[&difference], &domain)?;
        Ok(Sign {
            definitions: text::used(&written.holds, shared, &written.definitions),
            shown: written.holds,
            difference,
            claimed,
            domain,
        })
    }

    pub(super) fn text(&self) -> String {
        format!("{}{}", self.shown, text::quantifier(&self.domain))
    }

    pub(super) fn attempt(&self, work: &Work) -> Attempt {
        let (verdict, witness) = decide(&self.difference, self.claimed, &self.domain, &work.limits());
        let method = witness
            .as_ref()
            .map_or_else(|| "intervals".to_string(), |w| w.method());
        Attempt {
            verdict,
            method,
            witness,
            found: None,
        }
    }

    pub(super) fn certificate(&self, witness: &Witness) -> Option<Vec<String>> {
        let holds = format!("holds {}", self.shown);
        text::certificate("sign", &self.domain, &self.definitions, &holds, witness)
    }
}
