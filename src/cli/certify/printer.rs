//! Reals of a report, each to the digits that were asked for.

use crate::arithmetic::digits::DecimalEnclosure;
use crate::arithmetic::{Enclosure, Interval, Precision, Rational};
use crate::certify::spectrum::Spectrum;
use crate::cli::reals::Reals;
use std::collections::BTreeMap;

/// Prints reals, and remembers whether the digits were met.
pub(super) struct Printer {
    reals: Reals,
    pub(super) all_met: bool,
}

impl Printer {
    pub(super) fn new(reals: Reals) -> Self {
        Self { reals, all_met: true }
    }

    /// Whether numbers are printed as the proof left them.
    pub(super) fn is_as_decided(&self) -> bool {
        self.reals.significant().is_none()
    }

    /// Says on standard error if digits are missing.
    pub(super) fn complain(&self) {
        if !self.all_met {
            crate::cli::complain(&crate::cli::reals::missing(1));
        }
    }

    /// An enclosure with the digits asked for; `value` answers `None` where it is
    /// not defined.
    pub(super) fn value(&mut self, value: impl Fn(&Interval) -> Option<Interval>) -> DecimalEnclosure {
        let printed = self.reals.print(|precision| {
            let context = Interval::context(precision);
            value(&context).unwrap_or_else(|| context.between(None, None))
        });
        self.all_met &= printed.digits_met;
        printed
    }

    /// An exact value.
    pub(super) fn exact(&self, value: &Rational) -> DecimalEnclosure {
        self.reals.exact(value)
    }

    /// Each level of precision is computed once, for all eigenvalues.
    pub(super) fn eigenvalues(
        &mut self,
        decided: &Spectrum<Interval>,
        attempt: impl Fn(Precision) -> Spectrum<Interval>,
    ) -> Vec<Vec<DecimalEnclosure>> {
        let mut levels: BTreeMap<Precision, Spectrum<Interval>> = BTreeMap::new();
        let mut at = |precision: Precision, block: usize, index: usize| {
            let spectrum = levels.entry(precision).or_insert_with(|| attempt(precision));
            spectrum.blocks[block].eigenvalues[index].clone()
        };
        let as_decided = self.is_as_decided();
        let mut printed = Vec::with_capacity(decided.blocks.len());
        for (block, spectrum) in decided.blocks.iter().enumerate() {
            let mut row = Vec::with_capacity(spectrum.dimension);
            for (index, eigenvalue) in spectrum.eigenvalues.iter().enumerate() {
                let one = self.reals.print(|precision| {
                    if as_decided {
                        eigenvalue.clone()
                    } else {
                        at(precision, block, index)
                    }
                });
                self.all_met &= one.digits_met;
                row.push(one);
            }
            printed.push(row);
        }
        printed
    }
}
