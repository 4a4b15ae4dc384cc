//! Two bounds of a row of ψ(Π_pq), for projectors with Π 1 = 1, exact at the
//! diagonal entries t = 1 and t = 1/k.
//!
//! A row has Σ_q Π_pq = 1 and Σ_{q≠p} Π_pq² = t(1 − t). With m² = t(1 − t) every
//! other entry is at most m in size, and ψ(x)/x² increases, so
//! Σ_q ψ(Π_pq) ≤ ψ(t) + ψ(m) = ψ(1) − Λ(1 − t). With ε = 1/k and Π_pq = ε + y_q,
//! y is a row of a projector with Σ y = 0, diagonal entry r = t − ε and other
//! entries of size at most √(r(1 − r)); Taylor's expansion about ε has
//! nonnegative coefficients, and its linear part sums to 0, so
//! Σ_q ψ(Π_pq) ≤ kψ(ε) + G(r).
//!
//! **Star-shapedness** (`proofs/star-shapedness.toml`): Λ(x)/x does not increase
//! and G(r)/r does not decrease on (0, 1]; G increases with ε.

use super::psi::{psi, psi_1};
use crate::certify::eigenvalues::Level;

/// Λ(x) = ψ(1) − ψ(1 − x) − ψ(√(x(1 − x))), for 0 ≤ x ≤ 1.
pub fn lambda<T: Level>(x: &T) -> T {
    let one = x.one();
    let rest = one.clone() - x;
    let off = (x.clone() * &rest).max(&x.zero()).sqrt();
    psi(&one) - psi(&rest) - psi(&off)
}

/// The part of ψ(ε + x) beyond its tangent at x = 0, for ε, x ≥ 0, ε + x < 2.
fn beyond_tangent<T: Level>(epsilon: &T, x: &T) -> T {
    psi(&(epsilon.clone() + x)) - psi(epsilon) - psi_1(epsilon) * x
}

/// G(r), the last function at r and at √(r(1 − r)), for 0 ≤ r ≤ 1.
pub fn growth<T: Level>(epsilon: &T, r: &T) -> T {
    let off = (r.clone() * (r.one() - r)).max(&r.zero()).sqrt();
    beyond_tangent(epsilon, r) + beyond_tangent(epsilon, &off)
}
