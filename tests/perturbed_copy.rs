//! Perturbed copies: the family against the full student, and certified points.

mod seeded;

use copyavg::activation::Erf;
use copyavg::arithmetic::literal::parse;
use copyavg::arithmetic::{DoubleInterval, Enclosure, Interval, Jet, Order, Precision, Scalar};
use copyavg::certify::critical::gradient_enclosure;
use copyavg::certify::family::{attempt, locate};
use copyavg::certify::perturbed_copy::{CertifiedPerturbedCopy, certify};
use copyavg::certify::spectrum::Kind;
use copyavg::configuration::blocks::orbits::Totals;
use copyavg::configuration::blocks::{Block, SymmetricMatrix};
use copyavg::configuration::family::perturbed_copy::PerturbedCopy;
use copyavg::configuration::family::{Condition, Family};
use copyavg::find::perturbed_copy::{candidate, with_eigenvalues};
use copyavg::landscape::{Student, StudentError, gradient, hessian, loss};
use nalgebra::{DMatrix, SymmetricEigen};
use num_bigint::BigUint;
use num_traits::ToPrimitive;
use seeded::Seeded;

fn family(n: u64, k: u64, d: u64) -> PerturbedCopy {
    PerturbedCopy::new(n, k, d).unwrap()
}

/// All families with k ≤ 8 and up to two unused inputs.
fn small_families() -> Vec<PerturbedCopy> {
    let pairs = (3..=8).flat_map(|k| (2..k).map(move |n| (n, k)));
    pairs
        .flat_map(|(n, k)| (0..=2).map(move |extra| family(n, k, k + extra)))
        .collect()
}

/// A point that is far from critical, of either sign in each coordinate.
fn anywhere(random: &mut Seeded) -> [f64; 4] {
    std::array::from_fn(|_| random.bits() as f64 / u64::MAX as f64 * 2.0 - 1.0)
}

fn eigenvalues(matrix: DMatrix<f64>) -> Vec<f64> {
    let mut values: Vec<f64> = SymmetricEigen::new(matrix).eigenvalues.iter().copied().collect();
    values.sort_by(f64::total_cmp);
    values
}

#[test]
fn blocks_have_the_eigenvalues_of_the_dense_hessian() {
    let mut random = Seeded::new(11);
    for family in small_families() {
        for _ in 0..2 {
            let point = anywhere(&mut random);
            let matrix = hessian(family.kernel(), &family.embed(&point).unwrap());
            let size = matrix.size();
            let dense = DMatrix::from_row_slice(size, size, &matrix.into_entries());
            let norm = dense.norm();
            let mut found = Vec::new();
            for block in family.blocks(&point) {
                let size = block.matrix.size();
                let matrix = DMatrix::from_fn(size, size, |i, j| *block.matrix.entry(i, j));
                for value in eigenvalues(matrix) {
                    found.extend(vec![value; block.multiplicity.to_usize().unwrap()]);
                }
            }
            found.sort_by(f64::total_cmp);
            let expected = eigenvalues(dense);
            assert_eq!(found.len(), expected.len(), "{family:?}");
            for (x, y) in found.iter().zip(&expected) {
                assert!((x - y).abs() <= 1e-12 * norm, "{family:?} {point:?}: {x} {y}");
            }
        }
    }
}

#[test]
fn totals_are_those_of_the_dense_hessian() {
    let mut random = Seeded::new(12);
    for family in small_families() {
        let point = anywhere(&mut random);
        let matrix = hessian(family.kernel(), &family.embed(&point).unwrap());
        let totals = family.totals(&point);
        assert_eq!(totals.size, BigUint::from(matrix.size()));
        let trace: f64 = (0..matrix.size()).map(|i| matrix.entry(i, i)).sum();
        let norm: f64 = matrix.into_entries().iter().map(|x| x * x).sum();
        assert!(
            (totals.trace - trace).abs() <= 1e-12 * norm.max(1.0),
            "{family:?}"
        );
        assert!((totals.squared_norm - norm).abs() <= 1e-12 * norm, "{family:?}");
    }
}

