//! π, the inverse trigonometric functions, exp and erf, by series with proved
//! remainders.
//!
//! Everything is computed in intervals, with some more bits than the result
//! has, so that rounding needs no analysis: only the truncation of each series
//! is argued below. The functions of an interval are found at its ends, as all
//! of them increase.

use super::{Dyadic, Interval, Number, Round};
use std::cmp::Ordering;

/// Bits in addition to those of the result.
const GUARD: u64 = 24;

/// The most bits asked for.
const MOST_BITS: u64 = 1 << 16;

/// An increasing function of an interval from its values at points.
fn increasing(
    x: &Interval,
    at: impl Fn(&Dyadic) -> Option<Interval>,
    below: Option<Interval>,
    above: Option<Interval>,
) -> Option<Interval> {
    let low = match x.lower() {
        Some(end) => at(end)?,
        None => below?,
    };
    let high = match x.upper() {
        Some(end) => at(end)?,
        None => above?,
    };
    low.hull(&high).rounded(x.bits())
}

/// π = 16 atan(1/5) − 4 atan(1/239) (Machin).
pub(super) fn pi(bits: u64) -> Option<Interval> {
    let work = bits.checked_add(GUARD).filter(|&work| work <= MOST_BITS)?;
    let inverse = |n: i64| Interval::integer(1, work).quotient(&Interval::integer(n, work));
    let first = atan_series(&inverse(5)?)?.scaled(4)?;
    let second = atan_series(&inverse(239)?)?.scaled(2)?;
    first.difference(&second)?.rounded(bits)
}

/// atan t for a narrow t inside [0, 1/2].
///
/// t − t³/3 + t⁵/5 − … alternates with terms that decrease to 0, so that atan t
/// lies between two successive partial sums.
fn atan_series(t: &Interval) -> Option<Interval> {
    let smallest = t.upper()?.top().checked_sub(i64::try_from(t.bits()).ok()?)?;
    let square = t.power(2)?;
    let (mut power, mut sum) = (t.clone(), t.clone());
    for n in 1_i64.. {
        power = power.product(&square)?;
        let term = power.quotient(&Interval::integer(n.checked_mul(2)?.checked_add(1)?, t.bits()))?;
        let next = if n % 2 == 0 {
            sum.sum(&term)?
        } else {
            sum.difference(&term)?
        };
        let size = term.upper()?;
        if size.sign() == Ordering::Equal || size.top() < smallest {
            return Some(sum.hull(&next));
        }
        sum = next;
    }
    None
}

/// atan t for a narrow t inside [0, 3/2], by halving the angle:
/// tan(θ/2) = tan θ/(1 + √(1 + tan² θ)).
fn atan_reduced(t: &Interval) -> Option<Interval> {
    let one = Interval::integer(1, t.bits());
    // More halvings, fewer terms of the series.
    let goal = -i64::try_from(t.bits().isqrt() / 2).ok()?;
    let (mut tangent, mut halvings) = (t.clone(), 0_i64);
    while tangent.upper()?.sign() == Ordering::Greater && tangent.upper()?.top() > goal.min(-1) {
        let secant = one.sum(&tangent.power(2)?)?.root()?;
        tangent = tangent.quotient(&one.sum(&secant)?)?;
        halvings += 1;
    }
    atan_series(&tangent)?.scaled(halvings)
}

fn working_bits(bits: u64) -> Option<u64> {
    bits.checked_add(GUARD)?
        .checked_add(bits.isqrt() / 2)
        .filter(|&work| work <= MOST_BITS)
}

/// atan x, with atan x = π/2 − atan(1/x) for x > 1.
fn atan_at(x: &Dyadic, work: u64) -> Option<Interval> {
    if x.sign() == Ordering::Less {
        return Some(atan_at(&x.negative(), work)?.negative());
    }
    let one = Interval::integer(1, work);
    let x = Interval::point(x.clone(), work);
    if x.difference(&one)?.certainly_positive() {
        pi(work)?
            .scaled(-1)?
            .difference(&atan_reduced(&one.quotient(&x)?)?)
    } else {
        atan_reduced(&x)
    }
}

/// asin x for |x| ≤ 1: with c = √((1 − x)(1 + x)), it is atan(x/c), and
/// π/2 − atan(c/x) for x > 0.
fn asin_at(x: &Dyadic, work: u64) -> Option<Interval> {
    if x.sign() == Ordering::Less {
        return Some(asin_at(&x.negative(), work)?.negative());
    }
    let one = Interval::integer(1, work);
    let x = Interval::point(x.clone(), work);
    let cosine = one.difference(&x)?.product(&one.sum(&x)?)?.root()?;
    if x.difference(&one.scaled(-1)?)?.certainly_positive() {
        pi(work)?
            .scaled(-1)?
            .difference(&atan_reduced(&cosine.quotient(&x)?)?)
    } else {
        atan_reduced(&x.quotient(&cosine)?)
    }
}

