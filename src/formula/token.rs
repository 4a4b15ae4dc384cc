//! The words of the expression language.

use super::parse::{ParseError, Problem};
use crate::arithmetic::Rational;
use num_bigint::BigInt;
use num_traits::Pow;

/// The longest text read, in bytes.
pub(super) const MAX_TEXT: usize = 64 * 1024;
/// The longest numeral, in characters, and the largest decimal exponent.
const MAX_LITERAL: usize = 10_000;

/// A word of the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// A decimal numeral; the flag says whether it is a plain run of digits.
    Number(Rational, bool),
    /// A name: of a variable, a definition or a function.
    Name(String),
    /// `+ - * / ^ ( ) ,` and the relations `> >= < <= =`.
    Symbol(&'static str),
}

impl std::fmt::Display for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Word::Number(..) => write!(f, "a number"),
            Word::Name(name) => write!(f, "{name:?}"),
            Word::Symbol(symbol) => write!(f, "{symbol:?}"),
        }
    }
}

/// A word and the place of its first character, counted from 1.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) position: usize,
}

/// Longer symbols before their prefixes.
const SYMBOLS: [&str; 13] = [">=", "<=", ">", "<", "=", "+", "-", "*", "/", "^", "(", ")", ","];

/// Cuts `text` into words.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ParseError> {
    if text.len() > MAX_TEXT {
        return Err(ParseError {
            position: 1,
            problem: Problem::TextTooLong { limit: MAX_TEXT },
        });
    }
    let chars: Vec<char> = text.chars().collect();
    let mut words = Vec::new();
    let mut start = 0;
    while let Some(&first) = chars.get(start) {
        let position = start + 1;
        let end_of = |keep: fn(&char) -> bool| start + chars[start..].iter().take_while(|&c| keep(c)).count();
        if first.is_whitespace() {
            start += 1;
        } else if first.is_ascii_digit() {
            let (number, plain, end) = numeral(&chars, start)?;
            words.push(Token {
                word: Word::Number(number, plain),
                position,
            });
            start = end;
        } else if first.is_ascii_alphabetic() || first == '_' {
            let end = end_of(|c| c.is_ascii_alphanumeric() || *c == '_');
            let name = chars[start..end].iter().collect();
            words.push(Token {
                word: Word::Name(name),
                position,
            });
            start = end;
        } else {
            let symbol = SYMBOLS
                .into_iter()
                .find(|s| s.chars().eq(chars[start..].iter().copied().take(s.len())));
            let Some(symbol) = symbol else {
                return Err(ParseError {
                    position,
                    problem: Problem::Character(first),
                });
            };
            words.push(Token {
                word: Word::Symbol(symbol),
                position,
            });
            start += symbol.len();
        }
    }
    Ok(words)
}

/// Reads `digits [. digits] [e [sign] digits]` exactly: its value, whether it
/// is digits only, and the index behind it.
fn numeral(chars: &[char], start: usize) -> Result<(Rational, bool, usize), ParseError> {
    let position = start + 1;
    let fail = |problem| Err(ParseError { position, problem });
    let digits = |from: usize| {
        let rest = chars.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|c| c.is_ascii_digit()).count()
    };
    let mut end = digits(start);
    let mut mantissa: String = chars[start..end].iter().collect();
    let (mut places, mut plain) = (0, true);
    if chars.get(end) == Some(&'.') {
        let stop = digits(end + 1);
        if stop == end + 1 {
            return fail(Problem::Numeral);
        }
        places = stop - end - 1;
        mantissa.extend(&chars[end + 1..stop]);
        (end, plain) = (stop, false);
    }
    let mut exponent = 0_i64;
    if matches!(chars.get(end), Some('e' | 'E')) {
        let signed = matches!(chars.get(end + 1), Some('+' | '-'));
        let from = end + 1 + usize::from(signed);
        let stop = digits(from);
        let written: String = chars[from..stop].iter().collect();
        let Ok(size) = written.parse::<i64>() else {
            return fail(if written.is_empty() {
                Problem::Numeral
            } else {
                Problem::NumeralTooLong
            });
        };
        exponent = if chars.get(end + 1) == Some(&'-') {
            -size
        } else {
            size
        };
        (end, plain) = (stop, false);
    }
    if matches!(chars.get(end), Some(c) if c.is_ascii_alphanumeric() || matches!(c, '_' | '.')) {
        return fail(Problem::Numeral);
    }
    if end - start > MAX_LITERAL || exponent.unsigned_abs() > 10_000 {
        return fail(Problem::NumeralTooLong);
    }
    let (Ok(mantissa), Ok(places)) = (mantissa.parse::<BigInt>(), i64::try_from(places)) else {
        return fail(Problem::Numeral);
    };
    let shift = exponent - places;
    let power = BigInt::from(10).pow(shift.unsigned_abs());
    let value = if shift < 0 {
        Rational::new(mantissa, power)
    } else {
        Rational::from_integer(mantissa * power)
    };
    Ok((value, plain, end))
}
