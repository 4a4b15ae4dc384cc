//! Decimal digits of rationals: scaling by powers of ten, and layout as text.

use super::Rational;
use super::interval::to_gmp;
use rug::Integer;
use rug::ops::DivRounding;

/// Exponents E for which n·10^E is written without an exponent.
const PLAIN: std::ops::RangeInclusive<i64> = -7..=20;

/// Finite decimal expansions with more places than this, or larger integers,
/// are not written out.
const LONGEST_EXPANSION: u32 = 100_000;

/// A rational n/(d·2^s) ≥ 0, with n and d ≥ 1 odd or zero, in GMP's form.
pub(super) struct Magnitude {
    numerator: Integer,
    /// d.
    odd: Integer,
    /// s; negative when the numerator had the factors of two.
    shift: i64,
}

impl Magnitude {
    /// |q|.
    pub(super) fn of(q: &Rational) -> Self {
        let mut numerator = to_gmp(q.numer()).abs();
        let mut odd = to_gmp(q.denom());
        let up = numerator.find_one(0).unwrap_or(0);
        let down = odd.find_one(0).unwrap_or(0);
        numerator >>= up;
        odd >>= down;
        Self {
            numerator,
            odd,
            shift: i64::from(down) - i64::from(up),
        }
    }

    /// ⌊x·10^k⌋, and whether that is x·10^k itself.
    pub(super) fn scaled(&self, k: i64) -> (Integer, bool) {
        let five = Integer::from(Integer::u_pow_u(5, size(k)));
        // x·10^k = n·5^k / (d·2^(s − k)).
        let shift = self.shift - k;
        let (mut floor, mut exact) = (self.numerator.clone(), true);
        if k >= 0 {
            floor *= &five;
        }
        if shift < 0 {
            floor <<= size(shift);
        } else {
            exact = floor.find_one(0).is_none_or(|zeros| zeros >= size(shift));
            floor >>= size(shift);
        }
        // ⌊⌊a/b⌋/c⌋ = ⌊a/(bc)⌋.
        let divisor = if k < 0 {
            Integer::from(&self.odd * &five)
        } else {
            self.odd.clone()
        };
        if divisor != 1 {
            let (quotient, remainder) = floor.div_rem_floor(divisor);
            exact &= remainder == 0;
            floor = quotient;
        }
        (floor, exact)
    }

    /// E and ⌊x·10^(places − E)⌋, where 10^E ≤ x < 10^(E+1); for x > 0.
    pub(super) fn leading(&self, places: u32) -> (i64, Integer) {
        // 2^bits ≤ x < 2^(bits + 2).
        let divisor_bits = if self.odd == 1 {
            0
        } else {
            self.odd.significant_bits()
        };
        let bits = i64::from(self.numerator.significant_bits()) - 1 - i64::from(divisor_bits) - self.shift;
        let mut exponent = times_log10_of_2(bits);
        let (mut digits, _) = self.scaled(i64::from(places) - exponent);
        let limit = Integer::from(Integer::u_pow_u(10, places + 1));
        while digits >= limit {
            digits = digits.div_floor(10);
            exponent += 1;
        }
        (exponent, digits)
    }

    /// n and k ≥ 0 with x = n·10^−k, if there are such, and reasonably small.
    fn expansion(&self) -> Option<(Integer, u32)> {
        let mut odd = self.odd.clone();
        let fives = odd.remove_factor_mut(&Integer::from(5));
        let twos = u32::try_from(self.shift.max(0)).ok()?;
        let places = fives.max(twos);
        let whole_bits = i64::from(self.numerator.significant_bits()) - self.shift;
        if odd != 1 || places > LONGEST_EXPANSION || whole_bits > i64::from(LONGEST_EXPANSION) {
            return None;
        }
        Some((self.scaled(i64::from(places)).0, places))
    }
}

/// ⌊bits·log₁₀ 2⌋, or one less.
fn times_log10_of_2(bits: i64) -> i64 {
    // log₁₀ 2 = 0.30102 99956 63981 19521 37388 …; the product with 20 of its
    // digits is too small by less than 10⁻⁸ for the sizes in question.
    const LOG10_OF_2: i128 = 30_102_999_566_398_119_521;
    const UNIT: i128 = 100_000_000_000_000_000_000;
    let product = (i128::from(bits) * LOG10_OF_2 - i128::from(bits < 0)).div_euclid(UNIT);
    i64::try_from(product).unwrap_or(0)
}

/// |k| as an exponent; the sizes in question are far below 2³².
fn size(k: i64) -> u32 {
    u32::try_from(k.unsigned_abs()).unwrap_or(u32::MAX)
}

/// Whether a number n·10^unit with leading digit at 10^exponent is written
/// without an exponent.
pub(super) fn is_plain(exponent: i64) -> bool {
    PLAIN.contains(&exponent)
}

/// The number n·10^unit, n ≥ 0, as text with all digits of n: plain
/// (`0.00123`, `1200`) or scientific (`1.23e-12`).
pub(super) fn layout(n: &Integer, unit: i64, plain: bool) -> String {
    let digits = n.to_string();
    let length = digits.len();
    if !plain {
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        let exponent = unit + i64::try_from(rest.len()).unwrap_or(0);
        return format!("{first}{point}{rest}e{exponent}");
    }
    // Plain numbers have moderate exponents, so these lengths are moderate.
    let places = usize::try_from(unit.unsigned_abs()).unwrap_or(0);
    if unit >= 0 {
        digits + &"0".repeat(if *n == 0 { 0 } else { places })
    } else if length > places {
        let (whole, fraction) = digits.split_at(length - places);
        format!("{whole}.{fraction}")
    } else {
        format!("0.{}{digits}", "0".repeat(places - length))
    }
}

/// The shortest exact decimal text of `q`, if it has a finite expansion.
pub(super) fn exactly(q: &Rational) -> Option<String> {
    let (mut n, places) = Magnitude::of(q).expansion()?;
    let mut unit = -i64::from(places);
    if n == 0 {
        return Some("0".to_string());
    }
    let exponent = unit + i64::try_from(n.to_string().len()).ok()? - 1;
    let plain = is_plain(exponent);
    if !plain && unit == 0 {
        unit += i64::from(n.remove_factor_mut(&Integer::from(10)));
    }
    let sign = if q.numer().sign() == num_bigint::Sign::Minus {
        "-"
    } else {
        ""
    };
    Some(format!("{sign}{}", layout(&n, unit, plain)))
}
