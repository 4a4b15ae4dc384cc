//! The words of formulas.

use super::ParseError;
use crate::number::{Rational, read_decimal, read_natural};
use num_bigint::BigInt;

/// A word of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// A run of digits.
    Natural(BigInt),
    /// Any other number.
    Decimal(Rational),
    /// A name.
    Name(String),
    /// An operator, a parenthesis, a comma or a comparison.
    Symbol(&'static str),
}

/// Longer symbols before their prefixes.
const SYMBOLS: [&str; 13] = [">=", "<=", ">", "<", "=", "+", "-", "*", "/", "^", "(", ")", ","];

/// Cuts a text into words, each with its place (counted from 1).
pub(super) fn words(text: &str) -> Result<Vec<(Word, usize)>, ParseError> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        // `rest` is always an end of `text`.
        let place = text.len().saturating_sub(rest.len()).saturating_add(1);
        let error = |what: &str| ParseError {
            place,
            what: what.to_string(),
        };
        let length = |keep: fn(char) -> bool| rest.find(|c| !keep(c)).unwrap_or(rest.len());
        let symbol = SYMBOLS.into_iter().find(|symbol| rest.starts_with(symbol));
        let end = if first == ' ' {
            1
        } else if first.is_ascii_digit() {
            let end = numeral_length(rest);
            let numeral = rest.get(..end).unwrap_or_default();
            let word = read_natural(numeral)
                .map(Word::Natural)
                .or_else(|| read_decimal(numeral).map(Word::Decimal))
                .ok_or_else(|| error("this number is too long or badly formed"))?;
            words.push((word, place));
            end
        } else if first.is_ascii_alphabetic() {
            let end = length(|c| c.is_ascii_alphanumeric() || c == '_');
            words.push((Word::Name(rest.get(..end).unwrap_or_default().to_string()), place));
            end
        } else if let Some(symbol) = symbol {
            words.push((Word::Symbol(symbol), place));
            symbol.len()
        } else {
            return Err(error(&format!(
                "the character {first:?} is not part of the language"
            )));
        };
        rest = rest.get(end..).unwrap_or_default();
    }
    Ok(words)
}

/// The length of the numeral at the start: letters, digits and points, and a
/// sign after an `e`. Whether it is well formed is for `read_decimal` to say.
fn numeral_length(text: &str) -> usize {
    let mut after_e = false;
    for (place, c) in text.char_indices() {
        let part = c.is_ascii_alphanumeric() || c == '_' || c == '.' || (after_e && matches!(c, '+' | '-'));
        if !part {
            return place;
        }
        after_e = matches!(c, 'e' | 'E');
    }
    text.len()
}
