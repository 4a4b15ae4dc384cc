//! Why a certificate is not accepted.

use std::fmt;

/// Why a certificate is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// It is not a certificate of this format: damaged, foreign or badly formed.
    Unreadable {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// It can be read, but does not prove what it claims.
    Invalid {
        /// The line of the first step that fails, counted from 1.
        line: usize,
        /// The claim that it belongs to, as the checker reads it.
        claim: String,
        /// Why the step fails.
        reason: String,
    },
}

impl Rejection {
    /// The line of the first fault.
    #[must_use]
    pub fn line(&self) -> usize {
        match self {
            Self::Unreadable { line, .. } | Self::Invalid { line, .. } => *line,
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { line, reason } => write!(f, "unreadable: line {line}: {reason}"),
            Self::Invalid { line, claim, reason } => {
                write!(f, "invalid: line {line}: {reason}; not shown: {claim}")
            }
        }
    }
}

impl std::error::Error for Rejection {}
