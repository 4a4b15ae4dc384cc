//! The loss of two-layer networks with error-function activations, on the
//! assumption of the arcsine kernel (see [`Activation`]).

mod activation;
mod blocks;
mod bucket;
mod inertia;
mod neuron;
mod orbits;
mod partition;
mod parts;
pub mod perturbed_copy;
mod student;
mod surd;
mod symmetric;
#[cfg(test)]
mod tests;

pub use activation::Activation;
pub use blocks::{Block, blocks};
pub use bucket::Excess;
pub use neuron::Neuron;
pub use orbits::totals;
pub use partition::partitions;
pub use parts::{Parts, Run, read_count};
pub use student::Student;
pub use surd::Surd;
pub use symmetric::Symmetric;
