//! The phase diagram: for numbers of neurons n and of teachers k, what the best
//! copy-average configuration and the perturbed copy are, and which has the
//! lower loss.

use crate::activation::Erf;
use crate::arithmetic::{Interval, Order, Precision, Rational};
use crate::certify::perturbed_copy::{CertifiedPerturbedCopy, certify};
use crate::certify::spectrum::{Kind, decide};
use crate::certify::verdict::Why;
use crate::configuration::copy_average::bucket_loss;
use crate::configuration::family::perturbed_copy::PerturbedCopy;
use crate::configuration::partition::Partition;
use crate::find::eigenvalues::copy_average_candidates;
use crate::find::perturbed_copy::candidate;

/// Which configuration has the lower loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lower {
    /// The best copy-average configuration.
    CopyAverage,
    /// The perturbed copy.
    PerturbedCopy,
    /// They are one configuration (n = 1 and n = k).
    Equal,
    /// Not decided.
    Undecided,
}

impl Lower {
    /// The word that tables and JSON use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Lower::CopyAverage => "copy-average",
            Lower::PerturbedCopy => "perturbed-copy",
            Lower::Equal => "equal",
            Lower::Undecided => "undecided",
        }
    }
}

/// One point of the diagram, with d = k inputs.
#[derive(Debug, Clone)]
pub struct Phase {
    /// k.
    pub teachers: u64,
    /// n, 1 ≤ n ≤ k.
    pub neurons: u64,
    /// L(k − n + 1), the loss of the best copy-average configuration.
    pub copy_average_loss: Interval,
    /// What that is.
    pub copy_average_kind: Kind,
    /// The perturbed copy, or why it was not shown to exist; `None` for n = 1 and
    /// n = k, where it is that copy-average configuration.
    pub perturbed_copy: Option<Result<CertifiedPerturbedCopy, Why>>,
}

impl Phase {
    /// Examines n neurons for k teachers with precisions up to `limit`. `None`
    /// unless 1 ≤ n ≤ k.
    #[must_use]
    pub fn of(neurons: u64, teachers: u64, limit: Precision) -> Option<Self> {
        let partition = Partition::copies_and_one_average(teachers, neurons).ok()?;
        let average = teachers - neurons + 1;
        let perturbed_copy =
            PerturbedCopy::new(neurons, teachers, teachers).map(|family| perturbed_copy(&family, limit));
        Some(Self {
            teachers,
            neurons,
            copy_average_loss: bucket_loss(&Interval::context(Precision::START), &Erf::standard(), average),
            copy_average_kind: decide(&partition, 0, limit, &copy_average_candidates(&partition, 0)).kind,
            perturbed_copy,
        })
    }

    /// Which configuration has the lower loss.
    #[must_use]
    pub fn lower(&self) -> Lower {
        match &self.perturbed_copy {
            None => Lower::Equal,
            Some(Err(_)) => Lower::Undecided,
            Some(Ok(found)) => match found.order {
                Order::Less => Lower::PerturbedCopy,
                Order::Greater => Lower::CopyAverage,
                Order::Unknown => Lower::Undecided,
            },
        }
    }

    /// What the perturbed copy is; `None` where there is none of its own.
    #[must_use]
    pub fn perturbed_kind(&self) -> Option<Kind> {
        self.perturbed_copy.as_ref().map(|found| match found {
            Ok(found) => found.member.spectrum.kind,
            Err(_) => Kind::Undecided,
        })
    }

    /// Whether every question has an answer.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.copy_average_kind != Kind::Undecided
            && self.perturbed_kind() != Some(Kind::Undecided)
            && self.lower() != Lower::Undecided
    }

    /// n/k.
    #[must_use]
    pub fn ratio(&self) -> Rational {
        Rational::new(self.neurons.into(), self.teachers.into())
    }
}

/// The perturbed copy of a family, found and certified.
///
/// # Errors
/// If no candidate was found or none proved to exist, which says nothing
/// against existence.
pub fn perturbed_copy(family: &PerturbedCopy, limit: Precision) -> Result<CertifiedPerturbedCopy, Why> {
    let near = candidate(family).ok_or_else(|| Why::NoCandidate {
        what: format!(
            "the perturbed copy of {} of {} teachers",
            family.copies(),
            family.teachers()
        ),
    })?;
    certify(family, &near.point, &near.eigenvalues, limit)
}
