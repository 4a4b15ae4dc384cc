//! `perturbed-copy`: claims that the tests make from doubles.

mod support;

use copyavg_checker::check;
use std::time::Instant;
use support::perturbed::{Four, around, blocks, claim, exact, loss, preconditioner, solution};
use support::perturbed_truth::Truth;
use support::seal;

fn verify(lines: &[String]) -> Result<String, String> {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    check(&seal(&lines))
        .map(|verified| verified.claims.join("\n"))
        .map_err(|rejection| rejection.to_string())
}

fn radii(x: Four) -> Four {
    x.map(|x| 1e-9 * x.abs())
}

fn certificate(n: u64, k: u64, extra: u64) -> Vec<String> {
    let x = solution(n, k).unwrap_or_else(|| panic!("no solution for n = {n}, k = {k}"));
    let [rows, columns, more] = [n, k, extra].map(|n| usize::try_from(n).unwrap());
    let list = blocks(rows, columns, more, x);
    claim([n, k, extra], x, radii(x), 1e-7, &list)
}

#[test]
fn true_claims_are_accepted() {
    for (n, k, extra) in [
        (3, 4, 0),
        (4, 5, 1),
        (5, 6, 0),
        (8, 10, 2),
        (15, 20, 0),
        (15, 20, 1),
        (80, 100, 0),
    ] {
        let lines = certificate(n, k, extra);
        let start = Instant::now();
        let words = verify(&lines).unwrap_or_else(|fault| panic!("{n} {k} {extra}: {fault}"));
        println!("n = {n}, k = {k}, extra = {extra}: {:?}", start.elapsed());
        assert!(words.contains(&format!(
            "for k = {k} teachers v_p and n = {n} neurons in d = {}",
            k + extra
        )));
        for word in ["index", "kind"] {
            println!("  {}", lines.iter().find(|line| line.starts_with(word)).unwrap());
        }
    }
}

/// The place of the first line that begins like this.
fn place(lines: &[String], start: &str) -> usize {
    lines.iter().position(|line| line.starts_with(start)).unwrap()
}

/// The lines with one of them changed.
fn with(lines: &[String], start: &str, line: &str) -> Vec<String> {
    let mut lines = lines.to_vec();
    let at = place(&lines, start);
    lines[at] = line.to_string();
    lines
}

/// The last line of a block.
fn end_of_block(lines: &[String], start: usize) -> usize {
    let mut end = start + 1;
    while lines[end].starts_with("eigenvalue") {
        end += 1;
    }
    end
}

/// True variants are accepted: the witness is free, and parts may be absent.
#[test]
fn the_witness_may_be_another_one() {
    let lines = certificate(5, 6, 0);
    let x = solution(5, 6).unwrap();
    let mut truth = Truth::default();
    assert!(truth.of(&lines));
    let mut bare = lines.clone();
    bare.drain(place(&lines, "block")..=place(&lines, "kind"));
    let without_order: Vec<String> = lines
        .iter()
        .filter(|line| !line.starts_with("order"))
        .cloned()
        .collect();
    let rounded: Vec<String> = preconditioner(5.0, 6.0, x)
        .iter()
        .map(|row| {
            format!(
                "preconditioner {}",
                row.map(|c| exact((c * 4096.0).round() / 4096.0)).join(" ")
            )
        })
        .collect();
    let mut rough = lines.clone();
    let at = place(&lines, "preconditioner");
    rough.splice(at..at + 4, rounded);
    let mut wide = lines.clone();
    for (name, x) in ["alpha", "beta", "gamma", "a"].iter().zip(x) {
        let start = format!("box {name} ");
        wide = with(&wide, &start, &format!("{start}{}", around(x, 1e-5 * x.abs())));
    }
    for (what, lines) in [
        ("bare", bare),
        ("without order", without_order),
        ("rough", rough),
        ("wide", wide),
    ] {
        assert!(truth.of(&lines), "{what}");
        verify(&lines).unwrap_or_else(|fault| panic!("{what}: {fault}"));
    }
}

