//! Strict discrete concavity by differences of certified losses: a scan that
//! rests on no theorem about L.

use super::verdict::{Verdict, Why};
use crate::activation::Erf;
use crate::arithmetic::{Enclosure, Interval, Precision, Scalar};
use crate::configuration::copy_average::bucket_loss;
use crate::configuration::loss_table::{LossEnclosure, LossTable};
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// Indices scanned by one task.
const CHUNK: u64 = 1 << 16;

/// What a scan over 2 ≤ ℓ ≤ N found.
#[derive(Debug, Clone)]
pub struct Scan {
    /// Whether all second differences are negative.
    pub verdict: Verdict,
    /// All ℓ from 2 to here are settled (1 if none).
    pub settled_to: u64,
    /// The ℓ whose second difference is certainly the largest (closest to 0);
    /// `None` if two are too close to call, or the scan did not end.
    pub largest_at: Option<u64>,
}

/// The largest second difference Δ² of a stretch, through −Δ² > 0 in ulps of
/// 2⁻¹²⁸: the smallest counts.
#[derive(Debug, Clone, Copy)]
struct Extreme {
    at: u64,
    /// Lower bound of −Δ² there.
    lower: u128,
    /// Upper bound of −Δ² there.
    upper: u128,
    /// A lower bound of −Δ² everywhere else.
    elsewhere: u128,
}

impl Extreme {
    fn at(ell: u64, lower: u128, upper: u128) -> Self {
        Self {
            at: ell,
            lower,
            upper,
            elsewhere: u128::MAX,
        }
    }

    fn merge(self, other: Self) -> Self {
        let (best, rest) = if self.upper <= other.upper {
            (self, other)
        } else {
            (other, self)
        };
        Self {
            elsewhere: best.elsewhere.min(rest.elsewhere).min(rest.lower),
            ..best
        }
    }
}

/// Proves L(ℓ+1) − 2L(ℓ) + L(ℓ−1) < 0 for 2 ≤ ℓ ≤ `to` from differences of
/// certified values: for erf in fixed point, with rising precision up to
/// `limit` where that does not decide and for every other gain.
///
/// Parallel over fixed stretches: the result does not depend on the number of
/// threads. `progress` is told how many more ℓ are settled.
pub fn scan(
    kernel: &Erf,
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
    if !(2..LossTable::LARGEST).contains(&to) {
        let what = format!("a scan from 2 to {to}");
        return unsettled(Verdict::Undecided(Why::NotRepresentable { what }), 1);
    }
    let table = if *kernel == Erf::standard() {
        LossTable::new()
    } else {
        None
    };
    let stretch = |index: u64| (2 + index * CHUNK, (1 + (index + 1) * CHUNK).min(to));
    let stretches = (to - 1).div_ceil(CHUNK);
    let (mut settled_to, mut extreme): (u64, Option<Extreme>) = (1, None);
    // Blocks of stretches in parallel; the first failure in order counts.
    let block = 64;
    let mut first = 0;
    while first < stretches {
        let results: Vec<Result<Option<Extreme>, (u64, Verdict)>> = (first..(first + block).min(stretches))
            .into_par_iter()
            .map(|index| {
                let (from, last) = stretch(index);
                if interrupt.load(Ordering::Relaxed) {
                    let reached = format!("before ell = {from}");
                    return Err((from - 1, Verdict::Undecided(Why::Interrupted { reached })));
                }
                let result = match &table {
                    Some(table) => fast(table, kernel, from, last, limit),
                    None => slow(kernel, from, last, limit).map(|()| None),
                };
                progress(last - from + 1);
                result
            })
            .collect();
        for (offset, result) in (first..).zip(results) {
            match result {
                Ok(found) => {
                    settled_to = stretch(offset).1;
                    extreme = match (extreme, found) {
                        (Some(a), Some(b)) => Some(a.merge(b)),
                        (a, b) => a.or(b),
                    };
                }
                Err((reached, verdict)) => return unsettled(verdict, reached),
            }
        }
        first += block;
    }
    let largest_at = match extreme {
        Some(extreme) if extreme.upper < extreme.elsewhere => Some(extreme.at),
        _ => None,
    };
    Scan {
        verdict: Verdict::Proved,
        settled_to,
        largest_at,
    }
}

/// The second difference at ℓ as an enclosure.
#[must_use]
pub fn second_difference(context: &Interval, kernel: &Erf, ell: u64) -> Interval {
    let loss = |ell| bucket_loss(context, kernel, ell);
    loss(ell + 1) - loss(ell) * context.integer(2) + loss(ell - 1)
}

/// A stretch in fixed point. Δ²L(ℓ) = (L(ℓ+1) − L(ℓ)) − (L(ℓ) − L(ℓ−1)).
fn fast(
    table: &LossTable,
    kernel: &Erf,
    from: u64,
    to: u64,
    limit: Precision,
) -> Result<Option<Extreme>, (u64, Verdict)> {
    let outside = |ell: u64| {
        let what = format!("the loss at ell = {ell}");
        (from - 1, Verdict::Undecided(Why::NotRepresentable { what }))
    };
    let loss = |ell: u64| table.loss(ell).ok_or_else(|| outside(ell));
    let mut before: LossEnclosure = loss(from - 1)?;
    let mut here: LossEnclosure = loss(from)?;
    let mut extreme: Option<Extreme> = None;
    for ell in from..=to {
        let after = loss(ell + 1)?;
        let rise = after.upper_difference(&here).zip(after.lower_difference(&here));
        let earlier = here.lower_difference(&before).zip(here.upper_difference(&before));
        let decided = rise
            .zip(earlier)
            .and_then(|((rise_high, rise_low), (earlier_low, earlier_high))| {
                // −Δ² between these two; the second difference is negative if the
                // lower one is positive.
                let lower = earlier_low.checked_sub(rise_high).filter(|&ulps| ulps > 0)?;
                Some((lower, earlier_high.checked_sub(rise_low)?))
            });
        let (lower, upper) = match decided {
            Some(bounds) => bounds,
            None => {
                // Too close for fixed point: no extreme will be claimed.
                negative_at(kernel, ell, limit).map_err(|verdict| (ell - 1, verdict))?;
                (0, u128::MAX)
            }
        };
        let found = Extreme::at(ell, lower, upper);
        extreme = Some(extreme.map_or(found, |best| best.merge(found)));
        before = here;
        here = after;
    }
    Ok(extreme)
}

/// A stretch in multiprecision, for any gain.
fn slow(kernel: &Erf, from: u64, to: u64, limit: Precision) -> Result<(), (u64, Verdict)> {
    for ell in from..=to {
        negative_at(kernel, ell, limit).map_err(|verdict| (ell - 1, verdict))?;
    }
    Ok(())
}

/// Whether the second difference at ℓ is negative, with rising precision.
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
