//! Exact reals: sums of rational multiples of square roots, arcsines and
//! powers of π.

use super::{Rational, Scalar, exact_root, rational};
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One, Signed, Zero};
use std::collections::BTreeMap;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// √m · π^p · Π asin(t)^e, for a square-free m ≥ 1 and rationals 0 < t < 1,
/// t ≠ 1/2.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Basis {
    radicand: BigInt,
    pi: i32,
    arcsines: BTreeMap<Rational, u32>,
}

impl Basis {
    fn one() -> Self {
        Self {
            radicand: BigInt::one(),
            pi: 0,
            arcsines: BTreeMap::new(),
        }
    }
}

/// An exact real Σ q·(basis element), or undefined when a result has no such
/// form: division by more than one term or by an arcsine, the root of anything
/// but a nonnegative rational, the arcsine of an irrational. Undefined is
/// absorbing.
///
/// At copy-average configurations the loss and its gradient have this form:
/// radicands, divisors and the arguments of arcsines are single terms there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surd(Option<BTreeMap<Basis, Rational>>);

/// Trial division goes up to here; what is left of a radicand below the cube
/// of it has at most two prime factors.
const LARGEST_DIVISOR: u32 = 1 << 16;

impl Surd {
    const UNDEFINED: Self = Self(None);

    /// The rational `q`.
    #[must_use]
    pub fn rational_number(q: Rational) -> Self {
        Self::term(Basis::one(), q)
    }

    /// A zero to make other numbers from.
    #[must_use]
    pub fn context() -> Self {
        Self::rational_number(Rational::zero())
    }

    fn term(basis: Basis, coefficient: Rational) -> Self {
        let mut terms = BTreeMap::new();
        if !coefficient.is_zero() {
            terms.insert(basis, coefficient);
        }
        Self(Some(terms))
    }

    /// Whether the value has no exact form here.
    #[must_use]
    pub fn is_undefined(&self) -> bool {
        self.0.is_none()
    }

    /// Whether the value is certainly 0: every coefficient cancels. (`false`
    /// does not mean that it differs from 0: no relation between arcsines and
    /// π is used but asin(1/2) = π/6.)
    #[must_use]
    pub fn is_certainly_zero(&self) -> bool {
        self.0.as_ref().is_some_and(BTreeMap::is_empty)
    }

    /// The value, if it is rational.
    #[must_use]
    pub fn as_rational(&self) -> Option<Rational> {
        let terms = self.0.as_ref()?;
        match terms.len() {
            0 => Some(Rational::zero()),
            1 => terms.get(&Basis::one()).cloned(),
            _ => None,
        }
    }

    /// The value in the arithmetic of `context`.
    pub fn evaluate<T: Scalar>(&self, context: &T) -> T {
        let Some(terms) = &self.0 else {
            return context.one() / context.zero();
        };
        let mut sum = context.zero();
        for (basis, coefficient) in terms {
            let radicand = context.rational(&Rational::from_integer(basis.radicand.clone()));
            let mut product = context.rational(coefficient) * radicand.sqrt();
            if basis.pi != 0 {
                product = product * context.pi().powi(basis.pi);
            }
            for (argument, &exponent) in &basis.arcsines {
                for _ in 0..exponent {
                    product = product * context.rational(argument).asin();
                }
            }
            sum = sum + product;
        }
        sum
    }

    /// asin of a rational in [−1, 1].
    fn asin_of(t: &Rational) -> Self {
        if t.is_negative() {
            return -Self::asin_of(&-t);
        }
        let multiple_of_pi = |numerator, denominator| {
            Self::term(
                Basis {
                    pi: 1,
                    ..Basis::one()
                },
                rational::ratio(numerator, denominator),
            )
        };
        if t.is_zero() {
            Self::context()
        } else if *t == rational::ratio(1, 2) {
            multiple_of_pi(1, 6)
        } else if t.is_one() {
            multiple_of_pi(1, 2)
        } else if *t < Rational::one() {
            let arcsines = BTreeMap::from([(t.clone(), 1)]);
            Self::term(
                Basis {
                    arcsines,
                    ..Basis::one()
                },
                Rational::one(),
            )
        } else {
            Self::UNDEFINED
        }
    }
}

