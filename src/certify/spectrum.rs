//! The certified spectrum of the Hessian at a copy-average configuration.
//!
//! Three routes must agree before a kind is stated: the signs of the enclosed
//! eigenvalues of every block, the inertia of every block, and an exact formula
//! for the Morse index. The list of blocks is checked for completeness: size,
//! trace and sum of squares of the full Hessian, summed over the orbits of its
//! entries, must be those of the blocks.

use super::agreement::{complete, contradiction, counted_index, enclosed, whole};
use super::eigenvalues::Level;
use super::inertia::Symmetric;
use super::verdict::Why;
use crate::arithmetic::{DoubleInterval, Enclosure, Interval, Order, Precision};
use crate::configuration::blocks::copy_average::copy_average_blocks;
use crate::configuration::blocks::orbits::copy_average_totals;
use crate::configuration::blocks::{Block, Bucket, RankOneUpdate};
use crate::configuration::partition::Partition;
use num_bigint::BigUint;

/// What a critical point is, by the signs of its Hessian's eigenvalues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// All are positive.
    StrictLocalMinimum,
    /// One is negative.
    StrictSaddle,
    /// None is negative, and one is certainly 0.
    Degenerate,
    /// Not decided.
    Undecided,
}

impl Kind {
    /// The word that tables and JSON use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::StrictLocalMinimum => "strict-local-minimum",
            Kind::StrictSaddle => "strict-saddle",
            Kind::Degenerate => "degenerate",
            Kind::Undecided => "undecided",
        }
    }
}

/// The eigenvalues of one block of the Hessian.
#[derive(Debug, Clone)]
pub struct BlockSpectrum<T> {
    /// What moves.
    pub name: String,
    /// The number of eigenvalues.
    pub dimension: usize,
    /// How often the Hessian has each of them.
    pub multiplicity: BigUint,
    /// Enclosures in the units of the loss; the i-th holds the i-th smallest.
    pub eigenvalues: Vec<T>,
}

/// All eigenvalues of the Hessian of L = E[(f − f*)²] in (a, W).
#[derive(Debug, Clone)]
pub struct Spectrum<T> {
    /// The blocks; multiplicities times dimensions add up to n + n d.
    pub blocks: Vec<BlockSpectrum<T>>,
    /// The number of negative eigenvalues, if decided.
    pub morse_index: Option<BigUint>,
    /// The number of eigenvalues that are 0, if decided.
    pub nullity: Option<BigUint>,
    /// What the configuration is, as a critical point.
    pub kind: Kind,
    /// What is missing if the kind is undecided.
    pub why: Option<Why>,
}

/// Decides the kind of the copy-average configuration of `partition` for
/// erf(x/√2), with `extra` = d − k unused inputs: in doubles first, then with
/// doubling precision up to `limit`.
///
/// `candidates` are approximate eigenvalues in units of 4/π, block by block in
/// the order of [`copy_average_blocks`], or empty. They carry no authority.
#[must_use]
pub fn decide(
    partition: &Partition,
    extra: u64,
    limit: Precision,
    candidates: &[Vec<f64>],
) -> Spectrum<Interval> {
    let fast = attempt(&DoubleInterval::context(), partition, extra, candidates);
    if fast.kind != Kind::Undecided {
        return fast.with_intervals();
    }
    let mut precisions = Precision::START.ladder(limit);
    loop {
        // The ladder has at least one rung.
        let precision = precisions.next().unwrap_or(limit);
        let found = attempt(&Interval::context(precision), partition, extra, candidates);
        if found.kind != Kind::Undecided || precision >= limit {
            return found;
        }
    }
}

/// The same at one level of precision.
pub fn attempt<T: Level>(
    context: &T,
    partition: &Partition,
    extra: u64,
    candidates: &[Vec<f64>],
) -> Spectrum<T> {
    let blocks = copy_average_blocks(context, partition, extra);
    let unit = unit(context);
    let enclosed = enclosed(context, &blocks, candidates, &unit);
    let decided = complete(
        context,
        &blocks,
        &copy_average_totals(context, partition, extra),
        &unit,
    )
    .and_then(|()| agreed_index(context, partition, &blocks, &enclosed));
    Spectrum::decided(enclosed, decided)
}

/// 4/π, the unit of the blocks.
fn unit<T: Enclosure>(context: &T) -> T {
    context.integer(4) / context.pi()
}

