//! Printing a real as two decimals with the real between them.
//!
//! The decimals are *canonical*: with 10^E ≤ |x| < 10^(E+1), asking for D
//! digits prints x rounded down and rounded up to a multiple of 10^(E−D), one
//! guard digit more than asked. They depend on x only, not on the precision
//! that happened to be enough, nor on the way x was computed.

use super::decimal::{Magnitude, exactly, is_plain, layout};
use super::rational::equal;
use super::{Enclosure, Precision, Rational};
use num_traits::{Signed, Zero};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

/// Bits by which the first precision exceeds the digits asked for.
const GUARD: u32 = 64;

/// Two decimals that enclose a real: `lower ≤ x ≤ upper`.
///
/// Both are readable by any parser of decimals (`-0.0125`, `1.5e-30`); an
/// unbounded side is `-Infinity` or `Infinity`. Its display is for people: the
/// digits that are certain, followed by `…` unless they are all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecimalEnclosure {
    /// A decimal that is at most the real.
    pub lower: String,
    /// A decimal that is at least the real.
    pub upper: String,
    /// Whether upper − lower ≤ 10^(E−D+1), for the D digits asked for (if
    /// any), where 10^E ≤ min(|lower|, |upper|).
    pub digits_met: bool,
    /// What is shown to people.
    text: String,
}

/// `{"lower": …, "upper": …}`, and `"digits_met": false` only if so.
impl Serialize for DecimalEnclosure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("lower", &self.lower)?;
        map.serialize_entry("upper", &self.upper)?;
        if !self.digits_met {
            map.serialize_entry("digits_met", &false)?;
        }
        map.end()
    }
}

impl fmt::Display for DecimalEnclosure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// What one enclosure says about the digits asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// The canonical decimals.
    Canonical(DecimalEnclosure),
    /// Decimals that meet the digits, but two units apart, because a decimal
    /// lies inside the enclosure: more precision would show on which side
    /// the real is, unless it is that decimal.
    Straddling(DecimalEnclosure),
    /// The enclosure is too wide, contains zero, or is undefined.
    TooWide,
}

/// The precision with which [`enclose`] starts for `digits` digits.
#[must_use]
pub fn start(digits: u32) -> Precision {
    let bits = Precision::for_digits(digits.saturating_add(1), GUARD).bits();
    Precision::saturating(bits.next_multiple_of(64))
}

/// The precision at which [`enclose`] gives up unless told otherwise: enough
/// for anything but a catastrophic cancellation or a hidden zero.
#[must_use]
pub fn limit(digits: u32) -> Precision {
    Precision::saturating(start(digits).bits().saturating_mul(16))
}

/// Prints the real that `value` encloses at any precision to `digits` ≥ 1
/// significant digits.
///
/// Precision starts at [`start`] and is doubled up to `limit` until the
/// canonical decimals are determined. When they are not, because a decimal
/// stays inside the enclosure after one more doubling, they are two units
/// apart. When the enclosure never gets narrow enough, the last one is printed
/// as by [`outward`], with `digits_met` false.
pub fn enclose<T: Enclosure>(
    digits: u32,
    limit: Precision,
    mut value: impl FnMut(Precision) -> T,
) -> DecimalEnclosure {
    let mut straddling = None;
    let mut last = None;
    for precision in start(digits).ladder(limit) {
        let x = value(precision);
        match attempt(&x, digits) {
            Attempt::Canonical(printed) => return printed,
            Attempt::Straddling(printed) if straddling.is_some() => return printed,
            Attempt::Straddling(printed) => straddling = Some(printed),
            Attempt::TooWide => last = Some(x),
        }
    }
    match (straddling, last) {
        (Some(printed), _) => printed,
        (None, Some(x)) => DecimalEnclosure {
            digits_met: false,
            ..outward(&x)
        },
        (None, None) => unbounded(None, None),
    }
}

/// The decimals that one enclosure determines, for `digits` ≥ 1 digits.
#[must_use]
pub fn attempt<T: Enclosure>(x: &T, digits: u32) -> Attempt {
    let (Some(lower), Some(upper)) = (x.lower(), x.upper()) else {
        return Attempt::TooWide;
    };
    between(&lower, &upper, digits)
}

/// Prints a rational known exactly: completely if its decimal expansion is
/// finite, else its canonical decimals for `digits` ≥ 1 digits.
#[must_use]
pub fn exact(q: &Rational, digits: u32) -> DecimalEnclosure {
    match between(q, q, digits) {
        Attempt::Canonical(printed) | Attempt::Straddling(printed) => printed,
        // A point is never too wide.
        Attempt::TooWide => unbounded(None, None),
    }
}

/// Prints what an enclosure gives, rounded outward by less than a fifth of
/// its width (exactly, if it is a point with a finite decimal expansion).
#[must_use]
pub fn outward<T: Enclosure>(x: &T) -> DecimalEnclosure {
    let (lower, upper) = match (x.lower(), x.upper()) {
        (Some(lower), Some(upper)) => (lower, upper),
        (lower, upper) => return unbounded(lower.as_ref(), upper.as_ref()),
    };
    if equal(&lower, &upper) {
        return exact(&lower, POINT_DIGITS);
    }
    // A unit between a tenth and a hundredth of the width, the same for both.
    let unit = Magnitude::of(&(&upper - &lower)).leading(0).0 - 1;
    let exponent = [&lower, &upper]
        .into_iter()
        .filter(|q| !q.is_zero())
        .map(|q| Magnitude::of(q).leading(0).0)
        .max();
    let plain = is_plain(exponent.unwrap_or(0));
    let lower = rounded(&lower, unit, plain, false);
    let upper = rounded(&upper, unit, plain, true);
    DecimalEnclosure {
        text: certain(&lower, &upper),
        lower,
        upper,
        digits_met: true,
    }
}

