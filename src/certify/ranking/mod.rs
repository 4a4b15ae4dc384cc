//! Partitions ranked by the loss of their copy-average configurations, lowest
//! first, with certainty.
//!
//! Two routes find the lowest M partitions of k into n parts:
//!
//! * [`Method::Enumeration`] looks at every partition. It assumes nothing of
//!   L(ℓ) but that it is ≥ 0.
//! * [`Method::BestFirst`] walks a [tree] on the partitions along which the
//!   loss increases. This rests on strict concavity of ℓ ↦ L(ℓ), a theorem of
//!   the catalogue, and reaches sizes that no one can enumerate.
//!
//! Both first compare exact integers around the scaled losses, and keep every
//! partition that these cannot exclude; then the partitions kept are sorted,
//! where integers do not decide by MPFR enclosures of rising precision.

mod best_first;
mod exhaustive;
mod loss_sum;
mod optimum;
mod sort;
mod tails;
pub mod tree;

pub use loss_sum::LossSum;
pub use optimum::{OptimumCheck, check_optimum};

use super::verdict::{Verdict, Why};
use crate::arithmetic::Precision;
use crate::configuration::partition::{Partition, PartitionError, count};
use num_bigint::BigUint;
use num_traits::ToPrimitive;
use sort::Candidate;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// The number of teachers.
    pub k: u64,
    /// The number of buckets.
    pub n: u64,
    /// How many partitions are wanted, at most [`MOST_ROWS`]; fewer are listed
    /// if there are fewer.
    pub top: u64,
    /// Where comparisons give up.
    pub max_precision: Precision,
}

/// The longest ranking.
pub const MOST_ROWS: u64 = 1_000_000;

/// How the lowest partitions were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Every partition was visited.
    Enumeration,
    /// Best first along a tree, by concavity of L.
    BestFirst,
}

/// How a row compares with the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOrder {
    /// Its loss is certainly larger. (The first row: nothing to compare.)
    Proved,
    /// Its loss is equal: both are known exactly.
    Tied,
    /// The enclosures overlap at the largest precision.
    Undecided,
}

impl RowOrder {
    /// The word that tables and JSON use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Tied => "tied",
            Self::Undecided => "undecided",
        }
    }
}

/// A row of a ranking. The multiplicity is the partition's own, the loss that
/// of [`LossSum::of_partition`] at any precision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedRow {
    /// The sizes of the buckets.
    pub partition: Partition,
    /// How its loss compares with that of the row before.
    pub order: RowOrder,
}

/// The lowest partitions.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// How they were found.
    pub method: Method,
    /// How many partitions there are; `None` if that is too expensive to say.
    pub count: Option<BigUint>,
    /// How many partitions were looked at.
    pub visited: u64,
    /// No partition left out is lower than a listed one.
    pub complete: Verdict,
    /// Lowest loss first.
    pub rows: Vec<RankedRow>,
}

/// Why there is no ranking.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RankingError {
    /// There is nothing to rank.
    #[error(transparent)]
    Partition(#[from] PartitionError),
    /// More rows than [`MOST_ROWS`].
    #[error("a ranking lists at most {MOST_ROWS} partitions; ask for fewer with --top")]
    TooManyRows,
    /// Too many to visit, or too many parts.
    #[error("there are too many partitions to visit each; use the best-first search")]
    TooManyToVisit,
    /// The loss of a bucket is not known at all.
    #[error("the loss of a bucket of {ell} teachers has no finite enclosure; raise --precision")]
    LossUndefined {
        /// The size of the bucket.
        ell: u64,
    },
    /// The loss of a bucket is a mean of squares.
    #[error("the loss of a bucket of {ell} teachers is negative: this cannot be")]
    NegativeLoss {
        /// The size of the bucket.
        ell: u64,
    },
    /// Beyond fixed point.
    #[error("the loss of a bucket of {ell} teachers is too large to rank")]
    LossTooLarge {
        /// The size of the bucket.
        ell: u64,
    },
    /// A child was lower than its parent.
    #[error(
        "the loss is not concave: {child} is certainly lower than {parent}; visit all partitions instead"
    )]
    NotConcave {
        /// The partition that should be lower, written short.
        parent: String,
        /// The partition that is lower, written short.
        child: String,
    },
    /// The visit missed partitions or visited some twice: a bug.
    #[error("{visited} partitions were visited, but there are {count}; please report this")]
    Miscounted {
        /// Partitions visited.
        visited: u64,
        /// Partitions counted.
        count: BigUint,
    },
}

