//! A lower bound of the loss that no student of n neurons can beat.

use super::loss::count;
use crate::activation::{Kernel, KernelFormulas};
use crate::arithmetic::Scalar;

/// (k − n) (φ(1) − c₀² − c₁²), a lower bound of the loss of *every* student
/// with n ≤ k neurons, in the arithmetic of `context`. Zero if n ≥ k.
///
/// Here φ(ρ) = E[σ(X) σ(Y)] = Σ_j c_j² ρ^j for standard Gaussians of
/// correlation ρ, with c_j the Hermite coefficients of σ; for erf(x/√2) the
/// bound is (k − n)(1/3 − 1/π).
///
/// *Proof.* Let Π be the orthogonal projector onto an n-dimensional subspace
/// that contains the w_i. The student is a function of Πx, so the loss is at
/// least E Var(f*(x) | Πx) = Σ_pq [φ(δ_pq) − φ(Π_pq)]
/// = Σ_j c_j² (Σ_pq δ_pq − Σ_pq Π_pq^j), the last for j ≥ 1. Σ_pq Π_pq ≤ k,
/// because Π ≤ 1 on the vector of ones, and Σ_pq |Π_pq|^j ≤ Σ_pq Π_pq² ≤ n for
/// j ≥ 2, so the terms are at least 0, and c_j² (k − n). ∎
pub fn lower_bound<T: Scalar, K: Kernel>(context: &T, kernel: &K, neurons: usize, teachers: usize) -> T {
    let formulas = kernel.within(context);
    let one = context.one();
    // φ(0) = c₀² and φ′(0) = c₁²; on unit vectors the correlation is u.
    let at_zero = formulas.slopes(&one, &one, &context.zero());
    let nonlinear = formulas.own(&one).value - at_zero.value - at_zero.u;
    count(context, teachers.saturating_sub(neurons)) * &nonlinear
}
