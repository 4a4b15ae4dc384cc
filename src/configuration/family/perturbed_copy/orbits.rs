//! Size, trace and norm of the Hessian at a perturbed copy, from its entries:
//! the general formulas of [`crate::landscape::hessian`] at one representative
//! of each orbit of entries, times the orbit's length. Nothing here knows of
//! representations or blocks.

use super::PerturbedCopy;
use super::geometry::Geometry;
use crate::activation::KernelPartials;
use crate::arithmetic::Scalar;
use crate::configuration::blocks::count;
use crate::configuration::blocks::orbits::Totals;
use num_bigint::BigUint;

/// The totals, in the units of the loss.
pub(super) fn totals<T: Scalar>(at: &Geometry<T>, family: &PerturbedCopy) -> Totals<T> {
    let two = at.a.integer(2);
    let extra = count(&at.a, family.extra());
    let neurons = &at.counts.copies;
    let (trace, own_norm) = own_entries(at, &extra);
    let pairs = neurons.clone() * &at.others;
    let pair_norm = pair_entries(at, &extra);
    let outgoing = (at.own.value.clone() * &two).square();
    let between = (at.pair.value.clone() * &two).square();
    Totals {
        size: (BigUint::from(family.inputs()) + 1_u32) * family.copies(),
        trace: (at.own.value.clone() * &two + trace) * neurons,
        squared_norm: (outgoing + own_norm) * neurons + (between + pair_norm) * pairs,
    }
}

/// Inputs on which w_i has the same entry and the other neurons have the same
/// sums.
struct Class<'a, T> {
    /// The number of inputs.
    count: T,
    /// W_ip.
    weight: T,
    /// Σ_{j≠i} W_jp.
    others: T,
    /// Σ_{j≠i} W_jp².
    squares: T,
    /// Σ_{j≠i} W_jp W_jq for two inputs p ≠ q of this class.
    products: T,
    /// The kernel of neuron i and teacher p; `None` without a teacher.
    teacher: Option<&'a KernelPartials<T>>,
}

