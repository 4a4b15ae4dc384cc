//! Three ways to the coefficient of xᵐ in Π_{i ≤ n} 1/(1 − xⁱ), 2 ≤ n ≤ m.
//!
//! Each function answers modulo 2^(64·width) and gives `None` if a size does
//! not fit into memory's index type; each has an estimate of its cost, `None`
//! beyond 64 bits.

use super::Cost;
use super::residues::Residues;
use num_bigint::BigUint;
use std::collections::BTreeMap;

/// One factor after the other: multiplying by 1/(1 − xⁱ) adds to each
/// coefficient the one i places before. About n·m additions.
pub(super) fn direct(m: u64, n: u64, width: u64) -> Option<BigUint> {
    let (last, n) = (index(m)?, index(n)?);
    let mut series = Residues::zeros(last + 1, index(width)?);
    for place in 0..=last {
        series.set_one(place); // 1/(1 − x)
    }
    for i in 2..=n {
        divide_by_one_minus(&mut series, i);
    }
    Some(series.get(last))
}

pub(super) fn direct_cost(m: u64, n: u64, width: u64) -> Option<Cost> {
    let words = m.checked_add(1)?.checked_mul(width)?;
    Some(Cost {
        work: words.checked_mul(n)?,
        words,
    })
}

/// All parts, less those above n. With P(x) = Π_{i ≥ 1} 1/(1 − xⁱ) by Euler's
/// pentagonal recurrence and Euler's expansion
///
/// Π_{i > n} (1 − xⁱ) = Σ_j (−1)ʲ x^(jn + j(j+1)/2) / ((1 − x)⋯(1 − xʲ)),
///
/// nested as R_{j−1} = P − x^(n+j) R_j/(1 − xʲ) from the last j with
/// jn + j(j+1)/2 ≤ m down to the answer R_0. That is one step for n ≥ m/2 and
/// at most √(2m) steps always.
pub(super) fn complement(m: u64, n: u64, width: u64) -> Option<BigUint> {
    let last = index(m)?;
    let all = partition_numbers(last, index(width)?);
    // Of R_j only the terms up to x^(m − jn − j(j+1)/2) matter.
    let steps = complement_steps(m, n);
    let mut nested = all.clone();
    nested.truncate(index(m - steps * n - steps * (steps + 1) / 2)? + 1);
    for j in (1..=steps).rev() {
        let step = index(n.checked_add(j)?)?;
        divide_by_one_minus(&mut nested, index(j)?);
        nested.extend(step);
        for place in (0..nested.len()).rev() {
            nested.set_difference(place, &all, place.checked_sub(step));
        }
    }
    Some(nested.get(last))
}

/// The largest j with jn + j(j + 1)/2 ≤ m.
fn complement_steps(m: u64, n: u64) -> u64 {
    let mut j = 0;
    let mut left = m;
    while left > n + j {
        left -= n + j + 1;
        j += 1;
    }
    j
}

pub(super) fn complement_cost(m: u64, n: u64, width: u64) -> Option<Cost> {
    let words = m.checked_add(1)?.checked_mul(width)?;
    let pentagonal = m.isqrt().checked_mul(2)?;
    let steps = (m / n).min(m.isqrt().checked_mul(2)?);
    Some(Cost {
        work: words.checked_mul(pentagonal.checked_add(2 * steps)?)?,
        words: words.checked_mul(2)?,
    })
}

/// p(0), …, p(last) by Euler's recurrence
/// p(j) = Σ_{t ≥ 1} (−1)ᵗ⁺¹ [p(j − t(3t − 1)/2) + p(j − t(3t + 1)/2)].
fn partition_numbers(last: usize, width: usize) -> Residues {
    let mut p = Residues::zeros(last + 1, width);
    p.set_one(0);
    for j in 1..=last {
        let pentagonal = (1..).map(|t: usize| (t, t * (3 * t - 1) / 2));
        for (t, first) in pentagonal.take_while(|(_, first)| *first <= j) {
            for place in [Some(j - first), (j - first).checked_sub(t)]
                .into_iter()
                .flatten()
            {
                if t % 2 == 1 {
                    p.add(j, place);
                } else {
                    p.subtract(j, place);
                }
            }
        }
    }
    p
}

