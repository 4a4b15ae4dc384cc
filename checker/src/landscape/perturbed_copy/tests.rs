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

/// Eigenvalues by bisection: doubles do not suffice where large entries stand
/// beside small eigenvalues.
fn bisected(block: &DenseBlock, like: &Interval) -> Vec<f64> {
    let (_, norm) = block.matrix.totals(like).unwrap();
    let bound = 2.0 * float(&norm).sqrt();
    let below = |x: f64| {
        let shift = like.constant(&Rational::from_float(x).unwrap()).unwrap();
        block.matrix.below(&shift)
    };
    let eigenvalue = |number: usize| {
        let (mut low, mut high) = (-bound, bound);
        loop {
            let middle = f64::midpoint(low, high);
            if middle <= low || middle >= high {
                return middle;
            }
            match below(middle) {
                None => return middle,
                Some(count) if count > number => high = middle,
                Some(_) => low = middle,
            }
        }
    };
    (0..block.matrix.rows()).map(eigenvalue).collect()
}

/// The inverse of the Jacobian.
fn preconditioner(family: &Family, at: &Point<Interval>) -> [perturbed::Four; 4] {
    let variables = [0, 1, 2, 3].map(|place| Gradient::variable(&at[place], place, 4).unwrap());
    let slopes = equations(family, &variables).unwrap();
    perturbed::inverse(slopes.map(|slope| [0, 1, 2, 3].map(|place| float(&slope.partials()[place]))))
}

/// Some steps of Newton's method.
fn improved(family: &Family, start: perturbed::Four) -> perturbed::Four {
    let rational = |x: f64| Rational::from_float(x).unwrap();
    let mut x = start.map(rational);
    for _ in 0..30 {
        let at = intervals(&x);
        let matrix = preconditioner(family, &at);
        let values = equations(family, &at).unwrap().map(|value| float(&value));
        for (x, row) in x.iter_mut().zip(matrix) {
            let step: f64 = row.iter().zip(values).map(|(c, value)| c * value).sum();
            *x -= rational(step);
        }
    }
    x.map(|q| q.to_f64().unwrap())
}

/// Claims about many neurons. The eigenvalues are those of this module: they
/// are checked above.
#[test]
fn large_numbers_are_no_obstacle() {
    for (neurons, teachers, extra) in [
        (800, 1000, 3),
        (600, 1000, 0),
        (800_000, 1_000_000, 1),
        (800_000_000_000, 1_000_000_000_000, 7),
    ] {
        let family = Family {
            neurons,
            teachers,
            extra,
        };
        let k = teachers.to_f64().unwrap();
        // The solution for n = 4k/5 and k → ∞.
        let limit = [1.0 - 7.24 / k, -10.525 / (k * k), 1.25 / k, 1.0 + 12.12 / k];
        let x = improved(&family, perturbed::solution(neurons, teachers).unwrap_or(limit));
        let at = intervals(&x.map(|x| Rational::from_float(x).unwrap()));
        let unit = 4.0 / std::f64::consts::PI;
        let listed: Vec<(String, u128, Vec<f64>)> = blocks(&family, &at)
            .unwrap()
            .iter()
            .map(|block| {
                let scaled = bisected(block, &Interval::integer(0, 128));
                let scaled = scaled.iter().map(|x| unit * x).collect();
                (block.name.to_string(), block.times.to_u128().unwrap(), scaled)
            })
            .collect();
        let [alpha, beta, gamma, a] = x.map(f64::abs);
        let fine = (1e-4 / k).max(1e-14);
        let radii = [fine * alpha, 1e-4 * beta, fine * gamma, fine * a];
        let matrix = preconditioner(&family, &at);
        let mut lines = perturbed::claim([neurons, teachers, extra], x, radii, 1e-6, matrix, &listed);
        // Doubles do not suffice to compare losses for k = 10^12.
        let order = if neurons == 600 {
            "order higher"
        } else {
            "order lower"
        };
        let place = lines.iter().position(|line| line.starts_with("order")).unwrap();
        lines[place] = order.to_string();
        let seal = |lines: &[String]| {
            let body = format!("copyavg certificate 1\n{}\n", lines.join("\n"));
            format!("{body}digest sha256 {}\n", crate::sha256(&body))
        };
        let start = std::time::Instant::now();
        let words =
            crate::check(&seal(&lines)).unwrap_or_else(|fault| panic!("{neurons} {teachers}: {fault}"));
        println!("n = {neurons}, k = {teachers}: {:?}", start.elapsed());
        assert!(words.to_string().contains(&format!("n = {neurons} neurons")));
        // The opposite order is refused.
        lines[place] = if neurons == 600 {
            "order lower"
        } else {
            "order higher"
        }
        .to_string();
        assert!(crate::check(&seal(&lines)).is_err());
    }
}
