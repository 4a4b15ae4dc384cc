//! Exact surds against floating point, intervals and known values.

use copyavg::arithmetic::rational::{integer, ratio};
use copyavg::arithmetic::{Enclosure, Interval, Order, Precision, Scalar, Surd};
use copyavg::formula::Formula;
use proptest::prelude::*;

fn surd(text: &str) -> Surd {
    let context = Surd::context();
    Formula::parse(text)
        .unwrap()
        .evaluate(&context, &|_| None)
        .unwrap()
}

#[test]
fn values_reduce() {
    for text in [
        "sqrt(2)*sqrt(3) - sqrt(6)",
        "sqrt(8) - 2*sqrt(2)",
        "sqrt(2/3) - sqrt(6)/3",
        "1/sqrt(5) - sqrt(5)/5",
        "(1 + sqrt(2))*(1 - sqrt(2)) + 1",
        "(sqrt(2) + sqrt(3))^2 - 5 - 2*sqrt(6)",
        "sqrt(0)",
        "asin(1/3) + asin(-1/3)",
        "asin(1/3) + acos(1/3) - pi/2",
        "asin(1/2) - pi/6",
        "asin(1) + asin(-1/2) - pi/3",
        "asin(sqrt(2)/2) - atan(1)",
        "asin(-sqrt(3)/2) + atan(sqrt(3))",
        "atan(3/4) - asin(3/5)",
        "acos(-1) - pi",
        "atan(0)",
        "(asin(1/3)*sqrt(2)/pi)/(asin(1/3)/pi) - sqrt(2)",
        "(2*pi)^(-3)*pi^3 - 1/8",
        "sqrt(1000000007*1000000007) - 1000000007",
        "sqrt(999999000001) - sqrt(999999000001)",
        // (r/√ℓ)/√(2s) = 1/(2ℓ) with r² = 1/(2ℓ−1), s = 1 + r², at ℓ = 7 and 10⁹.
        "sqrt(1/13)/sqrt(7)/sqrt(2*(1 + 1/13)) - 1/14",
        "sqrt(1/1999999999)/sqrt(1000000000)/sqrt(2*(1 + 1/1999999999)) - 1/2000000000",
    ] {
        assert_eq!(surd(text).is_zero(), Some(true), "{text}: {:?}", surd(text));
    }
    assert_eq!(surd("sqrt(18)/sqrt(2)").as_rational(), Some(integer(3)));
    assert_eq!(surd("sqrt(3)").as_rational(), None);
}

#[test]
fn nonzero_values_are_told_when_certain() {
    for text in [
        "1",
        "sqrt(2) - 1",
        "pi - 3",
        "sqrt(2) + sqrt(3) - sqrt(10)",
        "asin(1/3)",
        "pi^2 - 10",
    ] {
        assert_eq!(surd(text).is_zero(), Some(false), "{text}");
    }
    // A sum with arcsines: unknown, whatever its size.
    assert_eq!(surd("asin(1/3) - asin(1/4)").is_zero(), None);
    assert_eq!(surd("asin(1/3) + 1").is_zero(), None);
}

#[test]
fn undefined_is_absorbing() {
    for text in [
        "1/0",
        "1/(sqrt(2) - sqrt(2))",
        "1/(1 + sqrt(2))",
        "sqrt(-1)",
        "sqrt(sqrt(2))",
        "sqrt(pi)",
        "asin(2)",
        "asin(-1.5)",
        "asin(sqrt(5)/3)",
        "asin(pi/4)",
        "acos(3)",
        "0*(1/0)",
        "(1/0)^0",
        "(1/0) - (1/0)",
        "0^(-1)",
        "((2^10000)^10000)^10000",
        // The product of two primes beyond 10¹⁰.
        "sqrt(10000000019*10000000033)",
    ] {
        let value = surd(text);
        assert!(value.is_undefined(), "{text}: {value:?}");
        assert_eq!(value.is_zero(), None);
        assert_eq!(value.as_rational(), None);
        assert!(value.enclose(&Interval::context(Precision::START)).is_undefined());
        assert!(value.enclose(&0.0).is_nan());
    }
    assert_eq!(surd("0^0").as_rational(), Some(integer(1)));
}

/// Constant expressions that are often representable.
fn constant() -> impl Strategy<Value = Formula> {
    let leaf = prop_oneof![
        4 => (-6_i64..=6, 1_i64..=6).prop_map(|(p, q)| Formula::constant(ratio(p, q))),
        1 => Just(Formula::Pi),
        2 => (1_i64..=12, 1_i64..=6).prop_map(|(p, q)| Formula::constant(ratio(p, q)).sqrt()),
        1 => (-5_i64..=5, 5_i64..=6).prop_map(|(p, q)| Formula::constant(ratio(p, q)).asin()),
    ];
    leaf.prop_recursive(4, 16, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            1 => pair.clone().prop_map(|(u, v)| u + v),
            1 => pair.clone().prop_map(|(u, v)| u - v),
            3 => pair.clone().prop_map(|(u, v)| u * v),
            2 => pair.prop_map(|(u, v)| u / v),
            1 => (inner.clone(), -3_i32..=3).prop_map(|(u, n)| u.powi(n)),
            1 => inner.clone().prop_map(Formula::sqrt),
            1 => inner.clone().prop_map(Formula::asin),
            1 => inner.clone().prop_map(Formula::acos),
            1 => inner.prop_map(Formula::atan),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5000))]

    #[test]
    fn exact_values_lie_in_enclosures(formula in constant()) {
        let exact = formula.evaluate(&Surd::context(), &|_| None).unwrap();
        let context = Interval::context(Precision::START);
        let enclosure = formula.evaluate(&context, &|_| None).unwrap();
        if exact.is_undefined() {
            return Ok(());
        }
        let through = exact.enclose(&context);
        prop_assert!(!through.is_undefined());
        // Both contain the value, so they overlap.
        prop_assert_eq!(through.compare(&enclosure), Order::Unknown, "{}", formula);
        prop_assert!(exact.is_zero() != Some(true) || enclosure.contains(&integer(0)));
        if exact.is_zero() == Some(false) {
            let wider = exact.enclose(&Interval::context(Precision::saturating(4096)));
            prop_assert!(!wider.contains(&integer(0)), "{}", formula);
        }
        let rounded = exact.enclose(&0.0);
        let middle = through.lower().unwrap();
        let nearest = 0.0_f64.rational(&middle);
        // Doubles agree unless terms cancel.
        prop_assert!((rounded - nearest).abs() < 1e-6 * (1.0 + nearest.abs()) || nearest.abs() > 1e6,
            "{}: {} against {}", formula, rounded, nearest);
    }

    #[test]
    fn ring_laws(a in constant(), b in constant(), c in constant()) {
        let value = |f: &Formula| f.evaluate(&Surd::context(), &|_| None).unwrap();
        let (a, b, c) = (value(&a), value(&b), value(&c));
        let law = a.clone() * &(b.clone() + &c) - (a.clone() * &b + a.clone() * &c);
        prop_assert!(law.is_undefined() || law.is_zero() == Some(true));
        let quotient = a.clone() / &b * &b - a;
        prop_assert!(quotient.is_undefined() || quotient.is_zero() == Some(true));
    }
}
