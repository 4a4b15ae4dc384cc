//! What is known of a perturbed copy, in as much precision as it takes.

use super::krawczyk::{Matrix, solve};
use crate::arithmetic::{Interval, Number};
use crate::landscape::perturbed_copy::{DenseBlock, Family, Point, blocks, excess_loss, loss, totals};
use crate::number::{Rational, integer};
use crate::rules::hessian::{AGREEMENT, PRECISIONS, overlap};
use crate::rules::listed::{Bounds, placed};
use num_bigint::BigInt;
use num_traits::Zero;
use std::cmp::Ordering;

/// The solution in one precision.
struct Level {
    point: Point<Interval>,
    /// In the order of the format and in units of 4/π; made when needed.
    blocks: Option<Vec<DenseBlock>>,
}

/// The solution in a box.
pub struct Solution<'a> {
    family: &'a Family,
    box_: &'a Point<Bounds>,
    matrix: &'a Matrix,
    /// By precision, made when needed; nothing where the test fails.
    levels: Vec<Option<Level>>,
}

impl<'a> Solution<'a> {
    /// Nothing is computed yet.
    pub fn new(family: &'a Family, box_: &'a Point<Bounds>, matrix: &'a Matrix) -> Self {
        Self {
            family,
            box_,
            matrix,
            levels: Vec::new(),
        }
    }

    /// The first answer that some precision gives.
    fn decide<T>(&mut self, question: impl Fn(&Family, &mut Level) -> Option<T>) -> Option<T> {
        for (step, &bits) in PRECISIONS.iter().enumerate() {
            if self.levels.len() <= step {
                let point = solve(self.family, self.box_, self.matrix, bits);
                self.levels.push(point.map(|point| Level { point, blocks: None }));
            }
            if let Some(level) = self.levels.get_mut(step)?
                && let Some(answer) = question(self.family, level)
            {
                return Some(answer);
            }
        }
        None
    }

    /// The same for questions about the blocks.
    fn decide_blocks<T>(
        &mut self,
        question: impl Fn(&Family, &Point<Interval>, &[DenseBlock]) -> Option<T>,
    ) -> Option<T> {
        self.decide(|family, level| {
            if level.blocks.is_none() {
                level.blocks = blocks(family, &level.point);
            }
            question(family, &level.point, level.blocks.as_ref()?)
        })
    }

    /// There is exactly one solution in the box.
    pub fn exists(&mut self) -> bool {
        self.decide(|_, _| Some(())).is_some()
    }

    /// The loss is between the bounds.
    pub fn loss_is_within(&mut self, bounds: &Bounds) -> bool {
        self.decide(|family, level| placed(&loss(family, &level.point)?, bounds)) == Some(true)
    }

    /// How the loss compares with L(k − n + 1), if they differ.
    pub fn order(&mut self) -> Option<Ordering> {
        self.decide(|family, level| {
            let excess = excess_loss(family, &level.point)?;
            if excess.certainly_positive() {
                return Some(Ordering::Greater);
            }
            excess.negative().certainly_positive().then_some(Ordering::Less)
        })
    }

    /// The blocks: name, multiplicity, number of rows.
    pub fn list(&mut self) -> Option<Vec<(String, BigInt, usize)>> {
        let entry = |block: &DenseBlock| (block.name.to_string(), block.times.clone(), block.matrix.rows());
        self.decide_blocks(|_, _, blocks| Some(blocks.iter().map(entry).collect()))
    }

    /// The blocks add up to the full Hessian: rows, trace, and sum of squares.
    pub fn is_complete(&mut self) -> bool {
        let agreed = self.decide_blocks(|family, point, blocks| {
            let [like, ..] = point;
            let zero = like.constant(&integer(0))?;
            let mut rows = BigInt::zero();
            let mut sums = [zero.clone(), zero.clone()];
            for block in blocks {
                rows += &block.times * block.matrix.rows();
                let times = zero.constant(&Rational::from_integer(block.times.clone()))?;
                let (trace, norm) = block.matrix.totals(&zero)?;
                for (sum, part) in sums.iter_mut().zip([trace, norm]) {
                    *sum = sum.sum(&part.product(&times)?)?;
                }
            }
            if rows != family.rows() {
                return Some(false);
            }
            let [block_trace, block_norm] = sums;
            let (trace, norm) = totals(family, point)?;
            if !(overlap(&block_trace, &trace)? && overlap(&block_norm, &norm)?) {
                return Some(false);
            }
            let size = norm.root()?;
            let narrow = is_narrow(&block_norm, &norm)?
                && is_narrow(&norm, &norm)?
                && is_narrow(&block_trace, &size)?
                && is_narrow(&trace, &size)?;
            narrow.then_some(true)
        });
        agreed == Some(true)
    }

    /// The eigenvalue of this number (from 0) of a block lies between the bounds.
    pub fn encloses(&mut self, place: usize, number: usize, bounds: &Bounds) -> bool {
        self.below(place, &bounds.low)
            .is_some_and(|count| count <= number)
            && self
                .below(place, &bounds.high)
                .is_some_and(|count| count > number)
    }

    /// The number of negative eigenvalues of each of the blocks.
    pub fn negative(&mut self, blocks: usize) -> Option<Vec<usize>> {
        (0..blocks).map(|place| self.below(place, &integer(0))).collect()
    }

    /// The number of eigenvalues of a block below a rational, all others being
    /// above it.
    fn below(&mut self, place: usize, bound: &Rational) -> Option<usize> {
        self.decide_blocks(|_, point, blocks| {
            let [like, ..] = point;
            // In units of 4/π.
            let shift = like.constant(bound)?.product(&like.pi()?.scaled(-2)?)?;
            blocks.get(place)?.matrix.below(&shift)
        })
    }
}

/// The width of x is below 2^−20 of the least element of `size`, which is positive.
fn is_narrow(x: &Interval, size: &Interval) -> Option<bool> {
    let width = Interval::point(x.upper()?.clone(), x.bits())
        .difference(&Interval::point(x.lower()?.clone(), x.bits()))?;
    let allowed = Interval::point(size.lower()?.scaled(-AGREEMENT)?, x.bits());
    Some(allowed.difference(&width)?.certainly_positive())
}
