//! Exact reading of numbers, against integers assembled by `num-bigint`.

use copyavg::arithmetic::literal::{self, LiteralError};
use copyavg::arithmetic::rational::equal;
use copyavg::arithmetic::{Rational, digits};
use num_bigint::BigInt;
use proptest::prelude::*;

/// digits·10^exponent.
fn assembled(negative: bool, digits: &str, exponent: i32) -> Rational {
    let magnitude: BigInt = digits.parse().unwrap();
    let value = Rational::from_integer(if negative { -magnitude } else { magnitude });
    value * Rational::from_integer(10.into()).pow(exponent)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn decimals_are_exact(
        negative: bool,
        whole in "[0-9]{1,30}",
        fraction in "[0-9]{0,30}",
        exponent in -300_i32..300,
        upper: bool,
    ) {
        let sign = if negative { "-" } else { "" };
        let e = if upper { "E" } else { "e" };
        let text = format!("{sign}{whole}.{fraction}{e}{exponent:+}");
        let places = i32::try_from(fraction.len()).unwrap();
        let expected = assembled(negative, &format!("{whole}{fraction}"), exponent - places);
        prop_assert_eq!(literal::parse(&text).unwrap(), expected);
    }

    #[test]
    fn fractions_are_reduced(numerator in any::<i64>(), denominator in any::<i64>()) {
        let read = literal::parse(&format!("{numerator}/{denominator}"));
        if denominator == 0 {
            prop_assert!(matches!(read, Err(LiteralError::ZeroDenominator(_))));
        } else {
            let expected = Rational::new(numerator.into(), denominator.into());
            let read = read.unwrap();
            prop_assert!(equal(&read, &expected), "{read} {expected}");
        }
    }

    #[test]
    fn exact_printing_is_read_back(negative: bool, whole in "[1-9][0-9]{0,40}", exponent in -60_i32..60) {
        let value = assembled(negative, &whole, exponent);
        let printed = digits::exact(&value, 6);
        prop_assert_eq!(&printed.lower, &printed.upper);
        prop_assert_eq!(literal::parse(&printed.lower).unwrap(), value);
    }

    #[test]
    fn nothing_panics(text in "[-+0-9eE./ ∞x]{0,12}") {
        let _ = literal::parse(&text);
    }
}

#[test]
fn sizes_are_limited() {
    let longest = "7".repeat(100_000);
    assert_eq!(
        literal::parse(&longest).unwrap().numer().to_string().len(),
        100_000
    );
    assert_eq!(
        literal::parse(&format!("{longest}7")),
        Err(LiteralError::TooLarge)
    );
    assert!(literal::parse("1e-100000").is_ok() && literal::parse("1e100000").is_ok());
    for text in ["1e100001", "1e-100001", "1e99999999999999999999"] {
        assert_eq!(literal::parse(text), Err(LiteralError::TooLarge));
    }
    // Half of the digits on each side, which are nearly in lowest terms.
    let fraction = format!("{}/{}", &longest[..50_000], &longest[1..50_000]);
    assert!(literal::parse(&fraction).is_ok());
}

#[test]
fn complaints_are_short_sentences() {
    for (text, expected) in [
        (
            "abc",
            "\"abc\" is not a number; write an integer, a decimal such as -1.5e-3, or a fraction such as 3/7",
        ),
        ("5/0", "\"5/0\" has the denominator zero"),
        (
            "1e999999",
            "a number has at most 100000 characters and an exponent of at most 100000",
        ),
    ] {
        assert_eq!(literal::parse(text).unwrap_err().to_string(), expected);
    }
    let long = literal::parse(&"x".repeat(5000)).unwrap_err().to_string();
    assert!(long.len() < 200, "{long}");
}
