//! Jets and Taylor series against each other, against difference quotients in
//! high precision, and against known series.

use copyavg::arithmetic::rational::{integer, ratio};
use copyavg::arithmetic::{
    DoubleInterval, Enclosure, Exact, Interval, Jet, Precision, Rational, Scalar, Series, rational,
};
use num_traits::{Signed, Zero};
use proptest::prelude::*;

/// An expression in three variables.
#[derive(Debug, Clone)]
enum Expression {
    Variable(usize),
    Constant(i64, i64),
    Add(Box<Self>, Box<Self>),
    Subtract(Box<Self>, Box<Self>),
    Multiply(Box<Self>, Box<Self>),
    Divide(Box<Self>, Box<Self>),
    Negate(Box<Self>),
    Square(Box<Self>),
    Power(Box<Self>, i32),
    Root(Box<Self>),
    Arcsine(Box<Self>),
    Arccosine(Box<Self>),
    Arctangent(Box<Self>),
}

impl Expression {
    fn at<T: Scalar>(&self, x: &[T]) -> T {
        match self {
            Self::Variable(i) => x[*i].clone(),
            Self::Constant(n, d) => x[0].ratio(*n, *d),
            Self::Add(a, b) => a.at(x) + b.at(x),
            Self::Subtract(a, b) => a.at(x) - b.at(x),
            Self::Multiply(a, b) => a.at(x) * b.at(x),
            Self::Divide(a, b) => a.at(x) / b.at(x),
            Self::Negate(a) => -a.at(x),
            Self::Square(a) => a.at(x).square(),
            Self::Power(a, n) => a.at(x).powi(*n),
            Self::Root(a) => a.at(x).sqrt(),
            Self::Arcsine(a) => a.at(x).asin(),
            Self::Arccosine(a) => a.at(x).acos(),
            Self::Arctangent(a) => a.at(x).atan(),
        }
    }
}

fn expressions() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        4 => (0_usize..3).prop_map(Expression::Variable),
        1 => (-9_i64..10, 1_i64..10).prop_map(|(n, d)| Expression::Constant(n, d)),
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        let one = || inner.clone().prop_map(Box::new);
        prop_oneof![
            2 => (one(), one()).prop_map(|(a, b)| Expression::Add(a, b)),
            2 => (one(), one()).prop_map(|(a, b)| Expression::Subtract(a, b)),
            3 => (one(), one()).prop_map(|(a, b)| Expression::Multiply(a, b)),
            2 => (one(), one()).prop_map(|(a, b)| Expression::Divide(a, b)),
            1 => one().prop_map(Expression::Negate),
            1 => one().prop_map(Expression::Square),
            1 => (one(), -4_i32..6).prop_map(|(a, n)| Expression::Power(a, n)),
            2 => one().prop_map(Expression::Root),
            2 => one().prop_map(Expression::Arcsine),
            2 => one().prop_map(Expression::Arccosine),
            2 => one().prop_map(Expression::Arctangent),
        ]
    })
}

fn points() -> impl Strategy<Value = [Rational; 3]> {
    let coordinate = || (-60_i64..61).prop_map(|n| ratio(n, 64));
    [coordinate(), coordinate(), coordinate()]
}

fn context(bits: u32) -> Interval {
    Interval::context(Precision::new(bits).unwrap())
}

fn at<T: Enclosure>(context: &T, point: &[Rational]) -> Vec<T> {
    point.iter().map(|q| context.rational(q)).collect()
}

/// Both enclose the same real, closely or not.
fn agree(x: &Interval, y: &Interval) -> bool {
    x.intersection(y).is_some()
}

/// Neither undefined nor of a size that spoils difference quotients.
fn moderate(x: &Interval) -> bool {
    x.lower()
        .zip(x.upper())
        .is_some_and(|(l, u)| l > integer(-1_000_000) && u < integer(1_000_000))
}

fn step() -> Rational {
    integer(2).pow(-300)
}

