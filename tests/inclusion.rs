//! No level of the arithmetic ever loses a point.
//!
//! Each property is tested for intervals of doubles and for multiprecision
//! intervals of 24, 53 and 128 bits, at arguments where arithmetic goes wrong
//! first. The other side of every comparison is exact rational arithmetic,
//! save for the inverse circular functions, where 256 bits stand against 53.
//! `COPYAVG_EFFORT=100 cargo test --release --test inclusion` tries a hundred
//! times as many cases.

mod corners;

use copyavg::arithmetic::rational::integer;
use copyavg::arithmetic::{DoubleInterval, Enclosure, Interval, Order, Precision, Rational, Scalar};
use corners::{Case, any_set, double, double_within_one, exact, seeded, set_within_one};
use num_traits::{One, Signed, Zero};
use proptest::prelude::*;

fn multiprecision(bits: u32) -> Interval {
    Interval::context(Precision::new(bits).unwrap())
}

/// Runs a generic check at every level.
macro_rules! at_every_level {
    ($check:ident($($argument:expr),*)) => {
        $check(&DoubleInterval::context(), $($argument),*)?;
        for bits in [24, 53, 128] {
            $check(&multiprecision(bits), $($argument),*)?;
        }
    };
}

type Outcome = Result<(), TestCaseError>;

/// The four operations and negation keep the exact value of two members, and
/// division is undefined exactly where 0 is in the divisor.
fn field_operations<E: Enclosure>(context: &E, x: &Case, y: &Case) -> Outcome {
    let (a, b) = (x.in_context(context), y.in_context(context));
    let (p, q) = (&x.member, &y.member);
    prop_assert!(a.contains(p) && b.contains(q));
    let sum = a.clone() + &b;
    let difference = a.clone() - &b;
    let product = a.clone() * &b;
    let quotient = a.clone() / &b;
    let opposite = -a;
    for defined in [&sum, &difference, &product, &opposite] {
        prop_assert!(!defined.is_undefined());
    }
    prop_assert!(sum.contains(&(p + q)), "{sum:?}");
    prop_assert!(difference.contains(&(p - q)), "{difference:?}");
    prop_assert!(product.contains(&(p * q)), "{product:?}");
    prop_assert!(opposite.contains(&-p), "{opposite:?}");
    prop_assert_eq!(quotient.is_undefined(), b.contains(&Rational::zero()));
    if !q.is_zero() {
        prop_assert!(quotient.contains(&(p / q)), "{quotient:?}");
    }
    Ok(())
}

/// Squares and integer powers.
fn powers<E: Enclosure>(context: &E, x: &Case, n: i32) -> Outcome {
    let (a, p) = (x.in_context(context), &x.member);
    let square = a.square();
    prop_assert!(square.contains(&(p * p)), "{square:?}");
    prop_assert!(square.certainly_nonnegative());
    let power = a.powi(n);
    prop_assert_eq!(power.is_undefined(), n < 0 && a.contains(&Rational::zero()));
    if n >= 0 || !p.is_zero() {
        let value = if n == 0 { Rational::one() } else { p.pow(n) };
        prop_assert!(power.contains(&value), "{power:?}");
    }
    Ok(())
}

/// l ≤ √p ≤ u, decided by squares.
fn square_roots<E: Enclosure>(context: &E, x: &Case) -> Outcome {
    let (a, p) = (x.in_context(context), &x.member);
    let root = a.sqrt();
    prop_assert_eq!(root.is_undefined(), !a.certainly_nonnegative());
    if !root.is_undefined() {
        let lower = root.lower().expect("roots are bounded below");
        prop_assert!(!lower.is_negative() && &lower * &lower <= *p, "{root:?}");
        if let Some(upper) = root.upper() {
            prop_assert!(!upper.is_negative() && &upper * &upper >= *p, "{root:?}");
        }
    }
    Ok(())
}