/// The full gradient is that of the family, spread evenly over each orbit of
/// parameters; the losses are equal.
#[test]
fn the_full_gradient_lies_along_the_family() {
    let mut random = Seeded::new(13);
    for family in small_families() {
        let point = anywhere(&mut random);
        let student = family.embed(&point).unwrap();
        let full = gradient(family.kernel(), &student);
        let reduced = family.gradient(&point);
        let (n, m) = (family.copies() as f64, family.rest() as f64);
        let orbits = [n, n * (n - 1.0), n * m, n];
        let expected: [f64; 4] = std::array::from_fn(|i| reduced[i] / orbits[i].sqrt());
        let copies = family.copies().to_usize().unwrap();
        let teachers = family.teachers().to_usize().unwrap();
        let close = |x: f64, y: f64| assert!((x - y).abs() < 1e-13, "{family:?}: {x} {y}");
        for i in 0..copies {
            close(full[student.outgoing_index(i)], expected[3]);
            for p in 0..student.dimension() {
                let entry = full[student.weight_index(i, p)];
                match p {
                    _ if p == i => close(entry, expected[0]),
                    _ if p < copies => close(entry, expected[1]),
                    _ if p < teachers => close(entry, expected[2]),
                    _ => close(entry, 0.0),
                }
            }
        }
        close(family.loss(&point), loss(family.kernel(), &student));
    }
}

/// Gradient and Jacobian by hand are the derivatives of the loss and of the
/// gradient by differentiation rules, also for very many neurons.
#[test]
fn derivatives_are_those_of_jets() {
    let mut random = Seeded::new(14);
    let large = [family(7, 1000, 1000), family(800_000, 1_000_000, 1_000_000)];
    for family in small_families().into_iter().chain(large) {
        let point = anywhere(&mut random).map(|x| x * 0.5 / family.teachers() as f64);
        let jets = Jet::variables_at(&point);
        let jets: [Jet<f64>; 4] = std::array::from_fn(|i| jets[i].clone());
        let (n, m) = (family.copies() as f64, family.rest() as f64);
        let orbits = [n, n * (n - 1.0), n * m, n];
        let loss = family.loss(&jets);
        let by_hand = family.gradient(&point);
        let differentiated = family.gradient(&jets);
        let jacobian = family.jacobian(&point);
        for i in 0..4 {
            let scale = 1e-11 * by_hand.iter().map(|x| x.abs()).sum::<f64>();
            assert!(
                (loss.first(i) / orbits[i].sqrt() - by_hand[i]).abs() <= scale,
                "{family:?}"
            );
            let scale = 1e-11 * jacobian[i].iter().map(|x| x.abs()).sum::<f64>();
            for (j, entry) in jacobian[i].iter().enumerate() {
                let difference = differentiated[i].first(j) - entry;
                assert!(difference.abs() <= scale, "{family:?} {i} {j}");
            }
        }
    }
}

#[test]
fn members_of_other_families_are_refused() {
    for (n, k, d) in [(1, 5, 5), (5, 5, 5), (0, 3, 3), (3, 5, 4), (6, 5, 7)] {
        assert_eq!(PerturbedCopy::new(n, k, d), None);
    }
    assert_eq!(Erf::standard(), *family(2, 3, 3).kernel());
}

fn certified(family: &PerturbedCopy) -> CertifiedPerturbedCopy {
    let candidate = candidate(family).unwrap_or_else(|| panic!("no candidate for {family:?}"));
    let limit = Precision::saturating(1024);
    certify(family, &candidate.point, &candidate.eigenvalues, limit)
        .unwrap_or_else(|why| panic!("{family:?}: {why}"))
}

/// Existence, signs and kind for all small n and k; the dense Hessian's
/// eigenvalues are those enclosed.
#[test]
fn every_small_perturbed_copy_is_decided() {
    for (n, k) in (3..=12).flat_map(|k| (2..k).map(move |n| (n, k))) {
        let family = family(n, k, k + n % 3);
        let found = certified(&family);
        assert_ne!(found.member.spectrum.kind, Kind::Undecided, "{family:?}");
        assert_ne!(found.order, Order::Unknown, "{family:?}");
        let place = &found.member.place;
        for condition in family.conditions(&place.zero) {
            assert!(
                condition.positive.certainly_positive(),
                "{family:?}: {}",
                condition.says
            );
        }
        for (zero, alone) in place.zero.iter().zip(&place.alone_in) {
            assert!(alone.lower() < zero.lower() && zero.upper() < alone.upper());
        }
        let student = family.embed(&place.zero).unwrap();
        assert!(
            !gradient_enclosure(family.kernel(), &student).excludes_zero(),
            "{family:?}"
        );

        let middle: [f64; 4] = std::array::from_fn(|i| place.zero[i].midpoint().unwrap().to_f64().unwrap());
        let matrix = hessian(family.kernel(), &family.embed(&middle).unwrap());
        let size = matrix.size();
        let dense = DMatrix::from_row_slice(size, size, &matrix.into_entries());
        let tolerance = 1e-9 * dense.norm();
        let mut ends = Vec::new();
        for block in &found.member.spectrum.blocks {
            for x in &block.eigenvalues {
                let (lower, upper) = (x.lower().unwrap().to_f64(), x.upper().unwrap().to_f64());
                let copies = block.multiplicity.to_usize().unwrap();
                ends.extend(vec![(lower.unwrap(), upper.unwrap()); copies]);
            }
        }
        ends.sort_by(|x, y| x.0.total_cmp(&y.0));
        let values = eigenvalues(dense);
        assert_eq!(values.len(), ends.len());
        for (value, (lower, upper)) in values.iter().zip(ends) {
            assert!(
                lower - tolerance <= *value && *value <= upper + tolerance,
                "{family:?}: {value} [{lower}, {upper}]"
            );
        }
        let negative = values.iter().filter(|x| **x < 0.0).count();
        assert_eq!(found.member.spectrum.morse_index, Some(BigUint::from(negative)));
    }
}

