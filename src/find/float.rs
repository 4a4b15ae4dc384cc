//! The one file where `f64` learns to be a [`Scalar`].

use crate::arithmetic::{Rational, Scalar};
use num_traits::ToPrimitive;

/// Rounded to nearest, with no guarantee; NaN where undefined.
impl Scalar for f64 {
    fn integer(&self, n: i64) -> Self {
        n as f64
    }

    fn rational(&self, q: &Rational) -> Self {
        q.to_f64().unwrap_or(f64::NAN)
    }

    fn pi(&self) -> Self {
        std::f64::consts::PI
    }

    fn square(&self) -> Self {
        self * self
    }

    fn powi(&self, n: i32) -> Self {
        f64::powi(*self, n)
    }

    fn sqrt(&self) -> Self {
        f64::sqrt(*self)
    }

    fn asin(&self) -> Self {
        f64::asin(*self)
    }

    fn acos(&self) -> Self {
        f64::acos(*self)
    }

    fn atan(&self) -> Self {
        f64::atan(*self)
    }
}
