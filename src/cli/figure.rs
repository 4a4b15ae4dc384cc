//! `copyavg figure`: the figures of runs, each by one command.

use super::error::Failure;
use super::exit::Exit;
use super::format::{Cell as Field, Column, Footing, Heading, Row, Table};
use super::integers::IntegerList;
use super::options::Options;
use super::picture::{self, WithData};
use super::train::{How, work};
use crate::activation::Activation;
use crate::experiment::basins::{Basin, Cell};
use crate::experiment::phase::Phase;
use crate::experiment::training::Run;
use crate::plot;
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde_json::{Map, json};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Figure {
    /// Where neurons point and how large they are
    #[value(name = "1", alias = "neurons")]
    Neurons,
    /// Losses at convergence over the certified losses
    #[value(name = "2", alias = "losses")]
    Losses,
    /// How often runs end where, with confidence intervals
    #[value(name = "3", alias = "basins")]
    Basins,
}

impl Figure {
    fn number(self) -> u8 {
        match self {
            Figure::Neurons => 1,
            Figure::Losses => 2,
            Figure::Basins => 3,
        }
    }
}

/// Draws the figures of trained students, with their data as CSV beside
///
/// Figure 1: alignments w·v/|w| of all neurons with all teachers and the magnitudes
/// (|w|, a), for each class of end points, with k = 8 and n = 4 unless told otherwise.
///
/// Figure 2: losses at convergence against n/k, over the certified losses of the best
/// copy-average configuration and of perturbed copies: solid where they are strict
/// local minima, dashed where they are saddles, with rules where the certified phases
/// change. By default k = 10, 20, 50 with up to 20 values of n each and 5 seeds.
///
/// Figure 3: the share of runs in each class against n/k, with 95 % intervals of
/// Clopper and Pearson, for k = 20 and 20 seeds by default.
///
/// Larger k take longer: k = 100 at every fifth n with 3 seeds is work for some
/// minutes. With --store it may be interrupted and goes on later.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg figure 1 --plot figure-1.png\n  \
    copyavg figure 2 -k 10,20,50,100 --seeds 0..2 --store runs.db\n  \
    copyavg figure 3 -k 20 -n 1..19 --seeds 0..99 --store runs.db --plot basins.svg")]
pub(crate) struct Arguments {
    /// Which figure
    #[arg(value_name = "FIGURE", value_enum)]
    figure: Figure,

    /// Numbers of teachers
    #[arg(short, value_name = "KS", allow_hyphen_values = true)]
    k: Option<IntegerList>,

    /// Numbers of student neurons (default: 4 for figure 1, else up to 20 values below k)
    #[arg(short, value_name = "NS", allow_hyphen_values = true)]
    n: Option<IntegerList>,

    #[command(flatten)]
    how: How,

    /// The picture, FILE.svg or FILE.png; its data go to FILE.csv (default: figure-1.svg and so on)
    #[arg(long, value_name = "FILE", value_parser = picture::path)]
    plot: Option<PathBuf>,
}

/// Values of n for each k unless told otherwise.
const MOST_NEURONS: u64 = 20;

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let figure = arguments.figure;
    if figure == Figure::Losses && options.activation != Activation::Erf {
        return Err(Failure::bad_input(format!(
            "certified losses are known for --activation erf only, not for {}",
            options.activation
        )));
    }
    let pairs = pairs(arguments)?;
    let (seeds, one) = match figure {
        Figure::Neurons => ("0..19", true),
        Figure::Losses => ("0..4", false),
        Figure::Basins => ("0..19", false),
    };
    if one && pairs.len() > 1 {
        return Err(Failure::bad_input(
            "figure 1 shows one k and one n: give a single number for each".to_string(),
        ));
    }
    let setups = arguments.how.setups(&pairs, seeds, options)?;
    let usual = PathBuf::from(format!("figure-{}.svg", figure.number()));
    let path = arguments.plot.as_ref().unwrap_or(&usual);
    let picture = WithData::open(Some(path), options)?;
    let mut table = Table::begin(options, &heading(figure, path))?;
    let done = work(&setups, arguments.how.store.as_deref(), options)?;
    let cells = Cell::all(&done.runs);
    table.rows(&cells.iter().map(row).collect::<Vec<_>>())?;
    let mut footing = Footing::default();
    done.say(&mut footing);
    if let Some(picture) = picture.filter(|_| !done.runs.is_empty()) {
        match figure {
            Figure::Neurons => picture.finish(plot::neurons(&done.runs), &plot::data::neurons(&done.runs))?,
            Figure::Losses => {
                let phases = phases(&done.runs, options);
                let data = plot::data::convergence(&done.runs, &phases);
                picture.finish(plot::convergence(&done.runs, &phases), &data)?;
            }
            Figure::Basins => picture.finish(plot::basins(&cells), &plot::data::basins(&cells))?,
        }
        let data = path.with_extension("csv");
        let said = format!("{} and its data {} are written", path.display(), data.display());
        footing.below.push(said);
    }
    table.end(&footing)?;
    Ok(done.exit())
}

