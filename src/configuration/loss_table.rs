//! Certified values of L(ℓ) at a few dozen nanoseconds each.
//!
//! **The series.** With ŝ = b/(1 + b) and asin x = x + Σ_{j≥1} c_j x^(2j+1),
//! c_j = C(2j,j)/(4^j (2j+1)), the loss of one neuron that serves ℓ teachers is
//!
//! L(ℓ) = A (2/π) [ℓ asin ŝ − ℓ² asin(ŝ/ℓ)] = κ₀ ℓ − t(ℓ),
//! κ₀ = A (2/π) (asin ŝ − ŝ),
//! t(ℓ) = z Σ_{j≥1} κ_j y^(j−1),  z = 1/ℓ,  y = z²,  κ_j = A (2/π) c_j ŝ^(2j+1).
//!
//! For the standard erf, κ₀ = 1/3 − 1/π and κ_j = c_j/(π 4^j).
//!
//! **The remainder.** κ_j > 0 decreases (c_j does, and ŝ < 1), so the terms after
//! the J-th sum to at most κ_{J+1} z^(2J+1)/(1 − y). For ℓ ≥ 2^e, e ≥ 1, this is at
//! most (4/3) κ_{J+1} 2^(−e(2J+1)); J is the smallest number for which that is below
//! one ulp (2⁻¹²⁸), found for each e when the table is made.
//!
//! **Rounding.** All operations round down (see [`fixed`]), so all capitals are
//! lower bounds; errors in ulps, for ℓ ≥ 2:
//!
//! * z − Z ≤ 1;
//! * y − Y < 2z + 1 ≤ 2, for Y = ⌊Z²⌋;
//! * a partial sum p = κ_j + y p′, with P = ⌊κ_j⌋ + ⌊Y P′⌋: if p′ − P′ < 4, then
//!   p − P < 1 + ((y − Y) p′ + Y (p′ − P′)) + 1 < 1 + (1/2 + 1) + 1 < 4. It is used that
//!   p ≤ κ₁/(1 − y) ≤ 1/4, checked in the form κ₁ < 3/16 when the table is made;
//! * z p − ⌊Z P⌋ < (z − Z) p + Z (p − P) + 1 < 1/4 + 2 + 1 < 4, and with the remainder
//!   t lies in [T, T + 5];
//! * κ₀ ℓ lies in [M, M + 2] (κ₀ is kept to 192 bits).
//!
//! Hence L(ℓ) lies in [M − T − 5, M − T + 2]: a width of 7 ulps for every ℓ. For the
//! standard erf, where L(ℓ) ≥ L(2) > 0.02, that is more than 35 significant digits.

use crate::activation::Erf;
use crate::arithmetic::fixed::{self, LongFraction};
use crate::arithmetic::{Enclosure, Interval, Rational, Scalar};
use num_bigint::BigInt;
use num_traits::One;

/// Enough terms for e = 1 and every ŝ < 1: since c₆₃ < c₁/256, the remainder after
/// J = 62 terms is below (4/3) (3/16)/256 · 2⁻¹²⁵. (If it were not, there would be no
/// table.)
const TERMS: usize = 63;
/// Ulps by which t(ℓ) may exceed its lower bound T.
const SERIES_SLACK: u128 = 5;
/// Upper minus lower bound of L(ℓ), in ulps.
const WIDTH: u64 = 7;
/// ℓ ≤ 10¹⁸ < 2⁶⁰.
const EXPONENTS: usize = 60;

/// L(ℓ) in [value, value + width], in units of 2⁻¹²⁸, value = whole + fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LossEnclosure {
    whole: u64,
    fraction: u128,
    width: u64,
}

impl LossEnclosure {
    /// L(1) = 0.
    const ZERO: Self = Self {
        whole: 0,
        fraction: 0,
        width: 0,
    };

    /// Lower bound as an exact rational.
    #[must_use]
    pub fn lower(&self) -> Rational {
        self.dyadic(0)
    }

    /// Upper bound as an exact rational.
    #[must_use]
    pub fn upper(&self) -> Rational {
        self.dyadic(self.width)
    }

    fn dyadic(&self, more: u64) -> Rational {
        let scaled = (BigInt::from(self.whole) << 128) + self.fraction + more;
        Rational::new(scaled, BigInt::one() << 128)
    }

    /// The same set as an interval (a larger one below 192 bits).
    #[must_use]
    pub fn interval(&self, context: &Interval) -> Interval {
        context.between(Some(&self.lower()), Some(&self.upper()))
    }
}

/// Bounds, in ulps, of −Δ² = 2 L(ℓ) − L(ℓ+1) − L(ℓ−1) from three losses;
/// `None` if the lower bound is not in [0, 1) or the losses do not increase by
/// less than 1.
#[must_use]
#[inline]
pub fn negated_second_difference(
    before: &LossEnclosure,
    here: &LossEnclosure,
    after: &LossEnclosure,
) -> Option<(u128, u128)> {
    let bend = ulps_between(before, here)?.checked_sub(ulps_between(here, after)?)?;
    let lower = bend.checked_sub(u128::from(before.width) + u128::from(after.width))?;
    let upper = bend.checked_add(2 * u128::from(here.width))?;
    Some((lower, upper))
}

