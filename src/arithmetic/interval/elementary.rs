//! Elementary functions: directed values at the ends of monotone pieces.

use super::{Interval, above, ring};
use crate::arithmetic::{Rational, Scalar};
use rug::Float;
use rug::float::{Constant, Round};
use std::cmp::Ordering;

impl Interval {
    /// The image of a growing function, given in place with a rounding.
    fn growing(&self, f: impl Fn(&mut Float, Round) -> Ordering) -> Self {
        let mut lo = self.lo.clone();
        let rounding = f(&mut lo, Round::Down);
        let hi = if self.is_point() {
            above(&lo, rounding)
        } else {
            let mut hi = self.hi.clone();
            f(&mut hi, Round::Up);
            hi
        };
        Self::checked(lo, hi)
    }

    /// The image of a falling function, given in place with a rounding.
    fn falling(&self, f: impl Fn(&mut Float, Round) -> Ordering) -> Self {
        let mut lo = self.hi.clone();
        let rounding = f(&mut lo, Round::Down);
        let hi = if self.is_point() {
            above(&lo, rounding)
        } else {
            let mut hi = self.lo.clone();
            f(&mut hi, Round::Up);
            hi
        };
        Self::checked(lo, hi)
    }

    /// Whether every member lies in [−1, 1].
    fn within_unit(&self) -> bool {
        self.lo >= -1 && self.hi <= 1
    }

    /// The error function 2/√π ∫₀ˣ exp(−t²) dt.
    ///
    /// Domain ℝ, range (−1, 1), growing.
    #[must_use]
    pub fn erf(&self) -> Self {
        if self.is_nan() {
            return self.clone();
        }
        self.growing(Float::erf_round)
    }

    /// The exponential function.
    ///
    /// Domain ℝ, range (0, ∞), growing.
    #[must_use]
    pub fn exp(&self) -> Self {
        if self.is_nan() {
            return self.clone();
        }
        self.growing(Float::exp_round)
    }

    /// The natural logarithm; undefined unless every member is positive.
    ///
    /// Domain (0, ∞), range ℝ, growing.
    #[must_use]
    pub fn ln(&self) -> Self {
        if self.lo > 0 {
            self.growing(Float::ln_round)
        } else {
            Self::undefined(self.lo.prec())
        }
    }
}

/// Sticky rule: division by a set that contains 0, a negative power of one,
/// the square root of a set with a negative member, and `asin` or `acos` of a
/// set that leaves [−1, 1] are undefined, as is everything computed from an
/// undefined value.
impl Scalar for Interval {
    fn integer(&self, n: i64) -> Self {
        Self::enclose(self.lo.prec(), n)
    }

    fn rational(&self, q: &Rational) -> Self {
        Self::enclose_rational(self.lo.prec(), q)
    }

    fn pi(&self) -> Self {
        Self::enclose(self.lo.prec(), Constant::Pi)
    }

    fn square(&self) -> Self {
        ring::square(self)
    }

    fn powi(&self, n: i32) -> Self {
        ring::power(self, n)
    }

    /// Domain [0, ∞), range [0, ∞), growing.
    fn sqrt(&self) -> Self {
        if self.lo >= 0 {
            self.growing(Float::sqrt_round)
        } else {
            Self::undefined(self.lo.prec())
        }
    }

    /// Domain [−1, 1], range [−π/2, π/2], growing.
    fn asin(&self) -> Self {
        if self.within_unit() {
            self.growing(Float::asin_round)
        } else {
            Self::undefined(self.lo.prec())
        }
    }

    /// Domain [−1, 1], range [0, π], falling.
    fn acos(&self) -> Self {
        if self.within_unit() {
            self.falling(Float::acos_round)
        } else {
            Self::undefined(self.lo.prec())
        }
    }

    /// Domain ℝ, range (−π/2, π/2), growing.
    fn atan(&self) -> Self {
        if self.is_nan() {
            return self.clone();
        }
        self.growing(Float::atan_round)
    }
}
