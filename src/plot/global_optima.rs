//! Which pairs (k, n) have copies and one average as their global optimum.

use super::svg::{Anchor, Svg};
use super::{COPY_AVERAGE, INK, PERTURBED_COPY, PlotError, QUIET};
use crate::certify::verdict::Verdict;
use crate::experiment::global_optimum::{GlobalOptimum, Method};
use std::collections::BTreeMap;

const WIDTH: f64 = 820.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 34.0;
const TOP: f64 = 92.0;
const BOTTOM: f64 = 58.0;

/// Proved for the pair alone: a lighter blue than the theorem's.
const BOUNDS: &str = "#56B4E9";
/// Nothing is proved.
const OPEN: &str = "#DDDDDD";

/// γ₃(∞), where the losses of both configurations cross for large k (conjecture
/// `perturbed-lower-law`); drawn as a guide only.
const CROSSING: f64 = 0.766_230_818;

/// What is known of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    Theorem,
    Bounds,
    Open,
    Refuted,
}

const ALL: [Known; 4] = [Known::Refuted, Known::Open, Known::Bounds, Known::Theorem];

impl Known {
    fn of(pair: &GlobalOptimum) -> Self {
        match (&pair.verdict, &pair.method) {
            (Verdict::Proved, Some(Method::Bounds(_))) => Known::Bounds,
            (Verdict::Proved, _) => Known::Theorem,
            (Verdict::Refuted(_), _) => Known::Refuted,
            (Verdict::Undecided(_), _) => Known::Open,
        }
    }

    fn colour(self) -> &'static str {
        match self {
            Known::Theorem => COPY_AVERAGE,
            Known::Bounds => BOUNDS,
            Known::Open => OPEN,
            Known::Refuted => PERTURBED_COPY,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Known::Theorem => "theorem",
            Known::Bounds => "bounds",
            Known::Open => "undecided",
            Known::Refuted => "refuted",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Known::Theorem => "the global optimum, by the theorem",
            Known::Bounds => "the global optimum, by its inequalities for this pair",
            Known::Open => "not decided",
            Known::Refuted => "not the optimum: a perturbed copy is lower",
        }
    }
}

/// An SVG picture of the pairs: k to the right, n upwards, a cell for each in the
/// colour of what is known.
///
/// # Errors
/// If there is no pair.
pub fn global_optima(pairs: &[GlobalOptimum]) -> Result<String, PlotError> {
    let mut columns: BTreeMap<u64, BTreeMap<u64, Known>> = BTreeMap::new();
    for pair in pairs {
        let column = columns.entry(pair.teachers).or_default();
        column.insert(pair.neurons, Known::of(pair));
    }
    let (Some((&first, _)), Some((&last, _))) = (columns.first_key_value(), columns.last_key_value()) else {
        return Err(PlotError::Empty { what: "pairs" });
    };
    let low = if last - first > 8 {
        first
    } else {
        first.saturating_sub(4).max(1)
    };
    let span = (last - low + 1) as f64;
    let side = WIDTH - LEFT - RIGHT;
    let cell = side / span;
    let rows = last as f64;
    let height = (rows * cell).min(side);
    let rise = height / rows;
    let below = TOP + height;
    let title = "Where copies and one average are the global optimum";
    let mut svg = Svg::new(WIDTH, below + BOTTOM, title);
    svg.heading(
        LEFT,
        title,
        "n neurons learn k orthonormal teachers, activation erf; every coloured cell is a theorem",
    );
    let x = |k: f64| LEFT + (k - low as f64) * cell;
    let y = |n: f64| below - n * rise;
    let gap = if cell >= 4.0 { 0.09 * cell } else { 0.0 };
    for (&k, column) in &columns {
        for (from, to, known) in runs(column) {
            let corner = (x(k as f64) + gap / 2.0, y(to as f64) + gap / 2.0);
            let size = (cell - gap, (to - from + 1) as f64 * rise - gap);
            let range = if from == to {
                format!("n = {from}")
            } else {
                format!("n = {from}..{to}")
            };
            let words = format!("k = {k}, {range}: {}", known.words());
            let class = format!("pair {}", known.word());
            svg.area(corner, size, known.colour(), &class, &words);
        }
    }
    axes(&mut svg, low, last, (&x, &y), cell);
    guides(&mut svg, low, last, (&x, &y));
    legend(&mut svg, &columns);
    Ok(svg.finish())
}

