//! Branch and bound.

use super::bound::{Constants, Projector, distance};
use super::chart::{Cell, Chart, Shape};
use super::summit::Summit;
use crate::arithmetic::DoubleInterval;
use crate::arithmetic::Enclosure;

/// What was done on a cell and its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Examined {
    /// Cells that are not needed.
    pub superfluous: u64,
    /// Cells in the ball around Π*.
    pub near: u64,
    /// Cells on which F < Ψ(Π*).
    pub below: u64,
    /// The most cuts.
    pub deepest: u32,
}

impl Examined {
    /// Both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            superfluous: self.superfluous + other.superfluous,
            near: self.near + other.near,
            below: self.below + other.below,
            deepest: self.deepest.max(other.deepest),
        }
    }

    /// All settled cells.
    #[must_use]
    pub fn cells(&self) -> u64 {
        self.superfluous + self.near + self.below
    }
}

/// How the search in a cell ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// F < Ψ(Π*) on all of it, but at Π*.
    Settled(Examined),
    /// At a projector in it Ψ is certainly larger than at Π*: this route does
    /// not decide.
    Exceeded(Cell),
    /// A part of it was cut as often as was allowed.
    Open(Cell),
    /// It was stopped from outside.
    Stopped,
}

/// A search on the Grassmannian of a shape, in intervals of doubles.
#[derive(Debug, Clone)]
pub struct Search {
    chart: Chart<DoubleInterval>,
    constants: Constants<DoubleInterval>,
    summit: Summit<DoubleInterval>,
}

/// Cuts along each coordinate.
const CUTS: u32 = 20;

impl Search {
    /// `None` if F was not shown to fall around Π*.
    #[must_use]
    pub fn new(shape: Shape) -> Option<Self> {
        let context = DoubleInterval::context();
        let constants = Constants::new(&context, shape);
        Some(Self {
            chart: Chart::new(&context, shape),
            summit: Summit::new(&context, shape, &constants)?,
            constants,
        })
    }

    /// Cells that make up the whole, for searches side by side: the least power
    /// of 2 that is at least `wanted`.
    #[must_use]
    pub fn parts(&self, wanted: usize) -> Vec<Cell> {
        let mut parts = vec![Cell::WHOLE];
        while parts.len() < wanted {
            let halves: Option<Vec<_>> = parts.iter().map(|cell| cell.halves()).collect();
            match halves {
                Some(halves) => parts = halves.into_iter().flatten().collect(),
                None => break,
            }
        }
        parts
    }

    /// Settles a cell and all its parts, unless `stopped`.
    pub fn run(&self, part: Cell, stopped: &impl Fn() -> bool) -> Outcome {
        let dimension = u32::try_from(self.chart.shape.dimension()).unwrap_or(u32::MAX);
        let deepest = dimension.saturating_mul(CUTS).min(Cell::DEEPEST);
        let mut examined = Examined::default();
        let mut ahead = vec![part];
        while let Some(cell) = ahead.pop() {
            if stopped() {
                return Outcome::Stopped;
            }
            examined.deepest = examined.deepest.max(cell.depth);
            match self.settle(cell) {
                Settled::Superfluous => examined.superfluous += 1,
                Settled::Near => examined.near += 1,
                Settled::Below => examined.below += 1,
                Settled::Exceeded => return Outcome::Exceeded(cell),
                Settled::Not => match cell.halves().filter(|_| cell.depth < deepest) {
                    // The lower half first.
                    Some([lower, upper]) => ahead.extend([upper, lower]),
                    None => return Outcome::Open(cell),
                },
            }
        }
        Outcome::Settled(examined)
    }

    /// X at a cell's centre, for people: approximately.
    #[must_use]
    pub fn place(&self, cell: Cell) -> String {
        let n = self.chart.shape.neurons();
        let centre = self.chart.frame(cell).centre;
        let rows = centre.chunks_exact(n).map(|row| {
            let entries: Vec<String> = row.iter().map(|x| format!("{:.4}", x.midpoint())).collect();
            entries.join(", ")
        });
        format!("({})", rows.collect::<Vec<_>>().join("; "))
    }

    fn settle(&self, cell: Cell) -> Settled {
        let shape = self.chart.shape;
        let frame = self.chart.frame(cell);
        if self.chart.is_superfluous(&frame) {
            return Settled::Superfluous;
        }
        if self.summit.contains(shape, &frame) {
            return Settled::Near;
        }
        let Some(delta) = distance(shape, &frame) else {
            return Settled::Not;
        };
        let projector = Projector::onto(shape, &frame.centre);
        if projector.psi().certainly_greater(&self.summit.value) {
            return Settled::Exceeded;
        }
        let bound = projector.bound(&self.constants, &delta, &self.summit.value);
        if bound.certainly_less(&self.summit.value) {
            Settled::Below
        } else {
            Settled::Not
        }
    }
}

/// What is known of one cell.
enum Settled {
    Superfluous,
    Near,
    Below,
    Exceeded,
    Not,
}
