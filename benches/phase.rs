//! The phase diagram: rows of it, and thresholds by bisection.
//!
//! The whole table for k <= 100 is timed as a command (see README.md here): it
//! is too long to be repeated.

use copyavg::arithmetic::Precision;
use copyavg::experiment::phase::Phase;
use copyavg::experiment::threshold::Thresholds;
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn rows(c: &mut Criterion) {
    let limit = Precision::saturating(1024);
    let mut group = c.benchmark_group("phase");
    group.sample_size(10);
    for k in [20_u64, 100] {
        group.bench_function(format!("all n, k = {k}"), |b| {
            b.iter(|| {
                let row: Vec<_> = (1..=k)
                    .filter_map(|n| Phase::of(n, black_box(k), limit))
                    .collect();
                assert!(row.iter().all(Phase::is_settled));
                black_box(row)
            });
        });
    }
    for k in [1000, 1_000_000] {
        group.bench_function(format!("thresholds, k = {k}"), |b| {
            b.iter(|| black_box(Thresholds::at(black_box(k), limit, &|| true)));
        });
    }
    group.finish();
}

criterion_group!(benches, rows);
criterion_main!(benches);
