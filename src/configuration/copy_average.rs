//! Copy-average configurations: each neuron is the optimum for its own bucket
//! of teachers, alone.

use crate::activation::Erf;
use crate::arithmetic::rational::integer;
use crate::arithmetic::{Rational, Scalar};
use crate::landscape::{Student, StudentError};
use num_traits::One;

/// Buckets that describe no configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CopyAverageError {
    /// A bucket without a teacher.
    #[error("a bucket needs at least one teacher")]
    EmptyBucket,
    /// Σ ℓ_i does not fit into memory.
    #[error("the buckets hold more teachers than a machine can list")]
    TooLarge,
    /// There is no such student.
    #[error(transparent)]
    Student(#[from] StudentError),
}

/// The student with one neuron per bucket, for `dimension` ≥ k = Σ ℓ_i inputs:
/// neuron i serves ℓ_i consecutive teachers, a_i = ℓ_i and
///
/// w_i = r_i f_i, f_i = Σ_{p in bucket i} e_p/√ℓ_i, r_i = 1/√(ℓ_i + b(ℓ_i − 1)),
///
/// where b is the gain of the activation. A bucket of one teacher is copied
/// (w_i = e_p); a larger one is averaged. All entries of w_i that are not 0 are
/// 1/√(ℓ_i (ℓ_i + b(ℓ_i − 1))), the root of a rational.
///
/// Source: Şimşek, Bendjeddou, Gerstner & Brea, *Should under-parameterized
/// student networks copy or average teacher weights?*, NeurIPS 2023, for b = 1.
///
/// # Errors
/// If a bucket is empty, there is no bucket, or `dimension` < k.
pub fn copy_average<T: Scalar>(
    context: &T,
    kernel: &Erf,
    buckets: &[u64],
    dimension: usize,
) -> Result<Student<T>, CopyAverageError> {
    let mut teachers = 0_usize;
    let mut supports = Vec::with_capacity(buckets.len());
    for &size in buckets {
        if size == 0 {
            return Err(CopyAverageError::EmptyBucket);
        }
        let first = teachers;
        teachers = usize::try_from(size)
            .ok()
            .and_then(|size| first.checked_add(size))
            .ok_or(CopyAverageError::TooLarge)?;
        supports.push((size, first..teachers));
    }
    if dimension < teachers {
        return Err(StudentError::FewDimensions { teachers, dimension }.into());
    }
    let entries = buckets
        .len()
        .checked_mul(dimension)
        .ok_or(CopyAverageError::TooLarge)?;
    let mut outgoing = Vec::with_capacity(buckets.len());
    let mut weights = vec![context.zero(); entries];
    for ((size, support), row) in supports.into_iter().zip(weights.chunks_mut(dimension.max(1))) {
        let entry = context.rational(&squared_entry(kernel, size)).sqrt();
        row[support].fill(entry);
        outgoing.push(context.rational(&Rational::from_integer(size.into())));
    }
    Ok(Student::new(outgoing, weights, teachers, dimension)?)
}

/// |w|² = 1/(ℓ + b(ℓ − 1)) of the neuron that serves ℓ ≥ 1 teachers alone.
#[must_use]
pub fn squared_norm(kernel: &Erf, size: u64) -> Rational {
    let size = Rational::from_integer(size.into());
    // Not 0: at least 1 for ℓ ≥ 1, and −b < 0 for ℓ = 0.
    (&size + kernel.gain() * (&size - integer(1))).recip()
}

/// The square of each entry of that neuron's weights inside its bucket.
fn squared_entry(kernel: &Erf, size: u64) -> Rational {
    squared_norm(kernel, size) / Rational::from_integer(size.max(1).into())
}

/// L(ℓ) = A (2/π) [ℓ asin ŝ − ℓ² asin(ŝ/ℓ)], ŝ = b/(1 + b): the loss of one
/// neuron that serves ℓ ≥ 1 teachers, at its optimum. The loss of a
/// copy-average configuration is Σ L(ℓ_i).
#[must_use]
pub fn bucket_loss<T: Scalar>(context: &T, kernel: &Erf, size: u64) -> T {
    let size = Rational::from_integer(size.into());
    if size.is_one() {
        return context.zero();
    }
    let sine = kernel.teacher_sine();
    let teachers = context.rational(&sine).asin() * &context.rational(&size);
    let neuron = context.rational(&(sine / &size)).asin() * &context.rational(&(&size * &size));
    (teachers - neuron) * &context.rational(&(integer(2) * kernel.amplitude_squared())) / context.pi()
}
