//! Whether n − 1 copies and one average are the global optimum.
//!
//! Let Φ(Π) = Σ_pq asin(Π_pq/2) for orthogonal projectors Π of rank n in ℝᵏ.
//! A student whose neurons span a space with projector Π has loss at least
//! R(Π) = k/3 − (2/π) Φ(Π), with equality at copy-average configurations; so
//! these claims decide about all students:
//!
//! > **(M)** Φ(Π) ≤ Φ(Π*) for every Π of rank n, with equality only if Π is Π* =
//! > diag(I_{n−1}, J/(k−n+1)), J all ones, up to a permutation of the teachers.
//!
//! The proof (`proofs/global-optimum.md`) bounds the sum row by row for
//! projectors far from Π* and by a local expansion near it. What is left are
//! three inequalities in one variable each, in the letters of that page:
//!
//! * **(A)** Λ(e) − G(e + N/k) + D − cor > 0 for e₀ ≤ e ≤ e₁;
//! * **(B)** Λ(y)/y > G(τ)/τ and e₁ Λ(y)/y − (e₁ + N/k) G(τ)/τ + D − cor > 0,
//!   y = 1 − 1/k − τ, for 0 < τ < 1 − 1/k;
//! * **(C)** B(e₀) > 0.
//!
//! This module settles them with enclosures: at one pair (k, n), or for all
//! k ≥ K and n ≤ ρk at once. It is a sufficient test: where it fails, nothing
//! is known.
//!
//! * [`pairs`] names what is settled together;
//! * [`psi`] has the kernel without its linear part;
//! * [`row_bounds`] has Λ and G;
//! * [`setting`] has the numbers that belong to (k, n);
//! * [`local`] has B;
//! * [`cover`] cuts ranges into cells;
//! * [`lower_bound`] has what is proved of all students at every pair;
//! * [`decide`](decide()) finds e₀, e₁ and cells.

pub mod cover;
mod decide;
pub mod local;
pub mod lower_bound;
pub mod pairs;
pub mod psi;
pub mod row_bounds;
pub mod setting;

pub use decide::{Proof, decide, decide_at};
pub use pairs::Pairs;
