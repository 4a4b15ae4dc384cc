//! Positive integers and lists of them, as they are typed.

use std::iter::Flatten;
use std::ops::RangeInclusive;
use std::vec::IntoIter;

/// The largest integer accepted anywhere: 10¹⁸.
pub(crate) const LARGEST: u64 = 1_000_000_000_000_000_000;

/// Why a text is not a list of positive integers; each is one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum IntegerError {
    #[error("a number is missing in \"{0}\": write A..B, A..B:STEP, A,B,C or a single number")]
    Missing(String),
    #[error(
        "\"{0}\" is not a whole number: write A..B, A..B:STEP, A,B,C or a single number, in decimal digits"
    )]
    NotANumber(String),
    #[error("\"{0}\" is not a whole number: write it in decimal digits")]
    NotAlone(String),
    #[error("there is no option {0}")]
    Option(String),
    #[error("{0} is negative: the least number allowed here is 1")]
    Negative(String),
    #[error("{0} is negative: the least number allowed here is 0")]
    BelowZero(String),
    #[error("0 is too small: the least number allowed here is 1")]
    Zero,
    #[error("{0} is too large: the largest number allowed here is 10^18")]
    TooLarge(String),
    #[error("the range {0} is empty: A..B counts from A up to B, so A may not exceed B")]
    EmptyRange(String),
    #[error("the step of {0} is 0: it must be at least 1")]
    ZeroStep(String),
    #[error("\"{0}\" has a step without a range: write A..B:STEP")]
    StepAlone(String),
}

/// Reads one integer from 1 to 10¹⁸.
pub(crate) fn positive(text: &str) -> Result<u64, IntegerError> {
    let value = digits(text, text).map_err(|error| match error {
        // One number is wanted, not a list.
        IntegerError::NotANumber(text) | IntegerError::Missing(text) => IntegerError::NotAlone(text),
        other => other,
    })?;
    if value == 0 {
        Err(IntegerError::Zero)
    } else {
        Ok(value)
    }
}

/// Reads a non-negative integer up to 10¹⁸; `whole` is what the user typed.
fn digits(text: &str, whole: &str) -> Result<u64, IntegerError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(IntegerError::Missing(whole.to_string()));
    }
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if let Some(rest) = text.strip_prefix('-')
        && all_digits(rest)
    {
        return Err(IntegerError::Negative(shortened(text)));
    }
    let letter = |c: char| c.is_ascii_alphabetic();
    if text.trim_start_matches('-').starts_with(letter) && text.starts_with('-') {
        // Anything with a hyphen may be meant as a list, so it is read as one.
        return Err(IntegerError::Option(shortened(text)));
    }
    if !all_digits(text) {
        return Err(IntegerError::NotANumber(shortened(text)));
    }
    // All digits, so parsing can only fail by overflow.
    match text.parse::<u64>() {
        Ok(value) if value <= LARGEST => Ok(value),
        _ => Err(IntegerError::TooLarge(shortened(text))),
    }
}

/// A text that fits into a sentence.
pub(crate) fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut characters = text.chars();
    let mut start: String = characters
        .by_ref()
        .take(SHOWN)
        .flat_map(char::escape_debug)
        .collect();
    if characters.next().is_some() {
        start.push('…');
    }
    start
}

/// An arithmetic progression `first, first + step, …`, never past `last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progression {
    first: u64,
    last: u64,
    step: u64,
}

impl Progression {
    /// Reads a progression of numbers that are at least `least`, 0 or 1.
    fn parse(text: &str, least: u64) -> Result<Self, IntegerError> {
        let (range, step) = match text.split_once(':') {
            Some((range, step)) => (range, Some(step)),
            None => (text, None),
        };
        let Some((first, last)) = range.split_once("..") else {
            return match step {
                Some(_) => Err(IntegerError::StepAlone(shortened(text))),
                None => match digits(text, text)? {
                    n if n < least => Err(IntegerError::Zero),
                    n => Ok(Progression {
                        first: n,
                        last: n,
                        step: 1,
                    }),
                },
            };
        };
        let (first, last) = (digits(first, text)?, digits(last, text)?);
        let step = step.map_or(Ok(1), |step| digits(step, text))?;
        if step == 0 {
            return Err(IntegerError::ZeroStep(shortened(text)));
        }
        if first < least {
            return Err(IntegerError::Zero);
        }
        if first > last {
            return Err(IntegerError::EmptyRange(shortened(text)));
        }
        Ok(Progression { first, last, step })
    }

    /// How many integers there are; at least 1.
    fn len(&self) -> u64 {
        // first ≤ last ≤ 10¹⁸, so neither operation wraps.
        (self.last - self.first) / self.step + 1
    }

    /// The greatest integer of the progression.
    fn greatest(&self) -> u64 {
        self.first + (self.len() - 1) * self.step
    }

    fn iter(&self) -> Terms {
        let Progression { first, step, .. } = *self;
        Terms {
            indices: 0..=self.len() - 1,
            first,
            step,
        }
    }
}

impl IntoIterator for Progression {
    type Item = u64;
    type IntoIter = Terms;
    fn into_iter(self) -> Terms {
        self.iter()
    }
}

/// The terms of a [`Progression`], one at a time.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    indices: RangeInclusive<u64>,
    first: u64,
    step: u64,
}

impl Iterator for Terms {
    type Item = u64;
    fn next(&mut self) -> Option<u64> {
        // index·step ≤ last − first, so this stays below 10¹⁸.
        self.indices.next().map(|index| self.first + index * self.step)
    }
}

