//! A partition by its different sizes.

use num_bigint::BigInt;
use std::fmt;

/// The most different sizes.
const MOST_SIZES: usize = 200;
/// The most digits of a size or a count.
const MOST_DIGITS: usize = 18;

/// Buckets of one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// l ≥ 1.
    pub size: u64,
    /// The number of buckets of this size, ≥ 1.
    pub count: u64,
}

/// A partition: its different sizes in falling order, each with its count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts(Vec<Run>);

/// Reads a natural number without leading zeros and of at most 18 digits.
#[must_use]
pub fn read_count(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.len() <= MOST_DIGITS && text.bytes().all(|c| c.is_ascii_digit());
    let canonical = text == "0" || !text.starts_with('0');
    (digits && canonical).then(|| text.parse().ok()).flatten()
}

impl Parts {
    /// Reads `4 3^2 2`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut runs: Vec<Run> = Vec::new();
        for word in text.split(' ') {
            let (size, count) = match word.split_once('^') {
                None => (word, 1),
                Some((size, count)) => (size, read_count(count).filter(|&count| count >= 2)?),
            };
            let size = read_count(size).filter(|&size| size >= 1)?;
            if runs.len() >= MOST_SIZES || runs.last().is_some_and(|run| run.size <= size) {
                return None;
            }
            runs.push(Run { size, count });
        }
        Some(Self(runs))
    }

    /// The partition with these parts, in falling order.
    #[must_use]
    pub fn of(parts: &[u64]) -> Self {
        let mut runs: Vec<Run> = Vec::new();
        for &size in parts {
            match runs.last_mut() {
                Some(run) if run.size == size => run.count = run.count.saturating_add(1),
                _ => runs.push(Run { size, count: 1 }),
            }
        }
        Self(runs)
    }

    /// Sizes and counts.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.0
    }

    /// n, the number of parts.
    #[must_use]
    pub fn neurons(&self) -> BigInt {
        self.0.iter().map(|run| BigInt::from(run.count)).sum()
    }

    /// k, the sum of the parts.
    #[must_use]
    pub fn teachers(&self) -> BigInt {
        self.0.iter().map(|run| BigInt::from(run.size) * run.count).sum()
    }
}

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, run) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{}", run.size)?;
            if run.count > 1 {
                write!(f, "^{}", run.count)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Parts;

    #[test]
    fn a_partition_is_written_in_one_way() {
        for (text, n, k) in [
            ("4 3^2 2", 4, 12),
            ("1", 1, 1),
            ("7 1^1000000000000", 1_000_000_000_001_i64, 1_000_000_000_007_i64),
        ] {
            let parts = Parts::read(text).unwrap();
            assert_eq!((parts.neurons(), parts.teachers()), (n.into(), k.into()));
            assert_eq!(parts.to_string().replace(", ", " "), text);
        }
        assert_eq!(Parts::of(&[4, 3, 3, 2]), Parts::read("4 3^2 2").unwrap());
        for text in [
            "",
            " ",
            "0",
            "2 3",
            "2 2",
            "2^1",
            "2^0",
            "02",
            "2^02",
            "2  1",
            "2 1 ",
            "-2",
            "+2",
            "2^2^2",
            "a",
            "1234567890123456789",
            "2,1",
            "2^-1",
        ] {
            assert_eq!(Parts::read(text), None, "{text:?}");
        }
        let many = |n: u64| (1..=n).rev().map(|l| l.to_string()).collect::<Vec<_>>().join(" ");
        assert!(Parts::read(&many(200)).is_some() && Parts::read(&many(201)).is_none());
    }
}
