//! Sorting by loss, with certainty.

use super::{Control, LossSum, RowOrder};
use crate::arithmetic::{Enclosure, Interval, Precision, Rational};
use crate::configuration::partition::Partition;

/// A partition with integers around its scaled loss v: lower ≤ v ≤ upper. The
/// scale is the same for all that are sorted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) lower: u128,
    pub(super) upper: u128,
    pub(super) partition: Partition,
}

/// A partition in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sorted {
    pub(super) partition: Partition,
    /// Compared with the one before.
    pub(super) order: RowOrder,
    /// Every one before has certainly at most the loss of this one and of all
    /// that follow.
    pub(super) none_before_is_larger: bool,
}

/// Sorts by loss, lowest first. Candidates whose integers overlap, directly or
/// through others, form a cluster; a cluster is sorted by enclosures at 128
/// bits, falls into smaller ones, and so on up to `max_precision`. What remains
/// is listed by lower bound, then in the order of partitions.
pub(super) fn sort(
    mut candidates: Vec<Candidate>,
    losses: &LossSum<'_>,
    max_precision: Precision,
    control: Control<'_>,
) -> Vec<Sorted> {
    candidates.sort_unstable_by(|a, b| {
        let values = (a.lower, a.upper).cmp(&(b.lower, b.upper));
        values.then_with(|| b.partition.cmp(&a.partition))
    });
    let ladder: Vec<Precision> = Precision::START.ladder(max_precision).collect();
    let mut sorted = Vec::with_capacity(candidates.len());
    let mut candidates = candidates.into_iter().peekable();
    while let Some(first) = candidates.next() {
        let mut upper = first.upper;
        let mut cluster = vec![first.partition];
        while let Some(next) = candidates.next_if(|next| next.lower <= upper) {
            upper = upper.max(next.upper);
            cluster.push(next.partition);
        }
        resolve(cluster, losses, &ladder, control, &mut sorted);
    }
    sorted
}

/// Appends a cluster that certainly belongs behind all that is sorted already
/// and before all that is not in it.
fn resolve(
    cluster: Vec<Partition>,
    losses: &LossSum<'_>,
    ladder: &[Precision],
    control: Control<'_>,
    sorted: &mut Vec<Sorted>,
) {
    let alone = cluster.len() == 1;
    let (Some((&precision, higher)), false) = (ladder.split_first(), alone || control.interrupted()) else {
        for (i, partition) in cluster.into_iter().enumerate() {
            sorted.push(Sorted {
                partition,
                order: if i == 0 {
                    RowOrder::Proved
                } else {
                    RowOrder::Undecided
                },
                none_before_is_larger: i == 0,
            });
        }
        return;
    };
    let mut members: Vec<Member> = (cluster.into_iter())
        .map(|partition| Member::new(partition, losses, precision))
        .collect();
    // An undefined or unbounded lower end comes first.
    members.sort_by(|a, b| (a.lower.cmp(&b.lower)).then_with(|| b.partition.cmp(&a.partition)));
    if higher.is_empty() || members.iter().all(Member::is_exact) {
        append(members, sorted);
        return;
    }
    let mut members = members.into_iter().peekable();
    while let Some(first) = members.next() {
        let mut largest = first.loss;
        let mut cluster = vec![first.partition];
        while let Some(next) = members.next_if(|next| !largest.certainly_less(&next.loss)) {
            largest = largest.max(&next.loss);
            cluster.push(next.partition);
        }
        resolve(cluster, losses, higher, control, sorted);
    }
}

/// Appends members that will not be known better.
fn append(members: Vec<Member>, sorted: &mut Vec<Sorted>) {
    let exact = members.iter().all(Member::is_exact);
    let mut before: Option<(Interval, Interval)> = None; // the last one; the largest of all
    for member in members {
        let (order, none_before_is_larger) = match &before {
            None => (RowOrder::Proved, true),
            Some((last, largest)) => {
                let order = if last.certainly_less(&member.loss) {
                    RowOrder::Proved
                } else if exact {
                    RowOrder::Tied
                } else {
                    RowOrder::Undecided
                };
                (order, exact || largest.certainly_less(&member.loss))
            }
        };
        let largest = match &before {
            None => member.loss.clone(),
            Some((_, largest)) => largest.max(&member.loss),
        };
        before = Some((member.loss, largest));
        sorted.push(Sorted {
            partition: member.partition,
            order,
            none_before_is_larger,
        });
    }
}

/// A partition with its loss at some precision.
struct Member {
    partition: Partition,
    loss: Interval,
    lower: Option<Rational>,
}

impl Member {
    fn new(partition: Partition, losses: &LossSum<'_>, precision: Precision) -> Self {
        let loss = losses.of_partition(&partition, precision);
        Self {
            lower: loss.lower(),
            partition,
            loss,
        }
    }

    /// The loss is a number known exactly.
    fn is_exact(&self) -> bool {
        self.lower.is_some() && self.lower == self.loss.upper()
    }
}