/// Reference values: an independent Krawczyk test in python-flint 0.7 at 30
/// digits, with its own formula of the reduced loss and automatic derivatives;
/// here rounded to 16 to 22 digits.
#[test]
fn points_agree_with_an_independent_certificate() {
    let reference = [
        (
            15,
            20,
            [
                "0.8444188132648173993",
                "-0.0094715618168901178",
                "0.0470840013526805609",
                "1.3066363450299732978",
            ],
            "0.0879131084160065189220",
            Order::Less,
        ),
        (
            3,
            12,
            [
                "0.3120696825460194879",
                "-0.0932841419154471007",
                "0.0414884670784445474",
                "6.0269012846169568489",
            ],
            "0.1636318243567752012061",
            Order::Greater,
        ),
        (
            75,
            100,
            [
                "0.931070990650270813",
                "-0.000982519545056926",
                "0.0114235959068567046",
                "1.1267428864375167432",
            ],
            "0.3904851830031741407765",
            Order::Greater,
        ),
        (
            76,
            100,
            [
                "0.934954023052679139",
                "-0.000918406244365907",
                "0.0113746925044799191",
                "1.1188148844780466572",
            ],
            "0.3747527027685012596051",
            Order::Less,
        ),
        (
            800,
            1000,
            [
                "0.9930670135108008311",
                "-0.0000099983948166464531",
                "0.001231112139326672137",
                "1.0117136175876164994",
            ],
            "3.016885832265594951457",
            Order::Less,
        ),
        (
            800_000,
            1_000_000,
            [
                "0.999992762622724598",
                "-0.0000000000105252996367427",
                "0.00000124998018627863329",
                "1.0000121172385152638",
            ],
            "3004.701740467367135082",
            Order::Less,
        ),
    ];
    for (n, k, point, loss, order) in reference {
        let family = family(n, k, k);
        let found = certified(&family);
        assert_eq!(found.order, order, "{family:?}");
        let context = Interval::context(Precision::START);
        let near = |x: &Interval, text: &str, what: &str| {
            let value = context.rational(&parse(text).unwrap());
            let unit = context.one() + value.max(&-value.clone());
            let unit = unit / context.integer(10).powi(if what == "loss" { 12 } else { 16 });
            let wide = x.clone() + (-unit.clone()).hull(&unit);
            assert!(
                wide.contains(&parse(text).unwrap()),
                "{family:?} {what}: {x:?} {text}"
            );
        };
        for ((x, text), name) in found
            .member
            .place
            .zero
            .iter()
            .zip(point)
            .zip(family.coordinates())
        {
            near(x, text, name);
        }
        near(&found.member.loss, loss, "loss");
    }
}

/// The loss order with the best copy-average configuration changes between
/// n = 75 and 76 for k = 100, and only there for n ≥ 3.
#[test]
fn the_loss_order_changes_once() {
    for n in 3..100 {
        let expected = if n < 76 { Order::Greater } else { Order::Less };
        assert_eq!(certified(&family(n, 100, 100)).order, expected, "n = {n}");
    }
}

#[test]
fn very_many_neurons_are_decided() {
    for (n, k, kind) in [
        (800_000, 1_000_000, Kind::StrictLocalMinimum),
        (100_000, 1_000_000, Kind::StrictLocalMinimum),
        (1_000, 1_000_000, Kind::StrictSaddle),
        (3, 1_000, Kind::StrictSaddle),
        (2, 1_000, Kind::StrictSaddle),
    ] {
        let family = family(n, k, k + 7);
        let found = certified(&family);
        assert_eq!(
            found.member.spectrum.kind, kind,
            "{family:?}: {:?}",
            found.member.spectrum.why
        );
        let blocks = &found.member.spectrum.blocks;
        let size: BigUint = blocks
            .iter()
            .map(|block| &block.multiplicity * block.dimension)
            .sum();
        assert_eq!(size, BigUint::from(n) * BigUint::from(k + 8));
    }
}

