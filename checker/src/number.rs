//! Exact numbers and their text.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Pow, Zero};

/// An exact rational.
pub type Rational = BigRational;

/// The longest number that is read, in characters.
pub const MOST_CHARACTERS: usize = 1000;

/// The integer n as a rational.
#[must_use]
pub fn integer(n: i64) -> Rational {
    Rational::from_integer(BigInt::from(n))
}

/// p/q for q ≠ 0 (0 stands for q = 0, which no caller passes).
#[must_use]
pub fn ratio(p: i64, q: i64) -> Rational {
    if q == 0 {
        Rational::zero()
    } else {
        Rational::new(p.into(), q.into())
    }
}

/// Reads a run of digits.
#[must_use]
pub fn read_natural(text: &str) -> Option<BigInt> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits && text.len() <= MOST_CHARACTERS)
        .then(|| text.parse().ok())
        .flatten()
}

/// Reads `[-] digits`.
#[must_use]
pub fn read_integer(text: &str) -> Option<BigInt> {
    match text.strip_prefix('-') {
        Some(rest) => read_natural(rest).map(|n| -n),
        None => read_natural(text),
    }
}

/// Reads `[-] digits [/ digits]`.
#[must_use]
pub fn read_rational(text: &str) -> Option<Rational> {
    match text.split_once('/') {
        None => read_integer(text).map(Rational::from_integer),
        Some((p, q)) => {
            let q = read_natural(q).filter(|q| !q.is_zero())?;
            Some(Rational::new(read_integer(p)?, q))
        }
    }
}

/// Reads `digits [. digits] [e [+|-] digits]`, exactly.
#[must_use]
pub fn read_decimal(text: &str) -> Option<Rational> {
    if text.len() > MOST_CHARACTERS {
        return None;
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        None => (text, BigInt::zero()),
        Some((mantissa, exponent)) => {
            let unsigned = exponent.strip_prefix('+').unwrap_or(exponent);
            (mantissa, read_integer(unsigned)?)
        }
    };
    let (digits, places) = match mantissa.split_once('.') {
        None => (read_natural(mantissa)?, 0),
        Some((whole, part)) => {
            let (whole, fraction) = (read_natural(whole)?, read_natural(part)?);
            let shift = BigInt::from(10).pow(part.len());
            (whole * shift + fraction, part.len())
        }
    };
    let shift = exponent - places;
    let size = u32::try_from(shift.magnitude()).ok()?;
    if usize::try_from(size).ok()? > 2 * MOST_CHARACTERS {
        return None;
    }
    let power = BigInt::from(10).pow(size);
    Some(if shift < BigInt::zero() {
        Rational::new(digits, power)
    } else {
        Rational::new(digits * power, BigInt::one())
    })
}
