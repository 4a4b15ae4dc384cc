//! Claims of the kind `spectrum` with one thing changed, in every way.

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
pub fn mutants(claim: &[String]) -> Vec<Vec<String>> {
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