/// The pairs (k, n) of a figure.
fn pairs(arguments: &Arguments) -> Result<Vec<(u64, u64)>, Failure> {
    let usual: &[u64] = match arguments.figure {
        Figure::Neurons => &[8],
        Figure::Losses => &[10, 20, 50],
        Figure::Basins => &[20],
    };
    /// More values of k than this have no common picture.
    const MOST: u64 = 100_000;
    let ks: Vec<u64> = match &arguments.k {
        None => usual.to_vec(),
        Some(list) if list.len() > MOST => {
            return Err(Failure::bad_input(format!(
                "these are more than {MOST} values of k"
            )));
        }
        Some(list) => list.iter().collect(),
    };
    let mut pairs = BTreeSet::new();
    for &k in &ks {
        match &arguments.n {
            Some(list) if list.len() > MOST => {
                return Err(Failure::bad_input(format!(
                    "these are more than {MOST} values of n"
                )));
            }
            Some(list) => pairs.extend(list.iter().filter(|&n| n <= k || ks.len() == 1).map(|n| (k, n))),
            None if arguments.figure == Figure::Neurons => {
                pairs.insert((k, 4.min(k)));
            }
            None => pairs.extend(spread(k).into_iter().map(|n| (k, n))),
        }
    }
    match pairs.is_empty() {
        true => Err(Failure::bad_input(
            "no run is left: choose 1 <= n <= k for at least one of them".to_string(),
        )),
        false => Ok(pairs.into_iter().collect()),
    }
}

/// Values of n below k, evenly spread: all, or multiples of a step.
fn spread(k: u64) -> Vec<u64> {
    let step = k.div_ceil(MOST_NEURONS).max(1);
    (1..k.max(2)).filter(|n| n.is_multiple_of(step)).collect()
}

/// The certified phases at every n below each k of the runs: the whole curves.
fn phases(runs: &[Run], options: &Options) -> Vec<Phase> {
    let ks: BTreeSet<u64> = runs
        .iter()
        .filter_map(|run| u64::try_from(run.setup.teachers).ok())
        .collect();
    let all: Vec<(u64, u64)> = ks
        .into_iter()
        .flat_map(|k| (1..=k).map(move |n| (k, n)))
        .collect();
    let limit = options.proof_limit();
    all.into_par_iter()
        .filter_map(|(k, n)| Phase::of(n, k, limit))
        .collect()
}

fn heading(figure: Figure, path: &std::path::Path) -> Heading {
    let mut fields = Map::new();
    fields.insert("figure".to_string(), json!(figure.number()));
    fields.insert("picture".to_string(), json!(path.display().to_string()));
    Heading {
        fields,
        list: "cells",
        above: vec!["Runs of gradient flow by where they ended".to_string()],
        columns: vec![
            Column::number("k").titled("k", "$k$"),
            Column::number("n").titled("n", "$n$"),
            Column::number("runs"),
            Column::number("copy_average").titled("C-A", "C-A"),
            Column::number("perturbed_copies").titled("P-n-C", "P-$n$-C"),
            Column::number("other"),
            Column::number("certified"),
        ],
    }
}

fn row(cell: &Cell) -> Row {
    let counts = Basin::ALL.map(|basin| cell.frequency(basin).count);
    let mut numbers = vec![
        cell.teachers.to_string(),
        cell.neurons.to_string(),
        cell.runs.to_string(),
    ];
    numbers.extend(counts.map(|count| count.to_string()));
    numbers.push(cell.certified.to_string());
    let [copy_average, perturbed_copies, other] = counts;
    Row {
        cells: numbers.into_iter().map(Field::Number).collect(),
        json: json!({
            "k": cell.teachers,
            "n": cell.neurons,
            "runs": cell.runs,
            "copy_average": copy_average,
            "perturbed_copies": perturbed_copies,
            "other": other,
            "certified": cell.certified,
        }),
    }
}
