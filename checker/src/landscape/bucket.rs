//! The loss of one optimal neuron, as far as comparisons need it.

use crate::arithmetic::{Exact, Interval, Number, Round};
use crate::number::Rational;
use num_bigint::BigInt;
use num_traits::Zero;

/// E(l) = l² asin(S/l), by which L(l) = (2A/π)(l asin S − E(l)) differs from a
/// linear function of l: sums of L over parts of equal total compare like those
/// of E, in reverse, and so do second differences.
#[derive(Debug)]
pub struct Excess {
    numerator: BigInt,
    denominator: BigInt,
    places: u64,
}

impl Excess {
    /// For a teacher sine 0 < S < 1; values are rounded to multiples of 2^−places.
    #[must_use]
    pub fn new(sine: &Rational, places: u64) -> Self {
        Self {
            numerator: sine.numer().clone(),
            denominator: sine.denom().clone(),
            places,
        }
    }

    /// Integers below and above E(l)·2^places, for l ≥ 1.
    #[must_use]
    pub fn at(&self, l: u64) -> Option<(BigInt, BigInt)> {
        if l < 2 {
            self.by_interval(l)
        } else {
            Some(self.by_series(l))
        }
    }

    fn by_interval(&self, l: u64) -> Option<(BigInt, BigInt)> {
        let context = Interval::integer(0, self.places.checked_add(64)?);
        let sine = Rational::new(self.numerator.clone(), &self.denominator * l);
        let places = i64::try_from(self.places).ok()?;
        let size = context.constant(&Exact(Rational::from_integer(l.into())).power(2)?.0)?;
        let value = context.constant(&sine)?.asin()?.product(&size)?.scaled(places)?;
        let limit = places.checked_add(200)?;
        Some((
            value.lower()?.to_integer(Round::Down, limit)?,
            value.upper()?.to_integer(Round::Up, limit)?,
        ))
    }

    /// asin x = Σ c_j x^(2j+1) with c_0 = 1, c_j/c_(j−1) = (2j−1)²/(2j(2j+1)), so
    /// E(l) = Σ T_j with T_0 = S l and T_j/T_(j−1) = (2j−1)² S²/(2j(2j+1) l²) < 1/4 for l ≥ 2.
    /// Every term is computed from the one before and rounded down, so that it
    /// is too small by less than 2 (1/4 of the error before, and less than 1
    /// for rounding). The first term that is rounded to 0 is below 2, and so is
    /// the sum of all that follow it.
    fn by_series(&self, l: u64) -> (BigInt, BigInt) {
        let mut term: BigInt = ((&self.numerator * l) << self.places) / &self.denominator;
        let top = &self.numerator * &self.numerator;
        let bottom = &self.denominator * &self.denominator * l * l;
        let mut sum = term.clone();
        let mut last = 0_u64;
        while !term.is_zero() {
            let odd = BigInt::from(last) * 2 + 1;
            last = last.saturating_add(1);
            let even = BigInt::from(last) * 2;
            term = term * &odd * &odd * &top / (&even * (&even + 1) * &bottom);
            sum += &term;
        }
        let above = &sum + BigInt::from(last) * 2 + 4;
        (sum, above)
    }
}
