//! Size, trace and norm of the Hessian at a student of a layout, from its
//! entries: the general formulas of [`crate::landscape::hessian`] at one
//! representative of each orbit of pairs of parameters, times the orbit's
//! length. Nothing here knows of representations or blocks.

use super::{Layout, Weights};
use crate::activation::{Kernel, KernelFormulas, KernelPartials, OwnPartials};
use crate::arithmetic::Scalar;
use crate::configuration::blocks::count;
use crate::configuration::blocks::orbits::Totals;
use num_bigint::BigUint;

/// A neuron: its group, and its number among those that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Neuron(usize, u64);

/// An input: its class (the number of classes for unused ones), its owner, and
/// its number among those of that owner that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Input(usize, Option<Neuron>, u64);

/// What is told apart so far.
#[derive(Debug, Clone, Default)]
struct Named {
    neurons: Vec<Neuron>,
    inputs: Vec<Input>,
}

impl Named {
    fn with(&self, neuron: Neuron) -> Self {
        let mut named = self.clone();
        if !named.neurons.contains(&neuron) {
            named.neurons.push(neuron);
        }
        named
    }

    fn of_group(&self, g: usize) -> u64 {
        self.neurons.iter().map(|neuron| u64::from(neuron.0 == g)).sum()
    }
}

/// The totals, in the units of the loss.
pub(super) fn totals<T: Scalar>(layout: &Layout, weights: &Weights<T>) -> Totals<T> {
    let at = Entries::of(layout, weights);
    let zero = weights.outgoing[0].zero();
    let inputs = BigUint::from(layout.teachers()) + layout.extra;
    let mut totals = Totals {
        size: (inputs + 1_u32) * layout.neurons(),
        trace: zero.clone(),
        squared_norm: zero,
    };
    let mut norm = |entry: T, times: T| {
        totals.squared_norm = totals.squared_norm.clone() + entry.square() * times;
    };
    for (i, of_i, named) in at.neurons(&Named::default()) {
        totals.trace = totals.trace + at.outgoing(i, i) * &of_i;
        for (j, of_j, named) in at.neurons(&named) {
            norm(at.outgoing(i, j), of_i.clone() * &of_j);
            for (y, of_y, named) in at.inputs(&named) {
                let times = of_i.clone() * &of_j * of_y * of_i.integer(2);
                norm(at.mixed(i, j, y, &named), times);
            }
        }
        for (x, of_x, named) in at.inputs(&named) {
            let of_ix = of_i.clone() * of_x;
            totals.trace = totals.trace + at.weights(i, x, i, x, &named) * &of_ix;
            for (j, of_j, named) in at.neurons(&named) {
                let of_ixj = of_ix.clone() * of_j;
                for (y, of_y, named) in at.inputs(&named) {
                    norm(at.weights(i, x, j, y, &named), of_ixj.clone() * of_y);
                }
            }
        }
    }
    totals
}

/// Entries of the Hessian, from the kernel's derivatives.
struct Entries<'a, T> {
    layout: &'a Layout,
    at: &'a Weights<T>,
    own: Vec<OwnPartials<T>>,
    /// Different neurons of the groups g and h.
    pairs: Vec<Vec<Option<KernelPartials<T>>>>,
    /// By group and class: on what the neuron owns (or nobody of its group does),
    /// and on what the others of its group own.
    teachers: Vec<Vec<[KernelPartials<T>; 2]>>,
    /// a G′ + 2 Σ_j a_j g_q − 2 Σ_p g_q, and 2a G″ + 4 (Σ_j a_j g_qq − Σ_p g_qq).
    radial: Vec<T>,
    second: Vec<T>,
}

