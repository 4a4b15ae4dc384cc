//! Losses at convergence over the certified losses of both configurations.

use super::axis::Scale;
use super::basins::{legend, look};
use super::grid::{Grid, rulings, ticks};
use super::panel::{Panel, Style, curves, panel, rules_below};
use super::svg::{Anchor, Look, Svg};
use super::{COPY_AVERAGE, CROSSING, INK, PERTURBED_COPY, PlotError, QUIET};
use crate::experiment::basins::Basin;
use crate::experiment::phase::Phase;
use crate::experiment::training::Run;
use std::collections::BTreeMap;

const WIDTH: f64 = 1040.0;
const LEFT: f64 = 74.0;
const RIGHT: f64 = 26.0;
const TOP: f64 = 180.0;
const GAP: (f64, f64) = (34.0, 62.0);
/// Between a panel of losses and the panel of differences below it.
const BETWEEN: f64 = 46.0;
const HEIGHTS: (f64, f64) = (230.0, 170.0);
const BOTTOM: f64 = 62.0;
const COLUMNS: usize = 3;

/// Runs of one n that ended in one class with one loss.
#[derive(Debug, Clone, Copy)]
struct End {
    neurons: u64,
    basin: Basin,
    loss: f64,
    /// How many of the runs with this n.
    count: u32,
    runs: u32,
}

