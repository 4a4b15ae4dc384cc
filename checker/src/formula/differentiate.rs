//! Derivatives.
//!
//! The rules below are those of calculus. Why the result may be believed: let
//! every node of u and of its derivative be defined at a point. Then every
//! operation of u that depends on the parameter is differentiable there: a
//! radical is positive (it divides), an argument of asin or acos lies strictly
//! between −1 and 1 (√(1 − u²) divides), a divisor is not 0. What does not
//! depend on the parameter is constant in it. So u is differentiable at the
//! point, with this derivative.

use super::parse::constant;
use super::{Formulas, Id, Node, TooLarge};
use num_traits::Zero;

impl Formulas {
    /// The derivative of a formula in a parameter.
    ///
    /// # Errors
    /// If it has too many operations.
    pub(super) fn derivative(&mut self, of: Id, parameter: usize) -> Result<Id, TooLarge> {
        let zero = self.add(constant(0))?;
        let parts = self.parts(&[of]);
        let mut done: Vec<Id> = Vec::new();
        for part in parts {
            // Parts that were not reached are never asked for.
            if done.len() <= part {
                done.resize(part.saturating_add(1), zero);
            }
            let node = self.node(part).clone();
            let derivative = self.rule(part, &node, parameter, &done)?;
            if let Some(place) = done.get_mut(part) {
                *place = derivative;
            }
        }
        Ok(done.get(of).copied().unwrap_or(zero))
    }

    fn is_zero(&self, id: Id) -> bool {
        matches!(self.node(id), Node::Number(q) if q.is_zero())
    }

    /// u + v, where a part that is the constant 0 is left out.
    fn plus(&mut self, u: Id, v: Id) -> Result<Id, TooLarge> {
        match (self.is_zero(u), self.is_zero(v)) {
            (true, _) => Ok(v),
            (_, true) => Ok(u),
            _ => self.add(Node::Sum(u, v)),
        }
    }

    /// −u.
    fn minus(&mut self, u: Id) -> Result<Id, TooLarge> {
        if self.is_zero(u) {
            Ok(u)
        } else {
            self.add(Node::Negative(u))
        }
    }

    /// u·u′, left out if the derivative u′ is the constant 0.
    fn times(&mut self, u: Id, derivative: Id) -> Result<Id, TooLarge> {
        if self.is_zero(derivative) {
            Ok(derivative)
        } else {
            self.add(Node::Product(u, derivative))
        }
    }

    /// u′/v, left out if the derivative u′ is the constant 0.
    fn over(&mut self, derivative: Id, v: Id) -> Result<Id, TooLarge> {
        if self.is_zero(derivative) {
            Ok(derivative)
        } else {
            self.add(Node::Quotient(derivative, v))
        }
    }

    fn rule(&mut self, part: Id, node: &Node, parameter: usize, done: &[Id]) -> Result<Id, TooLarge> {
        let zero = self.add(constant(0))?;
        // Operands come first, so their derivatives are known.
        let d = |u: Id| done.get(u).copied().unwrap_or(zero);
        match *node {
            Node::Number(_) | Node::Pi => Ok(zero),
            Node::Parameter(number) => self.add(constant(i64::from(number == parameter))),
            Node::Named(_, u) => Ok(d(u)),
            Node::Negative(u) => self.minus(d(u)),
            Node::Sum(u, v) => self.plus(d(u), d(v)),
            Node::Difference(u, v) => {
                let second = self.minus(d(v))?;
                self.plus(d(u), second)
            }
            Node::Product(u, v) => {
                let (first, second) = (self.times(v, d(u))?, self.times(u, d(v))?);
                self.plus(first, second)
            }
            Node::Quotient(u, v) => {
                // u′/v − u v′/v²
                let first = self.over(d(u), v)?;
                let square = self.add(Node::Power(v, 2))?;
                let product = self.times(u, d(v))?;
                let second = self.over(product, square)?;
                let second = self.minus(second)?;
                self.plus(first, second)
            }
            Node::Power(u, n) => {
                // n u^(n−1) u′; for n = 0 the product 0·u′ remains.
                let factor = self.add(constant(i64::from(n)))?;
                let factor = match n {
                    0 => factor,
                    _ => {
                        let lowered = self.add(Node::Power(u, n - 1))?;
                        self.add(Node::Product(factor, lowered))?
                    }
                };
                self.times(factor, d(u))
            }
            Node::Root(u) => {
                let two = self.add(constant(2))?;
                let divisor = self.add(Node::Product(two, part))?;
                self.over(d(u), divisor)
            }
            Node::Asin(u) => {
                let divisor = self.cofunction(u)?;
                self.over(d(u), divisor)
            }
            Node::Acos(u) => {
                let divisor = self.cofunction(u)?;
                let slope = self.over(d(u), divisor)?;
                self.minus(slope)
            }
            Node::Atan(u) => {
                let one = self.add(constant(1))?;
                let square = self.add(Node::Power(u, 2))?;
                let divisor = self.add(Node::Sum(one, square))?;
                self.over(d(u), divisor)
            }
            Node::Derivative { ref stages, .. } => Ok(stages.last().map_or(zero, |&last| d(last))),
        }
    }

    /// √(1 − u²).
    fn cofunction(&mut self, u: Id) -> Result<Id, TooLarge> {
        let one = self.add(constant(1))?;
        let square = self.add(Node::Power(u, 2))?;
        let difference = self.add(Node::Difference(one, square))?;
        self.add(Node::Root(difference))
    }
}
