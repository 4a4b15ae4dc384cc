//! [`DoubleInterval`] as a number and as a set.

use super::DoubleInterval;
use super::conversion::exact_value;
use crate::arithmetic::{Enclosure, Order, Rational, Scalar};

impl Scalar for DoubleInterval {
    /// The tightest interval around `n`: a point for |n| ≤ 2^53.
    #[inline]
    fn integer(&self, n: i64) -> Self {
        Self::around_integer(n)
    }

    /// The tightest interval around `q`: a point if `q` is a double.
    fn rational(&self, q: &Rational) -> Self {
        Self::around_rational(q)
    }

    /// The tightest interval around π.
    #[inline]
    fn pi(&self) -> Self {
        Self::PI
    }

    #[inline]
    fn square(&self) -> Self {
        self.set_of_squares()
    }

    /// Undefined for n < 0 if 0 is a member, and for every n if `self` is.
    #[inline]
    fn powi(&self, n: i32) -> Self {
        self.set_of_powers(n)
    }

    #[inline]
    fn sqrt(&self) -> Self {
        self.square_root()
    }

    #[inline]
    fn asin(&self) -> Self {
        self.arcsine()
    }

    #[inline]
    fn acos(&self) -> Self {
        self.arccosine()
    }

    #[inline]
    fn atan(&self) -> Self {
        self.arctangent()
    }
}

impl Enclosure for DoubleInterval {
    fn between(&self, lower: Option<&Rational>, upper: Option<&Rational>) -> Self {
        if let (Some(l), Some(u)) = (lower, upper)
            && l > u
        {
            return Self::UNDEFINED;
        }
        Self {
            lo: lower.map_or(f64::NEG_INFINITY, |q| Self::around_rational(q).lo),
            hi: upper.map_or(f64::INFINITY, |q| Self::around_rational(q).hi),
        }
    }

    fn lower(&self) -> Option<Rational> {
        exact_value(self.lo)
    }

    fn upper(&self) -> Option<Rational> {
        exact_value(self.hi)
    }

    #[inline]
    fn is_undefined(&self) -> bool {
        self.undefined()
    }

    fn contains(&self, q: &Rational) -> bool {
        // A missing endpoint excludes nothing.
        self.lower().is_none_or(|l| l <= *q) && self.upper().is_none_or(|u| *q <= u)
    }

    #[inline]
    fn compare(&self, other: &Self) -> Order {
        // All comparisons with NaN are false.
        if self.hi < other.lo {
            Order::Less
        } else if self.lo > other.hi {
            Order::Greater
        } else {
            Order::Unknown
        }
    }

    #[inline]
    fn certainly_positive(&self) -> bool {
        self.lo > 0.0
    }

    #[inline]
    fn certainly_negative(&self) -> bool {
        self.hi < 0.0
    }

    #[inline]
    fn certainly_nonnegative(&self) -> bool {
        self.lo >= 0.0
    }

    #[inline]
    fn certainly_nonpositive(&self) -> bool {
        self.hi <= 0.0
    }

    fn hull(&self, other: &Self) -> Self {
        self.endpointwise(other, f64::min, f64::max)
    }

    fn min(&self, other: &Self) -> Self {
        self.endpointwise(other, f64::min, f64::min)
    }

    fn max(&self, other: &Self) -> Self {
        self.endpointwise(other, f64::max, f64::max)
    }
}

impl DoubleInterval {
    /// The interval whose endpoints are picked from those of both, undefined
    /// if one is: `f64::min` and `max` alone would drop a NaN.
    #[inline]
    fn endpointwise(
        &self,
        other: &Self,
        lower: impl Fn(f64, f64) -> f64,
        upper: impl Fn(f64, f64) -> f64,
    ) -> Self {
        if self.undefined() || other.undefined() {
            return Self::UNDEFINED;
        }
        Self {
            lo: lower(self.lo, other.lo),
            hi: upper(self.hi, other.hi),
        }
    }
}