/// Trace and sum of squares of \[w_i, w_i\], and the latter of \[a_i, w_i\] with
/// its mirror image.
fn own_entries<T: Scalar>(at: &Geometry<T>, extra: &T) -> (T, T) {
    let (zero, one, two) = (at.a.zero(), at.a.one(), at.a.integer(2));
    let (alpha, beta, gamma) = (&at.alpha, &at.beta, &at.gamma);
    let third = at.others.clone() - &one; // n − 2
    // Σ_{j≠i} W_jl for another copied teacher l.
    let reached = alpha.clone() + third.clone() * beta;
    let classes = [
        Class {
            count: one.clone(),
            weight: alpha.clone(),
            others: at.others.clone() * beta,
            squares: at.others.clone() * beta.square(),
            products: zero.clone(),
            teacher: Some(&at.at_alpha),
        },
        Class {
            count: at.others.clone(),
            weight: beta.clone(),
            others: reached.clone(),
            squares: alpha.square() + third.clone() * beta.square(),
            products: alpha.clone() * beta * &two + (third - &one) * beta.square(),
            teacher: Some(&at.at_beta),
        },
        Class {
            count: at.counts.rest.clone(),
            weight: gamma.clone(),
            others: at.others.clone() * gamma,
            squares: at.others.clone() * gamma.square(),
            products: at.others.clone() * gamma.square(),
            teacher: Some(&at.at_gamma),
        },
        Class {
            count: extra.clone(),
            weight: zero.clone(),
            others: zero.clone(),
            squares: zero.clone(),
            products: zero.clone(),
            teacher: None,
        },
    ];
    // Σ_{j≠i} W_jp W_jq for p ≠ q of two classes.
    let across = |p: usize, q: usize| match (p.min(q), p.max(q)) {
        (0, 1) => beta.clone() * &reached,
        (0, 2) => at.others.clone() * beta * gamma,
        (1, 2) => gamma.clone() * &reached,
        _ => zero.clone(),
    };
    let second = (at.own.second.clone() * &at.a
        + (at.pair.qq.clone() * &at.others * &at.a - at.over_teachers(|h| &h.qq)) * &two)
        * &two;
    let factor = at.a.clone() * &two;
    let outgoing_radial = at.radial.clone() + at.own.first.clone() * &at.a;
    let mixed: Vec<T> = classes
        .iter()
        .map(|class| {
            let neurons = at.pair.qu.clone() * &at.a * &class.others;
            match class.teacher {
                Some(h) => neurons - &h.qu,
                None => neurons,
            }
        })
        .collect();
    // An entry (p, q), p ≠ q, given Σ_{j≠i} W_jp W_jq.
    let entry = |p: usize, q: usize, products: &T| {
        let (x, y) = (&classes[p], &classes[q]);
        let cross = x.weight.clone() * &mixed[q] + y.weight.clone() * &mixed[p];
        (at.pair.uu.clone() * &at.a * products + cross * &two + second.clone() * &x.weight * &y.weight)
            * &factor
    };
    let (mut trace, mut norm) = (zero.clone(), zero.clone());
    for (p, class) in classes.iter().enumerate() {
        let mut diagonal = entry(p, p, &class.squares) + at.radial.clone() * &factor;
        let mut outgoing =
            outgoing_radial.clone() * &class.weight + at.pair.u.clone() * &at.a * &class.others;
        if let Some(h) = class.teacher {
            diagonal = diagonal - h.uu.clone() * &factor;
            outgoing = outgoing - &h.u;
        }
        let outgoing = outgoing * &two;
        trace = trace + diagonal.clone() * &class.count;
        norm = norm + (diagonal.square() + outgoing.square() * &two) * &class.count;
        let inside = class.count.clone() * (class.count.clone() - &one);
        norm = norm + entry(p, p, &class.products).square() * inside;
        for (q, other) in classes.iter().enumerate() {
            if q != p {
                let entries = class.count.clone() * &other.count;
                norm = norm + entry(p, q, &across(p, q)).square() * entries;
            }
        }
    }
    (trace, norm)
}

/// The sum of squares of \[w_i, w_j\], and of \[a_i, w_j\] with its mirror image,
/// for one ordered pair of different neurons.
fn pair_entries<T: Scalar>(at: &Geometry<T>, extra: &T) -> T {
    let (zero, one, two) = (at.a.zero(), at.a.one(), at.a.integer(2));
    let four = two.square();
    // How many inputs there are with the entries (W_ip, W_jp).
    let classes = [
        (one.clone(), &at.alpha, &at.beta),
        (one.clone(), &at.beta, &at.alpha),
        (at.others.clone() - &one, &at.beta, &at.beta),
        (at.counts.rest.clone(), &at.gamma, &at.gamma),
        (extra.clone(), &zero, &zero),
    ];
    let pair = &at.pair;
    let factor = at.a.square() * &two;
    let mut norm = zero.clone();
    for (count, x, y) in &classes {
        // [a_i, w_j] = 2a (2g_r w_j + g_u w_i)
        let mixed = (pair.r.clone() * *y * &two + pair.u.clone() * *x) * &at.a * &two;
        norm = norm + mixed.square() * &two * count;
        for (other_count, other_x, other_y) in &classes {
            let entry = (pair.qr.clone() * *x * *other_y * &four
                + (pair.qu.clone() * *x * *other_x + pair.ru.clone() * *y * *other_y) * &two
                + pair.uu.clone() * *y * *other_x)
                * &factor;
            norm = norm + entry.square() * count * other_count;
        }
        // On the diagonal p = q there is g_u more: (entry + g)² − entry².
        let entry = (pair.qr.clone() * *x * *y * &four
            + (pair.qu.clone() * &x.square() + pair.ru.clone() * &y.square()) * &two
            + pair.uu.clone() * *y * *x)
            * &factor;
        let identity = pair.u.clone() * &factor;
        norm = norm + (entry * &two + &identity) * identity * count;
    }
    norm
}