/// The point with multiples of the step added.
fn moved(point: &[Rational; 3], by: [i64; 3]) -> [Rational; 3] {
    [0, 1, 2].map(|i| &point[i] + step() * integer(by[i]))
}

fn close(x: &Interval, y: &Interval) -> bool {
    let difference = x.clone() - y;
    let bound = integer(2).pow(-100);
    match (difference.lower(), difference.upper()) {
        (Some(l), Some(u)) => l.abs() < bound && u.abs() < bound,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn jets_agree_with_difference_quotients(f in expressions(), point in points()) {
        // Errors: h² f‴ from the quotient, 2^−1500/h² from rounding.
        let fine = context(1500);
        let jet = f.at(&Jet::variables_at(&at(&fine, &point)));
        let parts: Vec<Interval> = (0..3).flat_map(|i| (0..=i).map(move |j| (i, j))).map(|(i, j)| jet.second(i, j)).collect();
        prop_assume!(moderate(jet.value()) && parts.iter().all(moderate));
        let value = |by: [i64; 3]| f.at(&at(&fine, &moved(&point, by)));
        let h = fine.rational(&step());
        let unit = |i: usize| { let mut e = [0; 3]; e[i] = 1; e };
        let plus = |a: [i64; 3], b: [i64; 3], s: i64, t: i64| [0, 1, 2].map(|k| s * a[k] + t * b[k]);
        for i in 0..3 {
            let e = unit(i);
            let first = (value(e) - value(plus(e, e, -1, 0))) / (h.clone() * fine.integer(2));
            // At the edge of a domain (√0, asin 1) there is no two-sided quotient.
            prop_assume!(!first.is_undefined());
            prop_assert!(close(&first, &jet.first(i)), "{first:?} {:?}", jet.first(i));
            for j in 0..=i {
                let d = unit(j);
                let second = (value(plus(e, d, 1, 1)) - value(plus(e, d, 1, -1)) - value(plus(e, d, -1, 1))
                    + value(plus(e, d, -1, -1))) / (h.square() * fine.integer(4));
                prop_assume!(!second.is_undefined());
                prop_assert!(close(&second, &jet.second(i, j)), "{i} {j} {second:?} {:?}", jet.second(i, j));
                prop_assert!(agree(&jet.second(i, j), &jet.second(j, i)));
            }
        }
    }

    #[test]
    fn series_along_a_line_agree_with_jets(f in expressions(), point in points(), direction in points()) {
        let fine = context(200);
        let jet = f.at(&Jet::variables_at(&at(&fine, &point)));
        let v = at(&fine, &direction);
        let line: Vec<Series<Interval>> = at(&fine, &point)
            .into_iter()
            .zip(&v)
            .map(|(x, v)| {
                let t = Series::variable(fine.zero(), 2);
                Series::constant(x, 2) + Series::constant(v.clone(), 2) * t
            })
            .collect();
        let series = f.at(&line);
        let mut slope = fine.zero();
        let mut curvature = fine.zero();
        for i in 0..3 {
            slope = slope + jet.first(i) * &v[i];
            for j in 0..3 {
                curvature = curvature + jet.second(i, j) * &v[i] * &v[j];
            }
        }
        for (coefficient, reference) in [
            (series.coefficient(0), jet.value().clone()),
            (series.coefficient(1), slope),
            (series.coefficient(2), curvature / fine.integer(2)),
        ] {
            // A derivative that one route finds may be undefined by the other
            // only where the function is not smooth or the direction is zero.
            if !coefficient.is_undefined() && !reference.is_undefined() {
                prop_assert!(agree(&coefficient, &reference), "{coefficient:?} {reference:?}");
            }
        }
        prop_assert_eq!(series.coefficient(0).is_undefined(), jet.value().is_undefined());
    }

    #[test]
    fn a_range_encloses_every_point(f in expressions(), point in points(), radius in 0_i64..20, place in -8_i64..=8) {
        // Jets and series over a box contain those at a point of the box.
        let coarse = context(53);
        let inside: Vec<Rational> = point.iter().map(|q| q + ratio(radius * place, 8 * 640)).collect();
        let boxed: Vec<Interval> = point
            .iter()
            .map(|q| coarse.between(Some(&(q - ratio(radius, 640))), Some(&(q + ratio(radius, 640)))))
            .collect();
        let over = f.at(&Jet::variables_at(&boxed));
        let within = f.at(&Jet::variables_at(&at(&context(300), &inside)));
        let contains = |outer: &Interval, inner: &Interval| {
            outer.is_undefined() || !inner.is_undefined() && agree(outer, inner)
        };
        prop_assert!(contains(over.value(), within.value()));
        for i in 0..3 {
            prop_assert!(contains(&over.first(i), &within.first(i)));
            for j in 0..=i {
                prop_assert!(contains(&over.second(i, j), &within.second(i, j)));
            }
        }
        let along = |x: Vec<Interval>| {
            let t = Series::variable(x[0].clone(), 5);
            f.at(&[t, Series::constant(x[1].clone(), 5), Series::constant(x[2].clone(), 5)])
        };
        let (over, within) = (along(boxed), along(at(&context(300), &inside)));
        for j in 0..=5 {
            prop_assert!(contains(&over.coefficient(j), &within.coefficient(j)), "{j}");
        }
    }

    #[test]
    fn the_lagrange_remainder_holds(f in expressions(), point in points(), radius in 1_i64..20, place in -8_i64..=8) {
        // f(x) ∈ Σ_{j<N} c_j(m) (x − m)^j + c_N(X) (x − m)^N.
        let fine = context(200);
        let others = at(&fine, &point);
        let along = |x: Interval, order: usize| {
            let constant = |i: usize| Series::constant(others[i].clone(), order);
            f.at(&[Series::variable(x, order), constant(1), constant(2)])
        };
        let (middle, radius) = (point[0].clone(), ratio(radius, 64));
        let range = fine.between(Some(&(&middle - &radius)), Some(&(&middle + &radius)));
        let step = &radius * ratio(place, 8);
        let exact = along(fine.rational(&(&middle + &step)), 0).coefficient(0);
        for order in 1..=4 {
            let over = along(range.clone(), order);
            if (0..=order).any(|j| over.coefficient(j).is_undefined()) {
                continue;
            }
            let centre = along(fine.rational(&middle), order);
            let mut sum = fine.zero();
            for j in 0..order {
                sum = sum + centre.coefficient(j) * fine.rational(&step.pow(i32::try_from(j).unwrap()));
            }
            sum = sum + over.coefficient(order) * fine.rational(&step.pow(i32::try_from(order).unwrap()));
            prop_assert!(!exact.is_undefined() && agree(&sum, &exact), "{order} {sum:?} {exact:?}");
        }
    }

    #[test]
    fn every_arithmetic_gives_the_same_jet(f in expressions(), point in points()) {
        let reference = f.at(&Jet::variables_at(&at(&context(200), &point)));
        let double = f.at(&Jet::variables_at(&at(&DoubleInterval::context(), &point)));
        let exact: Vec<Exact> = point.iter().cloned().map(Exact::from).collect();
        let exact = f.at(&Jet::variables_at(&exact));
        let same = |fast: DoubleInterval, exact: Exact, slow: Interval| {
            let fast = Interval::enclosing(Precision::START, &fast);
            let meets = fast.is_undefined() || slow.is_undefined() || agree(&fast, &slow);
            meets && exact.value().is_none_or(|q| slow.contains(q) && fast.contains(q))
        };
        prop_assert!(same(*double.value(), exact.value().clone(), reference.value().clone()));
        for i in 0..3 {
            prop_assert!(same(double.first(i), exact.first(i), reference.first(i)));
            for j in 0..=i {
                prop_assert!(same(double.second(i, j), exact.second(i, j), reference.second(i, j)));
            }
        }
    }

    #[test]
    fn exact_series_lie_in_interval_series(f in expressions(), start in -60_i64..61) {
        let start = ratio(start, 64);
        let exact = Series::variable(Exact::from(start.clone()), 5);
        let enclosed = Series::variable(context(100).rational(&start), 5);
        let exact = f.at(&[exact.clone(), exact.square(), exact]);
        let enclosed = f.at(&[enclosed.clone(), enclosed.square(), enclosed]);
        for j in 0..=5 {
            if let Some(q) = exact.coefficient(j).value() {
                prop_assert!(enclosed.coefficient(j).contains(q), "{j} {q} {:?}", enclosed.coefficient(j));
            }
        }
    }
}

/// The Taylor coefficients at 0, exactly.
fn known(f: impl Fn(Series<Exact>) -> Series<Exact>, order: usize) -> Vec<Rational> {
    let series = f(Series::variable(Exact::from(integer(0)), order));
    (0..=order)
        .map(|j| series.coefficient(j).value().unwrap().clone())
        .collect()
}

/// C(a, j) for a rational a.
fn binomial(a: &Rational, j: i64) -> Rational {
    (0..j).fold(integer(1), |product, i| {
        product * (a - integer(i)) / integer(i + 1)
    })
}

#[test]
fn known_series() {
    let order = 41;
    let (arcsine, arctangent) = (known(|x| x.asin(), order), known(|x| x.atan(), order));
    let root = known(|x| (x.one() + x).sqrt(), order);
    let inverse = known(|x| x.one() / (x.one() - x), order);
    let power = known(|x| (x.one() - x).powi(-7), order);
    let polynomial = known(|x| (x.one() + x).powi(9), order);
    for j in 0..=order {
        let n = i64::try_from(j).unwrap();
        let half = n / 2;
        let odd = n % 2 == 1;
        let central = binomial(&integer(2 * half), half);
        let expected = central / integer(4).pow(i32::try_from(half).unwrap()) / integer(2 * half + 1);
        assert_eq!(arcsine[j], if odd { expected } else { integer(0) });
        let sign = if half % 2 == 0 { 1 } else { -1 };
        assert_eq!(arctangent[j], if odd { ratio(sign, n) } else { integer(0) });
        assert_eq!(root[j], binomial(&ratio(1, 2), n));
        assert_eq!(inverse[j], integer(1));
        assert_eq!(power[j], binomial(&integer(6 + n), 6));
        assert_eq!(polynomial[j], binomial(&integer(9), n));
    }
    assert!(
        known(|x| x.square() + x.ratio(1, 2), 5)[3..]
            .iter()
            .all(Zero::is_zero)
    );
}

#[test]
fn undefined_values_have_no_coefficients() {
    let x = Series::variable(context(53).zero(), 3);
    let undefined = x.integer(-1).sqrt();
    for f in [
        undefined.clone(),
        undefined.clone() + &x,
        undefined.clone() * x.zero(),
        undefined.powi(0),
        x.one() / &x,
    ] {
        assert!((0..6).all(|j| f.coefficient(j).is_undefined()));
    }
    // √x is defined at 0, its derivative is not.
    assert!(!x.sqrt().coefficient(0).is_undefined() && x.sqrt().coefficient(1).is_undefined());
}

#[test]
fn exact_values() {
    let x = Exact::from(ratio(9, 4));
    let value = |x: &Exact| x.value().cloned();
    assert_eq!(value(&x.sqrt()), Some(ratio(3, 2)));
    assert_eq!(value(&x.powi(-2)), Some(ratio(16, 81)));
    assert_eq!(value(&x.zero().acos()), None);
    assert_eq!(value(&x.one().acos()), Some(integer(0)));
    assert_eq!(value(&x.zero().asin()), Some(integer(0)));
    for undefined in [
        x.pi(),
        x.integer(2).sqrt(),
        x.integer(-1).sqrt(),
        x.one() / x.zero(),
        x.zero().powi(-1),
        x.powi(i32::MAX),
    ] {
        assert_eq!(value(&undefined), None);
        assert_eq!(value(&(undefined.clone() * x.zero())), None);
        assert_eq!(value(&undefined.powi(0)), None);
    }
    assert!(rational::equal(x.value().unwrap(), &ratio(9, 4)));
}
