//! Strict discrete concavity by differences of certified losses: a scan that
//! rests on no theorem about L.

use super::verdict::{Verdict, Why};
use crate::activation::Erf;
use crate::arithmetic::{Enclosure, Interval, Precision, Scalar};
use crate::configuration::copy_average::bucket_loss;
use crate::configuration::loss_table::{LossTable, negated_second_difference};
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// Indices scanned by one task.
const CHUNK: u64 = 1 << 16;
/// Tasks between two looks at their results.
const BLOCK: u64 = 64;
/// Second differences that are compared in multiprecision, at most.
const CANDIDATES: usize = 1 << 14;

/// What a scan found.
#[derive(Debug, Clone)]
pub struct Scan {
    /// Whether all second differences are negative.
    pub verdict: Verdict,
    /// All ℓ from the first to here are settled (one less than the first if none).
    pub settled_to: u64,
    /// The ℓ whose second difference is certainly the largest (closest to 0);
    /// `None` if two are too close to call, or the scan did not end.
    pub largest_at: Option<u64>,
}

/// Lower and upper bound of −Δ² > 0 in ulps of 2⁻¹²⁸ at one ℓ; over many ℓ, the
/// smallest lower bound and the smallest upper bound.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    lower: u128,
    upper: u128,
}

impl Bounds {
    const NONE: Self = Self {
        lower: u128::MAX,
        upper: u128::MAX,
    };
    /// Positive, and no more is known.
    const POSITIVE: Self = Self {
        lower: 0,
        upper: u128::MAX,
    };

    fn smallest(self, other: Self) -> Self {
        Self {
            lower: self.lower.min(other.lower),
            upper: self.upper.min(other.upper),
        }
    }
}

/// [`scan_between`] from ℓ = 2 on.
pub fn scan(
    kernel: &Erf,
    to: u64,
    limit: Precision,
    interrupt: &AtomicBool,
    progress: &(dyn Fn(u64) + Sync),
) -> Scan {
    scan_between(kernel, 2, to, limit, interrupt, progress)
}

/// Proves L(ℓ+1) − 2L(ℓ) + L(ℓ−1) < 0 for all ℓ with 2 ≤ `from` ≤ ℓ ≤ `to` < 10¹⁸
/// from differences of certified values: in fixed point, and with rising precision
/// up to `limit` where that does not decide (for the standard erf from
/// ℓ ≈ 8·10¹¹ on, since the differences decay like 1/(12πℓ³)).
///
/// Parallel over fixed stretches: the result does not depend on the number of
/// threads. `progress` is told how many more ℓ were looked at. Once `interrupt`
/// is set, the scan ends when each thread has finished its stretch (milliseconds)
/// or its current value in multiprecision.
pub fn scan_between(
    kernel: &Erf,
    from: u64,
    to: u64,
    limit: Precision,
    interrupt: &AtomicBool,
    progress: &(dyn Fn(u64) + Sync),
) -> Scan {
    let unsettled = |verdict, settled_to| Scan {
        verdict,
        settled_to,
        largest_at: None,
    };
    if from < 2 || to < from || to >= LossTable::LARGEST {
        let what = format!("a scan from {from} to {to}");
        let verdict = Verdict::Undecided(Why::NotRepresentable { what });
        return unsettled(verdict, from.saturating_sub(1));
    }
    let stretch = |index: u64| {
        let first = from + index * CHUNK;
        (first, (first + CHUNK - 1).min(to))
    };
    let table = LossTable::new(kernel);
    let table = table.as_ref();
    let stretches = (to - from + 1).div_ceil(CHUNK);
    let mut settled_to = from - 1;
    let mut smallest = Bounds::NONE;
    // Stretches that may hold the smallest −Δ².
    let mut open: Vec<(u64, u128)> = Vec::new();
    let mut first = 0;
    while first < stretches {
        let results: Vec<Result<Bounds, (u64, Verdict)>> = (first..(first + BLOCK).min(stretches))
            .into_par_iter()
            .map(|index| {
                let (start, end) = stretch(index);
                let found = settle(table, kernel, start, end, limit, interrupt);
                progress(end - start + 1);
                found
            })
            .collect();
        for (index, result) in (first..).zip(results) {
            match result {
                Ok(found) => {
                    settled_to = stretch(index).1;
                    smallest = smallest.smallest(found);
                    open.push((index, found.lower));
                }
                // The first failure in the order of ℓ counts.
                Err((reached, verdict)) => return unsettled(verdict, reached),
            }
        }
        open.retain(|&(_, lower)| lower <= smallest.upper);
        first += BLOCK;
    }
    let candidates = table.and_then(|table| {
        let stretches = open.iter().map(|&(index, _)| stretch(index));
        candidates(table, stretches, smallest.upper)
    });
    Scan {
        verdict: Verdict::Proved,
        settled_to,
        largest_at: candidates.and_then(|candidates| largest_of(kernel, candidates, limit)),
    }
}

