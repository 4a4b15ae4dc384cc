//! One neuron that serves ℓ teachers: formulas, fixed-point table and concavity
//! scan against values computed by Arb (`tests/data/arb_losses.csv`).

use copyavg::activation::{Activation, Erf};
use copyavg::arithmetic::rational::{integer, ratio};
use copyavg::arithmetic::{DoubleInterval, Enclosure, Interval, Precision, Rational, Scalar};
use copyavg::certify::concavity::{Scan, scan, scan_between, second_difference};
use copyavg::certify::verdict::{Verdict, Why};
use copyavg::configuration::copy_average::{bucket_loss, squared_norm};
use copyavg::configuration::loss_table::{LossTable, negated_second_difference};
use num_traits::{Signed, Zero};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

fn context(bits: u32) -> Interval {
    Interval::context(Precision::new(bits).unwrap())
}

fn named(activation: &str) -> Erf {
    activation.parse::<Activation>().unwrap().kernel()
}

const ACTIVATIONS: [&str; 5] = ["erf", "erf:1/2", "erf:1", "erf:10", "erf-printed"];

/// One value computed by Arb, between two rationals.
struct Reference {
    kernel: Erf,
    ell: u64,
    quantity: String,
    lower: Rational,
    upper: Rational,
}

fn references(quantity: &str) -> Vec<Reference> {
    let rows: Vec<Reference> = include_str!("data/arb_losses.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let scale = integer(10).pow(fields[5].parse().unwrap());
            let bound = |text: &str| Rational::from_integer(text.parse().unwrap()) * &scale;
            Reference {
                kernel: named(fields[0]),
                ell: fields[1].parse().unwrap(),
                quantity: fields[2].to_string(),
                lower: bound(fields[3]),
                upper: bound(fields[4]),
            }
        })
        .filter(|row| row.quantity == quantity)
        .collect();
    assert!(rows.len() > 400, "{quantity}");
    rows
}

impl Reference {
    /// Both enclosures hold the value, so they have a point in common.
    fn meets<T: Enclosure>(&self, x: &T) -> bool {
        x.lower().unwrap() <= self.upper && self.lower <= x.upper().unwrap()
    }
}

/// The width is below 10^−digits of the value (0 has none).
fn has_digits(x: &impl Enclosure, digits: i32) -> bool {
    let (lower, upper) = (x.lower().unwrap(), x.upper().unwrap());
    (upper - &lower) * integer(10).pow(digits) <= lower.abs()
}

#[test]
fn losses_agree_with_arb() {
    for row in references("loss") {
        let loss = |bits| bucket_loss(&context(bits), &row.kernel, row.ell);
        assert!(row.meets(&loss(64)) && row.meets(&loss(300)), "{}", row.ell);
        assert!(has_digits(&loss(300), 80), "{}", row.ell);
        let double = bucket_loss(&DoubleInterval::context(), &row.kernel, row.ell);
        assert!(row.meets(&double), "{}", row.ell);
    }
}

#[test]
fn norms_agree_with_arb() {
    for row in references("norm") {
        let exact = squared_norm(&row.kernel, row.ell);
        assert!(&row.lower * &row.lower <= exact && exact <= &row.upper * &row.upper);
    }
    // r = 1/√(2ℓ − 1).
    assert_eq!(squared_norm(&Erf::standard(), 13), ratio(1, 25));
    // r = √(2/(3ℓ − 1)).
    assert_eq!(squared_norm(&Erf::printed(), 3), ratio(1, 4));
}

#[test]
fn second_differences_agree_with_arb() {
    for row in references("second-difference") {
        assert!(row.upper < Rational::zero());
        let value = second_difference(&context(500), &row.kernel, row.ell);
        assert!(row.meets(&value) && has_digits(&value, 60), "{}", row.ell);
    }
}

#[test]
fn the_table_agrees_with_arb() {
    let mut tables: Vec<(Erf, LossTable)> = Vec::new();
    for row in references("loss") {
        if tables.last().is_none_or(|(kernel, _)| *kernel != row.kernel) {
            tables.push((row.kernel.clone(), LossTable::new(&row.kernel).unwrap()));
        }
        let enclosure = tables.last().unwrap().1.loss(row.ell).unwrap();
        assert!(enclosure.lower() <= row.upper && row.lower <= enclosure.upper());
        assert!(has_digits(&enclosure.interval(&context(256)), 35));
    }
    assert_eq!(tables.len(), ACTIVATIONS.len());
}

