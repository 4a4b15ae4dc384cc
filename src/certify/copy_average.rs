//! Exact facts about a copy-average configuration, in the field of
//! [`Surd`]s: the program's own loss and gradient, evaluated without rounding.

use super::verdict::{Verdict, Why};
use crate::activation::Erf;
use crate::arithmetic::{Scalar, Surd};
use crate::configuration::copy_average::{bucket_loss, copy_average};
use crate::landscape::{Student, gradient, loss};

/// Whether every component of the gradient vanishes at the configuration with
/// these bucket sizes in `dimension` inputs.
///
/// `Refuted` if a component is certainly not 0 (a nonzero sum of distinct
/// square roots); an expression with arcsines that is not recognised as 0 stays
/// undecided.
#[must_use]
pub fn is_critical(kernel: &Erf, buckets: &[u64], dimension: usize) -> Verdict {
    let Some(student) = exact_student(kernel, buckets, dimension) else {
        return no_student(buckets);
    };
    let components = gradient(kernel, &student);
    if !components.is_empty() && components.iter().all(Surd::is_certainly_zero) {
        Verdict::Proved
    } else if let Some(place) = components.iter().position(|c| c.is_zero() == Some(false)) {
        Verdict::Refuted(format!(
            "component {place} of the gradient is not zero at {buckets:?}"
        ))
    } else {
        not_recognised("the gradient", buckets)
    }
}

/// Whether the loss of the full student is Σ L(ℓ_i).
#[must_use]
pub fn loss_is_additive(kernel: &Erf, buckets: &[u64], dimension: usize) -> Verdict {
    let Some(student) = exact_student(kernel, buckets, dimension) else {
        return no_student(buckets);
    };
    let context = Surd::context();
    let sum = buckets.iter().fold(context.zero(), |sum, &size| {
        sum + bucket_loss(&context, kernel, size)
    });
    if (loss(kernel, &student) - sum).is_certainly_zero() {
        Verdict::Proved
    } else {
        not_recognised("the loss minus the sum over buckets", buckets)
    }
}

fn exact_student(kernel: &Erf, buckets: &[u64], dimension: usize) -> Option<Student<Surd>> {
    copy_average(&Surd::context(), kernel, buckets, dimension).ok()
}

fn no_student(buckets: &[u64]) -> Verdict {
    Verdict::Undecided(Why::NotRepresentable {
        what: format!("the configuration {buckets:?}"),
    })
}

fn not_recognised(what: &str, buckets: &[u64]) -> Verdict {
    Verdict::Undecided(Why::NotRepresentable {
        what: format!("{what} at {buckets:?}"),
    })
}
