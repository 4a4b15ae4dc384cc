//! A reader of ITL, the language of the ITF1788 test vectors.
//!
//! ```text
//! testcase name {
//!     add [1.0, 0X1.8P+0]_com [entire] = [-infinity, +infinity]_dac;
//! }
//! ```
//!
//! Decorations are dropped: a decorated vector tests the bare intervals too.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Num, Zero};
use std::fs;
use std::path::Path;

/// An argument or an expected value.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    Set(Set),
    Number(BigRational),
    Truth(bool),
    /// ±∞, NaN, or more than one value.
    NoNumber,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Set {
    /// The set between two bounds; `None` where it is unbounded.
    Between(Option<BigRational>, Option<BigRational>),
    Empty,
    NotAnInterval,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Vector {
    pub operation: String,
    pub arguments: Vec<Term>,
    pub expected: Term,
}

/// All vectors of the `.itl` files of a folder, in the order of their names.
pub fn read_folder(folder: &Path) -> Vec<Vector> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "itl"))
        .collect();
    files.sort();
    let read = |path| read(&fs::read_to_string(path).unwrap());
    files.iter().flat_map(read).collect()
}

/// All vectors of a text.
pub fn read(text: &str) -> Vec<Vector> {
    let text = without_comments(text);
    let mut vectors = Vec::new();
    for block in text.split('}') {
        let Some((_, statements)) = block.split_once('{') else {
            assert!(block.trim().is_empty(), "outside of a test case: {block}");
            continue;
        };
        for statement in statements.split(';').map(str::trim).filter(|s| !s.is_empty()) {
            vectors.push(vector(statement).unwrap_or_else(|| panic!("cannot read: {statement}")));
        }
    }
    vectors
}

fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        kept.push_str(&rest[..start]);
        let end = rest[start..].find("*/").expect("an open comment") + start + 2;
        rest = &rest[end..];
    }
    kept.push_str(rest);
    let lines = kept.lines().map(|line| line.split("//").next().unwrap_or(""));
    lines.collect::<Vec<_>>().join("\n")
}

fn vector(statement: &str) -> Option<Vector> {
    let (left, right) = statement.split_once('=')?;
    let mut left = terms(left).into_iter();
    let operation = left.next()?;
    let arguments = left.map(|word| term(&word)).collect::<Option<_>>()?;
    let expected = match terms(right).as_slice() {
        [word] => term(word)?,
        _ => Term::NoNumber,
    };
    Some(Vector {
        operation,
        arguments,
        expected,
    })
}

/// Splits at white space outside of brackets.
fn terms(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut inside = false;
    for c in text.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            _ => {}
        }
        if c.is_whitespace() {
            if !inside {
                words.push(String::new());
            }
        } else {
            words.last_mut().unwrap().push(c);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn term(word: &str) -> Option<Term> {
    if let Some(inner) = word.strip_prefix('[') {
        let (inner, _decoration) = inner.split_once(']')?;
        return Some(Term::Set(match inner {
            "empty" => Set::Empty,
            "nai" => Set::NotAnInterval,
            "entire" => Set::Between(None, None),
            _ => {
                let (l, u) = inner.split_once(',').unwrap_or((inner, inner));
                Set::Between(bound(l)?, bound(u)?)
            }
        }));
    }
    match word {
        "true" => Some(Term::Truth(true)),
        "false" => Some(Term::Truth(false)),
        "NaN" => Some(Term::NoNumber),
        _ => Some(bound(word)?.map_or(Term::NoNumber, Term::Number)),
    }
}

/// A number, or `None` within for an infinite one.
fn bound(word: &str) -> Option<Option<BigRational>> {
    match word.trim_start_matches(['+', '-']) {
        "infinity" => Some(None),
        _ => number(word).map(Some),
    }
}

/// A hexadecimal number exactly, a decimal one as its nearest double.
fn number(word: &str) -> Option<BigRational> {
    let negative = word.starts_with('-');
    let magnitude = word.trim_start_matches(['+', '-']).to_ascii_lowercase();
    let magnitude = match magnitude.strip_prefix("0x") {
        Some(digits) => hexadecimal(digits)?,
        None => BigRational::from_float(magnitude.parse::<f64>().ok()?)?,
    };
    Some(if negative { -magnitude } else { magnitude })
}

fn hexadecimal(text: &str) -> Option<BigRational> {
    let (digits, exponent) = text.split_once('p').unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let integer = BigInt::from_str_radix(&format!("{whole}{fraction}"), 16).ok()?;
    let exponent: i64 = exponent.trim_start_matches('+').parse().ok()?;
    let exponent = exponent - 4 * i64::try_from(fraction.len()).ok()?;
    if integer.is_zero() {
        return Some(BigRational::zero());
    }
    let power = BigInt::from(1) << exponent.unsigned_abs();
    Some(if exponent < 0 {
        BigRational::new(integer, power)
    } else {
        BigRational::from_integer(integer * power)
    })
}

#[test]
fn reads_the_forms_of_the_language() {
    let text = "/* a } comment */ testcase t { // another\n add [1.0,0X1.8P-1]_com\n [entire] = [-infinity,+2.5]_dac; less [empty] [nai] = false; mid [0x3p1, 7] = -0.5; }";
    let vectors = read(text);
    let q = |n: i64, d: i64| BigRational::new(n.into(), d.into());
    assert_eq!(
        vectors[0],
        Vector {
            operation: "add".into(),
            arguments: vec![
                Term::Set(Set::Between(Some(q(1, 1)), Some(q(3, 4)))),
                Term::Set(Set::Between(None, None)),
            ],
            expected: Term::Set(Set::Between(None, Some(q(5, 2)))),
        }
    );
    assert_eq!(
        vectors[1].arguments,
        [Term::Set(Set::Empty), Term::Set(Set::NotAnInterval)]
    );
    assert_eq!(vectors[1].expected, Term::Truth(false));
    assert_eq!(
        vectors[2].arguments,
        [Term::Set(Set::Between(Some(q(6, 1)), Some(q(7, 1))))]
    );
    assert_eq!(vectors[2].expected, Term::Number(q(-1, 2)));
}
