//! The inner products on which everything depends, computed once.

use super::Student;
use crate::arithmetic::Scalar;

/// u_ij = w_i·w_j of a student.
pub(super) struct Gram<T> {
    /// The lower triangle by rows: u_00, u_10, u_11, u_20, …
    products: Vec<T>,
}

impl<T: Scalar> Gram<T> {
    pub(super) fn of(student: &Student<T>) -> Self {
        let zero = student.context();
        let mut products = Vec::new();
        for (i, w) in student.weights().enumerate() {
            for v in student.weights().take(i) {
                products.push(dot(&zero, w, v));
            }
            // Squares know that they are not negative, also as sets.
            products.push(w.iter().fold(zero.clone(), |sum, x| sum + x.square()));
        }
        Self { products }
    }

    /// w_i·w_j.
    pub(super) fn product(&self, i: usize, j: usize) -> &T {
        let (large, small) = if i < j { (j, i) } else { (i, j) };
        &self.products[large * (large + 1) / 2 + small]
    }

    /// |w_i|².
    pub(super) fn square(&self, i: usize) -> &T {
        self.product(i, i)
    }
}

fn dot<T: Scalar>(zero: &T, w: &[T], v: &[T]) -> T {
    w.iter()
        .zip(v)
        .fold(zero.clone(), |sum, (x, y)| sum + x.clone() * y)
}
