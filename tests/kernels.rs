//! The arcsine kernel against integration with an error bound, against chance,
//! and its derivatives against automatic differentiation.

mod seeded;

use copyavg::activation::{Erf, Kernel, KernelPartials, OwnPartials};
use copyavg::arithmetic::rational::{integer, ratio};
use copyavg::arithmetic::{Enclosure, Interval, Jet, Precision, Rational, Scalar};
use copyavg::certify::quadrature::{QuadratureError, kernel_by_quadrature};
use num_traits::Pow;
use seeded::Seeded;
use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::erf::erf;
use std::f64::consts::FRAC_1_SQRT_2;

fn kernels() -> [Erf; 3] {
    [
        Erf::standard(),
        Erf::printed(),
        Erf::scaled(&ratio(1, 1)).unwrap(),
    ]
}

/// (q, r, u): correlated, anti-correlated, parallel, small and large weights.
fn points() -> Vec<[Rational; 3]> {
    [
        [(1, 1), (1, 1), (0, 1)],
        [(1, 1), (1, 1), (1, 1)],
        [(1, 1), (1, 1), (-1, 1)],
        [(1, 1), (1, 1), (1, 2)],
        [(1, 1), (1, 100), (1, 20)],
        [(1, 3), (1, 1), (1, 3)],
        [(1, 9), (1, 9), (-1, 9)],
        [(1, 1000), (1, 700), (1, 2000)],
        [(4, 1), (1, 1), (3, 2)],
        [(4, 1), (9, 1), (-5, 1)],
        [(9, 1), (4, 1), (6, 1)],
        [(1, 4), (2, 1), (2, 3)],
        [(16, 1), (1, 16), (1, 2)],
        [(16, 1), (16, 1), (15, 1)],
        [(25, 1), (1, 1), (-4, 1)],
    ]
    .into_iter()
    .map(|point| point.map(|(numerator, denominator)| ratio(numerator, denominator)))
    .collect()
}

#[test]
fn closed_form_lies_in_the_integral() {
    let context = Interval::context(Precision::new(200).unwrap());
    for kernel in kernels() {
        for [q, r, u] in points() {
            let integral = kernel_by_quadrature(&kernel, &q, &r, &u, 12).unwrap();
            assert!(integral.width().unwrap() <= ratio(1, 1_000_000_000_000));
            let value = kernel.value(
                &context.rational(&q),
                &context.rational(&r),
                &context.rational(&u),
            );
            let (low, high) = (value.lower().unwrap(), value.upper().unwrap());
            assert!(
                integral.lower().unwrap() <= low && high <= integral.upper().unwrap(),
                "{q} {r} {u}"
            );
        }
    }
}

/// With few digits the true errors are of the order of their bounds.
#[test]
fn coarse_integrals_contain_the_closed_form() {
    let context = Interval::context(Precision::START);
    for kernel in kernels() {
        for [q, r, u] in points() {
            let value = kernel.value(
                &context.rational(&q),
                &context.rational(&r),
                &context.rational(&u),
            );
            for digits in 0..5 {
                let integral = kernel_by_quadrature(&kernel, &q, &r, &u, digits).unwrap();
                assert!(
                    integral.contains(&value.midpoint().unwrap()),
                    "{q} {r} {u}: {digits}"
                );
            }
        }
    }
}

#[test]
fn quadrature_tells_other_kernels_apart() {
    let [standard, printed, _] = kernels();
    let context = Interval::context(Precision::START);
    let integral = kernel_by_quadrature(&printed, &integer(1), &integer(1), &ratio(1, 2), 12).unwrap();
    let other = standard.value(&context.one(), &context.one(), &context.ratio(1, 2));
    assert!(integral.certainly_greater(&other));
}

#[test]
fn quadrature_reaches_more_digits() {
    let integral = kernel_by_quadrature(&Erf::standard(), &integer(1), &integer(1), &integer(1), 30).unwrap();
    assert!(integral.contains(&ratio(1, 3)));
    assert!(integral.width().unwrap() <= integer(10).pow(-30));
}

#[test]
fn quadrature_refuses_what_it_cannot_do() {
    let kernel = Erf::standard();
    let no_vectors = kernel_by_quadrature(&kernel, &integer(1), &integer(1), &ratio(11, 10), 12);
    assert!(matches!(no_vectors, Err(QuadratureError::NoVectors)));
    let negative = kernel_by_quadrature(&kernel, &integer(-1), &integer(-1), &integer(0), 12);
    assert!(matches!(negative, Err(QuadratureError::NoVectors)));
    let large = kernel_by_quadrature(
        &kernel,
        &integer(10_000_000),
        &integer(10_000_000),
        &integer(0),
        12,
    );
    assert!(matches!(large, Err(QuadratureError::TooManyNodes)));
    let digits = kernel_by_quadrature(&kernel, &integer(1), &integer(1), &integer(0), u32::MAX);
    assert!(matches!(digits, Err(QuadratureError::TooManyNodes)));
    let nothing = kernel_by_quadrature(&kernel, &integer(0), &integer(3), &integer(0), 12).unwrap();
    assert!(nothing.is_exactly_zero());
}

/// Two independent standard Gaussians (Box & Muller 1958).
fn gaussians(random: &mut Seeded) -> (f64, f64) {
    let radius = (-2.0 * random.unit().ln()).sqrt();
    let (sine, cosine) = (std::f64::consts::TAU * random.unit()).sin_cos();
    (radius * cosine, radius * sine)
}

