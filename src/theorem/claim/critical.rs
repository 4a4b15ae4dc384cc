//! `kind = "critical"`: the gradient of the full student vanishes exactly at
//! every copy-average configuration of a range of k.

use super::exhaustive::{Buckets, every_partition};
use super::{Attempt, Work};
use crate::certify::copy_average;
use crate::theorem::complaint::ClaimError;

/// "∇L = 0 at every copy-average configuration of k teachers in k + e inputs".
#[derive(Debug)]
pub struct Critical(Buckets);

impl Critical {
    pub(super) fn read(written: &super::exhaustive::Written) -> Result<Critical, ClaimError> {
        Ok(Critical(Buckets::read(written)?))
    }

    pub(super) fn text(&self) -> String {
        format!(
            "the gradient vanishes at every copy-average configuration, {}",
            self.0
        )
    }

    pub(super) fn attempt(&self, work: &Work) -> Attempt {
        let kernel = self.0.activation.kernel();
        let verdict = every_partition(&self.0, work, |parts, dimension| {
            copy_average::is_critical(&kernel, parts, dimension)
        });
        Attempt::by(
            "exact: square roots and arcsines, partition by partition",
            verdict,
        )
    }

    pub(super) fn certificate(&self) -> Vec<String> {
        self.0.certificate("critical", "exact")
    }
}
