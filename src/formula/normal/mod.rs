//! Exact proofs that two formulas are equal.
//!
//! Every formula is mapped to a fraction N/D of polynomials over ℚ in *atoms*:
//! variables, π, one atom T for each essentially different radical, and one for
//! each essentially different arcsine and arctangent. A radical's atom obeys
//! T² = G for a polynomial G in earlier atoms, and polynomials are kept of
//! degree ≤ 1 in it. Two formulas are proved equal if the numerator of their
//! difference reduces to the polynomial 0.
//!
//! **Soundness.** *If the answer is [`Identity::Holds`], the two sides are equal
//! at every real point where both, as written and with every subexpression,
//! are defined.* (That they are defined is a separate claim: `1/(x-x) =
//! 1/(x-x)` would be true of no point at all; where the normal form of a
//! divisor is 0 the answer is `NotShown`.)
//!
//! *Proof.* Fix such a point. Give each variable, π, arcsine and arctangent
//! its value there, and each T the real value by which it is introduced, whose
//! square is G's value. Evaluation is then a homomorphism φ of rings that
//! respects T² = G. By induction over subexpressions u with fraction N/D:
//! φ(D) ≠ 0 and u = φ(N)/φ(D). For sums, products, and cancelling a factor of
//! D this is clear. Dividing by u is defined only if u ≠ 0, so that φ(N) ≠ 0:
//! N, or factors of it, may enter denominators. Radicals: see `radical.rs`.
//! Finally left − right = φ(N)/φ(D) with N = 0. ∎
//!
//! The converse fails: radicals may be related in ways that are not noticed
//! (√(x²) is not recognised as |x|), and arcsines obey addition theorems that
//! are not used. Then the answer is `NotShown`, which asserts nothing.

mod exponents;
mod field;
mod fraction;
mod radical;
mod rational_function;
mod transcendental;

use super::{Formula, traverse};
use field::{Field, Obstacle};
use fraction::Fraction;
pub use rational_function::{RationalFunction, as_rational_function};

/// The answer to "are these two formulas equal?"
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// They are, wherever both are defined.
    Holds,
    /// It was not shown, and not refuted either; what stood in the way.
    NotShown(String),
}

impl Identity {
    /// Whether the answer is `Holds`.
    #[must_use]
    pub fn holds(&self) -> bool {
        *self == Identity::Holds
    }
}

/// Proves `left = right` wherever both sides are defined, if it can: see the
/// soundness statement of this module.
#[must_use]
pub fn prove_identity(left: &Formula, right: &Formula) -> Identity {
    prove_identity_given(left, right, &[])
}

/// Proves `left = right` at every point where both sides and the formulas
/// `nonnegative` are defined and the latter are ≥ 0.
///
/// That they are is for the caller to know. It relates radicals: with l and
/// 2l − 1 declared, √(l/(2l−1)) becomes √l·√(2l−1)/(2l−1).
#[must_use]
pub fn prove_identity_given(left: &Formula, right: &Formula, nonnegative: &[Formula]) -> Identity {
    let proof = || -> Result<Option<usize>, Obstacle> {
        let mut field = Field::default();
        for formula in nonnegative {
            // If u is defined and ≥ 0, then √u is defined.
            field.normalise(&formula.clone().sqrt())?;
        }
        let left = field.normalise(left)?;
        let right = field.normalise(right)?;
        field.difference_terms(&left, &right)
    };
    match proof() {
        Ok(None) => Identity::Holds,
        Ok(Some(terms)) => Identity::NotShown(format!(
            "the difference of the two sides does not reduce to zero (terms left: {terms})"
        )),
        Err(obstacle) => Identity::NotShown(obstacle.to_string()),
    }
}

/// Proves `left = right` wherever both sides are defined *and nonnegative*, by
/// `left² = right²`.
///
/// That both sides are nonnegative is for the caller to prove. Squares decide
/// equations between products of dependent radicals, such as
/// √a·√b = √(ab), for which [`prove_identity`] does not know the sign.
#[must_use]
pub fn prove_identity_of_nonnegatives(left: &Formula, right: &Formula) -> Identity {
    prove_identity(&left.clone().powi(2), &right.clone().powi(2))
}

impl Field {
    /// The fraction of a formula.
    fn normalise(&mut self, formula: &Formula) -> Result<Fraction, Obstacle> {
        traverse::fold(formula, |part, done| match part {
            Formula::Constant(q) => Ok(Fraction::constant(q)),
            Formula::Pi => self.pi_times(1, 1),
            Formula::Variable(name) => self.variable(name),
            Formula::Neg(u) => Ok(done.of(u).negated()),
            Formula::Add(u, v) => self.add(done.of(u), done.of(v)),
            Formula::Sub(u, v) => self.add(done.of(u), &done.of(v).negated()),
            Formula::Mul(u, v) => self.multiply(done.of(u), done.of(v)),
            Formula::Div(u, v) => {
                let inverse = self.invert(done.of(v))?;
                self.multiply(done.of(u), &inverse)
            }
            Formula::Power(u, n) if *n < 0 => {
                let inverse = self.invert(done.of(u))?;
                self.power(&inverse, n.unsigned_abs())
            }
            Formula::Power(u, n) => self.power(done.of(u), n.unsigned_abs()),
            Formula::Sqrt(u) => self.root(done.of(u)),
            Formula::Asin(u) => self.arcsine(done.of(u)),
            Formula::Acos(u) => {
                // arccos u = π/2 − arcsin u.
                let arcsine = self.arcsine(done.of(u))?;
                let quarter = self.pi_times(1, 2)?;
                self.add(&quarter, &arcsine.negated())
            }
            Formula::Atan(u) => self.arctangent(done.of(u)),
        })
    }
}
