//! `kind = "additivity"`: the loss of the full student is the sum over buckets.

use super::exhaustive::{Buckets, every_partition};
use super::{Attempt, Work};
use crate::certify::copy_average;
use crate::theorem::complaint::ClaimError;

/// "L = Σ L(ℓ_i) at every copy-average configuration of k teachers".
#[derive(Debug)]
pub struct Additivity(Buckets);

impl Additivity {
    pub(super) fn read(written: &super::exhaustive::Written) -> Result<Additivity, ClaimError> {
        Ok(Additivity(Buckets::read(written)?))
    }

    pub(super) fn text(&self) -> String {
        format!(
            "the loss is the sum over buckets at every copy-average configuration, {}",
            self.0
        )
    }

    pub(super) fn attempt(&self, work: &Work) -> Attempt {
        let kernel = self.0.activation.kernel();
        let verdict = every_partition(&self.0, work, |parts, dimension| {
            copy_average::loss_is_additive(&kernel, parts, dimension)
        });
        Attempt::by(
            "exact: square roots and arcsines, partition by partition",
            verdict,
        )
    }

    pub(super) fn certificate(&self) -> Vec<String> {
        self.0.certificate("additivity", "exact")
    }
}
