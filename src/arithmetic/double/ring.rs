//! + − × ÷, squares and integer powers, outward.
//!
//! Letters: X = [a, b], Y = [c, d]. Each operation is monotone in each
//! argument on each of the sign classes
//!
//! * P: 0 ≤ lower endpoint,
//! * N: upper endpoint ≤ 0,
//! * M: lower endpoint < 0 < upper endpoint,
//!
//! so that the extremes of X∘Y lie at the pairs of endpoints in the tables.

use super::DoubleInterval;
use super::rounding::{add_down, add_up, div_down, div_up, mul_down, mul_up};
use std::ops::{Add, Div, Mul, Neg, Sub};

impl Neg for DoubleInterval {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self {
            lo: -self.hi,
            hi: -self.lo,
        }
    }
}

impl Add for DoubleInterval {
    type Output = Self;

    /// X + Y = [a + c, b + d]. Undefined passes through as NaN.
    #[inline]
    fn add(self, y: Self) -> Self {
        Self {
            lo: add_down(self.lo, y.lo),
            hi: add_up(self.hi, y.hi),
        }
    }
}

impl Sub for DoubleInterval {
    type Output = Self;

    /// X − Y = [a − d, b − c]. Undefined passes through as NaN.
    #[inline]
    fn sub(self, y: Self) -> Self {
        self + -y
    }
}

impl Mul for DoubleInterval {
    type Output = Self;

    /// ```text
    /// X·Y       Y in P       Y in N       Y in M
    /// X in P    [ac, bd]     [bc, ad]     [bc, bd]
    /// X in N    [ad, bc]     [bd, ac]     [ad, ac]
    /// X in M    [ad, bd]     [bc, ac]     [min(ad, bc), max(ac, bd)]
    /// ```
    #[inline]
    fn mul(self, y: Self) -> Self {
        let (a, b, c, d) = (self.lo, self.hi, y.lo, y.hi);
        if self.undefined() || y.undefined() {
            return Self::UNDEFINED;
        }
        let ([l1, l2], [u1, u2]) = if a >= 0.0 {
            if c >= 0.0 {
                ([a, c], [b, d])
            } else if d <= 0.0 {
                ([b, c], [a, d])
            } else {
                ([b, c], [b, d])
            }
        } else if b <= 0.0 {
            if c >= 0.0 {
                ([a, d], [b, c])
            } else if d <= 0.0 {
                ([b, d], [a, c])
            } else {
                ([a, d], [a, c])
            }
        } else if c >= 0.0 {
            ([a, d], [b, d])
        } else if d <= 0.0 {
            ([b, c], [a, c])
        } else {
            return Self {
                lo: mul_down(a, d).min(mul_down(b, c)),
                hi: mul_up(a, c).max(mul_up(b, d)),
            };
        };
        Self {
            lo: mul_down(l1, l2),
            hi: mul_up(u1, u2),
        }
    }
}

impl Div for DoubleInterval {
    type Output = Self;

    /// Undefined if Y contains 0, else
    ///
    /// ```text
    /// X/Y       0 < c           d < 0
    /// X in P    [a/d, b/c]      [b/d, a/c]
    /// X in N    [a/c, b/d]      [b/c, a/d]
    /// X in M    [a/c, b/c]      [b/d, a/d]
    /// ```
    #[inline]
    fn div(self, y: Self) -> Self {
        let (a, b, c, d) = (self.lo, self.hi, y.lo, y.hi);
        let positive = c > 0.0;
        if self.undefined() || !(positive || d < 0.0) {
            return Self::UNDEFINED;
        }
        let ([l1, l2], [u1, u2]) = match (a >= 0.0, b <= 0.0, positive) {
            (true, _, true) => ([a, d], [b, c]),
            (true, _, false) => ([b, d], [a, c]),
            (false, true, true) => ([a, c], [b, d]),
            (false, true, false) => ([b, c], [a, d]),
            (false, false, true) => ([a, c], [b, c]),
            (false, false, false) => ([b, d], [a, d]),
        };
        Self {
            lo: div_down(l1, l2),
            hi: div_up(u1, u2),
        }
    }
}

