//! Polynomials in several variables with rational coefficients.

use crate::algebra::Obstacle;
use crate::arithmetic::{Exact, Number};
use crate::number::Rational;
use num_traits::{One, Zero};
use std::collections::BTreeMap;

/// Exponents of variables 0, 1, 2, …, without zeros at the end. Their order as
/// lists is the lexicographic order of monomials: it respects products.
pub type Monomial = Vec<u32>;

/// Larger polynomials are given up.
const MOST_TERMS: usize = 1000;
/// Longer coefficients are given up.
const MOST_BITS: u64 = 1 << 16;
/// The largest exponent.
const LARGEST_EXPONENT: u32 = 10_000;

/// A sum of monomials with nonzero coefficients.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Polynomial(BTreeMap<Monomial, Rational>);

fn trimmed(mut monomial: Monomial) -> Monomial {
    while monomial.last() == Some(&0) {
        monomial.pop();
    }
    monomial
}

fn times(x: &Monomial, y: &Monomial) -> Result<Monomial, Obstacle> {
    let exponent = |m: &Monomial, variable: usize| m.get(variable).copied().unwrap_or(0);
    (0..x.len().max(y.len()))
        .map(|variable| {
            let sum = exponent(x, variable).saturating_add(exponent(y, variable));
            if sum <= LARGEST_EXPONENT {
                Ok(sum)
            } else {
                Err(Obstacle::TooLarge)
            }
        })
        .collect()
}

/// x/y, if y divides x.
fn over(x: &Monomial, y: &Monomial) -> Option<Monomial> {
    if y.len() > x.len() {
        return None;
    }
    let quotient: Option<Monomial> = x
        .iter()
        .enumerate()
        .map(|(variable, &exponent)| exponent.checked_sub(y.get(variable).copied().unwrap_or(0)))
        .collect();
    quotient.map(trimmed)
}

impl Polynomial {
    /// The constant `q`.
    #[must_use]
    pub fn constant(q: Rational) -> Self {
        Self::term(q, Monomial::new())
    }

    /// The variable with this number.
    #[must_use]
    pub fn variable(number: usize) -> Self {
        let mut monomial = vec![0; number];
        monomial.push(1);
        Self::term(Rational::one(), monomial)
    }

    /// One term.
    #[must_use]
    pub fn term(coefficient: Rational, monomial: Monomial) -> Self {
        let mut terms = BTreeMap::new();
        if !coefficient.is_zero() {
            terms.insert(trimmed(monomial), coefficient);
        }
        Self(terms)
    }

    /// Whether this is the polynomial 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The value, if this is a constant.
    #[must_use]
    pub fn as_constant(&self) -> Option<Rational> {
        match self.0.len() {
            0 => Some(Rational::zero()),
            1 => self.0.get(&Monomial::new()).cloned(),
            _ => None,
        }
    }

    /// Monomials and coefficients.
    pub fn terms(&self) -> impl Iterator<Item = (&Monomial, &Rational)> {
        self.0.iter()
    }

    /// The largest monomial with its coefficient.
    #[must_use]
    pub fn leading(&self) -> Option<(&Monomial, &Rational)> {
        self.0.last_key_value()
    }

    /// One more than the largest variable that occurs.
    #[must_use]
    pub fn variables(&self) -> usize {
        self.0.keys().map(Vec::len).max().unwrap_or(0)
    }

    /// The largest exponent of a variable.
    #[must_use]
    pub fn degree(&self, variable: usize) -> u32 {
        self.0
            .keys()
            .filter_map(|monomial| monomial.get(variable))
            .max()
            .copied()
            .unwrap_or(0)
    }

    fn insert(&mut self, monomial: Monomial, coefficient: Rational) -> Result<(), Obstacle> {
        let entry = self.0.entry(monomial).or_insert_with(Rational::zero);
        *entry += coefficient;
        if entry.numer().bits() > MOST_BITS || entry.denom().bits() > MOST_BITS {
            return Err(Obstacle::TooLarge);
        }
        Ok(())
    }

    fn finished(mut self) -> Result<Self, Obstacle> {
        self.0.retain(|_, coefficient| !coefficient.is_zero());
        if self.0.len() > MOST_TERMS {
            Err(Obstacle::TooLarge)
        } else {
            Ok(self)
        }
    }

    /// f + c·m·g.
    fn plus_multiple(&self, c: &Rational, m: &Monomial, g: &Self) -> Result<Self, Obstacle> {
        let mut result = self.clone();
        for (monomial, coefficient) in &g.0 {
            result.insert(times(m, monomial)?, c * coefficient)?;
        }
        result.finished()
    }

