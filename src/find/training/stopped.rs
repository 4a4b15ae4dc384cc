//! Why a run ended.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a run ended: always a state of the run, never the clock. `Display` is
/// the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stopped {
    /// At a critical point: the gradient is below the tolerance, no direction
    /// descends, and Newton's method confirms that the point is near.
    Converged,
    /// At a critical point whose Hessian is singular as far as doubles can
    /// tell: part of a line or surface of points of equal loss.
    FlatValley,
    /// At a critical point from which a direction descends: a saddle at which
    /// the run started, or at which the flow came to rest.
    Saddle,
    /// Outer weights of a group of nearly parallel neurons grow without bound
    /// with opposite signs while the loss still falls.
    ChannelToInfinity,
    /// Parameters grow without bound otherwise, or are no longer numbers.
    Diverged,
    /// No step makes progress that doubles can resolve, and the gradient is not
    /// below the tolerance.
    Stalled,
    /// The flow time allowed is over.
    FlowTime,
    /// The number of steps allowed is used up.
    Steps,
    /// The user stopped the work: the run is not finished and not to be kept.
    Interrupted,
}

impl Stopped {
    /// The word that tables and JSON use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Stopped::Converged => "converged",
            Stopped::FlatValley => "flat-valley",
            Stopped::Saddle => "saddle",
            Stopped::ChannelToInfinity => "channel-to-infinity",
            Stopped::Diverged => "diverged",
            Stopped::Stalled => "stalled",
            Stopped::FlowTime => "flow-time",
            Stopped::Steps => "steps",
            Stopped::Interrupted => "interrupted",
        }
    }

    /// Whether the run reached a critical point.
    #[must_use]
    pub fn is_critical(self) -> bool {
        matches!(self, Stopped::Converged | Stopped::FlatValley | Stopped::Saddle)
    }

    /// Whether the run is finished, so that it may be kept.
    #[must_use]
    pub fn is_finished(self) -> bool {
        self != Stopped::Interrupted
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Stopped::Converged => "the flow converged to a strict local minimum, as far as doubles can tell",
            Stopped::FlatValley => {
                "the gradient is below the tolerance in a valley that is flat as far as doubles can tell"
            }
            Stopped::Saddle => "the flow rests at a saddle: the gradient vanishes though a direction descends",
            Stopped::ChannelToInfinity => {
                "nearly parallel neurons with growing outer weights of opposite signs follow a channel to infinity"
            }
            Stopped::Diverged => "the weights grow without bound",
            Stopped::Stalled => "no step makes progress, though the gradient is not below the tolerance",
            Stopped::FlowTime => "the flow time allowed is over before convergence",
            Stopped::Steps => "the steps allowed are used up before convergence",
            Stopped::Interrupted => "the run was interrupted and is not finished",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_json() {
        for stopped in [
            Stopped::Converged,
            Stopped::FlatValley,
            Stopped::Saddle,
            Stopped::ChannelToInfinity,
            Stopped::Diverged,
            Stopped::Stalled,
            Stopped::FlowTime,
            Stopped::Steps,
            Stopped::Interrupted,
        ] {
            let text = serde_json::to_string(&stopped).unwrap();
            assert_eq!(text, format!("\"{}\"", stopped.word()));
            assert_eq!(serde_json::from_str::<Stopped>(&text).unwrap(), stopped);
        }
    }
}
