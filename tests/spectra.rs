//! Certified spectra against dense Hessians, and the routes against each other.

mod seeded;

use copyavg::activation::Erf;
use copyavg::arithmetic::{DoubleInterval, Enclosure, Interval, Precision, Rational, Scalar};
use copyavg::certify::eigenvalues::enclose;
use copyavg::certify::inertia::{Inertia, Symmetric};
use copyavg::certify::spectrum::{Kind, Spectrum, attempt, decide, inertia_index, morse_index};
use copyavg::configuration::blocks::copy_average::copy_average_blocks;
use copyavg::configuration::blocks::orbits::copy_average_totals;
use copyavg::configuration::blocks::{Line, RankOneUpdate, SymmetricMatrix};
use copyavg::configuration::copy_average::copy_average;
use copyavg::configuration::partition::{Partition, Partitions, Run};
use copyavg::find::eigenvalues::copy_average_candidates;
use copyavg::landscape::hessian;
use nalgebra::{DMatrix, SymmetricEigen};
use num_bigint::{BigInt, BigUint};
use num_traits::ToPrimitive;
use proptest::prelude::*;
use rayon::prelude::*;
use seeded::Seeded;

fn certified(partition: &Partition, extra: u64) -> Spectrum<Interval> {
    let candidates = copy_average_candidates(partition, extra);
    decide(partition, extra, Precision::saturating(2048), &candidates)
}

fn partition(parts: &[u64]) -> Partition {
    Partition::from_parts(parts.iter().copied()).unwrap()
}

fn all_partitions(ks: std::ops::RangeInclusive<u64>) -> Vec<Partition> {
    ks.flat_map(|k| (1..=k).flat_map(move |n| Partitions::new(k, n).unwrap()))
        .collect()
}

fn dense(partition: &Partition, extra: u64) -> DMatrix<f64> {
    let parts: Vec<u64> = partition.parts().collect();
    let dimension = usize::try_from(partition.k() + extra).unwrap();
    let student = copy_average(&0.0_f64, &Erf::standard(), &parts, dimension).unwrap();
    let matrix = hessian(&Erf::standard(), &student);
    DMatrix::from_row_slice(matrix.size(), matrix.size(), &matrix.into_entries())
}

/// The lower and upper ends of all eigenvalues with multiplicity, each sorted.
fn ends(spectrum: &Spectrum<Interval>) -> (Vec<f64>, Vec<f64>) {
    let (mut lower, mut upper) = (Vec::new(), Vec::new());
    for block in &spectrum.blocks {
        for _ in 0..block.multiplicity.to_usize().unwrap() {
            for x in &block.eigenvalues {
                lower.push(x.lower().unwrap().to_f64().unwrap());
                upper.push(x.upper().unwrap().to_f64().unwrap());
            }
        }
    }
    lower.sort_by(f64::total_cmp);
    upper.sort_by(f64::total_cmp);
    (lower, upper)
}

/// Every eigenvalue of the dense Hessian lies in its enclosure, up to the error
/// of the dense computation in doubles.
fn same_as_dense(partition: &Partition, extra: u64) {
    let spectrum = certified(partition, extra);
    let dense = dense(partition, extra);
    let tolerance = 1e-13 * dense.norm() * (dense.nrows() as f64);
    let mut eigenvalues: Vec<f64> = SymmetricEigen::new(dense).eigenvalues.iter().copied().collect();
    eigenvalues.sort_by(f64::total_cmp);
    let (lower, upper) = ends(&spectrum);
    assert_eq!(lower.len(), eigenvalues.len(), "{partition}");
    for ((value, lower), upper) in eigenvalues.iter().zip(&lower).zip(&upper) {
        assert!(
            lower - tolerance <= *value && *value <= upper + tolerance,
            "{partition} + {extra}: {value} is not in [{lower}, {upper}]"
        );
        assert!(
            upper - lower <= 1e-9 * (1.0 + lower.abs()),
            "{partition}: [{lower}, {upper}]"
        );
    }
    // The dense eigenvalues have the certified signs, where they are clear.
    let negative = eigenvalues.iter().filter(|x| **x < -tolerance).count();
    let clear = eigenvalues.iter().all(|x| x.abs() > tolerance);
    assert!(
        !clear || spectrum.morse_index == Some(BigUint::from(negative)),
        "{partition}"
    );
    assert_eq!(spectrum.nullity, Some(BigUint::default()));
}