/// arctan of an interval.
pub(super) fn atan(x: &Interval) -> Option<Interval> {
    let work = working_bits(x.bits())?;
    let half_turn = || pi(work)?.scaled(-1);
    let below = if x.lower().is_none() {
        Some(half_turn()?.negative())
    } else {
        None
    };
    let above = if x.upper().is_none() {
        Some(half_turn()?)
    } else {
        None
    };
    increasing(x, |end| atan_at(end, work), below, above)
}

/// arcsin of an interval; `None` unless it lies inside [−1, 1].
pub(super) fn asin(x: &Interval) -> Option<Interval> {
    let work = working_bits(x.bits())?;
    let one = Dyadic::integer(1);
    let inside = x.lower()?.compare(&one.negative()) != Ordering::Less
        && x.upper()?.compare(&one) != Ordering::Greater;
    if !inside {
        return None;
    }
    increasing(x, |end| asin_at(end, work), None, None)
}

impl Interval {
    /// exp of an interval.
    #[must_use]
    pub fn exp(&self) -> Option<Self> {
        let work = working_bits(self.bits())?;
        increasing(
            self,
            |end| exp_at(end, work),
            Some(Interval::integer(0, work)),
            None,
        )
    }

    /// erf of an interval.
    #[must_use]
    pub fn erf(&self) -> Option<Self> {
        let work = working_bits(self.bits())?;
        let one = Interval::integer(1, work);
        increasing(
            self,
            |end| erf_at(end, work),
            Some(one.negative()),
            Some(one.clone()),
        )
    }
}

/// exp x, |x| < 2^20, from exp x = (exp(x/2^k))^(2^k).
///
/// For 0 ≤ t ≤ 1/2 the terms beyond tⁿ/n! add up to at most as much as that one.
fn exp_at(x: &Dyadic, work: u64) -> Option<Interval> {
    if x.sign() == Ordering::Less {
        let inverse = exp_at(&x.negative(), work)?;
        return Interval::integer(1, work).quotient(&inverse);
    }
    if x.top() > 20 {
        return None;
    }
    let one = Interval::integer(1, work);
    let goal = -i64::try_from(work.isqrt() / 2).ok()?;
    let squarings = if x.sign() == Ordering::Equal {
        0
    } else {
        x.top().checked_sub(goal)?.max(0)
    };
    let work = work.checked_add(u64::try_from(squarings).ok()?)?;
    let t = Interval::point(x.scaled(squarings.checked_neg()?)?, work);
    let (mut term, mut sum) = (one.with_bits(work), one.with_bits(work));
    for n in 1_i64.. {
        term = term.product(&t)?.quotient(&Interval::integer(n, work))?;
        sum = sum.sum(&term)?;
        let size = term.upper()?;
        if size.sign() == Ordering::Equal || size.top() < -i64::try_from(work).ok()? {
            break;
        }
    }
    let rest = Interval::new(Some(Dyadic::zero()), term.upper().cloned(), work)?;
    let mut result = sum.sum(&rest)?;
    for _ in 0..squarings {
        result = result.power(2)?;
    }
    Some(result)
}

/// erf z for z ≥ 0:
/// erf z = (2/√π) z e^(−z²) Σ_n a_n with a_0 = 1, a_n = a_(n−1)·2z²/(2n+1) ≥ 0.
/// Once 2z²/(2n+3) ≤ 1/2, the terms beyond a_n add up to at most a_n. Far out,
/// 1 − e^(−z²) ≤ erf z ≤ 1 is enough.
fn erf_at(z: &Dyadic, work: u64) -> Option<Interval> {
    if z.sign() == Ordering::Less {
        return Some(erf_at(&z.negative(), work)?.negative());
    }
    let one = Interval::integer(1, work);
    let bits = i64::try_from(work).ok()?;
    let z = Interval::point(z.clone(), work);
    let square = z.power(2)?;
    if square
        .difference(&Interval::integer(bits, work))?
        .certainly_positive()
    {
        // e^(−z²) < e^(−bits) < 2^(−bits).
        let tiny = Dyadic::integer(1).scaled(bits.checked_neg()?)?;
        let below = Dyadic::integer(1).sum(&tiny.negative(), work, Round::Down)?;
        return Interval::new(Some(below), Some(Dyadic::integer(1)), work);
    }
    let double = square.scaled(1)?;
    let (mut term, mut sum) = (one.clone(), one.clone());
    let mut n = 1_i64;
    loop {
        term = term
            .product(&double)?
            .quotient(&Interval::integer(n.checked_mul(2)?.checked_add(1)?, work))?;
        sum = sum.sum(&term)?;
        let size = term.upper()?;
        let small = size.sign() == Ordering::Equal || size.top() < -bits;
        let falling =
            Interval::integer(n.checked_mul(2)?.checked_add(3)?, work).difference(&double.scaled(1)?)?;
        if small && falling.certainly_nonnegative() {
            break;
        }
        n = n.checked_add(1)?;
    }
    let rest = Interval::new(Some(Dyadic::zero()), term.upper().cloned(), work)?;
    let scale = one.scaled(1)?.quotient(&pi(work)?.root()?)?;
    scale
        .product(&z)?
        .product(&square.negative().exp()?)?
        .product(&sum.sum(&rest)?)
}
