//! `morse-index`: a formula for the number of negative eigenvalues at every
//! copy-average configuration.

use super::configurations::{Configurations, read_erf};
use super::hessian::{Hessian, Level};
use crate::arithmetic::{Interval, Number};
use crate::landscape::{Parts, Run};
use crate::number::{Rational, integer};
use crate::read::Block;
use crate::rejection::Rejection;
use num_bigint::BigInt;

/// Counts the negative eigenvalues for every partition, and compares.
pub fn check(block: &mut Block) -> Result<String, Rejection> {
    let activation = read_erf(block)?;
    let configurations = Configurations::read_ranges(block, activation)?;
    let claim = format!(
        "the Hessian of the loss in (a, W) is not singular and has sum (l_j - 1 over l_j >= 2 with \
         B(l_j) < 1 + sum of A(l_i) over i != j) negative eigenvalues, with A(l) = R*(R + 2*l), \
         B(l) = R^3*(R + 2*l)/(1 + 2*l*R), R = sqrt(4*l^2 - 1), {}",
        configurations.describe()
    );
    let proof = block.require_proof("inertia")?;
    configurations.all_sizes(&proof, &claim, |sizes, extra| {
        let parts = Parts::of(sizes);
        let mut hessian = Hessian::new(&parts, extra);
        if !(hessian.is_critical() && hessian.is_complete()) {
            return Some(false);
        }
        let index = hessian.index()?;
        let formula = hessian.decide(|level| predicted(level, parts.runs()))?;
        Some(index == formula)
    })?;
    Ok(claim)
}

/// The formula, if the precision suffices for all its comparisons.
fn predicted(level: &Level, runs: &[Run]) -> Option<BigInt> {
    let one = level.context.constant(&integer(1))?;
    // A(l), B(l) of every size, and 1 + Σ A(l_i) over all neurons.
    let mut sum = one.clone();
    let mut ratios: Vec<(Interval, Interval)> = Vec::with_capacity(runs.len());
    for run in runs {
        let double = one.constant(&Rational::from_integer(BigInt::from(run.size) * 2))?;
        let square = double.power(2)?.difference(&one)?;
        let root = square.root()?;
        let outside = root.product(&root.sum(&double)?)?;
        let inside = outside
            .product(&square)?
            .quotient(&double.product(&root)?.sum(&one)?)?;
        let count = one.constant(&Rational::from_integer(run.count.into()))?;
        sum = sum.sum(&outside.product(&count)?)?;
        ratios.push((outside, inside));
    }
    let mut index = BigInt::from(0);
    for (run, (outside, inside)) in runs.iter().zip(&ratios) {
        if run.size < 2 {
            continue;
        }
        let gap = sum.difference(outside)?.difference(inside)?;
        if gap.certainly_positive() {
            index += (BigInt::from(run.size) - 1) * run.count;
        } else if !gap.negative().certainly_positive() {
            return None;
        }
    }
    Some(index)
}
