//! Exact transfer between `num` integers and GMP's, which are faster.

use super::Rational;
use num_bigint::{BigInt, BigUint, Sign};
use rug::Integer;
use rug::integer::Order;
use std::cmp::Ordering;

/// The same integer, digit by digit.
pub(super) fn to_gmp(n: &BigInt) -> Integer {
    let (sign, digits) = n.to_u64_digits();
    let magnitude = Integer::from_digits(&digits, Order::Lsf);
    if sign == Sign::Minus {
        -magnitude
    } else {
        magnitude
    }
}

/// The same integer, digit by digit.
pub(super) fn from_gmp(n: &Integer) -> BigInt {
    let mut digits = vec![0_u32; n.significant_digits::<u32>()];
    n.write_digits(&mut digits, Order::Lsf);
    let sign = match n.cmp0() {
        Ordering::Less => Sign::Minus,
        Ordering::Equal => Sign::NoSign,
        Ordering::Greater => Sign::Plus,
    };
    BigInt::from_biguint(sign, BigUint::new(digits))
}

/// The same rational.
pub(super) fn rational_to_gmp(q: &Rational) -> rug::Rational {
    rug::Rational::from((to_gmp(q.numer()), to_gmp(q.denom())))
}

/// The same rational.
pub(super) fn rational_from_gmp(q: &rug::Rational) -> Rational {
    // GMP's rationals are in lowest terms with a positive denominator.
    Rational::new_raw(from_gmp(q.numer()), from_gmp(q.denom()))
}
