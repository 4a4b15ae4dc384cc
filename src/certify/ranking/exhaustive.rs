//! Every partition visited, the lowest kept.
//!
//! With integers lower_ℓ ≤ L(ℓ) · 2^scale ≤ lower_ℓ + slack, the scaled loss of
//! a partition lies between S and S + n · slack, S = Σ lower_{ℓ_i}. If τ is the
//! M-th smallest S, then M partitions are at most τ + n · slack, and whoever has
//! a larger S than that is not lower than any of them. Whoever has not is kept.

use super::loss_sum::{LossSum, scale_for};
use super::sort::Candidate;
use super::{Control, Found, Method, Ranking, RankingError, Request, conclude};
use crate::arithmetic::{Enclosure, Precision, Rational};
use crate::configuration::partition::{Partition, count};
use num_bigint::BigUint;
use num_traits::{ToPrimitive, Zero};
use rayon::prelude::*;
use std::collections::BinaryHeap;

/// The largest part, which is stored in 16 bits.
const LARGEST: u64 = 65_535;
/// The largest part for which sums of pairs are tabulated (64 MB).
const LARGEST_PAIRED: u64 = 4_000;
/// The most partitions visited.
const MOST_VISITED: u64 = 1 << 40;
/// Below this, one thread is enough.
const FEW: u64 = 20_000_000;
/// The sums of all partitions stay below 2^BITS.
const BITS: u64 = 62;

/// Whether partitions of this shape can be visited.
pub(super) fn fits(request: Request) -> bool {
    request.k <= LARGEST && request.k - request.n < LARGEST_PAIRED
}

/// Integers below L(ℓ) · 2^scale for all sizes up to a largest one, for
/// partitions into at most `parts` parts.
#[derive(Debug)]
pub(super) struct Table {
    /// By size; 0 before the first and after the last.
    lower: Vec<u64>,
    /// Row r holds lower_a + lower_{r−a} for a = 0, …, r (those with an empty
    /// part are not used).
    pairs: Vec<Vec<u64>>,
    /// L(ℓ) · 2^scale ≤ lower_ℓ + slack.
    slack: u64,
    parts: u64,
}

