//! Rationals as a [`Scalar`]: exact, and undefined where a value is irrational.

use super::{Rational, Scalar};
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use std::ops::{Add, Div, Mul, Neg, Sub};

/// The largest power computed, in bits.
const LARGEST_POWER: u64 = 1 << 28;

/// An exact rational, or undefined: left the domain of an operation, or not
/// rational (π, most roots and arcsines), or absurdly large. Undefined is
/// absorbing.
#[derive(Debug, Clone)]
pub struct Exact(Option<Rational>);

impl Exact {
    /// The value, unless undefined or irrational.
    #[must_use]
    pub fn value(&self) -> Option<&Rational> {
        self.0.as_ref()
    }

    fn map(&self, f: impl FnOnce(&Rational) -> Option<Rational>) -> Self {
        Self(self.0.as_ref().and_then(f))
    }
}

impl From<Rational> for Exact {
    fn from(q: Rational) -> Self {
        Self(Some(q))
    }
}

/// √n for a square n ≥ 0.
#[must_use]
pub fn exact_root(n: &BigInt) -> Option<BigInt> {
    if n.is_negative() {
        return None;
    }
    let root = n.sqrt();
    (&root * &root == *n).then_some(root)
}

impl Scalar for Exact {
    fn integer(&self, n: i64) -> Self {
        Self(Some(Rational::from_integer(n.into())))
    }

    fn rational(&self, q: &Rational) -> Self {
        Self(Some(q.clone()))
    }

    fn pi(&self) -> Self {
        Self(None)
    }

    fn square(&self) -> Self {
        self.map(|q| Some(q * q))
    }

    fn powi(&self, n: i32) -> Self {
        self.map(|q| {
            let bits = q.numer().bits().max(q.denom().bits());
            let moderate = bits.saturating_mul(n.unsigned_abs().into()) <= LARGEST_POWER;
            (moderate && (n >= 0 || !q.is_zero())).then(|| q.pow(n))
        })
    }

    fn sqrt(&self) -> Self {
        self.map(|q| Some(Rational::new(exact_root(q.numer())?, exact_root(q.denom())?)))
    }

    fn asin(&self) -> Self {
        self.map(|q| q.is_zero().then(Rational::zero))
    }

    fn acos(&self) -> Self {
        self.map(|q| q.is_one().then(Rational::zero))
    }

    fn atan(&self) -> Self {
        self.map(|q| q.is_zero().then(Rational::zero))
    }
}

impl Neg for Exact {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.map(|q| -q))
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $f:expr) => {
        impl $trait<&Exact> for Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                let f: fn(&Rational, &Rational) -> Option<Rational> = $f;
                Exact(
                    self.0
                        .as_ref()
                        .zip(other.0.as_ref())
                        .and_then(|(x, y)| f(x, y)),
                )
            }
        }

        impl $trait for Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact {
                $trait::$method(self, &other)
            }
        }
    };
}

operator!(Add, add, |x, y| Some(x + y));
operator!(Sub, sub, |x, y| Some(x - y));
operator!(Mul, mul, |x, y| Some(x * y));
operator!(Div, div, |x, y| (!y.is_zero()).then(|| x / y));
