//! Panels side by side, in rows.

use super::axis::{Scale, step};
use super::svg::{Anchor, Svg, number};
use super::{GRID, QUIET};

/// Where panels of equal size lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    /// The left and right ends of the rows.
    pub(super) sides: (f64, f64),
    /// The upper end of the first row.
    pub(super) top: f64,
    /// Panels in a row.
    pub(super) columns: usize,
    /// Between columns and between rows.
    pub(super) gap: (f64, f64),
    /// Of a panel.
    pub(super) height: f64,
}

impl Grid {
    /// The width of a panel.
    pub(super) fn width(&self) -> f64 {
        let columns = self.columns.max(1) as f64;
        (self.sides.1 - self.sides.0 - self.gap.0 * (columns - 1.0)) / columns
    }

    /// Scales that span panel `index`, counted along the rows.
    pub(super) fn scales(&self, index: usize, x: (f64, f64), y: (f64, f64)) -> (Scale, Scale) {
        let columns = self.columns.max(1);
        let left = self.sides.0 + (index % columns) as f64 * (self.width() + self.gap.0);
        let above = self.top + (index / columns) as f64 * (self.height + self.gap.1);
        (
            Scale {
                values: x,
                places: (left, left + self.width()),
            },
            Scale {
                values: y,
                places: (above + self.height, above),
            },
        )
    }

    /// The lower end of `rows` rows.
    pub(super) fn bottom(&self, rows: usize) -> f64 {
        let rows = rows.max(1) as f64;
        self.top + rows * self.height + (rows - 1.0) * self.gap.1
    }
}

/// The axes of a panel, with lines at round values of y, labelled if asked for.
pub(super) fn rulings(svg: &mut Svg, x: Scale, y: Scale, parts: f64, labelled: bool) {
    let (left, right) = x.places;
    let (step, decimals) = step(y.values.1 - y.values.0, parts);
    let mut i = (y.values.0 / step - 1e-9).ceil();
    while i * step <= y.values.1 + 1e-9 * step {
        let at = y.at(i * step);
        svg.path(&[(left, at), (right, at)], GRID, 0.7, "");
        if labelled {
            // Without the minus of a zero.
            let text = format!("{:.decimals$}", i * step + 0.0);
            svg.text((left - 7.0, at + 3.7), 10.5, Anchor::End, QUIET, &text);
        }
        i += 1.0;
    }
    let (below, above) = y.places;
    svg.path(&[(left, above), (left, below), (right, below)], QUIET, 0.8, "");
}

/// Ticks below a panel at these values, each with its number.
pub(super) fn ticks(svg: &mut Svg, x: Scale, y: Scale, values: &[f64]) {
    let below = y.places.0;
    for &value in values {
        let at = x.at(value);
        svg.path(&[(at, below), (at, below + 4.0)], QUIET, 0.8, "");
        svg.text((at, below + 17.0), 10.5, Anchor::Middle, QUIET, &number(value));
    }
}

/// Round values between two ends, about `parts` of them.
pub(super) fn round_values(from: f64, to: f64, parts: f64) -> Vec<f64> {
    let (step, _) = step(to - from, parts);
    let mut values = Vec::new();
    let mut i = (from / step - 1e-9).ceil();
    while i * step <= to + 1e-9 * step {
        values.push(i * step);
        i += 1.0;
    }
    values
}
