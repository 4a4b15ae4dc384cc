//! Certified values of L(ℓ) at a few dozen nanoseconds each, for
//! σ = erf(x/√2).
//!
//! **The series.** With x = 1/(2ℓ) and asin x = x + Σ_{j≥1} c_j x^(2j+1),
//! c_j = C(2j,j)/(4^j (2j+1)) > 0,
//!
//! L(ℓ) = ℓ/3 − (2/π) ℓ² asin(1/(2ℓ)) = ℓ c₀ − t(ℓ),  c₀ = 1/3 − 1/π,
//! t(ℓ) = x Σ_{j≥1} κ_j y^(j−1),  y = x²,  κ_j = c_j/(2π).
//!
//! **The remainder.** c_j decreases, so the terms after the J-th sum to at most
//! κ_{J+1} x^(2J+1)/(1 − y). For ℓ ≥ 2, 1/(1 − y) ≤ 16/15 and κ_{J+1} ≤ κ_2 <
//! 2⁻⁶·(15/16), so with 2ℓ ≥ 2^e the remainder is below 2^(−6−e(2J+1)): below
//! one ulp (2⁻¹²⁸) once e(2J+1) ≥ 122.
//!
//! **Rounding.** All operations round down (see [`fixed`]). In ulps, x has
//! error below 1; y = ⌊X·X⌋ is at most 1 + 2x < 2 below x²; one Horner step
//! κ + y·p with p < 1/16 of error δ has error at most 1 + (2/16 + δ/16 + 1) < 3
//! if δ < 3; t = x·p has error at most p + 3x + 1 < 2 (p < 1/16, x ≤ 1/4). With the
//! remainder, t lies in [T, T + 3]. ℓ c₀ lies in [ℓC, ℓC + ℓ]. Hence
//! L(ℓ) ∈ [ℓC − T − 3, ℓC − T + ℓ] ulps, of width ℓ + 3 ulps: since L(ℓ) > 0.01 ℓ for
//! ℓ ≥ 2, more than 35 significant digits for every ℓ.

use crate::arithmetic::{Enclosure, Interval, Rational, Scalar, fixed};
use num_bigint::BigInt;

/// Enough terms for ℓ = 2 (e = 2): 2·(2·30 + 1) = 122.
const TERMS: usize = 31;
/// Ulps by which t may exceed its lower bound.
const SLACK: u128 = 3;

/// L(ℓ) in [value, value + width], in units of 2⁻¹²⁸, value = whole + fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LossEnclosure {
    whole: u64,
    fraction: u128,
    width: u64,
}

impl LossEnclosure {
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
        Rational::new(scaled, BigInt::from(1) << 128)
    }

    /// The same set as an interval.
    #[must_use]
    pub fn interval(&self, context: &Interval) -> Interval {
        context.between(Some(&self.lower()), Some(&self.upper()))
    }

    /// An upper bound of L′ − L in ulps for `self` = L′ and `smaller` = L, if
    /// it lies in [0, 1).
    #[must_use]
    #[inline]
    pub fn upper_difference(&self, smaller: &Self) -> Option<u128> {
        ulps_between(smaller, self).and_then(|ulps| ulps.checked_add(u128::from(self.width)))
    }

    /// A lower bound of the same difference.
    #[must_use]
    #[inline]
    pub fn lower_difference(&self, smaller: &Self) -> Option<u128> {
        ulps_between(smaller, self).and_then(|ulps| ulps.checked_sub(u128::from(smaller.width)))
    }
}

/// The distance of two lower bounds in ulps, if 0 ≤ to − from < 1.
#[inline]
fn ulps_between(from: &LossEnclosure, to: &LossEnclosure) -> Option<u128> {
    match to.whole.checked_sub(from.whole)? {
        0 => to.fraction.checked_sub(from.fraction),
        // The fraction wrapped once: (1 + to) − from < 1 needs to < from.
        1 if to.fraction < from.fraction => Some(u128::MAX - from.fraction + 1 + to.fraction),
        _ => None,
    }
}

/// The constants of the series, certified once.
#[derive(Debug, Clone)]
pub struct LossTable {
    /// ⌊c₀ 2¹²⁸⌋.
    linear: u128,
    /// ⌊κ_j 2¹²⁸⌋ for j = 1, 2, ….
    coefficients: [u128; TERMS],
}

impl LossTable {
    /// The largest ℓ with an entry: 10¹⁸.
    pub const LARGEST: u64 = 1_000_000_000_000_000_000;

