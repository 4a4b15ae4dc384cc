//! Mutants of the catalogue's certificates, each with a fitting digest.
//!
//! A mutant that is accepted must be true. Whether it is, is judged by an
//! oracle that shares nothing with the checker: claims about formulas are
//! sampled in floating point (`support/oracle.rs`); spectra are compared with
//! dense matrices (`support/spectra.rs`); claims of the other kinds
//! are theorems for all parameters that their grammar admits, and what it
//! admits is checked here. Damage to the structure of a proof must be refused
//! whatever is claimed.
//!
//! ```text
//! COPYAVG_EFFORT=25 cargo test --release -p copyavg-checker --test hostile -- --nocapture
//! ```
//! tries 10^5 mutants. `COPYAVG_ACCEPTED=FILE` also writes the accepted claims
//! to a file, for `tests/oracle.py`, which samples them with Arb.

mod support;

use copyavg_checker::{Rejection, check};
use std::collections::BTreeMap;
use std::sync::Mutex;
use support::mutation::{Damage, Random, WORDS, mutate};
use support::oracle::{Finding, examine};
use support::spectra;
use support::{blocks, catalogue, seal};

/// Mutants for COPYAVG_EFFORT = 1.
const MUTANTS: usize = 4000;

/// The claims that are mutated, without comments, and small enough to be
/// checked quickly.
fn corpus() -> Vec<Vec<String>> {
    let mut corpus = Vec::new();
    for (_, text) in catalogue() {
        for mut block in blocks(&text) {
            block.retain(|line| !line.starts_with("says "));
            // Spectra that are too large for dense matrices.
            if block[0] == "claim spectrum" && !spectra::is_true(&block) {
                continue;
            }
            if block[0] == "claim global-optimum" {
                corpus.push(last_group(&block));
                continue;
            }
            let mut points = 0;
            block.retain(|line| {
                points += usize::from(line.starts_with("point "));
                !line.starts_with("point ") || points <= 2
            });
            for line in &mut block {
                let small = match line.split_once(' ') {
                    Some(("to", _)) => "to 3000",
                    Some(("k", _)) => "k 1..5",
                    Some(("digits", _)) => "digits 6",
                    _ => continue,
                };
                *line = small.to_string();
            }
            corpus.push(block);
        }
    }
    // Spectra of small configurations, and their indices.
    for (sizes, extra) in [
        (&[1][..], 0),
        (&[2], 1),
        (&[2, 1], 0),
        (&[1, 1, 1], 2),
        (&[3, 1, 1], 1),
        (&[2, 2, 1], 0),
    ] {
        corpus.push(spectra::claim(sizes, extra));
    }
    for (k, extra) in [("1..5", "0..1"), ("4..4", "0..3")] {
        let lines = [
            "claim morse-index",
            "activation erf",
            &format!("k {k}"),
            &format!("extra {extra}"),
            "proof inertia",
            "end",
        ];
        corpus.push(lines.map(str::to_string).to_vec());
    }
    corpus
}

/// A `global-optimum` claim about its last pair, or its last pairs if they are
/// not listed one by one.
fn last_group(block: &[String]) -> Vec<String> {
    let start = block.iter().rposition(|line| line.starts_with("k ")).unwrap();
    let mut lines = [&block[..2], &block[start..]].concat();
    if let Some((_, to)) = lines[3].split_once("..")
        && !to.ends_with("*k")
    {
        lines[3] = format!("n {to}..{to}");
    }
    lines
}

/// Whether every pair of a `global-optimum` claim may be true: the bounds by
/// rows reach no k < 5, and nothing from n = 0.54 k on.
fn within_reach(block: &[String]) -> bool {
    let list = |word: &str| {
        let values = block
            .iter()
            .filter_map(|line| line.strip_prefix(word)?.strip_prefix(' '));
        values.map(str::to_string).collect::<Vec<String>>()
    };
    let (teachers, neurons) = (list("k"), list("n"));
    let reached = |k: &str, n: &str| {
        let share = |text: &str| {
            let (p, q) = text.split_once('/').unwrap_or((text, "1"));
            Some(p.parse::<f64>().ok()? / q.parse::<f64>().ok()?)
        };
        let (from, to) = n.split_once("..")?;
        Some(match (k.strip_suffix("..infinity"), to.strip_suffix("*k")) {
            (Some(k), Some(rho)) => from == "2" && k.parse::<u64>().ok()? >= 5 && share(rho)? < 0.54,
            (None, None) => {
                let (k, from, to) = (
                    k.parse::<u64>().ok()?,
                    from.parse::<u64>().ok()?,
                    to.parse::<u64>().ok()?,
                );
                k >= 5 && 2 <= from && from <= to && 100 * to < 54 * k
            }
            _ => false,
        })
    };
    !teachers.is_empty()
        && teachers.len() == neurons.len()
        && teachers
            .iter()
            .zip(&neurons)
            .all(|(k, n)| reached(k, n) == Some(true))
}

