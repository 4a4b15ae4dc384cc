//! `additivity`: the loss is the sum over buckets.

use super::configurations::Configurations;
use crate::read::Block;
use crate::rejection::Rejection;

/// Evaluates the loss of the full student at every configuration, exactly.
pub fn check(block: &mut Block) -> Result<String, Rejection> {
    let configurations = Configurations::read(block)?;
    let claim = format!(
        "the loss is the sum of L(l_i), {}, where {}",
        configurations.describe(),
        configurations.bucket_loss()
    );
    let proof = block.require_proof("exact")?;
    configurations.all(&proof, &claim, |student, sizes| student.loss_is_additive(sizes))?;
    Ok(claim)
}
