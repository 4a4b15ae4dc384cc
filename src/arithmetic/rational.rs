//! Exact rationals: the only numbers in which theorems are stated.

/// An exact rational number of any size.
pub type Rational = num_rational::BigRational;

/// The fraction `numerator / denominator`.
///
/// # Panics
/// If `denominator` is zero: it is a literal of the program, not data.
#[must_use]
pub fn ratio(numerator: i64, denominator: i64) -> Rational {
    Rational::new(numerator.into(), denominator.into())
}

/// The integer `n` as a rational.
#[must_use]
pub fn integer(n: i64) -> Rational {
    Rational::from_integer(n.into())
}
