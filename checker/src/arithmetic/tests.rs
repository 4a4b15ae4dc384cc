//! Inclusion: random exact rationals stay inside, and so do values of Arb.

use super::{Dyadic, Exact, Gradient, Interval, Number, Round, Series};
use crate::number::{Rational, integer, ratio, read_rational};
use num_bigint::BigInt;
use num_traits::{Pow, Signed, Zero};
use std::cmp::Ordering;

/// A linear congruential generator (Knuth's MMIX constants).
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    /// A rational of any size and sign, often a small integer or dyadic.
    fn rational(&mut self) -> Rational {
        let mut size = |bits: u64| {
            let bits = self.next(bits) + 1;
            (0..bits).fold(BigInt::from(1), |n, _| n * 2 + self.next(2))
        };
        let (p, q) = (size(80), size(80));
        let sign = if self.next(2) == 0 { 1 } else { -1 };
        match self.next(4) {
            0 => integer(i64::try_from(self.next(7)).unwrap() - 3),
            1 => Rational::new(p * sign, BigInt::from(1) << self.next(200)),
            _ => Rational::new(p * sign, q),
        }
    }

    /// An interval and a rational inside; sometimes a point, sometimes unbounded.
    fn inside(&mut self, bits: u64) -> (Interval, Rational) {
        let (a, b) = (self.rational(), self.rational());
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        let inside = match self.next(4) {
            0 => low.clone(),
            1 => high.clone(),
            _ => &low + (&high - &low) * ratio(i64::try_from(self.next(9)).unwrap(), 8),
        };
        let interval = match self.next(8) {
            0 => Interval::between(None, Some(&high), bits),
            1 => Interval::between(Some(&low), None, bits),
            2 => {
                return (
                    Interval::between(Some(&inside), Some(&inside), bits).unwrap(),
                    inside,
                );
            }
            _ => Interval::between(Some(&low), Some(&high), bits),
        };
        (interval.unwrap(), inside)
    }
}

fn value(x: &Dyadic) -> Rational {
    // m·2^e from integers alone.
    let scaled = |places: i64| x.scaled(places).unwrap();
    let mut places = 0_i64;
    while scaled(places).to_integer(Round::Down, 100_000) != scaled(places).to_integer(Round::Up, 100_000) {
        places = places * 2 + 64;
    }
    let n = scaled(places).to_integer(Round::Down, 100_000).unwrap();
    Rational::new(n, BigInt::from(2).pow(u32::try_from(places).unwrap()))
}

fn contains(x: &Interval, q: &Rational) -> bool {
    x.lower().is_none_or(|a| value(a) <= *q) && x.upper().is_none_or(|b| *q <= value(b))
}

#[test]
fn operations_contain_exact_results() {
    let mut random = Random(1);
    let mut counts = [0_usize; 6];
    for round in 0..20_000 {
        let bits = [2, 5, 53, 64, 100][round % 5];
        let ((x, p), (y, q)) = (random.inside(bits), random.inside(bits));
        let n = u32::try_from(random.next(6)).unwrap();
        let results = [
            (x.sum(&y), Some(&p + &q)),
            (x.difference(&y), Some(&p - &q)),
            (x.product(&y), Some(&p * &q)),
            (x.quotient(&y), (!q.is_zero()).then(|| &p / &q)),
            (x.power(n), Some(Exact(p.clone()).power(n).unwrap().0)),
            (Some(x.absolute()), Some(p.abs())),
        ];
        for (count, (result, exact)) in counts.iter_mut().zip(results) {
            if let Some(result) = result {
                assert!(
                    contains(&result, &exact.expect("a defined result")),
                    "{x:?} {y:?} {p} {q} {n}"
                );
                *count += 1;
            }
        }
        if let Some(root) = x.root() {
            // √p lies inside if p lies between the squares of the ends.
            let square = |end: &Dyadic| value(end) * value(end);
            assert!(
                root.lower().is_none_or(|a| square(a) <= p) && root.upper().is_none_or(|b| p <= square(b))
            );
        }
        assert!(!x.certainly_positive() || p.is_positive());
    }
    assert!(counts.iter().all(|&count| count > 5_000), "{counts:?}");
}

