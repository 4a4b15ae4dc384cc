//! Very many interval operations, none of which may lose a point.
//!
//! A run is reproducible: every block of operations has its own seed, so the
//! number of threads does not matter. By default 10⁶ operations on intervals
//! of doubles and 2·10⁴ on multiprecision intervals are tried. The full run,
//! 10⁸ and 2·10⁶ operations, takes a few minutes:
//!
//! ```text
//! COPYAVG_EFFORT=100 cargo test --release --test containment_at_scale -- --nocapture
//! ```
//!
//! Intervals of doubles are checked at doubles that they contain: MPFR at 128
//! bits rounds the exact result down and up. An endpoint is a number of 53
//! bits, so it bounds the exact result if and only if it bounds the one rounded
//! to 128. One in 64 is checked once more in exact rationals. Multiprecision
//! intervals are checked at rationals that they contain, in exact rationals.

mod corners;

use copyavg::arithmetic::{DoubleInterval, Enclosure, Interval, Order, Precision, Rational, Scalar};
use corners::{SplitMix, effort, exact, power_of_two};
use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use rayon::prelude::*;
use rug::Float;
use rug::float::Round;
use rug::ops::AssignRound;
use std::cmp::Ordering;

/// Operations per block, which has one seed.
const BLOCK: u64 = 10_000;

/// Runs blocks until `operations` are done; returns how many were done and
/// how many of their results were undefined.
fn run(operations: u64, salt: u64, block: impl Fn(&mut SplitMix) -> u64 + Sync) -> (u64, u64) {
    let blocks = operations.div_ceil(BLOCK);
    let undefined = (0..blocks)
        .into_par_iter()
        .map(|b| block(&mut SplitMix(salt ^ b.wrapping_mul(0x2545_f491_4f6c_dd1d))))
        .sum();
    (blocks * BLOCK, undefined)
}

/// A double with a bias to corners.
fn double(random: &mut SplitMix) -> f64 {
    let bits = random.next();
    let magnitude = match random.below(16) {
        0 => [0.0, 1.0, 2.0, 0.5, f64::MAX, f64::MIN_POSITIVE][(bits % 6) as usize],
        1 => f64::from_bits(power_of_two((bits % 2098) as i32 - 1074).to_bits() + (bits >> 62)),
        2 => (bits % 1000) as f64,
        3 => f64::from_bits(bits >> 12),
        4 => f64::from_bits(bits % (0x7ff0 << 48)),
        5 => 1.0 - power_of_two(-((bits % 60) as i32)),
        // Exponents between −8 and 7.
        6..=9 => f64::from_bits((bits >> 12) | (1015 + (bits & 15)) << 52),
        // In [0, 1).
        _ => f64::from_bits((bits >> 12) | 1023 << 52) - 1.0,
    };
    if magnitude.is_infinite() {
        return f64::MAX;
    }
    if random.below(2) == 0 {
        magnitude
    } else {
        -magnitude
    }
}

/// The position of a double in the order of all doubles.
fn position(x: f64) -> i64 {
    let magnitude = (x.to_bits() << 1 >> 1).cast_signed();
    if x.is_sign_negative() {
        -magnitude
    } else {
        magnitude
    }
}

fn at_position(p: i64) -> f64 {
    let magnitude = f64::from_bits(p.unsigned_abs());
    if p < 0 { -magnitude } else { magnitude }
}

/// An interval of doubles of magnitude ≤ `greatest`, or in one of 32 cases
/// unbounded if there is no such restriction, and a double inside it.
fn set(random: &mut SplitMix, greatest: f64) -> (DoubleInterval, f64) {
    let a = double(random).clamp(-greatest, greatest);
    let b = match random.below(8) {
        0..=2 => a,
        3 => at_position((position(a) + random.below(4).cast_signed()).min(position(f64::MAX))),
        _ => double(random),
    };
    let b = b.clamp(-greatest, greatest);
    let (lo, hi) = if a <= b { (a, b) } else { (b, a) };
    let span = position(hi).abs_diff(position(lo)) + 1;
    let member = match random.below(4) {
        0 => lo,
        1 => hi,
        // The span may exceed i64, not so the sum.
        _ => at_position(position(lo).wrapping_add((random.next() % span).cast_signed())),
    };
    let point = DoubleInterval::exactly_this_double;
    let bounded = point(lo).hull(&point(hi));
    if greatest == f64::MAX && random.below(32) == 0 {
        let beyond = point(f64::MAX) + point(f64::MAX);
        let beyond = if random.below(2) == 0 { beyond } else { -beyond };
        return (bounded.hull(&beyond), member);
    }
    (bounded, member)
}

