//! The loss Σ L(ℓ_i) of a partition, enclosed and in fixed point.

use super::RankingError;
use crate::arithmetic::{Enclosure, Interval, Precision, Rational, Scalar};
use crate::configuration::partition::Partition;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive};
use std::cell::RefCell;
use std::collections::HashMap;

/// The loss of a copy-average configuration: the sum over its buckets of the
/// loss L(ℓ) ≥ 0 of one neuron that serves ℓ teachers alone (a mean of
/// squares, hence not negative).
///
/// Enclosures of L are remembered.
pub struct LossSum<'a> {
    loss: &'a dyn Fn(u64, Precision) -> Interval,
    known: RefCell<HashMap<(Precision, u64), Interval>>,
}

/// Integers around a real number v: lower ≤ v · 2^scale ≤ upper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scaled {
    pub(super) lower: u128,
    pub(super) upper: u128,
}

impl<'a> LossSum<'a> {
    /// The loss whose terms `loss(ℓ, precision)` encloses.
    #[must_use]
    pub fn new(loss: &'a dyn Fn(u64, Precision) -> Interval) -> Self {
        Self {
            loss,
            known: RefCell::new(HashMap::new()),
        }
    }

    /// An enclosure of L(ℓ).
    #[must_use]
    pub fn of_bucket(&self, ell: u64, precision: Precision) -> Interval {
        if let Some(value) = self.known.borrow().get(&(precision, ell)) {
            return value.clone();
        }
        let value = (self.loss)(ell, precision);
        let known = &mut self.known.borrow_mut();
        known.insert((precision, ell), value.clone());
        value
    }

    /// An enclosure of Σ L(ℓ_i).
    #[must_use]
    pub fn of_partition(&self, partition: &Partition, precision: Precision) -> Interval {
        let context = Interval::context(precision);
        (partition.runs().iter()).fold(context.zero(), |sum, run| {
            let count = Rational::from_integer(run.count.into());
            sum + self.of_bucket(run.size, precision) * context.rational(&count)
        })
    }

    /// Integers around L(ℓ) · 2^scale.
    pub(super) fn scaled(&self, ell: u64, scale: u32, precision: Precision) -> Result<Scaled, RankingError> {
        let value = self.of_bucket(ell, precision);
        let (Some(lower), Some(upper)) = (value.lower(), value.upper()) else {
            return Err(RankingError::LossUndefined { ell });
        };
        let scaled = |q: &Rational| (q.numer() << scale, q.denom().clone());
        let (numerator, denominator) = scaled(&lower);
        // L ≥ 0, so 0 is a lower bound when the enclosure's is negative.
        let floor = numerator.div_floor(&denominator).max(BigInt::ZERO);
        let (numerator, denominator) = scaled(&upper);
        let ceiling = numerator.div_ceil(&denominator);
        match (floor.to_u128(), ceiling.to_u128()) {
            (Some(lower), Some(upper)) => Ok(Scaled { lower, upper }),
            _ if ceiling.is_negative() => Err(RankingError::NegativeLoss { ell }),
            _ => Err(RankingError::LossTooLarge { ell }),
        }
    }
}

/// The largest scale with bound · 2^scale ≤ 2^bits.
pub(super) fn scale_for(bound: &Rational, bits: u64) -> Option<u32> {
    u32::try_from(bits.checked_sub(bound.ceil().numer().magnitude().bits())?).ok()
}
