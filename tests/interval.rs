//! The inclusion promise of multiprecision intervals, against exact rationals
//! and against values computed by Arb (`tests/data/elementary.csv`).

use copyavg::arithmetic::rational::{integer, ratio};
use copyavg::arithmetic::{DoubleInterval, Enclosure, Interval, Order, Precision, Rational, Scalar};
use num_traits::{Signed, Zero};
use proptest::prelude::*;

fn context(bits: u32) -> Interval {
    Interval::context(Precision::new(bits).unwrap())
}

fn power_of_two(n: i32) -> Rational {
    integer(2).pow(n)
}

/// Rationals with many corners: zero, ±1, tiny, huge, dyadic.
fn rationals() -> impl Strategy<Value = Rational> {
    prop_oneof![
        3 => (-1000_i64..1000, 1_i64..1000).prop_map(|(n, d)| ratio(n, d)),
        1 => (any::<i64>(), 1_i64..).prop_map(|(n, d)| ratio(n, d)),
        1 => (-300_i32..300, -3_i64..=3).prop_map(|(e, n)| power_of_two(e) * integer(n)),
        1 => Just(integer(0)),
        1 => Just(integer(-1)),
    ]
}

/// An interval and a rational inside it.
fn members() -> impl Strategy<Value = (Interval, Rational)> {
    (
        rationals(),
        rationals(),
        0_i64..=8,
        prop_oneof![Just(24_u32), Just(53), Just(128)],
    )
        .prop_map(|(a, b, eighths, bits)| {
            let inside = &a + (&b - &a) * ratio(eighths, 8);
            let (lower, upper) = if a <= b { (a, b) } else { (b, a) };
            (context(bits).between(Some(&lower), Some(&upper)), inside)
        })
}

/// The set is not wider than the exact image by more than rounding.
fn tight(x: &Interval, lower: &Rational, upper: &Rational) -> bool {
    let slack = power_of_two(2 - i32::try_from(x.precision().bits()).unwrap());
    let (l, u) = (x.lower().unwrap(), x.upper().unwrap());
    lower - &l <= l.abs() * &slack && &u - upper <= u.abs() * &slack
}

