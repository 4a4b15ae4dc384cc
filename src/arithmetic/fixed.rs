//! Fixed-point arithmetic on 128 fractional bits, rounded down.
//!
//! A real x in [0, 1) is represented by ⌊x·2¹²⁸⌋; one unit (ulp) is 2⁻¹²⁸. All
//! operations round down, so results are lower bounds; the caller counts ulps
//! for the upper bound (each function states its error).

use super::{Enclosure, Interval, Precision, Rational};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::ToPrimitive;

/// The low half of a 128-bit word.
const LOW: u128 = 0xFFFF_FFFF_FFFF_FFFF;

/// ⌊a·b/2¹²⁸⌋: the product of two fractions, at most one ulp below the exact
/// product of the represented numbers.
#[must_use]
#[inline]
pub fn product(a: u128, b: u128) -> u128 {
    // a = a₁2⁶⁴ + a₀ and b likewise; no sum below exceeds 2¹²⁸ − 1, since
    // (2⁶⁴ − 1)² + (2⁶⁴ − 1) < 2¹²⁸ and the last line is the exact high half.
    let (a1, a0) = (a >> 64, a & LOW);
    let (b1, b0) = (b >> 64, b & LOW);
    let middle = a1 * b0 + ((a0 * b0) >> 64);
    let other = a0 * b1 + (middle & LOW);
    a1 * b1 + (middle >> 64) + (other >> 64)
}

/// ⌊2¹²⁸/n⌋ for n ≥ 1 that is not a power of two, one less for those: below
/// 2¹²⁸/n by more than 0 and at most one ulp. `None` for n = 0.
#[must_use]
#[inline]
pub fn reciprocal(n: u64) -> Option<u128> {
    // 2¹²⁸ − 1 = q n + r with r < n, so 2¹²⁸/n = q + (r + 1)/n.
    u128::MAX.checked_div(u128::from(n))
}

/// A fraction to 192 bits: ⌊x·2¹⁹²⌋ for a real x in [0, 1), as a factor of
/// large integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongFraction {
    high: u128,
    low: u64,
}

impl LongFraction {
    /// For a real 0 ≤ x < 1 that `value` encloses at any precision; `None` if
    /// the enclosures do not determine the bits.
    #[must_use]
    pub fn rounded_down(value: impl Fn(Precision) -> Interval) -> Option<Self> {
        let bits = leading_bits(192, value)?;
        Some(Self {
            high: (&bits >> 64_u32).to_u128()?,
            low: (bits & BigInt::from(LOW)).to_u64()?,
        })
    }

    /// n·x as the whole part and the fraction, rounded down: less than two ulps
    /// (one for the rounding, n·2⁻⁶⁴ for x) below the exact product.
    #[must_use]
    #[inline]
    pub fn times(self, n: u64) -> (u64, u128) {
        let n = u128::from(n);
        // (2⁶⁴ − 1)² + (2⁶⁴ − 1) < 2¹²⁸, twice.
        let low = n * (self.high & LOW) + ((n * u128::from(self.low)) >> 64);
        let high = n * (self.high >> 64) + (low >> 64);
        let fraction = ((high & LOW) << 64) | (low & LOW);
        // `high` is below 2¹²⁸, so its upper half fits.
        (u64::try_from(high >> 64).unwrap_or(u64::MAX), fraction)
    }
}

/// ⌊x·2¹²⁸⌋ for a real 0 ≤ x < 1 that `value` encloses at any precision;
/// `None` if the enclosures do not determine it.
#[must_use]
pub fn rounded_down(value: impl Fn(Precision) -> Interval) -> Option<u128> {
    leading_bits(128, value)?.to_u128()
}

/// ⌊x·2^count⌋ for the real x that `value` encloses, if that is determined.
fn leading_bits(count: u32, value: impl Fn(Precision) -> Interval) -> Option<BigInt> {
    let floor = |q: Rational| (q.numer() << count).div_floor(q.denom());
    Precision::saturating(2 * count)
        .ladder(Precision::saturating(16 * count))
        .find_map(|precision| {
            let x = value(precision);
            let (lower, upper) = (floor(x.lower()?), floor(x.upper()?));
            (lower == upper).then_some(lower)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::Scalar;
    use crate::arithmetic::rational::ratio;
    use proptest::prelude::*;

    fn exact(a: u128, b: u128) -> BigInt {
        (BigInt::from(a) * BigInt::from(b)) >> 128
    }

    proptest! {
        #[test]
        fn products_are_the_exact_high_half(a: u128, b: u128) {
            prop_assert_eq!(BigInt::from(product(a, b)), exact(a, b));
        }

        #[test]
        fn multiples_are_rounded_down(n: u64, high: u128, low: u64) {
            let (whole, fraction) = LongFraction { high, low }.times(n);
            let x = (BigInt::from(high) << 64) + low;
            prop_assert_eq!((BigInt::from(whole) << 128) + fraction, (x * n) >> 64);
        }

        #[test]
        fn reciprocals_are_at_most_one_ulp_low(n in prop_oneof![1_u64.., 1_u64..100]) {
            let below = (BigInt::from(1) << 128) - BigInt::from(reciprocal(n).unwrap()) * n;
            prop_assert!(BigInt::from(0) < below && below <= BigInt::from(n));
        }
    }

    #[test]
    fn extremes_do_not_overflow() {
        for (a, b) in [
            (u128::MAX, u128::MAX),
            (u128::MAX, LOW),
            (LOW, LOW),
            (LOW << 64, u128::MAX),
            (0, u128::MAX),
            (1 << 64, 1 << 64),
        ] {
            assert_eq!(BigInt::from(product(a, b)), exact(a, b));
        }
        let ones = LongFraction {
            high: u128::MAX,
            low: u64::MAX,
        };
        assert_eq!(ones.times(u64::MAX).0, u64::MAX - 1);
        assert_eq!(reciprocal(0), None);
        assert_eq!(reciprocal(1), Some(u128::MAX));
    }

    #[test]
    fn constants_are_the_leading_bits() {
        let third = |p| Interval::context(p).rational(&ratio(1, 3));
        assert_eq!(rounded_down(third), Some(u128::MAX / 3));
        let long = LongFraction::rounded_down(third).unwrap();
        assert_eq!((long.high, long.low), (u128::MAX / 3, u64::MAX / 3));
        // π − 3 in hexadecimal digits (OEIS A062964).
        let pi = |p| Interval::context(p).pi() - Interval::context(p).integer(3);
        assert_eq!(rounded_down(pi), Some(0x243F_6A88_85A3_08D3_1319_8A2E_0370_7344));
        let not_a_fraction = |p| Interval::context(p).pi();
        assert_eq!(rounded_down(not_a_fraction), None);
        let negative = |p| Interval::context(p).integer(-1);
        assert!(LongFraction::rounded_down(negative).is_none());
    }
}
