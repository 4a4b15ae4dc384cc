//! The perturbed copies of n of k teachers, erf(x/√2): w_i = α v_i + β Σ_{j≤n, j≠i} v_j + γ Σ_{p>n} v_p, a_i = a.
//!
//! The section on `perturbed-copy` of `docs/certificate.md` derives all
//! formulas. Everything is in units of 4/π but the loss.

mod blocks;
mod common;
mod entries;
mod equations;
mod quadratic;
#[cfg(test)]
mod tests;

pub use blocks::{DenseBlock, blocks};
pub use entries::totals;
pub use equations::{equations, excess_loss, loss};

use crate::arithmetic::{Checked, Number};
use crate::number::{Rational, integer};
use num_bigint::BigInt;

/// α, β, γ, a.
pub type Point<N> = [N; 4];

/// The numbers of neurons, teachers and dimensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// n ≥ 2.
    pub neurons: u64,
    /// k > n.
    pub teachers: u64,
    /// d − k ≥ 0.
    pub extra: u64,
}

impl Family {
    /// k − n ≥ 1.
    #[must_use]
    pub fn rest(&self) -> BigInt {
        BigInt::from(self.teachers) - self.neurons
    }

    /// d.
    #[must_use]
    pub fn dimension(&self) -> BigInt {
        BigInt::from(self.teachers) + self.extra
    }

    /// n + n d, the number of weights.
    #[must_use]
    pub fn rows(&self) -> BigInt {
        (self.dimension() + 1) * self.neurons
    }

    /// n + `shift` as a number like `like`.
    fn n<N: Number>(&self, like: &Checked<N>, shift: i64) -> Checked<N> {
        like.number(&(Rational::from_integer(self.neurons.into()) + integer(shift)))
    }

    /// m = k − n as a number like `like`.
    fn m<N: Number>(&self, like: &Checked<N>) -> Checked<N> {
        like.number(&Rational::from_integer(self.rest()))
    }
}
