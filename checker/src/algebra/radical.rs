//! Square roots as atoms.
//!
//! √u becomes, whichever applies first,
//!
//! 1. a rational, for the square of a rational;
//! 2. p·T, if u = p²·v for a rational p > 0 and T is the atom of √v;
//! 3. ±Q/(D·T_1⋯T_r), if u·v_1⋯v_r = (Q/D)² for atoms T_i of √v_i: the two
//!    sides agree up to sign, since T_1⋯T_r √u is the nonnegative root of
//!    (Q/D)². If u, v_1, …, v_r, which are ≥ 0, are nowhere 0 on the domain, as
//!    the rule that uses the field must show (`Field::nonzero`), then Q/D is
//!    continuous and nowhere 0, and the domain is connected: the sign is the one
//!    at any single point;
//! 4. a new atom.

use super::field::{Atom, constant_quotient};
use super::{Field, Fraction, Obstacle, Polynomial};
use crate::arithmetic::{Exact, Number};
use crate::formula::Id;
use crate::number::Rational;
use num_traits::{Signed, Zero};

/// The most atoms among which relations are looked for.
const MOST_ROOTS: usize = 8;

/// A root that may take part in a relation: its radicand is a fraction of
/// polynomials in the parameters alone.
#[derive(Clone)]
struct Plain {
    place: usize,
    of: Id,
    numerator: Polynomial,
    denominator: Polynomial,
}

impl Field {
    /// √u for the fraction u of the formula `of`.
    pub(super) fn root(&mut self, u: &Fraction, of: Id) -> Result<Fraction, Obstacle> {
        if let Some(q) = self.constant_value(u)? {
            if q.is_negative() {
                return Err(Obstacle::Undefined);
            }
            if let Some(Exact(root)) = Exact(q).root() {
                return Ok(Fraction::constant(root));
            }
        }
        for place in 0..self.atoms.len() {
            let Some(Atom::Root { radicand, .. }) = self.atoms.get(place).cloned() else {
                continue;
            };
            if let Some(c) = constant_quotient(self, u, &radicand)?
                && let Some(Exact(p)) = Exact(c).root()
            {
                return Ok(Fraction::whole(Polynomial::variable(place).scaled(&p)));
            }
        }
        match self.related_root(u, of)? {
            Some(known) => Ok(known),
            None => Ok(self.atom(Atom::Root {
                radicand: u.clone(),
                of,
            })),
        }
    }

    /// Numerator and denominator of a fraction in the parameters alone.
    fn plain(&self, u: &Fraction) -> Result<Option<(Polynomial, Polynomial)>, Obstacle> {
        let denominator = u.expanded_denominator()?;
        let parameters = self.sample.len();
        let plain = u.numerator.variables() <= parameters && denominator.variables() <= parameters;
        Ok(plain.then(|| (u.numerator.clone(), denominator)))
    }

    /// Case 3 of the list above.
    fn related_root(&mut self, u: &Fraction, of: Id) -> Result<Option<Fraction>, Obstacle> {
        let Some((numerator, denominator)) = self.plain(u)? else {
            return Ok(None);
        };
        let mut roots = Vec::new();
        for (place, atom) in self.atoms.iter().enumerate() {
            if let Atom::Root { radicand, of } = atom
                && let Some((numerator, denominator)) = self.plain(radicand)?
            {
                roots.push(Plain {
                    place,
                    of: *of,
                    numerator,
                    denominator,
                });
            }
        }
        roots.truncate(MOST_ROOTS);
        // Subsets of the roots, as binary numbers.
        for subset in 0_u32..(1 << roots.len()) {
            let chosen: Vec<&Plain> = roots
                .iter()
                .enumerate()
                .filter(|(number, _)| (subset >> number) & 1 == 1)
                .map(|(_, root)| root)
                .collect();
            // (√u T_1 ⋯ T_r)² = N N_1 ⋯ / (D D_1 ⋯) = (N N_1 ⋯ D D_1 ⋯)/(D D_1 ⋯)².
            let (mut square, mut below) = (numerator.product(&denominator)?, denominator.clone());
            for root in &chosen {
                square = square.product(&root.numerator)?.product(&root.denominator)?;
                below = below.product(&root.denominator)?;
            }
            let Some(q) = square.square_root()? else { continue };
            let (Some(top), Some(bottom)) = (q.at(&self.sample), below.at(&self.sample)) else {
                continue;
            };
            if top.is_zero() || bottom.is_zero() {
                continue;
            }
            let sign: Rational = (top / bottom).signum();
            let mut result = Fraction::whole(q.scaled(&sign));
            result.divide_by_polynomial(&below, 1)?;
            self.nonzero.push(of);
            for root in chosen {
                result.divide_by_polynomial(&Polynomial::variable(root.place), 1)?;
                self.nonzero.push(root.of);
            }
            return Ok(Some(result));
        }
        Ok(None)
    }

    /// The fraction with all atoms of roots to degree ≤ 1, in the numerator and
    /// where they stand alone in the denominator.
    pub(super) fn reduced(&self, x: &Fraction) -> Result<Fraction, Obstacle> {
        let mut result = x.clone();
        // The radicand of an atom contains only earlier ones.
        for (place, atom) in self.atoms.iter().enumerate().rev() {
            if let Atom::Root { radicand, .. } = atom {
                result = without_squares(&result, place, radicand)?;
            }
        }
        Ok(result)
    }
}

/// Replaces T² by `radicand` = N/D, T the variable `place`.
fn without_squares(x: &Fraction, place: usize, radicand: &Fraction) -> Result<Fraction, Obstacle> {
    let alone = Polynomial::variable(place);
    let below = x.denominator.get(&alone).copied().unwrap_or(0) / 2;
    let above = x.numerator.degree(place) / 2;
    if below == 0 && above == 0 {
        return Ok(x.clone());
    }
    let top = radicand.numerator.clone();
    let bottom = radicand.expanded_denominator()?;
    // The numerator times D^above: each T^(2k) becomes N^k D^(above − k).
    let mut numerator = Polynomial::default();
    for (monomial, coefficient) in x.numerator.terms() {
        let mut monomial = monomial.clone();
        let mut halves = 0;
        if let Some(exponent) = monomial.get_mut(place) {
            halves = *exponent / 2;
            *exponent %= 2;
        }
        let rest = above.saturating_sub(halves);
        let factor = top.power(halves)?.product(&bottom.power(rest)?)?;
        numerator = numerator.sum(&Polynomial::term(coefficient.clone(), monomial).product(&factor)?)?;
    }
    // 1/T^(2·below) = D^below/N^below.
    numerator = numerator.product(&bottom.power(below)?)?;
    let mut denominator = x.denominator.clone();
    if below > 0 {
        let odd = denominator.remove(&alone).unwrap_or(0) % 2;
        if odd > 0 {
            denominator.insert(alone, odd);
        }
    }
    let mut result = Fraction {
        numerator,
        denominator,
    };
    for (factor, exponent) in &radicand.denominator {
        result.divide_by_polynomial(factor, exponent.saturating_mul(above))?;
    }
    if below > 0 {
        result.divide_by_polynomial(&top, below)?;
    }
    Ok(result)
}
