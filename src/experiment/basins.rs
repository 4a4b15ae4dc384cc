//! Where runs end: how often in which class, and from which number of neurons
//! on in one class only.

use super::statistics::Frequency;
use super::training::{Class, Run};

/// The three classes that are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basin {
    /// A copy-average configuration.
    CopyAverage,
    /// The perturbed copies.
    PerturbedCopies,
    /// Anything else.
    Other,
}

impl Basin {
    /// All of them.
    pub const ALL: [Basin; 3] = [Basin::CopyAverage, Basin::PerturbedCopies, Basin::Other];

    /// Where a run ended.
    #[must_use]
    pub fn of(class: &Class) -> Self {
        match class {
            Class::CopyAverage { .. } => Basin::CopyAverage,
            Class::PerturbedCopies => Basin::PerturbedCopies,
            Class::Other { .. } => Basin::Other,
        }
    }

    /// The word that tables and JSON use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Basin::CopyAverage => "C-A",
            Basin::PerturbedCopies => "P-n-C",
            Basin::Other => "other",
        }
    }
}

/// All runs of n neurons for k teachers in d inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// k.
    pub teachers: usize,
    /// n.
    pub neurons: usize,
    /// d.
    pub dimension: usize,
    /// How many runs.
    pub runs: u32,
    /// How many ended in which of [`Basin::ALL`].
    pub counts: [u32; 3],
    /// How many end points are certified.
    pub certified: u32,
    /// The lowest loss.
    pub lowest: f64,
    /// The highest loss.
    pub highest: f64,
}

impl Cell {
    /// The cells of runs, in the order in which they appear.
    #[must_use]
    pub fn all(runs: &[Run]) -> Vec<Self> {
        let mut cells: Vec<Cell> = Vec::new();
        for run in runs {
            let (k, n, d) = (run.setup.teachers, run.setup.neurons, run.setup.dimension);
            let same = |cell: &&mut Cell| (cell.teachers, cell.neurons, cell.dimension) == (k, n, d);
            // Runs of a cell mostly stand together.
            let cell = match cells.iter_mut().rev().find(same) {
                Some(cell) => cell,
                None => {
                    cells.push(Cell {
                        teachers: k,
                        neurons: n,
                        dimension: d,
                        runs: 0,
                        counts: [0; 3],
                        certified: 0,
                        lowest: f64::INFINITY,
                        highest: f64::NEG_INFINITY,
                    });
                    // Just pushed.
                    let last = cells.len() - 1;
                    &mut cells[last]
                }
            };
            cell.runs += 1;
            let basin = Basin::of(&run.class);
            for (count, other) in cell.counts.iter_mut().zip(Basin::ALL) {
                *count += u32::from(other == basin);
            }
            cell.certified += u32::from(run.certified.is_some());
            cell.lowest = cell.lowest.min(run.loss);
            cell.highest = cell.highest.max(run.loss);
        }
        cells
    }

    /// How often runs ended in a class.
    #[must_use]
    pub fn frequency(&self, basin: Basin) -> Frequency {
        let found = Basin::ALL
            .iter()
            .zip(self.counts)
            .find(|(other, _)| **other == basin);
        Frequency {
            count: found.map_or(0, |(_, count)| count),
            trials: self.runs,
        }
    }

    /// Whether all runs ended in a class.
    #[must_use]
    pub fn all_in(&self, basin: Basin) -> bool {
        self.runs > 0 && self.frequency(basin).count == self.runs
    }
}

/// The least number of runs at every n before a threshold is claimed: with fewer,
/// the class that was not seen may hold several of a hundred runs.
pub const ENOUGH: u32 = 100;

/// A number of neurons up to which, or from which on, all runs ended in one class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// n.
    pub neurons: usize,
    /// The least number of runs at any n on this side of it.
    pub runs: u32,
    /// At every such n the class holds at least this share of all starts, with
    /// 95 % confidence for each.
    pub at_least: f64,
    /// Whether the runs are [`ENOUGH`] for a claim at every such n.
    pub claimed: bool,
    /// The first n beyond that was looked at, and how often runs ended in the
    /// class there; `None` if there is none.
    pub beyond: Option<(usize, Frequency)>,
}

/// Measured thresholds at one k.
#[derive(Debug, Clone, PartialEq)]
pub struct Thresholds {
    /// k.
    pub teachers: usize,
    /// The largest n up to which all runs ended in a copy-average configuration.
    pub copy_average_to: Option<Limit>,
    /// The smallest n < k from which on all runs ended in the perturbed copies.
    pub perturbed_copies_from: Option<Limit>,
}

impl Thresholds {
    /// The thresholds that cells show, for each k whose numbers of neurons were
    /// examined without a gap from 2 to k − 1. (At n = 1 and n = k perturbed
    /// copies are copy-average configurations; those cells decide nothing.)
    #[must_use]
    pub fn all(cells: &[Cell]) -> Vec<Self> {
        let mut ks: Vec<usize> = cells.iter().map(|cell| cell.teachers).collect();
        ks.sort_unstable();
        ks.dedup();
        ks.into_iter().filter_map(|k| Self::at(k, cells)).collect()
    }

    fn at(teachers: usize, cells: &[Cell]) -> Option<Self> {
        let inner = |cell: &&Cell| cell.teachers == teachers && (2..teachers).contains(&cell.neurons);
        let mut ordered: Vec<&Cell> = cells.iter().filter(inner).collect();
        ordered.sort_by_key(|cell| cell.neurons);
        let whole = ordered.iter().map(|cell| cell.neurons).eq(2..teachers);
        if !whole || ordered.is_empty() {
            return None;
        }
        let copy_average_to = limit(&ordered, Basin::CopyAverage);
        ordered.reverse();
        Some(Self {
            teachers,
            copy_average_to,
            perturbed_copies_from: limit(&ordered, Basin::PerturbedCopies),
        })
    }
}

/// Walks along cells as long as all runs end in a class.
fn limit(cells: &[&Cell], basin: Basin) -> Option<Limit> {
    let inside: Vec<&Cell> = cells
        .iter()
        .copied()
        .take_while(|cell| cell.all_in(basin))
        .collect();
    let last = inside.last()?;
    let runs = inside.iter().map(|cell| cell.runs).min()?;
    let least = Frequency {
        count: runs,
        trials: runs,
    };
    Some(Limit {
        neurons: last.neurons,
        runs,
        at_least: least.interval95().0,
        claimed: runs >= ENOUGH,
        beyond: cells
            .get(inside.len())
            .map(|cell| (cell.neurons, cell.frequency(basin))),
    })
}
