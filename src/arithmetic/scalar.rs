//! What a formula may ask of a number.

use super::Rational;
use std::fmt::Debug;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A number that formulas can be written over: `f64` to look for points,
/// [`Interval`](super::Interval) and [`DoubleInterval`](super::DoubleInterval)
/// to prove, [`Jet`](super::Jet) and [`Series`](super::Series) for derivatives,
/// [`Surd`](super::Surd) for exact values.
///
/// There is deliberately no order and no conversion from `f64`: a formula that
/// is generic over `Scalar` cannot branch on values, so the same text is valid
/// for a point and for a set. Constants are made *in the context of* an
/// existing number (its precision, its number of jet variables), which is why
/// the constructors take `&self`.
///
/// Operations outside their domain (division by something that may be zero,
/// the root of something that may be negative, `asin` beyond ±1) never panic.
/// Each implementation documents its rule; all of them are *sticky*: nothing
/// computed from an undefined value is defined.
pub trait Scalar:
    Clone
    + Debug
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + for<'a> Add<&'a Self, Output = Self>
    + for<'a> Sub<&'a Self, Output = Self>
    + for<'a> Mul<&'a Self, Output = Self>
    + for<'a> Div<&'a Self, Output = Self>
{
    /// The integer `n`, in the context of `self`.
    fn integer(&self, n: i64) -> Self;

    /// The rational `q`, in the context of `self`.
    fn rational(&self, q: &Rational) -> Self;

    /// The number π, in the context of `self`.
    fn pi(&self) -> Self;

    /// `self²`; for a set, the set of squares (never negative).
    fn square(&self) -> Self;

    /// `self^n`, any sign of `n`; `x⁰ = 1` for every x.
    fn powi(&self, n: i32) -> Self;

    /// √self, for self ≥ 0.
    fn sqrt(&self) -> Self;

    /// arcsin, for −1 ≤ self ≤ 1, with values in [−π/2, π/2].
    fn asin(&self) -> Self;

    /// arccos, for −1 ≤ self ≤ 1, with values in [0, π].
    fn acos(&self) -> Self;

    /// arctan, with values in (−π/2, π/2).
    fn atan(&self) -> Self;

    /// Zero, in the context of `self`.
    fn zero(&self) -> Self {
        self.integer(0)
    }

    /// One, in the context of `self`.
    fn one(&self) -> Self {
        self.integer(1)
    }

    /// The fraction `numerator / denominator`, in the context of `self`.
    ///
    /// # Panics
    /// If `denominator` is zero: it is a literal of the program, not data.
    fn ratio(&self, numerator: i64, denominator: i64) -> Self {
        self.rational(&Rational::new(numerator.into(), denominator.into()))
    }
}
