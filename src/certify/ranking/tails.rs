//! Sums of table entries over the last few parts of a partition.
//!
//! The partitions of k into n parts that begin alike differ in their last j
//! parts only, whose sum r is given, and whose largest part is at most the last
//! one of the beginning, c. For each r the sums of entries over all partitions
//! of r into j parts are stored in a row, by ascending largest part, so those
//! wanted are the first ones of the row. The j smallest of n parts have at most
//! the sum jk/n, which bounds r.

/// The sums over all tails of j parts.
#[derive(Debug)]
pub(super) struct Tails {
    parts: usize,
    rows: Vec<Row>,
}

#[derive(Debug, Default)]
struct Row {
    /// One for each partition of r.
    sums: Vec<i64>,
    /// The partitions, `parts` numbers each.
    tails: Vec<u16>,
    /// ends[c] partitions have a largest part of at most c, c = 0, …, r.
    ends: Vec<usize>,
}

impl Tails {
    /// The tails of the partitions of k into n parts, 1 ≤ n ≤ k, with as many
    /// parts as give at most `most` sums: at least one, and fewer than n unless
    /// n is 1. Entry 0 belongs to no part.
    pub(super) fn new(k: usize, n: usize, entries: &[i64], most: usize) -> Self {
        let mut tails = Self::single(k / n, entries);
        while tails.parts + 1 < n
            && let Some(longer) = tails.with_one_more((tails.parts + 1) * k / n, entries, most)
        {
            tails = longer;
        }
        tails
    }

    /// Single last parts of at most `largest`.
    fn single(largest: usize, entries: &[i64]) -> Self {
        let row = |(r, entry): (u16, &i64)| {
            let is_part = usize::from(r > 0);
            Row {
                sums: vec![*entry; is_part],
                tails: vec![r; is_part],
                ends: (0..=r).map(|c| usize::from(0 < c && c == r)).collect(),
            }
        };
        Self {
            parts: 1,
            rows: (0..=u16::MAX).zip(entries).take(largest + 1).map(row).collect(),
        }
    }

    /// One part more before these, up to the sum `largest`; `None` if that
    /// makes too many.
    fn with_one_more(&self, largest: usize, entries: &[i64], most: usize) -> Option<Self> {
        let mut rows = Vec::with_capacity(largest + 1);
        let mut stored = 0;
        for r in 0..=largest {
            let mut row = Row::default();
            row.ends.push(0);
            for (part, entry) in (1..=u16::MAX).zip(&entries[1..]).take(r) {
                let cap = usize::from(part);
                // The part is the largest of the tail or there is no such tail.
                if cap * (self.parts + 1) >= r {
                    let (sums, tails) = self.up_to(r - cap, cap);
                    row.sums.extend(sums.iter().map(|sum| entry + sum));
                    for tail in tails.chunks_exact(self.parts) {
                        row.tails.push(part);
                        row.tails.extend_from_slice(tail);
                    }
                }
                row.ends.push(row.sums.len());
            }
            stored += row.sums.len();
            if stored > most {
                return None;
            }
            rows.push(row);
        }
        let parts = self.parts + 1;
        Some(Self { parts, rows })
    }

    /// j, how many parts a tail has.
    pub(super) fn parts(&self) -> usize {
        self.parts
    }

    /// The sums over the partitions of r ≤ jk/n into j parts of at most `cap`,
    /// and these partitions.
    pub(super) fn up_to(&self, r: usize, cap: usize) -> (&[i64], &[u16]) {
        let row = &self.rows[r];
        let end = row.ends[cap.min(row.ends.len() - 1)];
        (&row.sums[..end], &row.tails[..end * self.parts])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::partition::Partitions;

    /// Every row holds exactly the partitions that it should.
    #[test]
    fn rows_are_complete() {
        let entries: Vec<i64> = (0..=40).map(|ell| ell * ell * ell).collect();
        for (k, n) in [(40, 10), (30, 7), (13, 13), (9, 1), (12, 2)] {
            for most in [0, 30, 100, 10_000] {
                let tails = Tails::new(k, n, &entries, most);
                let j = tails.parts();
                assert!(j < n || n == 1);
                for r in 0..=j * k / n {
                    for cap in 1..=k {
                        let (sums, parts) = tails.up_to(r, cap);
                        let mut found: Vec<Vec<u64>> = (parts.chunks(j))
                            .map(|tail| tail.iter().map(|part| u64::from(*part)).collect())
                            .collect();
                        for (sum, tail) in sums.iter().zip(&found) {
                            let cubes: u64 = tail.iter().map(|part| part.pow(3)).sum();
                            assert_eq!(*sum, i64::try_from(cubes).unwrap());
                        }
                        let all = Partitions::new(r as u64, j as u64).into_iter().flatten();
                        let mut expected: Vec<Vec<u64>> = (all.map(|p| p.parts().collect()))
                            .filter(|parts: &Vec<u64>| parts[0] <= cap as u64)
                            .collect();
                        found.sort();
                        expected.sort();
                        assert_eq!(found, expected, "k {k} n {n} j {j} r {r} cap {cap}");
                    }
                }
            }
        }
    }
}