/// A list of positive integers in the order typed: `A..B` (inclusive),
/// `A..B:STEP`, `A,B,C`, a single number, or several of these with commas.
///
/// Ranges are kept as ranges: `1..1000000000` takes no memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IntegerList {
    parts: Vec<Progression>,
}

impl std::str::FromStr for IntegerList {
    type Err = IntegerError;
    fn from_str(text: &str) -> Result<Self, IntegerError> {
        Self::parse(text, 1)
    }
}

/// The same for numbers that may be 0, such as seeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeedList(pub(crate) IntegerList);

impl std::str::FromStr for SeedList {
    type Err = IntegerError;
    fn from_str(text: &str) -> Result<Self, IntegerError> {
        let list = IntegerList::parse(text, 0).map_err(|error| match error {
            IntegerError::Negative(text) => IntegerError::BelowZero(text),
            other => other,
        })?;
        Ok(SeedList(list))
    }
}

impl IntegerList {
    fn parse(text: &str, least: u64) -> Result<Self, IntegerError> {
        let mut parts = Vec::new();
        for part in text.split(',') {
            if part.trim().is_empty() {
                return Err(IntegerError::Missing(shortened(text)));
            }
            parts.push(Progression::parse(part.trim(), least)?);
        }
        Ok(IntegerList { parts })
    }

    /// How many integers the list has; at least 1.
    pub(crate) fn len(&self) -> u64 {
        self.parts
            .iter()
            .fold(0, |sum: u64, part| sum.saturating_add(part.len()))
    }

    /// The greatest integer of the list.
    pub(crate) fn greatest(&self) -> u64 {
        // No list is empty; 1 is the least integer there could be.
        self.parts.iter().map(Progression::greatest).max().unwrap_or(1)
    }

    /// The integers in the order typed, made one at a time.
    pub(crate) fn iter(&self) -> Flatten<IntoIter<Progression>> {
        self.parts.clone().into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(text: &str) -> Vec<u64> {
        text.parse::<IntegerList>().unwrap().iter().collect()
    }

    fn complaint(text: &str) -> String {
        text.parse::<IntegerList>().unwrap_err().to_string()
    }

    #[test]
    fn every_way_to_write_a_list() {
        assert_eq!(list("7"), [7]);
        assert_eq!(list("1..4"), [1, 2, 3, 4]);
        assert_eq!(list("1..10:4"), [1, 5, 9]);
        assert_eq!(list("3,1,2"), [3, 1, 2]);
        assert_eq!(list("1..2, 10..20:10 ,5"), [1, 2, 10, 20, 5]);
        assert_eq!(list("5..5"), [5]);
        assert_eq!(list("1000000000000000000"), [LARGEST]);
    }

    #[test]
    fn a_huge_range_is_lazy_and_counted() {
        let huge: IntegerList = "1..1000000000000000000:3".parse().unwrap();
        assert_eq!(huge.len(), 333_333_333_333_333_334);
        assert_eq!(huge.greatest(), LARGEST);
        assert_eq!(huge.iter().take(3).collect::<Vec<_>>(), [1, 4, 7]);
    }

    #[test]
    fn seeds_begin_at_zero() {
        let seeds: SeedList = "0..3,7,0".parse().unwrap();
        assert_eq!(seeds.0.iter().collect::<Vec<_>>(), [0, 1, 2, 3, 7, 0]);
        let said = "-1".parse::<SeedList>().unwrap_err().to_string();
        assert!(said.contains("the least number allowed here is 0"), "{said}");
        assert!("3..1".parse::<SeedList>().is_err());
    }

    #[test]
    fn every_mistake_is_one_sentence_that_names_it() {
        for (text, said) in [
            ("0", "0 is too small"),
            ("0..5", "0 is too small"),
            ("-3", "-3 is negative"),
            ("-3..5", "-3 is negative"),
            ("5..3", "5..3 is empty"),
            ("1..9:0", "step of 1..9:0 is 0"),
            ("9:3", "step without a range"),
            ("", "missing"),
            ("1,,2", "missing"),
            ("1,", "missing"),
            ("1..", "missing"),
            ("..4", "missing"),
            ("..", "missing"),
            ("1..4:", "missing"),
            ("1...4", "not a whole number"),
            ("1.5", "not a whole number"),
            ("1e5", "not a whole number"),
            ("five", "not a whole number"),
            ("+5", "not a whole number"),
            ("0x10", "not a whole number"),
            ("--digit", "there is no option --digit"),
            ("٣", "not a whole number"),
            ("1..2..3", "not a whole number"),
            ("1000000000000000001", "too large"),
            ("1000000000000000000000000000000", "too large"),
            ("1..99999999999999999999", "too large"),
        ] {
            let sentence = complaint(text);
            assert!(sentence.contains(said), "{text}: {sentence}");
            assert!(!sentence.contains('\n'), "{text}: {sentence}");
        }
        assert!(complaint(&"9".repeat(5000)).chars().count() < 120);
    }

    proptest! {
        #[test]
        fn a_range_is_what_counting_gives(first in 1u64..1000, more in 0u64..1000, step in 1u64..50) {
            let last = first + more;
            let parsed: IntegerList = format!("{first}..{last}:{step}").parse().unwrap();
            let counted: Vec<u64> = (first..=last).filter(|n| (n - first) % step == 0).collect();
            prop_assert_eq!(parsed.len(), u64::try_from(counted.len()).unwrap());
            prop_assert_eq!(parsed.greatest(), *counted.last().unwrap());
            prop_assert_eq!(parsed.iter().collect::<Vec<_>>(), counted);
        }
    }
}
