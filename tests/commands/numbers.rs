//! `loss` and `concavity`: the numbers, held against Arb.

use super::decimals::Enclosure;
use super::{json, run, status, stderr, stdout};
use serde_json::Value;

/// ℓ, L(ℓ) and r = 1/√(2ℓ − 1), by Arb (python-flint, 60 digits).
const OPTIMA: [(&str, &str, &str); 6] = [
    (
        "2",
        "0.0232216806253367164990651200387926219941512",
        "0.5773502691896257645091487805019574556476017",
    ),
    (
        "5",
        "0.0724526452036704687458586377971131873022840",
        "0.3333333333333333333333333333333333333333333",
    ),
    (
        "7",
        "0.1032650650059521898584002633822449708228171",
        "0.2773500981126145610091708667284996881731766",
    ),
    (
        "1000",
        "15.0234338866292453931409706022320025169587632",
        "0.0223662720421292217106620425222849846080627",
    ),
    (
        "123456789",
        "1854746.544793739736363941354948532738525194",
        "6.36396107252197190899857278545732391223766e-5",
    ),
    (
        "1000000000000000000",
        "15023447149542661.7955658065883046092511511299",
        "7.07106781186547524577621057401485920451338e-10",
    ),
];

#[test]
fn losses_agree_with_arb_to_the_digits_asked_for() {
    let ells: Vec<&str> = OPTIMA.iter().map(|(ell, ..)| *ell).collect();
    for digits in [None, Some(1), Some(3), Some(16), Some(40)] {
        let option = digits.map_or(String::new(), |d| format!("--digits {d}"));
        let (answer, status) = json(&format!("loss {} {option}", ells.join(",")));
        assert_eq!(status, 0);
        assert_eq!(answer["activation"], "erf");
        let rows = answer["rows"].as_array().unwrap();
        assert_eq!(rows.len(), OPTIMA.len());
        for ((ell, loss, r), row) in OPTIMA.iter().zip(rows) {
            assert_eq!(row["ell"], *ell);
            let a = Enclosure::of(&row["a"]);
            assert!(a.is_exactly(ell.parse().unwrap()), "{row}");
            for (name, reference) in [("loss", loss), ("r", r)] {
                let enclosure = Enclosure::of(&row[name]);
                assert!(enclosure.agrees_with(reference), "{name}: {row}");
                assert!(enclosure.has_digits(digits.unwrap_or(15)), "{name}: {row}");
            }
        }
    }
}

#[test]
fn a_copy_costs_nothing_exactly() {
    let (answer, _) = json("loss 1");
    let row = &answer["rows"][0];
    assert!(Enclosure::of(&row["loss"]).is_exactly(0));
    assert!(Enclosure::of(&row["r"]).is_exactly(1));
    // r = 1/√25.
    let (answer, _) = json("loss 13");
    assert_eq!(answer["rows"][0]["r"]["lower"], "0.2");
    assert_eq!(answer["rows"][0]["r"]["upper"], "0.2");
}

/// Reading numbers of this length back goes deep: it gets a stack of its own.
#[test]
fn ten_thousand_digits() {
    let reader = std::thread::Builder::new()
        .stack_size(1 << 28)
        .spawn(ten_thousand_digits_hold);
    reader.unwrap().join().unwrap();
}

fn ten_thousand_digits_hold() {
    let (answer, status) = json("loss 7 --digits 10000");
    assert_eq!(status, 0);
    let row = &answer["rows"][0];
    for (name, reference) in [("loss", OPTIMA[2].1), ("r", OPTIMA[2].2)] {
        let text = row[name]["lower"].as_str().unwrap();
        assert!(text.len() > 10_000);
        assert_eq!(text[..30], reference[..30]);
        assert!(Enclosure::of(&row[name]).has_digits(10_000));
    }
}

#[test]
fn other_activations_agree_with_arb() {
    let (answer, _) = json("loss 13 --activation erf:1/3 --digits 25");
    assert_eq!(answer["activation"], "erf:1/3");
    let loss = Enclosure::of(&answer["rows"][0]["loss"]);
    assert!(loss.agrees_with("0.00836731811452858001460137400"));
    let (answer, _) = json("loss 7 --activation erf-printed --digits 25");
    let loss = Enclosure::of(&answer["rows"][0]["loss"]);
    assert!(loss.agrees_with("0.0568403386506380949787649822"));
}

#[test]
fn digits_depend_on_nothing_but_the_digits_asked_for() {
    let plain = stdout(&run("loss 1..300,999999999999 --format json"));
    for options in [
        "--threads 1",
        "--threads 3",
        "--precision 500",
        "--precision 77",
        "--max-precision 5000",
    ] {
        let other = stdout(&run(&format!("loss 1..300,999999999999 --format json {options}")));
        assert_eq!(plain, other, "{options}");
    }
    let plain = stdout(&run("partitions -k 30 -n 5 --format json"));
    for options in ["--threads 1", "--precision 400"] {
        let other = stdout(&run(&format!("partitions -k 30 -n 5 --format json {options}")));
        assert_eq!(plain, other, "{options}");
    }
}

