//! Partitions of k teachers into n buckets, by the sizes of the buckets.

mod count;
mod enumerate;
mod multiplicity;
mod text;

pub use count::{CountError, count};
pub use enumerate::Partitions;
pub use multiplicity::MultiplicityError;
pub use text::Compact;

/// Numbers that describe no partition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartitionError {
    /// No part at all.
    #[error("a partition needs at least one part; write for example 5,2,1")]
    Empty,
    /// A part, or a number of copies, that is 0.
    #[error("every part of a partition must be at least 1")]
    ZeroPart,
    /// Neither a number nor SIZE^COPIES.
    #[error("`{0}` is no part of a partition; write for example 5,2,1 or 5,2,1^3")]
    NotAPart(String),
    /// The sum does not fit into 64 bits.
    #[error("the parts add up to more than 18446744073709551615")]
    TooLarge,
    /// n < 1 or n > k.
    #[error("{k} teachers cannot be divided into {n} non-empty buckets; choose 1 <= n <= k")]
    NoSuchPartition {
        /// Teachers.
        k: u64,
        /// Buckets.
        n: u64,
    },
}

/// Equal parts of a partition. Ordered by size, then by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Run {
    /// The size ℓ of each bucket.
    pub size: u64,
    /// How many buckets have this size.
    pub count: u64,
}

/// A partition of k into n positive parts, k < 2⁶⁴.
///
/// It is stored by its distinct sizes, so that (10¹² − 4, 1, 1, 1, 1) is cheap,
/// and so is 1 + 1 + … + 1 with 10¹² terms. The order is the lexicographic one
/// of the descending parts: 4 > 3,1 > 2,2.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partition {
    /// Not empty; sizes descend strictly; no size and no count is 0.
    runs: Box<[Run]>,
    /// Σ count.
    n: u64,
    /// Σ size · count.
    k: u64,
}

impl Partition {
    /// The partition with these parts, in any order.
    ///
    /// # Errors
    /// If there is no part, a part is 0, or the sum exceeds 64 bits.
    pub fn from_parts(parts: impl IntoIterator<Item = u64>) -> Result<Self, PartitionError> {
        let runs = parts.into_iter().map(|size| Run { size, count: 1 });
        Self::from_runs(runs)
    }

    /// The partition with these runs, in any order; runs of one size are added.
    ///
    /// # Errors
    /// If there is no run, a size or a count is 0, or the sum exceeds 64 bits.
    pub fn from_runs(runs: impl IntoIterator<Item = Run>) -> Result<Self, PartitionError> {
        let mut sorted: Vec<Run> = runs.into_iter().collect();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        let mut merged: Vec<Run> = Vec::with_capacity(sorted.len());
        let (mut n, mut k) = (0_u64, 0_u64);
        for run in sorted {
            if run.size == 0 || run.count == 0 {
                return Err(PartitionError::ZeroPart);
            }
            // n ≤ k: the first sum cannot overflow unless the second does.
            k = (run.size.checked_mul(run.count))
                .and_then(|sum| k.checked_add(sum))
                .ok_or(PartitionError::TooLarge)?;
            n += run.count;
            match merged.last_mut() {
                Some(last) if last.size == run.size => last.count += run.count,
                _ => merged.push(run),
            }
        }
        if merged.is_empty() {
            return Err(PartitionError::Empty);
        }
        Ok(Self {
            runs: merged.into(),
            n,
            k,
        })
    }

    /// (k − n + 1, 1, …, 1): all neurons but one copy a teacher, one averages
    /// the others. It is the largest in the order of partitions.
    ///
    /// # Errors
    /// Unless 1 ≤ n ≤ k.
    pub fn copies_and_one_average(k: u64, n: u64) -> Result<Self, PartitionError> {
        if n < 1 || n > k {
            return Err(PartitionError::NoSuchPartition { k, n });
        }
        let average = Run {
            size: k - n + 1,
            count: 1,
        };
        let copies = Run {
            size: 1,
            count: n - 1,
        };
        Self::from_runs(std::iter::once(average).chain((n > 1).then_some(copies)))
    }

