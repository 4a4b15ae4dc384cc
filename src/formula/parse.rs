//! Reading formulas from text.
//!
//! ```text
//! relation   = sum (">" | ">=" | "<" | "<=" | "=") sum
//! sum        = product { ("+" | "-") product }
//! product    = signed { ("*" | "/") signed }
//! signed     = "-" signed | power
//! power      = primary [ "^" exponent ]
//! exponent   = digits | "(" [ "-" ] digits ")"
//! primary    = numeral | "pi" | name | "(" sum ")" | function "(" sum ")"
//!            | "diff" "(" sum "," name [ "," digits ] ")"
//! function   = "sqrt" | "asin" | "acos" | "atan"
//! numeral    = digits [ "." digits ] [ "e" [ "+" | "-" ] digits ]
//! ```
//!
//! Numerals are exact: `0.756` is 189/250. `-x^2` is −(x²), and
//! `diff(u, x, n)` is the n-th derivative, taken when the text is read.

use super::Formula;
use super::definitions::Definitions;
use super::token::{Token, Word, tokens};
use num_traits::ToPrimitive;

/// The deepest nesting of parentheses, calls and signs.
const MAX_NESTING: usize = 200;
/// The longest chain of operations in a formula (an unparenthesised sum of n
/// terms is a chain of n).
pub(super) const MAX_DEPTH: usize = 2000;
/// The most distinct parts of a formula after derivatives are taken.
pub(super) const MAX_SIZE: usize = 200_000;
/// The largest exponent, and order of a derivative.
const MAX_EXPONENT: i32 = 10_000;
const MAX_ORDER: u32 = 50;

/// Words that cannot name a variable or a definition.
pub(super) const RESERVED: [&str; 6] = ["sqrt", "asin", "acos", "atan", "diff", "pi"];

/// Why a text is not a formula, and where (characters are counted from 1).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at position {position}: {problem}")]
pub struct ParseError {
    /// The place of the first character that does not fit.
    pub position: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong with the text of a formula.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Something else had to stand here.
    #[error("expected {expected} but found {found}")]
    Expected {
        /// What may stand here.
        expected: &'static str,
        /// What does.
        found: String,
    },
    /// A character that no word of the language contains.
    #[error("the character {0:?} is not part of the language")]
    Character(char),
    /// A badly formed number.
    #[error("this is not a number; write numbers like 12, 0.756 or 1e-5")]
    Numeral,
    /// A number with too many digits.
    #[error("a number has at most 10000 characters and a decimal exponent up to 10000")]
    NumeralTooLong,
    /// An exponent that is not a literal integer, or too large.
    #[error("an exponent is an integer literal up to 10000, such as ^2 or ^(-2); write sqrt for roots")]
    Exponent,
    /// `a^b^c`.
    #[error("a power of a power needs parentheses")]
    RepeatedPower,
    /// A call of something that is not a function.
    #[error("there is no function {0:?}; there are sqrt, asin, acos, atan and diff")]
    UnknownFunction(String),
    /// A derivative with respect to something that is not a variable.
    #[error("diff needs a variable as its second argument, and {0:?} is a definition")]
    NotAVariable(String),
    /// A derivative of an order that is not supported.
    #[error("the order of a derivative is an integer from 1 to 50")]
    Order,
    /// The text is too long.
    #[error("the text is longer than {limit} bytes")]
    TextTooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// Too many nested parentheses, calls or signs.
    #[error("parentheses and signs nest deeper than 200")]
    NestedTooDeep,
    /// Too long a chain of operations.
    #[error("a chain of more than 2000 operations; group long sums with parentheses")]
    ChainTooLong,
    /// Too large after expanding definitions and derivatives.
    #[error("definitions and derivatives expand to more than 200000 operations")]
    TooLarge,
}

impl Formula {
    /// Reads a formula in which every name is a variable.
    ///
    /// # Errors
    /// The first [`ParseError`].
    pub fn parse(text: &str) -> Result<Formula, ParseError> {
        Definitions::default().formula(text)
    }
}

/// A parser over the words of one text, with the definitions in force.
pub(super) struct Parser<'a> {
    tokens: Vec<Token>,
    next: usize,
    end: usize,
    nesting: usize,
    definitions: &'a Definitions,
}

