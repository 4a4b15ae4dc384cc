//! Real roots and signs against polynomials whose roots are known.

use copyavg::arithmetic::rational::{integer, ratio};
use copyavg::arithmetic::univariate::{Bound, Root, Signs};
use copyavg::arithmetic::{Rational, Univariate};
use copyavg::formula::{Formula, as_rational_function};
use num_traits::{One, Signed, Zero};
use proptest::prelude::*;

fn integers(coefficients: &[i64]) -> Univariate {
    Univariate::new(&coefficients.iter().map(|&c| integer(c)).collect::<Vec<_>>())
}

fn linear(root: &Rational) -> Univariate {
    Univariate::new(&[-root, Rational::one()])
}

fn product(factors: impl IntoIterator<Item = Univariate>) -> Univariate {
    factors.into_iter().fold(integers(&[1]), |p, factor| &p * &factor)
}

/// T₀ = 1, T₁ = x, Tₙ₊₁ = 2xTₙ − Tₙ₋₁.
fn chebyshev(n: usize) -> Univariate {
    let mut pair = (vec![integer(1)], vec![integer(0), integer(1)]);
    for _ in 0..n {
        let mut next = vec![Rational::zero()];
        next.extend(pair.1.iter().map(|c| c * integer(2)));
        for (c, previous) in next.iter_mut().zip(&pair.0) {
            *c -= previous;
        }
        pair = (pair.1, next);
    }
    Univariate::new(&pair.0)
}

#[test]
fn chebyshev_polynomials_have_all_their_roots_in_one_interval() {
    for n in 1..=30 {
        let p = chebyshev(n);
        assert_eq!(p.degree(), Some(n));
        assert_eq!(p.count_roots(Some(&integer(-1)), Some(&integer(1))), Some(n));
        assert_eq!(p.count_roots(None, None), Some(n));
        assert_eq!(p.count_roots(Some(&integer(0)), None), Some(n / 2));
        // cos(π(2j−1)/(2n)) > ½ iff 2j − 1 < 2n/3, and cos(π/3) = ½ is a root iff 3 | n, n/3 odd.
        let above = (1..=n).filter(|j| 3 * (2 * j - 1) < 2 * n).count();
        assert_eq!(p.count_roots(Some(&ratio(1, 2)), None), Some(above), "{n}");
    }
}

#[test]
fn wilkinson_roots_are_separated() {
    let p = product((1..=20).map(|i| linear(&integer(i))));
    assert_eq!(p.coefficients()[0], (1..=20).map(integer).product());
    for i in 1..=20 {
        assert_eq!(p.sign_at(&integer(i)), 0);
        let near = ratio(1, 1_000_000_000);
        let (a, b) = (integer(i) - &near, integer(i) + near);
        assert_eq!(p.count_roots(Some(&a), Some(&b)), Some(1));
        assert_eq!(p.count_roots(Some(&integer(i)), Some(&b)), Some(0));
        assert_eq!(p.count_roots(Some(&a), Some(&integer(i))), Some(0));
        assert_eq!(
            p.count_roots(Some(&integer(0)), Some(&integer(i))),
            Some(usize::try_from(i).unwrap() - 1)
        );
    }
    // A relative change of 2⁻²³ in one coefficient loses ten real roots
    // (Wilkinson 1959).
    let mut coefficients = p.coefficients();
    coefficients[19] -= ratio(1, 1 << 23);
    assert_eq!(Univariate::new(&coefficients).count_roots(None, None), Some(10));
}

#[test]
fn multiplicities_do_not_count() {
    let p = product([
        integers(&[-2, 0, 1]),
        integers(&[-2, 0, 1]),
        integers(&[-1, 1]),
        integers(&[1, 0, 1]),
    ]);
    assert_eq!(p.count_roots(None, None), Some(3));
    assert_eq!(p.square_free_part().degree(), Some(5));
    assert_eq!(p.gcd(&p.derivative()), integers(&[-2, 0, 1]));
    assert_eq!(integers(&[]).count_roots(None, None), None);
    assert_eq!(integers(&[7]).count_roots(None, None), Some(0));
}

