//! Whatever is wrong is said in one sentence, and nothing is written.

use super::{copyavg, run_each, status, stderr, stdout};
use std::fs::File;
use std::process::Stdio;

/// The arguments, and words of the sentence.
const MISTAKES: &[(&[&str], &str)] = &[
    (&[], "say what to do"),
    (&["los", "5"], "did you mean loss?"),
    (&["frobnicate"], "no command \"frobnicate\""),
    (&["-5"], "-5"),
    (&["--formt", "json", "loss", "5"], "--format"),
    // Lists of integers.
    (&["loss"], "ELLS is missing"),
    (&["loss", ""], "a number is missing"),
    (&["loss", "0"], "0 is too small"),
    (&["loss", "0..5"], "0 is too small"),
    (&["loss", "-1"], "-1 is negative"),
    (&["loss", "-1..5"], "-1 is negative"),
    (&["loss", "5..3"], "empty"),
    (&["loss", "1..9:0"], "step"),
    (&["loss", "1.."], "a number is missing"),
    (&["loss", "1,,2"], "a number is missing"),
    (&["loss", "1.5"], "not a whole number"),
    (&["loss", "1e5"], "not a whole number"),
    (&["loss", "NaN"], "not a whole number"),
    (&["loss", "five"], "not a whole number"),
    (&["loss", "1000000000000000000000000000000"], "too large"),
    (&["loss", "1000000000000000001"], "too large"),
    (&["loss", "1..1000000000000000001"], "too large"),
    (&["loss", "5", "6"], "one argument too many"),
    (&["loss", "--hexadecimal"], "no option --hexadecimal"),
    (&["loss", "5", "-x"], "no option -x"),
    // Common options.
    (&["loss", "5", "--digits", "0"], "from 1 to 10000"),
    (&["loss", "5", "--digits", "1000000000"], "from 1 to 10000"),
    (&["loss", "5", "--digits", "10001"], "from 1 to 10000"),
    (&["loss", "5", "--digits", "-3"], "from 1 to 10000"),
    (&["loss", "5", "--digits", "many"], "from 1 to 10000"),
    (&["loss", "5", "--digits"], "needs a value"),
    (&["loss", "5", "--digits", "5", "--digits", "6"], "more than once"),
    (
        &["loss", "5", "--format", "yaml"],
        "text, json, csv, latex, markdown",
    ),
    (&["loss", "5", "--threads", "0"], "from 1 to 1024"),
    (&["loss", "5", "--threads", "100000"], "from 1 to 1024"),
    (&["loss", "5", "--precision", "0"], "number of bits"),
    (&["loss", "5", "--precision", "-64"], "number of bits"),
    (&["loss", "5", "--max-precision", "99999999999"], "number of bits"),
    (
        &["loss", "5", "--precision", "200", "--max-precision", "100"],
        "exceeds",
    ),
    (
        &["loss", "5", "--activation", "relu"],
        "erf, erf:BETA, erf-printed",
    ),
    (&["loss", "5", "--activation", "erf:0"], "scale"),
    (&["loss", "5", "--activation", "erf:-1"], "scale"),
    (&["loss", "5", "-o", "/nonexistent/folder/file"], "no such folder"),
    (&["loss", "5", "-o", "/"], "folder"),
    (&["loss", "5", "-o", ""], "value"),
    // Partitions.
    (&["partitions"], "-k and -n are missing"),
    (&["partitions", "-k", "5"], "-n is missing"),
    (&["partitions", "-k", "3", "-n", "5"], "1 <= n <= k"),
    (&["partitions", "-k", "0", "-n", "0"], "0 is too small"),
    (&["partitions", "-k", "5", "-n", "0"], "0 is too small"),
    (&["partitions", "-k", "-5", "-n", "2"], "-5 is negative"),
    (&["partitions", "-k", "5", "-n", "two"], "not a whole number"),
    (&["partitions", "-k", "5", "-n", "1..2"], "not a whole number"),
    (
        &["partitions", "-k", "1000000000000000000000000000000", "-n", "2"],
        "too large",
    ),
    (
        &["partitions", "-k", "5", "-n", "2", "--top", "0"],
        "0 is too small",
    ),
    (
        &["partitions", "-k", "5", "-n", "2", "--top", "1000001"],
        "at most 1000000",
    ),
    (
        &["partitions", "-k", "5", "-n", "2", "--top", "3", "--all"],
        "contradict",
    ),
    (
        &["partitions", "-k", "5", "-n", "2", "--unsorted"],
        "--all is missing",
    ),
    (
        &["partitions", "-k", "5", "-n", "2", "--method", "luck"],
        "best-first",
    ),
    (&["partitions", "-k", "500", "-n", "50", "--all"], "--unsorted"),
    (
        &["partitions", "-k", "500", "-n", "50", "--method", "enumerate"],
        "too many",
    ),
    (
        &[
            "partitions",
            "-k",
            "1000000000000",
            "-n",
            "1000000000",
            "--format",
            "json",
        ],
        "--top",
    ),
    // Concavity.
    (&["concavity"], "--all or --to is missing"),
    (&["concavity", "--to", "1"], "at least 2"),
    (&["concavity", "--to", "0"], "0 is too small"),
    (&["concavity", "--to", "-7"], "-7 is negative"),
    (&["concavity", "--to", "1000000000000000000"], "10^18"),
    (&["concavity", "--to", "2..9"], "not a whole number"),
    (&["concavity", "--all", "--to", "9"], "contradict"),
    // The others.
    (&["verify", "no-such-theorem"], "no-such-theorem"),
    (&["verify", "no/such/file.toml"], "no/such/file.toml"),
    (&["activations", "erf"], "one argument too many"),
    (&["completions"], "SHELL is missing"),
    (&["completions", "cmd.exe"], "bash, elvish, fish"),
    (&["man", "nothing"], "no command \"nothing\""),
];