#[test]
fn blocks_have_the_eigenvalues_of_the_dense_hessian() {
    for partition in all_partitions(1..=7) {
        for extra in 0..=2 {
            same_as_dense(&partition, extra);
        }
    }
}

#[test]
fn random_larger_configurations_have_the_eigenvalues_of_the_dense_hessian() {
    let mut random = Seeded::new(3);
    for _ in 0..25 {
        let k = 8 + random.bits() % 12;
        let n = 1 + random.bits() % k.min(9);
        let all: Vec<Partition> = Partitions::new(k, n).unwrap().collect();
        let chosen = &all[usize::try_from(random.bits()).unwrap() % all.len()];
        same_as_dense(chosen, random.bits() % 4);
    }
}

#[test]
fn totals_are_those_of_the_dense_hessian() {
    for partition in all_partitions(1..=7) {
        for extra in 0..=2 {
            let dense = dense(&partition, extra);
            let totals = copy_average_totals(&0.0_f64, &partition, extra);
            assert_eq!(totals.size, BigUint::from(dense.nrows()));
            let norm = dense.norm_squared();
            assert!(
                (totals.trace - dense.trace()).abs() <= 1e-13 * norm.max(1.0),
                "{partition}"
            );
            assert!(
                (totals.squared_norm - norm).abs() <= 1e-12 * norm,
                "{partition} {extra}"
            );
        }
    }
}

#[test]
fn the_morse_index_formula_agrees_with_inertia() {
    let context = Interval::context(Precision::START);
    for partition in all_partitions(1..=14) {
        for extra in 0..=1 {
            let formula = morse_index(&context, &partition).unwrap();
            assert_eq!(
                inertia_index(&context, &partition, extra),
                Some(formula),
                "{partition}"
            );
        }
    }
}

#[test]
fn two_averages_are_always_a_saddle() {
    for partition in all_partitions(2..=20) {
        let averages: u64 = partition
            .runs()
            .iter()
            .filter(|run| run.size > 1)
            .map(|run| run.count)
            .sum();
        let kind = certified(&partition, 0).kind;
        assert_ne!(kind, Kind::Undecided, "{partition}");
        if averages >= 2 {
            assert_eq!(kind, Kind::StrictSaddle, "{partition}");
        }
    }
}

/// c copies beside one average of ℓ: a strict minimum iff c ≤ c*(ℓ).
#[test]
fn the_threshold_of_copies_is_where_the_closed_form_says() {
    for ell in [2_u64, 3, 4, 5, 7, 10, 50, 1000, 1_000_000] {
        let l = ell as f64;
        let threshold = ((8.0 * l * l - 5.5) / (3.0 + 2.0 * 3_f64.sqrt())).floor();
        let copies = threshold.to_u64().unwrap();
        for (count, kind) in [
            (copies, Kind::StrictLocalMinimum),
            (copies + 1, Kind::StrictSaddle),
        ] {
            let runs = [Run { size: ell, count: 1 }, Run { size: 1, count }];
            let partition = Partition::from_runs(runs.into_iter().filter(|run| run.count > 0)).unwrap();
            let spectrum = certified(&partition, 0);
            assert_eq!(spectrum.kind, kind, "{partition}");
            if kind == Kind::StrictSaddle {
                assert_eq!(spectrum.morse_index, Some(BigUint::from(ell - 1)));
            }
        }
    }
}

/// The closed form of the threshold fails for an average of ℓ only if a solution
/// of Y² − 48c² = −23 has Y + 6c + 11 = 16ℓ²; none of those below 10^2000 does.
#[test]
fn no_solution_of_the_pell_equation_spoils_the_closed_form() {
    for mut solution in [
        (BigInt::from(5), BigInt::from(1)),
        (BigInt::from(13), BigInt::from(2)),
    ] {
        while solution.0.bits() < 6700 {
            let (y, c) = &solution;
            assert_eq!(y * y - c * c * 48, BigInt::from(-23));
            let sixteen: BigInt = y + c * 6 + 11;
            let square = (&sixteen / BigInt::from(16)).sqrt();
            assert!(&square * &square * 16 != sixteen, "c = {c}");
            solution = (y * 7 + c * 48, y + c * 7);
        }
    }
}