/// Whether a claim that is no formula says something, and something true: its
/// numbers are as the grammar admits them.
fn admissible(block: &[String]) -> bool {
    if block.iter().any(|line| line == "claim spectrum") {
        return spectra::is_true(block);
    }
    let field = |word: &str| {
        block
            .iter()
            .find_map(|line| line.strip_prefix(word)?.strip_prefix(' '))
    };
    let range = |word: &str, least: i64| {
        field(word).and_then(|text| {
            let (from, to) = text.split_once("..")?;
            let (from, to) = (from.parse::<i64>().ok()?, to.parse::<i64>().ok()?);
            Some(least <= from && from <= to && to <= 100)
        }) == Some(true)
    };
    let positive = |text: &str| {
        let (p, q) = text.split_once('/').unwrap_or((text, "1"));
        p.parse::<f64>().is_ok_and(|p| p > 0.0) && q.parse::<f64>().is_ok_and(|q| q > 0.0)
    };
    let activation = field("activation").is_some_and(|name| {
        name == "erf" || name == "erf-printed" || name.strip_prefix("erf:").is_some_and(positive)
    });
    activation
        && match field("claim") {
            Some("critical" | "additivity") => range("k", 1) && range("extra", 0),
            Some("morse-index") => field("activation") == Some("erf") && range("k", 1) && range("extra", 0),
            Some("partition-optimum") => range("k", 1),
            Some("global-optimum") => field("activation") == Some("erf") && within_reach(block),
            Some("concavity-scan") => field("to").is_some_and(|to| to.parse::<u64>().is_ok_and(|to| to >= 2)),
            Some("kernel") => {
                field("digits").is_some_and(|digits| digits.parse::<u32>().is_ok_and(|digits| digits >= 1))
                    && block.iter().any(|line| line.starts_with("point "))
            }
            _ => false,
        }
}

/// Counts by damage and result.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<(Damage, &'static str), usize>,
    unknown: usize,
    accepted: Vec<Vec<String>>,
    wrong: Vec<String>,
}

fn examine_mutants(seed: u64, count: usize, corpus: &[Vec<String>], tally: &Mutex<Tally>) {
    let mut random = Random(seed);
    for _ in 0..count {
        let block = &corpus[random.below(corpus.len())];
        let (mutant, damage) = mutate(&mut random, block);
        if mutant == *block {
            continue;
        }
        let lines: Vec<&str> = mutant.iter().map(String::as_str).collect();
        let result = check(&seal(&lines));
        let mut tally = tally.lock().unwrap();
        let word = match &result {
            Ok(_) => "accepted",
            Err(Rejection::Invalid { .. }) => "invalid",
            Err(Rejection::Unreadable { .. }) => "unreadable",
        };
        *tally.counts.entry((damage, word)).or_default() += 1;
        if result.is_err() {
            continue;
        }
        let shown = || mutant.join(" | ");
        if damage == Damage::Structure {
            tally.wrong.push(format!("structure: {}", shown()));
        }
        let formulas = mutant
            .iter()
            .any(|line| line.starts_with("holds ") || line.starts_with("equation "));
        if formulas {
            match examine(&mutant) {
                Finding::False(at) => tally.wrong.push(format!("false at {at}: {}", shown())),
                Finding::NothingAgainst(points) => assert!(points > 0, "{}", shown()),
                Finding::Unknown => tally.unknown += 1,
            }
        } else if !admissible(&mutant) {
            tally.wrong.push(format!("says nothing: {}", shown()));
        }
        tally.accepted.push(mutant);
    }
}

