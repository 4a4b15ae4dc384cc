//! Everything that can be wrong with an entry, worded once.

use crate::certify::domain::RangeError;

/// Why an entry, or a set of entries, cannot be judged. Each is the fault of
/// the text, found before anything is computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Complaint {
    /// The file cannot be read.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// The system's reason.
        reason: String,
    },
    /// Not TOML of the form that `proofs/README.md` describes.
    #[error("{entry}: {reason}")]
    Malformed {
        /// The entry's id.
        entry: String,
        /// What is wrong, where.
        reason: String,
    },
    /// An entry that claims nothing would be true.
    #[error("{0}: it has no [[claim]]; an entry must claim something that the program can check")]
    NoClaims(String),
    /// A claim cannot be read.
    #[error("{entry}, claim {number}: {reason}")]
    Claim {
        /// The entry's id.
        entry: String,
        /// The claim's place in the entry, from 1.
        number: usize,
        /// What is wrong.
        reason: ClaimError,
    },
    /// Two entries have the same id.
    #[error("the id {0:?} is used twice; an entry from elsewhere needs a file name of its own")]
    DuplicateId(String),
    /// An entry uses one that does not exist.
    #[error("{entry} uses {used:?}, which is not in the catalogue")]
    UnknownUse {
        /// The entry.
        entry: String,
        /// The missing id.
        used: String,
    },
    /// Entries use each other in a circle.
    #[error("these entries use each other in a circle: {0}")]
    Circle(String),
    /// An entry from elsewhere may not add to what must be trusted.
    #[error("{0}: an entry from elsewhere cannot be assumed; only the catalogue's own assumptions are")]
    ForeignAssumption(String),
    /// A source that the bibliography lacks.
    #[error("{entry} cites {key:?}, which is not in references.toml")]
    UnknownReference {
        /// The entry.
        entry: String,
        /// The missing key.
        key: String,
    },
    /// No such entry.
    #[error("no theorem is called {0:?}; `copyavg verify --list` names them all")]
    UnknownId(String),
}

/// Why one claim cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    /// A field is missing, unknown or of the wrong type.
    #[error("{0}")]
    Field(String),
    /// The kind is not one the program knows.
    #[error("the kind {0:?} is unknown; the kinds are {1}")]
    Kind(String, String),
    /// A formula cannot be read.
    #[error("in {text:?}: {reason}")]
    Formula {
        /// The text.
        text: String,
        /// What is wrong.
        reason: String,
    },
    /// A range cannot be read.
    #[error(transparent)]
    Range(#[from] RangeError),
    /// A range of integers was expected.
    #[error("{0} must be a range of integers such as \"1..8\", within {1}")]
    IntegerRange(String, String),
    /// A parameter without a range, or a range without a parameter.
    #[error("{0}")]
    Parameters(String),
    /// The activation is unknown.
    #[error("{0}")]
    Activation(String),
}
