//! A student network beside its teacher.

use crate::arithmetic::Scalar;

/// A two-layer network f(x) = Σ_i a_i σ(w_i·x) of n neurons on ℝ^d, that is to
/// match f*(x) = Σ_{p ≤ k} σ(e_p·x).
///
/// Always 1 ≤ n ≤ k ≤ d.
#[derive(Debug, Clone)]
pub struct Student<T> {
    outgoing: Vec<T>,
    /// n rows of d entries.
    weights: Vec<T>,
    teachers: usize,
    dimension: usize,
}

/// Numbers of neurons, teachers and inputs that do not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StudentError {
    /// n = 0.
    #[error("a student needs at least one neuron")]
    NoNeuron,
    /// n > k.
    #[error("{neurons} neurons are more than the {teachers} teachers")]
    FewTeachers {
        /// n
        neurons: usize,
        /// k
        teachers: usize,
    },
    /// d < k.
    #[error("{teachers} orthonormal teachers do not fit into {dimension} dimensions")]
    FewDimensions {
        /// k
        teachers: usize,
        /// d
        dimension: usize,
    },
    /// The number of weight entries is not n d.
    #[error("{neurons} neurons in {dimension} dimensions do not have {found} weight entries")]
    WeightCount {
        /// n
        neurons: usize,
        /// d
        dimension: usize,
        /// The number of entries given.
        found: usize,
    },
}

impl<T> Student<T> {
    /// A student of `outgoing.len()` neurons for `teachers` teachers in
    /// `dimension` dimensions; `weights` are the w_i one after the other.
    ///
    /// # Errors
    /// Unless 1 ≤ n ≤ k ≤ d and there are n d weight entries.
    pub fn new(
        outgoing: Vec<T>,
        weights: Vec<T>,
        teachers: usize,
        dimension: usize,
    ) -> Result<Self, StudentError> {
        let neurons = outgoing.len();
        if neurons == 0 {
            return Err(StudentError::NoNeuron);
        }
        if neurons > teachers {
            return Err(StudentError::FewTeachers { neurons, teachers });
        }
        if teachers > dimension {
            return Err(StudentError::FewDimensions { teachers, dimension });
        }
        if neurons.checked_mul(dimension) != Some(weights.len()) {
            return Err(StudentError::WeightCount {
                neurons,
                dimension,
                found: weights.len(),
            });
        }
        Ok(Self {
            outgoing,
            weights,
            teachers,
            dimension,
        })
    }

    /// A student of `neurons` neurons from its n + n d parameters in order.
    ///
    /// # Errors
    /// As for [`Student::new`].
    pub fn from_parameters(
        mut parameters: Vec<T>,
        neurons: usize,
        teachers: usize,
        dimension: usize,
    ) -> Result<Self, StudentError> {
        let weights = parameters.split_off(neurons.min(parameters.len()));
        if parameters.len() < neurons {
            return Err(StudentError::WeightCount {
                neurons,
                dimension,
                found: 0,
            });
        }
        Self::new(parameters, weights, teachers, dimension)
    }

    /// n, the number of neurons.
    #[must_use]
    pub fn neurons(&self) -> usize {
        self.outgoing.len()
    }

    /// k, the number of teachers.
    #[must_use]
    pub fn teachers(&self) -> usize {
        self.teachers
    }

    /// d, the number of inputs.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// n + n d, the number of parameters.
    #[must_use]
    pub fn parameter_count(&self) -> usize {
        self.outgoing.len() + self.weights.len()
    }

    /// a_1, …, a_n.
    #[must_use]
    pub fn outgoing(&self) -> &[T] {
        &self.outgoing
    }

    /// w_1, …, w_n, each a slice of d entries.
    pub fn weights(&self) -> impl ExactSizeIterator<Item = &[T]> + Clone {
        self.weights.chunks_exact(self.dimension)
    }

    /// The parameters in order: a_1, …, a_n, then the entries of w_1, w_2, ….
    pub fn parameters(&self) -> impl Iterator<Item = &T> {
        self.outgoing.iter().chain(&self.weights)
    }

    /// The place of a_i (i from 0) in the order of parameters.
    #[must_use]
    pub fn outgoing_index(&self, neuron: usize) -> usize {
        neuron
    }

    /// The place of entry `input` of w_i (both from 0) in the order of parameters.
    #[must_use]
    pub fn weight_index(&self, neuron: usize, input: usize) -> usize {
        self.outgoing.len() + neuron * self.dimension + input
    }

    /// The student with every parameter replaced, in order.
    #[must_use]
    pub fn map<U>(&self, mut f: impl FnMut(&T) -> U) -> Student<U> {
        Student {
            outgoing: self.outgoing.iter().map(&mut f).collect(),
            weights: self.weights.iter().map(&mut f).collect(),
            teachers: self.teachers,
            dimension: self.dimension,
        }
    }
}

impl<T: Scalar> Student<T> {
    /// Zero, in the arithmetic of the parameters.
    pub(super) fn context(&self) -> T {
        // There is at least one neuron.
        self.outgoing[0].zero()
    }
}
