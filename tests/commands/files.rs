//! Where results go: files, pipes, devices that are full.

use super::{copyavg, run, run_each, status, stderr, stdout};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

fn entries(folder: &tempfile::TempDir) -> usize {
    fs::read_dir(folder.path()).unwrap().count()
}

#[test]
fn a_file_gets_what_stdout_would() {
    let folder = tempfile::tempdir().unwrap();
    for format in ["text", "json", "csv", "latex", "markdown"] {
        let path = folder.path().join(format);
        let file = path.to_str().unwrap();
        let output = run_each(&["loss", "1..20", "--format", format, "--output", file]);
        assert_eq!(status(&output), 0);
        assert!(output.stdout.is_empty() && output.stderr.is_empty());
        let shown = stdout(&run_each(&["loss", "1..20", "--format", format]));
        assert_eq!(fs::read_to_string(&path).unwrap(), shown);
    }
    assert_eq!(entries(&folder), 5, "no temporary file is left");
}

#[test]
fn an_existing_file_is_replaced_only_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table");
    let file = path.to_str().unwrap();
    fs::write(&path, "precious").unwrap();
    for command in [
        vec!["loss", "3"],
        vec!["concavity", "--to", "9"],
        vec!["partitions", "-k", "4", "-n", "2"],
        vec!["global", "-k", "4", "-n", "2"],
        vec!["activations"],
        vec!["verify", "concavity"],
        vec!["man"],
        vec!["completions", "bash"],
    ] {
        let output = run_each(&[command.clone(), vec!["-o", file]].concat());
        assert_eq!(status(&output), 2, "{command:?}");
        assert!(stderr(&output).contains("--force"), "{command:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "precious", "{command:?}");
    }
    assert_eq!(status(&run_each(&["loss", "3", "-o", file, "--force"])), 0);
    assert!(fs::read_to_string(&path).unwrap().contains("0.0405931773139538"));
    assert_eq!(entries(&folder), 1);
}

#[test]
fn bad_input_makes_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table");
    let file = path.to_str().unwrap();
    for command in [
        vec!["loss", "0"],
        vec!["partitions", "-k", "3", "-n", "4"],
        vec!["verify", "no-such-theorem"],
    ] {
        assert_eq!(status(&run_each(&[command, vec!["-o", file]].concat())), 2);
        assert_eq!(entries(&folder), 0);
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_has_the_usual_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (ours, usual) = (folder.path().join("ours"), folder.path().join("usual"));
    run_each(&["loss", "3", "-o", ours.to_str().unwrap()]);
    File::create(&usual).unwrap();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode();
    assert_eq!(mode(&ours), mode(&usual));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_said_in_one_sentence() {
    for command in [
        "loss 5",
        "loss 1..20000 --format csv",
        "concavity --to 9",
        "partitions -k 8 -n 3 --format json",
        "activations",
        "verify concavity",
        "man",
        "completions bash",
        "--help",
        "--version",
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = copyavg()
            .args(command.split(' '))
            .stdout(Stdio::from(full))
            .output()
            .unwrap();
        assert_eq!(status(&output), 3, "{command}");
        let sentence = stderr(&output);
        assert_eq!(sentence.lines().count(), 1, "{command}: {sentence}");
        assert!(sentence.contains("no space"), "{command}: {sentence}");
    }
    // A device is written to, never replaced by a file.
    let output = run("loss 5 -o /dev/full --force");
    assert_eq!(status(&output), 3);
    assert!(!fs::metadata("/dev/full").unwrap().is_file());
}

#[test]
fn a_closed_pipe_ends_quietly() {
    for command in [
        "loss 1..1000000000000",
        "loss 1..1000000000000 --format json",
        "partitions -k 300 -n 40 --all --unsorted --format csv",
    ] {
        let mut child = copyavg()
            .args(command.split(' '))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "{command}");
        drop(reader);
        let output = child.wait_with_output().unwrap();
        assert_eq!(status(&output), 0, "{command}");
        assert_eq!(stderr(&output), "", "{command}");
    }
}

#[test]
fn every_shell_and_every_page() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = stdout(&run(&format!("completions {shell}")));
        for word in ["partitions", "concavity", "max-precision"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let commands = [
        "verify",
        "loss",
        "concavity",
        "partitions",
        "certify",
        "phase",
        "global",
        "train",
        "figure",
        "export",
        "check",
        "activations",
        "completions",
        "man",
    ];
    let page = stdout(&run("man"));
    assert!(page.contains(".TH copyavg 1"));
    let help = stdout(&run("--help"));
    for command in commands {
        assert!(page.contains(&format!("copyavg\\-{command}")), "{command}");
        assert!(help.contains(command), "{command}");
        let page = stdout(&run(&format!("man {command}")));
        assert!(page.contains(&format!(".TH copyavg-{command} 1")), "{command}");
        let help = run(&format!("{command} --help"));
        assert_eq!(status(&help), 0, "{command}");
        if command != "activations" {
            assert!(stdout(&help).contains("Example"), "{command}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("man1");
    let arguments = ["man", "--into", into.to_str().unwrap()];
    assert_eq!(status(&run_each(&arguments)), 0);
    assert_eq!(fs::read_dir(&into).unwrap().count(), commands.len() + 1);
    assert_eq!(status(&run_each(&arguments)), 2, "pages exist already");
}
