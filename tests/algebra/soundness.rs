//! `Holds` is checked against numbers: whatever is proved must be true.

use crate::strategies::{radical_formula, rewritten};
use copyavg::arithmetic::rational::ratio;
use copyavg::arithmetic::{Enclosure, Interval, Order, Precision, Scalar};
use copyavg::formula::{Formula, prove_identity};
use proptest::prelude::*;

/// Whether the sides certainly differ at some sampled point where both are
/// defined.
fn refuted(left: &Formula, right: &Formula) -> bool {
    let context = Interval::context(Precision::START);
    let values = [
        ratio(-7, 3),
        ratio(-1, 1),
        ratio(-2, 5),
        ratio(0, 1),
        ratio(1, 7),
        ratio(3, 5),
        ratio(1, 1),
        ratio(9, 4),
    ];
    values.iter().any(|x| {
        values.iter().any(|y| {
            let lookup = |name: &str| Some(context.rational(if name == "x" { x } else { y }));
            let (a, b) = (
                left.evaluate(&context, &lookup).unwrap(),
                right.evaluate(&context, &lookup).unwrap(),
            );
            !a.is_undefined() && !b.is_undefined() && a.compare(&b) != Order::Unknown
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn proved_pairs_are_equal(left in radical_formula(), right in radical_formula()) {
        if prove_identity(&left, &right).holds() {
            prop_assert!(!refuted(&left, &right), "{} = {}", left, right);
        }
    }

    #[test]
    fn proved_squares_are_equal(left in radical_formula(), right in radical_formula()) {
        // √(u²)·v against u·v and the like: signs are the danger.
        let left = left.powi(2).sqrt() * right.clone();
        prop_assert!(!prove_identity(&left, &right).holds() || !refuted(&left, &right));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn rewritten_formulas_are_proved(pair in rewritten()) {
        let (left, right) = pair;
        if refuted(&left, &right) {
            prop_assert!(false, "the rewriting is wrong: {} = {}", left, right);
        }
        prop_assert!(prove_identity(&left, &right).holds(), "{} = {}: {:?}", left, right, prove_identity(&left, &right));
    }
}
