//! What is known of the Hessian at a copy-average configuration, in as much
//! precision as it takes.

use crate::arithmetic::{Interval, Number};
use crate::landscape::{Block, Neuron, Parts, blocks, totals};
use crate::number::{Rational, integer};
use num_bigint::BigInt;
use num_traits::Zero;
use std::cmp::Ordering;

/// The precisions, in bits.
pub const PRECISIONS: [u64; 7] = [64, 128, 256, 512, 1024, 2048, 4096];
/// Sums over blocks must be known to this many binary places.
pub const AGREEMENT: i64 = 20;

/// The blocks in one precision.
pub struct Level {
    /// The blocks, in the order of the format and in units of 4/π.
    pub blocks: Vec<Block>,
    /// A number of this precision.
    pub context: Interval,
    /// π/4.
    pub unit: Interval,
}

/// The Hessian for a partition and d − k.
pub struct Hessian<'a> {
    parts: &'a Parts,
    extra: u64,
    /// By precision; made when needed.
    levels: Vec<Level>,
}

impl<'a> Hessian<'a> {
    /// Nothing is computed yet.
    pub fn new(parts: &'a Parts, extra: u64) -> Self {
        Self {
            parts,
            extra,
            levels: Vec::new(),
        }
    }

    /// The first answer that some precision gives.
    pub fn decide<T>(&mut self, question: impl Fn(&Level) -> Option<T>) -> Option<T> {
        for (step, &bits) in PRECISIONS.iter().enumerate() {
            if self.levels.len() <= step {
                let context = Interval::integer(0, bits);
                self.levels.push(Level {
                    blocks: blocks(&context, self.parts, self.extra).unwrap_or_default(),
                    unit: context.pi()?.scaled(-2)?,
                    context,
                });
            }
            let level = self.levels.get(step)?;
            // Without blocks, this precision did not suffice to form them.
            if !level.blocks.is_empty()
                && let Some(answer) = question(level)
            {
                return Some(answer);
            }
        }
        None
    }

    /// The identities by which the configuration is critical and the Hessian
    /// has these blocks, for every size.
    pub fn is_critical(&self) -> bool {
        let runs = self.parts.runs();
        !runs.is_empty() && runs.iter().all(|run| Neuron::new(run.size).is_critical())
    }

    /// The number of eigenvalues: n + n d.
    pub fn rows(&self) -> BigInt {
        (self.parts.teachers() + self.extra + 1) * self.parts.neurons()
    }

    /// The blocks add up to the full Hessian: rows, trace, and sum of squares.
    pub fn is_complete(&mut self) -> bool {
        let (rows, parts, extra) = (self.rows(), self.parts, self.extra);
        let agreed = self.decide(|level| {
            let mut sizes = BigInt::zero();
            let zero = level.context.constant(&integer(0))?;
            let mut sums = [zero.clone(), zero.clone()];
            for block in &level.blocks {
                sizes += &block.times * block.matrix.rows();
                let times = zero.constant(&Rational::from_integer(block.times.clone()))?;
                let (trace, norm) = block.matrix.totals(&zero)?;
                for (sum, part) in sums.iter_mut().zip([trace, norm]) {
                    *sum = sum.sum(&part.product(&times)?)?;
                }
            }
            if sizes != rows {
                return Some(false);
            }
            let (trace, norm) = totals(&level.context, parts, extra)?;
            let [block_trace, block_norm] = sums;
            for (ours, theirs) in [(block_trace, trace), (block_norm, norm)] {
                if !overlap(&ours, &theirs)? {
                    return Some(false);
                }
                if !(is_narrow(&ours)? && is_narrow(&theirs)?) {
                    return None;
                }
            }
            Some(true)
        });
        agreed == Some(true)
    }

    /// The number of negative eigenvalues of each block, all others being
    /// positive, by two eliminations that agree.
    pub fn negative(&mut self) -> Option<Vec<usize>> {
        self.decide(|level| {
            let counted = level
                .blocks
                .iter()
                .map(|block| {
                    let direct = block.matrix.negative()?;
                    let bordered = block.matrix.below(&level.context)?;
                    Some((direct == bordered).then_some(direct))
                })
                .collect::<Option<Vec<_>>>()?;
            // All are certain: if they differ, no precision helps.
            Some(counted.into_iter().collect::<Option<Vec<usize>>>())
        })
        .flatten()
    }

    /// The number of negative eigenvalues of the Hessian, all others being positive.
    pub fn index(&mut self) -> Option<BigInt> {
        let counts = self.negative()?;
        self.decide(|level| {
            let times = level.blocks.iter().map(|block| &block.times);
            Some(times.zip(&counts).map(|(times, &count)| times * count).sum())
        })
    }
}

/// Two bounded intervals have a point in common.
pub fn overlap(x: &Interval, y: &Interval) -> Option<bool> {
    let before = |x: &Interval, y: &Interval| Some(x.upper()?.compare(y.lower()?) == Ordering::Less);
    Some(!before(x, y)? && !before(y, x)?)
}

/// The width is below 2^−20 of the least element, which is positive.
fn is_narrow(x: &Interval) -> Option<bool> {
    let width = Interval::point(x.upper()?.clone(), x.bits())
        .difference(&Interval::point(x.lower()?.clone(), x.bits()))?;
    let allowed = Interval::point(x.lower()?.scaled(-AGREEMENT)?, x.bits());
    Some(allowed.difference(&width)?.certainly_positive())
}
