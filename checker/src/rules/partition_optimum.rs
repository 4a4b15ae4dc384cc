//! `partition-optimum`: (k − n + 1, 1, …, 1) has the lowest sum of losses.

use super::configurations::{read_activation, read_integers};
use crate::landscape::{Excess, partitions};
use crate::read::Block;
use crate::rejection::Rejection;
use num_bigint::BigInt;

/// The largest k.
const LARGEST_K: u64 = 60;
/// Binary places of the compared numbers.
const PLACES: u64 = 192;

/// Compares all partitions of every k in the range, for every n.
///
/// Σ L(l_i) = (2A/π)(k asin S − Σ E(l_i)): the lowest loss has the largest Σ E(l_i).
pub fn check(block: &mut Block) -> Result<String, Rejection> {
    let activation = read_activation(block)?;
    let (from, to) = read_integers(&block.require("k")?, 1, LARGEST_K)?;
    let claim = format!(
        "among all partitions of k into n parts l_i, (k-n+1, 1, ..., 1) alone has the lowest sum of L(l_i), \
         for all n in 1..k, k in {from}..{to}, where {}",
        activation.bucket_loss()
    );
    let proof = block.require_proof("enumeration")?;
    let excess = Excess::new(&activation.teacher_sine(), PLACES);
    let table: Option<Vec<(BigInt, BigInt)>> = (1..=to).map(|l| excess.at(l)).collect();
    let table = table.ok_or_else(|| proof.invalid(&claim, "E(l) cannot be evaluated"))?;
    // The part l is at the place l − 1.
    let entry = |l: u64| usize::try_from(l).ok().and_then(|l| table.get(l.checked_sub(1)?));
    for k in from..=to {
        for n in 1..=k {
            let best = k.saturating_sub(n).saturating_add(1);
            let mut lowest = BigInt::from(0);
            if let (Some((average, _)), Some((copy, _))) = (entry(best), entry(1)) {
                lowest = average + copy * n.saturating_sub(1);
            }
            let mut optima = 0_usize;
            let mut failed = None;
            partitions(k, n, &mut |parts| {
                let is_best = parts.first() == Some(&best) && parts.iter().skip(1).all(|&part| part == 1);
                if is_best {
                    optima = optima.saturating_add(1);
                    return true;
                }
                let sum = parts
                    .iter()
                    .map(|&part| entry(part).map(|(_, above)| above))
                    .sum::<Option<BigInt>>();
                let lower = sum.is_some_and(|sum| sum < lowest);
                if !lower {
                    failed = Some(format!("{parts:?} is not shown to be worse"));
                }
                lower
            });
            if let Some(reason) = failed {
                return Err(proof.invalid(&claim, reason));
            }
            if optima != 1 {
                return Err(proof.invalid(&claim, "the best partition was not met exactly once"));
            }
        }
    }
    Ok(claim)
}