/// The mean of many samples, with an interval that misses its expectation with
/// probability 10⁻⁶ (normal approximation).
#[test]
fn chance_agrees() {
    let quantile = Normal::standard().inverse_cdf(1.0 - 0.5e-6);
    let samples = 400_000;
    let mut random = Seeded::new(5);
    for (beta, w, v) in [
        (FRAC_1_SQRT_2, [1.0, 0.0], [0.6, 0.8]),
        (FRAC_1_SQRT_2, [2.0, -1.0], [-1.0, 1.5]),
        (1.5, [0.3, 0.1], [0.3, -0.4]),
    ] {
        let sigma = |weights: [f64; 2], (x, y): (f64, f64)| erf(beta * (weights[0] * x + weights[1] * y));
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..samples {
            let input = gaussians(&mut random);
            let product = sigma(w, input) * sigma(v, input);
            sum += product;
            squares += product * product;
        }
        let count = f64::from(samples);
        let mean = sum / count;
        let deviation = (squares / count - mean * mean).sqrt();
        let radius = quantile * deviation / count.sqrt();
        let kernel = if beta == 1.5 {
            Erf::scaled(&ratio(3, 2)).unwrap()
        } else {
            Erf::standard()
        };
        let dot = |x: [f64; 2], y: [f64; 2]| x[0] * y[0] + x[1] * y[1];
        let value = kernel.value(&dot(w, w), &dot(v, v), &dot(w, v));
        assert!((mean - value).abs() <= radius, "{mean} ± {radius}, {value}");
        assert!(radius < 4e-3);
    }
}

/// Value, gradient and Hessian of `KernelPartials` in the order q, r, u.
fn listed<T: Scalar>(partials: KernelPartials<T>) -> [T; 10] {
    let KernelPartials {
        value,
        q,
        r,
        u,
        qq,
        qr,
        qu,
        rr,
        ru,
        uu,
    } = partials;
    [value, q, r, u, qq, qr, qu, rr, ru, uu]
}

/// The same from a jet in three variables.
fn jet_listed<T: Scalar>(jet: &Jet<T>) -> [T; 10] {
    let places = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)];
    let [qq, qr, qu, rr, ru, uu] = places.map(|(i, j)| jet.second(i, j));
    [
        jet.value().clone(),
        jet.first(0),
        jet.first(1),
        jet.first(2),
        qq,
        qr,
        qu,
        rr,
        ru,
        uu,
    ]
}

/// A kernel's value as a jet in (q, r, u).
fn jet_of_value<T: Scalar>(kernel: &Erf, point: &[T; 3]) -> Jet<T> {
    let variables = Jet::variables_at(point);
    kernel.value(&variables[0], &variables[1], &variables[2])
}

fn overlap(left: &Interval, right: &Interval) -> bool {
    !left.is_undefined() && !right.is_undefined() && left.intersection(right).is_some()
}

#[test]
fn partial_derivatives_are_those_of_the_value() {
    let context = Interval::context(Precision::START);
    let narrow = integer(10).pow(-25);
    for kernel in kernels() {
        for point in points() {
            let [q, r, u] = point.clone().map(|x| context.rational(&x));
            let jet = jet_listed(&jet_of_value(&kernel, &[q.clone(), r.clone(), u.clone()]));
            let partials = kernel.partials(&q, &r, &u);
            let slopes = kernel.slopes(&q, &r, &u);
            for (slope, jet) in [slopes.value, slopes.q, slopes.r, slopes.u].iter().zip(&jet) {
                assert!(overlap(slope, jet) && slope.width().unwrap() < narrow);
            }
            for (partial, jet) in listed(partials).iter().zip(&jet) {
                assert!(
                    overlap(partial, jet) && partial.width().unwrap() < narrow,
                    "{partial:?} {jet:?}"
                );
            }
        }
    }
}

#[test]
fn partial_derivatives_in_doubles() {
    let mut random = Seeded::new(6);
    for kernel in kernels() {
        for _ in 0..1000 {
            let (q, r) = (random.between(0.01, 9.0), random.between(0.01, 9.0));
            let u = random.between(-1.0, 1.0) * (q * r).sqrt();
            let jet = jet_listed(&jet_of_value(&kernel, &[q, r, u]));
            for (partial, jet) in listed(kernel.partials(&q, &r, &u)).iter().zip(jet) {
                assert!(
                    (partial - jet).abs() <= 1e-12 * (1.0 + jet.abs()),
                    "{partial} {jet}"
                );
            }
        }
    }
}

/// A neuron with itself: the kernel along q = r = u.
#[test]
fn own_values_are_the_diagonal() {
    let context = Interval::context(Precision::START);
    let narrow = integer(10).pow(-25);
    for kernel in kernels() {
        for q in [
            ratio(0, 1),
            ratio(1, 1000),
            ratio(1, 9),
            ratio(1, 1),
            ratio(7, 2),
            ratio(400, 1),
        ] {
            let q = Jet::variable(context.rational(&q), 0, 1);
            let diagonal = kernel.value(&q, &q, &q);
            let OwnPartials { value, first, second } = kernel.own(q.value());
            for (own, jet) in [
                (value, diagonal.value().clone()),
                (first, diagonal.first(0)),
                (second, diagonal.second(0, 0)),
            ] {
                assert!(
                    overlap(&own, &jet) && own.width().unwrap() < narrow,
                    "{own:?} {jet:?}"
                );
            }
        }
    }
}

#[test]
fn odd_kernels_vanish_without_correlation() {
    let context = Interval::context(Precision::START);
    for kernel in kernels() {
        assert!(kernel.is_odd());
        let (q, r) = (context.ratio(1, 3), context.integer(5));
        assert!(kernel.uncorrelated(&q, &r).is_exactly_zero());
        assert!(kernel.value(&q, &r, &context.zero()).is_exactly_zero());
    }
}
