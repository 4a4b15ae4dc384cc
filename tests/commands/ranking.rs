//! `partitions`, held against a search of the tests' own.

use super::decimals::Enclosure;
use super::{json, run, status, stdout};
use num_bigint::BigUint;
use serde_json::Value;
use std::f64::consts::PI;

/// L(ℓ) in doubles: good enough to sort a few dozen well separated losses.
fn loss(ell: u64) -> f64 {
    let x = ell as f64;
    x / 3.0 - 2.0 / PI * x * x * (0.5 / x).asin()
}

/// All partitions of k into n parts ≤ cap, largest first.
fn partitions(k: u64, n: u64, cap: u64) -> Vec<Vec<u64>> {
    if n == 0 {
        return if k == 0 { vec![vec![]] } else { vec![] };
    }
    (1..=cap.min(k))
        .rev()
        .flat_map(|first| {
            let rest = partitions(k - first, n - 1, first);
            rest.into_iter().map(move |mut parts| {
                parts.insert(0, first);
                parts
            })
        })
        .collect()
}

/// Stirling numbers of the second kind.
fn set_partitions(k: u64, n: u64) -> BigUint {
    match (k, n) {
        (0, 0) => 1_u8.into(),
        (0, _) | (_, 0) => 0_u8.into(),
        _ => set_partitions(k - 1, n) * n + set_partitions(k - 1, n - 1),
    }
}

fn parts(row: &Value) -> Vec<u64> {
    let parts = row["parts"].as_array().unwrap();
    parts.iter().map(|part| part.as_u64().unwrap()).collect()
}

#[test]
fn rankings_agree_with_a_plain_search() {
    for (k, n) in [(1, 1), (5, 1), (6, 6), (8, 3), (12, 5), (16, 4)] {
        let mut expected = partitions(k, n, k);
        let count = expected.len();
        let total = |parts: &[u64]| parts.iter().map(|&ell| loss(ell)).sum::<f64>();
        expected.sort_by(|a, b| total(a).partial_cmp(&total(b)).unwrap());
        for method in ["auto", "enumerate", "best-first"] {
            let (answer, status) = json(&format!("partitions -k {k} -n {n} --all --method {method}"));
            assert_eq!(status, 0, "{k} {n} {method}");
            assert_eq!(answer["k"], k);
            assert_eq!(answer["n"], n);
            assert_eq!(answer["count"], count.to_string());
            assert_eq!(answer["complete"], "proved");
            let rows = answer["rows"].as_array().unwrap();
            let found: Vec<Vec<u64>> = rows.iter().map(parts).collect();
            assert_eq!(found, expected, "{k} {n} {method}");
            let mut multiplicities = BigUint::from(0_u8);
            for (row, rank) in rows.iter().zip(1..) {
                assert_eq!(row["rank"], rank);
                assert_eq!(row["order"], "proved");
                let enclosure = Enclosure::of(&row["loss"]);
                assert!(enclosure.has_digits(6), "{row}");
                let shown: f64 = row["loss"]["lower"].as_str().unwrap().parse().unwrap();
                assert!((shown - total(&parts(row))).abs() < 1e-5 * (1.0 + shown), "{row}");
                let multiplicity: BigUint = row["multiplicity"].as_str().unwrap().parse().unwrap();
                multiplicities += multiplicity;
            }
            assert_eq!(multiplicities, set_partitions(k, n));
        }
    }
}

#[test]
fn copying_all_costs_nothing_exactly() {
    let (answer, _) = json("partitions -k 6 -n 6");
    assert!(Enclosure::of(&answer["rows"][0]["loss"]).is_exactly(0));
}

#[test]
fn ten_rows_unless_told_otherwise() {
    let rows = |arguments: &str| json(arguments).0["rows"].as_array().unwrap().len();
    assert_eq!(rows("partitions -k 30 -n 5"), 10);
    assert_eq!(rows("partitions -k 30 -n 5 --top 3"), 3);
    assert_eq!(rows("partitions -k 6 -n 3 --top 1000000"), 3);
    assert_eq!(rows("partitions -k 30 -n 5 --all"), 377);
}

#[test]
fn what_no_one_can_enumerate_is_ranked_best_first() {
    let (answer, status) = json("partitions -k 10000 -n 300 --top 4");
    assert_eq!(status, 0);
    assert_eq!(answer["complete"], "proved");
    // p(10000, 300), a number of 105 digits: not a JSON number.
    assert!(answer["count"].as_str().unwrap().len() > 90);
    let first = parts(&answer["rows"][0]);
    assert_eq!(first.len(), 300);
    assert_eq!(first[..3], [9701, 1, 1]);
}

#[test]
fn unsorted_lists_hold_every_partition_once() {
    let (answer, status) = json("partitions -k 20 -n 6 --all --unsorted");
    assert_eq!(status, 0);
    assert_eq!(answer["count"], "90");
    assert_eq!(answer["complete"], "proved");
    let found: Vec<Vec<u64>> = answer["rows"].as_array().unwrap().iter().map(parts).collect();
    assert_eq!(found, partitions(20, 6, 20));
}

#[test]
fn an_undecided_order_is_an_exit_status() {
    // At 24 bits the losses of these overlap.
    let output = run("partitions -k 60 -n 20 --method enumerate --max-precision 24 --top 200 --format json");
    let answer: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let undecided = answer["rows"]
        .as_array()
        .unwrap()
        .iter()
        .any(|row| row["order"] == "undecided");
    let short = answer["rows"][1]["loss"]["digits_met"] == false;
    assert!(undecided || short || answer["complete"] == "undecided");
    assert_eq!(status(&output), 1);
}

#[test]
fn tables_for_people_are_short() {
    let text = stdout(&run("partitions -k 1000 -n 100 --top 2"));
    assert!(text.contains("901,1^99"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let table = stdout(&run("partitions -k 8 -n 3 --format csv"));
    assert!(table.starts_with("rank,parts,loss_lower,loss_upper,order,multiplicity\n"));
    assert!(table.contains("\n2,\"5,2,1\","), "{table}");
}
