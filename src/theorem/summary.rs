//! What a judgement says: rows for tables and JSON, and totals.

use super::catalogue::Catalogue;
use super::judge::Judged;
use serde::Serialize;

/// One theorem in a summary.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The entry's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// `proved`, `refuted`, `undecided` or `assumed`.
    pub verdict: &'static str,
    /// The verdict that the entry's authors expect.
    pub expected: &'static str,
    /// `computation`, `computation+derivation` or `coq`.
    pub by: &'static str,
    /// The theorems of `proofs/coq` that state it, or parts of it.
    pub coq: Vec<String>,
    /// How the claims were settled.
    pub method: String,
    /// Time spent on the claims, in seconds.
    pub seconds: f64,
    /// The evidence against, or what is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A judged selection of the catalogue.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// One row per theorem asked for, each after those that it uses.
    pub theorems: Vec<Row>,
    /// How many are proved.
    pub proved: usize,
    /// How many are refuted.
    pub refuted: usize,
    /// How many are undecided.
    pub undecided: usize,
    /// How many are assumed.
    pub assumed: usize,
    /// How many have another verdict than expected.
    pub unexpected: usize,
}

impl Summary {
    /// Rows for the entries `wanted`, in the catalogue's order.
    #[must_use]
    pub fn of(catalogue: &Catalogue, wanted: &[usize], judged: &[Judged]) -> Summary {
        let shown: Vec<&Judged> = judged.iter().filter(|j| wanted.contains(&j.entry)).collect();
        let count = |word: &str| shown.iter().filter(|j| j.outcome.word() == word).count();
        Summary {
            proved: count("proved"),
            refuted: count("refuted"),
            undecided: count("undecided"),
            assumed: count("assumed"),
            unexpected: shown
                .iter()
                .filter(|j| !j.outcome.is(catalogue.entries[j.entry].expected))
                .count(),
            theorems: shown.iter().map(|j| row(catalogue, j)).collect(),
        }
    }
}

fn row(catalogue: &Catalogue, judged: &Judged) -> Row {
    let entry = &catalogue.entries[judged.entry];
    let mut methods: Vec<&str> = Vec::new();
    for attempt in &judged.attempts {
        // "intervals: 3 cells, doubles" counts as "intervals" in a table.
        let method = attempt.method.split(':').next().unwrap_or(&attempt.method);
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    Row {
        id: entry.id.clone(),
        title: entry.title.clone(),
        verdict: judged.outcome.word(),
        expected: entry.expected.word(),
        by: entry.by.word(),
        coq: entry.coq.clone(),
        method: methods.join(", "),
        seconds: judged.time.as_secs_f64(),
        why: judged.outcome.reason(),
    }
}