impl<'a, T: Scalar> Entries<'a, T> {
    fn of(layout: &'a Layout, at: &'a Weights<T>) -> Self {
        let context = &at.outgoing[0];
        let (one, two) = (context.one(), context.integer(2));
        let formulas = layout.kernel.within(context);
        let shape = layout.shape();
        let groups = 0..layout.groups.len();
        let squares: Vec<T> = groups.clone().map(|g| shape.square(at, g)).collect();
        let own: Vec<OwnPartials<T>> = squares.iter().map(|q| formulas.own(q)).collect();
        let pair = |g: usize, h: usize| {
            let exists = g != h || layout.groups[g].neurons > 1;
            exists.then(|| formulas.partials(&squares[g], &squares[h], &shape.product(at, g, h)))
        };
        let pairs: Vec<Vec<_>> = groups
            .clone()
            .map(|g| groups.clone().map(|h| pair(g, h)).collect())
            .collect();
        let teacher = |g: usize, x: &T| formulas.partials(&squares[g], &one, x);
        let (mut radial, mut second, mut teachers) = (Vec::new(), Vec::new(), Vec::new());
        for g in groups.clone() {
            let (mut slopes, mut bends) = (context.zero(), context.zero());
            for h in groups.clone() {
                if let Some(pair) = &pairs[g][h] {
                    let others = layout.groups[h].neurons - u64::from(g == h);
                    let weight = at.outgoing[h].clone() * count(context, others);
                    slopes = slopes + pair.q.clone() * &weight;
                    bends = bends + pair.qq.clone() * &weight;
                }
            }
            let mut row = Vec::new();
            for c in 0..layout.classes.len() {
                slopes = slopes - shape.of_one(at, g, c, &|x| teacher(g, x).q);
                bends = bends - shape.of_one(at, g, c, &|x| teacher(g, x).qq);
                row.push([teacher(g, &at.own[g][c]), teacher(g, &at.cross[g][c])]);
            }
            let a = &at.outgoing[g];
            radial.push(own[g].first.clone() * a + slopes * &two);
            second.push((own[g].second.clone() * a + bends * &two) * &two);
            teachers.push(row);
        }
        Self {
            layout,
            at,
            own,
            pairs,
            teachers,
            radial,
            second,
        }
    }

    fn zero(&self) -> T {
        self.at.outgoing[0].zero()
    }

    /// All neurons up to symmetry, given what is told apart: with their numbers
    /// and with what is told apart then.
    fn neurons(&self, named: &Named) -> Vec<(Neuron, T, Named)> {
        (0..self.layout.groups.len())
            .flat_map(|g| self.neurons_of(named, g))
            .collect()
    }

    fn neurons_of(&self, named: &Named, g: usize) -> Vec<(Neuron, T, Named)> {
        let used = named.of_group(g);
        let old = named.neurons.iter().filter(|neuron| neuron.0 == g);
        let mut found: Vec<_> = old
            .map(|&neuron| (neuron, self.zero().one(), named.clone()))
            .collect();
        let rest = self.layout.groups[g].neurons.saturating_sub(used);
        if rest > 0 {
            let new = Neuron(g, used);
            found.push((new, count(&self.zero(), rest), named.with(new)));
        }
        found
    }

    /// All inputs up to symmetry.
    fn inputs(&self, named: &Named) -> Vec<(Input, T, Named)> {
        let mut found = Vec::new();
        let mut add = |c: usize, owner: Option<Neuron>, number: u64, owners: &T, named: &Named| {
            let alike = |input: &&Input| input.0 == c && input.1 == owner;
            let old: Vec<Input> = named.inputs.iter().filter(alike).copied().collect();
            for &input in &old {
                found.push((input, owners.clone(), named.clone()));
            }
            let used = u64::try_from(old.len()).unwrap_or(u64::MAX);
            let rest = number.saturating_sub(used);
            if rest > 0 {
                let new = Input(c, owner, used);
                let mut named = named.clone();
                named.inputs.push(new);
                found.push((new, count(owners, rest) * owners, named));
            }
        };
        let one = self.zero().one();
        for (c, class) in self.layout.classes.iter().enumerate() {
            match class.owner {
                None => add(c, None, class.inputs, &one, named),
                Some(g) => {
                    for (owner, owners, named) in self.neurons_of(named, g) {
                        add(c, Some(owner), class.inputs, &owners, &named);
                    }
                }
            }
        }
        add(self.layout.classes.len(), None, self.layout.extra, &one, named);
        found
    }

