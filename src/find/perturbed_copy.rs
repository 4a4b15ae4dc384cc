//! Approximate perturbed copies: Newton's method from their asymptotic form,
//! else followed from n = k − 1 down through real n.

use super::eigenvalues::symmetric_eigenvalues;
use crate::configuration::family::Family;
use crate::configuration::family::perturbed_copy::{Counts, Geometry, PerturbedCopy};

/// A point to start a proof from, without authority.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// α, β, γ, a.
    pub point: [f64; 4],
    /// Approximate eigenvalues of the Hessian's blocks, block by block, each
    /// ascending.
    pub eigenvalues: Vec<Vec<f64>>,
}

/// A candidate for the perturbed copy with α > 0 > β, γ > 0 and a > 0; `None`
/// if none was found, which says nothing about whether it exists.
///
/// For n of the order of k it is close to α = a = 1, β = 0, γ = 1/n. Otherwise
/// the branch is followed in log n from n = k − 1, where that is a good start
/// for every k.
#[must_use]
pub fn candidate(family: &PerturbedCopy) -> Option<Candidate> {
    let branch = Branch { family };
    let n = branch.real(family.copies());
    let point = branch.newton(n, asymptotic(n)).or_else(|| branch.follow(n))?;
    Some(with_eigenvalues(family, point))
}

/// The candidate at a point that is known approximately.
#[must_use]
pub fn with_eigenvalues(family: &PerturbedCopy, point: [f64; 4]) -> Candidate {
    let blocks = family.blocks(&point);
    Candidate {
        point,
        eigenvalues: blocks
            .iter()
            .map(|block| symmetric_eigenvalues(&block.matrix))
            .collect(),
    }
}

fn asymptotic(n: f64) -> [f64; 4] {
    [1.0, 0.0, 1.0 / n, 1.0]
}

/// Steps of Newton's method at one n.
const STEPS: usize = 40;

/// Values of n on the way down.
const STATIONS: usize = 2000;

/// The perturbed copies of all real n for one k.
struct Branch<'a> {
    family: &'a PerturbedCopy,
}

impl Branch<'_> {
    fn real(&self, count: u64) -> f64 {
        count as f64
    }

    /// Newton's method; the point if it converges to one with the right signs.
    fn newton(&self, n: f64, mut point: [f64; 4]) -> Option<[f64; 4]> {
        let k = self.real(self.family.teachers());
        let mut best = f64::INFINITY;
        let mut stalled = 0;
        for _ in 0..STEPS {
            let counts = Counts {
                copies: n,
                rest: k - n,
            };
            let at = Geometry::of(self.family.kernel(), counts, &point);
            let step = solve(at.jacobian(), at.gradient())?;
            // The least size that counts as a change of each coordinate.
            let scale = [1.0, 1.0 / (n * n), 1.0 / n, 1.0];
            let mut size: f64 = 0.0;
            for i in 0..4 {
                size = size.max(step[i].abs() / (point[i].abs() + 1e-3 * scale[i]));
            }
            if !size.is_finite() {
                return None;
            }
            // β starts at 0: its first step says nothing about the others.
            let limit = [0.5, f64::INFINITY, 0.5, 0.5];
            let shorten = (0..4)
                .map(|i| limit[i] * point[i].abs() / step[i].abs())
                .fold(1.0_f64, |least, x| if x < least { x } else { least });
            for i in 0..4 {
                point[i] -= shorten * step[i];
            }
            if size >= best {
                stalled += 1;
            }
            best = best.min(size);
            let signs = point[0] > 0.0 && point[1] < 0.0 && point[2] > 0.0 && point[3] > 0.0;
            if best < 1e-14 || (stalled >= 2 && best < 1e-8) {
                return signs.then_some(point);
            }
        }
        None
    }

    /// Follows the branch down to n, with the line through the last two points
    /// (in the logarithms of n and of all coordinates) as prediction.
    fn follow(&self, target: f64) -> Option<[f64; 4]> {
        let top = self.real(self.family.teachers()) - 1.0;
        let mut n = top;
        let mut point = self.newton(n, asymptotic(n))?;
        let mut before: Option<(f64, [f64; 4])> = None;
        let mut step: f64 = 0.05;
        for _ in 0..STATIONS {
            if n <= target {
                return Some(point);
            }
            let next = (n * (-step).exp()).max(target);
            let predicted = match before {
                Some((m, old)) => {
                    let ratio = (next / n).ln() / (n / m).ln();
                    std::array::from_fn(|i| point[i] * (ratio * (point[i] / old[i]).ln()).exp())
                }
                None => point,
            };
            let near = |x: &[f64; 4]| (0..4).all(|i| (x[i] / predicted[i]).ln().abs() < 0.3);
            match self.newton(next, predicted).filter(near) {
                Some(found) => {
                    before = Some((n, point));
                    (n, point) = (next, found);
                    step = (step * 1.5).min(0.3);
                }
                None => {
                    step /= 2.0;
                    if step < 1e-6 {
                        return None;
                    }
                }
            }
        }
        None
    }
}

/// The solution of a linear system, by elimination with row pivoting on rows
/// of equal size.
fn solve(mut matrix: [[f64; 4]; 4], mut right: [f64; 4]) -> Option<[f64; 4]> {
    for (row, value) in matrix.iter_mut().zip(&mut right) {
        let size = row.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        row.iter_mut().for_each(|x| *x /= size);
        *value /= size;
    }
    for column in 0..4 {
        let pivot = (column..4).max_by(|&i, &j| {
            let (x, y) = (matrix[i][column].abs(), matrix[j][column].abs());
            x.total_cmp(&y)
        })?;
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..4 {
            let factor = matrix[row][column] / matrix[column][column];
            for j in column..4 {
                matrix[row][j] -= factor * matrix[column][j];
            }
            right[row] -= factor * right[column];
        }
    }
    for row in (0..4).rev() {
        for j in row + 1..4 {
            right[row] -= matrix[row][j] * right[j];
        }
        right[row] /= matrix[row][row];
    }
    right.iter().all(|x| x.is_finite()).then_some(right)
}