/// Order, minimum, maximum and hull, against the order of two members.
fn order<E: Enclosure>(context: &E, x: &Case, y: &Case) -> Outcome {
    let (a, b) = (x.in_context(context), y.in_context(context));
    let (p, q) = (&x.member, &y.member);
    let answer = a.compare(&b);
    let expected = match (a.lower(), a.upper(), b.lower(), b.upper()) {
        (_, Some(u), Some(l), _) if u < l => Order::Less,
        (Some(l), _, _, Some(u)) if l > u => Order::Greater,
        _ => Order::Unknown,
    };
    prop_assert_eq!(answer, expected);
    prop_assert!(answer != Order::Less || p < q);
    prop_assert!(answer != Order::Greater || p > q);
    prop_assert_eq!(a.certainly_less(&b), b.certainly_greater(&a));
    prop_assert!(!a.certainly_positive() || p.is_positive());
    prop_assert!(!a.certainly_negative() || p.is_negative());
    prop_assert!(!a.certainly_nonnegative() || !p.is_negative());
    prop_assert!(!a.certainly_nonpositive() || !p.is_positive());
    prop_assert_eq!(a.certainly_positive(), a.lower().is_some_and(|l| l.is_positive()));
    prop_assert_eq!(
        a.certainly_nonpositive(),
        a.upper().is_some_and(|u| !u.is_positive())
    );
    prop_assert!(a.min(&b).contains(p.min(q)));
    prop_assert!(a.max(&b).contains(p.max(q)));
    let hull = a.hull(&b);
    prop_assert!(hull.contains(p) && hull.contains(q));
    Ok(())
}

/// Whether `inner` ⊆ `outer`, an undefined value being everything.
fn is_subset<E: Enclosure, F: Enclosure>(inner: &E, outer: &F) -> bool {
    if outer.is_undefined() {
        return true;
    }
    let below = match (outer.lower(), inner.lower()) {
        (None, _) => true,
        (Some(o), Some(i)) => o <= i,
        (Some(_), None) => false,
    };
    let above = match (outer.upper(), inner.upper()) {
        (None, _) => true,
        (Some(o), Some(i)) => o >= i,
        (Some(_), None) => false,
    };
    !inner.is_undefined() && below && above
}

/// Every operation of one or two arguments, by name.
fn all_results<E: Enclosure>(a: &E, b: &E) -> Vec<(&'static str, E)> {
    vec![
        ("neg", -a.clone()),
        ("add", a.clone() + b),
        ("sub", a.clone() - b),
        ("mul", a.clone() * b),
        ("div", a.clone() / b),
        ("square", a.square()),
        ("cube", a.powi(3)),
        ("power 4", a.powi(4)),
        ("inverse", a.powi(-1)),
        ("inverse square", a.powi(-2)),
        ("power 0", a.powi(0)),
        ("sqrt", a.sqrt()),
        ("asin", a.asin()),
        ("acos", a.acos()),
        ("atan", a.atan()),
        ("min", a.min(b)),
        ("max", a.max(b)),
        ("hull", a.hull(b)),
    ]
}

/// X ⊆ X′ and Y ⊆ Y′ imply f(X, Y) ⊆ f(X′, Y′).
fn monotone<E: Enclosure>(context: &E, x: &Case, y: &Case, dx: &Case, dy: &Case) -> Outcome {
    let (a, b) = (x.in_context(context), y.in_context(context));
    let wider_a = a.hull(&dx.in_context(context));
    let wider_b = b.hull(&dy.in_context(context));
    for ((name, inner), (_, outer)) in all_results(&a, &b).iter().zip(&all_results(&wider_a, &wider_b)) {
        prop_assert!(is_subset(inner, outer), "{name}: {inner:?} in {outer:?}");
    }
    Ok(())
}