    /// W_ix.
    fn weight(&self, i: Neuron, x: Input) -> T {
        let Neuron(g, _) = i;
        match self.at.own[g].get(x.0) {
            None => self.zero(),
            Some(own) => match self.is_cross(i, x) {
                true => self.at.cross[g][x.0].clone(),
                false => own.clone(),
            },
        }
    }

    fn is_cross(&self, i: Neuron, x: Input) -> bool {
        x.1.is_some_and(|owner| owner.0 == i.0 && owner != i)
    }

    fn teacher(&self, i: Neuron, x: Input) -> Option<&KernelPartials<T>> {
        let partials = self.teachers[i.0].get(x.0)?;
        Some(&partials[usize::from(self.is_cross(i, x))])
    }

    /// Σ_{j≠i} a_j f(g_ij) (product of f's weights of j) over all neurons.
    fn over_others(
        &self,
        i: Neuron,
        named: &Named,
        f: impl Fn(&KernelPartials<T>) -> &T,
        weight: impl Fn(Neuron) -> T,
    ) -> T {
        let others = self.neurons(named).into_iter().filter(|(j, _, _)| *j != i);
        others.fold(self.zero(), |sum, (j, number, _)| match &self.pairs[i.0][j.0] {
            Some(pair) => sum + self.at.outgoing[j.0].clone() * f(pair) * weight(j) * number,
            None => sum,
        })
    }

    /// [a_i, a_j].
    fn outgoing(&self, i: Neuron, j: Neuron) -> T {
        let two = self.zero().integer(2);
        match &self.pairs[i.0][j.0] {
            Some(pair) if i != j => pair.value.clone() * two,
            _ => self.own[i.0].value.clone() * two,
        }
    }

    /// [a_i, w_jy].
    fn mixed(&self, i: Neuron, j: Neuron, y: Input, named: &Named) -> T {
        let two = self.zero().integer(2);
        let a = &self.at.outgoing[j.0];
        match &self.pairs[i.0][j.0] {
            Some(pair) if i != j => {
                let along = pair.r.clone() * self.weight(j, y) * &two;
                (along + pair.u.clone() * self.weight(i, y)) * a * two
            }
            _ => {
                let radial = self.radial[i.0].clone() + self.own[i.0].first.clone() * a;
                let mut sum = radial * self.weight(i, y)
                    + self.over_others(i, named, |pair| &pair.u, |other| self.weight(other, y));
                if let Some(teacher) = self.teacher(i, y) {
                    sum = sum - &teacher.u;
                }
                sum * two
            }
        }
    }

    /// [w_ix, w_jy].
    fn weights(&self, i: Neuron, x: Input, j: Neuron, y: Input, named: &Named) -> T {
        let two = self.zero().integer(2);
        let a = &self.at.outgoing[i.0];
        let (ix, iy) = (self.weight(i, x), self.weight(i, y));
        match &self.pairs[i.0][j.0] {
            Some(pair) if i != j => {
                let (jx, jy) = (self.weight(j, x), self.weight(j, y));
                let mut sum = pair.qr.clone() * &ix * &jy * two.square()
                    + (pair.qu.clone() * &ix * &iy + pair.ru.clone() * &jx * &jy) * &two
                    + pair.uu.clone() * &jx * &iy;
                if x == y {
                    sum = sum + &pair.u;
                }
                sum * a * &self.at.outgoing[j.0] * two
            }
            _ => {
                let crossed = |z: Input| {
                    let neurons = self.over_others(i, named, |pair| &pair.qu, |other| self.weight(other, z));
                    match self.teacher(i, z) {
                        Some(teacher) => neurons - &teacher.qu,
                        None => neurons,
                    }
                };
                let product = |other: Neuron| self.weight(other, x) * self.weight(other, y);
                let mut sum = self.second[i.0].clone() * &ix * &iy
                    + (crossed(y) * &ix + crossed(x) * &iy) * &two
                    + self.over_others(i, named, |pair| &pair.uu, product);
                if x == y {
                    sum = sum + &self.radial[i.0];
                    if let Some(teacher) = self.teacher(i, x) {
                        sum = sum - &teacher.uu;
                    }
                }
                sum * a * two
            }
        }
    }
}
