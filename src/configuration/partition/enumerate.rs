//! All partitions of k into n parts, one after the other.

use super::{Partition, PartitionError, Run};

/// The partitions of k into exactly n parts in reverse lexicographic order:
/// from (k − n + 1, 1, …, 1), the largest, down to the most even one.
///
/// Nothing is stored but the current partition, so the first ones of
/// k = 10¹² come at once. A step costs at most a few operations per distinct
/// part.
///
/// **The step.** The successor keeps the longest possible beginning, lowers the
/// part v that follows it by one, and continues with the largest possible
/// tail. Lowering is possible at a part v if the tail of r parts with sum S
/// behind it can take the unit without exceeding v − 1: S + 1 ≤ r(v − 1). If
/// this holds at a part that is followed by an equal one, then it also holds
/// there (subtract v from S, 1 from r: S − v + 2 ≤ (r − 1)(v − 1)), so the last
/// possible part ends a run. The largest tail of r parts ≤ v − 1 with a given
/// sum T gives each part in turn v − 2 of the excess T − r over all ones.
#[derive(Debug, Clone)]
pub struct Partitions {
    next: Option<Partition>,
}

impl Partitions {
    /// All partitions of `k` into `n` parts.
    ///
    /// # Errors
    /// Unless 1 ≤ n ≤ k.
    pub fn new(k: u64, n: u64) -> Result<Self, PartitionError> {
        Ok(Self {
            next: Some(Partition::copies_and_one_average(k, n)?),
        })
    }
}

impl Iterator for Partitions {
    type Item = Partition;

    fn next(&mut self) -> Option<Partition> {
        let current = self.next.take()?;
        self.next = successor(&current);
        Some(current)
    }
}

fn successor(partition: &Partition) -> Option<Partition> {
    let runs = partition.runs();
    // The tail behind the end of the run looked at: its sum and its length.
    let (mut sum, mut length) = (0_u64, 0_u64);
    for (i, run) in runs.iter().enumerate().rev() {
        let limit = run.size - 1;
        // sum < limit · length, without a product that may not fit. Products of
        // a length and a smaller size than that of the run stay below k + n.
        if limit > 1 && sum < limit.saturating_mul(length) {
            let mut next = runs[..i].to_vec();
            push(&mut next, run.size, run.count - 1);
            push(&mut next, limit, 1);
            push_largest_tail(&mut next, limit, sum + 1, length);
            return Some(Partition {
                runs: next.into(),
                n: partition.n(),
                k: partition.k(),
            });
        }
        sum += run.size * run.count;
        length += run.count;
    }
    None
}

/// The lexicographically largest `length` parts, each from 1 to `limit` ≥ 2,
/// with the given sum, length ≤ sum ≤ limit · length.
fn push_largest_tail(runs: &mut Vec<Run>, limit: u64, sum: u64, length: u64) {
    let excess = sum - length;
    let (full, rest) = (excess / (limit - 1), excess % (limit - 1));
    push(runs, limit, full);
    push(runs, rest + 1, u64::from(rest > 0));
    push(runs, 1, length - full - u64::from(rest > 0));
}

/// Appends `count` parts of a size that is at most the last one's.
fn push(runs: &mut Vec<Run>, size: u64, count: u64) {
    match runs.last_mut() {
        _ if count == 0 => {}
        Some(last) if last.size == size => last.count += count,
        _ => runs.push(Run { size, count }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(k: u64, n: u64) -> Vec<String> {
        let all = Partitions::new(k, n).unwrap();
        all.map(|p| p.to_string()).collect()
    }

    #[test]
    fn small_lists() {
        assert_eq!(list(8, 3), ["6,1,1", "5,2,1", "4,3,1", "4,2,2", "3,3,2"]);
        assert_eq!(list(4, 4), ["1,1,1,1"]);
        assert_eq!(list(7, 1), ["7"]);
        assert_eq!(list(6, 4), ["3,1,1,1", "2,2,1,1"]);
    }

    #[test]
    fn huge_lists_begin_at_once() {
        let k = 1_000_000_000_000;
        let first: Vec<String> = (Partitions::new(k, 4).unwrap().take(3))
            .map(|p| p.to_string())
            .collect();
        let expected = ["999999999997,1,1,1", "999999999996,2,1,1", "999999999995,3,1,1"];
        assert_eq!(first, expected);
        let many = Partitions::new(k, k - 3).unwrap();
        let all: Vec<String> = many.map(|p| p.compact().to_string()).collect();
        let expected = ["4,1^999999999996", "3,2,1^999999999995", "2^3,1^999999999994"];
        assert_eq!(all, expected);
    }
}