#[test]
fn mignotte_roots_are_told_apart() {
    // xⁿ − 2(ax − 1)²: two roots closer than a^(−n/2−1) near 1/a.
    let mut coefficients = vec![0; 14];
    (
        coefficients[0],
        coefficients[1],
        coefficients[2],
        coefficients[13],
    ) = (-2, 40_000, -200_000_000, 1);
    let p = integers(&coefficients);
    assert_eq!(p.count_roots(Some(&integer(0)), Some(&integer(1))), Some(2));
    let signs = p
        .signs_on(&Bound::Closed(integer(0)), &Bound::Closed(integer(1)))
        .unwrap();
    let witness = signs.positive_at.unwrap();
    assert_eq!(p.sign_at(&witness), 1);
}

#[test]
fn ends_are_respected() {
    // x(1 − x).
    let p = integers(&[0, 1, -1]);
    let (zero, one) = (integer(0), integer(1));
    let signs = |a: Bound, b: Bound| p.signs_on(&a, &b);
    let open = signs(Bound::Open(zero.clone()), Bound::Open(one.clone())).unwrap();
    assert!(open.everywhere_positive());
    let closed = signs(Bound::Open(zero.clone()), Bound::Closed(one.clone())).unwrap();
    assert!(!closed.everywhere_positive() && closed.everywhere_nonnegative());
    assert_eq!(closed.zero_at, Some(Root::Exact(one.clone())));
    let beyond = signs(Bound::Open(one.clone()), Bound::Infinite).unwrap();
    assert!(beyond.everywhere_negative());
    let all = signs(Bound::Infinite, Bound::Infinite).unwrap();
    assert!(all.positive_at.is_some() && all.negative_at.is_some() && all.zero_at.is_some());
    assert_eq!(signs(Bound::Open(one.clone()), Bound::Closed(one.clone())), None);
    assert_eq!(signs(Bound::Closed(one.clone()), Bound::Closed(zero)), None);
    let point = signs(Bound::Closed(one.clone()), Bound::Closed(one.clone())).unwrap();
    assert_eq!(
        point,
        Signs {
            zero_at: Some(Root::Exact(one)),
            ..Signs::default()
        }
    );
    let nothing = integers(&[])
        .signs_on(&Bound::Infinite, &Bound::Infinite)
        .unwrap();
    assert!(nothing.zero_at.is_some() && nothing.positive_at.is_none() && nothing.negative_at.is_none());
}

#[test]
fn rational_functions_know_their_gaps() {
    let decide = |text: &str, a: Bound, b: Bound| {
        as_rational_function(&Formula::parse(text).unwrap(), "x")
            .unwrap()
            .signs_on(&a, &b)
            .unwrap()
    };
    let (zero, one) = (integer(0), integer(1));
    // Cancelled, but undefined at 0 all the same.
    let (undefined, signs) = decide("x/x", Bound::Closed(-&one), Bound::Closed(one.clone()));
    assert_eq!(undefined, Some(Root::Exact(zero.clone())));
    assert!(signs.everywhere_nonnegative());
    let (undefined, signs) = decide("x/x", Bound::Open(zero.clone()), Bound::Infinite);
    assert!(undefined.is_none() && signs.everywhere_positive());
    let (undefined, _) = decide(
        "1/(x^2 - 2) - 1/(x^2 - 2)",
        Bound::Closed(zero.clone()),
        Bound::Infinite,
    );
    assert!(matches!(undefined, Some(Root::Between(..))));
    let (undefined, signs) = decide("(1 - x)^(-3)", Bound::Closed(zero.clone()), Bound::Infinite);
    assert_eq!(undefined, Some(Root::Exact(one.clone())));
    assert!(signs.negative_at.is_some() && signs.positive_at.is_some());
    let (undefined, signs) = decide("(x - 3)^2/(1 + x^2)", Bound::Infinite, Bound::Infinite);
    assert!(undefined.is_none() && signs.everywhere_nonnegative());
    assert!(matches!(signs.zero_at, Some(Root::Between(a, b)) if a < integer(3) && b > integer(3)));
    for text in [
        "sqrt(x)",
        "x*y",
        "pi*x",
        "1/(x - x)",
        "x^501",
        "asin(x) - asin(x)",
        "0*sqrt(x)",
    ] {
        assert!(
            as_rational_function(&Formula::parse(text).unwrap(), "x").is_none(),
            "{text}"
        );
    }
}

