//! Every partition visited, the lowest kept.
//!
//! With integers lower_ℓ ≤ L(ℓ) · 2^scale ≤ lower_ℓ + slack, the scaled loss of
//! a partition lies between S and S + n · slack, S = Σ lower_{ℓ_i}. If τ is the
//! M-th smallest S, then M partitions are at most τ + n · slack, and whoever has
//! a larger S than that is not lower than any of them. Whoever has not is kept.

use super::loss_sum::{LossSum, scale_for};
use super::sort::Candidate;
use super::tails::Tails;
use super::{Control, Found, Method, Ranking, RankingError, Request, conclude};
use crate::arithmetic::{Enclosure, Precision, Rational};
use crate::configuration::partition::{Partition, count};
use num_bigint::BigUint;
use num_traits::{ToPrimitive, Zero};
use rayon::prelude::*;
use std::collections::BinaryHeap;

/// The largest part, which is stored in 16 bits.
const LARGEST: u64 = 65_535;
/// The most sizes of parts tabulated.
const MOST_SIZES: u64 = 4_000;
/// The most sums of tails tabulated: half a megabyte.
const MOST_SUMS: usize = 1 << 16;
/// There are at least this many partitions per tail tabulated.
const USES: u64 = 16;
/// The most partitions visited.
const MOST_VISITED: u64 = 1 << 40;
/// Below this, one thread is enough.
const FEW: u64 = 20_000_000;
/// The sums of all partitions stay below 2^BITS.
const BITS: u64 = 61;

/// Whether partitions of this shape can be visited.
pub(super) fn fits(request: Request) -> bool {
    request.k <= LARGEST && request.k - request.n < MOST_SIZES
}

/// Integers below L(ℓ) · 2^scale for all sizes up to a largest one, for
/// partitions into at most `parts` parts.
#[derive(Debug)]
pub(super) struct Table {
    /// By size, from 0 (not used).
    lower: Vec<i64>,
    /// L(ℓ) · 2^scale ≤ lower_ℓ + slack.
    slack: i64,
    parts: i64,
}

impl Table {
    pub(super) fn new(largest: u64, parts: u64, losses: &LossSum<'_>) -> Result<Self, RankingError> {
        if largest > MOST_SIZES {
            return Err(RankingError::TooManyToVisit);
        }
        let mut bound = Rational::zero();
        for ell in 1..=largest {
            let value = losses.of_bucket(ell, Precision::START);
            let upper = value.upper().ok_or(RankingError::LossUndefined { ell })?;
            bound = bound.max(upper);
        }
        let too_large = RankingError::LossTooLarge { ell: largest };
        let bound = bound * Rational::from_integer(parts.into());
        let scale = scale_for(&bound, BITS).ok_or_else(|| too_large.clone())?;
        let mut lower = vec![0_i64];
        let mut slack = 0;
        for ell in 1..=largest {
            let scaled = losses.scaled(ell, scale, Precision::START)?;
            let width = i64::try_from(scaled.upper - scaled.lower).map_err(|_| too_large.clone())?;
            slack = slack.max(width);
            lower.push(i64::try_from(scaled.lower).map_err(|_| too_large.clone())?);
        }
        // The threshold τ + parts · slack must stay in 63 bits: enclosures at
        // 128 bits leave a slack of about 1; wide ones are refused.
        let parts = i64::try_from(parts).map_err(|_| RankingError::TooManyToVisit)?;
        if parts.checked_mul(slack).is_none_or(|all| all > 1 << BITS) {
            return Err(too_large);
        }
        Ok(Self { lower, slack, parts })
    }

    /// The widest uncertainty of a sum.
    fn uncertainty(&self) -> i64 {
        self.parts * self.slack
    }
}

