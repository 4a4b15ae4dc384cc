//! Gradient flow θ′ = −∇L(θ).
//!
//! Backward differentiation formulas of orders 1 to 5 in the modified form of
//! Klopfenstein and Shampine (*The MATLAB ODE Suite*, SIAM J. Sci. Comput. 18,
//! 1997), with order and step chosen by the estimated local error: the method
//! of `ode15s` and of SciPy's `BDF`. The implicit equations are solved by
//! Newton's method with the exact Hessian, whose linear equations
//! (I + c H) x = b are solved by preconditioned conjugate gradients: no matrix
//! of the size of the parameters is ever formed or factored.

use super::conjugate::{ConjugateGradients, Effort, Outcome, Preconditioner, Shifted};
use super::objective::Evaluation;

const MAX_ORDER: usize = 5;

/// Iterations of Newton's method in one step.
const ITERATIONS: usize = 5;

/// What conjugate gradients do in one of Newton's iterations.
const LINEAR: Effort = Effort {
    tolerance: 0.02,
    iterations: 200,
};

/// κ_q of the formulas of order q.
const KAPPA: [f64; MAX_ORDER + 1] = [0.0, -0.1850, -1.0 / 9.0, -0.0823, -0.0415, 0.0];

/// γ_q = Σ_{j ≤ q} 1/j.
fn gamma(order: usize) -> f64 {
    (1..=order).map(|j| 1.0 / j as f64).sum()
}

/// The constant of the local error.
fn error_constant(order: usize) -> f64 {
    KAPPA[order] * gamma(order) + 1.0 / (order + 1) as f64
}

/// The flow, step by step.
#[derive(Debug, Clone)]
pub(super) struct Flow {
    /// The flow time reached.
    pub time: f64,
    /// The parameters there.
    pub parameters: Vec<f64>,
    /// Steps accepted.
    pub steps: u64,
    /// Evaluations of the gradient.
    pub evaluations: u64,
    step: f64,
    order: usize,
    equal_steps: usize,
    tolerance: f64,
    /// Backward differences.
    differences: Vec<Vec<f64>>,
    correction: Vec<f64>,
    trial: Vec<f64>,
    history: Vec<f64>,
    right: Vec<f64>,
    change: Vec<f64>,
}

/// Why no step was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoStep {
    /// The step fell below what doubles resolve of the time.
    TooSmall,
    /// The weights are no longer finite.
    NotFinite,
}

impl Flow {
    /// The flow from `parameters`, with this relative (and absolute) error
    /// allowed in each step.
    pub(super) fn new(at: &mut Evaluation, parameters: &[f64], tolerance: f64) -> Self {
        let size = parameters.len();
        at.at(parameters);
        let speed: f64 = rms(&at.gradient, parameters, tolerance);
        let step = if speed > 0.0 {
            (tolerance.sqrt() / tolerance * 0.1 / speed).min(0.1)
        } else {
            0.1
        };
        let step = step.min(0.01);
        let mut differences = vec![vec![0.0; size]; MAX_ORDER + 3];
        differences[0].copy_from_slice(parameters);
        for (d, g) in differences[1].iter_mut().zip(&at.gradient) {
            *d = -g * step;
        }
        Self {
            time: 0.0,
            parameters: parameters.to_vec(),
            steps: 0,
            evaluations: 1,
            step,
            order: 1,
            equal_steps: 0,
            tolerance,
            differences,
            correction: vec![0.0; size],
            trial: vec![0.0; size],
            history: vec![0.0; size],
            right: vec![0.0; size],
            change: vec![0.0; size],
        }
    }

    /// One step. Afterwards `at` is evaluated at a point near the new one.
    pub(super) fn advance(
        &mut self,
        at: &mut Evaluation,
        solver: &mut ConjugateGradients,
    ) -> Result<(), NoStep> {
        loop {
            if self.step <= 1e-14 * self.time.max(1e-3) || self.step.is_nan() {
                return Err(NoStep::TooSmall);
            }
            let order = self.order;
            let alpha = (1.0 - KAPPA[order]) * gamma(order);
            let factor = self.step / alpha;
            self.predict(alpha);
            let Some(iterations) = self.correct(at, solver, factor) else {
                if self.trial.iter().any(|x| !x.is_finite()) && self.step < 1e-10 {
                    return Err(NoStep::NotFinite);
                }
                self.rescale(0.5);
                continue;
            };
            let safety = 0.9 * (2 * ITERATIONS + 1) as f64 / (2 * ITERATIONS + iterations) as f64;
            let error = error_constant(order) * rms(&self.correction, &self.trial, self.tolerance);
            if error > 1.0 {
                let shrink = safety * power(error, order + 1);
                self.rescale(shrink.max(0.2));
                continue;
            }
            self.accept(safety);
            return Ok(());
        }
    }

    /// Sets the predicted parameters and what the past contributes.
    fn predict(&mut self, alpha: f64) {
        self.trial.copy_from_slice(&self.differences[0]);
        self.history.fill(0.0);
        for (order, difference) in self.differences.iter().enumerate().take(self.order + 1).skip(1) {
            let weight = gamma(order) / alpha;
            for ((x, past), d) in self.trial.iter_mut().zip(&mut self.history).zip(difference) {
                *x += d;
                *past += weight * d;
            }
        }
        self.correction.fill(0.0);
    }

