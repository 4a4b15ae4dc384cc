//! Size, trace and norm of the full Hessian at a copy-average configuration,
//! from its entries: the general formulas of [`crate::landscape::hessian`] at
//! one representative of each orbit of entries, times the orbit's length.
//!
//! Nothing here knows of blocks, so that a list of blocks that adds up to these
//! numbers is complete: a wrong multiplicity, or a block that is missing,
//! changes the sum of squares, which has no negative terms.

use super::counting::{big, count};
use crate::activation::{Erf, Kernel, KernelFormulas, KernelPartials, OwnPartials};
use crate::arithmetic::Scalar;
use crate::configuration::partition::{Partition, Run};
use num_bigint::BigUint;

/// What a complete list of blocks must add up to.
#[derive(Debug, Clone)]
pub struct Totals<T> {
    /// n + n d, the number of rows.
    pub size: BigUint,
    /// The sum of the diagonal.
    pub trace: T,
    /// The sum of the squares of all entries.
    pub squared_norm: T,
}

/// The totals of the Hessian for erf(x/√2), n neurons and d = k + `extra`
/// inputs, in O(q²) operations for q distinct sizes. In units of 1, not 4/π.
pub fn copy_average_totals<T: Scalar>(context: &T, partition: &Partition, extra: u64) -> Totals<T> {
    let formulas = Erf::standard().within(context);
    let neurons: Vec<Neuron<T>> = partition
        .runs()
        .iter()
        .map(|&run| Neuron::of(context, run))
        .collect();
    let inputs = BigUint::from(partition.k()) + extra;
    let mut totals = Totals {
        size: (&inputs + 1_u32) * partition.n(),
        trace: context.zero(),
        squared_norm: context.zero(),
    };
    let one = context.one();
    for neuron in &neurons {
        let matrices = count(context, neuron.run.count);
        let own = Diagonal::of(&formulas, &one, neuron, &neurons);
        let (trace, norm) = own.totals(neuron, &neurons, &count(context, extra));
        totals.trace = totals.trace + trace * &matrices;
        totals.squared_norm = totals.squared_norm + norm * &matrices;
        for other in &neurons {
            // Ordered pairs of different neurons.
            let partners = other.run.count - u64::from(other.run.size == neuron.run.size);
            let pairs = count(context, u128::from(neuron.run.count) * u128::from(partners));
            let elsewhere = big(context, &rest(&inputs, neuron, other, partners));
            let pair = formulas.partials(&neuron.square, &other.square, &context.zero());
            totals.squared_norm = totals.squared_norm + pair_norm(&pair, neuron, other, &elsewhere) * &pairs;
        }
    }
    totals
}

/// The number of inputs in neither bucket; without partners no one asks.
fn rest<T>(inputs: &BigUint, neuron: &Neuron<T>, other: &Neuron<T>, partners: u64) -> BigUint {
    if partners == 0 {
        return BigUint::default();
    }
    inputs - neuron.run.size - other.run.size
}

/// A neuron of a bucket of `run.size` teachers.
struct Neuron<T> {
    run: Run,
    /// The size as a number; also a_i.
    size: T,
    /// |w_i|² = 1/(2ℓ−1).
    square: T,
    /// Each of the ℓ entries of w_i that are not 0.
    entry: T,
}

impl<T: Scalar> Neuron<T> {
    fn of(context: &T, run: Run) -> Self {
        let size = count(context, run.size);
        let odd = count(context, 2 * u128::from(run.size)) - context.one();
        Self {
            run,
            entry: (context.one() / (size.clone() * &odd)).sqrt(),
            square: context.one() / odd,
            size,
        }
    }

    /// The number of buckets of this size besides that of `neuron`.
    fn buckets_besides(&self, neuron: &Self) -> T {
        let same = u64::from(self.run.size == neuron.run.size);
        count(&self.size, self.run.count - same)
    }

    /// ℓ² − ℓ, the number of pairs of different inputs of one bucket.
    fn pairs(&self) -> T {
        self.size.square() - &self.size
    }
}

/// The entries \[a_i, ·_i\] and \[w_i, w_i\] of one neuron.
struct Diagonal<T> {
    own: OwnPartials<T>,
    /// The coefficients of I and of w_i w_iᵀ in \[w_i, w_i\]/(2a_i).
    radial: T,
    second: T,
    inside: Zone<T>,
    /// One for each size.
    outside: Vec<Zone<T>>,
}

/// What neuron i gathers on the inputs of one bucket.
struct Zone<T> {
    /// Entries of Σ_j a_j g_u w_j − Σ_p g_u e_p.
    direction: T,
    /// Entries of Σ_j a_j g_qu w_j − Σ_p g_qu e_p.
    mixed: T,
    /// Entries of Σ_j a_j g_uu w_j w_jᵀ off the diagonal, and what the
    /// teachers add on it.
    outer: T,
    outer_diagonal: T,
}

