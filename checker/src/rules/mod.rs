//! The rules: one file for each kind of claim.
//!
//! A rule reads the lines of its claim, states the claim in its own words, and
//! goes through the proof.

mod additivity;
mod concavity_scan;
mod configurations;
mod cover;
mod critical;
mod global_optimum;
mod hessian;
mod identity;
mod kernel;
mod listed;
mod morse_index;
mod partition_optimum;
mod perturbed_copy;
mod sign;
mod spectrum;
mod statement;
mod sturm;

use crate::read::Block;
use crate::rejection::Rejection;

/// Checks one claim and states it.
///
/// # Errors
/// The first fault.
pub fn check(mut block: Block) -> Result<String, Rejection> {
    let rule = match block.head.rest {
        "sign" => sign::check,
        "identity" => identity::check,
        "critical" => critical::check,
        "additivity" => additivity::check,
        "partition-optimum" => partition_optimum::check,
        "concavity-scan" => concavity_scan::check,
        "kernel" => kernel::check,
        "spectrum" => spectrum::check,
        "perturbed-copy" => perturbed_copy::check,
        "global-optimum" => global_optimum::check,
        "morse-index" => morse_index::check,
        other => {
            return Err(block
                .head
                .unreadable(format!("there are no claims of the kind {other:?}")));
        }
    };
    let claim = rule(&mut block)?;
    block.finish()?;
    Ok(claim)
}
