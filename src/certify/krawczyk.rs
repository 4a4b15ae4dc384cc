//! One zero of a system of equations in a box, and only one.
//!
//! **Theorem** (Krawczyk 1969; Moore 1977). Let F be continuously
//! differentiable on a box X, x̂ ∈ X, C a matrix, J an enclosure of F′ on X. If
//!
//! K = x̂ − C F(x̂) + (I − C J)(X − x̂)
//!
//! lies in the interior of X, then F has exactly one zero in X, and it lies in
//! K. (The strict inclusion makes I − C J a contraction in a scaled maximum
//! norm, so that C and all matrices of J are regular, and x − C F(x) a
//! contraction of X.)
//!
//! Once that is known, K may replace the factor X alone: the zero z satisfies
//! z = x̂ − C F(x̂) + (I − C F′)(z − x̂) with derivatives on the segment from x̂
//! to z, which lies in X. So the box tightens without further derivatives.
//!
//! x̂ and C are found by Newton's method in the same arithmetic, each number
//! replaced by one of its members; the theorem holds for whatever they are.

use super::eigenvalues::{Level, magnitude, relative};
use super::verdict::Why;
use crate::arithmetic::{Jet, Scalar};

/// M equations in M unknowns.
pub trait System<T, const M: usize> {
    /// F(x), for every x in a box.
    fn value(&self, x: &[T; M]) -> [T; M];

    /// ∂F_i/∂x_j in row i, for every x in a box.
    fn jacobian(&self, x: &[T; M]) -> [[T; M]; M];
}

/// A system whose derivatives follow from its text by differentiation rules.
#[derive(Debug, Clone, Copy)]
pub struct ByJets<F>(pub F);

impl<T: Scalar, F: Fn(&[Jet<T>; M]) -> [Jet<T>; M], const M: usize> System<T, M> for ByJets<F> {
    fn value(&self, x: &[T; M]) -> [T; M] {
        let constants = std::array::from_fn(|i| Jet::constant(x[i].clone(), M));
        (self.0)(&constants).map(|f| f.value().clone())
    }

    fn jacobian(&self, x: &[T; M]) -> [[T; M]; M] {
        let variables = std::array::from_fn(|i| Jet::variable(x[i].clone(), i, M));
        (self.0)(&variables).map(|f| std::array::from_fn(|j| f.first(j)))
    }
}

/// A zero that exists and is unique.
#[derive(Debug, Clone)]
pub struct UniqueZero<T, const M: usize> {
    /// A box that contains the zero, as narrow as the arithmetic allows.
    pub zero: [T; M],
    /// The larger box that contains no other zero.
    pub alone_in: [T; M],
    /// The matrix C of points by which that was shown.
    pub preconditioner: [[T; M]; M],
}

impl<T: Level, const M: usize> UniqueZero<T, M> {
    /// Whether this is certainly the zero of `other`: it lies where that one is
    /// alone.
    #[must_use]
    pub fn is_that_of(&self, other: &Self) -> bool {
        self.zero
            .iter()
            .zip(&other.alone_in)
            .all(|(place, room)| place.is_interior_to(room))
    }
}

/// Boxes tried around the point that Newton's method ends at.
const BOXES: usize = 10;

/// Times that the proved box is tightened.
const TIGHTENINGS: usize = 3;

/// Proves that `system` has exactly one zero near `start`.
///
/// # Errors
/// If no box was found for which the theorem applies; that says nothing about
/// zeros. `what` names the zero sought.
pub fn unique_zero<T: Level, S: System<T, M>, const M: usize>(
    system: &S,
    start: &[T; M],
    what: &str,
) -> Result<UniqueZero<T, M>, Why> {
    let open = || Why::ExistenceOpen {
        what: what.to_string(),
        bits: start.first().map_or(0, Level::bits),
    };
    let (centre, step) = polish(system, start).ok_or_else(open)?;
    let inverse = approximate_inverse(system.jacobian(&centre)).ok_or_else(open)?;
    let correction = times(&inverse, &system.value(&centre));
    let moved: [T; M] = std::array::from_fn(|i| centre[i].clone() - &correction[i]);
    let mut radius: [T; M] = std::array::from_fn(|i| {
        let rounding = relative(&centre[i], centre[i].bits() - 6);
        let size = (magnitude(&step[i]) / step[i].integer(1 << 20)).max(&magnitude(&correction[i]));
        size.clone() + size + rounding
    });
    for _ in 0..BOXES {
        let around: [T; M] = std::array::from_fn(|i| {
            let radius = radius[i].ends().1;
            (centre[i].clone() - &radius).hull(&(centre[i].clone() + radius))
        });
        let contraction = identity_minus(&inverse, &system.jacobian(&around));
        let image = |x: &[T; M]| -> [T; M] {
            let offset = std::array::from_fn(|i| x[i].clone() - &centre[i]);
            let change = times(&contraction, &offset);
            std::array::from_fn(|i| moved[i].clone() + &change[i])
        };
        let found = image(&around);
        if (0..M).all(|i| found[i].is_interior_to(&around[i])) {
            let mut zero = found;
            for _ in 0..TIGHTENINGS {
                let next = image(&zero);
                if !(0..M).all(|i| next[i].is_interior_to(&around[i])) {
                    break;
                }
                zero = std::array::from_fn(|i| common(&zero[i], &next[i]));
            }
            return Ok(UniqueZero {
                zero,
                alone_in: around,
                preconditioner: inverse,
            });
        }
        radius = std::array::from_fn(|i| {
            let needed = magnitude(&(found[i].clone() - &centre[i]));
            needed.max(&radius[i]) * radius[i].integer(2)
        });
        if radius.iter().any(T::is_undefined) {
            break;
        }
    }
    Err(open())
}