/// Signs straight from the factors: lead·Π(x − rᵢ)·(a sum of squares).
fn expected(lead: i64, roots: &[Rational], lower: &Bound, upper: &Bound) -> (bool, bool, bool) {
    let inside = |q: &Rational| {
        let above = match lower {
            Bound::Closed(a) => q >= a,
            Bound::Open(a) => q > a,
            Bound::Infinite => true,
        };
        above
            && match upper {
                Bound::Closed(b) => q <= b,
                Bound::Open(b) => q < b,
                Bound::Infinite => true,
            }
    };
    let mut marks: Vec<Rational> = roots.to_vec();
    for end in [lower, upper] {
        if let Bound::Closed(q) | Bound::Open(q) = end {
            marks.push(q.clone());
        }
    }
    marks.extend([integer(-1000), integer(1000)]);
    marks.sort();
    let mut samples = marks.clone();
    samples.extend(marks.windows(2).map(|pair| (&pair[0] + &pair[1]) / integer(2)));
    let mut seen = (false, false, false);
    for q in samples.iter().filter(|q| inside(q)) {
        let sign = roots
            .iter()
            .fold(integer(lead).signum(), |sign, root| sign * (q - root).signum());
        seen.0 |= sign.is_positive();
        seen.1 |= sign.is_negative();
        seen.2 |= sign.is_zero();
    }
    seen
}

fn bound() -> impl Strategy<Value = Bound> {
    let point = (-6_i64..=6, 1_i64..=3).prop_map(|(p, q)| ratio(p, q));
    (point, 0..3).prop_map(|(q, kind)| match kind {
        0 => Bound::Closed(q),
        1 => Bound::Open(q),
        _ => Bound::Infinite,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn signs_match_the_factors(
        roots in prop::collection::vec((-6_i64..=6, 1_i64..=3).prop_map(|(p, q)| ratio(p, q)), 0..5),
        squares in prop::collection::vec((-3_i64..=3, 1_i64..=5), 0..2),
        lead in prop_oneof![Just(-2_i64), Just(3)],
        lower in bound(),
        upper in bound(),
    ) {
        // (x − a)² + b has no real root.
        let quadratics = squares.iter().map(|&(a, b)| integers(&[a * a + b, -2 * a, 1]));
        let p = product(roots.iter().map(linear).chain(quadratics).chain([integers(&[lead])]));
        let Some(signs) = p.signs_on(&lower, &upper) else { return Ok(()) };
        let seen = (signs.positive_at.is_some(), signs.negative_at.is_some(), signs.zero_at.is_some());
        prop_assert_eq!(seen, expected(lead, &roots, &lower, &upper));
        let inside = |q: &Rational| expected(1, std::slice::from_ref(q), &lower, &upper).2;
        for (witness, sign) in [(&signs.positive_at, 1), (&signs.negative_at, -1)] {
            if let Some(q) = witness {
                prop_assert_eq!(p.sign_at(q), sign);
                prop_assert!(inside(q));
            }
        }
        match &signs.zero_at {
            Some(Root::Exact(q)) => prop_assert!(p.sign_at(q) == 0 && inside(q)),
            Some(Root::Between(a, b)) => {
                prop_assert_eq!(p.count_roots(Some(a), Some(b)), Some(1));
                prop_assert!(inside(a) && inside(b));
            }
            None => {}
        }
    }

    #[test]
    fn gcds_divide(a in prop::collection::vec(-9_i64..=9, 0..5), b in prop::collection::vec(-9_i64..=9, 0..5), c in prop::collection::vec(-9_i64..=9, 1..4)) {
        let (a, b, c) = (integers(&a), integers(&b), integers(&c));
        let common = (&a * &c).gcd(&(&b * &c));
        if !a.is_zero() && !b.is_zero() && !c.is_zero() {
            let monic = integers(&[1]);
            let lead = Univariate::new(&[c.coefficients().last().unwrap().recip()]);
            prop_assert_eq!(common, &a.gcd(&b) * &(&c * &(&lead * &monic)));
        }
    }
}
