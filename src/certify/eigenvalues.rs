//! Enclosures of all eigenvalues of a small symmetric matrix.
//!
//! The i-th smallest eigenvalue lies in (lo, hi) once A − lo has at most i − 1
//! and A − hi at least i negative eigenvalues (see [`super::inertia`]). Where
//! lo and hi are tried is a matter of speed only: around a candidate that the
//! caller brings, improved by Newton's method, or else by bisection.

use super::inertia::Symmetric;
use crate::arithmetic::{DoubleInterval, Enclosure, Interval, Scalar};

/// An arithmetic in which single points can be tried.
pub trait Level: Enclosure {
    /// A number inside `self`, exactly (undefined if there is none).
    fn point(&self) -> Self;

    /// The exact value of a double.
    fn double(&self, x: f64) -> Self;

    /// Both endpoints, exactly; undefined where infinite.
    fn ends(&self) -> (Self, Self);

    /// Bits of an endpoint.
    fn bits(&self) -> u32;

    /// Whether every member lies strictly between the endpoints of `other`.
    fn is_interior_to(&self, other: &Self) -> bool {
        let ((low, high), (below, above)) = (self.ends(), other.ends());
        below.certainly_less(&low) && high.certainly_less(&above)
    }
}

impl Level for Interval {
    fn point(&self) -> Self {
        match self.lower().or_else(|| self.upper()) {
            Some(end) => self.between(Some(&end), Some(&end)),
            None => self.zero() / self.zero(),
        }
    }

    fn double(&self, x: f64) -> Self {
        Interval::exactly_this_double(self.precision(), x).with_precision(self.precision())
    }

    fn ends(&self) -> (Self, Self) {
        Interval::ends(self)
    }

    fn bits(&self) -> u32 {
        self.precision().bits()
    }
}

impl Level for DoubleInterval {
    fn point(&self) -> Self {
        DoubleInterval::exactly_this_double(self.midpoint())
    }

    fn double(&self, x: f64) -> Self {
        DoubleInterval::exactly_this_double(x)
    }

    fn ends(&self) -> (Self, Self) {
        (
            DoubleInterval::exactly_this_double(self.lo()),
            DoubleInterval::exactly_this_double(self.hi()),
        )
    }

    fn bits(&self) -> u32 {
        f64::MANTISSA_DIGITS
    }
}

/// Encloses all eigenvalues, the i-th smallest in the i-th enclosure, as
/// narrowly as the arithmetic of `context` and the entries' enclosures allow
/// without much ado. `None` if not even bounds of all of them were proved.
///
/// `candidates` are approximate eigenvalues in ascending order, or empty; they
/// carry no authority.
pub fn enclose<T: Level, M: Symmetric<T>>(context: &T, matrix: &M, candidates: &[f64]) -> Option<Vec<T>> {
    let bound = matrix.bound(context);
    let bound = bound.clone() + bound;
    let bound = context.between(bound.upper().as_ref(), bound.upper().as_ref());
    let everything = matrix.size();
    if matrix.inertia(&-bound.clone())?.negative != 0 || matrix.inertia(&bound)?.negative != everything {
        return None;
    }
    let enclosed = (0..everything).map(|index| {
        let mut search = Search {
            matrix,
            index,
            lo: -bound.clone(),
            hi: bound.clone(),
        };
        let candidate = candidates.get(index).filter(|x| x.is_finite());
        search.run(candidate.map(|&x| context.double(x)));
        search.lo.hull(&search.hi)
    });
    Some(enclosed.collect())
}

/// Where one eigenvalue is known to lie.
struct Search<'a, T, M> {
    matrix: &'a M,
    /// Counted from 0.
    index: usize,
    /// A point below the eigenvalue.
    lo: T,
    /// A point above it.
    hi: T,
}

/// On which side of a point the eigenvalue lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
    Unknown,
}

/// Bisections between two attempts with Newton's method.
const BISECTIONS: usize = 16;

