//! The sign of a formula on a whole parameter domain.
//!
//! A domain is cut into closed cells with exact rational ends. A cell is
//! settled by one of three steps, each a theorem of its own:
//!
//! * [`Step::Natural`]: the inclusion promise. The formula evaluated over the
//!   cell is an enclosure of all its values there.
//! * [`Step::Centered`]: the mean value theorem. For one real parameter,
//!   f(x) ∈ f(c) + f′(X)(X − c) for x in the cell X with middle c.
//! * [`Step::Endpoint`]: Taylor's theorem with Lagrange remainder at an end e
//!   of the range where f itself vanishes: if f⁽ʲ⁾(e) = 0 for all j < m, then
//!   f(x) = f⁽ᵐ⁾(ξ)/m! · (x − e)ᵐ with ξ in the cell.
//!
//! Cells that no step settles are halved. Doubles are tried first,
//! multiprecision where they do not decide. The list of steps is the proof's
//! witness; the verdict does not depend on the level that decided.

mod endpoint;
mod evaluate;
mod polynomial;

use super::domain::{Cell, Domain};
use super::verdict::{Verdict, Why};
use crate::arithmetic::{Precision, Rational};
use crate::formula::Formula;
use evaluate::{Problem, Settled};
use num_traits::ToPrimitive;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far a proof may go before it answers `undecided`.
#[derive(Debug, Clone, Copy)]
pub struct Limits<'a> {
    /// The largest precision tried.
    pub max_precision: Precision,
    /// The largest number of cells examined.
    pub max_cells: usize,
    /// Set by the user to stop.
    pub interrupt: &'a AtomicBool,
}

/// How often a cell is halved before its sign counts as open.
const MAX_DEPTH: usize = 64;

/// What is claimed of f on the domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// f > 0.
    Positive,
    /// f ≥ 0.
    Nonnegative,
    /// f is defined; nothing else.
    Defined,
}

/// The arithmetic that decided a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Intervals of doubles.
    Double,
    /// MPFR intervals of this many bits.
    Bits(u32),
}

/// An end of the range of the only real parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The cell lies to the right of the end.
    Lower,
    /// The cell lies to the left of the end.
    Upper,
}

/// How one cell was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// By evaluating f over the cell.
    Natural(Level),
    /// By the mean value theorem about the middle.
    Centered(Level),
    /// By Taylor's theorem at an end of the range.
    Endpoint {
        /// Which end.
        side: Side,
        /// The number m of derivatives that vanish there (f itself counts).
        order: usize,
        /// The precision, in bits.
        bits: u32,
    },
}

/// The witness of a sign proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Witness {
    /// One real parameter and a rational function: decided by Sturm's theorem.
    Sturm,
    /// A cover of the domain, in order, each cell with its step.
    Cover(Vec<(Cell, Step)>),
}

impl Witness {
    /// One line on how the sign was decided.
    #[must_use]
    pub fn method(&self) -> String {
        let Witness::Cover(cover) = self else {
            return "exact: Sturm's theorem".to_string();
        };
        let bits = cover.iter().filter_map(|(_, step)| match step {
            Step::Natural(Level::Bits(b))
            | Step::Centered(Level::Bits(b))
            | Step::Endpoint { bits: b, .. } => Some(*b),
            _ => None,
        });
        let level = bits
            .max()
            .map_or("doubles".to_string(), |b| format!("up to {b} bits"));
        let ends = cover
            .iter()
            .filter(|(_, step)| matches!(step, Step::Endpoint { .. }))
            .count();
        let ends = match ends {
            0 => String::new(),
            1 => ", Taylor at an end".to_string(),
            n => format!(", Taylor at {n} ends"),
        };
        let cells = if cover.len() == 1 {
            "1 cell".to_string()
        } else {
            format!("{} cells", cover.len())
        };
        format!("intervals: {cells}, {level}{ends}")
    }
}

/// Decides whether `f` has the claimed sign everywhere on `domain`.
///
/// `f` may use the parameters of the domain only (the caller checks).
/// `Proved` comes with its witness. `Proved` includes that f is defined on the
/// whole domain (on the closure, but for ends settled by exact algebra).
pub fn decide(f: &Formula, claimed: Claimed, domain: &Domain, limits: &Limits) -> (Verdict, Option<Witness>) {
    if let Some(verdict) = polynomial::decide(f, claimed, domain) {
        let witness = verdict.is_proved().then_some(Witness::Sturm);
        return (verdict, witness);
    }
    let integer_points = domain.integer_points();
    if integer_points
        .to_usize()
        .is_none_or(|count| count > limits.max_cells)
    {
        return (
            Verdict::Undecided(Why::TooManyCells {
                examined: 0,
                cell: format!("a list of {integer_points} integer points"),
            }),
            None,
        );
    }
    let problem = match Problem::new(f, claimed, domain, limits) {
        Ok(problem) => problem,
        Err(why) => return (Verdict::Undecided(why), None),
    };
    let mut cover = Vec::new();
    let mut examined = 0_usize;
    for start in domain.cells() {
        if let Some(corner) = problem.failing_corner(&start) {
            return (Verdict::Refuted(fails_at(&domain.names, &corner)), None);
        }
        let mut open = vec![(start, 0)];
        while let Some((cell, depth)) = open.pop() {
            examined += 1;
            if limits.interrupt.load(Ordering::Relaxed) {
                let reached = format!("at {}", cell.describe(&domain.names));
                return (Verdict::Undecided(Why::Interrupted { reached }), None);
            }
            if examined > limits.max_cells {
                let cell = cell.describe(&domain.names);
                return (
                    Verdict::Undecided(Why::TooManyCells {
                        examined: limits.max_cells,
                        cell,
                    }),
                    None,
                );
            }
            match problem.settle(&cell) {
                Settled::Yes(step) => cover.push((cell, step)),
                Settled::No(point) => return (Verdict::Refuted(fails_at(&domain.names, &point)), None),
                Settled::Open(why) => match cell.halves() {
                    Some((low, high)) if depth < MAX_DEPTH => {
                        open.push((high, depth + 1));
                        open.push((low, depth + 1));
                    }
                    _ => return (Verdict::Undecided(why), None),
                },
            }
        }
    }
    (Verdict::Proved, Some(Witness::Cover(cover)))
}

/// The sentence that names a counterexample.
fn fails_at(names: &[String], point: &[Rational]) -> String {
    if names.is_empty() {
        return "the two constants compare the other way".to_string();
    }
    let parts: Vec<String> = names
        .iter()
        .zip(point)
        .map(|(n, q)| format!("{n} = {q}"))
        .collect();
    format!("it fails at {}", parts.join(", "))
}