fn corners(x: &Interval, y: &Interval, f: impl Fn(&Rational, &Rational) -> Rational) -> (Rational, Rational) {
    let values: Vec<Rational> = [x.lower(), x.upper()]
        .into_iter()
        .flat_map(|a| [y.lower(), y.upper()].map(|b| f(&a.clone().unwrap(), &b.unwrap())))
        .collect();
    (
        values.iter().min().unwrap().clone(),
        values.iter().max().unwrap().clone(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn ring_operations_contain_and_are_tight((x, p) in members(), (y, q) in members()) {
        for (set, point, f) in [
            (x.clone() + &y, &p + &q, (|a, b| a + b) as fn(&Rational, &Rational) -> Rational),
            (x.clone() - &y, &p - &q, |a, b| a - b),
            (&x * &y, &p * &q, |a, b| a * b),
        ] {
            prop_assert!(set.contains(&point));
            let (lower, upper) = corners(&x, &y, f);
            prop_assert!(tight(&set, &lower, &upper));
            prop_assert_eq!(set.precision(), x.precision().max(y.precision()));
        }
        let quotient = &x / &y;
        if y.contains(&integer(0)) {
            prop_assert!(quotient.is_undefined());
        } else {
            prop_assert!(quotient.contains(&(&p / &q)));
            let (lower, upper) = corners(&x, &y, |a, b| a / b);
            prop_assert!(tight(&quotient, &lower, &upper));
        }
    }

    #[test]
    fn owned_and_borrowed_operands_agree((x, _) in members(), (y, _) in members()) {
        let same = |a: Interval, b: Interval| format!("{:?} {:?}", a.lower(), a.upper())
            == format!("{:?} {:?}", b.lower(), b.upper());
        prop_assert!(same(&x + &y, x.clone() + y.clone()) && same(&x + &y, &x + y.clone()));
        prop_assert!(same(&x - &y, x.clone() - y.clone()) && same(&x - &y, &x - y.clone()));
        prop_assert!(same(&x * &y, x.clone() * y.clone()) && same(&x * &y, &x * y.clone()));
        prop_assert!(same(&x / &y, x.clone() / y.clone()) && same(&x / &y, &x / y.clone()));
        prop_assert!(same(-&x, x.zero() - &x));
    }

    #[test]
    fn powers_contain_and_are_tight((x, p) in members(), n in -7_i32..8) {
        let power = x.powi(n);
        if n < 0 && x.contains(&integer(0)) {
            prop_assert!(power.is_undefined());
        } else {
            prop_assert!(power.contains(&p.pow(n)));
            let (a, b) = (x.lower().unwrap().pow(n), x.upper().unwrap().pow(n));
            let (mut lower, upper) = if a < b { (a, b) } else { (b, a) };
            if n > 0 && n % 2 == 0 && x.contains(&integer(0)) {
                lower = integer(0);
            }
            prop_assert!(tight(&power, &lower, &upper));
        }
        prop_assert!(x.square().contains(&(&p * &p)) && x.square().certainly_nonnegative());
    }

    #[test]
    fn square_roots_contain((x, p) in members()) {
        let root = x.sqrt();
        if x.certainly_nonnegative() {
            prop_assert!(root.square().contains(&p));
            // lo = ⌊√⌋ and hi = ⌈√⌉ as directed values of the endpoints.
            prop_assert!(root.lower().unwrap().pow(2) <= x.lower().unwrap());
            prop_assert!(root.upper().unwrap().pow(2) >= x.upper().unwrap());
        } else {
            prop_assert!(root.is_undefined());
        }
    }

    #[test]
    fn order_and_choice((x, p) in members(), (y, q) in members()) {
        match x.compare(&y) {
            Order::Less => prop_assert!(p < q),
            Order::Greater => prop_assert!(p > q),
            Order::Unknown => prop_assert!(x.intersection(&y).is_some()),
        }
        prop_assert!(x.min(&y).contains((&p).min(&q)) && x.max(&y).contains((&p).max(&q)));
        prop_assert!(x.hull(&y).contains(&p) && x.hull(&y).contains(&q));
        prop_assert!(!x.certainly_positive() || p > integer(0));
        prop_assert!(!x.certainly_negative() || p < integer(0));
    }

    #[test]
    fn conversion_is_exact(q in rationals(), e in -400_i32..400) {
        // A dyadic that fits comes back unchanged.
        let dyadic = power_of_two(e) * integer(123_456_789_012_345_677);
        let there = context(64).rational(&dyadic);
        prop_assert_eq!(there.lower(), Some(dyadic.clone()));
        prop_assert_eq!(there.upper(), Some(dyadic));
        // Any other rational is enclosed with relative width below 2^-23.
        let set = context(24).rational(&q);
        prop_assert!(set.contains(&q) && set.width().unwrap() <= q.abs() * power_of_two(-23));
        let tiny = power_of_two(-500);
        prop_assert!(!set.contains(&(set.upper().unwrap() + &tiny)));
        prop_assert!(!set.contains(&(set.lower().unwrap() - &tiny)));
    }

    #[test]
    fn accuracy_is_a_lower_bound((x, p) in members()) {
        let bits = x.relative_accuracy_bits();
        if let Ok(bits) = i32::try_from(bits) {
            prop_assert!(x.width().unwrap() * power_of_two(bits) <= p.abs());
        } else {
            prop_assert!(bits == i64::MAX || x.contains(&integer(0)));
        }
    }

    #[test]
    fn elementary_functions_invert((x, p) in members()) {
        let one = x.one();
        if x.certainly_greater(&-x.one()) && one.certainly_greater(&x) {
            // sin is not offered; asin x = atan(x / √(1 − x²)), acos x = π/2 − asin x.
            let point = x.rational(&p);
            let other = (point.clone() / (one - point.square()).sqrt()).atan();
            prop_assert!(other.is_undefined() || x.asin().intersection(&other).is_some());
            let sum = x.asin() + x.acos() - x.pi() / x.integer(2);
            prop_assert!(sum.contains(&Rational::zero()));
        }
        if x.certainly_positive() {
            prop_assert!(x.ln().exp().contains(&p));
        }
    }
}

#[test]
fn elementary_functions_agree_with_arb() {
    let mut reader = csv::Reader::from_path("tests/data/elementary.csv").unwrap();
    let mut checked = 0;
    for record in reader.records() {
        let record = record.unwrap();
        let x: Rational = record[1].parse().unwrap();
        let scale = integer(10).pow(record[4].parse::<i32>().unwrap());
        let lower = record[2].parse::<Rational>().unwrap() * &scale;
        let upper = record[3].parse::<Rational>().unwrap() * &scale;
        for bits in [24, 53, 128, 180, 1000] {
            let argument = context(bits).rational(&x);
            let value = match &record[0] {
                "asin" => argument.asin(),
                "acos" => argument.acos(),
                "atan" => argument.atan(),
                "sqrt" => argument.sqrt(),
                "exp" => argument.exp(),
                "ln" => argument.ln(),
                "erf" => argument.erf(),
                "pi" => argument.pi(),
                other => panic!("unknown function {other}"),
            };
            let reference = context(4000).between(Some(&lower), Some(&upper));
            assert!(
                value.intersection(&reference).is_some(),
                "{record:?} at {bits} bits gives {value:?}"
            );
            // The argument is rounded, and near ±1 asin, acos and ln amplify that.
            let expected = i64::from(bits.min(180)) - 45;
            assert!(value.relative_accuracy_bits() > expected, "{record:?} {value:?}");
            checked += 1;
        }
    }
    assert!(checked > 1500, "{checked}");
}

#[test]
fn unbounded_sets_stay_defined() {
    let context = context(53);
    let ray = context.between(Some(&integer(1)), None);
    let line = context.between(None, None);
    assert!((&line * &context.zero()).is_exactly_zero());
    assert!((&line + &line).contains(&integer(5)) && !(&line - &line).is_undefined());
    assert_eq!((&ray / &ray).lower(), Some(integer(0)));
    assert_eq!((-&ray / &ray).upper(), Some(integer(0)));
    assert_eq!((&ray / -&ray).upper(), Some(integer(0)));
    assert_eq!((-&ray / -&ray).lower(), Some(integer(0)));
    assert!((&ray / &ray).upper().is_none() && !(&ray / &ray).is_undefined());
    assert_eq!(ray.powi(-3).lower(), Some(integer(0)));
    assert_eq!(ray.powi(-3).upper(), Some(integer(1)));
    assert_eq!(line.square().lower(), Some(integer(0)));
    assert_eq!(line.erf().upper(), Some(integer(1)));
    assert_eq!((-&ray).exp().lower(), Some(integer(0)));
    assert!(ray.sqrt().contains(&integer(1000)) && ray.ln().lower() == Some(integer(0)));
    assert!(line.atan().upper().unwrap() < ratio(1571, 1000));
    assert!(line.sqrt().is_undefined() && line.asin().is_undefined());
    assert_eq!(line.relative_accuracy_bits(), i64::MIN);
}

#[test]
fn overflow_is_outward() {
    let context = context(53);
    let mut huge = context.integer(2);
    for _ in 0..40 {
        huge = huge.square();
    }
    assert!(!huge.is_undefined() && huge.certainly_positive() && huge.upper().is_none());
    assert!(huge.lower().unwrap() > integer(2).pow(1000));
    let tiny = context.one() / &huge;
    assert!(tiny.contains(&integer(0)) && tiny.certainly_nonnegative());
    // 2^(2^29) is a float, but too large a rational: its bounds move outward.
    let mut large = context.integer(2);
    for _ in 0..29 {
        large = large.square();
    }
    assert!(large.upper().is_none() && large.lower().unwrap() >= integer(2).pow(1 << 20));
    assert!((-&large).lower().is_none() && (-&large).upper().unwrap() < integer(0));
    let small = context.one() / &large;
    assert!(small.certainly_positive() && small.lower() == Some(integer(0)));
    assert!(small.upper().unwrap() > integer(0) && (-&small).lower().unwrap() < integer(0));
}

#[test]
fn doubles_enter_exactly() {
    let precision = Precision::new(53).unwrap();
    let tenth = Interval::exactly_this_double(precision, 0.1);
    assert!(!tenth.contains(&ratio(1, 10)));
    assert_eq!(tenth.lower(), Some(ratio(3_602_879_701_896_397, 1 << 55)));
    assert_eq!(tenth.relative_accuracy_bits(), i64::MAX);
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(Interval::exactly_this_double(precision, bad).is_undefined());
    }
    let coarse = Interval::exactly_this_double(Precision::MIN, 0.1);
    assert!(coarse.contains(&tenth.lower().unwrap()) && coarse.width().unwrap() > integer(0));
    assert!(
        tenth
            .with_precision(Precision::MIN)
            .contains(&tenth.lower().unwrap())
    );
}

#[test]
fn other_enclosures_are_enclosed() {
    let double = DoubleInterval::context();
    let third = Interval::enclosing(Precision::START, &double.ratio(1, 3));
    assert!(third.contains(&ratio(1, 3)) && third.precision() == Precision::START);
    assert_eq!(third.lower(), double.ratio(1, 3).lower());
    let ray = Interval::enclosing(Precision::START, &double.between(Some(&ratio(1, 3)), None));
    assert!(ray.certainly_positive() && ray.upper().is_none() && !ray.is_undefined());
    assert!(Interval::enclosing(Precision::START, &double.integer(-1).sqrt()).is_undefined());
    let coarse = Interval::enclosing(Precision::MIN, &double.ratio(1, 3));
    assert!(coarse.lower() < third.lower() && coarse.upper() > third.upper());
}
