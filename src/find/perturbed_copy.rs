//! Approximate perturbed copies: Newton's method from their asymptotic form,
//! else followed through real n and k from where that works.
//!
//! For n ≪ √k the n neurons cancel almost: a grows like k^{3/2} (like k/2 for
//! n = 2) while α and −(n−1)β shrink like k^{−1/2}, and of their sum only
//! 1/(√2 a) is left. The equations are then lost to rounding in doubles, but
//! not the point: rounded to doubles it is a good start at higher precision.
//! So the way goes on in multiprecision where doubles fail.

use super::eigenvalues::symmetric_eigenvalues;
use crate::activation::Erf;
use crate::arithmetic::{Interval, Precision, Scalar};
use crate::configuration::blocks::SymmetricMatrix;
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
/// n = k − 1 at the same k, or, for few neurons, from k = n + 1 at the same n.
/// (Just above n = 2 the branch in n folds.)
///
/// Where |β| is below what doubles resolve (about 10⁻¹⁵/n) its sign is left to
/// the proof, which improves the point at higher precision.
#[must_use]
pub fn candidate(family: &PerturbedCopy) -> Option<Candidate> {
    let branch = Branch {
        kernel: family.kernel(),
    };
    let target = Station::of(family.copies(), family.teachers());
    if let Some(point) = branch.newton(target, asymptotic(target)) {
        return Some(with_eigenvalues(family, point));
    }
    let few = target.copies * target.copies < FEW * target.teachers;
    let from = if few {
        Station::of(family.copies(), family.copies() + 1)
    } else {
        Station::of(family.teachers() - 1, family.teachers())
    };
    let mut walk = Walk::from(branch.newton(from, asymptotic(from))?);
    if branch.follow(from, target, &mut walk) {
        return Some(with_eigenvalues(family, walk.point));
    }
    let context = Interval::context(precision(target));
    let mut walk = walk.at(&context);
    branch.follow(from, target, &mut walk).then(|| {
        let blocks = family.blocks(&walk.point);
        let rounded = blocks.iter().map(|block| {
            let matrix = &block.matrix;
            SymmetricMatrix::from_fn(matrix.size(), |i, j| matrix.entry(i, j).nearest())
        });
        Candidate {
            point: walk.point.each_ref().map(Number::nearest),
            eigenvalues: rounded.map(|matrix| symmetric_eigenvalues(&matrix)).collect(),
        }
    })
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

/// Neurons are few if n² is less than this many times k.
const FEW: f64 = 1.0;

/// Bits that suffice at all n ≥ 2: the equations cancel to about k⁻⁴ of their
/// terms.
fn precision(at: Station) -> Precision {
    let digits = at.teachers.log2().ceil() as u32;
    Precision::saturating(128 + 8 * digits)
}

/// Numbers in which the branch is followed.
trait Number: Scalar {
    /// Newton's method has converged once its steps are relatively smaller.
    const CONVERGED: f64;

    /// The same once they no longer shrink.
    const STALLED: f64;

    /// What is resolved of β, times n.
    const FLOOR: f64;

    /// The largest a at which the neurons do not cancel beyond what is resolved.
    const LARGEST: f64;

    /// A double, in the context of `self`.
    fn double(&self, x: f64) -> Self;

    /// About the nearest double.
    fn nearest(&self) -> f64;

    /// A single number out of what rounding left.
    fn settled(&self) -> Self;
}

impl Number for f64 {
    const CONVERGED: f64 = 1e-14;
    const STALLED: f64 = 1e-6;
    const FLOOR: f64 = 1e-15;
    const LARGEST: f64 = 30.0;

    fn double(&self, x: f64) -> Self {
        x
    }

    fn nearest(&self) -> f64 {
        *self
    }

    fn settled(&self) -> Self {
        *self
    }
}

impl Number for Interval {
    const CONVERGED: f64 = 1e-18;
    const STALLED: f64 = 1e-18;
    const FLOOR: f64 = 1e-40;
    const LARGEST: f64 = f64::INFINITY;

    fn double(&self, x: f64) -> Self {
        Interval::exactly_this_double(self.precision(), x)
    }

    fn nearest(&self) -> f64 {
        self.roughly()
    }

    fn settled(&self) -> Self {
        self.ends().0
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
    /// logarithms; at 1 it is `other` exactly.
    fn toward(self, other: Self, time: f64) -> Self {
        if time >= 1.0 {
            return other;
        }
        Self {
            copies: self.copies * (other.copies / self.copies).powf(time),
            teachers: self.teachers * (other.teachers / self.teachers).powf(time),
        }
    }
}

fn asymptotic(at: Station) -> [f64; 4] {
    [1.0, 0.0, 1.0 / at.copies, 1.0]
}

/// How far a branch was followed.
#[derive(Debug, Clone)]
struct Walk<T> {
    /// From 0 to 1.
    time: f64,
    /// The member there.
    point: [T; 4],
    /// Time and member of the station before.
    before: Option<(f64, [T; 4])>,
    /// The next step in time.
    step: f64,
}

impl<T: Number> Walk<T> {
    fn from(point: [T; 4]) -> Self {
        Self {
            time: 0.0,
            point,
            before: None,
            step: FIRST_STEP,
        }
    }
}

impl Walk<f64> {
    /// The same in the arithmetic of `context`.
    fn at(self, context: &Interval) -> Walk<Interval> {
        let exact = |point: [f64; 4]| point.map(|x| context.double(x));
        Walk {
            time: self.time,
            point: exact(self.point),
            before: self.before.map(|(time, point)| (time, exact(point))),
            step: FIRST_STEP,
        }
    }
}

/// Steps of Newton's method at one station.
const STEPS: usize = 40;

/// Stations on the way.
const STATIONS: usize = 4000;

/// The first step, and the longest and the shortest one, of the way in time.
const FIRST_STEP: f64 = 0.01;
const LONGEST_STEP: f64 = 0.3;
const SHORTEST_STEP: f64 = 1e-6;

/// The perturbed copies of all real n and k.
struct Branch<'a> {
    kernel: &'a Erf,
}

impl Branch<'_> {
    /// Newton's method; the point if it converges to one with the right signs.
    fn newton<T: Number>(&self, at: Station, mut point: [T; 4]) -> Option<[T; 4]> {
        let floor = T::FLOOR / at.copies;
        let mut best = f64::INFINITY;
        let mut stalled = 0;
        for _ in 0..STEPS {
            let context = &point[0];
            let counts = Counts {
                copies: context.double(at.copies),
                rest: context.double(at.teachers) - context.double(at.copies),
            };
            let geometry = Geometry::of(self.kernel, counts, &point);
            let step = solve(geometry.jacobian(), geometry.gradient())?;
            let now = point.each_ref().map(Number::nearest);
            let change = step.each_ref().map(Number::nearest);
            // Relative to each coordinate, but to no less than `floor` · 10⁹ for β.
            let size = (0..4)
                .map(|i| change[i].abs() / (now[i].abs() + if i == 1 { 1e9 * floor } else { 0.0 }))
                .fold(0.0_f64, |most, x| if x <= most { most } else { x });
            if !size.is_finite() {
                return None;
            }
            // At most half of each coordinate at once, except β, which starts at 0.
            let shorten = [0, 2, 3]
                .map(|i| 0.5 * now[i].abs() / change[i].abs())
                .into_iter()
                .fold(1.0_f64, f64::min);
            for (x, change) in point.iter_mut().zip(&step) {
                *x = (x.clone() - x.double(shorten) * change).settled();
            }
            if size >= best {
                stalled += 1;
            }
            best = best.min(size);
            if best < T::CONVERGED || (stalled >= 2 && best < T::STALLED) {
                let [alpha, beta, gamma, a] = point.each_ref().map(Number::nearest);
                let signs = alpha > 0.0 && beta < 1e3 * floor && gamma > 0.0 && a > 0.0;
                return (signs && a <= T::LARGEST).then_some(point);
            }
        }
        None
    }

    /// Follows the branch from one station to another, with the line through
    /// the last two points (in logarithms) as prediction. Whether it arrived.
    fn follow<T: Number>(&self, from: Station, to: Station, walk: &mut Walk<T>) -> bool {
        for _ in 0..STATIONS {
            if walk.time >= 1.0 {
                return true;
            }
            let next = (walk.time + walk.step).min(1.0);
            let station = from.toward(to, next);
            let predicted = match &walk.before {
                Some((earlier, old)) => {
                    let ratio = (next - walk.time) / (walk.time - earlier);
                    let now = scaled(from.toward(to, walk.time), &walk.point);
                    let old = scaled(from.toward(to, *earlier), old);
                    let new = std::array::from_fn(|i| {
                        let quotient = (now[i].clone() / &old[i]).nearest();
                        let factor = if quotient > 0.0 { quotient.powf(ratio) } else { 1.0 };
                        now[i].clone() * now[i].double(factor)
                    });
                    unscaled(station, &new)
                }
                None => walk.point.clone(),
            };
            let near = |x: &[T; 4]| {
                let close = |i: usize| (x[i].clone() / &predicted[i]).nearest().ln().abs() < 0.2;
                [0, 2, 3].into_iter().all(close)
            };
            match self.newton(station, predicted.clone()).filter(near) {
                Some(found) => {
                    walk.before = Some((walk.time, std::mem::replace(&mut walk.point, found)));
                    walk.time = next;
                    walk.step = (walk.step * 2.0).min(LONGEST_STEP);
                }
                None => {
                    walk.step /= 2.0;
                    let resolved = predicted[3].nearest() <= T::LARGEST;
                    if !resolved || walk.step < SHORTEST_STEP {
                        return false;
                    }
                }
            }
        }
        false
    }
}

