//! `spectrum` and `morse-index`: the checker against dense matrices of doubles.

mod support;

use copyavg_checker::check;
use support::dense::{Point, claim, eigenvalues, is_true, partitions};
use support::seal;

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

/// Other texts for one of the numbers of a claim.
fn other_naturals(text: &str) -> Vec<String> {
    let mut others: Vec<String> = [
        "0",
        "1",
        "2",
        "3",
        "-1",
        "",
        "01",
        "1.0",
        "1/1",
        "1e0",
        "one",
        "0x1",
        "+1",
        "99999999999999999999",
    ]
    .map(str::to_string)
    .to_vec();
    if let Ok(n) = text.parse::<i64>() {
        others.extend([
            (n + 1).to_string(),
            (n - 1).to_string(),
            (2 * n).to_string(),
            format!("-{n}"),
            format!("0{n}"),
        ]);
    }
    others.extend([
        "9".repeat(100_000),
        "9".repeat(900),
        format!("{text} "),
        format!("{text} 1"),
    ]);
    others.retain(|other| other != text);
    others
}

/// A rational with the denominator 10^12 as its numerator.
fn numerator(text: &str) -> Option<i128> {
    text.strip_suffix("/1000000000000")?.parse().ok()
}

/// Other texts for an enclosure `LO HI`, some of them right.
fn other_bounds(text: &str) -> Vec<String> {
    let Some((low, high)) = text.split_once(' ') else {
        return vec![];
    };
    let Some((a, b)) = numerator(low).zip(numerator(high)) else {
        return vec![];
    };
    let quarter = (b - a) / 4;
    let pair = |a: i128, b: i128| format!("{a}/1000000000000 {b}/1000000000000");
    let mut others = vec![
        // Right: narrower and wider.
        pair(a + quarter, b - quarter),
        pair(a - 1000, b + 1000),
        pair(a - 1_000_000, b),
        // Wrong: beside the number, by little and by much.
        pair(a, a + quarter),
        pair(b - quarter, b),
        pair(a - quarter, a),
        pair(b, b + quarter),
        pair(b, b),
        pair(a, a),
        pair(a + 3000, b + 3000),
        pair(a - 3000, b - 3000),
        pair(a + 1_000_000_000_000, b + 1_000_000_000_000),
        pair(a - 1_000_000_000_000, b - 1_000_000_000_000),
        pair(-b, -a),
        pair(b, a),
        pair(2 * a, 2 * b),
        format!("{} {}", a, b),
        format!("0 {high}"),
        format!("{low} 0"),
        "0 0".to_string(),
        "-1000 1000".to_string(),
        format!("-{} {}", "9".repeat(900), "9".repeat(900)),
        // No numbers of the format.
        format!("{low} {}", "9".repeat(100_000)),
        format!("-{} {high}", "9".repeat(100_000)),
        format!("{low} {high} {high}"),
        format!("{low}  {high}"),
        low.to_string(),
        String::new(),
        format!("{low}/1 {high}"),
        format!("{a}/0 {b}/0"),
        format!("{a}/-1000000000000 {b}/1000000000000"),
        "-1.5 1.5".to_string(),
        "-infinity infinity".to_string(),
        "NaN NaN".to_string(),
    ];
    others.retain(|other| other != text);
    others
}

