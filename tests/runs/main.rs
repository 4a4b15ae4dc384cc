//! Many runs: kept in a store, counted, drawn. Their makers have tests of their own;
//! here runs are made by hand.

mod pictures;
mod statistics;
mod store;
