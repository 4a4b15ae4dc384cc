//! Sums of rational multiples of square roots, exactly.

use crate::arithmetic::{Exact, Number};
use crate::number::Rational;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// Σ q_i √m_i with integers m_i ≥ 1 and q_i ≠ 0, no m_i m_j (i ≠ j) a square: two
/// roots are rational multiples of each other exactly if the product of their
/// radicands is a square.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surd(Vec<(BigInt, Rational)>);

impl Surd {
    /// A rational.
    #[must_use]
    pub fn rational(q: Rational) -> Self {
        Self(if q.is_zero() {
            Vec::new()
        } else {
            vec![(BigInt::one(), q)]
        })
    }

    /// √q for q ≥ 0: √(n/d) = √(n d)/d.
    #[must_use]
    pub fn root(q: &Rational) -> Option<Self> {
        if q.is_negative() {
            return None;
        }
        if let Some(Exact(root)) = Exact(q.clone()).root() {
            return Some(Self::rational(root));
        }
        Some(Self(vec![(
            q.numer() * q.denom(),
            Rational::new(BigInt::one(), q.denom().clone()),
        )]))
    }

    /// Whether the sum has no terms. Then the number is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The value, if it is seen to be rational.
    #[must_use]
    pub fn as_rational(&self) -> Option<Rational> {
        match self.0.as_slice() {
            [] => Some(Rational::zero()),
            [(radicand, q)] if radicand.is_one() => Some(q.clone()),
            _ => None,
        }
    }

    /// The sign and the square, if there is at most one term.
    #[must_use]
    pub fn as_signed_square(&self) -> Option<(Rational, Rational)> {
        match self.0.as_slice() {
            [] => Some((Rational::zero(), Rational::zero())),
            [(radicand, q)] => Some((q.signum(), q * q * radicand)),
            _ => None,
        }
    }

    /// Radicands and coefficients.
    #[cfg(test)]
    pub fn terms(&self) -> impl Iterator<Item = (&BigInt, &Rational)> {
        self.0.iter().map(|(radicand, q)| (radicand, q))
    }

    fn insert(&mut self, radicand: BigInt, q: Rational) {
        for (place, (known, sum)) in self.0.iter_mut().enumerate() {
            // √m = (√(m n)/n) √n.
            let product = &*known * &radicand;
            let root = product.sqrt();
            if &root * &root == product {
                *sum += q * Rational::new(root, known.clone());
                if sum.is_zero() {
                    self.0.remove(place);
                }
                return;
            }
        }
        self.0.push((radicand, q));
    }

    /// x + y.
    #[must_use]
    pub fn sum(&self, other: &Self) -> Self {
        let mut result = self.clone();
        for (radicand, q) in &other.0 {
            result.insert(radicand.clone(), q.clone());
        }
        result
    }

    /// c·x.
    #[must_use]
    pub fn scaled(&self, c: &Rational) -> Self {
        if c.is_zero() {
            return Self(Vec::new());
        }
        Self(
            self.0
                .iter()
                .map(|(radicand, q)| (radicand.clone(), q * c))
                .collect(),
        )
    }

    /// x·y, by √m √n = g √((m/g)(n/g)), g the greatest common divisor.
    #[must_use]
    pub fn product(&self, other: &Self) -> Self {
        let mut result = Self(Vec::new());
        for (m, p) in &self.0 {
            for (n, q) in &other.0 {
                let common = m.gcd(n);
                let radicand = (m / &common) * (n / &common);
                let coefficient = p * q * common;
                if !coefficient.is_zero() {
                    result.insert(radicand, coefficient);
                }
            }
        }
        result.normalised()
    }

    /// A radicand that is a square becomes 1.
    fn normalised(mut self) -> Self {
        for (radicand, q) in &mut self.0 {
            let root = radicand.sqrt();
            if &root * &root == *radicand {
                *q = &*q * Rational::from_integer(root);
                *radicand = BigInt::one();
            }
        }
        self
    }

    /// x/√q for a rational q > 0.
    #[must_use]
    pub fn over_root(&self, q: &Rational) -> Option<Self> {
        if !q.is_positive() {
            return None;
        }
        Some(self.product(&Self::root(&q.recip())?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::{integer, ratio};

    #[test]
    fn roots_combine() {
        let root = |n: i64| Surd::root(&integer(n)).unwrap();
        assert_eq!(root(12).product(&root(3)).as_rational(), Some(integer(6)));
        assert!(root(12).sum(&root(3).scaled(&integer(-2))).is_zero());
        assert!(
            root(50)
                .sum(&root(18))
                .sum(&root(2).scaled(&integer(-8)))
                .is_zero()
        );
        assert!(
            !root(50)
                .sum(&root(18))
                .sum(&root(2).scaled(&integer(-7)))
                .is_zero()
        );
        assert_eq!(Surd::root(&ratio(4, 9)).unwrap().as_rational(), Some(ratio(2, 3)));
        assert_eq!(
            root(8).over_root(&integer(2)).unwrap().as_rational(),
            Some(integer(2))
        );
        // (1 + √2)(1 − √2) = −1
        let one = Surd::rational(integer(1));
        let product = one.sum(&root(2)).product(&one.sum(&root(2).scaled(&integer(-1))));
        assert_eq!(product.as_rational(), Some(integer(-1)));
        assert!(Surd::root(&integer(-1)).is_none());
    }
}
