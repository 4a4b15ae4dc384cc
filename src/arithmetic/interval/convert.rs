//! Exact transfer between endpoints and rationals.

use super::{Interval, down, up};
use crate::arithmetic::Rational;
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer as _;
use num_traits::One;
use rug::integer::Order;
use rug::{Float, Integer};

impl Interval {
    /// The tightest enclosure of `q` at the precision of `self`.
    pub(super) fn enclose_rational(&self, q: &Rational) -> Self {
        let bits = self.lo.prec();
        Self::checked(rounded_down(bits, q), rounded_up(bits, q))
    }
}

/// The largest float of `bits` bits that is at most `q`.
pub(super) fn rounded_down(bits: u32, q: &Rational) -> Float {
    if q.denom().is_one() {
        down(bits, &to_rug(q.numer()))
    } else {
        down(bits, &to_rug_rational(q))
    }
}

/// The smallest float of `bits` bits that is at least `q`.
pub(super) fn rounded_up(bits: u32, q: &Rational) -> Float {
    if q.denom().is_one() {
        up(bits, &to_rug(q.numer()))
    } else {
        up(bits, &to_rug_rational(q))
    }
}

fn to_rug_rational(q: &Rational) -> rug::Rational {
    rug::Rational::from((to_rug(q.numer()), to_rug(q.denom())))
}

/// The same integer, digit by digit.
fn to_rug(n: &BigInt) -> Integer {
    let (sign, digits) = n.to_u64_digits();
    let magnitude = Integer::from_digits(&digits, Order::Lsf);
    if sign == Sign::Minus {
        -magnitude
    } else {
        magnitude
    }
}

/// The same integer, digit by digit.
fn from_rug(n: &Integer) -> BigInt {
    let mut digits = vec![0_u32; n.significant_digits::<u32>()];
    n.write_digits(&mut digits, Order::Lsf);
    let sign = match n.cmp0() {
        std::cmp::Ordering::Less => Sign::Minus,
        std::cmp::Ordering::Equal => Sign::NoSign,
        std::cmp::Ordering::Greater => Sign::Plus,
    };
    BigInt::from_biguint(sign, BigUint::new(digits))
}

/// The exact value of a finite float; `None` for infinities and NaN.
pub(super) fn exact(x: &Float) -> Option<Rational> {
    let (mantissa, exponent) = x.to_integer_exp()?;
    let mantissa = from_rug(&mantissa);
    let shift = usize::try_from(exponent.unsigned_abs()).ok()?;
    if exponent >= 0 {
        return Some(Rational::from_integer(mantissa << shift));
    }
    // Reduce by the common power of two only: far cheaper than a gcd.
    let zeros = usize::try_from(mantissa.trailing_zeros().unwrap_or(0)).ok()?;
    let common = zeros.min(shift);
    if mantissa.is_even() || common == 0 {
        Some(Rational::new_raw(
            mantissa >> common,
            BigInt::one() << (shift - common),
        ))
        .map(normalised_zero)
    } else {
        Some(Rational::new_raw(mantissa, BigInt::one() << shift))
    }
}

/// Zero has the denominator one.
fn normalised_zero(q: Rational) -> Rational {
    if q.numer().sign() == Sign::NoSign {
        Rational::from_integer(BigInt::ZERO)
    } else {
        q
    }
}
