//! Verdicts, from enclosures and exact algebra alone.

pub mod critical;
pub mod domain;
pub mod quadrature;
pub mod sign;
pub mod verdict;
