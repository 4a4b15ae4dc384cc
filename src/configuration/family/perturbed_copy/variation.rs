//! The second variation of the loss along the directions that mix outgoing and
//! incoming weights: the invariant ones, and those like the standard
//! representation of S_n.
//!
//! Let x ∈ ℝⁿ be a unit vector, either 1/√n everywhere or zero-sum, and
//! λ = Σ_{j≠i} x_j / x_i: n − 1 or −1. Both sorts of directions are
//!
//! da_i = y x_i, dw_ii = z x_i, dw_ij = p x_i + r x_j (j ≤ n, j ≠ i),
//! dw_ip = (t/√m) x_i (p > n).
//!
//! Along a curve of such students every inner product changes by a multiple of
//! an entry of x:
//!
//! * dq_i/2 = w_i·dw_i = ω x_i, ω = αz + β((n−1)p + λr) + γ√m t;
//! * du_ij = v (x_i + x_j), v = βz + (α + (n−2)β)p + (α − β + λβ)r + γ√m t,
//!   and Σ_{j≠i} (x_i + x_j) = M x_i, Σ_{i≠j} (x_i + x_j)² = 2M, M = n − 1 + λ;
//! * Σ_i dw_ij = σ x_j on the copied teachers, σ = z + λp + (n−1)r, and on the
//!   rest Σ_i dw_ip = t Σx_i/√m, so that
//!   Σ_{i≠j} dw_i·dw_j = σ² + (1 + λ)t² − |dW|²;
//! * Σ_p f(W_ip) dw_ip = x_i [f(α)z + f(β)((n−1)p + λr) + f(γ)√m t], which is
//!   τ x_i for f = g_u(q, 1, ·) and μ x_i for f = g_qu(q, 1, ·).
//!
//! With h the kernel of a neuron and a teacher and |dW|² the square norm, twice
//! differentiating Σ a_i² G + Σ_{i≠j} a_i a_j g − 2 Σ a_i h gives the quadratic
//! form
//!
//! 2(G + λg) y² + 2y [(2 radial + 2aG′ + 4aλg_q) ω + 2a g_u M v − 2τ]
//! + 2a radial |dW|² + 2a² g_u (σ² + (1+λ)t² − |dW|²)
//! + (4a²G″ + 8(n−1)a² g_qq − 8a Σ_p h_qq + 8λa² g_qr) ω²
//! + 8a² g_qu M ωv + 2a² g_uu M v² − 8a ωμ − 2a Σ_ip h_uu dw_ip².

use super::geometry::Geometry;
use crate::arithmetic::Scalar;
use crate::configuration::blocks::SymmetricMatrix;

/// One of the two sorts of directions, with orthonormal coordinates.
#[derive(Debug, Clone)]
pub(super) struct Sector<T> {
    /// λ.
    lambda: T,
    /// Orthonormal directions (p, r) of the entries dw_ij, j ≠ i.
    off_diagonal: Vec<[T; 2]>,
}

/// What a unit vector of weight directions does to the inner products.
struct Direction<T> {
    /// ω.
    radial: T,
    /// v.
    mutual: T,
    /// σ.
    column: T,
    /// τ.
    teacher_slope: T,
    /// μ.
    teacher_mixed: T,
    /// Σ_ip h_uu dw_ip² / |dW|².
    curvature: T,
}

impl<T: Scalar> Geometry<T> {
    /// The invariant directions, x_i = 1/√n: in the order z, p, t, y, which is
    /// that of α, β, γ, a. Here p and r mean the same.
    pub(super) fn invariant(&self) -> Sector<T> {
        let unit = self.a.one() / self.others.sqrt();
        Sector {
            lambda: self.others.clone(),
            off_diagonal: vec![[unit, self.a.zero()]],
        }
    }

    /// The directions with zero-sum x: in the order z, r, p′, t, y. The
    /// matrices (x_i) and (x_j) off the diagonal have square norms n − 1 and
    /// the inner product −1; the basis is the second one, and the first one
    /// without its part along the second. `two_neurons` says n = 2, when that
    /// is 0. The first basis vector takes all of Σ_i dw_i, whose eigenvalues
    /// grow with n; the other is left with σ = 0.
    pub(super) fn standard(&self, two_neurons: bool) -> Sector<T> {
        let one = self.a.one();
        let mut off_diagonal = vec![[self.a.zero(), one.clone() / self.others.sqrt()]];
        if !two_neurons {
            let n = &self.counts.copies;
            let square = self.others.clone() / (n.clone() * (self.others.clone() - &one));
            let row = square.sqrt();
            off_diagonal.push([row.clone(), row / &self.others]);
        }
        Sector {
            lambda: -one,
            off_diagonal,
        }
    }

