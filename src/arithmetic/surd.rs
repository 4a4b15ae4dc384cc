//! Exact reals built from rationals by roots, π and arcsines.

mod form;

use super::gmp::{rational_from_gmp, rational_to_gmp};
use super::{Rational, Scalar};
use form::Form;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// An exact real of the form Σ q·√m·π^j·Π asin(t)^e with rational q, square-free
/// m ≥ 1, integers j and e, and rational t in (0, 1) other than ½; or undefined.
///
/// The result of an operation is undefined, and stays so, if the operation is
/// (division by 0, the root of a negative number), and also if the result has
/// no such form or finding it takes too long:
///
/// * division by a sum of several terms;
/// * the root of anything but a rational ≥ 0, or of one whose numerator or
///   denominator keeps a factor beyond 10¹⁸ after trial division;
/// * the arcsine of anything but a rational or ±√½, ±√¾, and the arctangent of
///   anything but a rational t for which √(1+t²) is rational, ±√3 or ±√⅓;
/// * more than 1000 terms, or a coefficient of more than 2¹⁷ bits.
#[derive(Debug, Clone)]
pub struct Surd(Option<Form>);

impl From<Rational> for Surd {
    fn from(q: Rational) -> Self {
        Self(Some(Form::rational(&rational_to_gmp(&q))))
    }
}

impl Surd {
    /// A zero to make other numbers from.
    #[must_use]
    pub fn context() -> Self {
        Rational::default().into()
    }

    /// Whether the value is undefined (or not representable).
    #[must_use]
    pub fn is_undefined(&self) -> bool {
        self.0.is_none()
    }

    /// Whether the value is 0, as far as the form tells: `None` if it does not,
    /// or if the value is undefined.
    ///
    /// `Some(true)` if all terms cancel. `Some(false)` if there is one term, as
    /// all its factors are nonzero; or if there are several without arcsines:
    /// roots of distinct square-free integers are linearly independent over ℚ
    /// (Besicovitch 1940), and π is transcendental over ℚ(√m : m)
    /// (Lindemann 1882).
    #[must_use]
    pub fn is_zero(&self) -> Option<bool> {
        self.0.as_ref()?.is_zero()
    }

    /// Whether the value is 0 because all terms cancel. (`false` does not mean
    /// that it differs from 0.)
    #[must_use]
    pub fn is_certainly_zero(&self) -> bool {
        self.is_zero() == Some(true)
    }

    /// The value, if it is known to be rational.
    #[must_use]
    pub fn as_rational(&self) -> Option<Rational> {
        self.0.as_ref()?.as_rational().map(|q| rational_from_gmp(&q))
    }

    /// The value in the arithmetic of `context`: an enclosure of it if `T` is
    /// one, computed from the exact form. Undefined if `self` is.
    pub fn enclose<T: Scalar>(&self, context: &T) -> T {
        match &self.0 {
            Some(form) => form.enclose(context),
            None => context.zero() / context.zero(),
        }
    }

    fn map(&self, f: impl FnOnce(&Form) -> Option<Form>) -> Self {
        Self(self.0.as_ref().and_then(f).and_then(Form::within_limits))
    }

    fn zip(&self, other: &Self, f: impl FnOnce(&Form, &Form) -> Option<Form>) -> Self {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Self(f(a, b).and_then(Form::within_limits)),
            _ => Self(None),
        }
    }
}

impl Scalar for Surd {
    fn integer(&self, n: i64) -> Self {
        Self(Some(Form::rational(&rug::Rational::from(n))))
    }

    fn rational(&self, q: &Rational) -> Self {
        q.clone().into()
    }

    fn pi(&self) -> Self {
        Self(Some(Form::pi_times(1, 1)))
    }

    fn square(&self) -> Self {
        self.zip(self, |a, b| a.multiply(b))
    }

    fn powi(&self, n: i32) -> Self {
        let base = if n < 0 {
            self.map(Form::reciprocal)
        } else {
            self.clone()
        };
        let mut power = self.map(|_| Some(Form::rational(&rug::Rational::from(1))));
        let n = n.unsigned_abs();
        for bit in (0..u32::BITS - n.leading_zeros()).rev() {
            power = power.square();
            if n & (1 << bit) != 0 {
                power = power * &base;
            }
        }
        power
    }

    fn sqrt(&self) -> Self {
        self.map(|form| Form::root(&form.as_rational()?))
    }

    fn asin(&self) -> Self {
        self.map(Form::arcsine)
    }

    /// acos t = π/2 − asin t.
    fn acos(&self) -> Self {
        self.map(|form| Some(Form::pi_times(1, 2).add(&form.arcsine()?.negated())))
    }

    /// atan t = asin(t/√(1+t²)).
    fn atan(&self) -> Self {
        let one = self.integer(1);
        (self.clone() / &(one + self.square()).sqrt()).asin()
    }
}

impl Neg for Surd {
    type Output = Surd;
    fn neg(self) -> Surd {
        Self(self.0.map(|form| form.negated()))
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $f:expr) => {
        impl $trait<&Surd> for Surd {
            type Output = Surd;
            fn $method(self, other: &Surd) -> Surd {
                self.zip(other, $f)
            }
        }

        impl $trait for Surd {
            type Output = Surd;
            fn $method(self, other: Surd) -> Surd {
                $trait::$method(self, &other)
            }
        }
    };
}

operator!(Add, add, |a, b| Some(a.add(b)));
operator!(Sub, sub, |a, b| Some(a.add(&b.negated())));
operator!(Mul, mul, Form::multiply);
operator!(Div, div, |a, b| a.multiply(&b.reciprocal()?));