#[test]
fn missing_digits_are_admitted() {
    let output = run("loss 5 --max-precision 30 --format json");
    assert_eq!(status(&output), 1);
    let answer: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let loss = &answer["rows"][0]["loss"];
    assert_eq!(loss["digits_met"], false);
    assert!(Enclosure::of(loss).agrees_with(OPTIMA[1].1));
    assert!(!Enclosure::of(loss).has_digits(15));
    assert!(stderr(&output).contains("--max-precision"));
    let (answer, status) = json("loss 5");
    assert_eq!(status, 0);
    assert!(answer["rows"][0]["loss"].get("digits_met").is_none());
}

#[test]
fn verdict_digits_are_enclosures_too() {
    let (answer, status) = json("loss 5,1000 --digits verdict");
    assert_eq!(status, 0);
    assert!(Enclosure::of(&answer["rows"][0]["loss"]).agrees_with(OPTIMA[1].1));
    assert!(Enclosure::of(&answer["rows"][1]["loss"]).agrees_with(OPTIMA[3].1));
}

#[test]
fn rows_come_in_the_order_typed() {
    let (answer, _) = json("loss 9,3..5,20..10000:5000,1");
    let ells: Vec<&str> = answer["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["ell"].as_str().unwrap())
        .collect();
    assert_eq!(ells, ["9", "3", "4", "5", "20", "5020", "1"]);
}

#[test]
fn all_formats_tell_the_same() {
    let (answer, _) = json("loss 1..40");
    let rows = answer["rows"].as_array().unwrap();
    let table = stdout(&run("loss 1..40 --format csv"));
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        names.join(" "),
        "ell loss_lower loss_upper a_lower a_upper r_lower r_upper"
    );
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), rows.len());
    for (row, record) in rows.iter().zip(&records) {
        let fields: Vec<&str> = record.iter().collect();
        let side = |name: &str, end: &str| row[name][end].as_str().unwrap().to_string();
        assert_eq!(fields[0], row["ell"]);
        for (index, name) in ["loss", "a", "r"].iter().enumerate() {
            assert_eq!(fields[1 + 2 * index], side(name, "lower"));
            assert_eq!(fields[2 + 2 * index], side(name, "upper"));
        }
    }
    // What people are shown are leading digits of the lower end.
    for format in ["text", "markdown", "latex"] {
        let text = stdout(&run(&format!("loss 1..40 --format {format}")));
        for row in rows {
            let lower = row["loss"]["lower"].as_str().unwrap();
            let shown = &lower[..lower.len().min(15)];
            assert!(text.contains(shown), "{format}: {shown}");
        }
    }
}

#[test]
fn a_scan_finds_the_largest_second_difference() {
    // By Arb.
    for (to, value) in [
        ("2", "-0.00585018393671957744198302414"),
        ("10", "-2.69780723606129975117162755e-5"),
        ("100000", "-2.65258238530922981235755308e-17"),
    ] {
        let (answer, status) = json(&format!("concavity --to {to} --digits 20"));
        assert_eq!(status, 0);
        assert_eq!(answer["from"], "2");
        assert_eq!(answer["to"], to);
        assert_eq!(answer["verdict"], "proved");
        assert!(answer["method"].is_string());
        let largest = &answer["largest_second_difference"];
        assert_eq!(largest["ell"], to, "second differences increase to 0");
        let enclosure = Enclosure::of(&largest["value"]);
        assert!(enclosure.agrees_with(value), "{largest}");
        assert!(enclosure.has_digits(20), "{largest}");
    }
}

#[test]
fn concavity_for_every_ell_is_a_theorem() {
    for activation in ["erf", "erf:3", "erf-printed"] {
        let (answer, status) = json(&format!("concavity --all --activation {activation}"));
        assert_eq!(status, 0, "{answer}");
        assert_eq!(answer["from"], "2");
        assert_eq!(answer["to"], "infinity");
        assert_eq!(answer["verdict"], "proved");
        assert!(answer["method"].is_string());
    }
}

#[test]
fn activations_say_what_is_known() {
    let (answer, status) = json("activations");
    assert_eq!(status, 0);
    let known = answer["activations"].as_array().unwrap();
    assert!(known.len() >= 3);
    for activation in known {
        for field in ["name", "formula", "source"] {
            assert!(!activation[field].as_str().unwrap().is_empty(), "{activation}");
        }
        assert!(!activation["known"].as_array().unwrap().is_empty());
    }
}
