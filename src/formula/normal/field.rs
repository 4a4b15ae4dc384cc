//! The atoms of a proof and what is known of them.

use super::fraction::Fraction;
use super::radical::Radical;
use super::transcendental::Inverse;
use crate::arithmetic::polynomial::{Budget, TooLarge, Variable};
use crate::arithmetic::{Polynomial, rational};
use std::sync::Arc;

/// The work allowed for one proof: a few seconds.
const BUDGET: u64 = 20_000_000;

/// Why a formula has no normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Obstacle {
    /// A divisor is 0 wherever it is defined.
    #[error("a divisor is zero wherever it is defined")]
    DivisionByZero,
    /// A radicand is a negative constant.
    #[error("the square root of a negative number is taken")]
    NegativeRadicand,
    /// The argument of asin or acos is a constant beyond ±1.
    #[error("the arcsine or arccosine of a number beyond 1 is taken")]
    BeyondOne,
    /// The budget is used up.
    #[error("its polynomials grow too large")]
    TooLarge,
}

impl From<TooLarge> for Obstacle {
    fn from(TooLarge: TooLarge) -> Self {
        Obstacle::TooLarge
    }
}

/// What an atom stands for; its number is its place in the list.
#[derive(Debug, Clone)]
pub(super) enum Atom {
    Variable(Arc<str>),
    Pi,
    Radical(Radical),
    Asin(Inverse),
    Atan(Inverse),
}

/// The atoms met so far, and the polynomials that stand in denominators.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) atoms: Vec<Atom>,
    /// Polynomials that are not 0 at any point where everything met so far is
    /// defined: factors of divisors.
    pub(super) factors: Vec<Polynomial>,
    pub(super) budget: Budget,
}

impl Default for Field {
    fn default() -> Self {
        Self {
            atoms: Vec::new(),
            factors: Vec::new(),
            budget: Budget::new(BUDGET),
        }
    }
}

impl Field {
    /// Adds an atom and returns its number.
    pub(super) fn introduce(&mut self, atom: Atom) -> Result<Variable, Obstacle> {
        let number = Variable::try_from(self.atoms.len()).map_err(|_| Obstacle::TooLarge)?;
        self.atoms.push(atom);
        Ok(number)
    }

    /// The atom that satisfies `is`, or a new one.
    fn find_or_introduce(&mut self, is: impl Fn(&Atom) -> bool, new: Atom) -> Result<Fraction, Obstacle> {
        let number = match self.atoms.iter().position(is) {
            Some(place) => Variable::try_from(place).map_err(|_| Obstacle::TooLarge)?,
            None => self.introduce(new)?,
        };
        Ok(Fraction::integral(Polynomial::variable(number)))
    }

    pub(super) fn variable(&mut self, name: &Arc<str>) -> Result<Fraction, Obstacle> {
        let is = |atom: &Atom| matches!(atom, Atom::Variable(other) if other == name);
        self.find_or_introduce(is, Atom::Variable(name.clone()))
    }

    /// π·p/q.
    pub(super) fn pi_times(&mut self, p: i64, q: i64) -> Result<Fraction, Obstacle> {
        let pi = self.find_or_introduce(|atom| matches!(atom, Atom::Pi), Atom::Pi)?;
        Ok(pi.scaled(&rational::ratio(p, q)))
    }

    /// G with T² = G, if the atom is a radical's T.
    pub(super) fn relation_of(&self, atom: Variable) -> Option<&Polynomial> {
        match self.atoms.get(usize::try_from(atom).ok()?)? {
            Atom::Radical(radical) => Some(&radical.square),
            _ => None,
        }
    }

    /// The polynomial with every radical's T to a power of at most 1.
    pub(super) fn reduce(&mut self, polynomial: Polynomial) -> Result<Polynomial, Obstacle> {
        // G has earlier atoms only, so one pass from the last to the first does.
        let mut reduced = polynomial;
        for place in (0..self.atoms.len()).rev() {
            let Atom::Radical(radical) = &self.atoms[place] else {
                continue;
            };
            let number = Variable::try_from(place).map_err(|_| Obstacle::TooLarge)?;
            reduced = reduced.reduce_square(number, &radical.square, &mut self.budget)?;
        }
        Ok(reduced)
    }
}
