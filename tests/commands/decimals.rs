//! Decimal strings as exact rationals, read by code of the tests' own.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde_json::Value;

/// 10^exponent.
pub fn power(exponent: i64) -> BigRational {
    let ten = BigRational::from_integer(BigInt::from(10));
    num_traits::pow::Pow::pow(ten, BigInt::from(exponent))
}

/// Reads `-12.5e-7`.
pub fn read(text: &str) -> BigRational {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: BigInt = format!("{whole}{fraction}").parse().unwrap();
    let places = i64::try_from(fraction.len()).unwrap();
    BigRational::from_integer(digits) * power(exponent.parse::<i64>().unwrap() - places)
}

/// The E with 10^E ≤ x < 10^(E+1), for x > 0.
fn exponent(x: &BigRational) -> i64 {
    let mut e = 0;
    while power(e) > *x {
        e -= 1;
    }
    while power(e + 1) <= *x {
        e += 1;
    }
    e
}

/// Two decimals with a real between them.
#[derive(Debug)]
pub struct Enclosure {
    pub lower: BigRational,
    pub upper: BigRational,
}

impl Enclosure {
    /// Reads `{"lower": …, "upper": …}`.
    pub fn of(value: &Value) -> Self {
        let side = |name: &str| {
            read(
                value[name]
                    .as_str()
                    .unwrap_or_else(|| panic!("{name} of {value}")),
            )
        };
        let (lower, upper) = (side("lower"), side("upper"));
        assert!(lower <= upper, "{value}");
        Enclosure { lower, upper }
    }

    /// upper − lower ≤ 10^(E−D+1), where 10^E ≤ min(|lower|, |upper|).
    pub fn has_digits(&self, digits: i64) -> bool {
        let width = &self.upper - &self.lower;
        let least = self.lower.abs().min(self.upper.abs());
        let same_sign = self.lower.is_positive() == self.upper.is_positive();
        width.is_zero() || (same_sign && !least.is_zero() && width <= power(exponent(&least) - digits + 1))
    }

    pub fn is_exactly(&self, value: i64) -> bool {
        let value = BigRational::from_integer(value.into());
        self.lower == value && self.upper == value
    }

    /// Whether the real whose decimal expansion, cut off, is `reference` may be
    /// the one enclosed.
    pub fn agrees_with(&self, reference: &str) -> bool {
        let places = reference
            .split_once('e')
            .map_or(reference, |(mantissa, _)| mantissa);
        let digits = i64::try_from(places.bytes().filter(u8::is_ascii_digit).count()).unwrap();
        let value = read(reference);
        let unit = value.abs() * power(2 - digits);
        self.lower <= &value + &unit && &value - &unit <= self.upper
    }
}

#[test]
fn the_rule_on_digits_can_fail() {
    let between = |lower: &str, upper: &str| Enclosure {
        lower: read(lower),
        upper: read(upper),
    };
    assert!(between("0.12345", "0.12346").has_digits(5));
    assert!(!between("0.12345", "0.12348").has_digits(6));
    assert!(between("-1.5e-30", "-1.4e-30").has_digits(2));
    assert!(!between("-1e-5", "1e-5").has_digits(1));
    assert_eq!(read("-12.50e-1"), BigRational::new((-5).into(), 4.into()));
    assert!(power(0).is_one());
}
