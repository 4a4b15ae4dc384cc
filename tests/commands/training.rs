//! `train` and `figure`: rows and summaries, stores, pictures with their data.

use super::{copyavg, json, run, run_each, status, stderr, stdout};
use serde_json::Value;
use std::fs;

#[test]
fn every_run_has_a_row_and_every_class_an_interval() {
    let (answer, exit) = json("train -k 8 -n 4 --seeds 0..9");
    assert_eq!(exit, 0);
    let runs = answer["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 10);
    for (run, seed) in runs.iter().zip(0_u64..) {
        assert_eq!(run["seed"], seed);
        for field in ["loss", "gradient_norm", "steps"] {
            assert!(run[field].is_number(), "{field}");
        }
        for field in ["stopped", "class", "why"] {
            assert!(run[field].is_string(), "{field}");
        }
        // No student is below (k - n)(1/3 - 1/pi).
        assert!(run["loss"].as_f64().unwrap() > 4.0 * (1.0 / 3.0 - std::f64::consts::FRAC_1_PI));
        assert_eq!(run["neurons"].as_array().unwrap().len(), 4);
    }
    let summary = answer["summary"].as_object().unwrap();
    let count = |class: &str| summary[class]["count"].as_u64().unwrap();
    assert_eq!(count("C-A") + count("P-n-C") + count("other"), 10);
    for class in summary.values() {
        let ends: Vec<f64> = class["interval95"]
            .as_array()
            .unwrap()
            .iter()
            .map(|end| end.as_f64().unwrap())
            .collect();
        let fraction = class["fraction"].as_f64().unwrap();
        assert!(ends[0] <= fraction && fraction <= ends[1] && ends[1] <= 1.0);
    }
}

#[test]
fn threads_and_stores_change_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("runs.db");
    let store = store.to_str().unwrap();
    let command = [
        "train",
        "-k",
        "6",
        "-n",
        "2..4",
        "--seeds",
        "0..5",
        "--format",
        "json",
        "--threads",
    ];
    let plain = run_each(&[&command[..], &["1"]].concat());
    assert_eq!(status(&plain), 0);
    for rest in [
        vec!["2"],
        vec!["2", "--store", store],
        vec!["1", "--store", store],
    ] {
        assert_eq!(
            stdout(&run_each(&[&command[..], &rest].concat())),
            stdout(&plain),
            "{rest:?}"
        );
    }
    // A larger request takes what is there.
    let more = run_each(&[
        "train", "-k", "6", "-n", "2..5", "--seeds", "0..5", "--store", store,
    ]);
    assert_eq!(status(&more), 0);
    assert!(stdout(&more).contains("all runs end"), "{}", stdout(&more));
}

#[test]
fn given_weights_are_a_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("weights.csv");
    fs::write(&file, "a,w1,w2,w3\n1,1,0.1,0\n1,0.1,1,0.2\n").unwrap();
    let (answer, exit) = json(&format!("train -k 3 --init {}", file.display()));
    assert_eq!(exit, 0);
    assert_eq!(answer["n"], 2);
    assert_eq!(answer["d"], 3);
    assert_eq!(answer["runs"].as_array().unwrap().len(), 1);
    for (text, said) in [
        ("1,NaN,0,0\n", "NaN"),
        ("1,1,0\n", "2 dimensions"),
        ("1,1,0,0\n1,1,0,0\n1,1,0,0\n1,1,0,0\n", "4 neurons"),
        ("1,2,3,4\n1,2,3\n", "line 2"),
        ("", "no row"),
    ] {
        fs::write(&file, text).unwrap();
        let output = run(&format!("train -k 3 --init {}", file.display()));
        assert_eq!(status(&output), 2, "{text}");
        let sentence = stderr(&output);
        assert!(
            sentence.contains(said) && sentence.lines().count() == 1,
            "{sentence}"
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn wrong_requests_are_refused_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let in_folder = |name: &str| folder.path().join(name).display().to_string();
    fs::write(
        in_folder("notes.txt"),
        "not a database, but long enough to be taken for one",
    )
    .unwrap();
    for (command, said) in [
        ("train -k 3 -n 4".to_string(), "4 neurons"),
        ("train -k 3 -n 2 -d 2".to_string(), "2 dimensions"),
        (
            "train -k 3 -n 2 --relative-tolerance 0".to_string(),
            "relative tolerance",
        ),
        (
            "train -k 3 -n 2 --gradient-tolerance -1".to_string(),
            "gradient tolerance",
        ),
        ("train -k 3 -n 2 --max-steps 0".to_string(), "steps"),
        ("train -k 3 -n 2 --seeds 5..3".to_string(), "empty"),
        (
            "train -k 3 -n 2 --seeds -1".to_string(),
            "least number allowed here is 0",
        ),
        ("train -k 3 -n 2 --start large".to_string(), "glorot-normal"),
        ("train -k 3 -n 2 --start small-norm:0".to_string(), "scale"),
        ("train -k 3,4 -n 5".to_string(), "no run is left"),
        ("train -k 3".to_string(), "-n"),
        ("train -k 3 -n 2 --plot x.jpg".to_string(), "FILE.svg or FILE.png"),
        ("train -k 3 -n 2 --seeds 0..99999999".to_string(), "fewer seeds"),
        (
            format!("train -k 3 -n 2 --store {}", in_folder("notes.txt")),
            "not a store",
        ),
        (
            format!("train -k 3 -n 2 --store {}", in_folder("no/runs.db")),
            "cannot open the store",
        ),
        (
            format!("train -k 3 --init {}", in_folder("none.csv")),
            "no such file",
        ),
        ("figure 4".to_string(), "not one of"),
        ("figure 1 -k 8,9 --plot x.svg".to_string(), "one k and one n"),
        ("figure 2 --activation erf:1/2".to_string(), "erf only"),
    ] {
        let output = copyavg()
            .args(command.split(' '))
            .current_dir(&folder)
            .output()
            .unwrap();
        let sentence = stderr(&output);
        assert_eq!(status(&output), 2, "{command}: {sentence}");
        assert!(sentence.contains(said), "{command}: {sentence}");
        assert_eq!(sentence.lines().count(), 1, "{command}: {sentence}");
        assert!(output.stdout.is_empty(), "{command}");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "{command}");
    }
}

