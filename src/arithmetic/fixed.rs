//! Fixed-point arithmetic on 128 fractional bits, rounded down.
//!
//! A real x in [0, 1) is represented by ⌊x·2¹²⁸⌋; one unit (ulp) is 2⁻¹²⁸. All
//! operations round down, so results are lower bounds; the caller counts ulps
//! for the upper bound (each function states its error).

use super::{Enclosure, Interval, Precision, Rational};
use num_bigint::BigInt;
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

/// n·a exactly: the whole part and the fraction.
#[must_use]
#[inline]
pub fn multiple(n: u64, a: u128) -> (u64, u128) {
    let n = u128::from(n);
    let low = n * (a & LOW);
    // (2⁶⁴ − 1)² + (2⁶⁴ − 1) < 2¹²⁸.
    let high = n * (a >> 64) + (low >> 64);
    let fraction = ((high & LOW) << 64) | (low & LOW);
    // `high` is below 2¹²⁸, so its upper half fits.
    (u64::try_from(high >> 64).unwrap_or(u64::MAX), fraction)
}

/// ⌊x·2¹²⁸⌋ for a real 0 < x < 1 that `value` encloses at any precision;
/// `None` if the enclosures do not determine it.
#[must_use]
pub fn rounded_down(value: impl Fn(Precision) -> Interval) -> Option<u128> {
    for precision in Precision::saturating(192).ladder(Precision::saturating(1536)) {
        let x = value(precision);
        let scaled = |q: Rational| {
            (q * Rational::from_integer(BigInt::from(1) << 128))
                .floor()
                .to_integer()
        };
        if let (Some(lower), Some(upper)) = (x.lower().map(scaled), x.upper().map(scaled))
            && lower == upper
        {
            return lower.to_u128();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn products_are_the_exact_high_half(a: u128, b: u128) {
            let exact: BigInt = (BigInt::from(a) * BigInt::from(b)) >> 128;
            prop_assert_eq!(BigInt::from(product(a, b)), exact);
        }

        #[test]
        fn multiples_are_exact(n: u64, a: u128) {
            let (whole, fraction) = multiple(n, a);
            prop_assert_eq!((BigInt::from(whole) << 128) + BigInt::from(fraction), BigInt::from(n) * BigInt::from(a));
        }
    }

    #[test]
    fn extremes_do_not_overflow() {
        assert_eq!(product(u128::MAX, u128::MAX), u128::MAX - 1);
        assert_eq!(multiple(u64::MAX, u128::MAX).0, u64::MAX - 1);
    }
}
