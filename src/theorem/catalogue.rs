//! The theorems that come with the program, and those brought from elsewhere.

use super::complaint::Complaint;
use super::entry::Entry;
use super::ledger;
use super::references::{self, Bibliography};
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use std::path::Path;

/// The folder `proofs/`, compiled in: the binary alone suffices.
static PROOFS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/proofs");

/// Something that must be trusted although it is not a mathematical statement.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// Its short name, such as "A2".
    pub name: String,
    /// What is trusted.
    pub what: String,
    /// How it is checked nevertheless.
    pub checked_by: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrustFile {
    trust: Vec<Trust>,
}

/// A set of entries whose uses resolve, with their bibliography.
#[derive(Debug)]
pub struct Catalogue {
    /// The entries, each after all that it uses.
    pub entries: Vec<Entry>,
    /// The works cited.
    pub references: Bibliography,
    /// What must be trusted about machine and libraries.
    pub trust: Vec<Trust>,
}

impl Catalogue {
    /// The catalogue that comes with the program.
    ///
    /// # Errors
    /// If a compiled-in file is malformed (a defect, found by the tests).
    pub fn built_in() -> Result<Catalogue, Complaint> {
        Self::with(Vec::new())
    }

    /// The built-in catalogue and the entries in the files `paths`, which may
    /// use built-in entries and each other.
    ///
    /// # Errors
    /// If a file cannot be read, is malformed, or its uses do not resolve.
    pub fn with_files(paths: &[&Path]) -> Result<Catalogue, Complaint> {
        let mut foreign = Vec::with_capacity(paths.len());
        for path in paths {
            let shown = path.display().to_string();
            let unreadable = |reason: String| Complaint::Unreadable {
                path: shown.clone(),
                reason,
            };
            let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
            let id = path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .ok_or_else(|| unreadable("the file name is not valid text".to_string()))?;
            foreign.push(Entry::parse(id, &text, true)?);
        }
        Self::with(foreign)
    }

    fn with(foreign: Vec<Entry>) -> Result<Catalogue, Complaint> {
        let references = references::parse(built_in_text("references.toml"))?;
        let trust: TrustFile =
            toml::from_str(built_in_text("trust.toml")).map_err(|error| Complaint::Malformed {
                entry: "trust.toml".to_string(),
                reason: error.to_string().trim().replace('\n', " "),
            })?;
        let mut entries = Vec::new();
        for (id, text) in built_in_entries() {
            entries.push(Entry::parse(id, text, false)?);
        }
        let replaced: Vec<&str> = entries.iter().map(|e| e.id.as_str()).collect();
        if let Some(twice) = foreign.iter().find(|e| replaced.contains(&e.id.as_str())) {
            return Err(Complaint::DuplicateId(twice.id.clone()));
        }
        entries.extend(foreign);
        for entry in &entries {
            if let Some(source) = entry.source.iter().find(|s| !references.contains_key(&s.key)) {
                return Err(Complaint::UnknownReference {
                    entry: entry.id.clone(),
                    key: source.key.clone(),
                });
            }
        }
        let order = ledger::order(&entries)?;
        let mut slots: Vec<Option<Entry>> = entries.into_iter().map(Some).collect();
        let entries = order
            .into_iter()
            .filter_map(|index| slots[index].take())
            .collect();
        Ok(Catalogue {
            entries,
            references,
            trust: trust.trust,
        })
    }

    /// The position of the entry called `id`.
    ///
    /// # Errors
    /// If there is none.
    pub fn position(&self, id: &str) -> Result<usize, Complaint> {
        self.entries
            .iter()
            .position(|e| e.id == id)
            .ok_or_else(|| Complaint::UnknownId(id.to_string()))
    }

    /// For each entry, whether it is in `wanted` or used, directly or not, by
    /// one that is.
    #[must_use]
    pub fn closure(&self, wanted: &[usize]) -> Vec<bool> {
        let mut needed = vec![false; self.entries.len()];
        for &index in wanted {
            needed[index] = true;
        }
        // Entries come after what they use, so one backward pass suffices.
        for index in (0..self.entries.len()).rev() {
            if needed[index] {
                for used in &self.entries[index].uses {
                    if let Ok(place) = self.position(used) {
                        needed[place] = true;
                    }
                }
            }
        }
        needed
    }
}

/// The ids and texts of the compiled-in entries, by id.
#[must_use]
pub fn built_in_entries() -> Vec<(&'static str, &'static str)> {
    let mut found: Vec<(&str, &str)> = PROOFS
        .files()
        .filter(|file| file.path().extension().is_some_and(|e| e == "toml"))
        .filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?)))
        .filter(|(id, _)| *id != "references" && *id != "trust")
        .collect();
    found.sort_unstable();
    found
}

fn built_in_text(name: &str) -> &'static str {
    // An absent file reads as empty and is refused by its parser.
    PROOFS
        .get_file(name)
        .and_then(|file| file.contents_utf8())
        .unwrap_or("")
}
