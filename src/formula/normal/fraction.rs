//! Fractions whose denominators are kept in factors.

use super::field::{Field, Obstacle};
use crate::arithmetic::{Polynomial, Rational};
use num_traits::One;
use std::collections::BTreeMap;

/// N / Π bᵢ^eᵢ with denominators' factors bᵢ from the list of the [`Field`],
/// all exponents ≥ 1.
#[derive(Debug, Clone)]
pub(super) struct Fraction {
    pub(super) numerator: Polynomial,
    pub(super) denominator: BTreeMap<usize, u32>,
}

impl Fraction {
    pub(super) fn constant(q: &Rational) -> Self {
        Self::integral(Polynomial::constant(q))
    }

    pub(super) fn integral(numerator: Polynomial) -> Self {
        Self {
            numerator,
            denominator: BTreeMap::new(),
        }
    }

    pub(super) fn negated(&self) -> Self {
        Self {
            numerator: -self.numerator.clone(),
            denominator: self.denominator.clone(),
        }
    }

    pub(super) fn scaled(&self, factor: &Rational) -> Self {
        Self {
            numerator: self.numerator.scale(factor),
            denominator: self.denominator.clone(),
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.numerator.is_zero()
    }

    /// The value, if it is a rational constant.
    pub(super) fn as_constant(&self) -> Option<Rational> {
        if self.denominator.is_empty() {
            self.numerator.as_constant()
        } else {
            None
        }
    }
}

/// The exponents of `whole` that `part` lacks.
fn missing(whole: &BTreeMap<usize, u32>, part: &BTreeMap<usize, u32>) -> BTreeMap<usize, u32> {
    let lacks = |(&factor, &e): (&usize, &u32)| {
        let has = part.get(&factor).copied().unwrap_or(0);
        (e > has).then(|| (factor, e - has))
    };
    whole.iter().filter_map(lacks).collect()
}

impl Field {
    /// Π bᵢ^eᵢ as a polynomial.
    pub(super) fn expand(&mut self, factors: &BTreeMap<usize, u32>) -> Result<Polynomial, Obstacle> {
        let mut product = Polynomial::constant(&Rational::one());
        for (&factor, &e) in factors {
            let power = self.factors[factor].power(e, &mut self.budget)?;
            product = self.times(&product, &power)?;
        }
        Ok(product)
    }

    /// The product of polynomials, reduced modulo the radicals' relations.
    pub(super) fn times(&mut self, a: &Polynomial, b: &Polynomial) -> Result<Polynomial, Obstacle> {
        let product = a.multiply(b, &mut self.budget)?;
        self.reduce(product)
    }

    pub(super) fn add(&mut self, a: &Fraction, b: &Fraction) -> Result<Fraction, Obstacle> {
        let over_a = self.expand(&missing(&b.denominator, &a.denominator))?;
        let over_b = self.expand(&missing(&a.denominator, &b.denominator))?;
        let numerator = self.times(&a.numerator, &over_a)? + &self.times(&b.numerator, &over_b)?;
        let mut denominator = a.denominator.clone();
        for (&factor, &e) in &b.denominator {
            let own = denominator.entry(factor).or_insert(0);
            *own = e.max(*own);
        }
        self.cancel(Fraction {
            numerator,
            denominator,
        })
    }

    pub(super) fn multiply(&mut self, a: &Fraction, b: &Fraction) -> Result<Fraction, Obstacle> {
        // Cancelling across first keeps the product small.
        let left = Fraction {
            numerator: a.numerator.clone(),
            denominator: b.denominator.clone(),
        };
        let right = Fraction {
            numerator: b.numerator.clone(),
            denominator: a.denominator.clone(),
        };
        let (left, right) = (self.cancel(left)?, self.cancel(right)?);
        let numerator = self.times(&left.numerator, &right.numerator)?;
        let mut denominator = left.denominator;
        for (factor, e) in right.denominator {
            let own = denominator.entry(factor).or_insert(0);
            *own = own.checked_add(e).ok_or(Obstacle::TooLarge)?;
        }
        self.cancel(Fraction {
            numerator,
            denominator,
        })
    }

    pub(super) fn power(&mut self, base: &Fraction, n: u32) -> Result<Fraction, Obstacle> {
        let mut power = Fraction::constant(&Rational::one());
        for bit in (0..u32::BITS - n.leading_zeros()).rev() {
            power = self.multiply(&power.clone(), &power)?;
            if n & (1 << bit) != 0 {
                power = self.multiply(&power, base)?;
            }
        }
        Ok(power)
    }