/// The fixed-point value holds that of MPFR, is 7 ulps wide and loses nothing as
/// an interval.
fn check_entry(table: &LossTable, kernel: &Erf, ell: u64) {
    let context = context(400);
    let value = bucket_loss(&context, kernel, ell);
    let entry = table.loss(ell).unwrap();
    assert!(entry.lower() <= value.lower().unwrap(), "{kernel:?} {ell}");
    assert!(value.upper().unwrap() <= entry.upper(), "{kernel:?} {ell}");
    let ulps = (entry.upper() - entry.lower()) * integer(2).pow(128);
    assert_eq!(ulps, integer(if ell == 1 { 0 } else { 7 }));
    let interval = entry.interval(&context);
    assert_eq!(
        (interval.lower(), interval.upper()),
        (Some(entry.lower()), Some(entry.upper()))
    );
}

#[test]
fn the_table_holds_the_multiprecision_value() {
    for name in [
        "erf",
        "erf:1/2",
        "erf-printed",
        "erf:0.01",
        "erf:1000000",
        "erf:7/10",
    ] {
        let kernel = named(name);
        let table = LossTable::new(&kernel).unwrap();
        let all = if name == "erf" { 2000 } else { 200 };
        for ell in 1..=all {
            check_entry(&table, &kernel, ell);
        }
        for exponent in 2..60 {
            // Powers of two and their neighbours: the number of terms changes.
            for ell in [(1 << exponent) - 1, 1 << exponent, (1 << exponent) + 1] {
                check_entry(&table, &kernel, ell.min(LossTable::LARGEST));
            }
        }
        // About forty more of no special form.
        let mut ell = 300;
        while ell < LossTable::LARGEST / 3 {
            ell = ell * 29 / 11 + 7;
            check_entry(&table, &kernel, ell);
        }
        check_entry(&table, &kernel, LossTable::LARGEST);
        assert_eq!(table.loss(0), None);
        assert_eq!(table.loss(LossTable::LARGEST + 1), None);
        assert_eq!(table.loss(u64::MAX), None);
    }
}

#[test]
fn the_table_borrows_where_an_integer_lies_between() {
    // L(ℓ) < m < κ₀ℓ for an integer m: denominators of convergents of κ₀.
    for (name, ell) in [
        ("erf", 21_053_343_141),
        ("erf:1", 5_079_365_740),
        ("erf-printed", 1_239_151_781),
        ("erf:10", 344_267),
    ] {
        let kernel = named(name);
        let table = LossTable::new(&kernel).unwrap();
        let lower = table.loss(ell).unwrap().lower();
        assert!(lower.ceil() - lower < ratio(1, 1_000_000), "{name}");
        check_entry(&table, &kernel, ell);
    }
}

#[test]
fn the_loss_of_one_teacher_is_exactly_zero() {
    for name in ACTIVATIONS {
        let kernel = named(name);
        assert!(bucket_loss(&context(24), &kernel, 1).is_exactly_zero());
        assert!(bucket_loss(&DoubleInterval::context(), &kernel, 1).is_exactly_zero());
        let entry = LossTable::new(&kernel).unwrap().loss(1).unwrap();
        assert!(entry.lower().is_zero() && entry.upper().is_zero());
    }
}

#[test]
fn bounds_of_the_bend_hold_its_multiprecision_value() {
    let ulp = integer(2).pow(128);
    for name in ACTIVATIONS {
        let kernel = named(name);
        let table = LossTable::new(&kernel).unwrap();
        let entry = |ell| table.loss(ell).unwrap();
        for ell in (2..300).chain([1 << 16, 1 << 20, 999_999, 123_456_789, 10_000_000_000]) {
            let (lower, upper) =
                negated_second_difference(&entry(ell - 1), &entry(ell), &entry(ell + 1)).unwrap();
            let value = -second_difference(&context(400), &kernel, ell) * context(400).rational(&ulp);
            let rational = |ulps: u128| Rational::from_integer(ulps.into());
            assert!(rational(lower) <= value.lower().unwrap(), "{name} {ell}");
            assert!(value.upper().unwrap() <= rational(upper), "{name} {ell}");
            assert!(upper - lower <= 28);
        }
        // The wrong order of arguments never gives a bend.
        assert!(negated_second_difference(&entry(9), &entry(8), &entry(7)).is_none());
        assert!(negated_second_difference(&entry(1), &entry(10), &entry(1000)).is_none());
    }
}

fn quiet_scan(kernel: &Erf, from: u64, to: u64, bits: u32) -> Scan {
    let limit = Precision::new(bits).unwrap();
    scan_between(kernel, from, to, limit, &AtomicBool::new(false), &|_| {})
}

