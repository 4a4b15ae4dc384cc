//! √, asin, acos, atan and π.
//!
//! **Assumption.** The values of CORE-MATH's binary64 asin, acos and atan are
//! within one unit in the last place of the true ones: precisely, the true
//! value lies between the two doubles next to the one returned. (CORE-MATH
//! claims more, correct rounding.) Nothing else is assumed of it, not even
//! that it is monotone: the true functions are, and each endpoint is bounded
//! by itself.
//!
//! The bounds are then cut to ranges that are proved here, so that signs and
//! exact values survive.

use super::DoubleInterval;
use super::rounding::{sqrt_down, sqrt_up};
use std::f64::consts::{FRAC_PI_2, PI};

/// The least double above π: π = 3.14159265358979323846… lies between
/// `PI` = 3.14159265358979311599… and 3.14159265358979356009….
const PI_ABOVE: f64 = PI.next_up();

/// The least double above π/2: halving is exact.
const HALF_PI_ABOVE: f64 = FRAC_PI_2.next_up();

impl DoubleInterval {
    /// The tightest interval around π.
    pub(super) const PI: Self = Self { lo: PI, hi: PI_ABOVE };

    /// √: [0, ∞) → [0, ∞), increasing. Undefined if a member is negative.
    #[inline]
    pub(super) fn square_root(self) -> Self {
        if self.lo >= 0.0 {
            Self {
                lo: sqrt_down(self.lo),
                hi: sqrt_up(self.hi),
            }
        } else {
            Self::UNDEFINED
        }
    }

    /// asin: [−1, 1] → [−π/2, π/2], increasing, odd. Undefined if a member is
    /// outside [−1, 1].
    pub(super) fn arcsine(self) -> Self {
        if self.within_one() {
            Self {
                lo: arcsine_down(self.lo),
                hi: -arcsine_down(-self.hi),
            }
        } else {
            Self::UNDEFINED
        }
    }

    /// acos: [−1, 1] → [0, π], decreasing. Undefined if a member is outside
    /// [−1, 1].
    pub(super) fn arccosine(self) -> Self {
        if self.within_one() {
            Self {
                lo: arccosine_down(self.hi),
                hi: arccosine_up(self.lo),
            }
        } else {
            Self::UNDEFINED
        }
    }

    /// atan: R → (−π/2, π/2), increasing, odd.
    pub(super) fn arctangent(self) -> Self {
        if self.undefined() {
            return self;
        }
        Self {
            lo: arctangent_down(self.lo),
            hi: -arctangent_down(-self.hi),
        }
    }

    /// Whether all members lie in [−1, 1]; false for an undefined value.
    fn within_one(self) -> bool {
        self.lo >= -1.0 && self.hi <= 1.0
    }
}

/// A lower bound of asin x for −1 ≤ x ≤ 1.
fn arcsine_down(x: f64) -> f64 {
    let below = core_math::asin(x).next_down();
    if x >= 0.0 {
        // asin is convex on [0, 1] with slope 1 at 0: asin x ≥ x, exact at 0.
        below.max(x)
    } else {
        below.max(-HALF_PI_ABOVE)
    }
}

/// A lower bound of acos x for −1 ≤ x ≤ 1.
fn arccosine_down(x: f64) -> f64 {
    core_math::acos(x).next_down().max(0.0)
}

/// An upper bound of acos x for −1 ≤ x ≤ 1.
fn arccosine_up(x: f64) -> f64 {
    if x == 1.0 {
        return 0.0;
    }
    core_math::acos(x).next_up().min(PI_ABOVE)
}

/// A lower bound of atan x, of its limit for x = ±∞.
fn arctangent_down(x: f64) -> f64 {
    let below = core_math::atan(x).next_down();
    if x >= 0.0 {
        // atan is increasing and atan 0 = 0.
        below.max(0.0)
    } else {
        // atan is convex on (−∞, 0] with slope 1 at 0: atan x ≥ x.
        below.max(x).max(-HALF_PI_ABOVE)
    }
}