    /// The number of teachers, Σ ℓ_i.
    #[must_use]
    pub fn k(&self) -> u64 {
        self.k
    }

    /// The number of parts.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The distinct sizes in descending order, with their numbers.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The n parts in descending order.
    pub fn parts(&self) -> impl Iterator<Item = u64> + '_ {
        (self.runs.iter()).flat_map(|run| (0..run.count).map(|_| run.size))
    }

    /// The partition in which a part `from` has become `from − 1` and another
    /// part `to` has become `to + 1`; `None` if there are no two such parts, or
    /// `from` is 1.
    #[must_use]
    pub fn transfer(&self, from: u64, to: u64) -> Option<Self> {
        let smaller = from.checked_sub(1).filter(|&size| size > 0)?;
        let larger = to.checked_add(1)?;
        let mut runs = self.runs.to_vec();
        remove(&mut runs, from)?;
        remove(&mut runs, to)?;
        insert(&mut runs, smaller);
        insert(&mut runs, larger);
        Some(Self {
            runs: runs.into(),
            n: self.n,
            k: self.k,
        })
    }
}

/// The place of a size among descending runs: where it is, or where it goes.
fn place(runs: &[Run], size: u64) -> Result<usize, usize> {
    runs.binary_search_by(|run| size.cmp(&run.size))
}

/// Takes away one part; `None` if there is none of that size.
fn remove(runs: &mut Vec<Run>, size: u64) -> Option<()> {
    let at = place(runs, size).ok()?;
    if runs[at].count > 1 {
        runs[at].count -= 1;
    } else {
        runs.remove(at);
    }
    Some(())
}

/// Adds one part.
fn insert(runs: &mut Vec<Run>, size: u64) {
    match place(runs, size) {
        Ok(at) => runs[at].count += 1,
        Err(at) => runs.insert(at, Run { size, count: 1 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_order_is_one_partition() {
        let p = Partition::from_parts([1, 6, 1]).unwrap();
        let runs = [Run { size: 1, count: 2 }, Run { size: 6, count: 1 }];
        assert_eq!(p, Partition::from_runs(runs).unwrap());
        assert_eq!((p.k(), p.n()), (8, 3));
        assert_eq!(p.parts().collect::<Vec<_>>(), [6, 1, 1]);
        assert_eq!(p, Partition::copies_and_one_average(8, 3).unwrap());
    }

    #[test]
    fn the_order_is_lexicographic() {
        let sorted = ["4", "3,1", "2,2", "2,1,1", "1,1,1,1"];
        let parsed: Vec<Partition> = sorted.iter().map(|p| p.parse().unwrap()).collect();
        assert!(parsed.is_sorted_by(|a, b| a > b));
    }

    #[test]
    fn a_unit_moves() {
        let p = Partition::from_parts([5, 2, 1]).unwrap();
        assert_eq!(p.transfer(5, 1), Partition::from_parts([4, 2, 2]).ok());
        assert_eq!(p.transfer(2, 5), Partition::from_parts([6, 1, 1]).ok());
        assert_eq!(p.transfer(5, 2), Partition::from_parts([4, 3, 1]).ok());
        assert_eq!(p.transfer(1, 5), None);
        assert_eq!(p.transfer(5, 5), None);
        assert_eq!(p.transfer(3, 1), None);
    }

    #[test]
    fn what_is_no_partition_is_refused() {
        assert_eq!(Partition::from_parts([]), Err(PartitionError::Empty));
        assert_eq!(Partition::from_parts([3, 0]), Err(PartitionError::ZeroPart));
        let huge = Partition::from_parts([u64::MAX, 1]);
        assert_eq!(huge, Err(PartitionError::TooLarge));
        let (size, count) = (1 << 40, 1 << 40);
        let wide = Partition::from_runs([Run { size, count }]);
        assert_eq!(wide, Err(PartitionError::TooLarge));
        for (k, n) in [(3, 0), (3, 4), (0, 0)] {
            assert!(Partition::copies_and_one_average(k, n).is_err());
        }
    }
}