/// False claims and claims without a proof, all with a fitting digest.
#[test]
fn false_claims_are_refused() {
    let mut count = 0;
    for (n, k, extra) in [(5, 6, 0), (4, 5, 1), (8, 10, 1), (3, 4, 0)] {
        let lines = certificate(n, k, extra);
        let x = solution(n, k).unwrap();
        verify(&lines).unwrap();
        let mut refused = |what: &str, lines: &[String]| {
            count += 1;
            if let Ok(words) = verify(lines) {
                panic!("{n} {k} {extra}: {what}: {words}");
            }
        };
        for (name, x) in ["alpha", "beta", "gamma", "a"].iter().zip(x) {
            let start = format!("box {name} ");
            let sides =
                |low: f64, high: f64| with(&lines, &start, &format!("{start}{} {}", exact(low), exact(high)));
            let radius = 1e-9 * x.abs();
            for shift in [-1e3, -3.0, -1.01, 1.01, 3.0, 1e3] {
                let (low, high) = (x + (shift - 1.0) * radius, x + (shift + 1.0) * radius);
                refused("shifted", &sides(low, high));
            }
            refused("swapped", &sides(x + radius, x - radius));
            refused("a point", &sides(x, x));
            refused("negated", &sides(-x - radius, -x + radius));
            refused("around 0", &sides(-2.0 * x.abs(), 2.0 * x.abs()));
            refused(
                "renamed",
                &with(&lines, &start, &format!("box delta {}", around(x, radius))),
            );
            refused(
                "three ends",
                &with(&lines, &start, &format!("{start}{} 7", around(x, radius))),
            );
        }
        // The mirror image is critical, too, but is not what is claimed.
        let mut wide = lines.clone();
        let mut mirrored = lines.clone();
        for (name, x) in ["alpha", "beta", "gamma", "a"].iter().zip(x) {
            let start = format!("box {name} ");
            wide = with(&wide, &start, &format!("{start}{}", around(x, 0.9 * x.abs())));
            mirrored = with(
                &mirrored,
                &start,
                &format!("{start}{}", around(-x, 1e-9 * x.abs())),
            );
        }
        refused("too wide", &wide);
        refused("mirrored", &mirrored);
        // The degenerate solution, with any preconditioner.
        let size = k as f64;
        let entry = 1.0 / (size * (2.0 * size - 1.0)).sqrt();
        let equal = [entry, entry, entry, size / n as f64];
        for around_zero in [false, true] {
            let mut degenerate = lines.clone();
            for (name, x) in ["alpha", "beta", "gamma", "a"].iter().zip(equal) {
                let start = format!("box {name} ");
                let side = match around_zero && *name == "beta" {
                    true => format!("{} {}", exact(-1e-3), exact(x + 1e-3)),
                    false => around(x, 1e-6),
                };
                degenerate = with(&degenerate, &start, &format!("{start}{side}"));
            }
            refused("degenerate", &degenerate);
            let first = place(&degenerate, "block");
            let last = place(&degenerate, "kind");
            degenerate.drain(first..=last);
            degenerate.remove(place(&degenerate, "order"));
            degenerate = with(&degenerate, "loss", "loss -1000 1000");
            refused("degenerate, existence only", &degenerate);
        }
        let at = place(&lines, "preconditioner");
        let replaced = |rows: &[String]| {
            let mut lines = lines.clone();
            lines.splice(at..at + 4, rows.iter().cloned());
            lines
        };
        let rows: Vec<String> = lines[at..at + 4].to_vec();
        let negative: Vec<String> = rows
            .iter()
            .map(|row| {
                let flip = |c: &str| c.strip_prefix('-').map_or(format!("-{c}"), str::to_string);
                let entries: Vec<String> = row.split(' ').skip(1).map(flip).collect();
                format!("preconditioner {}", entries.join(" "))
            })
            .collect();
        let mut half = rows.clone();
        half[2] = negative[2].clone();
        refused("a negative row", &replaced(&half));
        refused("negative", &replaced(&negative));
        refused("zero", &replaced(&vec!["preconditioner 0 0 0 0".to_string(); 4]));
        refused("equal rows", &replaced(&vec![rows[0].clone(); 4]));
        refused("three rows", &replaced(&rows[..3]));
        refused(
            "five rows",
            &replaced(&[rows.clone(), vec![rows[0].clone()]].concat()),
        );
        refused(
            "three columns",
            &with(&lines, "preconditioner", "preconditioner 1 2 3"),
        );
        refused(
            "five columns",
            &with(&lines, "preconditioner", "preconditioner 1 2 3 4 5"),
        );
        for (word, value) in [("n", n), ("k", k), ("extra", extra)] {
            for other in [value.wrapping_sub(1), value + 1, 0, 1_000_000_000_001] {
                if other != value {
                    refused(
                        word,
                        &with(&lines, &format!("{word} "), &format!("{word} {other}")),
                    );
                }
            }
            refused(
                "leading zero",
                &with(&lines, &format!("{word} "), &format!("{word} 0{value}")),
            );
        }
        refused(
            "activation",
            &with(&lines, "activation", "activation erf-printed"),
        );
        let order = &lines[place(&lines, "order")];
        let flipped = if order.ends_with("lower") {
            "order higher"
        } else {
            "order lower"
        };
        refused("order", &with(&lines, "order", flipped));
        refused("order", &with(&lines, "order", "order equal"));
        let value = loss(n, k, x);
        for shift in [-1e-3, 1e-3] {
            refused(
                "loss",
                &with(&lines, "loss", &format!("loss {}", around(value + shift, 1e-4))),
            );
        }
        for word in ["index", "nullity"] {
            let line = &lines[place(&lines, word)];
            let value: u64 = line.split(' ').nth(1).unwrap().parse().unwrap();
            refused(word, &with(&lines, word, &format!("{word} {}", value + 1)));
            refused(
                word,
                &with(&lines, word, &format!("{word} {}", value.wrapping_sub(1))),
            );
        }
        let saddle = lines[place(&lines, "kind")].ends_with("saddle");
        let other = if saddle {
            "kind strict-local-minimum"
        } else {
            "kind strict-saddle"
        };
        refused("kind", &with(&lines, "kind", other));
        refused("kind", &with(&lines, "kind", "kind minimum"));
        refused("proof", &with(&lines, "proof", "proof newton"));
        for (at, line) in lines.iter().enumerate() {
            let mut dropped = lines.clone();
            dropped.remove(at);
            if !line.starts_with("order") {
                refused("a line dropped", &dropped);
            }
            let mut twice = lines.clone();
            twice.insert(at, line.clone());
            refused("a line twice", &twice);
            let mut more = lines.clone();
            more.insert(at, "granted".to_string());
            refused("an unknown word", &more);
            refused("truncated", &lines[..at]);
            if let Some(ends) = line.strip_prefix("eigenvalue ") {
                let shifted = |low: &str, high: &str| {
                    let mut lines = lines.clone();
                    lines[at] = format!("eigenvalue {low} {high}");
                    lines
                };
                let (low, high) = ends.split_once(' ').unwrap();
                refused("eigenvalue swapped", &shifted(high, low));
                refused("eigenvalue above", &shifted(high, "1000"));
                refused("eigenvalue below", &shifted("-1000", low));
                refused("sign left open", &shifted("-1000", "1000"));
            }
            if let Some(block) = line.strip_prefix("block ") {
                let (name, times) = block.split_once(" times ").unwrap();
                let times: u64 = times.parse().unwrap();
                let changed = |text: String| {
                    let mut lines = lines.clone();
                    lines[at] = text;
                    lines
                };
                for other in [times - 1, times + 1] {
                    refused("multiplicity", &changed(format!("block {name} times {other}")));
                }
                for other in ["trivial", "neurons", "rest", "unused", "symmetric", "bucket 1"] {
                    if other != name {
                        refused("renamed", &changed(format!("block {other} times {times}")));
                    }
                }
                let end = end_of_block(&lines, at);
                let mut dropped = lines.clone();
                let gone: Vec<String> = dropped.drain(at..end).collect();
                refused("a block dropped", &dropped);
                let mut later = dropped.clone();
                later.splice(place(&dropped, "index")..place(&dropped, "index"), gone.clone());
                if later != lines {
                    refused("a block moved", &later);
                }
                dropped.splice(place(&dropped, "loss") + 1..place(&dropped, "loss") + 1, gone);
                refused("a block moved", &dropped);
            }
        }
    }
    println!("{count} claims refused");
}

