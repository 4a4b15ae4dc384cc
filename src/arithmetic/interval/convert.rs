//! Between endpoints and exact rationals, digit by digit (never through text).

use super::Interval;
use crate::arithmetic::Rational;
use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{One, ToPrimitive, Zero};
use rug::float::Round;
use rug::integer::Order;
use rug::{Float, Integer};
use std::cmp::Ordering;

/// Exponents (of 2) up to which endpoints become rationals exactly: numbers
/// of up to eight megabytes.
const LARGEST_EXPONENT: i32 = 1 << 26;

/// The same integer in GMP's representation.
pub(in crate::arithmetic) fn to_gmp(n: &BigInt) -> Integer {
    if let Some(small) = n.to_i64() {
        return Integer::from(small);
    }
    let magnitude = Integer::from_digits(&n.magnitude().to_u64_digits(), Order::Lsf);
    if n.sign() == Sign::Minus {
        -magnitude
    } else {
        magnitude
    }
}

/// The same integer in num's representation.
pub(in crate::arithmetic) fn from_gmp(n: &Integer) -> BigInt {
    if let Some(small) = n.to_i64() {
        return BigInt::from(small);
    }
    let mut digits = vec![0_u32; n.significant_digits::<u32>()];
    n.write_digits(&mut digits, Order::Lsf);
    let magnitude = BigUint::new(digits);
    let sign = if n.is_negative() { Sign::Minus } else { Sign::Plus };
    BigInt::from_biguint(sign, magnitude)
}

/// The same integer as a float that is wide enough to hold it.
fn to_float(n: &BigInt) -> Float {
    if let Some(small) = n.to_i64() {
        return Float::with_val_round(64, small, Round::Down).0;
    }
    let n = to_gmp(n);
    Float::with_val_round(n.significant_bits().max(1), n, Round::Down).0
}

/// The dyadic rational significand · 2^exponent, in lowest terms.
pub(super) fn dyadic(mut significand: Integer, mut exponent: i32) -> Rational {
    let Some(zeros) = significand.find_one(0) else {
        return Rational::zero();
    };
    // A float has fewer than 2^31 trailing zeros and an exponent above −2^31.
    let zeros_signed = i32::try_from(zeros).unwrap_or(i32::MAX);
    significand >>= zeros;
    exponent = exponent.saturating_add(zeros_signed);
    let odd = from_gmp(&significand);
    let shift = exponent.unsigned_abs();
    if exponent >= 0 {
        Rational::from_integer(odd << shift)
    } else {
        // An odd numerator and a power of two: already in lowest terms.
        Rational::new_raw(odd, BigInt::one() << shift)
    }
}

/// The exact value of a finite endpoint; beyond 2^±`LARGEST_EXPONENT` the
/// nearest rational of that size in the direction of `round`, or `None` if
/// there is none.
fn exact(x: &Float, round: Round) -> Option<Rational> {
    let (significand, exponent) = x.to_integer_exp()?;
    let magnitude = x.get_exp().unwrap_or(0);
    if magnitude.abs() < LARGEST_EXPONENT {
        return Some(dyadic(significand, exponent));
    }
    let towards_zero = x.is_sign_positive() == (round == Round::Down);
    let unit = Integer::from(if x.is_sign_positive() { 1 } else { -1 });
    match (magnitude > 0, towards_zero) {
        (true, true) => Some(dyadic(unit, LARGEST_EXPONENT)),
        (true, false) => None,
        (false, true) => Some(Rational::zero()),
        (false, false) => Some(dyadic(unit, -LARGEST_EXPONENT)),
    }
}

/// How a float compares with a rational; `None` for NaN.
pub(super) fn compare(x: &Float, q: &Rational) -> Option<Ordering> {
    let numerator = to_float(q.numer());
    let denominator = to_float(q.denom());
    // Exact: the product of a p-bit and a q-bit number has p + q bits. At the
    // ends of the exponent range it is moved, but not past the numerator.
    let bits = x.prec().saturating_add(denominator.prec());
    let (scaled, _) = Float::with_val_round(bits, x * &denominator, Round::Down);
    scaled.partial_cmp(&numerator)
}

impl Interval {
    /// The smallest interval of `bits` bits that contains `q`.
    pub(super) fn enclose_rational(bits: u32, q: &Rational) -> Self {
        let numerator = to_float(q.numer());
        if q.denom().is_one() {
            return Self::enclose(bits, &numerator);
        }
        Self::enclose(bits, &numerator / &to_float(q.denom()))
    }

    /// `q` rounded towards −∞, or −∞ itself for `None`.
    pub(super) fn lower_endpoint(bits: u32, q: Option<&Rational>) -> Float {
        match q {
            Some(q) => Self::enclose_rational(bits, q).lo,
            None => super::down(bits, rug::float::Special::NegInfinity),
        }
    }

    /// `q` rounded towards +∞, or +∞ itself for `None`.
    pub(super) fn upper_endpoint(bits: u32, q: Option<&Rational>) -> Float {
        match q {
            Some(q) => Self::enclose_rational(bits, q).hi,
            None => super::up(bits, rug::float::Special::Infinity),
        }
    }

    /// The lower endpoint as a rational (see [`exact`]).
    pub(super) fn exact_lower(&self) -> Option<Rational> {
        exact(&self.lo, Round::Down)
    }

    /// The upper endpoint as a rational (see [`exact`]).
    pub(super) fn exact_upper(&self) -> Option<Rational> {
        exact(&self.hi, Round::Up)
    }
}
