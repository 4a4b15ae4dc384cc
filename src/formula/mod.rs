//! The language in which theorems are stated: expressions with exact constants,
//! read from text, evaluated in any arithmetic, differentiated and compared exactly.

mod ast;
mod definitions;
mod differentiate;
mod display;
mod parse;
mod program;
mod relation;
mod token;
mod traverse;

pub use ast::Formula;
pub use definitions::{DefinitionError, Definitions};
pub use parse::{ParseError, Problem};
pub use program::{Program, UnboundVariable};
pub use relation::{Comparison, Relation, SignClaim};