/// Newton's method from `start` until steps no longer shrink, three times in a row (a
/// first step may repair what rounding did to the start, and move it as far):
/// the last point and the last step.
fn polish<T: Level, S: System<T, M>, const M: usize>(system: &S, start: &[T; M]) -> Option<([T; M], [T; M])> {
    let mut centre = start.clone().map(|x| x.point());
    let bits = centre.first()?.bits();
    // Digits double, once a start is close enough.
    let steps = 8 + bits.ilog2();
    let mut last: Option<[T; M]> = None;
    let mut stalled = 0;
    for _ in 0..steps {
        let inverse = approximate_inverse(system.jacobian(&centre))?;
        let step = times(&inverse, &system.value(&centre)).map(|x| x.point());
        let next: [T; M] = std::array::from_fn(|i| (centre[i].clone() - &step[i]).point());
        if next.iter().any(T::is_undefined) {
            return None;
        }
        let small = (0..M).all(|i| !relative(&centre[i], bits - 10).certainly_less(&magnitude(&step[i])));
        let shrinks = last.as_ref().is_none_or(|last| {
            (0..M).any(|i| (magnitude(&step[i]) * step[i].integer(4)).certainly_less(&magnitude(&last[i])))
        });
        centre = next;
        last = Some(step);
        stalled = if shrinks { 0 } else { stalled + 1 };
        if small || stalled == 3 {
            break;
        }
    }
    let last = last?;
    Some((centre, last))
}

/// The members of both boxes' sides; two enclosures of one number meet.
fn common<T: Level>(x: &T, y: &T) -> T {
    let ((a, b), (c, d)) = (x.ends(), y.ends());
    let (lower, upper) = (a.max(&c), b.min(&d));
    if upper.certainly_less(&lower) {
        return x.clone();
    }
    lower.hull(&upper)
}

fn times<T: Scalar, const M: usize>(matrix: &[[T; M]; M], vector: &[T; M]) -> [T; M] {
    std::array::from_fn(|i| {
        matrix[i]
            .iter()
            .zip(vector)
            .fold(vector[i].zero(), |sum, (c, x)| sum + c.clone() * x)
    })
}

/// I − C J.
fn identity_minus<T: Scalar, const M: usize>(inverse: &[[T; M]; M], jacobian: &[[T; M]; M]) -> [[T; M]; M] {
    std::array::from_fn(|i| {
        std::array::from_fn(|j| {
            let zero = jacobian[i][j].zero();
            let one = if i == j { zero.one() } else { zero };
            inverse[i]
                .iter()
                .zip(jacobian)
                .fold(one, |sum, (c, row)| sum - c.clone() * &row[j])
        })
    })
}

/// A matrix of points near the inverse of a member, by Gauß–Jordan elimination;
/// `None` if the pivots get lost.
fn approximate_inverse<T: Level, const M: usize>(matrix: [[T; M]; M]) -> Option<[[T; M]; M]> {
    let mut left = matrix.map(|row| row.map(|x| x.point()));
    let mut right: [[T; M]; M] = std::array::from_fn(|i| {
        std::array::from_fn(|j| {
            let zero = left[i][j].zero();
            if i == j { zero.one() } else { zero }
        })
    });
    for column in 0..M {
        let mut pivot = column;
        for row in column + 1..M {
            if magnitude(&left[row][column]).certainly_greater(&magnitude(&left[pivot][column])) {
                pivot = row;
            }
        }
        left.swap(column, pivot);
        right.swap(column, pivot);
        let divisor = left[column][column].clone();
        for j in 0..M {
            left[column][j] = (left[column][j].clone() / &divisor).point();
            right[column][j] = (right[column][j].clone() / &divisor).point();
        }
        for row in 0..M {
            let factor = left[row][column].clone();
            if row == column || factor.is_exactly_zero() {
                continue;
            }
            for j in 0..M {
                left[row][j] = (left[row][j].clone() - factor.clone() * &left[column][j]).point();
                right[row][j] = (right[row][j].clone() - factor.clone() * &right[column][j]).point();
            }
        }
    }
    let defined = right.iter().flatten().all(|x| !x.is_undefined());
    defined.then_some(right)
}
