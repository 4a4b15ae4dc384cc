//! Partitions counted, listed and ranked, against published numbers, plain
//! recursions and fixed-point sums that share no code with the library.

use copyavg::activation::Erf;
use copyavg::arithmetic::{Enclosure, Interval, Precision, Rational, Scalar};
use copyavg::certify::ranking::{
    Control, LossSum, Method, Ranking, RankingError, Request, RowOrder, check_optimum, rank,
    rank_all_visited, rank_best_first,
};
use copyavg::certify::verdict::Verdict;
use copyavg::configuration::copy_average::bucket_loss;
use copyavg::configuration::partition::{Partition, Partitions, Run, count};
use num_bigint::{BigInt, BigUint};
use proptest::prelude::*;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

fn erf_loss(ell: u64, precision: Precision) -> Interval {
    bucket_loss(&Interval::context(precision), &Erf::standard(), ell)
}

fn request(k: u64, n: u64, top: u64) -> Request {
    let max_precision = Precision::new(1024).unwrap();
    Request {
        k,
        n,
        top,
        max_precision,
    }
}

fn listed(ranking: &Ranking) -> Vec<String> {
    (ranking.rows.iter())
        .map(|row| row.partition.compact().to_string())
        .collect()
}

fn assert_certain(ranking: &Ranking) {
    assert!(ranking.complete.is_proved(), "{:?}", ranking.complete);
    for row in &ranking.rows {
        assert_eq!(row.order, RowOrder::Proved, "{}", row.partition);
    }
}

// ---------------------------------------------------------------- counting

/// OEIS A000041, A008284 and A026820; the numbers for k = 1000 and 10000 by the
/// recurrence p(k, n) = p(k − 1, n − 1) + p(k − n, n) in another language.
#[test]
fn published_counts() {
    let known = [
        (8, 3, "5"),
        (12, 4, "15"),
        (100, 10, "2977866"),
        (200, 50, "39403290219"),
        (200, 100, "190569292"), // p(100)
        (1000, 10, "886745696653253"),
        (1000, 31, "128148941064978024510668204"),
        (1000, 300, "60378181550027362677022453"),
        (1000, 700, "9253082936723602"),
        (2000, 1000, "24061467864032622473692149727991"), // p(1000)
        (
            10_000,
            40,
            "244690472548072883035636530002705910131927160531562875256430086",
        ),
        (
            10_000,
            100,
            "10109956504274344511718361305582842918579212977990177853234082710590712395736241732149504240",
        ),
        (
            20_000, // p(10000)
            10_000,
            "36167251325636293988820471890953695495016030339315650422081868605887952568754066420592310556052906916435144",
        ),
        (0, 0, "1"),
        (5, 0, "0"),
        (5, 6, "0"),
        (1, 1, "1"),
    ];
    for (k, n, expected) in known {
        assert_eq!(count(k, n).unwrap().to_string(), expected, "p({k}, {n})");
    }
}

/// p(k, n) for a few n in closed form, at sizes where no list fits anywhere:
/// ⌊k/2⌋ pairs, and round(k²/12) triples.
#[test]
fn enormous_counts() {
    let k = 1_000_000_000_007_u64;
    assert_eq!(count(k, 2).unwrap(), BigUint::from(k / 2));
    let square = BigUint::from(k) * k;
    assert_eq!(count(k, 3).unwrap(), (square + 6_u64) / 12_u64);
    assert_eq!(count(k, k - 100).unwrap(), BigUint::from(190_569_292_u64));
    assert!(count(k, 1_000_000).is_err());
}

#[test]
fn counts_satisfy_the_recurrence_and_add_up() {
    const K: usize = 60;
    let mut table = vec![vec![0_u64; K + 1]; K + 1];
    table[0][0] = 1;
    for k in 1..=K {
        for n in 1..=k {
            table[k][n] = table[k - 1][n - 1] + table[k - n][n];
            let counted = count(k as u64, n as u64).unwrap();
            assert_eq!(counted, BigUint::from(table[k][n]), "p({k}, {n})");
        }
        let all: u64 = table[k].iter().sum();
        assert_eq!(
            count(2 * k as u64, k as u64).unwrap(),
            BigUint::from(all),
            "p({k})"
        );
    }
}

// ------------------------------------------------------------- enumeration

