//! How often runs end where, against n/k.

use super::axis::Scale;
use super::grid::{Grid, rulings, ticks};
use super::svg::{Anchor, Look, Shape, Svg};
use super::{COPY_AVERAGE, CROSSING, INK, PERTURBED_COPY, PlotError};
use crate::experiment::basins::{Basin, Cell};
use std::collections::BTreeMap;

const WIDTH: f64 = 980.0;
const LEFT: f64 = 66.0;
const RIGHT: f64 = 26.0;
const TOP: f64 = 136.0;
const GAP: (f64, f64) = (30.0, 64.0);
const BOTTOM: f64 = 62.0;

/// How a class is drawn, here and in the other pictures of runs.
pub(super) fn look(basin: Basin) -> (Shape, &'static str, &'static str) {
    match basin {
        Basin::CopyAverage => (Shape::Circle, COPY_AVERAGE, ""),
        Basin::PerturbedCopies => (Shape::Triangle, PERTURBED_COPY, "stroke-dasharray=\"5 3.5\""),
        Basin::Other => (Shape::Diamond, CROSSING, "stroke-dasharray=\"1.5 3\""),
    }
}

/// The words for a class.
pub(super) fn words(basin: Basin) -> &'static str {
    match basin {
        Basin::CopyAverage => "copy-average (C-A)",
        Basin::PerturbedCopies => "perturbed copies (P-n-C)",
        Basin::Other => "other",
    }
}

/// A legend of classes that begins at a place; returns where it ends.
pub(super) fn legend(svg: &mut Svg, at: (f64, f64), shown: &[Basin]) -> f64 {
    let mut x = at.0;
    for &basin in shown {
        let (shape, colour, _) = look(basin);
        svg.mark(
            shape,
            (x + 5.0, at.1 - 4.0),
            4.0,
            Look::Full(colour),
            words(basin),
        );
        svg.text((x + 16.0, at.1), 11.5, Anchor::Start, INK, words(basin));
        x += 40.0 + 6.6 * words(basin).len() as f64;
    }
    x
}

/// An SVG picture of the share of runs in each class against n/k, one panel for
/// each k, with 95 % intervals of Clopper and Pearson. A class that never occurred
/// in any cell is left out, except copy-average and perturbed copies.
///
/// # Errors
/// If there is no cell.
pub fn basins(cells: &[Cell]) -> Result<String, PlotError> {
    let mut by_k: BTreeMap<usize, BTreeMap<usize, &Cell>> = BTreeMap::new();
    for cell in cells {
        by_k.entry(cell.teachers).or_default().insert(cell.neurons, cell);
    }
    if by_k.is_empty() {
        return Err(PlotError::Empty { what: "runs" });
    }
    let columns = by_k.len().min(3);
    let grid = Grid {
        sides: (LEFT, WIDTH - RIGHT),
        top: TOP,
        columns,
        gap: GAP,
        height: if columns == 1 { 330.0 } else { 236.0 },
    };
    let rows = by_k.len().div_ceil(columns);
    let title = "Where gradient flow ends, with 95 % confidence intervals";
    let mut svg = Svg::new(WIDTH, grid.bottom(rows) + BOTTOM, title);
    svg.heading(LEFT, title, &remark(cells));
    let shown: Vec<Basin> = Basin::ALL
        .into_iter()
        .filter(|&basin| basin != Basin::Other || cells.iter().any(|cell| cell.frequency(basin).count > 0))
        .collect();
    legend(&mut svg, (LEFT, 88.0), &shown);
    svg.text((16.0, TOP - 14.0), 11.5, Anchor::Start, INK, "share of runs");
    for (index, (k, row)) in by_k.iter().enumerate() {
        let (x, y) = grid.scales(index, (0.0, 1.0), (0.0, 1.0));
        rulings(&mut svg, x, y, 5.0, index % columns == 0);
        ticks(&mut svg, x, y, &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        let name = format!("k = {k}");
        svg.text(
            (x.places.1 - 4.0, y.places.1 - 8.0),
            12.5,
            Anchor::End,
            INK,
            &name,
        );
        let row: Vec<&Cell> = row.values().copied().collect();
        for (place, &basin) in shown.iter().enumerate() {
            let shift = (place as f64 - (shown.len() as f64 - 1.0) / 2.0) * 2.6;
            series(&mut svg, *k, &row, basin, shift, x, y);
        }
        if index + columns >= by_k.len() {
            let centre = f64::midpoint(x.places.0, x.places.1);
            svg.text((centre, y.places.0 + 40.0), 11.5, Anchor::Middle, INK, "n/k");
        }
    }
    Ok(svg.finish())
}

fn remark(cells: &[Cell]) -> String {
    let (least, most) = cells.iter().fold((u32::MAX, 0), |(least, most), cell| {
        (least.min(cell.runs), most.max(cell.runs))
    });
    let runs = match least == most {
        true => format!("{least}"),
        false => format!("{least} to {most}"),
    };
    format!("n neurons learn k orthonormal teachers by gradient flow; {runs} random starts at each n.")
}

/// The points of one class, a little to the side of those of the others.
fn series(svg: &mut Svg, k: usize, row: &[&Cell], basin: Basin, shift: f64, x: Scale, y: Scale) {
    let (shape, colour, dash) = look(basin);
    let share = |cell: &Cell| cell.frequency(basin).fraction().unwrap_or(0.0);
    let place = |cell: &Cell| x.at(cell.neurons as f64 / k as f64) + shift;
    let line: Vec<(f64, f64)> = row.iter().map(|cell| (place(cell), y.at(share(cell)))).collect();
    if line.len() > 1 {
        svg.path(
            &line,
            colour,
            1.0,
            format!("stroke-opacity=\"0.55\" {dash}").trim_end(),
        );
    }
    let room = (x.places.1 - x.places.0) / k.max(1) as f64;
    let radius = (room * 0.3).clamp(1.6, 3.4);
    for cell in row {
        let (low, high) = cell.frequency(basin).interval95();
        let at = place(cell);
        svg.path(
            &[(at, y.at(low)), (at, y.at(high))],
            colour,
            0.9,
            "class=\"interval\"",
        );
        let words = format!(
            "k = {k}, n = {}: {} of {} runs end in {}, 95 % interval {low:.4} to {high:.4}",
            cell.neurons,
            cell.frequency(basin).count,
            cell.runs,
            basin.word()
        );
        svg.mark(shape, (at, y.at(share(cell))), radius, Look::Full(colour), &words);
    }
}
