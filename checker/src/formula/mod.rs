//! Formulas: exact constants, π, parameters, and the operations
//! `+ - * / ^ sqrt asin acos atan diff`.
//!
//! A formula means a partial function: it is undefined wherever a divisor is
//! 0, a radicand negative or an argument of asin or acos outside [−1, 1], and
//! an undefined part makes the whole undefined. `diff(u, x, n)` is defined
//! where u is n times differentiable in x, as far as the rules of
//! `differentiate.rs` show it.

mod differentiate;
mod display;
mod evaluate;
mod parse;
#[cfg(test)]
mod tests;
mod token;

pub use evaluate::Values;
pub use parse::{Comparison, ParseError, RESERVED, Relation};

use crate::number::Rational;
use std::collections::HashMap;

/// The place of a formula in its [`Formulas`].
pub type Id = usize;

/// One operation with the places of its operands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// An exact constant.
    Number(Rational),
    /// π.
    Pi,
    /// A parameter, by its number.
    Parameter(usize),
    /// A name given by the definition with this number, and what it stands for.
    Named(usize, Id),
    /// −u.
    Negative(Id),
    /// u + v.
    Sum(Id, Id),
    /// u − v.
    Difference(Id, Id),
    /// u·v.
    Product(Id, Id),
    /// u/v.
    Quotient(Id, Id),
    /// uⁿ, n of any sign; u⁰ = 1.
    Power(Id, i32),
    /// √u.
    Root(Id),
    /// arcsin u.
    Asin(Id),
    /// arccos u.
    Acos(Id),
    /// arctan u.
    Atan(Id),
    /// The derivative of `of` in a parameter: the first, second, … derivative,
    /// as formulas; the last one is meant.
    Derivative {
        /// What is differentiated.
        of: Id,
        /// The number of the parameter.
        parameter: usize,
        /// Never empty.
        stages: Vec<Id>,
    },
}

/// The most operations that a claim may consist of, derivatives written out.
const MOST_NODES: usize = 50_000;

/// Too many operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// The formulas of one claim. Equal parts are stored once, and operands before
/// operations, so that every algorithm is one pass over a list.
#[derive(Debug, Default)]
pub struct Formulas {
    parameters: Vec<String>,
    definitions: Vec<(String, Id)>,
    nodes: Vec<Node>,
    places: HashMap<Node, Id>,
    /// The longest chain of operations below each node.
    depths: Vec<usize>,
}

impl Formulas {
    /// No formulas yet, in these parameters.
    #[must_use]
    pub fn new(parameters: Vec<String>) -> Self {
        Self {
            parameters,
            ..Self::default()
        }
    }

    /// The names of the parameters.
    #[must_use]
    pub fn parameters(&self) -> &[String] {
        &self.parameters
    }

    /// The definitions made so far: names and formulas.
    #[must_use]
    pub fn definitions(&self) -> &[(String, Id)] {
        &self.definitions
    }

    /// The node at `id`. (Ids come from this list; `Pi` answers any other.)
    #[must_use]
    pub fn node(&self, id: Id) -> &Node {
        self.nodes.get(id).unwrap_or(&Node::Pi)
    }

    /// Gives a formula a name for later use.
    pub fn define(&mut self, name: String, formula: Id) {
        self.definitions.push((name, formula));
    }

    /// Stores an operation.
    ///
    /// # Errors
    /// If there are too many.
    pub fn add(&mut self, node: Node) -> Result<Id, TooLarge> {
        if let Some(&id) = self.places.get(&node) {
            return Ok(id);
        }
        let id = self.nodes.len();
        if id >= MOST_NODES {
            return Err(TooLarge);
        }
        let below = operands(&node)
            .into_iter()
            .filter_map(|operand| self.depths.get(operand))
            .max();
        let depth = below.map_or(0, |depth| depth.saturating_add(1));
        self.depths.push(depth);
        self.nodes.push(node.clone());
        self.places.insert(node, id);
        Ok(id)
    }

    /// The longest chain of operations in a formula.
    #[must_use]
    pub fn depth(&self, id: Id) -> usize {
        self.depths.get(id).copied().unwrap_or(usize::MAX)
    }

    /// All that `roots` consist of, operands before operations.
    #[must_use]
    pub fn parts(&self, roots: &[Id]) -> Vec<Id> {
        let mut wanted = vec![false; self.nodes.len()];
        for &root in roots {
            if let Some(flag) = wanted.get_mut(root) {
                *flag = true;
            }
        }
        for id in (0..self.nodes.len()).rev() {
            if wanted.get(id) == Some(&true) {
                for operand in operands(self.node(id)) {
                    if let Some(flag) = wanted.get_mut(operand) {
                        *flag = true;
                    }
                }
            }
        }
        (0..self.nodes.len())
            .filter(|&id| wanted.get(id) == Some(&true))
            .collect()
    }
}

/// The operands of an operation; of a derivative, all its stages.
fn operands(node: &Node) -> Vec<Id> {
    match node {
        Node::Number(_) | Node::Pi | Node::Parameter(_) => Vec::new(),
        Node::Named(_, u)
        | Node::Negative(u)
        | Node::Power(u, _)
        | Node::Root(u)
        | Node::Asin(u)
        | Node::Acos(u)
        | Node::Atan(u) => vec![*u],
        Node::Sum(u, v) | Node::Difference(u, v) | Node::Product(u, v) | Node::Quotient(u, v) => vec![*u, *v],
        Node::Derivative { of, stages, .. } => {
            let mut all = vec![*of];
            all.extend(stages);
            all
        }
    }
}
