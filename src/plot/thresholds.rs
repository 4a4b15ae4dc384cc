//! Thresholds n/k against k.

use super::axis::{Scale, apart, decades};
use super::svg::{Anchor, Look, Shape, Svg, number};
use super::{COPY_AVERAGE, CROSSING, GRID, INK, PERTURBED_COPY, PlotError, QUIET};
use crate::experiment::threshold::{Threshold, Thresholds};

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 520.0;
const LEFT: f64 = 66.0;
const RIGHT: f64 = 640.0;
const ABOVE: f64 = 104.0;
const BELOW: f64 = 458.0;

/// One threshold at every k.
struct Series {
    of: fn(&Thresholds) -> Option<&Threshold>,
    shape: Shape,
    colour: &'static str,
    words: [&'static str; 2],
}

const SERIES: [Series; 3] = [
    Series {
        of: |at| at.copy_average_minimum_to.as_ref(),
        shape: Shape::Square,
        colour: COPY_AVERAGE,
        words: ["best copy-average:", "last strict local minimum"],
    },
    Series {
        of: |at| at.perturbed_lower_from.as_ref(),
        shape: Shape::Triangle,
        colour: CROSSING,
        words: ["perturbed copy:", "first with the lower loss"],
    },
    Series {
        of: |at| at.perturbed_minimum_from.as_ref(),
        shape: Shape::Circle,
        colour: PERTURBED_COPY,
        words: ["perturbed copy:", "first strict local minimum"],
    },
];

/// An SVG picture of the thresholds n/k against k, on a logarithmic axis. A mark
/// is hollow unless both the verdict there and the one at the neighbour beyond,
/// if there is one, are proved.
///
/// # Errors
/// If the list is empty.
pub fn thresholds(list: &[Thresholds]) -> Result<String, PlotError> {
    let mut sorted: Vec<&Thresholds> = list.iter().collect();
    sorted.sort_by_key(|at| at.teachers);
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else {
        return Err(PlotError::Empty { what: "thresholds" });
    };
    let (from, to) = (
        first.teachers.max(1) as f64 / 1.12,
        last.teachers.max(1) as f64 * 1.12,
    );
    let ratios = SERIES.iter().flat_map(|series| {
        let ratio = |at: &&Thresholds| (series.of)(at).map(|found| ratio(at, found));
        sorted.iter().filter_map(ratio).collect::<Vec<_>>()
    });
    let lowest = ratios.fold(1.0, f64::min);
    let x = Scale {
        values: (from.log10(), to.log10()),
        places: (LEFT, RIGHT),
    };
    let y = Scale {
        values: (((lowest - 0.05) * 10.0).floor().clamp(0.0, 9.0) / 10.0, 1.0),
        places: (BELOW, ABOVE),
    };
    let title = "Certified thresholds of the phase diagram";
    let mut svg = Svg::new(WIDTH, HEIGHT, title);
    svg.heading(LEFT, title, &remark(&sorted));
    frame(&mut svg, x, y, (from, to));
    draw(&mut svg, &sorted, x, y);
    Ok(svg.finish())
}

fn ratio(at: &Thresholds, found: &Threshold) -> f64 {
    found.neurons as f64 / at.teachers as f64
}

fn is_proved(found: &Threshold) -> bool {
    let beyond = found.fails_beyond.as_ref();
    found.holds.is_proved() && beyond.is_none_or(|verdict| verdict.is_proved())
}

fn remark(list: &[&Thresholds]) -> String {
    let found = list
        .iter()
        .flat_map(|at| SERIES.iter().filter_map(|series| (series.of)(at)));
    let (proved, open): (Vec<_>, Vec<_>) = found.partition(|found| is_proved(found));
    match open.len() {
        0 => "Each mark: the property is proved there, and its failure at the neighbour beyond.".to_string(),
        some => format!(
            "Full marks: proved there, and failure proved at the neighbour beyond; hollow: {some} of {} not.",
            some + proved.len()
        ),
    }
}

fn frame(svg: &mut Svg, x: Scale, y: Scale, (from, to): (f64, f64)) {
    svg.text((16.0, ABOVE - 16.0), 11.5, Anchor::Start, INK, "threshold n/k");
    let (low, high) = y.values;
    let mut tenth = (low * 10.0).round();
    while tenth <= (high * 10.0).round() {
        let at = y.at(tenth / 10.0);
        svg.path(&[(LEFT, at), (RIGHT, at)], GRID, 0.7, "");
        let text = format!("{:.1}", tenth / 10.0);
        svg.text((LEFT - 8.0, at + 3.8), 11.0, Anchor::End, QUIET, &text);
        tenth += 1.0;
    }
    for tick in decades(from, to) {
        let at = x.at(tick.log10());
        svg.path(&[(at, BELOW), (at, BELOW + 4.0)], QUIET, 0.8, "");
        svg.text((at, BELOW + 18.0), 11.0, Anchor::Middle, QUIET, &number(tick));
    }
    svg.path(&[(LEFT, ABOVE), (LEFT, BELOW), (RIGHT, BELOW)], QUIET, 0.8, "");
    let place = (f64::midpoint(LEFT, RIGHT), BELOW + 42.0);
    svg.text(
        place,
        11.5,
        Anchor::Middle,
        INK,
        "number of teachers k (logarithmic)",
    );
}

fn draw(svg: &mut Svg, list: &[&Thresholds], x: Scale, y: Scale) {
    let mut ends = Vec::new();
    for series in &SERIES {
        let found = |at: &&Thresholds| {
            let found = (series.of)(at)?;
            Some((
                (x.at((at.teachers.max(1) as f64).log10()), y.at(ratio(at, found))),
                at.teachers,
                found.clone(),
            ))
        };
        let data: Vec<_> = list.iter().filter_map(found).collect();
        let points: Vec<_> = data.iter().map(|&(place, ..)| place).collect();
        if points.len() > 1 {
            svg.path(&points, series.colour, 1.4, "class=\"threshold\"");
        }
        for (place, teachers, found) in &data {
            let (look, word) = match is_proved(found) {
                true => (Look::Full(series.colour), "proved"),
                false => (Look::Hollow(series.colour), "not proved"),
            };
            let words = format!(
                "k = {teachers}, n = {}: {}, {word}",
                found.neurons,
                series.words.join(" ")
            );
            svg.mark(series.shape, *place, 3.4, look, &words);
        }
        ends.extend(points.last().map(|&end| (end.1, series)));
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut places: Vec<f64> = ends.iter().map(|&(end, _)| end).collect();
    // The last label stays clear of the axis labels.
    apart(&mut places, 34.0, BELOW - 16.0);
    for (&(_, series), at) in ends.iter().zip(places) {
        let [first, second] = series.words;
        svg.text(
            (RIGHT + 12.0, at - 2.0),
            11.5,
            Anchor::Start,
            series.colour,
            first,
        );
        svg.text(
            (RIGHT + 12.0, at + 12.5),
            11.5,
            Anchor::Start,
            series.colour,
            second,
        );
    }
}
