//! Certified spectra of copy-average configurations.

use copyavg::arithmetic::{Interval, Precision};
use copyavg::certify::spectrum::{Kind, attempt, decide};
use copyavg::configuration::partition::{Partition, Partitions};
use copyavg::find::eigenvalues::copy_average_candidates;
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn kind(partition: &Partition) -> Kind {
    let candidates = copy_average_candidates(partition, 1);
    decide(partition, 1, Precision::saturating(2048), &candidates).kind
}

fn one(c: &mut Criterion) {
    let wide = "20,6,5,4,3,2^4,1^14,1^7".parse::<Partition>().unwrap();
    assert_eq!((wide.k(), wide.n()), (67, 30));
    let optimal = Partition::copies_and_one_average(60, 30).unwrap();
    let distinct = Partition::from_parts((1..=19).chain([10])).unwrap();
    let huge = Partition::copies_and_one_average(1_000_000_000_000, 1_000_000).unwrap();
    for (name, partition) in [
        ("k = 60, n = 30, C-A optimal", &optimal),
        ("k = 67, n = 30, six sizes", &wide),
        ("k = 200, n = 20, 19 sizes", &distinct),
        ("k = 10^12, n = 10^6, C-A optimal", &huge),
    ] {
        assert_ne!(kind(partition), Kind::Undecided);
        c.bench_function(&format!("verdict and eigenvalues, {name}"), |b| {
            b.iter(|| black_box(kind(black_box(partition))));
        });
    }
    let candidates = copy_average_candidates(&optimal, 1);
    c.bench_function("30 digits of all eigenvalues, k = 60, n = 30", |b| {
        let context = Interval::context(Precision::for_digits(31, 64));
        b.iter(|| black_box(attempt(&context, black_box(&optimal), 1, &candidates)));
    });
}

fn all(c: &mut Criterion) {
    let partitions: Vec<Partition> = (1..=40).flat_map(|n| Partitions::new(40, n).unwrap()).collect();
    let mut group = c.benchmark_group("all");
    group.sample_size(10);
    group.bench_function("all 37338 partitions of k = 40, one thread", |b| {
        b.iter(|| {
            partitions
                .iter()
                .filter(|partition| kind(partition) == Kind::StrictLocalMinimum)
                .count()
        });
    });
    group.finish();
}

criterion_group!(benches, one, all);
criterion_main!(benches);
