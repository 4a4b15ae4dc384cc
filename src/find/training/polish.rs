//! From a point that the flow passes to the critical point that it approaches.

use super::conjugate::{ConjugateGradients, Effort, Outcome, Preconditioner, Shifted, inner};
use super::draw::{Distribution, draw};
use super::lanes::largest;
use super::objective::Evaluation;

/// Newton's steps in one attempt.
const STEPS: usize = 16;

/// The longest first step, in any parameter.
const REACH: f64 = 0.05;

/// How much of the gradient a step must leave at most.
const CONTRACTION: f64 = 0.2;

/// A critical point that Newton's method reached.
#[derive(Debug, Clone)]
pub(super) struct Polished {
    pub parameters: Vec<f64>,
    pub steps: u64,
    /// How far any parameter was moved.
    pub moved: f64,
}

/// Residual at which a random right side counts as reproduced.
pub(super) const ACCURATE: f64 = 1e-6;

/// What the Hessian is at a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Definite {
    /// All eigenvalues are positive; the least is approximately this.
    Positive(f64),
    /// One is negative.
    Indefinite,
    /// The least cannot be told from 0.
    Singular,
}

/// The machinery of an attempt.
#[derive(Debug)]
pub(super) struct Polish<'a> {
    pub at: &'a mut Evaluation,
    pub solver: &'a mut ConjugateGradients,
    pub evaluations: u64,
}

const HESSIAN: Shifted = Shifted {
    shift: 0.0,
    factor: 1.0,
};

impl Polish<'_> {
    /// Newton's method from `start`, where the Hessian has to be positive
    /// definite. `None` if the flow is not yet where the method contracts at
    /// once: then its end point need not be that of the flow.
    ///
    /// The first step has to be short and leave at most a fifth of the
    /// gradient, and so has every other, until rounding errors are all that is
    /// left: then the entries of the gradient are at most `enough`, or the step
    /// is negligible. Such a contraction means that the Hessian hardly changes on the
    /// way, so that it is positive definite all along and the flow is caught.
    pub(super) fn attempt(&mut self, start: &[f64], enough: f64) -> Option<Polished> {
        self.evaluate(start);
        let size = start.len();
        let mut x = start.to_vec();
        let mut step = vec![0.0; size];
        let mut right = vec![0.0; size];
        let mut norm = inner(&self.at.gradient, &self.at.gradient).sqrt();
        let mut steps = 0;
        let mut best = (largest(&self.at.gradient), x.clone());
        while steps < STEPS as u64 && norm > 0.0 {
            let preconditioner = Preconditioner::new(self.at, HESSIAN);
            for (right, g) in right.iter_mut().zip(&self.at.gradient) {
                *right = -g;
            }
            // More digits are not to be had where the least eigenvalue is tiny,
            // and a tenth of CONTRACTION would do.
            let tolerance = norm.clamp(1e-4, 0.01);
            let outcome = self.solver.solve(
                self.at,
                HESSIAN,
                &preconditioner,
                &right,
                &mut step,
                Effort {
                    tolerance,
                    iterations: 4 * size.min(1000),
                },
            );
            if outcome != Outcome::Solved {
                return None;
            }
            let length = largest(&step);
            if length > REACH || length.is_nan() {
                return None;
            }
            if steps == 0 && self.definite(ACCURATE) == Definite::Indefinite {
                return None;
            }
            for (x, step) in x.iter_mut().zip(&step) {
                *x += step;
            }
            self.evaluate(&x);
            steps += 1;
            let next = inner(&self.at.gradient, &self.at.gradient).sqrt();
            let most = largest(&self.at.gradient);
            if most < best.0 {
                best = (most, x.clone());
            }
            if next > CONTRACTION * norm || next.is_nan() {
                // Only rounding errors may stop the contraction.
                let scale = 1.0 + largest(&x);
                let negligible = length <= 1e-7 * scale && steps > 1;
                if negligible || best.0 <= enough {
                    break;
                }
                return None;
            }
            norm = next;
        }
        let parameters = best.1;
        self.evaluate(&parameters);
        let moved = start
            .iter()
            .zip(&parameters)
            .fold(0.0_f64, |most, (x, y)| most.max((x - y).abs()));
        Some(Polished {
            parameters,
            steps,
            moved,
        })
    }

    fn evaluate(&mut self, x: &[f64]) {
        self.at.at(x);
        self.evaluations += 1;
    }

    /// What the Hessian is at the point evaluated last.
    ///
    /// Conjugate gradients on a random right side meet a direction of negative
    /// curvature before they converge, unless the right side happens to be
    /// nearly orthogonal to all eigenvectors of negative eigenvalues. The
    /// solution, improved by inverse iteration, is close to an eigenvector of
    /// the least eigenvalue.
    pub(super) fn definite(&mut self, tolerance: f64) -> Definite {
        let size = self.at.objective().parameters();
        let (n, d) = (self.at.objective().neurons(), self.at.objective().dimension());
        let preconditioner = Preconditioner::new(self.at, HESSIAN);
        let mut vector = draw(Distribution::Normal { deviation: 1.0 }, 0, n, d);
        let mut next = vec![0.0; size];
        let mut least = f64::INFINITY;
        for round in 0..8 {
            let effort = Effort {
                tolerance: if round == 0 { tolerance } else { 1e-4 },
                iterations: (4 * size).min(3000),
            };
            let outcome = self
                .solver
                .solve(self.at, HESSIAN, &preconditioner, &vector, &mut next, effort);
            match outcome {
                Outcome::Solved => {}
                Outcome::NegativeCurvature => return Definite::Indefinite,
                Outcome::OutOfSteps => return Definite::Singular,
            }
            let length = inner(&next, &next).sqrt();
            // xᵀHx of x = H⁻¹v, normalised.
            let quotient = inner(&next, &vector) / (length * length);
            for (v, x) in vector.iter_mut().zip(&next) {
                *v = x / length;
            }
            let settled = (least - quotient).abs() <= 1e-3 * quotient;
            least = quotient;
            if settled {
                break;
            }
        }
        if least > SINGULAR {
            Definite::Positive(least)
        } else {
            Definite::Singular
        }
    }
}

/// Eigenvalues of the Hessian below this count as 0.
const SINGULAR: f64 = 1e-9;
