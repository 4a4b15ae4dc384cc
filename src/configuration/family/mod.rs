//! Families of students that are known by a few coordinates, because a group
//! of permutations and rotations fixes them.
//!
//! By the principle of symmetric criticality the gradient of the loss at such
//! a student lies along the family: it is a critical point of the loss as soon
//! as it is one within the family. A system of M equations in M unknowns is
//! what is left, whatever the numbers of neurons and of teachers are.
//!
//! * [`Family`]: all that the search for members and the proofs about them ask
//!   of a family, over any arithmetic;
//! * [`perturbed_copy`]: nearly copies of n teachers, with a little of all
//!   others;
//! * [`grouped`]: families that are given by groups of neurons and classes of
//!   inputs alone;
//! * [`one_apart`]: one of them, with n − 1 neurons alike.

pub mod grouped;
pub mod one_apart;
pub mod perturbed_copy;

use super::blocks::orbits::Totals;
use super::blocks::{Block, SymmetricMatrix};
use crate::arithmetic::Scalar;
use crate::landscape::{Student, StudentError};

/// A number that has to be positive at the member of a family that is meant.
#[derive(Debug, Clone)]
pub struct Condition<T> {
    /// The inequality, as it is written.
    pub says: &'static str,
    /// The number that is to be positive.
    pub positive: T,
}

/// Students with M coordinates, in given numbers of neurons, teachers and
/// inputs.
///
/// Derivatives are with respect to the student's parameters (a, W) and their
/// Euclidean metric. All formulas hold at every point of the family, critical
/// or not, and are undefined where the kernel is.
pub trait Family<const M: usize> {
    /// The family, as it is called in commands and certificates.
    fn name(&self) -> &'static str;

    /// The names of the coordinates, in order.
    fn coordinates(&self) -> [&'static str; M];

    /// The group whose fixed points are the family, as it is written.
    fn symmetry(&self) -> String;

    /// The student at a point, with all its n + n d parameters.
    ///
    /// # Errors
    /// If there is no such student, or more of it than a machine can list.
    fn embed<T: Scalar>(&self, point: &[T; M]) -> Result<Student<T>, StudentError>;

    /// The loss L.
    fn loss<T: Scalar>(&self, point: &[T; M]) -> T;

    /// The lengths of the family's tangent vectors, one for each coordinate, in
    /// the parameters (a, W): they are constant and orthogonal. In the
    /// arithmetic of `context`.
    fn metric<T: Scalar>(&self, context: &T) -> [T; M];

    /// The derivatives of L along the unit tangent vectors (∂L/∂x_i divided by
    /// the i-th length): all of them are 0 exactly at the critical points of L.
    fn gradient<T: Scalar>(&self, point: &[T; M]) -> [T; M];

    /// The derivatives of [`gradient`](Family::gradient): row i holds those of
    /// its i-th entry, with respect to the coordinates.
    fn jacobian<T: Scalar>(&self, point: &[T; M]) -> [[T; M]; M];

    /// What tells the member that is meant from other critical points of the
    /// family.
    fn conditions<T: Scalar>(&self, point: &[T; M]) -> Vec<Condition<T>>;

    /// The Hessian of L as a direct sum of blocks in orthonormal coordinates,
    /// in the units of L. Multiplicities times sizes add up to n + n d.
    fn blocks<T: Scalar>(&self, point: &[T; M]) -> Vec<Block<SymmetricMatrix<T>>>;

    /// Size, trace and sum of squares of the Hessian of L, from its entries
    /// and not from the blocks, in the units of L.
    fn totals<T: Scalar>(&self, point: &[T; M]) -> Totals<T>;
}