#[test]
fn division_by_what_may_be_zero_is_undefined() {
    let between = |a: i64, b: i64| Interval::between(Some(&integer(a)), Some(&integer(b)), 64).unwrap();
    for divisor in [between(0, 0), between(0, 1), between(-1, 0), between(-1, 1)] {
        assert!(between(1, 1).quotient(&divisor).is_none());
        assert!(between(0, 0).quotient(&divisor).is_none());
    }
    let all = Interval::between(None, None, 64).unwrap();
    assert!(between(1, 1).quotient(&all).is_none() && all.root().is_none() && all.asin().is_none());
    assert!(
        between(-1, 1).root().is_none() && between(0, 2).asin().is_none() && between(-2, 0).acos().is_none()
    );
    assert!(between(0, 0).product(&all).unwrap().is_exactly_zero());
    assert!(Interval::new(Some(Dyadic::integer(1)), Some(Dyadic::integer(0)), 64).is_none());
}

#[test]
fn summands_far_apart_are_rounded_outward() {
    let big = Dyadic::new(BigInt::from(1), 1 << 30).unwrap();
    for small in [
        Dyadic::new(BigInt::from(1), -(1 << 30)).unwrap(),
        Dyadic::new(BigInt::from(-1), -(1 << 30)).unwrap(),
    ] {
        for large in [big.clone(), big.negative()] {
            let down = large.sum(&small, 64, Round::Down).unwrap();
            let up = large.sum(&small, 64, Round::Up).unwrap();
            assert_eq!(down.compare(&up), Ordering::Less);
            let expected = if small.sign() == Ordering::Greater {
                (Ordering::Equal, Ordering::Greater)
            } else {
                (Ordering::Less, Ordering::Equal)
            };
            assert_eq!((down.compare(&large), up.compare(&large)), expected);
        }
    }
    // Numbers out of reach are undefined, not wrapped around.
    let huge = Dyadic::new(BigInt::from(1), 1 << 40).unwrap();
    assert!(huge.product(&huge).is_none() && huge.scaled(1).is_none() && huge.scaled(i64::MAX).is_none());
}

/// Values of python-flint (Arb), made by `scripts/elementary_reference.py`.
#[test]
fn functions_contain_the_values_of_arb() {
    let table = include_str!("../../../tests/data/elementary.csv");
    let mut compared = 0;
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [name, x, lower, upper, exponent] = fields.as_slice() else {
            panic!("{line}")
        };
        let x = read_rational(x).unwrap();
        let exponent: i32 = exponent.parse().unwrap();
        let scale = Rational::from_integer(10.into()).pow(exponent);
        let reference = [lower, upper].map(|n| Rational::from_integer(n.parse().unwrap()) * &scale);
        for bits in [24, 64, 150] {
            let at = Interval::between(Some(&x), Some(&x), bits).unwrap();
            let result = match *name {
                "asin" => at.asin(),
                "acos" => at.acos(),
                "atan" => at.atan(),
                "exp" => at.exp(),
                "erf" => at.erf(),
                "sqrt" => at.root(),
                "pi" => at.pi(),
                _ => continue,
            };
            let result = result.unwrap_or_else(|| panic!("{line} at {bits} bits"));
            let (low, high) = (value(result.lower().unwrap()), value(result.upper().unwrap()));
            assert!(
                low <= reference[1] && reference[0] <= high,
                "{line} at {bits} bits"
            );
            // Narrow, up to the conditioning of the functions at these points.
            let size = reference[0].abs().max(ratio(1, 1000));
            let width = (high - low) / size;
            assert!(
                width < Rational::new(BigInt::from(1 << 14), BigInt::from(1) << bits),
                "{line} at {bits} bits: {width}"
            );
            compared += 1;
        }
    }
    assert!(compared > 800, "{compared}");
}

#[test]
fn functions_of_intervals_contain_those_of_their_points() {
    let mut random = Random(7);
    let at = |q: &Rational| Interval::between(Some(q), Some(q), 100).unwrap();
    for _ in 0..300 {
        let mut unit = || {
            let n = i64::try_from(random.next(2001)).unwrap();
            ratio(n - 1000, 1000)
        };
        let (a, b) = (unit(), unit());
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        let middle = (&low + &high) / integer(2);
        let x = Interval::between(Some(&low), Some(&high), 64).unwrap();
        for f in [
            Interval::asin,
            Interval::acos,
            Interval::atan,
            Interval::exp,
            Interval::erf,
        ] {
            let (whole, point) = (f(&x).unwrap(), f(&at(&middle)).unwrap());
            assert!(value(whole.lower().unwrap()) <= value(point.upper().unwrap()));
            assert!(value(point.lower().unwrap()) <= value(whole.upper().unwrap()));
            // Ends are attained.
            for end in [&low, &high] {
                let end = f(&at(end)).unwrap();
                assert!(value(whole.lower().unwrap()) <= value(end.upper().unwrap()));
                assert!(value(end.lower().unwrap()) <= value(whole.upper().unwrap()));
            }
        }
    }
}

