//! Floating point, no promises: what is found here is a candidate, plain numbers
//! without authority. Never imported by `certify`.

pub mod eigenvalues;
mod float;
pub mod one_apart;
pub mod perturbed_copy;
pub mod training;