/// How a long computation is watched and stopped.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    /// Set from outside to stop early; what was found is kept.
    pub interrupt: &'a AtomicBool,
    /// Called now and then with the number of partitions visited since the
    /// last call, from any thread.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

impl Control<'static> {
    /// Nobody watches, nobody stops.
    #[must_use]
    pub fn unattended() -> Self {
        static NEVER: AtomicBool = AtomicBool::new(false);
        Self {
            interrupt: &NEVER,
            progress: &|_| {},
        }
    }
}

impl Control<'_> {
    fn interrupted(&self) -> bool {
        self.interrupt.load(Ordering::Relaxed)
    }
}

/// The most partitions that [`rank`] visits one by one.
const FEW: u64 = 50_000_000;

/// The lowest partitions by visiting all if there are at most 5·10⁷, and by
/// best-first search otherwise.
///
/// # Errors
/// As [`rank_all_visited`] and [`rank_best_first`].
pub fn rank(request: Request, losses: &LossSum<'_>, control: Control<'_>) -> Result<Ranking, RankingError> {
    check(request)?;
    let few = count(request.k, request.n).is_ok_and(|count| count <= BigUint::from(FEW));
    if few && exhaustive::fits(request) {
        rank_all_visited(request, losses, control)
    } else {
        rank_best_first(request, losses, control)
    }
}

/// The lowest partitions, by visiting all. The number visited is checked
/// against the number that there are.
///
/// # Errors
/// If there are more than about 10¹², k exceeds 65,535, or a loss is not
/// usable.
pub fn rank_all_visited(
    request: Request,
    losses: &LossSum<'_>,
    control: Control<'_>,
) -> Result<Ranking, RankingError> {
    check(request)?;
    let table = exhaustive::Table::new(request.k - request.n + 1, request.n, losses)?;
    exhaustive::rank(request, &table, losses, control)
}

/// The lowest partitions, best first along the [tree]; by strict concavity of
/// L, nothing that hangs below a partition is lower than it.
///
/// # Errors
/// If a loss is not usable, or two losses contradict concavity.
pub fn rank_best_first(
    request: Request,
    losses: &LossSum<'_>,
    control: Control<'_>,
) -> Result<Ranking, RankingError> {
    check(request)?;
    best_first::rank(request, losses, control)
}

fn check(request: Request) -> Result<(), RankingError> {
    let Request { k, n, top, .. } = request;
    if n < 1 || n > k {
        return Err(PartitionError::NoSuchPartition { k, n }.into());
    }
    if top > MOST_ROWS {
        return Err(RankingError::TooManyRows);
    }
    Ok(())
}

/// What a search hands over: candidates that contain the lowest `top`
/// partitions, if it was not stopped.
struct Found {
    candidates: Vec<Candidate>,
    visited: u64,
    stopped: bool,
}

/// Sorts the candidates and lists the first `top`.
fn conclude(
    request: Request,
    found: Found,
    count: Option<BigUint>,
    method: Method,
    losses: &LossSum<'_>,
    control: Control<'_>,
) -> Ranking {
    let sorted = sort::sort(found.candidates, losses, request.max_precision, control);
    let top = request.top.to_usize().unwrap_or(usize::MAX);
    let complete = if found.stopped {
        let reached = format!("after {} partitions", found.visited);
        Verdict::Undecided(Why::Interrupted { reached })
    } else if sorted.get(top).is_none_or(|next| next.none_before_is_larger) {
        Verdict::Proved
    } else {
        let what = "the losses of the last partition listed and of the next".to_owned();
        let bits = request.max_precision.bits();
        Verdict::Undecided(Why::OrderOpen { what, bits })
    };
    let rows = sorted.into_iter().take(top);
    Ranking {
        method,
        count,
        visited: found.visited,
        complete,
        rows: rows
            .map(|row| RankedRow {
                partition: row.partition,
                order: row.order,
            })
            .collect(),
    }
}
