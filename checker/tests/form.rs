//! The outer form, the limits and the names of certificates.

mod support;

use copyavg_checker::{Rejection, check};
use support::{claim, invalid, seal, unreadable};

#[test]
fn a_certificate_has_its_form() {
    let good = "claim sign | holds 2 > 1 | proof cover | natural | end";
    let lines: Vec<&str> = good.split(" | ").collect();
    assert!(check(&seal(&lines)).is_ok());
    let with = |before: &[&str]| {
        let mut all = before.to_vec();
        all.extend(&lines);
        check(&seal(&all))
    };
    let digest = "0".repeat(64);
    let entry = format!("entry sha256 {digest}");
    assert_eq!(
        with(&["theorem a-b_1", &entry, "says what", "says more: ∑ é"])
            .unwrap()
            .theorem
            .as_deref(),
        Some("a-b_1")
    );
    for before in [
        vec!["theorem a b"],
        vec!["theorem"],
        vec!["entry sha256 12"],
        vec!["says x", "theorem a"],
        vec!["comment x"],
        vec!["# x"],
        vec![""],
        vec![" says x"],
        vec!["says x "],
        vec!["says \u{7}"],
        vec!["says \t"],
        vec!["théorem x"],
    ] {
        assert!(
            matches!(with(&before), Err(Rejection::Unreadable { .. })),
            "{before:?}"
        );
    }
    assert!(check(&seal(&[])).is_err() && check(&seal(&["says nothing is claimed"])).is_err());
    let text = seal(&lines);
    for (from, to) in [
        ("certificate 1", "certificate 2"),
        ("certificate 1", "certificate 01"),
        ("certificate 1\n", "certificate 1\r\n"),
        ("copyavg", "Copyavg"),
        ("2 > 1", "3 > 1"),
        ("sha256", "sha512"),
        ("sha256 ", "sha256  "),
        ("natural\n", "natural\n\n"),
    ] {
        assert!(
            matches!(
                check(&text.replacen(from, to, 1)),
                Err(Rejection::Unreadable { .. })
            ),
            "{from:?} {to:?}"
        );
    }
    assert!(
        check(text.trim_end()).is_err()
            && check(&format!("{text}\n")).is_err()
            && check(&format!("{text}x\n")).is_err()
    );
    assert!(check("").is_err() && check("\n").is_err() && check(&text[1..]).is_err());
    // Every single damaged character is noticed.
    for place in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[place] = if bytes[place] == b'5' { b'6' } else { b'5' };
        assert!(check(&String::from_utf8(bytes).unwrap()).is_err());
        assert!(check(&text[..place]).is_err());
    }
}

#[test]
fn sizes_are_bounded() {
    let holds = |formula: &str| {
        claim(&format!(
            "claim sign | holds {formula} > 0 | proof cover | natural"
        ))
    };
    let refused = |text: &str| assert!(matches!(check(text), Err(Rejection::Unreadable { .. })));
    assert!(check(&holds(&"9".repeat(1000))).is_ok());
    refused(&holds(&"9".repeat(1001)));
    refused(&holds("1e1000000000"));
    refused(&holds(&format!("{}1{}", "(".repeat(5000), ")".repeat(5000))));
    refused(&holds(&format!("{}1{}", "sqrt(".repeat(5000), ")".repeat(5000))));
    refused(&holds(&"-".repeat(50_000)));
    refused(&holds(&format!("1{}", "+1".repeat(40_000))));
    refused(&claim(&format!(
        "claim sign | for x in [0, {}] | holds 1 > 0 | proof cover | natural",
        "9".repeat(1_000_000)
    )));
    refused(&claim(
        "claim sign | for i in 1..1000000000000 | holds i > 0 | proof cover | natural times 1000000",
    ));
    refused(&claim(
        "claim sign | for i in 1..1001 | for j in 1..1000 | holds i + j > 0 | proof cover | natural times 1000000",
    ));
    refused(&claim(
        "claim sign | holds diff(1, x, 1) > 0 | proof cover | natural",
    ));
    let nested = |depth: usize| (0..depth).fold("x".to_string(), |f, _| format!("({f})^9999"));
    // Powers of powers leave every bound: undefined, at once.
    invalid(&format!(
        "claim sign | for x in [2, 3] | holds {} > 0 | proof cover | natural",
        nested(20)
    ));
    let many = (0..17)
        .map(|n| format!("for x{n} in [0, 1]"))
        .collect::<Vec<_>>()
        .join(" | ");
    refused(&claim(&format!(
        "claim sign | {many} | holds 1 > 0 | proof cover | natural"
    )));
}

#[test]
fn names_mean_one_thing() {
    for lines in [
        "for x in [0, 1] | for x in [0, 2] | holds x + 1 > 0",
        "for x in [0, 1] | let x = 1 | holds x + 1 > 0",
        "let c = 1 | let c = 2 | holds c > 0",
        "let c = d | let d = 1 | holds c > 0",
        "let c = c + 1 | holds c > 0",
        "let pi = 3 | holds pi > 0",
        "for sqrt in [0, 1] | holds 1 > 0",
        "for diff in [0, 1] | holds 1 > 0",
        "for 1x in [0, 1] | holds 1 > 0",
        "for infinity in [0, 1] | holds 1 > 0",
        "let c = 1 | for x in [0, 1] | holds c + x > 0",
        "for x in [1, 0] | holds x + 2 > 0",
        "for x in (1, 1] | holds x + 2 > 0",
        "for x in [0, infinity] | holds x + 2 > 0",
        "for x in [0,1] | holds x + 2 > 0",
        "for x in 3..2 | holds x + 2 > 0",
        "for x in 1/2..2 | holds x + 2 > 0",
        "for x in (infinity, 0) | holds x > 0",
        "for x in [0, 1/0] | holds x + 1 > 0",
        "for x = [0, 1] | holds x + 1 > 0",
        "let c = 1 | let c2 = diff(c^2, c) | holds c2 > 0",
    ] {
        unreadable(&format!("claim sign | {lines} | proof cover | natural"));
    }
}
