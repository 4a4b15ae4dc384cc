//! Approximate perturbed copies: Newton's method from their asymptotic form,
//! else followed through real n and k from where that works.

use super::eigenvalues::symmetric_eigenvalues;
use crate::activation::Erf;
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
/// the branch is followed from a member for which that is a good start: from
/// n = k − 1 at the same k, or from k = 3 for n = 2, just above which the branch
/// in n folds.
///
/// Where |β| is below what doubles resolve (about 10⁻¹⁵/n) its sign is left to
/// the proof, which improves the point at higher precision.
#[must_use]
pub fn candidate(family: &PerturbedCopy) -> Option<Candidate> {
    let branch = Branch {
        kernel: family.kernel(),
    };
    let target = Station::of(family.copies(), family.teachers());
    let from = if family.copies() == 2 {
        Station::of(2, 3)
    } else {
        Station::of(family.teachers() - 1, family.teachers())
    };
    let point = branch
        .newton(target, asymptotic(target))
        .or_else(|| branch.follow(from, target))?;
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

/// A pair of n and k, both real.
#[derive(Debug, Clone, Copy)]
struct Station {
    copies: f64,
    teachers: f64,
}

impl Station {
    fn of(copies: u64, teachers: u64) -> Self {
        Self {
            copies: copies as f64,
            teachers: teachers as f64,
        }
    }

    /// The point at `time` ∈ [0, 1] on the way to `other`, straight in
    /// logarithms.
    fn toward(self, other: Self, time: f64) -> Self {
        Self {
            copies: self.copies * (other.copies / self.copies).powf(time),
            teachers: self.teachers * (other.teachers / self.teachers).powf(time),
        }
    }
}

fn asymptotic(at: Station) -> [f64; 4] {
    [1.0, 0.0, 1.0 / at.copies, 1.0]
}

/// Steps of Newton's method at one station.
const STEPS: usize = 40;

/// Stations on the way.
const STATIONS: usize = 4000;

/// The perturbed copies of all real n and k.
struct Branch<'a> {
    kernel: &'a Erf,
}

impl Branch<'_> {
    /// Newton's method; the point if it converges to one with the right signs.
    fn newton(&self, at: Station, mut point: [f64; 4]) -> Option<[f64; 4]> {
        // What doubles resolve of β.
        let floor = 1e-15 / at.copies;
        let mut best = f64::INFINITY;
        let mut stalled = 0;
        for _ in 0..STEPS {
            let counts = Counts {
                copies: at.copies,
                rest: at.teachers - at.copies,
            };
            let geometry = Geometry::of(self.kernel, counts, &point);
            let step = solve(geometry.jacobian(), geometry.gradient())?;
            // Relative to each coordinate, but to no less than `floor` · 10⁹ for β.
            let size = (0..4)
                .map(|i| step[i].abs() / (point[i].abs() + if i == 1 { 1e9 * floor } else { 0.0 }))
                .fold(0.0_f64, |most, x| if x <= most { most } else { x });
            if !size.is_finite() {
                return None;
            }
            // At most half of each coordinate at once, except β, which starts at 0.
            let shorten = [0, 2, 3]
                .map(|i| 0.5 * point[i].abs() / step[i].abs())
                .into_iter()
                .fold(1.0_f64, f64::min);
            for (x, change) in point.iter_mut().zip(&step) {
                *x -= shorten * change;
            }
            if size >= best {
                stalled += 1;
            }
            best = best.min(size);
            if best < 1e-14 || (stalled >= 2 && best < 1e-6) {
                let [alpha, beta, gamma, a] = point;
                let signs = alpha > 0.0 && beta < 1e3 * floor && gamma > 0.0 && a > 0.0;
                return signs.then_some(point);
            }
        }
        None
    }

    /// Follows the branch from one station to another, with the line through
    /// the last two points (in logarithms) as prediction.
    fn follow(&self, from: Station, to: Station) -> Option<[f64; 4]> {
        let mut time = 0.0;
        let mut point = self.newton(from, asymptotic(from))?;
        let mut before: Option<(f64, [f64; 4])> = None;
        let mut step: f64 = 0.01;
        for _ in 0..STATIONS {
            if time >= 1.0 {
                return Some(point);
            }
            let next = (time + step).min(1.0);
            let predicted = match before {
                Some((earlier, old)) => {
                    let ratio = (next - time) / (time - earlier);
                    std::array::from_fn(|i| {
                        let quotient = point[i] / old[i];
                        point[i] * if quotient > 0.0 { quotient.powf(ratio) } else { 1.0 }
                    })
                }
                None => point,
            };
            let near = |x: &[f64; 4]| [0, 2, 3].iter().all(|&i| (x[i] / predicted[i]).ln().abs() < 0.2);
            match self.newton(from.toward(to, next), predicted).filter(near) {
                Some(found) => {
                    before = Some((time, point));
                    (time, point) = (next, found);
                    step = (step * 1.5).min(0.2);
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
        let (above, known) = (matrix[column], right[column]);
        for row in column + 1..4 {
            let factor = matrix[row][column] / above[column];
            for (x, y) in matrix[row].iter_mut().zip(above) {
                *x -= factor * y;
            }
            right[row] -= factor * known;
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
