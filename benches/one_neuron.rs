//! L(ℓ) for ℓ = 1 … 10⁵ at more than 30 digits, and the concavity scan to 10⁶.
//!
//! The floor: at ℓ ≈ 10⁵ … 10⁶ the series takes 3 or 4 terms, hence one division of
//! 128 by 64 bits (two hardware divisions) and 4 or 5 exact products of 128-bit
//! fractions (4 multiplications each), 3 multiplications for κ₀ℓ, and for the scan some
//! ten additions: about 20 ns where a product takes 2.7 ns and the division 6 ns.

use copyavg::activation::Erf;
use copyavg::arithmetic::{Interval, Precision};
use copyavg::certify::concavity::scan;
use copyavg::configuration::copy_average::bucket_loss;
use copyavg::configuration::loss_table::LossTable;
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::sync::atomic::AtomicBool;

fn losses(c: &mut Criterion) {
    c.bench_function("the constants of a table", |b| {
        b.iter(|| black_box(LossTable::new(&Erf::standard())));
    });
    c.bench_function("L(1..100000), fixed point", |b| {
        b.iter(|| {
            let table = LossTable::new(&Erf::standard()).unwrap();
            for ell in 1..=100_000 {
                black_box(table.loss(black_box(ell)));
            }
        });
    });
    c.bench_function("L(1..1000), MPFR at 112 bits", |b| {
        let context = Interval::context(Precision::saturating(112));
        let erf = Erf::standard();
        b.iter(|| {
            for ell in 1..=1000 {
                black_box(bucket_loss(&context, &erf, black_box(ell)));
            }
        });
    });
}

fn concavity(c: &mut Criterion) {
    let never = AtomicBool::new(false);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    c.bench_function("concavity to 10^6, one thread", |b| {
        b.iter(|| {
            let found = pool.install(|| scan(&Erf::standard(), 1_000_000, Precision::START, &never, &|_| {}));
            assert!(found.verdict.is_proved());
        });
    });
}

criterion_group!(benches, losses, concavity);
criterion_main!(benches);