/// Digits for a point whose decimal expansion is infinite or too long.
const POINT_DIGITS: u32 = 30;

/// `q` rounded to a multiple of 10^unit.
fn rounded(q: &Rational, unit: i64, plain: bool, up: bool) -> String {
    let (floor, is_exact) = Magnitude::of(q).scaled(-unit);
    // Away from zero is up for positive numbers and down for negative ones.
    let away = q.is_negative() != up;
    let n = if is_exact || !away { floor } else { floor + 1 };
    let sign = if q.is_negative() && n != 0 { "-" } else { "" };
    let plain = plain || n == 0;
    format!("{sign}{}", layout(&n, if n == 0 { 0 } else { unit }, plain))
}

/// With at least one side unbounded.
fn unbounded(lower: Option<&Rational>, upper: Option<&Rational>) -> DecimalEnclosure {
    let side = |q: Option<&Rational>, up: bool| {
        let q = q?;
        if let Some(text) = exactly(q).filter(|text| text.len() < 40) {
            return Some(text);
        }
        let exponent = Magnitude::of(q).leading(0).0;
        Some(rounded(
            q,
            exponent - i64::from(POINT_DIGITS),
            is_plain(exponent),
            up,
        ))
    };
    let lower = side(lower, false).unwrap_or_else(|| "-Infinity".to_string());
    let upper = side(upper, true).unwrap_or_else(|| "Infinity".to_string());
    DecimalEnclosure {
        text: format!("[{lower}, {upper}]"),
        lower,
        upper,
        digits_met: true,
    }
}

/// The decimals for a real between two bounds.
///
/// For 0 < m ≤ |x| ≤ M, with 10^E ≤ m < 10^(E+1) and the unit u = 10^(E−D):
/// inner = ⌊m/u⌋ u is at least 10^E, because that is a multiple of u (D ≥ 0);
/// so the rule upper − lower ≤ 10^(E−D+1) = 10 u holds when outer = ⌈M/u⌉ u
/// is one or two units away. If it is one, m and M, so x, lie in one cell of
/// the grid, whose ends are x rounded down and up.
fn between(lower: &Rational, upper: &Rational, digits: u32) -> Attempt {
    if equal(lower, upper)
        && let Some(text) = exactly(lower)
    {
        return Attempt::Canonical(DecimalEnclosure {
            lower: text.clone(),
            upper: text.clone(),
            digits_met: true,
            text,
        });
    }
    let negative = upper.is_negative();
    let (small, large) = if negative { (upper, lower) } else { (lower, upper) };
    if !(negative || lower.is_positive()) {
        return Attempt::TooWide;
    }
    let (exponent, inner) = Magnitude::of(small).leading(digits);
    let unit = exponent - i64::from(digits);
    let (mut outer, on_grid) = Magnitude::of(large).scaled(-unit);
    if !on_grid {
        outer += 1;
    }
    let distance = rug::Integer::from(&outer - &inner);
    if distance > 2 {
        return Attempt::TooWide;
    }
    let plain = is_plain(exponent);
    let sign = if negative { "-" } else { "" };
    let near = format!("{sign}{}", layout(&inner, unit, plain));
    let far = format!("{sign}{}", layout(&outer, unit, plain));
    // Shown to people: no zeros in the place of digits left out.
    let shown = |n| format!("{sign}{}", layout(n, unit, plain && unit < 0));
    let text = if distance == 1 && !on_grid {
        truncated(&shown(&inner))
    } else {
        certain(&shown(&inner), &shown(&outer))
    };
    let (lower, upper) = if negative { (far, near) } else { (near, far) };
    let printed = DecimalEnclosure {
        lower,
        upper,
        digits_met: true,
        text,
    };
    if distance > 1 {
        Attempt::Straddling(printed)
    } else {
        Attempt::Canonical(printed)
    }
}

/// A decimal rounded towards zero, without its last digit (the guard digit)
/// unless that is its only one after the point.
fn truncated(decimal: &str) -> String {
    let (mantissa, exponent) = split(decimal);
    let shorter = &mantissa[..mantissa.len() - 1];
    let kept = if shorter.ends_with('.') { mantissa } else { shorter };
    format!("{kept}…{exponent}")
}

/// The digits that two decimals of one layout have in common, if any.
fn certain(x: &str, y: &str) -> String {
    let ((a, e), (b, f)) = (split(x), split(y));
    let common = a.bytes().zip(b.bytes()).take_while(|(s, t)| s == t).count();
    let prefix = &a[..common];
    let digits = prefix.trim_start_matches(['-', '0', '.']);
    if e == f && a.len() == b.len() && prefix.contains('.') && !digits.is_empty() {
        format!("{prefix}…{e}")
    } else {
        format!("[{x}, {y}]")
    }
}

/// Mantissa and exponent part of a decimal.
fn split(decimal: &str) -> (&str, &str) {
    decimal.split_at(decimal.find('e').unwrap_or(decimal.len()))
}
