//! Why a command gives no answer, in one sentence, and the exit status of it.

use super::exit::Exit;

/// What ended a command early. Each prints as one sentence on stderr.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The request makes no sense, or names input that cannot be read.
    #[error("{0}")]
    BadInput(String),
    /// The machine does not keep a promise that proofs rest on.
    #[error("{0}")]
    Unsound(String),
    /// The machine ran out of something, such as threads.
    #[error("{what}: {why}")]
    Resources {
        /// What was attempted.
        what: String,
        /// The system's reason.
        why: String,
    },
    /// A result could not be written.
    #[error("cannot write {to}: {why}")]
    Output {
        /// Standard output, or the file's name.
        to: String,
        /// The system's reason.
        why: String,
    },
    /// Whoever reads our output has seen enough.
    #[error("the reader closed the pipe")]
    ClosedPipe,
}

impl Failure {
    /// A complaint about what the user asked for.
    pub(crate) fn bad_input(sentence: impl Into<String>) -> Self {
        Failure::BadInput(sentence.into())
    }

    /// The exit status that this failure means.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Failure::BadInput(_) => Exit::BadInput,
            Failure::Unsound(_) | Failure::Resources { .. } | Failure::Output { .. } => Exit::Stopped,
            // As for `head`: the reader has what it wanted.
            Failure::ClosedPipe => Exit::Answered,
        }
    }

    /// Whether there is anything to say to the user.
    pub(crate) fn is_silent(&self) -> bool {
        matches!(self, Failure::ClosedPipe)
    }
}