impl<T: Scalar> Diagonal<T> {
    fn of<F: KernelFormulas<T>>(formulas: &F, one: &T, neuron: &Neuron<T>, all: &[Neuron<T>]) -> Self {
        let (zero, two) = (one.zero(), one.integer(2));
        let teacher = formulas.partials(&neuron.square, one, &neuron.entry);
        let far = formulas.partials(&neuron.square, one, &zero);
        let mut radial = -(teacher.q.clone() * &neuron.size);
        let mut radial_second = -(teacher.qq.clone() * &neuron.size);
        let mut outside = Vec::with_capacity(all.len());
        for other in all {
            let buckets = other.buckets_besides(neuron);
            let pair = formulas.partials(&neuron.square, &other.square, &zero);
            let slope = pair.q * &other.size - far.q.clone() * &other.size;
            radial = radial + slope * &buckets;
            let slope = pair.qq * &other.size - far.qq.clone() * &other.size;
            radial_second = radial_second + slope * &buckets;
            let weight = other.size.clone() * &other.entry;
            outside.push(Zone {
                direction: pair.u * &weight - &far.u,
                mixed: pair.qu * &weight - &far.qu,
                outer: pair.uu * &weight * &other.entry,
                outer_diagonal: -far.uu.clone(),
            });
        }
        let own = formulas.own(&neuron.square);
        let own_slope = own.first.clone() * &neuron.size;
        Self {
            radial: own_slope + radial * &two,
            second: (own.second.clone() * &neuron.size + radial_second * &two) * &two,
            inside: Zone {
                direction: -teacher.u,
                mixed: -teacher.qu,
                outer: zero,
                outer_diagonal: -teacher.uu,
            },
            outside,
            own,
        }
    }

    /// Trace and sum of squares of these entries, mirror images included.
    fn totals(&self, neuron: &Neuron<T>, all: &[Neuron<T>], unused: &T) -> (T, T) {
        let two = neuron.size.integer(2);
        let factor = neuron.size.clone() * &two;
        let outgoing = self.own.value.clone() * &two;
        // [w_i, w_i] on the own bucket.
        let inside_pair = (self.inside.mixed.clone() * &neuron.entry * two.square()
            + self.second.clone() * &neuron.entry.square())
            * &factor;
        let inside = inside_pair.clone() + (self.inside.outer_diagonal.clone() + &self.radial) * &factor;
        let plain = self.radial.clone() * &factor;
        // [a_i, w_i].
        let along = (self.radial.clone() + self.own.first.clone() * &neuron.size) * &neuron.entry;
        let along = (along + &self.inside.direction) * &two;
        let mut trace = outgoing.clone() + inside.clone() * &neuron.size + plain.clone() * unused;
        let mut norm = outgoing.square()
            + along.square() * &neuron.size * &two
            + inside.square() * &neuron.size
            + inside_pair.square() * &neuron.pairs()
            + plain.square() * unused;
        for (zone, other) in self.outside.iter().zip(all) {
            let buckets = other.buckets_besides(neuron);
            let pair = zone.outer.clone() * &factor;
            let diagonal = pair.clone() + zone.outer_diagonal.clone() * &factor + &plain;
            let cross = zone.mixed.clone() * &neuron.entry * &two * &factor;
            let with_outgoing = zone.direction.clone() * &two;
            trace = trace + diagonal.clone() * &other.size * &buckets;
            let per_input =
                diagonal.square() + cross.square() * &neuron.size * &two + with_outgoing.square() * &two;
            norm = norm + (per_input * &other.size + pair.square() * &other.pairs()) * &buckets;
        }
        (trace, norm)
    }
}

/// The sum of squares of \[a_i, a_j\], \[w_i, w_j\], and of \[a_i, w_j\] with its
/// mirror image, for one ordered pair; `elsewhere` counts the inputs in
/// neither bucket.
fn pair_norm<T: Scalar>(pair: &KernelPartials<T>, i: &Neuron<T>, j: &Neuron<T>, elsewhere: &T) -> T {
    let two = elsewhere.integer(2);
    let four = two.square();
    let outgoing = pair.value.clone() * &two;
    let factor = j.size.clone() * &two;
    let on_i = pair.u.clone() * &i.entry * &factor;
    let on_j = pair.r.clone() * &j.entry * &factor * &two;
    let mixed = on_i.square() * &i.size + on_j.square() * &j.size;
    let factor = factor * &i.size;
    // [w_i, w_j] on bucket i × i, j × j, i × j and j × i.
    let ii = pair.qu.clone() * &i.entry.square() * &two * &factor;
    let jj = pair.ru.clone() * &j.entry.square() * &two * &factor;
    let product = i.entry.clone() * &j.entry;
    let ij = pair.qr.clone() * &product * &four * &factor;
    let ji = pair.uu.clone() * &product * &factor;
    let plain = pair.u.clone() * &factor;
    let squares = (ii.clone() + &plain).square() * &i.size
        + ii.square() * &i.pairs()
        + (jj.clone() + &plain).square() * &j.size
        + jj.square() * &j.pairs()
        + (ij.square() + ji.square()) * &i.size * &j.size
        + plain.square() * elsewhere;
    outgoing.square() + mixed * &two + squares
}
