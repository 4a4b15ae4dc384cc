//! The loss.

use super::Student;
use super::gram::Gram;
use crate::activation::{Kernel, KernelFormulas};
use crate::arithmetic::Scalar;

/// L = E[(f − f*)²] ≥ 0, in O(n² d + n k) operations.
///
/// Undefined where the kernel is.
pub fn loss<T: Scalar, K: Kernel>(kernel: &K, student: &Student<T>) -> T {
    let zero = student.context();
    let formulas = kernel.within(&zero);
    let gram = Gram::of(student);
    let one = zero.one();
    let two = zero.integer(2);
    let outgoing = student.outgoing();
    let mut sum = teacher_energy(kernel, &zero, student.teachers());
    for (i, (a, w)) in outgoing.iter().zip(student.weights()).enumerate() {
        let q = gram.square(i);
        let mut cross = zero.clone();
        for (j, b) in outgoing.iter().enumerate().take(i) {
            cross = cross + formulas.value(q, gram.square(j), gram.product(i, j)) * b;
        }
        for product in &w[..student.teachers()] {
            cross = cross - formulas.value(q, &one, product);
        }
        sum = sum + a.square() * &formulas.own(q).value + cross * a * &two;
    }
    sum
}

/// E[f*(x)²] = Σ_pq g(e_p, e_q) of k teachers, in the arithmetic of `context`.
fn teacher_energy<T: Scalar, K: Kernel>(kernel: &K, context: &T, teachers: usize) -> T {
    let formulas = kernel.within(context);
    let one = context.one();
    let k = count(context, teachers);
    let own = k.clone() * &formulas.own(&one).value;
    if kernel.is_odd() {
        return own;
    }
    own + k.clone() * (k - &one) * &formulas.uncorrelated(&one, &one)
}

/// A number of things, in the arithmetic of `context`.
pub(super) fn count<T: Scalar>(context: &T, number: usize) -> T {
    context.rational(&crate::arithmetic::Rational::from_integer(number.into()))
}
