//! Polynomials in any number of variables with rational coefficients.

mod division;
mod monomial;

use super::gmp::{rational_from_gmp, rational_to_gmp};
use super::{Rational, Scalar};
pub use monomial::Monomial;
use num_traits::One;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};
use std::ops::{Add, Neg, Sub};

/// A number of a variable.
pub type Variable = u32;

/// A polynomial over ℚ in variables known by number, as its nonzero terms.
///
/// Terms are kept in lexicographic order, a variable with a larger number
/// counting for more; so results are the same in every run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Polynomial {
    terms: BTreeMap<Monomial, rug::Rational>,
}

/// The work that products and quotients may still do, in multiplications of
/// one-word coefficients (longer ones count for their words).
///
/// A short text such as `(x+y+z)^10000` stands for a polynomial that fits
/// nowhere; a budget turns it into an answer.
#[derive(Debug, Clone)]
pub struct Budget(u64);

/// A computation has been given up because its numbers or polynomials grow too
/// large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the polynomials grow too large")]
pub struct TooLarge;

impl Budget {
    /// A budget of `multiplications`.
    #[must_use]
    pub fn new(multiplications: u64) -> Self {
        Self(multiplications)
    }

    pub(super) fn spend(&mut self, multiplications: u64) -> Result<(), TooLarge> {
        self.0 = self.0.checked_sub(multiplications).ok_or(TooLarge)?;
        Ok(())
    }
}

/// The words of a coefficient, at least 1.
fn words(q: &rug::Rational) -> u64 {
    let bits = q
        .numer()
        .significant_bits()
        .saturating_add(q.denom().significant_bits());
    u64::from(bits / 64 + 1)
}

impl Polynomial {
    /// The constant polynomial `q`.
    #[must_use]
    pub fn constant(q: &Rational) -> Self {
        Self::term(&rational_to_gmp(q), Monomial::one())
    }

    /// The polynomial x, for the variable x with the number `variable`.
    #[must_use]
    pub fn variable(variable: Variable) -> Self {
        Self::term(&rug::Rational::from(1), Monomial::variable(variable, 1))
    }

    fn term(q: &rug::Rational, monomial: Monomial) -> Self {
        let mut polynomial = Self::default();
        polynomial.add_term(monomial, q.clone());
        polynomial
    }

    fn add_term(&mut self, monomial: Monomial, q: rug::Rational) {
        match self.terms.entry(monomial) {
            Entry::Vacant(place) if q.cmp0() != Ordering::Equal => {
                place.insert(q);
            }
            Entry::Vacant(_) => {}
            Entry::Occupied(mut place) => {
                *place.get_mut() += q;
                if place.get().cmp0() == Ordering::Equal {
                    place.remove();
                }
            }
        }
    }

    /// Whether this is the polynomial 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    /// The value, if there are no variables.
    #[must_use]
    pub fn as_constant(&self) -> Option<Rational> {
        match self.terms.iter().next_back() {
            None => Some(Rational::default()),
            Some((monomial, q)) => monomial.is_one().then(|| rational_from_gmp(q)),
        }
    }

