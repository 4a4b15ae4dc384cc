//! The loss of a student with equal neurons and equal weights.

use super::Weights;
use crate::activation::{Erf, Kernel, KernelFormulas};
use crate::arithmetic::Scalar;
use crate::configuration::blocks::count;

/// Inputs of one class, in numbers alone.
#[derive(Debug, Clone)]
pub(super) struct Inputs {
    pub owner: Option<usize>,
    pub inputs: u64,
    /// Whether each has a teacher.
    pub taught: bool,
}

/// How many neurons and inputs there are of each sort.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub groups: Vec<u64>,
    pub classes: Vec<Inputs>,
}

impl Shape {
    /// The sum of f(weight of i, weight of j) over all inputs of a class, for
    /// neurons i and j of the groups g and h; different ones if g = h.
    fn over_class<T: Scalar>(
        &self,
        weights: &Weights<T>,
        (g, h): (usize, usize),
        c: usize,
        f: &impl Fn(&T, &T) -> T,
    ) -> T {
        let class = &self.classes[c];
        let context = &weights.outgoing[0];
        let (x, y) = (&weights.own[g][c], &weights.own[h][c]);
        let sum = match class.owner {
            None => f(x, y),
            Some(owner) => {
                let neurons = self.groups[owner];
                let cross = |at: usize| &weights.cross[at][c];
                // Inputs of i, of j, and of all other owners.
                let (own, rest) = match (owner == g, owner == h) {
                    (true, true) => (
                        f(x, cross(h)) + f(cross(g), y),
                        (neurons > 2).then(|| (neurons - 2, f(cross(g), cross(h)))),
                    ),
                    (true, false) => (f(x, y), (neurons > 1).then(|| (neurons - 1, f(cross(g), y)))),
                    (false, true) => (f(x, y), (neurons > 1).then(|| (neurons - 1, f(x, cross(h))))),
                    (false, false) => (f(x, y), (neurons > 1).then(|| (neurons - 1, f(x, y)))),
                };
                match rest {
                    Some((others, each)) => own + each * count(context, others),
                    None => own,
                }
            }
        };
        sum * count(context, class.inputs)
    }

    /// The sum of f(weight) over all inputs of a class, for one neuron.
    pub(super) fn of_one<T: Scalar>(
        &self,
        weights: &Weights<T>,
        g: usize,
        c: usize,
        f: &impl Fn(&T) -> T,
    ) -> T {
        let class = &self.classes[c];
        let context = &weights.outgoing[0];
        let own = f(&weights.own[g][c]);
        let sum = match class.owner {
            Some(owner) if owner == g && self.groups[g] > 1 => {
                own + f(&weights.cross[g][c]) * count(context, self.groups[g] - 1)
            }
            Some(owner) if owner != g => own * count(context, self.groups[owner]),
            _ => own,
        };
        sum * count(context, class.inputs)
    }

    /// |w_i|² for a neuron of the group g.
    pub(super) fn square<T: Scalar>(&self, weights: &Weights<T>, g: usize) -> T {
        let classes = 0..self.classes.len();
        classes.fold(weights.outgoing[g].zero(), |sum, c| {
            sum + self.of_one(weights, g, c, &|x| x.square())
        })
    }

    /// w_i·w_j for different neurons of the groups g and h.
    pub(super) fn product<T: Scalar>(&self, weights: &Weights<T>, g: usize, h: usize) -> T {
        let classes = 0..self.classes.len();
        classes.fold(weights.outgoing[g].zero(), |sum, c| {
            sum + self.over_class(weights, (g, h), c, &|x, y| x.clone() * y)
        })
    }
}

/// L = Σ_i a_i² G(q_i) + Σ_{i≠j} a_i a_j g(q_i, q_j, u_ij)
/// − 2 Σ_ip a_i g(q_i, 1, W_ip) + k G(1), for an odd activation.
pub(super) fn loss<T: Scalar>(shape: &Shape, kernel: &Erf, weights: &Weights<T>) -> T {
    let context = &weights.outgoing[0];
    let (one, two) = (context.one(), context.integer(2));
    let formulas = kernel.within(context);
    let groups = 0..shape.groups.len();
    let squares: Vec<T> = groups.clone().map(|g| shape.square(weights, g)).collect();
    let mut sum = context.zero();
    for g in groups {
        let (a, q) = (&weights.outgoing[g], &squares[g]);
        let mut force = formulas.own(q).value * a;
        if shape.groups[g] > 1 {
            let pair = formulas.value(q, q, &shape.product(weights, g, g));
            force = force + pair * a * count(context, shape.groups[g] - 1);
        }
        for (h, other) in squares.iter().enumerate().take(g) {
            let pair = formulas.value(q, other, &shape.product(weights, g, h));
            let others = &weights.outgoing[h];
            force = force + pair * others * count(context, shape.groups[h]) * &two;
        }
        for (c, class) in shape.classes.iter().enumerate() {
            if class.taught {
                let teacher = |x: &T| formulas.value(q, &one, x);
                force = force - shape.of_one(weights, g, c, &teacher) * &two;
            }
        }
        sum = sum + force * a * count(context, shape.groups[g]);
    }
    let energy = formulas.own(&one).value;
    for class in shape.classes.iter().filter(|class| class.taught) {
        let owners = class.owner.map_or(1, |g| shape.groups[g]);
        let teachers = u128::from(owners) * u128::from(class.inputs);
        sum = sum + energy.clone() * count(context, teachers);
    }
    sum
}
