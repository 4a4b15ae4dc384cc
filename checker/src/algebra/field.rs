//! Formulas as fractions.
//!
//! Every formula is mapped to a fraction N/D of polynomials in *atoms*: the
//! parameters, π, one atom for each essentially different square root, arcsine
//! and arctangent. The atom T of √u, u = N_u/D_u, obeys T² = N_u/D_u and is kept
//! to degree ≤ 1.
//!
//! **Soundness.** Take a point at which the formulas and all their parts are
//! defined, and give every atom its value there. Then, by induction over parts
//! u with fraction N/D: D has a nonzero value, and u is the value of N/D. For
//! sums, products and the replacement of T² this is clear. A division by u is
//! defined only if u ≠ 0, so that N has a nonzero value and may enter a
//! denominator. Square roots: see `radical.rs`. So if the numerator of
//! left − right is the polynomial 0, both sides agree at the point.

use super::{Fraction, Polynomial};
use crate::formula::{Formulas, Id, Node};
use crate::number::{Rational, integer, ratio};
use num_traits::{One, Signed, Zero};

/// Why a formula has no fraction here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// A polynomial or a number grows too large.
    TooLarge,
    /// A divisor is 0, or not known to be different from 0.
    ZeroDivisor,
    /// A constant outside the domain of its operation.
    Undefined,
}

impl Obstacle {
    /// In words.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::TooLarge => "its polynomials grow too large",
            Self::ZeroDivisor => "it divides by 0",
            Self::Undefined => "a constant part is undefined",
        }
    }
}

/// A variable of the polynomials.
#[derive(Debug, Clone)]
pub(super) enum Atom {
    Parameter,
    Pi,
    /// √u, of the formula `of` with value u.
    Root {
        radicand: Fraction,
        of: Id,
    },
    Asin(Fraction),
    Atan(Fraction),
}

/// The atoms met so far. The first ones are the parameters.
#[derive(Debug)]
pub struct Field {
    pub(super) atoms: Vec<Atom>,
    /// A point of the domain, for signs of roots.
    pub(super) sample: Vec<Rational>,
    /// Radicands on whose being nowhere 0 the result rests.
    pub(super) nonzero: Vec<Id>,
    /// Numerators that were divided by.
    divisors: Vec<Polynomial>,
}

/// The constant c with x = c·y, if there is one and it is found; y ≠ 0.
pub(super) fn constant_quotient(
    field: &Field,
    x: &Fraction,
    y: &Fraction,
) -> Result<Option<Rational>, Obstacle> {
    let cross = |a: &Fraction, b: &Fraction| {
        let product = a.numerator.product(&b.expanded_denominator()?)?;
        field.reduced(&Fraction::whole(product))
    };
    let (left, right) = (cross(x, y)?, cross(y, x)?);
    let above = left.numerator.product(&right.expanded_denominator()?)?;
    let below = right.numerator.product(&left.expanded_denominator()?)?;
    Ok(match (above.monic(), below.monic()) {
        (Some((a, f)), Some((b, g))) if f == g => Some(a / b),
        _ => None,
    })
}

impl Field {
    /// A field over the parameters, with a point of the domain.
    #[must_use]
    pub fn new(sample: Vec<Rational>) -> Self {
        Self {
            atoms: vec![Atom::Parameter; sample.len()],
            sample,
            nonzero: Vec::new(),
            divisors: Vec::new(),
        }
    }

    /// Formulas that must be shown to be nowhere 0 on the domain for the
    /// results of this field to hold.
    #[must_use]
    pub fn nonzero(&self) -> &[Id] {
        &self.nonzero
    }

    /// The polynomials that were divided by.
    #[must_use]
    pub fn divisors(&self) -> &[Polynomial] {
        &self.divisors
    }

    /// The fraction of a formula.
    ///
    /// # Errors
    /// If it has none here.
    pub fn fraction(&mut self, formulas: &Formulas, root: Id) -> Result<Fraction, Obstacle> {
        let mut done: Vec<Option<Fraction>> = Vec::new();
        for part in formulas.parts(&[root]) {
            done.resize(part, None);
            let fraction = self.rule(formulas, part, &done)?;
            done.push(Some(self.reduced(&fraction)?));
        }
        done.pop().flatten().ok_or(Obstacle::Undefined)
    }

