//! The loss of a perturbed copy, and the four equations of a critical point.

use super::geometry::Geometry;
use crate::activation::{Kernel, KernelFormulas};
use crate::arithmetic::Scalar;

impl<T: Scalar> Geometry<T> {
    /// L = n [a² G + (n−1) a² g − 2a Σ_p g(q, 1, W_ip)] + Σ_pq g(e_p, e_q).
    pub(super) fn loss<K: Kernel>(&self, kernel: &K) -> T {
        let one = self.a.one();
        let teachers = self.counts.copies.clone() + &self.counts.rest;
        let formulas = kernel.within(&self.a);
        let mut energy = formulas.own(&one).value;
        if !kernel.is_odd() {
            energy = energy + formulas.uncorrelated(&one, &one) * (teachers.clone() - &one);
        }
        let neurons = self.own.value.clone() + self.others.clone() * &self.pair.value;
        let cross = self.over_teachers(|at| &at.value) * self.a.integer(2);
        (neurons * &self.a - cross) * &self.a * &self.counts.copies + energy * teachers
    }

    /// The derivatives of L along α, β, γ and a, each divided by the square
    /// root of the length of its orbit of parameters:
    ///
    /// * ∂L/∂W_ip = 2a { radial W_ip + a g_u Σ_{j≠i} W_jp − g_u(q, 1, W_ip) };
    /// * ∂L/∂a_i = 2 { a G + (n−1) a g − Σ_p g(q, 1, W_ip) }.
    pub fn gradient(&self) -> [T; 4] {
        let two = self.a.integer(2);
        let inward = self.alpha.clone() + (self.others.clone() - self.a.one()) * &self.beta;
        let along = |weight: &T, others: T, teacher: &T| {
            let force = self.radial.clone() * weight + self.pair.u.clone() * &self.a * others - teacher;
            force * &self.a * &two
        };
        let outgoing = (self.own.value.clone() + self.others.clone() * &self.pair.value) * &self.a
            - self.over_teachers(|at| &at.value);
        let [own, other, rest, neurons] = self.counts.metric();
        [
            along(&self.alpha, self.others.clone() * &self.beta, &self.at_alpha.u) * own,
            along(&self.beta, inward, &self.at_beta.u) * other,
            along(&self.gamma, self.others.clone() * &self.gamma, &self.at_gamma.u) * rest,
            outgoing * two * neurons,
        ]
    }

    /// The derivatives of [`gradient`](Self::gradient): the Hessian on
    /// invariant directions, in orthonormal coordinates, times the length of
    /// each coordinate's orbit.
    pub fn jacobian(&self) -> [[T; 4]; 4] {
        let metric = self.counts.metric();
        let matrix = self.second_variation(&self.invariant());
        let row = |i: usize| std::array::from_fn(|j| matrix.entry(i, j).clone() * &metric[j]);
        std::array::from_fn(row)
    }
}
