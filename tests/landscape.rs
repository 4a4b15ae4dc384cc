//! The loss, its gradient and its Hessian: against formulas written out by
//! hand, against differences, and against what symmetry and theory say.

mod explicit_erf;
mod seeded;

use copyavg::activation::Erf;
use copyavg::arithmetic::rational::{integer, ratio};
use copyavg::arithmetic::{DoubleInterval, Enclosure, Interval, Jet, Precision, Scalar, Surd};
use copyavg::certify::critical::gradient_enclosure;
use copyavg::configuration::copy_average::{CopyAverageError, bucket_loss, copy_average};
use copyavg::landscape::{Student, StudentError, gradient, hessian, loss, lower_bound};
use explicit_erf::Net;
use num_traits::Pow;
use seeded::Seeded;

const SHAPES: [(usize, usize, usize); 8] = [
    (1, 1, 1),
    (1, 3, 4),
    (2, 2, 2),
    (2, 3, 3),
    (2, 5, 6),
    (3, 3, 5),
    (3, 4, 4),
    (4, 6, 7),
];

fn kernels() -> Vec<Erf> {
    vec![
        Erf::standard(),
        Erf::printed(),
        Erf::scaled(&ratio(1, 1)).unwrap(),
        Erf::scaled(&ratio(5, 3)).unwrap(),
    ]
}

fn random_student(random: &mut Seeded, (n, k, d): (usize, usize, usize)) -> Student<f64> {
    let size = random.between(0.1, 2.0);
    let a = (0..n).map(|_| random.between(-3.0, 3.0)).collect();
    let w = (0..n * d).map(|_| random.between(-size, size)).collect();
    Student::new(a, w, k, d).unwrap()
}

fn by_hand(student: &Student<f64>) -> Net {
    Net {
        a: student.outgoing().to_vec(),
        w: student.weights().map(<[f64]>::to_vec).collect(),
        k: student.teachers(),
        d: student.dimension(),
    }
}

fn close(left: f64, right: f64, tolerance: f64) -> bool {
    (left - right).abs() <= tolerance * (1.0 + left.abs().max(right.abs()))
}

#[test]
fn formulas_written_out_by_hand_agree() {
    let mut random = Seeded::new(1);
    for _ in 0..10 {
        for shape in SHAPES {
            let student = random_student(&mut random, shape);
            let net = by_hand(&student);
            let kernel = Erf::standard();
            assert!(close(loss(&kernel, &student), net.loss(), 1e-13));
            for (generic, explicit) in gradient(&kernel, &student).iter().zip(net.gradient()) {
                assert!(close(*generic, explicit, 1e-12), "{generic} {explicit}");
            }
            for (generic, explicit) in hessian(&kernel, &student).rows().zip(net.hessian()) {
                for (generic, explicit) in generic.iter().zip(explicit) {
                    assert!(close(*generic, explicit, 1e-12), "{generic} {explicit}");
                }
            }
        }
    }
}

/// The student moved by `step` in one parameter.
fn moved(student: &Student<f64>, place: usize, step: f64) -> Student<f64> {
    let mut parameters: Vec<f64> = student.parameters().copied().collect();
    parameters[place] += step;
    let (n, k, d) = (student.neurons(), student.teachers(), student.dimension());
    Student::from_parameters(parameters, n, k, d).unwrap()
}

fn jet_of_loss<T: Scalar>(kernel: &Erf, student: &Student<T>) -> Jet<T> {
    let parameters: Vec<T> = student.parameters().cloned().collect();
    let (n, k, d) = (student.neurons(), student.teachers(), student.dimension());
    let variables = Student::from_parameters(Jet::variables_at(&parameters), n, k, d).unwrap();
    loss(kernel, &variables)
}

#[test]
fn automatic_derivatives_agree() {
    let mut random = Seeded::new(7);
    for kernel in kernels() {
        for shape in SHAPES {
            let student = random_student(&mut random, shape);
            let jet = jet_of_loss(&kernel, &student);
            for (i, slope) in gradient(&kernel, &student).into_iter().enumerate() {
                assert!(close(slope, jet.first(i), 1e-12), "{slope} {}", jet.first(i));
            }
            for (i, row) in hessian(&kernel, &student).rows().enumerate() {
                for (j, entry) in row.iter().enumerate() {
                    assert!(
                        close(*entry, jet.second(i, j), 1e-12),
                        "{entry} {}",
                        jet.second(i, j)
                    );
                }
            }
        }
    }
}

