//! The ten lowest partitions: of all, visited one by one on a single thread,
//! and best first where there are too many; and how many there are. Times are
//! CPU times of the thread.

mod cpu_time;

use copyavg::activation::Erf;
use copyavg::arithmetic::{Interval, Precision};
use copyavg::certify::ranking::{
    Control, LossSum, Ranking, Request, check_optimum, rank_all_visited, rank_best_first,
};
use copyavg::configuration::copy_average::bucket_loss;
use copyavg::configuration::partition::{Partition, count};
use cpu_time::CpuTime;
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

type Route =
    fn(Request, &LossSum<'_>, Control<'_>) -> Result<Ranking, copyavg::certify::ranking::RankingError>;

/// With an empty memory of losses, as a command starts with.
fn top(route: Route, k: u64, n: u64, top: u64) -> Ranking {
    let erf = Erf::standard();
    let loss = |ell: u64, precision: Precision| bucket_loss(&Interval::context(precision), &erf, ell);
    let max_precision = Precision::saturating(1024);
    let request = Request {
        k,
        n,
        top,
        max_precision,
    };
    let ranking = route(request, &LossSum::new(&loss), Control::unattended());
    let ranking = ranking.expect("the sizes are fixed");
    assert!(ranking.complete.is_proved());
    ranking
}

fn partitions(c: &mut Criterion<CpuTime>) {
    let mut group = c.benchmark_group("partitions");
    group.sample_size(20);
    group.bench_function("ten best of k=100 n=10, all 2977866 visited", |b| {
        b.iter(|| black_box(top(rank_all_visited, 100, 10, 10)).visited)
    });
    group.bench_function("ten best of k=100 n=10, best first", |b| {
        b.iter(|| black_box(top(rank_best_first, 100, 10, 10)).visited)
    });
    group.bench_function("ten best of k=10^6 n=1000, best first", |b| {
        b.iter(|| black_box(top(rank_best_first, 1_000_000, 1000, 10)).visited)
    });
    group.sample_size(10);
    group.bench_function("10^5 best of k=1000 n=100, best first", |b| {
        b.iter(|| black_box(top(rank_best_first, 1000, 100, 100_000)).visited)
    });
    group.bench_function("all 927143 of k=86 n=10, sorted", |b| {
        b.iter(|| black_box(top(rank_all_visited, 86, 10, 1_000_000)).visited)
    });
    group.bench_function("the optimum for all n <= k <= 50", |b| {
        let erf = Erf::standard();
        let loss = |ell: u64, precision: Precision| bucket_loss(&Interval::context(precision), &erf, ell);
        let precision = Precision::saturating(256);
        b.iter(|| check_optimum(50, &LossSum::new(&loss), precision, Control::unattended()))
    });
    for (k, n) in [(10_000, 100), (10_000, 5000)] {
        group.bench_function(format!("count k={k} n={n}"), |b| b.iter(|| count(k, n)));
    }
    group.bench_function("multiplicity of (91, 1, ..., 1)", |b| {
        let optimum = Partition::copies_and_one_average(100, 10).expect("n <= k");
        b.iter(|| black_box(&optimum).multiplicity())
    });
    group.finish();
}

criterion_group!(name = benches; config = Criterion::default().with_measurement(CpuTime); targets = partitions);
criterion_main!(benches);
