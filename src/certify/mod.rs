//! Verdicts, from enclosures and exact algebra alone.

pub mod domain;
pub mod sign;
pub mod verdict;
