//! Cutting a range into cells until every cell is settled.

use crate::arithmetic::Rational;
use num_bigint::BigInt;
use num_traits::One;

/// What is known of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The inequality holds on the cell.
    Yes,
    /// It fails at a point of it: cutting does not help.
    No,
    /// The cell is too wide, or the arithmetic too coarse.
    Open,
}

/// Cells narrower than this are not cut.
const NARROWEST: i64 = 1 << 16;

/// The most cells.
const MOST_CELLS: usize = 4096;

/// The ends of cells that cover [low, high], each settled, or the cell at which
/// this failed.
///
/// # Errors
/// The first cell that is not settled.
pub fn cover(
    low: &Rational,
    high: &Rational,
    settle: impl Fn(&Rational, &Rational) -> Settled,
) -> Result<Vec<Rational>, Box<(Rational, Rational)>> {
    let narrowest = Rational::new(BigInt::one(), NARROWEST.into());
    let mut ends = Vec::new();
    let mut left = low.clone();
    // Ends of cells still to come, the next one last.
    let mut ahead = vec![high.clone()];
    while let Some(right) = ahead.pop() {
        let settled = settle(&left, &right);
        if settled == Settled::Yes {
            if !ahead.is_empty() {
                ends.push(right.clone());
            }
            left = right;
            continue;
        }
        let hopeless = settled == Settled::No || &right - &left < narrowest;
        if hopeless || ends.len() + ahead.len() > MOST_CELLS {
            return Err(Box::new((left, right)));
        }
        let middle = simplest(&left, &right);
        ahead.push(right);
        ahead.push(middle);
    }
    Ok(ends)
}

/// The dyadic number of the smallest denominator near the middle of a < b: at
/// most a quarter of b − a from it.
fn simplest(a: &Rational, b: &Rational) -> Rational {
    let middle = (a + b) / Rational::from_integer(2.into());
    let near = (b - a) / Rational::from_integer(4.into());
    let mut scale = Rational::one();
    loop {
        let candidate = (&middle * &scale).round() / &scale;
        let off = if candidate > middle {
            &candidate - &middle
        } else {
            &middle - &candidate
        };
        if off <= near {
            return candidate;
        }
        scale *= Rational::from_integer(2.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::ratio;

    #[test]
    fn cells_are_cut_where_they_must_be() {
        let narrow = |a: &Rational, b: &Rational| {
            if b - a <= ratio(1, 4) {
                Settled::Yes
            } else {
                Settled::Open
            }
        };
        let cuts = cover(&ratio(0, 1), &ratio(1, 1), narrow).unwrap();
        assert_eq!(cuts, [ratio(1, 4), ratio(1, 2), ratio(3, 4)]);
        let whole = cover(&ratio(0, 1), &ratio(1, 1), |_, _| Settled::Yes).unwrap();
        assert!(whole.is_empty());
        // What holds nowhere around 1/3 is never covered.
        let around = |a: &Rational, b: &Rational| {
            if *a <= ratio(1, 3) && ratio(1, 3) <= *b {
                Settled::Open
            } else {
                Settled::Yes
            }
        };
        let (a, b) = *cover(&ratio(0, 1), &ratio(1, 1), around).unwrap_err();
        assert!(a <= ratio(1, 3) && ratio(1, 3) <= b);
        assert!(cover(&ratio(0, 1), &ratio(1, 1), |_, _| Settled::No).is_err());
    }

    #[test]
    fn cuts_are_short() {
        assert_eq!(simplest(&ratio(29, 100), &ratio(3, 10)), ratio(19, 64));
        assert_eq!(simplest(&ratio(0, 1), &ratio(99, 100)), ratio(1, 2));
    }
}
