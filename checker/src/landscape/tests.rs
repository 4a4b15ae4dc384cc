//! The loss and its gradient against plain floating point, and known values.
#![allow(clippy::float_arithmetic)]

use super::{Activation, Excess, Student, Surd, partitions};
use crate::number::{Rational, integer, ratio};
use num_traits::ToPrimitive;

/// The loss times π/(2A), from the kernel alone: every pair among neurons and
/// teachers, with outgoing weights a_i and −1.
fn loss(gain: f64, teachers: usize, a: &[f64], w: &[Vec<f64>]) -> f64 {
    let dimension = w[0].len();
    let mut units: Vec<(f64, Vec<f64>)> = a.iter().copied().zip(w.iter().cloned()).collect();
    for p in 0..teachers {
        units.push((
            -1.0,
            (0..dimension).map(|q| if p == q { 1.0 } else { 0.0 }).collect(),
        ));
    }
    let dot = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
    let mut sum = 0.0;
    for (a, v) in &units {
        for (b, w) in &units {
            let norm = (1.0 + gain * dot(v, v)) * (1.0 + gain * dot(w, w));
            sum += a * b * (gain * dot(v, w) / norm.sqrt()).asin();
        }
    }
    sum
}

fn float(x: &Surd) -> f64 {
    x.terms()
        .map(|(radicand, q)| q.to_f64().unwrap() * radicand.to_f64().unwrap().sqrt())
        .sum()
}

/// The exact slopes at rational weights agree with difference quotients.
#[test]
fn gradient_is_that_of_the_loss() {
    let rational = |list: &[(i64, i64)]| list.iter().map(|&(p, q)| ratio(p, q)).collect::<Vec<Rational>>();
    let weights = [
        vec![
            rational(&[(1, 2), (-1, 3), (2, 5)]),
            rational(&[(-3, 4), (1, 7), (0, 1)]),
        ],
        vec![
            rational(&[(1, 1), (2, 1), (0, 1)]),
            rational(&[(1, 3), (1, 3), (-1, 9)]),
        ],
    ];
    for name in ["erf", "erf:1/2", "erf:3"] {
        let activation = Activation::read(name).unwrap();
        let gain = activation.gain.to_f64().unwrap();
        for w in &weights {
            let a = [ratio(3, 2), ratio(-2, 3)];
            let surds = w
                .iter()
                .map(|row| row.iter().cloned().map(Surd::rational).collect())
                .collect();
            let student = Student::new(&activation, 2, a.to_vec(), surds);
            let point: Vec<f64> = a
                .iter()
                .chain(w.iter().flatten())
                .map(|q| q.to_f64().unwrap())
                .collect();
            let at = |x: &[f64]| loss(gain, 2, &x[..2], &[x[2..5].to_vec(), x[5..].to_vec()]);
            let slope = |index: usize| {
                let shifted = |h: f64| {
                    let mut x = point.clone();
                    x[index] += h;
                    at(&x)
                };
                (8.0 * (shifted(1e-3) - shifted(-1e-3)) - shifted(2e-3) + shifted(-2e-3)) / 12e-3
            };
            for (i, weight) in point.iter().take(2).enumerate() {
                let arcsines: f64 = student
                    .slope_in_a(i)
                    .unwrap()
                    .terms()
                    .map(|(square, q)| q.to_f64().unwrap() * square.to_f64().unwrap().sqrt().asin())
                    .sum();
                assert!((2.0 * arcsines - slope(i)).abs() < 1e-9, "{name} a_{i}");
                // ∂L/∂w_i was divided by 2 a_i b.
                let factor = 2.0 * weight * gain;
                for (c, exact) in student.slope_in_w(i).unwrap().iter().enumerate() {
                    let difference = factor * float(exact) - slope(2 + 3 * i + c);
                    assert!(difference.abs() < 1e-9, "{name} w_{i},{c}: {difference}");
                }
            }
            assert_eq!(student.is_critical(), Some(false));
        }
    }
}

