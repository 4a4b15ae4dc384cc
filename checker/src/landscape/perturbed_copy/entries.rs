//! Trace and sum of squares of the full Hessian at a perturbed copy, from its
//! entries in (a_i, w_ip). Nothing here knows of blocks.
//!
//! One entry of each orbit under permutations of neurons and teachers is
//! evaluated.

use super::blocks::Second;
use super::common::Common;
use super::quadratic::Value;
use super::{Family, Point};
use crate::arithmetic::Interval;
use crate::number::Rational;
use num_bigint::BigInt;
use num_traits::Zero;

/// Σ (number of entries)·(entry or its square).
struct Sums {
    trace: Value,
    norm: Value,
}

impl Sums {
    fn square(&mut self, times: &BigInt, entry: &Value) {
        if !times.is_zero() {
            let times = entry.number(&Rational::from_integer(times.clone()));
            self.norm = &self.norm + times * entry.square();
        }
    }

    fn diagonal(&mut self, times: &BigInt, entry: &Value) {
        if !times.is_zero() {
            self.trace = &self.trace + entry.number(&Rational::from_integer(times.clone())) * entry;
            self.square(times, entry);
        }
    }
}

/// The teachers, or other directions, that are alike for one neuron.
struct Zone {
    count: BigInt,
    /// The entry of w_i.
    entry: Value,
    /// The sum of those of all other neurons.
    sum: Value,
    /// 1/D_p, A_x,2 and A_x,3 of a teacher; 0 for other directions.
    teacher: [Value; 3],
}

/// The trace and the sum of the squares of all entries, in units of 4/π and its
/// square. `None` if the precision does not suffice.
#[must_use]
pub fn totals(family: &Family, point: &Point<Interval>) -> Option<(Interval, Interval)> {
    let second = Second::new(family, point);
    let zero = second.common.one.integer(0);
    let mut sums = Sums {
        trace: zero.clone(),
        norm: zero,
    };
    add_own(&mut sums, &second, family);
    add_pairs(&mut sums, &second, family);
    Some((sums.trace.0?, sums.norm.0?))
}

/// The entries [a_i, a_i], [a_i, w_i] and [w_i, w_i].
fn add_own(sums: &mut Sums, second: &Second, family: &Family) {
    let Common {
        point: [alpha, beta, gamma, a],
        one,
        others,
        fewer,
        roots,
        kappa,
        own,
        ..
    } = &second.common;
    let neurons = BigInt::from(family.neurons);
    let zero = one.integer(0);
    sums.diagonal(&neurons, own);
    let [near, middle, distant] = roots;
    let [from_near, from_middle, from_distant] = &second.teachers;
    let of =
        |root: &Value, outer: &super::blocks::Outer| [one / root, outer.second.clone(), outer.mixed.clone()];
    let zone = |count: BigInt, entry: &Value, sum: Value, teacher: [Value; 3]| Zone {
        count,
        entry: entry.clone(),
        sum,
        teacher,
    };
    let zones = [
        zone(1.into(), alpha, others * beta, of(near, from_near)),
        zone(&neurons - 1, beta, alpha + fewer * beta, of(middle, from_middle)),
        zone(family.rest(), gamma, others * gamma, of(distant, from_distant)),
        zone(
            family.extra.into(),
            &zero,
            zero.clone(),
            [zero.clone(), zero.clone(), zero.clone()],
        ),
    ];
    // Σ_{j≠i} w_jp w_jq for p and q in zones, p ≠ q, and for p = q.
    let less = fewer - one;
    let near_middle = alpha * beta + fewer * beta.square();
    let near_distant = others * beta * gamma;
    let middle_middle = (alpha * beta).times(2) + less * beta.square();
    let middle_distant = alpha * gamma + fewer * beta * gamma;
    let distant_distant = others * gamma.square();
    let different = [
        [&zero, &near_middle, &near_distant, &zero],
        [&near_middle, &middle_middle, &middle_distant, &zero],
        [&near_distant, &middle_distant, &distant_distant, &zero],
        [&zero, &zero, &zero, &zero],
    ];
    let same = [
        others * beta.square(),
        alpha.square() + fewer * beta.square(),
        distant_distant.clone(),
        zero.clone(),
    ];
    let square = a.square();
    // [w_ip, w_iq] but for κ I and the squares of the teachers.
    let entry = |x: &Zone, y: &Zone, gram: &Value| {
        let [_, _, pull_x] = &x.teacher;
        let [_, _, pull_y] = &y.teacher;
        &second.rho * &x.entry * &y.entry
            + &square
                * (&second.neuron.second * gram
                    + &second.neuron.mixed * (&x.entry * &y.sum + &y.entry * &x.sum))
            - a * (&x.entry * pull_y + &y.entry * pull_x)
    };
    for ((x, row), gram) in zones.iter().zip(&different).zip(&same) {
        let [inverse, outer, _] = &x.teacher;
        // ω w_ip + (a/D) Σ_{j≠i} w_jp − 1/D_p, twice in the matrix.
        let with_a = &second.omega * &x.entry + a * &second.inverse * &x.sum - inverse;
        sums.square(&(&neurons * &x.count * 2), &with_a);
        let on = entry(x, x, gram) + kappa - a * outer;
        sums.diagonal(&(&neurons * &x.count), &on);
        for (y, gram) in zones.iter().zip(row) {
            let partners = if std::ptr::eq(x, y) {
                &y.count - 1
            } else {
                y.count.clone()
            };
            // Nothing for an empty zone.
            if !x.count.is_zero() {
                sums.square(&(&neurons * &x.count * partners), &entry(x, y, gram));
            }
        }
    }
}

/// The entries [a_i, a_j], [a_i, w_j] and [w_i, w_j] for i ≠ j.
fn add_pairs(sums: &mut Sums, second: &Second, family: &Family) {
    let Common {
        point: [alpha, beta, gamma, a],
        one,
        s,
        u,
        pair,
        ..
    } = &second.common;
    let neurons = BigInt::from(family.neurons);
    let pairs = &neurons * (&neurons - 1);
    sums.square(&pairs, pair);
    let zero = one.integer(0);
    // Counts, and the entries of w_i and w_j.
    let zones = [
        (BigInt::from(1), alpha, beta),
        (BigInt::from(1), beta, alpha),
        (&neurons - 2, beta, beta),
        (family.rest(), gamma, gamma),
        (BigInt::from(family.extra), &zero, &zero),
    ];
    let cube = second.inverse.square() * &second.inverse;
    let square = a.square();
    let sine = u / s;
    for x in &zones {
        let (count, x_i, x_j) = x;
        // [a_i, w_jp], and its mirror image.
        let with_a = a * &second.inverse * (*x_i - &sine * *x_j);
        sums.square(&(&pairs * count * 2), &with_a);
        for y in &zones {
            let (partners, y_i, y_j) = y;
            let bent = &cube * (u * (*x_i * *y_j + *x_j * *y_i) - s * (*x_i * *y_i + *x_j * *y_j));
            let off = &square * &bent;
            if std::ptr::eq(x, y) {
                sums.square(&(&pairs * count), &(&square * (bent + &second.inverse)));
                if !count.is_zero() {
                    sums.square(&(&pairs * count * (count - 1)), &off);
                }
            } else {
                sums.square(&(&pairs * count * partners), &off);
            }
        }
    }
}
