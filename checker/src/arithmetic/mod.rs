//! Arithmetic that never loses a point.
//!
//! * [`Dyadic`]: m·2^e, rounded down or up on demand;
//! * [`Interval`]: closed intervals with dyadic or infinite ends. *Whatever
//!   reals lie in the operands, the result of the operation on them lies in the
//!   result*: every file of this folder rests on this one promise;
//! * [`Exact`]: rationals, and nothing where a value is irrational;
//! * [`Series`]: Taylor polynomials over either;
//! * [`Gradient`]: values with partial derivatives over either;
//! * [`Checked`]: any of them, or undefined, with operators.

mod checked;
mod dyadic;
mod elementary;
mod exact;
mod gradient;
mod interval;
mod number;
mod series;
#[cfg(test)]
mod tests;

pub use checked::Checked;
pub use dyadic::{Dyadic, Round};
pub use exact::Exact;
pub use gradient::Gradient;
pub use interval::Interval;
pub use number::Number;
pub use series::Series;