impl Table {
    pub(super) fn new(largest: u64, parts: u64, losses: &LossSum<'_>) -> Result<Self, RankingError> {
        if largest > LARGEST_PAIRED {
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
        let mut lower = vec![0_u64];
        let mut slack = 0;
        for ell in 1..=largest {
            let scaled = losses.scaled(ell, scale, Precision::START)?;
            let below = u64::try_from(scaled.lower).map_err(|_| too_large.clone())?;
            let width = u64::try_from(scaled.upper - scaled.lower).map_err(|_| too_large.clone())?;
            lower.push(below);
            slack = slack.max(width);
        }
        // The threshold τ + parts · slack stays in 64 bits: enclosures at 128
        // bits leave about 1; wider ones are refused.
        if parts.checked_mul(slack).is_none_or(|all| all > 1 << BITS) {
            return Err(too_large);
        }
        // The last two parts may add up to one more than the largest.
        lower.push(0);
        let pairs = (0..lower.len())
            .map(|r| (0..=r).map(|a| lower[a] + lower[r - a]).collect())
            .collect();
        Ok(Self {
            lower,
            pairs,
            slack,
            parts,
        })
    }

    /// The widest uncertainty of a sum.
    fn uncertainty(&self) -> u64 {
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
    let collected = visit_all(shape, table, control, number > FEW);
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
fn visit_all<'a>(shape: Shape, table: &'a Table, control: Control<'a>, parallel: bool) -> Collector<'a> {
    let collector = || Collector::new(shape, table, control);
    let mut all = if parallel && shape.n > 3 {
        // One piece of work for every choice of the two largest parts.
        let Shape { k, n, .. } = shape;
        let first = k.div_ceil(n)..=k - (n - 1);
        let beginnings: Vec<(usize, usize)> = first
            .rev()
            .flat_map(|f| (part_range(n - 1, k - f, f)).rev().map(move |g| (f, g)))
            .collect();
        let pieces = beginnings
            .into_par_iter()
            .fold(collector, |mut collector, (f, g)| {
                collector.visit(&[f, g]);
                collector
            });
        pieces.reduce(collector, Collector::merge)
    } else {
        let mut collector = collector();
        collector.visit(&[]);
        collector
    };
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
    control: Control<'a>,
    shape: Shape,
    /// The parts chosen so far on the way down.
    parts: Vec<u16>,
    visited: u64,
    reported: u64,
    /// The `top` smallest sums, the largest of them on top.
    smallest: BinaryHeap<u64>,
    /// Whoever has a larger sum is out.
    threshold: u64,
    /// Sums of those kept, and their parts, n for each.
    sums: Vec<u64>,
    kept: Vec<u16>,
}

impl<'a> Collector<'a> {
    fn new(shape: Shape, table: &'a Table, control: Control<'a>) -> Self {
        Self {
            table,
            control,
            shape,
            parts: Vec::with_capacity(shape.n),
            visited: 0,
            reported: 0,
            smallest: BinaryHeap::new(),
            threshold: u64::MAX,
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
        self.parts.clear();
        let (mut sum, mut rest, mut cap) = (0, k, k);
        for &part in beginning {
            self.parts.push(stored(part));
            sum += self.table.lower[part];
            rest -= part;
            cap = part;
        }
        self.descend(n - beginning.len(), rest, cap, sum);
        (self.control.progress)(self.visited - self.reported);
        self.reported = self.visited;
    }

    /// Visits all ways to add `left` ≥ 1 parts ≤ `cap` with sum `rest` to the
    /// parts chosen, whose sum of table entries is `sum`. There is one at least.
    fn descend(&mut self, left: usize, rest: usize, cap: usize, sum: u64) {
        let table = self.table;
        let sizes = part_range(left, rest, cap);
        match left {
            1 => {
                self.visited += 1;
                let sum = sum + table.lower[rest];
                if sum <= self.threshold {
                    self.keep(sum, &[rest]);
                }
            }
            2 => {
                let first = *sizes.start();
                let sums = &table.pairs[rest][sizes];
                self.visited += counted(sums.len());
                for (i, pair) in sums.iter().enumerate() {
                    let sum = sum + pair;
                    if sum <= self.threshold {
                        self.keep(sum, &[first + i, rest - first - i]);
                    }
                }
            }
            _ if rest == left => {
                self.visited += 1;
                let sum = sum + table.lower[1] * counted(left);
                if sum <= self.threshold {
                    self.keep(sum, &[]);
                }
            }
            _ => {
                if left == 5 && self.control.interrupted() {
                    return;
                }
                for part in sizes.rev() {
                    self.parts.push(stored(part));
                    self.descend(left - 1, rest - part, part, sum + table.lower[part]);
                    self.parts.pop();
                }
            }
        }
    }

    /// Keeps the parts chosen with these added, and ones up to n parts.
    #[cold]
    fn keep(&mut self, sum: u64, last: &[usize]) {
        let Shape { n, top, .. } = self.shape;
        if self.smallest.len() < top {
            self.smallest.push(sum);
        } else if let Some(mut largest) = self.smallest.peek_mut()
            && sum < *largest
        {
            *largest = sum;
        }
        let start = self.kept.len();
        self.kept.extend_from_slice(&self.parts);
        self.kept.extend(last.iter().map(|part| stored(*part)));
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
        let candidates: Result<Vec<Candidate>, RankingError> = kept
            .map(|(parts, &sum)| {
                Ok(Candidate {
                    lower: sum.into(),
                    upper: (sum + uncertainty).into(),
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

/// A number of partitions: an index type has at most 64 bits.
fn counted(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
