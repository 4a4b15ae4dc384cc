//! copyavg: a symbolic-numeric theorem checker for the loss landscape of
//! distilled two-layer networks.
#![warn(missing_docs)]
#![forbid(unsafe_code)]

pub mod activation;
pub mod arithmetic;
pub mod certify;
pub mod configuration;
pub mod find;
pub mod formula;
pub mod landscape;
