//! Partitions of integers.

/// All partitions of k into n parts, each in falling order: first the one with
/// the largest first part, 1 ≤ n ≤ k.
pub fn partitions(k: u64, n: u64, visit: &mut dyn FnMut(&[u64]) -> bool) -> bool {
    extend(k, n, k, &mut Vec::new(), visit)
}

/// Goes through the ways to end a partition by `n` parts of at most `most` that
/// add up to `rest`. Stops when `visit` says false, and returns that.
fn extend(rest: u64, n: u64, most: u64, parts: &mut Vec<u64>, visit: &mut dyn FnMut(&[u64]) -> bool) -> bool {
    if n == 0 {
        return rest > 0 || visit(parts);
    }
    // The next part leaves at least 1 for each later one, and is at least the
    // mean of all that are left.
    let largest = rest.saturating_sub(n.saturating_sub(1)).min(most);
    let smallest = rest.div_ceil(n);
    for part in (smallest.max(1)..=largest).rev() {
        parts.push(part);
        let proceed = extend(rest.saturating_sub(part), n.saturating_sub(1), part, parts, visit);
        parts.pop();
        if !proceed {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::partitions;

    /// The numbers of partitions of k into n parts (OEIS A008284), and every
    /// one is listed once, in falling order.
    #[test]
    fn every_partition_once() {
        let counts = [
            [1, 0, 0, 0, 0, 0, 0],
            [1, 3, 3, 2, 1, 1, 0],
            [1, 3, 4, 3, 2, 1, 1],
        ];
        for (k, row) in [1_u64, 6, 7].into_iter().zip(counts) {
            for (n, expected) in (1_u64..=7).zip(row) {
                let mut seen = Vec::new();
                partitions(k, n, &mut |parts| {
                    assert_eq!(parts.iter().sum::<u64>(), k);
                    assert!(
                        parts.windows(2).all(|pair| pair[0] >= pair[1]) && parts.iter().all(|&part| part > 0)
                    );
                    seen.push(parts.to_vec());
                    true
                });
                assert_eq!(seen.len(), expected, "k = {k}, n = {n}");
                seen.sort();
                seen.dedup();
                assert_eq!(seen.len(), expected);
            }
        }
        let mut all = 0;
        for n in 1..=40 {
            partitions(40, n, &mut |_| {
                all += 1;
                true
            });
        }
        // OEIS A000041.
        assert_eq!(all, 37_338);
    }
}
