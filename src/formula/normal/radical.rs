//! Square roots as atoms.
//!
//! Let E = c·N/Πbᵢ^eᵢ with c > 0 rational and N primitive. The atom of √E is
//! T = Πbᵢ^⌈eᵢ/2⌉·√(E/c), which obeys T² = N·Π{bᵢ : eᵢ odd}, a polynomial; so
//! √E = √c·T/Πbᵢ^⌈eᵢ/2⌉. For constants, √c is a rational times √p₁…√pₘ with
//! distinct primes pᵢ, each an atom.
//!
//! At a point where every subexpression met is defined, each radicand Eᵢ met is
//! ≥ 0 and Rᵢ = √Eᵢ is its root. So a new radicand needs no atom of its own if
//! E·ΠEⱼ^bⱼ = c·ΠEᵢ^aᵢ for a rational c > 0, integers aᵢ, bⱼ ≥ 0, and Eⱼ ≠ 0
//! wherever bⱼ > 0 (certain if there are no aᵢ, as then the left side is not 0):
//! then √E = √c·ΠRᵢ^aᵢ/ΠRⱼ^bⱼ, both sides being ≥ 0 with the same square.
//! √(x²) is not x, and is not made so by this: x is no radicand.

use super::field::{Atom, Field, Obstacle};
use super::fraction::Fraction;
use crate::arithmetic::polynomial::Variable;
use crate::arithmetic::squares::SquareParts;
use crate::arithmetic::{Polynomial, Rational};
use num_traits::{One, Signed};

/// A square root as an atom.
#[derive(Debug, Clone)]
pub(super) struct Radical {
    /// What it is the root of; rational constants apart.
    radicand: Fraction,
    /// √radicand, as a fraction with the atom T in its numerator.
    root: Fraction,
    /// T² as a polynomial in earlier atoms.
    pub(super) square: Polynomial,
}

impl Field {
    /// √E.
    pub(super) fn root(&mut self, e: &Fraction) -> Result<Fraction, Obstacle> {
        let Some(content) = e.numerator.content() else {
            return Ok(e.clone());
        };
        let scale = self.root_of_constant(&content)?;
        let primitive = e.scaled(&content.recip());
        let root = match primitive.as_constant() {
            Some(q) if q.is_one() => return Ok(scale),
            Some(_) => return Err(Obstacle::NegativeRadicand),
            None => match self.root_by_others(&primitive)? {
                Some(root) => root,
                None => self.new_radical(primitive)?,
            },
        };
        self.multiply(&scale, &root)
    }

    /// √q for a rational q > 0, with an atom for each prime.
    fn root_of_constant(&mut self, q: &Rational) -> Result<Fraction, Obstacle> {
        // √(a/b) = √(ab)/b.
        let parts = SquareParts::of(&(q.numer() * q.denom())).ok_or(Obstacle::TooLarge)?;
        let outside = Rational::new(parts.root, q.denom().clone());
        let mut root = Fraction::constant(&outside);
        for prime in parts.factors.into_iter().chain(parts.unresolved) {
            let prime = Rational::from_integer(prime);
            // Compared by radicand: other radicals may have the same T².
            let known = self
                .radicals()
                .find(|(_, radical)| radical.radicand.as_constant().as_ref() == Some(&prime));
            let single = match known {
                Some((_, radical)) => radical.root.clone(),
                None => self.new_radical(Fraction::constant(&prime))?,
            };
            root = self.multiply(&root, &single)?;
        }
        Ok(root)
    }

    fn radicals(&self) -> impl Iterator<Item = (usize, &Radical)> {
        self.atoms
            .iter()
            .enumerate()
            .filter_map(|(place, atom)| match atom {
                Atom::Radical(radical) => Some((place, radical)),
                _ => None,
            })
    }

