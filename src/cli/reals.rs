//! Real numbers with the digits asked for.

use super::options::Digits;
use crate::arithmetic::digits::{self, DecimalEnclosure};
use crate::arithmetic::{Enclosure, Precision, Rational};

/// How real numbers are printed in a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reals {
    digits: Digits,
    start: Option<Precision>,
    limit: Option<Precision>,
}

/// The bits of a double: where `--digits verdict` starts.
const DOUBLE: Precision = Precision::saturating(53);
/// Digits of an exact value without a finite expansion, if none are asked for.
const EXACT_DIGITS: u32 = 17;

impl Reals {
    /// `digits` digits, with precision from `start` to `limit`, by default
    /// what the digits need.
    pub(crate) fn new(digits: Digits, start: Option<Precision>, limit: Option<Precision>) -> Self {
        Reals { digits, start, limit }
    }

    /// The same for values that lose about `lost` digits by cancellation.
    pub(crate) fn cancelling(self, lost: u32) -> Self {
        let usual = self.limit_for(lost);
        Reals {
            limit: self.limit.or(usual),
            ..self
        }
    }

    fn limit_for(&self, lost: u32) -> Option<Precision> {
        self.significant()
            .map(|digits| digits::limit(digits.saturating_add(lost)))
    }

    /// How many significant digits; `None` if whatever there is suffices.
    pub(crate) fn significant(&self) -> Option<u32> {
        match self.digits {
            Digits::Significant(digits) => Some(digits),
            Digits::Verdict => None,
        }
    }

    /// Prints the real that `value` encloses at any precision.
    pub(crate) fn print<T: Enclosure>(&self, mut value: impl FnMut(Precision) -> T) -> DecimalEnclosure {
        match self.digits {
            Digits::Significant(digits) => {
                let start = self.start.unwrap_or(Precision::MIN);
                let limit = self.limit.unwrap_or(digits::limit(digits)).max(start);
                digits::enclose(digits, limit, |precision| value(precision.max(start)))
            }
            Digits::Verdict => digits::outward(&value(self.start.unwrap_or(DOUBLE))),
        }
    }

    /// Prints a number known exactly.
    pub(crate) fn exact(&self, value: &Rational) -> DecimalEnclosure {
        digits::exact(value, self.significant().unwrap_or(EXACT_DIGITS))
    }

    /// How many rows with such numbers are worked on at a time: a few
    /// megabytes of text.
    pub(crate) fn batch(&self) -> usize {
        let digits = self.significant().unwrap_or(EXACT_DIGITS);
        usize::try_from(100_000 / digits.max(1))
            .unwrap_or(1)
            .clamp(8, 4096)
    }
}

/// A sentence on numbers that are less precise than asked.
pub(crate) fn missing(rows: usize) -> String {
    let rows = match rows {
        1 => "one row".to_string(),
        rows => format!("{rows} rows"),
    };
    format!("the digits asked for were not reached in {rows}; raise --max-precision")
}
