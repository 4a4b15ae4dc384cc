//! Values together with partial derivatives.
//!
//! If the parts of the operands enclose the values and the partial derivatives
//! of functions over a box, those of the result enclose the same of the
//! composed function; its being `Some` shows that the function is continuously
//! differentiable on the box.

use super::Number;
use crate::number::{Rational, integer};

/// A value and its partial derivatives.
#[derive(Debug, Clone)]
pub struct Gradient<N> {
    value: N,
    partials: Vec<N>,
}

impl<N: Number> Gradient<N> {
    /// The variable of this number (from 0) among `count` ones, at `point`.
    #[must_use]
    pub fn variable(point: &N, number: usize, count: usize) -> Option<Self> {
        let mut partials = vec![point.constant(&integer(0))?; count];
        *partials.get_mut(number)? = point.constant(&integer(1))?;
        Some(Self {
            value: point.clone(),
            partials,
        })
    }

    /// The partial derivatives, in the order of the variables.
    #[must_use]
    pub fn partials(&self) -> &[N] {
        &self.partials
    }

    /// f(u) with the value `value` and f′(u) = `slope`.
    fn chain(&self, value: N, slope: &N) -> Option<Self> {
        let partials = self.partials.iter().map(|part| part.product(slope));
        Some(Self {
            value,
            partials: partials.collect::<Option<_>>()?,
        })
    }

    /// A constant, given by its value.
    fn flat(&self, value: N) -> Option<Self> {
        let zero = value.constant(&integer(0))?;
        Some(Self {
            value,
            partials: vec![zero; self.partials.len()],
        })
    }

    /// `combine` for each pair of partial derivatives.
    fn combined(&self, other: &Self, value: N, combine: impl Fn(&N, &N) -> Option<N>) -> Option<Self> {
        if self.partials.len() != other.partials.len() {
            return None;
        }
        let pairs = self.partials.iter().zip(&other.partials);
        Some(Self {
            value,
            partials: pairs.map(|(x, y)| combine(x, y)).collect::<Option<_>>()?,
        })
    }

    /// √(1 − u²).
    fn cosine(&self) -> Option<N> {
        let one = self.value.constant(&integer(1))?;
        one.difference(&self.value.power(2)?)?.root()
    }

    fn one(&self) -> Option<N> {
        self.value.constant(&integer(1))
    }
}

impl<N: Number> Number for Gradient<N> {
    fn constant(&self, q: &Rational) -> Option<Self> {
        self.flat(self.value.constant(q)?)
    }

    fn pi(&self) -> Option<Self> {
        self.flat(self.value.pi()?)
    }

    fn negative(&self) -> Self {
        Self {
            value: self.value.negative(),
            partials: self.partials.iter().map(N::negative).collect(),
        }
    }

    fn sum(&self, other: &Self) -> Option<Self> {
        self.combined(other, self.value.sum(&other.value)?, N::sum)
    }

    fn product(&self, other: &Self) -> Option<Self> {
        self.combined(other, self.value.product(&other.value)?, |x, y| {
            x.product(&other.value)?.sum(&y.product(&self.value)?)
        })
    }

    /// (u/v)′ = (u′ − (u/v) v′)/v.
    fn quotient(&self, other: &Self) -> Option<Self> {
        let value = self.value.quotient(&other.value)?;
        self.combined(other, value.clone(), |x, y| {
            x.difference(&value.product(y)?)?.quotient(&other.value)
        })
    }

    fn power(&self, n: u32) -> Option<Self> {
        match n.checked_sub(1) {
            None => self.constant(&integer(1)),
            Some(less) => {
                let factor = self.value.constant(&integer(i64::from(n)))?;
                let slope = self.value.power(less)?.product(&factor)?;
                self.chain(self.value.power(n)?, &slope)
            }
        }
    }

    fn root(&self) -> Option<Self> {
        let root = self.value.root()?;
        let slope = self.one()?.quotient(&root.sum(&root)?)?;
        self.chain(root, &slope)
    }

    fn asin(&self) -> Option<Self> {
        let slope = self.one()?.quotient(&self.cosine()?)?;
        self.chain(self.value.asin()?, &slope)
    }

    fn acos(&self) -> Option<Self> {
        let slope = self.one()?.quotient(&self.cosine()?)?.negative();
        self.chain(self.value.acos()?, &slope)
    }

    fn atan(&self) -> Option<Self> {
        let slope = self.one()?.quotient(&self.one()?.sum(&self.value.power(2)?)?)?;
        self.chain(self.value.atan()?, &slope)
    }
}
