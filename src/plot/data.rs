//! The data of pictures of runs, as CSV: numbers as they are, nothing rounded.

use crate::arithmetic::Interval;
use crate::experiment::basins::{Basin, Cell};
use crate::experiment::phase::Phase;
use crate::experiment::training::Run;
use num_traits::ToPrimitive;

/// Rows as text. Fields are numbers and words, which need no more than that.
fn text(head: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let quoted = |field: &String| match field.contains([',', '"']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.clone(),
    };
    let line = |fields: Vec<String>| fields.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    let mut all = line(head);
    all.extend(rows.map(line));
    all
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_string()).collect()
}

/// For [`neurons`](super::neurons()): a row for each neuron, turned so that it
/// points to its teachers, with the alignment to each teacher.
#[must_use]
pub fn neurons(runs: &[Run]) -> String {
    let k = runs.first().map_or(0, |run| run.setup.teachers);
    let mut head = words(&["seed", "class", "loss", "neuron", "name", "serves", "a", "norm"]);
    head.extend((1..=k).map(|p| format!("alignment_{p}")));
    let rows = runs.iter().flat_map(|run| {
        run.neurons.iter().enumerate().map(move |(i, neuron)| {
            let serves: Vec<String> = neuron.teachers.iter().map(|p| (p + 1).to_string()).collect();
            let mut row = vec![
                run.setup.seed.to_string(),
                run.class.to_string(),
                run.loss.to_string(),
                (i + 1).to_string(),
                neuron.name.words().to_string(),
                serves.join(" "),
                neuron.outgoing.to_string(),
                neuron.norm.to_string(),
            ];
            let scale = f64::from(neuron.sign) / neuron.norm.max(f64::MIN_POSITIVE);
            let of = |p: usize| {
                run.weights
                    .get(i * run.setup.dimension + p)
                    .copied()
                    .unwrap_or(0.0)
            };
            row.extend((0..run.setup.teachers).map(|p| (scale * of(p) + 0.0).to_string()));
            row
        })
    });
    text(head, rows)
}

/// For [`convergence`](super::convergence()): a row for each run, with the certified
/// losses at its k and n.
#[must_use]
pub fn convergence(runs: &[Run], phases: &[Phase]) -> String {
    let head = words(&[
        "k",
        "n",
        "seed",
        "class",
        "loss",
        "loss_per_teacher",
        "copy_average_loss",
        "copy_average_kind",
        "perturbed_copy_loss",
        "perturbed_copy_kind",
    ]);
    let middle = |loss: &Interval| {
        let middle = loss.midpoint().and_then(|middle| middle.to_f64());
        middle.map_or(String::new(), |middle| middle.to_string())
    };
    let rows = runs.iter().map(|run| {
        let (k, n) = (run.setup.teachers, run.setup.neurons);
        let mut row = vec![
            k.to_string(),
            n.to_string(),
            run.setup.seed.to_string(),
            run.class.to_string(),
            run.loss.to_string(),
            (run.loss / k.max(1) as f64).to_string(),
        ];
        let same = |phase: &&Phase| {
            usize::try_from(phase.teachers) == Ok(k) && usize::try_from(phase.neurons) == Ok(n)
        };
        match phases.iter().find(same) {
            None => row.extend(words(&["", "", "", ""])),
            Some(phase) => {
                row.push(middle(&phase.copy_average_loss));
                row.push(phase.copy_average_kind.word().to_string());
                match &phase.perturbed_copy {
                    Some(Ok(found)) => {
                        row.push(middle(&found.member.loss));
                        row.push(found.member.spectrum.kind.word().to_string());
                    }
                    _ => row.extend(words(&["", ""])),
                }
            }
        }
        row
    });
    text(head, rows)
}

/// For [`basins`](super::basins()): a row for each k and n.
#[must_use]
pub fn basins(cells: &[Cell]) -> String {
    let mut head = words(&["k", "n", "d", "runs"]);
    for class in ["copy_average", "perturbed_copies", "other"] {
        head.extend(["", "_fraction", "_from", "_to"].map(|end| format!("{class}{end}")));
    }
    let rows = cells.iter().map(|cell| {
        let mut row: Vec<String> = [cell.teachers, cell.neurons, cell.dimension]
            .iter()
            .map(usize::to_string)
            .collect();
        row.push(cell.runs.to_string());
        for basin in Basin::ALL {
            let frequency = cell.frequency(basin);
            let (low, high) = frequency.interval95();
            row.push(frequency.count.to_string());
            row.extend([frequency.fraction().unwrap_or(0.0), low, high].map(|x| x.to_string()));
        }
        row
    });
    text(head, rows)
}