    /// Divides out factors of the denominator that divide the numerator.
    fn cancel(&mut self, mut fraction: Fraction) -> Result<Fraction, Obstacle> {
        if fraction.is_zero() {
            return Ok(Fraction::integral(Polynomial::default()));
        }
        for (&factor, e) in &mut fraction.denominator {
            while *e > 0 {
                let divisor = &self.factors[factor];
                match fraction.numerator.divide_exactly(divisor, &mut self.budget)? {
                    Some(quotient) => fraction.numerator = quotient,
                    None => break,
                }
                *e -= 1;
            }
        }
        fraction.denominator.retain(|_, e| *e > 0);
        Ok(fraction)
    }

    /// 1/u, at points where u ≠ 0.
    pub(super) fn invert(&mut self, u: &Fraction) -> Result<Fraction, Obstacle> {
        let numerator = self.expand(&u.denominator)?;
        let inverse = self.invert_polynomial(&u.numerator)?;
        self.multiply(&Fraction::integral(numerator), &inverse)
    }

    /// 1/N, at points where N ≠ 0: its factors enter the list.
    fn invert_polynomial(&mut self, polynomial: &Polynomial) -> Result<Fraction, Obstacle> {
        let Some(content) = polynomial.content() else {
            return Err(Obstacle::DivisionByZero);
        };
        let mut rest = polynomial.scale(&content.recip());
        let mut inverse = Fraction::constant(&content.recip());
        for (atom, exponent) in rest.monomial_content().factors() {
            let power = Polynomial::variable(atom).power(exponent, &mut self.budget)?;
            rest = rest.divide_exactly(&power, &mut self.budget)?.unwrap_or(rest);
            let single = match self.relation_of(atom).cloned() {
                // 1/T = T/G, as T ≠ 0 and so G = T² ≠ 0.
                Some(square) => {
                    let over = self.invert_polynomial(&square)?;
                    self.multiply(&Fraction::integral(Polynomial::variable(atom)), &over)?
                }
                None => self.reciprocal(Polynomial::variable(atom)),
            };
            let power = self.power(&single, exponent)?;
            inverse = self.multiply(&inverse, &power)?;
        }
        for factor in 0..self.factors.len() {
            let divisor = self.factors[factor].clone();
            while let Some(quotient) = rest.divide_exactly(&divisor, &mut self.budget)? {
                rest = quotient;
                let over = self.reciprocal(divisor.clone());
                inverse = self.multiply(&inverse, &over)?;
            }
        }
        match rest.as_constant() {
            Some(q) => Ok(inverse.scaled(&q.recip())),
            None => {
                let sign = if rest.leading_coefficient() < Rational::default() {
                    -1
                } else {
                    1
                };
                let sign = Rational::from_integer(sign.into());
                let over = self.reciprocal(rest.scale(&sign));
                self.multiply(&inverse.scaled(&sign), &over)
            }
        }
    }

    /// 1/b for a polynomial b that is, or becomes, a factor of the list.
    fn reciprocal(&mut self, polynomial: Polynomial) -> Fraction {
        let factor = match self.factors.iter().position(|b| *b == polynomial) {
            Some(factor) => factor,
            None => {
                self.factors.push(polynomial);
                self.factors.len() - 1
            }
        };
        let numerator = Polynomial::constant(&Rational::one());
        Fraction {
            numerator,
            denominator: BTreeMap::from([(factor, 1)]),
        }
    }

    /// The numerators of the two fractions over a common denominator.
    pub(super) fn cross(&mut self, a: &Fraction, b: &Fraction) -> Result<(Polynomial, Polynomial), Obstacle> {
        let over_a = self.expand(&missing(&b.denominator, &a.denominator))?;
        let over_b = self.expand(&missing(&a.denominator, &b.denominator))?;
        Ok((
            self.times(&a.numerator, &over_a)?,
            self.times(&b.numerator, &over_b)?,
        ))
    }

    /// The number of terms of the numerator of a − b; `None` if it is 0.
    pub(super) fn difference_terms(&mut self, a: &Fraction, b: &Fraction) -> Result<Option<usize>, Obstacle> {
        let (left, right) = self.cross(a, b)?;
        let difference = left - &right;
        Ok((!difference.is_zero()).then(|| difference.len()))
    }

    /// Whether a = b by the relations known.
    pub(super) fn equal(&mut self, a: &Fraction, b: &Fraction) -> Result<bool, Obstacle> {
        Ok(self.difference_terms(a, b)?.is_none())
    }
}
