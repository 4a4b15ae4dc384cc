//! Numbers that may be undefined, with operators.

use super::Number;
use crate::number::{Rational, integer};
use std::ops::{Add, Div, Mul, Neg, Sub};

/// The value of a formula, or nothing if some part of it is undefined: long
/// formulas can be written with operators.
#[derive(Debug, Clone)]
pub struct Checked<N>(pub Option<N>);

impl<N: Number> Checked<N> {
    /// The constant q, in the precision of `self`.
    #[must_use]
    pub fn number(&self, q: &Rational) -> Self {
        Self(self.0.as_ref().and_then(|x| x.constant(q)))
    }

    /// The constant n, in the precision of `self`.
    #[must_use]
    pub fn integer(&self, n: i64) -> Self {
        self.number(&integer(n))
    }

    /// n·x.
    #[must_use]
    pub fn times(&self, n: i64) -> Self {
        self.integer(n) * self
    }

    /// x².
    #[must_use]
    pub fn square(&self) -> Self {
        Self(self.0.as_ref().and_then(|x| x.power(2)))
    }

    /// √x.
    #[must_use]
    pub fn root(&self) -> Self {
        Self(self.0.as_ref().and_then(N::root))
    }

    /// arcsin x.
    #[must_use]
    pub fn asin(&self) -> Self {
        Self(self.0.as_ref().and_then(N::asin))
    }
}

/// An operator for values and references.
macro_rules! operator {
    ($trait:ident, $method:ident, $operation:ident) => {
        impl<N: Number> $trait<&Checked<N>> for &Checked<N> {
            type Output = Checked<N>;
            fn $method(self, other: &Checked<N>) -> Checked<N> {
                Checked(match (&self.0, &other.0) {
                    (Some(x), Some(y)) => x.$operation(y),
                    _ => None,
                })
            }
        }
        impl<N: Number> $trait<Checked<N>> for &Checked<N> {
            type Output = Checked<N>;
            fn $method(self, other: Checked<N>) -> Checked<N> {
                self.$method(&other)
            }
        }
        impl<N: Number> $trait<&Checked<N>> for Checked<N> {
            type Output = Checked<N>;
            fn $method(self, other: &Checked<N>) -> Checked<N> {
                (&self).$method(other)
            }
        }
        impl<N: Number> $trait<Checked<N>> for Checked<N> {
            type Output = Checked<N>;
            fn $method(self, other: Checked<N>) -> Checked<N> {
                (&self).$method(&other)
            }
        }
    };
}

operator!(Add, add, sum);
operator!(Sub, sub, difference);
operator!(Mul, mul, product);
operator!(Div, div, quotient);

impl<N: Number> Neg for &Checked<N> {
    type Output = Checked<N>;
    fn neg(self) -> Checked<N> {
        Checked(self.0.as_ref().map(N::negative))
    }
}

impl<N: Number> Neg for Checked<N> {
    type Output = Checked<N>;
    fn neg(self) -> Checked<N> {
        -&self
    }
}
