//! Families that are given by groups and classes, against the full student.

mod seeded;

use copyavg::activation::Erf;
use copyavg::arithmetic::{Enclosure, Precision, Scalar};
use copyavg::certify::family::decide;
use copyavg::certify::perturbed_copy::certify;
use copyavg::certify::spectrum::Kind;
use copyavg::configuration::blocks::{Block, SymmetricMatrix};
use copyavg::configuration::family::grouped::{Class, Group, Grouped, Layout};
use copyavg::configuration::family::one_apart::OneApart;
use copyavg::configuration::family::perturbed_copy::PerturbedCopy;
use copyavg::configuration::family::{Condition, Family};
use copyavg::find::{one_apart, perturbed_copy};
use copyavg::landscape::{gradient, hessian, loss};
use nalgebra::{DMatrix, SymmetricEigen};
use num_traits::ToPrimitive;
use seeded::Seeded;

fn anywhere<const M: usize>(random: &mut Seeded) -> [f64; M] {
    std::array::from_fn(|_| random.bits() as f64 / u64::MAX as f64 * 2.0 - 1.0)
}

fn eigenvalues(matrix: DMatrix<f64>) -> Vec<f64> {
    let mut values: Vec<f64> = SymmetricEigen::new(matrix).eigenvalues.iter().copied().collect();
    values.sort_by(f64::total_cmp);
    values
}

/// Any layout, by its coordinates' number.
struct Plain<const M: usize>(Layout);

impl<const M: usize> Grouped<M> for Plain<M> {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn coordinates(&self) -> [&'static str; M] {
        [""; M]
    }

    fn layout(&self) -> &Layout {
        &self.0
    }

    fn conditions<T: Scalar>(&self, _: &[T; M]) -> Vec<Condition<T>> {
        Vec::new()
    }
}

fn layout(groups: &[u64], classes: &[(Option<usize>, u64)], extra: u64) -> Layout {
    let names = ["first", "second", "third"];
    Layout {
        kernel: Erf::standard(),
        groups: groups
            .iter()
            .zip(names)
            .map(|(&neurons, name)| Group { name, neurons })
            .collect(),
        classes: classes
            .iter()
            .zip(["x", "y", "z"])
            .map(|(&(owner, inputs), name)| Class { name, owner, inputs })
            .collect(),
        extra,
    }
}

/// Blocks, totals, loss and gradient are those of the dense student: for the
/// gradient that is the principle of symmetric criticality.
fn agrees_with_the_dense_student<const M: usize>(family: &impl Family<M>, random: &mut Seeded) {
    let kernel = Erf::standard();
    let point = anywhere::<M>(random);
    let student = family.embed(&point).unwrap();
    let close = |x: f64, y: f64| (x - y).abs() <= 1e-9 * (1.0 + x.abs());
    assert!(close(family.loss(&point), loss(&kernel, &student)));

    // The dense gradient has no part across the family.
    let dense = gradient(&kernel, &student);
    let squares: f64 = dense.iter().map(|x| x * x).sum();
    let along: f64 = family.gradient(&point).iter().map(|x| x * x).sum();
    assert!(close(squares, along), "{squares} {along}");

    let matrix = hessian(&kernel, &student);
    let size = matrix.size();
    let dense = DMatrix::from_row_slice(size, size, &matrix.into_entries());
    let norm = dense.norm();
    let totals = family.totals(&point);
    assert_eq!(totals.size.to_usize(), Some(size));
    assert!(close(totals.trace, dense.trace()));
    assert!((totals.squared_norm - norm * norm).abs() <= 1e-9 * norm * norm);

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
    assert_eq!(found.len(), expected.len(), "{}", family.symmetry());
    for (x, y) in found.iter().zip(&expected) {
        assert!((x - y).abs() <= 1e-9 * norm, "{}: {x} {y}", family.symmetry());
    }

    // Derivatives of the gradient, by differences.
    let metric = family.metric(&0.0);
    let jacobian = family.jacobian(&point);
    for j in 0..M {
        let moved = |step: f64| {
            let mut point = point;
            point[j] += step;
            family.gradient(&point)
        };
        let (above, below) = (moved(1e-5), moved(-1e-5));
        for i in 0..M {
            let slope = (above[i] - below[i]) / 2e-5;
            assert!((slope - jacobian[i][j]).abs() <= 1e-6 * (1.0 + norm) * metric[j]);
        }
    }
}

#[test]
fn one_apart_is_the_dense_student() {
    let mut random = Seeded::new(41);
    for (n, k) in (4..=8).flat_map(|k| (3..k).map(move |n| (n, k))) {
        for extra in 0..=2 {
            let family = OneApart::new(n, k, k + extra).unwrap();
            agrees_with_the_dense_student(&family, &mut random);
        }
    }
    for (n, k, d) in [(2, 5, 5), (5, 5, 5), (3, 5, 4), (0, 3, 3)] {
        assert_eq!(OneApart::new(n, k, d), None);
    }
}

