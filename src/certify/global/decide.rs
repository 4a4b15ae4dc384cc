//! Finds e₀, e₁ and the cells that settle (A), (B) and (C).

use super::cover::{Settled, cover};
use super::local::local_bound;
use super::pairs::Pairs;
use super::row_bounds::{growth, lambda};
use super::setting::{Setting, settings};
use crate::arithmetic::rational::ratio;
use crate::arithmetic::{DoubleInterval, Interval, Precision, Rational};
use crate::certify::eigenvalues::Level;
use crate::certify::verdict::Why;
use num_traits::{One, Zero};

/// Why (M) holds for some pairs: everything a checker needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The pairs.
    pub pairs: Pairs,
    /// e₀: below it the local lemma decides.
    pub local: Rational,
    /// e₁, where (B) takes over from (A).
    pub middle: Rational,
    /// Cuts of [e₀, e₁] into the cells of (A), increasing.
    pub near: Vec<Rational>,
    /// Cuts of [0, 1 − 1/k] (for all k at once: of [0, 1]) into the cells of (B).
    pub far: Vec<Rational>,
}

/// e₀ is a multiple of 1/1000, like the candidates for e₁.
const STEPS: i64 = 1000;

/// Where (B) may take over, in thousandths, and what is tried first.
const MIDDLES: [i64; 7] = [290, 336, 310, 270, 250, 240, 230];

/// Proves (M) for all `pairs`, in doubles first, then with `limit` bits at most.
///
/// # Errors
/// If one of the inequalities was not shown. That says nothing about (M).
pub fn decide(pairs: &Pairs, limit: Precision) -> Result<Proof, Why> {
    search(&DoubleInterval::context(), pairs)
        .or_else(|_| search(&Interval::context(Precision::START.min(limit)), pairs))
}

/// The same, with e₀ and e₁ given.
///
/// # Errors
/// If one of the inequalities was not shown.
pub fn decide_at(pairs: &Pairs, local: &Rational, middle: &Rational, limit: Precision) -> Result<Proof, Why> {
    fn at<T: Level>(context: &T, pairs: &Pairs, local: &Rational, middle: &Rational) -> Result<Proof, Why> {
        let all = settings(context, pairs);
        if !all.iter().all(|one| near_enough(context, one, local)) {
            return Err(failure(pairs, "(C)", local, local));
        }
        cells(context, pairs, &all, local, middle)
    }
    at(&DoubleInterval::context(), pairs, local, middle).or_else(|_| {
        at(
            &Interval::context(Precision::START.min(limit)),
            pairs,
            local,
            middle,
        )
    })
}

fn search<T: Level>(context: &T, pairs: &Pairs) -> Result<Proof, Why> {
    let all = settings(context, pairs);
    let holds = |step: i64| {
        let e = ratio(step, STEPS);
        all.iter().all(|one| near_enough(context, one, &e))
    };
    // B decreases: the largest e₀ is best for (A).
    let (mut good, mut bad) = (0, STEPS / 2 + 1);
    while bad - good > 1 {
        let step = i64::midpoint(good, bad);
        if holds(step) {
            good = step;
        } else {
            bad = step;
        }
    }
    let local = ratio(good, STEPS);
    if good == 0 {
        return Err(failure(pairs, "(C)", &local, &local));
    }
    let mut failed = None;
    for step in MIDDLES {
        let middle = ratio(step.max(good), STEPS);
        match cells(context, pairs, &all, &local, &middle) {
            Ok(proof) => return Ok(proof),
            Err(why) => failed = failed.or(Some(why)),
        }
    }
    Err(failed.unwrap_or_else(|| failure(pairs, "(A)", &local, &local)))
}

/// (C).
fn near_enough<T: Level>(context: &T, setting: &Setting<T>, e: &Rational) -> bool {
    local_bound(setting, &context.rational(e)).certainly_positive()
}

/// (A) and (B), by cells.
fn cells<T: Level>(
    context: &T,
    pairs: &Pairs,
    all: &[Setting<T>],
    local: &Rational,
    middle: &Rational,
) -> Result<Proof, Why> {
    let most = all
        .iter()
        .map(|one| &one.copied)
        .max()
        .cloned()
        .unwrap_or_else(Rational::one);
    let in_domain = Rational::zero() < *local
        && *local <= ratio(1, 2)
        && local <= middle
        && middle + &most <= Rational::one();
    let Some(first) = all.first().filter(|_| in_domain) else {
        return Err(failure(pairs, "(A)", local, middle));
    };
    let near = cover(local, middle, |u, v| {
        let lambda = lambda(&context.rational(v));
        combined(all.iter().map(|one| {
            let growth = growth(&one.epsilon, &context.rational(&(v + &one.copied)));
            let rest = one.slack.clone() - growth;
            let low = lambda.clone() * context.rational(&(u / v)) + &rest;
            (low, lambda.clone() + rest)
        }))
    })
    .map_err(|cell| failure(pairs, "(A)", &cell.0, &cell.1))?;
    let e1 = context.rational(middle);
    let far = cover(&Rational::zero(), &first.top, |a, b| {
        let slope = |tau: &Rational| {
            let y = context.rational(&(&first.top - tau));
            lambda(&y) / y
        };
        let growth = growth(&first.epsilon, &context.rational(b)) / context.rational(b);
        // At the cell's upper end Λ(y)/y is largest, the least bound is at `a`.
        let (low, high) = (slope(a), (*b < first.top).then(|| slope(b)));
        let steep = low.clone() - &growth;
        let at_point = high.clone().map_or_else(|| context.one(), |high| high - &growth);
        let worst = combined(all.iter().map(|one| {
            let sum = e1.clone() + context.rational(&one.copied);
            let rest = one.slack.clone() - sum * &growth;
            let point = high
                .clone()
                .map_or_else(|| context.one(), |high| e1.clone() * high + &rest);
            (e1.clone() * &low + rest, point)
        }));
        match combined(std::iter::once((steep, at_point))) {
            Settled::Yes => worst,
            other => other,
        }
    })
    .map_err(|cell| failure(pairs, "(B)", &cell.0, &cell.1))?;
    Ok(Proof {
        pairs: pairs.clone(),
        local: local.clone(),
        middle: middle.clone(),
        near,
        far,
    })
}

/// From a lower bound on the cell and the value at its upper end, for each pair.
fn combined<T: Level>(values: impl Iterator<Item = (T, T)>) -> Settled {
    let mut settled = Settled::Yes;
    for (low, point) in values {
        if !low.certainly_positive() {
            if point.certainly_nonpositive() {
                return Settled::No;
            }
            settled = Settled::Open;
        }
    }
    settled
}

fn failure(pairs: &Pairs, inequality: &'static str, from: &Rational, to: &Rational) -> Why {
    Why::RowBounds {
        pairs: pairs.to_string(),
        inequality,
        cell: format!("[{from}, {to}]"),
    }
}
