//! Many configurations at once: candidates found, each of them certified.
//!
//! Nothing is decided here. Whatever is stated comes from
//! [`certify`](crate::certify), configuration by configuration.

pub mod branch_and_bound;
pub mod global_optimum;
pub mod phase;
pub mod threshold;
pub mod training;
