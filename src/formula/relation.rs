//! Two formulas compared.

use super::Formula;
use super::definitions::Definitions;
use super::parse::{ParseError, Parser};
use std::fmt::{self, Display, Formatter};

/// How two reals are claimed to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// All comparisons.
    pub const ALL: [Comparison; 5] = [
        Comparison::Greater,
        Comparison::GreaterOrEqual,
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Equal,
    ];

    /// The symbol in formulas' text.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Equal => "=",
        }
    }
}

/// The statement `left OP right`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The left side.
    pub left: Formula,
    /// How it is claimed to compare.
    pub comparison: Comparison,
    /// The right side.
    pub right: Formula,
}

/// A relation with everything on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignClaim {
    /// The formula is > 0.
    Positive(Formula),
    /// The formula is ≥ 0.
    Nonnegative(Formula),
    /// The formula is 0.
    Zero(Formula),
}

impl Relation {
    /// Reads `left OP right` with OP one of `>`, `>=`, `<`, `<=`, `=`; every
    /// name is a variable.
    ///
    /// # Errors
    /// The first [`ParseError`].
    pub fn parse(text: &str) -> Result<Relation, ParseError> {
        Definitions::default().relation(text)
    }

    /// The equivalent claim on the sign of a difference (or of one side, when
    /// the other is the constant 0).
    #[must_use]
    pub fn sign_claim(&self) -> SignClaim {
        let difference = |larger: &Formula, smaller: &Formula| {
            if smaller.is_zero() {
                larger.clone()
            } else if larger.is_zero() {
                -smaller.clone()
            } else {
                larger.clone() - smaller.clone()
            }
        };
        match self.comparison {
            Comparison::Greater => SignClaim::Positive(difference(&self.left, &self.right)),
            Comparison::GreaterOrEqual => SignClaim::Nonnegative(difference(&self.left, &self.right)),
            Comparison::Less => SignClaim::Positive(difference(&self.right, &self.left)),
            Comparison::LessOrEqual => SignClaim::Nonnegative(difference(&self.right, &self.left)),
            Comparison::Equal => SignClaim::Zero(difference(&self.left, &self.right)),
        }
    }

    /// The names of the variables on both sides, in alphabetical order.
    #[must_use]
    pub fn variables(&self) -> std::collections::BTreeSet<String> {
        let mut names = self.left.variables();
        names.append(&mut self.right.variables());
        names
    }
}

/// The canonical text, which parses back to an equal relation.
impl Display for Relation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.left, self.comparison.symbol(), self.right)
    }
}

impl Parser<'_> {
    /// `relation` of the grammar.
    pub(super) fn relation(&mut self) -> Result<Relation, ParseError> {
        let (left, _) = self.sum()?;
        let comparison = Comparison::ALL.into_iter().find(|c| self.accept(c.symbol()));
        let Some(comparison) = comparison else {
            return Err(self.expected("one of > >= < <= ="));
        };
        let (right, _) = self.sum()?;
        Ok(Relation {
            left,
            comparison,
            right,
        })
    }
}
