//! Exact algebra: polynomials, fractions, roots of polynomials.
//!
//! * [`Polynomial`]: several variables, rational coefficients;
//! * [`Field`]: formulas as fractions of polynomials in parameters, π, square
//!   roots and inverse trigonometric functions;
//! * [`Univariate`]: one variable; roots are counted by Sturm's theorem.

mod field;
mod fraction;
mod polynomial;
mod radical;
mod univariate;

pub use field::{Field, Obstacle};
pub use fraction::Fraction;
pub use polynomial::Polynomial;
pub use univariate::{Region, Univariate};