/// All partitions of k into n parts of at most `cap`, descending, by the
/// definition.
fn simple_list(k: u64, n: u64, cap: u64) -> Vec<Vec<u64>> {
    if n == 0 {
        return if k == 0 { vec![vec![]] } else { vec![] };
    }
    let mut all = Vec::new();
    for first in (1..=cap.min(k)).rev() {
        for rest in simple_list(k - first, n - 1, first) {
            all.push(std::iter::once(first).chain(rest).collect());
        }
    }
    all
}

#[test]
fn enumeration_is_the_simple_recursion() {
    for k in 1..=20 {
        for n in 1..=k {
            let all: Vec<Partition> = Partitions::new(k, n).unwrap().collect();
            let parts: Vec<Vec<u64>> = all.iter().map(|p| p.parts().collect()).collect();
            assert_eq!(parts, simple_list(k, n, k), "k = {k}, n = {n}");
            assert!(all.iter().all(|p| (p.k(), p.n()) == (k, n)));
            assert!(all.is_sorted_by(|a, b| a > b));
            assert_eq!(count(k, n).unwrap(), BigUint::from(all.len()));
        }
    }
    for (k, n) in [(60, 7), (45, 15), (70, 60)] {
        let listed = Partitions::new(k, n).unwrap().count();
        assert_eq!(count(k, n).unwrap(), BigUint::from(listed));
    }
}

// ------------------------------------------------------------ multiplicity

/// Every set partition belongs to exactly one partition of the number: the
/// multiplicities add up to the Stirling numbers of the second kind.
#[test]
fn multiplicities_add_up_to_stirling_numbers() {
    const K: usize = 25;
    let mut stirling = vec![vec![BigUint::ZERO; K + 1]; K + 1];
    stirling[0][0] = BigUint::from(1_u64);
    for k in 1..=K {
        for n in 1..=k {
            stirling[k][n] = &stirling[k - 1][n - 1] + &stirling[k - 1][n] * n;
            let sum: BigUint = Partitions::new(k as u64, n as u64)
                .unwrap()
                .map(|p| p.multiplicity().unwrap())
                .sum();
            assert_eq!(sum, stirling[k][n], "S({k}, {n})");
        }
    }
    // S(25, 10), OEIS A008277.
    assert_eq!(stirling[25][10].to_string(), "1203163392175387500");
}

fn factorial(n: u64) -> BigUint {
    (1..=n).product()
}

proptest! {
    /// k!/(Π ℓ_i! Π m_s!) by division.
    #[test]
    fn multiplicity_is_its_formula(sizes in prop::collection::vec((1_u64..60, 1_u64..40), 1..6)) {
        let runs = sizes.into_iter().map(|(size, count)| Run { size, count });
        let partition = Partition::from_runs(runs).unwrap();
        let mut expected = factorial(partition.k());
        for run in partition.runs() {
            for _ in 0..run.count {
                expected /= factorial(run.size);
            }
            expected /= factorial(run.count);
        }
        prop_assert_eq!(partition.multiplicity().unwrap(), expected);
    }

    #[test]
    fn text_goes_there_and_back(mut parts in prop::collection::vec(1_u64..1_000_000, 1..30)) {
        let partition = Partition::from_parts(parts.clone()).unwrap();
        prop_assert_eq!(&partition.to_string().parse::<Partition>().unwrap(), &partition);
        prop_assert_eq!(&partition.compact().to_string().parse::<Partition>().unwrap(), &partition);
        parts.sort_unstable_by(|a, b| b.cmp(a));
        prop_assert_eq!(partition.parts().collect::<Vec<_>>(), parts);
    }
}

// ----------------------------------------------------------------- ranking

/// ⌊10^120 · Σ_j C(2j, j)/(4^j (2j + 1)) (2ℓ)^−(2j+1) · ℓ²⌋ up to a few units:
/// ℓ² asin(1/(2ℓ)), by the arcsine series in whole numbers.
fn square_times_arcsine(ell: u64) -> BigInt {
    let square = BigInt::from(4 * ell * ell);
    // C(2j, j)/4^j (2ℓ)^−(2j+1) ℓ², starting with ℓ/2.
    let mut power = BigInt::from(10).pow(120) * ell / 2;
    let mut sum = BigInt::ZERO;
    let mut j = 0_u64;
    while power != BigInt::ZERO {
        sum += &power / (2 * j + 1);
        power = power * (2 * j + 1) / (2 * j + 2) / &square;
        j += 1;
    }
    sum
}

