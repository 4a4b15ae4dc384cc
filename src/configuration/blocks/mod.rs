//! The Hessian at a symmetric configuration as a direct sum of small blocks.
//!
//! The stabiliser of a configuration (permutations of neurons and teachers,
//! rotations of unused inputs) commutes with the Hessian, which therefore
//! splits along the isotypic components: many equal copies of a few small
//! symmetric matrices. The blocks belong to a family of configurations because
//! its symmetry does; the Hessian itself, in `landscape`, knows no family.
//!
//! * [`Block`]: one reduced matrix with the number of its copies;
//! * [`SymmetricMatrix`], [`RankOneUpdate`]: the two shapes of matrices;
//! * [`copy_average`]: the blocks of copy-average configurations;
//! * [`orbits`]: size, trace and norm of the full Hessian by another route,
//!   against which a list of blocks is checked for completeness.

mod bucket;
pub mod copy_average;
mod counting;
pub mod orbits;
mod rank_one;
mod symmetric;

pub use bucket::Bucket;
pub(super) use counting::count;
pub use rank_one::{Core, Line, RankOneUpdate};
pub use symmetric::SymmetricMatrix;

use num_bigint::BigUint;

/// One reduced block of a Hessian: a symmetric matrix in orthonormal
/// coordinates, of which the Hessian holds `multiplicity` ≥ 1 copies.
#[derive(Debug, Clone)]
pub struct Block<M> {
    /// What moves, in a few words; unique within a list of blocks.
    pub name: String,
    /// The number of copies.
    pub multiplicity: BigUint,
    /// The matrix, in units that the list of blocks states.
    pub matrix: M,
}
