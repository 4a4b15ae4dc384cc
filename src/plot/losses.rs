//! Losses of both configurations against n/k, one panel for each k.

use super::axis::Scale;
use super::panel::{Curve, Panel, Style, panel};
use super::svg::{Anchor, Svg};
use super::{COPY_AVERAGE, CROSSING, INK, PERTURBED_COPY, PlotError, QUIET};
use crate::experiment::phase::Phase;
use std::collections::BTreeMap;

const WIDTH: f64 = 980.0;
const LEFT: f64 = 66.0;
const RIGHT: f64 = 26.0;
const TOP: f64 = 160.0;
const GAP: (f64, f64) = (30.0, 62.0);
const BOTTOM: f64 = 62.0;
const PANELS: usize = 6;

/// An SVG picture of loss per teacher against n/k: one panel for each k, for six
/// of them if there are more. Solid where a configuration is a strict local
/// minimum, dashed where it is a strict saddle, dotted with hollow marks where
/// that is not decided. Vertical rules stand where the perturbed copy becomes a
/// minimum, where its loss becomes the lower one, and where the copy-average
/// configuration was a minimum for the last time, each only if the neighbour on
/// the other side was examined too and was decided.
///
/// # Errors
/// If there is no phase or a loss has no bounded enclosure.
pub fn losses(phases: &[Phase]) -> Result<String, PlotError> {
    let mut by_k: BTreeMap<u64, BTreeMap<u64, &Phase>> = BTreeMap::new();
    for phase in phases {
        by_k.entry(phase.teachers)
            .or_default()
            .insert(phase.neurons, phase);
    }
    if by_k.is_empty() {
        return Err(PlotError::Empty { what: "phases" });
    }
    let all: Vec<_> = by_k.into_values().collect();
    let shown: Vec<Vec<&Phase>> = spread(all.len())
        .into_iter()
        .filter_map(|i| all.get(i))
        .map(|row| row.values().copied().collect())
        .collect();
    let mut panels = Vec::new();
    for row in &shown {
        panels.push(Panel::of(row)?);
    }
    Ok(draw(&panels, &shown.concat(), all.len()))
}

/// Which of `count` values get a panel: all, or as many as fit, first and last
/// among them.
fn spread(count: usize) -> Vec<usize> {
    match count {
        0..=PANELS => (0..count).collect(),
        _ => (0..PANELS)
            .map(|i| (i * (count - 1) + (PANELS - 1) / 2) / (PANELS - 1))
            .collect(),
    }
}

/// The picture of these panels, out of so many as there are values of k.
fn draw(panels: &[Panel], phases: &[&Phase], all: usize) -> String {
    let columns = match panels.len() {
        4 => 2,
        count => count.min(3),
    };
    let rows = panels.len().div_ceil(columns);
    let inner = WIDTH - LEFT - RIGHT - GAP.0 * (columns as f64 - 1.0);
    let width = inner / columns as f64;
    let height = match columns {
        1 => 400.0,
        2 => 290.0,
        _ => 224.0,
    };
    let total = TOP + rows as f64 * height + (rows as f64 - 1.0) * GAP.1 + BOTTOM;
    let title = "Certified losses of the best copy-average configuration and of the perturbed copy";
    let mut svg = Svg::new(WIDTH, total, title);
    let mut said = remark(phases);
    if panels.len() < all {
        said = format!("{} of {all} values of k. {said}", panels.len());
    }
    svg.heading(LEFT, title, &said);
    legend(&mut svg, panels);
    let highest = panels.iter().map(Panel::highest).fold(0.0, f64::max);
    let top = if highest > 0.0 { highest * 1.06 } else { 1.0 };
    svg.text((16.0, TOP - 10.0), 11.5, Anchor::Start, INK, "loss per teacher");
    for (i, data) in panels.iter().enumerate() {
        let left = LEFT + (i % columns) as f64 * (width + GAP.0);
        let above = TOP + (i / columns) as f64 * (height + GAP.1);
        let x = Scale {
            values: (0.0, 1.0),
            places: (left, left + width),
        };
        let y = Scale {
            values: (0.0, top),
            places: (above + height, above),
        };
        panel(&mut svg, data, x, y, i % columns == 0);
        if i + columns >= panels.len() {
            let place = (left + width / 2.0, above + height + 40.0);
            svg.text(place, 11.5, Anchor::Middle, INK, "n/k");
        }
    }
    svg.finish()
}

/// What is proved of how many points.
fn remark(phases: &[&Phase]) -> String {
    let open = phases.iter().filter(|phase| !phase.is_settled()).count();
    let proved = match open {
        0 => "Existence, kind and order are proved at every point.".to_string(),
        _ => format!(
            "Existence, kind and order are proved at {} of {} points.",
            phases.len() - open,
            phases.len()
        ),
    };
    format!("n neurons with activation erf learn k orthonormal teachers from k inputs. {proved}")
}

/// What lines and rules mean.
fn legend(svg: &mut Svg, panels: &[Panel]) {
    let mut x = LEFT;
    let mut sample = |svg: &mut Svg, colour: &str, dash: &str, words: &str, width: f64| {
        svg.path(&[(x, 82.0), (x + 30.0, 82.0)], colour, 1.8, dash);
        svg.text((x + 37.0, 86.0), 11.5, Anchor::Start, INK, words);
        x += width;
    };
    sample(svg, COPY_AVERAGE, "", "best copy-average", 172.0);
    sample(svg, PERTURBED_COPY, "", "perturbed copy", 160.0);
    sample(svg, QUIET, Style::Minimum.dash(), "strict local minimum", 188.0);
    sample(svg, QUIET, Style::Saddle.dash(), "strict saddle", 142.0);
    if panels.iter().any(|panel| panel.has(Style::Open)) {
        sample(svg, QUIET, Style::Open.dash(), "not decided", 0.0);
    }
    let rules = [
        (
            Curve::PerturbedCopy.colour(),
            "perturbed copy: first minimum",
            226.0,
        ),
        (CROSSING, "perturbed copy: first with the lower loss", 294.0),
        (
            Curve::CopyAverage.colour(),
            "copy-average: last minimum before n = k",
            0.0,
        ),
    ];
    let mut x = LEFT;
    for (colour, words, width) in rules {
        svg.path(&[(x + 4.0, 100.0), (x + 4.0, 114.0)], colour, 1.0, "");
        svg.text((x + 13.0, 111.0), 11.5, Anchor::Start, INK, words);
        x += width;
    }
}