/// Nothing computed from an undefined value is defined or certain.
fn sticky<E: Enclosure>(context: &E, x: &Case) -> Outcome {
    let a = x.in_context(context);
    let undefined = context.one() / &context.zero();
    prop_assert!(undefined.is_undefined());
    for (name, value) in all_results(&undefined, &a) {
        prop_assert!(value.is_undefined(), "{name}");
    }
    let mut right = all_results(&a, &undefined);
    right.retain(|(name, _)| ["add", "sub", "mul", "div", "min", "max", "hull"].contains(name));
    right.push(("0 times", context.zero() * &undefined));
    for (name, value) in right {
        prop_assert!(value.is_undefined(), "{name}");
        prop_assert!(value.contains(&x.member));
        prop_assert_eq!(value.compare(&a), Order::Unknown);
        prop_assert_eq!(a.compare(&value), Order::Unknown);
        prop_assert!(value.lower().is_none() && value.upper().is_none());
        prop_assert!(!value.certainly_positive() && !value.certainly_negative());
        prop_assert!(!value.certainly_nonnegative() && !value.certainly_nonpositive());
        prop_assert!(!value.is_exactly_zero());
    }
    Ok(())
}

/// Laws of the reals that survive as inclusions.
fn laws<E: Enclosure>(context: &E, x: &Case, y: &Case) -> Outcome {
    let (a, b) = (x.in_context(context), y.in_context(context));
    let same = |p: &E, q: &E| is_subset(p, q) && is_subset(q, p);
    prop_assert!(same(&(a.clone() + &b), &(b.clone() + &a)));
    prop_assert!(same(&(a.clone() * &b), &(b.clone() * &a)));
    prop_assert!(is_subset(&a.square(), &(a.clone() * &a)));
    prop_assert!((a.clone() - &a).contains(&Rational::zero()));
    prop_assert!(same(&-(-a.clone()), &a));
    prop_assert!(same(&(a.clone() * &context.one()), &a));
    prop_assert!((a.clone() * &context.zero()).is_exactly_zero());
    prop_assert!(same(&a.powi(1), &a) && same(&a.powi(2), &a.square()));
    Ok(())
}

/// `rational` and `between` hold what they were made from.
fn constants<E: Enclosure>(context: &E, p: &Rational, q: &Rational, n: i64) -> Outcome {
    let point = context.rational(p);
    prop_assert!(point.contains(p) && !point.is_undefined());
    let set = context.between(Some(p), Some(q));
    prop_assert_eq!(set.is_undefined(), p > q);
    prop_assert!(set.contains(p) && set.contains(q));
    prop_assert!(context.between(None, Some(q)).contains(&(q - integer(n).abs())));
    prop_assert!(context.integer(n).contains(&integer(n)));
    Ok(())
}

proptest! {
    #![proptest_config(seeded(1000))]

    #[test]
    fn field_operations_contain_the_exact_value(x in any_set(), y in any_set()) {
        at_every_level!(field_operations(&x, &y));
    }

    #[test]
    fn powers_contain_the_exact_value(x in any_set(), n in -7_i32..=7) {
        at_every_level!(powers(&x, n));
    }

    #[test]
    fn square_roots_contain_the_exact_value(x in any_set(), mirror in any::<bool>()) {
        at_every_level!(square_roots(&x));
        if mirror && x.upper.is_some_and(|u| u <= 0.0) {
            let mirrored = Case { lower: x.upper.map(|u| -u), upper: x.lower.map(|l| -l), member: -x.member };
            at_every_level!(square_roots(&mirrored));
        }
    }

    #[test]
    fn answers_about_order_are_certain(x in any_set(), y in any_set()) {
        at_every_level!(order(&x, &y));
    }

    #[test]
    fn wider_arguments_give_wider_results(
        x in any_set(), y in any_set(), dx in any_set(), dy in any_set(),
        u in set_within_one(), v in set_within_one(),
    ) {
        at_every_level!(monotone(&x, &y, &dx, &dy));
        at_every_level!(monotone(&u, &y, &v, &dy));
    }

    #[test]
    fn undefined_is_sticky(x in any_set()) {
        at_every_level!(sticky(&x));
    }

    #[test]
    fn laws_survive_as_inclusions(x in any_set(), y in any_set()) {
        at_every_level!(laws(&x, &y));
    }

    #[test]
    fn constants_are_enclosed(a in double(), b in double(), d in 1_i64.., n in any::<i64>()) {
        let (p, q) = (exact(a) / integer(d), exact(b) * integer(d));
        at_every_level!(constants(&p, &q, n));
        at_every_level!(constants(&p, &p, n >> 10));
    }
}