/// The Morse index on which all three routes agree.
fn agreed_index<T: Level>(
    context: &T,
    partition: &Partition,
    blocks: &[Block<RankOneUpdate<T>>],
    enclosed: &[BlockSpectrum<T>],
) -> Result<BigUint, Why> {
    let index = counted_index(context, blocks, enclosed)?;
    match morse_index(context, partition) {
        Some(formula) if formula == index => Ok(index),
        Some(_) => Err(contradiction("all, the formula for the Morse index")),
        None => Err(Why::OrderOpen {
            what: "the two sides of the formula for the Morse index".to_string(),
            bits: context.bits(),
        }),
    }
}

/// The Morse index by the exact formula
/// Σ { ℓ_j − 1 : ℓ_j ≥ 2, B(ℓ_j) < 1 + Σ_{i≠j} A(ℓ_i) }, with the ratios A, B of
/// [`Bucket`]. `None` if an inequality is not decided at this precision.
pub fn morse_index<T: Enclosure>(context: &T, partition: &Partition) -> Option<BigUint> {
    let buckets: Vec<Bucket<T>> = partition
        .runs()
        .iter()
        .map(|run| Bucket::of(context, run.size))
        .collect();
    let mut index = BigUint::default();
    for (place, (run, bucket)) in partition.runs().iter().zip(&buckets).enumerate() {
        if run.size < 2 {
            continue;
        }
        let mut others = context.one();
        for (other, (run, bucket)) in partition.runs().iter().zip(&buckets).enumerate() {
            let count = BigUint::from(run.count - u64::from(other == place));
            others = others + bucket.outside_ratio() * &whole(context, &count);
        }
        match bucket.inside_ratio().compare(&others) {
            Order::Less => index += BigUint::from(run.count) * (run.size - 1),
            Order::Greater => {}
            Order::Unknown => return None,
        }
    }
    Some(index)
}

/// The number of negative eigenvalues by the inertia of the blocks alone;
/// `None` if a pivot is not decided.
pub fn inertia_index<T: Enclosure>(context: &T, partition: &Partition, extra: u64) -> Option<BigUint> {
    let mut index = BigUint::default();
    for block in copy_average_blocks(context, partition, extra) {
        let inertia = block.matrix.inertia(&context.zero())?;
        if inertia.negative + inertia.positive != block.matrix.size() {
            return None;
        }
        index += block.multiplicity * inertia.negative;
    }
    Some(index)
}

impl<T> Spectrum<T> {
    /// A nonsingular spectrum with its Morse index, or why there is none.
    pub(super) fn decided(blocks: Vec<BlockSpectrum<T>>, index: Result<BigUint, Why>) -> Self {
        match index {
            Ok(index) => Self {
                blocks,
                kind: if index == BigUint::default() {
                    Kind::StrictLocalMinimum
                } else {
                    Kind::StrictSaddle
                },
                morse_index: Some(index),
                nullity: Some(BigUint::default()),
                why: None,
            },
            Err(why) => Self {
                blocks,
                kind: Kind::Undecided,
                morse_index: None,
                nullity: None,
                why: Some(why),
            },
        }
    }
}

/// The same enclosure as a multiprecision interval.
pub(super) fn with_interval(x: DoubleInterval) -> Interval {
    let precision = Precision::saturating(f64::MANTISSA_DIGITS);
    if x.is_undefined() {
        return Interval::context(precision).between(None, None);
    }
    let (lower, upper) = (x.lo(), x.hi());
    if lower.is_finite() && upper.is_finite() {
        return Interval::exactly_this_double(precision, lower)
            .hull(&Interval::exactly_this_double(precision, upper));
    }
    Interval::context(precision).between(x.lower().as_ref(), x.upper().as_ref())
}

impl Spectrum<DoubleInterval> {
    /// The same enclosures as multiprecision intervals.
    pub(super) fn with_intervals(self) -> Spectrum<Interval> {
        Spectrum {
            blocks: self
                .blocks
                .into_iter()
                .map(|block| BlockSpectrum {
                    name: block.name,
                    dimension: block.dimension,
                    multiplicity: block.multiplicity,
                    eigenvalues: block.eigenvalues.into_iter().map(with_interval).collect(),
                })
                .collect(),
            morse_index: self.morse_index,
            nullity: self.nullity,
            kind: self.kind,
            why: self.why,
        }
    }
}
