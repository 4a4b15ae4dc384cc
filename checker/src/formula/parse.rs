//! Reading formulas.
//!
//! ```text
//! relation = sum (">" | ">=" | "<" | "<=" | "=") sum
//! sum      = product { ("+" | "-") product }
//! product  = signed { ("*" | "/") signed }
//! signed   = "-" signed | power
//! power    = primary [ "^" (digits | "(" ["-"] digits ")") ]
//! primary  = number | "pi" | name | "(" sum ")"
//!          | ("sqrt" | "asin" | "acos" | "atan") "(" sum ")"
//!          | "diff" "(" sum "," name [ "," digits ] ")"
//! ```

use super::token::{Word, words};
use super::{Formulas, Id, Node, TooLarge};
use crate::number::{Rational, integer};
use num_bigint::BigInt;

/// The deepest nesting of parentheses, calls and signs.
const DEEPEST_NESTING: usize = 100;
/// The longest chain of operations.
const LONGEST_CHAIN: usize = 1000;
/// The largest exponent.
const LARGEST_EXPONENT: i32 = 10_000;
/// The largest order of a derivative.
const LARGEST_ORDER: usize = 20;

/// Names that mean something in formulas and ranges.
pub const RESERVED: [&str; 7] = ["sqrt", "asin", "acos", "atan", "diff", "pi", "infinity"];

/// Why a text is not a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The place of the first character that does not fit, counted from 1.
    pub place: usize,
    /// What is wrong.
    pub what: String,
}

/// How two sides are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `=`
    Equal,
}

impl Comparison {
    const ALL: [Self; 5] = [
        Self::Greater,
        Self::GreaterOrEqual,
        Self::Less,
        Self::LessOrEqual,
        Self::Equal,
    ];

    /// As it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Equal => "=",
        }
    }
}

/// Two sides and how they compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// The left side.
    pub left: Id,
    /// The comparison.
    pub comparison: Comparison,
    /// The right side.
    pub right: Id,
}

impl Formulas {
    /// Reads a formula in the parameters and the names defined so far.
    ///
    /// # Errors
    /// If the text is not one.
    pub fn read(&mut self, text: &str) -> Result<Id, ParseError> {
        let mut parser = Parser::new(self, text)?;
        let formula = parser.sum()?;
        parser.finish()?;
        Ok(formula)
    }

    /// Reads `left OP right`.
    ///
    /// # Errors
    /// If the text is not of this form.
    pub fn read_relation(&mut self, text: &str) -> Result<Relation, ParseError> {
        let mut parser = Parser::new(self, text)?;
        let left = parser.sum()?;
        let comparison = Comparison::ALL
            .into_iter()
            .find(|comparison| parser.accept(comparison.symbol()));
        let comparison = comparison.ok_or_else(|| parser.error("one of > >= < <= = must stand here"))?;
        let right = parser.sum()?;
        parser.finish()?;
        Ok(Relation {
            left,
            comparison,
            right,
        })
    }
}

struct Parser<'a> {
    formulas: &'a mut Formulas,
    words: Vec<(Word, usize)>,
    next: usize,
    nesting: usize,
    end: usize,
}

impl<'a> Parser<'a> {
    fn new(formulas: &'a mut Formulas, text: &str) -> Result<Self, ParseError> {
        Ok(Self {
            formulas,
            words: words(text)?,
            next: 0,
            nesting: 0,
            end: text.len().saturating_add(1),
        })
    }

    fn peek(&self) -> Option<&Word> {
        self.words.get(self.next).map(|(word, _)| word)
    }

    fn error(&self, what: &str) -> ParseError {
        let place = self.words.get(self.next).map_or(self.end, |(_, place)| *place);
        ParseError {
            place,
            what: what.to_string(),
        }
    }

    fn accept(&mut self, symbol: &str) -> bool {
        let comes = matches!(self.peek(), Some(Word::Symbol(s)) if *s == symbol);
        if comes {
            self.next += 1;
        }
        comes
    }

    fn require(&mut self, symbol: &str) -> Result<(), ParseError> {
        if self.accept(symbol) {
            Ok(())
        } else {
            Err(self.error(&format!("{symbol:?} must stand here")))
        }
    }

    fn finish(&self) -> Result<(), ParseError> {
        if self.peek().is_none() {
            Ok(())
        } else {
            Err(self.error("an operator must stand here, or nothing"))
        }
    }

    fn add(&mut self, node: Node) -> Result<Id, ParseError> {
        let id = self
            .formulas
            .add(node)
            .map_err(|TooLarge| self.error("too many operations"))?;
        if self.formulas.depth(id) > LONGEST_CHAIN {
            return Err(self.error("too long a chain of operations"));
        }
        Ok(id)
    }

    fn number(&mut self, value: Rational) -> Result<Id, ParseError> {
        self.add(Node::Number(value))
    }

    fn nested(&mut self, rule: fn(&mut Self) -> Result<Id, ParseError>) -> Result<Id, ParseError> {
        if self.nesting == DEEPEST_NESTING {
            return Err(self.error("nested too deeply"));
        }
        self.nesting += 1;
        let result = rule(self);
        self.nesting -= 1;
        result
    }

