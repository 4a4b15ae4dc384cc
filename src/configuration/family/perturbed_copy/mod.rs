//! Perturbed n-copy: n neurons that nearly copy a teacher each, and share the
//! m = k − n others.
//!
//! Number the teachers so that neuron i is nearest to teacher i. Then
//!
//! w_i = α e_i + β Σ_{j≤n, j≠i} e_j + γ Σ_{n<p≤k} e_p, a_i = a,
//!
//! which are the fixed points of S_n (permuting neurons together with their
//! teachers) × S_m (permuting the other teachers) × O(d − k).
//!
//! Source: Şimşek, Bendjeddou, Gerstner & Brea, *Should under-parameterized
//! student networks copy or average teacher weights?*, NeurIPS 2023 (the
//! perturbed copies); the blocks of the Hessian are derived in `variation`
//! and `blocks`.
//!
//! * `geometry`: inner products, and the kernel's derivatives at them;
//! * `equations`: the loss and its gradient;
//! * `variation`: the second variation along the two blocks that mix a and W;
//! * `blocks`: all blocks with their multiplicities;
//! * `orbits`: size, trace and norm of the Hessian from its entries.

mod blocks;
mod equations;
mod geometry;
mod orbits;
mod variation;

pub use geometry::{Counts, Geometry};

use super::{Condition, Family};
use crate::activation::Erf;
use crate::arithmetic::Scalar;
use crate::configuration::blocks::orbits::Totals;
use crate::configuration::blocks::{Block, SymmetricMatrix};
use crate::landscape::{Student, StudentError};

/// The perturbed copies of n of k teachers in d inputs. The coordinates of a
/// point are (α, β, γ, a), in this order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PerturbedCopy {
    kernel: Erf,
    copies: u64,
    teachers: u64,
    inputs: u64,
}

impl PerturbedCopy {
    /// The family of `copies` neurons for `teachers` teachers in `inputs`
    /// inputs, for σ = erf(x/√2).
    ///
    /// `None` unless 2 ≤ n < k ≤ d: one neuron shares its teachers evenly, and
    /// k copies leave none to share; both are copy-average configurations.
    #[must_use]
    pub fn new(copies: u64, teachers: u64, inputs: u64) -> Option<Self> {
        (2 <= copies && copies < teachers && teachers <= inputs).then(|| Self {
            kernel: Erf::standard(),
            copies,
            teachers,
            inputs,
        })
    }

    /// The activation.
    #[must_use]
    pub fn kernel(&self) -> &Erf {
        &self.kernel
    }

    /// n, the number of neurons.
    #[must_use]
    pub fn copies(&self) -> u64 {
        self.copies
    }

    /// k, the number of teachers.
    #[must_use]
    pub fn teachers(&self) -> u64 {
        self.teachers
    }

    /// d, the number of inputs.
    #[must_use]
    pub fn inputs(&self) -> u64 {
        self.inputs
    }

    /// m = k − n ≥ 1, the number of teachers that no neuron copies.
    #[must_use]
    pub fn rest(&self) -> u64 {
        self.teachers - self.copies
    }

    /// d − k, the number of inputs on which no teacher depends.
    #[must_use]
    pub fn extra(&self) -> u64 {
        self.inputs - self.teachers
    }

    fn geometry<T: Scalar>(&self, point: &[T; 4]) -> Geometry<T> {
        let counts = Counts::of(&point[0], self.copies, self.rest());
        Geometry::of(&self.kernel, counts, point)
    }
}

impl Family<4> for PerturbedCopy {
    fn name(&self) -> &'static str {
        "perturbed-copy"
    }

    fn coordinates(&self) -> [&'static str; 4] {
        ["alpha", "beta", "gamma", "a"]
    }

    fn symmetry(&self) -> String {
        format!("S_{} × S_{} × O({})", self.copies, self.rest(), self.extra())
    }

    fn embed<T: Scalar>(&self, point: &[T; 4]) -> Result<Student<T>, StudentError> {
        let [alpha, beta, gamma, a] = point;
        let size = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let (copies, teachers, inputs) = (size(self.copies), size(self.teachers), size(self.inputs));
        if copies.checked_mul(inputs).is_none() {
            return Err(StudentError::WeightCount {
                neurons: copies,
                dimension: inputs,
                found: usize::MAX,
            });
        }
        let entry = |neuron: usize, input: usize| match input {
            _ if input == neuron => alpha.clone(),
            _ if input < copies => beta.clone(),
            _ if input < teachers => gamma.clone(),
            _ => a.zero(),
        };
        let weights = (0..copies).flat_map(|neuron| (0..inputs).map(move |input| (neuron, input)));
        let weights = weights.map(|(neuron, input)| entry(neuron, input)).collect();
        Student::new(vec![a.clone(); copies], weights, teachers, inputs)
    }

    fn loss<T: Scalar>(&self, point: &[T; 4]) -> T {
        self.geometry(point).loss(&self.kernel)
    }

    fn metric<T: Scalar>(&self, context: &T) -> [T; 4] {
        Counts::of(context, self.copies, self.rest()).metric()
    }

    fn gradient<T: Scalar>(&self, point: &[T; 4]) -> [T; 4] {
        self.geometry(point).gradient()
    }

    fn jacobian<T: Scalar>(&self, point: &[T; 4]) -> [[T; 4]; 4] {
        self.geometry(point).jacobian()
    }

    /// The signs that tell the perturbed copy from one average in n parts
    /// (α = β = γ) and from solutions with α < 0 < β.
    fn conditions<T: Scalar>(&self, point: &[T; 4]) -> Vec<Condition<T>> {
        let [alpha, beta, gamma, a] = point.clone();
        let condition = |says, positive| Condition { says, positive };
        vec![
            condition("alpha > 0", alpha),
            condition("beta < 0", -beta),
            condition("gamma > 0", gamma),
            condition("a > 0", a),
        ]
    }

    fn blocks<T: Scalar>(&self, point: &[T; 4]) -> Vec<Block<SymmetricMatrix<T>>> {
        blocks::blocks(&self.geometry(point), self)
    }

    fn totals<T: Scalar>(&self, point: &[T; 4]) -> Totals<T> {
        orbits::totals(&self.geometry(point), self)
    }
}
