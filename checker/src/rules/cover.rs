//! Covers: a domain cut into cells, each settled by one step.
//!
//! The cells of [`Domain::cells`] come one after the other. A step `split`
//! cuts the current cell in two, of which the lower one comes first; all other
//! steps settle it. So the cells that are settled cover the domain, whatever
//! the steps say. In each of them f, the formula in question, has the claimed
//! sign because
//!
//! * `natural`: its enclosure over the cell has;
//! * `centered`: by the mean value theorem, f(x) ∈ f(c) + f′(X)(X − c) for x in the
//!   cell X, c its middle;
//! * `taylor`: by Taylor's theorem at an end e of the range where f and its first
//!   m − 1 derivatives vanish, f(x) = f⁽ᵐ⁾(ξ)/m! · (x − e)ᵐ with ξ in the cell.
//!
//! The last two are for one real parameter. The checker tries 64, 128, … bits.

use crate::arithmetic::{Exact, Interval, Number, Series};
use crate::domain::{Bound, Cell, Domain, Edge, Range};
use crate::formula::{Formulas, Id, Node, Values};
use crate::number::{Rational, integer, read_rational};
use crate::read::{Block, Line};
use crate::rejection::Rejection;
use num_traits::Zero;
use std::collections::BTreeSet;

/// The precisions tried, in bits.
const BITS: [u64; 7] = [64, 128, 256, 512, 1024, 2048, 4096];
/// The largest order m of a Taylor step.
const LARGEST_ORDER: usize = 20;

/// What is claimed of f.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// f > 0.
    Positive,
    /// f ≥ 0.
    Nonnegative,
    /// f is defined.
    Defined,
}

/// A claim that a cover is to prove.
pub struct Problem<'a> {
    /// The formulas.
    pub formulas: &'a Formulas,
    /// The parameters.
    pub domain: &'a Domain,
    /// The formula in question.
    pub f: Id,
    /// What is claimed of it.
    pub claimed: Claimed,
    /// Parts of it that must be nowhere 0 besides.
    pub nonzero: &'a [Id],
    /// The claim in words, for complaints.
    pub text: &'a str,
}

/// A step that settles a cell.
#[derive(Clone, Copy)]
enum Step {
    Natural,
    Centered,
    Taylor { upper: bool, order: usize },
}

/// Reads the steps of a cover and checks them.
///
/// # Errors
/// At the first step that fails, or if steps are missing or left over.
pub fn check(block: &mut Block, problem: &Problem) -> Result<(), Rejection> {
    let prover = Prover {
        problem,
        parts: problem.formulas.parts(&[problem.f]),
    };
    let start = block.peek();
    let cells = problem
        .domain
        .cells()
        .ok_or_else(|| start.unreadable("too many integer parameters"))?;
    let mut repeated: Option<(Line, Step, usize)> = None;
    for cell in cells {
        let mut open = vec![cell];
        while let Some(cell) = open.pop() {
            if let Some((line, step, left)) = repeated.filter(|(_, _, left)| *left > 0) {
                prover.settle(&line, step, &cell)?;
                repeated = Some((line, step, left.saturating_sub(1)));
                continue;
            }
            let Some(line) = block.take() else {
                let cell = problem.domain.describe(&cell);
                return Err(block
                    .peek()
                    .invalid(problem.text, format!("the cover lacks {cell}")));
            };
            if line.word == "split" {
                let (low, high) = split(&line, problem, cell)?;
                open.push(high);
                open.push(low);
            } else {
                let (step, times) = read_step(&line)?;
                prover.settle(&line, step, &cell)?;
                repeated = Some((line, step, times.saturating_sub(1)));
            }
        }
    }
    match repeated {
        Some((line, _, left)) if left > 0 => {
            Err(line.invalid(problem.text, "there are fewer cells than steps"))
        }
        _ => Ok(()),
    }
}

