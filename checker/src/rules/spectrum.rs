//! `spectrum`: loss, eigenvalues and kind of one copy-average configuration.

use super::configurations::read_erf;
use super::hessian::{Hessian, Level};
use super::listed::{Bounds, Listed, Verdict, describe, placed, read_blocks, read_bounds};
use crate::arithmetic::Number;
use crate::landscape::{Activation, Parts, read_count};
use crate::number::{Rational, integer, ratio};
use crate::read::{Block, Line};
use crate::rejection::Rejection;
use num_bigint::BigInt;

/// All that is claimed.
struct Claim<'a> {
    activation: Activation,
    parts: Parts,
    extra: u64,
    loss: (Line<'a>, Bounds),
    blocks: Vec<Listed<'a>>,
    verdict: Verdict<'a>,
}

/// Whether a text is a block's name.
fn is_name(text: &str) -> bool {
    text == "unused"
        || text.split_once(' ').is_some_and(|(kind, size)| {
            matches!(kind, "bucket" | "zero-sum" | "difference")
                && read_count(size).is_some_and(|size| size >= 1)
        })
}

impl<'a> Claim<'a> {
    fn read(block: &mut Block<'a>) -> Result<Self, Rejection> {
        let activation = read_erf(block)?;
        let line = block.require("parts")?;
        let parts = Parts::read(line.rest).ok_or_else(|| {
            line.unreadable(
                "sizes of buckets in falling order must stand here, `l` or `l^m` with m >= 2 (at most 200 of 18 digits)",
            )
        })?;
        let line = block.require("extra")?;
        let extra = read_count(line.rest)
            .ok_or_else(|| line.unreadable("a natural number of at most 18 digits must stand here"))?;
        let line = block.require("loss")?;
        let loss = (line, read_bounds(&line)?);
        let blocks = read_blocks(block, is_name)?;
        let verdict = Verdict::read(block)?;
        Ok(Self {
            activation,
            parts,
            extra,
            loss,
            blocks,
            verdict,
        })
    }

    /// The claim in words.
    fn describe(&self, rows: &BigInt) -> String {
        let (n, k) = (self.parts.neurons(), self.parts.teachers());
        format!(
            "the copy-average configuration {} (a_i = l_i, |w_i|^2 = 1/(2*l_i - 1)) of k = {k} teachers by n = {n} \
             neurons in d = {} dimensions, activation {}, is a critical point of loss in [{}, {}]; \
             its Hessian in (a, W) has, of {rows} eigenvalues, {} negative ones and {} that are 0: {}; {}",
            self.parts,
            &k + self.extra,
            self.activation,
            self.loss.1.low,
            self.loss.1.high,
            self.verdict.index.1,
            self.verdict.nullity.1,
            self.verdict.kind.rest,
            describe(&self.blocks),
        )
    }
}

/// Rederives the blocks, and proves every number that is claimed.
pub fn check(block: &mut Block) -> Result<String, Rejection> {
    let claimed = Claim::read(block)?;
    let proof = block.require_proof("inertia")?;
    let mut hessian = Hessian::new(&claimed.parts, claimed.extra);
    let claim = claimed.describe(&hessian.rows());
    if !hessian.is_critical() {
        return Err(proof.invalid(&claim, "the configuration is not shown to be critical"));
    }
    let expected = list(&mut hessian).ok_or_else(|| proof.invalid(&claim, "the blocks cannot be formed"))?;
    claimed.verdict.check_list(&claimed.blocks, &expected, &claim)?;
    if !hessian.is_complete() {
        return Err(proof.invalid(&claim, "the blocks are not shown to make up the Hessian"));
    }
    for (place, listed) in claimed.blocks.iter().enumerate() {
        for (number, (line, bounds)) in listed.eigenvalues.iter().enumerate() {
            if !encloses(&mut hessian, place, number, bounds) {
                return Err(line.invalid(&claim, "the eigenvalue is not shown to be in there"));
            }
        }
    }
    let counts = hessian
        .negative()
        .ok_or_else(|| proof.invalid(&claim, "the inertia of a block is not decided"))?;
    claimed
        .verdict
        .check_signs(&claimed.blocks, &counts, &claim, &proof)?;
    let (line, bounds) = &claimed.loss;
    if !loss_is_within(&claimed.parts, &mut hessian, bounds) {
        return Err(line.invalid(&claim, "the loss is not shown to be in there"));
    }
    Ok(claim)
}

/// The blocks that there are: name, multiplicity, and number of rows.
fn list(hessian: &mut Hessian) -> Option<Vec<(String, BigInt, usize)>> {
    let entry =
        |block: &crate::landscape::Block| (block.kind.to_string(), block.times.clone(), block.matrix.rows());
    hessian.decide(|level| Some(level.blocks.iter().map(entry).collect()))
}

/// The number of eigenvalues of a block below a rational, all others being
/// above it.
fn below(hessian: &mut Hessian, place: usize, bound: &Rational) -> Option<usize> {
    hessian.decide(|level: &Level| {
        let shift = level.unit.product(&level.context.constant(bound)?)?;
        level.blocks.get(place)?.matrix.below(&shift)
    })
}

/// The eigenvalue of this number (from 0) of a block lies between the bounds.
fn encloses(hessian: &mut Hessian, place: usize, number: usize, bounds: &Bounds) -> bool {
    below(hessian, place, &bounds.low).is_some_and(|count| count <= number)
        && below(hessian, place, &bounds.high).is_some_and(|count| count > number)
}

/// Σ L(l_i) lies between the bounds, L(l) = l/3 − (2/π) l² asin(1/(2l)).
fn loss_is_within(parts: &Parts, hessian: &mut Hessian, bounds: &Bounds) -> bool {
    let within = hessian.decide(|level| {
        let number = |q: &Rational| level.context.constant(q);
        let mut sum = number(&integer(0))?;
        // L(1) = 0.
        for run in parts.runs().iter().filter(|run| run.size > 1) {
            let [l, count] = [run.size, run.count].map(|n| Rational::from_integer(n.into()));
            let arcsine = number(&(ratio(1, 2) / &l))?.asin()?;
            // 2/π = (1/2)/(π/4).
            let student = arcsine
                .product(&number(&(&l * &l))?)?
                .scaled(-1)?
                .quotient(&level.unit)?;
            let loss = number(&(&l / integer(3)))?.difference(&student)?;
            sum = sum.sum(&loss.product(&number(&count)?)?)?;
        }
        placed(&sum, bounds)
    });
    within == Some(true)
}
