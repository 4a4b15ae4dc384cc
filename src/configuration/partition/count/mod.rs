//! How many partitions of k have exactly n parts.
//!
//! Taking one from each part, p(k, n) is the number of partitions of m = k − n
//! into at most n parts, or (conjugate) into parts of size at most n: the
//! coefficient of xᵐ in Π_{i ≤ n} 1/(1 − xⁱ). Three routes compute it; the
//! cheapest is taken.
//!
//! All of them add and subtract only, modulo 2^(64w) with 64w bits enough for
//! the answer: intermediate numbers may wrap, the last one is exact.

mod residues;
mod routes;

use num_bigint::BigUint;
use num_traits::Zero;

/// The number is too expensive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the number of partitions of {k} into {n} parts takes too long to compute")]
pub struct CountError {
    /// The number partitioned.
    pub k: u64,
    /// The number of parts.
    pub n: u64,
}

/// The most additions of 64-bit words: some seconds.
const MOST_WORK: u64 = 8_000_000_000;
/// The most 64-bit words stored: half a gigabyte.
const MOST_WORDS: u64 = 1 << 26;

/// p(k, n), the number of partitions of `k` into exactly `n` positive parts,
/// exactly; 0 if there is none.
///
/// Any n is quick (below a second) for k up to several 10⁴; so are larger k if
/// n is small (k = 10¹² for n up to about 50) or close to k.
///
/// # Errors
/// If the cheapest route needs more than some seconds or half a gigabyte.
pub fn count(k: u64, n: u64) -> Result<BigUint, CountError> {
    if n > k {
        return Ok(BigUint::zero());
    }
    if n == 0 {
        return Ok(BigUint::from(u64::from(k == 0)));
    }
    let error = CountError { k, n };
    let m = k - n;
    let n = n.min(m);
    if n <= 1 {
        return Ok(BigUint::from(1_u64));
    }
    let width = words(m, n).ok_or_else(|| error.clone())?;
    let costs = [
        routes::direct_cost(m, n, width),
        routes::complement_cost(m, n, width),
        routes::halving_cost(m, n, width),
    ];
    let route = (costs
        .iter()
        .zip([routes::direct, routes::complement, routes::halving]))
    .filter_map(|(cost, route)| cost.as_ref().map(|cost| (cost, route)))
    .filter(|(cost, _)| cost.work <= MOST_WORK && cost.words <= MOST_WORDS)
    .min_by_key(|(cost, _)| cost.work);
    let (_, route) = route.ok_or_else(|| error.clone())?;
    route(m, n, width).ok_or(error)
}

/// What a route needs.
#[derive(Debug)]
struct Cost {
    /// Additions of 64-bit words.
    work: u64,
    /// 64-bit words stored.
    words: u64,
}

/// A number of 64-bit words that holds the number of partitions of m into at
/// most n parts, 2 ≤ n ≤ m: it is at most
///
/// * p(m) < e^(π√(2m/3)) < 2^(4√m) (Apostol, *Introduction to Analytic Number
///   Theory*, theorem 14.5; π√(2/3)/ln 2 < 3.71), and
/// * the number C(k − 1, n − 1) ≤ kⁿ⁻¹/(n − 1)! of compositions of k = m + n.
fn words(m: u64, n: u64) -> Option<u64> {
    let all = 4 * (m.isqrt() + 1);
    let per_part = u64::from((m + n).ilog2()) + 1;
    // More parts than this cannot win against the first bound.
    let compositions = if n <= all {
        let factorial: u64 = (1..n).map(|i| u64::from(i.ilog2())).sum();
        (n - 1).checked_mul(per_part)? - factorial
    } else {
        all
    };
    Some(all.min(compositions) / 64 + 1)
}