/// The lowest partitions of k into n parts, all visited. The table reaches
/// k − n + 1 and n parts at least.
pub(super) fn rank(
    request: Request,
    table: &Table,
    losses: &LossSum<'_>,
    control: Control<'_>,
) -> Result<Ranking, RankingError> {
    let Request { k, n, top, .. } = request;
    let exact = count(k, n).map_err(|_| RankingError::TooManyToVisit)?;
    let number = exact.to_u64().filter(|number| *number <= MOST_VISITED);
    let (Some(number), true) = (number, k <= LARGEST) else {
        return Err(RankingError::TooManyToVisit);
    };
    let too_many = |_| RankingError::TooManyToVisit;
    let shape = Shape {
        k: usize::try_from(k).map_err(too_many)?,
        n: usize::try_from(n).map_err(too_many)?,
        top: usize::try_from(top.min(number)).map_err(too_many)?,
    };
    let most = usize::try_from(number / USES).map_or(MOST_SUMS, |most| most.min(MOST_SUMS));
    let tails = Tails::new(shape.k, shape.n, &table.lower, most);
    let collector = || Collector::new(shape, table, &tails, control);
    let collected = visit_all(shape, collector, number > FEW);
    let stopped = control.interrupted();
    if !stopped && BigUint::from(collected.visited) != exact {
        let visited = collected.visited;
        return Err(RankingError::Miscounted {
            visited,
            count: exact,
        });
    }
    let found = collected.found(stopped)?;
    Ok(conclude(
        request,
        found,
        Some(exact),
        Method::Enumeration,
        losses,
        control,
    ))
}

#[derive(Debug, Clone, Copy)]
struct Shape {
    k: usize,
    n: usize,
    top: usize,
}

/// Visits all partitions. The set kept in the end does not depend on the order
/// of visits, hence not on the number of threads.
fn visit_all<'a>(
    shape: Shape,
    collector: impl Fn() -> Collector<'a> + Sync + Send,
    parallel: bool,
) -> Collector<'a> {
    let Shape { k, n, .. } = shape;
    let mut all = collector();
    if parallel && all.tails.parts() + 2 < n {
        // One piece of work for every choice of the two largest parts.
        let beginnings: Vec<[usize; 2]> = (part_range(n, k, k).rev())
            .flat_map(|f| part_range(n - 1, k - f, f).rev().map(move |g| [f, g]))
            .collect();
        let pieces = beginnings
            .into_par_iter()
            .fold(&collector, |mut collector, beginning| {
                collector.visit(&beginning);
                collector
            });
        all = pieces.reduce(&collector, Collector::merge);
    } else {
        all.visit(&[]);
    }
    all.drop_excluded();
    all
}

/// The possible sizes of the largest of `parts` parts ≤ `cap` with this sum.
fn part_range(parts: usize, sum: usize, cap: usize) -> std::ops::RangeInclusive<usize> {
    sum.div_ceil(parts)..=cap.min(sum - (parts - 1))
}

/// The lowest partitions of those visited.
struct Collector<'a> {
    table: &'a Table,
    tails: &'a Tails,
    control: Control<'a>,
    shape: Shape,
    /// The parts chosen so far on the way down; n are stored.
    parts: Vec<u16>,
    visited: u64,
    reported: u64,
    /// The `top` smallest sums, the largest of them on top.
    smallest: BinaryHeap<i64>,
    /// Whoever has a larger sum is out.
    threshold: i64,
    /// Sums of those kept, and their parts, n for each.
    sums: Vec<i64>,
    kept: Vec<u16>,
}

