//! The value of formulas over any kind of number.

use super::{Formulas, Id, Node};
use crate::arithmetic::Number;

/// The values of the parts of some formulas.
pub struct Values<N>(Vec<Option<N>>);

impl<N: Clone> Values<N> {
    /// The value of a part; `None` if it, or one of its own parts, is undefined.
    #[must_use]
    pub fn of(&self, id: Id) -> Option<&N> {
        self.0.get(id)?.as_ref()
    }
}

impl Formulas {
    /// Evaluates `parts` (as listed by [`Formulas::parts`]) at `arguments`, one
    /// number a parameter; `context` provides constants.
    pub fn evaluate<N: Number>(&self, parts: &[Id], arguments: &[N], context: &N) -> Values<N> {
        let mut values: Vec<Option<N>> = Vec::new();
        for &part in parts {
            values.resize_with(part, || None);
            let value = self.step(part, &values, arguments, context);
            values.push(value);
        }
        Values(values)
    }

    fn step<N: Number>(&self, part: Id, values: &[Option<N>], arguments: &[N], context: &N) -> Option<N> {
        let at = |u: Id| values.get(u)?.as_ref();
        match self.node(part) {
            Node::Number(q) => context.constant(q),
            Node::Pi => context.pi(),
            Node::Parameter(number) => arguments.get(*number).cloned(),
            Node::Named(_, u) => at(*u).cloned(),
            Node::Negative(u) => Some(at(*u)?.negative()),
            Node::Sum(u, v) => at(*u)?.sum(at(*v)?),
            Node::Difference(u, v) => at(*u)?.difference(at(*v)?),
            Node::Product(u, v) => at(*u)?.product(at(*v)?),
            Node::Quotient(u, v) => at(*u)?.quotient(at(*v)?),
            Node::Power(u, n) => {
                let power = at(*u)?.power(n.unsigned_abs())?;
                if *n < 0 {
                    context.constant(&crate::number::integer(1))?.quotient(&power)
                } else {
                    Some(power)
                }
            }
            Node::Root(u) => at(*u)?.root(),
            Node::Asin(u) => at(*u)?.asin(),
            Node::Acos(u) => at(*u)?.acos(),
            Node::Atan(u) => at(*u)?.atan(),
            Node::Derivative { of, stages, .. } => {
                // All stages must be defined for the last one to be meant.
                at(*of)?;
                let mut last = None;
                for &stage in stages {
                    last = Some(at(stage)?);
                }
                last.cloned()
            }
        }
    }
}