/// Reads `natural`, `centered` or `taylor lower|upper M`, each with or without
/// `times N` behind it.
fn read_step(line: &Line) -> Result<(Step, usize), Rejection> {
    let words: Vec<&str> = std::iter::once(line.word)
        .chain(line.rest.split(' ').filter(|word| !word.is_empty()))
        .collect();
    let (words, times) = match words.as_slice() {
        [words @ .., "times", times] => {
            let times = times
                .parse::<usize>()
                .ok()
                .filter(|&times| (2..=1_000_000).contains(&times));
            (
                words.to_vec(),
                times.ok_or_else(|| line.unreadable("`times` is followed by a number from 2 to 1000000"))?,
            )
        }
        words => (words.to_vec(), 1),
    };
    let step = match words.as_slice() {
        ["natural"] => Step::Natural,
        ["centered"] => Step::Centered,
        ["taylor", side @ ("lower" | "upper"), order] => {
            let order = order
                .parse::<usize>()
                .ok()
                .filter(|order| (1..=LARGEST_ORDER).contains(order));
            let order = order
                .ok_or_else(|| line.unreadable("the order of a Taylor step is a number from 1 to 20"))?;
            Step::Taylor {
                upper: *side == "upper",
                order,
            }
        }
        _ => return Err(line.unreadable("there is no such step")),
    };
    Ok((step, times))
}

/// Cuts a cell as `split NAME POINT` says.
fn split(line: &Line, problem: &Problem, cell: Cell) -> Result<(Cell, Cell), Rejection> {
    let read = line.rest.split_once(' ').and_then(|(name, point)| {
        let number = problem.domain.names.iter().position(|known| known == name)?;
        Some((number, read_rational(point)?))
    });
    let (number, point) = read.ok_or_else(|| line.unreadable("the form is `split NAME POINT`"))?;
    let inside = cell.get(number).is_some_and(|Edge { lower, upper }| {
        lower.as_ref().is_none_or(|lower| *lower < point) && upper.as_ref().is_none_or(|upper| point < *upper)
    });
    if !inside {
        let cell = problem.domain.describe(&cell);
        return Err(line.invalid(problem.text, format!("{point} does not cut {cell}")));
    }
    let (mut low, mut high) = (cell.clone(), cell);
    if let (Some(low), Some(high)) = (low.get_mut(number), high.get_mut(number)) {
        low.upper = Some(point.clone());
        high.lower = Some(point);
    }
    Ok((low, high))
}

struct Prover<'a> {
    problem: &'a Problem<'a>,
    parts: Vec<Id>,
}

