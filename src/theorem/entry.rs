//! One theorem of the catalogue, as text and as claims.

use super::certificate;
use super::claim::Claim;
use super::complaint::Complaint;
use serde::Deserialize;

/// Where a statement comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// A key of `references.toml`.
    pub key: String,
    /// The place in that work.
    #[serde(rename = "where")]
    pub place: String,
}

/// What ties the machine claims to the statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum By {
    /// The machine claims are the statement.
    #[serde(rename = "computation")]
    Computation,
    /// The written derivation links them.
    #[serde(rename = "computation+derivation")]
    ComputationAndDerivation,
    /// Coq's kernel checks the whole statement; the machine claims, with the
    /// derivation, are a second proof.
    #[serde(rename = "coq")]
    Coq,
}

impl By {
    /// The word that tables and JSON use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            By::Computation => "computation",
            By::ComputationAndDerivation => "computation+derivation",
            By::Coq => "coq",
        }
    }
}

/// The verdict that the authors of an entry expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Expected {
    /// The statement is a theorem.
    Proved,
    /// The statement is false as it stands.
    Refuted,
    /// The statement is open.
    Undecided,
    /// The statement is taken for granted; its claims are independent checks.
    Assumed,
}

impl Expected {
    /// The word that tables and JSON use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Expected::Proved => "proved",
            Expected::Refuted => "refuted",
            Expected::Undecided => "undecided",
            Expected::Assumed => "assumed",
        }
    }
}

/// The fields of an entry's file, as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    statement: Option<String>,
    #[serde(default)]
    source: Vec<Source>,
    by: By,
    expected: Expected,
    #[serde(default)]
    uses: Vec<String>,
    derivation: Option<String>,
    #[serde(default)]
    coq: Vec<String>,
    #[serde(default, rename = "let")]
    definitions: Vec<String>,
    #[serde(default)]
    claim: Vec<toml::Table>,
}

/// A theorem: what is stated, where it comes from, and the machine claims from
/// which it follows.
#[derive(Debug)]
pub struct Entry {
    /// The file's name without its extension.
    pub id: String,
    /// A short name for tables.
    pub title: String,
    /// The statement in words; `None` if the machine claims are the statement.
    pub statement: Option<String>,
    /// Where it comes from.
    pub source: Vec<Source>,
    /// What links claims and statement.
    pub by: By,
    /// What its authors expect.
    pub expected: Expected,
    /// Ids of entries that the derivation rests on.
    pub uses: Vec<String>,
    /// Why the claims imply the statement.
    pub derivation: Option<String>,
    /// The theorems of `proofs/coq` that state it, or parts of it:
    /// `File.theorem`. `Assumptions.expected` says what each rests on.
    pub coq: Vec<String>,
    /// The machine claims.
    pub claims: Vec<Claim>,
    /// Whether it comes with the program or from a file elsewhere.
    pub foreign: bool,
    /// SHA-256 of the text of its file, in hexadecimal digits.
    pub digest: String,
}

impl Entry {
    /// Reads an entry from the text of its file.
    ///
    /// # Errors
    /// A [`Complaint`] if the text is not of the form described in
    /// `proofs/README.md`, claims nothing, says by what derivation it follows
    /// without giving one, or (from elsewhere) declares an assumption.
    pub fn parse(id: &str, text: &str, foreign: bool) -> Result<Entry, Complaint> {
        let malformed = |reason: String| Complaint::Malformed {
            entry: id.to_string(),
            reason,
        };
        let written: Written =
            toml::from_str(text).map_err(|error| malformed(error.to_string().trim().replace('\n', " ")))?;
        if foreign && written.expected == Expected::Assumed {
            return Err(Complaint::ForeignAssumption(id.to_string()));
        }
        if written.claim.is_empty() {
            return Err(Complaint::NoClaims(id.to_string()));
        }
        match (written.by, &written.statement, &written.derivation) {
            (By::Computation, Some(_), _) | (By::Computation, _, Some(_)) => {
                return Err(malformed(
                    "by = \"computation\" means that the claims are the statement: leave out statement and derivation"
                        .to_string(),
                ));
            }
            (By::ComputationAndDerivation | By::Coq, None, _)
            | (By::ComputationAndDerivation | By::Coq, _, None) => {
                return Err(malformed(format!(
                    "by = \"{}\" needs a statement and a derivation",
                    written.by.word()
                )));
            }
            (By::Coq, ..) if written.coq.is_empty() => {
                return Err(malformed(
                    "by = \"coq\" needs the names of the theorems in coq = [...]".to_string(),
                ));
            }
            _ => {}
        }
        if foreign && !written.coq.is_empty() {
            return Err(malformed(
                "an entry from elsewhere cannot name theorems of proofs/coq".to_string(),
            ));
        }
        let mut claims = Vec::with_capacity(written.claim.len());
        for (index, table) in written.claim.into_iter().enumerate() {
            let claim = Claim::read(table, &written.definitions).map_err(|reason| Complaint::Claim {
                entry: id.to_string(),
                number: index + 1,
                reason,
            })?;
            claims.push(claim);
        }
        Ok(Entry {
            id: id.to_string(),
            title: written.title,
            statement: written.statement,
            source: written.source,
            by: written.by,
            expected: written.expected,
            uses: written.uses,
            derivation: written.derivation,
            coq: written.coq,
            claims,
            foreign,
            digest: certificate::digest(text),
        })
    }
}