#[test]
fn pictures_come_with_their_data() {
    let folder = tempfile::tempdir().unwrap();
    let at = |arguments: &str| {
        let output = copyavg()
            .args(arguments.split(' '))
            .current_dir(&folder)
            .output()
            .unwrap();
        (status(&output), stderr(&output))
    };
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(at("train -k 5 -n 3 --seeds 0..3 --plot neurons.svg").0, 0);
    assert_eq!(read("neurons.csv").lines().count(), 1 + 4 * 3);
    assert!(read("neurons.csv").starts_with("seed,class,loss,neuron,name,serves,a,norm,alignment_1"));
    assert!(read("neurons.svg").starts_with("<svg"));
    assert_eq!(at("figure 1 -k 5 -n 3 --seeds 0..3"), (0, String::new()));
    assert_eq!(read("figure-1.svg"), read("neurons.svg"));
    assert_eq!(at("figure 2 -k 5 --seeds 0..1 --plot losses.png").0, 0);
    assert_eq!(read("losses.csv").lines().count(), 1 + 4 * 2);
    assert!(
        fs::read(folder.path().join("losses.png"))
            .unwrap()
            .starts_with(b"\x89PNG")
    );
    assert_eq!(at("figure 3 -k 5 --seeds 0..1").0, 0);
    assert_eq!(read("figure-3.csv").lines().count(), 1 + 4);
    // Neither the picture nor its data are overwritten.
    fs::remove_file(folder.path().join("figure-3.svg")).unwrap();
    let (exit, said) = at("figure 3 -k 5 --seeds 0..1");
    assert!(exit == 2 && said.contains("figure-3.csv"), "{said}");
    assert!(!folder.path().join("figure-3.svg").exists());
    assert_eq!(at("figure 3 -k 5 --seeds 0..1 --force").0, 0);
    let (exit, said) = at("train -k 5 -n 3 --seeds 0 --plot x.svg -o x.csv");
    assert!(exit == 2 && said.contains("x.csv"), "{said}");
}

#[test]
fn cells_count_what_runs_say() {
    let (answer, _) = json("train -k 5 -n 2..4 --seeds 0..7");
    let runs = answer["runs"].as_array().unwrap();
    for cell in answer["cells"].as_array().unwrap() {
        for class in ["C-A", "P-n-C", "other"] {
            let of = |run: &&Value| run["n"] == cell["n"] && run["class"] == class;
            let counted = runs.iter().filter(of).count();
            assert_eq!(cell["summary"][class]["count"], counted);
        }
    }
    assert_eq!(answer["thresholds"][0]["k"], 5);
    let table = stdout(&run("train -k 5 -n 2..4 --seeds 0..7 --format csv"));
    assert_eq!(table.lines().count(), 4);
    assert!(table.starts_with("k,n,runs,copy_average,copy_average_from"));
    let rows = stdout(&run("train -k 5 -n 2..4 --seeds 0..7 --runs --format csv"));
    assert_eq!(rows.lines().count(), 1 + 24);
}
