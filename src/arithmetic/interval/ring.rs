//! Sum, difference, product, quotient and integer powers, outward.

use super::{Interval, down, up};
use rug::Float;
use rug::float::Round;
use rug::ops::{AddAssignRound, AssignRound, DivAssignRound, MulAssignRound, NegAssign, Pow, SubAssignRound};
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Where an interval lies relative to zero; a defined one fits at least one
/// description, and the first that fits is used.
enum Sign {
    /// 0 ≤ lo.
    Plus,
    /// hi ≤ 0.
    Minus,
    /// lo < 0 < hi.
    Mixed,
}

fn sign(x: &Interval) -> Sign {
    if x.lo >= 0 {
        Sign::Plus
    } else if x.hi <= 0 {
        Sign::Minus
    } else {
        Sign::Mixed
    }
}

/// Which endpoint of an interval.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Lo,
    Hi,
}

fn end(x: &Interval, which: End) -> &Float {
    match which {
        End::Lo => &x.lo,
        End::Hi => &x.hi,
    }
}

/// The endpoints of x and y that are combined: for the lower endpoint of the
/// result, then for the upper one.
type Extremes = [(End, End); 2];

/// The product of two endpoints. An infinite endpoint is a limit that no
/// member attains, so 0 · ∞ is the product of zero with reals: zero.
fn product(bits: u32, x: &Float, y: &Float, round: Round) -> Float {
    if x.is_zero() || y.is_zero() {
        Float::new(bits)
    } else {
        Float::with_val_round(bits, x * y, round).0
    }
}

/// [`product`], written over `x`.
fn product_into(x: &mut Float, y: &Float, round: Round) {
    if x.is_zero() || y.is_zero() {
        x.assign_round(0, round);
    } else {
        x.mul_assign_round(y, round);
    }
}

/// Moves the endpoints of x that are used in each result to their place.
fn arrange(x: &mut Interval, [(first, _), (second, _)]: Extremes) {
    match (first, second) {
        (End::Lo, End::Hi) => {}
        (End::Hi, End::Lo) => std::mem::swap(&mut x.lo, &mut x.hi),
        (End::Lo, End::Lo) => x.hi.clone_from(&x.lo),
        (End::Hi, End::Hi) => x.lo.clone_from(&x.hi),
    }
}

fn sum(x: &Interval, y: &Interval) -> Interval {
    let bits = x.common_bits(y);
    Interval::checked(down(bits, &x.lo + &y.lo), up(bits, &x.hi + &y.hi))
}

fn difference(x: &Interval, y: &Interval) -> Interval {
    let bits = x.common_bits(y);
    Interval::checked(down(bits, &x.lo - &y.hi), up(bits, &x.hi - &y.lo))
}

/// The sum, written over `x` when its precision allows.
fn sum_into(mut x: Interval, y: &Interval) -> Interval {
    if x.lo.prec() < y.lo.prec() {
        return sum(&x, y);
    }
    x.lo.add_assign_round(&y.lo, Round::Down);
    x.hi.add_assign_round(&y.hi, Round::Up);
    Interval::checked(x.lo, x.hi)
}

/// The difference, written over `x` when its precision allows.
fn difference_into(mut x: Interval, y: &Interval) -> Interval {
    if x.lo.prec() < y.lo.prec() {
        return difference(&x, y);
    }
    x.lo.sub_assign_round(&y.hi, Round::Down);
    x.hi.sub_assign_round(&y.lo, Round::Up);
    Interval::checked(x.lo, x.hi)
}