/// n = square²·free with `free` square-free, or `None` if n ≥ 1 is too large to
/// be factored here.
fn square_free_part(n: &BigInt) -> Option<(BigInt, BigInt)> {
    let (mut square, mut free, mut rest) = (BigInt::one(), BigInt::one(), n.clone());
    if let Some(root) = exact_root(&rest) {
        return Some((root, free));
    }
    let mut divisor = 2_u32;
    while divisor <= LARGEST_DIVISOR && BigInt::from(divisor) * divisor <= rest {
        loop {
            let (quotient, remainder) = rest.div_rem(&BigInt::from(divisor));
            if !remainder.is_zero() {
                break;
            }
            rest = quotient;
            if (&free % divisor).is_zero() {
                free /= divisor;
                square *= divisor;
            } else {
                free *= divisor;
            }
        }
        divisor += if divisor == 2 { 1 } else { 2 };
    }
    // Every prime factor of `rest` is above the last divisor tried, or `rest`
    // is 1 or prime; below the cube of the bound it is 1, p, p² or p·q.
    if let Some(root) = exact_root(&rest) {
        square *= root;
    } else if rest < BigInt::from(LARGEST_DIVISOR).pow(3) {
        free *= rest;
    } else {
        return None;
    }
    Some((square, free))
}

fn product(x: &Surd, y: &Surd) -> Surd {
    let (Some(xs), Some(ys)) = (&x.0, &y.0) else {
        return Surd::UNDEFINED;
    };
    let mut terms: BTreeMap<Basis, Rational> = BTreeMap::new();
    for (a, p) in xs {
        for (b, q) in ys {
            // √m √n = g √(mn/g²), g = gcd(m, n); mn/g² is square-free.
            let common = a.radicand.gcd(&b.radicand);
            let mut arcsines = a.arcsines.clone();
            for (argument, exponent) in &b.arcsines {
                *arcsines.entry(argument.clone()).or_insert(0) += exponent;
            }
            let basis = Basis {
                radicand: (&a.radicand / &common) * (&b.radicand / &common),
                pi: a.pi + b.pi,
                arcsines,
            };
            let entry = terms.entry(basis).or_insert_with(Rational::zero);
            *entry += p * q * common;
        }
    }
    terms.retain(|_, q| !q.is_zero());
    Surd(Some(terms))
}

fn sum(x: &Surd, y: &Surd, sign: &Rational) -> Surd {
    let (Some(xs), Some(ys)) = (&x.0, &y.0) else {
        return Surd::UNDEFINED;
    };
    let mut terms = xs.clone();
    for (basis, q) in ys {
        *terms.entry(basis.clone()).or_insert_with(Rational::zero) += q * sign;
    }
    terms.retain(|_, q| !q.is_zero());
    Surd(Some(terms))
}

/// Division by a single term without arcsines: 1/(q √m π^p) = √m/(q m) π^(−p).
fn quotient(x: &Surd, y: &Surd) -> Surd {
    let Some(ys) = &y.0 else { return Surd::UNDEFINED };
    match ys.iter().next() {
        Some((basis, q)) if ys.len() == 1 && basis.arcsines.is_empty() => {
            let inverse = Basis {
                radicand: basis.radicand.clone(),
                pi: -basis.pi,
                ..Basis::one()
            };
            product(x, &Surd::term(inverse, (q * &basis.radicand).recip()))
        }
        _ => Surd::UNDEFINED,
    }
}

impl Neg for Surd {
    type Output = Self;
    fn neg(self) -> Self {
        Self(
            self.0
                .map(|terms| terms.into_iter().map(|(basis, q)| (basis, -q)).collect()),
        )
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $f:expr) => {
        impl $trait<&Surd> for Surd {
            type Output = Surd;
            fn $method(self, other: &Surd) -> Surd {
                $f(&self, other)
            }
        }

        impl $trait for Surd {
            type Output = Surd;
            fn $method(self, other: Surd) -> Surd {
                $f(&self, &other)
            }
        }
    };
}

operator!(Add, add, |x, y| sum(x, y, &rational::integer(1)));
operator!(Sub, sub, |x, y| sum(x, y, &rational::integer(-1)));
operator!(Mul, mul, product);
operator!(Div, div, quotient);

impl Scalar for Surd {
    fn integer(&self, n: i64) -> Self {
        Self::rational_number(rational::integer(n))
    }