#[test]
fn every_partition_of_every_k_up_to_40_is_decided() {
    let partitions = all_partitions(1..=40);
    assert_eq!(partitions.len(), 215_307);
    let open: Vec<String> = partitions
        .par_iter()
        .filter(|partition| certified(partition, 1).kind == Kind::Undecided)
        .map(ToString::to_string)
        .collect();
    assert!(
        open.is_empty(),
        "{} undecided, such as {:?}",
        open.len(),
        &open[..1]
    );
}

#[test]
fn large_configurations_are_decided() {
    let parts: Vec<u64> = (1..=19).chain([10]).collect();
    let spectrum = certified(&partition(&parts), 0);
    assert_eq!(
        (parts.iter().sum::<u64>(), spectrum.kind),
        (200, Kind::StrictSaddle)
    );
    for k in [1_000_000, 1_000_000_000_000] {
        for n in [1, 2, 1000, k / 2, k - 1, k] {
            let partition = Partition::copies_and_one_average(k, n).unwrap();
            for extra in [0, 3] {
                let spectrum = certified(&partition, extra);
                // Beside an average of two, four copies at most.
                let kind = if n + 1 == k {
                    Kind::StrictSaddle
                } else {
                    Kind::StrictLocalMinimum
                };
                assert_eq!(spectrum.kind, kind, "k = {k}, n = {n}: {:?}", spectrum.why);
                let size: BigUint = spectrum
                    .blocks
                    .iter()
                    .map(|block| &block.multiplicity * block.dimension)
                    .sum();
                assert_eq!(size, BigUint::from(n) * (BigUint::from(k) + extra + 1_u32));
            }
        }
    }
}

#[test]
fn candidates_have_no_authority() {
    let nonsense = [f64::NAN, 1e300, -7.0, 0.0, 0.1];
    for parts in [&[4, 3, 3, 2][..], &[9, 1, 1], &[2, 2], &[5]] {
        let partition = partition(parts);
        let blocks = copy_average_blocks(&0.0, &partition, 1);
        let wrong: Vec<Vec<f64>> = blocks
            .iter()
            .map(|block| {
                (0..block.matrix.size())
                    .map(|i| nonsense[i % nonsense.len()])
                    .collect()
            })
            .collect();
        let right = certified(&partition, 1);
        for candidates in [Vec::new(), wrong] {
            let found = decide(&partition, 1, Precision::START, &candidates);
            assert_eq!((found.kind, &found.morse_index), (right.kind, &right.morse_index));
            for (found, right) in found.blocks.iter().zip(&right.blocks) {
                for (found, right) in found.eigenvalues.iter().zip(&right.eigenvalues) {
                    assert!(found.intersection(right).is_some());
                    assert!(found.relative_accuracy_bits() > 15, "{found:?}");
                }
            }
        }
    }
}

#[test]
fn precision_narrows_every_eigenvalue() {
    let partition = partition(&[12, 5, 5, 3, 1, 1, 1]);
    let candidates = copy_average_candidates(&partition, 2);
    for bits in [128_u32, 320, 1000] {
        let context = Interval::context(Precision::saturating(bits));
        let spectrum = attempt(&context, &partition, 2, &candidates);
        assert_eq!(spectrum.kind, Kind::StrictSaddle);
        for x in spectrum.blocks.iter().flat_map(|block| &block.eigenvalues) {
            assert!(x.relative_accuracy_bits() > i64::from(bits) - 48, "{bits}: {x:?}");
        }
    }
}

/// The structured matrices and their dense forms are the same matrices.
#[test]
fn dense_and_structured_routes_agree() {
    let context = Interval::context(Precision::START);
    for partition in [
        partition(&[4, 3, 3, 2, 1, 1]),
        partition(&[7]),
        partition(&[2, 2]),
    ] {
        let candidates = copy_average_candidates(&partition, 1);
        for (block, near) in copy_average_blocks(&context, &partition, 1)
            .iter()
            .zip(&candidates)
        {
            let dense = block.matrix.dense();
            let by_structure = enclose(&context, &block.matrix, near).unwrap();
            for guess in [near.as_slice(), &[]] {
                let by_entries = enclose(&context, &dense, guess).unwrap();
                for (x, y) in by_structure.iter().zip(&by_entries) {
                    assert!(x.intersection(y).is_some(), "{}: {x:?} {y:?}", block.name);
                    assert!(y.relative_accuracy_bits() > 60, "{}: {y:?}", block.name);
                }
            }
        }
    }
}