    fn sum(&mut self) -> Result<Id, ParseError> {
        let mut left = self.product()?;
        loop {
            if self.accept("+") {
                let right = self.product()?;
                left = self.add(Node::Sum(left, right))?;
            } else if self.accept("-") {
                let right = self.product()?;
                left = self.add(Node::Difference(left, right))?;
            } else {
                return Ok(left);
            }
        }
    }

    fn product(&mut self) -> Result<Id, ParseError> {
        let mut left = self.signed()?;
        loop {
            if self.accept("*") {
                let right = self.signed()?;
                left = self.add(Node::Product(left, right))?;
            } else if self.accept("/") {
                let right = self.signed()?;
                left = self.add(Node::Quotient(left, right))?;
            } else {
                return Ok(left);
            }
        }
    }

    fn signed(&mut self) -> Result<Id, ParseError> {
        if !self.accept("-") {
            return self.power();
        }
        let operand = self.nested(Self::signed)?;
        self.add(Node::Negative(operand))
    }

    fn power(&mut self) -> Result<Id, ParseError> {
        let base = self.primary()?;
        if !self.accept("^") {
            return Ok(base);
        }
        let exponent = if self.accept("(") {
            let negative = self.accept("-");
            let size = self.natural(LARGEST_EXPONENT)?;
            self.require(")")?;
            if negative { -size } else { size }
        } else {
            self.natural(LARGEST_EXPONENT)?
        };
        if matches!(self.peek(), Some(Word::Symbol("^"))) {
            return Err(self.error("a power of a power needs parentheses"));
        }
        self.add(Node::Power(base, exponent))
    }

    /// A run of digits, up to a bound.
    fn natural<T: TryFrom<BigInt> + PartialOrd>(&mut self, most: T) -> Result<T, ParseError> {
        let read = match self.peek() {
            Some(Word::Natural(n)) => T::try_from(n.clone()).ok().filter(|n| *n <= most),
            _ => None,
        };
        let value = read.ok_or_else(|| self.error("a small whole number must stand here"))?;
        self.next += 1;
        Ok(value)
    }

    fn primary(&mut self) -> Result<Id, ParseError> {
        if self.accept("(") {
            let inner = self.nested(Self::sum)?;
            self.require(")")?;
            return Ok(inner);
        }
        let word = self
            .peek()
            .cloned()
            .ok_or_else(|| self.error("the formula ends too early"))?;
        match word {
            Word::Natural(n) => {
                self.next += 1;
                self.number(Rational::from_integer(n))
            }
            Word::Decimal(value) => {
                self.next += 1;
                self.number(value)
            }
            Word::Symbol(_) => Err(self.error("a number, a name or \"(\" must stand here")),
            Word::Name(name) => self.named(&name),
        }
    }

    fn named(&mut self, name: &str) -> Result<Id, ParseError> {
        let function: fn(Id) -> Node = match name {
            "sqrt" => Node::Root,
            "asin" => Node::Asin,
            "acos" => Node::Acos,
            "atan" => Node::Atan,
            "diff" => return self.derivative(),
            "pi" => {
                self.next += 1;
                return self.add(Node::Pi);
            }
            _ => {
                let node = self
                    .meaning(name)
                    .ok_or_else(|| self.error(&format!("nothing is called {name:?}")))?;
                self.next += 1;
                return self.add(node);
            }
        };
        self.next += 1;
        self.require("(")?;
        let argument = self.nested(Self::sum)?;
        self.require(")")?;
        self.add(function(argument))
    }

    fn meaning(&self, name: &str) -> Option<Node> {
        let definitions = self.formulas.definitions();
        if let Some(number) = self
            .formulas
            .parameters()
            .iter()
            .position(|parameter| parameter == name)
        {
            return Some(Node::Parameter(number));
        }
        let number = definitions.iter().position(|(defined, _)| defined == name)?;
        definitions
            .get(number)
            .map(|(_, formula)| Node::Named(number, *formula))
    }

    fn derivative(&mut self) -> Result<Id, ParseError> {
        self.next += 1;
        self.require("(")?;
        let of = self.nested(Self::sum)?;
        self.require(",")?;
        let parameter = match self.peek() {
            Some(Word::Name(name)) => self
                .formulas
                .parameters()
                .iter()
                .position(|parameter| parameter == name),
            _ => None,
        };
        let parameter = parameter.ok_or_else(|| self.error("a parameter must stand here"))?;
        self.next += 1;
        let order = if self.accept(",") {
            self.natural(LARGEST_ORDER)?
        } else {
            1
        };
        if order == 0 {
            return Err(self.error("a derivative has at least order 1"));
        }
        self.require(")")?;
        let mut stages = Vec::with_capacity(order);
        let mut last = of;
        for _ in 0..order {
            last = self
                .formulas
                .derivative(last, parameter)
                .map_err(|TooLarge| self.error("the derivative has too many operations"))?;
            stages.push(last);
        }
        self.add(Node::Derivative {
            of,
            parameter,
            stages,
        })
    }
}

/// The number `n` as a node.
pub(super) fn constant(n: i64) -> Node {
    Node::Number(integer(n))
}