/// Copy-average configurations pass, configurations beside them do not.
#[test]
fn only_the_configuration_itself_is_critical() {
    for name in ["erf", "erf:1/2", "erf-printed"] {
        let activation = Activation::read(name).unwrap();
        for sizes in [vec![1], vec![3], vec![2, 1], vec![3, 2], vec![2, 2, 1]] {
            let k: u64 = sizes.iter().sum();
            let teachers = usize::try_from(k).unwrap();
            let student = Student::copy_average(&activation, &sizes, 1).unwrap();
            assert_eq!(student.is_critical(), Some(true), "{name} {sizes:?}");
            assert_eq!(student.loss_is_additive(&sizes), Some(true), "{name} {sizes:?}");
            // Another outgoing weight.
            let beside = |change_a: bool| {
                let mut a: Vec<Rational> = sizes.iter().map(|&l| Rational::from_integer(l.into())).collect();
                let mut w = student.weights().to_vec();
                if change_a {
                    a[0] += ratio(1, 1_000_000);
                } else {
                    for component in &mut w[0] {
                        *component = component.scaled(&ratio(1_000_001, 1_000_000));
                    }
                }
                Student::new(&activation, teachers, a, w)
            };
            for change_a in [false, true] {
                let other = beside(change_a);
                assert_eq!(other.is_critical(), Some(false), "{name} {sizes:?}");
                assert_eq!(other.loss_is_additive(&sizes), Some(false), "{name} {sizes:?}");
            }
            // Other bucket sizes with the same sum.
            if k > 1 {
                let others = if sizes == [k] { vec![k - 1, 1] } else { vec![k] };
                assert_eq!(student.loss_is_additive(&others), Some(false), "{name} {sizes:?}");
            }
        }
    }
}

/// E(l) = l² asin(S/l) encloses floating-point values, closely.
#[test]
fn excess_is_close() {
    for sine in [ratio(1, 2), ratio(1, 3), ratio(18, 19), ratio(999, 1000)] {
        let excess = Excess::new(&sine, 100);
        for l in [1_u64, 2, 3, 10, 1000, 123_456] {
            let (low, high) = excess.at(l).unwrap();
            let size = l.to_f64().unwrap();
            let expected = size * size * (sine.to_f64().unwrap() / size).asin();
            let scale = 2_f64.powi(100);
            assert!((low.to_f64().unwrap() / scale / expected - 1.0).abs() < 1e-12);
            assert!(low < high && (&high - &low).to_f64().unwrap() < 1e4, "{sine} {l}");
        }
    }
    // l = 1 is evaluated otherwise: E(1) = asin(1/2) = π/6.
    let (low, high) = Excess::new(&ratio(1, 2), 60).at(1).unwrap();
    let sixth_of_pi: num_bigint::BigInt = "603668288173093570".parse().unwrap();
    assert!(low <= sixth_of_pi && sixth_of_pi <= high && &high - &low < 3.into());
}

/// For small k the partitions' losses in floating point give the same answer
/// as the rule's.
#[test]
fn the_best_partition_is_the_expected_one() {
    let bucket = |l: u64| {
        let l = l.to_f64().unwrap();
        l / 3.0 - std::f64::consts::FRAC_2_PI * l * l * (0.5 / l).asin()
    };
    for n in 1..=9 {
        let mut best = (f64::INFINITY, Vec::new());
        partitions(9, n, &mut |parts| {
            let sum: f64 = parts.iter().map(|&part| bucket(part)).sum();
            if sum < best.0 {
                best = (sum, parts.to_vec());
            }
            true
        });
        let mut expected = vec![9 - n + 1];
        expected.resize(usize::try_from(n).unwrap(), 1);
        assert_eq!(best.1, expected);
    }
}

#[test]
fn activations_by_name() {
    let activation = Activation::read("erf:3/4").unwrap();
    assert_eq!(
        (activation.gain.clone(), activation.teacher_sine()),
        (ratio(9, 8), ratio(9, 17))
    );
    assert_eq!(Activation::read("erf").unwrap().teacher_sine(), ratio(1, 2));
    assert_eq!(Activation::read("erf-printed").unwrap().amplitude, integer(2));
    for name in [
        "", "relu", "erf:", "erf:0", "erf:-1", "erf:x", "erf:1/0", "ERF", "erf: 1",
    ] {
        assert!(Activation::read(name).is_none(), "{name}");
    }
}
