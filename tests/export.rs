//! Certificates as Coq files: what is exported, and what is refused. That the
//! files compile, and false ones do not, is the work of
//! `scripts/coq-certificates.sh`.

use copyavg::theorem::export::{ExportError, coq, coq_orders, module_name};
use sha2::{Digest, Sha256};

const HEADER: &str = "copyavg certificate 1\n";

/// A certificate of these lines.
fn sealed(lines: &str) -> String {
    let text = [HEADER, lines].concat();
    let digest: String = Sha256::digest(&text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{text}digest sha256 {digest}\n")
}

fn spectrum(parts: &str, loss: &str) -> String {
    sealed(&format!(
        "claim spectrum\nactivation erf\nparts {parts}\nextra 0\nloss {loss}\n\
         block bucket 3 times 1\neigenvalue 1/8 1/4\neigenvalue 1 2\neigenvalue 3 4\n\
         block bucket 1 times 1\neigenvalue 1/8 1/4\neigenvalue 1 2\neigenvalue 3 4\n\
         block zero-sum 3 times 2\neigenvalue -1/2 -1/3\neigenvalue 1 2\n\
         index 2\nnullity 0\nkind strict-saddle\nproof inertia\nend\n"
    ))
}

#[test]
fn a_spectrum_becomes_its_loss_and_its_blocks() {
    let written = coq(&spectrum("3 1", "1/50 1/40"), "c.cert").unwrap();
    for stated in [
        "copy_average_loss_claim [(3, 1); (1, 1)]\n    (ratio (1) 50, ratio (1) 40)",
        "positive_block (Bucket 3 [(1, 1)])",
        "positive_block (Bucket 1 [(3, 1)])",
        "negative_block (ZeroSum 3 [(1, 1)])",
        "What must be believed",
    ] {
        assert!(written.text.contains(stated), "{stated}\n{}", written.text);
    }
    assert_eq!(written.trusts.len(), 2);
    assert_eq!(written.losses.len(), 1);
}

#[test]
fn losses_apart_are_ordered_and_others_are_not() {
    let loss = |parts: &str, loss: &str| coq(&spectrum(parts, loss), "c.cert").unwrap().losses;
    let apart = [loss("3 1", "1/50 1/40"), loss("2^2", "1/30 1/20")].concat();
    let text = coq_orders(&apart).unwrap().text;
    assert!(
        text.contains("copy_average_order_claim [(3, 1); (1, 1)] [(2, 2)]"),
        "{text}"
    );
    let overlapping = [loss("3 1", "1/50 1/30"), loss("2^2", "1/40 1/20")].concat();
    assert!(coq_orders(&overlapping).is_none());
    let other_k = [loss("3 1", "1/50 1/40"), loss("3 2", "1/30 1/20")].concat();
    assert!(coq_orders(&other_k).is_none());
}

#[test]
fn damaged_texts_are_refused_with_the_line() {
    let good = spectrum("3 1", "1/50 1/40");
    for (old, new, line) in [
        ("certificate 1", "certificate 2", 1),
        ("loss 1/50", "loss 1/51", 23),
    ] {
        match coq(&good.replace(old, new), "c.cert") {
            Err(ExportError::Unreadable { line: found, .. }) => assert_eq!(found, line, "{new}"),
            other => panic!("{new}: {other:?}"),
        }
    }
    for (lines, line) in [
        (
            "claim spectrum\nactivation erf\nparts 1 3\nextra 0\nloss 1 2\nproof inertia\nend\n",
            4,
        ),
        (
            "claim spectrum\nactivation erf\nparts 3 1\nextra 0\nloss 1/0 2\nproof inertia\nend\n",
            6,
        ),
        ("claim spectrum\nactivation erf\nparts 3 1\n", 2),
        ("nonsense\n", 2),
        ("", 2),
    ] {
        match coq(&sealed(lines), "c.cert") {
            Err(ExportError::Unreadable { line: found, .. }) => assert_eq!(found, line, "{lines}"),
            other => panic!("{lines}: {other:?}"),
        }
    }
}

#[test]
fn a_certificate_of_formulas_has_nothing_to_export() {
    let text = include_str!("../checker/tests/certificates/concavity.cert");
    assert!(matches!(
        coq(text, "c.cert"),
        Err(ExportError::NothingToExport(_))
    ));
    let text = include_str!("../checker/tests/certificates/gradients-vanish.cert");
    let written = coq(text, "c.cert").unwrap();
    assert!(written.text.contains("copy_average_critical"));
    assert!(!written.omits.is_empty());
}

#[test]
fn names_of_files_become_names_of_modules() {
    assert_eq!(module_name("p-8.5"), "p_8_5");
    assert_eq!(module_name("8"), "certificate_8");
    assert_eq!(module_name(""), "certificate_");
}