    fn rule(
        &mut self,
        formulas: &Formulas,
        part: Id,
        done: &[Option<Fraction>],
    ) -> Result<Fraction, Obstacle> {
        let at = |u: Id| done.get(u).and_then(Option::as_ref).ok_or(Obstacle::Undefined);
        match formulas.node(part) {
            Node::Number(q) => Ok(Fraction::constant(q.clone())),
            Node::Pi => Ok(self.pi()),
            Node::Parameter(number) => Ok(Fraction::whole(Polynomial::variable(*number))),
            Node::Named(_, u) => at(*u).cloned(),
            Node::Negative(u) => Ok(at(*u)?.negative()),
            Node::Sum(u, v) => at(*u)?.sum(at(*v)?),
            Node::Difference(u, v) => at(*u)?.sum(&at(*v)?.negative()),
            Node::Product(u, v) => at(*u)?.product(at(*v)?),
            Node::Quotient(u, v) => {
                let inverse = self.reciprocal(at(*v)?)?;
                at(*u)?.product(&inverse)
            }
            Node::Power(u, n) => {
                let power = at(*u)?.power(n.unsigned_abs())?;
                if *n < 0 {
                    let power = self.reduced(&power)?;
                    self.reciprocal(&power)
                } else {
                    Ok(power)
                }
            }
            Node::Root(u) => self.root(at(*u)?, *u),
            Node::Asin(u) => self.arcsine(at(*u)?),
            Node::Acos(u) => {
                let half_turn = self.pi().product(&Fraction::constant(ratio(1, 2)))?;
                half_turn.sum(&self.arcsine(at(*u)?)?.negative())
            }
            Node::Atan(u) => self.arctangent(at(*u)?),
            Node::Derivative { stages, .. } => at(*stages.last().ok_or(Obstacle::Undefined)?).cloned(),
        }
    }

    fn reciprocal(&mut self, x: &Fraction) -> Result<Fraction, Obstacle> {
        self.divisors.push(x.numerator.clone());
        x.reciprocal()
    }

    /// The fraction that is one atom.
    pub(super) fn atom(&mut self, atom: Atom) -> Fraction {
        self.atoms.push(atom);
        Fraction::whole(Polynomial::variable(self.atoms.len().saturating_sub(1)))
    }

    fn pi(&mut self) -> Fraction {
        match self.atoms.iter().position(|atom| matches!(atom, Atom::Pi)) {
            Some(place) => Fraction::whole(Polynomial::variable(place)),
            None => self.atom(Atom::Pi),
        }
    }

    /// The value of u, if it is seen to be constant.
    pub(super) fn constant_value(&self, u: &Fraction) -> Result<Option<Rational>, Obstacle> {
        match u.as_constant() {
            Some(q) => Ok(Some(q)),
            None => constant_quotient(self, u, &Fraction::constant(Rational::one())),
        }
    }

    /// q·π.
    fn turn(&mut self, q: Rational) -> Result<Fraction, Obstacle> {
        self.pi().product(&Fraction::constant(q))
    }

    /// arcsin u: an odd function, with rational multiples of π at 0, ±1/2, ±1.
    fn arcsine(&mut self, u: &Fraction) -> Result<Fraction, Obstacle> {
        if let Some(q) = self.constant_value(u)? {
            let sign = q.signum();
            let size = q.abs();
            if size > Rational::one() {
                return Err(Obstacle::Undefined);
            }
            for (value, turn) in [
                (integer(0), integer(0)),
                (ratio(1, 2), ratio(1, 6)),
                (integer(1), ratio(1, 2)),
            ] {
                if size == value {
                    return self.turn(sign * turn);
                }
            }
        }
        let known = |atom: &Atom| match atom {
            Atom::Asin(argument) => Some(argument.clone()),
            _ => None,
        };
        self.odd_function(u, known, Atom::Asin)
    }

    /// arctan u: an odd function, with rational multiples of π at 0, ±1.
    fn arctangent(&mut self, u: &Fraction) -> Result<Fraction, Obstacle> {
        if let Some(q) = self.constant_value(u)?
            && (q.is_zero() || q.abs().is_one())
        {
            return self.turn(q * ratio(1, 4));
        }
        let known = |atom: &Atom| match atom {
            Atom::Atan(argument) => Some(argument.clone()),
            _ => None,
        };
        self.odd_function(u, known, Atom::Atan)
    }

    /// The atom of an argument equal to ±u, or a new one.
    fn odd_function(
        &mut self,
        u: &Fraction,
        known: fn(&Atom) -> Option<Fraction>,
        new: fn(Fraction) -> Atom,
    ) -> Result<Fraction, Obstacle> {
        if u.numerator.is_zero() {
            return Ok(Fraction::constant(Rational::zero()));
        }
        for place in 0..self.atoms.len() {
            let Some(argument) = self.atoms.get(place).and_then(known) else {
                continue;
            };
            if let Some(c) = constant_quotient(self, u, &argument)?
                && c.abs().is_one()
            {
                return Ok(Fraction::whole(Polynomial::variable(place).scaled(&c)));
            }
        }
        Ok(self.atom(new(u.clone())))
    }
}