#[test]
fn no_mutant_is_wrongly_accepted() {
    let effort: usize = match std::env::var("COPYAVG_EFFORT") {
        Ok(text) => text.parse().expect("COPYAVG_EFFORT is a positive integer"),
        Err(_) => 1,
    };
    let corpus = corpus();
    let tally = Mutex::new(Tally::default());
    let parts = 8;
    std::thread::scope(|scope| {
        for worker in 0..2 {
            let (corpus, tally) = (&corpus, &tally);
            scope.spawn(move || {
                for part in (worker..parts).step_by(2) {
                    let seed = u64::try_from(part).unwrap() + 1;
                    examine_mutants(seed, MUTANTS * effort / parts, corpus, tally);
                }
            });
        }
    });
    let tally = tally.into_inner().unwrap();
    for ((damage, result), count) in &tally.counts {
        println!("{damage:?} {result}: {count}");
    }
    println!("accepted but not sampled: {}", tally.unknown);
    if let Ok(file) = std::env::var("COPYAVG_ACCEPTED") {
        let text: String = tally
            .accepted
            .iter()
            .map(|block| block.join("\n") + "\n")
            .collect();
        std::fs::write(file, text).unwrap();
    }
    assert!(
        tally.wrong.is_empty(),
        "{} wrong:\n{}",
        tally.wrong.len(),
        tally.wrong.join("\n")
    );
    // The suite is worth something: it refuses on both grounds, and some
    // mutants are harmless.
    let total: usize = tally.counts.values().sum();
    let of = |word: &str| {
        tally
            .counts
            .iter()
            .filter(|((_, result), _)| *result == word)
            .map(|(_, count)| count)
            .sum::<usize>()
    };
    assert!(total >= MUTANTS * effort * 9 / 10);
    assert!(of("invalid") > total / 10 && of("unreadable") > total / 5 && of("accepted") > total / 100);
    assert!(tally.unknown * 20 < of("accepted") + 20, "{}", tally.unknown);
}

/// Every claim of the corpus with its comparison turned around, or its sides
/// moved: false by construction, with every step that could serve as a proof.
#[test]
fn falsified_claims_are_refused() {
    let mut refused = 0;
    for block in corpus() {
        let Some(place) = block
            .iter()
            .position(|line| line.starts_with("holds ") || line.starts_with("equation "))
        else {
            continue;
        };
        let mut variants = Vec::new();
        let line = &block[place];
        for (from, to) in [(">=", "<"), ("<=", ">"), (" > ", " <= "), (" < ", " >= ")] {
            if line.contains(from) && line.starts_with("holds ") {
                variants.push(line.replacen(from, to, 1));
                break;
            }
        }
        if let Some((left, right)) = line
            .strip_prefix("equation ")
            .and_then(|rest| rest.split_once(" = "))
        {
            for change in ["1/10^100", "1", "pi", "sqrt(2)"] {
                variants.push(format!("equation {left} + {change} = {right}"));
                variants.push(format!("equation {left} = {right} - {change}"));
            }
        }
        for variant in variants {
            for steps in [
                "natural",
                "centered",
                "taylor lower 1",
                "taylor lower 2",
                "taylor lower 3",
                "taylor upper 1",
                "split x 1/2 | natural | natural",
                "",
            ] {
                let mut lines: Vec<String> = block[..place].to_vec();
                lines.push(variant.clone());
                lines.push("proof cover".to_string());
                lines.extend(
                    steps
                        .split(" | ")
                        .filter(|step| !step.is_empty())
                        .map(str::to_string),
                );
                lines.push("end".to_string());
                let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
                assert!(check(&seal(&lines)).is_err(), "{lines:?}");
            }
            for proof in [
                block[place + 1..].to_vec(),
                vec!["proof sturm".to_string(), "end".to_string()],
            ] {
                let lines: Vec<&str> = block[..place]
                    .iter()
                    .chain([&variant])
                    .chain(&proof)
                    .map(String::as_str)
                    .collect();
                assert!(check(&seal(&lines)).is_err(), "{lines:?}");
                refused += 1;
            }
        }
    }
    assert!(refused > 100, "{refused}");
}

/// Random bytes, and random lines of the format's own words, neither crash the
/// checker nor are accepted.
#[test]
fn noise_is_refused() {
    let mut random = Random(99);
    for _ in 0..3000 {
        let noise: String = (0..random.below(200))
            .map(|_| char::from(u8::try_from(random.below(128)).unwrap()))
            .collect();
        assert!(check(&noise).is_err() && check(&seal(&[&noise])).is_err());
        let lines: Vec<String> = (0..random.below(12))
            .map(|_| {
                let words: Vec<&str> = (0..1 + random.below(5))
                    .map(|_| match random.below(3) {
                        0 => random.pick(&["x", "1", "2/3", "(0, 1]", "..", "=", ">", "+", "*", "^", "1..2"]),
                        _ => random.pick(&WORDS),
                    })
                    .collect();
                words.join(" ")
            })
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert!(check(&seal(&lines)).is_err());
    }
}