#[test]
fn every_mistake_is_one_sentence_on_stderr() {
    for (arguments, said) in MISTAKES {
        let output = run_each(arguments);
        let sentence = stderr(&output);
        assert_eq!(status(&output), 2, "{arguments:?}: {sentence}");
        assert_eq!(stdout(&output), "", "{arguments:?}");
        assert!(sentence.starts_with("copyavg: "), "{arguments:?}: {sentence}");
        assert_eq!(sentence.lines().count(), 1, "{arguments:?}: {sentence}");
        assert!(sentence.contains(said), "{arguments:?}: {sentence}");
        assert!(!sentence.contains("error:"), "{arguments:?}: {sentence}");
    }
}

#[test]
fn a_sentence_stays_short_whatever_was_typed() {
    let endless = "9".repeat(100_000);
    for arguments in [
        vec!["loss", &endless],
        vec!["loss", "5", "--digits", &endless],
        vec!["loss", "5", "--precision", &endless],
        vec!["loss", "5", "--activation", &endless],
        vec!["loss", "5", "--format", &endless],
        vec!["partitions", "-k", &endless, "-n", "2"],
        vec![&endless],
        vec!["loss", "\u{1b}[31m\n\u{7}"],
    ] {
        let output = run_each(&arguments);
        assert_eq!(status(&output), 2);
        let sentence = stderr(&output);
        assert!(sentence.len() < 400, "{}", sentence.len());
        assert!(!sentence.trim_end().contains(char::is_control), "{sentence:?}");
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let output = copyavg()
        .args(["loss".as_ref(), OsStr::from_bytes(b"\xff5")])
        .output();
    let output = output.unwrap();
    assert_eq!(status(&output), 2);
    assert_eq!(stderr(&output).lines().count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn the_exit_status_survives_a_full_stderr() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let status = copyavg().args(["loss", "0"]).stderr(Stdio::from(full)).status();
    assert_eq!(status.unwrap().code(), Some(2));
}
