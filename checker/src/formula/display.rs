//! Writing formulas, as the checker understands them.

use super::{Formulas, Id, Node, Relation};
use crate::number::Rational;
use num_traits::{One, Signed};

/// How tightly the outermost operation binds: 0 for sums, 1 for products, 2
/// for a sign, 3 for powers, 4 for everything closed.
fn binding(node: &Node) -> u8 {
    match node {
        Node::Sum(..) | Node::Difference(..) => 0,
        Node::Product(..) | Node::Quotient(..) => 1,
        Node::Number(q) if !q.denom().is_one() => 1,
        Node::Negative(_) => 2,
        Node::Number(q) if q.is_negative() => 2,
        Node::Power(..) => 3,
        _ => 4,
    }
}

impl Formulas {
    /// The text of a relation, followed by the definitions that it uses.
    #[must_use]
    pub fn show_relation(&self, relation: &Relation) -> String {
        let Relation {
            left,
            comparison,
            right,
        } = relation;
        format!(
            "{} {} {}",
            self.show(*left),
            comparison.symbol(),
            self.show(*right)
        )
    }

    /// `, where c = …` for the definitions used in `roots`; empty if none is.
    #[must_use]
    pub fn show_definitions(&self, roots: &[Id]) -> String {
        let used = self.parts(roots);
        let lines: Vec<String> = self
            .definitions
            .iter()
            .enumerate()
            .filter(|(number, _)| {
                used.iter()
                    .any(|&id| matches!(self.node(id), Node::Named(n, _) if n == number))
            })
            .map(|(_, (name, formula))| format!("{name} = {}", self.show(*formula)))
            .collect();
        if lines.is_empty() {
            String::new()
        } else {
            format!(", where {}", lines.join(", "))
        }
    }

    /// The text of a formula; it is read as an equal formula again.
    #[must_use]
    pub fn show(&self, id: Id) -> String {
        let at = |u: Id, least: u8| {
            let text = self.show(u);
            if binding(self.node(u)) >= least {
                text
            } else {
                format!("({text})")
            }
        };
        match self.node(id) {
            Node::Number(q) => show_number(q),
            Node::Pi => "pi".to_string(),
            Node::Parameter(number) => self.parameters.get(*number).cloned().unwrap_or_default(),
            Node::Named(number, _) => self
                .definitions
                .get(*number)
                .map(|(name, _)| name.clone())
                .unwrap_or_default(),
            Node::Negative(u) => format!("-{}", at(*u, 3)),
            Node::Sum(u, v) => format!("{} + {}", at(*u, 0), at(*v, 1)),
            Node::Difference(u, v) => format!("{} - {}", at(*u, 0), at(*v, 1)),
            Node::Product(u, v) => format!("{}*{}", at(*u, 1), at(*v, 3)),
            Node::Quotient(u, v) => format!("{}/{}", at(*u, 1), at(*v, 3)),
            Node::Power(u, n) if *n < 0 => format!("{}^({n})", at(*u, 4)),
            Node::Power(u, n) => format!("{}^{n}", at(*u, 4)),
            Node::Root(u) => format!("sqrt({})", self.show(*u)),
            Node::Asin(u) => format!("asin({})", self.show(*u)),
            Node::Acos(u) => format!("acos({})", self.show(*u)),
            Node::Atan(u) => format!("atan({})", self.show(*u)),
            Node::Derivative {
                of,
                parameter,
                stages,
            } => {
                let parameter = self.parameters.get(*parameter).cloned().unwrap_or_default();
                let order = if stages.len() == 1 {
                    String::new()
                } else {
                    format!(", {}", stages.len())
                };
                format!("diff({}, {parameter}{order})", self.show(*of))
            }
        }
    }
}

/// A number as in formulas, where decimals are fractions.
fn show_number(q: &Rational) -> String {
    q.to_string()
}