#[test]
fn the_scan_proves_signs_that_doubles_get_wrong() {
    // Evaluated in doubles the second difference is ≥ 0 for some ℓ ≈ 3,000.
    let loss = |ell| bucket_loss(&0.0_f64, &Erf::standard(), ell);
    let wrong = (2..5000).find(|&ell| loss(ell + 1) - 2.0 * loss(ell) + loss(ell - 1) >= 0.0);
    assert!(wrong.is_some_and(|ell| ell < 4000), "{wrong:?}");
    let found = quiet_scan(&Erf::standard(), 2, 5000, 128);
    assert!(found.verdict.is_proved());
    assert_eq!((found.settled_to, found.largest_at), (5000, Some(5000)));
}

#[test]
fn scans_of_all_lengths_end_with_the_largest_difference() {
    for name in ACTIVATIONS {
        let kernel = named(name);
        for to in [2, 3, 4, 100, 65_536, 65_537, 65_538, 200_000] {
            let found = quiet_scan(&kernel, 2, to, 128);
            assert!(found.verdict.is_proved(), "{name} {to}");
            assert_eq!((found.settled_to, found.largest_at), (to, Some(to)), "{name}");
        }
    }
    let found = quiet_scan(&Erf::standard(), 2, 1_000_000, 128);
    assert!(found.verdict.is_proved() && found.largest_at == Some(1_000_000));
}

#[test]
fn scans_go_on_in_multiprecision() {
    let erf = Erf::standard();
    // Fixed point proves the signs, but cannot tell neighbours apart.
    let from = 10_000_000_000;
    let found = quiet_scan(&erf, from, from + 300, 512);
    assert!(found.verdict.is_proved());
    assert_eq!(
        (found.settled_to, found.largest_at),
        (from + 300, Some(from + 300))
    );
    let found = quiet_scan(&erf, from, from + 300, 128);
    assert!(found.verdict.is_proved());
    assert_eq!(found.largest_at, None);
    // Fixed point cannot prove the signs.
    for from in [2_000_000_000_000, LossTable::LARGEST - 40] {
        let found = quiet_scan(&erf, from, from + 39, 1024);
        assert!(found.verdict.is_proved());
        assert_eq!((found.settled_to, found.largest_at), (from + 39, Some(from + 39)));
        let found = quiet_scan(&erf, from, from + 39, 128);
        let why = Verdict::Undecided(Why::OrderOpen {
            what: format!("the second difference at ell = {from} and zero"),
            bits: 128,
        });
        assert_eq!((found.verdict, found.settled_to), (why, from - 1));
    }
    // Losses below one ulp are not in the table.
    let tiny = named("erf:0.00000001");
    let found = quiet_scan(&tiny, 2, 40, 512);
    assert!(found.verdict.is_proved());
    assert_eq!((found.settled_to, found.largest_at), (40, Some(40)));
}

#[test]
fn scans_of_nothing_prove_nothing() {
    for (from, to) in [
        (2, 1),
        (2, 0),
        (0, 5),
        (1, 5),
        (7, 6),
        (2, LossTable::LARGEST),
        (u64::MAX, u64::MAX),
    ] {
        let found = quiet_scan(&Erf::standard(), from, to, 128);
        assert!(matches!(
            found.verdict,
            Verdict::Undecided(Why::NotRepresentable { .. })
        ));
        assert_eq!(found.largest_at, None);
    }
}

#[test]
fn an_interrupted_scan_says_how_far_it_got() {
    let interrupt = AtomicBool::new(true);
    let found = scan(&Erf::standard(), 1000, Precision::START, &interrupt, &|_| {});
    assert!(matches!(
        found.verdict,
        Verdict::Undecided(Why::Interrupted { .. })
    ));
    assert_eq!((found.settled_to, found.largest_at), (1, None));

    let interrupt = AtomicBool::new(false);
    let seen = AtomicU64::new(0);
    let stop = |more| {
        if seen.fetch_add(more, Ordering::Relaxed) + more > 10_000_000 {
            interrupt.store(true, Ordering::Relaxed);
        }
    };
    let found = scan(
        &Erf::standard(),
        1_000_000_000_000,
        Precision::START,
        &interrupt,
        &stop,
    );
    assert!(matches!(
        found.verdict,
        Verdict::Undecided(Why::Interrupted { .. })
    ));
    assert!(found.settled_to > 1_000_000 && found.settled_to < 1_000_000_000);
}

#[test]
fn threads_do_not_change_the_result_and_progress_adds_up() {
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let seen = AtomicU64::new(0);
        let count = |more| {
            seen.fetch_add(more, Ordering::Relaxed);
        };
        let never = AtomicBool::new(false);
        let found = pool.install(|| scan(&Erf::printed(), 500_000, Precision::START, &never, &count));
        assert!(found.verdict.is_proved());
        assert_eq!((found.settled_to, found.largest_at), (500_000, Some(500_000)));
        assert_eq!(seen.into_inner(), 499_999);
    }
}
