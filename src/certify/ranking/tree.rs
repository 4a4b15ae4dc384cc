//! A tree on all partitions of k into n parts along which the loss increases.
//!
//! **Parent.** The root is (k − n + 1, 1, …, 1). In any other partition at least
//! two parts exceed 1. Let g be its largest part, and m the smallest part above
//! 1 other than (one copy of) g. The parent has g + 1 and m − 1 instead. As
//! g ≥ m ≥ 2 and L is strictly concave,
//!
//! L(g + 1) − L(g) < L(m) − L(m − 1),
//!
//! so the parent is strictly lower. Its largest part is g + 1 ≤ k − n + 1, so
//! the root is reached after at most k − n steps: every partition hangs below
//! the root in exactly one place.
//!
//! **Children.** Let G be the largest part of a partition. A child has G − 1
//! and x + 1 instead of G and another part x, with g = G − 1 and m = x + 1 as
//! above. That g is its largest part means that all others but x are at most
//! G − 1 and x + 1 ≤ G − 1; in particular G occurs once. That m is the smallest
//! part above 1 means that no other part lies strictly between 1 and x + 1:
//! either x = 1, or x is the smallest part above 1 of the rest and occurs once
//! there. Conversely, both choices give a child. So a partition has at most two
//! children, none if G occurs twice.

use crate::configuration::partition::Partition;

/// The move from a partition to its parent, or to a child: one unit goes from
/// a part `from` to a part `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The part that gets smaller, ≥ 2.
    pub from: u64,
    /// The part that gets larger.
    pub to: u64,
}

/// The move to the parent, which is strictly lower; `None` for the root.
#[must_use]
pub fn to_parent(partition: &Partition) -> Option<Move> {
    let (largest, rest) = partition.runs().split_first()?;
    let smallest_above_one = rest.iter().rev().map(|run| run.size).find(|size| *size > 1);
    let again = (largest.count > 1 && largest.size > 1).then_some(largest.size);
    Some(Move {
        from: smallest_above_one.or(again)?,
        to: largest.size,
    })
}

/// The moves to the children, each of which is strictly higher.
pub fn to_children(partition: &Partition) -> impl Iterator<Item = Move> {
    let (one, above) = receivers(partition).unwrap_or_default();
    let from = partition.runs().first().map_or(0, |run| run.size);
    let receivers = [one, above].into_iter().flatten();
    receivers
        .filter(move |x| x + 2 <= from)
        .map(move |to| Move { from, to })
}

/// The parts that may receive a unit from the largest, which occurs once: 1,
/// and the smallest part above 1 if it occurs once.
fn receivers(partition: &Partition) -> Option<(Option<u64>, Option<u64>)> {
    let (largest, rest) = partition.runs().split_first()?;
    if largest.count > 1 {
        return None;
    }
    let one = rest.last().filter(|run| run.size == 1).map(|run| run.size);
    let above = rest.iter().rev().find(|run| run.size > 1);
    let above = above.filter(|run| run.count == 1).map(|run| run.size);
    Some((one, above))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::partition::Partitions;
    use std::collections::BTreeSet;

    /// Walked from the root, the tree meets every partition exactly once, and
    /// each child's parent is the one it was reached from.
    #[test]
    fn the_tree_spans_all_partitions() {
        for k in 1..=25 {
            for n in 1..=k {
                let mut met = BTreeSet::new();
                let mut open = vec![Partition::copies_and_one_average(k, n).unwrap()];
                assert_eq!(to_parent(&open[0]), None);
                while let Some(partition) = open.pop() {
                    for step in to_children(&partition) {
                        let child = partition.transfer(step.from, step.to).unwrap();
                        let back = to_parent(&child).unwrap();
                        assert_eq!(child.transfer(back.from, back.to), Some(partition.clone()));
                        open.push(child);
                    }
                    assert!(met.insert(partition), "met twice");
                }
                let all: BTreeSet<Partition> = Partitions::new(k, n).unwrap().collect();
                assert_eq!(met, all, "k = {k}, n = {n}");
            }
        }
    }
}