/// For enormous m: halving the exponent. For N(x)/D(x) with D = Π (1 − x^e),
/// N(x) D(−x)/(D(x) D(−x)) has the same coefficients, and its denominator is a
/// function of y = x²: an odd e contributes 1 − yᵉ, an even e contributes
/// (1 − y^(e/2))². Keeping the terms of the numerator with the parity of m
/// leaves the coefficient of y^⌊m/2⌋ in a fraction of the same kind.
///
/// Source: A. Bostan and R. Mori, *A simple and fast algorithm for computing
/// the N-th term of a linearly recurrent sequence*, SOSA 2021, algorithm 1.
pub(super) fn halving(m: u64, n: u64, width: u64) -> Option<BigUint> {
    let mut numerator = Residues::zeros(1, index(width)?);
    numerator.set_one(0);
    let mut denominator: BTreeMap<u64, u64> = (1..=n).map(|e| (e, 1)).collect();
    let mut m = m;
    while m > 0 {
        let mut next = BTreeMap::new();
        for (&e, &times) in &denominator {
            for _ in 0..times {
                multiply_by_conjugate(&mut numerator, index(e)?);
            }
            let (e, times) = if e % 2 == 1 {
                (e, times)
            } else {
                (e / 2, 2 * times)
            };
            *next.entry(e).or_insert(0) += times;
        }
        denominator = next;
        numerator = numerator.every_other(usize::from(m % 2 == 1));
        m /= 2;
        if index(m).is_some_and(|m| m + 1 < numerator.len()) {
            numerator.truncate(index(m)? + 1);
        }
    }
    // N(0)/D(0), D(0) = 1; no term at all stands for 0.
    Some(if numerator.len() > 0 {
        numerator.get(0)
    } else {
        BigUint::ZERO
    })
}

pub(super) fn halving_cost(m: u64, n: u64, width: u64) -> Option<Cost> {
    const MOST_PARTS: u64 = 10_000;
    if n > MOST_PARTS {
        return None;
    }
    let degree = n * (n + 1) / 2;
    let factors: u64 = (1..=n).map(|e| 1 << e.trailing_zeros()).sum();
    let words = degree.checked_mul(2)?.checked_mul(width)?;
    Some(Cost {
        work: words
            .checked_mul(factors)?
            .checked_mul(u64::from(m.ilog2()) + 1)?,
        words: words.checked_mul(2)?,
    })
}

/// Multiplies by 1 − (−x)ᵉ = 1 + xᵉ (e odd) or 1 − xᵉ (e even).
fn multiply_by_conjugate(polynomial: &mut Residues, e: usize) {
    let length = polynomial.len();
    polynomial.extend(e);
    for place in (0..length).rev() {
        if e % 2 == 1 {
            polynomial.add(place + e, place);
        } else {
            polynomial.subtract(place + e, place);
        }
    }
}

/// Divides a power series by 1 − xⁱ.
fn divide_by_one_minus(series: &mut Residues, i: usize) {
    for place in i..series.len() {
        series.add(place, place - i);
    }
}

fn index(value: u64) -> Option<usize> {
    usize::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    /// Three unrelated algorithms, one number.
    #[test]
    fn the_routes_agree() {
        for m in 2..120 {
            for n in 2..=m {
                let width = words(m, n).unwrap();
                let answer = direct(m, n, width);
                assert!(answer.is_some());
                assert_eq!(complement(m, n, width), answer, "complement {m} {n}");
                if n < 40 {
                    assert_eq!(halving(m, n, width), answer, "halving {m} {n}");
                }
            }
        }
    }

    #[test]
    fn wide_numbers_do_not_wrap() {
        for (m, n) in [(3000, 25), (3000, 60), (5000, 1500)] {
            let width = words(m, n).unwrap();
            let answer = direct(m, n, width);
            assert_eq!(complement(m, n, width), answer);
            assert_eq!(complement(m, n, width + 3), answer);
            if n < 100 {
                assert_eq!(halving(m, n, width), answer);
            }
        }
    }
}
