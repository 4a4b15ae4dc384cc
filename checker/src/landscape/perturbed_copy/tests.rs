//! Equations, blocks and sums against plain floating point.
#![allow(clippy::float_arithmetic, clippy::as_conversions)]

use super::{DenseBlock, Family, Point, blocks, equations, loss, totals};
use crate::arithmetic::{Dyadic, Gradient, Interval, Number, Round};
use crate::number::{Rational, integer, ratio};
use num_bigint::BigInt;
use num_traits::ToPrimitive;

#[path = "../../../tests/support/dense.rs"]
#[allow(dead_code, clippy::pedantic)]
mod dense;
#[path = "../../../tests/support/perturbed.rs"]
#[allow(dead_code, clippy::pedantic)]
mod perturbed;

/// The common value of narrow ends.
fn float(x: &Interval) -> f64 {
    let end = |x: &Dyadic| x.scaled(300).unwrap().to_integer(Round::Down, 100_000).unwrap();
    let (low, high) = (end(x.lower().unwrap()), end(x.upper().unwrap()));
    let value = |n: BigInt| Rational::new(n, BigInt::from(1) << 300).to_f64().unwrap();
    let (low, high) = (value(low), value(high));
    assert!((high - low).abs() <= 1e-15 * (1.0 + high.abs()), "{low} {high}");
    low
}

/// Some points, by no means critical.
fn points() -> Vec<Point<Rational>> {
    vec![
        [ratio(7, 10), ratio(-1, 7), ratio(2, 11), ratio(5, 4)],
        [ratio(-3, 5), ratio(4, 9), ratio(-1, 6), ratio(-9, 8)],
        [ratio(13, 12), ratio(1, 50), ratio(3, 7), ratio(17, 8)],
    ]
}

fn all_families() -> impl Iterator<Item = Family> {
    (3..=7_u64).flat_map(|teachers| {
        (2..teachers).flat_map(move |neurons| {
            (0..=1).map(move |extra| Family {
                neurons,
                teachers,
                extra,
            })
        })
    })
}

fn intervals(point: &Point<Rational>) -> Point<Interval> {
    point
        .clone()
        .map(|q| Interval::integer(0, 128).constant(&q).unwrap())
}

/// The same student in all its weights.
fn student(family: &Family, point: &Point<Rational>) -> dense::Point {
    let [n, k, extra] = [family.neurons, family.teachers, family.extra].map(|x| usize::try_from(x).unwrap());
    let [alpha, beta, gamma, a] = point.clone().map(|q| q.to_f64().unwrap());
    let entry = |i: usize, p: usize| match p {
        p if p == i => alpha,
        p if p < n => beta,
        p if p < k => gamma,
        _ => 0.0,
    };
    let row = |i: usize| (0..k + extra).map(|p| entry(i, p)).collect();
    dense::Point::student(k, vec![a; n], (0..n).map(row).collect())
}

fn values(block: &DenseBlock) -> Vec<f64> {
    dense::eigenvalues(
        block
            .matrix
            .entries()
            .iter()
            .map(|row| row.iter().map(float).collect())
            .collect(),
    )
}

/// The blocks have all eigenvalues of the dense Hessian, and the sums over the
/// entries are those of its entries.
#[test]
fn blocks_are_those_of_the_dense_hessian() {
    let unit = 4.0 / std::f64::consts::PI;
    for family in all_families() {
        for point in points() {
            let hessian = student(&family, &point).hessian();
            let trace: f64 = (0..hessian.len()).map(|i| hessian[i][i]).sum();
            let norm: f64 = hessian.iter().flatten().map(|x| x * x).sum();
            let at = intervals(&point);
            let mut listed: Vec<f64> = vec![];
            for block in blocks(&family, &at).unwrap() {
                for _ in 0..block.times.to_usize().unwrap() {
                    listed.extend(values(&block).iter().map(|x| unit * x));
                }
            }
            listed.sort_by(f64::total_cmp);
            let expected = dense::eigenvalues(hessian);
            assert_eq!(listed.len(), expected.len(), "{family:?}");
            for (x, y) in listed.iter().zip(&expected) {
                assert!(
                    (x - y).abs() < 1e-10 * (1.0 + norm.sqrt()),
                    "{family:?} {point:?}: {x} {y}"
                );
            }
            let (ours, our_norm) = totals(&family, &at).unwrap();
            assert!(
                (unit * float(&ours) - trace).abs() < 1e-10 * (1.0 + trace.abs()),
                "{family:?}"
            );
            assert!(
                (unit * unit * float(&our_norm) - norm).abs() < 1e-10 * norm,
                "{family:?}"
            );
        }
    }
}

