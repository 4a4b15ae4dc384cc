//! Exact counts of any size as numbers of an arithmetic.

use crate::arithmetic::{Rational, Scalar};
use num_bigint::{BigInt, BigUint};

/// The integer `n` in the arithmetic of `context`.
pub(in crate::configuration) fn count<T: Scalar>(context: &T, n: impl Into<u128>) -> T {
    let n: u128 = n.into();
    match i64::try_from(n) {
        Ok(small) => context.integer(small),
        Err(_) => context.rational(&Rational::from_integer(n.into())),
    }
}

/// The integer `n` in the arithmetic of `context`.
pub(super) fn big<T: Scalar>(context: &T, n: &BigUint) -> T {
    match i64::try_from(n) {
        Ok(small) => context.integer(small),
        Err(_) => context.rational(&Rational::from_integer(BigInt::from(n.clone()))),
    }
}

/// x · y without overflow.
pub(super) fn product(x: u64, y: u64) -> BigUint {
    BigUint::from(x) * y
}