/// The intervals of doubles against 256 bits, at the very same sets.
mod doubles {
    use super::*;

    fn contains_the_256_bit_results(x: &Case, y: &Case) -> Outcome {
        let (coarse, fine) = (DoubleInterval::context(), multiprecision(256));
        let coarse = all_results(&x.in_context(&coarse), &y.in_context(&coarse));
        let fine = all_results(&x.in_context(&fine), &y.in_context(&fine));
        for ((name, outer), (_, inner)) in coarse.iter().zip(&fine) {
            prop_assert_eq!(outer.is_undefined(), inner.is_undefined(), "{}", name);
            prop_assert!(
                outer.is_undefined() || is_subset(inner, outer),
                "{name}: {inner:?} in {outer:?}"
            );
        }
        Ok(())
    }

    /// The largest double ≤ q and the least ≥ q are neighbours or equal.
    fn is_tightest(result: &DoubleInterval, q: &Rational) -> bool {
        let (lo, hi) = (result.lo(), result.hi());
        let is_double = lo == hi && lo.is_finite();
        result.contains(q) && (is_double || (lo.next_up() == hi && Some(q) != result.lower().as_ref()))
    }

    proptest! {
        #![proptest_config(seeded(4000))]

        #[test]
        fn hold_what_256_bits_hold(x in any_set(), y in any_set(), u in set_within_one(), v in set_within_one()) {
            contains_the_256_bit_results(&x, &y)?;
            contains_the_256_bit_results(&u, &v)?;
        }

        #[test]
        fn are_the_tightest_at_points(a in double(), b in double()) {
            let point = DoubleInterval::exactly_this_double;
            let (x, y) = (point(a), point(b));
            let (p, q) = (exact(a), exact(b));
            prop_assert!(is_tightest(&(x + y), &(&p + &q)), "{:?}", x + y);
            prop_assert!(is_tightest(&(x - y), &(&p - &q)), "{:?}", x - y);
            prop_assert!(is_tightest(&(x * y), &(&p * &q)), "{:?}", x * y);
            prop_assert!(is_tightest(&x.square(), &(&p * &p)));
            for value in [&p + &q, &p * &q, &p * integer(3), &p + exact(a.next_up().min(f64::MAX))] {
                prop_assert!(is_tightest(&x.rational(&value), &value), "{value}");
            }
            if !q.is_zero() {
                prop_assert!(is_tightest(&(x / y), &(&p / &q)), "{:?}", x / y);
                prop_assert!(is_tightest(&x.rational(&(&p / &q)), &(&p / &q)));
            }
            let root = point(a.abs()).sqrt();
            let exact_root = root.lo() == root.hi();
            prop_assert!(exact_root || root.lo().next_up() == root.hi());
            prop_assert_eq!(exact_root, exact(root.lo()).pow(2) == p.abs());
        }

        #[test]
        fn lose_at_most_two_units_to_the_circle(a in double_within_one(), b in double()) {
            let point = DoubleInterval::exactly_this_double;
            for result in [point(a).asin(), point(a).acos(), point(b).atan(), point(a).atan()] {
                prop_assert!(result.lo().next_up().next_up() >= result.hi(), "{:?}", result);
            }
        }

        #[test]
        fn keep_signs_and_ranges(a in double_within_one(), b in double()) {
            let point = DoubleInterval::exactly_this_double;
            let zero = DoubleInterval::context();
            prop_assert_eq!(point(a).asin().compare(&zero), point(a).compare(&zero));
            // 0 < atan x < x: no positive double is below that at the least x.
            if b.abs() != f64::from_bits(1) {
                prop_assert_eq!(point(b).atan().compare(&zero), point(b).compare(&zero));
            }
            prop_assert_eq!(point(a).acos().certainly_positive(), a != 1.0);
            let half_pi = zero.pi() / zero.integer(2);
            for value in [point(a).asin(), point(b).atan()] {
                prop_assert!(value.hi() <= half_pi.hi() && value.lo() >= -half_pi.hi());
            }
            prop_assert!(point(a).acos().hi() <= zero.pi().hi());
        }

        #[test]
        fn middle_and_width_are_what_they_say(x in any_set()) {
            let set = x.in_context(&DoubleInterval::context());
            let middle = set.midpoint();
            prop_assert!(middle.is_finite() && set.contains(&exact(middle)));
            match (set.lower(), set.upper()) {
                (Some(l), Some(u)) => {
                    let width = set.width();
                    prop_assert!(width == f64::INFINITY || exact(width) >= &u - &l);
                    prop_assert_eq!(width == 0.0, l == u);
                }
                _ => prop_assert_eq!(set.width(), f64::INFINITY),
            }
        }
    }

