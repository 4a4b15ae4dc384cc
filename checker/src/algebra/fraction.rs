//! Fractions with factored denominators.

use super::{Obstacle, Polynomial};
use crate::number::Rational;
use num_traits::One;
use std::collections::BTreeMap;

/// A numerator over a product of powers of polynomials. The factors are
/// compared, never divided: equal ones are shared when fractions are added, and
/// nothing is cancelled. They have leading coefficient 1 and are no constants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fraction {
    /// N.
    pub numerator: Polynomial,
    /// Factors of D with their exponents ≥ 1.
    pub denominator: BTreeMap<Polynomial, u32>,
}

impl Fraction {
    /// N/1.
    #[must_use]
    pub fn whole(numerator: Polynomial) -> Self {
        Self {
            numerator,
            denominator: BTreeMap::new(),
        }
    }

    /// A constant.
    #[must_use]
    pub fn constant(q: Rational) -> Self {
        Self::whole(Polynomial::constant(q))
    }

    /// The value, if numerator and denominator are constants.
    #[must_use]
    pub fn as_constant(&self) -> Option<Rational> {
        if self.numerator.is_zero() || self.denominator.is_empty() {
            self.numerator.as_constant()
        } else {
            None
        }
    }

    /// D, multiplied out.
    pub fn expanded_denominator(&self) -> Result<Polynomial, Obstacle> {
        product(&self.denominator)
    }

    /// −x.
    #[must_use]
    pub fn negative(&self) -> Self {
        let numerator = self.numerator.scaled(&-Rational::one());
        Self {
            numerator,
            denominator: self.denominator.clone(),
        }
    }

    /// x + y.
    pub fn sum(&self, other: &Self) -> Result<Self, Obstacle> {
        let mut denominator = self.denominator.clone();
        for (factor, &exponent) in &other.denominator {
            let entry = denominator.entry(factor.clone()).or_insert(0);
            *entry = (*entry).max(exponent);
        }
        let lifted = |x: &Self| {
            let missing = denominator
                .iter()
                .map(|(factor, &exponent)| {
                    let present = x.denominator.get(factor).copied().unwrap_or(0);
                    (factor.clone(), exponent.saturating_sub(present))
                })
                .collect();
            x.numerator.product(&product(&missing)?)
        };
        let numerator = lifted(self)?.sum(&lifted(other)?)?;
        Ok(Self {
            numerator,
            denominator,
        })
    }

    /// x·y.
    pub fn product(&self, other: &Self) -> Result<Self, Obstacle> {
        let mut result = self.clone();
        result.numerator = self.numerator.product(&other.numerator)?;
        for (factor, &exponent) in &other.denominator {
            result.divide_by(factor.clone(), exponent)?;
        }
        Ok(result)
    }

    /// 1/x; an obstacle if the numerator is the polynomial 0.
    pub fn reciprocal(&self) -> Result<Self, Obstacle> {
        let mut result = Self::whole(self.expanded_denominator()?);
        result.divide_by_polynomial(&self.numerator, 1)?;
        Ok(result)
    }

    /// Divides by a power of any polynomial but 0: its constant and its single
    /// variables become factors of their own.
    pub fn divide_by_polynomial(&mut self, divisor: &Polynomial, exponent: u32) -> Result<(), Obstacle> {
        let (coefficient, monic) = divisor.monic().ok_or(Obstacle::ZeroDivisor)?;
        let mut scale = Polynomial::constant(coefficient.recip());
        scale = scale.power(exponent)?;
        self.numerator = self.numerator.product(&scale)?;
        let (monomial, rest) = monic.split_monomial();
        for (variable, &power) in monomial.iter().enumerate() {
            if power > 0 {
                self.divide_by(Polynomial::variable(variable), power.saturating_mul(exponent))?;
            }
        }
        if rest.as_constant().is_none() {
            self.divide_by(rest, exponent)?;
        }
        Ok(())
    }

    fn divide_by(&mut self, factor: Polynomial, exponent: u32) -> Result<(), Obstacle> {
        let entry = self.denominator.entry(factor).or_insert(0);
        *entry = entry
            .checked_add(exponent)
            .filter(|&sum| sum <= 10_000)
            .ok_or(Obstacle::TooLarge)?;
        Ok(())
    }

    /// xⁿ for n ≥ 0.
    pub fn power(&self, n: u32) -> Result<Self, Obstacle> {
        let mut result = Self::whole(self.numerator.power(n)?);
        if n > 0 {
            for (factor, exponent) in &self.denominator {
                result.divide_by(factor.clone(), exponent.saturating_mul(n))?;
            }
        }
        Ok(result)
    }
}

fn product(factors: &BTreeMap<Polynomial, u32>) -> Result<Polynomial, Obstacle> {
    let mut result = Polynomial::constant(Rational::one());
    for (factor, &exponent) in factors {
        if exponent > 0 {
            result = result.product(&factor.power(exponent)?)?;
        }
    }
    Ok(result)
}
