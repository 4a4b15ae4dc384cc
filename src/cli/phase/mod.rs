//! `copyavg phase`: the certified phase diagram.
//!
//! * `diagram`: a row for each pair of k and n;
//! * `thresholds`: for each k, where phases change.

mod diagram;
mod thresholds;

use super::error::Failure;
use super::exit::Exit;
use super::integers::IntegerList;
use super::options::Options;
use crate::activation::Activation;
use clap::Args;
use std::path::PathBuf;

/// The phase diagram: copy and average, or perturbed copies?
///
/// For n neurons and k teachers (in d = k inputs): the best copy-average
/// configuration and the perturbed copy, the loss and the kind of each, and
/// which loss is lower. Every entry is certified; where the perturbed copy was
/// not shown to exist, its entry is undecided.
///
/// With --thresholds, per k: the smallest n at which the perturbed copy is a
/// strict local minimum, the smallest n at which its loss is the lower one, and
/// the largest n < k at which the copy-average configuration is a strict local
/// minimum. Thresholds are found by bisection; certified is what holds at the
/// n given and fails at its neighbour, not what lies between other points.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    copyavg phase -k 3..100 --format csv -o phases.csv\n  \
    copyavg phase -k 10,30,100 --plot losses.svg\n  \
    copyavg phase -k 100 -n 40..90\n  \
    copyavg phase -k 10,100,1000,1000000 --thresholds")]
pub(crate) struct Arguments {
    /// Numbers of teachers: A..B (both included), A..B:STEP, A,B,C or one
    #[arg(short, value_name = "KS", allow_hyphen_values = true)]
    k: IntegerList,

    /// Numbers of neurons (default: all from 1 to k)
    #[arg(
        short,
        value_name = "NS",
        allow_hyphen_values = true,
        conflicts_with = "thresholds"
    )]
    n: Option<IntegerList>,

    /// Per k, the thresholds in n
    #[arg(long)]
    thresholds: bool,

    /// Also draw a picture: FILE.svg or FILE.png
    #[arg(long, value_name = "FILE", value_parser = super::picture::path)]
    plot: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, options: &Options) -> Result<Exit, Failure> {
    if options.activation != Activation::Erf {
        return Err(Failure::bad_input(format!(
            "phases are known for --activation erf only, not for {}",
            options.activation
        )));
    }
    if arguments.thresholds {
        thresholds::run(arguments, options)
    } else {
        diagram::run(arguments, options)
    }
}