    /// Newton's method for c ∇L(θ) + ψ + δ = 0, θ = prediction + δ; the number of
    /// iterations if it converges.
    fn correct(
        &mut self,
        at: &mut Evaluation,
        solver: &mut ConjugateGradients,
        factor: f64,
    ) -> Option<usize> {
        let matrix = Shifted { shift: 1.0, factor };
        let enough = (10.0 * f64::EPSILON / self.tolerance).max(self.tolerance.sqrt().min(0.03));
        let mut last: Option<f64> = None;
        let mut preconditioner = None;
        for iteration in 1..=ITERATIONS {
            at.at(&self.trial);
            self.evaluations += 1;
            for (i, right) in self.right.iter_mut().enumerate() {
                *right = -factor * at.gradient[i] - self.history[i] - self.correction[i];
            }
            let preconditioner = preconditioner.get_or_insert_with(|| Preconditioner::new(at, matrix));
            let outcome = solver.solve(at, matrix, preconditioner, &self.right, &mut self.change, LINEAR);
            if outcome != Outcome::Solved {
                return None;
            }
            let size = rms(&self.change, &self.trial, self.tolerance);
            if !size.is_finite() {
                return None;
            }
            let rate = last.map(|last| size / last);
            if rate.is_some_and(|rate| rate >= 1.0) {
                return None;
            }
            for ((x, d), change) in self.trial.iter_mut().zip(&mut self.correction).zip(&self.change) {
                *x += change;
                *d += change;
            }
            // Until a rate is known, that of the linear equations is assumed.
            let rate = rate.unwrap_or(2.0 * LINEAR.tolerance);
            if rate / (1.0 - rate) * size < enough {
                return Some(iteration);
            }
            last = Some(size);
        }
        None
    }

    /// Takes the trial point over, and chooses order and step for what follows.
    fn accept(&mut self, safety: f64) {
        let order = self.order;
        self.time += self.step;
        self.steps += 1;
        self.equal_steps += 1;
        self.parameters.copy_from_slice(&self.trial);
        for i in 0..self.correction.len() {
            let correction = self.correction[i];
            self.differences[order + 2][i] = correction - self.differences[order + 1][i];
            self.differences[order + 1][i] = correction;
            for level in (0..=order).rev() {
                self.differences[level][i] += self.differences[level + 1][i];
            }
        }
        if self.equal_steps < order + 1 {
            return;
        }
        let error = |level: usize, constant: f64| {
            power(
                constant * rms(&self.differences[level], &self.parameters, self.tolerance),
                level,
            )
        };
        let same = error(order + 1, error_constant(order));
        let lower = if order > 1 {
            error(order, error_constant(order - 1))
        } else {
            0.0
        };
        let higher = if order < MAX_ORDER {
            error(order + 2, error_constant(order + 1))
        } else {
            0.0
        };
        let best = same.max(lower).max(higher);
        if lower == best {
            self.order -= 1;
        } else if higher == best && higher > same {
            self.order += 1;
        }
        self.rescale((safety * best).min(10.0));
    }

    /// Changes the step by `factor`, and the differences with it.
    fn rescale(&mut self, factor: f64) {
        let order = self.order;
        let (old, new) = (interpolation(order, 1.0), interpolation(order, factor));
        let mut matrix = [[0.0; MAX_ORDER + 1]; MAX_ORDER + 1];
        for (row, new) in matrix.iter_mut().zip(&new).take(order + 1) {
            for (j, entry) in row.iter_mut().enumerate().take(order + 1) {
                *entry = (0..=order).map(|l| new[l] * old[l][j]).sum();
            }
        }
        for i in 0..self.parameters.len() {
            let mut before = [0.0; MAX_ORDER + 1];
            for (value, difference) in before.iter_mut().zip(&self.differences).take(order + 1) {
                *value = difference[i];
            }
            for (j, difference) in self.differences.iter_mut().enumerate().take(order + 1) {
                difference[i] = (0..=order).map(|l| matrix[l][j] * before[l]).sum();
            }
        }
        self.step *= factor;
        self.equal_steps = 0;
    }
}

/// R(order, factor): its column j turns differences into those of steps
/// `factor` times as long.
fn interpolation(order: usize, factor: f64) -> [[f64; MAX_ORDER + 1]; MAX_ORDER + 1] {
    let mut matrix = [[0.0; MAX_ORDER + 1]; MAX_ORDER + 1];
    matrix[0] = [1.0; MAX_ORDER + 1];
    for i in 1..=order {
        let above = matrix[i - 1];
        for (j, entry) in matrix[i].iter_mut().enumerate().take(order + 1).skip(1) {
            *entry = above[j] * ((i as f64 - 1.0 - factor * j as f64) / i as f64);
        }
    }
    matrix
}

/// x^(−1/root), at most 10.
fn power(x: f64, root: usize) -> f64 {
    if x > 0.0 {
        core_math::pow(x, -1.0 / root as f64).min(10.0)
    } else {
        10.0
    }
}

/// The root mean square of x_i / (t + t |y_i|).
fn rms(x: &[f64], y: &[f64], tolerance: f64) -> f64 {
    let sum: f64 = x
        .iter()
        .zip(y)
        .map(|(x, y)| {
            let ratio = x / (tolerance + tolerance * y.abs());
            ratio * ratio
        })
        .sum();
    (sum / x.len() as f64).sqrt()
}