    /// The number of terms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there are no terms: the polynomial 0.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.is_zero()
    }

    /// The terms, from the lexicographically smallest monomial to the largest.
    pub fn terms(&self) -> impl Iterator<Item = (&Monomial, Rational)> {
        self.terms
            .iter()
            .map(|(monomial, q)| (monomial, rational_from_gmp(q)))
    }

    /// The variables that occur.
    #[must_use]
    pub fn variables(&self) -> BTreeSet<Variable> {
        self.terms.keys().flat_map(Monomial::variables).collect()
    }

    /// The degree in one variable (0 for the polynomial 0).
    #[must_use]
    pub fn degree_in(&self, variable: Variable) -> u32 {
        self.terms
            .keys()
            .map(|monomial| monomial.exponent(variable))
            .max()
            .unwrap_or(0)
    }

    /// The largest monomial that divides every term (1 for the polynomial 0).
    #[must_use]
    pub fn monomial_content(&self) -> Monomial {
        let common = self.terms.keys().cloned().reduce(|a, b| a.gcd(&b));
        common.unwrap_or_else(Monomial::one)
    }

    /// The positive rational c for which self/c has coprime integer
    /// coefficients; `None` for the polynomial 0.
    #[must_use]
    pub fn content(&self) -> Option<Rational> {
        let mut coefficients = self.terms.values();
        let first = coefficients.next()?;
        let (mut numerator, mut denominator) = (first.numer().clone().abs(), first.denom().clone());
        for q in coefficients {
            numerator.gcd_mut(q.numer());
            denominator.lcm_mut(q.denom());
        }
        Some(rational_from_gmp(&rug::Rational::from((numerator, denominator))))
    }

    /// The coefficient of the largest monomial; 0 for the polynomial 0.
    #[must_use]
    pub fn leading_coefficient(&self) -> Rational {
        self.terms
            .values()
            .next_back()
            .map(rational_from_gmp)
            .unwrap_or_default()
    }

    /// The product with a rational.
    #[must_use]
    pub fn scale(&self, factor: &Rational) -> Self {
        let factor = rational_to_gmp(factor);
        if factor.cmp0() == Ordering::Equal {
            return Self::default();
        }
        let scaled = |(m, q): (&Monomial, &rug::Rational)| (m.clone(), rug::Rational::from(q * &factor));
        Self {
            terms: self.terms.iter().map(scaled).collect(),
        }
    }

    /// The product.
    ///
    /// # Errors
    /// [`TooLarge`] if the budget or the range of exponents is exceeded.
    pub fn multiply(&self, other: &Self, budget: &mut Budget) -> Result<Self, TooLarge> {
        let mut product = Self::default();
        let other_words: u64 = other.terms.values().map(words).sum();
        for (m, p) in &self.terms {
            budget.spend(other_words.saturating_mul(words(p)))?;
            for (n, q) in &other.terms {
                product.add_term(m.multiply(n).ok_or(TooLarge)?, rug::Rational::from(p * q));
            }
        }
        Ok(product)
    }

    /// The power with exponent `n`; the power 0 is 1.
    ///
    /// # Errors
    /// As [`multiply`](Self::multiply).
    pub fn power(&self, n: u32, budget: &mut Budget) -> Result<Self, TooLarge> {
        let mut power = Self::constant(&Rational::one());
        for bit in (0..u32::BITS - n.leading_zeros()).rev() {
            power = power.multiply(&power.clone(), budget)?;
            if n & (1 << bit) != 0 {
                power = power.multiply(self, budget)?;
            }
        }
        Ok(power)
    }

    /// The polynomial as one in `variable`: exponents and their coefficients,
    /// polynomials in the other variables.
    #[must_use]
    pub fn coefficients_in(&self, variable: Variable) -> BTreeMap<u32, Polynomial> {
        let mut coefficients: BTreeMap<u32, Polynomial> = BTreeMap::new();
        for (monomial, q) in &self.terms {
            let (exponent, rest) = monomial.without(variable);
            coefficients
                .entry(exponent)
                .or_default()
                .add_term(rest, q.clone());
        }
        coefficients
    }

    /// The same polynomial modulo x² = `square`, of degree at most 1 in the
    /// variable x (which does not occur in `square`).
    ///
    /// # Errors
    /// As [`multiply`](Self::multiply).
    pub fn reduce_square(
        &self,
        variable: Variable,
        square: &Polynomial,
        budget: &mut Budget,
    ) -> Result<Self, TooLarge> {
        if self.degree_in(variable) < 2 {
            return Ok(self.clone());
        }
        let mut reduced = Self::default();
        let (mut power, mut power_exponent) = (Self::constant(&Rational::one()), 0);
        for (exponent, coefficient) in self.coefficients_in(variable) {
            let missing = square.power(exponent / 2 - power_exponent, budget)?;
            power = power.multiply(&missing, budget)?;
            power_exponent = exponent / 2;
            let part = coefficient.multiply(&power, budget)?;
            for (monomial, q) in part.terms {
                let odd = Monomial::variable(variable, exponent % 2);
                reduced.add_term(monomial.multiply(&odd).ok_or(TooLarge)?, q);
            }
        }
        Ok(reduced)
    }

    /// The value, or enclosure of the value, where the variable x has the
    /// value `value(x)`.
    pub fn evaluate<T: Scalar>(&self, context: &T, value: impl Fn(Variable) -> T) -> T {
        let values: BTreeMap<Variable, T> = self
            .variables()
            .into_iter()
            .map(|variable| (variable, value(variable)))
            .collect();
        let mut sum = context.zero();
        for (monomial, q) in self.terms() {
            let mut term = context.rational(&q);
            for (variable, exponent) in monomial.factors() {
                // Powers of any u32 exponent, by squaring.
                let mut power = context.one();
                for bit in (0..u32::BITS - exponent.leading_zeros()).rev() {
                    power = power.square();
                    if exponent & (1 << bit) != 0 {
                        power = power * &values[&variable];
                    }
                }
                term = term * power;
            }
            sum = sum + term;
        }
        sum
    }
}

impl Add<&Polynomial> for Polynomial {
    type Output = Polynomial;
    fn add(mut self, other: &Polynomial) -> Polynomial {
        for (monomial, q) in &other.terms {
            self.add_term(monomial.clone(), q.clone());
        }
        self
    }
}

impl Sub<&Polynomial> for Polynomial {
    type Output = Polynomial;
    fn sub(mut self, other: &Polynomial) -> Polynomial {
        for (monomial, q) in &other.terms {
            self.add_term(monomial.clone(), rug::Rational::from(-q));
        }
        self
    }
}

impl Neg for Polynomial {
    type Output = Polynomial;
    fn neg(mut self) -> Polynomial {
        for q in self.terms.values_mut() {
            *q = rug::Rational::from(-&*q);
        }
        self
    }
}
