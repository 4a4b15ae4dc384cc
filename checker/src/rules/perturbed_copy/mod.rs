//! `perturbed-copy`: existence, loss, eigenvalues and kind of a perturbed copy.

mod krawczyk;
mod solution;

use super::configurations::read_erf;
use super::listed::{Bounds, Listed, Verdict, describe, read_blocks, read_bounds, read_ends};
use crate::landscape::perturbed_copy::{Family, Point};
use crate::landscape::{Activation, read_count};
use crate::number::{Rational, read_rational};
use crate::read::{Block, Line};
use crate::rejection::Rejection;
use krawczyk::Matrix;
use num_traits::Signed;
use solution::Solution;
use std::cmp::Ordering;

/// The largest k.
const LARGEST_K: u64 = 1_000_000_000_000;
/// The names of the parameters.
const NAMES: [&str; 4] = ["alpha", "beta", "gamma", "a"];
/// The names of the blocks, in the order of the format.
const BLOCKS: [&str; 8] = [
    "trivial",
    "neurons",
    "rest",
    "neurons-rest",
    "symmetric",
    "antisymmetric",
    "unused",
    "unused-neurons",
];

/// All that is claimed.
struct Claim<'a> {
    activation: Activation,
    family: Family,
    box_: Point<Bounds>,
    /// The lines of the box.
    lines: Point<Line<'a>>,
    matrix: Matrix,
    loss: (Line<'a>, Bounds),
    order: Option<(Line<'a>, Ordering)>,
    spectrum: Option<(Vec<Listed<'a>>, Verdict<'a>)>,
}

/// Reads `WORD N` with `least` ≤ N ≤ `most`.
fn read_number(block: &mut Block, word: &str, least: u64, most: u64) -> Result<u64, Rejection> {
    let line = block.require(word)?;
    read_count(line.rest)
        .filter(|count| (least..=most).contains(count))
        .ok_or_else(|| {
            line.unreadable("a natural number in the limits must stand here (2 <= n < k <= 10^12)")
        })
}

/// Reads `box NAME LO HI` with LO < HI.
fn read_side<'a>(block: &mut Block<'a>, name: &str) -> Result<(Line<'a>, Bounds), Rejection> {
    let line = block.require("box")?;
    let ends = line
        .rest
        .strip_prefix(name)
        .and_then(|rest| rest.strip_prefix(' '));
    ends.and_then(read_ends)
        .filter(|bounds| bounds.low < bounds.high)
        .map(|bounds| (line, bounds))
        .ok_or_else(|| line.unreadable(format!("the form is `box {name} LO HI`, LO < HI")))
}

/// Reads a row of the preconditioner.
fn read_row(block: &mut Block) -> Result<Point<Rational>, Rejection> {
    let line = block.require("preconditioner")?;
    let row: Option<Vec<Rational>> = line.rest.split(' ').map(read_rational).collect();
    row.and_then(|row| row.try_into().ok())
        .ok_or_else(|| line.unreadable("four rationals must stand here"))
}

/// Four things that are read one after the other.
fn four<T>(mut read: impl FnMut(usize) -> Result<T, Rejection>) -> Result<[T; 4], Rejection> {
    Ok([read(0)?, read(1)?, read(2)?, read(3)?])
}

impl<'a> Claim<'a> {
    fn read(block: &mut Block<'a>) -> Result<Self, Rejection> {
        let activation = read_erf(block)?;
        let neurons = read_number(block, "n", 2, LARGEST_K)?;
        let teachers = read_number(block, "k", neurons.saturating_add(1), LARGEST_K)?;
        let extra = read_number(block, "extra", 0, u64::MAX)?;
        let sides = four(|place| read_side(block, NAMES.get(place).copied().unwrap_or_default()))?;
        let lines = [&sides[0], &sides[1], &sides[2], &sides[3]].map(|(line, _)| *line);
        let box_ = sides.map(|(_, bounds)| bounds);
        let matrix = four(|_| read_row(block))?;
        let line = block.require("loss")?;
        let loss = (line, read_bounds(&line)?);
        let order = match block.accept("order") {
            None => None,
            Some(line) => Some(match line.rest {
                "lower" => (line, Ordering::Less),
                "higher" => (line, Ordering::Greater),
                _ => return Err(line.unreadable("the order is `lower` or `higher`")),
            }),
        };
        let blocks = read_blocks(block, |name| BLOCKS.contains(&name))?;
        let spectrum = match blocks.is_empty() {
            true => None,
            false => Some((blocks, Verdict::read(block)?)),
        };
        let family = Family {
            neurons,
            teachers,
            extra,
        };
        Ok(Self {
            activation,
            family,
            box_,
            lines,
            matrix,
            loss,
            order,
            spectrum,
        })
    }

