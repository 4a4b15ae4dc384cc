//! The neurons of trained students: where they point, and how large they are.

use super::axis::Scale;
use super::grid::{Grid, round_values, rulings, ticks};
use super::svg::{Anchor, Look, Shape, Svg};
use super::{COPY_AVERAGE, CROSSING, INK, PERTURBED_COPY, PlotError, QUIET};
use crate::experiment::basins::Basin;
use crate::experiment::training::{Class, NeuronName, Run};
use std::collections::BTreeSet;

const WIDTH: f64 = 1080.0;
const LEFT: f64 = 92.0;
const RIGHT: f64 = 24.0;
const TOP: f64 = 150.0;
const HEIGHT: f64 = 178.0;
const ROW_GAP: f64 = 86.0;
const BOTTOM: f64 = 58.0;
/// The width of the panel of magnitudes, and of the gap before it.
const MAGNITUDES: (f64, f64) = (196.0, 62.0);
/// With more neurons, those with one name share a panel.
const SINGLY: usize = 4;

/// Alignments with teachers that a neuron does not serve.
const UNSERVED: &str = "#A6A6A6";

/// A neuron in a picture, with its alignments in the order of the positions.
#[derive(Debug, Clone)]
struct Drawn {
    name: NeuronName,
    /// How many positions at the front are teachers that it serves.
    serves: BTreeSet<usize>,
    alignments: Vec<f64>,
    norm: f64,
    outgoing: f64,
}

/// A run in a picture: its neurons in a common order.
#[derive(Debug)]
struct Student {
    seed: u64,
    neurons: Vec<Drawn>,
}

/// An SVG picture of the neurons of runs with one k and one n: for each class that
/// occurred a row of panels with the alignments w·v/|w| of neurons with teachers,
/// and one with the magnitudes (|w|, a). Neurons and teachers are renamed and
/// neurons turned by their symmetries, so that those with the same role lie in one
/// panel: each neuron has its own up to four of them, else each name has one. Grey
/// marks are teachers that the neuron does not serve. Within a column runs stand side by
/// side in the order of their seeds.
///
/// # Errors
/// If there is no run, or runs differ in k or n.
pub fn neurons(runs: &[Run]) -> Result<String, PlotError> {
    let Some(first) = runs.first() else {
        return Err(PlotError::Empty { what: "runs" });
    };
    let (k, n) = (first.setup.teachers, first.setup.neurons);
    if runs
        .iter()
        .any(|run| (run.setup.teachers, run.setup.neurons) != (k, n))
    {
        return Err(PlotError::Mixed);
    }
    let rows: Vec<(Basin, Vec<&Run>)> = Basin::ALL
        .into_iter()
        .map(|basin| {
            let in_it = runs.iter().filter(|run| Basin::of(&run.class) == basin);
            (basin, in_it.collect::<Vec<_>>())
        })
        .filter(|(_, runs)| !runs.is_empty())
        .collect();
    let total = TOP + rows.len() as f64 * (HEIGHT + ROW_GAP) - ROW_GAP + BOTTOM;
    let title = format!("Neurons at convergence: n = {n} neurons, k = {k} teachers");
    let mut svg = Svg::new(WIDTH, total, &title);
    let start = first.setup.start.word();
    let remark = format!(
        "{} runs of gradient flow from {start} weights, activation {}; a dot is a run, seeds from left to right.",
        runs.len(),
        first.setup.activation
    );
    svg.heading(LEFT, &title, &remark);
    legend(&mut svg, runs);
    for (index, (basin, in_it)) in rows.iter().enumerate() {
        let top = TOP + index as f64 * (HEIGHT + ROW_GAP);
        let name = format!("{}: {} of {} runs", named(*basin, in_it), in_it.len(), runs.len());
        svg.text((LEFT, top - 26.0), 13.0, Anchor::Start, INK, &name);
        let students: Vec<Student> = in_it.iter().map(|run| student(run)).collect();
        row(&mut svg, &students, k, n, top);
    }
    Ok(svg.finish())
}

/// The class of runs in one basin, with the partition if they share one.
fn named(basin: Basin, runs: &[&Run]) -> String {
    let classes: BTreeSet<&Class> = runs.iter().map(|run| &run.class).collect();
    match (classes.len(), classes.first()) {
        (1, Some(class)) => class.to_string(),
        _ => basin.word().to_string(),
    }
}

/// How a name is drawn.
fn look(name: NeuronName) -> (Shape, &'static str) {
    match name {
        NeuronName::Copy => (Shape::Circle, COPY_AVERAGE),
        NeuronName::Average => (Shape::Square, COPY_AVERAGE),
        NeuronName::ApproximateCopy => (Shape::Triangle, PERTURBED_COPY),
        NeuronName::ApproximateAverage => (Shape::Square, PERTURBED_COPY),
        NeuronName::Dead | NeuronName::Duplicated | NeuronName::Diverging | NeuronName::Unknown => {
            (Shape::Diamond, CROSSING)
        }
    }
}