/// An SVG picture of losses at convergence against n/k: for each k a panel of loss
/// per teacher, and below it one of the difference to the best copy-average
/// configuration. Marks are runs, by class, with areas that grow with the share of
/// the runs at that n. The lines are the certified losses of both configurations,
/// as in [`losses`](super::losses()); rules stand where the certified phases change.
///
/// # Errors
/// If there is no run, there are runs without a phase, or a loss has no bounded
/// enclosure.
pub fn convergence(runs: &[Run], phases: &[Phase]) -> Result<String, PlotError> {
    let mut by_k: BTreeMap<u64, Vec<&Run>> = BTreeMap::new();
    for run in runs {
        let k = u64::try_from(run.setup.teachers).unwrap_or(u64::MAX);
        by_k.entry(k).or_default().push(run);
    }
    if by_k.is_empty() {
        return Err(PlotError::Empty { what: "runs" });
    }
    let columns = by_k.len().min(COLUMNS);
    let bands = by_k.len().div_ceil(columns);
    let band = HEIGHTS.0 + BETWEEN + HEIGHTS.1;
    let total = TOP + bands as f64 * (band + GAP.1) - GAP.1 + BOTTOM;
    let title = "Losses at convergence, over the certified losses of both configurations";
    let mut svg = Svg::new(WIDTH, total, title);
    let remark = format!(
        "{} runs of gradient flow; n neurons with activation erf learn k orthonormal teachers.",
        runs.len()
    );
    svg.heading(LEFT, title, &remark);
    let shown: Vec<Basin> = Basin::ALL
        .into_iter()
        .filter(|&basin| runs.iter().any(|run| Basin::of(&run.class) == basin))
        .collect();
    explain(&mut svg, &shown);
    let mut drawn = Vec::new();
    for (&k, runs) in &by_k {
        let mut own: Vec<&Phase> = phases.iter().filter(|phase| phase.teachers == k).collect();
        own.sort_by_key(|phase| phase.neurons);
        if own.is_empty() {
            return Err(PlotError::Empty {
                what: "certified losses",
            });
        }
        drawn.push((k, ends(runs), Panel::of(&own)?, Panel::differences(&own)?));
    }
    let highest = drawn
        .iter()
        .flat_map(|(k, ends, panel, _)| {
            let per = *k as f64;
            ends.iter()
                .map(move |end| end.loss / per)
                .chain([panel.highest()])
        })
        .fold(0.0, f64::max);
    let top = if highest > 0.0 { highest * 1.06 } else { 1.0 };
    for (index, (k, ends, above, below)) in drawn.iter().enumerate() {
        let begin = TOP + (index / columns) as f64 * (band + GAP.1);
        let grid = |top: f64, height: f64| Grid {
            sides: (LEFT, WIDTH - RIGHT),
            top,
            columns,
            gap: GAP,
            height,
        };
        let (column, labelled) = (index % columns, index % columns == 0);
        let (x, y) = grid(begin, HEIGHTS.0).scales(column, (0.0, 1.0), (0.0, top));
        panel(&mut svg, above, x, y, labelled);
        let k = *k as f64;
        marks(&mut svg, ends, k, x, y, |end| Some(end.loss / k));
        let range = below.range(differences(ends, below));
        let place = begin + HEIGHTS.0 + BETWEEN;
        let (x, y) = grid(place, HEIGHTS.1).scales(column, (0.0, 1.0), range);
        rulings(&mut svg, x, y, 4.0, true);
        ticks(&mut svg, x, y, &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        rules_below(&mut svg, below, x, y);
        curves(&mut svg, below, x, y);
        marks(&mut svg, ends, k, x, y, |end| {
            below.base(end.neurons).map(|base| end.loss - base)
        });
        let centre = f64::midpoint(x.places.0, x.places.1);
        svg.text((centre, y.places.0 + 38.0), 11.5, Anchor::Middle, INK, "n/k");
        if labelled {
            svg.text((16.0, begin - 12.0), 11.5, Anchor::Start, INK, "loss per teacher");
            let words = "loss minus that of the best copy-average configuration";
            svg.text((16.0, place - 10.0), 11.5, Anchor::Start, INK, words);
        }
    }
    Ok(svg.finish())
}

/// Runs with one n, one class and one loss (to 10⁻⁹) are one mark.
fn ends(runs: &[&Run]) -> Vec<End> {
    let mut all: Vec<End> = Vec::new();
    let mut sorted: Vec<&&Run> = runs.iter().collect();
    sorted.sort_by(|a, b| {
        let key = |run: &Run| (run.setup.neurons, Basin::of(&run.class));
        key(a).cmp(&key(b)).then(a.loss.total_cmp(&b.loss))
    });
    for run in sorted {
        let neurons = u64::try_from(run.setup.neurons).unwrap_or(u64::MAX);
        let basin = Basin::of(&run.class);
        match all.last_mut() {
            Some(end)
                if (end.neurons, end.basin) == (neurons, basin) && (end.loss - run.loss).abs() < 1e-9 =>
            {
                end.count += 1;
            }
            _ => all.push(End {
                neurons,
                basin,
                loss: run.loss,
                count: 1,
                runs: 0,
            }),
        }
    }
    let mut totals: BTreeMap<u64, u32> = BTreeMap::new();
    for end in &all {
        *totals.entry(end.neurons).or_default() += end.count;
    }
    for end in &mut all {
        end.runs = totals.get(&end.neurons).copied().unwrap_or(end.count);
    }
    all
}

/// The differences that the lower panel must show.
fn differences(ends: &[End], below: &Panel) -> Vec<f64> {
    let difference = |end: &End| below.base(end.neurons).map(|base| end.loss - base);
    ends.iter().filter_map(difference).collect()
}

fn marks(svg: &mut Svg, ends: &[End], k: f64, x: Scale, y: Scale, height: impl Fn(&End) -> Option<f64>) {
    let room = (x.places.1 - x.places.0) / k;
    // Frequent ones first, so that rare ones lie above them.
    let mut order: Vec<&End> = ends.iter().collect();
    order.sort_by_key(|end| std::cmp::Reverse(end.count));
    for end in order {
        let Some(value) = height(end) else { continue };
        let (shape, colour, _) = look(end.basin);
        let share = f64::from(end.count) / f64::from(end.runs.max(1));
        let largest = (room * 0.62).clamp(3.0, 5.0);
        let radius = (largest * share.sqrt()).max(1.5);
        let words = format!(
            "k = {k}, n = {}: {} of {} runs end in {} with loss {:.9}",
            end.neurons,
            end.count,
            end.runs,
            end.basin.word(),
            end.loss
        );
        let at = (x.at(end.neurons as f64 / k), y.at(value));
        svg.mark(shape, at, radius, Look::Hollow(colour), &words);
    }
}

fn explain(svg: &mut Svg, shown: &[Basin]) {
    let end = legend(svg, (LEFT, 86.0), shown);
    svg.text(
        (end, 86.0),
        11.5,
        Anchor::Start,
        QUIET,
        "area of a mark: share of the runs at that n",
    );
    let mut x = LEFT;
    let mut sample = |svg: &mut Svg, colour: &str, dash: &str, words: &str, width: f64| {
        svg.path(&[(x, 103.0), (x + 30.0, 103.0)], colour, 1.8, dash);
        svg.text((x + 37.0, 107.0), 11.5, Anchor::Start, INK, words);
        x += width;
    };
    sample(svg, COPY_AVERAGE, "", "certified best C-A", 178.0);
    sample(svg, PERTURBED_COPY, "", "certified P-n-C", 162.0);
    sample(svg, QUIET, Style::Minimum.dash(), "strict local minimum", 190.0);
    sample(svg, QUIET, Style::Saddle.dash(), "strict saddle", 148.0);
    let mut x = LEFT;
    for (colour, words, width) in [
        (PERTURBED_COPY, "P-n-C: first minimum", 174.0),
        (CROSSING, "P-n-C: first with the lower loss", 240.0),
        (COPY_AVERAGE, "best C-A: last minimum before n = k", 0.0),
    ] {
        svg.path(&[(x + 4.0, 117.0), (x + 4.0, 131.0)], colour, 1.0, "");
        svg.text((x + 13.0, 128.0), 11.5, Anchor::Start, INK, words);
        x += width;
    }
}