/// Copies and averages, groups that own nothing, classes that nobody owns.
#[test]
fn other_layouts_are_the_dense_student() {
    let mut random = Seeded::new(42);
    for extra in 0..=2 {
        for (p, r, s) in [(2, 2, 1), (2, 2, 2), (3, 2, 2), (2, 3, 2), (4, 2, 1), (2, 2, 3)] {
            let family = Plain::<8>(layout(&[p, r], &[(Some(0), 1), (Some(1), s)], extra));
            agrees_with_the_dense_student(&family, &mut random);
        }
        for (p, s) in [(2, 1), (3, 4), (4, 2)] {
            let family = Plain::<7>(layout(&[p, 1], &[(Some(0), 1), (Some(1), s)], extra));
            agrees_with_the_dense_student(&family, &mut random);
        }
        for (p, r, m) in [(2, 2, 1), (3, 1, 2), (2, 3, 3), (4, 2, 2)] {
            let family = Plain::<7>(layout(&[p, r], &[(Some(0), 2), (None, m)], extra));
            agrees_with_the_dense_student(&family, &mut random);
        }
        let free = Plain::<5>(layout(&[2], &[(None, 2), (Some(0), 2), (None, 1)], extra));
        agrees_with_the_dense_student(&free, &mut random);
    }
}

/// The perturbed copies as a layout have the formulas that were derived for
/// them alone.
#[test]
fn perturbed_copies_are_one_group() {
    let mut random = Seeded::new(43);
    for (n, k, extra) in [(2, 3, 1), (3, 5, 0), (5, 9, 2), (40, 300, 7)] {
        let grouped = Plain::<4>(layout(&[n], &[(Some(0), 1), (None, k - n)], extra));
        let direct = PerturbedCopy::new(n, k, k + extra).unwrap();
        let [a, alpha, beta, gamma] = anywhere::<4>(&mut random).map(|x| x / (k as f64).sqrt());
        let (x, y) = ([a, alpha, beta, gamma], [alpha, beta, gamma, a]);
        assert!((grouped.loss(&x) - direct.loss(&y)).abs() < 1e-9 * direct.loss(&y));
        let (found, expected) = (grouped.blocks(&x), direct.blocks(&y));
        assert_eq!(found.len(), expected.len());
        let all = |blocks: Vec<Block<SymmetricMatrix<f64>>>| {
            let mut all = Vec::new();
            for block in blocks {
                let size = block.matrix.size();
                let matrix = DMatrix::from_fn(size, size, |i, j| *block.matrix.entry(i, j));
                for value in eigenvalues(matrix) {
                    all.push((block.multiplicity.clone(), value));
                }
            }
            all.sort_by(|p, q| p.0.cmp(&q.0).then(p.1.total_cmp(&q.1)));
            all
        };
        for (x, y) in all(found).iter().zip(&all(expected)) {
            assert_eq!(x.0, y.0);
            assert!((x.1 - y.1).abs() < 1e-9 * (1.0 + y.1.abs()), "{x:?} {y:?}");
        }
        let (found, expected) = (grouped.totals(&x), direct.totals(&y));
        assert_eq!(found.size, expected.size);
        assert!((found.squared_norm - expected.squared_norm).abs() < 1e-9 * expected.squared_norm);
    }
}

/// Where both are minima, a critical point lies between the best copy-average
/// configuration and the perturbed copy, and above both.
#[test]
fn points_between_are_saddles_above_both() {
    let limit = Precision::saturating(512);
    for (n, k) in [(5, 6), (8, 10), (14, 20), (17, 20), (40, 50), (80, 100)] {
        let family = OneApart::new(n, k, k + 1).unwrap();
        let near = one_apart::candidate(&family).unwrap_or_else(|| panic!("no candidate for {n} {k}"));
        let found = decide(&family, &near.point, &near.eigenvalues, limit).unwrap();
        assert_eq!(found.spectrum.kind, Kind::StrictSaddle, "{n} {k}");
        assert_eq!(found.spectrum.morse_index, Some(1_u32.into()), "{n} {k}");
        let copies = PerturbedCopy::new(n, k, k).unwrap();
        let near = perturbed_copy::candidate(&copies).unwrap();
        let copies = certify(&copies, &near.point, &near.eigenvalues, limit).unwrap();
        assert!(found.loss.certainly_greater(&copies.member.loss), "{n} {k}");
        assert!(found.loss.certainly_greater(&copies.copy_average_loss), "{n} {k}");
    }
    // By eigenvector following in doubles, in Python.
    let family = OneApart::new(14, 20, 20).unwrap();
    let point = one_apart::candidate(&family).unwrap().point;
    let known = [
        1.26151, 0.86562, -0.00652, -0.04428, 0.03402, 3.4245, -0.01326, 0.40569, 0.09118,
    ];
    for (x, y) in point.iter().zip(known) {
        assert!((x - y).abs() < 1e-5 * (1.0 + y.abs()), "{point:?}");
    }
}
