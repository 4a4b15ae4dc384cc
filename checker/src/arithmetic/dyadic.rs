//! Numbers m·2^e with a big integer m, rounded down or up on demand.

use crate::number::Rational;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Signed, Zero};
use std::cmp::Ordering;

/// Exponents beyond this size make an operation undefined: shifts stay small
/// and `i64` never overflows.
const LARGEST_EXPONENT: i64 = 1 << 40;

/// Which way an inexact result is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// Towards −∞: the result is a lower bound.
    Down,
    /// Towards +∞: the result is an upper bound.
    Up,
}

/// The number `mantissa`·2^`exponent`.
#[derive(Debug, Clone)]
pub struct Dyadic {
    mantissa: BigInt,
    exponent: i64,
}

/// m divided by 2^places, rounded. (`>>` of a `BigInt` rounds down.)
fn shift_right(mantissa: &BigInt, places: u64, round: Round) -> BigInt {
    match round {
        Round::Down => mantissa >> places,
        Round::Up => -(-mantissa >> places),
    }
}

/// p/q for q > 0, rounded to an integer.
fn divide(p: &BigInt, q: &BigInt, round: Round) -> BigInt {
    match round {
        Round::Down => p.div_floor(q),
        Round::Up => p.div_ceil(q),
    }
}

impl Dyadic {
    /// `mantissa`·2^`exponent`; `None` if it is too large or too small to be
    /// worked with.
    #[must_use]
    pub fn new(mantissa: BigInt, exponent: i64) -> Option<Self> {
        if mantissa.is_zero() {
            return Some(Self::zero());
        }
        (exponent.abs() <= LARGEST_EXPONENT).then_some(Self { mantissa, exponent })
    }

    /// The number 0.
    #[must_use]
    pub fn zero() -> Self {
        Self {
            mantissa: BigInt::ZERO,
            exponent: 0,
        }
    }

    /// An integer.
    #[must_use]
    pub fn integer(n: i64) -> Self {
        Self {
            mantissa: BigInt::from(n),
            exponent: 0,
        }
    }

    /// A rational, rounded to `bits` bits; exact if it is dyadic and short.
    #[must_use]
    pub fn from_rational(q: &Rational, bits: u64, round: Round) -> Option<Self> {
        let numerator = Self::new(q.numer().clone(), 0)?;
        let denominator = Self::new(q.denom().clone(), 0)?;
        numerator.quotient(&denominator, bits, round)
    }

    /// −1, 0 or 1.
    #[must_use]
    pub fn sign(&self) -> Ordering {
        match self.mantissa.sign() {
            Sign::Minus => Ordering::Less,
            Sign::NoSign => Ordering::Equal,
            Sign::Plus => Ordering::Greater,
        }
    }

    /// The position of the leading bit: |x| < 2^top, and |x| ≥ 2^(top−1) for x ≠ 0.
    #[must_use]
    pub fn top(&self) -> i64 {
        // A mantissa of 2^63 bits does not fit into memory.
        self.exponent
            .saturating_add(i64::try_from(self.mantissa.bits()).unwrap_or(i64::MAX))
    }

    /// −x.
    #[must_use]
    pub fn negative(&self) -> Self {
        Self {
            mantissa: -&self.mantissa,
            exponent: self.exponent,
        }
    }

    /// x·2^places.
    #[must_use]
    pub fn scaled(&self, places: i64) -> Option<Self> {
        Self::new(self.mantissa.clone(), self.exponent.checked_add(places)?)
    }

    /// x rounded to at most `bits` bits.
    #[must_use]
    pub fn rounded(self, bits: u64, round: Round) -> Option<Self> {
        let excess = self.mantissa.bits().saturating_sub(bits);
        if excess == 0 {
            return Some(self);
        }
        let exponent = self.exponent.checked_add(i64::try_from(excess).ok()?)?;
        Self::new(shift_right(&self.mantissa, excess, round), exponent)
    }

    /// x·y, exactly.
    #[must_use]
    pub fn product(&self, other: &Self) -> Option<Self> {
        Self::new(
            &self.mantissa * &other.mantissa,
            self.exponent.checked_add(other.exponent)?,
        )
    }

