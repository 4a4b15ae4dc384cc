//! The loss of the family and the equations of its critical points.

use super::common::Common;
use super::{Family, Point};
use crate::arithmetic::{Checked, Number};
use crate::number::{Rational, integer, ratio};

/// F₁, …, F₄: the derivatives of the loss in α, β, γ, a, divided by n, n(n−1), nm, n
/// and 4/π. `None` if they are not defined.
#[must_use]
pub fn equations<N: Number>(family: &Family, point: &Point<N>) -> Option<Point<N>> {
    let common = Common::new(family, point);
    let Common {
        point: [alpha, beta, gamma, a],
        others,
        fewer,
        root,
        roots: [near, middle, distant],
        kappa,
        ..
    } = &common;
    let square = a.square() / root;
    let first = kappa * alpha + others * &square * beta - a / near;
    let second = kappa * beta + &square * (alpha + fewer * beta) - a / middle;
    let third = kappa * gamma + others * square * gamma - a / distant;
    let fourth = a * &common.own + others * a * &common.pair - common.teachers();
    Some([first.0?, second.0?, third.0?, fourth.0?])
}

/// The loss.
#[must_use]
pub fn loss<N: Number>(family: &Family, point: &Point<N>) -> Option<N> {
    let common = Common::new(family, point);
    let [_, _, _, a] = &common.point;
    let sum = a.square() * (&common.own + &common.others * &common.pair) - (a * common.teachers()).times(2);
    let count = family.n(a, 0).times(2) / pi(a);
    let teachers = a.number(&Rational::from_integer(family.teachers.into()));
    (count * sum + teachers / a.integer(3)).0
}

/// The loss minus that of the best copy-average configuration, L(m + 1).
#[must_use]
pub fn excess_loss<N: Number>(family: &Family, point: &Point<N>) -> Option<N> {
    let like = Checked(Some(loss(family, point)?));
    let size = Rational::from_integer(family.rest()) + integer(1);
    let sine = like.number(&(ratio(1, 2) / &size)).asin();
    let size = like.number(&size);
    let average = &size / like.integer(3) - size.square() * sine.times(2) / pi(&like);
    (like - average).0
}

/// π.
fn pi<N: Number>(like: &Checked<N>) -> Checked<N> {
    Checked(like.0.as_ref().and_then(N::pi))
}
