//! `global`: verdicts, bounds, files, mistakes.

use super::decimals::Enclosure;
use super::{json, run, run_each, status, stderr, stdout};
use std::fs;

#[test]
fn pairs_of_the_theorem_are_proved() {
    for (k, n) in [(4, 2), (40, 20), (1_000_000, 500_000)] {
        let (answer, exit) = json(&format!("global -k {k} -n {n}"));
        assert_eq!(exit, 0, "{answer}");
        assert_eq!((&answer["k"], &answer["n"]), (&k.into(), &n.into()));
        assert_eq!(answer["verdict"], "proved", "{answer}");
        assert_eq!(answer["method"], "theorem");
        assert_eq!(answer["lower_bound"], answer["copy_average_loss"]);
        assert!(Enclosure::of(&answer["gap"]).is_exactly(0));
    }
    // L(21), as `loss` has it.
    let (answer, _) = json("global -k 40 -n 20");
    let (loss, _) = json("loss 21 --digits 6");
    assert_eq!(answer["copy_average_loss"], loss["rows"][0]["loss"]);
}

#[test]
fn some_pairs_above_half_are_proved_with_a_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let (k, n) = (23, 12);
    let path = folder.path().join(format!("{k}.cert"));
    let file = path.to_str().unwrap();
    let command = format!("global -k {k} -n {n} --certificate {file}");
    let (answer, exit) = json(&command);
    assert_eq!((exit, &answer["verdict"]), (0, &"proved".into()));
    let checked = run(&format!("check {file}"));
    assert_eq!(status(&checked), 0);
    assert!(stdout(&checked).contains(&format!("k = {k} and n = {n}: every f =")));
    assert_eq!(status(&run(&command)), 2, "an existing file is kept");
}

#[test]
fn lower_perturbed_copies_refute() {
    let (k, n) = (100, 90);
    let (answer, exit) = json(&format!("global -k {k} -n {n}"));
    assert_eq!((exit, &answer["verdict"]), (0, &"refuted".into()), "{answer}");
    assert_eq!(answer["method"], "perturbed-copy");
    assert!(answer["why"].as_str().unwrap().contains("lower"));
}

#[test]
fn the_rest_is_undecided_and_bounded() {
    for (k, n) in [(8, 5), (40, 26)] {
        let (answer, exit) = json(&format!("global -k {k} -n {n}"));
        assert_eq!((exit, &answer["verdict"]), (1, &"undecided".into()), "{answer}");
        assert!(answer["method"].is_null() && answer["why"].is_string());
        let (lower, loss) = (&answer["lower_bound"], &answer["copy_average_loss"]);
        let number =
            |value: &serde_json::Value, end: &str| value[end].as_str().unwrap().parse::<f64>().unwrap();
        // Above (k - n)(1/3 - 1/pi), below L by less than 1/3 - 1/pi.
        assert!(number(lower, "upper") > f64::from(k - n) * 0.015_023_4);
        assert!(number(lower, "lower") < number(loss, "lower"));
        assert!(number(&answer["gap"], "upper") < 0.015_024);
        assert!(number(&answer["gap"], "lower") > 0.0);
    }
}

#[test]
fn small_pairs_are_searched() {
    for (k, n) in [(4, 3), (5, 3)] {
        let (answer, exit) = json(&format!("global -k {k} -n {n}"));
        assert_eq!((exit, &answer["verdict"]), (0, &"proved".into()), "{answer}");
        assert_eq!(answer["method"], "branch-and-bound");
        assert!(answer["explained"].as_str().unwrap().contains("cells"));
    }
    // The same whatever the number of threads.
    let one = stdout(&run("global -k 5 -n 3 --threads 1"));
    assert_eq!(one, stdout(&run("global -k 5 -n 3 --threads 2")));
}

#[test]
fn a_search_goes_on_from_its_record() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.txt");
    let command = format!("global -k 5 -n 3 --state {}", path.display());
    let first = run(&command);
    assert_eq!(status(&first), 0, "{}", stderr(&first));
    let record = fs::read_to_string(&path).unwrap();
    assert!(record.contains("k = 5, n = 3, 256 parts"), "{record}");
    let again = run(&command);
    assert_eq!(stdout(&again), stdout(&first));
    assert!(stderr(&again).contains("256 of 256 parts are taken from"));
    assert!(!stderr(&first).contains("taken from"));
    assert_eq!(fs::read_to_string(&path).unwrap(), record);
    // A record of another pair, or a damaged one, is refused and kept.
    let other = run(&format!("global -k 4 -n 3 --state {}", path.display()));
    assert_eq!(status(&other), 2);
    assert!(stderr(&other).contains("another search"), "{}", stderr(&other));
    fs::write(&path, record.replacen(" 0 ", " 1 ", 1)).unwrap();
    let damaged = run(&command);
    assert_eq!(status(&damaged), 2);
    assert!(stderr(&damaged).contains("not a complete record"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn many_pairs_make_a_table_and_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("global.svg");
    let arguments = format!("global -k 4,8 --format csv --plot {}", picture.display());
    let output = run(&arguments);
    assert_eq!(status(&output), 1);
    let table = stdout(&output);
    assert_eq!(table.lines().count(), 13);
    assert!(table.contains("\n4,2,proved,") && table.contains("\n8,5,undecided,"));
    let svg = fs::read_to_string(&picture).unwrap();
    for words in [
        "k = 8, n = 1..4: the global optimum, by the theorem",
        "k = 8, n = 5..",
        "not decided",
    ] {
        assert!(svg.contains(words), "{words}");
    }
    let (answer, _) = json("global -k 4,8");
    assert_eq!(answer["rows"].as_array().unwrap().len(), 12);
    let counts: u64 = ["proved", "refuted", "undecided"]
        .iter()
        .map(|name| answer[*name].as_u64().unwrap())
        .sum();
    assert_eq!(counts, 12);
}

#[test]
fn mistakes_are_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.cert");
    let file = file.to_str().unwrap();
    for (command, word) in [
        (vec!["global", "-k", "3", "-n", "4"], "no pair"),
        (vec!["global", "-k", "0", "-n", "1"], "0"),
        (
            vec!["global", "-k", "5", "-n", "2", "--activation", "erf:2"],
            "erf",
        ),
        (vec!["global", "-k", "5..9", "--certificate", file], "one pair"),
        (vec!["global", "-k", "1..10000"], "pairs"),
        (vec!["global", "-k", "5", "-n", "2", "--plot", "x.jpg"], "svg"),
        (
            vec!["global", "-k", "30", "-n", "20", "--branch-and-bound"],
            "k <= 12",
        ),
        (
            vec!["global", "-k", "5..6", "-n", "3", "--branch-and-bound"],
            "one pair",
        ),
        (vec!["global"], "-k"),
    ] {
        let output = run_each(&command);
        assert_eq!(status(&output), 2, "{command:?}");
        assert!(output.stdout.is_empty());
        assert!(stderr(&output).contains(word), "{command:?}: {}", stderr(&output));
    }
    // Nothing to certify: said, and no file.
    let (k, n) = (40, 20);
    let output = run(&format!("global -k {k} -n {n} --certificate {file}"));
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("no certificate"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