    /// f + g.
    pub fn sum(&self, other: &Self) -> Result<Self, Obstacle> {
        self.plus_multiple(&Rational::one(), &Monomial::new(), other)
    }

    /// f − g.
    pub fn difference(&self, other: &Self) -> Result<Self, Obstacle> {
        self.plus_multiple(&-Rational::one(), &Monomial::new(), other)
    }

    /// f·g.
    pub fn product(&self, other: &Self) -> Result<Self, Obstacle> {
        let mut result = Self::default();
        for (m, c) in &self.0 {
            for (monomial, coefficient) in &other.0 {
                result.insert(times(m, monomial)?, c * coefficient)?;
            }
            if result.0.len() > 4 * MOST_TERMS {
                return Err(Obstacle::TooLarge);
            }
        }
        result.finished()
    }

    /// c·f.
    #[must_use]
    pub fn scaled(&self, c: &Rational) -> Self {
        if c.is_zero() {
            return Self::default();
        }
        Self(
            self.0
                .iter()
                .map(|(monomial, coefficient)| (monomial.clone(), coefficient * c))
                .collect(),
        )
    }

    /// fⁿ.
    pub fn power(&self, n: u32) -> Result<Self, Obstacle> {
        let mut result = Self::constant(Rational::one());
        for place in (0..u32::BITS - n.leading_zeros()).rev() {
            result = result.product(&result)?;
            if (n >> place) & 1 == 1 {
                result = result.product(self)?;
            }
        }
        Ok(result)
    }

    /// The leading coefficient and f divided by it; `None` for 0.
    #[must_use]
    pub fn monic(&self) -> Option<(Rational, Self)> {
        let (_, coefficient) = self.leading()?;
        let coefficient = coefficient.clone();
        let monic = self.scaled(&coefficient.recip());
        Some((coefficient, monic))
    }

    /// The greatest monomial that divides every term, and f divided by it.
    #[must_use]
    pub fn split_monomial(&self) -> (Monomial, Self) {
        let mut keys = self.0.keys();
        let mut common = keys.next().cloned().unwrap_or_default();
        for key in keys {
            for (variable, exponent) in common.iter_mut().enumerate() {
                *exponent = (*exponent).min(key.get(variable).copied().unwrap_or(0));
            }
        }
        let common = trimmed(common);
        let rest = self
            .0
            .iter()
            .filter_map(|(m, c)| Some((over(m, &common)?, c.clone())))
            .collect();
        (common, Self(rest))
    }

    /// The polynomial q with positive leading coefficient and q² = f, if there
    /// is one.
    ///
    /// Terms of q are found from the largest on: if f = (r + t + …)², then the
    /// leading term of f − r² is 2·(leading term of r)·t. Whatever happens,
    /// f − r² is computed, and the answer given only when it is 0.
    pub fn square_root(&self) -> Result<Option<Self>, Obstacle> {
        let Some((monomial, coefficient)) = self.leading() else {
            return Ok(Some(Self::default()));
        };
        if monomial.iter().any(|exponent| exponent % 2 == 1) {
            return Ok(None);
        }
        let Some(Exact(first)) = Exact(coefficient.clone()).root() else {
            return Ok(None);
        };
        let half: Monomial = monomial.iter().map(|exponent| exponent / 2).collect();
        let mut root = Self::term(first.clone(), half.clone());
        let mut rest = self.difference(&root.product(&root)?)?;
        while let Some((m, c)) = rest.leading() {
            let Some(next) = over(m, &half) else {
                return Ok(None);
            };
            // The terms of a root come in falling order.
            if root
                .0
                .first_key_value()
                .is_some_and(|(smallest, _)| next >= *smallest)
            {
                return Ok(None);
            }
            let t = Self::term(c / (&first + &first), next);
            let change = root
                .scaled(&(Rational::one() + Rational::one()))
                .sum(&t)?
                .product(&t)?;
            rest = rest.difference(&change)?;
            root = root.sum(&t)?;
            if root.0.len() > MOST_TERMS / 10 {
                return Err(Obstacle::TooLarge);
            }
        }
        Ok(Some(root))
    }

    /// The value at a point: one rational a variable; `None` if there are too few.
    #[must_use]
    pub fn at(&self, point: &[Rational]) -> Option<Rational> {
        let mut sum = Rational::zero();
        for (monomial, coefficient) in &self.0 {
            let mut product = coefficient.clone();
            for (variable, &exponent) in monomial.iter().enumerate() {
                product *= Exact(point.get(variable)?.clone()).power(exponent)?.0;
            }
            sum += product;
        }
        Some(sum)
    }
}