    /// Computes the constants from enclosures of π; `None` if these do not
    /// determine them (they do).
    #[must_use]
    pub fn new() -> Option<Self> {
        let linear = fixed::rounded_down(|p| {
            let context = Interval::context(p);
            context.ratio(1, 3) - context.one() / context.pi()
        })?;
        let mut coefficients = [0; TERMS];
        // c_0 = 1, c_{j+1}/c_j = (2j+1)²/((2j+2)(2j+3)).
        let mut c = Rational::from_integer(1.into());
        let mut odd = BigInt::from(1);
        for coefficient in &mut coefficients {
            let next = (&odd + 1) * (&odd + 2);
            c *= Rational::new(&odd * &odd, next);
            odd += 2;
            *coefficient = fixed::rounded_down(|p| {
                let context = Interval::context(p);
                context.rational(&c) / (context.integer(2) * context.pi())
            })?;
        }
        Some(Self { linear, coefficients })
    }

    /// An enclosure of L(ℓ) for 1 ≤ ℓ ≤ [`LossTable::LARGEST`]; `None` outside.
    #[must_use]
    #[inline]
    pub fn loss(&self, ell: u64) -> Option<LossEnclosure> {
        if ell == 1 {
            return Some(LossEnclosure {
                whole: 0,
                fraction: 0,
                width: 0,
            });
        }
        if ell == 0 || ell > Self::LARGEST {
            return None;
        }
        let x = (1_u128 << 127) / u128::from(ell);
        let y = fixed::product(x, x);
        // 2ℓ ≥ 2^e, 2 ≤ e ≤ 60: the smallest J with e(2J + 1) ≥ 122.
        let exponent = ell.ilog2() + 1;
        let terms = usize::try_from((122_u32.div_ceil(exponent)) / 2)
            .unwrap_or(TERMS)
            .clamp(1, TERMS);
        let mut sum = 0;
        for &coefficient in self.coefficients[..terms].iter().rev() {
            // Below 1/16 throughout, so this cannot overflow.
            sum = coefficient + fixed::product(y, sum);
        }
        let t = fixed::product(x, sum) + SLACK;
        let (mut whole, fraction) = fixed::multiple(ell, self.linear);
        let fraction = match fraction.checked_sub(t) {
            Some(fraction) => fraction,
            None => {
                // ℓ c₀ ≥ 2 c₀ > t + 3 ulps, so there is a whole part to borrow from.
                whole = whole.checked_sub(1)?;
                u128::MAX - t + 1 + fraction
            }
        };
        let width = ell + 3;
        Some(LossEnclosure {
            whole,
            fraction,
            width,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::Erf;
    use crate::arithmetic::{Order, Precision};
    use crate::configuration::copy_average::bucket_loss;

    fn check(table: &LossTable, ell: u64) {
        let context = Interval::context(Precision::saturating(320));
        let exact = bucket_loss(&context, &Erf::standard(), ell);
        let enclosure = table.loss(ell).unwrap();
        assert!(enclosure.lower() <= exact.lower().unwrap(), "{ell}");
        assert!(exact.upper().unwrap() <= enclosure.upper(), "{ell}");
        if ell > 1 {
            // At least 35 digits: width below 10⁻³⁵ of the value.
            let width = enclosure.upper() - enclosure.lower();
            let scale = Rational::from_integer(BigInt::from(10).pow(35));
            assert!(width * scale < enclosure.lower(), "{ell}");
        }
        assert_eq!(enclosure.interval(&context).compare(&exact), Order::Unknown);
    }

    #[test]
    fn the_multiprecision_value_lies_inside() {
        let table = LossTable::new().unwrap();
        for ell in 1..=2000 {
            check(&table, ell);
        }
        let mut ell = 2000_u64;
        while ell < LossTable::LARGEST / 3 {
            ell = ell * 29 / 11 + 7;
            check(&table, ell);
        }
        for bits in 2..60 {
            check(&table, (1 << bits) - 1);
            check(&table, 1 << bits);
        }
        check(&table, LossTable::LARGEST);
        assert!(table.loss(0).is_none() && table.loss(LossTable::LARGEST + 1).is_none());
    }

    #[test]
    fn the_terms_suffice_for_the_remainder() {
        for exponent in 2_u32..=60 {
            let terms = (122_u32.div_ceil(exponent) / 2).clamp(1, 31);
            assert!(exponent * (2 * terms + 1) >= 122, "{exponent}");
        }
    }
}