/// A formula and its depth.
type Measured = (Formula, usize);

impl<'a> Parser<'a> {
    pub(super) fn new(text: &str, definitions: &'a Definitions) -> Result<Self, ParseError> {
        let end = text.trim_end().chars().count() + 1;
        Ok(Self {
            tokens: tokens(text)?,
            next: 0,
            end,
            nesting: 0,
            definitions,
        })
    }

    /// The word at the reading position.
    pub(super) fn peek(&self) -> Option<&Word> {
        self.tokens.get(self.next).map(|token| &token.word)
    }

    /// The place of the reading position in the text.
    pub(super) fn position(&self) -> usize {
        self.tokens
            .get(self.next)
            .map_or(self.end, |token| token.position)
    }

    pub(super) fn error(&self, problem: Problem) -> ParseError {
        ParseError {
            position: self.position(),
            problem,
        }
    }

    pub(super) fn expected(&self, expected: &'static str) -> ParseError {
        let found = self.peek().map_or("the end".to_string(), ToString::to_string);
        self.error(Problem::Expected { expected, found })
    }

    /// Consumes the symbol if it comes next.
    pub(super) fn accept(&mut self, symbol: &str) -> bool {
        let comes = matches!(self.peek(), Some(Word::Symbol(s)) if *s == symbol);
        self.next += usize::from(comes);
        comes
    }

    fn require(&mut self, symbol: &'static str) -> Result<(), ParseError> {
        if self.accept(symbol) {
            Ok(())
        } else {
            Err(self.expected(symbol))
        }
    }

    /// Consumes a name if one comes next.
    pub(super) fn accept_name(&mut self) -> Option<String> {
        let Some(Word::Name(name)) = self.peek() else {
            return None;
        };
        let name = name.clone();
        self.next += 1;
        Some(name)
    }

    /// The whole rest of the text must be used up.
    pub(super) fn finish(&self) -> Result<(), ParseError> {
        if self.peek().is_none() {
            Ok(())
        } else {
            Err(self.expected("an operator or the end"))
        }
    }

    /// `sum` of the grammar.
    pub(super) fn sum(&mut self) -> Result<Measured, ParseError> {
        let mut left = self.product()?;
        loop {
            if self.accept("+") {
                let right = self.product()?;
                left = self.combine(left, right, |a, b| a + b)?;
            } else if self.accept("-") {
                let right = self.product()?;
                left = self.combine(left, right, |a, b| a - b)?;
            } else {
                return Ok(left);
            }
        }
    }

    fn product(&mut self) -> Result<Measured, ParseError> {
        let mut left = self.signed()?;
        loop {
            if self.accept("*") {
                let right = self.signed()?;
                left = self.combine(left, right, |a, b| a * b)?;
            } else if self.accept("/") {
                let right = self.signed()?;
                left = self.combine(left, right, |a, b| a / b)?;
            } else {
                return Ok(left);
            }
        }
    }

    fn combine(
        &self,
        left: Measured,
        right: Measured,
        operation: impl Fn(Formula, Formula) -> Formula,
    ) -> Result<Measured, ParseError> {
        let depth = self.deeper(left.1.max(right.1))?;
        Ok((operation(left.0, right.0), depth))
    }

    fn deeper(&self, depth: usize) -> Result<usize, ParseError> {
        if depth < MAX_DEPTH {
            Ok(depth + 1)
        } else {
            Err(self.error(Problem::ChainTooLong))
        }
    }

    /// Runs a rule one level of nesting further down.
    fn nested<R>(&mut self, rule: impl FnOnce(&mut Self) -> Result<R, ParseError>) -> Result<R, ParseError> {
        if self.nesting == MAX_NESTING {
            return Err(self.error(Problem::NestedTooDeep));
        }
        self.nesting += 1;
        let result = rule(self);
        self.nesting -= 1;
        result
    }

    fn signed(&mut self) -> Result<Measured, ParseError> {
        if !self.accept("-") {
            return self.power();
        }
        let (operand, depth) = self.nested(Self::signed)?;
        Ok((-operand, self.deeper(depth)?))
    }

