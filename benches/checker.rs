//! The independent checker, certificate by certificate: the slowest theorems of
//! the catalogue, all of them together, and spectra of configurations.

use copyavg::activation::Erf;
use copyavg::arithmetic::{Interval, Precision, Rational, Scalar};
use copyavg::certify::spectrum::decide;
use copyavg::configuration::copy_average::bucket_loss;
use copyavg::configuration::partition::Partition;
use copyavg::find::eigenvalues::copy_average_candidates;
use copyavg::theorem::certificate;
use copyavg_checker::check;
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::Path;

fn catalogue(c: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("checker/tests/certificates");
    let mut texts: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the certificates are committed")
        .map(|entry| {
            let path = entry.expect("readable").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).expect("readable"))
        })
        .collect();
    texts.sort();
    let mut group = c.benchmark_group("checker");
    group.sample_size(10);
    for (name, text) in &texts {
        assert!(check(text).is_ok(), "{name}");
        if [
            "concavity",
            "concavity-scan",
            "gradients-vanish",
            "morse-index",
            "optimal-partition",
        ]
        .contains(&name.as_str())
        {
            group.bench_function(name.as_str(), |b| b.iter(|| check(black_box(text))));
        }
    }
    group.bench_function("the whole catalogue", |b| {
        b.iter(|| texts.iter().filter(|(_, text)| check(text).is_ok()).count());
    });
    group.finish();
}

fn spectra(c: &mut Criterion) {
    let partition = |text: &str| text.parse::<Partition>().expect("a partition");
    for (name, partition) in [
        ("12 = 4,3,3,2", partition("4,3^2,2")),
        ("k = 60, n = 30, C-A optimal", partition("31,1^29")),
        (
            "k = 200, 19 sizes",
            Partition::from_parts((1..=19).chain([10])).expect("a partition"),
        ),
        (
            "k = 10^12, n = 10^6, C-A optimal",
            partition("999999000001,1^999999"),
        ),
    ] {
        let spectrum = decide(
            &partition,
            0,
            Precision::saturating(1024),
            &copy_average_candidates(&partition, 0),
        );
        let context = Interval::context(Precision::START);
        let loss = partition.runs().iter().fold(context.zero(), |sum, run| {
            sum + bucket_loss(&context, &Erf::standard(), run.size)
                * &context.rational(&Rational::from_integer(run.count.into()))
        });
        let text = certificate::of_spectrum(&partition, 0, &loss, &spectrum).expect("decided");
        assert!(check(&text).is_ok(), "{name}");
        c.bench_function(&format!("checker, spectrum, {name}"), |b| {
            b.iter(|| check(black_box(&text)))
        });
    }
}

criterion_group!(benches, catalogue, spectra);
criterion_main!(benches);