    /// Introduces the atom T of √E and returns √E.
    fn new_radical(&mut self, e: Fraction) -> Result<Fraction, Obstacle> {
        let odd = e.denominator.iter().filter(|(_, exponent)| *exponent % 2 == 1);
        let odd = odd.map(|(&factor, _)| (factor, 1)).collect();
        let square = self.expand(&odd)?;
        let square = self.times(&e.numerator, &square)?;
        let halves = e
            .denominator
            .iter()
            .map(|(&factor, exponent)| (factor, exponent.div_ceil(2)));
        let denominator = halves.collect();
        let number = Variable::try_from(self.atoms.len()).map_err(|_| Obstacle::TooLarge)?;
        let root = Fraction {
            numerator: Polynomial::variable(number),
            denominator,
        };
        let radical = Radical {
            radicand: e,
            root: root.clone(),
            square,
        };
        self.introduce(Atom::Radical(radical))?;
        Ok(root)
    }

    /// √E from the roots of radicands met before.
    fn root_by_others(&mut self, e: &Fraction) -> Result<Option<Fraction>, Obstacle> {
        // Roots of constants are dealt with apart.
        let others: Vec<Radical> = self
            .radicals()
            .map(|(_, radical)| radical.clone())
            .filter(|radical| radical.radicand.as_constant().is_none())
            .collect();
        let radicands: Vec<&Fraction> = others.iter().map(|other| &other.radicand).collect();
        let Some(exponents) = self.exponents(e, &radicands)? else {
            return Ok(None);
        };
        let one = Fraction::constant(&Rational::one());
        // E·under = c·over, and √E = √c·root.
        let (mut over, mut under, mut root) = (one.clone(), one.clone(), one);
        let all_below = exponents.iter().all(|&exponent| exponent <= 0);
        for (other, exponent) in others.iter().zip(exponents) {
            let size = exponent.unsigned_abs();
            if exponent >= 0 {
                over = {
                    let p = self.power(&other.radicand, size)?;
                    self.multiply(&over, &p)?
                };
                root = {
                    let p = self.power(&other.root, size)?;
                    self.multiply(&root, &p)?
                };
            } else {
                if !all_below && !self.is_nonzero(&other.radicand)? {
                    return Ok(None);
                }
                under = {
                    let p = self.power(&other.radicand, size)?;
                    self.multiply(&under, &p)?
                };
                // 1/R = R/E; whether E may enter denominators is known only
                // after the check below.
                root = {
                    let p = self.power(&other.root, size)?;
                    self.multiply(&root, &p)?
                };
            }
        }
        let product = self.multiply(e, &under)?;
        // The exponents are a guess; this decides.
        let Some(c) = self.positive_ratio(&product, &over)? else {
            return Ok(None);
        };
        let inverse = self.invert(&under)?;
        let scale = self.root_of_constant(&c)?;
        let root = self.multiply(&root, &inverse)?;
        Ok(Some(self.multiply(&scale, &root)?))
    }

    /// The rational c > 0 with a = c·b, if there is one; b is not 0.
    fn positive_ratio(&mut self, a: &Fraction, b: &Fraction) -> Result<Option<Rational>, Obstacle> {
        let (left, right) = self.cross(a, b)?;
        if left.len() != right.len() || right.is_zero() {
            return Ok(None);
        }
        let c = left.leading_coefficient() / right.leading_coefficient();
        let same = c.is_positive() && left == right.scale(&c);
        Ok(same.then_some(c))
    }

    /// Whether the fraction's numerator is a product of polynomials known not
    /// to be 0.
    fn is_nonzero(&mut self, fraction: &Fraction) -> Result<bool, Obstacle> {
        let mut rest = fraction.numerator.clone();
        if rest.is_zero() {
            return Ok(false);
        }
        for factor in 0..self.factors.len() {
            while let Some(quotient) = rest.divide_exactly(&self.factors[factor], &mut self.budget)? {
                rest = quotient;
            }
        }
        Ok(rest.as_constant().is_some())
    }
}