/// Σ L(ℓ_i) = k/3 − (2/π) Σ ℓ_i² asin(1/(2ℓ_i)): the order of the losses is the
/// reversed one of the sums of ℓ² asin(1/(2ℓ)).
fn expected_order(k: u64, n: u64) -> Vec<String> {
    let terms: HashMap<u64, BigInt> = (1..=k).map(|ell| (ell, square_times_arcsine(ell))).collect();
    let mut all: Vec<(BigInt, Vec<u64>)> = (simple_list(k, n, k).into_iter())
        .map(|parts| (parts.iter().map(|ell| &terms[ell]).sum(), parts))
        .collect();
    all.sort_by(|a, b| b.0.cmp(&a.0));
    // A gap of 10^-80 is far above the rounding of at most 10^-115.
    let gap = BigInt::from(10).pow(40);
    assert!(all.windows(2).all(|pair| &pair[0].0 - &pair[1].0 > gap));
    (all.into_iter())
        .map(|(_, parts)| Partition::from_parts(parts).unwrap().compact().to_string())
        .collect()
}

#[test]
fn both_routes_give_the_true_order() {
    let losses = LossSum::new(&erf_loss);
    for k in 1..=20 {
        for n in 1..=k {
            let expected = expected_order(k, n);
            let all = request(k, n, 1000);
            for ranking in [
                rank_all_visited(all, &losses, Control::unattended()).unwrap(),
                rank_best_first(all, &losses, Control::unattended()).unwrap(),
            ] {
                assert_certain(&ranking);
                assert_eq!(
                    listed(&ranking),
                    expected,
                    "k = {k}, n = {n}, {:?}",
                    ranking.method
                );
                assert_eq!(ranking.visited, expected.len() as u64);
                assert_eq!(ranking.count, Some(BigUint::from(expected.len())));
            }
        }
    }
}

#[test]
fn a_short_list_is_the_beginning_of_a_long_one() {
    let losses = LossSum::new(&erf_loss);
    for (k, n) in [(20, 6), (20, 12), (33, 8)] {
        let whole = listed(&rank_all_visited(request(k, n, 5000), &losses, Control::unattended()).unwrap());
        for top in [0, 1, 2, 10, 57] {
            for ranking in [
                rank_all_visited(request(k, n, top), &losses, Control::unattended()).unwrap(),
                rank_best_first(request(k, n, top), &losses, Control::unattended()).unwrap(),
            ] {
                assert_certain(&ranking);
                let length = whole.len().min(top as usize);
                assert_eq!(listed(&ranking), whole[..length]);
            }
        }
    }
}

/// The ten best in double precision by an independent program (an
/// implementation of Knuth's Algorithm H).
#[test]
fn ten_best_of_a_hundred_teachers() {
    let losses = LossSum::new(&erf_loss);
    let ranking = rank_all_visited(request(100, 10, 10), &losses, Control::unattended()).unwrap();
    assert_eq!(ranking.visited, 2_977_866);
    assert_certain(&ranking);
    let second: Vec<String> = (2..=10).map(|m| format!("{},{m},1^8", 92 - m)).collect();
    assert_eq!(listed(&ranking)[0], "91,1^9");
    assert_eq!(listed(&ranking)[1..], second);
    let best = losses.of_partition(&ranking.rows[0].partition, Precision::START);
    let tenth = losses.of_partition(&ranking.rows[9].partition, Precision::START);
    for (loss, digits) in [(best, 1_366_987_942_343_453), (tenth, 1_380_667_606_729_211_i64)] {
        let near = |d: i64| Rational::new((digits + d).into(), 1_000_000_000_000_000_i64.into());
        assert!(loss.lower().unwrap() > near(-100) && loss.upper().unwrap() < near(100));
    }
}

/// Enough partitions for several threads; the same answer from the tree.
#[test]
fn many_threads_agree_with_the_tree() {
    let losses = LossSum::new(&erf_loss);
    let seen = AtomicU64::new(0);
    let interrupt = AtomicBool::new(false);
    let control = Control {
        interrupt: &interrupt,
        progress: &|more| {
            seen.fetch_add(more, Ordering::Relaxed);
        },
    };
    let visited = rank_all_visited(request(110, 14, 500), &losses, control).unwrap();
    assert_eq!(BigUint::from(visited.visited), count(110, 14).unwrap());
    assert!(visited.visited > 20_000_000);
    assert_eq!(seen.into_inner(), visited.visited);
    assert_certain(&visited);
    let tree = rank_best_first(request(110, 14, 500), &losses, Control::unattended()).unwrap();
    assert_eq!(listed(&visited), listed(&tree));
    assert!(tree.visited < 600);
}

