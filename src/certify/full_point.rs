//! A strict local minimum of the loss, in all its parameters: no symmetry is
//! used.
//!
//! With X any square matrix (meant: XᵀHX ≈ I for the Hessian H near the point)
//! and C = X Xᵀ, everything follows from an enclosure J of the Hessian on a box
//! of radius r around x̂:
//!
//! * *existence and uniqueness*: if |C ∇L(x̂)|_i + r Σ_j |I − C J|_ij < r for
//!   every i, the box holds exactly one critical point (Krawczyk's theorem, see
//!   [`krawczyk`](super::krawczyk)), and the left side bounds how far it is
//!   from x̂;
//! * *kind*: if Σ_j |XᵀJX − I|_ij < 1 for every i, then XᵀHX is positive
//!   definite for every matrix H in J (Gershgorin), hence X regular and H
//!   positive definite (Sylvester).
//!
//! The cost is three products of matrices of intervals.

use super::eigenvalues::{Level, magnitude};
use super::verdict::Why;
use crate::activation::Erf;
use crate::arithmetic::{DoubleInterval, Enclosure, Scalar};
use crate::landscape::{Student, StudentError, gradient, hessian, loss};

/// A strict local minimum that exists, and no other critical point beside it.
#[derive(Debug, Clone)]
pub struct FullPoint {
    /// No parameter differs from the candidate's by more.
    pub radius: DoubleInterval,
    /// Within this distance in every parameter there is no other critical
    /// point.
    pub alone_within: DoubleInterval,
    /// The loss there.
    pub loss: DoubleInterval,
}

/// Boxes tried.
const BOXES: usize = 8;

/// Proves that there is a strict local minimum near `candidate`, with `factor`
/// the rows of X: one for each parameter. Neither carries authority.
///
/// # Errors
/// If that was not shown, which says nothing against it.
pub fn strict_minimum(kernel: &Erf, candidate: &Student<f64>, factor: &[f64]) -> Result<FullPoint, Why> {
    let open = || Why::ExistenceOpen {
        what: "a strict local minimum".to_string(),
        bits: f64::MANTISSA_DIGITS,
    };
    let context = DoubleInterval::context();
    let size = candidate.parameter_count();
    let centre = candidate.map(|&x| DoubleInterval::exactly_this_double(x));
    let x: Vec<DoubleInterval> = factor
        .iter()
        .map(|&x| DoubleInterval::exactly_this_double(x))
        .collect();
    if x.len() != size * size {
        return Err(open());
    }
    let transposed = transpose(&x, size);
    let slope = gradient(kernel, &centre);
    let correction = times(&x, &times(&transposed, &slope, 1), 1);
    let offset = correction.iter().map(magnitude).collect::<Vec<_>>();
    let least = context.one() / context.integer(1 << 50);
    let start = bound(&context, offset.iter().copied()) * context.integer(2) + least;
    let mut radius = start.ends().1;
    for _ in 0..BOXES {
        let around = around(&centre, &radius).map_err(|_| open())?;
        let second = hessian(kernel, &around).into_entries();
        let half = times(&transposed, &second, size);
        let contraction = off_identity(&context, &times(&x, &half, size), size);
        let moved = offset
            .iter()
            .zip(&contraction)
            .map(|(offset, sum)| *offset + radius * sum);
        let reach = bound(&context, moved);
        if reach.certainly_less(&radius) {
            let congruent = off_identity(&context, &times(&half, &x, size), size);
            let one = context.one();
            if !congruent.iter().all(|sum| sum.certainly_less(&one)) {
                return Err(Why::SignOpen {
                    cell: "the proved box (the Hessian's least eigenvalue)".to_string(),
                    bits: f64::MANTISSA_DIGITS,
                });
            }
            return Ok(FullPoint {
                loss: loss_near(kernel, &centre, &slope, &second, &reach),
                radius: reach,
                alone_within: radius,
            });
        }
        radius = (reach.max(&radius) * context.integer(2)).ends().1;
        if radius.is_undefined() {
            break;
        }
    }
    Err(open())
}

/// L at the point within `reach` of the centre, by Taylor's theorem with the
/// second derivatives on the box.
fn loss_near(
    kernel: &Erf,
    centre: &Student<DoubleInterval>,
    slope: &[DoubleInterval],
    second: &[DoubleInterval],
    reach: &DoubleInterval,
) -> DoubleInterval {
    let step = reach.hull(&-*reach);
    let first = slope.iter().fold(step.zero(), |sum, slope| sum + *slope * step);
    let square = step.square();
    let all = second
        .iter()
        .fold(step.zero(), |sum, entry| sum + magnitude(entry));
    let rest = all * square / step.integer(2);
    loss(kernel, centre) + first + rest.hull(&-rest)
}

