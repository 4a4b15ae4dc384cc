//! The certified perturbed copy of n of k teachers: existence, what it is as a
//! critical point, and how its loss compares with that of the best
//! copy-average configuration.

use super::family::{self, Member};
use super::verdict::Why;
use crate::arithmetic::{Enclosure, Interval, Order, Precision};
use crate::configuration::copy_average::bucket_loss;
use crate::configuration::family::perturbed_copy::PerturbedCopy;

/// A perturbed copy that exists, with α > 0 > β, γ > 0 and a > 0.
#[derive(Debug, Clone)]
pub struct CertifiedPerturbedCopy {
    /// The coordinates (α, β, γ, a), loss and spectrum.
    pub member: Member<Interval, 4>,
    /// L(k − n + 1), the least loss of a copy-average configuration.
    pub copy_average_loss: Interval,
    /// How the loss of the perturbed copy compares with that.
    pub order: Order,
}

/// Decides everything about the perturbed copy near `candidate` = (α, β, γ, a),
/// with approximate `eigenvalues` of the blocks or none: in doubles first, then
/// with doubling precision up to `limit`.
///
/// # Errors
/// If the perturbed copy was not shown to exist; that says nothing against it.
pub fn certify(
    family: &PerturbedCopy,
    candidate: &[f64; 4],
    eigenvalues: &[Vec<f64>],
    limit: Precision,
) -> Result<CertifiedPerturbedCopy, Why> {
    let mut member = family::decide(family, candidate, eigenvalues, limit)?;
    let bucket = family.rest() + 1;
    let other = |precision| bucket_loss(&Interval::context(precision), family.kernel(), bucket);
    let mut copy_average_loss = other(Precision::START);
    let mut order = member.loss.compare(&copy_average_loss);
    for precision in Precision::START.ladder(limit) {
        if order != Order::Unknown {
            break;
        }
        if let Ok(loss) = family::loss(&Interval::context(precision), family, candidate, &member.place) {
            member.loss = loss;
            copy_average_loss = other(precision);
            order = member.loss.compare(&copy_average_loss);
        }
    }
    Ok(CertifiedPerturbedCopy {
        member,
        copy_average_loss,
        order,
    })
}
