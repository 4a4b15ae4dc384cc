//! Partitions as text: `6,1,1`, or `6,1^2` for short.

use super::{Partition, PartitionError, Run};
use std::fmt;
use std::str::FromStr;

/// All parts in descending order, separated by commas.
impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, part) in self.parts().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            write!(f, "{part}")?;
        }
        Ok(())
    }
}

/// A partition to be written with repeated parts as `SIZE^COPIES`.
#[derive(Debug, Clone, Copy)]
pub struct Compact<'a>(&'a Partition);

impl Partition {
    /// Written with repeated parts as `SIZE^COPIES`: `6,1^2`.
    #[must_use]
    pub fn compact(&self) -> Compact<'_> {
        Compact(self)
    }
}

impl fmt::Display for Compact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, run) in self.0.runs().iter().enumerate() {
            if i > 0 {
                f.write_str(",")?;
            }
            match run.count {
                1 => write!(f, "{}", run.size)?,
                count => write!(f, "{}^{count}", run.size)?,
            }
        }
        Ok(())
    }
}

/// Parts in any order, separated by commas; `SIZE^COPIES` stands for equal
/// parts. Spaces around a part are ignored.
impl FromStr for Partition {
    type Err = PartitionError;

    fn from_str(text: &str) -> Result<Self, PartitionError> {
        if text.trim().is_empty() {
            return Err(PartitionError::Empty);
        }
        let runs: Vec<Run> = text.split(',').map(read_run).collect::<Result<_, _>>()?;
        Self::from_runs(runs)
    }
}

fn read_run(text: &str) -> Result<Run, PartitionError> {
    let text = text.trim();
    let (size, count) = text.split_once('^').unwrap_or((text, "1"));
    Ok(Run {
        size: read_number(size, text)?,
        count: read_number(count, text)?,
    })
}

/// Digits only: no sign, no space.
fn read_number(digits: &str, part: &str) -> Result<u64, PartitionError> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(PartitionError::NotAPart(part.to_owned()));
    }
    digits.parse().map_err(|_| PartitionError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read() {
        let p: Partition = " 1,6, 1".parse().unwrap();
        assert_eq!(p.to_string(), "6,1,1");
        assert_eq!(p.compact().to_string(), "6,1^2");
        assert_eq!("6,1^2".parse(), Ok(p));
        let large: Partition = "1^999999999999,7".parse().unwrap();
        assert_eq!((large.k(), large.n()), (1_000_000_000_006, 1_000_000_000_000));
    }

    #[test]
    fn what_is_no_number_is_named() {
        for bad in [
            "5,,1", "5,x", "-5,1", "+5,1", "5^,1", "5^2^2", "5;1", "2 1", "1.5",
        ] {
            let answer: Result<Partition, _> = bad.parse();
            assert!(matches!(answer, Err(PartitionError::NotAPart(_))), "{bad}");
        }
        assert_eq!("".parse::<Partition>(), Err(PartitionError::Empty));
        assert_eq!("5,0".parse::<Partition>(), Err(PartitionError::ZeroPart));
        assert_eq!("5,1^0".parse::<Partition>(), Err(PartitionError::ZeroPart));
        let huge = "99999999999999999999".parse::<Partition>();
        assert_eq!(huge, Err(PartitionError::TooLarge));
    }
}