/// The same operators with a borrowed right side.
macro_rules! borrowed_right_side {
    ($($operation:ident $function:ident),*) => {$(
        impl $operation<&DoubleInterval> for DoubleInterval {
            type Output = DoubleInterval;

            #[inline]
            fn $function(self, y: &DoubleInterval) -> DoubleInterval {
                $operation::$function(self, *y)
            }
        }
    )*};
}
borrowed_right_side!(Add add, Sub sub, Mul mul, Div div);

impl DoubleInterval {
    /// The set of squares: decreasing on N, increasing on P, and from 0 on M.
    #[inline]
    pub(super) fn set_of_squares(self) -> Self {
        if self.undefined() {
            return self;
        }
        let (least, greatest) = self.magnitudes();
        Self {
            lo: mul_down(least, least),
            hi: mul_up(greatest, greatest),
        }
    }

    /// The set of n-th powers.
    ///
    /// |x|^n is increasing in |x| for n > 0 and decreasing for n < 0; the sign
    /// of xⁿ is that of x for odd n. For n < 0, undefined if 0 is a member.
    pub(super) fn set_of_powers(self, n: i32) -> Self {
        if self.undefined() {
            return self;
        }
        if n < 0 && self.lo <= 0.0 && self.hi >= 0.0 {
            return Self::UNDEFINED;
        }
        let odd = n % 2 != 0;
        if odd && self.lo < 0.0 {
            if self.hi > 0.0 {
                return Self {
                    lo: -power_up(-self.lo, n),
                    hi: power_up(self.hi, n),
                };
            }
            return -(-self).set_of_powers(n);
        }
        let (least, greatest) = self.magnitudes();
        let (l, u) = if n < 0 {
            (greatest, least)
        } else {
            (least, greatest)
        };
        Self {
            lo: power_down(l, n),
            hi: power_up(u, n),
        }
    }

    /// The least and the greatest |x| over the members, where defined.
    #[inline]
    fn magnitudes(self) -> (f64, f64) {
        if self.lo >= 0.0 {
            (self.lo, self.hi)
        } else if self.hi <= 0.0 {
            (-self.hi, -self.lo)
        } else {
            (0.0, self.hi.max(-self.lo))
        }
    }
}

/// A lower bound of xⁿ for x ≥ 0 (x > 0 if n < 0; x = ∞ means the limit).
fn power_down(x: f64, n: i32) -> f64 {
    let exponent = n.unsigned_abs();
    if n >= 0 {
        return positive_power(x, exponent, mul_down);
    }
    // Both are bounds. The first is the better one, but says little where x
    // to the exponent leaves the range of doubles.
    let inverse_of_power = div_down(1.0, positive_power(x, exponent, mul_up));
    let power_of_inverse = positive_power(div_down(1.0, x), exponent, mul_down);
    inverse_of_power.max(power_of_inverse)
}

/// An upper bound of xⁿ for x ≥ 0 (x > 0 if n < 0; x = ∞ means the limit).
fn power_up(x: f64, n: i32) -> f64 {
    let exponent = n.unsigned_abs();
    if n >= 0 {
        return positive_power(x, exponent, mul_up);
    }
    let power_of_inverse = positive_power(div_up(1.0, x), exponent, mul_up);
    let power = positive_power(x, exponent, mul_down);
    if power == 0.0 {
        return power_of_inverse; // the power is positive, and lost
    }
    div_up(1.0, power).min(power_of_inverse)
}

/// xⁿ for x ≥ 0 by squaring. All factors are ≥ 0, so that products of bounds
/// rounded to one side by `mul` stay bounds on that side.
fn positive_power(x: f64, mut n: u32, mul: impl Fn(f64, f64) -> f64) -> f64 {
    let mut square = x;
    let mut power = 1.0;
    loop {
        if n % 2 == 1 {
            power = mul(power, square);
        }
        n /= 2;
        if n == 0 {
            return power;
        }
        square = mul(square, square);
    }
}
