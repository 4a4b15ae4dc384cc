//! The catalogue of theorems, its language of claims, and its judge.
//!
//! A theorem is a file of `proofs/`: a statement in words, the source it comes
//! from, what it uses, one or more *machine claims* ([`claim`]), and a written
//! derivation of the statement from the claims. The program attempts every
//! claim; the theorem is `proved` if all its claims are and everything that it
//! uses is proved or assumed. `by` says whether a reader must also follow the
//! derivation.

pub mod catalogue;
pub mod certificate;
pub mod claim;
pub mod complaint;
pub mod entry;
pub mod export;
pub mod judge;
pub mod known;
mod ledger;
pub mod references;
pub mod summary;