/// Random changes of words and numbers: what is accepted is true.
#[test]
fn accepted_mutants_are_true() {
    let effort: usize = std::env::var("COPYAVG_EFFORT").map_or(1, |text| text.parse().unwrap());
    let corpus =
        [(5, 6, 0), (4, 5, 1), (8, 10, 1), (3, 4, 0), (7, 9, 0)].map(|(n, k, e)| certificate(n, k, e));
    let mut truth = Truth::default();
    let mut state = 12345_u64;
    let mut below = |n: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % u64::try_from(n.max(1)).unwrap()).unwrap()
    };
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..1500 * effort {
        let mut lines = corpus[below(corpus.len())].clone();
        for _ in 0..=below(2) {
            let at = below(lines.len());
            let mut words: Vec<String> = lines[at].split(' ').map(str::to_string).collect();
            let place = below(words.len());
            match below(8) {
                0 => {
                    let other = below(lines.len());
                    lines.swap(at, other);
                }
                1 => {
                    let other = corpus[below(corpus.len())].clone();
                    lines[at] = other[below(other.len())].clone();
                }
                2 => {
                    let other: Vec<&str> = corpus[0][below(corpus[0].len())].split(' ').collect();
                    words[place] = other[below(other.len())].to_string();
                    lines[at] = words.join(" ");
                }
                _ => {
                    // One digit, or the sign.
                    let mut text = words[place].clone().into_bytes();
                    let digit = below(text.len());
                    if text[digit].is_ascii_digit() && below(4) > 0 {
                        text[digit] = b"0123456789"[below(10)];
                    } else if text[0] == b'-' {
                        text.remove(0);
                    } else {
                        text.insert(0, b'-');
                    }
                    words[place] = String::from_utf8(text).unwrap();
                    lines[at] = words.join(" ");
                }
            }
        }
        match verify(&lines) {
            Ok(words) => {
                assert!(truth.of(&lines), "{words}\n{}", lines.join("\n"));
                accepted += 1;
            }
            Err(_) => refused += 1,
        }
    }
    println!("{accepted} mutants accepted, {refused} refused");
    assert!(accepted > 0 && refused > accepted);
}