/// The exact results of one operation, rounded down and up to 128 bits.
struct Reference {
    x: Float,
    y: Float,
    below: Float,
    above: Float,
}

impl Reference {
    fn new() -> Self {
        let (double, long) = (Float::new(53), Float::new(128));
        Self {
            x: double.clone(),
            y: double,
            below: long.clone(),
            above: long,
        }
    }

    /// Asserts that `result` contains x∘y.
    fn check(&mut self, operation: u64, result: &DoubleInterval, x: f64, y: f64) {
        let Self {
            x: p,
            y: q,
            below,
            above,
        } = self;
        p.assign_round(x, Round::Nearest);
        q.assign_round(y, Round::Nearest);
        for (rounded, round) in [(&mut *below, Round::Down), (&mut *above, Round::Up)] {
            match operation {
                0 => rounded.assign_round(&*p + &*q, round),
                1 => rounded.assign_round(&*p - &*q, round),
                2 => rounded.assign_round(&*p * &*q, round),
                3 => rounded.assign_round(&*p / &*q, round),
                4 => rounded.assign_round(p.square_ref(), round),
                5 => rounded.assign_round(p.sqrt_ref(), round),
                6 => rounded.assign_round(p.asin_ref(), round),
                7 => rounded.assign_round(p.acos_ref(), round),
                _ => rounded.assign_round(p.atan_ref(), round),
            };
        }
        assert!(
            result.is_undefined() || (*below >= result.lo() && *above <= result.hi()),
            "operation {operation} at {x:e}, {y:e}: {below} in {result:?}"
        );
    }
}

/// The same assertion in exact rationals, for the operations that have them.
fn check_in_rationals(operation: u64, result: &DoubleInterval, x: f64, y: f64) {
    let (p, q) = (exact(x), exact(y));
    let value = match operation {
        0 => p + q,
        1 => p - q,
        2 => p * q,
        3 if !q.is_zero() => p / q,
        4 => &p * &p,
        _ => return,
    };
    assert!(
        result.contains(&value),
        "operation {operation} at {x:e}, {y:e}: {result:?}"
    );
}

/// A block on intervals of doubles; returns the number of undefined results.
fn doubles(random: &mut SplitMix) -> u64 {
    let mut reference = Reference::new();
    let mut undefined = 0;
    for i in 0..BLOCK {
        // Sums, products and quotients mostly; the slow references seldom.
        let operation = match random.below(100) {
            n @ 0..96 => n % 6,
            n => 6 + n % 3,
        };
        let greatest = if matches!(operation, 6 | 7) { 1.0 } else { f64::MAX };
        let (a, x) = set(random, greatest);
        let (b, y) = set(random, f64::MAX);
        let result = match operation {
            0 => a + b,
            1 => a - b,
            2 => a * b,
            3 => a / b,
            4 => a.square(),
            5 => a.sqrt(),
            6 => a.asin(),
            7 => a.acos(),
            _ => a.atan(),
        };
        if result.is_undefined() {
            assert!(
                (operation == 3 && b.lo() <= 0.0 && b.hi() >= 0.0) || (operation == 5 && a.lo() < 0.0),
                "operation {operation} of {a:?}, {b:?} is undefined"
            );
            undefined += 1;
            continue;
        }
        reference.check(operation, &result, x, y);
        if i % 64 == 0 {
            check_in_rationals(operation, &result, x, y);
        }
        let order = a.compare(&b);
        assert!(order != Order::Less || x < y);
        assert!(order != Order::Greater || x > y);
    }
    undefined
}

