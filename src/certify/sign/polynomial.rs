//! Rational functions of one real parameter: decided exactly by Sturm's theorem.

use super::Claimed;
use crate::arithmetic::univariate::Root;
use crate::certify::domain::{Domain, Range};
use crate::certify::verdict::Verdict;
use crate::formula::{Formula, as_rational_function};

/// Decides the claim if `f` is a rational function of the only parameter, which
/// is real, and defined on its whole range; `None` otherwise.
pub(super) fn decide(f: &Formula, claimed: Claimed, domain: &Domain) -> Option<Verdict> {
    let ([name], [Range::Reals(low, high)]) = (domain.names.as_slice(), domain.ranges.as_slice()) else {
        return None;
    };
    let function = as_rational_function(f, name)?;
    let (undefined, signs) = function.signs_on(low, high)?;
    if undefined.is_some() {
        return None;
    }
    let holds = match claimed {
        Claimed::Positive => signs.everywhere_positive(),
        Claimed::Nonnegative => signs.everywhere_nonnegative(),
        Claimed::Defined => true,
    };
    if holds {
        return Some(Verdict::Proved);
    }
    let place = match (&signs.negative_at, &signs.zero_at) {
        (Some(point), _) => format!("{name} = {point}"),
        (None, Some(Root::Exact(point))) => format!("{name} = {point}, where both sides are equal"),
        (None, Some(Root::Between(low, high))) => {
            format!("a point between {name} = {low} and {high}, where both sides are equal")
        }
        (None, None) => return None,
    };
    Some(Verdict::Refuted(format!("it fails at {place}")))
}
