//! How many ways to divide labelled teachers into buckets of given sizes.

use super::Partition;
use num_bigint::BigUint;
use num_traits::One;

/// The number is too long to be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the multiplicity of this partition of {k} has more than about ten million digits")]
pub struct MultiplicityError {
    /// The number of teachers.
    pub k: u64,
}

/// The largest number of bits of the factors that are multiplied: about
/// 1.2·10⁷ decimal digits.
const MOST_BITS: u64 = 40_000_000;

impl Partition {
    /// The number of set partitions of k labelled teachers into unlabelled
    /// buckets of these sizes, k! / (Π ℓ_i! Π m_s!), where m_s buckets have
    /// size s.
    ///
    /// **Method.** Let g be the largest among the sizes and the m_s. Cancelling
    /// g! leaves (g+1)(g+2)⋯k over the other factorials x!, all with
    /// x ≤ max(k − g, 1): the other buckets hold k − g teachers, or, if g = m_s,
    /// at most k − gs ones, and s itself is 1 or at most g ≤ k − g. For each
    /// prime p ≤ k − g the exponent of p in the denominator (Legendre's
    /// formula) is struck out of the numerator's multiples of p. What is left
    /// is multiplied by halves; nothing is ever divided but small numbers.
    ///
    /// # Errors
    /// If the factors (g+1)⋯k have more than about 1.2·10⁷ digits together.
    pub fn multiplicity(&self) -> Result<BigUint, MultiplicityError> {
        let k = self.k();
        let error = MultiplicityError { k };
        // Factorials in the denominator: x and how often x! divides.
        let mut factorials: Vec<(u64, u64)> = (self.runs().iter())
            .flat_map(|run| [(run.size, run.count), (run.count, 1)])
            .filter(|(x, _)| *x > 1)
            .collect();
        factorials.sort_unstable_by(|a, b| b.cmp(a));
        let largest = match factorials.first_mut() {
            Some((x, times)) => {
                *times -= 1;
                *x
            }
            None => 1, // k = 1
        };
        let length = k - largest;
        let bits = u64::from(u64::BITS - k.leading_zeros());
        if length.checked_mul(bits).is_none_or(|all| all > MOST_BITS) {
            return Err(error);
        }
        let mut numerator: Vec<u64> = (largest + 1..=k).collect();
        for p in primes(length) {
            let exponent: u64 = (factorials.iter())
                .take_while(|(x, _)| *x >= p)
                .map(|(x, times)| times * exponent_in_factorial(p, *x))
                .sum();
            strike_out(&mut numerator, largest + 1, p, exponent);
        }
        Ok(product(&numerator))
    }
}

/// Legendre: the exponent of the prime p in x! is Σ ⌊x/pⁱ⌋.
fn exponent_in_factorial(p: u64, x: u64) -> u64 {
    let quotients = std::iter::successors(Some(x / p), |q| Some(q / p));
    quotients.take_while(|q| *q > 0).sum()
}

/// Divides the factors, which started as first, first + 1, …, by
/// p^exponent in total.
fn strike_out(factors: &mut [u64], first: u64, p: u64, mut exponent: u64) {
    let offset = (p - first % p) % p;
    let (Ok(offset), Ok(stride)) = (usize::try_from(offset), usize::try_from(p)) else {
        return; // p is at most the number of factors, which are in memory
    };
    for factor in factors.iter_mut().skip(offset).step_by(stride) {
        while exponent > 0 && factor.is_multiple_of(p) {
            *factor /= p;
            exponent -= 1;
        }
        if exponent == 0 {
            return;
        }
    }
}

/// The primes up to `limit`, by Eratosthenes' sieve.
fn primes(limit: u64) -> impl Iterator<Item = u64> {
    // The limit is bounded by MOST_BITS.
    let mut composite = vec![false; usize::try_from(limit).map_or(0, |limit| limit + 1)];
    let mut p = 2;
    while p * p < composite.len() {
        if !composite[p] {
            for multiple in (p * p..composite.len()).step_by(p) {
                composite[multiple] = true;
            }
        }
        p += 1;
    }
    (0..).zip(composite).skip(2).filter(|(_, c)| !c).map(|(p, _)| p)
}

/// The product of the factors, by halves.
fn product(factors: &[u64]) -> BigUint {
    const SHORT: usize = 16;
    if factors.len() <= SHORT {
        let mut all = BigUint::one();
        let mut word = 1_u64;
        for &factor in factors {
            match word.checked_mul(factor) {
                Some(longer) => word = longer,
                None => {
                    all *= word;
                    word = factor;
                }
            }
        }
        return all * word;
    }
    let (left, right) = factors.split_at(factors.len() / 2);
    product(left) * product(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn multiplicity(parts: &str) -> String {
        let partition: Partition = parts.parse().unwrap();
        partition.multiplicity().unwrap().to_string()
    }

    #[test]
    fn known_values() {
        // The four set partitions of {1, 2, 3, 4} with three blocks differ by the pair.
        assert_eq!(multiplicity("2,1,1"), "6");
        assert_eq!(multiplicity("2,2"), "3");
        assert_eq!(multiplicity("1"), "1");
        assert_eq!(multiplicity("5"), "1");
        // 6 people into 3 pairs; 9 people into 3 triples.
        assert_eq!(multiplicity("2^3"), "15");
        assert_eq!(multiplicity("3^3"), "280");
        assert_eq!(multiplicity("1^1000000000000"), "1");
        // C(10^12, 2).
        assert_eq!(multiplicity("2,1^999999999998"), "499999999999500000000000");
        assert_eq!(multiplicity("999999999998,1,1"), "499999999999500000000000");
    }

    #[test]
    fn absurd_sizes_are_refused() {
        for parts in ["500000000000^2", "1000000,1^1000000000,2^5000000"] {
            let partition: Partition = parts.parse().unwrap();
            assert!(partition.multiplicity().is_err(), "{parts}");
        }
    }
}
