//! `kind = "spectrum"`: the Hessian's spectrum at every copy-average
//! configuration of a range of k, by several routes.

use super::exhaustive::{Buckets, every_partition};
use super::{Attempt, Work};
use crate::activation::Activation;
use crate::certify::spectrum::{Kind, decide};
use crate::certify::verdict::{Verdict, Why};
use crate::configuration::partition::Partition;
use crate::find::eigenvalues::copy_average_candidates;
use crate::theorem::complaint::ClaimError;

/// "the eigenvalues' signs, the inertia of the blocks and the formula for the
/// Morse index agree, and the blocks add up to the full Hessian, at every
/// copy-average configuration of k teachers in k + e inputs".
#[derive(Debug)]
pub struct Spectrum(Buckets);

impl Spectrum {
    pub(super) fn read(written: &super::exhaustive::Written) -> Result<Spectrum, ClaimError> {
        let buckets = Buckets::read(written)?;
        if buckets.activation != Activation::Erf {
            return Err(ClaimError::Activation(format!(
                "spectra are derived for erf only, not for {}",
                buckets.activation
            )));
        }
        Ok(Spectrum(buckets))
    }

    pub(super) fn text(&self) -> String {
        format!(
            "the Hessian is nonsingular and its Morse index is that of the formula at every copy-average configuration, {}",
            self.0
        )
    }

    pub(super) fn certificate(&self) -> Vec<String> {
        self.0.certificate("morse-index", "inertia")
    }

    pub(super) fn attempt(&self, work: &Work) -> Attempt {
        let verdict = every_partition(&self.0, work, |parts, dimension| {
            let undecided = || {
                Verdict::Undecided(Why::NotRepresentable {
                    what: format!("the spectrum at {parts:?}"),
                })
            };
            let Ok(partition) = Partition::from_parts(parts.iter().copied()) else {
                return undecided();
            };
            let extra = u64::try_from(dimension)
                .ok()
                .and_then(|d| d.checked_sub(partition.k()));
            let Some(extra) = extra else {
                return undecided();
            };
            let candidates = copy_average_candidates(&partition, extra);
            let spectrum = decide(&partition, extra, work.max_precision, &candidates);
            match (spectrum.kind, spectrum.why) {
                (Kind::StrictLocalMinimum | Kind::StrictSaddle, None) => Verdict::Proved,
                (_, Some(why)) => Verdict::Undecided(why),
                (_, None) => undecided(),
            }
        });
        Attempt::by("enclosures of all eigenvalues, partition by partition", verdict)
    }
}