#[test]
fn sizes_that_no_one_can_enumerate() {
    let losses = LossSum::new(&erf_loss);
    let ranking = rank(request(1_000_000, 1000, 10), &losses, Control::unattended()).unwrap();
    assert_eq!(ranking.method, Method::BestFirst);
    assert_certain(&ranking);
    let rows = listed(&ranking);
    assert_eq!(rows[0], "999001,1^999");
    assert_eq!(rows[1], "999000,2,1^998");
    assert_eq!(rows.len(), 10);

    let k = 1_000_000_000_000;
    for n in [5, 1000, k / 2, k - 10] {
        let ranking = rank(request(k, n, 20), &losses, Control::unattended()).unwrap();
        assert_certain(&ranking);
        let optimum = Partition::copies_and_one_average(k, n).unwrap();
        assert_eq!(ranking.rows[0].partition, optimum);
        assert_eq!(ranking.rows.len(), 20);
    }
    let all = rank(request(k, k - 10, 100), &losses, Control::unattended()).unwrap();
    assert_certain(&all);
    assert_eq!(all.rows.len(), 42); // p(10)
    assert_eq!(all.count, Some(BigUint::from(42_u64)));
}

#[test]
fn the_optimum_is_found_again() {
    let losses = LossSum::new(&erf_loss);
    let precision = Precision::new(256).unwrap();
    let check = check_optimum(40, &losses, precision, Control::unattended()).unwrap();
    assert_eq!(check.verdict, Verdict::Proved);
    assert_eq!(check.pairs, 820);
    // Σ p(k) for k from 1 to 40, OEIS A026905.
    assert_eq!(check.partitions, 215_307);
}

// ------------------------------------------------- losses that are not erf's

fn exactly(f: impl Fn(i64) -> Rational) -> impl Fn(u64, Precision) -> Interval {
    move |ell, precision| Interval::context(precision).rational(&f(i64::try_from(ell).unwrap()))
}

fn whole(n: i64) -> Rational {
    Rational::from_integer(n.into())
}

/// L(ℓ) = ℓ²: even partitions are lowest, and some have equal sums of squares.
#[test]
fn without_concavity_visit_all() {
    let square = exactly(|ell| whole(ell * ell));
    let losses = LossSum::new(&square);
    let all = rank_all_visited(request(12, 4, 100), &losses, Control::unattended()).unwrap();
    assert!(all.complete.is_proved());
    let mut expected: Vec<(u64, Vec<u64>)> = (simple_list(12, 4, 12).into_iter())
        .map(|parts| (parts.iter().map(|ell| ell * ell).sum(), parts))
        .collect();
    expected.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
    for (i, (row, (sum, parts))) in all.rows.iter().zip(&expected).enumerate() {
        assert_eq!(&row.partition.parts().collect::<Vec<_>>(), parts);
        let tied = i > 0 && expected[i - 1].0 == *sum;
        assert_eq!(row.order == RowOrder::Tied, tied, "{}", row.partition);
        assert_eq!(row.order == RowOrder::Proved, !tied, "{}", row.partition);
    }
    assert!(all.rows.iter().any(|row| row.order == RowOrder::Tied));
    let tree = rank_best_first(request(12, 4, 100), &losses, Control::unattended());
    assert!(matches!(tree, Err(RankingError::NotConcave { .. })));
    let check = check_optimum(12, &losses, Precision::START, Control::unattended()).unwrap();
    assert!(matches!(check.verdict, Verdict::Refuted(_)));
}

#[test]
fn equal_losses_are_tied() {
    let linear = exactly(whole);
    let losses = LossSum::new(&linear);
    let all = rank_all_visited(request(12, 4, 6), &losses, Control::unattended()).unwrap();
    assert!(all.complete.is_proved());
    assert!(all.rows[1..].iter().all(|row| row.order == RowOrder::Tied));
    assert_eq!(all.rows.len(), 6);
    let check = check_optimum(5, &losses, Precision::START, Control::unattended()).unwrap();
    assert!(matches!(check.verdict, Verdict::Refuted(_)));
}

