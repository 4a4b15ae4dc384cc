//! Trace and sum of squares of the full Hessian at a copy-average
//! configuration, erf(x/√2), from its entries in (a_i, w_ip).
//!
//! Entries are alike if a permutation of teachers inside buckets and of equal
//! neurons maps them to each other: one of each kind is evaluated by the
//! general formulas of `docs/certificate.md`. Nothing here knows of blocks.

use super::neuron::Neuron;
use super::parts::{Parts, Run};
use crate::arithmetic::{Interval, Number};
use crate::number::{Rational, integer};
use num_bigint::BigInt;

/// The coefficients of A(w, v) and B(w, v) at I, wwᵀ, vvᵀ and wvᵀ + vwᵀ.
struct Pair {
    /// 1/D.
    inverse: Interval,
    a: [Interval; 4],
    b: [Interval; 4],
}

impl Pair {
    /// From s, t and u.
    fn new(s: &Interval, t: &Interval, u: &Interval) -> Option<Self> {
        let one = s.constant(&integer(1))?;
        let square = s.product(t)?.difference(&u.power(2)?)?;
        let inverse = one.quotient(&square.root()?)?;
        let cube = inverse.quotient(&square)?;
        let sine = u.product(&inverse)?;
        let steep = u.product(&cube)?;
        let by_s = sine.quotient(s)?;
        let radial = by_s
            .quotient(s)?
            .scaled(1)?
            .sum(&steep.product(t)?.quotient(s)?)?;
        let mixed = t.product(&cube)?.negative();
        Some(Self {
            a: [by_s.negative(), radial, steep.clone(), mixed.clone()],
            b: [inverse.clone(), mixed, s.product(&cube)?.negative(), steep],
            inverse,
        })
    }
}

/// A neuron of one size, as intervals.
struct Weights {
    run: Run,
    l: Interval,
    s: Interval,
    /// The entry of w at its own teachers.
    entry: Interval,
}

/// Σ (number of entries)·(entry or its square).
struct Sums {
    trace: Interval,
    norm: Interval,
}

impl Sums {
    fn square(&mut self, times: &BigInt, entry: &Interval) -> Option<()> {
        let times = entry.constant(&Rational::from_integer(times.clone()))?;
        self.norm = self.norm.sum(&entry.power(2)?.product(&times)?)?;
        Some(())
    }

    fn diagonal(&mut self, times: &BigInt, entry: &Interval) -> Option<()> {
        let count = entry.constant(&Rational::from_integer(times.clone()))?;
        self.trace = self.trace.sum(&entry.product(&count)?)?;
        self.square(times, entry)
    }
}

/// The trace and the sum of the squares of all entries, in units of 4/π and its
/// square. `None` if the precision of `context` does not suffice.
#[must_use]
pub fn totals(context: &Interval, parts: &Parts, extra: u64) -> Option<(Interval, Interval)> {
    let number = |q: &Rational| context.constant(q);
    let neurons: Vec<Weights> = parts
        .runs()
        .iter()
        .map(|&run| {
            let exact = Neuron::new(run.size);
            Some(Weights {
                run,
                l: number(&exact.size)?,
                s: number(&exact.norm)?,
                entry: number(&exact.entry_square)?.root()?,
            })
        })
        .collect::<Option<_>>()?;
    let zero = number(&integer(0))?;
    let mut sums = Sums {
        trace: zero.clone(),
        norm: zero.clone(),
    };
    let teachers = parts.teachers();
    for own in &neurons {
        add_own(&mut sums, own, &neurons, &teachers, extra)?;
        for other in &neurons {
            let partners = besides(other, own);
            if partners > 0 {
                let pairs = BigInt::from(own.run.count) * partners;
                let elsewhere = &teachers + extra - own.run.size - other.run.size;
                add_pair(&mut sums, own, other, &pairs, &elsewhere)?;
            }
        }
    }
    Some((sums.trace, sums.norm))
}

/// The number of neurons of the size of `other` besides one of the size of `own`.
fn besides(other: &Weights, own: &Weights) -> u64 {
    let same = other.run.size == own.run.size;
    other.run.count.saturating_sub(u64::from(same))
}

