//! What a formula asks of the numbers it is evaluated over.

use crate::number::Rational;

/// A kind of number. `None` is the answer wherever the result is undefined, or
/// not known to be defined, or not representable: it proves nothing.
pub trait Number: Clone {
    /// The constant `q`, in the precision of `self`.
    fn constant(&self, q: &Rational) -> Option<Self>;
    /// π, in the precision of `self`.
    fn pi(&self) -> Option<Self>;
    /// −x.
    fn negative(&self) -> Self;
    /// x + y.
    fn sum(&self, other: &Self) -> Option<Self>;
    /// x − y.
    fn difference(&self, other: &Self) -> Option<Self> {
        self.sum(&other.negative())
    }
    /// x·y.
    fn product(&self, other: &Self) -> Option<Self>;
    /// x/y.
    fn quotient(&self, other: &Self) -> Option<Self>;
    /// xⁿ for n ≥ 0; x⁰ = 1.
    fn power(&self, n: u32) -> Option<Self>;
    /// √x.
    fn root(&self) -> Option<Self>;
    /// arcsin x.
    fn asin(&self) -> Option<Self>;
    /// arccos x.
    fn acos(&self) -> Option<Self>;
    /// arctan x.
    fn atan(&self) -> Option<Self>;
}
