//! A matrix that turns the Hessian into nearly the identity, as a hint for
//! proofs.

use crate::activation::Erf;
use crate::landscape::{Student, hessian};

/// X with XᵀHX ≈ I for the Hessian H at a student, row by row: the inverse
/// transpose of its Cholesky factor. `None` if H is not positive definite as
/// far as doubles can tell. In O(size³) operations.
#[must_use]
pub fn inverse_factor(kernel: &Erf, student: &Student<f64>) -> Option<Vec<f64>> {
    let size = student.parameter_count();
    let mut lower = hessian(kernel, student).into_entries();
    for i in 0..size {
        for j in 0..=i {
            let (before, row) = lower.split_at_mut(i * size);
            if j < i {
                let other = &before[j * size..][..=j];
                let sum: f64 = row[..j].iter().zip(other).map(|(x, y)| x * y).sum();
                row[j] = (row[j] - sum) / other[j];
            } else {
                let sum: f64 = row[..i].iter().map(|x| x * x).sum();
                let pivot = row[i] - sum;
                if pivot <= 0.0 || pivot.is_nan() {
                    return None;
                }
                row[i] = pivot.sqrt();
            }
        }
    }
    // Row j of Xᵀ = L⁻¹ by forward substitution, column after column.
    let mut inverse = vec![0.0; size * size];
    for column in 0..size {
        for i in column..size {
            let unit = if i == column { 1.0 } else { 0.0 };
            let sum: f64 = (column..i)
                .map(|j| lower[i * size + j] * inverse[column * size + j])
                .sum();
            inverse[column * size + i] = (unit - sum) / lower[i * size + i];
        }
    }
    inverse.iter().all(|x| x.is_finite()).then_some(inverse)
}