    /// x + y, rounded.
    #[must_use]
    pub fn sum(&self, other: &Self, bits: u64, round: Round) -> Option<Self> {
        let (large, small) = if self.top() >= other.top() {
            (self, other)
        } else {
            (other, self)
        };
        if small.mantissa.is_zero() {
            return large.clone().rounded(bits, round);
        }
        if large.mantissa.is_zero() {
            return small.clone().rounded(bits, round);
        }
        // A summand far below the last bit counts as 0 or as one tiny step in
        // the direction of rounding.
        let margin = i64::try_from(bits.max(large.mantissa.bits()))
            .ok()?
            .checked_add(64)?;
        let floor = large.top().checked_sub(margin)?;
        if small.top() < floor {
            let step = match (small.sign(), round) {
                (Ordering::Less, Round::Down) => BigInt::from(-1),
                (Ordering::Greater, Round::Up) => BigInt::from(1),
                _ => return large.clone().rounded(bits, round),
            };
            return large.aligned_sum(&Self::new(step, floor)?, bits, round);
        }
        large.aligned_sum(small, bits, round)
    }

    fn aligned_sum(&self, other: &Self, bits: u64, round: Round) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let at = |x: &Self| -> Option<BigInt> {
            Some(&x.mantissa << u64::try_from(x.exponent.checked_sub(exponent)?).ok()?)
        };
        Self::new(at(self)? + at(other)?, exponent)?.rounded(bits, round)
    }

    /// x/y, rounded; `None` for y = 0.
    #[must_use]
    pub fn quotient(&self, other: &Self, bits: u64, round: Round) -> Option<Self> {
        if other.mantissa.is_zero() {
            return None;
        }
        if other.mantissa.is_negative() {
            return self.negative().quotient(&other.negative(), bits, round);
        }
        // Enough places that the integer quotient has more than `bits` bits.
        let places = bits
            .checked_add(other.mantissa.bits())?
            .checked_add(2)?
            .saturating_sub(self.mantissa.bits());
        let quotient = divide(&(&self.mantissa << places), &other.mantissa, round);
        let exponent = self
            .exponent
            .checked_sub(other.exponent)?
            .checked_sub(i64::try_from(places).ok()?)?;
        Self::new(quotient, exponent)?.rounded(bits, round)
    }

    /// √x, rounded; `None` for x < 0.
    #[must_use]
    pub fn root(&self, bits: u64, round: Round) -> Option<Self> {
        if self.mantissa.is_negative() {
            return None;
        }
        // m·2^e = (m·2^places)·2^(e−places) with e − places even.
        let mut places = bits
            .checked_mul(2)?
            .checked_add(2)?
            .saturating_sub(self.mantissa.bits());
        let mut exponent = self.exponent.checked_sub(i64::try_from(places).ok()?)?;
        if exponent.is_odd() {
            places = places.checked_add(1)?;
            exponent = exponent.checked_sub(1)?;
        }
        let radicand = &self.mantissa << places;
        let mut root = radicand.sqrt();
        if round == Round::Up && &root * &root < radicand {
            root += 1;
        }
        Self::new(root, exponent / 2)?.rounded(bits, round)
    }

    /// ⌊x⌋ or ⌈x⌉, for numbers below 2^`limit`.
    #[must_use]
    pub fn to_integer(&self, round: Round, limit: i64) -> Option<BigInt> {
        if self.top() > limit {
            return None;
        }
        match u64::try_from(self.exponent) {
            Ok(places) => Some(&self.mantissa << places),
            Err(_) => {
                let places = self.exponent.unsigned_abs();
                Some(shift_right(&self.mantissa, places, round))
            }
        }
    }

    /// How x compares with y.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        let signs = self.sign().cmp(&other.sign());
        if signs != Ordering::Equal || self.mantissa.is_zero() {
            return signs;
        }
        let by_size = match self.top().cmp(&other.top()) {
            // Leading bits in the same place: the shift below is no longer
            // than a mantissa.
            Ordering::Equal => {
                let exponent = self.exponent.min(other.exponent);
                let at = |x: &Self| x.mantissa.magnitude() << x.exponent.abs_diff(exponent);
                at(self).cmp(&at(other))
            }
            unequal => unequal,
        };
        if self.mantissa.is_negative() {
            by_size.reverse()
        } else {
            by_size
        }
    }
}
