//! Numbers at which interval arithmetic goes wrong first, and how many of
//! them to try. Shared by the tests of the arithmetic.
#![allow(dead_code)] // each test binary uses its part

use copyavg::arithmetic::rational::integer;
use copyavg::arithmetic::{Enclosure, Rational};
use num_bigint::BigInt;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// The factor by which the environment variable `COPYAVG_EFFORT` multiplies
/// the number of cases; 1 without it.
pub fn effort() -> u32 {
    match std::env::var("COPYAVG_EFFORT") {
        Ok(text) => text.parse().expect("COPYAVG_EFFORT is a positive integer"),
        Err(_) => 1,
    }
}

/// `cases` times the effort, from a fixed seed.
pub fn seeded(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases: cases.saturating_mul(effort()),
        rng_seed: RngSeed::Fixed(0x0c09_7a76),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The exact value of a finite double, decoded here once more so that the
/// tests do not rely on the decoding they test.
pub fn exact(x: f64) -> Rational {
    assert!(x.is_finite());
    let bits = x.to_bits();
    let (field, fraction) = ((bits >> 52) & 0x7ff, bits & ((1 << 52) - 1));
    let m = if field == 0 {
        fraction
    } else {
        fraction + (1 << 52)
    };
    let m = BigInt::from(m) * if x < 0.0 { -1 } else { 1 };
    let exponent = i32::try_from(field.max(1)).unwrap() - 1075;
    Rational::from_integer(m) * integer(2).pow(exponent)
}

/// Doubles of all kinds: zeros, subnormals, powers of two, ±1, the greatest,
/// their neighbours, integers, and anything.
pub fn double() -> impl Strategy<Value = f64> {
    let special = prop_oneof![
        Just(0.0),
        Just(f64::from_bits(1)),
        Just(f64::MIN_POSITIVE),
        Just(1.0),
        Just(0.5),
        Just(f64::MAX),
        Just(f64::EPSILON),
        (-1074_i32..1024).prop_map(power_of_two),
        (-1074_i32..-1000).prop_map(power_of_two),
        (-60_i32..60).prop_map(power_of_two),
    ];
    let neighbours = (special, -2_i8..=2).prop_map(|(x, steps)| moved(x, steps));
    let magnitude = prop_oneof![
        6 => neighbours,
        2 => (0_u32..1000).prop_map(f64::from),
        1 => (0_u64..1 << 53).prop_map(|n| n as f64),
        2 => (0_u64..1 << 52).prop_map(f64::from_bits),
        4 => (0_u64..1 << 52).prop_map(|m| f64::from_bits(1023 << 52 | m) - 1.0),
        4 => (0_u64..0x7ff0 << 48).prop_map(f64::from_bits),
    ];
    (magnitude, any::<bool>()).prop_map(|(x, negative)| if negative { -x } else { x })
}

/// Doubles in [−1, 1], crowded at ±1 and 0.
pub fn double_within_one() -> impl Strategy<Value = f64> {
    prop_oneof![
        double().prop_filter_map("too large", |x| (x.abs() <= 1.0).then_some(x)),
        (0_i8..=3, any::<bool>()).prop_map(|(steps, negative)| {
            let x = moved(1.0, -steps);
            if negative { -x } else { x }
        }),
        (0_u32..60, any::<bool>()).prop_map(|(n, negative)| {
            let x = 1.0 - power_of_two(-i32::try_from(n).unwrap());
            if negative { -x } else { x }
        }),
    ]
}

/// 2^n for −1074 ≤ n ≤ 1023.
pub fn power_of_two(n: i32) -> f64 {
    if n < -1022 {
        f64::from_bits(1 << (n + 1074))
    } else {
        f64::from_bits(u64::try_from(n + 1023).unwrap() << 52)
    }
}

/// The finite double some steps away.
pub fn moved(x: f64, steps: i8) -> f64 {
    let mut y = x;
    for _ in 0..steps.unsigned_abs() {
        y = if steps > 0 { y.next_up() } else { y.next_down() };
    }
    if y.is_finite() { y } else { x }
}

/// A set between two doubles, `None` where it is unbounded, and a rational
/// inside it.
#[derive(Debug, Clone)]
pub struct Case {
    pub lower: Option<f64>,
    pub upper: Option<f64>,
    pub member: Rational,
}

impl Case {
    /// The set in the context of an enclosure, which may be coarser.
    pub fn in_context<E: Enclosure>(&self, context: &E) -> E {
        let (lower, upper) = (self.lower.map(exact), self.upper.map(exact));
        context.between(lower.as_ref(), upper.as_ref())
    }

    /// The set between two doubles, in any order, and a member `eighths`/8 of
    /// the way from the first to the second.
    pub fn between(a: f64, b: f64, eighths: i64) -> Self {
        let (from, to) = (exact(a), exact(b));
        Case {
            lower: Some(a.min(b)),
            upper: Some(a.max(b)),
            member: &from + (to - &from) * Rational::new(eighths.into(), 8.into()),
        }
    }
}

/// Sets with endpoints from `doubles`: points, narrow, wide, unbounded.
pub fn set(doubles: impl Strategy<Value = f64> + Clone) -> impl Strategy<Value = Case> {
    let narrow = (doubles.clone(), -3_i8..=3, 0_i64..=8)
        .prop_map(|(a, steps, eighths)| Case::between(a, moved(a, steps), eighths));
    let wide = (doubles.clone(), doubles, 0_i64..=8).prop_map(|(a, b, t)| Case::between(a, b, t));
    prop_oneof![2 => narrow, 3 => wide]
}

/// Sets of all kinds, also unbounded ones.
pub fn any_set() -> impl Strategy<Value = Case> {
    let unbounded = (set(double_shared()), 0_u8..3, 0_i32..2000).prop_map(|(mut case, open, n)| {
        let far = integer(2).pow(n);
        if open != 0 {
            case.upper = None;
            case.member += &far;
        }
        if open != 1 {
            case.lower = None;
            case.member -= far;
        }
        case
    });
    prop_oneof![9 => set(double_shared()), 1 => unbounded]
}

/// Sets within [−1, 1].
pub fn set_within_one() -> impl Strategy<Value = Case> {
    set(double_within_one().boxed())
}

/// [`double`] as a strategy that can be used twice.
pub fn double_shared() -> BoxedStrategy<f64> {
    double().boxed()
}

/// The splitmix64 generator: S. Vigna's public-domain constants, one 64-bit
/// state, every seed good.
pub struct SplitMix(pub u64);

impl SplitMix {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// An integer in 0..n, for small n.
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}
