//! What the program's exit status says.

use std::process::ExitCode;

/// The exit status of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Answered, and everything is as stated.
    Answered = 0,
    /// A verdict is not the expected one, an order is undecided, or the digits
    /// asked for were not met.
    Unsettled = 1,
    /// Bad usage or unreadable input; nothing was computed.
    BadInput = 2,
    /// Interrupted or out of resources; what was finished is kept.
    Stopped = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Answered => 0,
            Exit::Unsettled => 1,
            Exit::BadInput => 2,
            Exit::Stopped => 3,
        })
    }
}