/// Runs of consecutive n of which the same is known.
fn runs(column: &BTreeMap<u64, Known>) -> Vec<(u64, u64, Known)> {
    let mut runs: Vec<(u64, u64, Known)> = Vec::new();
    for (&n, &known) in column {
        match runs.last_mut() {
            Some((_, to, same)) if *same == known && n == *to + 1 => *to = n,
            _ => runs.push((n, n, known)),
        }
    }
    runs
}

/// From a number to a place.
type Place<'a> = &'a dyn Fn(f64) -> f64;

fn axes(svg: &mut Svg, low: u64, last: u64, (x, y): (Place, Place), cell: f64) {
    let below = y(0.0);
    let step = step(last);
    let mut at = step;
    while at <= last {
        let number = at.to_string();
        if at >= low {
            let middle = x(at as f64) + cell / 2.0;
            svg.path(&[(middle, below), (middle, below + 4.0)], QUIET, 0.8, "");
            svg.text((middle, below + 18.0), 11.0, Anchor::Middle, QUIET, &number);
        }
        let height = y(at as f64 - 0.5);
        svg.path(&[(LEFT - 4.0, height), (LEFT, height)], QUIET, 0.8, "");
        svg.text((LEFT - 8.0, height + 4.0), 11.0, Anchor::End, QUIET, &number);
        at += step;
    }
    let right = WIDTH - RIGHT;
    svg.path(
        &[(LEFT, y(last as f64)), (LEFT, below), (right, below)],
        QUIET,
        0.8,
        "",
    );
    svg.text(
        ((LEFT + right) / 2.0, below + 42.0),
        12.5,
        Anchor::Middle,
        INK,
        "teachers k",
    );
    svg.text(
        (LEFT - 54.0, y(last as f64) - 10.0),
        12.5,
        Anchor::Start,
        INK,
        "neurons n",
    );
}

/// Round distance between labels, about eight of them.
fn step(last: u64) -> u64 {
    let mut step = 1;
    loop {
        for factor in [1, 2, 5] {
            if last / (step * factor) <= 10 {
                return step * factor;
            }
        }
        step *= 10;
    }
}

/// n = k/2 and n = γ₃(∞) k.
fn guides(svg: &mut Svg, low: u64, last: u64, (x, y): (Place, Place)) {
    // Below a line lie the whole cells of n <= share k.
    let (from, to) = (low as f64, last as f64 + 1.0);
    for (share, dash) in [(0.5, ""), (CROSSING, "stroke-dasharray=\"6 4\"")] {
        let line = [
            (x(from), y(share * (from - 0.5).max(0.0))),
            (x(to), y(share * (to - 0.5))),
        ];
        svg.path(&line, "#FFFFFF", 3.2, "stroke-opacity=\"0.75\"");
        svg.path(&line, INK, 1.3, dash);
    }
}

fn legend(svg: &mut Svg, columns: &BTreeMap<u64, BTreeMap<u64, Known>>) {
    let mut at = TOP + 8.0;
    let left = LEFT + 22.0;
    for known in ALL {
        let count = columns
            .values()
            .flat_map(BTreeMap::values)
            .filter(|&&one| one == known)
            .count();
        if count == 0 {
            continue;
        }
        svg.area((left, at), (13.0, 13.0), known.colour(), "legend", known.words());
        let words = format!("{} ({count} pairs)", known.words());
        svg.text((left + 22.0, at + 11.0), 12.0, Anchor::Start, INK, &words);
        at += 23.0;
    }
    for (dash, words) in [
        (
            "stroke-dasharray=\"6 4\"",
            "n = 0.766 k, where both losses cross for large k (conjecture)",
        ),
        ("", "n = k/2"),
    ] {
        svg.path(&[(left - 2.0, at + 7.0), (left + 16.0, at + 7.0)], INK, 1.3, dash);
        svg.text((left + 22.0, at + 11.0), 12.0, Anchor::Start, INK, words);
        at += 23.0;
    }
}
