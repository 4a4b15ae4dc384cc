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

/// Small formulas in x and y in which signs and roots interact: equal pairs are
/// not rare.
pub fn radical_formula() -> impl Strategy<Value = Formula> {
    let leaf = prop_oneof![
        2 => Just("x").prop_map(Formula::variable),
        1 => Just("y").prop_map(Formula::variable),
        1 => prop_oneof![Just(-1_i64), Just(1), Just(2), Just(4)].prop_map(Formula::integer),
    ];
    leaf.prop_recursive(3, 6, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            1 => pair.clone().prop_map(|(u, v)| u * v),
            1 => pair.clone().prop_map(|(u, v)| u / v),
            1 => pair.prop_map(|(u, v)| u - v),
            1 => inner.clone().prop_map(|u| -u),
            1 => inner.clone().prop_map(|u| u.powi(2)),
            4 => inner.clone().prop_map(Formula::sqrt),
            1 => inner.clone().prop_map(Formula::asin),
            1 => inner.prop_map(Formula::atan),
        ]
    })
}

/// Two formulas that are equal wherever both are defined: one is obtained from
/// the other by laws of algebra.
pub fn rewritten() -> impl Strategy<Value = (Formula, Formula)> {
    let two = || Formula::integer(2);
    (radical_formula(), radical_formula(), 0..8).prop_filter_map("a divisor is zero", move |(u, v, law)| {
        let (left, right) = match law {
            0 => (u.clone() + v.clone() - v, u),
            1 => (u.clone() * v.clone() / v, u),
            2 => {
                let square = (u.clone() + v.clone()).powi(2);
                (square, u.clone().powi(2) + two() * u * v.clone() + v.powi(2))
            }
            3 => (
                Formula::integer(1) / u.clone() - Formula::integer(1) / v.clone(),
                (v.clone() - u.clone()) / (u * v),
            ),
            4 => (u.clone().sqrt() * v.clone().sqrt(), v.sqrt() * u.sqrt()),
            5 => (-(u.clone() - v.clone()).atan(), (v - u).atan()),
            6 => (
                u.clone().asin() + v.clone().asin() - v.asin(),
                Formula::Pi / two() - u.acos(),
            ),
            _ => (u.clone().powi(-2) * u.clone().powi(3), u),
        };
        // Divisors that are zero identically leave nothing to prove.
        let provable = copyavg::formula::prove_identity(&right, &right).holds()
            && copyavg::formula::prove_identity(&left, &left).holds();
        provable.then_some((left, right))
    })
}
