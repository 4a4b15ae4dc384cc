//! An upper bound of F around a projector.
//!
//! A geodesic from Π is given by a matrix T of tangent coordinates: with
//! orthonormal bases U of the range without 1 and V of the kernel, and the
//! singular values θ_i of T, it turns u_i towards v_i by the angle θ_i at time
//! 1. Along it, with H = Π̇, all of these hold at every time:
//!
//! * |H|_F² = 2|θ|², |Π̈|_F ≤ 2√2 |θ|², Π⃛ = −4 Σ θ_i³ (u_i v_iᵀ + v_i u_iᵀ), and
//!   no entry of H exceeds |θ|;
//! * the matrix P = ψ′(Π) is positive semidefinite (Schur), its rows sum to
//!   w_p ∈ [0, ψ′(1)] (as |ψ′(x)| ≤ ψ′(1)x² and Σ_q Π_pq² = Π_pp ≤ 1), so its
//!   eigenvalues lie in [0, ψ′(1)];
//! * |ψ″(x)| ≤ 3^(−3/2)|x| and |ψ‴| ≤ 2·3^(−3/2) on [−1, 1].
//!
//! **Third derivative.** Ψ⃛ = Σ ψ‴H³ + 3 Σ ψ″HΠ̈ + Σ ψ′Π⃛. The first sum is at
//! most 2·3^(−3/2)·2|θ|³, the second 3^(−3/2)·4|θ|³; |u_iᵀPv_i| ≤ ψ′(1)/2, so
//! the third is at most 4ψ′(1)|θ|³. Together M|θ|³, M = 16·3^(−3/2) + 4ψ′(1).
//!
//! **The other term.** g = (I − Π)w has ġ = −H(w − μ1) + (I − Π)ẇ for any μ. With
//! μ = ψ′(1)/2 the first part is at most |θ|ψ′(1)√k/2. |ẇ_p|² ≤ 3⁻³ Π_pp Σ_q H_pq²
//! by Cauchy and Schwarz, so |ẇ| ≤ √2·3^(−3/2)|θ|. Thus |ġ| ≤ G|θ|.
//!
//! **The bound.** For |θ| ≤ δ: F ≤ Ψ + |∇|δ + λδ²/2 + Mδ³/6 + (|g| + Gδ)²/(k(k/2 − C)),
//! where λ ≥ 0 bounds the eigenvalues of Ψ̈ at Π from above.

use super::chart::{Frame, Shape, dot, integer};
use crate::arithmetic::Enclosure;
use crate::certify::eigenvalues::{Level, magnitude};
use crate::certify::global::psi::{psi, psi_1, psi_2, psi_2_at_one, second_order};
use crate::certify::inertia::Symmetric;
use crate::configuration::blocks::SymmetricMatrix;

/// The numbers that all projectors of a shape share.
#[derive(Debug, Clone)]
pub struct Constants<T> {
    /// k(k/2 − C).
    pub denominator: T,
    /// M.
    pub third: T,
    /// G.
    pub turning: T,
}

impl<T: Enclosure> Constants<T> {
    /// The constants in the arithmetic of `context`.
    #[must_use]
    pub fn new(context: &T, shape: Shape) -> Self {
        let k = context.integer(integer(shape.teachers()));
        let (steep, slope) = (psi_2_at_one(context), psi_1(&context.one()));
        let two = context.integer(2);
        Self {
            denominator: k.clone() * (k.clone() / &two - second_order(context)),
            third: context.integer(16) * &steep + context.integer(4) * &slope,
            turning: slope * k.sqrt() / &two + two.sqrt() * steep,
        }
    }
}

/// A projector with what belongs to its tangent space.
#[derive(Debug, Clone)]
pub struct Projector<T> {
    /// Orthonormal vectors of the range, orthogonal to 1: n − 1.
    range: Vec<Vec<T>>,
    /// Orthonormal vectors of the kernel: k − n.
    kernel: Vec<Vec<T>>,
    /// Π_pq, row after row.
    entries: Vec<T>,
}

impl<T: Level> Projector<T> {
    /// The projector onto the span of (I; X), X given row after row with rows
    /// of sum 1.
    pub fn onto(shape: Shape, x: &[T]) -> Self {
        let (k, n, rows) = (shape.teachers(), shape.neurons(), shape.rows());
        let context = x[0].zero();
        let unit = |hot: usize, length: usize| -> Vec<T> {
            (0..length)
                .map(|i| context.integer(i64::from(i == hot)))
                .collect()
        };
        let mut range = vec![vec![context.one(); k]];
        range.extend((0..n - 1).map(|j| {
            let mut column = unit(j, n);
            column.extend((0..rows).map(|i| x[i * n + j].clone()));
            column
        }));
        let range = orthonormal(range);
        let kernel = orthonormal(
            (0..rows)
                .map(|i| {
                    let mut vector: Vec<T> = x[i * n..(i + 1) * n].iter().map(|x| -x.clone()).collect();
                    vector.extend(unit(i, rows));
                    vector
                })
                .collect(),
        );
        let mut entries = Vec::with_capacity(k * k);
        for p in 0..k {
            for q in 0..k {
                let entry = if q < p {
                    let mirrored: &T = &entries[q * k + p];
                    mirrored.clone()
                } else {
                    range
                        .iter()
                        .fold(context.zero(), |sum, u| sum + u[p].clone() * &u[q])
                };
                entries.push(entry);
            }
        }
        let range = range.into_iter().skip(1).collect();
        Self {
            range,
            kernel,
            entries,
        }
    }

