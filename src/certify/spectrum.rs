//! The certified spectrum of the Hessian at a copy-average configuration.
//!
//! Three routes must agree before a kind is stated: the signs of the enclosed
//! eigenvalues of every block, the inertia of every block, and an exact formula
//! for the Morse index. The list of blocks is checked for completeness: size,
//! trace and sum of squares of the full Hessian, summed over the orbits of its
//! entries, must be those of the blocks.

use super::eigenvalues::{Level, enclose};
use super::inertia::Symmetric;
use super::verdict::Why;
use crate::arithmetic::{DoubleInterval, Enclosure, Interval, Order, Precision, Rational};
use crate::configuration::blocks::copy_average::copy_average_blocks;
use crate::configuration::blocks::orbits::{Totals, copy_average_totals};
use crate::configuration::blocks::{Block, Bucket, RankOneUpdate};
use crate::configuration::partition::Partition;
use num_bigint::{BigInt, BigUint};

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
    let enclosed: Vec<BlockSpectrum<T>> = blocks
        .iter()
        .enumerate()
        .map(|(index, block)| {
            let near = candidates.get(index).map_or(&[][..], Vec::as_slice);
            let eigenvalues = enclose(context, &block.matrix, near)
                .unwrap_or_else(|| vec![context.between(None, None); block.matrix.size()]);
            BlockSpectrum {
                name: block.name.clone(),
                dimension: block.matrix.size(),
                multiplicity: block.multiplicity.clone(),
                eigenvalues: eigenvalues.into_iter().map(|x| x * &unit).collect(),
            }
        })
        .collect();
    let decided = complete(context, &blocks, &copy_average_totals(context, partition, extra))
        .and_then(|()| agreed_index(context, partition, &blocks, &enclosed));
    match decided {
        Ok(index) => Spectrum {
            blocks: enclosed,
            kind: if index == BigUint::default() {
                Kind::StrictLocalMinimum
            } else {
                Kind::StrictSaddle
            },
            morse_index: Some(index),
            nullity: Some(BigUint::default()),
            why: None,
        },
        Err(why) => Spectrum {
            blocks: enclosed,
            kind: Kind::Undecided,
            morse_index: None,
            nullity: None,
            why: Some(why),
        },
    }
}

/// 4/π, the unit of the blocks.
fn unit<T: Enclosure>(context: &T) -> T {
    context.integer(4) / context.pi()
}

/// Bits to which sums over blocks must be known and agree with the Hessian's.
const AGREEMENT: u32 = 20;

/// Whether the blocks add up to the full Hessian.
fn complete<T: Level>(
    context: &T,
    blocks: &[Block<RankOneUpdate<T>>],
    totals: &Totals<T>,
) -> Result<(), Why> {
    let mut size = BigUint::default();
    let (mut trace, mut norm) = (context.zero(), context.zero());
    for block in blocks {
        let multiplicity = whole(context, &block.multiplicity);
        size += &block.multiplicity * block.matrix.size();
        trace = trace + block.matrix.trace(context) * &multiplicity;
        norm = norm + block.matrix.squared_norm(context) * &multiplicity;
    }
    let unit = unit(context);
    trace = trace * &unit;
    norm = norm * &unit.square();
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

fn whole<T: Enclosure>(context: &T, n: &BigUint) -> T {
    match i64::try_from(n) {
        Ok(small) => context.integer(small),
        Err(_) => context.rational(&Rational::from_integer(BigInt::from(n.clone()))),
    }
}

/// The Morse index on which all three routes agree.
fn agreed_index<T: Level>(
    context: &T,
    partition: &Partition,
    blocks: &[Block<RankOneUpdate<T>>],
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
    match morse_index(context, partition) {
        Some(formula) if formula == index => Ok(index),
        Some(_) => Err(contradiction("all, the formula for the Morse index")),
        None => Err(Why::OrderOpen {
            what: "the two sides of the formula for the Morse index".to_string(),
            bits: context.bits(),
        }),
    }
}

fn contradiction(name: &str) -> Why {
    Why::NotRepresentable {
        what: format!("the spectrum of block {name} (two ways to count contradict each other: a defect)"),
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

impl Spectrum<DoubleInterval> {
    /// The same enclosures as multiprecision intervals.
    fn with_intervals(self) -> Spectrum<Interval> {
        let precision = Precision::saturating(f64::MANTISSA_DIGITS);
        let convert = |x: DoubleInterval| {
            Interval::exactly_this_double(precision, x.lo())
                .hull(&Interval::exactly_this_double(precision, x.hi()))
        };
        Spectrum {
            blocks: self
                .blocks
                .into_iter()
                .map(|block| BlockSpectrum {
                    name: block.name,
                    dimension: block.dimension,
                    multiplicity: block.multiplicity,
                    eigenvalues: block.eigenvalues.into_iter().map(convert).collect(),
                })
                .collect(),
            morse_index: self.morse_index,
            nullity: self.nullity,
            kind: self.kind,
            why: self.why,
        }
    }
}
