//! Inner products of a perturbed copy, and the kernel's derivatives at them.

use crate::activation::{Kernel, KernelFormulas, KernelPartials, OwnPartials};
use crate::arithmetic::Scalar;
use crate::configuration::blocks::count;

/// The numbers of teachers of both sorts. Formulas treat them as reals, so
/// that a member may be followed through all n between two integers.
#[derive(Debug, Clone)]
pub struct Counts<T> {
    /// n, the number of neurons and of the teachers that they copy.
    pub copies: T,
    /// m = k − n, the number of other teachers.
    pub rest: T,
}

impl<T: Scalar> Counts<T> {
    /// Whole numbers, in the arithmetic of `context`.
    pub fn of(context: &T, copies: u64, rest: u64) -> Self {
        Self {
            copies: count(context, copies),
            rest: count(context, rest),
        }
    }

    /// The square roots of the lengths of the orbits of (α, β, γ, a) among the
    /// parameters: n, n(n−1), nm, n.
    pub(super) fn metric(&self) -> [T; 4] {
        let n = &self.copies;
        let root = n.sqrt();
        [
            root.clone(),
            (n.clone() * (n.clone() - n.one())).sqrt(),
            (n.clone() * &self.rest).sqrt(),
            root,
        ]
    }
}

/// A point of the family, with all that the loss depends on there.
///
/// With q = |w_i|² = α² + (n−1)β² + mγ² and, for i ≠ j,
/// u = w_i·w_j = 2αβ + (n−2)β² + mγ².
#[derive(Debug, Clone)]
pub struct Geometry<T> {
    pub(super) counts: Counts<T>,
    pub(super) alpha: T,
    pub(super) beta: T,
    pub(super) gamma: T,
    pub(super) a: T,
    /// n − 1.
    pub(super) others: T,
    /// A neuron with itself, G(q).
    pub(super) own: OwnPartials<T>,
    /// Two neurons, g(q, q, u).
    pub(super) pair: KernelPartials<T>,
    /// A neuron with its own teacher, g(q, 1, α).
    pub(super) at_alpha: KernelPartials<T>,
    /// A neuron with the teacher of another neuron, g(q, 1, β).
    pub(super) at_beta: KernelPartials<T>,
    /// A neuron with a teacher of the rest, g(q, 1, γ).
    pub(super) at_gamma: KernelPartials<T>,
    /// What multiplies w_i in ∂L/∂w_i / 2a:
    /// a G′ + 2(n−1) a g_q − 2 Σ_p g_q(q, 1, W_ip).
    pub(super) radial: T,
}

impl<T: Scalar> Geometry<T> {
    /// The point (α, β, γ, a).
    pub fn of<K: Kernel>(kernel: &K, counts: Counts<T>, point: &[T; 4]) -> Self {
        let [alpha, beta, gamma, a] = point.clone();
        let one = a.one();
        let two = a.integer(2);
        let others = counts.copies.clone() - &one;
        let shared = counts.rest.clone() * gamma.square();
        let square = alpha.square() + others.clone() * beta.square() + &shared;
        let product = (alpha.clone() * &two + (others.clone() - &one) * &beta) * &beta + shared;
        let formulas = kernel.within(&a);
        let own = formulas.own(&square);
        let pair = formulas.partials(&square, &square, &product);
        let teacher = |x: &T| formulas.partials(&square, &one, x);
        let (at_alpha, at_beta, at_gamma) = (teacher(&alpha), teacher(&beta), teacher(&gamma));
        let slopes = pair.q.clone() * &others * &a
            - &at_alpha.q
            - others.clone() * &at_beta.q
            - counts.rest.clone() * &at_gamma.q;
        Self {
            radial: own.first.clone() * &a + slopes * two,
            counts,
            alpha,
            beta,
            gamma,
            a,
            others,
            own,
            pair,
            at_alpha,
            at_beta,
            at_gamma,
        }
    }

    /// Σ_p f(p) over all teachers p of one neuron, by the kernel's derivatives
    /// at each sort.
    pub(super) fn over_teachers(&self, f: impl Fn(&KernelPartials<T>) -> &T) -> T {
        f(&self.at_alpha).clone()
            + self.others.clone() * f(&self.at_beta)
            + self.counts.rest.clone() * f(&self.at_gamma)
    }
}
