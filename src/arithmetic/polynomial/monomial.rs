//! Products of powers of variables.

use super::Variable;

/// A product of powers of variables, ordered lexicographically with the
/// largest variable number first: an order that respects products.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Monomial(
    /// Variables in descending order with exponents ≥ 1. The derived order on
    /// such lists is the lexicographic one: at the first difference, the list
    /// with the larger variable, the larger exponent, or anything at all where
    /// the other has ended, is the one with more of the variable that counts.
    Vec<(Variable, u32)>,
);

impl Monomial {
    /// The empty product.
    #[must_use]
    pub fn one() -> Self {
        Self(Vec::new())
    }

    /// The variable to the power `exponent`.
    #[must_use]
    pub fn variable(variable: Variable, exponent: u32) -> Self {
        if exponent == 0 {
            Self::one()
        } else {
            Self(vec![(variable, exponent)])
        }
    }

    /// Whether this is the empty product.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.0.is_empty()
    }

    /// The variables and their exponents, all ≥ 1.
    pub fn factors(&self) -> impl Iterator<Item = (Variable, u32)> {
        self.0.iter().copied()
    }

    pub(super) fn variables(&self) -> impl Iterator<Item = Variable> {
        self.0.iter().map(|&(variable, _)| variable)
    }

    /// The exponent of one variable, possibly 0.
    #[must_use]
    pub fn exponent(&self, variable: Variable) -> u32 {
        self.0
            .iter()
            .find(|factor| factor.0 == variable)
            .map_or(0, |factor| factor.1)
    }

    /// Combines exponents variable by variable.
    fn zip(&self, other: &Self, combine: impl Fn(u32, u32) -> Option<u32>) -> Option<Self> {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut result = Vec::with_capacity(self.0.len().max(other.0.len()));
        loop {
            let variable = match (left.peek(), right.peek()) {
                (None, None) => return Some(Self(result)),
                (Some(&&(v, _)), None) | (None, Some(&&(v, _))) => v,
                (Some(&&(v, _)), Some(&&(w, _))) => v.max(w),
            };
            let exponent_in = |list: &mut std::iter::Peekable<std::slice::Iter<(Variable, u32)>>| {
                list.next_if(|factor| factor.0 == variable)
                    .map_or(0, |factor| factor.1)
            };
            let exponent = combine(exponent_in(&mut left), exponent_in(&mut right))?;
            if exponent > 0 {
                result.push((variable, exponent));
            }
        }
    }

    /// The product; `None` if an exponent leaves its range.
    #[must_use]
    pub fn multiply(&self, other: &Self) -> Option<Self> {
        self.zip(other, u32::checked_add)
    }

    /// The quotient, if `divisor` divides.
    #[must_use]
    pub fn divide(&self, divisor: &Self) -> Option<Self> {
        self.zip(divisor, u32::checked_sub)
    }

    /// The largest common divisor.
    #[must_use]
    pub fn gcd(&self, other: &Self) -> Self {
        self.zip(other, |m, n| Some(m.min(n))).unwrap_or_else(Self::one)
    }

    /// The exponent of one variable, and the other variables' factor.
    pub(super) fn without(&self, variable: Variable) -> (u32, Self) {
        let rest = self
            .0
            .iter()
            .copied()
            .filter(|factor| factor.0 != variable)
            .collect();
        (self.exponent(variable), Self(rest))
    }
}
