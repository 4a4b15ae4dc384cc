//! Intervals as sets: bounds, order, hull, smaller and larger.

use super::Interval;
use super::convert::{exact, rounded_down, rounded_up};
use super::ring::{larger, smaller};
use crate::arithmetic::{Enclosure, Order, Rational, Scalar};
use rug::Float;
use rug::float::Special;

impl Interval {
    /// An upper bound of the distance between the endpoints; `None` if
    /// unbounded or undefined.
    #[must_use]
    pub fn width(&self) -> Option<Rational> {
        Some(self.upper()? - self.lower()?)
    }

    /// A rational inside (the middle of the endpoints, exactly); `None` if
    /// unbounded or undefined.
    #[must_use]
    pub fn midpoint(&self) -> Option<Rational> {
        Some((self.upper()? + self.lower()?) / Rational::from_integer(2.into()))
    }

    /// The members that also lie in `other`; `None` if there are none. An
    /// undefined argument gives the other one: it excludes nothing.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        if self.is_nan() {
            return Some(other.clone());
        }
        if other.is_nan() {
            return Some(self.clone());
        }
        let bits = self.common_bits(other);
        let lo = larger(self.lo.clone(), other.lo.clone());
        let hi = smaller(self.hi.clone(), other.hi.clone());
        (lo <= hi).then(|| Self::checked(super::down(bits, &lo), super::up(bits, &hi)))
    }
}

impl Enclosure for Interval {
    fn between(&self, lower: Option<&Rational>, upper: Option<&Rational>) -> Self {
        let bits = self.lo.prec();
        if let (Some(lower), Some(upper)) = (lower, upper)
            && lower > upper
        {
            return Self::undefined(bits);
        }
        let infinite = |special| Float::with_val(bits, special);
        let lo = lower.map_or_else(|| infinite(Special::NegInfinity), |q| rounded_down(bits, q));
        let hi = upper.map_or_else(|| infinite(Special::Infinity), |q| rounded_up(bits, q));
        Self::checked(lo, hi)
    }

    fn lower(&self) -> Option<Rational> {
        exact(&self.lo)
    }

    fn upper(&self) -> Option<Rational> {
        exact(&self.hi)
    }

    fn is_undefined(&self) -> bool {
        self.is_nan()
    }

    fn contains(&self, q: &Rational) -> bool {
        self.lower().is_none_or(|lower| lower <= *q) && self.upper().is_none_or(|upper| *q <= upper)
    }

    fn compare(&self, other: &Self) -> Order {
        // Comparisons with NaN are false, so undefined values decide nothing.
        if self.hi < other.lo {
            Order::Less
        } else if self.lo > other.hi {
            Order::Greater
        } else {
            Order::Unknown
        }
    }

    fn certainly_positive(&self) -> bool {
        self.lo > 0
    }

    fn certainly_negative(&self) -> bool {
        self.hi < 0
    }

    fn certainly_nonnegative(&self) -> bool {
        self.lo >= 0
    }

    fn certainly_nonpositive(&self) -> bool {
        self.hi <= 0
    }

    fn hull(&self, other: &Self) -> Self {
        self.combine(other, smaller, larger)
    }

    fn min(&self, other: &Self) -> Self {
        self.combine(other, smaller, smaller)
    }

    fn max(&self, other: &Self) -> Self {
        self.combine(other, larger, larger)
    }
}

impl Interval {
    /// The interval of two chosen endpoints; undefined is absorbing.
    fn combine(
        &self,
        other: &Self,
        low: impl Fn(Float, Float) -> Float,
        high: impl Fn(Float, Float) -> Float,
    ) -> Self {
        let bits = self.common_bits(other);
        if self.is_nan() || other.is_nan() {
            return Self::undefined(bits);
        }
        let lo = low(self.lo.clone(), other.lo.clone());
        let hi = high(self.hi.clone(), other.hi.clone());
        Self::checked(super::down(bits, &lo), super::up(bits, &hi))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::Precision;
    use crate::arithmetic::rational::ratio;

    #[test]
    fn a_third_lies_inside_and_is_tight() {
        let third = Interval::context(Precision::START).ratio(1, 3);
        assert!(third.contains(&ratio(1, 3)));
        assert!(third.lower().unwrap() < ratio(1, 3) && ratio(1, 3) < third.upper().unwrap());
        assert!(third.width().unwrap() < ratio(1, 1 << 62));
    }

    #[test]
    fn undefined_is_absorbing() {
        let context = Interval::context(Precision::START);
        let undefined = context.one() / context.zero();
        assert!(undefined.is_undefined());
        for value in [
            undefined.clone() * context.zero(),
            undefined.powi(0),
            undefined.atan(),
            undefined.max(&context.one()),
            -undefined.clone(),
            context.between(Some(&ratio(2, 1)), Some(&ratio(1, 1))),
            context.integer(-1).sqrt(),
            context.integer(2).asin(),
        ] {
            assert!(value.is_undefined() && !value.certainly_nonnegative() && value.contains(&ratio(7, 1)));
        }
    }

    #[test]
    fn unbounded_is_defined() {
        let context = Interval::context(Precision::START);
        let ray = context.between(Some(&ratio(1, 1)), None);
        assert!(ray.certainly_positive() && !ray.is_undefined() && ray.upper().is_none());
        assert!((ray.clone() * context.zero()).is_exactly_zero());
        assert!((context.one() / ray).certainly_nonnegative());
    }
}