/// Enclosures that are never narrow: nothing may be claimed.
#[test]
fn wide_enclosures_decide_nothing() {
    let wide = |ell: u64, precision: Precision| {
        let exact = Interval::context(precision).rational(&Rational::from_integer(ell.into()));
        let above = exact.one() + &exact;
        exact.hull(&above)
    };
    let losses = LossSum::new(&wide);
    for ranking in [
        rank_all_visited(request(12, 4, 6), &losses, Control::unattended()).unwrap(),
        rank_best_first(request(12, 4, 6), &losses, Control::unattended()).unwrap(),
    ] {
        assert!(matches!(ranking.complete, Verdict::Undecided(_)));
        assert!(
            ranking.rows[1..]
                .iter()
                .all(|row| row.order == RowOrder::Undecided)
        );
    }
    let check = check_optimum(5, &losses, Precision::START, Control::unattended()).unwrap();
    assert!(matches!(check.verdict, Verdict::Undecided(_)));
}

/// Two losses that differ by 2^-300 need more than the first precisions.
#[test]
fn close_losses_raise_the_precision() {
    let tiny = Rational::new(1.into(), BigInt::from(1) << 300);
    let third = Rational::new(1.into(), 3.into());
    let close = move |ell: u64, precision: Precision| {
        let bump = if ell == 3 { tiny.clone() } else { whole(0) };
        Interval::context(precision).rational(&(Rational::from_integer(ell.into()) * &third + bump))
    };
    let losses = LossSum::new(&close);
    let low = Request {
        max_precision: Precision::new(256).unwrap(),
        ..request(6, 2, 3)
    };
    // 5,1 and 4,2 tie exactly, which thirds in binary can never show; 3,3 is above both.
    let ranking = rank_all_visited(low, &losses, Control::unattended()).unwrap();
    assert_eq!(ranking.rows[2].order, RowOrder::Undecided);
    let ranking = rank_all_visited(request(6, 2, 2), &losses, Control::unattended()).unwrap();
    assert_eq!(listed(&ranking), ["5,1", "4,2"]);
    assert_eq!(ranking.rows[1].order, RowOrder::Undecided);
    assert!(ranking.complete.is_proved());
    let ranking = rank_all_visited(request(6, 2, 3), &losses, Control::unattended()).unwrap();
    assert_eq!(ranking.rows[2].order, RowOrder::Proved);
}

#[test]
fn an_undefined_loss_is_an_error() {
    let broken = |ell: u64, precision: Precision| {
        let one = Interval::context(precision).one();
        if ell == 3 { one.zero() / one.zero() } else { one }
    };
    let losses = LossSum::new(&broken);
    let expected = Err(RankingError::LossUndefined { ell: 3 });
    let visited = rank_all_visited(request(6, 2, 3), &losses, Control::unattended());
    assert_eq!(visited.map(|r| r.visited), expected);
    let negative = exactly(|ell| whole(-ell));
    let losses = LossSum::new(&negative);
    let visited = rank_all_visited(request(6, 2, 3), &losses, Control::unattended());
    assert!(matches!(visited, Err(RankingError::NegativeLoss { .. })));
}

// ------------------------------------------------------------------ refusals

#[test]
fn impossible_requests_are_refused() {
    let losses = LossSum::new(&erf_loss);
    for (k, n) in [(3, 4), (3, 0), (0, 0)] {
        assert!(rank(request(k, n, 10), &losses, Control::unattended()).is_err());
        assert!(Partitions::new(k, n).is_err());
    }
    let long = rank(request(100, 10, 1_000_001), &losses, Control::unattended());
    assert_eq!(long.map(|r| r.visited), Err(RankingError::TooManyRows));
    for (k, n) in [(1000, 100), (100_000, 2), (1_000_000_000_000, 3)] {
        let visited = rank_all_visited(request(k, n, 10), &losses, Control::unattended());
        assert_eq!(visited.map(|r| r.visited), Err(RankingError::TooManyToVisit));
    }
}

#[test]
fn an_interrupted_search_claims_nothing() {
    let losses = LossSum::new(&erf_loss);
    let interrupt = AtomicBool::new(true);
    let control = Control {
        interrupt: &interrupt,
        progress: &|_| {},
    };
    for ranking in [
        rank_all_visited(request(60, 10, 10), &losses, control).unwrap(),
        rank_best_first(request(60, 10, 10), &losses, control).unwrap(),
    ] {
        assert!(matches!(ranking.complete, Verdict::Undecided(_)));
    }
    let check = check_optimum(5, &losses, Precision::START, control).unwrap();
    assert!(matches!(check.verdict, Verdict::Undecided(_)));
}
