//! The arrows of the architecture, read off the source: no layer names one
//! that it may not import, and MPFR stays inside the arithmetic.

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer and the layers it may import (itself is always allowed).
const ARROWS: [(&str, &[&str]); 11] = [
    ("arithmetic", &[]),
    ("formula", &["arithmetic"]),
    ("activation", &["arithmetic"]),
    ("landscape", &["arithmetic", "activation"]),
    ("configuration", &["arithmetic", "activation", "landscape"]),
    (
        "find",
        &["arithmetic", "activation", "landscape", "configuration"],
    ),
    (
        "certify",
        &[
            "arithmetic",
            "formula",
            "activation",
            "landscape",
            "configuration",
        ],
    ),
    (
        "theorem",
        &[
            "arithmetic",
            "formula",
            "activation",
            "landscape",
            "configuration",
            "find",
            "certify",
        ],
    ),
    (
        "experiment",
        &[
            "arithmetic",
            "activation",
            "landscape",
            "configuration",
            "find",
            "certify",
            "theorem",
        ],
    ),
    (
        "plot",
        &[
            "arithmetic",
            "activation",
            "landscape",
            "configuration",
            "certify",
            "experiment",
        ],
    ),
    (
        "cli",
        &[
            "arithmetic",
            "formula",
            "activation",
            "landscape",
            "configuration",
            "find",
            "certify",
            "theorem",
            "experiment",
            "plot",
        ],
    ),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The code of a file without its comments and its unit tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap_or("").to_string();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn no_layer_imports_against_the_arrows() {
    let mut wrong = Vec::new();
    let mut files = 0;
    for (layer, allowed) in ARROWS {
        for path in sources(&root().join(layer)) {
            files += 1;
            let code = code(&path);
            for (other, _) in ARROWS {
                let named = code.contains(&format!("crate::{other}::"))
                    || code.contains(&format!("crate::{other};"))
                    || code.contains(&format!("crate::{{{other}"));
                if named && other != layer && !allowed.contains(&other) {
                    wrong.push(format!("{} imports {other}", path.display()));
                }
            }
        }
    }
    assert!(files > 50, "only {files} files were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_folder_is_a_layer() {
    for entry in fs::read_dir(root()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let name = path.file_name().unwrap().to_str().unwrap().to_string();
            assert!(
                ARROWS.iter().any(|(layer, _)| *layer == name),
                "{name} has no place among the layers"
            );
        }
    }
}

#[test]
fn multiprecision_stays_inside_the_arithmetic() {
    for path in sources(&root()) {
        let inside = path.starts_with(root().join("arithmetic"));
        assert!(
            inside || !code(&path).contains("rug::"),
            "{} names rug",
            path.display()
        );
    }
}
