//! Linear equations with the Hessian, by conjugate gradients.

use super::lanes::{add_multiple, dot, vectorised};
use super::objective::Evaluation;

/// σ I + τ H, for the Hessian H of an evaluation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shifted {
    /// σ ≥ 0.
    pub shift: f64,
    /// τ > 0.
    pub factor: f64,
}

/// How much is to be done for a solution.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// What may be left of the right side.
    pub tolerance: f64,
    /// The most iterations.
    pub iterations: usize,
}

/// How an attempt to solve ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The residual is below the tolerance.
    Solved,
    /// A direction v with vᵀ(σI + τH)v ≤ 0 was met; the iterate before it is
    /// returned.
    NegativeCurvature,
    /// The iterations allowed are used up.
    OutOfSteps,
}

/// Room for the method, and a count of what it did.
#[derive(Debug, Clone)]
pub(super) struct ConjugateGradients {
    residual: Vec<f64>,
    preconditioned: Vec<f64>,
    direction: Vec<f64>,
    image: Vec<f64>,
    /// Products of the Hessian with a vector.
    pub products: u64,
}

impl ConjugateGradients {
    pub(super) fn new(size: usize) -> Self {
        Self {
            residual: vec![0.0; size],
            preconditioned: vec![0.0; size],
            direction: vec![0.0; size],
            image: vec![0.0; size],
            products: 0,
        }
    }

    /// Solves (σ I + τ H) x = b from x = 0, until the residual in the metric of
    /// the preconditioner is the tolerance times that of b.
    pub(super) fn solve(
        &mut self,
        at: &mut Evaluation,
        matrix: Shifted,
        preconditioner: &Preconditioner,
        right: &[f64],
        x: &mut [f64],
        effort: Effort,
    ) -> Outcome {
        x.fill(0.0);
        self.residual.copy_from_slice(right);
        preconditioner.apply(&self.residual, &mut self.preconditioned);
        let mut size = inner(&self.residual, &self.preconditioned);
        let enough = size * effort.tolerance * effort.tolerance;
        if size <= 0.0 {
            return Outcome::Solved;
        }
        self.direction.copy_from_slice(&self.preconditioned);
        for _ in 0..effort.iterations {
            at.hessian_times(&self.direction, &mut self.image);
            self.products += 1;
            for (image, p) in self.image.iter_mut().zip(&self.direction) {
                *image = matrix.factor * *image + matrix.shift * p;
            }
            let curvature = inner(&self.direction, &self.image);
            if curvature <= 0.0 || curvature.is_nan() {
                return Outcome::NegativeCurvature;
            }
            let step = size / curvature;
            vectorised(
                #[inline(always)]
                || {
                    add_multiple(x, step, &self.direction);
                    add_multiple(&mut self.residual, -step, &self.image);
                },
            );
            preconditioner.apply(&self.residual, &mut self.preconditioned);
            let next = inner(&self.residual, &self.preconditioned);
            if next <= enough {
                return Outcome::Solved;
            }
            let ratio = next / size;
            size = next;
            for (p, z) in self.direction.iter_mut().zip(&self.preconditioned) {
                *p = z + ratio * *p;
            }
        }
        Outcome::OutOfSteps
    }
}

/// xᵀy.
pub(super) fn inner(x: &[f64], y: &[f64]) -> f64 {
    vectorised(
        #[inline(always)]
        || dot(x, y),
    )
}

/// An approximation of σ I + τ H that is quickly inverted: all that acts on the
/// outer weights and, on the weights, σ I + τ N ⊗ I with the n × n matrix N that
/// mixes neurons. That is where the large eigenvalues are.
#[derive(Debug, Clone)]
pub(super) struct Preconditioner {
    neurons: usize,
    dimension: usize,
    outer: Factor,
    inner: Factor,
}

impl Preconditioner {
    pub(super) fn new(at: &Evaluation, matrix: Shifted) -> Self {
        let (mut outer, mut inner) = at.blocks();
        let neurons = at.objective().neurons();
        for block in [&mut outer, &mut inner] {
            for x in block.iter_mut() {
                *x *= matrix.factor;
            }
            for i in 0..neurons {
                block[i * neurons + i] += matrix.shift;
            }
        }
        Self {
            neurons,
            dimension: at.objective().dimension(),
            outer: Factor::of(outer, neurons),
            inner: Factor::of(inner, neurons),
        }
    }

    fn apply(&self, right: &[f64], out: &mut [f64]) {
        out.copy_from_slice(right);
        let (a, w) = out.split_at_mut(self.neurons);
        vectorised(
            #[inline(always)]
            || {
                self.outer.solve(a, 1);
                self.inner.solve(w, self.dimension);
            },
        );
    }
}

/// The Cholesky factor of a symmetric matrix, made positive definite where it
/// is not: pivots below a small part of the largest diagonal entry are raised.
#[derive(Debug, Clone)]
struct Factor {
    size: usize,
    /// The lower triangle L, row by row, with the reciprocals of its diagonal.
    rows: Vec<f64>,
    /// Lᵀ likewise.
    columns: Vec<f64>,
}

/// The least pivot, relative to the largest diagonal entry.
const LEAST_PIVOT: f64 = 1e-4;

impl Factor {
    fn of(mut matrix: Vec<f64>, size: usize) -> Self {
        let largest = (0..size).fold(0.0_f64, |most, i| most.max(matrix[i * size + i].abs()));
        let least = (LEAST_PIVOT * largest).max(f64::MIN_POSITIVE);
        for i in 0..size {
            for j in 0..=i {
                let (before, row) = matrix.split_at_mut(i * size);
                let other = if j < i { &before[j * size..][..j] } else { &[] };
                if j < i {
                    let sum = dot(&row[..j], other);
                    // The diagonal holds reciprocals.
                    row[j] = (row[j] - sum) * before[j * size + j];
                } else {
                    let pivot = row[i] - dot(&row[..i], &row[..i]);
                    row[i] = 1.0 / pivot.abs().max(least).sqrt();
                }
            }
        }
        let mut columns = vec![0.0; size * size];
        for i in 0..size {
            for j in 0..=i {
                columns[j * size + i] = matrix[i * size + j];
            }
        }
        Self {
            size,
            rows: matrix,
            columns,
        }
    }

    /// Solves L Lᵀ x = b for `width` right sides, rows of x one after the other.
    #[inline(always)]
    fn solve(&self, x: &mut [f64], width: usize) {
        let size = self.size;
        for i in 0..size {
            let (before, row) = x.split_at_mut(i * width);
            let row = &mut row[..width];
            for (j, other) in before.chunks_exact(width).enumerate() {
                add_multiple(row, -self.rows[i * size + j], other);
            }
            let reciprocal = self.rows[i * size + i];
            row.iter_mut().for_each(|x| *x *= reciprocal);
        }
        for i in (0..size).rev() {
            let (row, after) = x[i * width..].split_at_mut(width);
            for (j, other) in after.chunks_exact(width).enumerate() {
                add_multiple(row, -self.columns[i * size + i + 1 + j], other);
            }
            let reciprocal = self.rows[i * size + i];
            row.iter_mut().for_each(|x| *x *= reciprocal);
        }
    }
}