fn legend(svg: &mut Svg, runs: &[Run]) {
    let names = runs.iter().flat_map(|run| &run.neurons).map(|neuron| neuron.name);
    let names: BTreeSet<(u8, &'static str)> = names.map(|name| (rank(name), name.words())).collect();
    let mut x = LEFT + 4.0;
    let mut entry = |svg: &mut Svg, shape, look, words: &str| {
        svg.mark(shape, (x, 82.0), 4.0, look, words);
        svg.text((x + 11.0, 86.0), 11.5, Anchor::Start, INK, words);
        x += 34.0 + 6.6 * words.len() as f64;
    };
    for (rank, words) in names {
        let (shape, colour) = look(BY_RANK[usize::from(rank)]);
        entry(svg, shape, Look::Full(colour), words);
    }
    let words = "grey: a teacher that the neuron does not serve";
    entry(svg, Shape::Circle, Look::Full(UNSERVED), words);
}

/// The order of names in pictures.
const BY_RANK: [NeuronName; 8] = [
    NeuronName::Average,
    NeuronName::Copy,
    NeuronName::ApproximateAverage,
    NeuronName::ApproximateCopy,
    NeuronName::Unknown,
    NeuronName::Duplicated,
    NeuronName::Diverging,
    NeuronName::Dead,
];

fn rank(name: NeuronName) -> u8 {
    let place = BY_RANK.iter().position(|&other| other == name);
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(0)
}

/// Names neurons and teachers of a run anew: averages first, then copies; the
/// teachers of the first neuron, of the second, and so on, then those left over.
fn student(run: &Run) -> Student {
    let (k, d) = (run.setup.teachers, run.setup.dimension);
    let mut order: Vec<usize> = (0..run.neurons.len()).collect();
    order.sort_by_key(|&i| {
        let neuron = &run.neurons[i];
        let size = usize::MAX - neuron.teachers.len();
        (rank(neuron.name), size, neuron.teachers.first().copied(), i)
    });
    let mut teachers: Vec<usize> = Vec::with_capacity(k);
    let mut place = vec![None; k];
    let served = order
        .iter()
        .flat_map(|&i| run.neurons[i].teachers.iter().copied());
    for p in served.chain(0..k).filter(|&p| p < k) {
        if place[p].is_none() {
            place[p] = Some(teachers.len());
            teachers.push(p);
        }
    }
    let drawn = |&i: &usize| {
        let neuron = &run.neurons[i];
        let sign = f64::from(neuron.sign);
        let norm = neuron.norm.max(f64::MIN_POSITIVE);
        // Adding 0 makes 0 of −0.
        let entry = |&p: &usize| run.weights.get(i * d + p).map_or(0.0, |w| sign * w / norm + 0.0);
        let serves = neuron
            .teachers
            .iter()
            .filter_map(|&p| place.get(p).copied().flatten());
        Drawn {
            name: neuron.name,
            serves: serves.collect(),
            alignments: teachers.iter().map(entry).collect(),
            norm: neuron.norm,
            outgoing: neuron.outgoing,
        }
    };
    Student {
        seed: run.setup.seed,
        neurons: order.iter().map(drawn).collect(),
    }
}

/// The same neuron with its own teachers first, then the others from the most
/// to the least aligned: so neurons that serve different teachers share a panel.
fn own_first(neuron: &Drawn) -> Drawn {
    let mut positions: Vec<usize> = (0..neuron.alignments.len()).collect();
    positions.sort_by(|&p, &q| {
        let key = |p: &usize| !neuron.serves.contains(p);
        let (x, y) = (neuron.alignments[p], neuron.alignments[q]);
        key(&p).cmp(&key(&q)).then(y.total_cmp(&x))
    });
    Drawn {
        serves: (0..neuron.serves.len()).collect(),
        alignments: positions.iter().map(|&p| neuron.alignments[p]).collect(),
        ..neuron.clone()
    }
}

/// A panel's name and its neurons, each with the index of its run.
type Content = (String, Vec<(usize, Drawn)>);

fn contents(students: &[Student], n: usize) -> Vec<Content> {
    if n <= SINGLY {
        return (0..n)
            .map(|i| {
                let drawn = |(run, student): (usize, &Student)| Some((run, student.neurons.get(i)?.clone()));
                let all: Vec<(usize, Drawn)> = students.iter().enumerate().filter_map(drawn).collect();
                let names: BTreeSet<&'static str> = all.iter().map(|(_, drawn)| drawn.name.words()).collect();
                let name = names.into_iter().collect::<Vec<_>>().join(" or ");
                (format!("neuron {}: {name}", i + 1), all)
            })
            .collect();
    }
    BY_RANK
        .iter()
        .filter_map(|&name| {
            let one = |(run, student): (usize, &Student)| {
                let of_name = student.neurons.iter().filter(|neuron| neuron.name == name);
                of_name.map(|neuron| (run, own_first(neuron))).collect::<Vec<_>>()
            };
            let all: Vec<(usize, Drawn)> = students.iter().enumerate().flat_map(one).collect();
            let title = format!("{} ({} in all)", name.words(), all.len());
            (!all.is_empty()).then_some((title, all))
        })
        .collect()
}

fn row(svg: &mut Svg, students: &[Student], k: usize, n: usize, top: f64) {
    let contents = contents(students, n);
    let right = WIDTH - RIGHT - MAGNITUDES.0 - MAGNITUDES.1;
    let grid = Grid {
        sides: (LEFT, right),
        top,
        columns: contents.len(),
        gap: (16.0, 0.0),
        height: HEIGHT,
    };
    let all = || students.iter().flat_map(|student| &student.neurons);
    let lowest = all()
        .flat_map(|neuron| &neuron.alignments)
        .fold(-0.25_f64, |low, &x| low.min(x));
    let positions = if n <= SINGLY {
        "teacher"
    } else {
        "teachers, those served first"
    };
    for (index, (name, content)) in contents.iter().enumerate() {
        let (x, y) = grid.scales(index, (0.5, k as f64 + 0.5), (lowest.max(-1.0), 1.05));
        rulings(svg, x, y, 4.0, index == 0);
        let labels = round_values(1.0, k as f64, (grid.width() / 26.0).min(k as f64));
        ticks(
            svg,
            x,
            y,
            &labels
                .into_iter()
                .filter(|&v| v >= 1.0 && v.fract() == 0.0)
                .collect::<Vec<_>>(),
        );
        svg.text((x.places.0 + 4.0, top - 7.0), 11.0, Anchor::Start, QUIET, name);
        let centre = f64::midpoint(x.places.0, x.places.1);
        svg.text((centre, y.places.0 + 34.0), 11.0, Anchor::Middle, INK, positions);
        alignments(svg, students, content, k, x, y);
    }
    svg.text((16.0, top - 7.0), 11.0, Anchor::Start, INK, "alignment");
    magnitudes(svg, students, top);
}

fn alignments(svg: &mut Svg, students: &[Student], content: &[(usize, Drawn)], k: usize, x: Scale, y: Scale) {
    let column = (x.places.1 - x.places.0) / k as f64;
    let radius = (column * 0.11).clamp(0.9, 2.2);
    for (run, neuron) in content {
        let share = (*run as f64 + 0.5) / students.len() as f64 - 0.5;
        let (shape, colour) = look(neuron.name);
        for (p, &alignment) in neuron.alignments.iter().enumerate() {
            let serves = neuron.serves.contains(&p);
            let at = (x.at(p as f64 + 1.0) + 0.72 * column * share, y.at(alignment));
            let look = Look::Full(if serves { colour } else { UNSERVED });
            let words = format!("seed {}, {}: {alignment:.6}", students[*run].seed, neuron.name);
            svg.mark(shape, at, radius, look, &words);
        }
    }
}

fn magnitudes(svg: &mut Svg, students: &[Student], top: f64) {
    let grid = Grid {
        sides: (WIDTH - RIGHT - MAGNITUDES.0, WIDTH - RIGHT),
        top,
        columns: 1,
        gap: (0.0, 0.0),
        height: HEIGHT,
    };
    let all = || students.iter().flat_map(|student| &student.neurons);
    let most = |of: fn(&Drawn) -> f64| all().map(of).fold(0.0, f64::max) * 1.12;
    let lowest = all().map(|neuron| neuron.outgoing).fold(0.0, f64::min);
    let x_end = most(|neuron| neuron.norm).max(0.1);
    let (x, y) = grid.scales(0, (0.0, x_end), (lowest, most(|neuron| neuron.outgoing).max(0.1)));
    rulings(svg, x, y, 4.0, true);
    ticks(svg, x, y, &round_values(0.0, x_end, 4.0));
    svg.text(
        (x.places.0 - 28.0, top - 7.0),
        11.0,
        Anchor::Start,
        INK,
        "outer weight a",
    );
    let centre = f64::midpoint(x.places.0, x.places.1);
    svg.text((centre, y.places.0 + 34.0), 11.0, Anchor::Middle, INK, "norm |w|");
    for student in students {
        for neuron in &student.neurons {
            let (shape, colour) = look(neuron.name);
            let words = format!(
                "seed {}, {}: |w| = {:.6}, a = {:.6}",
                student.seed, neuron.name, neuron.norm, neuron.outgoing
            );
            let at = (x.at(neuron.norm), y.at(neuron.outgoing));
            svg.mark(shape, at, 3.4, Look::Full(colour), &words);
        }
    }
}
