//! Ctrl-C in long work: what was finished is kept, and said.
#![cfg(target_os = "linux")]

use super::{copyavg, status, stderr, stdout};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

fn start(arguments: &[&str]) -> Child {
    copyavg()
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn signal(child: &Child, name: &str) {
    let pid = child.id().to_string();
    assert!(
        Command::new("kill")
            .args([name, &pid])
            .status()
            .unwrap()
            .success()
    );
}

/// Waits until the program listens to SIGINT.
fn wait_until_listening(child: &Child) {
    let path = format!("/proc/{}/status", child.id());
    loop {
        let status = std::fs::read_to_string(&path).unwrap();
        let caught = status
            .lines()
            .find_map(|line| line.strip_prefix("SigCgt:"))
            .unwrap();
        // SIGINT is signal 2: the second bit.
        if u64::from_str_radix(caught.trim(), 16).unwrap() & 2 != 0 {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn an_interrupted_scan_says_how_far_it_got() {
    let child = start(&["concavity", "--to", "900000000000000000", "--format", "json"]);
    wait_until_listening(&child);
    // Enough for some stretches; less would be right as well.
    std::thread::sleep(Duration::from_secs(1));
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(status(&output), 3);
    let answer: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(answer["verdict"], "undecided");
    assert!(answer["why"].as_str().unwrap().contains("interrupted"));
    assert_eq!(answer["largest_second_difference"], Value::Null);
    let said = stderr(&output);
    assert_eq!(said.lines().count(), 1, "{said}");
    if let Some(reached) = answer["settled_to"].as_str() {
        assert!(said.contains(reached), "{said}");
    }
}

#[test]
fn interrupted_rows_are_kept_as_valid_json() {
    for name in ["-INT", "-TERM"] {
        let mut child = start(&["loss", "1..1000000000000", "--format", "json"]);
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        for _ in 0..10 {
            reader.read_line(&mut text).unwrap();
        }
        signal(&child, name);
        reader.read_to_string(&mut text).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(status(&output), 3);
        let answer: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(answer["interrupted"], true);
        let rows = answer["rows"].as_array().unwrap();
        for (row, ell) in rows.iter().zip(1_u64..) {
            assert_eq!(row["ell"], ell.to_string());
        }
        let next = (rows.len() + 1).to_string();
        assert!(stderr(&output).contains(&next), "{}", stderr(&output));
    }
}

#[test]
fn an_interrupted_file_holds_what_was_finished() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("losses.csv");
    let arguments = [
        "loss",
        "1..1000000000000",
        "--format",
        "csv",
        "-o",
        path.to_str().unwrap(),
    ];
    let child = start(&arguments);
    wait_until_listening(&child);
    std::thread::sleep(Duration::from_secs(1));
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(status(&output), 3);
    assert_eq!(stderr(&output).lines().count(), 1);
    let table = std::fs::read_to_string(&path).unwrap();
    assert!(table.starts_with("ell,loss_lower"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_interrupted_ranking_is_not_complete() {
    let arguments = [
        "partitions",
        "-k",
        "200",
        "-n",
        "20",
        "--method",
        "enumerate",
        "--format",
        "json",
    ];
    let child = start(&arguments);
    wait_until_listening(&child);
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(status(&output), 3);
    let answer: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(answer["complete"], "undecided");
    assert!(answer["why"].as_str().unwrap().contains("interrupted"));
}
