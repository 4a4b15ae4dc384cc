//! Expressions as trees with shared parts.

use super::traverse;
use crate::arithmetic::{Rational, rational};
use num_traits::{One, Zero};
use std::collections::{BTreeSet, HashSet};
use std::convert::Infallible;
use std::ops::{Add, Div, Mul, Neg, Sub};
use std::sync::Arc;

/// An expression in named variables with exact constants.
///
/// A formula means a partial function: its value is undefined wherever a
/// divisor is 0, a radicand negative, or an argument of `asin` or `acos`
/// outside [−1, 1], and an undefined part makes the whole undefined
/// (`0*(1/0)` is undefined, and so is `(1/0)^0`).
///
/// Parts are shared behind [`Arc`], so that a formula is really a graph: all
/// algorithms of this module visit a shared part once. Use the constructors
/// and operators rather than the variants: they write negative and fractional
/// constants in the one form that the parser also produces.
#[derive(Debug, Clone)]
pub enum Formula {
    /// An exact constant.
    Constant(Rational),
    /// The number π.
    Pi,
    /// A named real.
    Variable(Arc<str>),
    /// −u.
    Neg(Arc<Formula>),
    /// u + v.
    Add(Arc<Formula>, Arc<Formula>),
    /// u − v.
    Sub(Arc<Formula>, Arc<Formula>),
    /// u·v.
    Mul(Arc<Formula>, Arc<Formula>),
    /// u/v.
    Div(Arc<Formula>, Arc<Formula>),
    /// uⁿ for an integer n of any sign; u⁰ = 1.
    Power(Arc<Formula>, i32),
    /// √u ≥ 0.
    Sqrt(Arc<Formula>),
    /// arcsin u in [−π/2, π/2].
    Asin(Arc<Formula>),
    /// arccos u in [0, π].
    Acos(Arc<Formula>),
    /// arctan u in (−π/2, π/2).
    Atan(Arc<Formula>),
}

impl Formula {
    /// The constant `q`.
    #[must_use]
    pub fn constant(q: Rational) -> Self {
        Self::Constant(q)
    }

    /// The constant `n`.
    #[must_use]
    pub fn integer(n: i64) -> Self {
        Self::Constant(rational::integer(n))
    }

    /// The variable `name`.
    #[must_use]
    pub fn variable(name: &str) -> Self {
        Self::Variable(name.into())
    }

    /// `self^n`.
    #[must_use]
    pub fn powi(self, n: i32) -> Self {
        Self::Power(Arc::new(self), n)
    }

    /// √self.
    #[must_use]
    pub fn sqrt(self) -> Self {
        Self::Sqrt(Arc::new(self))
    }

    /// arcsin self.
    #[must_use]
    pub fn asin(self) -> Self {
        Self::Asin(Arc::new(self))
    }

    /// arccos self.
    #[must_use]
    pub fn acos(self) -> Self {
        Self::Acos(Arc::new(self))
    }

    /// arctan self.
    #[must_use]
    pub fn atan(self) -> Self {
        Self::Atan(Arc::new(self))
    }

