//! Both levels of the arithmetic against balls of Arb, an arithmetic of other
//! authors (`tests/data/arb_elementary.csv`, written by
//! `scripts/arb_reference.py`).
//!
//! Our enclosure and the ball both hold the true value, so they overlap; and
//! where the ball is much the smaller it lies inside, unless the true value is
//! next to an endpoint. An enclosure that always held would be useless if it
//! were wide, so widths are tested too.

use copyavg::arithmetic::{DoubleInterval, Enclosure, Interval, Precision, Rational};
use num_bigint::BigInt;
use num_traits::{Num, Signed, Zero};

/// One row of the table, all numbers exact.
struct Row {
    operation: String,
    x: Rational,
    y: Option<Rational>,
    bits: u32,
    lower: Rational,
    upper: Rational,
}

/// `<hexadecimal integer>p<exponent of two>`.
fn dyadic(text: &str) -> Rational {
    let (mantissa, exponent) = text.split_once('p').unwrap();
    let mantissa = BigInt::from_str_radix(mantissa, 16).unwrap();
    let exponent: i32 = exponent.parse().unwrap();
    Rational::from_integer(mantissa) * Rational::from_integer(2.into()).pow(exponent)
}

fn rows() -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(include_str!("data/arb_elementary.csv").as_bytes());
    let row = |record: csv::StringRecord| {
        let (mid, rad) = (dyadic(&record[4]), dyadic(&record[5]));
        Row {
            operation: record[0].to_owned(),
            x: dyadic(&record[1]),
            y: Some(&record[2]).filter(|y| !y.is_empty()).map(dyadic),
            bits: record[3].parse().unwrap(),
            lower: &mid - &rad,
            upper: mid + rad,
        }
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The operation of a row at a level.
fn evaluate<E: Enclosure>(context: &E, row: &Row) -> E {
    let x = context.rational(&row.x);
    let y = context.rational(row.y.as_ref().unwrap_or(&row.x));
    match row.operation.as_str() {
        "pi" => context.pi(),
        "sqrt" => x.sqrt(),
        "asin" => x.asin(),
        "acos" => x.acos(),
        "atan" => x.atan(),
        "add" => x + y,
        "sub" => x - y,
        "mul" => x * y,
        "div" => x / y,
        other => panic!("unknown operation {other}"),
    }
}

/// Tests all rows at one level, where a result of an exact argument may be
/// `units` units of the `precision`-th bit wide, or `least` near zero. Returns
/// how many balls lie inside and how many only overlap.
fn test<E: Enclosure>(context: &E, precision: i32, units: i64, least: &Rational) -> (u32, u32) {
    let (mut inside, mut overlapping) = (0, 0);
    for row in rows() {
        let name = format!("{}({}, {:?}) at {} bits", row.operation, row.x, row.y, row.bits);
        let result = evaluate(context, &row);
        assert!(!result.is_undefined(), "{name}");
        let overlaps =
            result.lower().is_none_or(|l| l <= row.upper) && result.upper().is_none_or(|u| u >= row.lower);
        assert!(overlaps, "{name}: {result:?} misses the ball");

        // Unless one of our endpoints lies within the ball, the ball lies
        // within our enclosure.
        if result.contains(&row.lower) && result.contains(&row.upper) {
            inside += 1;
        } else {
            overlapping += 1;
        }

        // Unbounded only by overflow, which is not narrow.
        let (Some(l), Some(u)) = (result.lower(), result.upper()) else {
            continue;
        };
        let width = u - l;
        let exact = |q: &Rational| context.rational(q).lower().as_ref() == Some(q);
        if exact(&row.x) && row.y.as_ref().is_none_or(exact) {
            let magnitude = row.lower.abs().max(row.upper.abs());
            let allowed = magnitude * Rational::from_integer(2.into()).pow(1 - precision);
            let allowed = (allowed + least) * Rational::from_integer(units.into());
            assert!(width <= allowed, "{name}: {result:?} is wide");
        }
    }
    (inside, overlapping)
}

#[test]
fn doubles_hold_what_arb_holds() {
    let least = Rational::from_integer(2.into()).pow(-1074);
    let (inside, overlapping) = test(&DoubleInterval::context(), 53, 2, &least);
    println!("{inside} balls inside, {overlapping} overlapping");
    assert!(inside > 700, "{inside}");
}

#[test]
fn multiprecision_holds_what_arb_holds() {
    for (bits, at_least) in [(24, 1000), (53, 700), (128, 500), (300, 300), (1100, 10)] {
        let context = Interval::context(Precision::new(bits).unwrap());
        let precision = i32::try_from(bits).unwrap();
        let (inside, overlapping) = test(&context, precision, 1, &Rational::zero());
        println!("{bits} bits: {inside} balls inside, {overlapping} overlapping");
        assert!(inside >= at_least, "{bits}: {inside}");
    }
}