#[test]
fn inertia_of_singular_and_indefinite_matrices() {
    let context = DoubleInterval::context();
    let matrix = |entries: [[i64; 3]; 3]| {
        SymmetricMatrix::from_fn(3, |row, column| context.integer(entries[row][column]))
    };
    let zero = context.zero();
    // No diagonal entry has a sign: a 2×2 pivot.
    let hollow = matrix([[0, 1, 2], [1, 0, 3], [2, 3, 0]]);
    assert_eq!(
        hollow.inertia(&zero),
        Some(Inertia {
            negative: 2,
            positive: 1
        })
    );
    let singular = matrix([[1, 1, 0], [1, 1, 0], [0, 0, 5]]);
    assert_eq!(singular.inertia(&zero), None);
    assert_eq!(
        singular.inertia(&context.one()),
        Some(Inertia {
            negative: 1,
            positive: 2
        })
    );
    // Eigenvalues 0, 2, 5: the enclosure of the first stays around 0.
    let found = enclose(&context, &singular, &[0.0, 2.0, 5.0]).unwrap();
    assert!(found[0].contains(&Rational::from_integer(0.into())));
    assert!(!found[0].certainly_positive() && !found[0].certainly_negative());
    assert!(found[1].contains(&Rational::from_integer(2.into())) && found[1].certainly_positive());
    assert!(found[2].contains(&Rational::from_integer(5.into())));
}

/// A repeated eigenvalue is enclosed twice.
#[test]
fn repeated_eigenvalues_are_enclosed() {
    let context = Interval::context(Precision::START);
    let identity = SymmetricMatrix::from_fn(4, |row, column| context.integer(i64::from(row == column)));
    for candidates in [&[1.0; 4][..], &[]] {
        for x in enclose(&context, &identity, candidates).unwrap() {
            assert!(x.contains(&Rational::from_integer(1.into())));
            assert!(x.certainly_positive());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Integer matrices L D Lᵀ with known inertia, moved by a shift.
    #[test]
    fn inertia_is_that_of_the_diagonal(
        diagonal in prop::collection::vec((-9_i64..=9).prop_filter("not 0", |d| *d != 0), 4),
        below in prop::collection::vec(-3_i64..=3, 6),
        shift in -5_i64..=5,
    ) {
        let factor = |row: usize, column: usize| match row.cmp(&column) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => below[row * (row - 1) / 2 + column],
        };
        let entry = |row: usize, column: usize| -> i64 {
            let sum: i64 = (0..4).map(|i| factor(row, i) * diagonal[i] * factor(column, i)).sum();
            sum + if row == column { shift } else { 0 }
        };
        let context = Interval::context(Precision::START);
        let matrix = SymmetricMatrix::from_fn(4, |row, column| context.integer(entry(row, column)));
        let negative = diagonal.iter().filter(|d| **d < 0).count();
        let found = matrix.inertia(&context.integer(shift));
        // Exact integers stay exact until a division; pivots may straddle 0 then.
        if let Some(found) = found {
            prop_assert_eq!(found, Inertia { negative, positive: 4 - negative });
        }
        let doubles = SymmetricMatrix::from_fn(4, |row, column| {
            DoubleInterval::context().integer(entry(row, column))
        });
        if let Some(found) = doubles.inertia(&DoubleInterval::context().integer(shift)) {
            prop_assert_eq!(found.negative, negative);
        }
    }

    /// Random rank-one updates against nalgebra.
    #[test]
    fn rank_one_updates_have_the_eigenvalues_of_their_dense_form(
        lines in prop::collection::vec((-2.0_f64..2.0, 0.01_f64..3.0), 1..6),
    ) {
        let context = DoubleInterval::context();
        let exactly = DoubleInterval::exactly_this_double;
        let matrix = RankOneUpdate {
            core: None,
            lines: lines
                .iter()
                .map(|&(value, square)| Line { value: exactly(value), square: exactly(square) })
                .collect(),
        };
        let size = lines.len();
        let dense = DMatrix::from_fn(size, size, |row, column| {
            let product = (lines[row].1 * lines[column].1).sqrt();
            product + if row == column { lines[row].0 } else { 0.0 }
        });
        let mut expected: Vec<f64> = SymmetricEigen::new(dense).eigenvalues.iter().copied().collect();
        expected.sort_by(f64::total_cmp);
        let found = enclose(&context, &matrix, &expected).unwrap();
        for (x, value) in found.iter().zip(&expected) {
            prop_assert!(x.lo() - 1e-12 <= *value && *value <= x.hi() + 1e-12, "{x:?} {value}");
        }
    }
}