/// The loss is that of the student, and the equations are its derivatives.
#[test]
fn equations_are_derivatives_of_the_loss() {
    for family in all_families() {
        for point in points() {
            let at = intervals(&point);
            let value = float(&loss(&family, &at).unwrap());
            assert!((value - student(&family, &point).loss()).abs() < 1e-12 * (1.0 + value.abs()));
            let variables = [0, 1, 2, 3].map(|place| Gradient::variable(&at[place], place, 4).unwrap());
            let slopes = loss(&family, &variables).unwrap();
            let n = BigInt::from(family.neurons);
            let counts = [n.clone(), &n * (&n - 1), &n * family.rest(), n];
            let quarter = at[0].pi().unwrap().scaled(-2).unwrap();
            for ((slope, value), count) in slopes
                .partials()
                .iter()
                .zip(equations(&family, &at).unwrap())
                .zip(counts)
            {
                let count = quarter.constant(&Rational::from_integer(count)).unwrap();
                let expected = value.product(&count).unwrap().quotient(&quarter).unwrap();
                let difference = float(&slope.difference(&expected).unwrap());
                assert!(difference.abs() < 1e-30, "{family:?} {point:?}: {difference}");
            }
        }
    }
}

/// One average neuron, divided into n equal ones, solves the equations.
#[test]
fn equal_neurons_are_critical() {
    for family in all_families() {
        let k = integer(i64::try_from(family.teachers).unwrap());
        let n = integer(i64::try_from(family.neurons).unwrap());
        let like = Interval::integer(0, 128);
        let square = like.constant(&(&k * (integer(2) * &k - integer(1)))).unwrap();
        let entry = like
            .constant(&integer(1))
            .unwrap()
            .quotient(&square.root().unwrap())
            .unwrap();
        let a = like.constant(&(&k / &n)).unwrap();
        let at = [entry.clone(), entry.clone(), entry, a];
        for value in equations(&family, &at).unwrap() {
            assert!(float(&value).abs() < 1e-30, "{family:?}");
        }
    }
}

/// Claims about many neurons. The eigenvalues are those of this module: they
/// are checked above.
#[test]
fn large_numbers_are_no_obstacle() {
    for (neurons, teachers, extra) in [(800, 1000, 3), (600, 1000, 0), (800_000, 1_000_000, 1)] {
        let family = Family {
            neurons,
            teachers,
            extra,
        };
        let x = perturbed::solution(neurons, teachers).unwrap();
        let at = intervals(&x.map(|x| Rational::from_float(x).unwrap()));
        let unit = 4.0 / std::f64::consts::PI;
        let listed: Vec<(String, u64, Vec<f64>)> = blocks(&family, &at)
            .unwrap()
            .iter()
            .map(|block| {
                let scaled = values(block).iter().map(|x| unit * x).collect();
                (block.name.to_string(), block.times.to_u64().unwrap(), scaled)
            })
            .collect();
        let [alpha, beta, gamma, a] = x.map(f64::abs);
        let radii = [1e-10 * alpha, 1e-6 * beta, 1e-9 * gamma, 1e-10 * a];
        let lines = perturbed::claim([neurons, teachers, extra], x, radii, 1e-7, &listed);
        let body = format!("copyavg certificate 1\n{}\n", lines.join("\n"));
        let text = format!("{body}digest sha256 {}\n", crate::sha256(&body));
        let start = std::time::Instant::now();
        let words = crate::check(&text).unwrap_or_else(|fault| panic!("{neurons} {teachers}: {fault}"));
        println!("n = {neurons}, k = {teachers}: {:?}", start.elapsed());
        println!("{words}");
    }
}