    /// The matrix of the second variation in orthonormal coordinates: dw_ii,
    /// the off-diagonal directions, dw_ip, and da_i last.
    pub(super) fn second_variation(&self, sector: &Sector<T>) -> SymmetricMatrix<T> {
        let (two, four) = (self.a.integer(2), self.a.integer(4));
        let eight = self.a.integer(8);
        let squared = self.a.square();
        let lambda = &sector.lambda;
        let mutual = self.others.clone() + lambda; // M
        let directions = self.directions(sector);
        let outgoing = directions.len();

        let to_radial = (self.radial.clone() + self.own.first.clone() * &self.a) * &two
            + self.pair.q.clone() * &self.a * lambda * &four;
        let to_mutual = self.pair.u.clone() * &self.a * &mutual * &two;

        let plain = (self.radial.clone() - self.pair.u.clone() * &self.a) * &self.a * &two;
        let column = self.pair.u.clone() * &squared * &two;
        let radial = (self.own.second.clone()
            + (self.pair.qq.clone() * &self.others + self.pair.qr.clone() * lambda) * &two)
            * &squared
            * &four
            - self.over_teachers(|at| &at.qq) * &self.a * &eight;
        let mixed = self.pair.qu.clone() * &squared * &mutual * &four;
        let curved = self.pair.uu.clone() * &squared * &mutual * &two;
        let teacher = self.a.clone() * &four;

        SymmetricMatrix::from_fn(outgoing + 1, |row, other| {
            let Some(x) = directions.get(row) else {
                // Row y, the last one.
                return match directions.get(other) {
                    Some(x) => {
                        to_radial.clone() * &x.radial + to_mutual.clone() * &x.mutual
                            - x.teacher_slope.clone() * &two
                    }
                    None => (self.own.value.clone() + self.pair.value.clone() * lambda) * &two,
                };
            };
            let y = &directions[other];
            let mut entry = column.clone() * &x.column * &y.column
                + radial.clone() * &x.radial * &y.radial
                + mixed.clone() * (x.radial.clone() * &y.mutual + x.mutual.clone() * &y.radial)
                + curved.clone() * &x.mutual * &y.mutual
                - teacher.clone()
                    * (x.radial.clone() * &y.teacher_mixed + x.teacher_mixed.clone() * &y.radial);
            if row == other {
                entry = entry + &plain - x.curvature.clone() * &self.a * &two;
                if row + 1 == outgoing {
                    // (1 + λ) t²
                    entry = entry + column.clone() * (lambda.clone() + lambda.one());
                }
            }
            entry
        })
    }

    /// The unit vectors of weights: dw_ii, the off-diagonal ones, dw_ip.
    fn directions(&self, sector: &Sector<T>) -> Vec<Direction<T>> {
        let (zero, one) = (self.a.zero(), self.a.one());
        let lambda = &sector.lambda;
        let own = Direction {
            radial: self.alpha.clone(),
            mutual: self.beta.clone(),
            column: one.clone(),
            teacher_slope: self.at_alpha.u.clone(),
            teacher_mixed: self.at_alpha.qu.clone(),
            curvature: self.at_alpha.uu.clone(),
        };
        let by_row = self.alpha.clone() + (self.others.clone() - &one) * &self.beta;
        let by_column = self.alpha.clone() + (lambda.clone() - &one) * &self.beta;
        let off_diagonal = sector.off_diagonal.iter().map(|[p, r]| {
            let sum = self.others.clone() * p + lambda.clone() * r;
            Direction {
                radial: self.beta.clone() * &sum,
                mutual: by_row.clone() * p + by_column.clone() * r,
                column: lambda.clone() * p + self.others.clone() * r,
                teacher_slope: self.at_beta.u.clone() * &sum,
                teacher_mixed: self.at_beta.qu.clone() * &sum,
                curvature: self.at_beta.uu.clone(),
            }
        });
        let root = self.counts.rest.sqrt();
        let shared = self.gamma.clone() * &root;
        let rest = Direction {
            radial: shared.clone(),
            mutual: shared,
            column: zero,
            teacher_slope: self.at_gamma.u.clone() * &root,
            teacher_mixed: self.at_gamma.qu.clone() * &root,
            curvature: self.at_gamma.uu.clone(),
        };
        std::iter::once(own)
            .chain(off_diagonal)
            .chain(std::iter::once(rest))
            .collect()
    }
}
