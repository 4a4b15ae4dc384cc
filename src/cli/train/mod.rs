//! `copyavg train`: gradient flow from initial weights to convergence, then
//! names and certificates.
//!
//! * `request`: which runs are asked for;
//! * `work`: makes them, with progress and a store;
//! * `runs`: a row for each run;
//! * `cells`: a row for each k and n, with confidence intervals.

mod cells;
mod request;
mod runs;
mod work;

use super::error::Failure;
use super::exit::Exit;
use super::format::{Footing, Table};
use super::integers::IntegerList;
use super::options::{Format, Options};
use super::picture::{self, WithData};
use crate::experiment::basins::Cell;
use crate::plot;
use clap::Args;
pub(super) use request::How;
use std::path::PathBuf;
pub(super) use work::work;

/// Trains students by gradient flow and says where they end
///
/// Follows the gradient flow of the exact loss (no sampling) from random initial
/// weights to convergence, names each neuron (copy, average, approximate copy,
/// approximate average), says whether the student is a copy-average configuration
/// (C-A), perturbed copies (P-n-C) or something else, and proves, where it can,
/// that an exact critical point of a certified kind lies beside the end point.
///
/// With one k and one n there is a row for each run; with several, a row for each
/// k and n that counts runs by class, with 95 % confidence intervals of Clopper and
/// Pearson. The numbers of neurons up to which all runs end at C-A, and from which
/// on all end at P-n-C, are stated where every n was examined, and claimed where
/// there are at least 100 runs at each.
///
/// With --store, finished runs are kept at once in an SQLite database: the same
/// command again goes on where it was stopped, whatever stopped it, and several
/// processes may share the work.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg train -k 8 -n 4 --seeds 0..19 --plot neurons.svg\n  \
    copyavg train -k 20 -n 1..19 --seeds 0..99 --store runs.db --plot basins.svg\n  \
    copyavg train -k 8 -n 4 --start small-norm:0.01 --format json\n  \
    copyavg train -k 8 --init weights.csv          rows a,w1,...,wd, a row for each neuron")]
pub(crate) struct Arguments {
    /// Numbers of teachers: A..B (both included), A..B:STEP, A,B,C or one
    #[arg(short, value_name = "KS", allow_hyphen_values = true)]
    k: IntegerList,

    /// Numbers of student neurons, 1 <= n <= k; with several k, larger n are left out
    #[arg(
        short,
        value_name = "NS",
        allow_hyphen_values = true,
        required_unless_present = "init"
    )]
    n: Option<IntegerList>,

    /// Initial weights from a CSV file: a row a,w1,...,wd for each neuron
    ///
    /// May be given more than once: the runs are numbered from 0 in that order.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["seeds", "start", "d"])]
    init: Vec<PathBuf>,

    #[command(flatten)]
    how: How,

    /// A row for each run also with several k or n
    #[arg(long)]
    runs: bool,

    /// In JSON, also the weights at the end of each run
    #[arg(long)]
    weights: bool,

    /// Also draw a picture, FILE.svg or FILE.png, with its data in FILE.csv
    ///
    /// The neurons of all runs if there is one k and one n; otherwise the share of
    /// runs in each class against n/k.
    #[arg(long, value_name = "FILE", value_parser = picture::path)]
    plot: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    let setups = request::setups(arguments, options)?;
    let several = setups
        .iter()
        .any(|setup| (setup.teachers, setup.neurons) != (setups[0].teachers, setups[0].neurons));
    let by_run = !several || arguments.runs || options.format == Format::Json;
    let picture = WithData::open(arguments.plot.as_deref(), options)?;
    let heading = match by_run {
        true => runs::heading(&setups[0], several, options),
        false => cells::heading(&setups[0]),
    };
    let mut table = Table::begin(options, &heading)?;
    let done = work(&setups, arguments.how.store.as_deref(), options)?;
    let all = Cell::all(&done.runs);
    let mut footing = Footing::default();
    if by_run {
        let row = |run| runs::row(run, several, arguments.weights, options);
        table.rows(&done.runs.iter().map(row).collect::<Vec<_>>())?;
        runs::conclude(&mut footing, &done.runs, several);
    } else {
        table.rows(&all.iter().map(cells::row).collect::<Vec<_>>())?;
    }
    if several {
        cells::conclude(&mut footing, &all);
    }
    done.say(&mut footing);
    table.end(&footing)?;
    if let Some(picture) = picture.filter(|_| !done.runs.is_empty()) {
        if several {
            picture.finish(plot::basins(&all), &plot::data::basins(&all))?;
        } else {
            picture.finish(plot::neurons(&done.runs), &plot::data::neurons(&done.runs))?;
        }
    }
    Ok(done.exit())
}
