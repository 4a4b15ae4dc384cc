//! Approximate critical points with one neuron apart, between the best
//! copy-average configuration and the perturbed copy.

use super::eigenvalues::{symmetric_eigenvalues, symmetric_eigenvectors};
use super::perturbed_copy;
use crate::configuration::blocks::SymmetricMatrix;
use crate::configuration::family::Family;
use crate::configuration::family::one_apart::OneApart;
use crate::configuration::family::perturbed_copy::PerturbedCopy;

/// A point to start a proof from, without authority.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The coordinates of the family.
    pub point: [f64; 9],
    /// Approximate eigenvalues of the Hessian's blocks, block by block, each
    /// ascending.
    pub eigenvalues: Vec<Vec<f64>>,
}

/// Where the search starts on the line from the copy-average configuration
/// (0) to the perturbed copy (1).
const STARTS: [f64; 6] = [0.5, 0.4, 0.3, 0.6, 0.2, 0.7];

/// Steps of each search.
const STEPS: usize = 500;

/// A candidate for the critical point between; `None` if none was found, which
/// says nothing about whether it exists.
///
/// Within the family it is a saddle of index 1. The search climbs along the
/// eigenvector of the least eigenvalue of the Hessian and descends along all
/// others, by Newton's steps of limited length (Cerjan & Miller, *On finding
/// transition states*, J. Chem. Phys. 75, 1981).
#[must_use]
pub fn candidate(family: &OneApart) -> Option<Candidate> {
    let (n, k) = (family.neurons(), family.teachers());
    let metric = family.metric(&0.0);
    let average = copy_average(n, k);
    let copies = perturbed_copy::candidate(&PerturbedCopy::new(n, k, k)?)?.point;
    let [alpha, beta, gamma, a] = copies;
    let copies = [a, alpha, beta, beta, gamma, a, beta, alpha, gamma];
    let change: [f64; 9] = std::array::from_fn(|i| copies[i] - average[i]);
    let distance = (0..9)
        .map(|i| (change[i] * metric[i]).powi(2))
        .sum::<f64>()
        .sqrt();
    STARTS.into_iter().find_map(|time| {
        let start = std::array::from_fn(|i| average[i] + time * change[i]);
        let point = climb(family, &metric, start, 0.02 * distance)?;
        Some(Candidate {
            point,
            eigenvalues: family
                .blocks(&point)
                .iter()
                .map(|block| symmetric_eigenvalues(&block.matrix))
                .collect(),
        })
    })
}

/// The best copy-average configuration as a member of the family.
fn copy_average(n: u64, k: u64) -> [f64; 9] {
    let size = (k - n + 1) as f64;
    let weight = 1.0 / (size * (2.0 * size - 1.0)).sqrt();
    [1.0, 1.0, 0.0, 0.0, 0.0, size, 0.0, weight, weight]
}

/// The saddle of index 1 that a search ends at, if it satisfies the family's
/// conditions with some distance.
fn climb(family: &OneApart, metric: &[f64; 9], mut point: [f64; 9], longest: f64) -> Option<[f64; 9]> {
    for _ in 0..STEPS {
        let gradient = family.gradient(&point);
        let jacobian = family.jacobian(&point);
        let matrix = SymmetricMatrix::from_fn(9, |i, j| jacobian[i][j] / metric[j]);
        let mut step = [0.0; 9];
        for (place, (value, vector)) in symmetric_eigenvectors(&matrix).into_iter().enumerate() {
            let along: f64 = vector.iter().zip(&gradient).map(|(x, y)| x * y).sum();
            let size = value.abs().max(1e-6);
            let factor = if place == 0 { along / size } else { -along / size };
            for (x, y) in step.iter_mut().zip(&vector) {
                *x += factor * y;
            }
        }
        let length = step.iter().map(|x| x * x).sum::<f64>().sqrt();
        if !length.is_finite() {
            return None;
        }
        let shorten = (longest / length).min(1.0);
        for i in 0..9 {
            point[i] += shorten * step[i] / metric[i];
        }
        if length < 1e-9 * (1.0 + longest) {
            let scale = point.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
            let mut conditions = family.conditions(&point).into_iter();
            return conditions.all(|x| x.positive > 1e-7 * scale).then_some(point);
        }
    }
    None
}
