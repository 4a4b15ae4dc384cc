//! Verdicts, from enclosures and exact algebra alone.

mod agreement;
pub mod certificate;
pub mod concavity;
pub mod copy_average;
pub mod critical;
pub mod domain;
pub mod eigenvalues;
pub mod family;
pub mod full_point;
pub mod global;
pub mod grassmannian;
pub mod identity;
pub mod inertia;
pub mod krawczyk;
pub mod perturbed_copy;
pub mod quadrature;
pub mod ranking;
pub mod sign;
pub mod spectrum;
pub mod verdict;
