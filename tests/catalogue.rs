//! The catalogue gets the verdicts it expects, and no falsified entry is proved.

use copyavg::arithmetic::Precision;
use copyavg::certify::verdict::Verdict;
use copyavg::theorem::catalogue::{Catalogue, built_in_entries};
use copyavg::theorem::claim::Work;
use copyavg::theorem::complaint::Complaint;
use copyavg::theorem::entry::{By, Entry};
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
        let entry = match Entry::parse(id, &text, false) {
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

/// `make coq` compares this file with what Coq answers.
const ASSUMPTIONS: &str = include_str!("../proofs/coq/Assumptions.expected");

/// The axioms of the classical real numbers in Coq's standard library.
const CLASSICAL_REALS: [&str; 4] = [
    "sig_not_dec",
    "sig_forall_dec",
    "functional_extensionality_dep",
    "classic",
];

/// What a theorem of `proofs/coq` rests on; `None` if there is no such theorem.
fn assumptions(name: &str) -> Option<Vec<&'static str>> {
    let prefix = format!("CopyAvg.{name}:");
    let line = ASSUMPTIONS.lines().find_map(|line| line.strip_prefix(&prefix))?;
    Some(match line.trim() {
        "no assumptions" => Vec::new(),
        axioms => axioms.split(' ').collect(),
    })
}

#[test]
fn theorems_in_coq_exist_and_rest_on_the_classical_reals() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs/coq");
    let mut named = 0;
    for entry in Catalogue::built_in().unwrap().entries {
        assert!(entry.by != By::Coq || !entry.coq.is_empty(), "{}", entry.id);
        for name in &entry.coq {
            let found = assumptions(name).unwrap_or_else(|| panic!("{}: there is no {name}", entry.id));
            assert!(
                found.iter().all(|axiom| CLASSICAL_REALS.contains(axiom)),
                "{name} rests on {found:?}"
            );
            let (file, theorem) = name.split_once('.').unwrap();
            let text = std::fs::read_to_string(folder.join(format!("{file}.v"))).unwrap();
            let stated = |line: &str| {
                line.strip_prefix("Theorem ")
                    .and_then(|rest| rest.strip_prefix(theorem))
                    .is_some_and(|rest| rest.starts_with([' ', ':', '\n']) || rest.is_empty())
            };
            assert!(text.lines().any(stated), "{file}.v does not state {theorem}");
            named += 1;
        }
    }
    assert!(named > 0);
    assert_eq!(assumptions("Concavity.no_such_theorem"), None);
}

#[test]
fn only_the_catalogue_names_theorems_in_coq() {
    let text = "title = \"t\"\nstatement = \"s\"\nderivation = \"d\"\nby = \"coq\"\nexpected = \"proved\"\n";
    let claim = "[[claim]]\nkind = \"sign\"\nholds = \"x > 0\"\nfor = { x = \"(0, 1]\" }\n";
    let parse = |coq: &str, foreign| Entry::parse("t", &[text, coq, claim].concat(), foreign);
    let names = "coq = [\"Concavity.loss_of_a_copy\"]\n";
    assert!(parse(names, false).is_ok());
    for refused in [parse("", false), parse(names, true)] {
        assert!(matches!(refused, Err(Complaint::Malformed { .. })));
    }
}