/// Few neurons for many teachers: a is far above k/n, and the equations cancel
/// beyond what doubles resolve. For n ≥ 3, a ~ c k^{3/2}; for n = 2, a ~ k/2.
#[test]
fn few_neurons_for_many_teachers_are_decided() {
    for (n, k) in [
        (2, 1000),
        (2, 1_000_000),
        (3, 10_000),
        (3, 1_000_000),
        (4, 100_000),
        (5, 1000),
        (7, 1_000_000),
        (20, 100_000),
        (30, 1_000_000),
        (100, 1_000_000),
        (1000, 1_000_000),
        (3, 10_000_000),
        (2, 1_000_000_000),
        (10, 1_000_000_000),
    ] {
        let family = family(n, k, k + 3);
        let found = certified(&family);
        assert_eq!(found.member.spectrum.kind, Kind::StrictSaddle, "{n} {k}");
        assert_eq!(found.order, Order::Greater, "{n} {k}");
        let zero = found.member.place.zero;
        for condition in family.conditions(&zero) {
            assert!(
                condition.positive.certainly_positive(),
                "{n} {k}: {}",
                condition.says
            );
        }
        // The linear parts match: n a γ and a(α + (n−1)β) are near 1/√2.
        let [alpha, beta, gamma, a] = zero.map(|x| x.midpoint().unwrap().to_f64().unwrap());
        assert!((n as f64 * a * gamma - 0.5_f64.sqrt()).abs() < 0.2, "{n} {k}");
        let sum = a * (alpha + (n - 1) as f64 * beta);
        assert!((sum - 0.5_f64.sqrt()).abs() < 0.2, "{n} {k}: {sum}");
        if n == 2 {
            assert!((2.0 * a / k as f64 - 1.0).abs() < 1e-3);
        }
    }
}

/// Numbers of a second program: Newton's method on the reduced loss in Arb, with
/// automatic derivatives, followed from k = 20 (from k = 3 for n = 2).
#[test]
fn few_neurons_agree_with_arb() {
    for (n, k, point) in [
        (
            2,
            1_000_000,
            [0.000_500_707_42, -0.000_499_293_21, 7.071_071_3e-7, 500_000.0],
        ),
        (
            3,
            1_000_000,
            [0.000_824_960_4, -0.000_412_478_3, 1.263_220_9e-9, 1.865_884_1e8],
        ),
        (
            5,
            1000,
            [0.041_647_142, -0.010_341_699, 5.606_278_9e-5, 2525.2812],
        ),
        (
            10,
            100_000,
            [0.007_104_121_1, -0.000_789_237_51, 9.835_266_9e-8, 718_970.43],
        ),
        (
            30,
            1_000_000,
            [0.005_271_286, -0.000_181_757_3, 1.080_961_9e-8, 2_180_517.7],
        ),
    ] {
        let zero = certified(&family(n, k, k)).member.place.zero;
        for (x, y) in zero.iter().zip(point) {
            let x = x.midpoint().unwrap().to_f64().unwrap();
            assert!((x / y - 1.0).abs() < 1e-7, "{n} {k}: {x} {y}");
        }
    }
}

/// One average in n equal parts, α = β = γ = 1/√(k(2k−1)) and a = k/n, is a
/// critical point in a whole line of them, and not the perturbed copy.
#[test]
fn a_duplicated_average_is_never_certified() {
    for (n, k) in [(2, 3), (3, 7), (6, 8), (50, 80)] {
        let family = family(n, k, k);
        let (n, k) = (n as f64, k as f64);
        let entry = 1.0 / (k * (2.0 * k - 1.0)).sqrt();
        let point = [entry, entry, entry, k / n];
        assert!(family.gradient(&point).iter().all(|x| x.abs() < 1e-13));
        let near = with_eigenvalues(&family, point);
        let limit = Precision::saturating(256);
        assert!(
            certify(&family, &point, &near.eigenvalues, limit).is_err(),
            "{family:?}"
        );
    }
}

