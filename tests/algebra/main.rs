//! The expression language and exact algebra.

mod identities;
mod language;
mod polynomials;
mod roots;
mod soundness;
mod strategies;
mod surds;