#[test]
fn enclosures_of_derivatives_meet() {
    let mut random = Seeded::new(8);
    let narrow = ratio(1, 10).pow(25);
    for kernel in kernels() {
        let student = random_student(&mut random, (2, 3, 4));
        let student = student.map(|x| Interval::exactly_this_double(Precision::START, *x));
        let jet = jet_of_loss(&kernel, &student);
        let check = |direct: &Interval, automatic: &Interval| {
            assert!(direct.width().unwrap() < narrow && automatic.width().unwrap() < narrow);
            assert!(
                direct.intersection(automatic).is_some(),
                "{direct:?} {automatic:?}"
            );
        };
        check(&loss(&kernel, &student), jet.value());
        for (i, slope) in gradient(&kernel, &student).iter().enumerate() {
            check(slope, &jet.first(i));
        }
        for (i, row) in hessian(&kernel, &student).rows().enumerate() {
            for (j, entry) in row.iter().enumerate() {
                check(entry, &jet.second(i, j));
            }
        }
    }
}

/// The level of doubles encloses what the multiprecision level encloses.
#[test]
fn intervals_of_doubles_contain_narrower_enclosures() {
    let mut random = Seeded::new(9);
    for kernel in kernels() {
        for shape in SHAPES {
            let student = random_student(&mut random, shape);
            let coarse = student.map(|x| DoubleInterval::exactly_this_double(*x));
            let fine = student.map(|x| Interval::exactly_this_double(Precision::START, *x));
            let check = |coarse: &DoubleInterval, fine: &Interval| {
                assert!(coarse.lower().unwrap() <= fine.lower().unwrap());
                assert!(fine.upper().unwrap() <= coarse.upper().unwrap());
            };
            check(&loss(&kernel, &coarse), &loss(&kernel, &fine));
            for (coarse, fine) in gradient(&kernel, &coarse).iter().zip(gradient(&kernel, &fine)) {
                check(coarse, &fine);
            }
            let fine = hessian(&kernel, &fine).into_entries();
            for (coarse, fine) in hessian(&kernel, &coarse).into_entries().iter().zip(fine) {
                check(coarse, &fine);
            }
        }
    }
}

/// All partitions of k into n parts, parts descending.
fn partitions(k: u64, n: usize, largest: u64) -> Vec<Vec<u64>> {
    if n == 0 {
        return if k == 0 { vec![Vec::new()] } else { Vec::new() };
    }
    let first_parts = (1..=largest.min(k)).rev();
    first_parts
        .flat_map(|first| {
            partitions(k - first, n - 1, first)
                .into_iter()
                .map(move |rest| [vec![first], rest].concat())
        })
        .collect()
}

fn every_partition_up_to(largest: u64) -> Vec<Vec<u64>> {
    (1..=largest)
        .flat_map(|k| (1..=usize::try_from(k).unwrap()).flat_map(move |n| partitions(k, n, k)))
        .collect()
}

#[test]
fn gradients_at_copy_average_points_contain_zero() {
    let context = Interval::context(Precision::START);
    let tiny = ratio(1, 10).pow(30);
    let all = every_partition_up_to(7);
    assert_eq!(all.len(), 1 + 2 + 3 + 5 + 7 + 11 + 15);
    for kernel in kernels() {
        for buckets in &all {
            let k = usize::try_from(buckets.iter().sum::<u64>()).unwrap();
            for d in [k, k + 1] {
                let student = copy_average(&context, &kernel, buckets, d).unwrap();
                let enclosure = gradient_enclosure(&kernel, &student);
                assert!(!enclosure.excludes_zero());
                assert!(
                    enclosure
                        .components
                        .iter()
                        .all(|entry| entry.contains(&integer(0)))
                );
                assert!(enclosure.largest.unwrap() < tiny);
            }
        }
    }
}

/// The same code in exact arithmetic: every component is 0, and the loss is
/// the sum over buckets.
#[test]
fn copy_average_points_are_exactly_critical() {
    let context = Surd::context();
    for kernel in kernels() {
        for buckets in every_partition_up_to(7) {
            let k = usize::try_from(buckets.iter().sum::<u64>()).unwrap();
            for d in [k, k + 1] {
                let student = copy_average(&context, &kernel, &buckets, d).unwrap();
                assert!(
                    gradient(&kernel, &student).iter().all(Surd::is_certainly_zero),
                    "{buckets:?}"
                );
                let sum = buckets.iter().map(|&size| bucket_loss(&context, &kernel, size));
                let difference = sum.fold(loss(&kernel, &student), |rest, part| rest - part);
                assert!(difference.is_certainly_zero(), "{buckets:?}");
            }
        }
    }
}

