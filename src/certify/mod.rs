//! Verdicts, from enclosures and exact algebra alone.

pub mod certificate;
pub mod concavity;
pub mod copy_average;
pub mod critical;
pub mod domain;
pub mod eigenvalues;
pub mod identity;
pub mod inertia;
pub mod quadrature;
pub mod ranking;
pub mod sign;
pub mod spectrum;
pub mod verdict;
