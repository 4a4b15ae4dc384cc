//! Intervals against SciPy and the definition; thresholds against hand-made counts.

use copyavg::experiment::basins::{Basin, Cell, Thresholds};
use copyavg::experiment::statistics::Frequency;

/// Quantiles of `scipy.stats.beta.ppf`, SciPy 1.17.1.
const KNOWN: [(u32, u32, f64, f64); 11] = [
    (0, 20, 0.0, 0.1684334709830853),
    (10, 10, 0.6915028921812392, 1.0),
    (0, 1, 0.0, 0.975),
    (1, 1, 0.025, 1.0),
    (0, 100, 0.0, 0.03621669264517641),
    (1, 20, 0.0012650894979498038, 0.24873276277202777),
    (7, 20, 0.15390920478454118, 0.5921885345328282),
    (50, 100, 0.39832112950330095, 0.601678870496699),
    (137, 1000, 0.11628168943368121, 0.15988096510541736),
    (99, 100, 0.9455406146079194, 0.9997468539670226),
    (3, 100_000, 6.186763958922033e-06, 8.7670202566362e-05),
];

#[test]
fn intervals_are_those_of_scipy() {
    for (count, trials, lower, upper) in KNOWN {
        let found = Frequency { count, trials }.interval95();
        assert!((found.0 - lower).abs() < 1e-9, "{count} of {trials}: {found:?}");
        assert!((found.1 - upper).abs() < 1e-9, "{count} of {trials}: {found:?}");
    }
}

/// The definition: with an end as the probability, as many or more events (as
/// many or fewer) have probability 0.025. Sums of binomial terms, term by term.
#[test]
fn ends_are_what_the_definition_says() {
    for trials in [1_u32, 2, 5, 20, 47, 100] {
        for count in 0..=trials {
            let (lower, upper) = Frequency { count, trials }.interval95();
            let tail = |p: f64, range: std::ops::RangeInclusive<u32>| -> f64 {
                let term = |i: u32| {
                    let chosen = (1..=i).map(|j| f64::from(trials - i + j) / f64::from(j));
                    let failures = (1.0 - p).powf(f64::from(trials - i));
                    chosen.product::<f64>() * p.powf(f64::from(i)) * failures
                };
                range.map(term).sum()
            };
            if count > 0 {
                assert!(
                    (tail(lower, count..=trials) - 0.025).abs() < 1e-9,
                    "{count} {trials}"
                );
            }
            if count < trials {
                assert!((tail(upper, 0..=count) - 0.025).abs() < 1e-9, "{count} {trials}");
            }
        }
    }
}

#[test]
fn without_trials_nothing_is_known() {
    let none = Frequency::default();
    assert_eq!((none.fraction(), none.interval95()), (None, (0.0, 1.0)));
    let some = Frequency { count: 3, trials: 4 };
    assert_eq!(some.fraction(), Some(0.75));
}

/// A cell of 10 teachers with these counts.
fn cell(neurons: usize, counts: [u32; 3]) -> Cell {
    Cell {
        teachers: 10,
        neurons,
        dimension: 10,
        runs: counts.iter().sum(),
        counts,
        certified: 0,
        lowest: 0.0,
        highest: 1.0,
    }
}

/// All at C-A up to 4, all at P-n-C from 8, both in between.
fn cells(runs: u32) -> Vec<Cell> {
    (1..=10)
        .map(|n| match n {
            1..=4 | 10 => cell(n, [runs, 0, 0]),
            8 | 9 => cell(n, [0, runs, 0]),
            _ => cell(n, [runs - 1, 1, 0]),
        })
        .collect()
}

#[test]
fn thresholds_are_claimed_with_enough_runs_only() {
    let of = |runs| Thresholds::all(&cells(runs)).pop().unwrap();
    let (few, many) = (of(20), of(100));
    for at in [&few, &many] {
        let (low, high) = (at.copy_average_to.unwrap(), at.perturbed_copies_from.unwrap());
        assert_eq!((low.neurons, high.neurons), (4, 8));
        assert_eq!(low.beyond.unwrap().0, 5);
        assert_eq!(
            high.beyond.unwrap(),
            (
                7,
                Frequency {
                    count: 1,
                    trials: at.copy_average_to.unwrap().runs
                }
            )
        );
    }
    assert!(!few.copy_average_to.unwrap().claimed && many.copy_average_to.unwrap().claimed);
    // 0 of 20 leaves room for 17 %, 0 of 100 for 3.6 %.
    assert!((few.copy_average_to.unwrap().at_least - 0.8316).abs() < 1e-4);
    assert!((many.perturbed_copies_from.unwrap().at_least - 0.9638).abs() < 1e-4);
}

#[test]
fn a_gap_or_a_single_exception_ends_a_threshold() {
    let mut gap = cells(100);
    gap.retain(|cell| cell.neurons != 6);
    assert_eq!(Thresholds::all(&gap), []);
    let mut exceptions = cells(100);
    exceptions[1].counts = [99, 0, 1];
    exceptions[8].counts = [0, 99, 1];
    let at = Thresholds::all(&exceptions).pop().unwrap();
    assert_eq!((at.copy_average_to, at.perturbed_copies_from), (None, None));
    // Fewer runs at one n weaken the claim for all.
    let mut thin = cells(100);
    thin[2] = cell(3, [50, 0, 0]);
    let low = Thresholds::all(&thin).pop().unwrap().copy_average_to.unwrap();
    assert_eq!((low.runs, low.claimed), (50, false));
}

#[test]
fn one_class_everywhere_has_no_beyond() {
    let all: Vec<Cell> = (2..10).map(|n| cell(n, [0, 100, 0])).collect();
    let at = Thresholds::all(&all).pop().unwrap();
    assert_eq!(at.copy_average_to, None);
    let from = at.perturbed_copies_from.unwrap();
    assert_eq!((from.neurons, from.beyond), (2, None));
    assert_eq!(
        all[0].frequency(Basin::PerturbedCopies),
        Frequency {
            count: 100,
            trials: 100
        }
    );
}
