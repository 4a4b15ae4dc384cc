//! The program: its answers and exit statuses.

mod support;

use std::process::Command;
use support::claim;

fn run(texts: &[&str]) -> (Option<i32>, String) {
    let folder = std::env::temp_dir().join(format!("copyavg-checker-{}-{}", std::process::id(), texts.len()));
    std::fs::create_dir_all(&folder).unwrap();
    let files: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(number, text)| {
            let file = folder.join(format!("{number}.cert"));
            std::fs::write(&file, text).unwrap();
            file
        })
        .collect();
    let output = Command::new(env!("CARGO_BIN_EXE_copyavg-checker"))
        .args(&files)
        .output()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn statuses() {
    let good = claim("claim sign | holds 2 > 1 | proof cover | natural");
    let bad = claim("claim sign | holds 1 > 2 | proof cover | natural");
    let damaged = good.replace("2 > 1", "2 > 0");
    assert_eq!(run(&[]).0, Some(2));
    let (status, text) = run(&[&good]);
    assert_eq!(status, Some(0));
    assert!(text.trim_end().ends_with("verified: 2 > 1"), "{text}");
    let (status, text) = run(&[&good, &bad]);
    assert_eq!(status, Some(1));
    assert!(
        text.contains("verified: 2 > 1")
            && text.contains("invalid: line 5: the sign is not shown on the only cell; not shown: 1 > 2"),
        "{text}"
    );
    let (status, text) = run(&[&damaged, &good, &bad]);
    assert_eq!(status, Some(2));
    assert!(text.contains("unreadable: line 7"), "{text}");
}
