//! Intervals of doubles: the fast level of the filter cascade.

// Outside `rounding` only signs are changed, which is exact.
#![allow(clippy::float_arithmetic)]

mod conversion;
mod elementary;
mod ring;
mod rounding;
mod sets;

use std::fmt;

/// A closed interval [lo, hi] with doubles as endpoints.
///
/// Rigorous like [`Interval`](super::Interval), some hundred times faster, and
/// with 53 bits only. Endpoints of sums, differences, products, quotients,
/// squares and square roots are the tightest possible; powers lose a unit in
/// the last place per multiplication, inverse circular functions at most two
/// on each side. Results are the same bits on every machine.
///
/// An interval is in one of two states:
///
/// * *defined*: lo ≤ hi, lo < +∞, hi > −∞. Infinite endpoints are limits, not
///   members: [1, +∞] holds the reals from 1 up. They arise by overflow and
///   from [`between`](super::Enclosure::between).
/// * *undefined*: both endpoints are NaN. Somewhere on the way a domain may
///   have been left; see [`Enclosure`](super::Enclosure) for what is promised.
///
/// Made in the context of an existing number ([`DoubleInterval::context`]) or
/// from a double that is meant exactly
/// ([`DoubleInterval::exactly_this_double`]); there is no `From<f64>`.
#[derive(Clone, Copy)]
pub struct DoubleInterval {
    /// Invariant: NaN with `hi`, or else lo ≤ hi and lo < +∞.
    lo: f64,
    /// Invariant: NaN with `lo`, or else lo ≤ hi and hi > −∞.
    hi: f64,
}

impl DoubleInterval {
    /// The undefined value.
    const UNDEFINED: Self = Self {
        lo: f64::NAN,
        hi: f64::NAN,
    };

    /// The whole line.
    const ENTIRE: Self = Self {
        lo: f64::NEG_INFINITY,
        hi: f64::INFINITY,
    };

    /// Zero, as the context in which constants are made:
    /// `DoubleInterval::context().ratio(1, 3)`.
    #[must_use]
    pub const fn context() -> Self {
        Self { lo: 0.0, hi: 0.0 }
    }

    /// The point whose value is exactly that of `x`, all bits meant. An
    /// infinity or NaN is no real number and gives an undefined value.
    ///
    /// The decimal 0.1 is *not* the double 0.1: for numbers that were written
    /// in decimals use [`rational`](super::Scalar::rational).
    #[must_use]
    pub const fn exactly_this_double(x: f64) -> Self {
        if x.is_finite() {
            Self { lo: x, hi: x }
        } else {
            Self::UNDEFINED
        }
    }

    /// The lower endpoint: −∞ if unbounded below, NaN if undefined. For
    /// printing and for choosing where to look next.
    #[must_use]
    pub fn lo(&self) -> f64 {
        without_negative_zero(self.lo)
    }

    /// The upper endpoint: +∞ if unbounded above, NaN if undefined. For
    /// printing and for choosing where to look next.
    #[must_use]
    pub fn hi(&self) -> f64 {
        without_negative_zero(self.hi)
    }

    /// An upper bound of hi − lo, within one unit in the last place: 0 for a
    /// point, +∞ if unbounded, NaN if undefined.
    #[must_use]
    pub fn width(&self) -> f64 {
        without_negative_zero(rounding::add_up(self.hi, -self.lo))
    }

    /// A finite member near the middle, or the exact point: of an interval
    /// unbounded on one side the largest double or its negative (if a member,
    /// else the finite endpoint), of the whole line 0. NaN if undefined.
    #[must_use]
    pub fn midpoint(&self) -> f64 {
        let (lo, hi) = (self.lo(), self.hi());
        match (lo == f64::NEG_INFINITY, hi == f64::INFINITY) {
            (true, true) => 0.0,
            (true, false) => f64::MIN,
            (false, true) => f64::MAX,
            (false, false) => lo.midpoint(hi),
        }
    }

    /// Whether this is the undefined value.
    #[inline]
    const fn undefined(self) -> bool {
        self.lo.is_nan()
    }
}

/// `x`, with +0 for both zeros: their difference means nothing here.
fn without_negative_zero(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x }
}

/// `[lo, hi]`, with the fewest digits that identify the endpoints.
impl fmt::Debug for DoubleInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{:?}, {:?}]", self.lo(), self.hi())
    }
}