    /// The exact value, if the formula is a single constant.
    #[must_use]
    pub fn as_constant(&self) -> Option<&Rational> {
        match self {
            Self::Constant(q) => Some(q),
            _ => None,
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.as_constant().is_some_and(Zero::is_zero)
    }

    pub(super) fn is_one(&self) -> bool {
        self.as_constant().is_some_and(One::is_one)
    }

    /// The operands, from left to right.
    pub(super) fn operands(&self) -> impl DoubleEndedIterator<Item = &Arc<Formula>> {
        let (first, second) = match self {
            Self::Constant(_) | Self::Pi | Self::Variable(_) => (None, None),
            Self::Neg(u)
            | Self::Power(u, _)
            | Self::Sqrt(u)
            | Self::Asin(u)
            | Self::Acos(u)
            | Self::Atan(u) => (Some(u), None),
            Self::Add(u, v) | Self::Sub(u, v) | Self::Mul(u, v) | Self::Div(u, v) => (Some(u), Some(v)),
        };
        first.into_iter().chain(second)
    }

    /// The names of the variables that occur, in alphabetical order.
    #[must_use]
    pub fn variables(&self) -> BTreeSet<String> {
        traverse::postorder(&[self])
            .into_iter()
            .filter_map(|part| match part {
                Self::Variable(name) => Some(name.to_string()),
                _ => None,
            })
            .collect()
    }

    /// The formula with each variable for which `replacement` has a formula
    /// replaced by it (all at once).
    #[must_use]
    pub fn substitute(&self, replacement: impl Fn(&str) -> Option<Formula>) -> Formula {
        let replaced = traverse::fold(self, |part, done| -> Result<Arc<Formula>, Infallible> {
            let of = |operand: &Arc<Formula>| done.of(operand).clone();
            Ok(Arc::new(match part {
                Self::Variable(name) => replacement(name).unwrap_or_else(|| part.clone()),
                Self::Constant(_) | Self::Pi => part.clone(),
                // `Neg` and `Div` may meet constants that they must fold.
                Self::Neg(u) => -Formula::clone(&of(u)),
                Self::Div(u, v) => Formula::clone(&of(u)) / Formula::clone(&of(v)),
                Self::Add(u, v) => Self::Add(of(u), of(v)),
                Self::Sub(u, v) => Self::Sub(of(u), of(v)),
                Self::Mul(u, v) => Self::Mul(of(u), of(v)),
                Self::Power(u, n) => Self::Power(of(u), *n),
                Self::Sqrt(u) => Self::Sqrt(of(u)),
                Self::Asin(u) => Self::Asin(of(u)),
                Self::Acos(u) => Self::Acos(of(u)),
                Self::Atan(u) => Self::Atan(of(u)),
            }))
        });
        let Ok(replaced) = replaced;
        Formula::clone(&replaced)
    }

    /// The number of distinct parts held in memory (shared parts count once).
    #[must_use]
    pub fn size(&self) -> usize {
        traverse::postorder(&[self]).len()
    }

    /// The number of symbols of the text that [`Display`](std::fmt::Display)
    /// writes, up to parentheses; shared parts count each time. `u64::MAX` if
    /// that is more.
    #[must_use]
    pub fn written_size(&self) -> u64 {
        let Ok(size) = traverse::fold(self, |part, done| -> Result<u64, Infallible> {
            Ok(part
                .operands()
                .fold(1, |sum: u64, u| sum.saturating_add(*done.of(u))))
        });
        size
    }

    /// The length of the longest chain of operations.
    #[must_use]
    pub fn depth(&self) -> usize {
        let Ok(depth) = traverse::fold(self, |part, done| -> Result<usize, Infallible> {
            Ok(part.operands().map(|u| done.of(u) + 1).max().unwrap_or(0))
        });
        depth
    }
}

/// The same tree: same operations, constants and names in the same places.
impl PartialEq for Formula {
    fn eq(&self, other: &Self) -> bool {
        let mut seen = HashSet::new();
        let mut open = vec![(self, other)];
        while let Some((a, b)) = open.pop() {
            if std::ptr::eq(a, b) || !seen.insert((std::ptr::from_ref(a), std::ptr::from_ref(b))) {
                continue;
            }
            let same = match (a, b) {
                (Self::Constant(p), Self::Constant(q)) => p == q,
                (Self::Variable(p), Self::Variable(q)) => p == q,
                (Self::Power(_, m), Self::Power(_, n)) => m == n,
                _ => std::mem::discriminant(a) == std::mem::discriminant(b),
            };
            if !same {
                return false;
            }
            open.extend(a.operands().map(Arc::as_ref).zip(b.operands().map(Arc::as_ref)));
        }
        true
    }
}

impl Eq for Formula {}

/// −u; the negative of a constant is a constant.
impl Neg for Formula {
    type Output = Formula;
    fn neg(self) -> Formula {
        match self {
            Self::Constant(q) => Self::Constant(-q),
            u => Self::Neg(Arc::new(u)),
        }
    }
}

impl Add for Formula {
    type Output = Formula;
    fn add(self, other: Formula) -> Formula {
        Self::Add(Arc::new(self), Arc::new(other))
    }
}

impl Sub for Formula {
    type Output = Formula;
    fn sub(self, other: Formula) -> Formula {
        Self::Sub(Arc::new(self), Arc::new(other))
    }
}

impl Mul for Formula {
    type Output = Formula;
    fn mul(self, other: Formula) -> Formula {
        Self::Mul(Arc::new(self), Arc::new(other))
    }
}

/// u/v; an integer over a nonzero integer is a constant. (Nothing else is
/// folded: constants then never grow beyond what was written.)
impl Div for Formula {
    type Output = Formula;
    fn div(self, other: Formula) -> Formula {
        match (self, other) {
            (Self::Constant(p), Self::Constant(q)) if p.is_integer() && q.is_integer() && !q.is_zero() => {
                Self::Constant(p / q)
            }
            (u, v) => Self::Div(Arc::new(u), Arc::new(v)),
        }
    }
}
