//! Exact rationals: the only numbers in which theorems are stated.

use std::cmp::Ordering;

/// An exact rational number of any size.
///
/// Its own `==` and `<` expand both sides as continued fractions, recursively:
/// the stack overflows on two nearly equal numbers of about ten thousand
/// digits. Numbers of unlimited size are compared by [`compare`].
pub type Rational = num_rational::BigRational;

/// The fraction `numerator / denominator`.
///
/// # Panics
/// If `denominator` is zero: it is a literal of the program, not data.
#[must_use]
pub fn ratio(numerator: i64, denominator: i64) -> Rational {
    Rational::new(numerator.into(), denominator.into())
}

/// The integer `n` as a rational.
#[must_use]
pub fn integer(n: i64) -> Rational {
    Rational::from_integer(n.into())
}

/// The order of two rationals of any size, by cross multiplication.
#[must_use]
pub fn compare(x: &Rational, y: &Rational) -> Ordering {
    x.numer()
        .sign()
        .cmp(&y.numer().sign())
        .then_with(|| (x.numer() * y.denom()).cmp(&(y.numer() * x.denom())))
}

/// Whether two rationals of any size are equal. (Both are in lowest terms.)
#[must_use]
pub fn equal(x: &Rational, y: &Rational) -> bool {
    x.numer() == y.numer() && x.denom() == y.denom()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn huge_numbers_compare_without_recursion() {
        // Convergents of the golden ratio: the longest continued fractions.
        let (mut a, mut b) = (num_bigint::BigInt::from(1), num_bigint::BigInt::from(1));
        for _ in 0..100_000 {
            (a, b) = (&a + &b, a);
        }
        let x = Rational::new_raw(&a + &b, a.clone());
        let y = Rational::new_raw(a, b);
        assert_ne!(compare(&x, &y), Ordering::Equal);
        assert_eq!(compare(&x, &y), compare(&y, &x).reverse());
        assert!(equal(&x, &x) && !equal(&x, &y));
        for (p, q) in [
            (ratio(1, 3), ratio(1, 2)),
            (ratio(-1, 2), ratio(1, 3)),
            (integer(0), ratio(1, 9)),
        ] {
            assert_eq!(compare(&p, &q), Ordering::Less);
            assert_eq!(compare(&q, &p), Ordering::Greater);
            assert_eq!(compare(&-p.clone(), &-q.clone()), Ordering::Greater);
            assert_eq!(compare(&p, &p), Ordering::Equal);
        }
    }
}
