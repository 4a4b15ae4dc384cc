//! What a proof may ask of a set of reals.

use super::{Rational, Scalar};

/// The answer to "how do these two reals compare?" when each is only known to
/// lie in a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// Every real of the first set is less than every real of the second.
    Less,
    /// Every real of the first set is greater than every real of the second.
    Greater,
    /// The sets do not decide (they overlap or touch, or one is undefined).
    Unknown,
}

/// A closed interval of reals that is guaranteed to contain the value meant.
///
/// Predicates are named after their certain side: `false` never means that the
/// opposite holds. There is no `PartialOrd`, and none may be added.
pub trait Enclosure: Scalar {
    /// The smallest enclosure at `self`'s precision of all reals between
    /// `lower` and `upper`; `None` stands for −∞ below and +∞ above. Inverted
    /// endpoints give an undefined value.
    fn between(&self, lower: Option<&Rational>, upper: Option<&Rational>) -> Self;

    /// The greatest lower bound as an exact rational; `None` if unbounded
    /// below or undefined.
    fn lower(&self) -> Option<Rational>;

    /// The least upper bound as an exact rational; `None` if unbounded above
    /// or undefined.
    fn upper(&self) -> Option<Rational>;

    /// Whether the value may be undefined (a domain was left on the way).
    fn is_undefined(&self) -> bool;

    /// Whether `q` may be the value: true for every member, and for every
    /// rational when the value is undefined.
    fn contains(&self, q: &Rational) -> bool;

    /// Certain order of two enclosures.
    fn compare(&self, other: &Self) -> Order;

    /// Every possible value is > 0.
    fn certainly_positive(&self) -> bool;

    /// Every possible value is < 0.
    fn certainly_negative(&self) -> bool;

    /// Every possible value is ≥ 0.
    fn certainly_nonnegative(&self) -> bool;

    /// Every possible value is ≤ 0.
    fn certainly_nonpositive(&self) -> bool;

    /// The enclosure is exactly the point 0.
    fn is_exactly_zero(&self) -> bool {
        self.certainly_nonnegative() && self.certainly_nonpositive()
    }

    /// The smallest enclosure of both sets.
    fn hull(&self, other: &Self) -> Self;

    /// The smaller of the two reals.
    fn min(&self, other: &Self) -> Self;

    /// The larger of the two reals.
    fn max(&self, other: &Self) -> Self;

    /// Certainly less than `other`.
    fn certainly_less(&self, other: &Self) -> bool {
        self.compare(other) == Order::Less
    }

    /// Certainly greater than `other`.
    fn certainly_greater(&self, other: &Self) -> bool {
        self.compare(other) == Order::Greater
    }
}
