//! The population loss of a student against its teacher, its gradient and its
//! Hessian: written once, generic over the number type.
//!
//! The teacher is f*(x) = Σ_p σ(e_p·x) with k orthonormal weights e_1 … e_k in
//! ℝ^d (d ≥ k), the student f(x) = Σ_i a_i σ(w_i·x) with n ≤ k neurons, the
//! input x standard Gaussian, and the loss L = E[(f − f*)²], without a factor ½.
//!
//! Everything is expressed by the activation's kernel
//! g(w, v) = E[σ(w·x) σ(v·x)]:
//!
//! L = Σ_ij a_i a_j g(w_i, w_j) − 2 Σ_ip a_i g(w_i, e_p) + Σ_pq g(e_p, e_q).
//!
//! Parameters are ordered a_1, …, a_n, then w_1 (d entries), w_2, …; see
//! [`Student::outgoing_index`] and [`Student::weight_index`].

mod gradient;
mod gram;
mod hessian;
mod loss;
mod lower_bound;
mod student;

pub use gradient::gradient;
pub use hessian::{Hessian, hessian};
pub use loss::loss;
pub use lower_bound::lower_bound;
pub use student::{Student, StudentError};
