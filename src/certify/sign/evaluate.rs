//! Settling one cell: natural and centered evaluation, and counterexamples.

use super::endpoint;
use super::{Claimed, Level, Limits, Step};
use crate::arithmetic::{DoubleInterval, Enclosure, Interval, Precision, Rational, Series};
use crate::certify::domain::{Cell, Domain, Edge};
use crate::certify::verdict::Why;
use crate::formula::{Formula, Program};

/// What became of a cell.
pub(super) enum Settled {
    /// f has the claimed sign on the whole cell.
    Yes(Step),
    /// It has not, at this point of the domain.
    No(Vec<Rational>),
    /// Neither; the reason counts if the cell cannot be cut further.
    Open(Why),
}

/// A formula, compiled, with what is claimed of it and where.
pub(super) struct Problem<'a> {
    pub(super) program: Program,
    pub(super) claimed: Claimed,
    pub(super) domain: &'a Domain,
    limits: &'a Limits<'a>,
}

impl<'a> Problem<'a> {
    pub(super) fn new(
        f: &Formula,
        claimed: Claimed,
        domain: &'a Domain,
        limits: &'a Limits<'a>,
    ) -> Result<Self, Why> {
        let program = Program::compile(std::slice::from_ref(f), &domain.names).map_err(|unbound| {
            Why::NotRepresentable {
                what: unbound.to_string(),
            }
        })?;
        Ok(Self {
            program,
            claimed,
            domain,
            limits,
        })
    }

    /// Tries every step on `cell`, cheap ones first.
    pub(super) fn settle(&self, cell: &Cell) -> Settled {
        let double = DoubleInterval::context();
        let value = self.natural(cell, &double);
        if self.holds(&value) {
            return Settled::Yes(Step::Natural(Level::Double));
        }
        if self.centered_holds(cell, &double) {
            return Settled::Yes(Step::Centered(Level::Double));
        }
        if let Some(settled) = endpoint::settle(self, cell) {
            return Settled::Yes(settled);
        }
        let middle = cell.middle();
        let is_point = cell.0.iter().all(Edge::is_point);
        let point = Cell(middle.iter().cloned().map(Edge::point).collect());
        let at_middle = self.natural(&point, &double);
        if self.holds(&at_middle) && !is_point {
            // Doubles decide the middle: the cell is too wide, not too subtle.
            return Settled::Open(self.open_reason(cell, value.is_undefined(), 53));
        }
        for precision in Precision::START.ladder(self.limits.max_precision) {
            let context = Interval::context(precision);
            let at_middle = self.natural(&point, &context);
            if self.fails(&at_middle) && self.domain.contains(&middle) {
                return Settled::No(middle);
            }
            if self.holds(&at_middle) {
                if self.holds(&self.natural(cell, &context)) {
                    return Settled::Yes(Step::Natural(Level::Bits(precision.bits())));
                }
                if self.centered_holds(cell, &context) {
                    return Settled::Yes(Step::Centered(Level::Bits(precision.bits())));
                }
                break;
            }
        }
        Settled::Open(self.open_reason(cell, value.is_undefined(), self.limits.max_precision.bits()))
    }

    /// A corner of `cell` that belongs to the domain and at which f certainly
    /// has not the claimed sign; equality at the end of a range is found here.
    pub(super) fn failing_corner(&self, cell: &Cell) -> Option<Vec<Rational>> {
        let context = Interval::context(Precision::START.min(self.limits.max_precision));
        let lower: Option<Vec<Rational>> = cell.0.iter().map(|edge| edge.lower.clone()).collect();
        let upper: Option<Vec<Rational>> = cell.0.iter().map(|edge| edge.upper.clone()).collect();
        lower.into_iter().chain(upper).find(|corner| {
            let point = Cell(corner.iter().cloned().map(Edge::point).collect());
            self.domain.contains(corner) && self.fails(&self.natural(&point, &context))
        })
    }

    fn open_reason(&self, cell: &Cell, undefined: bool, bits: u32) -> Why {
        let cell = cell.describe(&self.domain.names);
        if undefined {
            Why::MayBeUndefined { cell }
        } else {
            Why::SignOpen { cell, bits }
        }
    }

    /// f over the cell: contains every value of f there.
    fn natural<T: Enclosure>(&self, cell: &Cell, context: &T) -> T {
        let arguments: Vec<T> = cell.0.iter().map(|edge| edge.enclose(context)).collect();
        self.single(self.program.run(context, &arguments), context)
    }

    /// The program has one output; anything else is undefined, not a panic.
    fn single<T: Enclosure>(&self, outputs: Vec<T>, context: &T) -> T {
        let undefined = || context.one() / context.zero();
        outputs.into_iter().next().unwrap_or_else(undefined)
    }

    /// f(c) + f′(X)(X − c) for one bounded real parameter.
    fn centered_holds<T: Enclosure>(&self, cell: &Cell, context: &T) -> bool {
        let [edge] = cell.0.as_slice() else { return false };
        if edge.is_point() || edge.lower.is_none() || edge.upper.is_none() {
            return false;
        }
        let x = edge.enclose(context);
        let centre = context.rational(&edge.middle());
        let slope = {
            let variable = Series::variable(x.clone(), 1);
            let output = self.program.run(&variable, std::slice::from_ref(&variable));
            match output.first() {
                Some(series) => series.coefficient(1),
                None => return false,
            }
        };
        let at_centre = self.single(self.program.run(context, std::slice::from_ref(&centre)), context);
        self.holds(&(at_centre + slope * (x - centre)))
    }

    pub(super) fn holds<T: Enclosure>(&self, value: &T) -> bool {
        match self.claimed {
            Claimed::Positive => value.certainly_positive(),
            Claimed::Nonnegative => value.certainly_nonnegative(),
            Claimed::Defined => !value.is_undefined(),
        }
    }

    fn fails<T: Enclosure>(&self, value: &T) -> bool {
        match self.claimed {
            Claimed::Positive => value.certainly_nonpositive(),
            Claimed::Nonnegative => value.certainly_negative(),
            Claimed::Defined => false,
        }
    }
}