/// A rational with a bias to corners: small fractions, dyadics, tiny, huge.
fn rational(random: &mut SplitMix) -> Rational {
    let bits = random.next();
    let sign = if random.below(2) == 0 { 1 } else { -1 };
    let magnitude = match random.below(8) {
        0 => Rational::from_integer((bits % 4).into()),
        1 => exact(double(random)).abs(),
        2 => Rational::new(BigInt::from(1), BigInt::from(1) << (bits % 400)),
        3 => Rational::new(BigInt::from(bits), BigInt::from(1) << (bits % 80)),
        4 => Rational::from_integer(BigInt::from(bits) << (bits % 200)),
        5 => Rational::new((bits % 1000).into(), (1 + (bits >> 32) % 1000).into()),
        _ => Rational::new(bits.into(), (1 + (random.next() >> 8)).into()),
    };
    magnitude * Rational::from_integer(sign.into())
}

/// A multiprecision interval and a rational inside it.
fn rational_set(random: &mut SplitMix, context: &Interval) -> (Interval, Rational) {
    let a = rational(random);
    let b = match random.below(4) {
        0 => a.clone(),
        1 => &a + Rational::new(BigInt::from(1), BigInt::from(1) << random.below(150)),
        _ => rational(random),
    };
    let member = &a + (&b - &a) * Rational::new(random.below(9).into(), 8.into());
    let (lower, upper) = if a <= b { (a, b) } else { (b, a) };
    match random.below(32) {
        0 => (
            context.between(Some(&lower), None),
            member + rational(random).abs(),
        ),
        1 => (
            context.between(None, Some(&upper)),
            member - rational(random).abs(),
        ),
        _ => (context.between(Some(&lower), Some(&upper)), member),
    }
}

/// A block on multiprecision intervals.
fn multiprecision(random: &mut SplitMix) -> u64 {
    const PRECISIONS: [u32; 6] = [24, 53, 64, 113, 128, 300];
    let mut undefined = 0;
    for _ in 0..BLOCK {
        let bits = PRECISIONS[random.below(6) as usize];
        let context = Interval::context(Precision::new(bits).unwrap());
        let (a, x) = rational_set(random, &context);
        let (b, y) = rational_set(random, &context);
        let (operation, n) = (random.below(8), random.below(11) as i32 - 5);
        let (result, value) = match operation {
            0 => (a.clone() + &b, Some(&x + &y)),
            1 => (a.clone() - &b, Some(&x - &y)),
            2 => (a.clone() * &b, Some(&x * &y)),
            3 => (a.clone() / &b, (!y.is_zero()).then(|| &x / &y)),
            4 => (a.square(), Some(&x * &x)),
            5 => (a.powi(n), (n >= 0 || !x.is_zero()).then(|| x.pow(n))),
            6 => (a.min(&b), Some(x.clone().min(y.clone()))),
            _ => (a.sqrt(), None),
        };
        if let Some(value) = value {
            assert!(
                result.contains(&value),
                "operation {operation}, {bits} bits, of {a:?}, {b:?}, exponent {n} at {x}, {y}: {result:?}"
            );
        }
        if result.is_undefined() {
            let zero = Rational::zero();
            assert!(match operation {
                3 => b.contains(&zero),
                5 => n < 0 && a.contains(&zero),
                7 => !a.certainly_nonnegative(),
                _ => false,
            });
            undefined += 1;
        } else if operation == 7 {
            let squares_below = result.lower().is_some_and(|l| !l.is_negative() && &l * &l <= x);
            let squares_above = result.upper().is_none_or(|u| &u * &u >= x);
            assert!(
                squares_below && squares_above,
                "√ of {a:?} at {x}, {bits} bits: {result:?}"
            );
        }
        match a.compare(&b) {
            Order::Unknown => {}
            Order::Less => assert_eq!(x.cmp(&y), Ordering::Less),
            Order::Greater => assert_eq!(x.cmp(&y), Ordering::Greater),
        }
    }
    undefined
}

#[test]
fn intervals_of_doubles_lose_no_point() {
    let (done, undefined) = run(1_000_000 * u64::from(effort()), 0x00d0_b1e5, doubles);
    println!("{done} operations on intervals of doubles, {undefined} of them undefined: no point lost");
    assert!(undefined < done / 4);
}

#[test]
fn multiprecision_intervals_lose_no_point() {
    let (done, undefined) = run(20_000 * u64::from(effort()), 0x0003_b175, multiprecision);
    println!("{done} operations on multiprecision intervals, {undefined} of them undefined: no point lost");
    assert!(undefined < done / 4);
}