    #[test]
    fn are_exact_at_small_integers() {
        let c = DoubleInterval::context();
        let is = |x: DoubleInterval, n: f64| x.lo() == n && x.hi() == n;
        assert!(is(c.integer(3) * c.integer(-7) + c.integer(1), -20.0));
        assert!(is(c.integer(84) / c.integer(-7), -12.0));
        assert!(is(c.integer(144).sqrt(), 12.0));
        assert!(is(c.integer(-3).powi(5), -243.0));
        assert!(is(c.ratio(-1, 2).powi(-3), -8.0));
        assert!(is(c.integer(1 << 53), 9_007_199_254_740_992.0));
        assert!(is(c.zero().asin(), 0.0) && is(c.one().acos(), 0.0) && is(c.zero().atan(), 0.0));
    }

    #[test]
    fn enclose_integers_that_are_no_doubles() {
        let c = DoubleInterval::context();
        for n in [i64::MAX, i64::MIN, (1 << 53) + 1, -(1 << 53) - 1, (1 << 62) + 1] {
            let x = c.integer(n);
            let y = c.rational(&integer(n));
            assert!(is_tightest(&x, &integer(n)), "{n}: {x:?}");
            assert!(is_tightest(&y, &integer(n)), "{n}: {y:?}");
        }
    }

    #[test]
    fn overflow_is_unbounded_and_defined() {
        let c = DoubleInterval::context();
        let greatest = DoubleInterval::exactly_this_double(f64::MAX);
        for x in [greatest + greatest, greatest.square(), greatest / c.ratio(1, 2)] {
            assert!(!x.is_undefined() && x.lo() == f64::MAX && x.hi() == f64::INFINITY);
            assert!((c.zero() * x).is_exactly_zero());
            assert!((c.one() / x).certainly_nonnegative());
        }
        let least = DoubleInterval::exactly_this_double(f64::from_bits(1));
        let tiny = least * least;
        assert!(tiny.lo() == 0.0 && tiny.hi() == f64::from_bits(1));
        assert!(least.powi(-1000).lo() == f64::MAX);
    }

    #[test]
    fn what_is_no_real_is_undefined() {
        for x in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(DoubleInterval::exactly_this_double(x).is_undefined());
        }
        let c = DoubleInterval::context();
        let inverted = c.between(Some(&integer(1)), Some(&integer(0)));
        assert!(inverted.is_undefined() && inverted.midpoint().is_nan() && inverted.width().is_nan());
        let above_one = DoubleInterval::exactly_this_double(1.0_f64.next_up());
        assert!(above_one.asin().is_undefined() && (-above_one).acos().is_undefined());
        assert!(
            (-DoubleInterval::exactly_this_double(f64::from_bits(1)))
                .sqrt()
                .is_undefined()
        );
    }
}

/// A check of the checks: exact decoding against decimal text.
#[test]
fn decoding_is_right() {
    assert_eq!(exact(0.75), Rational::new(3.into(), 4.into()));
    assert_eq!(exact(-6.5), Rational::new((-13).into(), 2.into()));
    assert_eq!(exact(f64::from_bits(3)), integer(3) * integer(2).pow(-1074));
    assert_eq!(
        exact(f64::MAX),
        (integer(2).pow(53) - integer(1)) * integer(2).pow(971)
    );
}
