//! Formulas that are rational functions of one variable.

use super::field::{Atom, Field};
use crate::arithmetic::Univariate;
use crate::arithmetic::polynomial::{Polynomial, Variable};
use crate::arithmetic::univariate::{Bound, Root, Signs};
use crate::formula::Formula;

/// The largest degree for which exact signs are worth asking for.
const MAX_DEGREE: u32 = 500;

/// A formula in one variable as a quotient of polynomials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RationalFunction {
    /// The numerator.
    pub numerator: Univariate,
    /// The denominator, after cancelling.
    pub denominator: Univariate,
    /// A polynomial that vanishes exactly where a divisor in the formula *as
    /// written* does, or one of their denominators: where it is not 0, the
    /// formula is defined and equals numerator/denominator; where it is 0, the
    /// formula is undefined. (It has the roots of `denominator`, and those
    /// that were cancelled.)
    pub divisors: Univariate,
}

/// Writes a formula built from `variable` and rational constants by +, −, ×, ÷
/// and integer powers as a rational function.
///
/// `None` for other formulas, for a divisor that is identically 0, and for
/// degrees beyond 500.
#[must_use]
pub fn as_rational_function(formula: &Formula, variable: &str) -> Option<RationalFunction> {
    let mut field = Field::default();
    let fraction = field.normalise(formula).ok()?;
    match field.atoms.as_slice() {
        [] => {}
        [Atom::Variable(name)] if **name == *variable => {}
        _ => return None,
    }
    // The only atom, if any, is the first.
    let number: Variable = 0;
    let univariate = |polynomial: &Polynomial| Univariate::from_polynomial(polynomial, number, MAX_DEGREE);
    let denominator = field.expand(&fraction.denominator).ok()?;
    let mut divisors = Univariate::new(&[num_traits::One::one()]);
    for factor in &field.factors {
        divisors = &divisors * &univariate(factor)?;
        if divisors.degree()? > usize::try_from(MAX_DEGREE).ok()? {
            return None;
        }
    }
    Some(RationalFunction {
        numerator: univariate(&fraction.numerator)?,
        denominator: univariate(&denominator)?,
        divisors,
    })
}

impl RationalFunction {
    /// A point between the bounds where the formula is undefined, if there is
    /// one, and the signs it takes where it is defined; `None` if there is
    /// nothing between the bounds.
    ///
    /// Where the formula is undefined, `zero_at` may be such a point; points of
    /// positive and negative sign never are.
    #[must_use]
    pub fn signs_on(&self, lower: &Bound, upper: &Bound) -> Option<(Option<Root>, Signs)> {
        let undefined = self.divisors.signs_on(lower, upper)?.zero_at;
        // N/D has the sign of N·D, and of N·D·(divisors)² where defined.
        let mut product = &self.numerator * &self.denominator;
        if undefined.is_some() {
            product = &product * &(&self.divisors * &self.divisors);
        }
        Some((undefined, product.signs_on(lower, upper)?))
    }
}