    fn power(&mut self) -> Result<Measured, ParseError> {
        let (base, depth) = self.primary()?;
        if !self.accept("^") {
            return Ok((base, depth));
        }
        let exponent = if self.accept("(") {
            let negative = self.accept("-");
            let size = self.exponent()?;
            self.require(")")?;
            if negative { -size } else { size }
        } else {
            self.exponent()?
        };
        if matches!(self.peek(), Some(Word::Symbol("^"))) {
            return Err(self.error(Problem::RepeatedPower));
        }
        Ok((base.powi(exponent), self.deeper(depth)?))
    }

    fn exponent(&mut self) -> Result<i32, ParseError> {
        let size = self.digits().filter(|&n| n <= MAX_EXPONENT);
        size.map(|n| self.advance(n))
            .ok_or_else(|| self.error(Problem::Exponent))
    }

    /// The value of a plain run of digits that comes next (not consumed).
    fn digits(&self) -> Option<i32> {
        match self.peek() {
            Some(Word::Number(q, true)) => q.to_i32(),
            _ => None,
        }
    }

    fn advance<R>(&mut self, result: R) -> R {
        self.next += 1;
        result
    }

    fn primary(&mut self) -> Result<Measured, ParseError> {
        if self.accept("(") {
            let inner = self.nested(Self::sum)?;
            self.require(")")?;
            return Ok(inner);
        }
        if let Some(Word::Number(value, _)) = self.peek() {
            let value = Formula::constant(value.clone());
            return Ok(self.advance((value, 0)));
        }
        let Some(Word::Name(name)) = self.peek().cloned() else {
            return Err(self.expected("a number, a name or \"(\""));
        };
        let called = matches!(
            self.tokens.get(self.next + 1),
            Some(Token {
                word: Word::Symbol("("),
                ..
            })
        );
        if called {
            return self.call(&name);
        }
        if name == "pi" {
            return Ok(self.advance((Formula::Pi, 0)));
        }
        if RESERVED.contains(&name.as_str()) {
            self.next += 1;
            return Err(self.expected("\"(\" after the name of a function"));
        }
        let meaning = match self.definitions.get(&name) {
            Some((formula, depth)) => (formula.clone(), depth),
            None => (Formula::variable(&name), 0),
        };
        Ok(self.advance(meaning))
    }

    /// A call; the name and the parenthesis come next.
    fn call(&mut self, name: &str) -> Result<Measured, ParseError> {
        let function: fn(Formula) -> Formula = match name {
            "sqrt" => Formula::sqrt,
            "asin" => Formula::asin,
            "acos" => Formula::acos,
            "atan" => Formula::atan,
            "diff" => return self.derivative(),
            _ => return Err(self.error(Problem::UnknownFunction(name.to_string()))),
        };
        self.next += 2;
        let (argument, depth) = self.nested(Self::sum)?;
        self.require(")")?;
        Ok((function(argument), self.deeper(depth)?))
    }

    fn derivative(&mut self) -> Result<Measured, ParseError> {
        let start = self.position();
        self.next += 2;
        let (mut formula, _) = self.nested(Self::sum)?;
        self.require(",")?;
        let Some(variable) = self.accept_name() else {
            return Err(self.expected("the name of a variable"));
        };
        if RESERVED.contains(&variable.as_str()) || self.definitions.get(&variable).is_some() {
            self.next -= 1;
            return Err(self.error(Problem::NotAVariable(variable)));
        }
        let mut order = 1;
        if self.accept(",") {
            let written = self.digits().and_then(|n| u32::try_from(n).ok());
            order = match written.filter(|n| (1..=MAX_ORDER).contains(n)) {
                Some(n) => self.advance(n),
                None => return Err(self.error(Problem::Order)),
            };
        }
        self.require(")")?;
        let too_large = |problem| ParseError {
            position: start,
            problem,
        };
        for _ in 0..order {
            formula = formula.derivative(&variable);
            if formula.size() > MAX_SIZE {
                return Err(too_large(Problem::TooLarge));
            }
        }
        let depth = formula.depth();
        if depth > MAX_DEPTH {
            return Err(too_large(Problem::ChainTooLong));
        }
        Ok((formula, depth))
    }
}
