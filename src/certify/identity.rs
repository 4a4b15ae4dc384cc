//! Equations between formulas: exact algebra proves them, enclosures refute.

use super::domain::{Domain, Edge};
use super::sign::{self, Claimed, Limits, Witness};
use super::verdict::{Verdict, Why};
use crate::arithmetic::{Enclosure, Interval, Order, Precision, Rational, Scalar, rational};
use crate::formula::{Formula, Identity, prove_identity};
use num_traits::One;

/// Decides whether `left` and `right` are defined and equal everywhere on
/// `domain`.
///
/// Exact algebra shows equality wherever both sides are defined; that they are
/// defined on the whole domain is shown by covering it with enclosures, which
/// is the witness. With
/// `by_squares`, both sides are shown to be nonnegative and their squares to be
/// equal, which decides equations between products of dependent radicals.
pub fn decide(
    left: &Formula,
    right: &Formula,
    by_squares: bool,
    domain: &Domain,
    limits: &Limits,
) -> (Verdict, Option<Witness>) {
    if let Some(point) = differing_point(left, right, domain, limits) {
        return (Verdict::Refuted(point), None);
    }
    let shown = if by_squares {
        let nonnegative = sign::decide(left, Claimed::Nonnegative, domain, limits)
            .0
            .and(sign::decide(right, Claimed::Nonnegative, domain, limits).0);
        if !nonnegative.is_proved() {
            let verdict = match nonnegative {
                // A negative side does not make the equation false.
                Verdict::Refuted(at) => Verdict::Undecided(Why::IdentityNotShown {
                    detail: format!("a side is negative, so squares do not suffice: {at}"),
                }),
                other => other,
            };
            return (verdict, None);
        }
        prove_identity(&left.clone().powi(2), &right.clone().powi(2))
    } else {
        prove_identity(left, right)
    };
    match shown {
        // The difference is defined where both sides are.
        Identity::Holds => {
            let difference = left.clone() - right.clone();
            sign::decide(&difference, Claimed::Defined, domain, limits)
        }
        Identity::NotShown(detail) => (Verdict::Undecided(Why::IdentityNotShown { detail }), None),
    }
}

/// A rational point of the domain at which the two sides certainly differ.
fn differing_point(left: &Formula, right: &Formula, domain: &Domain, limits: &Limits) -> Option<String> {
    let context = Interval::context(Precision::saturating(256).min(limits.max_precision));
    for cell in domain.cells().take(SAMPLED_CELLS) {
        for weight in [
            rational::ratio(1, 2),
            rational::ratio(3, 11),
            rational::ratio(6, 7),
        ] {
            let point: Vec<Rational> = cell.0.iter().map(|edge| inside(edge, &weight)).collect();
            if !domain.contains(&point) {
                continue;
            }
            let lookup = |name: &str| {
                domain
                    .names
                    .iter()
                    .position(|n| n == name)
                    .map(|index| context.rational(&point[index]))
            };
            let (Ok(a), Ok(b)) = (
                left.evaluate(&context, &lookup),
                right.evaluate(&context, &lookup),
            ) else {
                continue;
            };
            if a.compare(&b) != Order::Unknown {
                let place: Vec<String> = domain
                    .names
                    .iter()
                    .zip(&point)
                    .map(|(name, q)| format!("{name} = {q}"))
                    .collect();
                return Some(if place.is_empty() {
                    "the two sides are different constants".to_string()
                } else {
                    format!("the two sides differ at {}", place.join(", "))
                });
            }
        }
    }
    None
}

/// Integer combinations sampled for a counterexample.
const SAMPLED_CELLS: usize = 64;

/// A point of the edge that divides it as `weight` says (weights spread the
/// samples; any point would do).
fn inside(edge: &Edge, weight: &Rational) -> Rational {
    match (&edge.lower, &edge.upper) {
        (Some(a), Some(b)) => a + (b - a) * weight,
        (Some(a), None) => a + (Rational::one() + Rational::one()) / weight,
        (None, Some(b)) => b - (Rational::one() + Rational::one()) / weight,
        (None, None) => weight.clone(),
    }
}
