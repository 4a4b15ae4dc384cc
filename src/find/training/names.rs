//! What the neurons of a student are, and what the student is.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What one neuron does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NeuronName {
    /// It copies one teacher.
    Copy,
    /// It averages several teachers, and serves no other.
    Average,
    /// It nearly copies one teacher and serves others a little.
    ApproximateCopy,
    /// It nearly averages several teachers and serves others a little.
    ApproximateAverage,
    /// Its part of the student's output is negligible.
    Dead,
    /// It points where another neuron points, up to sign, so that the two act
    /// as one.
    Duplicated,
    /// It and another one are nearly parallel, with large outer weights that
    /// nearly cancel.
    Diverging,
    /// None of these.
    Unknown,
}

impl NeuronName {
    /// The words for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            NeuronName::Copy => "copy",
            NeuronName::Average => "average",
            NeuronName::ApproximateCopy => "approximate copy",
            NeuronName::ApproximateAverage => "approximate average",
            NeuronName::Dead => "dead",
            NeuronName::Duplicated => "duplicated",
            NeuronName::Diverging => "diverging",
            NeuronName::Unknown => "unknown",
        }
    }
}

impl fmt::Display for NeuronName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.words())
    }
}

/// A neuron with its name and what the name rests on. All numbers are finite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NamedNeuron {
    /// What it does.
    pub name: NeuronName,
    /// The teachers that it serves, from 0, ascending: those it copies or
    /// averages. Empty if it has no name that speaks of teachers.
    pub teachers: Vec<usize>,
    /// The sign s = ±1 for which (s a, s w) points towards its teachers.
    pub sign: i8,
    /// s a, the outer weight.
    pub outgoing: f64,
    /// |w|.
    pub norm: f64,
    /// The largest difference, over a (relative to the number of teachers) and
    /// all entries of w, from the exact copy or average of the teachers that
    /// its largest entries point to.
    pub distance: f64,
    /// By how much the rule for the name holds: the smallest factor (above 1)
    /// between a measured number and the threshold it is compared with.
    pub margin: f64,
}

/// What a student as a whole is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "class")]
pub enum Class {
    /// Every neuron serves a bucket of its own, and every teacher has one.
    CopyAverage {
        /// The sizes of the buckets, descending.
        parts: Vec<u64>,
    },
    /// Every neuron nearly copies a teacher of its own and all share the others.
    PerturbedCopies,
    /// Anything else.
    Other {
        /// What is unusual about it.
        what: What,
    },
}

/// What is unusual about a student that belongs to no known family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Outer weights of nearly parallel neurons diverge.
    ChannelToInfinity,
    /// Some neurons point the same way.
    Duplicated,
    /// Some neurons do nothing.
    Dead,
    /// All neurons have one of the four names of the theory, but together they
    /// are neither of the known families.
    Mixed,
    /// The run did not reach a critical point.
    Unfinished,
    /// None of these.
    Unknown,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            What::ChannelToInfinity => "channel to infinity",
            What::Duplicated => "duplicated neurons",
            What::Dead => "dead neurons",
            What::Mixed => "mixed",
            What::Unfinished => "unfinished",
            What::Unknown => "unknown",
        })
    }
}

/// `C-A (5,1,1,1)`, `P-n-C`, `other (dead neurons)`.
impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Class::CopyAverage { parts } => {
                let parts: Vec<String> = parts.iter().map(u64::to_string).collect();
                f.pad(&format!("C-A ({})", parts.join(",")))
            }
            Class::PerturbedCopies => f.pad("P-n-C"),
            Class::Other { what } => f.pad(&format!("other ({what})")),
        }
    }
}

impl Class {
    /// C-A optimal: all neurons but at most one copy a teacher.
    #[must_use]
    pub fn is_copies_and_one_average(&self) -> bool {
        matches!(self, Class::CopyAverage { parts } if parts.iter().skip(1).all(|&part| part == 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read_back() {
        for (class, text) in [
            (Class::CopyAverage { parts: vec![5, 1, 1] }, "C-A (5,1,1)"),
            (Class::PerturbedCopies, "P-n-C"),
            (Class::Other { what: What::Dead }, "other (dead neurons)"),
        ] {
            assert_eq!(class.to_string(), text);
            let json = serde_json::to_string(&class).unwrap();
            assert_eq!(serde_json::from_str::<Class>(&json).unwrap(), class);
        }
        assert!(Class::CopyAverage { parts: vec![5, 1, 1] }.is_copies_and_one_average());
        assert!(Class::CopyAverage { parts: vec![1, 1] }.is_copies_and_one_average());
        assert!(!Class::CopyAverage { parts: vec![2, 2] }.is_copies_and_one_average());
    }
}
