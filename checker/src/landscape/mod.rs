//! The loss of two-layer networks with error-function activations, on the
//! assumption of the arcsine kernel (see [`Activation`]).

mod activation;
mod bucket;
mod partition;
mod student;
mod surd;
#[cfg(test)]
mod tests;

pub use activation::Activation;
pub use bucket::Excess;
pub use partition::partitions;
pub use student::Student;
pub use surd::Surd;
