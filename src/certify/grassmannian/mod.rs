//! Whether n − 1 copies and one average are the global optimum, by branch and
//! bound on a Grassmannian, for few teachers.
//!
//! Let Π range over the orthogonal projectors of rank n in ℝᵏ with Π 1 = 1,
//! w_p = Σ_q ψ′(Π_pq) and
//!
//! F(Π) = Ψ(Π) + |(I − Π)w|² / (k(k/2 − C)), Ψ(Π) = Σ_pq ψ(Π_pq).
//!
//! By the z-lemma and the reduction (see [`super::global`]) every student with
//! n neurons has loss at least L(k − n + 1), with equality only at the optimal
//! copy-average configurations, once F(Π) < Ψ(Π*) for every Π but the images
//! Π* = diag(I_{n−1}, J/l), l = k − n + 1, under permutations of the teachers.
//!
//! Such Π form a Grassmannian of (n − 1)(k − n) dimensions. It is cut into
//! cells ([`chart`]). A cell is settled if it lies outside the part that is
//! needed, if it lies in a ball around Π* where F falls ([`summit`]), or if a
//! bound from the value, the gradient and the Hessian of Ψ at its centre
//! ([`bound`]) shows that F < Ψ(Π*) on it; otherwise it is cut in two
//! ([`search`]).

pub mod bound;
pub mod chart;
pub mod search;
pub mod summit;

pub use chart::{Cell, Shape};
pub use search::{Examined, Outcome, Search};