    /// The claim in words.
    fn describe(&self) -> String {
        let Family {
            neurons, teachers, ..
        } = &self.family;
        let [alpha, beta, gamma, a] = self
            .box_
            .each_ref()
            .map(|bounds| format!("[{}, {}]", bounds.low, bounds.high));
        let order = match self.order {
            None => "",
            Some((_, Ordering::Less)) => {
                ", lower than that of the best copy-average configuration (k-n+1, 1, ..., 1)"
            }
            Some(_) => ", higher than that of the best copy-average configuration (k-n+1, 1, ..., 1)",
        };
        let spectrum = match &self.spectrum {
            None => String::new(),
            Some((blocks, verdict)) => format!(
                "; its Hessian in (a, W) has, of {} eigenvalues, {} negative ones and {} that are 0: {}; {}",
                self.family.rows(),
                verdict.index.1,
                verdict.nullity.1,
                verdict.kind.rest,
                describe(blocks),
            ),
        };
        format!(
            "for k = {teachers} teachers v_p and n = {neurons} neurons in d = {} dimensions, activation {}, there is exactly \
             one critical point a_i = a, w_i = alpha*v_i + beta*(sum of v_j, j <= n, j != i) + gamma*(sum of v_p, p > n) \
             with alpha in {alpha}, beta in {beta}, gamma in {gamma}, a in {a}, and there alpha > 0 > beta, gamma > 0, a > 0; \
             it is critical in all weights, of loss in [{}, {}]{order}{spectrum}",
            self.family.dimension(),
            self.activation,
            self.loss.1.low,
            self.loss.1.high,
        )
    }

    /// α > 0 > β, γ > 0, a > 0 on the whole box.
    fn check_signs(&self, claim: &str) -> Result<(), Rejection> {
        for ((bounds, line), name) in self.box_.iter().zip(&self.lines).zip(NAMES) {
            let (holds, sign) = match name {
                "beta" => (bounds.high.is_negative(), "< 0"),
                _ => (bounds.low.is_positive(), "> 0"),
            };
            if !holds {
                return Err(line.invalid(claim, format!("{name} must be {sign} in the whole box")));
            }
        }
        Ok(())
    }
}

/// Solves the equations of the critical points, rederives the blocks, and
/// proves every number that is claimed.
pub fn check(block: &mut Block) -> Result<String, Rejection> {
    let claimed = Claim::read(block)?;
    let proof = block.require_proof("krawczyk")?;
    let claim = claimed.describe();
    claimed.check_signs(&claim)?;
    let mut solution = Solution::new(&claimed.family, &claimed.box_, &claimed.matrix);
    if !solution.exists() {
        let reason = "the box is not shown to contain exactly one critical point";
        return Err(proof.invalid(&claim, reason));
    }
    let (line, bounds) = &claimed.loss;
    if !solution.loss_is_within(bounds) {
        return Err(line.invalid(&claim, "the loss is not shown to be in there"));
    }
    if let Some((line, order)) = &claimed.order
        && solution.order() != Some(*order)
    {
        return Err(line.invalid(&claim, "the loss is not shown to compare like this"));
    }
    if let Some((blocks, verdict)) = &claimed.spectrum {
        check_spectrum(&mut solution, blocks, verdict, &claim, &proof)?;
    }
    Ok(claim)
}

/// The blocks are those of the Hessian, and so are the eigenvalues.
fn check_spectrum(
    solution: &mut Solution,
    blocks: &[Listed],
    verdict: &Verdict,
    claim: &str,
    proof: &Line,
) -> Result<(), Rejection> {
    let expected = solution
        .list()
        .ok_or_else(|| proof.invalid(claim, "the blocks cannot be formed"))?;
    verdict.check_list(blocks, &expected, claim)?;
    if !solution.is_complete() {
        return Err(proof.invalid(claim, "the blocks are not shown to make up the Hessian"));
    }
    for (place, listed) in blocks.iter().enumerate() {
        for (number, (line, bounds)) in listed.eigenvalues.iter().enumerate() {
            if !solution.encloses(place, number, bounds) {
                return Err(line.invalid(claim, "the eigenvalue is not shown to be in there"));
            }
        }
    }
    let counts = solution
        .negative(blocks.len())
        .ok_or_else(|| proof.invalid(claim, "the inertia of a block is not decided"))?;
    verdict.check_signs(blocks, &counts, claim, proof)
}
