//! The blocks of the Hessian at a copy-average configuration, erf(x/√2), in
//! units of 4/π. The section on `spectrum` of `docs/certificate.md` derives
//! them.

use super::inertia::{Core, Line, RankOne};
use super::neuron::Neuron;
use super::parts::{Parts, Run};
use crate::arithmetic::{Interval, Number};
use crate::number::{Rational, integer};
use num_bigint::BigInt;
use num_traits::Zero;
use std::fmt;
use std::rc::Rc;

/// What moves in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// a_p, and all w_i along f_p, for a bucket p of this size.
    Bucket(u64),
    /// All w_i along a zero-sum direction inside a bucket of this size.
    ZeroSum(u64),
    /// All w_i along a direction orthogonal to all teachers.
    Unused,
    /// Two neurons of this size against each other.
    Difference(u64),
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Bucket(size) => write!(f, "bucket {size}"),
            Kind::ZeroSum(size) => write!(f, "zero-sum {size}"),
            Kind::Unused => f.write_str("unused"),
            Kind::Difference(size) => write!(f, "difference {size}"),
        }
    }
}

/// A block.
#[derive(Debug, Clone)]
pub struct Block {
    /// What moves in it.
    pub kind: Kind,
    /// How often it occurs, ≥ 1.
    pub times: BigInt,
    /// The block, in units of 4/π.
    pub matrix: RankOne,
}

/// What neurons of one size bring to all blocks.
struct Share {
    run: Run,
    core: Rc<Core>,
    /// (δ°, z²).
    inside: Rc<Line>,
    /// (δ, z²) and (δ, 0).
    outside: Line,
}

impl Share {
    fn new(context: &Interval, run: Run) -> Option<Self> {
        let exact = Neuron::new(run.size);
        let number = |q: &Rational| context.constant(q);
        let (l, s) = (&exact.size, &exact.norm);
        let root = number(&exact.root_square)?.root()?;
        let coupling = exact.coupling();
        let square = number(&coupling)?;
        let line = |q: &Rational| -> Option<Line> {
            Some(Line {
                value: number(q)?.quotient(&root)?.difference(&square)?,
                square: square.clone(),
            })
        };
        // θ − 1/(2l), c − v₁v₂, g − v₂².
        let half = integer(1) / (integer(2) * l);
        let first = number(&(integer(1) - integer(1) / s))?
            .asin()?
            .difference(&number(&half)?)?;
        let vector = [
            number(&half)?.root()?,
            square.root()?.product(&number(&(integer(1) - &half))?)?,
        ];
        // h = (2l−1)/(s R).
        let slope = number(&(&exact.odd / s))?.quotient(&root)?;
        let from_own = slope
            .product(&number(&(integer(2) * l))?)?
            .product(&number(&exact.square)?.root()?)?;
        let from_teachers = number(l)?
            .root()?
            .quotient(&number(s)?.product(&number(&exact.distance_square)?.root()?)?)?;
        let [x, y] = &vector;
        let side = from_own.difference(&from_teachers)?.difference(&x.product(y)?)?;
        let radial = &coupling * (integer(1) - &half) * (integer(1) - &half);
        let second = number(&exact.along())?
            .quotient(&root)?
            .difference(&number(&radial)?)?;
        Some(Self {
            run,
            core: Rc::new(Core {
                matrix: [first, side, second],
                vector,
            }),
            inside: Rc::new(line(&exact.inside())?),
            outside: line(&exact.outside())?,
        })
    }

    /// The line of `count` ≥ 1 neurons that move alike.
    fn alike(&self, context: &Interval, count: u64) -> Option<Rc<Line>> {
        let count = context.constant(&Rational::from_integer(count.into()))?;
        Some(Rc::new(Line {
            value: self.outside.value.clone(),
            square: self.outside.square.product(&count)?,
        }))
    }
}

/// The blocks for this partition, in the order of the format, with `extra` =
/// d − k, in the precision of `context`. `None` if it does not suffice.
#[must_use]
pub fn blocks(context: &Interval, parts: &Parts, extra: u64) -> Option<Vec<Block>> {
    let shares: Vec<Share> = parts
        .runs()
        .iter()
        .map(|&run| Share::new(context, run))
        .collect::<Option<_>>()?;
    let all: Vec<Rc<Line>> = shares
        .iter()
        .map(|share| share.alike(context, share.run.count))
        .collect::<Option<_>>()?;
    // All neurons but one of the size `own`.
    let others = |own: usize| -> Option<Vec<Rc<Line>>> {
        let mut lines = Vec::with_capacity(all.len().saturating_add(1));
        for (index, (share, line)) in shares.iter().zip(&all).enumerate() {
            if index != own {
                lines.push(Rc::clone(line));
            } else if share.run.count >= 2 {
                lines.push(share.alike(context, share.run.count.saturating_sub(1))?);
            }
        }
        Some(lines)
    };
    let mut blocks = Vec::new();
    let mut push = |kind: Kind, times: BigInt, core: Option<Rc<Core>>, lines: Vec<Rc<Line>>| {
        if !times.is_zero() {
            let matrix = RankOne { core, lines };
            blocks.push(Block { kind, times, matrix });
        }
    };
    for (own, share) in shares.iter().enumerate() {
        let Run { size, count } = share.run;
        push(
            Kind::Bucket(size),
            count.into(),
            Some(Rc::clone(&share.core)),
            others(own)?,
        );
    }
    for (own, share) in shares.iter().enumerate() {
        let Run { size, count } = share.run;
        let mut lines = vec![Rc::clone(&share.inside)];
        lines.extend(others(own)?);
        let times = BigInt::from(count) * (BigInt::from(size) - 1);
        push(Kind::ZeroSum(size), times, None, lines);
    }
    push(Kind::Unused, extra.into(), None, all.clone());
    let dimension = parts.teachers() + extra;
    for share in shares.iter().filter(|share| share.run.count >= 2) {
        let [size, count] = [share.run.size, share.run.count].map(BigInt::from);
        let own = &size * &count;
        let times = (&dimension - &own) * (&count - 1) + own * (&count - 2);
        let line = Line {
            value: share.outside.value.clone(),
            square: Interval::integer(0, context.bits()),
        };
        push(Kind::Difference(share.run.size), times, None, vec![Rc::new(line)]);
    }
    Some(blocks)
}
