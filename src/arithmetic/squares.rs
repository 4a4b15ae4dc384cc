//! Square factors of integers.

use super::gmp::{from_gmp, to_gmp};
use num_bigint::BigInt;
use rug::Integer;

/// The last trial divisors are just above 10⁶, so that their cubes exceed 10¹⁸.
const LARGEST_DIVISOR: u32 = 1_000_003;

/// A factorisation n = root²·Π factors·unresolved of an integer n > 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SquareParts {
    /// The root of the square factor found, > 0.
    pub root: BigInt,
    /// Distinct primes in ascending order; instead of the last there may be a
    /// product of two distinct primes > 10⁶.
    pub factors: Vec<BigInt>,
    /// A further factor beyond 10¹⁸, coprime to the others, that trial division
    /// up to 10⁶ did not settle; it is not a square, but may have square factors.
    pub unresolved: Option<BigInt>,
}

impl SquareParts {
    /// Factors n by trial division; `None` unless n > 0.
    #[must_use]
    pub fn of(n: &BigInt) -> Option<Self> {
        let n = to_gmp(n);
        if n < 1 {
            return None;
        }
        let (root, factors, unresolved) = trial_division(n, 2);
        Some(Self {
            root: from_gmp(&root),
            factors: factors.iter().map(from_gmp).collect(),
            unresolved: unresolved.as_ref().map(from_gmp),
        })
    }
}

/// n = root²·m with m square-free, for n > 0; `None` if n ≤ 0 or if trial
/// division up to 10⁶ does not settle it (it does for n ≤ 10¹⁸).
pub(super) fn square_free(n: &Integer) -> Option<(Integer, Integer)> {
    if *n < 1 {
        return None;
    }
    let (root, factors, unresolved) = trial_division(n.clone(), 3);
    let product = factors.into_iter().fold(Integer::from(1), |m, factor| m * factor);
    unresolved.is_none().then_some((root, product))
}

/// Root, square-free factors and unsettled rest of n > 0.
///
/// Without prime factors below d, a rest below d² is 1 or a prime, and one
/// below d³ is 1, a prime, or a product of two primes: square-free unless it is
/// a square. The loop stops when the rest is below d^`exponent`.
fn trial_division(n: Integer, exponent: u32) -> (Integer, Vec<Integer>, Option<Integer>) {
    let (mut rest, mut root, mut factors) = (n, Integer::from(1), Vec::new());
    let further = (5..=LARGEST_DIVISOR).step_by(6).flat_map(|d| [d, d + 2]);
    let mut settled = false;
    for d in (2..=3).chain(further) {
        if u128::from(d).pow(exponent) > size(&rest) {
            settled = true;
            break;
        }
        let mut odd = false;
        while rest.is_divisible_u(d) {
            rest.div_exact_u_mut(d);
            odd = !odd;
            if !odd {
                root *= d;
            }
        }
        if odd {
            factors.push(Integer::from(d));
        }
    }
    if rest.is_perfect_square() {
        root *= rest.sqrt();
        return (root, factors, None);
    }
    if settled || size(&rest) < u128::from(LARGEST_DIVISOR).pow(3) {
        factors.push(rest);
        return (root, factors, None);
    }
    (root, factors, Some(rest))
}

/// The integer; the largest number there is if it is larger.
fn size(n: &Integer) -> u128 {
    n.to_u128().unwrap_or(u128::MAX)
}
