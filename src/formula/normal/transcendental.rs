//! Arcsines and arctangents as atoms.

use super::field::{Atom, Field, Obstacle};
use super::fraction::Fraction;
use crate::arithmetic::polynomial::Variable;
use crate::arithmetic::{Polynomial, Rational, rational};
use num_traits::One;

/// The value of an inverse function at a fraction, as an atom.
#[derive(Debug, Clone)]
pub(super) struct Inverse {
    argument: Fraction,
}

/// A value of an inverse function f at a square root: x² and f(x)/π for x ≥ 0,
/// as numerators and denominators.
type Special = ((i64, i64), (i64, i64));

const ARCSINES: [Special; 5] = [
    ((0, 1), (0, 1)),
    ((1, 4), (1, 6)),
    ((1, 2), (1, 4)),
    ((3, 4), (1, 3)),
    ((1, 1), (1, 2)),
];

const ARCTANGENTS: [Special; 4] = [
    ((0, 1), (0, 1)),
    ((1, 3), (1, 6)),
    ((1, 1), (1, 4)),
    ((3, 1), (1, 3)),
];

impl Field {
    /// arcsin u, an odd function.
    pub(super) fn arcsine(&mut self, u: &Fraction) -> Result<Fraction, Obstacle> {
        if u.as_constant().is_some_and(|q| &q * &q > Rational::one()) {
            return Err(Obstacle::BeyondOne);
        }
        self.inverse(u, &ARCSINES, Atom::Asin, |atom| match atom {
            Atom::Asin(inverse) => Some(inverse),
            _ => None,
        })
    }

    /// arctan u, an odd function.
    pub(super) fn arctangent(&mut self, u: &Fraction) -> Result<Fraction, Obstacle> {
        self.inverse(u, &ARCTANGENTS, Atom::Atan, |atom| match atom {
            Atom::Atan(inverse) => Some(inverse),
            _ => None,
        })
    }

    /// f(u) for an odd function f: a special value, the atom of an argument
    /// equal to ±u, or a new atom.
    fn inverse(
        &mut self,
        u: &Fraction,
        special: &[Special],
        new: fn(Inverse) -> Atom,
        is: fn(&Atom) -> Option<&Inverse>,
    ) -> Result<Fraction, Obstacle> {
        for &((p, q), (numerator, denominator)) in special {
            let root = self.root(&Fraction::constant(&rational::ratio(p, q)))?;
            for (candidate, sign) in [(root.clone(), 1), (root.negated(), -1)] {
                if self.equal(u, &candidate)? {
                    return self.pi_times(sign * numerator, denominator);
                }
            }
        }
        for place in 0..self.atoms.len() {
            let Some(known) = is(&self.atoms[place]) else {
                continue;
            };
            let argument = known.argument.clone();
            let number = Variable::try_from(place).map_err(|_| Obstacle::TooLarge)?;
            let atom = Fraction::integral(Polynomial::variable(number));
            if self.equal(u, &argument)? {
                return Ok(atom);
            }
            if self.equal(u, &argument.negated())? {
                return Ok(atom.negated());
            }
        }
        let number = self.introduce(new(Inverse { argument: u.clone() }))?;
        Ok(Fraction::integral(Polynomial::variable(number)))
    }
}
