//! Certificates of the catalogue: written for every claim, always with the
//! same bytes, and accepted by the checker with the claims they are meant for.

use copyavg::arithmetic::Precision;
use copyavg::theorem::catalogue::Catalogue;
use copyavg::theorem::certificate;
use copyavg::theorem::claim::{Attempt, Work};
use copyavg::theorem::entry::{Entry, Expected};
use std::path::Path;
use std::sync::atomic::AtomicBool;

static NEVER: AtomicBool = AtomicBool::new(false);

fn attempts(entry: &Entry) -> Vec<Attempt> {
    let work = Work {
        max_precision: Precision::saturating(512),
        max_cells: 100_000,
        interrupt: &NEVER,
    };
    entry.claims.iter().map(|claim| claim.attempt(&work)).collect()
}

/// The checker's own tests mutate these files. They are written by
/// `copyavg verify --certificates checker/tests/certificates --force`.
#[test]
fn committed_certificates_are_those_of_the_catalogue() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("checker/tests/certificates");
    let mut written = 0;
    for entry in Catalogue::built_in().unwrap().entries {
        if matches!(entry.expected, Expected::Refuted | Expected::Undecided) {
            let claims = attempts(&entry);
            assert_eq!(certificate::of_entry(&entry, &claims), None, "{}", entry.id);
            continue;
        }
        let text = certificate::of_entry(&entry, &attempts(&entry)).expect(&entry.id);
        let file = folder.join(format!("{}.cert", entry.id));
        let committed = std::fs::read_to_string(&file).expect(&entry.id);
        assert!(
            text == committed,
            "{} differs; see the comment of this test",
            entry.id
        );
        written += 1;
    }
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), written);
}

fn entry(claims: &str) -> Entry {
    let text = format!("title = \"t\"\nby = \"computation\"\nexpected = \"proved\"\n{claims}");
    Entry::parse("test", &text, true).unwrap()
}

#[test]
fn definitions_and_comments_are_restated() {
    let entry = entry(
        "let = [\"unused = 5\", \"c = sqrt(1 - x^2)\", \"s = x*c\"]\n[[claim]]\nsays = \"a sentence \\n of two lines\"\n\
         kind = \"sign\"\nholds = \"asin(x) -  s > 0\"\nfor = { x = \"(0, 1]\" }\n",
    );
    let text = certificate::of_entry(&entry, &attempts(&entry)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..10],
        [
            "copyavg certificate 1",
            "theorem test",
            &format!("entry sha256 {}", entry.digest),
            "says t",
            "claim sign",
            "says a sentence of two lines",
            "for x in (0, 1]",
            "let c = sqrt(1 - x^2)",
            "let s = x*c",
            "holds asin(x) - s > 0",
        ]
    );
    let verified = copyavg_checker::check(&text).unwrap();
    let claim = "asin(x) - s > 0 for all x in (0, 1], where c = sqrt(1 - x^2), s = x*c";
    assert_eq!(verified.claims, [claim]);
}

#[test]
fn what_is_not_proved_has_no_certificate() {
    for claim in [
        "kind = \"sign\"\nholds = \"asin(x) > 0\"\nfor = { x = \"[0, 1]\" }\n",
        "kind = \"identity\"\nequation = \"asin(x) = x\"\nfor = { x = \"[0, 1]\" }\n",
        "kind = \"identity\"\nequation = \"1/x = 1/x\"\nfor = { x = \"[0, 1]\" }\n",
    ] {
        let entry = entry(&format!("[[claim]]\n{claim}"));
        let attempts = attempts(&entry);
        assert_eq!(certificate::of_entry(&entry, &attempts), None);
        assert_eq!(certificate::of_claim(&entry.claims[0], &attempts[0]), None);
    }
}