/// The box of all students whose parameters differ by at most `radius`.
fn around(
    centre: &Student<DoubleInterval>,
    radius: &DoubleInterval,
) -> Result<Student<DoubleInterval>, StudentError> {
    let sides = centre.parameters().map(|x| (*x - radius).hull(&(*x + radius)));
    Student::from_parameters(
        sides.collect(),
        centre.neurons(),
        centre.teachers(),
        centre.dimension(),
    )
}

fn transpose(matrix: &[DoubleInterval], size: usize) -> Vec<DoubleInterval> {
    (0..size * size)
        .map(|place| matrix[place % size * size + place / size])
        .collect()
}

/// A B for a square A and B with rows of `width`.
fn times(a: &[DoubleInterval], b: &[DoubleInterval], width: usize) -> Vec<DoubleInterval> {
    let inner = b.len() / width;
    let zero = DoubleInterval::context();
    let mut product = Vec::with_capacity(b.len());
    for row in a.chunks_exact(inner) {
        let mut sums = vec![zero; width];
        for (factor, line) in row.iter().zip(b.chunks_exact(width)) {
            for (sum, entry) in sums.iter_mut().zip(line) {
                *sum = *sum + *factor * entry;
            }
        }
        product.extend(sums);
    }
    product
}

/// Σ_j |M − I|_ij for each row i.
fn off_identity(context: &DoubleInterval, matrix: &[DoubleInterval], size: usize) -> Vec<DoubleInterval> {
    let one = context.one();
    let row_sum = |(i, row): (usize, &[DoubleInterval])| {
        row.iter().enumerate().fold(context.zero(), |sum, (j, entry)| {
            let entry = if i == j { *entry - one } else { *entry };
            sum + magnitude(&entry)
        })
    };
    matrix.chunks_exact(size).enumerate().map(row_sum).collect()
}

/// A double that is at least as large as any of some numbers.
fn bound(context: &DoubleInterval, numbers: impl Iterator<Item = DoubleInterval>) -> DoubleInterval {
    numbers.fold(context.zero(), |most, x| most.max(&x)).ends().1
}

#[cfg(test)]
#[allow(clippy::float_arithmetic)]
mod tests {
    use super::*;
    use crate::arithmetic::Interval;
    use crate::arithmetic::Precision;
    use crate::configuration::copy_average::copy_average;
    use crate::find::training::inverse_factor;

    fn point(buckets: &[u64]) -> Student<f64> {
        let context = Interval::context(Precision::START);
        let exact = copy_average(&context, &Erf::standard(), buckets, 4).unwrap();
        exact.map(|x| num_traits::ToPrimitive::to_f64(&x.lower().unwrap()).unwrap())
    }

    /// A minimum that is known exactly, and the same from a point beside it.
    #[test]
    fn a_known_minimum_is_found() {
        let kernel = Erf::standard();
        let near = point(&[3, 1]);
        let factor = inverse_factor(&kernel, &near).unwrap();
        let found = strict_minimum(&kernel, &near, &factor).unwrap();
        assert!(found.radius.hi() < 1e-11, "{:?}", found.radius);
        assert!(found.radius.certainly_less(&found.alone_within));
        let exact =
            crate::configuration::copy_average::bucket_loss(&Interval::context(Precision::START), &kernel, 3);
        assert!(found.loss.contains(&exact.lower().unwrap()));
        let beside = near.map(|x| x + 1e-6);
        let found = strict_minimum(&kernel, &beside, &factor).unwrap();
        assert!(found.radius.hi() >= 1e-6 && found.radius.hi() < 1e-4);
    }

    #[test]
    fn nothing_is_claimed_elsewhere() {
        let kernel = Erf::standard();
        // A saddle has no factor, and that of a minimum proves nothing there.
        let saddle = point(&[2, 2]);
        assert!(inverse_factor(&kernel, &saddle).is_none());
        let near = point(&[3, 1]);
        let factor = inverse_factor(&kernel, &near).unwrap();
        assert!(strict_minimum(&kernel, &saddle, &factor).is_err());
        // No critical point is near, or the matrix is useless.
        assert!(strict_minimum(&kernel, &near.map(|x| x + 0.1), &factor).is_err());
        assert!(strict_minimum(&kernel, &near, &vec![0.0; factor.len()]).is_err());
        assert!(strict_minimum(&kernel, &near, &factor[1..]).is_err());
    }
}
