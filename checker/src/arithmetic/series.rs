//! Taylor polynomials in one variable.
//!
//! If the coefficients of the operands enclose u⁽ʲ⁾/j!, those of the result
//! enclose the same of the composed function, and its being `Some` shows that
//! the function has these derivatives. The recurrences come from differential
//! equations: with y = √u, y² = u; with y = asin u, y′ √(1 − u²) = u′; with
//! y = atan u, y′ (1 + u²) = u′.

use super::Number;
use crate::number::{Rational, integer};

/// c₀ + c₁t + … + c_m tᵐ; never empty.
#[derive(Debug, Clone)]
pub struct Series<N>(Vec<N>);

impl<N: Number> Series<N> {
    /// The variable itself at `point`, up to the order `order`.
    #[must_use]
    pub fn variable(point: &N, order: usize) -> Option<Self> {
        let mut coefficients = vec![point.constant(&integer(0))?; order.checked_add(1)?];
        *coefficients.get_mut(0)? = point.clone();
        if let Some(first) = coefficients.get_mut(1) {
            *first = point.constant(&integer(1))?;
        }
        Some(Self(coefficients))
    }

    /// u⁽ʲ⁾/j!.
    #[must_use]
    pub fn coefficient(&self, j: usize) -> Option<&N> {
        self.0.get(j)
    }

    fn number(&self, n: usize) -> Option<N> {
        self.0.first()?.constant(&integer(i64::try_from(n).ok()?))
    }

    /// Σ_{k=from..=n−to} x_k y_(n−k).
    fn convolution(x: &[N], y: &[N], n: usize, from: usize, to: usize) -> Option<N> {
        let mut sum = x.first()?.constant(&integer(0))?;
        for k in from..=n.checked_sub(to)? {
            sum = sum.sum(&x.get(k)?.product(y.get(n.checked_sub(k)?)?)?)?;
        }
        Some(sum)
    }

    /// The series y with y₀ = `start` and y′ w = u′.
    fn integrate(&self, start: N, w: &[N]) -> Option<Self> {
        let mut y = vec![start];
        for n in 1..self.0.len() {
            // n u_n = Σ_{k=1..n} k y_k w_(n−k)
            let mut rest = self.number(n)?.product(self.0.get(n)?)?;
            for (k, y_k) in y.iter().enumerate().skip(1) {
                let term = self.number(k)?.product(y_k)?.product(w.get(n.checked_sub(k)?)?)?;
                rest = rest.difference(&term)?;
            }
            y.push(rest.quotient(&self.number(n)?.product(w.first()?)?)?);
        }
        Some(Self(y))
    }

    /// 1 − u² or 1 + u².
    fn one_with_square(&self, minus: bool) -> Option<Self> {
        let square = self.power(2)?;
        let one = self.constant(&integer(1))?;
        if minus {
            one.difference(&square)
        } else {
            one.sum(&square)
        }
    }
}

impl<N: Number> Number for Series<N> {
    fn constant(&self, q: &Rational) -> Option<Self> {
        let first = self.0.first()?;
        let mut coefficients = vec![first.constant(&integer(0))?; self.0.len()];
        *coefficients.get_mut(0)? = first.constant(q)?;
        Some(Self(coefficients))
    }

    fn pi(&self) -> Option<Self> {
        let mut result = self.constant(&integer(0))?;
        *result.0.get_mut(0)? = self.0.first()?.pi()?;
        Some(result)
    }

    fn negative(&self) -> Self {
        Self(self.0.iter().map(N::negative).collect())
    }

    fn sum(&self, other: &Self) -> Option<Self> {
        self.0
            .iter()
            .zip(&other.0)
            .map(|(x, y)| x.sum(y))
            .collect::<Option<_>>()
            .map(Self)
    }

    fn product(&self, other: &Self) -> Option<Self> {
        (0..self.0.len())
            .map(|n| Self::convolution(&self.0, &other.0, n, 0, 0))
            .collect::<Option<_>>()
            .map(Self)
    }

    fn quotient(&self, other: &Self) -> Option<Self> {
        let mut result: Vec<N> = Vec::with_capacity(self.0.len());
        for n in 0..self.0.len() {
            let mut rest = self.0.get(n)?.clone();
            for (k, q_k) in result.iter().enumerate() {
                rest = rest.difference(&q_k.product(other.0.get(n.checked_sub(k)?)?)?)?;
            }
            result.push(rest.quotient(other.0.first()?)?);
        }
        Some(Self(result))
    }

    fn power(&self, n: u32) -> Option<Self> {
        let mut result = self.constant(&integer(1))?;
        for place in (0..u32::BITS - n.leading_zeros()).rev() {
            result = result.product(&result)?;
            if (n >> place) & 1 == 1 {
                result = result.product(self)?;
            }
        }
        // The value itself is known better from the power of a number.
        *result.0.get_mut(0)? = self.0.first()?.power(n)?;
        Some(result)
    }

    fn root(&self) -> Option<Self> {
        let first = self.0.first()?.root()?;
        let mut result = vec![first.clone()];
        for n in 1..self.0.len() {
            // u_n = 2 s_0 s_n + Σ_{k=1..n−1} s_k s_(n−k)
            let known = Self::convolution(&result, &result, n, 1, 1)?;
            let rest = self.0.get(n)?.difference(&known)?;
            result.push(rest.quotient(&first.sum(&first)?)?);
        }
        Some(Self(result))
    }

    fn asin(&self) -> Option<Self> {
        let start = self.0.first()?.asin()?;
        if self.0.len() == 1 {
            return Some(Self(vec![start]));
        }
        let slope = self.one_with_square(true)?.root()?;
        self.integrate(start, &slope.0)
    }

    fn acos(&self) -> Option<Self> {
        let start = self.0.first()?.acos()?;
        if self.0.len() == 1 {
            return Some(Self(vec![start]));
        }
        let slope = self.one_with_square(true)?.root()?;
        self.integrate(start, &slope.negative().0)
    }

    fn atan(&self) -> Option<Self> {
        let start = self.0.first()?.atan()?;
        let slope = self.one_with_square(false)?;
        self.integrate(start, &slope.0)
    }
}
