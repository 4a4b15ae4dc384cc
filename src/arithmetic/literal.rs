//! Exact reading of numbers: `0.756` is 189/250.

use super::Rational;
use super::interval::from_gmp;
use rug::Integer;

/// The longest number read, in characters.
const MAX_LENGTH: usize = 100_000;
/// The largest exponent of ten, either sign.
const MAX_EXPONENT: i64 = 100_000;

/// Why a text is not an exact number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LiteralError {
    /// Another form.
    #[error("{0:?} is not a number; write an integer, a decimal such as -1.5e-3, or a fraction such as 3/7")]
    Form(String),
    /// Too long, or too large an exponent.
    #[error("a number has at most {MAX_LENGTH} characters and an exponent of at most {MAX_EXPONENT}")]
    TooLarge,
    /// A zero denominator.
    #[error("{0:?} has the denominator zero")]
    ZeroDenominator(String),
}

/// Reads an integer, a decimal (`0.756`, `-1.5e-3`) or a fraction of two of
/// them (`3/7`), exactly.
///
/// # Errors
/// If the text has another form, a zero denominator, or is absurdly large.
pub fn parse(text: &str) -> Result<Rational, LiteralError> {
    let trimmed = text.trim();
    if trimmed.len() > MAX_LENGTH {
        return Err(LiteralError::TooLarge);
    }
    let value = match trimmed.split_once('/') {
        None => decimal(trimmed)?,
        Some((numerator, denominator)) => {
            let denominator = decimal(denominator.trim())?;
            if denominator == 0 {
                return Err(LiteralError::ZeroDenominator(excerpt(trimmed)));
            }
            decimal(numerator.trim())? / denominator
        }
    };
    // GMP has reduced it already (much faster than num would).
    Ok(Rational::new_raw(
        from_gmp(value.numer()),
        from_gmp(value.denom()),
    ))
}

fn decimal(text: &str) -> Result<rug::Rational, LiteralError> {
    let form = || LiteralError::Form(excerpt(text));
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        None => (text, 0),
        Some((mantissa, exponent)) => {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(form());
            }
            (mantissa, exponent.parse().map_err(|_| LiteralError::TooLarge)?)
        }
    };
    if !(-MAX_EXPONENT..=MAX_EXPONENT).contains(&exponent) {
        return Err(LiteralError::TooLarge);
    }
    let (negative, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = [whole, fraction].concat();
    if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) {
        return Err(form());
    }
    let magnitude: Integer = all.parse().map_err(|_| form())?;
    let value = if negative { -magnitude } else { magnitude };
    let places = i64::try_from(fraction.len()).map_err(|_| LiteralError::TooLarge)?;
    let exponent = exponent - places;
    let size = u32::try_from(exponent.unsigned_abs()).map_err(|_| LiteralError::TooLarge)?;
    let power = Integer::from(Integer::u_pow_u(10, size));
    Ok(if exponent >= 0 {
        rug::Rational::from(value * power)
    } else {
        rug::Rational::from((value, power))
    })
}

/// Enough of a text to recognise it in a message.
fn excerpt(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::{integer, ratio};

    #[test]
    fn decimals_are_exact() {
        for (text, value) in [
            ("0.756", ratio(189, 250)),
            ("-1.5e-3", ratio(-3, 2000)),
            ("3/7", ratio(3, 7)),
            ("12", integer(12)),
            ("1e3", integer(1000)),
            (".5", ratio(1, 2)),
            ("0.5/0.25", integer(2)),
            ("+0", integer(0)),
        ] {
            assert_eq!(parse(text).unwrap(), value, "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            ".",
            "-",
            "1e",
            "e5",
            "1/0",
            "0x10",
            "1..2",
            "--1",
            "nan",
            "1e1000000",
            "1/2/3",
            "1 2",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
