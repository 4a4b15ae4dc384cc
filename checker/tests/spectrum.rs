//! `spectrum` and `morse-index`: the checker against dense matrices of doubles.

mod support;

use copyavg_checker::check;
use support::dense::{Point, eigenvalues, partitions};
use support::seal;
use support::spectra::{claim, is_true};
use support::spectrum_mutants::mutants;

fn verify(lines: &[String]) -> Result<String, String> {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    check(&seal(&lines))
        .map(|verified| verified.claims.join("\n"))
        .map_err(|rejection| rejection.to_string())
}

/// The blocks that the tests take from the dense Hessian have all of its
/// eigenvalues, and the checker finds the same ones.
#[test]
fn blocks_are_those_of_the_dense_hessian() {
    for k in 1..=6 {
        for sizes in partitions(k) {
            for extra in 0..=2 {
                let point = Point::new(&sizes, extra);
                let mut listed = vec![];
                for (_, times, values) in point.blocks() {
                    for _ in 0..times {
                        listed.extend(&values);
                    }
                }
                listed.sort_by(f64::total_cmp);
                let dense = eigenvalues(point.hessian());
                assert_eq!(listed.len(), dense.len(), "{sizes:?} {extra}");
                for (x, y) in listed.iter().zip(&dense) {
                    assert!((x - y).abs() < 1e-10, "{sizes:?} {extra}: {x} {y}");
                }
                let lines = claim(&sizes, extra);
                assert!(is_true(&lines));
                let words = verify(&lines).unwrap_or_else(|fault| panic!("{fault}"));
                assert!(words.contains(&format!("of k = {k} teachers by n = {}", sizes.len())));
            }
        }
    }
}

/// Every field and every line of a certificate is changed in many ways; what
/// is accepted is true by the dense matrices.
#[test]
fn no_mutant_is_wrongly_accepted() {
    let mut tally = std::collections::BTreeMap::<(&str, bool), usize>::new();
    let mut claims = vec![];
    for k in 1..=4 {
        for sizes in partitions(k) {
            for extra in 0..=2 {
                claims.push(claim(&sizes, extra));
            }
        }
    }
    let mut judge = |mutant: &[String], source: &[String]| {
        if mutant == source {
            return;
        }
        let accepted = verify(mutant).is_ok();
        let holds = is_true(mutant);
        assert!(holds || !accepted, "accepted: {mutant:#?}");
        *tally
            .entry((if accepted { "accepted" } else { "refused" }, holds))
            .or_default() += 1;
    };
    for (number, claim) in claims.iter().enumerate() {
        let singles = mutants(claim);
        for mutant in &singles {
            judge(mutant, claim);
        }
        // Two changes at once, of some mutants.
        for (step, mutant) in singles.iter().enumerate().skip(number % 97).step_by(97) {
            let doubles = mutants(mutant);
            for twice in doubles.iter().skip(step % 61).step_by(61) {
                judge(twice, claim);
            }
        }
    }
    for ((answer, holds), count) in &tally {
        println!("{answer}, {}: {count}", if *holds { "true" } else { "false" });
    }
    assert!(tally.values().sum::<usize>() >= 20_000);
    assert!(tally[&("accepted", true)] > 500);
}

/// Versions, and damage without a new digest.
#[test]
fn other_versions_and_damaged_texts_are_refused() {
    let lines = claim(&[3, 1], 1);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let text = seal(&lines);
    check(&text).unwrap();
    let body = text[..text.rfind("digest").unwrap()].to_string();
    for header in [
        "copyavg certificate 2",
        "copyavg certificate 1 ",
        "copyavg certificate 01",
    ] {
        let other = body.replacen("copyavg certificate 1", header, 1);
        assert!(check(&support::seal_body(other)).is_err());
    }
    for end in 0..text.len() {
        assert!(check(&text[..end]).is_err(), "cut at {end}");
    }
    for place in 0..body.len() {
        let mut damaged = text.clone().into_bytes();
        damaged[place] ^= 1;
        assert!(check(&String::from_utf8(damaged).unwrap()).is_err());
    }
}

/// Enormous configurations are decided without loops over k or n.
#[test]
fn enormous_configurations_are_read() {
    let missing = |parts: &str, extra: &str| {
        let lines: Vec<String> = [
            "claim spectrum",
            "activation erf",
            &format!("parts {parts}"),
            &format!("extra {extra}"),
            "loss 0 1",
            "index 0",
            "nullity 0",
            "kind strict-local-minimum",
            "proof inertia",
            "end",
        ]
        .map(str::to_string)
        .to_vec();
        verify(&lines).unwrap_err()
    };
    let fault = missing("999999999999 1^999999999999", "999999999999999999");
    assert!(fault.contains("there are 5 blocks"), "{fault}");
    let many: Vec<String> = (1..=200).rev().map(|l: u64| format!("{l}^{}", l + 2)).collect();
    let fault = missing(&many.join(" "), "0");
    assert!(fault.contains("there are 599 blocks"), "{fault}");
}

fn morse(activation: &str, k: &str, extra: &str, proof: &str) -> Result<String, String> {
    verify(&[
        "claim morse-index".to_string(),
        format!("activation {activation}"),
        format!("k {k}"),
        format!("extra {extra}"),
        format!("proof {proof}"),
        "end".to_string(),
    ])
}

/// The formula, in doubles, is the number of negative eigenvalues of the dense
/// matrix; the checker proves it.
#[test]
fn morse_indices() {
    for k in 1..=6_u64 {
        for sizes in partitions(k) {
            let root = |l: u64| ((4 * l * l - 1) as f64).sqrt();
            let outside = |l: u64| root(l) * (root(l) + 2.0 * l as f64);
            let inside =
                |l: u64| root(l).powi(3) * (root(l) + 2.0 * l as f64) / (1.0 + 2.0 * l as f64 * root(l));
            let mut formula = 0;
            for (j, &l) in sizes.iter().enumerate() {
                let others: f64 = (0..sizes.len())
                    .filter(|&i| i != j)
                    .map(|i| outside(sizes[i]))
                    .sum();
                formula += if l >= 2 && inside(l) < 1.0 + others {
                    l - 1
                } else {
                    0
                };
            }
            let dense = eigenvalues(Point::new(&sizes, 1).hessian());
            assert!(dense.iter().all(|x| x.abs() > 1e-6));
            let negative = dense.iter().filter(|x| **x < 0.0).count();
            assert_eq!(u64::try_from(negative).unwrap(), formula, "{sizes:?}");
        }
    }
    let words = morse("erf", "1..8", "0..2", "inertia").unwrap();
    assert!(words.contains("k in 1..8, e in 0..2"), "{words}");
    for (activation, k, extra, proof) in [
        ("erf:1", "1..3", "0..1", "inertia"),
        ("erf-printed", "1..3", "0..1", "inertia"),
        ("erf", "0..3", "0..1", "inertia"),
        ("erf", "1..31", "0..1", "inertia"),
        ("erf", "3..1", "0..1", "inertia"),
        ("erf", "1..3", "0..101", "inertia"),
        ("erf", "1..3", "-1..1", "inertia"),
        ("erf", "1..3", "0..1", "exact"),
        ("erf", "1..3", "0..1", ""),
        ("erf", "[1, 3]", "0..1", "inertia"),
    ] {
        assert!(
            morse(activation, k, extra, proof).is_err(),
            "{activation} {k} {extra} {proof}"
        );
    }
}
