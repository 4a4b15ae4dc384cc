//! Rationals as numbers for formulas.

use super::Number;
use crate::number::Rational;
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

/// An exact rational. An operation whose result is irrational answers `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exact(pub Rational);

/// Larger results are given up.
const MOST_BITS: u64 = 1 << 18;

/// √q for a rational square q, `None` for all other rationals.
#[must_use]
pub fn rational_root(q: &Rational) -> Option<Rational> {
    let root = |n: &BigInt| {
        if n.is_negative() {
            return None;
        }
        let root = n.sqrt();
        (&root * &root == *n).then_some(root)
    };
    Some(Rational::new(root(q.numer())?, root(q.denom())?))
}

fn checked(q: Rational) -> Option<Exact> {
    (q.numer().bits() <= MOST_BITS && q.denom().bits() <= MOST_BITS).then_some(Exact(q))
}

impl Number for Exact {
    fn constant(&self, q: &Rational) -> Option<Self> {
        Some(Self(q.clone()))
    }

    fn pi(&self) -> Option<Self> {
        None
    }

    fn negative(&self) -> Self {
        Self(-&self.0)
    }

    fn sum(&self, other: &Self) -> Option<Self> {
        checked(&self.0 + &other.0)
    }

    fn product(&self, other: &Self) -> Option<Self> {
        checked(&self.0 * &other.0)
    }

    fn quotient(&self, other: &Self) -> Option<Self> {
        if other.0.is_zero() {
            None
        } else {
            checked(&self.0 / &other.0)
        }
    }

    fn power(&self, n: u32) -> Option<Self> {
        let bits = self.0.numer().bits().max(self.0.denom().bits());
        if bits.checked_mul(u64::from(n))? > MOST_BITS {
            return None;
        }
        Some(Self(Rational::new(self.0.numer().pow(n), self.0.denom().pow(n))))
    }

    fn root(&self) -> Option<Self> {
        rational_root(&self.0).map(Self)
    }

    fn asin(&self) -> Option<Self> {
        self.0.is_zero().then(|| self.clone())
    }

    fn acos(&self) -> Option<Self> {
        self.0.is_one().then(|| Self(Rational::zero()))
    }

    fn atan(&self) -> Option<Self> {
        self.0.is_zero().then(|| self.clone())
    }
}
