//! Many configurations at once: candidates found, each of them certified; and
//! training runs, many of them, kept and counted.
//!
//! Nothing is decided here. Whatever is stated as proved comes from
//! [`certify`](crate::certify), configuration by configuration; what is measured
//! says how often and with which confidence.

pub mod basins;
pub mod branch_and_bound;
pub mod global_optimum;
pub mod phase;
pub mod series;
pub mod statistics;
pub mod store;
pub mod threshold;
pub mod training;