    fn rational(&self, q: &Rational) -> Self {
        Self::rational_number(q.clone())
    }

    fn pi(&self) -> Self {
        Self::term(
            Basis {
                pi: 1,
                ..Basis::one()
            },
            Rational::one(),
        )
    }

    fn square(&self) -> Self {
        product(self, self)
    }

    fn powi(&self, n: i32) -> Self {
        if self.is_undefined() {
            return Self::UNDEFINED;
        }
        let mut power = self.one();
        for _ in 0..n.unsigned_abs() {
            power = power * self;
        }
        if n < 0 { self.one() / power } else { power }
    }

    /// √(p/q) = √(pq)/q for rationals ≥ 0; undefined for everything else.
    fn sqrt(&self) -> Self {
        let Some(value) = self.as_rational().filter(|q| !q.is_negative()) else {
            return Self::UNDEFINED;
        };
        if value.is_zero() {
            return self.zero();
        }
        match square_free_part(&(value.numer() * value.denom())) {
            Some((square, free)) => {
                let basis = Basis {
                    radicand: free,
                    ..Basis::one()
                };
                Self::term(basis, Rational::new(square, value.denom().clone()))
            }
            None => Self::UNDEFINED,
        }
    }

    fn asin(&self) -> Self {
        self.as_rational().map_or(Self::UNDEFINED, |t| Self::asin_of(&t))
    }

    fn acos(&self) -> Self {
        self.pi() / self.integer(2) - self.asin()
    }

    /// Only atan(0) = 0 and atan(±1) = ±π/4.
    fn atan(&self) -> Self {
        match self.as_rational() {
            Some(t) if t.is_zero() => self.zero(),
            Some(t) if t.abs().is_one() => self.pi() * self.rational(&(t / rational::integer(4))),
            _ => Self::UNDEFINED,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::ratio;
    use proptest::prelude::*;

    fn number(n: i64) -> Surd {
        Surd::rational_number(rational::integer(n))
    }

    #[test]
    fn roots_are_reduced() {
        let twelve = number(12).sqrt();
        assert_eq!(twelve, number(3).sqrt() * number(2));
        assert_eq!(number(2).sqrt() * number(6).sqrt(), twelve);
        assert_eq!(
            Surd::rational_number(ratio(4, 9)).sqrt().as_rational(),
            Some(ratio(2, 3))
        );
        assert!((number(1) / number(5).sqrt() - number(5).sqrt() / number(5)).is_certainly_zero());
        assert!(number(-1).sqrt().is_undefined() && (number(1) + number(2).sqrt()).sqrt().is_undefined());
    }

    #[test]
    fn arcsines_are_symbols() {
        let half = Surd::rational_number(ratio(1, 2)).asin();
        assert!((half.clone() * number(6) - half.pi()).is_certainly_zero());
        let third = Surd::rational_number(ratio(1, 3));
        assert!((third.asin() + (-third.clone()).asin()).is_certainly_zero());
        assert!(!third.asin().is_certainly_zero() && (number(1) / third.asin()).is_undefined());
        assert!(number(2).asin().is_undefined());
        assert!((Surd::UNDEFINED * number(0)).is_undefined() && Surd::UNDEFINED.powi(0).is_undefined());
    }

    proptest! {
        #[test]
        fn exact_results_agree_with_floating_point(
            a in 1_i64..400, b in 1_i64..400, c in 1_i64..400, t in 1_i64..99,
        ) {
            let formula = |a: Surd, b: Surd, c: Surd, t: Surd| {
                ((a.sqrt() * &b + c.sqrt()) * (b.sqrt() - &a) + t.asin()) * (c.sqrt() + t.asin()) / b.sqrt()
            };
            let exact = formula(number(a), number(b), number(c), Surd::rational_number(ratio(t, 100)));
            let value: f64 = exact.evaluate(&0.0);
            let (a, b, c, t) = (a as f64, b as f64, c as f64, t as f64 / 100.0);
            let expected = ((a.sqrt() * b + c.sqrt()) * (b.sqrt() - a) + t.asin()) * (c.sqrt() + t.asin()) / b.sqrt();
            prop_assert!((value - expected).abs() <= 1e-9 * (1.0 + expected.abs()) * 1e3);
        }
    }
}