/// With x ∈ [a, b] and y ∈ [c, d], the extreme products by signs:
///
/// | x \ y | c ≥ 0    | d ≤ 0    | c < 0 < d                    |
/// |-------|----------|----------|------------------------------|
/// | a ≥ 0 | [ac, bd] | [bc, ad] | [bc, bd]                     |
/// | b ≤ 0 | [ad, bc] | [bd, ac] | [ad, ac]                     |
/// | mixed | [ad, bd] | [bc, ac] | [min(ad, bc), max(ac, bd)]   |
fn product_extremes(x: &Interval, y: &Interval) -> Option<Extremes> {
    use End::{Hi, Lo};
    Some(match (sign(x), sign(y)) {
        (Sign::Plus, Sign::Plus) => [(Lo, Lo), (Hi, Hi)],
        (Sign::Plus, Sign::Minus) => [(Hi, Lo), (Lo, Hi)],
        (Sign::Plus, Sign::Mixed) => [(Hi, Lo), (Hi, Hi)],
        (Sign::Minus, Sign::Plus) => [(Lo, Hi), (Hi, Lo)],
        (Sign::Minus, Sign::Minus) => [(Hi, Hi), (Lo, Lo)],
        (Sign::Minus, Sign::Mixed) => [(Lo, Hi), (Lo, Lo)],
        (Sign::Mixed, Sign::Plus) => [(Lo, Hi), (Hi, Hi)],
        (Sign::Mixed, Sign::Minus) => [(Hi, Lo), (Lo, Lo)],
        (Sign::Mixed, Sign::Mixed) => return None,
    })
}

fn times(x: &Interval, y: &Interval) -> Interval {
    let bits = x.common_bits(y);
    if x.is_nan() || y.is_nan() {
        return Interval::undefined(bits);
    }
    let low = |p, q| product(bits, p, q, Round::Down);
    let high = |p, q| product(bits, p, q, Round::Up);
    let (lo, hi) = match product_extremes(x, y) {
        Some([(a, c), (b, d)]) => (low(end(x, a), end(y, c)), high(end(x, b), end(y, d))),
        None => (
            smaller(low(&x.lo, &y.hi), low(&x.hi, &y.lo)),
            larger(high(&x.lo, &y.lo), high(&x.hi, &y.hi)),
        ),
    };
    Interval::checked(lo, hi)
}

/// The product, written over `x` when possible.
fn times_into(mut x: Interval, y: &Interval) -> Interval {
    if x.lo.prec() < y.lo.prec() || x.is_nan() || y.is_nan() {
        return times(&x, y);
    }
    let Some(extremes) = product_extremes(&x, y) else {
        return times(&x, y);
    };
    arrange(&mut x, extremes);
    product_into(&mut x.lo, end(y, extremes[0].1), Round::Down);
    product_into(&mut x.hi, end(y, extremes[1].1), Round::Up);
    Interval::checked(x.lo, x.hi)
}

/// With x ∈ [a, b] and y ∈ [c, d], the extreme quotients by signs; undefined
/// if 0 ∈ [c, d]:
///
/// | x \ y | c > 0      | d < 0      |
/// |-------|------------|------------|
/// | a ≥ 0 | [a/d, b/c] | [b/d, a/c] |
/// | b ≤ 0 | [a/c, b/d] | [b/c, a/d] |
/// | mixed | [a/c, b/c] | [b/d, a/d] |
///
/// No entry divides an infinite endpoint by an infinite one: where the
/// divisor is the far end of y, the dividend is the finite end of x.
fn quotient_extremes(x: &Interval, y: &Interval) -> Option<Extremes> {
    use End::{Hi, Lo};
    let positive = y.lo > 0;
    if x.is_nan() || !(positive || y.hi < 0) {
        return None;
    }
    Some(match (sign(x), positive) {
        (Sign::Plus, true) => [(Lo, Hi), (Hi, Lo)],
        (Sign::Minus, true) => [(Lo, Lo), (Hi, Hi)],
        (Sign::Mixed, true) => [(Lo, Lo), (Hi, Lo)],
        (Sign::Plus, false) => [(Hi, Hi), (Lo, Lo)],
        (Sign::Minus, false) => [(Hi, Lo), (Lo, Hi)],
        (Sign::Mixed, false) => [(Hi, Hi), (Lo, Hi)],
    })
}

fn quotient(x: &Interval, y: &Interval) -> Interval {
    let bits = x.common_bits(y);
    let Some([(a, c), (b, d)]) = quotient_extremes(x, y) else {
        return Interval::undefined(bits);
    };
    Interval::checked(down(bits, end(x, a) / end(y, c)), up(bits, end(x, b) / end(y, d)))
}

/// The quotient, written over `x` when its precision allows.
fn quotient_into(mut x: Interval, y: &Interval) -> Interval {
    if x.lo.prec() < y.lo.prec() {
        return quotient(&x, y);
    }
    let Some(extremes) = quotient_extremes(&x, y) else {
        return Interval::undefined(x.lo.prec());
    };
    arrange(&mut x, extremes);
    x.lo.div_assign_round(end(y, extremes[0].1), Round::Down);
    x.hi.div_assign_round(end(y, extremes[1].1), Round::Up);
    Interval::checked(x.lo, x.hi)
}

