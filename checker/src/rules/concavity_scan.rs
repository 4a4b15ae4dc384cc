//! `concavity-scan`: second differences of the loss of one neuron are negative.

use super::configurations::read_activation;
use crate::landscape::Excess;
use crate::number::read_natural;
use crate::read::Block;
use crate::rejection::Rejection;

/// The largest l.
const LARGEST: u64 = 100_000_000;

/// Encloses the second differences one after the other.
///
/// L(l) = (2A/π)(l asin S − E(l)): that of L is −2A/π times that of E.
pub fn check(block: &mut Block) -> Result<String, Rejection> {
    let activation = read_activation(block)?;
    let line = block.require("to")?;
    let to = read_natural(line.rest)
        .and_then(|to| u64::try_from(to).ok())
        .filter(|to| (2..=LARGEST).contains(to));
    let to = to.ok_or_else(|| line.unreadable(format!("a number from 2 to {LARGEST} must stand here")))?;
    let claim = format!(
        "L(l+1) - 2*L(l) + L(l-1) < 0 for all l in 2..{to}, where {}",
        activation.bucket_loss()
    );
    let proof = block.require_proof("series")?;
    // Second differences fall off like 1/l³.
    let places = u64::from(u64::BITS - to.leading_zeros())
        .saturating_mul(4)
        .saturating_add(48);
    let excess = Excess::new(&activation.teacher_sine(), places);
    let at = |l: u64| {
        excess
            .at(l)
            .ok_or_else(|| proof.invalid(&claim, format!("E({l}) cannot be evaluated")))
    };
    let (mut before, mut here) = (at(1)?, at(2)?);
    for l in 2..=to {
        let after = at(l.saturating_add(1))?;
        if &before.0 + &after.0 <= &here.1 + &here.1 {
            return Err(proof.invalid(
                &claim,
                format!("the second difference at l = {l} is not shown to be negative"),
            ));
        }
        before = here;
        here = after;
    }
    Ok(claim)
}
