//! Random formulas, biased to the corners of the grammar.

use copyavg::arithmetic::rational::ratio;
use copyavg::formula::Formula;
use proptest::prelude::*;

/// Small constants: signs, zero, fractions.
fn constant() -> impl Strategy<Value = Formula> {
    (-4_i64..=4, 1_i64..=3).prop_map(|(p, q)| Formula::constant(ratio(p, q)))
}

/// Any formula the constructors make, in the variables x, y and z_1.
pub fn formula() -> impl Strategy<Value = Formula> {
    let leaf = prop_oneof![
        constant(),
        Just(Formula::Pi),
        prop_oneof![Just("x"), Just("y"), Just("z_1")].prop_map(Formula::variable),
    ];
    leaf.prop_recursive(5, 40, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            pair.clone().prop_map(|(u, v)| u + v),
            pair.clone().prop_map(|(u, v)| u - v),
            pair.clone().prop_map(|(u, v)| u * v),
            pair.prop_map(|(u, v)| u / v),
            inner.clone().prop_map(|u| -u),
            (inner.clone(), -3_i32..=4).prop_map(|(u, n)| u.powi(n)),
            inner.clone().prop_map(Formula::sqrt),
            inner.clone().prop_map(Formula::asin),
            inner.clone().prop_map(Formula::acos),
            inner.prop_map(Formula::atan),
        ]
    })
}