/// The second difference Δ²L(ℓ) = L(ℓ+1) − 2L(ℓ) + L(ℓ−1) for ℓ ≥ 2 as an enclosure.
#[must_use]
pub fn second_difference(context: &Interval, kernel: &Erf, ell: u64) -> Interval {
    let loss = |ell| bucket_loss(context, kernel, ell);
    loss(ell + 1) - loss(ell) * context.integer(2) + loss(ell - 1)
}

/// Proves Δ² < 0 on a stretch; on failure, the last settled ℓ and why.
fn settle(
    table: Option<&LossTable>,
    kernel: &Erf,
    from: u64,
    to: u64,
    limit: Precision,
    interrupt: &AtomicBool,
) -> Result<Bounds, (u64, Verdict)> {
    let mut smallest = Bounds::NONE;
    let mut ell = from;
    while ell <= to {
        if interrupt.load(Ordering::Relaxed) {
            let reached = format!("before ell = {ell}");
            return Err((ell - 1, Verdict::Undecided(Why::Interrupted { reached })));
        }
        let (found, settled_to) = table.map_or((Bounds::NONE, ell - 1), |table| fixed_point(table, ell, to));
        smallest = smallest.smallest(found);
        ell = settled_to + 1;
        if ell <= to {
            negative_at(kernel, ell, limit).map_err(|verdict| (ell - 1, verdict))?;
            smallest = smallest.smallest(Bounds::POSITIVE);
            ell += 1;
        }
    }
    Ok(smallest)
}

/// The bounds over all ℓ from `from` up to the last that fixed point settles,
/// and that ℓ (`from` − 1 if none).
fn fixed_point(table: &LossTable, from: u64, to: u64) -> (Bounds, u64) {
    let mut smallest = Bounds::NONE;
    let mut settled_to = from - 1;
    let (Some(mut before), Some(mut here)) = (table.loss(from - 1), table.loss(from)) else {
        return (smallest, settled_to);
    };
    while settled_to < to {
        let Some(after) = table.loss(settled_to + 2) else {
            break;
        };
        match negated_second_difference(&before, &here, &after) {
            // The second difference is negative, since −Δ² is at least `lower`.
            Some((lower, upper)) if lower > 0 => smallest = smallest.smallest(Bounds { lower, upper }),
            _ => break,
        }
        before = here;
        here = after;
        settled_to += 1;
    }
    (smallest, settled_to)
}

/// The bounds at one ℓ, whose second difference is known to be negative.
fn bounds(table: &LossTable, ell: u64) -> Bounds {
    let known = || {
        let (before, here) = (table.loss(ell - 1)?, table.loss(ell)?);
        negated_second_difference(&before, &here, &table.loss(ell + 1)?)
    };
    known().map_or(Bounds::POSITIVE, |(lower, upper)| Bounds { lower, upper })
}

/// All ℓ of the stretches whose −Δ² may be as small as `smallest`, an upper bound
/// of the smallest; `None` if they are too many.
fn candidates(
    table: &LossTable,
    stretches: impl Iterator<Item = (u64, u64)>,
    smallest: u128,
) -> Option<Vec<u64>> {
    let mut found = Vec::new();
    for (from, to) in stretches {
        for ell in from..=to {
            if bounds(table, ell).lower <= smallest {
                if found.len() == CANDIDATES {
                    return None;
                }
                found.push(ell);
            }
        }
    }
    Some(found)
}

/// The candidate with the certainly largest second difference.
fn largest_of(kernel: &Erf, mut candidates: Vec<u64>, limit: Precision) -> Option<u64> {
    for precision in Precision::START.ladder(limit) {
        if candidates.len() <= 1 {
            break;
        }
        let context = Interval::context(precision);
        let values: Vec<Interval> = candidates
            .par_iter()
            .map(|&ell| second_difference(&context, kernel, ell))
            .collect();
        // Whatever is certainly less than any other is not the largest; this one
        // is a good choice of the other.
        let best = values.iter().reduce(|best, value| {
            if value.certainly_greater(best) {
                value
            } else {
                best
            }
        })?;
        let mut certainly_less = values.iter().map(|value| value.certainly_less(best));
        candidates.retain(|_| !certainly_less.next().unwrap_or(false));
    }
    match candidates[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// Shows that the second difference at ℓ is negative, with rising precision.
fn negative_at(kernel: &Erf, ell: u64, limit: Precision) -> Result<(), Verdict> {
    for precision in Precision::START.ladder(limit) {
        let value = second_difference(&Interval::context(precision), kernel, ell);
        if value.certainly_negative() {
            return Ok(());
        }
        if value.certainly_nonnegative() {
            return Err(Verdict::Refuted(format!(
                "the second difference at ell = {ell} is not negative"
            )));
        }
    }
    let what = format!("the second difference at ell = {ell} and zero");
    Err(Verdict::Undecided(Why::OrderOpen {
        what,
        bits: limit.bits(),
    }))
}
