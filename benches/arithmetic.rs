//! Time per operation: intervals of doubles, multiprecision intervals, and as
//! peer one rounding of raw MPFR (through rug) at the same precision. An
//! interval needs two roundings, so twice the peer's time is the measure.
//!
//! ```text
//! cargo bench --bench arithmetic
//! python3 scripts/arb_operations.py      # Arb, the other peer
//! ```
#![allow(missing_docs)] // the macros of criterion write public functions

use copyavg::arithmetic::rational::ratio;
use copyavg::arithmetic::{DoubleInterval, Enclosure, Interval, Precision, Scalar};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main};
use rug::{Assign, Float};
use std::hint::black_box;
use std::time::Duration;

const PRECISIONS: [u32; 3] = [53, 128, 1024];
const OPERATIONS: [&str; 9] = [
    "add", "sub", "mul", "div", "square", "sqrt", "asin", "acos", "atan",
];

/// One operation on full-length arguments in (0, 1).
#[inline(always)]
fn apply<E: Scalar>(operation: &str, x: &E, y: &E) -> E {
    match operation {
        "add" => x.clone() + y,
        "sub" => x.clone() - y,
        "mul" => x.clone() * y,
        "div" => x.clone() / y,
        "square" => x.square(),
        "sqrt" => x.sqrt(),
        "asin" => x.asin(),
        "acos" => x.acos(),
        _ => x.atan(),
    }
}

/// The same with one rounding of MPFR, written into `out`.
fn apply_raw(operation: &str, out: &mut Float, x: &Float, y: &Float) {
    match operation {
        "add" => out.assign(x + y),
        "sub" => out.assign(x - y),
        "mul" => out.assign(x * y),
        "div" => out.assign(x / y),
        "square" => out.assign(x.square_ref()),
        "sqrt" => out.assign(x.sqrt_ref()),
        "asin" => out.assign(x.asin_ref()),
        "acos" => out.assign(x.acos_ref()),
        _ => out.assign(x.atan_ref()),
    }
}

/// Both arguments are thin but no points, as in a longer computation.
fn enclosure<E: Enclosure>(group: &mut BenchmarkGroup<WallTime>, name: &str, operation: &str, context: &E) {
    let (x, y) = (context.ratio(5, 7).sqrt(), context.ratio(3, 11).sqrt());
    group.bench_function(name, |b| {
        b.iter(|| apply(operation, black_box(&x), black_box(&y)))
    });
}

fn operations(criterion: &mut Criterion) {
    for operation in OPERATIONS {
        let mut group = criterion.benchmark_group(operation);
        enclosure(
            &mut group,
            "interval of doubles",
            operation,
            &DoubleInterval::context(),
        );
        for bits in PRECISIONS {
            let context = Interval::context(Precision::saturating(bits));
            enclosure(&mut group, &format!("interval {bits}"), operation, &context);
            let x = Float::with_val(bits, 5.0_f64 / 7.0).sqrt();
            let y = Float::with_val(bits, 3.0_f64 / 11.0).sqrt();
            let mut out = Float::new(bits);
            group.bench_function(format!("raw MPFR {bits}"), |b| {
                b.iter(|| apply_raw(operation, black_box(&mut out), black_box(&x), black_box(&y)));
            });
        }
        group.finish();
    }
}

/// Constants: a fraction, and π.
fn constants(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("constants");
    let third = ratio(1, 3);
    let double = DoubleInterval::context();
    group.bench_function("rational, interval of doubles", |b| {
        b.iter(|| double.rational(black_box(&third)));
    });
    for bits in PRECISIONS {
        let context = Interval::context(Precision::saturating(bits));
        group.bench_function(format!("rational, interval {bits}"), |b| {
            b.iter(|| context.rational(black_box(&third)));
        });
        group.bench_function(format!("pi, interval {bits}"), |b| {
            b.iter(|| black_box(&context).pi())
        });
    }
    group.finish();
}

/// Half a second each suffices for two digits.
fn short() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(500))
        .without_plots()
}

criterion_group! {
    name = benches;
    config = short();
    targets = operations, constants
}
criterion_main!(benches);