/// The set of squares: t ↦ t² falls on t ≤ 0 and grows on t ≥ 0.
pub(super) fn square(x: &Interval) -> Interval {
    let bits = x.lo.prec();
    if x.is_nan() {
        return Interval::undefined(bits);
    }
    let (lo, hi) = match sign(x) {
        Sign::Plus => (down(bits, x.lo.square_ref()), up(bits, x.hi.square_ref())),
        Sign::Minus => (down(bits, x.hi.square_ref()), up(bits, x.lo.square_ref())),
        Sign::Mixed => {
            let left = up(bits, x.lo.square_ref());
            let right = up(bits, x.hi.square_ref());
            (Float::new(bits), larger(left, right))
        }
    };
    Interval::checked(lo, hi)
}

/// The set of n-th powers. t ↦ tⁿ is monotone on t > 0 and on t < 0: growing
/// on t > 0 for n > 0, falling for n < 0; the parity of n gives the other
/// half. A negative power of a set that contains 0 is undefined.
pub(super) fn power(x: &Interval, n: i32) -> Interval {
    let bits = x.lo.prec();
    if x.is_nan() {
        return Interval::undefined(bits);
    }
    match n {
        0 => return Interval::enclose(bits, 1),
        1 => return x.clone(),
        2 => return square(x),
        _ => {}
    }
    let low = |t: &Float| down(bits, t.pow(n));
    let high = |t: &Float| up(bits, t.pow(n));
    let even = n % 2 == 0;
    let (lo, hi) = match (sign(x), n > 0) {
        (Sign::Plus, true) => (low(&x.lo), high(&x.hi)),
        (_, true) if !even => (low(&x.lo), high(&x.hi)),
        (Sign::Minus, true) => (low(&x.hi), high(&x.lo)),
        (Sign::Mixed, true) => (Float::new(bits), larger(high(&x.lo), high(&x.hi))),
        (_, false) if x.lo <= 0 && x.hi >= 0 => return Interval::undefined(bits),
        (Sign::Minus, false) if even => (low(&x.lo), high(&x.hi)),
        (_, false) => (low(&x.hi), high(&x.lo)),
    };
    Interval::checked(lo, hi)
}

/// The smaller of two endpoints, neither of which is NaN.
pub(super) fn smaller(x: Float, y: Float) -> Float {
    if y < x { y } else { x }
}

/// The larger of two endpoints, neither of which is NaN.
pub(super) fn larger(x: Float, y: Float) -> Float {
    if y > x { y } else { x }
}

impl Neg for Interval {
    type Output = Self;

    fn neg(mut self) -> Self {
        self.lo.neg_assign();
        self.hi.neg_assign();
        Self::checked(self.hi, self.lo)
    }
}

impl Neg for &Interval {
    type Output = Interval;

    fn neg(self) -> Interval {
        -self.clone()
    }
}

/// The four ways to own or borrow the operands of one operation.
macro_rules! operator {
    ($trait:ident, $method:ident, $both:expr, $left:expr, $right:expr) => {
        impl $trait<&Interval> for &Interval {
            type Output = Interval;

            fn $method(self, other: &Interval) -> Interval {
                $both(self, other)
            }
        }

        impl $trait<&Interval> for Interval {
            type Output = Interval;

            fn $method(self, other: &Interval) -> Interval {
                $left(self, other)
            }
        }

        impl $trait<Interval> for &Interval {
            type Output = Interval;

            fn $method(self, other: Interval) -> Interval {
                $right(self, other)
            }
        }

        impl $trait for Interval {
            type Output = Interval;

            fn $method(self, other: Interval) -> Interval {
                $left(self, &other)
            }
        }
    };
}

operator!(Add, add, sum, sum_into, |x, y| sum_into(y, x));
operator!(Sub, sub, difference, difference_into, |x, y| difference(x, &y));
operator!(Mul, mul, times, times_into, |x, y| times_into(y, x));
operator!(Div, div, quotient, quotient_into, |x, y| quotient(x, &y));