    fn teachers(&self) -> usize {
        self.kernel[0].len()
    }

    /// Ψ(Π).
    pub fn psi(&self) -> T {
        let zero = self.entries[0].zero();
        self.entries.iter().fold(zero, |sum, x| sum + psi(x))
    }

    /// The derivative of Ψ along the tangent coordinates: for each vector of
    /// the range and each of the kernel 2uᵀPv.
    pub fn gradient(&self) -> Vec<T> {
        let slopes = self.slopes();
        let images: Vec<Vec<T>> = self.kernel.iter().map(|v| self.apply(&slopes, v)).collect();
        let two = self.entries[0].integer(2);
        self.range
            .iter()
            .flat_map(|u| images.iter().map(|image| two.clone() * dot(u, image)))
            .collect()
    }

    /// Ψ̈ as a quadratic form in the tangent coordinates:
    /// Σ ψ″(Π_pq)H_pq² + 2 tr(TᵀT VᵀPV) − 2 tr(TTᵀ UᵀPU).
    pub fn hessian(&self) -> SymmetricMatrix<T> {
        let k = self.teachers();
        let slopes = self.slopes();
        let curvatures: Vec<T> = self.entries.iter().map(psi_2).collect();
        let two = self.entries[0].integer(2);
        let form = |vectors: &[Vec<T>]| -> Vec<Vec<T>> {
            let images: Vec<Vec<T>> = vectors.iter().map(|v| self.apply(&slopes, v)).collect();
            let product = |u: &Vec<T>| images.iter().map(|image| dot(u, image)).collect();
            vectors.iter().map(product).collect()
        };
        let (within, across) = (form(&self.range), form(&self.kernel));
        let columns = self.kernel.len();
        // H and ψ″(Π)H for each coordinate, upper triangle only; entries beside
        // the diagonal count twice.
        let tangents: Vec<Vec<T>> = self
            .range
            .iter()
            .flat_map(|u| self.kernel.iter().map(move |v| (u, v)))
            .map(|(u, v)| {
                (0..k)
                    .flat_map(|p| (p..k).map(move |q| (p, q)))
                    .map(|(p, q)| u[p].clone() * &v[q] + v[p].clone() * &u[q])
                    .collect()
            })
            .collect();
        let weights: Vec<T> = (0..k)
            .flat_map(|p| (p..k).map(move |q| (p, q)))
            .map(|(p, q)| {
                let curvature = curvatures[p * k + q].clone();
                if p == q { curvature } else { curvature * &two }
            })
            .collect();
        let weighted: Vec<Vec<T>> = tangents
            .iter()
            .map(|h| h.iter().zip(&weights).map(|(h, w)| h.clone() * w).collect())
            .collect();
        SymmetricMatrix::from_fn(tangents.len(), |row, column| {
            let ((a, b), (c, d)) = (
                (row / columns, row % columns),
                (column / columns, column % columns),
            );
            let mut entry = dot(&tangents[row], &weighted[column]);
            if a == c {
                entry = entry + two.clone() * &across[b][d];
            }
            if b == d {
                entry = entry - two.clone() * &within[a][c];
            }
            entry
        })
    }

    /// |(I − Π)w|.
    pub fn residue(&self) -> T {
        let slopes = self.slopes();
        let sums: Vec<T> = slopes
            .chunks_exact(self.teachers())
            .map(|row| row.iter().fold(row[0].zero(), |sum, x| sum + x))
            .collect();
        norm(&self.kernel.iter().map(|v| dot(v, &sums)).collect::<Vec<_>>())
    }