/// Wrong points must not pass: a bucket's average with another norm, or with
/// another outgoing weight, or the point of another activation.
#[test]
fn other_points_are_not_exactly_critical() {
    let context = Surd::context();
    let kernel = Erf::standard();
    let critical =
        |kernel: &Erf, student: &Student<Surd>| gradient(kernel, student).iter().all(Surd::is_certainly_zero);
    for buckets in every_partition_up_to(5)
        .into_iter()
        .filter(|buckets| buckets[0] > 1)
    {
        let k = usize::try_from(buckets.iter().sum::<u64>()).unwrap();
        let student = copy_average(&context, &kernel, &buckets, k).unwrap();
        assert!(critical(&kernel, &student) && !critical(&Erf::printed(), &student));
        for place in [student.outgoing_index(0), student.weight_index(0, 0)] {
            let mut parameters: Vec<Surd> = student.parameters().cloned().collect();
            parameters[place] = parameters[place].clone() * context.ratio(1001, 1000);
            let wrong = Student::from_parameters(parameters, buckets.len(), k, k).unwrap();
            assert!(!critical(&kernel, &wrong));
        }
    }
}

#[test]
fn shapes_that_do_not_fit_are_refused() {
    let student = |n: usize, entries: usize, k, d| Student::new(vec![0.0; n], vec![0.0; entries], k, d);
    assert_eq!(student(0, 0, 1, 1).unwrap_err(), StudentError::NoNeuron);
    assert!(matches!(
        student(3, 6, 2, 2).unwrap_err(),
        StudentError::FewTeachers { .. }
    ));
    assert!(matches!(
        student(1, 2, 3, 2).unwrap_err(),
        StudentError::FewDimensions { .. }
    ));
    assert!(matches!(
        student(2, 5, 3, 3).unwrap_err(),
        StudentError::WeightCount { found: 5, .. }
    ));
    assert!(matches!(
        student(2, 5, 3, usize::MAX).unwrap_err(),
        StudentError::WeightCount { .. }
    ));
    assert!(Student::from_parameters(vec![0.0; 2], 3, 3, 3).is_err());
    assert!(Student::from_parameters(vec![0.0; 12], 3, 3, 3).is_ok());

    let configuration = |buckets: &[u64], d| copy_average(&0.0, &Erf::standard(), buckets, d).map(|_| ());
    assert_eq!(configuration(&[2, 0], 3), Err(CopyAverageError::EmptyBucket));
    assert_eq!(
        configuration(&[u64::MAX, u64::MAX], 3),
        Err(CopyAverageError::TooLarge)
    );
    assert!(matches!(
        configuration(&[], 3),
        Err(CopyAverageError::Student(StudentError::NoNeuron))
    ));
    assert!(matches!(
        configuration(&[1, 3], 3),
        Err(CopyAverageError::Student(_))
    ));
    assert_eq!(configuration(&[3, 1], 4), Ok(()));
}

#[test]
fn a_gradient_elsewhere_excludes_zero() {
    let context = Interval::context(Precision::START);
    let student = copy_average(&context, &Erf::standard(), &[3, 1], 4).unwrap();
    // The point for another activation is not critical.
    assert!(gradient_enclosure(&Erf::printed(), &student).excludes_zero());
}

#[test]
fn central_differences_agree() {
    let mut random = Seeded::new(2);
    let step = 1e-4;
    for kernel in kernels() {
        for shape in SHAPES {
            let student = random_student(&mut random, shape);
            let slopes = gradient(&kernel, &student);
            let curvatures = hessian(&kernel, &student);
            for (place, exact) in slopes.iter().enumerate() {
                let (ahead, behind) = (moved(&student, place, step), moved(&student, place, -step));
                let slope = (loss(&kernel, &ahead) - loss(&kernel, &behind)) / (2.0 * step);
                assert!(close(slope, *exact, 1e-6), "{slope} {exact}");
                let differences = gradient(&kernel, &ahead)
                    .into_iter()
                    .zip(gradient(&kernel, &behind));
                for (row, (ahead, behind)) in differences.enumerate() {
                    let difference = (ahead - behind) / (2.0 * step);
                    let entry = *curvatures.entry(row, place);
                    assert!(close(difference, entry, 1e-6), "{difference} {entry}");
                }
            }
        }
    }
}

