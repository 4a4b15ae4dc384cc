//! Perturbed copies: the family against the full student, and certified points.

mod seeded;

use copyavg::activation::Erf;
use copyavg::arithmetic::{Jet, Scalar};
use copyavg::configuration::family::Family;
use copyavg::configuration::family::perturbed_copy::PerturbedCopy;
use copyavg::landscape::{gradient, hessian, loss};
use nalgebra::{DMatrix, SymmetricEigen};
use num_bigint::BigUint;
use num_traits::ToPrimitive;
use seeded::Seeded;

fn family(n: u64, k: u64, d: u64) -> PerturbedCopy {
    PerturbedCopy::new(n, k, d).unwrap()
}

/// All families with k ≤ 8 and up to two unused inputs.
fn small_families() -> Vec<PerturbedCopy> {
    let pairs = (3..=8).flat_map(|k| (2..k).map(move |n| (n, k)));
    pairs
        .flat_map(|(n, k)| (0..=2).map(move |extra| family(n, k, k + extra)))
        .collect()
}

/// A point that is far from critical, of either sign in each coordinate.
fn anywhere(random: &mut Seeded) -> [f64; 4] {
    std::array::from_fn(|_| random.bits() as f64 / u64::MAX as f64 * 2.0 - 1.0)
}

fn eigenvalues(matrix: DMatrix<f64>) -> Vec<f64> {
    let mut values: Vec<f64> = SymmetricEigen::new(matrix).eigenvalues.iter().copied().collect();
    values.sort_by(f64::total_cmp);
    values
}

#[test]
fn blocks_have_the_eigenvalues_of_the_dense_hessian() {
    let mut random = Seeded::new(11);
    for family in small_families() {
        for _ in 0..2 {
            let point = anywhere(&mut random);
            let matrix = hessian(family.kernel(), &family.embed(&point).unwrap());
            let size = matrix.size();
            let dense = DMatrix::from_row_slice(size, size, &matrix.into_entries());
            let norm = dense.norm();
            let mut found = Vec::new();
            for block in family.blocks(&point) {
                let size = block.matrix.size();
                let matrix = DMatrix::from_fn(size, size, |i, j| *block.matrix.entry(i, j));
                for value in eigenvalues(matrix) {
                    found.extend(vec![value; block.multiplicity.to_usize().unwrap()]);
                }
            }
            found.sort_by(f64::total_cmp);
            let expected = eigenvalues(dense);
            assert_eq!(found.len(), expected.len(), "{family:?}");
            for (x, y) in found.iter().zip(&expected) {
                assert!((x - y).abs() <= 1e-12 * norm, "{family:?} {point:?}: {x} {y}");
            }
        }
    }
}

#[test]
fn totals_are_those_of_the_dense_hessian() {
    let mut random = Seeded::new(12);
    for family in small_families() {
        let point = anywhere(&mut random);
        let matrix = hessian(family.kernel(), &family.embed(&point).unwrap());
        let totals = family.totals(&point);
        assert_eq!(totals.size, BigUint::from(matrix.size()));
        let trace: f64 = (0..matrix.size()).map(|i| matrix.entry(i, i)).sum();
        let norm: f64 = matrix.into_entries().iter().map(|x| x * x).sum();
        assert!(
            (totals.trace - trace).abs() <= 1e-12 * norm.max(1.0),
            "{family:?}"
        );
        assert!((totals.squared_norm - norm).abs() <= 1e-12 * norm, "{family:?}");
    }
}

/// The full gradient is that of the family, spread evenly over each orbit of
/// parameters; the losses are equal.
#[test]
fn the_full_gradient_lies_along_the_family() {
    let mut random = Seeded::new(13);
    for family in small_families() {
        let point = anywhere(&mut random);
        let student = family.embed(&point).unwrap();
        let full = gradient(family.kernel(), &student);
        let reduced = family.gradient(&point);
        let (n, m) = (family.copies() as f64, family.rest() as f64);
        let orbits = [n, n * (n - 1.0), n * m, n];
        let expected: [f64; 4] = std::array::from_fn(|i| reduced[i] / orbits[i].sqrt());
        let copies = family.copies().to_usize().unwrap();
        let teachers = family.teachers().to_usize().unwrap();
        let close = |x: f64, y: f64| assert!((x - y).abs() < 1e-13, "{family:?}: {x} {y}");
        for i in 0..copies {
            close(full[student.outgoing_index(i)], expected[3]);
            for p in 0..student.dimension() {
                let entry = full[student.weight_index(i, p)];
                match p {
                    _ if p == i => close(entry, expected[0]),
                    _ if p < copies => close(entry, expected[1]),
                    _ if p < teachers => close(entry, expected[2]),
                    _ => close(entry, 0.0),
                }
            }
        }
        close(family.loss(&point), loss(family.kernel(), &student));
    }
}

/// Gradient and Jacobian by hand are the derivatives of the loss and of the
/// gradient by differentiation rules, also for very many neurons.
#[test]
fn derivatives_are_those_of_jets() {
    let mut random = Seeded::new(14);
    let large = [family(7, 1000, 1000), family(800_000, 1_000_000, 1_000_000)];
    for family in small_families().into_iter().chain(large) {
        let point = anywhere(&mut random).map(|x| x * 0.5 / family.teachers() as f64);
        let jets = Jet::variables_at(&point);
        let jets: [Jet<f64>; 4] = std::array::from_fn(|i| jets[i].clone());
        let (n, m) = (family.copies() as f64, family.rest() as f64);
        let orbits = [n, n * (n - 1.0), n * m, n];
        let loss = family.loss(&jets);
        let by_hand = family.gradient(&point);
        let differentiated = family.gradient(&jets);
        let jacobian = family.jacobian(&point);
        for i in 0..4 {
            let scale = 1e-11 * by_hand.iter().map(|x| x.abs()).sum::<f64>();
            assert!(
                (loss.first(i) / orbits[i].sqrt() - by_hand[i]).abs() <= scale,
                "{family:?}"
            );
            let scale = 1e-11 * jacobian[i].iter().map(|x| x.abs()).sum::<f64>();
            for j in 0..4 {
                let difference = differentiated[i].first(j) - jacobian[i][j];
                assert!(difference.abs() <= scale, "{family:?} {i} {j}");
            }
        }
    }
}

#[test]
fn members_of_other_families_are_refused() {
    for (n, k, d) in [(1, 5, 5), (5, 5, 5), (0, 3, 3), (3, 5, 4), (6, 5, 7)] {
        assert_eq!(PerturbedCopy::new(n, k, d), None);
    }
    assert_eq!(Erf::standard(), *family(2, 3, 3).kernel());
    assert_eq!(0.5_f64.one(), 1.0);
}
