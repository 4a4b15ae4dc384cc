//! Sets of reals that never lose a point.
//!
//! **The inclusion promise.** *If each argument of an operation contains the
//! real number meant, so does the result.* Everything that copyavg proves
//! rests on this sentence; the rest of the program relies on it and never
//! looks at endpoints' rounding again.

mod decimal;
pub mod digits;
mod double;
mod enclosure;
pub mod environment;
mod exact;
pub mod fixed;
mod gmp;
mod interval;
mod jet;
pub mod literal;
pub mod polynomial;
mod precision;
pub mod rational;
mod scalar;
mod series;
pub mod squares;
mod surd;
pub mod univariate;

pub use double::DoubleInterval;
pub use enclosure::{Enclosure, Order};
pub use exact::{Exact, exact_root};
pub use interval::Interval;
pub use jet::Jet;
pub use polynomial::Polynomial;
pub use precision::Precision;
pub use rational::Rational;
pub use scalar::Scalar;
pub use series::Series;
pub use surd::Surd;
pub use univariate::Univariate;
