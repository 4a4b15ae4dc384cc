//! One gradient, one product with the Hessian, one full run.

use copyavg::experiment::training::{Setup, train};
use copyavg::find::training::{Distribution, Evaluation, Objective, draw};
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn derivatives(c: &mut Criterion) {
    for (k, n) in [(8, 4), (20, 10), (50, 25), (100, 50)] {
        let start = draw(Distribution::GlorotNormal, 0, n, k);
        let direction = draw(Distribution::GlorotNormal, 1, n, k);
        let mut product = vec![0.0; start.len()];
        let mut at = Evaluation::new(Objective::new(1.0, 1.0, n, k, k));
        c.bench_function(&format!("gradient, k = {k}, n = {n}"), |b| {
            b.iter(|| at.at(black_box(&start)));
        });
        c.bench_function(&format!("product with the Hessian, k = {k}, n = {n}"), |b| {
            b.iter(|| at.hessian_times(black_box(&direction), &mut product));
        });
    }
}

fn runs(c: &mut Criterion) {
    let mut group = c.benchmark_group("run");
    group.sample_size(10);
    for (k, n) in [(8, 4), (20, 10), (50, 25)] {
        let mut seed = 0;
        group.bench_function(format!("k = {k}, n = {n}, a seed each"), |b| {
            b.iter(|| {
                seed += 1;
                black_box(train(&Setup::new(k, n, seed % 10), &|| false).map(|run| run.loss))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, derivatives, runs);
criterion_main!(benches);