/// The entries [a_i, a_i], [a_i, w_i] and [w_i, w_i] of all neurons of a size.
fn add_own(sums: &mut Sums, own: &Weights, all: &[Weights], teachers: &BigInt, extra: u64) -> Option<()> {
    let Weights { run, l, s, entry } = own;
    let number = |q: &Rational| l.constant(q);
    let (one, two, zero) = (number(&integer(1))?, number(&integer(2))?, number(&integer(0))?);
    let neurons = BigInt::from(run.count);
    let size = BigInt::from(run.size);
    // h and h′.
    let inner = s.scaled(1)?.difference(&one)?;
    let h = one.quotient(&s.product(&inner.root()?)?)?;
    let bend = s.scaled(1)?.sum(s)?.difference(&one)?.negative();
    let bend = bend.quotient(&s.power(2)?.product(&inner)?.product(&inner.root()?)?)?;
    let teacher = Pair::new(s, &two, entry)?;
    let far = Pair::new(s, &two, &zero)?;
    let [teacher_plain, teacher_radial, teacher_outer, teacher_mixed] = &teacher.a;
    let [far_plain, far_radial, far_outer, far_mixed] = &far.a;
    let foreign = number(&Rational::from_integer(teachers - &size))?;
    // The coefficients of I and of w_i w_iᵀ in [w_i, w_i]/a_i.
    let mut plain = l
        .product(&h)?
        .difference(&l.product(teacher_plain)?)?
        .difference(&foreign.product(far_plain)?)?;
    let mut radial = l
        .product(&bend)?
        .scaled(1)?
        .difference(&l.product(teacher_radial)?)?
        .difference(&foreign.product(far_radial)?)?;
    let mut zones = Vec::with_capacity(all.len());
    for other in all {
        let count = besides(other, own);
        if count == 0 {
            continue;
        }
        let pair = Pair::new(s, &other.s, &zero)?;
        let weight = other.l.product(&number(&Rational::from_integer(count.into()))?)?;
        let [pair_plain, pair_radial, pair_outer, pair_mixed] = &pair.a;
        plain = plain.sum(&weight.product(pair_plain)?)?;
        radial = radial.sum(&weight.product(pair_radial)?)?;
        let share = other.l.product(&other.entry)?;
        zones.push(Zone {
            buckets: &neurons * count,
            size: other.run.size.into(),
            with_a: share.product(&pair.inverse)?.difference(&far.inverse)?,
            with_own: share.product(pair_mixed)?.difference(far_mixed)?.product(entry)?,
            pair: share.product(&other.entry)?.product(pair_outer)?,
            teacher: far_outer.negative(),
        });
    }
    // [a_i, a_i] and [a_i, w_ip] on the own bucket.
    let sine = one.difference(&one.quotient(s)?)?;
    sums.diagonal(&neurons, &sine.asin()?)?;
    let removed = entry.power(2)?.product(l)?.quotient(s)?;
    let along = l
        .product(&h)?
        .product(entry)?
        .scaled(1)?
        .difference(&one.difference(&removed)?.product(&teacher.inverse)?)?;
    let own_entries = &neurons * &size;
    sums.square(&(&own_entries * 2), &along)?;
    // [w_ip, w_iq] on the own bucket: off the diagonal, and on it.
    let off = radial
        .product(&entry.power(2)?)?
        .difference(&teacher_mixed.product(entry)?.scaled(1)?)?;
    let on = off.sum(&plain)?.difference(teacher_outer)?;
    sums.square(&(&own_entries * (&size - 1)), &off.product(l)?)?;
    sums.diagonal(&own_entries, &on.product(l)?)?;
    // On other buckets, and on unused inputs.
    for zone in zones {
        let entries = &zone.buckets * &zone.size;
        sums.square(&(&entries * 2), &zone.with_a)?;
        sums.square(&(&entries * &size * 2), &zone.with_own.product(l)?)?;
        sums.square(&(&entries * (&zone.size - 1)), &zone.pair.product(l)?)?;
        let on = plain.sum(&zone.pair)?.sum(&zone.teacher)?;
        sums.diagonal(&entries, &on.product(l)?)?;
    }
    sums.diagonal(&(neurons * extra), &plain.product(l)?)
}

/// What a neuron has on the bucket of another one, up to the factor a_i.
struct Zone {
    /// The number of pairs of a neuron and such a bucket.
    buckets: BigInt,
    size: BigInt,
    /// [a_i, w_ip] itself, p in the bucket.
    with_a: Interval,
    /// [w_ip, w_iq], p in the own bucket, q in this one.
    with_own: Interval,
    /// [w_ip, w_iq], p ≠ q in this bucket.
    pair: Interval,
    /// What the teacher p adds to [w_ip, w_ip].
    teacher: Interval,
}

/// The entries [a_i, w_j], [w_i, a_j] and [w_i, w_j] for `pairs` ordered pairs
/// of different neurons.
fn add_pair(sums: &mut Sums, i: &Weights, j: &Weights, pairs: &BigInt, elsewhere: &BigInt) -> Option<()> {
    let zero = i.l.constant(&integer(0))?;
    let pair = Pair::new(&i.s, &j.s, &zero)?;
    let [size_i, size_j] = [i, j].map(|neuron| BigInt::from(neuron.run.size));
    // [a_i, w_jp], p in bucket i, and its mirror image.
    let coupling = j.l.product(&i.entry)?.product(&pair.inverse)?;
    sums.square(&(pairs * &size_i * 2), &coupling)?;
    // [w_ip, w_jq].
    let factor = i.l.product(&j.l)?;
    let [plain, on_i, on_j, cross] = &pair.b;
    sums.square(&(pairs * elsewhere), &plain.product(&factor)?)?;
    for (coefficient, neuron, size) in [(on_i, i, &size_i), (on_j, j, &size_j)] {
        let off = coefficient.product(&neuron.entry.power(2)?)?;
        let on = plain.sum(&off)?;
        sums.square(&(pairs * size), &on.product(&factor)?)?;
        sums.square(&(pairs * size * (size - 1)), &off.product(&factor)?)?;
    }
    let cross = cross.product(&i.entry)?.product(&j.entry)?.product(&factor)?;
    sums.square(&(pairs * size_i * size_j * 2), &cross)
}
