//! The sign prover: true claims with zeros at ends, false ones, hopeless ones.

use copyavg::arithmetic::Precision;
use copyavg::certify::domain::{Domain, Range};
use copyavg::certify::sign::{Claimed, Limits, Witness, decide};
use copyavg::certify::verdict::Verdict;
use copyavg::formula::{Definitions, SignClaim};
use std::sync::atomic::AtomicBool;

fn judge(text: &str, ranges: &[(&str, &str)]) -> (Verdict, Option<Witness>) {
    let relation = Definitions::default().relation(text).unwrap();
    let (f, claimed) = match relation.sign_claim() {
        SignClaim::Positive(f) => (f, Claimed::Positive),
        SignClaim::Nonnegative(f) => (f, Claimed::Nonnegative),
        SignClaim::Zero(_) => panic!("not an inequality"),
    };
    let mut domain = Domain::default();
    for (name, range) in ranges {
        domain.names.push((*name).to_string());
        domain.ranges.push(Range::parse(range).unwrap());
    }
    let interrupt = AtomicBool::new(false);
    let limits = Limits {
        max_precision: Precision::saturating(512),
        max_cells: 20_000,
        interrupt: &interrupt,
    };
    decide(&f, claimed, &domain, &limits)
}

#[test]
fn true_inequalities_are_proved() {
    let claims: &[(&str, &[(&str, &str)])] = &[
        ("asin(x) - x*sqrt(1 - x^2) > 0", &[("x", "(0, 1]")]),
        (
            "2*(1-x^2)*sqrt(1-x^2)*asin(x) - 2*x*(1-x^2) + x^3 > 0",
            &[("x", "(0, 1]")],
        ),
        (
            "x/3 - (2/pi)*(asin(x) - x/(2*sqrt(1 - x^2))) > 0",
            &[("x", "(0, 1/2]")],
        ),
        ("asin(x) > x", &[("x", "(0, 1/2]")]),
        ("asin(x) >= x", &[("x", "[0, 1]")]),
        ("2*atan(y) + y*(y^2 - 2) > 0", &[("y", "(0, infinity)")]),
        ("1/3 - 1/pi < 0.01503", &[]),
        ("l/3 - (2/pi)*l^2*asin(1/(2*l)) > 0", &[("l", "2..200")]),
        ("x^2 + y^2 + 1/10 > x*y", &[("x", "[-1, 1]"), ("y", "[-1, 1]")]),
        ("1/(2*l) <= 1/2", &[("l", "[1, infinity)")]),
        ("acos(x) >= 0", &[("x", "[-1, 1]")]),
    ];
    for (text, ranges) in claims {
        let (verdict, witness) = judge(text, ranges);
        assert_eq!(verdict, Verdict::Proved, "{text}");
        println!("{text}: {}", witness.unwrap().method());
    }
}

#[test]
fn false_inequalities_are_refuted() {
    let claims: &[(&str, &[(&str, &str)])] = &[
        ("asin(x) - x*sqrt(1 - x^2) > 0", &[("x", "[-1/2, 1]")]),
        ("1/3 - 1/pi < 0.01502", &[]),
        ("2*atan(y) - 2*y + 6/10*y^3 > 0", &[("y", "(0, 3]")]),
        ("asin(x) > x", &[("x", "[0, 1/2]")]),
        ("x^2 > 2", &[("x", "[1, 2]")]),
    ];
    for (text, ranges) in claims {
        let (verdict, _) = judge(text, ranges);
        assert!(matches!(verdict, Verdict::Refuted(_)), "{text}");
        println!("{text}: {}", verdict.reason().unwrap());
    }
}

#[test]
fn hopeless_claims_are_never_proved() {
    let claims: &[(&str, &[(&str, &str)])] = &[
        // Undefined on a part of the range, although "positive" elsewhere.
        ("1 + 0*sqrt(x) > 0", &[("x", "[-1, 1]")]),
        ("1 + 0/x > 0", &[("x", "[-1, 1]")]),
        ("atan(1/x) + 2 > 0", &[("x", "[-1, 1]")]),
        ("(1/x)^0 > 0", &[("x", "[-1, 1]")]),
        // Equality inside the range.
        ("(asin(x) - 1/2)^2 > 0", &[("x", "[0, 1]")]),
        // Equality as constants: never decided by enclosures.
        ("asin(1/2) > pi/6", &[]),
    ];
    for (text, ranges) in claims {
        let (verdict, _) = judge(text, ranges);
        assert!(!verdict.is_proved(), "{text}");
    }
}