/// Wrong candidates end in the certified member or in nothing.
#[test]
fn candidates_have_no_authority() {
    let family = family(15, 20, 21);
    let right = certified(&family).member.place;
    let mut random = Seeded::new(15);
    let context = DoubleInterval::context();
    let mut proved = 0;
    let near = candidate(&family).unwrap().point;
    for attempt in 0..500 {
        let noise = anywhere(&mut random);
        let point = if attempt % 2 == 0 {
            noise.map(|x| 2.0 * x)
        } else {
            std::array::from_fn(|i| near[i] * (1.0 + 0.2 * noise[i]))
        };
        if let Ok(place) = locate(&context, &family, &point) {
            proved += 1;
            for (x, y) in place.zero.iter().zip(&right.zero) {
                let (lower, upper) = (x.lower().unwrap(), x.upper().unwrap());
                assert!(lower <= y.upper().unwrap() && y.lower().unwrap() <= upper);
            }
        }
    }
    assert!(proved > 0);
    for point in [
        [f64::NAN; 4],
        [f64::INFINITY; 4],
        [0.0; 4],
        [1e300; 4],
        [1.0, 0.0, 0.0, 0.0],
    ] {
        assert!(locate(&context, &family, &point).is_err());
    }
    // Approximate eigenvalues matter as little.
    let point = candidate(&family).unwrap().point;
    for wrong in [vec![], vec![vec![f64::NAN, 7.0]; 9], vec![vec![-1.0; 5]; 2]] {
        let found = attempt(&context, &family, &point, &wrong).unwrap();
        assert_eq!(found.spectrum.kind, Kind::StrictLocalMinimum);
    }
}

#[test]
fn precision_narrows_the_point_and_the_loss() {
    let family = family(6, 9, 9);
    let candidate = candidate(&family).unwrap();
    for bits in [128, 300, 1000] {
        let context = Interval::context(Precision::saturating(bits));
        let found = attempt(&context, &family, &candidate.point, &candidate.eigenvalues).unwrap();
        let numbers = found.place.zero.iter().chain([&found.loss]);
        for x in numbers.chain(found.spectrum.blocks.iter().flat_map(|block| &block.eigenvalues)) {
            assert!(x.relative_accuracy_bits() > i64::from(bits) - 60, "{bits}: {x:?}");
        }
    }
}

/// The family with one block of its Hessian missing, or one of its copies.
struct Without {
    family: PerturbedCopy,
    block: usize,
    copies: u32,
}

impl Family<4> for Without {
    fn name(&self) -> &'static str {
        self.family.name()
    }

    fn coordinates(&self) -> [&'static str; 4] {
        self.family.coordinates()
    }

    fn symmetry(&self) -> String {
        self.family.symmetry()
    }

    fn embed<T: Scalar>(&self, point: &[T; 4]) -> Result<Student<T>, StudentError> {
        self.family.embed(point)
    }

    fn loss<T: Scalar>(&self, point: &[T; 4]) -> T {
        self.family.loss(point)
    }

    fn metric<T: Scalar>(&self, context: &T) -> [T; 4] {
        self.family.metric(context)
    }

    fn gradient<T: Scalar>(&self, point: &[T; 4]) -> [T; 4] {
        self.family.gradient(point)
    }

    fn jacobian<T: Scalar>(&self, point: &[T; 4]) -> [[T; 4]; 4] {
        self.family.jacobian(point)
    }

    fn conditions<T: Scalar>(&self, point: &[T; 4]) -> Vec<Condition<T>> {
        self.family.conditions(point)
    }

    fn blocks<T: Scalar>(&self, point: &[T; 4]) -> Vec<Block<SymmetricMatrix<T>>> {
        let mut blocks = self.family.blocks(point);
        blocks[self.block].multiplicity -= self.copies;
        blocks.retain(|block| block.multiplicity != BigUint::default());
        blocks
    }

    fn totals<T: Scalar>(&self, point: &[T; 4]) -> Totals<T> {
        let mut totals = self.family.totals(point);
        // Not even a right number of rows hides what is missing.
        let size = self.family.blocks(point)[self.block].matrix.size();
        totals.size -= BigUint::from(size) * self.copies;
        totals
    }
}

#[test]
fn a_missing_block_is_caught() {
    let whole = family(15, 20, 22);
    let near = candidate(&whole).unwrap();
    let context = DoubleInterval::context();
    let blocks = whole.blocks(&near.point).len();
    let attempted = |block: usize, copies: u32| {
        let family = Without {
            family: whole.clone(),
            block,
            copies,
        };
        attempt(&context, &family, &near.point, &[])
            .unwrap()
            .spectrum
            .kind
    };
    assert_eq!(blocks, 8);
    for block in 0..blocks {
        assert_eq!(attempted(block, 0), Kind::StrictLocalMinimum);
        assert_eq!(attempted(block, 1), Kind::Undecided, "block {block}");
    }
}
