//! The ring of polynomials: laws, evaluation, division.

use copyavg::arithmetic::Polynomial;
use copyavg::arithmetic::Rational;
use copyavg::arithmetic::polynomial::{Budget, Monomial, TooLarge};
use copyavg::arithmetic::rational::ratio;
use num_traits::{One, Pow, Zero};
use proptest::prelude::*;

/// Terms c·x₀^a·x₁^b·x₂^c.
type Terms = Vec<((i64, i64), [u32; 3])>;

fn terms() -> impl Strategy<Value = Terms> {
    let coefficient = (-5_i64..=5, 1_i64..=4);
    prop::collection::vec((coefficient, prop::array::uniform3(0_u32..=3)), 0..6)
}

fn budget() -> Budget {
    Budget::new(1_000_000)
}

fn times(a: &Polynomial, b: &Polynomial) -> Polynomial {
    a.multiply(b, &mut budget()).unwrap()
}

fn polynomial(terms: &Terms) -> Polynomial {
    terms
        .iter()
        .fold(Polynomial::default(), |sum, &((p, q), exponents)| {
            let term = (0..3)
                .zip(exponents)
                .fold(Polynomial::constant(&ratio(p, q)), |term, (x, e)| {
                    times(&term, &Polynomial::variable(x).power(e, &mut budget()).unwrap())
                });
            sum + &term
        })
}

/// The value straight from the terms, in rationals.
fn value(terms: &Terms, at: &[Rational; 3]) -> Rational {
    let term = |&((p, q), exponents): &((i64, i64), [u32; 3])| {
        let powers = at.iter().zip(exponents).map(|(x, e)| Pow::pow(x, e));
        powers.fold(ratio(p, q), |product, power| product * power)
    };
    terms.iter().map(term).fold(Rational::zero(), |sum, t| sum + t)
}

/// The value through the polynomial.
fn at(polynomial: &Polynomial, at: &[Rational; 3]) -> Rational {
    polynomial.terms().fold(Rational::zero(), |sum, (monomial, q)| {
        sum + monomial.factors().fold(q, |term, (x, e)| {
            term * Pow::pow(&at[usize::try_from(x).unwrap()], e)
        })
    })
}

fn point() -> impl Strategy<Value = [Rational; 3]> {
    prop::array::uniform3((-9_i64..=9, 1_i64..=7).prop_map(|(p, q)| ratio(p, q)))
}

proptest! {
    #[test]
    fn evaluation_is_a_homomorphism(a in terms(), b in terms(), x in point()) {
        let (p, q) = (polynomial(&a), polynomial(&b));
        let (u, v) = (value(&a, &x), value(&b, &x));
        prop_assert_eq!(at(&p, &x), u.clone());
        prop_assert_eq!(at(&(p.clone() + &q), &x), &u + &v);
        prop_assert_eq!(at(&(p.clone() - &q), &x), &u - &v);
        prop_assert_eq!(at(&times(&p, &q), &x), &u * &v);
        prop_assert_eq!(at(&-p, &x), -u);
    }

    #[test]
    fn ring_laws(a in terms(), b in terms(), c in terms()) {
        let (a, b, c) = (polynomial(&a), polynomial(&b), polynomial(&c));
        prop_assert_eq!(a.clone() + &b, b.clone() + &a);
        prop_assert_eq!(times(&a, &b), times(&b, &a));
        prop_assert_eq!(times(&times(&a, &b), &c), times(&a, &times(&b, &c)));
        prop_assert_eq!(times(&a, &(b.clone() + &c)), times(&a, &b) + &times(&a, &c));
        prop_assert!((a.clone() - &a).is_zero());
    }

    #[test]
    fn exact_division_undoes_products(a in terms(), b in terms()) {
        let (a, b) = (polynomial(&a), polynomial(&b));
        let quotient = times(&a, &b).divide_exactly(&b, &mut budget()).unwrap();
        prop_assert_eq!(quotient, (!b.is_zero()).then_some(a.clone()));
        // Off by one: divisible only if 1 is.
        let off = times(&a, &b) + &Polynomial::constant(&Rational::one());
        let quotient = off.divide_exactly(&b, &mut budget()).unwrap();
        prop_assert_eq!(quotient.is_some(), b.as_constant().is_some_and(|q| !q.is_zero()));
    }

    #[test]
    fn squares_reduce(a in terms(), s in terms(), x in point()) {
        // Modulo x₂² = s(x₀, x₁), evaluated where x₂ is a root of a square.
        let s: Terms = s.into_iter().map(|(q, [i, j, _])| (q, [i, j, 0])).collect();
        let (p, square) = (polynomial(&a), polynomial(&s));
        let reduced = p.reduce_square(2, &square, &mut budget()).unwrap();
        prop_assert!(reduced.degree_in(2) <= 1);
        // p − reduced is a multiple of x₂² − s.
        let x2 = Polynomial::variable(2);
        let relation = times(&x2, &x2) - &square;
        let difference = p - &reduced;
        prop_assert!(difference.divide_exactly(&relation, &mut budget()).unwrap().is_some());
        let _ = x;
    }

    #[test]
    fn content_is_divided_out(a in terms()) {
        let p = polynomial(&a);
        if let Some(content) = p.content() {
            let primitive = p.scale(&content.recip());
            prop_assert!(content > Rational::zero());
            prop_assert!(primitive.terms().all(|(_, q)| q.is_integer()));
            prop_assert_eq!(primitive.content(), Some(Rational::one()));
        }
    }
}

#[test]
fn monomials_are_ordered_compatibly() {
    let monomials: Vec<Monomial> = (0..27)
        .map(|i| {
            let parts = [(0, i % 3), (1, i / 3 % 3), (2, i / 9)];
            parts.into_iter().fold(Monomial::one(), |m, (x, e)| {
                m.multiply(&Monomial::variable(x, e)).unwrap()
            })
        })
        .collect();
    assert!(monomials.is_sorted());
    for a in &monomials {
        for b in &monomials {
            for c in &monomials {
                assert_eq!(a.cmp(b), a.multiply(c).unwrap().cmp(&b.multiply(c).unwrap()));
            }
        }
    }
}

#[test]
fn budgets_end_large_computations() {
    let sum = Polynomial::variable(0) + &Polynomial::variable(1) + &Polynomial::constant(&ratio(1, 3));
    assert_eq!(sum.power(10_000, &mut budget()), Err(TooLarge));
    let x = Polynomial::variable(0).power(u32::MAX, &mut budget()).unwrap();
    assert_eq!(x.multiply(&x, &mut budget()), Err(TooLarge));
    assert_eq!(
        Polynomial::constant(&ratio(3, 2)).power(1 << 30, &mut budget()),
        Err(TooLarge)
    );
}
