//! Between doubles and exact numbers.

use super::DoubleInterval;
use super::rounding::{add_down, add_up};
use crate::arithmetic::Rational;
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};

impl DoubleInterval {
    /// The tightest interval around the integer `n`: a point up to 2^53.
    #[inline]
    pub(super) fn around_integer(n: i64) -> Self {
        // n = high·2^32 + low with 0 ≤ low < 2^32: both are doubles, and so is
        // the product; the one rounding is that of the sum.
        let (high, low) = (n >> 32, n & 0xffff_ffff);
        let (Ok(high), Ok(low)) = (i32::try_from(high), u32::try_from(low)) else {
            return Self::ENTIRE; // cannot happen
        };
        let high = times_two_to_the_32(f64::from(high));
        let low = f64::from(low);
        Self {
            lo: add_down(high, low),
            hi: add_up(high, low),
        }
    }

    /// The tightest interval around the rational `q`.
    pub(super) fn around_rational(q: &Rational) -> Self {
        let (below, exact) = magnitude_down(q.numer().magnitude(), q.denom().magnitude());
        let above = if exact { below } else { below.next_up() };
        if q.numer().sign() == Sign::Minus {
            Self {
                lo: -above,
                hi: -below,
            }
        } else {
            Self { lo: below, hi: above }
        }
    }
}

/// The exact value of a double; `None` for infinities and NaN.
pub(super) fn exact_value(x: f64) -> Option<Rational> {
    if !x.is_finite() {
        return None;
    }
    let bits = x.to_bits();
    let field = (bits >> 52) & 0x7ff;
    let fraction = bits & ((1 << 52) - 1);
    // |x| = m·2^(e − 1075); subnormals have the exponent of the least normal.
    let (m, e) = if field == 0 {
        (fraction, 1)
    } else {
        (fraction | (1 << 52), field)
    };
    let sign = if bits >> 63 == 1 { Sign::Minus } else { Sign::Plus };
    let m = BigInt::from_biguint(sign, m.into());
    Some(if e >= 1075 {
        Rational::from_integer(m << (e - 1075))
    } else {
        Rational::new(m, BigInt::from(1) << (1075 - e))
    })
}

/// The largest double ≤ numerator / denominator, and whether it is equal.
fn magnitude_down(numerator: &BigUint, denominator: &BigUint) -> (f64, bool) {
    if numerator.is_zero() {
        return (0.0, true);
    }
    // With e the difference of bit lengths, 2^(e−1) < quotient < 2^(e+1), so
    // that in units of 2^(e−53) its integer part has 53 or 54 bits. The unit
    // of the least doubles is 2^−1074.
    let (Ok(above), Ok(below)) = (i64::try_from(numerator.bits()), i64::try_from(denominator.bits())) else {
        return (0.0, false); // no memory holds 2^63 bits
    };
    let mut unit = (above - below - 53).max(-1074);
    let (integer_part, rest) = if unit < 0 {
        (numerator << unit.unsigned_abs()).div_rem(denominator)
    } else {
        numerator.div_rem(&(denominator << unit.unsigned_abs()))
    };
    let mut exact = rest.is_zero();
    let mut m = integer_part.to_u64().unwrap_or(u64::MAX); // < 2^54
    if m >> 53 != 0 {
        exact &= m & 1 == 0;
        m >>= 1;
        unit += 1;
    }
    if unit > 1023 - 52 {
        return (f64::MAX, false);
    }
    // Now m < 2^53, and m ≥ 2^52 unless the unit is the least.
    let field = if m >> 52 == 0 {
        0
    } else {
        // unit + 1075 ≥ 1
        u64::try_from(unit + 1075).unwrap_or(0)
    };
    let fraction = m & ((1 << 52) - 1);
    (f64::from_bits((field << 52) | fraction), exact)
}

/// x·2^32, exact for 32-bit integers x.
fn times_two_to_the_32(x: f64) -> f64 {
    x * 4_294_967_296.0
}
