//! `kind = "concavity-scan"`: second differences of certified losses.

use super::exhaustive::activation;
use super::{Attempt, Work};
use crate::activation::Activation;
use crate::certify::concavity::scan;
use crate::theorem::complaint::ClaimError;
use serde::Deserialize;

/// The fields of the claim as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    activation: String,
    /// The last ℓ, a decimal integer.
    to: String,
}

/// "L(ℓ+1) − 2L(ℓ) + L(ℓ−1) < 0 for 2 ≤ ℓ ≤ to".
#[derive(Debug)]
pub struct ConcavityScan {
    activation: Activation,
    to: u64,
}

/// The largest `to`: a scan of this length takes minutes.
const MAX_TO: u64 = 10_000_000_000;

impl ConcavityScan {
    pub(super) fn read(written: &Written) -> Result<ConcavityScan, ClaimError> {
        let to = written.to.parse().ok().filter(|to| (2..=MAX_TO).contains(to));
        let to =
            to.ok_or_else(|| ClaimError::Field(format!("to must be an integer between 2 and {MAX_TO}")))?;
        Ok(ConcavityScan {
            activation: activation(&written.activation)?,
            to,
        })
    }

    pub(super) fn text(&self) -> String {
        format!(
            "L(l+1) - 2*L(l) + L(l-1) < 0 for all integers l in 2..{}, {}",
            self.to, self.activation
        )
    }

    pub(super) fn attempt(&self, work: &Work) -> Attempt {
        let kernel = self.activation.kernel();
        let found = scan(&kernel, self.to, work.max_precision, work.interrupt, &|_| {});
        Attempt::by("differences of certified losses", found.verdict)
    }

    pub(super) fn certificate(&self) -> Vec<String> {
        vec![
            "claim concavity-scan".to_string(),
            format!("activation {}", self.activation),
            format!("to {}", self.to),
            "proof series".to_string(),
        ]
    }
}
