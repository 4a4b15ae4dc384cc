//! The language in which theorems are stated: expressions with exact constants,
//! read from text, evaluated in any arithmetic, differentiated and compared exactly.

mod ast;
mod definitions;
mod differentiate;
mod display;
pub mod normal;
mod parse;
mod program;
mod relation;
mod token;
mod traverse;

pub use ast::Formula;
pub use definitions::{DefinitionError, Definitions};
pub use normal::{
    Identity, RationalFunction, as_rational_function, prove_identity, prove_identity_given,
    prove_identity_of_nonnegatives,
};
pub use parse::{ParseError, Problem};
pub use program::{Program, UnboundVariable};
pub use relation::{Comparison, Relation, SignClaim};