/// α, a(α + (n−1)β), γ, a: positive, and close to powers of k where n ≪ √k,
/// where α and (n−1)β cancel.
fn scaled<T: Number>(at: Station, [alpha, beta, gamma, a]: &[T; 4]) -> [T; 4] {
    let others = a.double(at.copies) - a.one();
    let sum = (alpha.clone() + others * beta) * a;
    [alpha.clone(), sum, gamma.clone(), a.clone()]
}

/// The inverse of [`scaled`].
fn unscaled<T: Number>(at: Station, [alpha, sum, gamma, a]: &[T; 4]) -> [T; 4] {
    let others = a.double(at.copies) - a.one();
    let beta = (sum.clone() / a - alpha) / others;
    [alpha.clone(), beta, gamma.clone(), a.clone()].map(|x| x.settled())
}

/// The solution of a linear system, by elimination with row pivoting on rows
/// of equal size.
fn solve<T: Number>(mut matrix: [[T; 4]; 4], mut right: [T; 4]) -> Option<[T; 4]> {
    for (row, value) in matrix.iter_mut().zip(&mut right) {
        let size = row.iter().fold(0.0_f64, |most, x| most.max(x.nearest().abs()));
        let size = value.double(size);
        for x in row.iter_mut() {
            *x = (x.clone() / &size).settled();
        }
        *value = (value.clone() / &size).settled();
    }
    for column in 0..4 {
        let size = |i: usize, matrix: &[[T; 4]; 4]| matrix[i][column].nearest().abs();
        let pivot = (column..4).max_by(|&i, &j| size(i, &matrix).total_cmp(&size(j, &matrix)))?;
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        let (above, known) = (matrix[column].clone(), right[column].clone());
        for row in column + 1..4 {
            let factor = matrix[row][column].clone() / &above[column];
            for (x, y) in matrix[row].iter_mut().zip(&above) {
                *x = (x.clone() - factor.clone() * y).settled();
            }
            right[row] = (right[row].clone() - factor * &known).settled();
        }
    }
    for row in (0..4).rev() {
        let mut sum = right[row].clone();
        for j in row + 1..4 {
            sum = sum - matrix[row][j].clone() * &right[j];
        }
        right[row] = (sum / &matrix[row][row]).settled();
    }
    right.iter().all(|x| x.nearest().is_finite()).then_some(right)
}