impl<'a> Collector<'a> {
    fn new(shape: Shape, table: &'a Table, tails: &'a Tails, control: Control<'a>) -> Self {
        Self {
            table,
            tails,
            control,
            shape,
            parts: vec![1; shape.n],
            visited: 0,
            reported: 0,
            smallest: BinaryHeap::new(),
            threshold: i64::MAX,
            sums: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// Visits the partitions that begin with these parts.
    fn visit(&mut self, beginning: &[usize]) {
        let Shape { k, n, .. } = self.shape;
        if self.control.interrupted() {
            return;
        }
        let (mut sum, mut rest, mut cap) = (0, k, k);
        for (i, &part) in beginning.iter().enumerate() {
            self.parts[i] = stored(part);
            sum += self.table.lower[part];
            rest -= part;
            cap = part;
        }
        let left = n - beginning.len();
        if left == self.tails.parts() {
            self.look_at_tails(rest, cap, sum);
        } else {
            self.descend(left, rest, cap, sum);
        }
        (self.control.progress)(self.visited - self.reported);
        self.reported = self.visited;
    }

    /// Visits all ways to add `left` parts ≤ `cap` with sum `rest` to the parts
    /// chosen, whose sum of table entries is `sum`; more parts than a tail has.
    /// There is one way at least.
    fn descend(&mut self, left: usize, rest: usize, cap: usize, sum: i64) {
        let chosen = self.shape.n - left;
        if rest == left {
            self.visited += 1;
            let ones = i64::try_from(left).unwrap_or(i64::MAX);
            let sum = sum + self.table.lower[1] * ones;
            if sum <= self.threshold {
                self.keep(sum, chosen, &[]);
            }
            return;
        }
        let is_last = left == self.tails.parts() + 1;
        if !is_last && self.control.interrupted() {
            return;
        }
        let mut part = cap.min(rest - (left - 1));
        while part * left >= rest {
            self.parts[chosen] = stored(part);
            let sum = sum + self.table.lower[part];
            if is_last {
                self.look_at_tails(rest - part, part, sum);
            } else {
                self.descend(left - 1, rest - part, part, sum);
            }
            part -= 1;
        }
    }

    /// Visits the last parts, which are tabulated.
    #[inline]
    fn look_at_tails(&mut self, rest: usize, cap: usize, sum: i64) {
        let (sums, tails) = self.tails.up_to(rest, cap);
        self.visited += u64::try_from(sums.len()).unwrap_or(u64::MAX);
        // sum + tail ≤ threshold, by the difference of two numbers that are
        // not negative.
        let limit = self.threshold - sum;
        if sums.iter().fold(false, |any, tail| any | (*tail <= limit)) {
            self.keep_tails(sums, tails, sum);
        }
    }

    /// Keeps those tails that are not out.
    #[cold]
    fn keep_tails(&mut self, sums: &[i64], tails: &[u16], sum: i64) {
        let parts = self.tails.parts();
        for (tail, last) in sums.iter().zip(tails.chunks_exact(parts)) {
            if sum + tail <= self.threshold {
                self.keep(sum + tail, self.shape.n - parts, last);
            }
        }
    }

    /// Keeps the parts chosen with these added, and ones up to n parts.
    fn keep(&mut self, sum: i64, chosen: usize, last: &[u16]) {
        let Shape { n, top, .. } = self.shape;
        if self.smallest.len() < top {
            self.smallest.push(sum);
        } else if let Some(mut largest) = self.smallest.peek_mut()
            && sum < *largest
        {
            *largest = sum;
        }
        let start = self.kept.len();
        self.kept.extend_from_slice(&self.parts[..chosen]);
        self.kept.extend_from_slice(last);
        self.kept.resize(start + n, 1);
        self.sums.push(sum);
        self.update_threshold();
        if self.sums.len() > 2 * top + 4096 {
            self.drop_excluded();
        }
    }

    fn update_threshold(&mut self) {
        if self.smallest.len() >= self.shape.top {
            // No partition at all is wanted when there is no smallest.
            self.threshold = match self.smallest.peek() {
                Some(tau) => tau + self.table.uncertainty(),
                None => 0,
            };
        }
    }

    /// Forgets those kept that are out by now.
    fn drop_excluded(&mut self) {
        let n = self.shape.n;
        let mut to = 0;
        for from in 0..self.sums.len() {
            if self.sums[from] <= self.threshold {
                self.sums[to] = self.sums[from];
                self.kept.copy_within(from * n..(from + 1) * n, to * n);
                to += 1;
            }
        }
        self.sums.truncate(to);
        self.kept.truncate(to * n);
    }

    /// Both together, with the threshold of both.
    fn merge(mut self, other: Self) -> Self {
        self.visited += other.visited;
        for sum in other.smallest {
            self.smallest.push(sum);
            if self.smallest.len() > self.shape.top {
                self.smallest.pop();
            }
        }
        self.sums.extend(other.sums);
        self.kept.extend(other.kept);
        self.update_threshold();
        self.drop_excluded();
        self
    }

    fn found(self, stopped: bool) -> Result<Found, RankingError> {
        let uncertainty = self.table.uncertainty();
        let kept = self.kept.chunks(self.shape.n).zip(&self.sums);
        // Sums of lower bounds ≥ 0 are not negative.
        let bound = |sum: i64| u128::try_from(sum).unwrap_or(0);
        let candidates: Result<Vec<Candidate>, RankingError> = kept
            .map(|(parts, &sum)| {
                Ok(Candidate {
                    lower: bound(sum),
                    upper: bound(sum + uncertainty),
                    partition: Partition::from_parts(parts.iter().map(|part| u64::from(*part)))?,
                })
            })
            .collect();
        Ok(Found {
            candidates: candidates?,
            visited: self.visited,
            stopped,
        })
    }
}

/// A part of a partition of k ≤ LARGEST.
fn stored(part: usize) -> u16 {
    // k ≤ LARGEST was checked, so the largest value is never put in.
    u16::try_from(part).unwrap_or(u16::MAX)
}