/// The distance of two lower bounds in ulps, if 0 ≤ to − from < 1.
#[inline]
fn ulps_between(from: &LossEnclosure, to: &LossEnclosure) -> Option<u128> {
    let (fraction, borrow) = to.fraction.overflowing_sub(from.fraction);
    (to.whole == from.whole.checked_add(u64::from(borrow))?).then_some(fraction)
}

/// The constants of the series for one activation, certified once.
#[derive(Debug, Clone)]
pub struct LossTable {
    /// κ₀.
    linear: LongFraction,
    /// ⌊κ_j 2¹²⁸⌋ for j = 1, 2, ….
    coefficients: [u128; TERMS],
    /// J for ℓ ≥ 2^e, at index e.
    terms: [usize; EXPONENTS],
}

impl LossTable {
    /// The largest ℓ with an entry: 10¹⁸.
    pub const LARGEST: u64 = 1_000_000_000_000_000_000;

    /// Computes the constants from enclosures of π and asin ŝ. `None` if the
    /// amplitude is so large that they do not fit (A ≤ 7/4 always does, and A = 2
    /// for b ≤ 7).
    #[must_use]
    pub fn new(kernel: &Erf) -> Option<Self> {
        let sine = kernel.teacher_sine();
        let amplitude = kernel.amplitude_squared() * Rational::from_integer(2.into());
        let linear = LongFraction::rounded_down(|precision| {
            let context = Interval::context(precision);
            let sine = context.rational(&sine);
            context.rational(&amplitude) * (sine.asin() - sine) / context.pi()
        })?;
        let sine_squared = &sine * &sine;
        // A·2·c_j ŝ^(2j+1); c_0 = 1, c_j/c_{j−1} = (2j−1)²/(2j(2j+1)).
        let mut rational = amplitude * sine;
        let mut odd = BigInt::one();
        let mut coefficients = [0; TERMS];
        for coefficient in &mut coefficients {
            let ratio = Rational::new(&odd * &odd, (&odd + 1) * (&odd + 2));
            rational *= ratio * &sine_squared;
            odd += 2;
            *coefficient = fixed::rounded_down(|precision| {
                let context = Interval::context(precision);
                context.rational(&rational) / context.pi()
            })?;
        }
        // κ₁ < 3/16.
        if coefficients[0] >= 3 << 124 {
            return None;
        }
        let mut terms = [TERMS; EXPONENTS];
        for (exponent, terms) in (0..).zip(&mut terms).skip(1) {
            *terms = terms_needed(&coefficients, exponent)?;
        }
        Some(Self {
            linear,
            coefficients,
            terms,
        })
    }

    /// An enclosure of L(ℓ) for 1 ≤ ℓ ≤ [`LossTable::LARGEST`]; `None` outside,
    /// or if L(ℓ) is below a few ulps.
    #[must_use]
    #[inline]
    pub fn loss(&self, ell: u64) -> Option<LossEnclosure> {
        if ell == 1 {
            return Some(LossEnclosure::ZERO);
        }
        if ell > Self::LARGEST {
            return None;
        }
        let z = fixed::reciprocal(ell)?;
        let y = fixed::product(z, z);
        // Below 2⁶⁰, so the exponent is an index of `terms`.
        let exponent = usize::try_from(ell.ilog2()).ok()?;
        let terms = *self.terms.get(exponent)?;
        let sum = self.coefficients.get(..terms)?.iter().copied().rev();
        // Below 1/4 throughout, so this cannot overflow.
        let sum = sum.reduce(|sum, coefficient| coefficient + fixed::product(y, sum));
        let t = fixed::product(z, sum.unwrap_or(0)) + SERIES_SLACK;
        let (whole, fraction) = self.linear.times(ell);
        let (fraction, borrow) = fraction.overflowing_sub(t);
        Some(LossEnclosure {
            whole: whole.checked_sub(u64::from(borrow))?,
            fraction,
            width: WIDTH,
        })
    }
}

/// The smallest J with (4/3) κ_{J+1} 2^(−e(2J+1)) ≤ 2⁻¹²⁸, e ≥ 1.
fn terms_needed(coefficients: &[u128; TERMS], exponent: u32) -> Option<usize> {
    let mut shift = exponent;
    for (terms, &next) in (0..).zip(coefficients) {
        // In ulps: 4 (⌊κ_{J+1}⌋ + 1) ≤ 3·2^shift, where κ_{J+1} < 3/16 makes the left
        // side at most 3·2¹²⁶.
        if shift >= 126 || 4 * (next + 1) <= 3 << shift {
            return Some(terms);
        }
        shift += 2 * exponent;
    }
    None
}
