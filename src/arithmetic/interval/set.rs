//! Intervals as sets: endpoints, membership, certain order.

use super::{Interval, convert, down, up};
use crate::arithmetic::{Enclosure, Order, Precision, Rational, rational};
use rug::Float;
use rug::float::Round;
use std::cmp::Ordering;

impl Enclosure for Interval {
    fn between(&self, lower: Option<&Rational>, upper: Option<&Rational>) -> Self {
        // Rounding outward could hide an inversion, so it is looked for first.
        let inverted = matches!((lower, upper), (Some(l), Some(u)) if rational::compare(l, u).is_gt());
        let bits = self.lo.prec();
        if inverted {
            return Self::undefined(bits);
        }
        Self::checked(
            Self::lower_endpoint(bits, lower),
            Self::upper_endpoint(bits, upper),
        )
    }

    /// Exact, except beyond 2^±(2²⁶), where it is moved outward (below) to a
    /// rational of reasonable size, or is `None`.
    fn lower(&self) -> Option<Rational> {
        self.exact_lower()
    }

    /// Exact, except beyond 2^±(2²⁶), where it is moved outward (above) to a
    /// rational of reasonable size, or is `None`.
    fn upper(&self) -> Option<Rational> {
        self.exact_upper()
    }

    fn is_undefined(&self) -> bool {
        self.is_nan()
    }

    fn contains(&self, q: &Rational) -> bool {
        self.is_nan()
            || convert::compare(&self.lo, q).is_some_and(Ordering::is_le)
                && convert::compare(&self.hi, q).is_some_and(Ordering::is_ge)
    }

    fn compare(&self, other: &Self) -> Order {
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
        self.combine(other, Choice::Smaller, Choice::Larger)
    }

    fn min(&self, other: &Self) -> Self {
        self.combine(other, Choice::Smaller, Choice::Smaller)
    }

    fn max(&self, other: &Self) -> Self {
        self.combine(other, Choice::Larger, Choice::Larger)
    }
}

/// Which of two endpoints to keep.
#[derive(Clone, Copy)]
enum Choice {
    Smaller,
    Larger,
}

impl Choice {
    fn of<'a>(self, x: &'a Float, y: &'a Float) -> &'a Float {
        match self {
            Choice::Smaller if y < x => y,
            Choice::Larger if y > x => y,
            _ => x,
        }
    }
}

impl Interval {
    /// One lower endpoint and one upper endpoint of two intervals.
    fn combine(&self, other: &Self, lower: Choice, upper: Choice) -> Self {
        let bits = self.common_bits(other);
        if self.is_nan() || other.is_nan() {
            return Self::undefined(bits);
        }
        Self::checked(
            down(bits, lower.of(&self.lo, &other.lo)),
            up(bits, upper.of(&self.hi, &other.hi)),
        )
    }

    /// The smallest interval of the given precision around another enclosure.
    #[must_use]
    pub fn enclosing<T: Enclosure>(precision: Precision, x: &T) -> Self {
        if x.is_undefined() {
            return Self::undefined(precision.bits());
        }
        Self::context(precision).between(x.lower().as_ref(), x.upper().as_ref())
    }

    /// The distance between the endpoints, exactly; `None` if the interval is
    /// unbounded or undefined.
    #[must_use]
    pub fn width(&self) -> Option<Rational> {
        Some(self.upper()? - self.lower()?)
    }

    /// Both endpoints as intervals; an infinite one is undefined, as it is no
    /// real number.
    #[must_use]
    pub fn ends(&self) -> (Self, Self) {
        let end = |x: &Float| Self::checked(x.clone(), x.clone());
        (end(&self.lo), end(&self.hi))
    }

    /// The middle of the interval, exactly; `None` if it is unbounded or
    /// undefined.
    #[must_use]
    pub fn midpoint(&self) -> Option<Rational> {
        Some((self.lower()? + self.upper()?) / Rational::from_integer(2.into()))
    }

    /// A double near the lower endpoint, to look for points and not to prove:
    /// NaN if undefined, infinite where it is too large.
    #[must_use]
    pub fn roughly(&self) -> f64 {
        self.lo.to_f64()
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
        let lo = Choice::Larger.of(&self.lo, &other.lo);
        let hi = Choice::Smaller.of(&self.hi, &other.hi);
        (lo <= hi).then(|| Self::checked(down(bits, lo), up(bits, hi)))
    }

    /// A number b of correct bits: width ≤ 2^−b · |x| for every member x. It
    /// is `i64::MAX` for a point, and `i64::MIN` when nothing is known (an
    /// unbounded or undefined interval, or one with more points that contains 0).
    #[must_use]
    pub fn relative_accuracy_bits(&self) -> i64 {
        if self.is_point() && self.lo.is_finite() {
            return i64::MAX;
        }
        let width = Float::with_val_round(32, &self.hi - &self.lo, Round::Up).0;
        let least = if self.lo > 0 { &self.lo } else { &self.hi };
        let known = (self.lo > 0 || self.hi < 0) && width.is_finite();
        // width < 2^w, |x| ≥ 2^(e−1).
        match (known, width.get_exp(), least.get_exp()) {
            (true, Some(w), Some(e)) => i64::from(e) - 1 - i64::from(w),
            _ => i64::MIN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::Scalar;
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