/// Taylor coefficients that are known exactly.
#[test]
fn series_have_known_coefficients() {
    let zero = Exact(integer(0));
    let x = Series::variable(&zero, 7).unwrap();
    let one = x.constant(&integer(1)).unwrap();
    let coefficients = |y: Option<Series<Exact>>| {
        let y = y.unwrap();
        (0..8)
            .map(|n| y.coefficient(n).unwrap().0.clone())
            .collect::<Vec<_>>()
    };
    let list = |pairs: [(i64, i64); 8]| pairs.map(|(p, q)| ratio(p, q)).to_vec();
    assert_eq!(
        coefficients(x.asin()),
        list([(0, 1), (1, 1), (0, 1), (1, 6), (0, 1), (3, 40), (0, 1), (5, 112)])
    );
    assert_eq!(
        coefficients(x.atan()),
        list([(0, 1), (1, 1), (0, 1), (-1, 3), (0, 1), (1, 5), (0, 1), (-1, 7)])
    );
    let root = one.sum(&x).unwrap().root();
    assert_eq!(
        coefficients(root),
        list([
            (1, 1),
            (1, 2),
            (-1, 8),
            (1, 16),
            (-5, 128),
            (7, 256),
            (-21, 1024),
            (33, 2048)
        ])
    );
    let inverse = one.quotient(&one.difference(&x).unwrap());
    assert_eq!(coefficients(inverse), vec![integer(1); 8]);
    let power = one.sum(&x).unwrap().power(5);
    assert_eq!(
        coefficients(power),
        [1, 5, 10, 10, 5, 1, 0, 0].map(integer).to_vec()
    );
    // acos = π/2 − asin is irrational at 0.
    assert!(x.acos().is_none());
    assert!(x.root().is_none() && one.quotient(&x).is_none());
}

/// Partial derivatives are the first Taylor coefficients in one variable.
#[test]
fn gradients_agree_with_series() {
    /// Every operation, in x and y.
    fn formula<N: Number>(x: &N, y: &N) -> Option<N> {
        let first = x.asin()?.product(&y.acos()?)?.quotient(&x.sum(y)?.root()?)?;
        let second = x.power(3)?.difference(&y.power(0)?)?.atan()?.negative();
        first.sum(&second)?.product(&x.pi()?)?.difference(&y.power(1)?)
    }
    let at = |p: i64, q: i64| Interval::integer(0, 100).constant(&ratio(p, q)).unwrap();
    for (x, y) in [(at(1, 3), at(1, 7)), (at(-1, 5), at(1, 2)), (at(7, 9), at(-2, 3))] {
        let variables = [
            Gradient::variable(&x, 0, 2).unwrap(),
            Gradient::variable(&y, 1, 2).unwrap(),
        ];
        let gradient = formula(&variables[0], &variables[1]).unwrap();
        let moving = |point: &Interval| Series::variable(point, 1).unwrap();
        let fixed = |point: &Interval| {
            let difference = moving(point).difference(&moving(&Interval::integer(0, 100)));
            difference.unwrap()
        };
        let series = [
            formula(&moving(&x), &fixed(&y)).unwrap(),
            formula(&fixed(&x), &moving(&y)).unwrap(),
        ];
        for (partial, series) in gradient.partials().iter().zip(series) {
            let slope = series.coefficient(1).unwrap();
            let difference = partial.difference(slope).unwrap().absolute();
            let bound = Interval::integer(1, 100).scaled(-80).unwrap();
            assert!(contains(&difference, &integer(0)), "{partial:?} {slope:?}");
            assert!(bound.difference(&difference).unwrap().certainly_positive());
        }
    }
    // What has no derivative has no gradient.
    let one = Gradient::variable(&at(1, 1), 0, 1).unwrap();
    let zero = Gradient::variable(&at(0, 1), 0, 1).unwrap();
    assert!(one.asin().is_none() && one.acos().is_none() && zero.root().is_none());
    assert!(one.quotient(&zero).is_none() && zero.asin().is_some());
    assert!(Gradient::variable(&at(1, 1), 2, 2).is_none());
}
