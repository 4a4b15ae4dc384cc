//! Intervals with multiprecision endpoints, rounded outward.
//!
//! Every call of MPFR in this module names its rounding: down for a lower
//! endpoint, up for an upper one. The rounded operators of `rug` round to
//! nearest, so they must not appear here.

mod convert;
mod elementary;
mod ring;
mod set;

pub(super) use convert::{from_gmp, to_gmp};

use super::Precision;
use rug::Float;
use rug::float::Round;
use rug::ops::AssignRound;
use std::cmp::Ordering;
use std::fmt;

/// A closed set of reals `[lo, hi]` with endpoints in binary floating point of
/// a given [`Precision`], which encloses the real number meant.
///
/// An endpoint may be infinite (`[5, +∞)`): such a set is unbounded but
/// defined. A value that left the domain of an operation is *undefined*: it
/// contains every real and whatever is computed from it is undefined too.
///
/// The precision of a result is the larger of the arguments' precisions.
/// Endpoints overflow to infinity beyond about 2^(2³⁰).
#[derive(Clone)]
pub struct Interval {
    /// Invariant, checked by [`Interval::checked`], through which every
    /// result passes that could break it:
    ///
    /// * `lo` and `hi` have the same precision, within the range of [`Precision`];
    /// * either both are NaN (undefined), or `lo ≤ hi`, `lo < +∞`, `hi > −∞`
    ///   and neither is NaN.
    ///
    /// The sign of a zero carries no meaning.
    lo: Float,
    hi: Float,
}

impl Interval {
    /// The only constructor: `[lo, hi]`, or undefined when that is not a
    /// nonempty set of reals.
    fn checked(lo: Float, hi: Float) -> Self {
        let nonempty = lo <= hi && (lo.is_finite() || lo.is_sign_negative());
        let nonempty = nonempty && (hi.is_finite() || hi.is_sign_positive());
        if nonempty && lo.prec() == hi.prec() {
            Self { lo, hi }
        } else {
            Self::undefined(lo.prec().max(hi.prec()))
        }
    }

    /// The undefined value.
    fn undefined(bits: u32) -> Self {
        let nan = Float::with_val_round(bits, rug::float::Special::Nan, Round::Down).0;
        Self {
            lo: nan.clone(),
            hi: nan,
        }
    }

    /// The real value of one expression, rounded to both sides.
    fn enclose<T>(bits: u32, value: T) -> Self
    where
        Float: AssignRound<T, Round = Round, Ordering = Ordering>,
    {
        let (lo, rounding) = Float::with_val_round(bits, value, Round::Down);
        let hi = above(&lo, rounding);
        Self::checked(lo, hi)
    }

    /// Zero at the given precision: a context in which to make constants.
    #[must_use]
    pub fn context(precision: Precision) -> Self {
        let zero = Float::new(precision.bits());
        Self::checked(zero.clone(), zero)
    }

    /// The real number that a double stands for, exactly (widened outward if
    /// the precision is below 53 bits). NaN and the infinities stand for no
    /// real number and give an undefined value.
    ///
    /// The long name is deliberate: 0.1 is not 1/10. Constants of a statement
    /// enter as [`Rational`](super::Rational)s.
    #[must_use]
    pub fn exactly_this_double(precision: Precision, x: f64) -> Self {
        if x.is_finite() {
            Self::enclose(precision.bits(), x)
        } else {
            Self::undefined(precision.bits())
        }
    }

    /// The precision of the endpoints.
    #[must_use]
    pub fn precision(&self) -> Precision {
        Precision::saturating(self.lo.prec())
    }

    /// The same set with endpoints of another precision, rounded outward.
    #[must_use]
    pub fn with_precision(&self, precision: Precision) -> Self {
        let bits = precision.bits();
        Self::checked(down(bits, &self.lo), up(bits, &self.hi))
    }

    /// The precision in bits of a result computed from `self` and `other`.
    fn common_bits(&self, other: &Self) -> u32 {
        self.lo.prec().max(other.lo.prec())
    }

    /// Both endpoints coincide: the value is known exactly.
    fn is_point(&self) -> bool {
        self.lo == self.hi
    }

    /// NaN endpoints. (Both or none, by the invariant.)
    fn is_nan(&self) -> bool {
        self.lo.is_nan()
    }
}

/// An expression rounded towards −∞.
fn down<T>(bits: u32, value: T) -> Float
where
    Float: AssignRound<T, Round = Round, Ordering = Ordering>,
{
    Float::with_val_round(bits, value, Round::Down).0
}

/// An expression rounded towards +∞.
fn up<T>(bits: u32, value: T) -> Float
where
    Float: AssignRound<T, Round = Round, Ordering = Ordering>,
{
    Float::with_val_round(bits, value, Round::Up).0
}

/// Rounding up, given the value rounded down and whether that was exact: two
/// directed roundings of one real are equal or neighbours.
fn above(rounded_down: &Float, rounding: Ordering) -> Float {
    let mut hi = rounded_down.clone();
    if rounding != Ordering::Equal {
        hi.next_up();
    }
    hi
}

/// For reading by a person: the endpoints are shown to about twenty digits,
/// rounded to nearest.
impl fmt::Debug for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.lo.prec();
        write!(f, "[{:.20}, {:.20}]@{bits}", self.lo, self.hi)
    }
}