/// Other texts for the rest of a line, by its first word.
fn others(word: &str, rest: &str) -> Vec<String> {
    let list = |texts: &[&str]| -> Vec<String> { texts.iter().map(|text| (*text).to_string()).collect() };
    match word {
        "claim" => list(&["critical", "morse-index", "spectra", "Spectrum", ""]),
        "activation" => list(&["erf:1", "erf:1/2", "erf-printed", "erf:7/10", "relu", ""]),
        "kind" => list(&[
            "strict-saddle",
            "strict-local-minimum",
            "degenerate",
            "minimum",
            "saddle",
            "",
        ]),
        "proof" => list(&["exact", "cover", "sturm", "inertia inertia", ""]),
        "loss" | "eigenvalue" => other_bounds(rest),
        "extra" | "index" | "nullity" => other_naturals(rest),
        "parts" => {
            let mut texts = list(&[
                "1",
                "2",
                "3",
                "1^2",
                "2 1",
                "2^2",
                "1^3",
                "3 1",
                "2 1^2",
                "1^4",
                "4",
                "1 2",
                "2 2",
                "1^1",
                "0",
                "",
                "2^0",
                "02",
                "2^02",
                "5^1000000000000000000000",
                "999999999999999999",
                "1^999999999999999999",
            ]);
            texts.push(format!("{rest} 1"));
            texts.push(format!("7 {rest}"));
            texts.push(rest.replace('^', " "));
            texts.push(rest.split(' ').rev().collect::<Vec<_>>().join(" "));
            texts.push(rest.split(' ').skip(1).collect::<Vec<_>>().join(" "));
            texts.push("9".repeat(60_000));
            texts
        }
        "block" => {
            let (name, times) = rest.split_once(" times ").unwrap_or((rest, "1"));
            let mut texts: Vec<String> = other_naturals(times)
                .iter()
                .map(|times| format!("{name} times {times}"))
                .collect();
            for other in ["bucket", "zero-sum", "difference", "unused"] {
                for size in [" 1", " 2", " 3", ""] {
                    texts.push(format!("{other}{size} times {times}"));
                }
            }
            texts.push(format!("{name} {times}"));
            texts.push(name.to_string());
            texts
        }
        _ => list(&["1"]),
    }
}

/// All mutants of a claim by one step.
fn mutants(claim: &[String]) -> Vec<Vec<String>> {
    let mut all = vec![];
    for (place, line) in claim.iter().enumerate() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut with = |lines: &[String], cut: usize| {
            let mut mutant = claim[..place].to_vec();
            mutant.extend_from_slice(lines);
            mutant.extend_from_slice(&claim[(place + cut).min(claim.len())..]);
            all.push(mutant);
        };
        for other in others(word, rest) {
            with(&[format!("{word} {other}").trim_end_matches(' ').to_string()], 1);
            with(&[format!("{word} {other}")], 1);
        }
        for other in ["grant", "eigenvalue", "block", "index", "loss", "kind", "trust"] {
            with(&[format!("{other} {rest}")], 1);
            with(&[format!("{other} {rest}"), line.clone()], 1);
        }
        with(&[], 1);
        with(&[line.clone(), line.clone()], 1);
        with(&[], usize::MAX - place);
        if let Some(next) = claim.get(place + 1) {
            with(&[next.clone(), line.clone()], 2);
            with(std::slice::from_ref(next), 2);
        }
        if word == "block" {
            // The whole block: left out, doubled, exchanged with the next one.
            let length = 1 + claim[place + 1..]
                .iter()
                .take_while(|line| line.starts_with("eigenvalue "))
                .count();
            let own = &claim[place..place + length];
            let mut with = |lines: Vec<String>, cut: usize| {
                let mut mutant = claim[..place].to_vec();
                mutant.extend(lines);
                mutant.extend_from_slice(&claim[place + cut..]);
                all.push(mutant);
            };
            with(vec![], length);
            with([own, own].concat(), length);
            let behind = &claim[place + length..];
            if behind.first().is_some_and(|line| line.starts_with("block ")) {
                let next = 1 + behind[1..]
                    .iter()
                    .take_while(|line| line.starts_with("eigenvalue "))
                    .count();
                with([&behind[..next], own].concat(), length + next);
                // Header without eigenvalues, eigenvalues moved to the next block.
                with(
                    [&own[..1], &behind[..1], &own[1..], &behind[1..next]].concat(),
                    length + next,
                );
            }
            with(own[..1].to_vec(), length);
            with(own[1..].to_vec(), length);
        }
    }
    all
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
