//! `kind = "configuration"`: what one configuration is, at given n and k.

use super::exhaustive::activation;
use super::{Attempt, Work};
use crate::activation::{Activation, Erf};
use crate::arithmetic::{Interval, Order, Precision};
use crate::certify::family::locate_again;
use crate::certify::perturbed_copy::certify;
use crate::certify::spectrum::{Kind, decide};
use crate::certify::verdict::{Verdict, Why};
use crate::configuration::copy_average::bucket_loss;
use crate::configuration::family::perturbed_copy::PerturbedCopy;
use crate::configuration::partition::Partition;
use crate::find::eigenvalues::copy_average_candidates;
use crate::find::perturbed_copy::candidate;
use crate::theorem::certificate::{copy_average_claim, perturbed_copy_claim};
use crate::theorem::complaint::ClaimError;
use serde::Deserialize;

/// The fields of the claim as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    activation: String,
    family: Which,
    k: String,
    n: String,
    holds: Holds,
}

/// Which configuration of n neurons for k teachers in k inputs is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Which {
    /// n − 1 copies and one average.
    CopyAverage,
    /// The perturbed copy, which is claimed to exist.
    PerturbedCopy,
}

/// What is claimed of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Holds {
    Minimum,
    Saddle,
    /// Its loss is below that of the best copy-average configuration.
    Lower,
    /// It is above.
    Higher,
}

/// "at n and k, this configuration is a strict local minimum", and the like.
#[derive(Debug)]
pub struct Configuration {
    which: Which,
    teachers: u64,
    neurons: u64,
    holds: Holds,
}

impl Configuration {
    pub(super) fn read(written: &Written) -> Result<Self, ClaimError> {
        if activation(&written.activation)? != Activation::Erf {
            return Err(ClaimError::Activation(format!(
                "configurations are certified for erf only, not for {}",
                written.activation
            )));
        }
        let number = |name: &str, text: &str| {
            let plain = !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
            let value = text
                .parse::<u64>()
                .ok()
                .filter(|&value| plain && value <= 1_000_000_000_000);
            value.ok_or_else(|| ClaimError::Field(format!("{name} must be a whole number up to 10^12")))
        };
        let claim = Self {
            which: written.family,
            teachers: number("k", &written.k)?,
            neurons: number("n", &written.n)?,
            holds: written.holds,
        };
        let least = match claim.which {
            Which::CopyAverage => 1,
            Which::PerturbedCopy => 2,
        };
        if claim.neurons < least || claim.neurons >= claim.teachers {
            return Err(ClaimError::Field(format!("n must be from {least} to k - 1")));
        }
        if claim.which == Which::CopyAverage && matches!(claim.holds, Holds::Lower | Holds::Higher) {
            return Err(ClaimError::Field(
                "a copy-average configuration is a minimum or a saddle; losses are compared with its own"
                    .to_string(),
            ));
        }
        Ok(claim)
    }

    pub(super) fn text(&self) -> String {
        let (n, k) = (self.neurons, self.teachers);
        let which = match self.which {
            Which::CopyAverage => "the best copy-average configuration",
            Which::PerturbedCopy => "the perturbed copy",
        };
        let what = match self.holds {
            Holds::Minimum => "is a strict local minimum",
            Holds::Saddle => "is a strict saddle",
            Holds::Lower => "has a lower loss than the best copy-average configuration",
            Holds::Higher => "has a higher loss than the best copy-average configuration",
        };
        format!("{which} of n = {n} neurons for k = {k} teachers in k inputs, erf, exists and {what}")
    }

    pub(super) fn attempt(&self, work: &Work) -> Attempt {
        match self.which {
            Which::CopyAverage => self.copy_average(work),
            Which::PerturbedCopy => self.perturbed_copy(work),
        }
    }

    fn copy_average(&self, work: &Work) -> Attempt {
        let method = "enclosures of all eigenvalues";
        let Ok(partition) = Partition::copies_and_one_average(self.teachers, self.neurons) else {
            return Attempt::by(method, self.unknown());
        };
        let spectrum = decide(
            &partition,
            0,
            work.max_precision,
            &copy_average_candidates(&partition, 0),
        );
        let context = Interval::context(Precision::START);
        let erf = Erf::standard();
        let copies = bucket_loss(&context, &erf, 1);
        let loss = bucket_loss(&context, &erf, self.teachers - self.neurons + 1) + copies;
        Attempt {
            found: copy_average_claim(&partition, 0, &loss, &spectrum),
            ..Attempt::by(method, self.of_kind(spectrum.kind, spectrum.why))
        }
    }

    fn perturbed_copy(&self, work: &Work) -> Attempt {
        let method = "Krawczyk's operator, enclosures of all eigenvalues over the proved box";
        let Some(family) = PerturbedCopy::new(self.neurons, self.teachers, self.teachers) else {
            return Attempt::by(method, self.unknown());
        };
        let Some(near) = candidate(&family) else {
            return Attempt::by(method, Verdict::Undecided(Why::NoCandidate { what: self.text() }));
        };
        let found = match certify(&family, &near.point, &near.eigenvalues, work.max_precision) {
            Ok(found) => found,
            Err(why) => return Attempt::by(method, Verdict::Undecided(why)),
        };
        let spectrum = &found.member.spectrum;
        let verdict = match (self.holds, found.order) {
            (Holds::Minimum | Holds::Saddle, _) => self.of_kind(spectrum.kind, spectrum.why.clone()),
            (Holds::Lower, Order::Less) | (Holds::Higher, Order::Greater) => Verdict::Proved,
            (_, Order::Less) => Verdict::Refuted(format!("the loss is lower: {}", self.place())),
            (_, Order::Greater) => Verdict::Refuted(format!("the loss is higher: {}", self.place())),
            (_, Order::Unknown) => Verdict::Undecided(Why::OrderOpen {
                what: "the two losses".to_string(),
                bits: found.member.bits,
            }),
        };
        // Known twice as precisely as the eigenvalues, as the checker needs it.
        let precision = Precision::saturating(found.member.bits.saturating_mul(2)).max(Precision::START);
        let place = locate_again(
            &Interval::context(precision),
            &family,
            &near.point,
            &found.member.place,
        );
        Attempt {
            found: place
                .ok()
                .and_then(|place| perturbed_copy_claim(&family, &found, &place)),
            ..Attempt::by(method, verdict)
        }
    }

    fn of_kind(&self, kind: Kind, why: Option<Why>) -> Verdict {
        match (self.holds, kind) {
            (Holds::Minimum, Kind::StrictLocalMinimum) | (Holds::Saddle, Kind::StrictSaddle) => {
                Verdict::Proved
            }
            (Holds::Minimum | Holds::Saddle, Kind::StrictLocalMinimum | Kind::StrictSaddle) => {
                Verdict::Refuted(format!("it is a {}: {}", kind.word(), self.place()))
            }
            _ => why.map_or_else(|| self.unknown(), Verdict::Undecided),
        }
    }

    fn place(&self) -> String {
        format!("n = {}, k = {}", self.neurons, self.teachers)
    }

    fn unknown(&self) -> Verdict {
        Verdict::Undecided(Why::NotRepresentable { what: self.text() })
    }
}
