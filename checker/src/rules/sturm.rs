//! Rational functions of one parameter, by Sturm's theorem.

use super::cover::{Claimed, Problem};
use crate::algebra::{Field, Obstacle, Region, Univariate};
use crate::formula::Node;

/// Shows the claim of `problem`, or says what is missing.
///
/// f = N/D, the formula being defined exactly where no divisor is 0. If the
/// divisors have no root in the range, then f has the sign of N·D there.
pub fn check(problem: &Problem) -> Result<(), String> {
    let [range] = problem.domain.ranges.as_slice() else {
        return Err("Sturm's theorem is for one parameter".to_string());
    };
    let irrational = |id| {
        matches!(
            problem.formulas.node(id),
            Node::Pi | Node::Root(_) | Node::Asin(_) | Node::Acos(_) | Node::Atan(_)
        )
    };
    if problem.formulas.parts(&[problem.f]).into_iter().any(irrational) {
        return Err("Sturm's theorem is for rational functions".to_string());
    }
    let region = Region::of(range);
    let decide = || -> Result<bool, Obstacle> {
        let mut field = Field::new(vec![range.sample()]);
        let f = field.fraction(problem.formulas, problem.f)?;
        for divisor in field.divisors() {
            let divisor = Univariate::from_polynomial(divisor)?;
            if divisor.is_zero() || divisor.has_root(&region) {
                return Err(Obstacle::ZeroDivisor);
            }
        }
        let product = f.numerator.product(&f.expanded_denominator()?)?;
        let product = Univariate::from_polynomial(&product)?;
        Ok(match problem.claimed {
            Claimed::Positive => product.is_positive(&region),
            Claimed::Nonnegative => product.is_nonnegative(&region),
            Claimed::Defined => true,
        })
    };
    match decide() {
        Ok(true) => Ok(()),
        Ok(false) => Err("the sign is another one somewhere".to_string()),
        Err(obstacle) => Err(obstacle.describe().to_string()),
    }
}
