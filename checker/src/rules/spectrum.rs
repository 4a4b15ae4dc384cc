//! `spectrum`: loss, eigenvalues and kind of one copy-average configuration.

use super::configurations::read_erf;
use super::hessian::{Hessian, Level};
use crate::arithmetic::{Interval, Number};
use crate::landscape::{Activation, Parts, read_count};
use crate::number::{Rational, integer, ratio, read_natural, read_rational};
use crate::read::{Block, Line};
use crate::rejection::Rejection;
use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use std::fmt::Write;

/// LO ≤ HI.
struct Bounds {
    low: Rational,
    high: Rational,
}

/// The lines of one block.
struct Listed<'a> {
    line: Line<'a>,
    /// As it is written: there is one way to write it.
    name: &'a str,
    times: BigInt,
    eigenvalues: Vec<(Line<'a>, Bounds)>,
}

/// All that is claimed.
struct Claim<'a> {
    activation: Activation,
    parts: Parts,
    extra: u64,
    loss: (Line<'a>, Bounds),
    blocks: Vec<Listed<'a>>,
    index: (Line<'a>, BigInt),
    nullity: (Line<'a>, BigInt),
    kind: Line<'a>,
}

/// Reads `LO HI`.
fn read_bounds(line: &Line) -> Result<Bounds, Rejection> {
    let ends = line
        .rest
        .split_once(' ')
        .and_then(|(low, high)| Some((read_rational(low)?, read_rational(high)?)));
    match ends {
        Some((low, high)) if low <= high => Ok(Bounds { low, high }),
        _ => Err(line.unreadable("two rationals, the smaller one first, must stand here")),
    }
}

/// Reads a natural number without leading zeros.
fn read_exact_count(line: &Line, text: &str) -> Result<BigInt, Rejection> {
    let canonical = text == "0" || !text.starts_with('0');
    read_natural(text)
        .filter(|_| canonical)
        .ok_or_else(|| line.unreadable("a natural number must stand here, without leading zeros"))
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
        let mut blocks = Vec::new();
        while let Some(line) = block.accept("block") {
            let (name, times) = line
                .rest
                .split_once(" times ")
                .filter(|(name, _)| is_name(name))
                .ok_or_else(|| line.unreadable("the form is `block NAME times M`"))?;
            let times = read_exact_count(&line, times)?;
            let mut eigenvalues = Vec::new();
            while let Some(line) = block.accept("eigenvalue") {
                eigenvalues.push((line, read_bounds(&line)?));
            }
            blocks.push(Listed {
                line,
                name,
                times,
                eigenvalues,
            });
        }
        let line = block.require("index")?;
        let index = (line, read_exact_count(&line, line.rest)?);
        let line = block.require("nullity")?;
        let nullity = (line, read_exact_count(&line, line.rest)?);
        let kind = block.require("kind")?;
        if !matches!(kind.rest, "strict-saddle" | "strict-local-minimum") {
            return Err(kind.unreadable("the kind is `strict-saddle` or `strict-local-minimum`"));
        }
        Ok(Self {
            activation,
            parts,
            extra,
            loss,
            blocks,
            index,
            nullity,
            kind,
        })
    }

    /// The claim in words.
    fn describe(&self, rows: &BigInt) -> String {
        let (n, k) = (self.parts.neurons(), self.parts.teachers());
        let mut text = format!(
            "the copy-average configuration {} (a_i = l_i, |w_i|^2 = 1/(2*l_i - 1)) of k = {k} teachers by n = {n} \
             neurons in d = {} dimensions, activation {}, is a critical point of loss in [{}, {}]; \
             its Hessian in (a, W) has, of {rows} eigenvalues, {} negative ones and {} that are 0: {}; \
             eigenvalues, with multiplicity:",
            self.parts,
            &k + self.extra,
            self.activation,
            self.loss.1.low,
            self.loss.1.high,
            self.index.1,
            self.nullity.1,
            self.kind.rest,
        );
        for (place, block) in self.blocks.iter().enumerate() {
            let stop = if place == 0 { "" } else { ";" };
            // Writing to a text does not fail.
            let _ = write!(text, "{stop} {}: {} x", block.name, block.times);
            for (place, (_, bounds)) in block.eigenvalues.iter().enumerate() {
                let comma = if place == 0 { "" } else { "," };
                let _ = write!(text, "{comma} [{}, {}]", bounds.low, bounds.high);
            }
        }
        text
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
    check_list(&claimed, &mut hessian, &claim, &proof)?;
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
    check_index(&claimed, &mut hessian, &claim, &proof)?;
    let (line, bounds) = &claimed.loss;
    if !loss_is_within(&claimed.parts, &mut hessian, bounds) {
        return Err(line.invalid(&claim, "the loss is not shown to be in there"));
    }
    Ok(claim)
}

/// The listed blocks are all blocks, in their order.
fn check_list(claimed: &Claim, hessian: &mut Hessian, claim: &str, proof: &Line) -> Result<(), Rejection> {
    let expected: Option<Vec<(String, BigInt, usize)>> = hessian.decide(|level| {
        let entry = |block: &crate::landscape::Block| {
            (block.kind.to_string(), block.times.clone(), block.matrix.rows())
        };
        Some(level.blocks.iter().map(entry).collect())
    });
    let expected = expected.ok_or_else(|| proof.invalid(claim, "the blocks cannot be formed"))?;
    for (listed, (name, times, rows)) in claimed.blocks.iter().zip(&expected) {
        if listed.name != name {
            return Err(listed
                .line
                .invalid(claim, format!("the block {name} must stand here")));
        }
        if listed.times != *times {
            return Err(listed
                .line
                .invalid(claim, format!("the block occurs {times} times")));
        }
        if listed.eigenvalues.len() != *rows {
            return Err(listed
                .line
                .invalid(claim, format!("the block has {rows} eigenvalues")));
        }
    }
    if claimed.blocks.len() != expected.len() {
        let reason = format!("there are {} blocks", expected.len());
        return Err(claimed.index.0.invalid(claim, reason));
    }
    Ok(())
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

/// Index, nullity and kind follow from the enclosures, and from the inertia of
/// the blocks.
fn check_index(claimed: &Claim, hessian: &mut Hessian, claim: &str, proof: &Line) -> Result<(), Rejection> {
    let counts = hessian
        .negative()
        .ok_or_else(|| proof.invalid(claim, "the inertia of a block is not decided"))?;
    let mut index = BigInt::zero();
    if counts.len() != claimed.blocks.len() {
        return Err(proof.invalid(claim, "a block is missing"));
    }
    for (listed, count) in claimed.blocks.iter().zip(counts) {
        let mut negative = 0_usize;
        for (line, bounds) in &listed.eigenvalues {
            if bounds.high.is_negative() {
                negative = negative.saturating_add(1);
            } else if !bounds.low.is_positive() {
                return Err(line.invalid(claim, "the sign of this eigenvalue is left open"));
            }
        }
        if negative != count {
            return Err(listed.line.invalid(claim, "signs and inertia do not agree"));
        }
        index += &listed.times * negative;
    }
    if index != claimed.index.1 {
        return Err(claimed.index.0.invalid(claim, format!("the index is {index}")));
    }
    if !claimed.nullity.1.is_zero() {
        return Err(claimed.nullity.0.invalid(claim, "no eigenvalue is 0"));
    }
    if (claimed.kind.rest == "strict-local-minimum") != index.is_zero() {
        return Err(claimed.kind.invalid(claim, format!("the index is {index}")));
    }
    Ok(())
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
        placed(&sum, &number(&bounds.low)?, &number(&bounds.high)?)
    });
    within == Some(true)
}

/// Whether x is in [low, high], if that is certain.
fn placed(x: &Interval, low: &Interval, high: &Interval) -> Option<bool> {
    let (above, below) = (x.difference(low)?, high.difference(x)?);
    if above.certainly_nonnegative() && below.certainly_nonnegative() {
        return Some(true);
    }
    let outside = above.negative().certainly_positive() || below.negative().certainly_positive();
    outside.then_some(false)
}
