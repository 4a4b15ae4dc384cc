//! Taylor's theorem at an end of the range where the formula vanishes.

use super::evaluate::Problem;
use super::{Claimed, Side, Step};
use crate::arithmetic::{Enclosure, Exact, Interval, Precision, Rational, Scalar, Series};
use crate::certify::domain::{Bound, Cell, Range};
use num_traits::Zero;

/// The largest order of vanishing looked for.
const MAX_ORDER: usize = 12;
/// The precision of the remainder's enclosure.
const PRECISION: Precision = Precision::saturating(192);

/// Settles a cell that touches a finite end e of the only real parameter by
/// f(x) = f⁽ᵐ⁾(ξ)/m! (x − e)ᵐ, when f and its first m − 1 derivatives vanish
/// at e exactly.
pub(super) fn settle(problem: &Problem, cell: &Cell) -> Option<Step> {
    if problem.claimed == Claimed::Defined {
        return None;
    }
    let ([edge], [Range::Reals(low, high)]) = (cell.0.as_slice(), problem.domain.ranges.as_slice()) else {
        return None;
    };
    let (lower, upper) = (edge.lower.as_ref()?, edge.upper.as_ref()?);
    if lower == upper {
        return None;
    }
    for (side, bound, touching) in [(Side::Lower, low, lower), (Side::Upper, high, upper)] {
        if bound.point() != Some(touching) {
            continue;
        }
        let Some(order) = order_of_vanishing(problem, touching) else {
            continue;
        };
        // f(e) = 0 is the claim's failure if e belongs to the domain and the
        // claim is strict.
        let end_excluded = matches!(bound, Bound::Open(_));
        if order == 0 || (problem.claimed == Claimed::Positive && !end_excluded) {
            continue;
        }
        let context = Interval::context(PRECISION);
        let x = Series::variable(edge.enclose(&context), order);
        let output = problem.program.run(&x, std::slice::from_ref(&x));
        let Some(output) = output.first() else { continue };
        // Taylor's theorem needs f to be `order` times differentiable.
        if (0..=order).any(|j| output.coefficient(j).is_undefined()) {
            continue;
        }
        let remainder = output.coefficient(order);
        // (x − e)ᵐ > 0 to the right of e; to the left it has the sign of (−1)ᵐ.
        let signed = if side == Side::Upper && order % 2 == 1 {
            -remainder
        } else {
            remainder
        };
        if problem.holds(&signed) {
            return Some(Step::Endpoint {
                side,
                order,
                bits: PRECISION.bits(),
            });
        }
    }
    None
}

/// The number of leading Taylor coefficients of f at `end` that are exactly
/// zero, found in rational arithmetic or, where a coefficient is irrational,
/// in intervals that shrink to the point 0. `None` beyond [`MAX_ORDER`].
fn order_of_vanishing(problem: &Problem, end: &Rational) -> Option<usize> {
    let exact = Series::variable(Exact::from(end.clone()), MAX_ORDER);
    let exact = problem.program.run(&exact, std::slice::from_ref(&exact));
    let context = Interval::context(PRECISION);
    let point = Series::variable(context.rational(end), MAX_ORDER);
    let point = problem.program.run(&point, std::slice::from_ref(&point));
    let (exact, point) = (exact.first()?, point.first()?);
    (0..=MAX_ORDER).find(|&j| {
        let rational_zero = exact.coefficient(j).value().is_some_and(Zero::is_zero);
        !rational_zero && !point.coefficient(j).is_exactly_zero()
    })
}
