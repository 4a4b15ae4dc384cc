//! Writing formulas as the text that parses back to them.

use super::Formula;
use crate::arithmetic::Rational;
use num_traits::Signed;
use std::fmt::{self, Display, Formatter};

/// How tightly an expression's outermost operation binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    /// `+`, `-`.
    Sum,
    /// `*`, `/`.
    Product,
    /// Unary minus.
    Sign,
    /// `^`.
    Power,
    /// Numbers, names, calls.
    Atom,
}

fn binding(formula: &Formula) -> Binding {
    match formula {
        Formula::Add(..) | Formula::Sub(..) => Binding::Sum,
        Formula::Mul(..) | Formula::Div(..) => Binding::Product,
        Formula::Neg(_) => Binding::Sign,
        Formula::Power(..) => Binding::Power,
        Formula::Constant(q) => constant_binding(q),
        Formula::Pi
        | Formula::Variable(_)
        | Formula::Sqrt(_)
        | Formula::Asin(_)
        | Formula::Acos(_)
        | Formula::Atan(_) => Binding::Atom,
    }
}

fn constant_binding(q: &Rational) -> Binding {
    match (q.is_integer(), q.is_negative()) {
        (false, _) => Binding::Product,
        (true, true) => Binding::Sign,
        (true, false) => Binding::Atom,
    }
}

/// An operand, in parentheses unless it binds at least as tightly as asked.
struct Operand<'a>(&'a Formula, Binding);

impl Display for Operand<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if binding(self.0) >= self.1 {
            write!(f, "{}", self.0)
        } else {
            write!(f, "({})", self.0)
        }
    }
}

/// The canonical text: parsed, it gives an equal formula back.
///
/// Shared parts are written out each time; [`Formula::written_size`] tells
/// beforehand how long the text gets.
impl Display for Formula {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        use Binding::{Atom, Power, Product, Sum};
        // A right operand must bind tighter than its operation; a minus sign
        // there gets parentheses for the reader's sake.
        match self {
            Self::Constant(q) => write!(f, "{q}"),
            Self::Pi => write!(f, "pi"),
            Self::Variable(name) => write!(f, "{name}"),
            Self::Neg(u) => write!(f, "-{}", Operand(u, Power)),
            Self::Add(u, v) => write!(f, "{} + {}", Operand(u, Sum), Operand(v, Product)),
            Self::Sub(u, v) => write!(f, "{} - {}", Operand(u, Sum), Operand(v, Product)),
            Self::Mul(u, v) => write!(f, "{}*{}", Operand(u, Product), Operand(v, Power)),
            Self::Div(u, v) => write!(f, "{}/{}", Operand(u, Product), Operand(v, Power)),
            Self::Power(u, n) if *n < 0 => write!(f, "{}^({n})", Operand(u, Atom)),
            Self::Power(u, n) => write!(f, "{}^{n}", Operand(u, Atom)),
            Self::Sqrt(u) => write!(f, "sqrt({u})"),
            Self::Asin(u) => write!(f, "asin({u})"),
            Self::Acos(u) => write!(f, "acos({u})"),
            Self::Atan(u) => write!(f, "atan({u})"),
        }
    }
}