impl<T: Level, M: Symmetric<T>> Search<'_, T, M> {
    fn run(&mut self, candidate: Option<T>) {
        let bits = self.lo.bits();
        let mut centre = candidate;
        // Each round halves the interval at least `BISECTIONS` times.
        for _ in 0..=bits / 4 {
            if let Some(start) = centre.take() {
                let (centre, radius) = self.polish(start);
                if self.close_in(&centre, radius) && self.is_narrow() {
                    return;
                }
            }
            for _ in 0..BISECTIONS {
                if !self.bisect() {
                    return;
                }
            }
            centre = Some(self.middle());
        }
    }

    /// Asks on which side of `point` the eigenvalue lies, and remembers it.
    fn probe(&mut self, point: &T) -> Side {
        match self.matrix.inertia(point) {
            None => Side::Unknown,
            Some(inertia) if inertia.negative <= self.index => {
                if self.lo.certainly_less(point) {
                    self.lo = point.clone();
                }
                Side::Above
            }
            Some(_) => {
                if point.certainly_less(&self.hi) {
                    self.hi = point.clone();
                }
                Side::Below
            }
        }
    }

    /// Newton's method, as long as it converges: a point and how far it may be
    /// from the eigenvalue.
    fn polish(&self, start: T) -> (T, T) {
        let bits = start.bits();
        let mut centre = start;
        let mut radius = relative(&centre, bits - 9);
        let mut last: Option<T> = None;
        // Doubles are as good as the candidate's; else digits double.
        let steps = if bits <= f64::MANTISSA_DIGITS {
            0
        } else {
            bits.ilog2() + 2
        };
        for _ in 0..steps {
            let Some(step) = self.matrix.newton(&centre).map(|step| step.point()) else {
                break;
            };
            let size = magnitude(&step);
            if last.as_ref().is_some_and(|last| !size.certainly_less(last)) {
                break;
            }
            let next = (centre.clone() + step).point();
            if !(self.lo.certainly_less(&next) && next.certainly_less(&self.hi)) {
                break;
            }
            centre = next;
            let rounding = relative(&centre, bits - 9);
            if size.certainly_less(&rounding) {
                radius = rounding;
                break;
            }
            // The error is of the order of the square of the step.
            last = Some(size.clone());
            radius = rounding.max(&(size / centre.integer(1 << 20)));
        }
        (centre, radius.point())
    }

    /// Tries points on both sides of `centre`, farther and farther away until
    /// the eigenvalue is between them; whether that succeeded nearby.
    fn close_in(&mut self, centre: &T, mut radius: T) -> bool {
        let limit = relative(centre, 4);
        let (mut below, mut above) = (false, false);
        let growth = centre.integer(1 << 7);
        while radius.certainly_less(&limit) {
            if !below {
                let side = self.probe(&(centre.clone() - &radius).point());
                below = side == Side::Above;
                above |= side == Side::Below;
            }
            if !above {
                let side = self.probe(&(centre.clone() + &radius).point());
                above = side == Side::Below;
                below |= side == Side::Above;
            }
            if below && above {
                return true;
            }
            radius = (radius * &growth).point();
        }
        false
    }

    /// Whether the interval is about as narrow as the arithmetic allows.
    fn is_narrow(&self) -> bool {
        let bits = self.lo.bits();
        let width = self.hi.clone() - &self.lo;
        let smaller = magnitude(&self.lo).min(&magnitude(&self.hi));
        let allowed = if bits <= f64::MANTISSA_DIGITS {
            20
        } else {
            bits - 40
        };
        width.certainly_less(&relative(&smaller, allowed))
    }

    /// Halves the interval; `false` if no point inside it decides.
    fn bisect(&mut self) -> bool {
        let middle = self.middle();
        if self.probe(&middle) != Side::Unknown {
            return true;
        }
        // The middle may be the eigenvalue, or a pole of the elimination.
        let third = ((middle.clone() - &self.lo) / middle.integer(3)).point();
        let left = (middle.clone() - &third).point();
        let right = (middle + third).point();
        let left = self.probe(&left) != Side::Unknown;
        self.probe(&right) != Side::Unknown || left
    }

    /// A point between both ends: 0 if they differ in sign, near the geometric
    /// mean if their sizes differ much, else the middle.
    fn middle(&self) -> T {
        let zero = self.lo.zero();
        let (negative, positive) = (self.lo.certainly_negative(), self.hi.certainly_positive());
        if negative && positive {
            return zero;
        }
        let (small, large) = if positive {
            (&self.lo, &self.hi)
        } else {
            (&self.hi, &self.lo)
        };
        let size = magnitude(large);
        let root = if small.is_exactly_zero() {
            size.clone() / zero.integer(1 << 20)
        } else {
            (magnitude(small) * &size).sqrt()
        };
        if root.certainly_less(&(size / zero.integer(2))) {
            let root = root.point();
            return if positive { root } else { -root };
        }
        ((self.lo.clone() + &self.hi) / zero.integer(2)).point()
    }
}

pub(super) fn magnitude<T: Enclosure>(x: &T) -> T {
    x.max(&-x.clone())
}

/// |x| · 2^−bits.
pub(super) fn relative<T: Enclosure>(x: &T, bits: u32) -> T {
    let exponent = i32::try_from(bits).unwrap_or(i32::MAX);
    magnitude(x) * x.integer(2).powi(-exponent)
}
