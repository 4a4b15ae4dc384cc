//! `kind = "partition-optimum"`: the lowest partition, by comparing all.

use super::exhaustive::activation;
use super::text::small_integers;
use super::{Attempt, Work};
use crate::activation::Activation;
use crate::arithmetic::{Interval, Precision};
use crate::certify::ranking::{Control, LossSum, check_optimum};
use crate::certify::verdict::{Verdict, Why};
use crate::configuration::copy_average::bucket_loss;
use crate::theorem::complaint::ClaimError;
use serde::Deserialize;

/// The fields of the claim as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    activation: String,
    /// Numbers of teachers, from 1: `1..36`.
    k: String,
}

/// "(k−n+1, 1, …, 1) is strictly lowest for all 1 ≤ n ≤ k ≤ last".
#[derive(Debug)]
pub struct PartitionOptimum {
    activation: Activation,
    last: u64,
}

/// The largest k: 5 million partitions in all.
const MAX_K: u64 = 60;

impl PartitionOptimum {
    pub(super) fn read(written: &Written) -> Result<PartitionOptimum, ClaimError> {
        let (first, last) = small_integers("k", &written.k, 1, MAX_K)?;
        if first != 1 {
            return Err(ClaimError::IntegerRange(
                "k".to_string(),
                format!("1..{MAX_K}, from 1"),
            ));
        }
        Ok(PartitionOptimum {
            activation: activation(&written.activation)?,
            last,
        })
    }

    pub(super) fn text(&self) -> String {
        format!(
            "(k-n+1, 1, ..., 1) has strictly the lowest loss for all 1 <= n <= k <= {}, {}",
            self.last, self.activation
        )
    }

    pub(super) fn attempt(&self, work: &Work) -> Attempt {
        let method = "certified comparison of all partitions";
        let kernel = self.activation.kernel();
        let bucket =
            |ell: u64, precision: Precision| bucket_loss(&Interval::context(precision), &kernel, ell);
        let losses = LossSum::new(&bucket);
        let control = Control {
            interrupt: work.interrupt,
            progress: &|_| {},
        };
        let verdict = match check_optimum(self.last, &losses, work.max_precision, control) {
            Ok(check) => check.verdict,
            Err(error) => Verdict::Undecided(Why::NotRepresentable {
                what: error.to_string(),
            }),
        };
        Attempt::by(method, verdict)
    }

    pub(super) fn certificate(&self) -> Vec<String> {
        vec![
            "claim partition-optimum".to_string(),
            format!("activation {}", self.activation),
            format!("k 1..{}", self.last),
            "proof enumeration".to_string(),
        ]
    }
}