impl Prover<'_> {
    fn settle(&self, line: &Line, step: Step, cell: &Cell) -> Result<(), Rejection> {
        let fails = |why: &str| {
            let cell = self.problem.domain.describe(cell);
            line.invalid(self.problem.text, format!("{why} on {cell}"))
        };
        let shown = match step {
            Step::Natural => BITS
                .into_iter()
                .any(|bits| self.natural(cell, bits) == Some(true)),
            Step::Centered => BITS
                .into_iter()
                .any(|bits| self.centered(cell, bits) == Some(true)),
            Step::Taylor { upper, order } => {
                let end = self
                    .end(upper, cell)
                    .ok_or_else(|| fails("the Taylor step does not apply"))?;
                if !self.vanishes(&end, order) {
                    return Err(fails("the first derivatives do not vanish as stated"));
                }
                BITS.into_iter()
                    .any(|bits| self.taylor(cell, upper, order, bits) == Some(true))
            }
        };
        if shown {
            Ok(())
        } else {
            Err(fails("the sign is not shown"))
        }
    }

    fn arguments(cell: &Cell, bits: u64) -> Option<Vec<Interval>> {
        cell.iter()
            .map(|Edge { lower, upper }| Interval::between(lower.as_ref(), upper.as_ref(), bits))
            .collect()
    }

    fn holds(&self, value: &Interval) -> bool {
        match self.problem.claimed {
            Claimed::Positive => value.certainly_positive(),
            Claimed::Nonnegative => value.certainly_nonnegative(),
            Claimed::Defined => true,
        }
    }

    /// The enclosure of f over the cell has the sign, and the parts that must
    /// not be 0 are not.
    fn natural(&self, cell: &Cell, bits: u64) -> Option<bool> {
        let context = Interval::integer(0, bits);
        let arguments = Self::arguments(cell, bits)?;
        let values = self.problem.formulas.evaluate(&self.parts, &arguments, &context);
        let value = values.of(self.problem.f)?;
        let nonzero = self
            .problem
            .nonzero
            .iter()
            .all(|&part| self.certainly_nonzero(&values, part));
        Some(self.holds(value) && nonzero)
    }

    /// Whether a part is nowhere 0 on the cell. Its enclosure may contain 0 as
    /// a limit far out; but a quotient is 0 only if its dividend is, a product
    /// only if a factor is.
    fn certainly_nonzero(&self, values: &Values<Interval>, part: Id) -> bool {
        let (mut open, mut seen) = (vec![part], BTreeSet::new());
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let Some(value) = values.of(id) else { return false };
            if value.certainly_positive() || value.negative().certainly_positive() {
                continue;
            }
            match *self.problem.formulas.node(id) {
                Node::Quotient(u, _) | Node::Negative(u) | Node::Named(_, u) | Node::Root(u) => open.push(u),
                Node::Power(u, n) if n > 0 => open.push(u),
                Node::Power(_, _) => {}
                Node::Product(u, v) => open.extend([u, v]),
                _ => return false,
            }
        }
        true
    }

    /// The only edge of the cell, if it is a bounded one of a real parameter
    /// and the step is for signs.
    fn edge<'c>(&self, cell: &'c Cell) -> Option<(&'c Rational, &'c Rational)> {
        let [Range::Reals(..)] = self.problem.domain.ranges.as_slice() else {
            return None;
        };
        let [
            Edge {
                lower: Some(lower),
                upper: Some(upper),
            },
        ] = cell.as_slice()
        else {
            return None;
        };
        let sign = self.problem.claimed != Claimed::Defined && self.problem.nonzero.is_empty();
        (sign && lower < upper).then_some((lower, upper))
    }

    /// f over the cell as a Taylor polynomial.
    fn series(
        &self,
        lower: &Rational,
        upper: &Rational,
        order: usize,
        bits: u64,
    ) -> Option<Series<Interval>> {
        let x = Series::variable(&Interval::between(Some(lower), Some(upper), bits)?, order)?;
        let values = self
            .problem
            .formulas
            .evaluate(&self.parts, std::slice::from_ref(&x), &x);
        values.of(self.problem.f).cloned()
    }

    fn centered(&self, cell: &Cell, bits: u64) -> Option<bool> {
        let (lower, upper) = self.edge(cell)?;
        let middle = (lower + upper) / integer(2);
        let at_middle = self.series(&middle, &middle, 0, bits)?;
        let slope = self.series(lower, upper, 1, bits)?;
        let offset = Interval::between(Some(&(lower - &middle)), Some(&(upper - &middle)), bits)?;
        let value = at_middle
            .coefficient(0)?
            .sum(&slope.coefficient(1)?.product(&offset)?)?;
        Some(self.holds(&value))
    }

    /// The end of the range at which a Taylor step expands: the cell touches
    /// it, and f may vanish there.
    fn end(&self, upper: bool, cell: &Cell) -> Option<Rational> {
        let (low, high) = self.edge(cell)?;
        let [Range::Reals(from, to)] = self.problem.domain.ranges.as_slice() else {
            return None;
        };
        let (bound, touching) = if upper { (to, high) } else { (from, low) };
        let excluded = matches!(bound, Bound::Open(_));
        let allowed = excluded || self.problem.claimed == Claimed::Nonnegative;
        (allowed && bound.point() == Some(touching)).then(|| touching.clone())
    }

    /// f and its first `order` − 1 derivatives are exactly 0 at `end`: in
    /// rational arithmetic, or by an enclosure that is the single point 0.
    fn vanishes(&self, end: &Rational, order: usize) -> bool {
        let zeros = |found: Option<Vec<bool>>| found.unwrap_or_else(|| vec![false; order]);
        let exact = || {
            let x = Series::variable(&Exact(end.clone()), order.saturating_sub(1))?;
            let values = self
                .problem
                .formulas
                .evaluate(&self.parts, std::slice::from_ref(&x), &x);
            let f = values.of(self.problem.f)?;
            (0..order)
                .map(|j| f.coefficient(j).map(|c| c.0.is_zero()))
                .collect()
        };
        let enclosed = || {
            let f = self.series(end, end, order.saturating_sub(1), 64)?;
            (0..order)
                .map(|j| f.coefficient(j).map(Interval::is_exactly_zero))
                .collect()
        };
        zeros(exact())
            .iter()
            .zip(zeros(enclosed()))
            .all(|(exact, enclosed)| *exact || enclosed)
    }

    fn taylor(&self, cell: &Cell, upper: bool, order: usize, bits: u64) -> Option<bool> {
        let (low, high) = self.edge(cell)?;
        let f = self.series(low, high, order, bits)?;
        let remainder = f.coefficient(order)?;
        // (x − e)ᵐ > 0 to the right of e; to the left it has the sign (−1)ᵐ.
        let signed = if upper && order % 2 == 1 {
            remainder.negative()
        } else {
            remainder.clone()
        };
        Some(self.holds(&signed))
    }
}
