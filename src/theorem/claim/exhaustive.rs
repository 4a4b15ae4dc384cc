//! Claims about every copy-average configuration of small k.

use super::Work;
use super::text::small_integers;
use crate::activation::Activation;
use crate::certify::verdict::{Verdict, Why};
use crate::configuration::partition::Partitions;
use crate::theorem::complaint::ClaimError;
use serde::Deserialize;
use std::fmt;
use std::sync::atomic::Ordering;

/// The fields of such a claim as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    activation: String,
    /// Numbers of teachers, such as `1..10`.
    k: String,
    /// Input dimensions beyond k, such as `0..1`.
    extra_dimensions: String,
}

/// Which configurations are meant.
#[derive(Debug)]
pub(super) struct Buckets {
    pub(super) activation: Activation,
    k: (u64, u64),
    extra: (u64, u64),
}

/// The largest k: the number of partitions grows fast.
const MAX_K: u64 = 30;

impl Buckets {
    pub(super) fn read(written: &Written) -> Result<Self, ClaimError> {
        Ok(Self {
            activation: activation(&written.activation)?,
            k: small_integers("k", &written.k, 1, MAX_K)?,
            extra: small_integers("extra_dimensions", &written.extra_dimensions, 0, 100)?,
        })
    }
}

impl Buckets {
    /// The lines of a certificate that state and prove a claim of this kind.
    pub(super) fn certificate(&self, kind: &str, method: &str) -> Vec<String> {
        let ((k, to), (extra, most)) = (self.k, self.extra);
        vec![
            format!("claim {kind}"),
            format!("activation {}", self.activation),
            format!("k {k}..{to}"),
            format!("extra {extra}..{most}"),
            format!("proof {method}"),
        ]
    }
}

impl fmt::Display for Buckets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((k, to), (extra, most)) = (self.k, self.extra);
        write!(f, "k in {k}..{to}, d - k in {extra}..{most}, {}", self.activation)
    }
}

pub(super) fn activation(name: &str) -> Result<Activation, ClaimError> {
    name.parse()
        .map_err(|error: crate::activation::UnknownActivation| ClaimError::Activation(error.to_string()))
}

/// The conjunction of a verdict over all partitions and dimensions.
pub(super) fn every_partition(
    which: &Buckets,
    work: &Work,
    settle: impl Fn(&[u64], usize) -> Verdict,
) -> Verdict {
    let mut settled = 0_usize;
    for k in which.k.0..=which.k.1 {
        for n in 1..=k {
            let Ok(partitions) = Partitions::new(k, n) else {
                return Verdict::Undecided(Why::NotRepresentable {
                    what: format!("k = {k}, n = {n}"),
                });
            };
            for parts in partitions {
                let parts: Vec<u64> = parts.parts().collect();
                for extra in which.extra.0..=which.extra.1 {
                    if work.interrupt.load(Ordering::Relaxed) {
                        return Verdict::Undecided(Why::Interrupted {
                            reached: format!("at {parts:?}"),
                        });
                    }
                    let Ok(dimension) = usize::try_from(k + extra) else {
                        return Verdict::Undecided(Why::NotRepresentable {
                            what: format!("k = {k}"),
                        });
                    };
                    match settle(&parts, dimension) {
                        Verdict::Proved => settled += 1,
                        other => return other,
                    }
                }
            }
        }
    }
    if settled == 0 {
        return Verdict::Undecided(Why::NotRepresentable {
            what: "an empty list of partitions".to_string(),
        });
    }
    Verdict::Proved
}
