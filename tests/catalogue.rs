//! The catalogue gets the verdicts it expects, and no falsified entry is proved.

use copyavg::arithmetic::Precision;
use copyavg::certify::verdict::Verdict;
use copyavg::theorem::catalogue::{Catalogue, built_in_entries};
use copyavg::theorem::claim::Work;
use copyavg::theorem::complaint::Complaint;
use copyavg::theorem::entry::Entry;
use copyavg::theorem::judge::judge;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

static NEVER: AtomicBool = AtomicBool::new(false);

fn work() -> Work<'static> {
    Work {
        max_precision: Precision::saturating(512),
        max_cells: 100_000,
        interrupt: &NEVER,
    }
}

/// The independent checker's opinion.
fn recheck(certificate: &str) -> Result<(), String> {
    match copyavg_checker::check(certificate) {
        Ok(_) => Ok(()),
        Err(rejection) => Err(rejection.to_string()),
    }
}

#[test]
fn every_entry_has_the_verdict_it_expects() {
    let catalogue = Catalogue::built_in().unwrap();
    let all: Vec<usize> = (0..catalogue.entries.len()).collect();
    let judged = judge(&catalogue, &all, &work(), &recheck, &|| {});
    assert_eq!(judged.len(), all.len());
    let mut wrong = Vec::new();
    for judgement in &judged {
        let entry = &catalogue.entries[judgement.entry];
        if !judgement.outcome.is(entry.expected) {
            wrong.push(format!("{}: {:?}", entry.id, judgement.outcome));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[derive(Deserialize)]
struct Variants {
    variants: Vec<Variant>,
}

#[derive(Deserialize)]
struct Variant {
    entry: String,
    replace: String,
    with: String,
}

#[test]
fn no_falsified_entry_is_proved() {
    let list: Variants = toml::from_str(include_str!("false_variants.toml")).unwrap();
    let entries = built_in_entries();
    let mut falsified = BTreeSet::new();
    let mut still_proved = Vec::new();
    for variant in &list.variants {
        let (id, text) = entries.iter().find(|(id, _)| *id == variant.entry).unwrap();
        falsified.insert(*id);
        // The machine's part of an entry follows its last long text.
        let (words, machine) = text.split_at(text.rfind("\"\"\"").unwrap_or(0));
        assert!(
            machine.contains(&variant.replace),
            "{id} does not contain {:?}",
            variant.replace
        );
        let machine = machine.replacen(&variant.replace, &variant.with, 1);
        let text = [words, &machine].concat().replace("\"assumed\"", "\"proved\"");
        let entry = match Entry::parse(id, &text, true) {
            Ok(entry) => entry,
            // Refused before anything is computed: as good as refuted.
            Err(Complaint::Claim { .. }) => continue,
            Err(other) => panic!("{id}: {other}"),
        };
        let verdicts: Vec<Verdict> = entry
            .claims
            .iter()
            .map(|claim| claim.attempt(&work()).verdict)
            .collect();
        if verdicts.iter().all(Verdict::is_proved) {
            still_proved.push(format!("{id} with {:?}", variant.with));
        }
    }
    assert!(still_proved.is_empty(), "{still_proved:#?}");
    for (id, _) in &entries {
        assert!(falsified.contains(id), "no falsified variant of {id}");
    }
}