    /// An upper bound of F on all projectors at geodesic distance at most
    /// `delta`; `enough` is a bound that is small enough, so that no more work
    /// need be done.
    pub fn bound(&self, constants: &Constants<T>, delta: &T, enough: &T) -> T {
        let value = self.psi() + norm(&self.gradient()) * delta;
        let turned = self.residue() + constants.turning.clone() * delta;
        let mixed = turned.square() / &constants.denominator;
        let cubic = constants.third.clone() * delta.powi(3) / delta.integer(6);
        let rest = value + mixed + cubic;
        let half = delta.square() / delta.integer(2);
        // No Ψ̈ exceeds 2C: Σ ψ″H² ≤ 2·3^(−3/2)|θ|², and the others 2ψ′(1)|θ|².
        let most = delta.integer(2) * second_order(delta);
        let plain = rest.clone() + most.clone() * &half;
        if plain.certainly_less(enough) || !rest.certainly_less(enough) {
            return plain;
        }
        let hessian = self.hessian();
        // The largest λ that would do, or a fraction of it.
        let allowed = (enough.clone() - &rest) / &half;
        let low = allowed.ends().0 * delta.ratio(999, 1000);
        let below = hessian.inertia(&low).is_some_and(|inertia| inertia.positive == 0);
        if below { rest + low * half } else { plain }
    }

    /// ψ′(Π_pq), row after row.
    fn slopes(&self) -> Vec<T> {
        self.entries.iter().map(psi_1).collect()
    }

    /// A matrix, row after row, times a vector.
    fn apply(&self, matrix: &[T], vector: &[T]) -> Vec<T> {
        matrix
            .chunks_exact(self.teachers())
            .map(|row| dot(row, vector))
            .collect()
    }
}

/// An upper bound of the geodesic distance from the cell's centre to any of its
/// points; `None` if the cell is too wide to tell.
///
/// With X the centre and X + Δ the point, the sines of the angles are the
/// singular values of (I + XXᵀ)^(−1/2) Δ (I + (X + Δ)ᵀ(X + Δ))^(−1/2), at most those
/// of the first two factors; and asin x ≤ x/√(1 − x²).
pub fn distance<T: Level>(shape: Shape, frame: &Frame<T>) -> Option<T> {
    let (n, rows, columns) = (shape.neurons(), shape.rows(), shape.columns());
    let zero = frame.centre[0].zero();
    let gram = SymmetricMatrix::from_fn(rows, |i, j| {
        let product = dot(
            &frame.centre[i * n..(i + 1) * n],
            &frame.centre[j * n..(j + 1) * n],
        );
        if i == j { product + zero.one() } else { product }
    });
    let inverse = inverse(&gram);
    let mut square = zero.clone();
    for a in 0..columns {
        for i in 0..rows {
            for j in 0..rows {
                let size = magnitude(&inverse[i * rows + j]);
                square = square + size * &frame.reach[i * columns + a] * &frame.reach[j * columns + a];
            }
        }
    }
    angle(&square)
}

/// The norm of angles, from the sum of the squares of their sines.
pub(super) fn angle<T: Level>(square: &T) -> Option<T> {
    let cosine = square.one() - square;
    cosine
        .certainly_positive()
        .then(|| square.max(&square.zero()).sqrt() / cosine.sqrt())
}

/// |x|.
fn norm<T: Enclosure>(x: &[T]) -> T {
    x.iter().fold(x[0].zero(), |sum, x| sum + x.square()).sqrt()
}

/// Gram and Schmidt: orthonormal vectors that span the same spaces, the first
/// ones of them, the first two, and so on.
fn orthonormal<T: Enclosure>(mut vectors: Vec<Vec<T>>) -> Vec<Vec<T>> {
    for index in 0..vectors.len() {
        let (done, ahead) = vectors.split_at_mut(index);
        let current = &mut ahead[0];
        for earlier in done.iter() {
            let share = dot(earlier, current);
            for (x, y) in current.iter_mut().zip(earlier) {
                *x = x.clone() - share.clone() * y;
            }
        }
        let length = norm(current);
        for x in current.iter_mut() {
            *x = x.clone() / &length;
        }
    }
    vectors
}

/// The inverse of a positive definite matrix, row after row, by elimination
/// without exchange of rows.
fn inverse<T: Enclosure>(matrix: &SymmetricMatrix<T>) -> Vec<T> {
    let size = matrix.size();
    let zero = matrix.entry(0, 0).zero();
    let mut left: Vec<Vec<T>> = (0..size)
        .map(|i| {
            let unit = (0..size).map(|j| zero.integer(i64::from(i == j)));
            (0..size)
                .map(|j| matrix.entry(i, j).clone())
                .chain(unit)
                .collect()
        })
        .collect();
    for pivot in 0..size {
        let head = left[pivot][pivot].clone();
        for x in &mut left[pivot] {
            *x = x.clone() / &head;
        }
        let row = left[pivot].clone();
        for (_, other) in left.iter_mut().enumerate().filter(|&(i, _)| i != pivot) {
            let factor = other[pivot].clone();
            for (x, y) in other.iter_mut().zip(&row) {
                *x = x.clone() - factor.clone() * y;
            }
        }
    }
    left.into_iter()
        .flat_map(|row| row.into_iter().skip(size))
        .collect()
}
