//! The bibliography: every source is cited by key and place.

use super::complaint::Complaint;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A work that entries cite.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The authors, as on the title page.
    pub authors: String,
    /// The title.
    pub title: String,
    /// Where it appeared, with the year.
    pub published: String,
    /// A DOI, an arXiv number or a web address.
    pub locator: Option<String>,
}

/// The works by key.
pub type Bibliography = BTreeMap<String, Reference>;

/// Reads `references.toml`.
///
/// # Errors
/// If the text is not a table of references.
pub fn parse(text: &str) -> Result<Bibliography, Complaint> {
    toml::from_str(text).map_err(|error| Complaint::Malformed {
        entry: "references.toml".to_string(),
        reason: error.to_string().trim().replace('\n', " "),
    })
}
