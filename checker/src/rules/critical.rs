//! `critical`: the gradient vanishes at copy-average configurations.

use super::configurations::Configurations;
use crate::read::Block;
use crate::rejection::Rejection;

/// Evaluates the gradient of the full student at every configuration, exactly.
pub fn check(block: &mut Block) -> Result<String, Rejection> {
    let configurations = Configurations::read(block)?;
    let claim = format!(
        "the gradient of the loss in all weights vanishes {}",
        configurations.describe()
    );
    let proof = block.require_proof("exact")?;
    configurations.all(&proof, &claim, |student, _| student.is_critical())?;
    Ok(claim)
}
