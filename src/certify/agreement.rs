//! What every list of blocks must pass before a spectrum is stated: it is
//! complete, and two ways to count its negative eigenvalues agree.

use super::eigenvalues::{Level, enclose};
use super::inertia::Symmetric;
use super::spectrum::BlockSpectrum;
use super::verdict::Why;
use crate::arithmetic::{Enclosure, Order, Rational};
use crate::configuration::blocks::Block;
use crate::configuration::blocks::orbits::Totals;
use num_bigint::{BigInt, BigUint};

/// Encloses the eigenvalues of all blocks, in units of `unit`. `candidates` are
/// approximate ones in the order of the list, or empty.
pub(super) fn enclosed<T: Level, M: Symmetric<T>>(
    context: &T,
    blocks: &[Block<M>],
    candidates: &[Vec<f64>],
    unit: &T,
) -> Vec<BlockSpectrum<T>> {
    let of = |(index, block): (usize, &Block<M>)| {
        let near = candidates.get(index).map_or(&[][..], Vec::as_slice);
        let eigenvalues = match block.matrix.only_entry() {
            Some(value) => vec![value.clone()],
            None => enclose(context, &block.matrix, near)
                .unwrap_or_else(|| vec![context.between(None, None); block.matrix.size()]),
        };
        BlockSpectrum {
            name: block.name.clone(),
            dimension: block.matrix.size(),
            multiplicity: block.multiplicity.clone(),
            eigenvalues: eigenvalues.into_iter().map(|x| x * unit).collect(),
        }
    };
    blocks.iter().enumerate().map(of).collect()
}

/// Bits to which sums over blocks must be known and agree with the Hessian's.
const AGREEMENT: u32 = 20;

/// Whether the blocks, in units of `unit`, add up to the full Hessian: a wrong
/// multiplicity or a missing block changes the sum of squares, which has no
/// negative terms.
pub(super) fn complete<T: Level, M: Symmetric<T>>(
    context: &T,
    blocks: &[Block<M>],
    totals: &Totals<T>,
    unit: &T,
) -> Result<(), Why> {
    let mut size = BigUint::default();
    let (mut trace, mut norm) = (context.zero(), context.zero());
    for block in blocks {
        let multiplicity = whole(context, &block.multiplicity);
        size += &block.multiplicity * block.matrix.size();
        trace = trace + block.matrix.trace(context) * &multiplicity;
        norm = norm + block.matrix.squared_norm(context) * &multiplicity;
    }
    trace = trace * unit;
    norm = norm * unit.square();
    if size != totals.size {
        return Err(incomplete("rows", context));
    }
    // The norm bounds what the trace may lose to cancellation.
    let allowed = context
        .integer(2)
        .powi(-i32::try_from(AGREEMENT).unwrap_or(i32::MAX));
    let scale = totals.trace.clone() * &allowed;
    if !agree(&trace, &totals.trace, &scale) {
        return Err(incomplete("traces", context));
    }
    if !agree(
        &norm,
        &totals.squared_norm,
        &(totals.squared_norm.clone() * &allowed),
    ) {
        return Err(incomplete("sums of squares", context));
    }
    Ok(())
}

/// Whether two enclosures of one number overlap, and both are narrower than
/// `scale`: an enclosure of everything agrees with anything.
fn agree<T: Enclosure>(x: &T, y: &T, scale: &T) -> bool {
    let narrow = |x: &T| match (x.lower(), x.upper()) {
        (Some(lower), Some(upper)) => {
            let width = x.between(Some(&(&upper - &lower)), Some(&(&upper - &lower)));
            width.certainly_less(scale)
        }
        _ => false,
    };
    x.compare(y) == Order::Unknown && narrow(x) && narrow(y)
}

fn incomplete<T: Level>(what: &str, context: &T) -> Why {
    Why::OrderOpen {
        what: format!("the {what} of the blocks and of the full Hessian do not agree; their enclosures"),
        bits: context.bits(),
    }
}

/// The integer `n` in the arithmetic of `context`.
pub(super) fn whole<T: Enclosure>(context: &T, n: &BigUint) -> T {
    match i64::try_from(n) {
        Ok(small) => context.integer(small),
        Err(_) => context.rational(&Rational::from_integer(BigInt::from(n.clone()))),
    }
}

/// The Morse index on which the enclosed eigenvalues and the inertia of every
/// block agree.
pub(super) fn counted_index<T: Level, M: Symmetric<T>>(
    context: &T,
    blocks: &[Block<M>],
    enclosed: &[BlockSpectrum<T>],
) -> Result<BigUint, Why> {
    let open = |what: String| Why::OrderOpen {
        what: format!("{what} and 0"),
        bits: context.bits(),
    };
    let mut index = BigUint::default();
    for (block, spectrum) in blocks.iter().zip(enclosed) {
        let inertia = block
            .matrix
            .inertia(&context.zero())
            .ok_or_else(|| open(format!("a pivot of block {}", block.name)))?;
        let negative = spectrum
            .eigenvalues
            .iter()
            .filter(|x| x.certainly_negative())
            .count();
        let positive = spectrum
            .eigenvalues
            .iter()
            .filter(|x| x.certainly_positive())
            .count();
        if negative + positive != block.matrix.size() {
            return Err(open(format!("an eigenvalue of block {}", block.name)));
        }
        if (inertia.negative, inertia.positive) != (negative, positive) {
            return Err(contradiction(&block.name));
        }
        index += &block.multiplicity * negative;
    }
    Ok(index)
}

/// Two proofs of different facts: a defect of the program, never a verdict.
pub(super) fn contradiction(name: &str) -> Why {
    Why::NotRepresentable {
        what: format!("the spectrum of block {name} (two ways to count contradict each other: a defect)"),
    }
}
