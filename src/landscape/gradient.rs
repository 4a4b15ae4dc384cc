//! The first derivatives of the loss.

use super::Student;
use super::gram::Gram;
use crate::activation::{Kernel, KernelFormulas};
use crate::arithmetic::Scalar;

/// ∇L in the order of the parameters (n + n d entries), in O(n² d + n k)
/// operations.
///
/// With g_q, g_u the partial derivatives of the kernel and G(q) the kernel of a
/// neuron with itself,
///
/// * ∂L/∂a_i = 2 { a_i G(q_i) + Σ_{j≠i} a_j g_ij − Σ_p g_ip },
/// * ∂L/∂w_i = 2a_i { [a_i G′(q_i) + 2 Σ_{j≠i} a_j g_q,ij − 2 Σ_p g_q,ip] w_i
///   + Σ_{j≠i} a_j g_u,ij w_j − Σ_p g_u,ip e_p }.
///
/// Undefined where the kernel is.
pub fn gradient<T: Scalar, K: Kernel>(kernel: &K, student: &Student<T>) -> Vec<T> {
    let two = student.context().integer(2);
    let forces = Forces::on(kernel, student);
    let mut entries: Vec<T> = forces.outgoing.into_iter().map(|force| force * &two).collect();
    let per_neuron = student.outgoing().iter().zip(student.weights());
    for ((a, w), (radial, direction)) in per_neuron.zip(forces.radial.into_iter().zip(forces.direction)) {
        let factor = a.clone() * &two;
        entries.extend(
            direction
                .into_iter()
                .zip(w)
                .map(|(entry, x)| (entry + radial.clone() * x) * &factor),
        );
    }
    entries
}

/// The braces of [`gradient`], neuron by neuron.
struct Forces<T> {
    /// {…} of ∂L/∂a_i.
    outgoing: Vec<T>,
    /// […], the coefficient of w_i.
    radial: Vec<T>,
    /// The rest of {…} of ∂L/∂w_i: d entries.
    direction: Vec<Vec<T>>,
}

impl<T: Scalar> Forces<T> {
    fn on<K: Kernel>(kernel: &K, student: &Student<T>) -> Self {
        let zero = student.context();
        let formulas = kernel.within(&zero);
        let gram = Gram::of(student);
        let (one, two) = (zero.one(), zero.integer(2));
        let neurons: Vec<(&T, &[T])> = student.outgoing().iter().zip(student.weights()).collect();
        let mut forces = Self {
            outgoing: Vec::with_capacity(neurons.len()),
            radial: Vec::with_capacity(neurons.len()),
            direction: Vec::with_capacity(neurons.len()),
        };
        for (i, &(a, w)) in neurons.iter().enumerate() {
            let q = gram.square(i);
            let own = formulas.own(q);
            let mut outgoing = own.value * a;
            let mut slope = zero.clone();
            let mut direction = vec![zero.clone(); student.dimension()];
            for (entry, product) in direction.iter_mut().zip(w).take(student.teachers()) {
                let teacher = formulas.slopes(q, &one, product);
                outgoing = outgoing - teacher.value;
                slope = slope - teacher.q;
                *entry = -teacher.u;
            }
            for (j, &(b, v)) in neurons[..i].iter().enumerate() {
                let pair = formulas.slopes(q, gram.square(j), gram.product(i, j));
                outgoing = outgoing + pair.value.clone() * b;
                slope = slope + pair.q * b;
                add_multiple(&mut direction, &(pair.u.clone() * b), v);
                forces.outgoing[j] = forces.outgoing[j].clone() + pair.value * a;
                forces.radial[j] = forces.radial[j].clone() + pair.r * a * &two;
                add_multiple(&mut forces.direction[j], &(pair.u * a), w);
            }
            forces.outgoing.push(outgoing);
            forces.radial.push(own.first * a + slope * &two);
            forces.direction.push(direction);
        }
        forces
    }
}

/// sum += factor · vector.
pub(super) fn add_multiple<T: Scalar>(sum: &mut [T], factor: &T, vector: &[T]) {
    for (entry, x) in sum.iter_mut().zip(vector) {
        *entry = entry.clone() + factor.clone() * x;
    }
}
