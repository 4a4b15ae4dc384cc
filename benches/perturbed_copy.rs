//! Certified perturbed copies: the cost does not grow with n and k.

use copyavg::arithmetic::{DoubleInterval, Precision};
use copyavg::certify::family::{attempt, locate};
use copyavg::certify::perturbed_copy::certify;
use copyavg::certify::spectrum::Kind;
use copyavg::configuration::family::perturbed_copy::PerturbedCopy;
use copyavg::find::perturbed_copy::candidate;
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn points(c: &mut Criterion) {
    for (n, k) in [(15, 20), (800, 1000), (800_000, 1_000_000)] {
        let Some(family) = PerturbedCopy::new(n, k, k + 1) else {
            continue;
        };
        let Some(near) = candidate(&family) else {
            continue;
        };
        let context = DoubleInterval::context();
        let found = attempt(&context, &family, &near.point, &near.eigenvalues);
        assert!(found.is_ok_and(|member| member.spectrum.kind != Kind::Undecided));
        c.bench_function(&format!("candidate, n = {n}, k = {k}"), |b| {
            b.iter(|| black_box(candidate(black_box(&family))));
        });
        c.bench_function(&format!("existence, n = {n}, k = {k}"), |b| {
            b.iter(|| black_box(locate(&context, black_box(&family), &near.point)));
        });
        c.bench_function(&format!("existence and spectrum, n = {n}, k = {k}"), |b| {
            b.iter(|| {
                black_box(attempt(
                    &context,
                    black_box(&family),
                    &near.point,
                    &near.eigenvalues,
                ))
            });
        });
        c.bench_function(&format!("certificate with order, n = {n}, k = {k}"), |b| {
            let limit = Precision::saturating(1024);
            b.iter(|| black_box(certify(black_box(&family), &near.point, &near.eigenvalues, limit)));
        });
    }
}

criterion_group!(benches, points);
criterion_main!(benches);
