//! The expression language and exact algebra.

mod language;
mod strategies;
