//! Best first: only the lowest part of the [tree](super::tree) is walked.
//!
//! The frontier holds the partitions reached but not visited, by the integers
//! below their scaled losses. A partition that was never reached hangs below one
//! of the frontier, whose loss is lower (concavity). So once M visited
//! partitions are certainly at most the lowest lower bound of the frontier,
//! they, and whoever else was visited, contain the M lowest.

use super::loss_sum::{LossSum, Scaled, scale_for};
use super::sort::Candidate;
use super::tree::{self, Move};
use super::{Control, Found, Method, Ranking, RankingError, Request, conclude};
use crate::arithmetic::{Enclosure, Precision, Rational};
use crate::configuration::partition::{Partition, count};
use num_bigint::BigUint;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// Sums of scaled losses stay below 2^BITS, with room to spare.
const BITS: u64 = 120;
/// Enough bits for integers below 2^BITS.
const PRECISION: Precision = Precision::saturating(256);
/// How many visits between two looks at the interrupt flag.
const STRIDE: u64 = 1024;

pub(super) fn rank(
    request: Request,
    losses: &LossSum<'_>,
    control: Control<'_>,
) -> Result<Ranking, RankingError> {
    let mut search = Search::new(request, losses)?;
    let top = usize::try_from(request.top).unwrap_or(usize::MAX);
    // The M smallest upper bounds of those visited, the largest on top.
    let mut smallest: BinaryHeap<u128> = BinaryHeap::new();
    let mut candidates = Vec::new();
    let mut visited = 0_u64;
    let mut stopped = false;
    while let Some(Reverse(next)) = search.frontier.peek() {
        let enough = smallest.len() >= top && smallest.peek().is_none_or(|upper| *upper <= next.lower);
        if enough {
            break;
        }
        if visited.is_multiple_of(STRIDE) {
            stopped = control.interrupted();
            if stopped {
                break;
            }
            (control.progress)(STRIDE.min(visited));
        }
        let Some(Reverse(node)) = search.frontier.pop() else {
            break;
        };
        visited += 1;
        search.expand(&node)?;
        smallest.push(node.upper);
        if smallest.len() > top {
            smallest.pop();
        }
        candidates.push(Candidate {
            lower: node.lower,
            upper: node.upper,
            partition: node.partition,
        });
    }
    let number = count(request.k, request.n).ok();
    let exhausted = search.frontier.is_empty();
    let number = match number {
        Some(count) if exhausted && BigUint::from(visited) != count => {
            return Err(RankingError::Miscounted { visited, count });
        }
        None if exhausted => Some(visited.into()),
        known => known,
    };
    let found = Found {
        candidates,
        visited,
        stopped,
    };
    Ok(conclude(
        request,
        found,
        number,
        Method::BestFirst,
        losses,
        control,
    ))
}

/// A partition with integers around its scaled loss. Ordered by the lower one;
/// the partition itself breaks ties, so the walk is always the same.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    lower: u128,
    upper: u128,
    partition: Partition,
}

struct Search<'a> {
    losses: &'a LossSum<'a>,
    scale: u32,
    known: HashMap<u64, Scaled>,
    frontier: BinaryHeap<Reverse<Node>>,
}

impl<'a> Search<'a> {
    fn new(request: Request, losses: &'a LossSum<'a>) -> Result<Self, RankingError> {
        let Request { k, n, .. } = request;
        // By concavity the most even partition is the highest.
        let mut bound = Rational::from_integer(0.into());
        for (ell, times) in [(k / n, n - k % n), (k / n + 1, k % n)] {
            if times > 0 {
                let value = losses.of_bucket(ell, PRECISION);
                let upper = value.upper().ok_or(RankingError::LossUndefined { ell })?;
                bound += upper * Rational::from_integer(times.into());
            }
        }
        let ell = k / n;
        let mut search = Self {
            losses,
            scale: scale_for(&bound, BITS).ok_or(RankingError::LossTooLarge { ell })?,
            known: HashMap::new(),
            frontier: BinaryHeap::new(),
        };
        let root = Partition::copies_and_one_average(k, n)?;
        let (mut lower, mut upper) = (0_u128, 0_u128);
        for run in root.runs() {
            let term = search.scaled(run.size)?;
            let sums = add_times(lower, term.lower, run.count).zip(add_times(upper, term.upper, run.count));
            (lower, upper) = sums.ok_or(RankingError::LossTooLarge { ell: run.size })?;
        }
        search.frontier.push(Reverse(Node {
            lower,
            upper,
            partition: root,
        }));
        Ok(search)
    }

    fn scaled(&mut self, ell: u64) -> Result<Scaled, RankingError> {
        if let Some(known) = self.known.get(&ell) {
            return Ok(*known);
        }
        let scaled = self.losses.scaled(ell, self.scale, PRECISION)?;
        self.known.insert(ell, scaled);
        Ok(scaled)
    }

    /// Puts the children of a node into the frontier.
    fn expand(&mut self, node: &Node) -> Result<(), RankingError> {
        for Move { from, to } in tree::to_children(&node.partition) {
            let Some(partition) = node.partition.transfer(from, to) else {
                continue; // a move of the tree names parts that are there
            };
            let gone = [self.scaled(from)?, self.scaled(to)?];
            let new = [self.scaled(from - 1)?, self.scaled(to + 1)?];
            let exchange = |sum: u128, bound: fn(&Scaled) -> u128| {
                let less = sum.checked_sub(bound(&gone[0]))?.checked_sub(bound(&gone[1]))?;
                less.checked_add(bound(&new[0]))?.checked_add(bound(&new[1]))
            };
            let sums = exchange(node.lower, |s| s.lower).zip(exchange(node.upper, |s| s.upper));
            let (lower, upper) = sums.ok_or(RankingError::LossTooLarge { ell: from })?;
            if upper < node.lower {
                return Err(RankingError::NotConcave {
                    parent: node.partition.compact().to_string(),
                    child: partition.compact().to_string(),
                });
            }
            self.frontier.push(Reverse(Node {
                lower,
                upper,
                partition,
            }));
        }
        Ok(())
    }
}

/// sum + term · times, if it fits.
fn add_times(sum: u128, term: u128, times: u64) -> Option<u128> {
    term.checked_mul(u128::from(times))
        .and_then(|product| sum.checked_add(product))
}
