//! Members of a family of configurations: existence, loss and spectrum.
//!
//! A zero of the family's equations is a critical point of the loss, by the
//! symmetry of the family. The box around it, not the candidate, is what loss
//! and blocks are evaluated on.

use super::agreement::{complete, counted_index, enclosed};
use super::eigenvalues::Level;
use super::krawczyk::{System, UniqueZero, unique_zero};
use super::spectrum::{Kind, Spectrum, with_interval};
use super::verdict::Why;
use crate::arithmetic::{DoubleInterval, Interval, Precision, Scalar};
use crate::configuration::family::Family;

/// A critical point of the loss that exists and satisfies the family's
/// conditions.
#[derive(Debug, Clone)]
pub struct Member<T, const M: usize> {
    /// Its coordinates, and a box in which the family has no other.
    pub place: UniqueZero<T, M>,
    /// The loss there.
    pub loss: T,
    /// The eigenvalues of the full Hessian there.
    pub spectrum: Spectrum<T>,
    /// The precision at which this was decided, in bits.
    pub bits: u32,
}

/// The equations of a family as a system.
struct Equations<'a, F>(&'a F);

impl<T: Scalar, F: Family<M>, const M: usize> System<T, M> for Equations<'_, F> {
    fn value(&self, x: &[T; M]) -> [T; M] {
        self.0.gradient(x)
    }

    fn jacobian(&self, x: &[T; M]) -> [[T; M]; M] {
        self.0.jacobian(x)
    }
}

/// Proves existence and local uniqueness of the member near `candidate`, and
/// its conditions, at the precision of `context`.
///
/// # Errors
/// If one of them was not shown.
pub fn locate<T: Level, F: Family<M>, const M: usize>(
    context: &T,
    family: &F,
    candidate: &[f64; M],
) -> Result<UniqueZero<T, M>, Why> {
    let start = candidate.map(|x| context.double(x));
    let what = format!("a critical point of the {} family", family.name());
    let place = unique_zero(&Equations(family), &start, &what)?;
    for condition in family.conditions(&place.zero) {
        if !condition.positive.certainly_positive() {
            return Err(Why::SignOpen {
                cell: format!("the proved box ({})", condition.says),
                bits: context.bits(),
            });
        }
    }
    Ok(place)
}

/// The loss at a critical point z that is known to a box X: for any x̂ ∈ X it is
/// L(x̂) + L′(ξ)(z − x̂) for some ξ ∈ X, where both factors are small.
fn loss_at<T: Level, F: Family<M>, const M: usize>(family: &F, place: &[T; M]) -> T {
    let centre = place.clone().map(|x| x.point());
    let gradient = family.gradient(place);
    let loss = family.loss(&centre);
    let metric = family.metric(&loss);
    (0..M).fold(loss, |loss, i| {
        loss + gradient[i].clone() * &metric[i] * (place[i].clone() - &centre[i])
    })
}

/// Locates the member that is `known` at another precision.
///
/// # Errors
/// If it was not shown to exist, or not to be the same.
pub fn locate_again<F: Family<M>, const M: usize>(
    context: &Interval,
    family: &F,
    candidate: &[f64; M],
    known: &UniqueZero<Interval, M>,
) -> Result<UniqueZero<Interval, M>, Why> {
    let place = locate(context, family, candidate)?;
    if place.is_that_of(known) {
        return Ok(place);
    }
    Err(Why::ExistenceOpen {
        what: format!("the same critical point of the {} family", family.name()),
        bits: context.bits(),
    })
}

/// The loss alone at the member that is `known`, at the precision of `context`.
///
/// # Errors
/// As for [`locate_again`].
pub fn loss<F: Family<M>, const M: usize>(
    context: &Interval,
    family: &F,
    candidate: &[f64; M],
    known: &UniqueZero<Interval, M>,
) -> Result<Interval, Why> {
    Ok(loss_at(
        family,
        &locate_again(context, family, candidate, known)?.zero,
    ))
}

/// All about the member near `candidate` at the precision of `context`.
/// `eigenvalues` are approximate ones in the order of the family's blocks, or
/// empty. Neither carries authority.
///
/// # Errors
/// If the member was not shown to exist. An open spectrum is no error.
pub fn attempt<T: Level, F: Family<M>, const M: usize>(
    context: &T,
    family: &F,
    candidate: &[f64; M],
    eigenvalues: &[Vec<f64>],
) -> Result<Member<T, M>, Why> {
    let place = locate(context, family, candidate)?;
    let blocks = family.blocks(&place.zero);
    let unit = context.one();
    let enclosed = enclosed(context, &blocks, eigenvalues, &unit);
    let decided = complete(context, &blocks, &family.totals(&place.zero), &unit)
        .and_then(|()| counted_index(context, &blocks, &enclosed));
    Ok(Member {
        loss: loss_at(family, &place.zero),
        spectrum: Spectrum::decided(enclosed, decided),
        place,
        bits: context.bits(),
    })
}

/// The same in doubles first, then with doubling precision up to `limit` until
/// the kind of the critical point is decided.
///
/// # Errors
/// If the member was not shown to exist at any precision.
pub fn decide<F: Family<M>, const M: usize>(
    family: &F,
    candidate: &[f64; M],
    eigenvalues: &[Vec<f64>],
    limit: Precision,
) -> Result<Member<Interval, M>, Why> {
    let mut best =
        attempt(&DoubleInterval::context(), family, candidate, eigenvalues).map(Member::with_intervals);
    for precision in Precision::START.ladder(limit) {
        if best
            .as_ref()
            .is_ok_and(|member| member.spectrum.kind != Kind::Undecided)
        {
            break;
        }
        let found = attempt(&Interval::context(precision), family, candidate, eigenvalues);
        if found.is_ok() || best.is_err() {
            best = found;
        }
    }
    best
}

impl<const M: usize> Member<DoubleInterval, M> {
    /// The same enclosures as multiprecision intervals.
    fn with_intervals(self) -> Member<Interval, M> {
        Member {
            place: UniqueZero {
                zero: self.place.zero.map(with_interval),
                alone_in: self.place.alone_in.map(with_interval),
                preconditioner: self.place.preconditioner.map(|row| row.map(with_interval)),
            },
            loss: with_interval(self.loss),
            spectrum: self.spectrum.with_intervals(),
            bits: self.bits,
        }
    }
}
