//! What claims of spectra have in common: lists of blocks with enclosures of
//! their eigenvalues, index, nullity and kind.

use crate::arithmetic::{Interval, Number};
use crate::number::{Rational, read_natural, read_rational};
use crate::read::{Block, Line};
use crate::rejection::Rejection;
use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use std::fmt::Write;

/// LO ≤ HI.
pub struct Bounds {
    /// LO.
    pub low: Rational,
    /// HI.
    pub high: Rational,
}

/// The lines of one block.
pub struct Listed<'a> {
    /// The line `block`.
    pub line: Line<'a>,
    /// As it is written: there is one way to write it.
    pub name: &'a str,
    /// M.
    pub times: BigInt,
    /// The lines `eigenvalue`.
    pub eigenvalues: Vec<(Line<'a>, Bounds)>,
}

/// The lines `index`, `nullity` and `kind`.
pub struct Verdict<'a> {
    /// The number of negative eigenvalues.
    pub index: (Line<'a>, BigInt),
    /// The number of eigenvalues that are 0.
    pub nullity: (Line<'a>, BigInt),
    /// A saddle or a minimum.
    pub kind: Line<'a>,
}

/// Reads `LO HI`.
pub fn read_bounds(line: &Line) -> Result<Bounds, Rejection> {
    read_ends(line.rest)
        .filter(|bounds| bounds.low <= bounds.high)
        .ok_or_else(|| line.unreadable("two rationals, the smaller one first, must stand here"))
}

/// Reads two rationals.
pub fn read_ends(text: &str) -> Option<Bounds> {
    let (low, high) = text.split_once(' ')?;
    Some(Bounds {
        low: read_rational(low)?,
        high: read_rational(high)?,
    })
}

/// Reads a natural number without leading zeros.
pub fn read_exact_count(line: &Line, text: &str) -> Result<BigInt, Rejection> {
    let canonical = text == "0" || !text.starts_with('0');
    read_natural(text)
        .filter(|_| canonical)
        .ok_or_else(|| line.unreadable("a natural number must stand here, without leading zeros"))
}

/// Reads the lines `block` and `eigenvalue`.
pub fn read_blocks<'a>(
    block: &mut Block<'a>,
    is_name: fn(&str) -> bool,
) -> Result<Vec<Listed<'a>>, Rejection> {
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
    Ok(blocks)
}

/// The blocks and their eigenvalues in words.
pub fn describe(blocks: &[Listed]) -> String {
    let mut text = String::from("eigenvalues, with multiplicity:");
    for (place, block) in blocks.iter().enumerate() {
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

impl<'a> Verdict<'a> {
    /// Reads the three lines.
    pub fn read(block: &mut Block<'a>) -> Result<Self, Rejection> {
        let line = block.require("index")?;
        let index = (line, read_exact_count(&line, line.rest)?);
        let line = block.require("nullity")?;
        let nullity = (line, read_exact_count(&line, line.rest)?);
        let kind = block.require("kind")?;
        if !matches!(kind.rest, "strict-saddle" | "strict-local-minimum") {
            return Err(kind.unreadable("the kind is `strict-saddle` or `strict-local-minimum`"));
        }
        Ok(Self { index, nullity, kind })
    }

    /// The listed blocks are all blocks, in their order; those are given by
    /// name, multiplicity and number of rows.
    pub fn check_list(
        &self,
        blocks: &[Listed],
        expected: &[(String, BigInt, usize)],
        claim: &str,
    ) -> Result<(), Rejection> {
        for (listed, (name, times, rows)) in blocks.iter().zip(expected) {
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
        if blocks.len() != expected.len() {
            let reason = format!("there are {} blocks", expected.len());
            return Err(self.index.0.invalid(claim, reason));
        }
        Ok(())
    }

    /// Index, nullity and kind follow from the enclosures, and the numbers of
    /// negative eigenvalues that they show are `counts`.
    pub fn check_signs(
        &self,
        blocks: &[Listed],
        counts: &[usize],
        claim: &str,
        proof: &Line,
    ) -> Result<(), Rejection> {
        let mut index = BigInt::zero();
        if counts.len() != blocks.len() {
            return Err(proof.invalid(claim, "a block is missing"));
        }
        for (listed, &count) in blocks.iter().zip(counts) {
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
        if index != self.index.1 {
            return Err(self.index.0.invalid(claim, format!("the index is {index}")));
        }
        if !self.nullity.1.is_zero() {
            return Err(self.nullity.0.invalid(claim, "no eigenvalue is 0"));
        }
        if (self.kind.rest == "strict-local-minimum") != index.is_zero() {
            return Err(self.kind.invalid(claim, format!("the index is {index}")));
        }
        Ok(())
    }
}

/// Whether x is in [low, high], if that is certain.
pub fn placed(x: &Interval, bounds: &Bounds) -> Option<bool> {
    let above = x.difference(&x.constant(&bounds.low)?)?;
    let below = x.constant(&bounds.high)?.difference(x)?;
    if above.certainly_nonnegative() && below.certainly_nonnegative() {
        return Some(true);
    }
    let outside = above.negative().certainly_positive() || below.negative().certainly_positive();
    outside.then_some(false)
}