#[test]
fn symmetries_leave_the_loss_alone() {
    let mut random = Seeded::new(3);
    for kernel in kernels() {
        let student = random_student(&mut random, (3, 4, 6));
        let (a, w): (Vec<f64>, Vec<Vec<f64>>) = (
            student.outgoing().to_vec(),
            student.weights().map(<[f64]>::to_vec).collect(),
        );
        let value = loss(&kernel, &student);
        let build = |a: &[f64], w: &[Vec<f64>]| Student::new(a.to_vec(), w.concat(), 4, 6).unwrap();

        let neurons = build(&[a[2], a[0], a[1]], &[w[2].clone(), w[0].clone(), w[1].clone()]);
        let teachers: Vec<Vec<f64>> = w
            .iter()
            .map(|w| vec![w[3], w[0], w[2], w[1], w[4], w[5]])
            .collect();
        let mut flipped = w.clone();
        flipped[1].iter_mut().for_each(|x| *x = -*x);
        let (sine, cosine) = 0.7_f64.sin_cos();
        let rotated: Vec<Vec<f64>> = w
            .iter()
            .map(|w| {
                vec![
                    w[0],
                    w[1],
                    w[2],
                    w[3],
                    cosine * w[4] - sine * w[5],
                    sine * w[4] + cosine * w[5],
                ]
            })
            .collect();
        for same in [
            neurons,
            build(&a, &teachers),
            build(&[a[0], -a[1], a[2]], &flipped),
            build(&a, &rotated),
        ] {
            assert!(close(loss(&kernel, &same), value, 1e-13));
        }
        // A rotation that mixes a teacher's direction with an extra one is no symmetry.
        let mixed: Vec<Vec<f64>> = w
            .iter()
            .map(|w| {
                vec![
                    cosine * w[0] - sine * w[5],
                    w[1],
                    w[2],
                    w[3],
                    w[4],
                    sine * w[0] + cosine * w[5],
                ]
            })
            .collect();
        assert!(!close(loss(&kernel, &build(&a, &mixed)), value, 1e-6));
    }
}

#[test]
fn no_student_is_below_the_lower_bound() {
    let mut random = Seeded::new(4);
    for kernel in kernels() {
        for shape @ (n, k, _) in SHAPES {
            let bound = lower_bound(&0.0, &kernel, n, k);
            assert!(bound >= 0.0);
            for _ in 0..50 {
                let mut student = random_student(&mut random, shape);
                // Close to copies as well, where the loss is small.
                if random.bits().is_multiple_of(2) {
                    let exact = copy_average(&0.0, &kernel, &buckets(n, k), shape.2).unwrap();
                    let parameters = student.parameters().zip(exact.parameters());
                    let parameters = parameters.map(|(noise, exact)| exact + 0.01 * noise).collect();
                    student = Student::from_parameters(parameters, n, k, shape.2).unwrap();
                }
                assert!(loss(&kernel, &student) >= bound - 1e-14);
            }
        }
    }
    let standard = lower_bound(&0.0, &Erf::standard(), 3, 10);
    assert!(close(
        standard,
        7.0 * (1.0 / 3.0 - std::f64::consts::FRAC_1_PI),
        1e-15
    ));
}

/// n − 1 copies and one average.
fn buckets(n: usize, k: usize) -> Vec<u64> {
    let mut buckets = vec![1; n];
    buckets[0] = u64::try_from(k - n + 1).unwrap();
    buckets
}

#[test]
fn copies_have_no_loss_and_buckets_add_up() {
    for kernel in kernels() {
        let copies = copy_average(&0.0, &kernel, &[1, 1, 1, 1], 5).unwrap();
        assert!(loss(&kernel, &copies).abs() < 1e-15);
        for parts in [vec![2_u64], vec![3, 1], vec![5, 2, 1], vec![4, 4]] {
            let d = usize::try_from(parts.iter().sum::<u64>()).unwrap() + 1;
            let student = copy_average(&0.0, &kernel, &parts, d).unwrap();
            let sum: f64 = parts.iter().map(|&size| bucket_loss(&0.0, &kernel, size)).sum();
            assert!(close(loss(&kernel, &student), sum, 1e-13));
            assert!(
                gradient(&kernel, &student)
                    .iter()
                    .all(|slope| slope.abs() < 1e-13)
            );
        }
    }
    // For erf(x/√2): ℓ/3 − (2/π) ℓ² asin(1/(2ℓ)).
    let five = 5.0 / 3.0 - 2.0 / std::f64::consts::PI * 25.0 * 0.1_f64.asin();
    assert!(close(bucket_loss(&0.0, &Erf::standard(), 5), five, 1e-14));
}
